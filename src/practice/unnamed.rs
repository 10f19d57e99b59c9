//! Words in a role that the vocabulary has no concept for, counted: what is compared by its words alone, and what a
//! vocabulary of one's own should name first.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Serialize;

use crate::extract::{Mention, Role};

/// The most words that are listed.
const LISTED: usize = 20;

/// How many mentions have no concept.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Unnamed {
    /// Mentions without a concept.
    pub mentions: usize,
    /// All mentions.
    pub of: usize,
    /// Their words, the commonest first; no more than twenty.
    pub commonest: Vec<UnnamedWords>,
}

/// Words without a concept.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct UnnamedWords {
    /// The part they play.
    pub role: Role,
    /// The words, as they stand where they stand first.
    pub text: String,
    /// How often they play it; case and blanks do not count.
    pub count: usize,
}

/// Counts the mentions that have no concept.
pub fn unnamed<'m>(mentions: impl IntoIterator<Item = &'m Mention>) -> Unnamed {
    let mut found = Unnamed::default();
    let mut words: BTreeMap<(Role, String), (usize, &str)> = BTreeMap::new();
    for mention in mentions {
        found.of += 1;
        if mention.concept.is_none() {
            found.mentions += 1;
            let same = mention.text.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase();
            words.entry((mention.role, same)).or_insert((0, &mention.text)).0 += 1;
        }
    }
    let commonest = words.into_iter().map(|((role, _), (count, text))| UnnamedWords {
        role,
        text: text.to_string(),
        count,
    });
    found.commonest = commonest.collect();
    // Stable: equally common words stay by role and alphabet.
    found.commonest.sort_by_key(|words| std::cmp::Reverse(words.count));
    found.commonest.truncate(LISTED);
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::extract::Origin;
    use crate::text::Span;

    #[test]
    fn the_commonest_words_without_a_concept_come_first() {
        let mention = |role, text: &str, concept: Option<&str>| Mention {
            role,
            span: Span::default(),
            text: text.into(),
            concept: concept.map(str::to_string),
            origin: Origin::Model,
        };
        let mentions = [
            mention(Role::Purpose, "paint fences", None),
            mention(Role::Data, "Shoe  size", None),
            mention(Role::Data, "name", Some("data.identity.name")),
            mention(Role::Data, "鞋码", None),
            mention(Role::Data, "shoe size", None),
        ];
        let found = unnamed(&mentions);
        assert_eq!((found.mentions, found.of), (4, 5));
        let listed: Vec<_> = found.commonest.iter().map(|w| (w.role, w.text.as_str(), w.count)).collect();
        assert_eq!(
            listed,
            [(Role::Data, "Shoe  size", 2), (Role::Data, "鞋码", 1), (Role::Purpose, "paint fences", 1)]
        );
        let none: [&Mention; 0] = [];
        assert_eq!(unnamed(none), Unnamed::default());
    }
}
