//! Units of change to changes of practice: only what an edit touched is judged, and against all that both sides state.
//!
//! `headings` are those that say for whom the rest holds, `half` is one side of a unit, `elsewhere` what stands near it, `fresh` its claims that are new, `specifics` the values that compare as such (ages,
//! periods, places, names, contacts), `columns` the cells of tables, `residue` the
//! words left over, `unread` what they are about where no practice is read, `fold` what one change says of another,
//! `open` what the sentences that stayed are asked.

mod actors;
mod addresses;
mod columns;
mod elsewhere;
mod fold;
mod fresh;
mod half;
mod headings;
mod listed;
mod open;
mod residue;
mod specifics;
mod translated;
mod unread;

use std::collections::BTreeSet;
use std::sync::OnceLock;

use rayon::prelude::*;

use super::difference::{Delta, SlotDelta};
use super::edits;
use super::units::{Sides, Unit, place};
use super::words::{Content, Stock};
use super::{ChangeKind, EditKind, Facet};
use crate::document::Document;
use crate::practice::{Category, Modality, Polarity};
use crate::text::{WordSet, normal};
use crate::vocabulary::Vocabulary;
use elsewhere::{Joined, Sentences};
use half::Half;
use residue::Residue;

pub(super) use headings::differ as headings_differ;
pub(super) use open::{Settled, questions as open_questions, under_headings};
pub(super) use residue::{only_dates, only_dates_differ};

/// Fewer units are judged by one thread: to start others takes longer.
const FEWEST_AT_ONCE: usize = 2;

/// The changes, and the units that change no practice.
pub(super) fn judge(sides: &Sides, units: &[Unit], vocabulary: &Vocabulary) -> (Vec<Delta>, Vec<Unit>) {
    let everywhere = Everywhere {
        sides,
        words: [all_words(&sides.old.document), all_words(&sides.new.document)],
        sentences: Default::default(),
        statements: Default::default(),
        joined: Joined::of(&sides.old.document, &sides.new.document, units),
    };
    let mut deltas = Vec::new();
    let mut reworded = Vec::new();
    // In the order of the units, however many are judged at once.
    let judge_one = |unit: &Unit| match headings::pair(sides, unit) {
        Some(pair) => (true, headings::judge(sides, unit, pair)),
        None => (false, judge_unit(sides, unit, &everywhere, vocabulary)),
    };
    let judged: Vec<(bool, Option<Delta>)> =
        units.par_iter().with_min_len(FEWEST_AT_ONCE).map(judge_one).collect();
    for (unit, (heading, delta)) in units.iter().zip(judged) {
        match delta {
            Some(delta) => deltas.push(delta),
            None if heading => {}
            None => reworded.push(unit.clone()),
        }
    }
    fold::reversals(&mut deltas);
    fold::repeats(&mut deltas, sides);
    (deltas, reworded)
}

/// All words of both sides, read when first asked for: most edits need none of them.
struct Everywhere<'a> {
    sides: &'a Sides<'a>,
    words: [Stock<'a>; 2],
    sentences: [OnceLock<Sentences>; 2],
    /// Paragraphs' sentences in normal form.
    statements: [OnceLock<WordSet<String>>; 2],
    joined: Joined,
}

impl Everywhere<'_> {
    fn old_words(&self) -> &Stock<'_> {
        &self.words[0]
    }

    fn new_words(&self) -> &Stock<'_> {
        &self.words[1]
    }

    /// Whether sentences of one side stand on the other too, word by word: to say or leave out what is stated elsewhere
    /// changes nothing.
    fn restate(&self, old: &Half, new: &Half) -> bool {
        let (half, there, at) = match old.sentences.is_empty() {
            true => (new, &self.sides.old.document, 0),
            false => (old, &self.sides.new.document, 1),
        };
        // "You can turn this off" speaks of what stands before it.
        half.is_prose() && !residue::offers_choice(half) && {
            let stated = self.statements[at].get_or_init(|| elsewhere::statements(there));
            half.spans().all(|span| stated.contains(&normal(half.words(span))))
        }
    }

    fn old_sentences(&self) -> &Sentences {
        self.sentences[0].get_or_init(|| Sentences::of(&self.sides.old.document))
    }

    fn new_sentences(&self) -> &Sentences {
        self.sentences[1].get_or_init(|| Sentences::of(&self.sides.new.document))
    }
}

fn all_words(document: &Document) -> Stock<'_> {
    Stock::of(&document.text, &document.language)
}

