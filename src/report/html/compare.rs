//! The page of a comparison: verdict, changes, what is shared, edits, both texts, and how it was made.

use std::collections::BTreeMap;

use askama::Template;
use serde::Serialize;

use super::pairs::{self, PairRow};
use super::parts::{self, Filter, Quote, SideView, Words};
use super::strip::{self, Strip};
use super::text::{self, TextView};
use super::{Brand, Messages, Page};
use crate::assess::{Direction, Severity};
use crate::diff::{EditKind, Relation};
use crate::practice::Category;
use crate::report::comparison::{
    Change, Clarity, Comparison, Edit, Evidence, Segment, SegmentMark, Shared, Slot,
};
use crate::report::messages::code;

/// So many weighty changes are listed at the top; the others fold.
const LEADS: usize = 8;
/// Quotes of moved blocks are cut here: the text section has them whole.
const CLIP: usize = 160;

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
    pairs: Vec<PairRow>,
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

struct Group<'a> {
    code: String,
    label: String,
    count: String,
    cards: Vec<Card<'a>>,
}

struct Card<'a> {
    anchor: String,
    id: &'a str,
    accepted: bool,
    /// What was noted when it was accepted.
    note: &'a str,
    direction: String,
    direction_word: String,
    severity: String,
    severity_word: String,
    kind_sign: &'static str,
    kind_word: String,
    facets: String,
    /// Their codes, for the filter.
    facet_codes: String,
    summary: &'a str,
    reason: &'a str,
    rule: &'a str,
    slots: Vec<Chip<'a>>,
    quotes: [Quote<'a>; 2],
    row: Option<usize>,
}

/// A slot value that came or went.
struct Chip<'a> {
    added: bool,
    sign: &'static str,
    word: String,
    facet: String,
    words: &'a str,
    label: &'a str,
    iri: &'a str,
    sensitive: bool,
}

/// Something unclear that came or went.
struct ClarityRow<'a> {
    sign: &'static str,
    word: String,
    summary: &'a str,
    quotes: Vec<Quote<'a>>,
    row: Option<usize>,
}

struct SharedGroup<'a> {
    label: String,
    count: String,
    rows: Vec<SharedRow<'a>>,
}

struct SharedRow<'a> {
    facet: String,
    label: &'a str,
    iri: &'a str,
    polarity: String,
    sign: &'static str,
    old: String,
    new: String,
    quotes: [Quote<'a>; 2],
}

struct EditGroup<'a> {
    form: bool,
    label: String,
    about: String,
    count: String,
    items: Vec<EditRow<'a>>,
}

/// An edit in one line where its two sides can be joined, else in two.
struct EditRow<'a> {
    row: Option<usize>,
    section: &'a str,
    lines: Vec<EditLine<'a>>,
}

struct EditLine<'a> {
    lang: &'a str,
    segments: Vec<Words<'a>>,
    cut: bool,
}

impl<'a> Compare<'a> {
    pub(super) fn new(report: &'a Comparison, brand: &Brand) -> Compare<'a> {
        let m = Messages::for_language(&report.language);
        let relation = parts::code_of(report.relation);
        let side = |which, side| SideView::new(m, m.get(&format!("side.{which}.{relation}")), side);
        let sides = [side("old", &report.old), side("new", &report.new)];
        let (old_lang, new_lang) = (parts::tag(&report.old.language), parts::tag(&report.new.language));
        let anchors = parts::anchors(report.changes.iter().map(|c| &c.id));
        let vendors = report.relation == Relation::Vendors;
        let changes_title = m.get(if vendors { "compare.changes.vendors" } else { "compare.changes" });
        let groups = groups(m, report, old_lang, new_lang, &anchors);
        let shared = shared(m, report, old_lang, new_lang);
        let edits = edits(m, report, old_lang, new_lang);
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
            clarity: clarity(m, report, old_lang, new_lang),
            shared,
            edits,
            pairs: pairs::rows(m, report),
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
    if !report.practices.is_empty() {
        nav.push(item("#practices", m.get("compare.practices"), Some(report.practices.len())));
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

fn groups<'a>(
    m: &Messages,
    report: &'a Comparison,
    old_lang: &'a str,
    new_lang: &'a str,
    anchors: &BTreeMap<&str, String>,
) -> Vec<Group<'a>> {
    // Categories stand in the order of their first change, which is the most severe one.
    let mut groups: Vec<(Category, Vec<Card>)> = Vec::new();
    for change in &report.changes {
        let Some(anchor) = anchors.get(change.id.as_str()) else { continue };
        let card = card(m, report, change, anchor, old_lang, new_lang);
        match groups.iter_mut().find(|g| g.0 == change.category) {
            Some(group) => group.1.push(card),
            None => groups.push((change.category, vec![card])),
        }
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

fn card<'a>(
    m: &Messages,
    report: &'a Comparison,
    change: &'a Change,
    anchor: &str,
    old_lang: &'a str,
    new_lang: &'a str,
) -> Card<'a> {
    let vendors = report.relation == Relation::Vendors;
    let row = change.row.filter(|&r| r < report.text.rows.len() && report.text.available);
    let facets: Vec<String> = change.facets.iter().map(|f| m.name("facet", f)).collect();
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
        slots: change.slots.iter().map(|s| chip(m, s, vendors)).collect(),
        quotes: [
            Quote::new(m, change.old.as_ref(), true, report.relation, old_lang),
            Quote::new(m, change.new.as_ref(), false, report.relation, new_lang),
        ],
        row,
    }
}

fn chip<'a>(m: &Messages, slot: &'a Slot, vendors: bool) -> Chip<'a> {
    let key = match (slot.added, vendors) {
        (true, false) => "compare.came",
        (false, false) => "compare.went",
        (true, true) => "compare.came.vendors",
        (false, true) => "compare.went.vendors",
    };
    Chip {
        added: slot.added,
        sign: if slot.added { "+" } else { "−" },
        word: m.get(key).to_owned(),
        facet: m.name("facet", &slot.facet),
        words: &slot.words,
        // A label that only repeats the words says nothing.
        label: slot.label.as_deref().filter(|l| *l != slot.words).unwrap_or(""),
        iri: parts::address(slot.iri.as_ref()),
        sensitive: slot.sensitive,
    }
}

