//! Two versions in different languages that are read for practices: no word is the same, so what both state is compared by
//! its concepts, and by what every language writes alike: addresses to write to, and periods.
//!
//! What has no concept cannot be found again in another language, and is not told.

use super::half::Half;
use super::plain_slot;
use crate::diff::claims::Claim;
use crate::diff::difference::SlotDelta;
use crate::diff::units::Sides;
use crate::diff::{ChangeKind, Facet, lengths};
use crate::practice::{Category, durations};
use crate::text::normal;
use crate::vocabulary::Vocabulary;

/// Whether a policy stands in another language than before, and both are read.
pub(super) fn is_translated(sides: &Sides) -> bool {
    let (old, new) = (&sides.old.document.language, &sides.new.document.language);
    old != new && old.is_read() && new.is_read()
}

/// What only this side states: kinds of data, recipients and purposes by concept, contacts and periods as such.
pub(super) fn slots(
    here: &Half,
    there: &Half,
    other: &str,
    category: Category,
    came: bool,
    vocabulary: &Vocabulary,
) -> Vec<SlotDelta> {
    let known = |claim: &Claim| {
        let Some(id) = claim.concept else { return true };
        let like = |c: &str| c == id || vocabulary.is_a(c, id) || vocabulary.is_a(id, c);
        vocabulary.depth(id) < 2 || there.claims.concepts_like(claim).any(like)
    };
    let thing = |claim: &&Claim| matches!(claim.facet, Facet::Data | Facet::Purpose | Facet::Recipient);
    let mut slots: Vec<SlotDelta> =
        here.claims().filter(thing).filter(|c| !known(c)).map(|c| c.slot(c.facet, came, None)).collect();
    let lengths = lengths::of(other);
    for duration in durations(&here.text) {
        let words = duration.span.of(&here.text);
        let facet = if category == Category::Retention { Facet::Retention } else { Facet::Other };
        if lengths::of(words).iter().any(|length| !lengths.contains(length)) {
            slots.push(SlotDelta {
                duration: Some(duration.iso),
                ..plain_slot(facet, came, words.into(), category)
            });
        }
    }
    let other = other.to_lowercase();
    let addresses =
        here.text.split(|c: char| !(c.is_ascii_alphanumeric() || matches!(c, '@' | '.' | '-' | '_' | '+')));
    for address in addresses.map(|a| a.trim_matches('.')).filter(|a| a.contains('@')) {
        if !other.contains(&normal(address)) {
            slots.push(plain_slot(Facet::Contact, came, address.to_string(), Category::Contact));
        }
    }
    slots
}

/// The kind of a change that a unit of two languages makes.
pub(super) fn kind(slots: &[SlotDelta]) -> ChangeKind {
    match (slots.iter().any(|s| s.came), slots.iter().any(|s| !s.came)) {
        (true, false) => ChangeKind::Added,
        (false, true) => ChangeKind::Removed,
        _ => ChangeKind::Modified,
    }
}

#[cfg(test)]
mod tests {
    use crate::diff::{Difference, EditKind, Relation, compare};
    use crate::document::Document;
    use crate::ingest::{InputFormat, read};
    use crate::practice::PracticeSet;
    use crate::vocabulary::Vocabulary;

    const ZH: &str = "# 隐私政策\n\n我们会收集您的电子邮箱，用于账号注册。\n\n我们会保存您的订单记录90天。\n\n如有疑问，请写信至 privacy@fernhill.example。\n";
    const EN: &str = "# Privacy policy\n\nWe collect your email address for account registration.\n\nWe keep your order history for 90 days.\n\nIf you have questions, write to privacy@fernhill.example.\n";

    fn versions(old: &str, new: &str) -> Difference {
        let set = |text: &str| {
            let document = Document::new("p.md", read("p.md", text.as_bytes(), InputFormat::Auto).unwrap());
            PracticeSet::from_document(document, Vocabulary::builtin())
        };
        compare(&set(old), &set(new), Relation::Versions, Vocabulary::builtin())
    }

    #[test]
    fn a_translation_changes_nothing() {
        for (old, new) in [(ZH, EN), (EN, ZH)] {
            let difference = versions(old, new);
            assert!(difference.deltas.is_empty(), "{:?}", difference.deltas);
            assert!(difference.edits.iter().any(|edit| edit.kind == EditKind::Translation));
        }
    }

    #[test]
    fn what_a_translation_says_otherwise_is_told() {
        let other = EN.replace("90 days", "180 days").replace("privacy@", "dpo@");
        let words: Vec<String> = versions(ZH, &other)
            .deltas
            .iter()
            .flat_map(|d| d.slots.iter().map(|s| s.words.clone()))
            .collect();
        for word in ["90天", "180 days", "privacy@fernhill.example", "dpo@fernhill.example"] {
            assert!(words.iter().any(|w| w == word), "{words:?}");
        }
        let more = format!("{EN}\nWe also collect your fingerprints.\n");
        assert!(
            versions(ZH, &more)
                .deltas
                .iter()
                .any(|d| d.slots.iter().any(|s| s.words.contains("fingerprints")))
        );
    }
}
