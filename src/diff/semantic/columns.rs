//! Cells of tables: a column's head says what its cells name, though no verb stands beside them.

use std::sync::LazyLock;

use serde::Deserialize;

use super::half::Half;
use super::plain_slot;
use super::residue::shorten;
use crate::diff::Facet;
use crate::diff::difference::SlotDelta;
use crate::diff::words::Content;
use crate::extract::places;
use crate::practice::{Category, durations};
use crate::text::{Span, is_han, normal};
use crate::vocabulary::{Kind, Vocabulary};

/// Cells of one change that are read by their column, at most.
const MOST_CELLS: usize = 40;
/// Characters of a cell that names something, at most: longer ones state it in sentences.
const LONGEST_CELL: usize = 80;

/// Words in the heads of columns whose cells name the same kind of thing.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Column {
    facet: Facet,
    words: Vec<String>,
}

#[allow(clippy::expect_used)] // our own file, read in a test
static COLUMNS: LazyLock<Vec<Column>> =
    LazyLock::new(|| crate::yaml::own_file!("diff/semantic/columns").expect("columns.yaml is right"));

/// Tells what came or went in cells, by their columns.
pub(super) fn add(
    half: &Half,
    other: &Half,
    category: Category,
    came: bool,
    vocabulary: &Vocabulary,
    slots: &mut Vec<SlotDelta>,
) {
    if !half.is_in_table() {
        return;
    }
    let there = Content::of(&other.text, other.language(), true);
    for (cell, head) in half.cells().take(MOST_CELLS) {
        let words = half.words(cell);
        let Some(facet) = head.and_then(|head| facet_of_column(half.words(head))) else { continue };
        let plain = normal(words);
        let known = |s: &SlotDelta| {
            let told = normal(&s.words);
            s.came == came && !is_vague(s) && (told.contains(&plain) || plain.contains(&told))
        };
        if slots.iter().any(known) || !is_replaced(half, cell, &there) || other.states(words) {
            continue;
        }
        slots.retain(|s| s.came != came || !is_vague(s) || !plain.contains(&normal(&s.words)));
        slots.extend(slot(facet, words, category, came, half, vocabulary));
    }
}

/// Whether a slot says less of a cell than its column does.
fn is_vague(slot: &SlotDelta) -> bool {
    matches!(slot.facet, Facet::Other | Facet::Action)
}

/// Whether the edit put most of a cell's words there, or took them.
fn is_replaced(half: &Half, cell: Span, there: &Content) -> bool {
    let words = half.words(cell);
    let all = Content::of(words, half.language(), true);
    let fresh = all.minus(there);
    let weight = |c: &Content| c.worded() + c.names.len() + c.numbers.len();
    half.is_touched(cell) && words.chars().count() <= LONGEST_CELL && weight(&fresh) * 2 > weight(&all)
}

fn slot(
    facet: Facet,
    words: &str,
    category: Category,
    came: bool,
    half: &Half,
    vocabulary: &Vocabulary,
) -> Option<SlotDelta> {
    let plain = |category: Category| plain_slot(facet, came, shorten(words), category);
    let named = |kind: Kind, category: Category| {
        let concept = vocabulary.name(words, kind, half.language()).map(str::to_string);
        SlotDelta { concept, ..plain(category) }
    };
    match facet {
        Facet::Retention => {
            let duration = durations(words).into_iter().next()?.iso;
            Some(SlotDelta { duration: Some(duration), ..plain(Category::Retention) })
        }
        Facet::Transfer => (!places(words).is_empty()).then(|| plain(Category::Transfer)),
        Facet::Purpose => Some(named(Kind::Purpose, giving(category, Category::Use))),
        Facet::Data => Some(named(Kind::Data, giving(category, Category::Collection))),
        _ => Some(named(Kind::Party, Category::Sharing)),
    }
}

/// Data and purposes in a list of recipients are those for which data is given away.
fn giving(category: Category, otherwise: Category) -> Category {
    if matches!(category, Category::Sharing | Category::Transfer) { category } else { otherwise }
}

fn facet_of_column(head: &str) -> Option<Facet> {
    let head = head.to_lowercase();
    let begins = |cue: &String| {
        head.match_indices(cue.as_str())
            .any(|(at, _)| cue.starts_with(is_han) || !head[..at].ends_with(char::is_alphanumeric))
    };
    COLUMNS.iter().find(|column| column.words.iter().any(begins)).map(|column| column.facet)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn heads_say_what_their_cells_name() {
        for (head, facet) in [
            ("Provider", Facet::Recipient),
            ("Storage duration", Facet::Retention),
            ("使用目的", Facet::Purpose),
            ("第三方名称", Facet::Recipient),
            ("Rôle", Facet::Purpose),
            ("Sitz", Facet::Transfer),
        ] {
            assert_eq!(facet_of_column(head), Some(facet), "{head}");
        }
        assert_eq!(facet_of_column("Cookie"), None);
    }
}
