//! Policies in languages that are not read for practices: what an edited sentence is about, by its words and by the
//! headings above it, and whether an edit of few words says something.

use std::sync::LazyLock;

use serde::Deserialize;

use super::half::Half;
use super::residue::Residue;
use super::{facet_of, plain_slot};
use crate::diff::Facet;
use crate::diff::difference::SlotDelta;
use crate::practice::{Category, Modality};
use crate::text::{Span, TokenKind, is_han, normal, simplified, tokenize};

/// Words of a thing in a list, at least, where the language is read: one word may only be another adjective.
const FEWEST_NAMED: usize = 2;

/// The words of `unread.yaml`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Words {
    topics: Vec<Topic>,
    choices: Vec<String>,
    consent: Vec<String>,
    withdrawn: Vec<String>,
    may: Vec<String>,
    must: Vec<String>,
    joiners: Vec<String>,
    headings: Vec<Topic>,
}

/// Words by which a sentence says what it is about.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Topic {
    category: Category,
    words: Vec<String>,
}

#[allow(clippy::expect_used)] // our own file, read in a test
static WORDS: LazyLock<Words> =
    LazyLock::new(|| crate::yaml::own_file!("diff/semantic/unread").expect("unread.yaml is right"));

/// Whether neither side is read for practices.
pub(super) fn holds(old: &Half, new: &Half) -> bool {
    !old.language().is_read() && !new.language().is_read()
}

/// What the sentences of both sides are about: by the words that changed, by all of theirs, by what announces them.
pub(super) fn category(old: &Half, new: &Half) -> Option<Category> {
    let touched = || topic(&format!("{}\n{}", new.touched_text(), old.touched_text()));
    let stated = || topic(&format!("{}\n{}", new.text, old.text));
    let announced = || [new, old].into_iter().find_map(|half| topic(&half.announcement()));
    let listed = new.is_in_table() || old.is_in_table() || new.is_listed() || old.is_listed();
    // A cell or an item says little by itself: a safeguard named in a list of partners makes it no safeguard.
    if listed { announced().or_else(stated) } else { touched().or_else(stated).or_else(announced) }
}

fn topic(text: &str) -> Option<Category> {
    first_met(&WORDS.topics, text)
}

/// What the heading announces under which sentences of either side stand, in any language.
pub(super) fn heading(old: &Half, new: &Half) -> Option<Category> {
    [new, old].into_iter().find_map(|half| first_met(&WORDS.headings, &simplified(half.title())))
}

fn first_met(topics: &[Topic], text: &str) -> Option<Category> {
    let lower = text.to_lowercase();
    let met = |topic: &&Topic| topic.words.iter().any(|word| begins_a_word(&lower, word));
    topics.iter().find(met).map(|topic| topic.category)
}

/// The facet under which words of a category are quoted: things of a list are told with the list that they belong to.
pub(super) fn facet(half: &Half, run: Span, category: Category) -> Facet {
    let words = half.words(run);
    if says(words, &WORDS.choices) && !matches!(category, Category::Rights) {
        return Facet::Condition;
    }
    let thing = half.is_listed() || half.is_in_table() || is_enumerated(half, run);
    match category {
        Category::Collection if thing => Facet::Data,
        Category::Sharing if thing => Facet::Recipient,
        Category::Use if half.is_listed() => Facet::Purpose,
        category => facet_of(category).unwrap_or(Facet::Other),
    }
}

/// What a quoted choice means, if it is consent.
pub(super) fn concept(words: &str) -> Option<String> {
    let concept = match (says(words, &WORDS.consent), says(words, &WORDS.withdrawn)) {
        (true, false) => "condition.consent",
        (false, true) => "condition.choice.optout",
        _ => return None,
    };
    Some(concept.to_string())
}

/// Whether an edit of few words says something all the same: a list within the sentence names one more thing, or a choice
/// is given or taken.
pub(super) fn is_significant(old: &Half, new: &Half, residue: &Residue) -> bool {
    let (came, went) = (residue.came.worded(), residue.went.worded());
    let unread = holds(old, new);
    let fewest = if unread { 1 } else { FEWEST_NAMED };
    let adds = |half: &Half| half.phrases().into_iter().any(|run| is_enumerated(half, run));
    let listed = came >= fewest && went == 0 && adds(new) || went >= fewest && came == 0 && adds(old);
    let differ = |cues: &[String]| says(&old.touched_text(), cues) != says(&new.touched_text(), cues);
    listed || unread && (differ(&WORDS.choices) || differ(&WORDS.consent))
}

