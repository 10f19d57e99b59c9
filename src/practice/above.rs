//! What the lead-ins and headings above a block say of it: "We do not:", "Your rights".

use std::cell::RefCell;
use std::collections::BTreeMap;

use super::category::Category;
use super::stance;
use crate::document::{BlockKind, Document};
use crate::extract::OfDocument;

/// What stands above a block.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Above {
    /// A lead-in rules out its items: "We do not:".
    pub negated: bool,
    /// A lead-in or the heading is about rights.
    pub rights: bool,
    /// A lead-in entitles to its items: "You have the right to:".
    pub entitled: bool,
}

/// What stands above the blocks of a document, found when it is asked for.
pub(super) struct Outline<'a> {
    document: &'a Document,
    readings: OfDocument<'a, 'a>,
    /// The heading above each block.
    headings: Vec<Option<usize>>,
    /// What lead-ins hand down to their items.
    below: RefCell<BTreeMap<usize, Above>>,
}

impl<'a> Outline<'a> {
    pub fn new(document: &'a Document, readings: OfDocument<'a, 'a>) -> Self {
        let mut heading = None;
        let above = |(i, is_heading)| if is_heading { heading.replace(i) } else { heading };
        let headings = document.blocks.iter().map(|block| block.kind == BlockKind::Heading).enumerate();
        Outline { document, readings, headings: headings.map(above).collect(), below: RefCell::default() }
    }

    /// What stands above the block of a sentence.
    pub fn above(&self, sentence: usize) -> Above {
        let block = self.document.sentences[sentence].block;
        let mut led = Above::default();
        let leads: Vec<usize> = self.document.lead_ins(block).collect();
        for lead in leads.into_iter().rev() {
            led = *self.below.borrow_mut().entry(lead).or_insert_with(|| self.hand_down(lead, led));
        }
        let heading = self.headings.get(block).copied().flatten();
        Above { rights: led.rights || heading.is_some_and(|heading| self.is_about_rights(heading)), ..led }
    }

    /// What a lead-in hands down to its items with what it was handed itself.
    fn hand_down(&self, block: usize, led: Above) -> Above {
        let (first, end) = self.document.blocks[block].sentences;
        let last = (first..end).next_back().and_then(|last| self.document.sentences.get(last));
        let (last, language) =
            (last.map(|last| self.document.words(last.span)).unwrap_or_default(), &self.document.language);
        Above {
            negated: led.negated || stance::rules_out_list(last, language),
            rights: led.rights || self.is_about_rights(block),
            entitled: led.entitled || stance::entitle(last, language),
        }
    }

    fn is_about_rights(&self, block: usize) -> bool {
        let (first, end) = self.document.blocks[block].sentences;
        (first..end).any(|sentence| self.readings.facts(sentence).categories.contains(&Category::Rights))
    }
}
