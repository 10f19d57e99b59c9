//! Items and first cells of a list of recipients: each names somebody, though no verb stands beside it.

use std::sync::LazyLock;

use serde::Deserialize;

use super::half::Half;
use super::plain_slot;
use super::residue::Residue;
use crate::diff::Facet;
use crate::diff::difference::SlotDelta;
use crate::diff::words::Content;
use crate::practice::Category;
use crate::text::{Span, TokenKind, is_han, simplified, tokenize};

/// Words that a name has at most; two Han characters count as one.
const LONGEST_NAME: usize = 6;

/// The words of `listed.yaml`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Cues {
    recipients: Vec<String>,
    others: Vec<String>,
}

#[allow(clippy::expect_used)] // our own file, read in a test
static CUES: LazyLock<Cues> =
    LazyLock::new(|| crate::yaml::own_file!("diff/semantic/listed").expect("listed.yaml is right"));

/// Tells whose name an edit put at the head of an item, or took from it.
pub(super) fn add(half: &Half, other: &Half, residue: &Residue, came: bool, slots: &mut Vec<SlotDelta>) {
    let fresh = |content: &Content| !content.others.is_empty() || !content.names.is_empty();
    let told = slots.iter().any(|s| s.came == came && matches!(s.facet, Facet::Recipient | Facet::Data));
    if told || !(half.is_listed() || half.is_in_table()) || !(fresh(&residue.came) || fresh(&residue.went)) {
        return;
    }
    let above = simplified(&half.announcement()).to_lowercase();
    let says = |cues: &[String]| cues.iter().any(|cue| above.contains(cue.as_str()));
    if !says(&CUES.recipients) || says(&CUES.others) {
        return;
    }
    for sentence in half.heads() {
        let name = head(half.words(sentence)).shift(sentence.start);
        let known = half.claims().any(|c| c.concept.is_some() && c.span.overlaps(name));
        let words = half.words(name);
        if !name.is_empty() && half.is_touched(name) && !known && !other.text.contains(words) {
            slots.push(plain_slot(Facet::Recipient, came, words.to_string(), Category::Sharing));
        }
    }
}

/// What stands before the first mark of an item, if it is as short as a name.
fn head(item: &str) -> Span {
    let tokens = tokenize(item);
    let ends = |words: &str| {
        matches!(words, "(" | "（" | ":" | "：" | "-" | "–" | "—" | "," | "，" | ";" | "；" | "。")
    };
    let end = tokens
        .iter()
        .find(|t| t.kind == TokenKind::Mark && ends(t.span.of(item)))
        .map_or(item.len(), |t| t.span.start);
    let words = tokens.iter().filter(|t| t.kind == TokenKind::Word && t.span.start < end);
    let weight: usize = words.map(|t| if t.span.of(item).starts_with(is_han) { 1 } else { 2 }).sum();
    if weight > 2 * LONGEST_NAME {
        return Span::new(0, 0);
    }
    Span::new(0, item[..end].trim_end_matches([' ', '.']).len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_head_of_an_item_is_its_name() {
        for (item, name) in [
            ("Brightmail (e-mail)", "Brightmail"),
            ("极光推送（消息推送）", "极光推送"),
            ("Payfox Ltd.", "Payfox Ltd"),
            ("companies that help us to deliver what you ordered", ""),
        ] {
            assert_eq!(head(item).of(item), name);
        }
    }
}
