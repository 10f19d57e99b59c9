//! The practice set of one policy: its document, the mentions found in it and the practices put together from them.
//!
//! A set read from a file knows only the quotes that were kept, so its document is made from them; [`PracticeSet::original`]
//! leads from there back to the offsets of the policy itself.

use std::collections::{BTreeMap, BTreeSet};

use super::{Category, Practice, fingerprint};
use crate::document::Document;
use crate::extract::{Mention, Role};
use crate::text::{Span, normal};

/// What one policy says.
#[derive(Clone, Debug)]
pub struct PracticeSet {
    /// The policy; for a set read from a file, its quotes with one paragraph and one sentence each.
    pub document: Document,
    /// Whether it was read from the policy or from a file of practices.
    pub origin: SetOrigin,
    /// The file of the model that read it; `None` where a built-in one did, or none.
    pub model: Option<String>,
    /// All mentions, sorted by span.
    pub mentions: Vec<Mention>,
    /// Spans of lists that the model found as wholes, sorted, because it learned from annotation that marks them so; their
    /// items are mentions. The built-in models find items.
    pub lists: Vec<(Span, Role)>,
    /// What is known of each of `document.sentences`, in the same order.
    pub facts: Vec<SentenceFacts>,
    /// The practices in document order.
    pub practices: Vec<Practice>,
}

/// What is known of one sentence.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SentenceFacts {
    /// What it is about; empty when it states no practice.
    pub categories: BTreeSet<Category>,
    /// Whether it puts the user's privacy at risk.
    pub risk: bool,
    /// Whether it names sensitive data.
    pub sensitive: bool,
    /// Whether a reader in a hurry should see it.
    pub important: bool,
}

/// Where a set comes from.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum SetOrigin {
    /// The whole policy was read.
    #[default]
    Document,
    /// So much of a policy was read as edits can have touched, and as may say the same elsewhere.
    Touched,
    /// A file of practices was read: only quotes are known, no whole text.
    File(Originals),
}

/// Places in the policy's own text, for a document that was made from quotes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Originals {
    /// Each quote of the made document, in order, and the sentence it was taken from where the file tells.
    pub(super) quotes: Vec<(Span, Option<Span>)>,
    /// Mentions whose place the file states, by their place and words here; several where one quote stands for many places.
    pub(super) mentions: BTreeMap<(Span, String), Vec<Option<Span>>>,
    /// Fingerprints of the quotes that practices were read from, sorted, repeated ones as often as they stand; those that the
    /// file quotes no more were deleted by hand.
    pub(super) read: Vec<String>,
}

impl PracticeSet {
    /// Whether only the quotes of the policy are known.
    pub fn is_from_file(&self) -> bool {
        matches!(self.origin, SetOrigin::File(_))
    }

    /// Whether all practices of the policy, or of the file, are known.
    pub fn is_whole(&self) -> bool {
        self.origin != SetOrigin::Touched
    }

    /// Fingerprints of the quotes that practices were read from, sorted, repeated ones as often as they stand in the policy.
    pub fn read_quotes(&self) -> Vec<String> {
        match &self.origin {
            SetOrigin::Document | SetOrigin::Touched => {
                let quotes: BTreeSet<(Span, &str)> =
                    self.practices.iter().map(|p| (p.evidence.span, p.evidence.quote.as_str())).collect();
                let mut read: Vec<String> = quotes.into_iter().map(|(_, quote)| quote_mark(quote)).collect();
                read.sort();
                read
            }
            SetOrigin::File(originals) => originals.read.clone(),
        }
    }

    /// The place in the policy's own text of a span of `document`: itself when the policy was read, the nearest known
    /// place when the set came from a file, and empty at 0 when the file states none.
    pub fn original(&self, span: Span) -> Span {
        match &self.origin {
            SetOrigin::Document | SetOrigin::Touched => span,
            SetOrigin::File(originals) => originals.of(span),
        }
    }
}

/// The fingerprint of a quote, whatever its quotation marks, widths, case and blanks.
pub(crate) fn quote_mark(quote: &str) -> String {
    fingerprint([normal(quote).as_str()])
}

impl Originals {
    /// The sentence that the quote at a place of the made document was taken from, where the file tells.
    pub(super) fn quote(&self, here: Span) -> Option<Span> {
        let i = self.quotes.binary_search_by_key(&here, |(quote, _)| *quote).ok()?;
        self.quotes.get(i)?.1
    }

    fn of(&self, span: Span) -> Span {
        let i = self.quotes.partition_point(|(here, _)| here.end <= span.start);
        let Some(&(here, sentence)) = self.quotes.get(i).filter(|(here, _)| here.start <= span.start) else {
            return Span::default();
        };
        if span == here {
            return sentence.unwrap_or_default();
        }
        let same_place =
            self.mentions.range((span, String::new())..).take_while(|((place, _), _)| *place == span);
        if let Some(stated) = same_place.flat_map(|(_, places)| places).find_map(|place| *place) {
            return stated;
        }
        sentence.map(|sentence| in_sentence(here, sentence, span).unwrap_or(sentence)).unwrap_or_default()
    }
}

/// The place in the policy of a `span` of a quote that stands `here`. A quote ends with its sentence; before it may
/// stand a lead-in from elsewhere, whose place is not known.
pub(super) fn in_sentence(here: Span, sentence: Span, span: Span) -> Option<Span> {
    let lead_in = here.len().checked_sub(sentence.len())?;
    let first = here.start + lead_in;
    (span.start >= first && span.end <= here.end)
        .then(|| Span::new(sentence.start + (span.start - first), sentence.start + (span.end - first)))
}
