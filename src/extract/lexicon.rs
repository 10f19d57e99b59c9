//! Mentions by the cues of the vocabulary, for texts without a learned model.

use super::{Mention, Origin, Role};
use crate::document::Document;
use crate::text::Span;
use crate::vocabulary::{Kind, Vocabulary};

/// Cues in one sentence, longest first where they overlap.
pub(super) fn mentions(document: &Document, sentence: Span, vocabulary: &Vocabulary) -> Vec<Mention> {
    let words = document.words(sentence);
    let mut hits: Vec<(Span, Role)> = vocabulary
        .find(words, &document.language)
        .into_iter()
        .filter_map(|hit| {
            let role = match hit.kind {
                Kind::Data => Role::Data,
                Kind::Action => Role::Action,
                Kind::Purpose => Role::Purpose,
                Kind::Condition => Role::Condition,
                Kind::Retention => Role::Retention,
                Kind::Party
                    if hit.concept.starts_with("party.controller")
                        || hit.concept.starts_with("party.user") =>
                {
                    Role::Actor
                }
                Kind::Party => Role::Recipient,
                Kind::Right | Kind::Security => return None,
            };
            Some((hit.span, role))
        })
        .collect();
    hits.sort_by_key(|(span, role)| (std::cmp::Reverse(span.len()), span.start, *role));
    let mut kept: Vec<(Span, Role)> = Vec::new();
    for (span, role) in hits {
        if kept.iter().all(|(other, _)| !other.overlaps(span)) {
            kept.push((span, role));
        }
    }
    kept.sort_unstable();
    kept.into_iter()
        .map(|(span, role)| Mention {
            role,
            span: span.shift(sentence.start),
            text: span.of(words).to_string(),
            concept: None,
            origin: Origin::Vocabulary,
        })
        .collect()
}
