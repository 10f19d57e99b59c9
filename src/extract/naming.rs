//! The concept that a mention's words name.

use super::{Mention, Role};
use crate::text::Language;
use crate::vocabulary::{Kind, Vocabulary};

/// The most specific concept that the words support in their role.
pub fn name<'v>(mention: &Mention, vocabulary: &'v Vocabulary, language: &Language) -> Option<&'v str> {
    let kinds: &[Kind] = match mention.role {
        Role::Actor | Role::Recipient | Role::Source => &[Kind::Party],
        Role::Action => &[Kind::Action, Kind::Right],
        Role::Data => &[Kind::Data],
        Role::Purpose => &[Kind::Purpose],
        Role::Condition => &[Kind::Condition],
        Role::Retention => &[Kind::Retention],
    };
    kinds.iter().find_map(|&kind| vocabulary.name(&mention.text, kind, language))
}
