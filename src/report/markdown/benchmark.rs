//! `benchmark` as Markdown: one table of concepts by vendors, then what sets each vendor apart, periods and checklists.

use askama::Template;

use crate::error::Result;
use crate::report::benchmark::Benchmark;
use crate::report::benchmark::wording::{
    kept, legend, most_alike, sign, size, standout_concepts, standouts, vendor_facts,
};
use crate::report::messages::Messages;
use crate::report::table::Details;

use super::escape::{self as filters, continued, inline};
use super::{Entry, Losses, fitted, left_out, render, short};

/// The report, at most `max_length` characters long.
pub fn benchmark(view: &Benchmark, details: Details, max_length: usize) -> Result<String> {
    let w = Messages::for_language(&view.language);
    let tables = if details == Details::None { Vec::new() } else { tables(view, w) };
    let entries: Vec<Entry> = tables
        .iter()
        .flat_map(|table| &table.rows)
        .map(|row| Entry { full: row.clone(), brief: row.clone() })
        .collect();
    fitted(&entries, max_length, |rows, losses| render(&Page::new(view, w, &tables, rows.len(), losses)))
}

#[derive(Template)]
#[template(path = "benchmark.md", escape = "none")]
struct Page<'a> {
    w: &'static Messages,
    title: String,
    size: String,
    vendors: Vec<Vendor>,
    /// Tables of one column a vendor, Markdown already, with the rows that fit.
    tables: Vec<(&'a Table, &'a [String])>,
    empty: bool,
    standouts: Vec<Standouts>,
    found: Vec<Vec<String>>,
    doubts: Vec<String>,
    left_out: Vec<String>,
    generator: &'a str,
}

struct Vendor {
    number: String,
    name: String,
    source: String,
    facts: Vec<String>,
}

/// A table of one column a vendor.
struct Table {
    heading: String,
    lead: String,
    head: String,
    /// Markdown already.
    rows: Vec<String>,
}

struct Standouts {
    heading: &'static str,
    lines: Vec<(String, String)>,
}

impl<'a> Page<'a> {
    fn new(
        view: &'a Benchmark,
        w: &'static Messages,
        tables: &'a [Table],
        kept: usize,
        losses: Losses,
    ) -> Page<'a> {
        let vendors = view.vendors.iter().enumerate().map(|(i, vendor)| Vendor {
            number: (i + 1).to_string(),
            name: short(&vendor.name),
            source: short(&vendor.side.source),
            facts: vendor_facts(vendor, w),
        });
        let standouts = standouts(view, w).map(|(heading, list)| Standouts {
            heading,
            lines: list
                .iter()
                .filter(|standout| !standout.rows.is_empty())
                .filter_map(|standout| {
                    let vendor = view.vendors.get(standout.vendor)?;
                    Some((short(&vendor.name), standout_concepts(view, standout, w)))
                })
                .collect(),
        });
        let mut room = kept;
        let mut shown = Vec::new();
        for table in tables {
            let rows = table.rows.get(..room.min(table.rows.len())).unwrap_or_default();
            room -= rows.len();
            if !rows.is_empty() {
                shown.push((table, rows));
            }
        }
        let total = tables.iter().map(|table| table.rows.len()).sum();
        let found = view.checklists.iter().map(|list| {
            let of = |n: &usize| {
                w.fill("checklist.of", &[("n", &w.number(*n)), ("total", &w.number(list.items.len()))])
            };
            std::iter::once(short(&list.title)).chain(list.found.iter().map(of)).collect()
        });
        Page {
            w,
            title: short(&view.title),
            size: short(format!("{} {}", size(view, w), most_alike(view, w)).trim_end()),
            vendors: vendors.collect(),
            tables: shown,
            empty: view.rows.is_empty(),
            standouts: standouts.into_iter().filter(|s| !s.lines.is_empty()).collect(),
            found: found.collect(),
            doubts: view.doubts.iter().take(20).map(|doubt| short(doubt)).collect(),
            left_out: left_out(w, "markdown.left-out-rows", losses, total),
            generator: &view.generator,
        }
    }
}

/// The tables, the one to give up last first.
fn tables(view: &Benchmark, w: &'static Messages) -> Vec<Table> {
    let mut tables = vec![matrix(view, w), retention(view, w)];
    tables.extend(checklists(view, w));
    tables.push(breadth(view, w));
    tables.push(similarity(view, w));
    tables.retain(|table| !table.rows.is_empty());
    tables
}

