//! `benchmark` for the terminal: concepts down, vendors across, in as many tables as the width asks for.

use comfy_table::CellAlignment;

use crate::report::benchmark::wording::{
    kept, legend, most_alike, sign, size, standout_concepts, standouts, vendor_facts,
};
use crate::report::benchmark::{Benchmark, BenchmarkRow, Cell, CellStatus, ChecklistResult};
use crate::report::messages::Messages;
use crate::report::neutral::neutral;

use super::comparison::doubts;
use super::ink::{Ink, mark};
use super::{Column, Details, Fit, Look, Page};

/// Columns of text for one vendor: of signs, and of periods.
const VENDOR: usize = 10;
const PERIODS: usize = 22;

/// The report.
pub fn benchmark(view: &Benchmark, look: &Look) -> String {
    let words = Messages::for_language(&view.language);
    let mut page = Page::new(look);
    page.paragraph(&mark(Ink::Bold, &neutral(&view.title)));
    let alike = neutral(&most_alike(view, words));
    page.paragraph(format!("{} {alike}", size(view, words)).trim_end());
    vendors(&mut page, view, words);
    if view.rows.is_empty() {
        page.gap();
        page.paragraph(words.get("benchmark.empty"));
    } else if look.details > Details::None {
        matrix(&mut page, view, words);
    }
    apart(&mut page, view, words);
    if look.details > Details::None {
        breadth(&mut page, view, words);
        retention(&mut page, view, words);
        for list in &view.checklists {
            checklist(&mut page, view, list, words);
        }
        similarity(&mut page, view, words);
    } else {
        checklist_counts(&mut page, view, words);
    }
    doubts(&mut page, words, &view.doubts);
    page.finish()
}

fn vendors(page: &mut Page, view: &Benchmark, w: &Messages) {
    let right = |head: &'static str| Column::tight(w.get(head)).at_most(14).aligned(CellAlignment::Right);
    let columns = [
        Column::tight("").aligned(CellAlignment::Right),
        Column::share(w.get("column.vendor"), 1),
        Column::tight(w.get("side.language")).at_most(12),
        right("side.length"),
        right("read.time"),
    ];
    let facts: Vec<Vec<String>> = view.vendors.iter().map(|vendor| vendor_facts(vendor, w)).collect();
    let rows: Vec<Vec<String>> = view
        .vendors
        .iter()
        .zip(&facts)
        .enumerate()
        .map(|(i, (vendor, facts))| {
            let source = mark(Ink::Dim, &neutral(&vendor.side.source));
            let mut row = vec![(i + 1).to_string(), format!("{}\n{source}", neutral(&vendor.name))];
            row.extend(facts.iter().take(columns.len() - 2).cloned());
            row
        })
        .collect();
    page.table(&columns, &rows, false);
    if page.look.details > Details::None {
        let measures = ["read.sentence", "read.long", "read.vague", "read.measure"];
        let rows: Vec<(String, Vec<String>)> = measures
            .iter()
            .enumerate()
            .map(|(i, key)| {
                let cells = facts.iter().map(|f| f.get(i + 3).cloned().unwrap_or_default());
                (w.get(key).to_owned(), cells.collect())
            })
            .collect();
        page.heading(w.get("read.title"));
        by_vendor(page, view, w.get("read.title"), VENDOR, &rows);
        page.paragraph(&mark(Ink::Dim, w.get("read.sources")));
    }
}

/// A table with a first column of labels and one for each vendor, in parts that fit the width. `rows` are labels and
/// the cells of all vendors; a row without cells is a heading.
fn by_vendor(page: &mut Page, view: &Benchmark, head: &str, width: usize, rows: &[(String, Vec<String>)]) {
    // The labels take a third at most, so that at least two vendors fit beside them.
    let labels = (page.width() / 3).max(14);
    let fit = (page.width().saturating_sub(labels + 4) / (width + 3)).max(1);
    let indices: Vec<usize> = (0..view.vendors.len()).collect();
    for part in indices.chunks(fit) {
        let mut columns = vec![Column { fit: Fit::Tight(labels), ..Column::tight(head) }];
        for &i in part {
            let name = view.vendors.get(i).map(|v| neutral(&v.name)).unwrap_or_default();
            let head = format!("{}\n{}", i + 1, shortened(&name, width * 2));
            columns.push(Column::tight(head).at_most(width).aligned(CellAlignment::Center));
        }
        let shown: Vec<Vec<String>> = rows
            .iter()
            .map(|(label, cells)| {
                let mut row = vec![label.clone()];
                row.extend(part.iter().map(|&i| cells.get(i).cloned().unwrap_or_default()));
                row
            })
            .collect();
        page.table(&columns, &shown, false);
        page.gap();
    }
}

fn matrix(page: &mut Page, view: &Benchmark, w: &Messages) {
    page.heading(w.get("benchmark.matrix"));
    page.paragraph(&mark(Ink::Dim, &legend(w)));
    let full = page.look.details == Details::Full;
    let mut rows = Vec::new();
    let mut topic = None;
    for row in &view.rows {
        if topic != Some(row.topic) {
            topic = Some(row.topic);
            rows.push((mark(Ink::Bold, &w.name("topic", &row.topic)), Vec::new()));
        }
        let sensitive = if row.sensitive { w.aside("", w.get("compare.sensitive")) } else { String::new() };
        let cells = row.cells.iter().map(|cell| shown(cell, w, full)).collect();
        rows.push((format!("{}{sensitive}", label(row)), cells));
    }
    by_vendor(page, view, w.get("benchmark.concept"), VENDOR, &rows);
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
        CellStatus::Silent | CellStatus::Below | CellStatus::Within | CellStatus::RuledOut => Ink::Dim,
    };
    let mut text = mark(ink, sign(cell.status));
    if full && cell.count > 0 {
        if let Some(modality) = &cell.modality {
            text = format!("{text} {}", w.name("modality", modality));
        }
        if cell.count > 1 {
            text = format!("{text} ×{}", w.number(cell.count));
        }
        for said in cell.values.iter().chain(&cell.conditions) {
            text = format!("{text}\n{}", mark(Ink::Dim, &shortened(&neutral(said), VENDOR * 3)));
        }
    }
    text
}

