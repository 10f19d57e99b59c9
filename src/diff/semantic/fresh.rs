//! Claims that an edit made or took away.
//!
//! A claim is fresh when the edit touched its words, the other side's sentence did not already hold them, and the other
//! side states the same nowhere: an item that moved, was merged or is stated elsewhere is no news.

use std::collections::BTreeSet;

use super::half::Half;
use crate::diff::claims::Claim;
use crate::diff::difference::SlotDelta;
use crate::diff::lengths;
use crate::diff::questions::{Cue, Question};
use crate::diff::words::{Content, differ_in_particles, speaks_of_time};
use crate::diff::{Facet, Scope};
use crate::extract::company_names;
use crate::text::normal;
use crate::vocabulary::{Kind, Vocabulary};

/// Fresh claims of `here`; `came` when it is the new side.
pub(super) fn claims(here: &Half, there: &Half, came: bool, vocabulary: &Vocabulary) -> Vec<SlotDelta> {
    let fresh = fresh(here, there, vocabulary).into_iter();
    fresh.map(|claim| claim.slot(claim.facet, came, scope(claim, here, there, came, vocabulary))).collect()
}

fn fresh<'h>(here: &'h Half, there: &Half, vocabulary: &Vocabulary) -> Vec<&'h Claim<'h>> {
    // The same words, read otherwise by hand.
    let corrected = here.text == there.text;
    let there_text = normal(&there.text);
    here.claims()
        .filter(|claim| here.is_touched(claim.span))
        .filter(|claim| !is_generic(claim, there, vocabulary))
        .filter(|claim| !there.claims.state(claim))
        .filter(|claim| !is_held(claim, there, &there_text, corrected))
        .filter(|claim| !is_as_long(claim, there))
        .filter(|claim| corrected || !is_same_but_for_particles(claim, there))
        .filter(|claim| corrected || says_how_long(claim))
        .filter(|claim| corrected || !is_synonym(claim, here, there, vocabulary))
        .collect()
}

/// What decides whether the fresh claims of `here` are that and how they are told, as far as sentences that stayed can:
/// whether one of them states the same, or the same in broader or narrower terms.
pub(super) fn open_questions(
    here: &Half,
    there: &Half,
    vocabulary: &Vocabulary,
    questions: &mut BTreeSet<Question>,
) {
    for claim in here.claims().filter(|claim| here.is_touched(claim.span)) {
        // Named by another word elsewhere, it is no news, nor are its words.
        let id = whole_name(claim, here, vocabulary);
        let id = id.filter(|_| !is_synonym(claim, here, there, vocabulary));
        questions.extend(id.map(|id| Question::concept(id, claim)));
    }
    for claim in fresh(here, there, vocabulary) {
        questions.insert(Question::words(&claim.key, claim));
        for name in &claim.bound {
            // Bound to a condition, it may be said the other way round.
            questions.insert(Question { denied: false, ..Question::words(name, claim) });
        }
        if !claim.bound.is_empty() && claim.facet == Facet::Condition {
            let consent = Cue::Kind("condition.consent".to_string());
            questions.insert(Question { all: false, ..Question::all(consent, None, false) });
        }
        let Some(id) = claim.concept else { continue };
        match claim.facet {
            Facet::Action => {
                questions.insert(Question::concept(id, claim));
            }
            Facet::Data | Facet::Purpose | Facet::Recipient | Facet::Source => {
                let scope = scope(claim, here, there, true, vocabulary);
                if scope != Some(Scope::Clarified) {
                    let broader = vocabulary.ancestors(id).into_iter().filter(|b| is_specific(b, vocabulary));
                    questions.extend(broader.map(|b| Question::concept(b, claim)));
                    let narrower =
                        there.claims.concepts_like(claim).filter(|n| *n != id && vocabulary.is_a(n, id));
                    questions.extend(narrower.map(|n| Question::concept(n, claim)));
                }
            }
            _ => {}
        }
    }
}

/// Whether a concept says more than "data" or "third party".
fn is_specific(concept: &str, vocabulary: &Vocabulary) -> bool {
    vocabulary.depth(concept) > 1 && concept != "party.third"
}

