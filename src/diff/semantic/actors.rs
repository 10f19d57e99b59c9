//! Who acts: "we ask" that becomes "the operating system asks" is a change of actor, whatever role its words were read in.

use std::sync::LazyLock;

use serde::Deserialize;

use super::half::Half;
use super::plain_slot;
use crate::diff::Facet;
use crate::diff::difference::SlotDelta;
use crate::practice::Category;
use crate::text::{TokenKind, normal, tokenize};

/// The words of `actors.yaml`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Actors {
    we: Vec<String>,
    platforms: Vec<String>,
    defining: Vec<String>,
}

#[allow(clippy::expect_used)] // our own file, read in a test
static ACTORS: LazyLock<Actors> = LazyLock::new(|| {
    crate::yaml::parse("actors.yaml", include_str!("actors.yaml")).expect("actors.yaml is right")
});

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

/// Tells a name that the policy calls "we" as the one who acts, whatever role it was read in.
pub(super) fn own_names(half: &Half, came: bool, slots: &mut [SlotDelta]) {
    for sentence in half.spans() {
        let words = half.words(sentence);
        let lower = words.to_lowercase();
        let Some(at) = ACTORS.defining.iter().filter_map(|cue| lower.find(cue.as_str())).min() else { continue };
        let named = |s: &SlotDelta| {
            let role =
                matches!(s.facet, Facet::Recipient | Facet::Source | Facet::Other | Facet::Contact | Facet::Data);
            role && s.came == came && lower.find(&s.words.to_lowercase()).is_some_and(|name| name < at)
        };
        for slot in slots.iter_mut().filter(|s| named(s)) {
            (slot.facet, slot.category, slot.concept, slot.scope) = (Facet::Actor, Category::Use, None, None);
        }
    }
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
    fn platforms_are_known_as_whole_words() {
        assert!(names_a_platform("The operating system will ask."));
        assert!(!names_a_platform("Our ecosystems differ."));
        assert!(names_a_platform("操作系统会征求您的同意"));
    }
}