fn apart(page: &mut Page, view: &Benchmark, w: &'static Messages) {
    for (heading, list) in standouts(view, w) {
        if list.iter().all(|s| s.rows.is_empty()) {
            continue;
        }
        page.heading(heading);
        for standout in list.iter().filter(|s| !s.rows.is_empty()) {
            let Some(vendor) = view.vendors.get(standout.vendor) else { continue };
            let concepts = standout_concepts(view, standout, w);
            let name = mark(Ink::Bold, &neutral(&vendor.name));
            let lead = format!("{} ", standout.vendor + 1);
            page.hanging(&lead, &format!("{name}{}{concepts}", w.get("join.colon")));
        }
    }
}

fn breadth(page: &mut Page, view: &Benchmark, w: &Messages) {
    let rows: Vec<(String, Vec<String>)> = view
        .breadth
        .iter()
        .filter_map(|b| view.rows.get(b.row).map(|row| (b, row)))
        .map(|(b, row)| {
            let label = format!("{} ({})", neutral(&row.label), w.name("topic", &row.topic));
            let cell = |(v, n): (usize, &usize)| {
                let broadest = b.broadest.contains(&v);
                let number = w.number(*n);
                if broadest { mark(Ink::Bold, &format!("{number} ▲")) } else { number }
            };
            (label, b.counts.iter().enumerate().map(cell).collect())
        })
        .collect();
    if !rows.is_empty() {
        page.heading(w.get("benchmark.breadth"));
        page.paragraph(&mark(Ink::Dim, w.get("benchmark.breadth-lead")));
        by_vendor(page, view, w.get("benchmark.concept"), VENDOR, &rows);
    }
}

fn retention(page: &mut Page, view: &Benchmark, w: &Messages) {
    if view.retention.is_empty() {
        return;
    }
    page.heading(w.get("benchmark.retention"));
    let rows: Vec<(String, Vec<String>)> = view
        .retention
        .iter()
        .map(|row| {
            let cells = row.cells.iter().map(|cell| kept(cell, w).join("\n"));
            (neutral(&row.label), cells.collect())
        })
        .collect();
    by_vendor(page, view, w.get("column.facet-data"), PERIODS, &rows);
}

fn checklist(page: &mut Page, view: &Benchmark, list: &ChecklistResult, w: &Messages) {
    page.heading(&format!("{}{}{}", w.get("checklist.title"), w.get("join.colon"), neutral(&list.title)));
    page.paragraph(&mark(Ink::Dim, w.get("checklist.lead")));
    let total = w.number(list.items.len());
    let of = |n: &usize| w.fill("checklist.of", &[("n", &w.number(*n)), ("total", &total)]);
    let mut rows =
        vec![(mark(Ink::Bold, w.get("checklist.found-count")), list.found.iter().map(of).collect())];
    for item in &list.items {
        let cells = item
            .cells
            .iter()
            .map(|cell| match cell.count {
                0 => mark(Ink::Dim, "○"),
                1 => mark(Ink::Green, "●"),
                n => format!("{} ×{}", mark(Ink::Green, "●"), w.number(n)),
            })
            .collect();
        rows.push((format!(" {}\n {}", neutral(&item.asks), mark(Ink::Dim, &neutral(&item.law))), cells));
    }
    by_vendor(page, view, w.get("checklist.item"), VENDOR, &rows);
}

fn checklist_counts(page: &mut Page, view: &Benchmark, w: &Messages) {
    let rows: Vec<(String, Vec<String>)> = view
        .checklists
        .iter()
        .map(|list| {
            let total = w.number(list.items.len());
            let of = |n: &usize| w.fill("checklist.of", &[("n", &w.number(*n)), ("total", &total)]);
            (neutral(&list.title), list.found.iter().map(of).collect())
        })
        .collect();
    if !rows.is_empty() {
        page.heading(w.get("checklist.title"));
        page.paragraph(&mark(Ink::Dim, w.get("checklist.lead")));
        by_vendor(page, view, w.get("checklist.list"), VENDOR, &rows);
    }
}

fn similarity(page: &mut Page, view: &Benchmark, w: &Messages) {
    if view.similarity.is_empty() || view.vendors.len() < 3 {
        return;
    }
    page.heading(w.get("benchmark.similarity"));
    page.paragraph(&mark(Ink::Dim, w.get("benchmark.similarity-lead")));
    let rows: Vec<(String, Vec<String>)> = view
        .vendors
        .iter()
        .enumerate()
        .map(|(v, vendor)| {
            let cell = |other: usize| {
                let pair = view
                    .similarity
                    .iter()
                    .find(|p| (p.first, p.second) == (v.min(other), v.max(other)))
                    .filter(|_| other < v);
                pair.map_or(String::new(), |p| format!("{}%", p.percent))
            };
            (format!("{} {}", v + 1, neutral(&vendor.name)), (0..view.vendors.len()).map(cell).collect())
        })
        .collect();
    by_vendor(page, view, w.get("column.vendor"), VENDOR, &rows);
}

fn shortened(name: &str, most: usize) -> String {
    if name.chars().count() <= most {
        return name.to_owned();
    }
    let head: String = name.chars().take(most - 1).collect();
    format!("{}…", head.trim_end())
}