/// Whether a claim tells nobody and nothing in particular: "we", "third parties", a verb of the same meaning.
fn is_generic(claim: &Claim, there: &Half, vocabulary: &Vocabulary) -> bool {
    let concept = claim.concept.unwrap_or_default();
    let user_or_us = vocabulary.is_a(concept, "party.controller") || vocabulary.is_a(concept, "party.user");
    match claim.facet {
        Facet::Actor => user_or_us || there.sentences.is_empty(),
        Facet::Action => there.claims().any(|c| {
            c.facet == Facet::Action
                && c.concept.is_some()
                && c.concept == claim.concept
                && c.polarity == claim.polarity
        }),
        // A company may be called Customer.example: its words hold "customer", yet it is somebody in particular.
        Facet::Recipient | Facet::Source => {
            (user_or_us || concept == "party.third") && !is_domain_name(claim.words)
        }
        _ => false,
    }
}

/// Whether words are written as the name of a site: "Customer.example".
fn is_domain_name(words: &str) -> bool {
    let inner = |w: &str| {
        w.trim_end_matches(['.', ',']).split_once('.').is_some_and(|(name, end)| {
            name.len() > 2 && end.len() > 1 && end.chars().all(|c| c.is_ascii_lowercase() || c == '.')
        })
    };
    words.split_whitespace().any(inner)
}

/// Whether the other side's sentence holds the words already, in the same stance.
fn is_held(claim: &Claim, there: &Half, there_text: &str, corrected: bool) -> bool {
    let words = normal(claim.words);
    let held = !corrected
        && !there_text.is_empty()
        && (there_text.contains(&words) || holds_each(there_text, claim));
    let same_stance = there.claims().filter(|c| c.facet == claim.facet).all(|c| c.polarity == claim.polarity);
    let renamed = there.claims().any(|c| {
        c.facet == claim.facet
            && c.key == claim.key
            && c.concept == claim.concept
            && c.polarity == claim.polarity
    });
    (held && same_stance) || renamed
}

/// Touched claims that the other side states in other words.
pub(super) fn synonyms<'h>(here: &'h Half, there: &Half, vocabulary: &Vocabulary) -> Vec<&'h str> {
    let touched = here.claims().filter(|claim| here.is_touched(claim.span));
    touched.filter(|claim| is_synonym(claim, here, there, vocabulary)).map(|claim| claim.words).collect()
}

/// Whether the other side states the same thing by another of its names: "telephone number" for "phone number".
fn is_synonym(claim: &Claim, here: &Half, there: &Half, vocabulary: &Vocabulary) -> bool {
    let stated = |id: &str| there.claims.concepts_like(claim).any(|c| c == id);
    let id = claim.concept.filter(|id| stated(id)).and_then(|_| whole_name(claim, here, vocabulary));
    let named = || there.claims.like(claim).filter(|c| c.concept == id);
    id.is_some() && named().any(|c| whole_name(c, there, vocabulary) == id)
}

/// The concept of a claim of data or of a purpose, where its words name no more than that.
fn whole_name<'c>(claim: &'c Claim, half: &Half, vocabulary: &Vocabulary) -> Option<&'c str> {
    let kind = match claim.facet {
        Facet::Data => Kind::Data,
        Facet::Purpose => Kind::Purpose,
        _ => return None,
    };
    let id = claim.concept?;
    (vocabulary.name_whole(claim.words, kind, half.language()) == Some(id)).then_some(id)
}

/// Whether a claim of a period says one, or at least when it ends: other words were only read as one.
fn says_how_long(claim: &Claim) -> bool {
    claim.facet != Facet::Retention || claim.duration.is_some() || speaks_of_time(claim.words)
}

/// Whether the other side's sentence states the same period in other words.
fn is_as_long(claim: &Claim, there: &Half) -> bool {
    claim.duration.is_some()
        && there.claims().any(|c| {
            (c.facet, c.polarity) == (claim.facet, claim.polarity)
                && lengths::only_worded(c.words, claim.words)
        })
}

/// Whether the other side states the same condition, purpose or open period with other particles: 当您注册时 for 在您注册时,
/// "whenever you visit us" for "when you visit us".
fn is_same_but_for_particles(claim: &Claim, there: &Half) -> bool {
    let open = claim.facet == Facet::Retention && claim.duration.is_none();
    let same = |c: &Claim| {
        c.facet == claim.facet && c.polarity == claim.polarity && differ_in_particles(c.words, claim.words)
    };
    (open || matches!(claim.facet, Facet::Condition | Facet::Purpose)) && there.claims().any(same)
}