fn judge_unit(sides: &Sides, unit: &Unit, everywhere: &Everywhere, vocabulary: &Vocabulary) -> Option<Delta> {
    let (old, new) = half::halves(sides, unit, &everywhere.joined);
    let kind = match (unit.old.is_empty(), unit.new.is_empty()) {
        (true, _) => ChangeKind::Added,
        (_, true) => ChangeKind::Removed,
        _ => ChangeKind::Modified,
    };
    if translated::is_translated(sides) {
        return judge_translated(sides, unit, (&old, &new), vocabulary);
    }
    let from_file = sides.old.is_from_file() || sides.new.is_from_file();
    let says_nothing = match from_file {
        true => old.is_claimless() && new.is_claimless(),
        false => {
            let stated = kind != ChangeKind::Modified && everywhere.restate(&old, &new);
            everywhere.joined.hold(unit) || old.is_pointer() && new.is_pointer() || stated
        }
    };
    if says_nothing {
        return None;
    }
    let mut residue = Residue::of(&old, &new, everywhere, kind);
    residue.leave_out(&old, &new, vocabulary);
    let misspelt = kind == ChangeKind::Modified && edits::wording(&old.text, &new.text) == EditKind::Typo;
    let dated = kind == ChangeKind::Modified && only_dates_differ(&old.text, &new.text);
    if dated || misspelt && residue.is_plain() {
        return None;
    }

    let mut slots = fresh::claims(&new, &old, true, vocabulary);
    slots.extend(fresh::claims(&old, &new, false, vocabulary));
    if kind == ChangeKind::Modified {
        slots.extend(fresh::stances(&old, &new));
    }
    let mut category = first_category(&slots, kind, &old, &new);
    // Of two set files both hold what their practices are read from; beside a policy, a file holds less than the policy.
    if !from_file || sides.old.is_from_file() && sides.new.is_from_file() {
        specifics::add(&old, &new, &residue, category, vocabulary, &mut slots);
        category = settled_category(category, &slots, &old, &new);
        if slots.is_empty() && !residue.is_significant(kind, category, &old, &new, everywhere, vocabulary) {
            return None;
        }
        if kind == ChangeKind::Modified && slots.is_empty() {
            slots = residue::reversed(&old, &new, &residue, category);
        }
        quote_statements(&old, &new, category, vocabulary, &mut slots);
        if slots.is_empty() {
            slots = residue::quoted(&old, &new, category, vocabulary);
        }
        residue::add_untold(&old, &new, &mut slots);
    }
    if slots.is_empty() {
        return None;
    }
    dedup(&mut slots);
    Some(Delta {
        kind,
        category,
        about: about(category, &slots, &old, &new),
        old: place(&sides.old.document, &unit.old),
        new: place(&sides.new.document, &unit.new),
        slots,
    })
}

/// What a unit is about by its claims, else by its words and the heading above it.
fn first_category(slots: &[SlotDelta], kind: ChangeKind, old: &Half, new: &Half) -> Category {
    let alone = slots.is_empty() && kind != ChangeKind::Modified;
    if alone && (residue::offers_choice(old) || residue::offers_choice(new)) {
        return Category::Rights;
    }
    let found = match unread::holds(old, new) {
        true => unread::category(old, new),
        false => category(slots, old, new).or_else(|| unread::heading(old, new)),
    };
    found.unwrap_or(Category::Use)
}

/// What a unit is about once its specifics are known: who gets data, and where, tells more than that it is used.
fn settled_category(first: Category, slots: &[SlotDelta], old: &Half, new: &Half) -> Category {
    let mut category = first;
    let has = |facet: Facet| slots.iter().any(|s| s.facet == facet);
    if has(Facet::Transfer) && matches!(category, Category::Sharing | Category::Use) {
        category = Category::Transfer;
    } else if !slots.is_empty() && slots.iter().all(|s| s.facet == Facet::Retention) {
        category = Category::Retention;
    }
    if category == Category::Use && slots.iter().any(|s| s.category == Category::Sharing) {
        category = Category::Sharing;
    }
    if category == Category::Sharing && (old.goes_abroad() || new.goes_abroad()) {
        category = Category::Transfer;
    }
    let in_table = old.is_in_table() || new.is_in_table();
    let kept = matches!(category, Category::Use | Category::Collection | Category::Retention);
    if in_table && kept && has(Facet::Recipient) {
        category = Category::Sharing;
    }
    stated_category(category, slots, old, new)
}

/// Facets that a unit is about, beside those that its slots tell.
fn about(category: Category, slots: &[SlotDelta], old: &Half, new: &Half) -> Vec<Facet> {
    let told: BTreeSet<Facet> = slots.iter().map(|s| s.facet).collect();
    let mut about: BTreeSet<Facet> = old.about().union(&new.about()).copied().collect();
    about.extend(facet_of(category).filter(|_| category == Category::Transfer));
    about.difference(&told).copied().collect()
}

/// The change that a unit makes where the whole policy stands in another language.
fn judge_translated(
    sides: &Sides,
    unit: &Unit,
    (old, new): (&Half, &Half),
    vocabulary: &Vocabulary,
) -> Option<Delta> {
    let category = category(&[], old, new).unwrap_or(Category::Use);
    let mut slots = translated::slots(old, new, &sides.new.document.text, category, false, vocabulary);
    slots.extend(translated::slots(new, old, &sides.old.document.text, category, true, vocabulary));
    if slots.is_empty() {
        return None;
    }
    dedup(&mut slots);
    Some(Delta {
        kind: translated::kind(&slots),
        category: self::category(&slots, old, new).unwrap_or(Category::Use),
        about: Vec::new(),
        old: place(&sides.old.document, &unit.old),
        new: place(&sides.new.document, &unit.new),
        slots,
    })
}

