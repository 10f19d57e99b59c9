//! Both practice sets as a folded table of Markdown.

use crate::report::comparison::{Comparison, SegmentMark};
use crate::report::messages::Messages;
use crate::report::pairs::{Cell, HEADS, PairRow, legend, rows};

use super::escape::{continued, inline, marked};

/// The table in its fold; empty where no practices were compared.
pub(super) fn pairs(view: &Comparison, w: &Messages) -> String {
    if view.pairs().is_empty() {
        return String::new();
    }
    let heads = HEADS.map(|head| inline(w.get(head))).join(" | ");
    let mut fold = format!(
        "<details><summary>{} ({})</summary>\n\n{}\n\n| {heads} |\n|{}\n",
        inline(w.get("compare.practices")),
        w.number(view.pairs().len()),
        inline(&legend(w, view)),
        "---|".repeat(HEADS.len())
    );
    for row in rows(w, view, true) {
        fold.push_str(&line(&row));
    }
    fold + "\n</details>\n"
}

fn line(row: &PairRow) -> String {
    let cells = row.cells.iter().chain([&row.stance]).map(words);
    let cells: Vec<String> =
        [&row.status_words, &row.category].into_iter().map(|words| inline(words)).chain(cells).collect();
    format!("| {} |\n", cells.join(" | "))
}

fn words(cell: &Cell) -> String {
    let run = |(i, (mark, words)): (usize, (SegmentMark, &str))| match mark {
        SegmentMark::Same if i == 0 => inline(words),
        SegmentMark::Same if words.trim().is_empty() => words.to_owned(),
        SegmentMark::Same => continued(words),
        SegmentMark::Deleted => marked(words, true),
        SegmentMark::Inserted => marked(words, false),
    };
    cell.runs().enumerate().map(run).collect()
}