/// Tells that what may be done is now done, or the reverse, where little else changed.
pub(super) fn add_modality(old: &Half, new: &Half, category: Category, slots: &mut Vec<SlotDelta>) {
    // What people can do is their right.
    if category == Category::Rights || old.sentences.is_empty() || new.sentences.is_empty() {
        return;
    }
    let stance = |half: &Half| {
        let words = half.touched_text().to_lowercase();
        let found = |list: &[String]| list.iter().find(|w| is_word(&words, w)).cloned();
        let may = found(&WORDS.may).map(|w| (w, Modality::May));
        may.or_else(|| found(&WORDS.must).map(|w| (w, Modality::Must)))
    };
    let (before, after) = (stance(old), stance(new));
    let modality = |s: &Option<(String, Modality)>| s.as_ref().map(|(_, m)| *m);
    if modality(&before) == modality(&after) {
        return;
    }
    for (stance, came) in [(before, false), (after, true)] {
        if let Some((word, modality)) = stance {
            slots.push(SlotDelta { modality, ..plain_slot(Facet::Modality, came, word, category) });
        }
    }
}

/// Whether a run of words is a thing in a list within its sentence: a comma or a joiner stands right before or in it, and
/// there are no more words behind than a thing has.
pub(super) fn is_enumerated(half: &Half, run: Span) -> bool {
    let Some(sentence) = half.spans().find(|s| s.contains(run)) else { return false };
    let before = half.words(Span::new(sentence.start, run.start)).trim_end().to_lowercase();
    let words = half.words(run).trim().to_lowercase();
    let after = half.words(Span::new(run.end, sentence.end)).trim_start();
    let ends =
        |text: &str| text.ends_with(',') || WORDS.joiners.iter().any(|j| last_word(text) == Some(j.as_str()));
    let begins = |text: &str| {
        text.starts_with(',')
            || WORDS.joiners.iter().any(|j| text.strip_prefix(j.as_str()).is_some_and(|r| r.starts_with(' ')))
    };
    let behind = after.is_empty() || after.starts_with([',', '.', ';']) || begins(after) || ends(&words);
    (ends(&before) || begins(&words)) && behind
}

fn last_word(text: &str) -> Option<&str> {
    text.rsplit(|c: char| !c.is_alphanumeric()).next()
}

fn says(text: &str, cues: &[String]) -> bool {
    let lower = text.to_lowercase();
    cues.iter().any(|cue| begins_a_word(&lower, cue))
}

/// Whether a word of a text begins with a cue.
fn begins_a_word(lower: &str, cue: &str) -> bool {
    let whole = |at: usize| cue.starts_with(is_han) || !lower[..at].ends_with(char::is_alphanumeric);
    lower.match_indices(cue).any(|(at, _)| whole(at))
}

fn is_word(lower: &str, word: &str) -> bool {
    tokenize(lower).iter().any(|t| t.kind == TokenKind::Word && normal(t.span.of(lower)) == word)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sentences_say_what_they_are_about() {
        for (text, category) in [
            ("Les données de commande sont conservées pendant cinq ans.", Category::Retention),
            ("Vos données ne sont pas transférées hors de l'Union européenne.", Category::Transfer),
            ("Les mots de passe sont hachés.", Category::Security),
            ("Vous pouvez introduire une réclamation auprès de la CNIL.", Category::Rights),
            ("Wir geben Ihre Daten an Paketdienste weiter.", Category::Sharing),
            ("Unser Angebot richtet sich nicht an Kinder.", Category::Audience),
            ("Sie können Ihre Einwilligung jederzeit widerrufen.", Category::Rights),
            ("Beim Besuch der Website erheben wir Ihre IP-Adresse.", Category::Collection),
        ] {
            assert_eq!(topic(text), Some(category), "{text}");
        }
        assert_eq!(topic("Bienvenue chez nous."), None);
    }

    #[test]
    fn consent_that_is_taken_back_is_none() {
        assert!(concept("avec votre consentement").is_some());
        assert!(concept("retirer ce consentement").is_none());
        assert_eq!(concept("sofern Sie nicht widersprechen").as_deref(), Some("condition.choice.optout"));
    }
}
