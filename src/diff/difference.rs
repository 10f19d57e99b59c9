//! The facts of a comparison: what [`crate::assess`] judges and [`crate::report`] words.

use super::clarity::ClarityKind;
use super::text::TextDiff;
use super::{ChangeKind, EditKind, Facet, Relation, Scope};
use crate::practice::{Category, Modality, Polarity};
use crate::text::Span;

/// What differs between two practice sets.
#[derive(Clone, Debug, Default)]
pub struct Difference {
    /// How the sides relate.
    pub relation: Relation,
    /// Both texts, aligned.
    pub text: TextDiff,
    /// Changes of practice, in the order of the new text; removed ones at their old place.
    pub deltas: Vec<Delta>,
    /// Edits that change no practice, in the same order.
    pub edits: Vec<EditFact>,
    /// What became less clear or clearer, in the same order; empty for vendors.
    pub clarity: Vec<ClarityFact>,
    /// What both vendors state; empty for versions.
    pub shared: Vec<Common>,
    /// Whether the old and the new side are no policy at all but an error page, a bot check or an empty shell.
    pub not_a_policy: (bool, bool),
}

/// A change of practice.
#[derive(Clone, Debug)]
pub struct Delta {
    /// Added, removed or modified.
    pub kind: ChangeKind,
    /// What it is about.
    pub category: Category,
    /// What differs beyond the slots: parts of the practice that its sentences are about.
    pub about: Vec<Facet>,
    /// Where the old side states it.
    pub old: Option<Place>,
    /// Where the new side states it.
    pub new: Option<Place>,
    /// Slot values that came and went.
    pub slots: Vec<SlotDelta>,
}

impl Delta {
    /// What all things that came or went have in common: told apart from the verbs that they stand with.
    pub fn scope(&self) -> Option<Scope> {
        let mut things = self.slots.iter().filter(|s| !matches!(s.facet, Facet::Action | Facet::Actor));
        let first = things.next()?.scope?;
        things.all(|slot| slot.scope == Some(first)).then_some(first)
    }
}

/// A place in a document's text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place {
    /// The sentences.
    pub span: Span,
    /// Index of their section.
    pub section: usize,
    /// Index of their first block.
    pub block: usize,
}

/// A slot value that came or went.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SlotDelta {
    /// Which part of the practice.
    pub facet: Facet,
    /// Whether the new side has it (and the old one not).
    pub came: bool,
    /// Its words.
    pub words: String,
    /// Concept id, where known.
    pub concept: Option<String>,
    /// Category of its practice.
    pub category: Category,
    /// Whether its practice is stated or ruled out.
    pub polarity: Polarity,
    /// How firmly its practice is stated.
    pub modality: Modality,
    /// ISO 8601 duration, for retention.
    pub duration: Option<String>,
    /// Whether it only says in finer or in broader terms what the other side states too.
    pub scope: Option<Scope>,
}

/// An edit that changes no practice.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EditFact {
    /// What kind of edit.
    pub kind: EditKind,
    /// The old words.
    pub old: Option<Place>,
    /// The new words.
    pub new: Option<Place>,
}

/// Something unclear that came or went.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ClarityFact {
    /// What makes it unclear.
    pub kind: ClarityKind,
    /// Whether the new side has it (and the old one not).
    pub came: bool,
    /// Where the old side speaks: the edited sentences, or both statements of a contradiction that went.
    pub old: Vec<Place>,
    /// Where the new side speaks.
    pub new: Vec<Place>,
    /// The vague words, in the text of the side that has them.
    pub cues: Vec<Span>,
}

/// What two vendors both state.
#[derive(Clone, Debug)]
pub struct Common {
    /// What it is about.
    pub category: Category,
    /// Which part of the practice.
    pub facet: Facet,
    /// Concept id.
    pub concept: String,
    /// Stated or ruled out, by both.
    pub polarity: Polarity,
    /// How firmly each states it.
    pub modality: (Modality, Modality),
    /// Where each states it.
    pub places: (Place, Place),
}
