//! Whole runs on the policies of `tests/cases`: each folder holds one idea and says what must be reported.
//!
//! All failures are listed at once. Those that `KNOWN.yaml` names do not fail the test, but one that passes must leave
//! the list: it only shrinks. `cargo test --test cases -- --nocapture` shows the known ones as well.

#![allow(clippy::unwrap_used, clippy::print_stdout)]

mod common;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;
use std::panic::catch_unwind;
use std::path::Path;

use serde::Deserialize;

use polidiff::assess::Direction;
use polidiff::diff::{ChangeKind, EditKind, Facet};
use polidiff::report::comparison::{Change, Comparison, Evidence};
use polidiff::report::messages::code;

/// What `expected.yaml` says.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Expected {
    idea: String,
    language: String,
    changes: Vec<Wanted>,
    #[serde(default)]
    edits: Vec<EditKind>,
    at_most: Option<usize>,
}

/// A change that must be reported. What is left out is not checked.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Wanted {
    kind: Option<ChangeKind>,
    facet: Option<Facet>,
    #[serde(default)]
    words: Vec<String>,
    direction: Option<Direction>,
}

#[test]
fn cases_are_reported_as_expected() {
    let known: BTreeMap<String, String> = yaml(&common::root("tests/cases/KNOWN.yaml"));
    let (mut wrong, mut ids) = (String::new(), BTreeSet::new());
    for case in common::cases() {
        let id = common::name(&case);
        let failures = catch_unwind(|| run(&case)).unwrap_or_else(|_| vec!["panicked".to_string()]);
        match (known.get(&id), failures.is_empty()) {
            (None, true) => {}
            (None, false) => tell(&mut wrong, &id, &failures),
            (Some(_), true) => {
                tell(&mut wrong, &id, &["passes: take it out of tests/cases/KNOWN.yaml".to_string()]);
            }
            (Some(reason), false) => {
                let mut text = String::new();
                tell(&mut text, &format!("{id} (known: {reason})"), &failures);
                print!("{text}");
            }
        }
        ids.insert(id);
    }
    for id in known.keys().filter(|id| !ids.contains(*id)) {
        tell(&mut wrong, id, &["is in tests/cases/KNOWN.yaml, but there is no such case".to_string()]);
    }
    assert!(wrong.is_empty(), "\n{wrong}");
}

fn tell(out: &mut String, id: &str, failures: &[String]) {
    writeln!(out, "{id}").unwrap();
    for failure in failures {
        writeln!(out, "    {}", failure.replace('\n', "\n      ")).unwrap();
    }
}

fn yaml<T: serde::de::DeserializeOwned>(path: &Path) -> T {
    let text = std::fs::read_to_string(path).unwrap();
    polidiff::yaml::parse(&path.display().to_string(), &text).unwrap()
}

/// What is wrong with the report on a case, in sentences.
fn run(case: &Path) -> Vec<String> {
    let expected: Expected = yaml(&case.join("expected.yaml"));
    assert!(!expected.idea.is_empty());
    let (old, new) = common::sides(case);
    let (old, new) = (common::read(&old), common::read(&new));
    let mut failures = Vec::new();
    for set in [&old, &new] {
        if set.document.language.code() != expected.language {
            failures.push(format!("{} is read as {}", set.document.name, set.document.language.code()));
        }
    }
    let report = common::compare(&old, &new);
    for missing in unmet(&expected.changes, &report.changes) {
        failures.push(format!("not reported: {}", said(missing)));
    }
    let most = if expected.changes.is_empty() { Some(0) } else { expected.at_most };
    if most.is_some_and(|most| report.changes.len() > most) {
        failures.push(format!(
            "{} changes reported, at most {}",
            report.changes.len(),
            most.unwrap_or_default()
        ));
    }
    let edits: BTreeSet<EditKind> = report.edits.iter().map(|edit| edit.kind).collect();
    for kind in expected.edits.iter().filter(|kind| !edits.contains(kind)) {
        failures.push(format!("no edit of kind {}; there are: {}", code(kind), told(&edits)));
    }
    if !failures.is_empty() {
        failures.extend(report.changes.iter().map(shown));
        failures.extend(edits_shown(&report));
    }
    failures
}

