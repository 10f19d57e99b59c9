//! What a practice is about and whether it is a right, from its verb, its parties and the block that it stands in.

use super::build::Reader;
use super::category::Category;
use super::link::Linked;
use super::model::Modality;
use super::stance;
use crate::document::BlockKind;

impl Reader<'_> {
    /// What a practice is about.
    pub(super) fn category(&self, linked: &Linked, sentence: usize) -> Category {
        let labels = &self.readings.facts(sentence).categories;
        let concept = |m: usize| self.mentions[m].concept.as_deref();
        let action = linked.action.and_then(concept);
        let by_user = linked.actor.and_then(concept).is_some_and(|c| self.vocabulary.is_a(c, "party.user"));
        let is_us = |m: &usize| concept(*m).is_some_and(|c| self.vocabulary.is_a(c, "party.controller"));
        let to_us = !linked.recipients.is_empty() && linked.recipients.iter().all(is_us);
        let by_us =
            linked.actor.and_then(concept).is_some_and(|c| self.vocabulary.is_a(c, "party.controller"));
        let permission = linked
            .data
            .iter()
            .filter_map(|&d| concept(d))
            .any(|c| self.vocabulary.is_a(c, "data.permission"));
        let block = self.document.sentences[sentence].block;
        let item = matches!(self.document.blocks[block].kind, BlockKind::Item(_));
        let about_rights = item && self.outline.above(sentence).rights;
        match action.and_then(|a| self.vocabulary.category(a)) {
            // "You have the right to: • receive your data …"
            Some(Category::Collection | Category::Use | Category::Sharing)
                if about_rights && (linked.actor.is_none() || by_user) =>
            {
                Category::Rights
            }
            // "You have the right to receive a copy": what the user gets is a right, what the user gives is collected.
            Some(Category::Collection)
                if by_user
                    && labels.contains(&Category::Rights)
                    && action.is_some_and(|a| !a.starts_with("action.provide")) =>
            {
                Category::Rights
            }
            Some(Category::Collection) if permission => Category::Permission,
            // "we ask for your name" and 我们了解您的浏览信息 collect it; "you ask for a copy" uses a right.
            Some(Category::Rights) if by_us && action.is_some_and(asks) => Category::Collection,
            // "we provide your data to partners" shares; "you provide your name" is collected from you.
            Some(Category::Collection)
                if !by_user
                    && !to_us
                    && action.is_some_and(|a| a.starts_with("action.provide"))
                    && !linked.recipients.is_empty() =>
            {
                Category::Sharing
            }
            // "provide us with your name", 向我们提供: what the company receives, it collects.
            Some(Category::Sharing) if to_us || by_user && linked.recipients.is_empty() => {
                Category::Collection
            }
            Some(category) => category,
            None => labels.iter().copied().next().unwrap_or(Category::Collection),
        }
    }

    /// Whether a practice is one that the user has a right to: "you have the right to", "you may ask us to", 您有权.
    pub(super) fn entitles(
        &self,
        linked: &Linked,
        category: Category,
        modality: Modality,
        words: &str,
        sentence: usize,
    ) -> bool {
        let actor = linked.actor.map(|m| self.mentions[m].concept.as_deref());
        let by_user = actor.is_none_or(|id| id.is_some_and(|id| self.vocabulary.is_a(id, "party.user")));
        let named = linked.actor.is_some() && by_user;
        // To delete, to turn off, to close: nobody else may do these for the user.
        let own = matches!(category, Category::Retention | Category::Permission | Category::Cessation);
        let right = category == Category::Rights;
        let said = stance::entitle(words, &self.document.language);
        let listed = || self.outline.above(sentence).entitled;
        by_user
            && match modality {
                Modality::May => right || said || own && named,
                Modality::Does => (right || own) && (said || listed()),
                _ => false,
            }
    }
}

/// Verbs that are rights of the user and, of a company, ways to get data.
fn asks(action: &str) -> bool {
    ["action.rights.request", "action.rights.access"].iter().any(|verb| action.starts_with(verb))
}
