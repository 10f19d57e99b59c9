//! The page of a benchmark: vendors, the matrix of concepts by vendors, what sets a vendor apart, who is broader, how
//! long data is kept, checklists, likeness, and the sentences that all of it was read from.

mod heatmap;
mod quotes;

use askama::Template;

use super::parts;
use super::{BENCHMARK_SCRIPT, BENCHMARK_STYLE, Brand, Messages, Page};
use crate::practice::Modality;
use crate::report::benchmark::wording::{most_alike, size, vendor_facts};
use crate::report::benchmark::{
    Benchmark, BenchmarkRow, Cell, CellEvidence, CellStatus, ChecklistResult, Standout, Vendor,
};
use heatmap::HeatMap;
use quotes::{Link, Quoted, Quotes};

/// Characters of a condition shown in a closed cell.
const HINT: usize = 18;
/// More columns than these are narrow; still more show signs only.
const MANY: usize = 6;
const DENSE: usize = 12;

#[derive(Template)]
#[template(path = "benchmark.html", whitespace = "minimize")]
pub(super) struct Vendors<'a> {
    page: Page,
    m: &'static Messages,
    size: String,
    alike: String,
    vendors: Vec<VendorView<'a>>,
    columns: usize,
    /// How wide the columns are: "", "many" or "dense".
    density: &'static str,
    legend: Vec<Legend>,
    topics: Vec<TopicView<'a>>,
    standouts: Vec<Standouts<'a>>,
    breadth: Vec<BreadthView<'a>>,
    retention: Vec<RetentionView<'a>>,
    checklists: Vec<ChecklistView<'a>>,
    map: Option<HeatMap<'a>>,
    quoted: Vec<Quoted<'a>>,
    doubts: &'a [String],
}

struct VendorView<'a> {
    n: usize,
    name: &'a str,
    title: &'a str,
    lang: &'a str,
    /// Cells of the table of vendors.
    facts: Vec<String>,
    /// Label and value, for the section about the report.
    about: Vec<(String, String)>,
}

struct Legend {
    class: &'static str,
    sign: &'static str,
    word: String,
    about: String,
}

/// Rows of one topic.
struct TopicView<'a> {
    code: String,
    label: String,
    rows: Vec<RowView<'a>>,
}

struct RowView<'a> {
    n: usize,
    depth: usize,
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
    links: Vec<Link<'a>>,
    more: String,
    /// The row that decides, for what is inherited.
    broader: Option<usize>,
}

/// A section about rows that set vendors apart.
struct Standouts<'a> {
    id: &'static str,
    title: &'static str,
    about: &'static str,
    vendors: Vec<Apart<'a>>,
}

struct Apart<'a> {
    name: &'a str,
    count: String,
    /// By topic: row and label.
    topics: Vec<(String, Vec<(usize, &'a str)>)>,
}

struct BreadthView<'a> {
    row: usize,
    label: &'a str,
    topic: String,
    /// Count, and whether it is the broadest.
    cells: Vec<(String, bool)>,
}

struct RetentionView<'a> {
    label: &'a str,
    cells: Vec<Vec<PeriodView<'a>>>,
}

struct PeriodView<'a> {
    link: Link<'a>,
    negated: bool,
    /// The period in days, where its words are not in days.
    days: String,
}

struct ChecklistView<'a> {
    id: String,
    title: &'a str,
    source: &'a str,
    found: Vec<String>,
    items: Vec<ItemView<'a>>,
}

struct ItemView<'a> {
    law: &'a str,
    asks: &'a str,
    cells: Vec<FoundView<'a>>,
}

struct FoundView<'a> {
    count: usize,
    links: Vec<Link<'a>>,
    more: String,
}

