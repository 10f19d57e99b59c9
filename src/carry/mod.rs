//! A corrected practice set of an old version to a set of the new one, so that a correction is made once.
//!
//! Both sides become passages: the quotes of their practices and, where the whole text is known, its other sentences. The
//! text diff says which passage is which. What an unchanged passage says was decided by hand and stays; what a changed one
//! says is read anew and carries the old reading beside it; new passages are read.

mod passages;

#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, BTreeSet};

use crate::diff::Relation;
use crate::diff::text::{SentenceRelation, align};
use crate::error::{Error, Result};
use crate::practice::{Draft, Evidence, Practice, PracticeSet, Review, ReviewStatus, assemble, quote_mark};
use crate::text::{Span, normal};
use crate::vocabulary::Vocabulary;
use passages::Passages;

/// A practice set of the new version, and what became of each old practice.
#[derive(Clone, Debug)]
pub struct Carried {
    /// The practices of the new version, each with its [`Review`].
    pub set: PracticeSet,
    /// What has to be looked at, in the order of the new version, then what was dropped.
    pub items: Vec<Item>,
    /// How many practices are as they were corrected.
    pub kept: usize,
    /// How many sentences state practices that were deleted by hand and stay deleted.
    pub withheld: usize,
}

/// What became of a sentence that is not simply kept.
#[derive(Clone, Debug)]
pub struct Item {
    /// What happened.
    pub kind: ItemKind,
    /// Where the old version states it.
    pub old: Option<Evidence>,
    /// Where the new version states it.
    pub new: Option<Evidence>,
    /// The old readings, corrected by hand.
    pub was: Vec<Practice>,
    /// What is read from the new words.
    pub read: Vec<Practice>,
}

/// What happened to a sentence.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum ItemKind {
    /// Its words changed, or nobody has looked yet at a change of its words.
    Review,
    /// It is new, or nobody has looked at it yet.
    Proposed,
    /// The new version has no such sentence.
    Dropped,
}

/// Carries the practices of `old` over to the policy that `new` was read from.
///
/// # Errors
/// [`Error::Content`] if the new policy holds no text or is an error page, [`Error::Usage`] if the two are in different
/// languages.
pub fn carry(old: &PracticeSet, new: &PracticeSet, vocabulary: &Vocabulary) -> Result<Carried> {
    check(old, new)?;
    let (before, after) = (Passages::of(old), Passages::of(new));
    let pairs = pair(&before, &after);
    let mut deleted = deleted(old, &before);
    let mut run = Run { drafts: Vec::new(), items: Vec::new(), kept: 0, withheld: 0 };
    for here in 0..after.quotes.len() {
        match pairs.get(&here) {
            Some(&(there, true)) => run.unchanged(&before, there, &after, here, !old.is_from_file()),
            Some(&(there, false)) => run.changed(&before, there, &after, here),
            None => {
                let readings = after.drafts(here);
                let mark = after.quotes.get(here).map(|quote| quote_mark(&quote.text)).unwrap_or_default();
                match deleted.get_mut(&mark).filter(|left| **left > 0 && !readings.is_empty()) {
                    Some(left) => {
                        *left -= 1;
                        run.withheld += 1;
                    }
                    None => run.propose(&after, here),
                }
            }
        }
    }
    let paired: BTreeSet<usize> = pairs.values().map(|(there, _)| *there).collect();
    for there in (0..before.quotes.len()).filter(|there| !paired.contains(there)) {
        run.dropped(&before, there);
    }
    let set = assemble(after.about.clone(), &after.quotes, run.drafts, new.read_quotes(), vocabulary);
    Ok(Carried { set, items: run.items, kept: run.kept, withheld: run.withheld })
}

fn check(old: &PracticeSet, new: &PracticeSet) -> Result<()> {
    let (before, after) = (&old.document, &new.document);
    let content = |what: &str, remedy: &str| Error::Content {
        name: after.name.clone(),
        what: what.into(),
        remedy: remedy.into(),
    };
    if after.sentences.is_empty() {
        return Err(content("holds no sentence to read practices from", "the text of the new policy"));
    }
    if !crate::diff::is_policy(after) {
        return Err(content(
            "reads like an error page or a bot check, not like a policy",
            "save the policy itself, with its whole text",
        ));
    }
    if before.language != after.language && !before.sentences.is_empty() {
        return Err(Error::Usage {
            what: format!(
                "{} is in another language ({}) than {} ({}), so no sentence of one is a sentence of the other",
                before.name,
                before.language.code(),
                after.name,
                after.language.code()
            ),
            remedy: "the new version in the language of the old one".into(),
        });
    }
    Ok(())
}

