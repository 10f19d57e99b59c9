//! What the lead-ins and headings above a block say of it: "We do not:", "Your rights".

use std::collections::BTreeSet;

use super::category::Category;
use super::set::SentenceFacts;
use super::stance;
use crate::document::{BlockKind, Document};

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

/// What stands above each block.
pub(super) fn above(document: &Document, labels: &[SentenceFacts]) -> Vec<Above> {
    let leads: BTreeSet<usize> = document.blocks.iter().filter_map(|b| b.lead_in).collect();
    let last = |(first, end): (usize, usize)| {
        let last = (first..end).next_back().and_then(|last| document.sentences.get(last));
        last.map(|last| document.words(last.span)).unwrap_or_default()
    };
    let negates = |sentences| stance::rules_out_list(last(sentences), &document.language);
    let entitles = |sentences| stance::entitle(last(sentences), &document.language);
    // A lead-in stands before its items, so it is known when they are reached.
    let mut below: Vec<Above> = Vec::with_capacity(document.blocks.len()); // what each block hands down to its items
    let mut above = Vec::with_capacity(document.blocks.len());
    let mut heading_on_rights = false;
    for (i, block) in document.blocks.iter().enumerate() {
        let led = block.lead_in.and_then(|lead| below.get(lead)).copied().unwrap_or_default();
        above.push(Above { rights: led.rights || heading_on_rights, ..led });
        let (first, end) = block.sentences;
        let on_rights = (first..end).any(|s| labels[s].categories.contains(&Category::Rights));
        if block.kind == BlockKind::Heading {
            heading_on_rights = on_rights;
        }
        below.push(Above {
            negated: led.negated || leads.contains(&i) && negates(block.sentences),
            rights: led.rights || on_rights,
            entitled: led.entitled || leads.contains(&i) && entitles(block.sentences),
        });
    }
    above
}
