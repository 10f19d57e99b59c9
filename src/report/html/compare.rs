//! The page of a comparison: verdict, changes, what is shared, edits, both texts, and how it was made.

use std::collections::BTreeMap;

use askama::Template;
use serde::Serialize;

use super::cards::{self, Group};
use super::clarity::{self, ClarityRow};
use super::edits::{self, EditGroup};
use super::parts::{self, Filter, Room, SideView};
use super::shared::{self, SharedGroup};
use super::strip::{self, Strip};
use super::text::{self, TextView};
use super::{Brand, Messages, Page};
use crate::assess::{Direction, Severity};
use crate::diff::Relation;
use crate::report::comparison::Comparison;
use crate::report::messages::code;
use crate::report::pairs::{self, PairRow};

/// So many weighty changes are listed at the top; the others fold.
const LEADS: usize = 8;

#[derive(Template)]
#[template(path = "compare.html", whitespace = "minimize")]
pub(super) struct Compare<'a> {
    page: Page,
    m: &'static Messages,
    /// Class of the page's body: the relation.
    relation: &'static str,
    /// What is said of words that only one side has.
    deleted: &'static str,
    inserted: &'static str,
    kicker: String,
    verdict: &'a str,
    sides: [SideView; 2],
    nav: Vec<Nav>,
    counts: Vec<Counts>,
    strip: Option<Strip>,
    must_read: Vec<Lead<'a>>,
    must_read_more: Vec<Lead<'a>>,
    more_from: usize,
    more_words: String,
    changes_title: &'static str,
    filters: Vec<Filter>,
    shown: &'static str,
    groups: Vec<Group<'a>>,
    nothing: &'static str,
    clarity: Vec<ClarityRow<'a>>,
    shared: Vec<SharedGroup<'a>>,
    edits: Vec<EditGroup<'a>>,
    pairs: Vec<PairRow<'a>>,
    pair_heads: [&'static str; 6],
    pair_legend: String,
    text: TextView<'a>,
    doubts: &'a [String],
}

struct Nav {
    href: &'static str,
    label: String,
    count: String,
}

/// Counts of one kind, such as by direction.
struct Counts {
    label: &'static str,
    items: Vec<Count>,
}

struct Count {
    class: String,
    sign: &'static str,
    word: String,
    n: String,
    title: String,
}

struct Lead<'a> {
    anchor: String,
    class: String,
    sign: &'static str,
    word: String,
    summary: &'a str,
}

