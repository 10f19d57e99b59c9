//! `extract` for the terminal: one practice a row.

use crate::practice::{Modality, Polarity};
use crate::report::messages::Messages;
use crate::report::neutral::neutral;
use crate::report::practices::{PracticeRow, PracticeSetView, Value};

use super::comparison::{doubts, name_of};
use super::ink::{Ink, mark};
use super::{Column, Details, Look, Page};

/// Characters of a quote that stands for a practice without parts.
const LONGEST_QUOTE: usize = 90;

/// From here on each part of a practice has a column of its own.
const WIDE: usize = 120;

/// The report.
pub fn practices(view: &PracticeSetView, look: &Look) -> String {
    let w = Messages::for_language(&view.language);
    let mut page = Page::new(look);
    let title = w.fill("practices.title", &[("title", &name_of(&view.document))]);
    page.paragraph(&mark(Ink::Bold, &title));
    let about = [
        neutral(&view.document.source),
        w.language_name(&neutral(&view.document.language)),
        w.count("side.words", view.document.words),
        w.count("practices.count", view.rows.len()),
    ];
    page.paragraph(&mark(Ink::Dim, &about.join(" · ")));
    if view.rows.is_empty() {
        page.paragraph(w.get("practices.empty"));
    } else if look.details > Details::None {
        let full = look.details == Details::Full;
        let category = Column::tight(w.get("column.category")).at_most(16);
        if page.width() < WIDE {
            let rows: Vec<Vec<String>> = view.rows.iter().map(|row| narrow(row, w, full)).collect();
            page.table(&[category, Column::share(w.get("practices.list"), 1)], &rows, true);
        } else {
            let columns = [
                category,
                Column::share(w.get("practices.action"), 2),
                Column::share(w.get("practices.data"), 3),
                Column::share(w.get("practices.purposes"), 3),
                Column::share(w.get("practices.recipients"), 2),
                Column::share(w.get("practices.conditions"), 3),
            ];
            let rows: Vec<Vec<String>> = view.rows.iter().map(|row| wide(row, w, full)).collect();
            page.table(&columns, &rows, true);
        }
    }
    doubts(&mut page, w, &view.doubts);
    page.finish()
}

/// Who does what, how firmly, and whether it is ruled out.
pub(in crate::report) fn deed(row: &PracticeRow, w: &Messages) -> String {
    let mut parts = Vec::new();
    if row.polarity == Polarity::Negated {
        parts.push(format!("✗ {}", w.name("polarity", &row.polarity)));
    }
    if row.modality != Modality::Does {
        parts.push(w.name("modality", &row.modality));
    }
    let who: Vec<String> = row.actor.iter().chain(&row.action).map(|value| neutral(&value.words)).collect();
    if !who.is_empty() {
        parts.push(who.join(" "));
    } else if parts_of(row).all(|values| values.is_empty()) {
        // A sentence that states something without any part that could be named speaks for itself.
        parts.push(shorten(&neutral(&row.quote)));
    }
    parts.join(w.get("join.clause"))
}

/// The parts of a practice after its deed.
fn parts_of(row: &PracticeRow) -> impl Iterator<Item = &Vec<Value>> {
    [&row.data, &row.purposes, &row.recipients, &row.sources, &row.conditions, &row.retention].into_iter()
}

/// The beginning of a long quote.
fn shorten(quote: &str) -> String {
    if quote.chars().count() <= LONGEST_QUOTE {
        return quote.to_owned();
    }
    quote.chars().take(LONGEST_QUOTE).collect::<String>() + "…"
}

/// The filled parts of a practice after its deed, each with its name.
pub(in crate::report) fn parts(row: &PracticeRow, w: &Messages) -> Vec<(String, String)> {
    let lists = [
        ("practices.data", &row.data),
        ("practices.refers-to", &row.refers_to),
        ("practices.purposes", &row.purposes),
        ("practices.recipients", &row.recipients),
        ("practices.sources", &row.sources),
        ("practices.conditions", &row.conditions),
        ("practices.retention", &row.retention),
    ];
    let filled = lists.into_iter().filter(|(_, values)| !values.is_empty());
    filled.map(|(key, values)| (w.get(key).to_owned(), listed(values, w))).collect()
}

fn listed(values: &[Value], w: &Messages) -> String {
    let word = |value: &Value| {
        let words = neutral(&value.words);
        if value.sensitive { w.aside(&words, w.get("compare.sensitive")) } else { words }
    };
    values.iter().map(word).collect::<Vec<_>>().join(w.get("join.list"))
}

fn wide(row: &PracticeRow, w: &Messages, full: bool) -> Vec<String> {
    let named = |key: &str, values: &[Value]| {
        if values.is_empty() {
            String::new()
        } else {
            format!("{}{}{}", w.get(key), w.get("join.colon"), listed(values, w))
        }
    };
    let lines =
        |lines: [String; 2]| lines.into_iter().filter(|line| !line.is_empty()).collect::<Vec<_>>().join("\n");
    vec![
        w.name("category", &row.category),
        lines([deed(row, w), if full { evidence(row, w) } else { String::new() }]),
        lines([listed(&row.data, w), named("practices.refers-to", &row.refers_to)]),
        listed(&row.purposes, w),
        lines([listed(&row.recipients, w), named("practices.sources", &row.sources)]),
        lines([listed(&row.conditions, w), named("practices.retention", &row.retention)]),
    ]
}

fn narrow(row: &PracticeRow, w: &Messages, full: bool) -> Vec<String> {
    let mut lines = vec![deed(row, w)];
    for (name, words) in parts(row, w) {
        lines.push(format!("  {}{}{words}", mark(Ink::Dim, &name), w.get("join.colon")));
    }
    if full {
        lines.push(evidence(row, w));
    }
    lines.retain(|line| !line.is_empty());
    vec![w.name("category", &row.category), lines.join("\n")]
}

fn evidence(row: &PracticeRow, w: &Messages) -> String {
    let quote = format!("{}{}{}", w.get("quote.open"), neutral(&row.quote), w.get("quote.close"));
    let section = neutral(&row.section);
    if section.is_empty() {
        quote
    } else {
        format!("{}{}{quote}", mark(Ink::Dim, &section), w.get("join.colon"))
    }
}
