//! `compare` for the terminal: the two documents, the verdict, the counts, then the changes.

use std::collections::BTreeMap;

use comfy_table::CellAlignment;

use crate::assess::{Direction, Severity};
use crate::diff::{ChangeKind, Facet, Relation};
use crate::practice::Polarity;
use crate::report::comparison::{Change, Clarity, Comparison, Evidence, SegmentMark, Shared, Side, Slot};
use crate::report::messages::Messages;
use crate::report::neutral::neutral;

use super::ink::{Ink, mark};
use super::pairs::pairs;
use super::{Column, Details, Look, Page};

/// From here on each label of a change has a column of its own.
const WIDE: usize = 110;

/// The report.
pub fn comparison(view: &Comparison, look: &Look) -> String {
    let report = Report { view, words: Messages::for_language(&view.language) };
    let mut page = Page::new(look);
    page.paragraph(&mark(Ink::Bold, &neutral(&view.title)));
    report.sides(&mut page);
    page.gap();
    page.paragraph(&mark(Ink::Bold, &neutral(&view.summary.verdict)));
    report.counts(&mut page);
    if look.details > Details::None {
        report.all_changes(&mut page);
    }
    if look.details > Details::None {
        report.clarity(&mut page);
    }
    report.edits(&mut page);
    if look.details == Details::Full {
        pairs(&mut page, view, report.words);
    }
    doubts(&mut page, report.words, &view.doubts);
    page.finish()
}

/// What polidiff is not sure of, as a list.
pub(super) fn doubts(page: &mut Page, words: &Messages, doubts: &[String]) {
    if doubts.is_empty() {
        return;
    }
    page.heading(words.get("page.doubts"));
    for doubt in doubts {
        page.hanging("? ", &neutral(doubt));
    }
}

/// What a document is called: its title, with the file's name where that says more.
pub(super) fn name_of(side: &Side) -> String {
    let (title, source) = (neutral(&side.title), neutral(&side.source));
    if title.is_empty() { source } else { title }
}

/// What it is called, its file and its dates.
fn document(w: &Messages, side: &Side) -> String {
    let file = mark(Ink::Dim, &neutral(&side.source));
    let lines = [name_of(side), file, w.stated_dates(&side.dates).join(w.get("join.clause"))];
    lines.into_iter().filter(|line| !line.is_empty()).collect::<Vec<_>>().join("\n")
}

struct Report<'a> {
    view: &'a Comparison,
    words: &'static Messages,
}

