//! Documents to mentions: which words play which role, and which concept they name.
//!
//! Hand annotation gives mentions exactly and wins over everything. Elsewhere the cues of the vocabulary and the patterns
//! of the language find them. Spans never overlap, and none reaches over a sentence.

mod lexicon;
mod markup;
mod mention;
mod naming;

pub use mention::{Mention, Origin, Role};
pub use naming::name;

use crate::document::{BlockKind, Document};
use crate::vocabulary::Vocabulary;

/// All mentions of a document, sorted by place. Headings hold none: they announce, they do not state.
///
/// Languages that are not read for practices give only what is marked by hand.
pub fn mentions(document: &Document, vocabulary: &Vocabulary) -> Vec<Mention> {
    let marked = markup::mentions(document);
    let mut found = Vec::with_capacity(marked.len() + document.sentences.len() * 4);
    let mut next_mark = 0;
    for sentence in &document.sentences {
        let from = marked[next_mark..].partition_point(|m| m.span.start < sentence.span.start) + next_mark;
        let to = marked[from..].partition_point(|m| m.span.start < sentence.span.end) + from;
        next_mark = to;
        let heading = document.blocks[sentence.block].kind == BlockKind::Heading;
        if document.language.is_read() && !heading {
            let marks = &marked[from..to];
            found.extend(
                lexicon::mentions(document, sentence.span, vocabulary)
                    .into_iter()
                    .filter(|m| marks.is_empty() || !markup::has_brackets_for(m.role))
                    .filter(|m| marks.iter().all(|mark| !mark.span.overlaps(m.span))),
            );
        }
    }
    found.extend(marked);
    found.sort_by_key(|m| (m.span, m.role));
    for mention in &mut found {
        mention.concept = name(mention, vocabulary, &document.language).map(str::to_string);
    }
    found
}

/// What each sentence is about, judged from its words alone.
pub fn labels(document: &Document, vocabulary: &Vocabulary) -> Vec<crate::practice::SentenceFacts> {
    let _ = vocabulary;
    document.sentences.iter().map(|_| crate::practice::SentenceFacts::default()).collect()
}
