//! Documents to mentions: which words play which role, and which concept they name.
//!
//! Hand annotation gives mentions exactly and wins over everything. Elsewhere a model learned per language finds them,
//! and names in lists of recipients are read by their place. Spans that were
//! found never overlap, and none reaches over a sentence; marks by hand may do both.

mod companies;
mod cues;
mod lists;
mod markup;
mod mention;
mod names;
mod naming;
mod objects;
mod periods;

pub use companies::company_names;
pub use mention::{Mention, Origin, Role};
pub use naming::name;

use crate::document::{BlockKind, Document};
use crate::model::{Model, Models};
use crate::practice::{Category, SentenceFacts};
use crate::vocabulary::Vocabulary;

/// All mentions of a document, sorted by place. Headings hold none: they announce, they do not state.
///
/// `labels` are those of [`labels`], one a sentence. Languages that are not read for practices give only what is marked by hand.
pub fn mentions(document: &Document, vocabulary: &Vocabulary, labels: &[SentenceFacts]) -> Vec<Mention> {
    let model = Models::builtin().for_language(&document.language);
    let marked = markup::mentions(document);
    let mut found = Vec::with_capacity(marked.len() + document.sentences.len() * 4);
    let mut rest = marked.as_slice();
    let mut names = names::Names::new(document);
    for (i, sentence) in document.sentences.iter().enumerate() {
        let from = rest.partition_point(|m| m.span.start < sentence.span.start);
        let to = rest.partition_point(|m| m.span.start < sentence.span.end);
        let marks = &rest[from..to];
        rest = &rest[to..];
        let heading = document.blocks[sentence.block].kind == BlockKind::Heading;
        if let Some(model) = model.filter(|_| !heading) {
            if let Some(purpose) = lists::purpose(document, i).filter(|_| marks.is_empty()) {
                found.push(purpose);
                continue;
            }
            let name = names.recipient(i).filter(|_| marks.is_empty());
            found.extend(
                tagged(document, i, model)
                    .filter(|m| marks.is_empty() || !markup::has_brackets_for(m.role))
                    .filter(|m| marks.iter().chain(&name).all(|other| !other.span.overlaps(m.span))),
            );
            found.extend(name);
            let periods = periods::missed(document, i, &labels[i], &found, vocabulary);
            found.extend(periods);
            periods::widen(document, i, &mut found);
            lists::split(document, i, &mut found, vocabulary);
            if marks.is_empty() {
                objects::add_negated_verbs(document, i, &mut found, vocabulary);
                objects::add(document, i, &mut found, vocabulary);
            }
            lists::complete(document, i, &mut found, vocabulary);
            if marks.is_empty() {
                companies::add(document, i, &mut found, vocabulary);
            }
        }
    }
    found.extend(marked);
    found.sort_by_key(|m| (m.span, m.role));
    for mention in &mut found {
        mention.concept = name(mention, vocabulary, &document.language).map(str::to_string);
    }
    found
}

/// What the model finds in a sentence.
fn tagged<'a>(
    document: &'a Document,
    sentence: usize,
    model: &Model,
) -> impl Iterator<Item = Mention> + use<'a> {
    let span = document.sentences[sentence].span;
    model.tag(document.words(span)).into_iter().map(move |(found, role)| {
        let span = found.shift(span.start);
        Mention { role, span, text: document.words(span).to_string(), concept: None, origin: Origin::Model }
    })
}

/// What each sentence is about, judged from its words alone.
pub fn labels(document: &Document) -> Vec<SentenceFacts> {
    let model = Models::builtin().for_language(&document.language);
    document
        .sentences
        .iter()
        .map(|sentence| {
            let Some(model) = model else { return SentenceFacts::default() };
            let labels = model.classify(document.words(sentence.span));
            let mut categories = labels.categories;
            if periods::answers(document.words(sentence.span)) {
                categories.insert(Category::Rights);
            }
            SentenceFacts {
                categories,
                risk: labels.risk,
                sensitive: labels.sensitive,
                important: labels.important,
            }
        })
        .collect()
}
