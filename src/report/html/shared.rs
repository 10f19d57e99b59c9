//! What two vendors both state, by category.

use std::collections::BTreeMap;

use super::parts::{self, Quote, Room};
use crate::practice::Category;
use crate::report::comparison::{Comparison, Shared};
use crate::report::messages::Messages;

/// What is shared of one category.
pub(super) struct SharedGroup<'a> {
    pub label: String,
    pub count: String,
    pub rows: Vec<SharedRow<'a>>,
}

/// What both state of one concept.
pub(super) struct SharedRow<'a> {
    pub facet: String,
    pub label: &'a str,
    pub iri: &'a str,
    pub polarity: String,
    pub sign: &'static str,
    pub old: String,
    pub new: String,
    pub quotes: [Quote<'a>; 2],
}

/// All of it, by category.
pub(super) fn shared<'a>(
    m: &Messages,
    report: &'a Comparison,
    old_lang: &'a str,
    new_lang: &'a str,
    room: &Room,
) -> Vec<SharedGroup<'a>> {
    let mut groups: BTreeMap<Category, Vec<&Shared>> = BTreeMap::new();
    report.shared.iter().for_each(|s| groups.entry(s.category).or_default().push(s));
    groups
        .into_iter()
        .map(|(category, rows)| SharedGroup {
            label: m.name("category", &category),
            count: m.number(rows.len()),
            rows: rows
                .into_iter()
                .map(|s| SharedRow {
                    facet: m.name("facet", &s.facet),
                    label: &s.label,
                    iri: parts::address(s.iri.as_ref()),
                    polarity: m.name("polarity", &s.polarity),
                    sign: parts::polarity_sign(s.polarity),
                    old: m.name("modality", &s.old_modality),
                    new: m.name("modality", &s.new_modality),
                    quotes: [
                        Quote::new(m, Some(&s.old), true, report.relation, old_lang, room.again),
                        Quote::new(m, Some(&s.new), false, report.relation, new_lang, room.again),
                    ],
                })
                .collect(),
        })
        .collect()
}
