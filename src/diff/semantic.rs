//! Units of change to changes of practice: only what an edit touched is judged, and against all that both sides state.
//!
//! A claim counts as new when its words were touched by the edit, the old sentence did not already hold them, and the old
//! side states the same nowhere. What is left of an edit after that (names, numbers, negations, words of degree) is read
//! word by word, in any language. An edit in which nothing of the kind is found changes no practice.

use std::collections::BTreeSet;

use super::claims::{Claim, Claims};
use super::difference::{Delta, SlotDelta};
use super::text::{Mark, runs};
use super::units::{Sides, Unit, place};
use super::words::Content;
use super::{ChangeKind, Facet};
use crate::document::Document;
use crate::practice::{Category, Modality, Polarity, PracticeSet, durations};
use crate::text::{Language, Span, normalize};
use crate::vocabulary::Vocabulary;

/// Words of an inserted or deleted run that are quoted as a slot, at most.
const LONGEST_WORDS: usize = 160;
/// An edit whose plain words differ by fewer than this only rewords.
const FEWEST_NEW_WORDS: usize = 3;

/// The changes, and the units that change no practice.
pub(super) fn judge(sides: &Sides, units: &[Unit], vocabulary: &Vocabulary) -> (Vec<Delta>, Vec<Unit>) {
    let everywhere = Everywhere {
        old: Content::of(&sides.old.document.text, &sides.old.document.language, true),
        new: Content::of(&sides.new.document.text, &sides.new.document.language, true),
    };
    let mut deltas = Vec::new();
    let mut reworded = Vec::new();
    for unit in units {
        match judge_unit(sides, unit, &everywhere, vocabulary) {
            Some(delta) => deltas.push(delta),
            None => reworded.push(unit.clone()),
        }
    }
    (deltas, reworded)
}

/// All words of both sides.
struct Everywhere {
    old: Content,
    new: Content,
}

/// One side of a unit: its sentences, what the edit touched in them, and what they claim.
struct Half<'a> {
    set: &'a PracticeSet,
    claims: &'a Claims,
    sentences: &'a [usize],
    touched: Vec<Span>,
    text: String,
}

fn judge_unit(sides: &Sides, unit: &Unit, everywhere: &Everywhere, vocabulary: &Vocabulary) -> Option<Delta> {
    let (touched_old, touched_new) = touched(sides, unit);
    let old = half(sides.old, &sides.old_claims, &unit.old, touched_old);
    let new = half(sides.new, &sides.new_claims, &unit.new, touched_new);
    let kind = match (unit.old.is_empty(), unit.new.is_empty()) {
        (true, _) => ChangeKind::Added,
        (_, true) => ChangeKind::Removed,
        _ => ChangeKind::Modified,
    };
    let from_file = sides.old.is_from_file() || sides.new.is_from_file();
    if from_file && old.claimless() && new.claimless() {
        return None;
    }

    let mut slots = fresh(&new, &old, true, vocabulary);
    slots.extend(fresh(&old, &new, false, vocabulary));
    if kind == ChangeKind::Modified {
        slots.extend(stances(&old, &new));
    }
    let mut about = BTreeSet::new();
    let residue = Residue::of(&old, &new, everywhere, kind);
    let category = category(&slots, &old, &new);
    if !from_file {
        residue.slots(&old, &new, category, &mut slots);
    }
    let significant = !slots.is_empty() || residue.is_significant(kind, &old, &new);
    if !significant {
        return None;
    }
    about.extend(old.about());
    about.extend(new.about());
    if slots.is_empty() {
        slots.extend(quoted(&old, &new, category));
    }
    dedup(&mut slots);
    let about = about.into_iter().filter(|f| !slots.iter().any(|s| s.facet == *f)).collect();
    Some(Delta {
        kind,
        category,
        about,
        old: place(&sides.old.document, &unit.old),
        new: place(&sides.new.document, &unit.new),
        slots,
    })
}

fn half<'a>(
    set: &'a PracticeSet,
    claims: &'a Claims,
    sentences: &'a [usize],
    touched: Vec<Span>,
) -> Half<'a> {
    let words: Vec<&str> =
        sentences.iter().map(|&s| set.document.words(set.document.sentences[s].span)).collect();
    Half { set, claims, sentences, touched, text: words.join("\n") }
}

