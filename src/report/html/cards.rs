//! The cards of a comparison: one a change, grouped by what it is about.

use std::collections::{BTreeMap, BTreeSet};

use super::parts::{self, Quote, Room};
use crate::diff::Relation;
use crate::practice::Category;
use crate::report::comparison::{Change, Comparison, Evidence, Slot};
use crate::report::messages::{Messages, code};

/// Cards of one category.
pub(super) struct Group<'a> {
    pub code: String,
    pub label: String,
    pub count: String,
    pub cards: Vec<Card<'a>>,
}

/// A change.
pub(super) struct Card<'a> {
    pub anchor: String,
    pub id: &'a str,
    pub accepted: bool,
    /// What was noted when it was accepted.
    pub note: &'a str,
    pub direction: String,
    pub direction_word: String,
    pub severity: String,
    pub severity_word: String,
    pub kind_sign: &'static str,
    pub kind_word: String,
    /// The parts that differ without words of their own.
    pub facets: String,
    /// Their codes, for the filter.
    pub facet_codes: String,
    pub summary: &'a str,
    pub reason: &'a str,
    pub rule: &'a str,
    pub slots: Vec<Chip<'a>>,
    pub quotes: [Quote<'a>; 2],
    pub row: Option<usize>,
}

/// A slot value that came or went.
pub(super) struct Chip<'a> {
    pub added: bool,
    pub sign: &'static str,
    pub word: String,
    pub facet: String,
    pub words: &'a str,
    /// Whether they go on.
    pub cut: bool,
    pub label: &'a str,
    pub iri: &'a str,
    pub sensitive: bool,
}

/// All cards, by category.
pub(super) fn groups<'a>(
    m: &Messages,
    report: &'a Comparison,
    old_lang: &'a str,
    new_lang: &'a str,
    anchors: &BTreeMap<&str, String>,
    room: &Room,
) -> Vec<Group<'a>> {
    // Categories stand in the order of their first change, which is the most severe one.
    let mut groups: Vec<(Category, Vec<&Change>)> = Vec::new();
    for change in &report.changes {
        match groups.iter_mut().find(|g| g.0 == change.category) {
            Some(group) => group.1.push(change),
            None => groups.push((change.category, vec![change])),
        }
    }
    let mut quoted = BTreeSet::new();
    let mut group = |(category, changes): (Category, Vec<&'a Change>)| Group {
        code: code(&category),
        label: m.name("category", &category),
        count: m.number(changes.len()),
        cards: changes
            .into_iter()
            .filter_map(|change| {
                let anchor = anchors.get(change.id.as_str())?;
                Some(card(m, report, change, anchor, [old_lang, new_lang], &mut quoted, room))
            })
            .collect(),
    };
    groups.into_iter().map(&mut group).collect()
}

/// Side and place of a sentence that is quoted.
type Place = (bool, usize, usize);

fn card<'a>(
    m: &Messages,
    report: &'a Comparison,
    change: &'a Change,
    anchor: &str,
    langs: [&'a str; 2],
    quoted: &mut BTreeSet<Place>,
    room: &Room,
) -> Card<'a> {
    let vendors = report.relation == Relation::Vendors;
    let row = change.row.filter(|&r| r < report.text.rows.len() && report.text.available);
    // Parts of which words came or went stand with those words.
    let bare = change.facets.iter().filter(|f| change.slots.iter().all(|slot| slot.facet != **f));
    let facets: Vec<String> = bare.map(|f| m.name("facet", f)).collect();
    // One sentence may change several practices; the first card that quotes it has all of it.
    let mut quote = |evidence: &'a Option<Evidence>, is_old: bool| {
        let first = evidence.as_ref().is_none_or(|e| quoted.insert((is_old, e.start, e.end)));
        let clip = if first { room.quote } else { room.again };
        let lang = if is_old { langs[0] } else { langs[1] };
        Quote::new(m, evidence.as_ref(), is_old, report.relation, lang, clip)
    };
    Card {
        anchor: anchor.to_owned(),
        id: &change.id,
        accepted: change.accepted.is_some(),
        note: change.accepted.as_deref().unwrap_or_default(),
        direction: code(&change.direction),
        direction_word: m.name("direction", &change.direction),
        severity: code(&change.severity),
        severity_word: m.name("severity", &change.severity),
        kind_word: m.kind(change.kind, change.scope, report.relation),
        kind_sign: parts::kind_sign(change.kind),
        facet_codes: change.facets.iter().map(code).collect::<Vec<_>>().join(" "),
        facets: facets.join(m.get("join.list")),
        summary: &change.summary,
        reason: &change.reason,
        rule: &change.rule,
        slots: change.slots.iter().map(|s| chip(m, s, vendors, room)).collect(),
        quotes: [quote(&change.old, true), quote(&change.new, false)],
        row,
    }
}

fn chip<'a>(m: &Messages, slot: &'a Slot, vendors: bool, room: &Room) -> Chip<'a> {
    let key = match (slot.added, vendors) {
        (true, false) => "compare.came",
        (false, false) => "compare.went",
        (true, true) => "compare.came.vendors",
        (false, true) => "compare.went.vendors",
    };
    let end = slot.words.char_indices().nth(room.slot).map_or(slot.words.len(), |(at, _)| at);
    Chip {
        added: slot.added,
        sign: if slot.added { "+" } else { "−" },
        word: m.get(key).to_owned(),
        facet: m.name("facet", &slot.facet),
        words: slot.words.get(..end).unwrap_or(&slot.words),
        cut: end < slot.words.len(),
        // A label that only repeats the words says nothing.
        label: slot.label.as_deref().filter(|l| *l != slot.words).unwrap_or(""),
        iri: parts::address(slot.iri.as_ref()),
        sensitive: slot.sensitive,
    }
}
