//! What became less clear or clearer: a line each, with its quotes folded.

use super::parts::{Quote, Room};
use crate::report::comparison::{Clarity, Comparison, Evidence};
use crate::report::messages::Messages;

/// Something unclear that came or went.
pub(super) struct ClarityRow<'a> {
    pub sign: &'static str,
    pub word: String,
    pub summary: &'a str,
    pub quotes: Vec<Quote<'a>>,
    pub row: Option<usize>,
}

/// All of them, in the order of the text.
pub(super) fn clarity<'a>(
    m: &Messages,
    report: &'a Comparison,
    old_lang: &'a str,
    new_lang: &'a str,
    room: &Room,
) -> Vec<ClarityRow<'a>> {
    let rows = if report.text.available { report.text.rows.len() } else { 0 };
    let row = |fact: &'a Clarity| {
        // What came is told by the new words, what went by the old ones.
        let shown = |old: bool| room.more || fact.added != old;
        let quote = |e: &'a Evidence, old| {
            Quote::new(m, Some(e), old, report.relation, if old { old_lang } else { new_lang }, room.again)
        };
        ClarityRow {
            sign: if fact.added { "+" } else { "−" },
            word: m.get(if fact.added { "compare.came" } else { "compare.went" }).to_owned(),
            summary: &fact.summary,
            quotes: fact
                .old
                .iter()
                .filter(|_| shown(true))
                .map(|e| quote(e, true))
                .chain(fact.new.iter().filter(|_| shown(false)).map(|e| quote(e, false)))
                .collect(),
            row: fact.row.filter(|&r| r < rows),
        }
    };
    report.clarity.iter().map(row).collect()
}
