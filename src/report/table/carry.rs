//! `carry` for the terminal: counts, then what needs review with old and new words and both readings.

use crate::report::carry::{Carry, CarryItem, CarryQuote, CarryReading};
use crate::report::messages::Messages;
use crate::report::neutral::neutral;

use super::comparison::name_of;
use super::ink::{Ink, mark};
use super::{Column, Details, Look, Page};

/// The report.
pub fn carry(view: &Carry, look: &Look) -> String {
    let w = Messages::for_language(&view.language);
    let mut page = Page::new(look);
    let names = [("old", name_of(&view.old)), ("new", name_of(&view.new))];
    let values: Vec<(&str, &str)> = names.iter().map(|(key, name)| (*key, name.as_str())).collect();
    page.paragraph(&mark(Ink::Bold, &w.fill("carry.title", &values)));
    let counts = &view.counts;
    let mut told = vec![
        w.count("carry.kept", counts.kept),
        w.count("carry.review", counts.review),
        w.count("carry.proposed", counts.proposed),
        w.count("carry.dropped", counts.dropped),
    ];
    if counts.withheld > 0 {
        told.push(w.count("carry.withheld", counts.withheld));
    }
    page.paragraph(&told.join(" · "));
    if view.review.is_empty() {
        page.paragraph(w.get("carry.none"));
    }
    if look.details > Details::None {
        items(&mut page, w, "carry.heading.review", &view.review);
        items(&mut page, w, "carry.heading.proposed", &view.proposed);
        items(&mut page, w, "carry.heading.dropped", &view.dropped);
    }
    page.finish()
}

fn items(page: &mut Page, w: &Messages, heading: &str, items: &[CarryItem]) {
    if items.is_empty() {
        return;
    }
    page.heading(w.get(heading));
    let (old, new) = (items.iter().any(|i| i.old.is_some()), items.iter().any(|i| i.new.is_some()));
    let columns = [(old, "carry.old"), (new, "carry.new")];
    let columns: Vec<Column> =
        columns.iter().filter(|(any, _)| *any).map(|(_, key)| Column::share(w.get(key), 1)).collect();
    let rows: Vec<Vec<String>> = items
        .iter()
        .map(|item| {
            let before = old.then(|| cell(w, item.old.as_ref(), &item.was, "carry.was"));
            let after = new.then(|| cell(w, item.new.as_ref(), &item.read, "carry.read"));
            before.into_iter().chain(after).collect()
        })
        .collect();
    page.table(&columns, &rows, true);
}

/// A sentence, its section, and how it was read.
fn cell(w: &Messages, quote: Option<&CarryQuote>, readings: &[CarryReading], key: &str) -> String {
    let mut lines = Vec::new();
    if let Some(quote) = quote {
        let section = neutral(&quote.section);
        if !section.is_empty() {
            lines.push(mark(Ink::Dim, &section));
        }
        lines.push(neutral(&quote.quote));
    }
    for reading in readings {
        let said = neutral(&reading.said(w));
        lines.push(format!("  {}", w.fill(key, &[("reading", &said)])));
    }
    lines.join("\n")
}
