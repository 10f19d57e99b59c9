//! `compare` as Markdown: verdict and counts, then changes by severity with their quotes folded.

use askama::Template;

use crate::assess::{Direction, Severity};
use crate::diff::{ChangeKind, Relation};
use crate::error::Result;
use crate::report::comparison::{Change, Clarity, Comparison, Evidence, SegmentMark, Shared, Side, Slot};
use crate::report::messages::Messages;
use crate::report::table::{Details, arrow, kind_sign, said, slots_by_facet};

use super::escape::{self as filters, continued, inline, marked};
use super::pairs::pairs;
use super::{Entry, Losses, fitted, left_out, render, short};

/// The report, at most `max_length` characters long.
pub fn comparison(view: &Comparison, details: Details, max_length: usize) -> Result<String> {
    let w = Messages::for_language(&view.language);
    let changes = if details == Details::None { Vec::new() } else { entries(view, details, w)? };
    let shared = if details == Details::None { Vec::new() } else { shared(view, w) };
    let clarity = if details == Details::None { Vec::new() } else { clarity(view, w) };
    // Shared statements and words that are unclear give way before any change does, so they come last.
    let entries: Vec<Entry> = changes.iter().chain(&clarity).chain(&shared).cloned().collect();
    let pairs = if details == Details::None { String::new() } else { pairs(view, w) };
    let page = |kept: &[&str], losses, pairs: Option<&str>| {
        render(&Page::new(view, w, kept, changes.len(), losses, pairs))
    };
    // The table says in other order what stands in the changes and the texts: it gives way first, and whole.
    let all: Vec<&str> = entries.iter().map(|entry| entry.full.as_str()).collect();
    let whole = page(&all, Losses::default(), Some(&pairs))?;
    if whole.chars().count() <= max_length {
        return Ok(whole);
    }
    fitted(&entries, max_length, |kept, losses| page(kept, losses, pairs.is_empty().then_some("")))
}

#[derive(Template)]
#[template(path = "comparison.md", escape = "none")]
struct Page<'a> {
    w: &'static Messages,
    title: String,
    sides: Vec<SideRow>,
    /// Whether any of them states a date.
    dated: bool,
    verdict: &'a str,
    severities: Vec<String>,
    counts: Vec<Count>,
    legend: String,
    groups: Vec<Group<'a>>,
    edits: Vec<String>,
    /// Both practice sets in a fold, Markdown already; empty where it is left out.
    pairs: &'a str,
    doubts: Vec<String>,
    left_out: Vec<String>,
    generator: &'a str,
}

struct SideRow {
    which: String,
    name: String,
    source: String,
    dates: String,
    language: String,
    words: String,
    practices: String,
}

struct Count {
    direction: String,
    numbers: Vec<String>,
}

struct Group<'a> {
    heading: String,
    /// Markdown already.
    entries: Vec<&'a str>,
}

#[derive(Template)]
#[template(path = "change.md", escape = "none")]
struct ChangeItem<'a> {
    labels: String,
    /// What was noted when it was accepted; empty where it is not.
    accepted: String,
    /// Its fingerprint, to copy.
    id: String,
    summary: &'a str,
    slots: Vec<SlotLine>,
    reason: &'a str,
    why: String,
    colon: &'a str,
    quotes_label: &'a str,
    quotes: Vec<Quote>,
    open: bool,
}

struct SlotLine {
    /// `\+` or `−`, Markdown already.
    sign: &'static str,
    facet: String,
    words: String,
}

struct Quote {
    side: &'static str,
    section: String,
    /// Markdown already.
    text: String,
}

const SEVERITIES: [Severity; 3] = [Severity::High, Severity::Medium, Severity::Low];

