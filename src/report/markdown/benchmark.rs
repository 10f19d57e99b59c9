//! `benchmark` as Markdown: one table of concepts by vendors, then what sets each vendor apart.

use askama::Template;

use crate::error::Result;
use crate::report::benchmark::{Benchmark, Standout};
use crate::report::messages::Messages;
use crate::report::table::{Details, legend, sign, standout_concepts};

use super::escape::{self as filters, inline};
use super::{Entry, Losses, fitted, left_out, render, short};

/// The report, at most `max_length` characters long.
pub fn benchmark(view: &Benchmark, details: Details, max_length: usize) -> Result<String> {
    let w = Messages::for_language(&view.language);
    let rows = if details == Details::None { Vec::new() } else { rows(view, w) };
    fitted(&rows, max_length, |kept, losses| render(&Page::new(view, w, kept, losses)))
}

#[derive(Template)]
#[template(path = "benchmark.md", escape = "none")]
struct Page<'a> {
    w: &'static Messages,
    title: String,
    vendors: Vec<Vendor>,
    legend: String,
    /// Rows of the table, Markdown already.
    rows: Vec<&'a str>,
    standouts: Vec<Standouts>,
    doubts: Vec<String>,
    left_out: Vec<String>,
    generator: &'a str,
}

struct Vendor {
    number: String,
    name: String,
    source: String,
    language: String,
    words: String,
    practices: String,
}

struct Standouts {
    heading: &'static str,
    lines: Vec<(String, String)>,
}

impl<'a> Page<'a> {
    fn new(view: &'a Benchmark, w: &'static Messages, kept: &[&'a str], losses: Losses) -> Page<'a> {
        let vendors = view.vendors.iter().enumerate().map(|(i, side)| Vendor {
            number: (i + 1).to_string(),
            name: short(if side.title.is_empty() { &side.source } else { &side.title }),
            source: short(&side.source),
            language: w.language_name(&side.language),
            words: w.count("side.words", side.words),
            practices: w.number(side.practices),
        });
        let lines = |standouts: &[Standout]| -> Vec<(String, String)> {
            let filled = standouts.iter().filter(|standout| !standout.rows.is_empty());
            filled
                .filter_map(|standout| {
                    let side = view.vendors.get(standout.vendor)?;
                    let name = short(if side.title.is_empty() { &side.source } else { &side.title });
                    Some((name, standout_concepts(view, standout, w)))
                })
                .collect()
        };
        let standouts = [
            Standouts { heading: w.get("benchmark.only"), lines: lines(&view.only) },
            Standouts { heading: w.get("benchmark.all-but-one"), lines: lines(&view.all_but_one) },
        ];
        Page {
            w,
            title: short(&view.title),
            vendors: vendors.collect(),
            legend: legend(w),
            rows: kept.to_vec(),
            standouts: standouts.into_iter().filter(|s| !s.lines.is_empty()).collect(),
            doubts: view.doubts.iter().take(20).map(|doubt| short(doubt)).collect(),
            left_out: left_out(w, "markdown.left-out-rows", losses, view.rows.len()),
            generator: &view.generator,
        }
    }
}

/// Each row names its group, so that none depends on one above it.
fn rows(view: &Benchmark, w: &Messages) -> Vec<Entry> {
    let line = |row: &crate::report::benchmark::BenchmarkRow| {
        let indent = "&emsp;".repeat(row.depth.min(8));
        let sensitive =
            if row.sensitive { format!(" ({})", w.get("compare.sensitive")) } else { String::new() };
        let cells: String = (0..view.vendors.len())
            .map(|i| format!(" {} |", row.cells.get(i).map_or(" ", |c| sign(c.status))))
            .collect();
        let text = format!(
            "| {} · {} | {indent}{}{} |{cells}\n",
            inline(&w.name("category", &row.category)),
            inline(&w.name("facet", &row.facet)),
            inline(&row.label),
            super::escape::continued(&sensitive)
        );
        Entry { full: text.clone(), brief: text }
    };
    view.rows.iter().map(line).collect()
}