fn clarity<'a>(
    m: &Messages,
    report: &'a Comparison,
    old_lang: &'a str,
    new_lang: &'a str,
) -> Vec<ClarityRow<'a>> {
    let rows = if report.text.available { report.text.rows.len() } else { 0 };
    let row = |fact: &'a Clarity| {
        let quote = |e: &'a Evidence, old| {
            Quote::new(m, Some(e), old, report.relation, if old { old_lang } else { new_lang })
        };
        ClarityRow {
            sign: if fact.added { "+" } else { "−" },
            word: m.get(if fact.added { "compare.came" } else { "compare.went" }).to_owned(),
            summary: &fact.summary,
            quotes: fact
                .old
                .iter()
                .map(|e| quote(e, true))
                .chain(fact.new.iter().map(|e| quote(e, false)))
                .collect(),
            row: fact.row.filter(|&r| r < rows),
        }
    };
    report.clarity.iter().map(row).collect()
}

fn shared<'a>(
    m: &Messages,
    report: &'a Comparison,
    old_lang: &'a str,
    new_lang: &'a str,
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
                        Quote::new(m, Some(&s.old), true, report.relation, old_lang),
                        Quote::new(m, Some(&s.new), false, report.relation, new_lang),
                    ],
                })
                .collect(),
        })
        .collect()
}

fn edits<'a>(
    m: &Messages,
    report: &'a Comparison,
    old_lang: &'a str,
    new_lang: &'a str,
) -> Vec<EditGroup<'a>> {
    let mut groups: BTreeMap<std::cmp::Reverse<EditKind>, Vec<&Edit>> = BTreeMap::new();
    // The kinds that say most come first.
    report.edits.iter().for_each(|e| groups.entry(std::cmp::Reverse(e.kind)).or_default().push(e));
    let rows = if report.text.available { report.text.rows.len() } else { 0 };
    groups
        .into_iter()
        .map(|(kind, edits)| EditGroup {
            form: text::is_form(kind.0),
            label: m.name("edit", &kind.0),
            about: m.name("edit-long", &kind.0),
            count: m.number(edits.len()),
            items: edits
                .into_iter()
                .map(|e| EditRow {
                    row: e.row.filter(|&r| r < rows),
                    section: e.new.as_ref().or(e.old.as_ref()).map_or("", |e| &e.section),
                    lines: edit_lines(e, old_lang, new_lang),
                })
                .collect(),
        })
        .collect()
}

fn edit_lines<'a>(edit: &'a Edit, old_lang: &'a str, new_lang: &'a str) -> Vec<EditLine<'a>> {
    let foreign = if old_lang == new_lang { "" } else { old_lang };
    if edit.kind == EditKind::Moved {
        let quote = edit.new.as_ref().or(edit.old.as_ref()).map_or("", |e| e.quote.as_str());
        let end = quote.char_indices().nth(CLIP).map_or(quote.len(), |(at, _)| at);
        let text = quote.get(..end).unwrap_or(quote);
        let cut = end < quote.len();
        return vec![EditLine {
            lang: new_lang,
            segments: parts::all_words(text, SegmentMark::Same, ""),
            cut,
        }];
    }
    if let (Some(old), Some(new)) = (&edit.old, &edit.new)
        && let Some(joined) = join(&old.segments, &new.segments)
    {
        let segments = joined
            .into_iter()
            .map(|s| Words {
                text: &s.text,
                deleted: s.mark == SegmentMark::Deleted,
                inserted: s.mark == SegmentMark::Inserted,
                lang: if s.mark == SegmentMark::Deleted { foreign } else { "" },
            })
            .collect();
        return vec![EditLine { lang: new_lang, segments: parts::clipped(segments), cut: false }];
    }
    let line = |e: &'a Evidence, lang: &'a str, mark| {
        let marked = e.segments.iter().any(|s| s.mark != SegmentMark::Same);
        let segments =
            if marked { parts::words(&e.segments, "") } else { parts::all_words(&e.quote, mark, "") };
        EditLine { lang, segments: parts::clipped(segments), cut: false }
    };
    let old = edit.old.as_ref().map(|e| line(e, old_lang, SegmentMark::Deleted));
    let new = edit.new.as_ref().map(|e| line(e, new_lang, SegmentMark::Inserted));
    old.into_iter().chain(new).collect()
}

/// Both sides' runs as one line, where their unchanged runs are the same; `None` where they are not.
fn join<'a>(old: &'a [Segment], new: &'a [Segment]) -> Option<Vec<&'a Segment>> {
    let same = |s: &&Segment| s.mark == SegmentMark::Same;
    let (mut old, mut new) = (old.iter().peekable(), new.iter().peekable());
    let mut line = Vec::new();
    loop {
        line.extend(std::iter::from_fn(|| old.next_if(|s| !same(s))));
        line.extend(std::iter::from_fn(|| new.next_if(|s| !same(s))));
        match (old.next(), new.next()) {
            (Some(a), Some(b)) if a.text == b.text => line.push(b),
            (None, None) => break,
            _ => return None,
        }
    }
    (line.iter().any(|s| s.mark != SegmentMark::Same)).then_some(line)
}