impl Half<'_> {
    fn claims(&self) -> impl Iterator<Item = &Claim> {
        self.sentences.iter().flat_map(|&s| self.claims.in_sentence(s))
    }

    fn claimless(&self) -> bool {
        self.claims().next().is_none()
    }

    fn is_touched(&self, span: Span) -> bool {
        self.touched.iter().any(|t| t.overlaps(span))
    }

    fn language(&self) -> &Language {
        &self.set.document.language
    }

    fn document(&self) -> &Document {
        &self.set.document
    }

    fn touched_text(&self) -> String {
        self.touched.iter().map(|t| self.document().words(*t)).collect::<Vec<_>>().join(" \n ")
    }

    fn categories(&self) -> BTreeSet<Category> {
        self.sentences
            .iter()
            .filter_map(|&s| self.set.facts.get(s))
            .flat_map(|f| f.categories.iter().copied())
            .collect()
    }

    /// Facets that the sentences are about as a whole.
    fn about(&self) -> BTreeSet<Facet> {
        self.categories().into_iter().filter_map(facet_of).collect()
    }
}

/// The facet that a whole category is about, where it has one.
pub(super) fn facet_of(category: Category) -> Option<Facet> {
    match category {
        Category::Retention => Some(Facet::Retention),
        Category::Security => Some(Facet::Security),
        Category::Rights => Some(Facet::Rights),
        Category::Audience => Some(Facet::Minors),
        Category::Transfer => Some(Facet::Transfer),
        Category::Contact => Some(Facet::Contact),
        Category::Change | Category::Cessation => Some(Facet::Other),
        Category::Collection | Category::Permission | Category::Use | Category::Sharing => None,
    }
}

/// What of each side's sentences the edit touched: all of an added or removed one, the changed words of a pair.
fn touched(sides: &Sides, unit: &Unit) -> (Vec<Span>, Vec<Span>) {
    let (old_doc, new_doc) = (&sides.old.document, &sides.new.document);
    let mut old_spans: Vec<Span> = Vec::new();
    let mut new_spans: Vec<Span> = Vec::new();
    let pairs = unit.old.len().min(unit.new.len());
    if unit.old.len() == unit.new.len() {
        for (&o, &n) in unit.old.iter().zip(&unit.new).take(pairs) {
            let (o, n) = (old_doc.sentences[o].span, new_doc.sentences[n].span);
            for run in runs(o.of(&old_doc.text), n.of(&new_doc.text)) {
                match run.mark {
                    Mark::Same => {}
                    Mark::Deleted => old_spans.push(run.old.shift(o.start)),
                    Mark::Inserted => new_spans.push(run.new.shift(n.start)),
                }
            }
        }
    } else {
        old_spans = unit.old.iter().map(|&s| old_doc.sentences[s].span).collect();
        new_spans = unit.new.iter().map(|&s| new_doc.sentences[s].span).collect();
    }
    (old_spans, new_spans)
}

/// Claims of `here` that the edit touched and that `there` neither held nor states anywhere.
fn fresh(here: &Half, there: &Half, came: bool, vocabulary: &Vocabulary) -> Vec<SlotDelta> {
    let there_text = normalize(&there.text).text;
    let user_or_us = |claim: &Claim| {
        let concept = claim.concept.as_deref().unwrap_or_default();
        vocabulary.is_a(concept, "party.controller") || vocabulary.is_a(concept, "party.user")
    };
    let mut slots = Vec::new();
    for claim in here.claims() {
        let generic = match claim.facet {
            Facet::Actor => user_or_us(claim) || there.sentences.is_empty(),
            Facet::Action => there
                .sentences
                .iter()
                .flat_map(|&s| there.claims.in_sentence(s))
                .any(|c| c.facet == Facet::Action && c.concept.is_some() && c.concept == claim.concept),
            // "third parties" alone names nobody new.
            Facet::Recipient | Facet::Source => {
                user_or_us(claim) || claim.concept.as_deref() == Some("party.third")
            }
            _ => false,
        };
        if generic || !here.is_touched(claim.span) || there.claims.state(claim) {
            continue;
        }
        let words = normalize(&claim.words).text;
        let same_stance =
            there.claims().filter(|c| c.facet == claim.facet).all(|c| c.polarity == claim.polarity);
        if !there_text.is_empty() && there_text.contains(&words) && same_stance {
            continue;
        }
        // The same concept in other words of the same sentence is not another thing.
        let renamed = claim.concept.is_some()
            && claim.facet != Facet::Retention
            && there.claims().any(|c| {
                c.facet == claim.facet
                    && c.concept == claim.concept
                    && c.polarity == claim.polarity
                    && c.key == claim.key
            });
        if renamed {
            continue;
        }
        let within_stated = claim.concept.as_deref().is_some_and(|id| {
            there.claims.all.iter().any(|c| {
                c.facet == claim.facet
                    && c.polarity == claim.polarity
                    && c.concept.as_deref().is_some_and(|broader| {
                        broader != id && is_specific(broader) && vocabulary.is_a(id, broader)
                    })
            })
        });
        slots.push(SlotDelta {
            facet: claim.facet,
            came,
            words: claim.words.clone(),
            concept: claim.concept.clone(),
            category: claim.category,
            polarity: claim.polarity,
            modality: claim.modality,
            duration: claim.duration.clone(),
            within_stated,
        });
    }
    slots
}