impl<'a> Vendors<'a> {
    pub(super) fn new(report: &'a Benchmark, brand: &Brand) -> Vendors<'a> {
        let m = Messages::for_language(&report.language);
        let quotes = Quotes::new(report);
        let standouts = [
            ("only", "benchmark.only", "benchmark.only-lead", &report.only),
            ("only-not", "benchmark.only-not", "benchmark.only-not-lead", &report.only_ruled_out),
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
        Vendors {
            page: Page::new(m, &report.title, &report.generator, &report.schema)
                .dressed(BENCHMARK_STYLE, BENCHMARK_SCRIPT)
                .branded(brand),
            m,
            size: size(report, m),
            alike: most_alike(report, m),
            vendors: report.vendors.iter().enumerate().map(|(n, v)| vendor(m, n + 1, v)).collect(),
            columns: report.vendors.len() + 1,
            density: match report.vendors.len() {
                0..=MANY => "",
                7..=DENSE => "many",
                _ => "many dense",
            },
            legend: CellStatus::ALL
                .into_iter()
                .map(|s| Legend {
                    class: look(s).0,
                    sign: look(s).1,
                    word: m.name("status", &s),
                    about: m.name("status-long", &s),
                })
                .collect(),
            topics: topics(m, report, &quotes),
            standouts,
            breadth: breadth(m, report),
            retention: retention(m, report, &quotes),
            checklists: report.checklists.iter().map(|list| checklist(m, report, list, &quotes)).collect(),
            map: HeatMap::new(report),
            quoted: quotes.by_vendor(report),
            doubts: &report.doubts,
        }
    }
}

fn vendor<'a>(m: &Messages, n: usize, vendor: &'a Vendor) -> VendorView<'a> {
    let side = &vendor.side;
    VendorView {
        n,
        name: &vendor.name,
        title: &side.title,
        lang: parts::tag(&side.language),
        facts: vendor_facts(vendor, m),
        about: vec![
            (m.get("side.source").to_owned(), side.source.clone()),
            (m.get("side.format").to_owned(), parts::format_name(m, &side.format)),
            (m.get("side.encoding").to_owned(), side.encoding.clone()),
            (m.get("practices.list").to_owned(), side.practices.map(|n| m.number(n)).unwrap_or_default()),
        ],
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
        CellStatus::Within => ("wi", "(+)"),
        CellStatus::RuledOut => ("ru", "(−)"),
    }
}

fn topics<'a>(m: &Messages, report: &'a Benchmark, quotes: &Quotes<'a>) -> Vec<TopicView<'a>> {
    let mut topics: Vec<TopicView> = Vec::new();
    let mut last = None;
    for (n, row) in report.rows.iter().enumerate() {
        if last != Some(row.topic) {
            last = Some(row.topic);
            let (code, label) = (crate::report::messages::code(&row.topic), m.name("topic", &row.topic));
            topics.push(TopicView { code, label, rows: Vec::new() });
        }
        if let Some(topic) = topics.last_mut() {
            topic.rows.push(row_view(m, report, n, row, quotes));
        }
    }
    topics
}

fn row_view<'a>(
    m: &Messages,
    report: &'a Benchmark,
    n: usize,
    row: &'a BenchmarkRow,
    quotes: &Quotes<'a>,
) -> RowView<'a> {
    RowView {
        n,
        depth: row.depth,
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
        cells: row.cells.iter().enumerate().map(|(v, c)| cell(m, report, v, c, quotes)).collect(),
    }
}

fn cell<'a>(
    m: &Messages,
    report: &'a Benchmark,
    vendor: usize,
    cell: &'a Cell,
    quotes: &Quotes<'a>,
) -> CellView<'a> {
    let (class, sign) = look(cell.status);
    let first = cell.values.first().or(cell.conditions.first()).map_or("", String::as_str);
    let mut hint: String = first.chars().take(HINT).collect();
    let cut = hint.len() < first.len();
    if cut {
        hint.push('…');
    }
    let said: Vec<&str> = cell.values.iter().chain(&cell.conditions).map(String::as_str).collect();
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
        conditions: if cut || said.len() > 1 { said.join(m.get("join.clause")) } else { String::new() },
        lang: report.vendors.get(vendor).map_or("und", |v| parts::tag(&v.side.language)),
        links: links(report, vendor, &cell.evidence, quotes),
        more: more(m, cell.count, cell.evidence.len()),
        broader: cell.broader,
    }
}

