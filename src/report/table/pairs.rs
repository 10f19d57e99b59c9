//! Both practice sets as one table for the terminal, with what became of each practice.

use crate::report::comparison::{Comparison, SegmentMark};
use crate::report::messages::Messages;
use crate::report::neutral::neutral;
use crate::report::pairs::{Cell, HEADS, PairRow, legend, rows};

use super::ink::{Ink, mark};
use super::{Column, Page};

/// From here on each part of a practice has a column of its own.
const WIDE: usize = 120;

/// The table under its heading; nothing where no practices were compared.
pub(super) fn pairs(page: &mut Page, view: &Comparison, w: &Messages) {
    if view.pairs().is_empty() {
        return;
    }
    page.heading(&format!("{} ({})", w.get("compare.practices"), w.number(view.pairs().len())));
    page.paragraph(&mark(Ink::Dim, &legend(w, view)));
    let [status, category, action, data, recipients, stance] = HEADS.map(|head| w.get(head));
    let rows = rows(w, view, true);
    if page.width() < WIDE {
        let rows: Vec<Vec<String>> = rows.iter().map(|row| narrow(row, w)).collect();
        page.table(&[Column::tight(status), Column::share(w.get("practices.list"), 1)], &rows, true);
        return;
    }
    let columns = [
        Column::tight(status),
        Column::tight(category).at_most(16),
        Column::share(action, 2),
        Column::share(data, 4),
        Column::share(recipients, 3),
        Column::tight(stance).at_most(24),
    ];
    let wide = |row: &PairRow| {
        let cells = row.cells.iter().chain([&row.stance]).map(words);
        [row.status_words.clone(), row.category.clone()].into_iter().chain(cells).collect()
    };
    let rows: Vec<Vec<String>> = rows.iter().map(wide).collect();
    page.table(&columns, &rows, false);
}

/// Category, stance and deed in the first line, then what is named.
fn narrow(row: &PairRow, w: &Messages) -> Vec<String> {
    let [action, data, recipients] = &row.cells;
    let mut first = format!("{}{}{}", row.category, w.get("join.colon"), words(&row.stance));
    if !action.is_empty() {
        first = format!("{first} · {}", words(action));
    }
    let mut lines = vec![first];
    for (head, cell) in [HEADS[3], HEADS[4]].into_iter().zip([data, recipients]) {
        if !cell.is_empty() {
            lines.push(format!("  {}{}{}", mark(Ink::Dim, w.get(head)), w.get("join.colon"), words(cell)));
        }
    }
    vec![row.status_words.clone(), lines.join("\n")]
}

/// The words of a cell, with what only one side has in the marks of quotes.
fn words(cell: &Cell) -> String {
    let run = |(sign, words)| {
        let words = neutral(words);
        match sign {
            SegmentMark::Same if words.is_empty() => " ".to_owned(),
            SegmentMark::Same => words,
            SegmentMark::Deleted => mark(Ink::Red, &format!("[-{words}-]")),
            SegmentMark::Inserted => mark(Ink::Green, &format!("{{+{words}+}}")),
        }
    };
    cell.runs().map(run).collect::<String>().trim().to_owned()
}