/// For each new passage its old one, and whether the words are the same.
fn pair(before: &Passages, after: &Passages) -> BTreeMap<usize, (usize, bool)> {
    let (old, new) = (before.document(), after.document());
    let mut pairs = BTreeMap::new();
    let mut beside = BTreeMap::new(); // the new passage of each old one
    let words = |passages: &Passages, i: usize| passages.quotes.get(i).map(|q| plain(&q.text));
    for pair in align(&old, &new, Relation::Versions).sentences {
        let (Some(there), Some(here)) = (pair.old, pair.new) else { continue };
        let same = pair.relation == SentenceRelation::Same || words(before, there) == words(after, here);
        pairs.insert(here, (there, same));
        beside.insert(there, here);
    }
    // What the diff took for other sentences, as short ones under another heading, is the same where its words are.
    let mut taken = vec![false; before.quotes.len()];
    for (there, _) in pairs.values().filter(|(_, same)| *same) {
        if let Some(taken) = taken.get_mut(*there) {
            *taken = true;
        }
    }
    let mut free: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for there in (0..before.quotes.len()).rev().filter(|&there| !taken.get(there).is_some_and(|t| *t)) {
        free.entry(words(before, there).unwrap_or_default()).or_default().push(there);
    }
    for here in 0..after.quotes.len() {
        if pairs.get(&here).is_some_and(|(_, same)| *same) {
            continue;
        }
        let found = free.get_mut(&words(after, here).unwrap_or_default()).and_then(Vec::pop);
        if let Some(there) = found {
            if let Some(other) = beside.insert(there, here) {
                pairs.remove(&other);
            }
            pairs.insert(here, (there, true));
        }
    }
    pairs
}

/// Letters and digits, and what stands between digits: all else is form.
fn plain(text: &str) -> String {
    let normal = normal(text);
    let mut out = String::with_capacity(normal.len());
    let mut before = ' ';
    let mut chars = normal.chars().peekable();
    while let Some(c) = chars.next() {
        let inside = before.is_ascii_digit() && chars.peek().is_some_and(char::is_ascii_digit);
        if c.is_alphanumeric() || inside {
            out.push(c);
        }
        before = c;
    }
    out
}

/// Fingerprints of quotes that the old set was read from and has no more, with their number.
fn deleted(old: &PracticeSet, before: &Passages) -> BTreeMap<String, usize> {
    let mut deleted: BTreeMap<String, usize> = BTreeMap::new();
    if !old.is_from_file() {
        return deleted; // all of its sentences are known, with practices or without
    }
    for mark in old.read_quotes() {
        *deleted.entry(mark).or_default() += 1;
    }
    for quote in &before.quotes {
        if let Some(left) = deleted.get_mut(&quote_mark(&quote.text)) {
            *left = left.saturating_sub(1);
        }
    }
    deleted
}

/// The result while passages are gone through.
struct Run {
    drafts: Vec<Draft>,
    items: Vec<Item>,
    kept: usize,
    withheld: usize,
}

impl Run {
    /// The old practices of a passage whose words are the same, at their new places.
    fn unchanged(&mut self, before: &Passages, there: usize, after: &Passages, here: usize, whole: bool) {
        let old = before.drafts(there);
        if old.is_empty() && !whole {
            return self.propose(after, here);
        }
        if old.is_empty() {
            self.withheld += usize::from(!after.drafts(here).is_empty());
            return;
        }
        let readings = after.drafts(here);
        let (mut review, mut proposed) = (Vec::new(), Vec::new());
        for draft in old {
            let mut moved = passages::moved(draft, before.quotes.get(there), after.quotes.get(here), here);
            passages::refer_anew(&mut moved, &readings);
            let mut standing = moved.practice.review.take().unwrap_or_default();
            match standing.status {
                ReviewStatus::Kept => {
                    standing.was.clear(); // looked at
                    self.kept += 1;
                }
                ReviewStatus::Review => review.push((moved.practice.clone(), standing.was.clone())),
                ReviewStatus::Proposed => proposed.push(moved.practice.clone()),
            }
            moved.practice.review = Some(standing);
            self.drafts.push(moved);
        }
        if !review.is_empty() {
            let was: Vec<Practice> = review.iter().flat_map(|(_, was)| was.clone()).collect();
            let old = was.first().map(|practice| practice.evidence.clone());
            let read = review.into_iter().map(|(practice, _)| practice).collect();
            self.items.push(Item { kind: ItemKind::Review, old, new: after.evidence(here), was, read });
        }
        if !proposed.is_empty() {
            self.item(ItemKind::Proposed, None, after.evidence(here), Vec::new(), proposed);
        }
    }

