//! `extract` as Markdown: one practice a bullet, its quote folded.

use askama::Template;

use crate::error::Result;
use crate::report::messages::Messages;
use crate::report::practices::PracticeSetView;
use crate::report::table::{Details, deed, parts};

use super::escape::{self as filters, inline};
use super::{Entry, Losses, fitted, left_out, render, short};

/// The report, at most `max_length` characters long.
pub fn practices(view: &PracticeSetView, details: Details, max_length: usize) -> Result<String> {
    let w = Messages::for_language(&view.language);
    let entries = if details == Details::None { Vec::new() } else { entries(view, details, w) };
    fitted(&entries, max_length, |kept, losses| render(&Page::new(view, w, kept, losses)))
}

#[derive(Template)]
#[template(path = "practices.md", escape = "none")]
struct Page<'a> {
    w: &'static Messages,
    title: String,
    about: String,
    is_empty: bool,
    /// Markdown already.
    entries: Vec<&'a str>,
    doubts: Vec<String>,
    left_out: Vec<String>,
    generator: &'a str,
}

impl<'a> Page<'a> {
    fn new(view: &'a PracticeSetView, w: &'static Messages, kept: &[&'a str], losses: Losses) -> Page<'a> {
        let side = &view.document;
        let name = short(if side.title.is_empty() { &side.source } else { &side.title });
        let about = [
            short(&side.source),
            w.language_name(&side.language),
            w.count("side.words", side.words),
            w.count("practices.count", view.rows.len()),
        ];
        Page {
            w,
            title: w.fill("practices.title", &[("title", &name)]),
            about: about.join(" · "),
            is_empty: view.rows.is_empty(),
            entries: kept.to_vec(),
            doubts: view.doubts.iter().take(20).map(|doubt| short(doubt)).collect(),
            left_out: left_out(w, "markdown.left-out-rows", losses, view.rows.len()),
            generator: &view.generator,
        }
    }
}

fn entries(view: &PracticeSetView, details: Details, w: &Messages) -> Vec<Entry> {
    let open = if details == Details::Full { " open" } else { "" };
    let entry = |row: &crate::report::practices::PracticeRow| {
        let mut brief =
            format!("- **{}** {}\n", inline(&w.name("category", &row.category)), inline(&deed(row, w)));
        for (name, words) in parts(row, w) {
            brief.push_str(&format!("  - {}{}{}\n", inline(&name), w.get("join.colon"), inline(&words)));
        }
        let full = format!(
            "{brief}\n  <details{open}><summary>{}</summary>\n\n  {}\n\n  > {}\n\n  </details>\n\n",
            inline(w.get("practices.quote")),
            inline(&row.section),
            inline(&row.quote)
        );
        Entry { full, brief }
    };
    view.rows.iter().map(entry).collect()
}
