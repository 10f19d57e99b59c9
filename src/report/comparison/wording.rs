//! Changes and verdicts to sentences. All words come from the message files.

use super::{Change, Summary};
use crate::assess::{Direction, Severity};
use crate::diff::{ChangeKind, Delta, Facet, Relation, SlotDelta};
use crate::practice::Polarity;
use crate::report::messages::Messages;

/// How many values of one facet a sentence names.
const MOST_VALUES: usize = 4;
/// How many characters of one value a sentence quotes.
const LONGEST_VALUE: usize = 90;

/// The whole comparison in one sentence. `whole` tells that both sides are policies, not sets of quotes.
pub(super) fn verdict(messages: &Messages, relation: Relation, summary: &Summary, whole: bool) -> String {
    if !summary.practices_compared {
        return messages.get("verdict.not-a-policy").to_string();
    }
    let total: usize = summary.kinds.values().sum();
    let edits: usize = summary.edits.values().sum();
    let n = |count: Option<&usize>| messages.number(count.copied().unwrap_or(0));
    if relation == Relation::Vendors {
        return messages.fill(
            "verdict.vendors",
            &[
                ("shared", &messages.number(summary.shared)),
                ("old", &n(summary.kinds.get(&ChangeKind::Removed))),
                ("new", &n(summary.kinds.get(&ChangeKind::Added))),
            ],
        );
    }
    match (total, edits) {
        (0, 0) if summary.identical => messages.get("compare.identical").to_string(),
        (0, 0) if !whole => messages.get("verdict.same-quotes").to_string(),
        (0, 0) => messages.get("verdict.same-words").to_string(),
        (0, _) => messages.count("verdict.form-only", edits),
        _ => {
            let changes = messages.count("compare.count-changes", total);
            let accepted = match summary.accepted {
                0 => String::new(),
                n => messages.count("verdict.accepted", n),
            };
            messages.fill(
                "verdict.changes",
                &[
                    ("changes", &changes),
                    ("expands", &n(summary.directions.get(&Direction::Expands))),
                    ("restricts", &n(summary.directions.get(&Direction::Restricts))),
                    ("neutral", &n(summary.directions.get(&Direction::Neutral))),
                    ("high", &n(summary.severities.get(&Severity::High))),
                    ("accepted", &accepted),
                ],
            )
        }
    }
}

/// A change in one sentence: "Sharing: now states the recipient Acme Ads; no longer states …".
pub(super) fn summary(messages: &Messages, relation: Relation, delta: &Delta, change: &Change) -> String {
    let category = messages.name("category", &change.category);
    let clauses = clauses(messages, relation, delta);
    let said = if clauses.is_empty() {
        messages.name("summary.bare", &change.kind)
    } else {
        clauses.join(messages.get("join.clause"))
    };
    format!("{category}{}{said}", messages.get("join.colon"))
}

fn clauses(messages: &Messages, relation: Relation, delta: &Delta) -> Vec<String> {
    let mut clauses = Vec::new();
    let slots = |facet: Facet, came: bool| -> Vec<&SlotDelta> {
        delta.slots.iter().filter(|s| s.facet == facet && s.came == came).collect()
    };
    let mut facets: Vec<Facet> = delta.slots.iter().map(|s| s.facet).collect();
    facets.sort_unstable();
    facets.dedup();
    // What is done comes after what it is done with, for whom and how long.
    facets.sort_by_key(|f| matches!(f, Facet::Action | Facet::Actor | Facet::Condition | Facet::Other));
    let telling = facets.iter().any(|f| !matches!(f, Facet::Action | Facet::Actor));
    let mut one_sided: Vec<(bool, Polarity, String)> = Vec::new();
    for facet in facets {
        if telling && matches!(facet, Facet::Action | Facet::Actor) && delta.kind != ChangeKind::Modified {
            continue;
        }
        let (went, came) = (slots(facet, false), slots(facet, true));
        match (facet, went.as_slice(), came.as_slice()) {
            (Facet::Polarity, [_, ..], [now, ..]) => {
                let key =
                    if now.polarity == Polarity::Negated { "summary.negated" } else { "summary.affirmed" };
                clauses.push(messages.fill(key, &[("words", &shorten(&now.words))]));
            }
            (Facet::Modality, [was, ..], [now, ..]) => clauses.push(messages.fill(
                "summary.modality",
                &[
                    ("words", &shorten(&now.words)),
                    ("old", &messages.name("modality", &was.modality)),
                    ("new", &messages.name("modality", &now.modality)),
                ],
            )),
            (_, [_, ..], [_, ..]) => clauses.push(messages.fill(
                "summary.replaced",
                &[
                    ("facet", &messages.name("summary.facet", &facet)),
                    ("old", &list(messages, &went)),
                    ("new", &list(messages, &came)),
                ],
            )),
            (_, some, []) | (_, [], some) => {
                for polarity in [Polarity::Affirmed, Polarity::Negated] {
                    let same: Vec<&SlotDelta> =
                        some.iter().copied().filter(|s| s.polarity == polarity).collect();
                    if let Some(first) = same.first() {
                        let part = messages.fill(
                            "summary.part",
                            &[
                                ("facet", &messages.name("summary.facet", &facet)),
                                ("list", &list(messages, &same)),
                            ],
                        );
                        one_sided.push((first.came, polarity, part));
                    }
                }
            }
        }
    }
    for (came, polarity) in [
        (true, Polarity::Affirmed),
        (true, Polarity::Negated),
        (false, Polarity::Affirmed),
        (false, Polarity::Negated),
    ] {
        let parts: Vec<&str> = one_sided
            .iter()
            .filter(|(c, p, _)| (*c, *p) == (came, polarity))
            .map(|(_, _, part)| part.as_str())
            .collect();
        if parts.is_empty() {
            continue;
        }
        let key = match (relation, came, polarity) {
            (Relation::Versions, true, Polarity::Affirmed) => "summary.came",
            (Relation::Versions, true, Polarity::Negated) => "summary.came-negated",
            (Relation::Versions, false, Polarity::Affirmed) => "summary.went",
            (Relation::Versions, false, Polarity::Negated) => "summary.went-negated",
            (Relation::Vendors, true, Polarity::Affirmed) => "summary.second",
            (Relation::Vendors, true, Polarity::Negated) => "summary.second-negated",
            (Relation::Vendors, false, Polarity::Affirmed) => "summary.first",
            (Relation::Vendors, false, Polarity::Negated) => "summary.first-negated",
        };
        clauses.push(messages.fill(key, &[("parts", &parts.join(messages.get("join.list")))]));
    }
    clauses
}

fn list(messages: &Messages, slots: &[&SlotDelta]) -> String {
    let (open, close) = (messages.get("quote.open"), messages.get("quote.close"));
    let mut values: Vec<String> = Vec::new();
    for slot in slots {
        let value = format!("{open}{}{close}", shorten(&slot.words));
        if !values.contains(&value) {
            values.push(value);
        }
    }
    let more = values.len().saturating_sub(MOST_VALUES);
    values.truncate(MOST_VALUES);
    let mut said = values.join(messages.get("join.list"));
    if more > 0 {
        said.push_str(&messages.fill("summary.more", &[("n", &messages.number(more))]));
    }
    said
}

fn shorten(words: &str) -> String {
    let joined = words.split_whitespace().collect::<Vec<_>>().join(" ");
    if joined.chars().count() <= LONGEST_VALUE {
        return joined;
    }
    joined.chars().take(LONGEST_VALUE).collect::<String>() + "…"
}