/// The wanted changes that get no reported change of their own: a matching by augmenting paths.
fn unmet<'w>(wanted: &'w [Wanted], changes: &[Change]) -> Vec<&'w Wanted> {
    fn place(
        w: usize,
        fits: &dyn Fn(usize, usize) -> bool,
        taken: &mut [Option<usize>],
        seen: &mut [bool],
    ) -> bool {
        for c in 0..taken.len() {
            if !seen[c] && fits(w, c) {
                seen[c] = true;
                if taken[c].is_none_or(|other| place(other, fits, taken, seen)) {
                    taken[c] = Some(w);
                    return true;
                }
            }
        }
        false
    }
    let fits = |w: usize, c: usize| meets(&wanted[w], &changes[c]);
    let mut taken = vec![None; changes.len()];
    (0..wanted.len())
        .filter(|&w| !place(w, &fits, &mut taken, &mut vec![false; changes.len()]))
        .map(|w| &wanted[w])
        .collect()
}

fn meets(wanted: &Wanted, change: &Change) -> bool {
    wanted.facet.is_none_or(|facet| change.facets.contains(&facet))
        && wanted.direction.is_none_or(|direction| direction == change.direction)
        && wanted.words.iter().all(|words| {
            let (old, new) = (names(change, false, words), names(change, true, words));
            match (wanted.kind, change.kind) {
                // Words added to a practice that was there modify it.
                (Some(ChangeKind::Added), ChangeKind::Modified) => new && !old,
                (Some(ChangeKind::Removed), ChangeKind::Modified) => old && !new,
                _ => old || new || plain(&change.summary).contains(&plain(words)),
            }
        })
        && wanted.kind.is_none_or(|kind| kind == change.kind || change.kind == ChangeKind::Modified)
}

/// Whether one side of a change quotes or names the words.
fn names(change: &Change, new: bool, words: &str) -> bool {
    let words = plain(words);
    let evidence = if new { &change.new } else { &change.old };
    let slots = change.slots.iter().filter(|slot| slot.added == new);
    slots.map(|slot| slot.words.as_str()).chain(quote(evidence)).any(|text| plain(text).contains(&words))
}

fn quote(evidence: &Option<Evidence>) -> Option<&str> {
    evidence.as_ref().map(|evidence| evidence.quote.as_str())
}

/// Words as they are read: lines may break anywhere.
fn plain(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn told(kinds: &BTreeSet<EditKind>) -> String {
    if kinds.is_empty() { "none".into() } else { kinds.iter().map(code).collect::<Vec<_>>().join(", ") }
}

fn said(wanted: &Wanted) -> String {
    let mut parts: Vec<String> = Vec::new();
    parts.extend(wanted.kind.as_ref().map(code));
    parts.extend(wanted.facet.as_ref().map(code));
    parts.extend(wanted.words.iter().map(|words| format!("\"{words}\"")));
    parts.extend(wanted.direction.as_ref().map(code));
    parts.join(" ")
}

fn shown(change: &Change) -> String {
    let facets: Vec<String> = change.facets.iter().map(code).collect();
    let slots: Vec<String> = change
        .slots
        .iter()
        .map(|s| format!("{}{} \"{}\"", if s.added { '+' } else { '-' }, code(&s.facet), s.words))
        .collect();
    format!(
        "change: {} {} [{}] {} by {}: {}\n{}\nold: {}\nnew: {}",
        code(&change.kind),
        code(&change.category),
        facets.join(", "),
        code(&change.direction),
        change.rule,
        change.summary,
        slots.join(", "),
        quote(&change.old).unwrap_or("-"),
        quote(&change.new).unwrap_or("-"),
    )
}

fn edits_shown(report: &Comparison) -> Vec<String> {
    let edit = |e: &polidiff::report::comparison::Edit| {
        let side = |e: &Option<Evidence>| plain(quote(e).unwrap_or("-"));
        format!("edit: {}: {} -> {}", code(&e.kind), side(&e.old), side(&e.new))
    };
    report.edits.iter().map(edit).collect()
}