    /// Both readings of a passage in other words.
    fn changed(&mut self, before: &Passages, there: usize, after: &Passages, here: usize) {
        let was: Vec<Practice> =
            before.drafts(there).into_iter().flat_map(|d| by_hand(&d.practice)).collect();
        if was.is_empty() {
            return self.propose(after, here);
        }
        let mut readings = after.drafts(here);
        if readings.is_empty() {
            // Nothing is read from the new words, so that the old reading is all there is to look at.
            let old = before.drafts(there);
            readings = old
                .iter()
                .map(|draft| {
                    passages::moved(draft.clone(), before.quotes.get(there), after.quotes.get(here), here)
                })
                .collect();
            for reading in &mut readings {
                reading.practice.id.clear();
            }
        }
        let read: Vec<Practice> = readings.iter().map(|draft| draft.practice.clone()).collect();
        let mut beside: Vec<Vec<Practice>> = vec![Vec::new(); read.len()];
        for old in &was {
            let best =
                (0..read.len()).max_by_key(|&i| (read.get(i).map(|new| likeness(old, new)), usize::MAX - i));
            if let Some(list) = best.and_then(|best| beside.get_mut(best)) {
                list.push(Practice { review: None, ..old.clone() });
            }
        }
        for (mut draft, was) in readings.into_iter().zip(beside) {
            draft.practice.review = Some(Review { status: ReviewStatus::Review, was });
            self.drafts.push(draft);
        }
        let old = was.first().map(|practice| practice.evidence.clone());
        self.item(ItemKind::Review, old, after.evidence(here), was, read);
    }

    /// What is read from a new passage.
    fn propose(&mut self, after: &Passages, here: usize) {
        let readings = after.drafts(here);
        if readings.is_empty() {
            return;
        }
        let read = readings.iter().map(|draft| draft.practice.clone()).collect();
        self.item(ItemKind::Proposed, None, after.evidence(here), Vec::new(), read);
        for mut draft in readings {
            draft.practice.review = Some(Review { status: ReviewStatus::Proposed, was: Vec::new() });
            self.drafts.push(draft);
        }
    }

    fn dropped(&mut self, before: &Passages, there: usize) {
        let was: Vec<Practice> = before.drafts(there).into_iter().map(|draft| draft.practice).collect();
        if !was.is_empty() {
            self.item(ItemKind::Dropped, before.evidence(there), None, was, Vec::new());
        }
    }

    fn item(
        &mut self,
        kind: ItemKind,
        old: Option<Evidence>,
        new: Option<Evidence>,
        was: Vec<Practice>,
        read: Vec<Practice>,
    ) {
        self.items.push(Item { kind, old, new, was, read });
    }
}

/// The readings of a practice that a person has seen: its own, or the older ones that it still stands beside.
fn by_hand(practice: &Practice) -> Vec<Practice> {
    match &practice.review {
        Some(Review { status: ReviewStatus::Proposed, .. }) => Vec::new(),
        Some(Review { status: ReviewStatus::Review, was }) => was.clone(),
        _ => vec![Practice { review: None, ..practice.clone() }],
    }
}

/// How much two readings say the same: their category, their verb, and concepts or words in common.
fn likeness(old: &Practice, new: &Practice) -> usize {
    let things = |practice: &Practice| {
        let lists = [
            &practice.data,
            &practice.recipients,
            &practice.sources,
            &practice.purposes,
            &practice.conditions,
        ];
        let mentions = practice.action.iter().chain(lists.into_iter().flatten());
        let mentions = mentions.chain(practice.retention.iter().map(|kept| &kept.mention));
        mentions.map(|m| (m.role, m.concept.clone().unwrap_or_else(|| normal(&m.text)))).collect::<Vec<_>>()
    };
    let theirs = things(new);
    let shared = things(old).iter().filter(|thing| theirs.contains(thing)).count();
    shared * 2 + usize::from(old.category == new.category) * 3 + usize::from(old.polarity == new.polarity)
}

/// The sentence of a quote as evidence.
fn evidence(section: &str, quote: &str) -> Evidence {
    Evidence { section: section.into(), quote: quote.into(), span: Span::default() }
}
