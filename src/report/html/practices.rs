//! The page of a document's practices: one card a practice, by category, each with its sentence.

use std::collections::BTreeMap;

use askama::Template;

use super::parts::{self, Filter, SideView};
use super::{Messages, Page};
use crate::practice::{Category, Polarity};
use crate::report::messages::code;
use crate::report::practices::{PracticeRow, PracticeSetView, Value};

#[derive(Template)]
#[template(path = "practices.html", whitespace = "minimize")]
pub(super) struct Practices<'a> {
    page: Page,
    m: &'static Messages,
    count: String,
    side: SideView,
    filters: Vec<Filter>,
    shown: &'static str,
    groups: Vec<Group<'a>>,
    doubts: &'a [String],
}

struct Group<'a> {
    code: String,
    label: String,
    count: String,
    cards: Vec<Card<'a>>,
}

struct Card<'a> {
    anchor: String,
    polarity: String,
    polarity_class: &'static str,
    sign: &'static str,
    polarity_word: String,
    modality: String,
    modality_word: String,
    lang: &'a str,
    fields: Vec<Field<'a>>,
    quote: &'a str,
    section: &'a str,
    place: String,
}

/// A part of a practice, with its words.
struct Field<'a> {
    label: &'static str,
    values: Vec<Chip<'a>>,
}

struct Chip<'a> {
    words: &'a str,
    label: &'a str,
    iri: &'a str,
    sensitive: bool,
    duration: &'a str,
    /// Said of words whose concept is not known.
    unknown: bool,
}

impl<'a> Practices<'a> {
    pub(super) fn new(view: &'a PracticeSetView) -> Practices<'a> {
        let m = Messages::for_language(&view.language);
        let title = m.fill("practices.title", &[("title", &view.document.title)]);
        let rows = &view.rows;
        Practices {
            page: Page::new(m, &title, &view.generator, &view.schema),
            m,
            count: m.count("practices.count", rows.len()),
            side: SideView::new(m, m.get("practices.document"), &view.document),
            filters: vec![
                Filter::new(m, "category", "column.category", rows.iter().map(|r| r.category)),
                Filter::new(m, "polarity", "column.polarity", rows.iter().map(|r| r.polarity)),
                Filter::new(m, "modality", "column.modality", rows.iter().map(|r| r.modality)),
            ],
            shown: m.get("filter.shown"),
            groups: groups(m, view),
            doubts: &view.doubts,
        }
    }
}

fn groups<'a>(m: &'static Messages, view: &'a PracticeSetView) -> Vec<Group<'a>> {
    let anchors = parts::anchors(view.rows.iter().map(|r| &r.id));
    let lang = parts::tag(&view.document.language);
    let mut groups: BTreeMap<Category, Vec<Card>> = BTreeMap::new();
    let mut used = std::collections::BTreeSet::new();
    for (n, row) in view.rows.iter().enumerate() {
        // The same practice may be stated twice; the first keeps the id's own anchor.
        let anchor = match anchors.get(row.id.as_str()) {
            Some(anchor) if used.insert(anchor.as_str()) => anchor.clone(),
            _ => format!("n{n}"),
        };
        groups.entry(row.category).or_default().push(card(m, row, anchor, lang));
    }
    groups
        .into_iter()
        .map(|(category, cards)| Group {
            code: code(&category),
            label: m.name("category", &category),
            count: m.number(cards.len()),
            cards,
        })
        .collect()
}

fn card<'a>(m: &'static Messages, row: &'a PracticeRow, anchor: String, lang: &'a str) -> Card<'a> {
    let one = |value: &'a Option<Value>| value.iter().collect::<Vec<_>>();
    let many = |values: &'a [Value]| values.iter().collect::<Vec<_>>();
    let fields = [
        ("practices.actor", one(&row.actor)),
        ("practices.action", one(&row.action)),
        ("practices.data", many(&row.data)),
        ("practices.refers-to", many(&row.refers_to)),
        ("practices.recipients", many(&row.recipients)),
        ("practices.sources", many(&row.sources)),
        ("practices.purposes", many(&row.purposes)),
        ("practices.conditions", many(&row.conditions)),
        ("practices.retention", many(&row.retention)),
    ];
    let (start, end) = (m.number(row.start), m.number(row.end));
    Card {
        anchor,
        polarity: code(&row.polarity),
        polarity_class: if row.polarity == Polarity::Affirmed { "st" } else { "ne" },
        sign: parts::polarity_sign(row.polarity),
        polarity_word: m.name("polarity", &row.polarity),
        modality: code(&row.modality),
        modality_word: m.name("modality", &row.modality),
        lang,
        fields: fields
            .into_iter()
            .filter(|f| !f.1.is_empty())
            .map(|(key, values)| Field { label: m.get(key), values: values.into_iter().map(chip).collect() })
            .collect(),
        quote: &row.quote,
        section: &row.section,
        place: m.fill("practices.place", &[("start", &start), ("end", &end)]),
    }
}

fn chip(value: &Value) -> Chip<'_> {
    Chip {
        words: &value.words,
        label: value.label.as_deref().filter(|l| *l != value.words).unwrap_or(""),
        iri: parts::address(value.iri.as_ref()),
        sensitive: value.sensitive,
        duration: value.duration.as_deref().unwrap_or(""),
        unknown: value.concept.is_none(),
    }
}