/// Rights and safeguards are stated by whole sentences: their words say more than their verbs.
fn quote_statements(
    old: &Half,
    new: &Half,
    category: Category,
    vocabulary: &Vocabulary,
    slots: &mut Vec<SlotDelta>,
) {
    let Some(facet) =
        facet_of(category).filter(|_| matches!(category, Category::Rights | Category::Security))
    else {
        return;
    };
    let replaced = |came: bool| slots.iter().any(|s| s.facet == Facet::Actor && s.came == came);
    let told = |s: &SlotDelta| s.facet == facet || s.facet == Facet::Polarity;
    if slots.iter().any(told) || replaced(false) && replaced(true) {
        return;
    }
    let verbs = |s: &SlotDelta| matches!(s.facet, Facet::Action | Facet::Actor);
    let polarity = slots.iter().find(|s| verbs(s)).map(|s| s.polarity);
    let mut statements = residue::quoted(old, new, category, vocabulary);
    if statements.is_empty() {
        return;
    }
    // Of words that mostly stand on the other side too, the verb that is new says what the statement is.
    for statement in &mut statements {
        let there = if statement.came { old } else { new };
        let verb = slots.iter().find(|s| s.facet == Facet::Action && s.came == statement.came);
        let fresh = Content::of(&statement.words, there.language(), false).minus(&Content::of(
            &there.text,
            there.language(),
            true,
        ));
        if let Some(verb) =
            verb.filter(|v| fresh.worded() == 1 && fresh.is_plain() && statement.words.contains(&v.words))
        {
            statement.words = verb.words.clone();
        }
    }
    if let Some(polarity) = polarity {
        statements.iter_mut().for_each(|s| s.polarity = polarity);
    }
    slots.retain(|s| !verbs(s));
    slots.extend(statements);
}

/// The facet that a whole category is about, where it has one.
fn facet_of(category: Category) -> Option<Facet> {
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

/// A slot that no practice's slot stands behind, only words.
fn plain_slot(facet: Facet, came: bool, words: String, category: Category) -> SlotDelta {
    SlotDelta {
        facet,
        came,
        words,
        concept: None,
        category,
        polarity: Polarity::Affirmed,
        modality: Modality::Does,
        duration: None,
        scope: None,
    }
}

/// The category of most of what changed; else what the sentences are about.
fn category(slots: &[SlotDelta], old: &Half, new: &Half) -> Option<Category> {
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
        .or_else(|| new.claims().chain(old.claims()).map(|c| c.category).min_by_key(|c| telling(*c)))
        .or_else(|| new.categories().into_iter().chain(old.categories()).min_by_key(|c| telling(*c)))
        .or_else(|| new.announced().into_iter().chain(old.announced()).min_by_key(|c| telling(*c)))
}

/// The category of sentences that both are about notices of change, or about rights, where nothing but their verbs and
/// periods speaks for another.
fn stated_category(category: Category, slots: &[SlotDelta], old: &Half, new: &Half) -> Category {
    let (before, after) = (old.categories(), new.categories());
    let plain = slots.iter().all(|s| {
        matches!(s.facet, Facet::Action | Facet::Actor | Facet::Other | Facet::Rights)
            || s.facet == Facet::Retention && s.duration.is_none()
    });
    let both = |c: &Category| before.contains(c) && after.contains(c);
    [Category::Change, Category::Rights].into_iter().find(both).filter(|_| plain).unwrap_or(category)
}

/// Order in which categories tell what a sentence is about: the particular before the general.
fn telling(category: Category) -> usize {
    const ORDER: [Category; 12] = [
        Category::Transfer,
        Category::Audience,
        Category::Security,
        Category::Rights,
        Category::Sharing,
        Category::Retention,
        Category::Permission,
        Category::Change,
        Category::Cessation,
        Category::Contact,
        Category::Collection,
        Category::Use,
    ];
    ORDER.iter().position(|c| *c == category).unwrap_or(ORDER.len())
}

/// Each thing once: not again within longer words of the same facet, nor words alone that a slot of another facet tells.
fn dedup(slots: &mut Vec<SlotDelta>) {
    let mut seen = BTreeSet::new();
    slots.retain(|s| seen.insert((s.facet, s.came, normal(&s.words))));
    let words: Vec<(Facet, bool, String)> =
        slots.iter().map(|s| (s.facet, s.came, normal(&s.words))).collect();
    let within = |(facet, came, here): &(Facet, bool, String)| {
        // A statement quoted for lack of slots tells less than a value read from it.
        let statement = matches!(facet, Facet::Other | Facet::Security | Facet::Rights);
        (statement || *facet == Facet::Contact)
            && words.iter().any(|(f, c, there)| {
                let longer = there.len() > here.len();
                let told = f == facet && longer
                    || *facet == Facet::Other && matches!(f, Facet::Security | Facet::Rights)
                    || statement && *f == Facet::Contact;
                told && c == came && there.contains(here.as_str())
            })
    };
    let mut keep = words.iter().map(|word| !within(word));
    slots.retain(|_| keep.next().unwrap_or(true));
    slots.sort_by_key(|s| (s.facet, s.came));
}