/// A concept that says more than "personal data" or "third party".
fn is_specific(id: &str) -> bool {
    id.contains('.') && !matches!(id, "data.personal" | "party.third" | "data.sensitive")
}

/// Verbs of both sides that are the same but stated otherwise: negated, or more or less firmly.
fn stances(old: &Half, new: &Half) -> Vec<SlotDelta> {
    let mut slots = Vec::new();
    let mut used = BTreeSet::new();
    for before in old.claims().filter(|c| c.facet == Facet::Action) {
        let twin = new.claims().find(|after| {
            after.facet == Facet::Action
                && !used.contains(&after.span)
                && (after.key == before.key || (after.concept.is_some() && after.concept == before.concept))
        });
        let Some(after) = twin else { continue };
        used.insert(after.span);
        let mut differ = |facet: Facet| {
            for (claim, came) in [(before, false), (after, true)] {
                slots.push(SlotDelta {
                    facet,
                    came,
                    words: claim.words.clone(),
                    concept: claim.concept.clone(),
                    category: claim.category,
                    polarity: claim.polarity,
                    modality: claim.modality,
                    duration: None,
                    within_stated: false,
                });
            }
        };
        if before.polarity != after.polarity {
            differ(Facet::Polarity);
        } else if before.modality != after.modality && modality_words_touched(old, new) {
            differ(Facet::Modality);
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

/// What an edit leaves once its claims are told.
struct Residue {
    came: Content,
    went: Content,
}

impl Residue {
    fn of(old: &Half, new: &Half, everywhere: &Everywhere, kind: ChangeKind) -> Residue {
        let before = Content::of(&old.text, old.language(), true);
        let after = Content::of(&new.text, new.language(), true);
        let opens = kind != ChangeKind::Modified;
        let touched_old = Content::of(&old.touched_text(), old.language(), opens);
        let touched_new = Content::of(&new.touched_text(), new.language(), opens);
        let mut came = touched_new.minus(&before);
        let mut went = touched_old.minus(&after);
        // A name that stands elsewhere on the other side is nothing new to it.
        came.names = came.minus(&everywhere.old).names;
        went.names = went.minus(&everywhere.new).names;
        if kind != ChangeKind::Modified {
            came.others = came.minus(&everywhere.old).others;
            went.others = went.minus(&everywhere.new).others;
        }
        Residue { came, went }
    }

    /// Whether the words that are left change what is meant.
    fn is_significant(&self, kind: ChangeKind, old: &Half, new: &Half) -> bool {
        let (came, went) = (&self.came, &self.went);
        if came.is_empty() && went.is_empty() {
            return false;
        }
        match kind {
            ChangeKind::Modified => {
                let dated = only_dates_differ(&old.text, &new.text);
                let stance = came.negations != went.negations;
                let named = !came.names.is_empty() || !went.names.is_empty();
                let counted = came.numbers != went.numbers;
                let degree = came.degrees != went.degrees;
                let worded = came.others.len() + went.others.len();
                !dated
                    && (stance
                        || named
                        || counted
                        || (degree && worded > 0)
                        || worded >= 2 * FEWEST_NEW_WORDS)
            }
            ChangeKind::Added => {
                !only_dates(&new.text)
                    && (!came.is_plain()
                        || came.others.len() >= FEWEST_NEW_WORDS
                        || new.claimless() && !came.others.is_empty())
            }
            ChangeKind::Removed => {
                !only_dates(&old.text)
                    && (!went.is_plain()
                        || went.others.len() >= FEWEST_NEW_WORDS
                        || old.claimless() && !went.others.is_empty())
            }
        }
    }

    /// Contacts and durations that no claim tells.
    fn slots(&self, old: &Half, new: &Half, category: Category, slots: &mut Vec<SlotDelta>) {
        for (content, half, came) in [(&self.went, old, false), (&self.came, new, true)] {
            for contact in &content.contacts {
                slots.push(plain_slot(Facet::Contact, came, contact.clone(), category, None));
            }
            let about_time = matches!(category, Category::Retention | Category::Rights | Category::Change)
                || half.about().contains(&Facet::Retention);
            if !about_time {
                continue;
            }
            for duration in durations(&half.text) {
                let words = duration.span.of(&half.text).to_string();
                let other = if came { old } else { new };
                let touched = half.touched.iter().any(|t| {
                    let text = half.document().words(*t);
                    content.numbers.iter().any(|n| {
                        words.to_lowercase().contains(n.as_str()) && normalize(text).text.contains(n.as_str())
                    })
                });
                let told = slots.iter().any(|s| s.came == came && s.words.contains(&words));
                if touched && !told && !other.text.contains(&words) {
                    let facet = if category == Category::Rights {
                        Facet::Rights
                    } else if category == Category::Change {
                        Facet::Other
                    } else {
                        Facet::Retention
                    };
                    slots.push(plain_slot(facet, came, words, category, Some(duration.iso)));
                }
            }
        }
    }
}

/// The words that came and went, for edits that no claim tells.
fn quoted(old: &Half, new: &Half, category: Category) -> Vec<SlotDelta> {
    let facet = facet_of(category).unwrap_or(Facet::Other);
    let mut slots = Vec::new();
    for (half, came) in [(old, false), (new, true)] {
        for span in &half.touched {
            let words = half.document().words(span.trim(&half.document().text));
            if !Content::of(words, half.language(), false).is_empty() {
                slots.push(plain_slot(facet, came, shorten(words), category, None));
            }
        }
    }
    slots
}

fn plain_slot(
    facet: Facet,
    came: bool,
    words: String,
    category: Category,
    duration: Option<String>,
) -> SlotDelta {
    SlotDelta {
        facet,
        came,
        words,
        concept: None,
        category,
        polarity: Polarity::Affirmed,
        modality: Modality::Does,
        duration,
        within_stated: false,
    }
}

fn shorten(words: &str) -> String {
    let joined = words.split_whitespace().collect::<Vec<_>>().join(" ");
    if joined.chars().count() <= LONGEST_WORDS {
        return joined;
    }
    let mut short: String = joined.chars().take(LONGEST_WORDS).collect();
    if let Some(blank) = short.rfind(' ').filter(|&at| at > LONGEST_WORDS / 2) {
        short.truncate(blank);
    }
    short + "…"
}

/// The category of most of what changed; else what the sentences are about.
fn category(slots: &[SlotDelta], old: &Half, new: &Half) -> Category {
    let mut votes: Vec<(usize, Category)> = Vec::new();
    for slot in slots {
        match votes.iter_mut().find(|(_, c)| *c == slot.category) {
            Some((n, _)) => *n += 1,
            None => votes.push((1, slot.category)),
        }
    }
    votes
        .into_iter()
        .max_by_key(|&(n, c)| (n, std::cmp::Reverse(c)))
        .map(|(_, c)| c)
        .or_else(|| new.claims().chain(old.claims()).next().map(|c| c.category))
        .or_else(|| new.categories().into_iter().chain(old.categories()).next())
        .unwrap_or(Category::Use)
}

fn dedup(slots: &mut Vec<SlotDelta>) {
    let mut seen = BTreeSet::new();
    slots.retain(|s| seen.insert((s.facet, s.came, normalize(&s.words).text)));
    slots.sort_by_key(|s| (s.facet, s.came));
}

/// Whether two texts are equal once their dates are left out.
pub(super) fn only_dates_differ(old: &str, new: &str) -> bool {
    let (a, b) = (super::edits::without_dates(old), super::edits::without_dates(new));
    normalize(old).text != normalize(new).text && normalize(&a).text == normalize(&b).text
}

fn only_dates(text: &str) -> bool {
    let bare = super::edits::without_dates(text);
    bare.len() < text.len() && bare.chars().filter(|c| c.is_alphanumeric()).count() < 24
}
