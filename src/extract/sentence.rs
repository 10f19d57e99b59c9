//! One sentence as mentions are looked for in it: all places are bytes of its words, so that what is found holds wherever
//! the sentence stands.

use std::collections::BTreeSet;

use super::{Mention, Origin, Role, companies, lists, objects, periods, shared, verbs};
use crate::practice::{Category, Duration};
use crate::text::{Language, Span};
use crate::vocabulary::{Hit, Kind, Vocabulary};

/// A sentence and what is known of it.
pub(super) struct Sentence<'a> {
    pub words: &'a str,
    pub language: &'a Language,
    /// What it is about.
    pub categories: &'a BTreeSet<Category>,
    pub periods: &'a [Duration],
    /// What the vocabulary knows of it.
    pub cues: &'a [Hit<'a>],
    pub vocabulary: &'a Vocabulary,
}

impl<'a> Sentence<'a> {
    /// Adds to the mentions found so far, in order, what follows from them. Where a hand has marked the sentence, what it
    /// did not mark is no practice.
    pub fn complete(&self, found: &mut Vec<Mention>, is_marked: bool) {
        periods::part(self, found);
        let missed = periods::missed(self, found);
        found.extend(missed);
        periods::widen(self, found);
        shared::part(self, found);
        if !is_marked {
            objects::add_negated_verbs(self, found);
            verbs::add(self, found);
            objects::add(self, found);
        }
        lists::complete(self, found);
        if !is_marked {
            companies::add(self, found);
        }
    }

    /// Words of the sentence in a role.
    pub fn mention(&self, role: Role, span: Span, origin: Origin) -> Mention {
        Mention { role, span, text: span.of(self.words).to_string(), concept: None, origin }
    }

    /// Where data is named that is more than "information".
    pub fn specific_data(&self) -> impl Iterator<Item = Span> {
        let is_specific = |hit: &&Hit| hit.kind == Kind::Data && self.vocabulary.depth(hit.concept) >= 2;
        self.cues.iter().filter(is_specific).map(|hit| hit.span)
    }

    /// The category of practices that the words of a verb make.
    pub fn category_of(&self, verb: &str) -> Option<Category> {
        let action = self.vocabulary.name(verb, Kind::Action, self.language)?;
        self.vocabulary.category(action)
    }
}