impl Report<'_> {
    fn sides(&self, page: &mut Page) {
        let relation = self.relation();
        let w = self.words;
        let row = |which: &str, side: &Side| {
            vec![
                w.get(&format!("side.{which}.{relation}")).to_owned(),
                document(w, side),
                w.language_name(&neutral(&side.language)),
                w.count("side.words", side.words),
                side.practices.map(|n| w.number(n)).unwrap_or_default(),
            ]
        };
        let columns = [
            Column::tight(""),
            Column::share(w.get("practices.document"), 1),
            Column::tight(w.get("side.language")).at_most(12),
            Column::tight(w.get("side.length")).at_most(14).aligned(CellAlignment::Right),
            Column::tight(w.get("practices.list")).at_most(10).aligned(CellAlignment::Right),
        ];
        page.table(&columns, &[row("old", &self.view.old), row("new", &self.view.new)], false);
    }

    /// Directions down, severities across.
    fn counts(&self, page: &mut Page) {
        if self.view.changes.is_empty() {
            return;
        }
        let mut counts: BTreeMap<(Direction, Severity), usize> = BTreeMap::new();
        for change in &self.view.changes {
            *counts.entry((change.direction, change.severity)).or_default() += 1;
        }
        let w = self.words;
        let severities = [Severity::High, Severity::Medium, Severity::Low];
        let mut columns = vec![Column::tight(w.get("column.direction"))];
        columns.extend(
            severities.iter().map(|s| Column::tight(w.name("severity", s)).aligned(CellAlignment::Right)),
        );
        let rows: Vec<Vec<String>> = [Direction::Expands, Direction::Restricts, Direction::Neutral]
            .iter()
            .map(|direction| {
                let count = |severity| counts.get(&(*direction, severity)).copied().unwrap_or(0);
                let mut row = vec![format!("{} {}", arrow(*direction), w.name("direction", direction))];
                row.extend(severities.iter().map(|&s| match count(s) {
                    0 => mark(Ink::Dim, "·"),
                    n => mark(severity_ink(s), &w.number(n)),
                }));
                row
            })
            .collect();
        page.table(&columns, &rows, false);
    }

    fn all_changes(&self, page: &mut Page) {
        let w = self.words;
        let all: Vec<&Change> = self.view.changes.iter().collect();
        if self.view.relation == Relation::Versions {
            self.changes(page, w.get("compare.changes"), &all);
            return;
        }
        let of = |kind| all.iter().copied().filter(|c| c.kind == kind).collect::<Vec<_>>();
        let only =
            |side: &Side| format!("{}{}{}", w.get("compare.only-one"), w.get("join.colon"), name_of(side));
        self.shared(page);
        self.changes(page, w.get("compare.changes.vendors"), &of(ChangeKind::Modified));
        self.changes(page, &only(&self.view.old), &of(ChangeKind::Removed));
        self.changes(page, &only(&self.view.new), &of(ChangeKind::Added));
    }

    fn changes(&self, page: &mut Page, heading: &str, changes: &[&Change]) {
        if changes.is_empty() {
            return;
        }
        let w = self.words;
        page.heading(&format!("{heading} ({})", w.number(changes.len())));
        self.legend(page);
        let wide = page.width() >= WIDE;
        let full = page.look.details == Details::Full;
        let columns: Vec<Column> = if wide {
            vec![
                Column::tight(w.get("column.kind")),
                Column::tight(w.get("column.severity")),
                Column::tight(w.get("column.direction")),
                Column::tight(w.get("column.category")),
                Column::share(w.get("column.summary"), 1),
            ]
        } else {
            vec![Column::tight(w.get("column.kind")), Column::share(w.get("column.summary"), 1)]
        };
        let rows: Vec<Vec<String>> = changes
            .iter()
            .map(|change| {
                let kind = mark(
                    kind_ink(change.kind),
                    &format!(
                        "{} {}",
                        kind_sign(change.kind),
                        w.kind(change.kind, change.scope, self.view.relation)
                    ),
                );
                let severity = mark(severity_ink(change.severity), &w.name("severity", &change.severity));
                let direction =
                    format!("{} {}", arrow(change.direction), w.name("direction", &change.direction));
                let id = mark(Ink::Dim, &neutral(&change.id));
                let kind = match change.accepted {
                    Some(_) => format!("{kind}\n{}", mark(Ink::Dim, w.get("compare.accepted"))),
                    None => kind,
                };
                let category = w.name("category", &change.category);
                if wide {
                    vec![
                        format!("{kind}\n{id}"),
                        severity,
                        direction,
                        category,
                        self.what(change, full, None),
                    ]
                } else {
                    let severity = format!("{}{}{severity}", w.get("column.severity"), w.get("join.colon"));
                    vec![
                        format!("{kind}\n{severity}\n{direction}\n{id}"),
                        self.what(change, full, Some(category)),
                    ]
                }
            })
            .collect();
        page.table(&columns, &rows, true);
    }

    fn legend(&self, page: &mut Page) {
        let [came, went] = match self.view.relation {
            Relation::Versions => ["compare.came", "compare.went"],
            Relation::Vendors => ["compare.came.vendors", "compare.went.vendors"],
        };
        let legend = format!("+ {}   − {}", self.words.get(came), self.words.get(went));
        page.paragraph(&mark(Ink::Dim, &legend));
    }

    /// The change in a sentence, the words that came and went, and on demand the quotes.
    fn what(&self, change: &Change, full: bool, category: Option<String>) -> String {
        let w = self.words;
        let mut lines = Vec::new();
        match category {
            Some(category) => {
                lines.push(format!("{category}{}{}", w.get("join.colon"), neutral(said(change, w))));
            }
            None => lines.push(neutral(said(change, w))),
        }
        for ((facet, added), slots) in slots_by_facet(change) {
            let (sign, ink) = if added { ("+", Ink::Green) } else { ("−", Ink::Red) };
            lines.push(format!(
                "  {} {}{}{}",
                mark(ink, sign),
                w.name("facet", &facet),
                w.get("join.colon"),
                slots.iter().map(|slot| self.slot(slot)).collect::<Vec<_>>().join(w.get("join.list"))
            ));
        }
        if let Some(note) = change.accepted.as_deref().filter(|note| !note.is_empty()) {
            lines.push(format!("{}{}{}", w.get("compare.accepted"), w.get("join.colon"), neutral(note)));
        }
        if full {
            if !change.reason.is_empty() {
                lines.push(format!(
                    "{}{}{}",
                    w.get("compare.reason"),
                    w.get("join.colon"),
                    neutral(&change.reason)
                ));
            }
            let keys = match self.view.relation {
                Relation::Versions => ["side.old.short.versions", "side.new.short.versions"],
                Relation::Vendors => ["side.old.short.vendors", "side.new.short.vendors"],
            };
            for (key, evidence) in keys.into_iter().zip([&change.old, &change.new]) {
                lines.extend(evidence.as_ref().map(|evidence| quote(w, w.get(key), evidence)));
            }
        }
        lines.join("\n")
    }

    /// What became less clear or clearer, a line each, and on demand the quotes.
    fn clarity(&self, page: &mut Page) {
        let facts = &self.view.clarity;
        if facts.is_empty() {
            return;
        }
        let w = self.words;
        page.heading(&format!("{} ({})", w.get("compare.clarity"), w.number(facts.len())));
        page.paragraph(&mark(Ink::Dim, w.get("compare.clarity-lead")));
        let full = page.look.details == Details::Full;
        for fact in facts {
            let sign = if fact.added { "+ " } else { "− " };
            page.hanging(sign, &self.clear(fact, full));
        }
    }

    fn clear(&self, fact: &Clarity, full: bool) -> String {
        let w = self.words;
        let section = fact.new.first().or(fact.old.first()).map_or("", |e| &e.section);
        let mut text = neutral(&fact.summary);
        if !section.is_empty() {
            text.push_str(&mark(Ink::Dim, &format!(" · {}", neutral(section))));
        }
        if full {
            let old = fact.old.iter().map(|e| quote(w, w.get("side.old.short.versions"), e));
            let new = fact.new.iter().map(|e| quote(w, w.get("side.new.short.versions"), e));
            old.chain(new).for_each(|quote| text.extend([" ", quote.as_str()]));
        }
        text
    }

    fn slot(&self, slot: &Slot) -> String {
        let words = neutral(&slot.words);
        if slot.sensitive { self.words.aside(&words, self.words.get("compare.sensitive")) } else { words }
    }

    fn shared(&self, page: &mut Page) {
        if self.view.shared.is_empty() {
            return;
        }
        let w = self.words;
        page.heading(&format!("{} ({})", w.get("compare.shared"), w.number(self.view.shared.len())));
        let full = page.look.details == Details::Full;
        let columns = [
            Column::tight(w.get("column.category")).at_most(20),
            Column::tight(w.get("column.facet")).at_most(14),
            Column::share(w.get("column.concept"), 1),
            Column::tight(w.get("column.first")),
            Column::tight(w.get("column.second")),
        ];
        let rows: Vec<Vec<String>> = self.view.shared.iter().map(|s| self.shared_row(s, full)).collect();
        page.table(&columns, &rows, full);
    }

    fn shared_row(&self, shared: &Shared, full: bool) -> Vec<String> {
        let w = self.words;
        let stated = |modality| match shared.polarity {
            Polarity::Affirmed => w.name("modality", modality),
            polarity => w.name("polarity", &polarity),
        };
        let mut concept = neutral(&shared.label);
        if full {
            for (key, evidence) in
                [("side.old.short.vendors", &shared.old), ("side.new.short.vendors", &shared.new)]
            {
                concept.push('\n');
                concept.push_str(&quote(w, w.get(key), evidence));
            }
        }
        vec![
            w.name("category", &shared.category),
            w.name("facet", &shared.facet),
            concept,
            stated(&shared.old_modality),
            stated(&shared.new_modality),
        ]
    }

    fn edits(&self, page: &mut Page) {
        let kinds = &self.view.summary.edits;
        if kinds.values().all(|n| *n == 0) {
            return;
        }
        let w = self.words;
        let counts: Vec<String> = kinds
            .iter()
            .filter(|(_, n)| **n > 0)
            .map(|(kind, n)| format!("{} {}", w.name("edit", kind), w.number(*n)))
            .collect();
        page.gap();
        let edits = mark(Ink::Bold, w.get("compare.edits"));
        page.paragraph(&format!("{edits}{}{}", w.get("join.colon"), counts.join(w.get("join.list"))));
    }

    fn relation(&self) -> &'static str {
        match self.view.relation {
            Relation::Versions => "versions",
            Relation::Vendors => "vendors",
        }
    }
}

