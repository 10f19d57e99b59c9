//! Changes and verdicts to sentences. All words come from the message files.

use super::{Change, Cue, Summary};
use crate::assess::{Direction, Severity};
use crate::diff::{ChangeKind, ClarityKind, Delta, Facet, Relation, Scope, SlotDelta};
use crate::practice::{Category, Modality, Polarity, is_no_condition};
use crate::report::messages::Messages;

/// How many values of one facet a sentence names.
const MOST_VALUES: usize = 3;
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

/// Something unclear that came or went, in one sentence.
pub(super) fn clarity(messages: &Messages, kind: ClarityKind, came: bool, cues: &[Cue]) -> String {
    let way = if came { "came" } else { "went" };
    match kind {
        ClarityKind::Contradiction => messages.get(&format!("clarity.contradiction.{way}")).to_string(),
        ClarityKind::Vague => {
            let words = quoted(messages, cues.iter().map(|cue| cue.words.as_str()));
            messages.fill(&format!("clarity.vague.{way}"), &[("list", &words)])
        }
    }
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
    // Bare words are quoted with the change; they make its sentence only where nothing else does.
    let worded = |f: &Facet| matches!(f, Facet::Other | Facet::Action | Facet::Actor);
    if facets.iter().any(|f| !worded(f)) {
        facets.retain(|f| *f != Facet::Other);
    }
    let mut one_sided: Vec<&SlotDelta> = Vec::new();
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
            (_, [_, ..], [now, ..]) => {
                let key = match now.scope {
                    Some(Scope::Widened) => "summary.replaced.widened",
                    Some(Scope::Narrowed) => "summary.replaced.narrowed",
                    _ => "summary.replaced",
                };
                clauses.push(messages.fill(
                    key,
                    &[
                        ("facet", &messages.name("summary.facet", &facet)),
                        ("old", &list(messages, &went)),
                        ("new", &list(messages, &came)),
                    ],
                ));
            }
            (_, some, []) | (_, [], some) => one_sided.extend(some),
        }
    }
    for (came, polarity) in [
        (true, Polarity::Affirmed),
        (true, Polarity::Negated),
        (false, Polarity::Affirmed),
        (false, Polarity::Negated),
    ] {
        let same: Vec<&SlotDelta> =
            one_sided.iter().copied().filter(|s| (s.came, s.polarity) == (came, polarity)).collect();
        if !same.is_empty() {
            let key = match (relation, came) {
                (Relation::Versions, true) => "came",
                (Relation::Versions, false) => "went",
                (Relation::Vendors, true) => "second",
                (Relation::Vendors, false) => "first",
            };
            let key = if polarity == Polarity::Negated { format!("{key}-negated") } else { key.to_string() };
            clauses.push(one_sided_clause(messages, relation, delta.category, &key, &same));
        }
    }
    clauses
}

/// Whether what is done in a category takes data for its object.
fn has_verb(category: Category) -> bool {
    use Category::{Collection, Permission, Retention, Sharing, Transfer, Use};
    matches!(category, Collection | Permission | Use | Sharing | Transfer | Retention)
}

/// The facet whose words are whole statements in a category: they say all that it states.
fn statement_facet(category: Category) -> Option<Facet> {
    match category {
        Category::Rights => Some(Facet::Rights),
        Category::Security => Some(Facet::Security),
        Category::Audience => Some(Facet::Minors),
        Category::Contact => Some(Facet::Contact),
        _ => None,
    }
}

