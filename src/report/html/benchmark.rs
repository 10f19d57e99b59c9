//! The page of a benchmark: vendors, the matrix of concepts by vendors, and what sets a vendor apart.

use askama::Template;

use super::parts::{self, SideView};
use super::{Messages, Page};
use crate::practice::Modality;
use crate::report::benchmark::{Benchmark, BenchmarkRow, Cell, CellStatus, Standout};

/// Characters of a condition shown in a closed cell.
const HINT: usize = 18;

#[derive(Template)]
#[template(path = "benchmark.html", whitespace = "minimize")]
pub(super) struct Matrix<'a> {
    page: Page,
    m: &'static Messages,
    size: String,
    vendors: Vec<SideView>,
    columns: usize,
    legend: Vec<Legend>,
    groups: Vec<Group<'a>>,
    standouts: Vec<Standouts<'a>>,
    doubts: &'a [String],
}

struct Legend {
    class: &'static str,
    sign: &'static str,
    word: String,
    about: String,
}

/// Rows of one category and facet.
struct Group<'a> {
    label: String,
    rows: Vec<RowView<'a>>,
}

struct RowView<'a> {
    n: usize,
    class: &'static str,
    label: &'a str,
    iri: &'a str,
    sensitive: bool,
    cells: Vec<CellView<'a>>,
}

struct CellView<'a> {
    class: &'static str,
    sign: &'static str,
    word: String,
    /// "may", "must", "only if"; empty for a plain statement.
    modality: String,
    hint: String,
    conditions: String,
    lang: &'a str,
    quotes: Vec<CellQuote<'a>>,
    more: String,
}

/// A quote, parted at the words that name the concept.
struct CellQuote<'a> {
    before: &'a str,
    words: &'a str,
    after: &'a str,
    section: &'a str,
}

/// A section about rows that set vendors apart.
struct Standouts<'a> {
    id: &'static str,
    title: &'static str,
    about: &'static str,
    vendors: Vec<Apart<'a>>,
}

struct Apart<'a> {
    title: &'a str,
    lang: &'a str,
    count: String,
    rows: Vec<(usize, &'a str, String)>,
}

impl<'a> Matrix<'a> {
    pub(super) fn new(report: &'a Benchmark) -> Matrix<'a> {
        let m = Messages::for_language(&report.language);
        let vendors: Vec<SideView> = report
            .vendors
            .iter()
            .enumerate()
            .map(|(i, side)| SideView::new(m, &m.fill("benchmark.vendor", &[("n", &m.number(i + 1))]), side))
            .collect();
        let size = [
            m.count("benchmark.count-vendors", report.vendors.len()),
            m.count("benchmark.count-rows", report.rows.len()),
        ];
        let standouts = [
            ("only", "benchmark.only", "benchmark.only-lead", &report.only),
            ("but-one", "benchmark.all-but-one", "benchmark.all-but-one-lead", &report.all_but_one),
        ]
        .into_iter()
        .map(|(id, title, about, list)| Standouts {
            id,
            title: m.get(title),
            about: m.get(about),
            vendors: list.iter().filter_map(|s| apart(m, report, s)).collect(),
        })
        .filter(|s| !s.vendors.is_empty())
        .collect();
        Matrix {
            page: Page::new(m, &report.title, &report.generator, &report.schema),
            m,
            size: size.join(m.get("join.list")),
            columns: report.vendors.len() + 1,
            vendors,
            legend: [
                CellStatus::Stated,
                CellStatus::Negated,
                CellStatus::Both,
                CellStatus::Below,
                CellStatus::Silent,
            ]
            .into_iter()
            .map(|s| Legend {
                class: look(s).0,
                sign: look(s).1,
                word: m.name("status", &s),
                about: m.name("status-long", &s),
            })
            .collect(),
            groups: groups(m, report),
            standouts,
            doubts: &report.doubts,
        }
    }
}

/// Class and sign of a status.
fn look(status: CellStatus) -> (&'static str, &'static str) {
    match status {
        CellStatus::Silent => ("si", "·"),
        CellStatus::Stated => ("st", "+"),
        CellStatus::Negated => ("ne", "−"),
        CellStatus::Both => ("bo", "±"),
        CellStatus::Below => ("be", "↓"),
    }
}

fn groups<'a>(m: &Messages, report: &'a Benchmark) -> Vec<Group<'a>> {
    let mut groups: Vec<Group> = Vec::new();
    let mut last = None;
    for (n, row) in report.rows.iter().enumerate() {
        let key = (row.category, row.facet);
        if last != Some(key) {
            last = Some(key);
            let (category, facet) = (m.name("category", &row.category), m.name("facet", &row.facet));
            let label = m.fill("benchmark.group", &[("category", &category), ("facet", &facet)]);
            groups.push(Group { label, rows: Vec::new() });
        }
        if let Some(group) = groups.last_mut() {
            group.rows.push(row_view(m, report, n, row));
        }
    }
    groups
}

fn row_view<'a>(m: &Messages, report: &'a Benchmark, n: usize, row: &'a BenchmarkRow) -> RowView<'a> {
    static SILENT: Cell = Cell {
        status: CellStatus::Silent,
        modality: None,
        conditions: Vec::new(),
        count: 0,
        evidence: Vec::new(),
    };
    RowView {
        n,
        class: match row.depth {
            0 => "d0",
            1 => "d1",
            2 => "d2",
            3 => "d3",
            _ => "d4",
        },
        label: &row.label,
        iri: parts::address(row.iri.as_ref()),
        sensitive: row.sensitive,
        cells: report
            .vendors
            .iter()
            .enumerate()
            .map(|(v, side)| cell(m, row.cells.get(v).unwrap_or(&SILENT), parts::tag(&side.language)))
            .collect(),
    }
}

fn cell<'a>(m: &Messages, cell: &'a Cell, lang: &'a str) -> CellView<'a> {
    let (class, sign) = look(cell.status);
    let first = cell.conditions.first().map_or("", String::as_str);
    let mut hint: String = first.chars().take(HINT).collect();
    let cut = hint.len() < first.len();
    if cut {
        hint.push('…');
    }
    let more = cell.count.saturating_sub(cell.evidence.len());
    CellView {
        class,
        sign,
        word: m.name("status", &cell.status),
        modality: match cell.modality {
            None | Some(Modality::Does) => String::new(),
            Some(modality) => m.name("modality", &modality),
        },
        hint,
        // One short condition is all said by the hint.
        conditions: if cut || cell.conditions.len() > 1 {
            cell.conditions.join(m.get("join.clause"))
        } else {
            String::new()
        },
        lang,
        quotes: cell
            .evidence
            .iter()
            .map(|e| {
                let (before, words, after) = parts::around(&e.quote, &e.words);
                CellQuote { before, words, after, section: &e.section }
            })
            .collect(),
        more: if more > 0 { m.count("benchmark.more-quotes", more) } else { String::new() },
    }
}

/// A vendor and the rows that set it apart; `None` where the value names a vendor that is not there.
fn apart<'a>(m: &Messages, report: &'a Benchmark, standout: &Standout) -> Option<Apart<'a>> {
    let side = report.vendors.get(standout.vendor)?;
    let rows: Vec<_> = standout
        .rows
        .iter()
        .filter_map(|&n| report.rows.get(n).map(|row| (n, row)))
        .map(|(n, row)| (n, row.label.as_str(), m.name("category", &row.category)))
        .collect();
    let count = m.number(rows.len());
    Some(Apart { title: &side.title, lang: parts::tag(&side.language), count, rows })
}