/// A quotation with its side and place: `Old · Section: “…”`, what only it has in `[-…-]` or `{+…+}`.
pub(super) fn quote(words: &Messages, side: &str, evidence: &Evidence) -> String {
    let mut text = evidence.lead_in.as_ref().map_or(String::new(), |lead| format!("{lead} "));
    if evidence.segments.is_empty() {
        text.push_str(&evidence.quote);
    }
    for segment in &evidence.segments {
        match segment.mark {
            SegmentMark::Same => text.push_str(&segment.text),
            SegmentMark::Deleted => text.extend(["[-", segment.text.as_str(), "-]"]),
            SegmentMark::Inserted => text.extend(["{+", segment.text.as_str(), "+}"]),
        }
    }
    let section = neutral(&evidence.section);
    let place = if section.is_empty() { side.to_owned() } else { format!("{side} · {section}") };
    format!(
        "{}{}{}{}{}",
        mark(Ink::Dim, &place),
        words.get("join.colon"),
        words.get("quote.open"),
        neutral(&text),
        words.get("quote.close")
    )
}

/// The summary without the category, which is shown beside it.
pub(in crate::report) fn said<'a>(change: &'a Change, words: &Messages) -> &'a str {
    let rest = change.summary.strip_prefix(&words.name("category", &change.category));
    let rest = rest.and_then(|rest| rest.strip_prefix(words.get("join.colon").trim_end()));
    rest.map_or(&change.summary, str::trim_start)
}