/// A row from its label, which is Markdown, and its cells, which are words.
fn row(label: &str, cells: impl Iterator<Item = String>) -> String {
    let cells: String = cells.map(|cell| format!(" {cell} |")).collect();
    format!("| {label} |{cells}\n")
}

/// Each row names its topic, so that none depends on one above it.
fn matrix(view: &Benchmark, w: &Messages) -> Table {
    let line = |r: &crate::report::benchmark::BenchmarkRow| {
        let indent = "&emsp;".repeat(r.depth.min(8));
        let sensitive = if r.sensitive { w.aside("", w.get("compare.sensitive")) } else { String::new() };
        let topic = inline(&w.name("topic", &r.topic));
        let label = format!("{topic} | {indent}{}{}", inline(&r.label), continued(&sensitive));
        row(&label, (0..view.vendors.len()).map(|i| r.cells.get(i).map_or("", |c| sign(c.status)).to_owned()))
    };
    Table {
        heading: w.get("benchmark.matrix").to_owned(),
        lead: legend(w),
        head: format!("{} | {}", w.get("column.category"), w.get("benchmark.concept")),
        rows: view.rows.iter().map(line).collect(),
    }
}

fn retention(view: &Benchmark, w: &Messages) -> Table {
    let line = |r: &crate::report::benchmark::RetentionRow| {
        let cell = |i: usize| {
            let periods = r.cells.get(i).map_or(Vec::new(), |cell| kept(cell, w));
            periods.iter().map(|p| inline(p)).collect::<Vec<_>>().join(w.get("join.clause"))
        };
        row(&inline(&r.label), (0..view.vendors.len()).map(cell))
    };
    Table {
        heading: w.get("benchmark.retention").to_owned(),
        lead: w.get("benchmark.retention-lead").to_owned(),
        head: w.get("column.facet-data").to_owned(),
        rows: view.retention.iter().map(line).collect(),
    }
}

fn checklists(view: &Benchmark, w: &Messages) -> Vec<Table> {
    let sign = |count: usize| if count == 0 { "○" } else { "●" }.to_owned();
    let table = |list: &crate::report::benchmark::ChecklistResult| Table {
        heading: short(&list.title),
        lead: short(&list.source),
        head: w.get("checklist.item").to_owned(),
        rows: list
            .items
            .iter()
            .map(|item| {
                let label = format!("{} ({})", inline(&item.asks), inline(&item.law));
                let found = |i: usize| sign(item.cells.get(i).map_or(0, |cell| cell.count));
                row(&label, (0..view.vendors.len()).map(found))
            })
            .collect(),
    };
    view.checklists.iter().map(table).collect()
}

fn breadth(view: &Benchmark, w: &Messages) -> Table {
    let rows = view.breadth.iter().filter_map(|b| {
        let concept = view.rows.get(b.row)?;
        let label = format!("{} ({})", inline(&concept.label), inline(&w.name("topic", &concept.topic)));
        let cell = |v: usize| {
            let count = w.number(b.counts.get(v).copied().unwrap_or_default());
            if b.broadest.contains(&v) { format!("**{count}** ▲") } else { count }
        };
        Some(row(&label, (0..view.vendors.len()).map(cell)))
    });
    Table {
        heading: w.get("benchmark.breadth").to_owned(),
        lead: w.get("benchmark.breadth-lead").to_owned(),
        head: w.get("benchmark.concept").to_owned(),
        rows: rows.collect(),
    }
}

fn similarity(view: &Benchmark, w: &Messages) -> Table {
    let line = |v: usize| {
        let cell = |other: usize| {
            let pair = view.similarity.iter().find(|p| p.first == other && p.second == v);
            pair.map_or(String::new(), |p| format!("{}%", p.percent))
        };
        let name = view.vendors.get(v).map_or("", |vendor| vendor.name.as_str());
        row(&format!("{} {}", v + 1, inline(&short(name))), (0..view.vendors.len()).map(cell))
    };
    let many = view.vendors.len() > 2;
    Table {
        heading: w.get("benchmark.similarity").to_owned(),
        lead: w.get("benchmark.similarity-lead").to_owned(),
        head: w.get("column.vendor").to_owned(),
        rows: if many { (0..view.vendors.len()).map(line).collect() } else { Vec::new() },
    }
}