impl<'a> Compare<'a> {
    pub(super) fn new(report: &'a Comparison, brand: &Brand, room: &Room) -> Compare<'a> {
        let room = &room.beside(report.text.available);
        let m = Messages::for_language(&report.language);
        let relation = parts::code_of(report.relation);
        let side = |which, side| SideView::new(m, m.get(&format!("side.{which}.{relation}")), side);
        let sides = [side("old", &report.old), side("new", &report.new)];
        let (old_lang, new_lang) = (parts::tag(&report.old.language), parts::tag(&report.new.language));
        let anchors = parts::anchors(report.changes.iter().map(|c| &c.id));
        let vendors = report.relation == Relation::Vendors;
        let changes_title = m.get(if vendors { "compare.changes.vendors" } else { "compare.changes" });
        let groups = cards::groups(m, report, old_lang, new_lang, &anchors, room);
        let shared = shared::shared(m, report, old_lang, new_lang, room);
        let edits = edits::edits(m, report, old_lang, new_lang, room);
        let nav = nav(m, report, changes_title);
        let mut leads = must_read(m, report, &anchors);
        let must_read_more = leads.split_off(LEADS.min(leads.len()));
        Compare {
            page: Page::new(m, &report.title, &report.generator, &report.schema).branded(brand),
            m,
            relation,
            deleted: m.get(if vendors { "mark.deleted.vendors" } else { "mark.deleted" }),
            inserted: m.get(if vendors { "mark.inserted.vendors" } else { "mark.inserted" }),
            kicker: m.name("relation", &report.relation),
            verdict: &report.summary.verdict,
            sides,
            nav,
            counts: counts(m, report),
            strip: strip::strip(report, &anchors),
            must_read: leads,
            more_from: LEADS + 1,
            more_words: m.count("page.more", must_read_more.len()),
            must_read_more,
            changes_title,
            filters: filters(m, report),
            shown: m.get("filter.shown"),
            groups,
            nothing: m.get(if report.summary.identical { "compare.identical" } else { "compare.no-changes" }),
            clarity: clarity::clarity(m, report, old_lang, new_lang, room),
            shared,
            edits,
            pairs: pairs::rows(m, report, room.more),
            pair_heads: pairs::HEADS,
            pair_legend: pairs::legend(m, report),
            text: text::text(m, report, old_lang, new_lang, &anchors),
            doubts: &report.doubts,
        }
    }
}

fn nav(m: &Messages, report: &Comparison, changes: &str) -> Vec<Nav> {
    let item = |href, label: &str, count: Option<usize>| Nav {
        href,
        label: label.to_owned(),
        count: count.map(|n| m.number(n)).unwrap_or_default(),
    };
    let mut nav = vec![item("#changes", changes, Some(report.changes.len()))];
    if !report.clarity.is_empty() {
        nav.push(item("#clarity", m.get("compare.clarity"), Some(report.clarity.len())));
    }
    if !report.shared.is_empty() {
        nav.push(item("#shared", m.get("compare.shared"), Some(report.shared.len())));
    }
    if !report.edits.is_empty() {
        nav.push(item("#edits", m.get("compare.edits"), Some(report.edits.len())));
    }
    nav.push(item("#text", m.get("compare.text"), None));
    if !report.pairs().is_empty() {
        nav.push(item("#practices", m.get("compare.practices"), Some(report.pairs().len())));
    }
    nav.push(item("#about", m.get("compare.about"), None));
    nav
}

fn counts(m: &'static Messages, report: &Comparison) -> Vec<Counts> {
    if report.changes.is_empty() {
        return Vec::new();
    }
    let severities = [Severity::High, Severity::Medium, Severity::Low]
        .into_iter()
        .map(|s| count(m, "severity", s, parts::severity_sign(s), report.summary.severities.get(&s).copied()))
        .collect();
    let directions = [Direction::Expands, Direction::Restricts, Direction::Neutral]
        .into_iter()
        .map(|d| {
            count(m, "direction", d, parts::direction_sign(d), report.summary.directions.get(&d).copied())
        })
        .collect();
    vec![
        Counts { label: m.get("compare.by-severity"), items: severities },
        Counts { label: m.get("compare.by-direction"), items: directions },
    ]
}

fn count(m: &Messages, group: &str, value: impl Serialize, sign: &'static str, n: Option<usize>) -> Count {
    Count {
        class: code(&value),
        sign,
        word: m.name(group, &value),
        n: m.number(n.unwrap_or(0)),
        title: m.name(&format!("{group}-long"), &value),
    }
}

fn must_read<'a>(m: &Messages, report: &'a Comparison, anchors: &BTreeMap<&str, String>) -> Vec<Lead<'a>> {
    report
        .changes
        .iter()
        .filter(|c| c.severity == Severity::High && c.accepted.is_none())
        .filter_map(|c| {
            Some(Lead {
                anchor: anchors.get(c.id.as_str())?.clone(),
                class: code(&c.direction),
                sign: parts::direction_sign(c.direction),
                word: m.name("direction", &c.direction),
                summary: &c.summary,
            })
        })
        .collect()
}

fn filters(m: &'static Messages, report: &Comparison) -> Vec<Filter> {
    let changes = &report.changes;
    vec![
        Filter::new(m, "severity", "filter.severity", changes.iter().map(|c| c.severity)),
        Filter::new(m, "direction", "filter.direction", changes.iter().map(|c| c.direction)),
        Filter::new(m, "category", "filter.category", changes.iter().map(|c| c.category)),
        Filter::new(m, "facet", "filter.facet", changes.iter().flat_map(|c| c.facets.iter().copied())),
    ]
}
