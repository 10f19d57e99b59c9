//! Two vendors: what both state, and what only one does, by concept, wherever and in whatever language it stands.

use std::collections::{BTreeMap, BTreeSet};

use super::claims::{Claim, Claims, Keys, Matter};
use super::difference::{Common, Delta};
use super::units::place;
use super::{ChangeKind, Facet, Scope};
use crate::practice::{Polarity, PracticeSet};
use crate::vocabulary::Vocabulary;

/// What two claims of different policies must share to say the same.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Statement {
    facet: Facet,
    matter: Matter,
    polarity: Polarity,
    /// Concept id; `None` for words that the vocabulary does not know, which are compared as they stand.
    concept: Option<String>,
    words: String,
}

/// Facets whose values are compared; verbs and actors differ by style.
const COMPARED: [Facet; 5] = [Facet::Data, Facet::Purpose, Facet::Recipient, Facet::Source, Facet::Retention];

/// Changes (removed: only the old side states it; added: only the new side) and what both state.
pub(super) fn compare(
    old: &PracticeSet,
    new: &PracticeSet,
    vocabulary: &Vocabulary,
) -> (Vec<Delta>, Vec<Common>) {
    let (old_claims, new_claims) = Claims::of_both(old, new, &mut Keys::default());
    let (left, right) = (statements(&old_claims, vocabulary), statements(&new_claims, vocabulary));
    let (left_concepts, right_concepts) = (concepts(&left), concepts(&right));
    let mut deltas = Vec::new();
    let mut shared = Vec::new();
    for (statement, claim) in &left {
        match right.get(statement) {
            Some(other) => {
                if let (Some(concept), Some(a), Some(b)) = (
                    statement.concept.clone(),
                    place(&old.document, &[claim.sentence]),
                    place(&new.document, &[other.sentence]),
                ) {
                    shared.push(Common {
                        category: claim.category,
                        facet: statement.facet,
                        concept,
                        polarity: statement.polarity,
                        modality: (claim.stance().1, other.stance().1),
                        places: (a, b),
                    });
                }
            }
            None => deltas.push(only(ChangeKind::Removed, claim, old, &right_concepts, vocabulary)),
        }
    }
    for (statement, claim) in &right {
        if !left.contains_key(statement) {
            deltas.push(only(ChangeKind::Added, claim, new, &left_concepts, vocabulary));
        }
    }
    shared.sort_by(|a, b| {
        (a.category, a.facet, &a.concept, a.polarity).cmp(&(b.category, b.facet, &b.concept, b.polarity))
    });
    (deltas, shared)
}

/// The first claim of each statement. General words ("personal information", "third parties") tell vendors apart in nothing.
fn statements<'c>(claims: &'c Claims<'c>, vocabulary: &Vocabulary) -> BTreeMap<Statement, &'c Claim<'c>> {
    let mut statements = BTreeMap::new();
    for claim in &claims.all {
        let concept = claim.concept;
        let general = concept.is_some_and(|c| {
            vocabulary.depth(c) == 0
                || vocabulary.is_a(c, "party.controller")
                || vocabulary.is_a(c, "party.user")
        });
        let unknown_clause =
            concept.is_none() && claim.facet != Facet::Data && claim.facet != Facet::Recipient;
        if !COMPARED.contains(&claim.facet) || general || unknown_clause {
            continue;
        }
        let statement = Statement {
            facet: claim.facet,
            matter: Matter::of(claim.category),
            polarity: claim.stance().0,
            concept: claim.concept.map(str::to_string),
            words: if concept.is_some() { String::new() } else { claim.key.to_string() },
        };
        statements.entry(statement).or_insert(claim);
    }
    statements
}

/// The concepts of statements: few, however many statements there are.
fn concepts<'s>(statements: &'s BTreeMap<Statement, &Claim>) -> BTreeSet<(Facet, Polarity, &'s str)> {
    statements.keys().filter_map(|s| Some((s.facet, s.polarity, s.concept.as_deref()?))).collect()
}

fn only(
    kind: ChangeKind,
    claim: &Claim,
    set: &PracticeSet,
    others: &BTreeSet<(Facet, Polarity, &str)>,
    vocabulary: &Vocabulary,
) -> Delta {
    let here = place(&set.document, &[claim.sentence]);
    let came = kind == ChangeKind::Added;
    let relates = |is_related: &dyn Fn(&str, &str) -> bool| {
        claim.concept.is_some_and(|id| {
            others.iter().any(|&(facet, polarity, other)| {
                facet == claim.facet && polarity == claim.stance().0 && is_related(id, other)
            })
        })
    };
    let seen = if relates(&|id, other| vocabulary.is_a(id, other)) {
        Some(Scope::Clarified)
    } else if relates(&|id, other| vocabulary.is_a(other, id)) {
        Some(Scope::Widened)
    } else {
        None
    };
    let scope = if came { seen } else { seen.map(Scope::mirrored) };
    Delta {
        kind,
        category: claim.category,
        about: Vec::new(),
        old: if came { None } else { here },
        new: if came { here } else { None },
        slots: vec![claim.slot(claim.facet, came, scope)],
    }
}