impl<'a> Page<'a> {
    /// `kept` holds the first of the `changes` changes, then of what is unclear, then of the shared statements.
    /// `pairs` is `None` where there was no room for the table.
    fn new(
        view: &'a Comparison,
        w: &'static Messages,
        kept: &[&'a str],
        changes: usize,
        losses: Losses,
        pairs: Option<&'a str>,
    ) -> Page<'a> {
        let mut counts = Vec::new();
        if !view.changes.is_empty() {
            for direction in [Direction::Expands, Direction::Restricts, Direction::Neutral] {
                let count = |severity: &Severity| {
                    let here = |c: &&Change| c.direction == direction && c.severity == *severity;
                    w.number(view.changes.iter().filter(here).count())
                };
                counts.push(Count {
                    direction: format!("{} {}", arrow(direction), w.name("direction", &direction)),
                    numbers: SEVERITIES.iter().map(count).collect(),
                });
            }
        }
        let (shown, rest) = kept.split_at(kept.len().min(changes));
        let (clarity, shared) = rest.split_at(rest.len().min(view.clarity.len()));
        let mut groups = Vec::new();
        for severity in SEVERITIES {
            // Entries stand in the order of `sorted`.
            let of = sorted(view).into_iter().zip(shown).filter(|(change, _)| change.severity == severity);
            let entries: Vec<&str> = of.map(|(_, text)| *text).collect();
            if !entries.is_empty() {
                let total = view.changes.iter().filter(|c| c.severity == severity).count();
                let heading = format!(
                    "{}{}{} ({})",
                    w.get("column.severity"),
                    w.get("join.colon"),
                    w.name("severity", &severity),
                    w.number(total)
                );
                groups.push(Group { heading, entries });
            }
        }
        if !clarity.is_empty() {
            let heading = format!("{} ({})", w.get("compare.clarity"), w.number(view.clarity.len()));
            groups.push(Group { heading, entries: clarity.to_vec() });
        }
        if !shared.is_empty() {
            let heading = format!("{} ({})", w.get("compare.shared"), w.number(view.shared.len()));
            groups.push(Group { heading, entries: shared.to_vec() });
        }
        let mut left_out = left_out(
            w,
            "markdown.left-out-changes",
            losses,
            view.changes.len() + view.clarity.len() + view.shared.len(),
        );
        if pairs.is_none() {
            left_out.push(w.count("markdown.left-out-practices", view.pairs().len()));
        }
        let edits = view.summary.edits.iter().filter(|(_, n)| **n > 0);
        let [came, went] = match view.relation {
            Relation::Versions => ["compare.came", "compare.went"],
            Relation::Vendors => ["compare.came.vendors", "compare.went.vendors"],
        };
        Page {
            w,
            title: short(&view.title),
            sides: vec![
                side_row(w, view.relation, "old", &view.old),
                side_row(w, view.relation, "new", &view.new),
            ],
            dated: !view.old.dates.is_empty() || !view.new.dates.is_empty(),
            verdict: &view.summary.verdict,
            severities: SEVERITIES.iter().map(|s| w.name("severity", s)).collect(),
            counts,
            legend: format!("\\+ {} · − {}", inline(w.get(came)), inline(w.get(went))),
            groups,
            edits: edits.map(|(kind, n)| format!("{} {}", w.name("edit", kind), w.number(*n))).collect(),
            doubts: view.doubts.iter().take(20).map(|doubt| short(doubt)).collect(),
            pairs: pairs.unwrap_or_default(),
            left_out,
            generator: &view.generator,
        }
    }
}

fn side_row(w: &Messages, relation: Relation, which: &str, side: &Side) -> SideRow {
    let relation = match relation {
        Relation::Versions => "versions",
        Relation::Vendors => "vendors",
    };
    SideRow {
        which: w.get(&format!("side.{which}.{relation}")).to_owned(),
        name: short(if side.title.is_empty() { &side.source } else { &side.title }),
        source: short(&side.source),
        dates: w.stated_dates(&side.dates).join(w.get("join.clause")),
        language: w.language_name(&side.language),
        words: w.count("side.words", side.words),
        practices: side.practices.map(|n| w.number(n)).unwrap_or_default(),
    }
}

/// Most severe first, whatever order the view has.
fn sorted(view: &Comparison) -> Vec<&Change> {
    let mut changes: Vec<&Change> = view.changes.iter().collect();
    changes.sort_by_key(|change| change.severity);
    changes
}

fn entries(view: &Comparison, details: Details, w: &'static Messages) -> Result<Vec<Entry>> {
    sorted(view)
        .into_iter()
        .map(|change| {
            let mut item = item(view, change, details, w);
            let full = item.render().map_err(failed)?;
            item.quotes.clear();
            item.reason = "";
            let brief = item.render().map_err(failed)?;
            Ok(Entry { full, brief })
        })
        .collect()
}

fn failed(error: askama::Error) -> crate::Error {
    crate::Error::Content {
        name: "the report".into(),
        what: format!("cannot be written as Markdown: {error}"),
        remedy: "another --format".into(),
    }
}

