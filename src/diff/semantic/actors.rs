//! Who acts: "we ask" that becomes "the operating system asks" is a change of actor, whatever role its words were read in.

use std::sync::LazyLock;

use serde::Deserialize;

use super::half::Half;
use super::plain_slot;
use crate::diff::Facet;
use crate::diff::difference::SlotDelta;
use crate::extract::company_names;
use crate::practice::Category;
use crate::text::{Span, TokenKind, normal, tokenize};
use crate::vocabulary::Vocabulary;

/// The words of `actors.yaml`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Actors {
    we: Vec<String>,
    platforms: Vec<String>,
    defining: Vec<String>,
}

#[allow(clippy::expect_used)] // our own file, read in a test
static ACTORS: LazyLock<Actors> =
    LazyLock::new(|| crate::yaml::own_file!("diff/semantic/actors").expect("actors.yaml is right"));

/// Tells that what we did is now done by a platform, or the reverse.
pub(super) fn add(old: &Half, new: &Half, category: Category, slots: &mut Vec<SlotDelta>) {
    for (ours, theirs, came) in [(old, new, true), (new, old, false)] {
        let (Some(we), Some(platform)) = (touched_we(ours), touched_platform(theirs)) else { continue };
        if names_a_platform(&ours.text) {
            continue;
        }
        let told = normal(&platform);
        // The same words, read as data or as somebody who receives it.
        slots.retain(|s| {
            let misread = matches!(s.facet, Facet::Data | Facet::Recipient | Facet::Source | Facet::Actor);
            s.came != came || !misread || !told.contains(&normal(&s.words))
        });
        slots.push(plain_slot(Facet::Actor, came, platform, category));
        slots.push(plain_slot(Facet::Actor, !came, we, category));
    }
}

/// Tells that those whose policy it is go by another name, whatever role the names were read in.
pub(super) fn add_own_names(old: &Half, new: &Half, vocabulary: &Vocabulary, slots: &mut Vec<SlotDelta>) {
    let (Some(before), Some(after)) = (own_name(old, vocabulary), own_name(new, vocabulary)) else { return };
    let same = normal(old.words(before)) == normal(new.words(after));
    if same || !(old.is_touched(before) || new.is_touched(after)) {
        return;
    }
    for (half, name, came) in [(old, before, false), (new, after, true)] {
        let words = half.words(name).to_string();
        let whole = normal(&words);
        slots.retain(|s| s.came != came || !whole.contains(&normal(&s.words)));
        slots.push(plain_slot(Facet::Actor, came, words, Category::Use));
    }
}

/// The name that a policy gives itself: the company right before "(“we”)".
fn own_name(half: &Half, vocabulary: &Vocabulary) -> Option<Span> {
    half.spans().find_map(|sentence| {
        let words = half.words(sentence);
        let lower = words.to_ascii_lowercase();
        let defined = ACTORS.defining.iter().filter_map(|cue| lower.find(cue.as_str())).min()?;
        let before = words.get(..defined)?;
        // Short forms stand in the brackets too.
        let name = before.rsplit_once(['(', '（']).map_or(before, |(name, _)| name);
        let names = company_names(name, half.language(), vocabulary);
        names.into_iter().next_back().map(|name| name.shift(sentence.start))
    })
}

fn touched_we(half: &Half) -> Option<String> {
    half.touched.iter().find_map(|span| {
        let words = half.words(*span);
        let found = |we: &&String| {
            words_of(words).iter().any(|w| w == *we) || !we.is_ascii() && words.contains(we.as_str())
        };
        ACTORS.we.iter().find(found).cloned()
    })
}

/// A platform that the edit put in, as the text names it.
fn touched_platform(half: &Half) -> Option<String> {
    half.phrases().into_iter().find_map(|span| {
        let words = half.words(span);
        let lower = words.to_lowercase();
        let found = |name: &&String| stands_in(&lower, name);
        let name = ACTORS.platforms.iter().filter(found).max_by_key(|name| name.len())?;
        Some(name.clone())
    })
}

fn names_a_platform(text: &str) -> bool {
    let lower = text.to_lowercase();
    ACTORS.platforms.iter().any(|name| stands_in(&lower, name))
}

fn stands_in(lower: &str, name: &str) -> bool {
    if !name.is_ascii() {
        return lower.contains(name);
    }
    let letter = |c: char| c.is_alphanumeric();
    lower
        .match_indices(name)
        .any(|(at, _)| !lower[..at].ends_with(letter) && !lower[at + name.len()..].starts_with(letter))
}

fn words_of(text: &str) -> Vec<String> {
    let tokens = tokenize(text);
    tokens.iter().filter(|t| t.kind == TokenKind::Word).map(|t| t.span.of(text).to_lowercase()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cues_are_in_lower_case() {
        assert!(ACTORS.defining.iter().all(|cue| *cue == cue.to_ascii_lowercase()));
    }

    #[test]
    fn platforms_are_known_as_whole_words() {
        assert!(names_a_platform("The operating system will ask."));
        assert!(!names_a_platform("Our ecosystems differ."));
        assert!(names_a_platform("操作系统会征求您的同意"));
    }
}
