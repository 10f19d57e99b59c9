//! Documents to mentions: which words play which role, and which concept they name.
//!
//! Hand annotation gives mentions exactly and wins over everything. Elsewhere a model learned per language finds them,
//! and names in lists of recipients are read by their place. Spans that were
//! found never overlap, and none reaches over a sentence; marks by hand may do both.

mod candidates;
mod companies;
mod cues;
mod lists;
mod markup;
mod mention;
mod names;
mod naming;
mod objects;
mod periods;
mod places;
mod reading;
mod sentence;
mod shared;
mod transfers;
mod vague;
mod verbs;

pub use companies::company_names;
pub use markup::role as markup_role;
pub use mention::{Mention, Origin, Role};
pub use naming::name;
pub use places::{Place, places};
pub use reading::{OfDocument, Readings, Sentences};
pub use vague::{Openness, Vague, vague};

use crate::document::{BlockKind, Document};
use crate::text::{Span, WordMap};
use crate::vocabulary::Vocabulary;

/// The mentions of some sentences of a document, and all that are marked by hand, sorted by place. Headings hold none: they
/// announce, they do not state.
///
/// `sentences` are their places, in order; `readings` hold theirs. Languages that are not read for practices give only what
/// is marked by hand.
pub fn mentions<'v>(
    document: &Document,
    sentences: &[usize],
    vocabulary: &'v Vocabulary,
    readings: OfDocument<'_, 'v>,
) -> Vec<Mention> {
    let is_read = document.language.is_read();
    let marked = markup::mentions(document);
    let mut found = Vec::with_capacity(marked.len() + sentences.len() * 4);
    let mut rest = marked.as_slice();
    let mut names = names::Names::new(document);
    for (i, sentence) in sentences.iter().filter_map(|&i| Some((i, document.sentences.get(i)?))) {
        let from = rest.partition_point(|m| m.span.start < sentence.span.start);
        let to = rest.partition_point(|m| m.span.start < sentence.span.end);
        let marks = &rest[from..to];
        rest = &rest[to..];
        let heading = document.blocks[sentence.block].kind == BlockKind::Heading;
        if !is_read || heading {
            continue;
        }
        if let Some(purpose) = lists::purpose(document, i).filter(|_| marks.is_empty()) {
            found.push(purpose);
            continue;
        }
        let reading = readings.get(i);
        let start = sentence.span.start;
        if marks.is_empty()
            && let Some(data) = lists::data(document, i, readings, vocabulary)
        {
            found.push(data);
            continue;
        }
        let name = names.recipient(i).filter(|_| marks.is_empty());
        if marks.is_empty() && name.is_none() {
            found.extend(reading.mentions.iter().map(|m| Mention { span: m.span.shift(start), ..m.clone() }));
            continue;
        }
        let sentence = reading.sentence(document.words(sentence.span), &document.language, vocabulary);
        let apart =
            |m: &Mention| marks.iter().chain(&name).all(|other| !other.span.overlaps(m.span.shift(start)));
        let mut here: Vec<Mention> = reading
            .tagged(&sentence)
            .filter(|m| marks.is_empty() || !markup::has_brackets_for(m.role))
            .filter(apart)
            .collect();
        here.extend(name.as_ref().map(|name| {
            let span = Span::new(name.span.start - start, name.span.end - start);
            sentence.mention(name.role, span, name.origin)
        }));
        sentence.complete(&mut here, !marks.is_empty());
        found.extend(here.into_iter().map(|m| Mention { span: m.span.shift(start), ..m }));
    }
    found.extend(marked);
    found.sort_by_key(|m| (m.span, m.role));
    let mut known: WordMap<(Role, String), Option<String>> = WordMap::default();
    for mention in &mut found {
        let words = (mention.role, mention.text.clone());
        let concept = || name(mention, vocabulary, &document.language).map(str::to_string);
        mention.concept = known.entry(words).or_insert_with(concept).clone();
    }
    shared::name(document, &mut found, vocabulary);
    found
}

/// All mentions of a document that stands alone, for tests.
#[cfg(test)]
pub(crate) fn all_mentions(document: &Document) -> Vec<Mention> {
    let (vocabulary, models) = (Vocabulary::builtin(), crate::model::Models::builtin());
    let readings = Readings::of(std::slice::from_ref(document), vocabulary, models);
    let sentences: Vec<usize> = (0..document.sentences.len()).collect();
    mentions(document, &sentences, vocabulary, readings.of_document(0))
}
