//! Practices and their quotes to a set whose document is these quotes: for sets from files, and for those carried over.

use std::collections::{BTreeMap, BTreeSet};

use super::file::parts;
use super::fingerprint;
use super::quotes::{self, About, Quote, Quotes};
use super::set::{Originals, SetOrigin};
use super::{Practice, PracticeSet, SentenceFacts};
use crate::extract::{Mention, Origin};
use crate::text::Span;
use crate::vocabulary::Vocabulary;

/// Quotes that begin between a place and the quote that holds it, at most: items are quoted alone and with their list.
const MOST_NESTED: usize = 16;

/// A practice before its quote has a place.
#[derive(Clone, Debug)]
pub(crate) struct Draft {
    pub practice: Practice,
    /// Index of its quote.
    pub quote: usize,
    /// The places in the policy that are stated for its parts, in the order of [`parts`].
    pub stated: Vec<Option<Span>>,
}

/// The practices of a set with their quotes, as a file would state them.
pub(crate) fn drafts(set: &PracticeSet) -> (Quotes, Vec<Draft>) {
    let mut quotes = Quotes::default();
    let mut used: BTreeMap<(Span, &str), usize> = BTreeMap::new();
    let mut list = Vec::with_capacity(set.practices.len());
    for practice in &set.practices {
        let evidence = &practice.evidence;
        let (sentence, stated) = match &set.origin {
            SetOrigin::Document | SetOrigin::Touched => {
                (Some(evidence.span), parts(practice).map(|mention| Some(mention.span)).collect())
            }
            SetOrigin::File(originals) => {
                let stated = parts(practice).map(|mention| {
                    let places = originals.mentions.get(&(mention.span, mention.text.clone()));
                    let used = used.entry((mention.span, &mention.text)).or_default();
                    *used += 1;
                    places.and_then(|places| places.get(*used - 1).copied().flatten())
                });
                (originals.quote(evidence.span), stated.collect())
            }
        };
        let quote = Quote { section: evidence.section.clone(), text: evidence.quote.clone(), sentence };
        list.push(Draft { practice: practice.clone(), quote: quotes.add(quote), stated });
    }
    (quotes, list)
}

/// Gives quotes, practices and mentions their places in a document made of the quotes.
pub(crate) fn assemble(
    about: About,
    quotes: &[Quote],
    mut drafts: Vec<Draft>,
    mut read: Vec<String>,
    vocabulary: &Vocabulary,
) -> PracticeSet {
    read.sort();
    let document = quotes::document(about, quotes);
    let spans: Vec<Span> = document.sentences.iter().map(|sentence| sentence.span).collect();
    let mut facts = vec![SentenceFacts::default(); spans.len()];
    let mut places: BTreeMap<(Span, String), Vec<Option<Span>>> = BTreeMap::new();
    let mut mentions = BTreeSet::new();
    let sources = Sources::of(quotes, &spans);
    drafts.sort_by_key(|draft| draft.quote);
    for draft in &mut drafts {
        let (Some(quote), Some(here)) = (quotes.get(draft.quote), spans.get(draft.quote)) else {
            continue;
        };
        draft.practice.evidence.span = *here;
        let own = parts(&draft.practice).count() - draft.practice.refers_to.len();
        let mut stated = draft.stated.iter().copied().enumerate();
        for_each_part(&mut draft.practice, |mention| {
            let (i, at) = stated.next().unwrap_or_default();
            // What a practice refers to stands where another one is quoted.
            let elsewhere = at.filter(|_| i >= own).and_then(|at| sources.place(at, &mention.text));
            let here = || quotes::place(quote, &mention.text, at).shift(here.start);
            mention.span = elsewhere.unwrap_or_else(here);
            let told = at.filter(|at| !quotes::is_plain(quote, &mention.text, *at));
            places.entry((mention.span, mention.text.clone())).or_default().push(told);
        });
        if let Some(facts) = facts.get_mut(draft.quote) {
            facts.categories.insert(draft.practice.category);
            let sensitive = |id: &String| vocabulary.is_sensitive(id);
            facts.sensitive |= draft.practice.data.iter().any(|m| m.concept.as_ref().is_some_and(sensitive));
        }
        for mention in parts(&draft.practice).take(own) {
            mentions.insert((mention.span, mention.role, mention.text.clone(), mention.concept.clone()));
        }
    }
    places.retain(|_, places| places.iter().any(Option::is_some));
    let sentences = spans.into_iter().zip(quotes.iter().map(|quote| quote.sentence)).collect();
    let mention = |(span, role, text, concept)| Mention { role, span, text, concept, origin: Origin::Hand };
    PracticeSet {
        document,
        origin: SetOrigin::File(Originals { quotes: sentences, mentions: places, read }),
        model: None,
        mentions: mentions.into_iter().map(mention).collect(),
        lists: Vec::new(),
        facts,
        practices: with_ids(drafts.into_iter().map(|draft| draft.practice).collect()),
    }
}

/// The sentences of the policy that quotes were taken from, where the file tells, sorted by place.
struct Sources<'q> {
    list: Vec<(Span, &'q Quote, Span)>,
}

impl<'q> Sources<'q> {
    fn of(quotes: &'q [Quote], spans: &[Span]) -> Sources<'q> {
        let placed = quotes.iter().zip(spans);
        let mut list: Vec<(Span, &Quote, Span)> =
            placed.filter_map(|(quote, here)| Some((quote.sentence?, quote, *here))).collect();
        list.sort_by_key(|(sentence, ..)| *sentence);
        Sources { list }
    }

    /// Where words stand among the quotes that stand at a place of the policy.
    fn place(&self, at: Span, words: &str) -> Option<Span> {
        let end = self.list.partition_point(|(sentence, ..)| sentence.start <= at.start);
        let mut near = self.list.get(..end)?.iter().rev().take(MOST_NESTED);
        let (_, quote, here) = near.find(|(sentence, ..)| sentence.contains(at))?;
        let place = quotes::place(quote, words, Some(at));
        (place.of(&quote.text) == words).then(|| place.shift(here.start))
    }
}

/// Computes the ids that the file leaves out; an id that came before, as in a copied entry, gets a number behind it.
fn with_ids(mut practices: Vec<Practice>) -> Vec<Practice> {
    let mut computed = practices.clone();
    fingerprint::number(&mut computed);
    // How often an id was asked for; what was given out stands here too.
    let mut taken: BTreeMap<String, usize> = BTreeMap::new();
    for (practice, computed) in practices.iter_mut().zip(computed) {
        let id = if practice.id.is_empty() { computed.id } else { practice.id.clone() };
        let mut times = taken.get(&id).copied().unwrap_or_default() + 1;
        let mut free = if times == 1 { id.clone() } else { format!("{id}-{times}") };
        while taken.contains_key(&free) {
            times += 1;
            free = format!("{id}-{times}");
        }
        taken.insert(id, times);
        taken.entry(free.clone()).or_insert(1);
        practice.id = free;
    }
    practices
}

/// As [`parts`], in the same order, to change them.
pub(crate) fn for_each_part(practice: &mut Practice, mut change: impl FnMut(&mut Mention)) {
    practice.actor.iter_mut().for_each(&mut change);
    practice.action.iter_mut().for_each(&mut change);
    let lists = [
        &mut practice.data,
        &mut practice.recipients,
        &mut practice.sources,
        &mut practice.purposes,
        &mut practice.conditions,
    ];
    lists.into_iter().flatten().for_each(&mut change);
    practice.retention.iter_mut().map(|kept| &mut kept.mention).for_each(&mut change);
    practice.refers_to.iter_mut().for_each(change);
}
