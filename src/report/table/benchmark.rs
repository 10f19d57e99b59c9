//! `benchmark` for the terminal: concepts down, vendors across, in as many tables as the width asks for.

use comfy_table::CellAlignment;

use crate::report::benchmark::{Benchmark, BenchmarkRow, Cell, CellStatus, Standout};
use crate::report::messages::Messages;
use crate::report::neutral::neutral;

use super::comparison::{doubts, name_of};
use super::ink::{Ink, mark};
use super::{Column, Details, Fit, Look, Page};

/// Columns of text for one vendor.
const VENDOR: usize = 10;

/// The report.
pub fn benchmark(view: &Benchmark, look: &Look) -> String {
    let words = Messages::for_language(&view.language);
    let mut page = Page::new(look);
    page.paragraph(&mark(Ink::Bold, &neutral(&view.title)));
    vendors(&mut page, view, words);
    if view.rows.is_empty() {
        page.gap();
        page.paragraph(words.get("benchmark.empty"));
    } else if look.details > Details::None {
        matrix(&mut page, view, words);
    }
    standouts(&mut page, view, words, words.get("benchmark.only"), &view.only);
    standouts(&mut page, view, words, words.get("benchmark.all-but-one"), &view.all_but_one);
    doubts(&mut page, words, &view.doubts);
    page.finish()
}

/// The sign of a status, told by shape alone.
pub(in crate::report) fn sign(status: CellStatus) -> &'static str {
    match status {
        CellStatus::Stated => "✓",
        CellStatus::Negated => "✗",
        CellStatus::Both => "±",
        CellStatus::Silent => "·",
        CellStatus::Below => "↓",
    }
}

/// All signs with their meaning.
pub(in crate::report) fn legend(words: &Messages) -> String {
    use CellStatus::{Below, Both, Negated, Silent, Stated};
    [Stated, Negated, Both, Below, Silent]
        .iter()
        .map(|status| format!("{} {}", sign(*status), words.name("status-long", status)))
        .collect::<Vec<_>>()
        .join(words.get("join.clause"))
}

fn vendors(page: &mut Page, view: &Benchmark, w: &Messages) {
    let columns = [
        Column::tight("").aligned(CellAlignment::Right),
        Column::share(w.get("column.vendor"), 1),
        Column::tight(w.get("side.language")).at_most(12),
        Column::tight(w.get("side.length")).at_most(14).aligned(CellAlignment::Right),
        Column::tight(w.get("practices.list")).at_most(10).aligned(CellAlignment::Right),
    ];
    let rows: Vec<Vec<String>> = view
        .vendors
        .iter()
        .enumerate()
        .map(|(i, side)| {
            vec![
                (i + 1).to_string(),
                format!("{}\n{}", name_of(side), mark(Ink::Dim, &neutral(&side.source))),
                w.language_name(&neutral(&side.language)),
                w.count("side.words", side.words),
                w.number(side.practices),
            ]
        })
        .collect();
    page.table(&columns, &rows, false);
}

fn matrix(page: &mut Page, view: &Benchmark, w: &Messages) {
    page.heading(w.get("benchmark.matrix"));
    page.paragraph(&mark(Ink::Dim, &legend(w)));
    let labels: Vec<String> = view.rows.iter().map(label).collect();
    let full = page.look.details == Details::Full;
    // The concept's column takes a third at most, so that at least two vendors fit beside it.
    let concept = (page.width() / 3).max(14);
    let one = VENDOR + 3;
    let fit = (page.width().saturating_sub(concept + 4) / one).max(1);
    let indices: Vec<usize> = (0..view.vendors.len()).collect();
    for part in indices.chunks(fit) {
        let mut columns =
            vec![Column { fit: Fit::Tight(concept), ..Column::tight(w.get("benchmark.concept")) }];
        for &i in part {
            let name = view.vendors.get(i).map(name_of).unwrap_or_default();
            let head = format!("{}\n{}", i + 1, shortened(&name, VENDOR * 2));
            columns.push(Column::tight(head).at_most(VENDOR).aligned(CellAlignment::Center));
        }
        let mut rows: Vec<Vec<String>> = Vec::new();
        let mut group = None;
        for (row, label) in view.rows.iter().zip(&labels) {
            if group != Some((row.category, row.facet)) {
                group = Some((row.category, row.facet));
                let name = format!("{} · {}", w.name("category", &row.category), w.name("facet", &row.facet));
                let mut cells = vec![mark(Ink::Bold, &name)];
                cells.resize(part.len() + 1, String::new());
                rows.push(cells);
            }
            let sensitive =
                if row.sensitive { format!(" ({})", w.get("compare.sensitive")) } else { String::new() };
            let mut cells = vec![format!("{label}{sensitive}")];
            cells.extend(part.iter().map(|&i| row.cells.get(i).map_or(String::new(), |c| shown(c, w, full))));
            rows.push(cells);
        }
        page.table(&columns, &rows, false);
        page.gap();
    }
}

/// A concept's label, indented by its place in the tree.
fn label(row: &BenchmarkRow) -> String {
    format!("{}{}", " ".repeat(1 + row.depth.min(8) * 2), neutral(&row.label))
}

fn shown(cell: &Cell, w: &Messages, full: bool) -> String {
    let ink = match cell.status {
        CellStatus::Stated => Ink::Green,
        CellStatus::Negated => Ink::Red,
        CellStatus::Both => Ink::Yellow,
        CellStatus::Silent | CellStatus::Below => Ink::Dim,
    };
    let mut text = mark(ink, sign(cell.status));
    if full && cell.count > 0 {
        if let Some(modality) = &cell.modality {
            text = format!("{text} {}", w.name("modality", modality));
        }
        if cell.count > 1 {
            text = format!("{text} ×{}", w.number(cell.count));
        }
    }
    text
}

fn standouts(page: &mut Page, view: &Benchmark, w: &Messages, heading: &str, standouts: &[Standout]) {
    if standouts.iter().all(|s| s.rows.is_empty()) {
        return;
    }
    page.heading(heading);
    for standout in standouts.iter().filter(|s| !s.rows.is_empty()) {
        let Some(vendor) = view.vendors.get(standout.vendor).map(name_of) else { continue };
        let concepts = standout_concepts(view, standout, w);
        let name = mark(Ink::Bold, &vendor);
        let lead = format!("{} ", standout.vendor + 1);
        page.hanging(&lead, &format!("{name}{}{concepts}", w.get("join.colon")));
    }
}

/// The concepts of a standout with their categories: "location (Collection), …".
pub(in crate::report) fn standout_concepts(view: &Benchmark, standout: &Standout, w: &Messages) -> String {
    let rows = standout.rows.iter().filter_map(|&row| view.rows.get(row));
    let named = rows.map(|row| format!("{} ({})", neutral(&row.label), w.name("category", &row.category)));
    named.collect::<Vec<_>>().join(w.get("join.list"))
}

fn shortened(name: &str, most: usize) -> String {
    if name.chars().count() <= most {
        return name.to_owned();
    }
    let head: String = name.chars().take(most - 1).collect();
    format!("{}…", head.trim_end())
}