/// What came or went in one stance: "now also shares “email” with “partners”", else the list of what it is.
fn one_sided_clause(
    messages: &Messages,
    relation: Relation,
    category: Category,
    key: &str,
    slots: &[&SlotDelta],
) -> String {
    let of = |facet: Facet| slots.iter().copied().filter(|s| s.facet == facet).collect::<Vec<_>>();
    let thing =
        |s: &&SlotDelta| matches!(s.facet, Facet::Data | Facet::Recipient | Facet::Source | Facet::Purpose);
    let sentence = has_verb(category) && slots.iter().any(thing);
    let own = (!sentence).then(|| statement_facet(category)).flatten();
    let own = own.filter(|own| slots.iter().any(|s| s.facet == *own));
    let mut said = String::new();
    if sentence {
        let part = |name: &str, facet: Facet| match of(facet) {
            slots if slots.is_empty() => String::new(),
            slots => messages.fill(&format!("summary.with.{name}"), &[("list", &list(messages, &slots))]),
        };
        let may = slots.iter().all(|s| s.modality == Modality::May && s.polarity == Polarity::Affirmed);
        let scopes: Vec<Option<Scope>> = slots.iter().filter(|s| thing(s)).map(|s| s.scope).collect();
        let all = |scope: Scope| relation == Relation::Versions && scopes.iter().all(|s| *s == Some(scope));
        let key = match key {
            "came" if all(Scope::Clarified) => "clarified",
            "went" if all(Scope::Generalised) => "generalised",
            "came" if all(Scope::Widened) => "widened",
            "came" if all(Scope::Narrowed) => "narrowed",
            key => key,
        };
        let data = of(Facet::Data);
        let data = if data.is_empty() {
            messages.get("summary.any-data").to_string()
        } else {
            list(messages, &data)
        };
        // Only what came is told with its verb: what is no longer stated may well go on.
        let group = match (key, may) {
            ("came", true) => "summary.verb-may",
            ("came", false) => "summary.verb",
            _ => "summary.noun",
        };
        said = messages.fill(
            &format!("summary.does.{key}"),
            &[
                ("may", if may { messages.get("summary.may") } else { "" }),
                ("does", &messages.name(group, &category)),
                ("data", &data),
                ("by", &part("by", Facet::Actor)),
                (
                    "with",
                    &part(
                        if category == Category::Transfer { "receiver" } else { "recipient" },
                        Facet::Recipient,
                    ),
                ),
                ("from", &part("source", Facet::Source)),
                ("for", &part("purpose", Facet::Purpose)),
                ("if", &part("condition", Facet::Condition)),
                ("kept", &part("retention", Facet::Retention)),
            ],
        );
    }
    let told = |facet: &Facet| {
        sentence
            && matches!(
                facet,
                Facet::Data
                    | Facet::Actor
                    | Facet::Recipient
                    | Facet::Source
                    | Facet::Purpose
                    | Facet::Condition
                    | Facet::Retention
            )
    };
    let mut facets: Vec<Facet> = slots.iter().map(|s| s.facet).collect();
    facets.dedup();
    // A condition of what is ruled out is not ruled out itself.
    if let Some(way) = key.strip_suffix("-negated").filter(|_| !told(&Facet::Condition)) {
        facets.retain(|facet| *facet != Facet::Condition);
        said = of_denial(messages, way, &of(Facet::Condition));
    }
    let parts: Vec<String> = facets
        .iter()
        .filter(|facet| !told(facet) && own.is_none_or(|own| **facet == own || **facet == Facet::Condition))
        .map(|facet| {
            let (name, list) = (messages.name("summary.facet", facet), list(messages, &of(*facet)));
            messages.fill("summary.part", &[("facet", &name), ("list", &list)])
        })
        .collect();
    if !parts.is_empty() {
        let parts = parts.join(messages.get("join.list"));
        let rest = messages.fill(&format!("summary.{key}"), &[("parts", &parts)]);
        said = if said.is_empty() { rest } else { format!("{said}{}{rest}", messages.get("join.clause")) };
    }
    said
}

/// The conditions of what is ruled out, and what only says that there are none.
fn of_denial(messages: &Messages, way: &str, conditions: &[&SlotDelta]) -> String {
    let (none, some): (Vec<&SlotDelta>, Vec<&SlotDelta>) =
        conditions.iter().partition(|slot| is_no_condition(&slot.words));
    let said = [("bound", some), ("whatever", none)].into_iter().filter(|(_, slots)| !slots.is_empty());
    let said = said.map(|(name, slots)| {
        messages.fill(&format!("summary.{name}.{way}"), &[("list", &list(messages, &slots))])
    });
    said.collect::<Vec<_>>().join(messages.get("join.clause"))
}

fn list(messages: &Messages, slots: &[&SlotDelta]) -> String {
    quoted(messages, slots.iter().map(|slot| slot.words.as_str()))
}

/// Words in quotation marks, each once.
fn quoted<'a>(messages: &Messages, words: impl Iterator<Item = &'a str>) -> String {
    let (open, close) = (messages.get("quote.open"), messages.get("quote.close"));
    let mut values: Vec<String> = Vec::new();
    for words in words {
        let value = format!("{open}{}{close}", shorten(words));
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
    let mut short: String = joined.chars().take(LONGEST_VALUE).collect();
    if let Some(blank) = short.rfind(' ').filter(|&at| at > LONGEST_VALUE / 2) {
        short.truncate(blank);
    }
    short + "…"
}