/// The words that came and went, what went first within a facet.
pub(in crate::report) fn slots_by_facet(change: &Change) -> BTreeMap<(Facet, bool), Vec<&Slot>> {
    let mut slots: BTreeMap<(Facet, bool), Vec<&Slot>> = BTreeMap::new();
    for slot in &change.slots {
        slots.entry((slot.facet, slot.added)).or_default().push(slot);
    }
    slots
}

/// The sign of a kind of change.
pub(in crate::report) fn kind_sign(kind: ChangeKind) -> &'static str {
    match kind {
        ChangeKind::Added => "+",
        ChangeKind::Removed => "−",
        ChangeKind::Modified => "~",
    }
}

/// The sign of a direction.
pub(in crate::report) fn arrow(direction: Direction) -> &'static str {
    match direction {
        Direction::Expands => "▲",
        Direction::Restricts => "▼",
        Direction::Neutral => "=",
    }
}

/// The sign of what is stated and of what is ruled out.
pub(in crate::report) fn polarity_sign(polarity: Polarity) -> &'static str {
    match polarity {
        Polarity::Affirmed => "✓",
        Polarity::Negated => "✗",
    }
}

fn kind_ink(kind: ChangeKind) -> Ink {
    match kind {
        ChangeKind::Added => Ink::Green,
        ChangeKind::Removed => Ink::Red,
        ChangeKind::Modified => Ink::Yellow,
    }
}

fn severity_ink(severity: Severity) -> Ink {
    match severity {
        Severity::High => Ink::Red,
        Severity::Medium => Ink::Yellow,
        Severity::Low => Ink::Dim,
    }
}
