//! A practice set as passages in the order of its text: quotes with the practices that were read from them.

use std::collections::BTreeMap;

use super::evidence;
use crate::document::Document;
use crate::practice::{About, Draft, Evidence, PracticeSet, Quote, Quotes, drafts, find, quotes_document};
use crate::text::{Span, normal};

/// Quotes in the order of the text, each once.
#[derive(Debug)]
pub(super) struct Passages {
    pub about: About,
    pub quotes: Vec<Quote>,
    /// By passage.
    drafts: BTreeMap<usize, Vec<Draft>>,
}

impl Passages {
    pub fn of(set: &PracticeSet) -> Passages {
        let document = &set.document;
        let (quotes, mut drafts) = drafts(set);
        let mut quotes = quotes.list;
        if !set.is_from_file() {
            let stated = quotes.len();
            let mut covered: Vec<Span> = quotes.iter().filter_map(|quote| quote.sentence).collect();
            covered.sort_unstable();
            let mut others = Quotes::default();
            for sentence in &document.sentences {
                let next = covered.partition_point(|span| span.end <= sentence.span.start);
                if covered.get(next).is_some_and(|span| span.start < sentence.span.end) {
                    continue;
                }
                let section = document.blocks.get(sentence.block).map_or(0, |block| block.section);
                others.add(Quote {
                    section: document.section_path(section).join(crate::practice::PATH_JOINT),
                    text: document.words(sentence.span).to_owned(),
                    sentence: Some(sentence.span),
                });
            }
            quotes.extend(others.list);
            // Only what has no practices is sorted in, so that practices keep their order.
            let mut order: Vec<usize> = (0..quotes.len()).collect();
            let mut last = 0;
            let mut place: Vec<(usize, usize)> = Vec::with_capacity(quotes.len());
            for (i, quote) in quotes.iter().enumerate() {
                let start = quote.sentence.map_or(0, |span| span.start);
                last = if i < stated { start.max(last) } else { start };
                place.push((last, i));
            }
            order.sort_by_key(|&i| place.get(i).copied());
            let mut now = vec![0; quotes.len()];
            for (new, &i) in order.iter().enumerate() {
                if let Some(now) = now.get_mut(i) {
                    *now = new;
                }
            }
            quotes = order.iter().filter_map(|&i| quotes.get(i).cloned()).collect();
            for draft in &mut drafts {
                draft.quote = now.get(draft.quote).copied().unwrap_or_default();
            }
        }
        let about = About {
            name: document.name.clone(),
            title: document.title.clone(),
            language: Some(document.language.clone()),
            format: document.format,
        };
        let mut of_passages: BTreeMap<usize, Vec<Draft>> = BTreeMap::new();
        for draft in drafts {
            of_passages.entry(draft.quote).or_default().push(draft);
        }
        Passages { about, quotes, drafts: of_passages }
    }

    /// The practices of a passage.
    pub fn drafts(&self, passage: usize) -> Vec<Draft> {
        self.drafts.get(&passage).cloned().unwrap_or_default()
    }

    /// The passages as a document, one sentence each.
    pub fn document(&self) -> Document {
        quotes_document(self.about.clone(), &self.quotes)
    }

    pub fn evidence(&self, passage: usize) -> Option<Evidence> {
        self.quotes.get(passage).map(|quote| evidence(&quote.section, &quote.text))
    }
}

/// A practice of an old passage, at its place in the new one.
pub(super) fn moved(draft: Draft, from: Option<&Quote>, to: Option<&Quote>, passage: usize) -> Draft {
    let mut draft = Draft { quote: passage, ..draft };
    let (Some(from), Some(to)) = (from, to) else { return draft };
    draft.practice.evidence = evidence(&to.section, &to.text);
    let same = from.text == to.text;
    // What it refers to stands outside of the quote, so its place is not known from here.
    let own = draft.stated.len().saturating_sub(draft.practice.refers_to.len());
    for (i, place) in draft.stated.iter_mut().enumerate() {
        *place = place.filter(|_| same && i < own).and_then(|place| {
            let (old, new) = (from.sentence?, to.sentence?);
            if old == new {
                return Some(place);
            }
            let start = (new.start + place.start).checked_sub(old.start).filter(|_| old.contains(place))?;
            Some(Span::new(start, start + place.len()))
        });
    }
    if !same {
        crate::practice::each_part(&mut draft.practice, |mention| {
            if let Some(words) = as_written(&mention.text, &to.text) {
                mention.text = words;
            }
        });
    }
    draft
}

/// Gives a practice what the same one refers to in its new place, as it is read there.
pub(super) fn refer_anew(draft: &mut Draft, readings: &[Draft]) {
    let verb = |draft: &Draft| draft.practice.action.as_ref().map(|action| action.text.clone());
    let same = |reading: &&Draft| reading.practice.id == draft.practice.id;
    let alike = |reading: &&Draft| {
        let (old, new) = (&draft.practice, &reading.practice);
        old.category == new.category && old.polarity == new.polarity && verb(draft) == verb(reading)
    };
    let Some(reading) = readings.iter().find(same).or_else(|| readings.iter().find(alike)) else { return };
    let own = draft.stated.len().saturating_sub(draft.practice.refers_to.len());
    let there = reading.stated.len().saturating_sub(reading.practice.refers_to.len());
    draft.practice.refers_to = reading.practice.refers_to.clone();
    draft.stated.truncate(own);
    draft.stated.extend(reading.stated.iter().skip(there));
}

/// The words as the new quote writes them, with its own quotation marks, widths, case and blanks.
fn as_written(words: &str, quote: &str) -> Option<String> {
    if find(quote, words).is_some() {
        return None;
    }
    let sought = normal(words);
    let starts = quote.char_indices().map(|(at, _)| at);
    for start in starts {
        let rest = quote.get(start..)?;
        if rest.starts_with(char::is_whitespace) {
            continue;
        }
        for (at, c) in rest.char_indices().take(sought.chars().count() + 8) {
            let piece = rest.get(..at + c.len_utf8())?;
            if normal(piece) == sought {
                return Some(piece.trim_end().to_owned());
            }
        }
    }
    None
}
