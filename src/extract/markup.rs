//! Hand annotation to mentions.

use super::{Mention, Origin, Role};
use crate::document::Document;
use crate::ingest::MarkRole;

/// One mention a mark, exactly its words.
pub(super) fn mentions(document: &Document) -> Vec<Mention> {
    document
        .marks
        .iter()
        .map(|mark| Mention {
            role: role(mark.role),
            span: mark.span,
            text: document.words(mark.span).to_string(),
            concept: None,
            origin: Origin::Markup,
        })
        .collect()
}

/// The role that a bracket stands for.
pub fn role(mark: MarkRole) -> Role {
    match mark {
        MarkRole::Actor => Role::Actor,
        MarkRole::Action => Role::Action,
        MarkRole::Data => Role::Data,
        MarkRole::Purpose => Role::Purpose,
    }
}

/// Whether the annotated form can mark a role: in a sentence that bears marks, what it leaves unmarked was left on purpose.
pub(super) fn has_brackets_for(role: Role) -> bool {
    matches!(role, Role::Actor | Role::Action | Role::Data | Role::Purpose)
}