fn links<'a>(
    report: &'a Benchmark,
    vendor: usize,
    evidence: &'a [CellEvidence],
    quotes: &Quotes<'a>,
) -> Vec<Link<'a>> {
    evidence.iter().filter_map(|e| quotes.link(report, vendor, e)).collect()
}

fn more(m: &Messages, count: usize, shown: usize) -> String {
    match count.saturating_sub(shown) {
        0 => String::new(),
        rest => m.count("benchmark.more-quotes", rest),
    }
}

/// A vendor and the rows that set it apart; `None` where the value names a vendor that is not there.
fn apart<'a>(m: &Messages, report: &'a Benchmark, standout: &Standout) -> Option<Apart<'a>> {
    let vendor = report.vendors.get(standout.vendor)?;
    let mut topics: Vec<(String, Vec<(usize, &str)>)> = Vec::new();
    let mut count = 0;
    for (n, row) in standout.rows.iter().filter_map(|&n| report.rows.get(n).map(|row| (n, row))) {
        let topic = m.name("topic", &row.topic);
        count += 1;
        match topics.last_mut().filter(|(last, _)| *last == topic) {
            Some((_, rows)) => rows.push((n, &row.label)),
            None => topics.push((topic, vec![(n, &row.label)])),
        }
    }
    Some(Apart { name: &vendor.name, count: m.number(count), topics })
}

fn breadth<'a>(m: &Messages, report: &'a Benchmark) -> Vec<BreadthView<'a>> {
    let known = report.breadth.iter().filter_map(|b| report.rows.get(b.row).map(|row| (b, row)));
    known
        .map(|(b, row)| BreadthView {
            row: b.row,
            label: &row.label,
            topic: m.name("topic", &row.topic),
            cells: b
                .counts
                .iter()
                .enumerate()
                .map(|(v, n)| (m.number(*n), b.broadest.contains(&v)))
                .collect(),
        })
        .collect()
}

fn retention<'a>(m: &Messages, report: &'a Benchmark, quotes: &Quotes<'a>) -> Vec<RetentionView<'a>> {
    let cell = |(vendor, periods): (usize, &'a Vec<crate::report::benchmark::RetentionPeriod>)| {
        let view = |p: &'a crate::report::benchmark::RetentionPeriod| {
            let mut link = quotes.link(report, vendor, &p.evidence)?;
            link.words.clone_from(&p.label);
            link.lang = parts::tag(m.language());
            let in_days = p.duration.as_ref().is_some_and(|iso| iso.ends_with('D'));
            let days =
                p.days.filter(|_| !in_days).map_or(String::new(), |n| m.count("value.days", n as usize));
            Some(PeriodView { link, negated: p.evidence.negated, days })
        };
        periods.iter().filter_map(view).collect()
    };
    report
        .retention
        .iter()
        .map(|row| RetentionView {
            label: &row.label,
            cells: row.cells.iter().enumerate().map(cell).collect(),
        })
        .collect()
}

fn checklist<'a>(
    m: &Messages,
    report: &'a Benchmark,
    list: &'a ChecklistResult,
    quotes: &Quotes<'a>,
) -> ChecklistView<'a> {
    let plain = |c: char| if c.is_ascii_alphanumeric() { c } else { '-' };
    let total = m.number(list.items.len());
    ChecklistView {
        id: list.id.chars().map(plain).collect(),
        title: &list.title,
        source: &list.source,
        found: list
            .found
            .iter()
            .map(|n| m.fill("checklist.of", &[("n", &m.number(*n)), ("total", &total)]))
            .collect(),
        items: list
            .items
            .iter()
            .map(|item| ItemView {
                law: &item.law,
                asks: &item.asks,
                cells: item
                    .cells
                    .iter()
                    .enumerate()
                    .map(|(v, cell)| FoundView {
                        count: cell.count,
                        links: links(report, v, &cell.evidence, quotes),
                        more: more(m, cell.count, cell.evidence.len()),
                    })
                    .collect(),
            })
            .collect(),
    }
}