/// What joins things that are read as one.
const JOINERS: [&str; 8] = [" and ", " or ", ", ", "、", "以及", "和", "及", "或"];

/// Whether a text holds each of several things that a claim names: "photos and your postcode" become "photos, your postcode".
fn holds_each(text: &str, claim: &Claim) -> bool {
    if !matches!(claim.facet, Facet::Data | Facet::Purpose | Facet::Recipient | Facet::Source) {
        return false;
    }
    let normal = normal(claim.words);
    let mut parts = vec![normal.as_str()];
    for joiner in JOINERS {
        parts = parts.into_iter().flat_map(|part| part.split(joiner)).collect();
    }
    parts.len() > 1 && parts.iter().all(|part| part.chars().count() > 1 && text.contains(part.trim()))
}

/// Whether a claim only says in finer or in broader terms what the other side states too.
fn scope(claim: &Claim, here: &Half, there: &Half, came: bool, vocabulary: &Vocabulary) -> Option<Scope> {
    let id = claim.concept?;
    if !matches!(claim.facet, Facet::Data | Facet::Purpose | Facet::Recipient | Facet::Source) {
        return None;
    }
    // A company by its name is no broader or narrower than another.
    let names = || !company_names(claim.words, here.language(), vocabulary).is_empty();
    if matches!(claim.facet, Facet::Recipient | Facet::Source)
        && vocabulary.is_a(id, "party.company")
        && names()
    {
        return None;
    }
    let specific = |concept: &str| is_specific(concept, vocabulary);
    let stated_here = |concept: &str| here.claims.concepts_like(claim).any(|c| c == concept);
    let mut broader = there
        .claims
        .concepts_like(claim)
        .filter(|b| *b != id && specific(b) && vocabulary.is_a(id, b))
        .map(stated_here)
        .peekable();
    let narrower = |n: &str| n != id && vocabulary.is_a(n, id) && !stated_here(n);
    // Seen from the new side; what went is the mirror of what came.
    let seen = if broader.peek().is_some() {
        if broader.any(|stays| stays) { Scope::Clarified } else { Scope::Narrowed }
    } else if specific(id) && there.claims.concepts_like(claim).any(narrower) {
        Scope::Widened
    } else {
        return None;
    };
    Some(if came { seen } else { seen.mirrored() })
}

/// Verbs of both sides that are the same but stated otherwise: negated, or more or less firmly.
pub(super) fn stances(old: &Half, new: &Half) -> Vec<SlotDelta> {
    let mut slots = Vec::new();
    let mut used = BTreeSet::new();
    let modality_touched = modality_words_touched(old, new);
    for before in old.claims().filter(|c| c.facet == Facet::Action) {
        let twin = new.claims().find(|after| {
            after.facet == Facet::Action
                && !used.contains(&after.span)
                && (after.key == before.key || (after.concept.is_some() && after.concept == before.concept))
        });
        let Some(after) = twin else { continue };
        used.insert(after.span);
        let (stance_before, stance_after) = (before.stance(), after.stance());
        let facet = if before.is_bound_like(after) {
            continue; // the same promise, said the other way round
        } else if before.polarity != after.polarity {
            // What is done, and what is not done without consent, differ in how firmly they are stated.
            if stance_before.0 == stance_after.0 { Facet::Modality } else { Facet::Polarity }
        } else if before.modality != after.modality && modality_touched {
            Facet::Modality
        } else {
            continue;
        };
        let as_stated = before.polarity == after.polarity;
        for (verb, (polarity, modality), came) in
            [(before, stance_before, false), (after, stance_after, true)]
        {
            let slot = verb.slot(facet, came, None);
            slots.push(if as_stated { slot } else { SlotDelta { polarity, modality, ..slot } });
        }
    }
    slots
}

/// Whether the edit itself changed words of modality: otherwise the stance was only read differently.
fn modality_words_touched(old: &Half, new: &Half) -> bool {
    let before = Content::of(&old.touched_text(), old.language(), false);
    let after = Content::of(&new.touched_text(), new.language(), false);
    before.degrees != after.degrees || before.negations != after.negations
}