fn item<'a>(view: &Comparison, change: &'a Change, details: Details, w: &'static Messages) -> ChangeItem<'a> {
    let sign = match change.kind {
        ChangeKind::Added => "\\+",
        other => kind_sign(other),
    };
    let sign = if change.kind == ChangeKind::Modified { "\\~" } else { sign };
    let slots = slots_by_facet(change).into_iter().map(|((facet, added), slots)| SlotLine {
        sign: if added { "\\+" } else { "−" },
        facet: w.name("facet", &facet),
        words: slots.iter().map(|slot| slot_words(slot, w)).collect::<Vec<_>>().join(w.get("join.list")),
    });
    let keys = match view.relation {
        Relation::Versions => ["side.old.versions", "side.new.versions"],
        Relation::Vendors => ["side.old.vendors", "side.new.vendors"],
    };
    let sides = keys.into_iter().zip([&change.old, &change.new]);
    ChangeItem {
        labels: format!(
            "{sign} {} · {} {} · {}",
            w.kind(change.kind, change.scope, view.relation),
            arrow(change.direction),
            w.name("direction", &change.direction),
            w.name("category", &change.category)
        ),
        accepted: accepted(change, w),
        id: format!("{} {}", w.get("compare.fingerprint"), change.id),
        summary: said(change, w),
        slots: slots.collect(),
        reason: &change.reason,
        why: format!("{}{}", inline(w.get("compare.reason")), w.get("join.colon")),
        colon: w.get("join.colon"),
        quotes_label: w.get("compare.quotes"),
        quotes: sides.filter_map(|(key, evidence)| Some(quote(w.get(key), evidence.as_ref()?))).collect(),
        open: details == Details::Full,
    }
}

fn accepted(change: &Change, w: &Messages) -> String {
    match change.accepted.as_deref() {
        None => String::new(),
        Some("") => w.get("compare.accepted").to_owned(),
        Some(note) => format!("{}{}{note}", w.get("compare.accepted"), w.get("join.colon")),
    }
}

fn slot_words(slot: &Slot, w: &Messages) -> String {
    if slot.sensitive { w.aside(&slot.words, w.get("compare.sensitive")) } else { slot.words.clone() }
}

fn quote(side: &'static str, evidence: &Evidence) -> Quote {
    let mut text = String::new();
    for (i, segment) in evidence.segments.iter().enumerate() {
        let words = match segment.mark {
            // A quote that starts a line must not start a list.
            SegmentMark::Same if i == 0 => {
                let blank = if segment.text.ends_with(char::is_whitespace) { " " } else { "" };
                format!("{}{blank}", inline(&segment.text))
            }
            SegmentMark::Same => continued(&segment.text),
            SegmentMark::Deleted => marked(&segment.text, true),
            SegmentMark::Inserted => marked(&segment.text, false),
        };
        text.push_str(&words);
    }
    if evidence.segments.is_empty() {
        text = inline(&evidence.quote);
    }
    let lead = evidence.lead_in.as_deref().map_or(String::new(), |lead| format!("{} ", inline(lead)));
    Quote { side, section: evidence.section.clone(), text: format!("{lead}{}", text.trim()) }
}

fn clarity(view: &Comparison, w: &'static Messages) -> Vec<Entry> {
    let line = |fact: &Clarity| {
        let section = fact.new.first().or(fact.old.first()).map_or("", |e| &e.section);
        let mut brief = format!("- {} {}", if fact.added { "\\+" } else { "−" }, inline(&fact.summary));
        if !section.is_empty() {
            brief.push_str(&format!(" · {}", inline(section)));
        }
        let mut full = format!("{brief}\n");
        let sides = [("side.old.versions", &fact.old), ("side.new.versions", &fact.new)];
        for (key, quotes) in sides {
            for evidence in quotes {
                let quote = quote(w.get(key), evidence);
                full.push_str(&format!("  - {}{}{}\n", inline(quote.side), w.get("join.colon"), quote.text));
            }
        }
        brief.push('\n');
        Entry { full, brief }
    };
    view.clarity.iter().map(line).collect()
}

fn shared(view: &Comparison, w: &Messages) -> Vec<Entry> {
    let line = |shared: &Shared| {
        let text = format!(
            "- {} · {}{}{}\n",
            inline(&w.name("category", &shared.category)),
            inline(&w.name("facet", &shared.facet)),
            w.get("join.colon"),
            inline(&shared.label)
        );
        Entry { full: text.clone(), brief: text }
    };
    view.shared.iter().map(line).collect()
}
