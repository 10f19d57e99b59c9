//! Practice sets to claims: one slot value of one practice each, with all that decides whether two claims say the same.

use std::collections::{BTreeMap, BTreeSet};

use super::difference::SlotDelta;
use super::{Facet, Scope};
use crate::extract::Mention;
use crate::practice::{Category, Modality, Polarity, PracticeSet};
use crate::text::{Span, WordMap, WordSet, normal};

/// What a claim is about, coarser than a category: collecting and using the same data is one matter, giving it away another.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum Matter {
    Having,
    Giving,
    Keeping,
    Protecting,
    Choosing,
    Other,
}

impl Matter {
    pub(super) fn of(category: Category) -> Matter {
        match category {
            Category::Collection | Category::Permission | Category::Use => Matter::Having,
            Category::Sharing | Category::Transfer => Matter::Giving,
            Category::Retention | Category::Cessation => Matter::Keeping,
            Category::Security => Matter::Protecting,
            Category::Rights => Matter::Choosing,
            Category::Audience | Category::Change | Category::Contact => Matter::Other,
        }
    }
}

/// One slot value of one practice.
#[derive(Clone, Debug)]
pub(super) struct Claim {
    pub facet: Facet,
    pub category: Category,
    pub polarity: Polarity,
    pub modality: Modality,
    pub span: Span,
    pub words: String,
    /// The words in normal form without articles and the like.
    pub key: String,
    pub concept: Option<String>,
    /// ISO 8601 duration, for retention.
    pub duration: Option<String>,
    /// Sentence of the words.
    pub sentence: usize,
    /// Index of the practice.
    pub practice: usize,
}

impl Claim {
    /// The claim as a slot value that came or went, told under a facet.
    pub(super) fn slot(&self, facet: Facet, came: bool, scope: Option<Scope>) -> SlotDelta {
        SlotDelta {
            facet,
            came,
            words: self.words.clone(),
            concept: self.concept.clone(),
            category: self.category,
            polarity: self.polarity,
            modality: self.modality,
            duration: self.duration.clone(),
            scope,
        }
    }
}

/// All claims of a set, sorted by place, and what is stated anywhere.
pub(super) struct Claims {
    pub all: Vec<Claim>,
    stated: WordSet<(Facet, Matter, Polarity, String)>,
    /// Verbs by concept: "sell" and "sold" are one.
    done: WordSet<(Matter, Polarity, String)>,
    /// The concepts that are named at all: few, however long the policy is.
    named: BTreeMap<(Facet, Matter, Polarity), BTreeSet<String>>,
    by_sentence: BTreeMap<usize, Vec<usize>>,
}

/// The keys of words that were met: policies name the same things again and again.
type Keys<'s> = WordMap<&'s str, String>;

impl Claims {
    pub(super) fn of(set: &PracticeSet) -> Claims {
        Claims::with_keys(set, &mut Keys::default())
    }

    pub(super) fn of_both(old: &PracticeSet, new: &PracticeSet) -> (Claims, Claims) {
        let mut keys = Keys::default();
        (Claims::with_keys(old, &mut keys), Claims::with_keys(new, &mut keys))
    }

    fn with_keys<'s>(set: &'s PracticeSet, keys: &mut Keys<'s>) -> Claims {
        let mut all = Vec::new();
        for (i, practice) in set.practices.iter().enumerate() {
            let home = set.document.sentence_at(practice.evidence.span.start).unwrap_or(0);
            let mut claim = |facet: Facet, mention: &'s Mention, duration: Option<&String>| {
                all.push(Claim {
                    facet,
                    category: practice.category,
                    polarity: practice.polarity,
                    modality: practice.modality,
                    span: mention.span,
                    words: mention.text.clone(),
                    key: keys.entry(&mention.text).or_insert_with(|| key(&mention.text)).clone(),
                    concept: mention.concept.clone(),
                    duration: duration.cloned(),
                    sentence: set.document.sentence_at(mention.span.start).unwrap_or(home),
                    practice: i,
                });
            };
            practice.action.iter().for_each(|m| claim(Facet::Action, m, None));
            practice.actor.iter().for_each(|m| claim(Facet::Actor, m, None));
            practice.data.iter().for_each(|m| claim(Facet::Data, m, None));
            practice.recipients.iter().for_each(|m| claim(Facet::Recipient, m, None));
            practice.sources.iter().for_each(|m| claim(Facet::Source, m, None));
            practice.purposes.iter().for_each(|m| claim(Facet::Purpose, m, None));
            practice.conditions.iter().for_each(|m| claim(Facet::Condition, m, None));
            // How soon a request is answered or a change announced is no keeping of data.
            let period = match practice.category {
                Category::Rights => Facet::Rights,
                Category::Change | Category::Contact => Facet::Other,
                _ => Facet::Retention,
            };
            practice.retention.iter().for_each(|r| claim(period, &r.mention, r.duration.as_ref()));
        }
        all.sort_by_key(|claim| (claim.span, claim.facet, claim.practice));
        let stated =
            all.iter().map(|c| (c.facet, Matter::of(c.category), c.polarity, c.key.clone())).collect();
        let done = all
            .iter()
            .filter(|c| c.facet == Facet::Action)
            .filter_map(|c| Some((Matter::of(c.category), c.polarity, c.concept.clone()?)))
            .collect();
        let mut by_sentence: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
        let mut named: BTreeMap<(Facet, Matter, Polarity), BTreeSet<String>> = BTreeMap::new();
        for (i, claim) in all.iter().enumerate() {
            by_sentence.entry(claim.sentence).or_default().push(i);
            if let Some(id) = &claim.concept {
                let ids = named.entry((claim.facet, Matter::of(claim.category), claim.polarity)).or_default();
                if !ids.contains(id) {
                    ids.insert(id.clone());
                }
            }
        }
        Claims { all, stated, done, named, by_sentence }
    }

    /// Claims whose words stand in a sentence.
    pub(super) fn in_sentence(&self, sentence: usize) -> impl Iterator<Item = &Claim> {
        self.by_sentence.get(&sentence).into_iter().flatten().map(|&i| &self.all[i])
    }

    /// The concepts that are named anywhere in the same facet, matter and stance as a claim.
    pub(super) fn concepts_like(&self, claim: &Claim) -> impl Iterator<Item = &str> {
        let key = (claim.facet, Matter::of(claim.category), claim.polarity);
        self.named.get(&key).into_iter().flatten().map(String::as_str)
    }

    /// The claims of the same facet, matter and stance as another.
    pub(super) fn like<'c>(&'c self, claim: &'c Claim) -> impl Iterator<Item = &'c Claim> {
        let matter = Matter::of(claim.category);
        self.all.iter().filter(move |c| {
            (c.facet, c.polarity) == (claim.facet, claim.polarity) && Matter::of(c.category) == matter
        })
    }

    /// Whether the same is stated anywhere in this set.
    pub(super) fn state(&self, claim: &Claim) -> bool {
        let matter = Matter::of(claim.category);
        let by_concept = claim.facet == Facet::Action
            && claim
                .concept
                .as_ref()
                .is_some_and(|id| self.done.contains(&(matter, claim.polarity, id.clone())));
        by_concept || self.stated.contains(&(claim.facet, matter, claim.polarity, claim.key.clone()))
    }
}

/// Words that say nothing of which thing is meant.
const EMPTY_WORDS: &[&str] = &[
    "a", "an", "the", "your", "you", "our", "their", "his", "its", "any", "such", "this", "that", "these",
    "those", "certain", "other", "of", "and", "or", "to", "in", "for", "with", "on", "by", "from", "as",
    "at", "is", "are", "be", "will", "we", "us", "it",
];

/// The normal form that two mentions of the same thing share: no articles, no possessives, plural as singular.
pub(super) fn key(words: &str) -> String {
    let normal = normal(words);
    let mut kept: Vec<String> = normal
        .split(|c: char| !(c.is_alphanumeric() || matches!(c, '@' | '.' | '-' | '%' | '\'')))
        .map(|w| w.trim_matches(['.', '-', '\'']))
        .filter(|w| !w.is_empty() && !EMPTY_WORDS.contains(w))
        .map(stem)
        .collect();
    if kept.is_empty() {
        kept.push(normal.trim().to_string());
    }
    kept.join(" ").trim_start_matches("您的").trim_start_matches("您").trim_start_matches("你的").to_string()
}

/// An English word without its commonest endings, enough to see that two forms are one word.
pub(super) fn stem(word: &str) -> String {
    let ascii = word.is_ascii() && word.len() > 3;
    let cut = |suffix: &str| word.strip_suffix(suffix).filter(|s| s.len() >= 3);
    if !ascii {
        return word.to_string();
    }
    if let Some(stem) = cut("ies") {
        return format!("{stem}y");
    }
    for suffix in ["ing", "ed", "es", "s"] {
        if suffix == "s" && (word.ends_with("ss") || word.ends_with("us")) {
            continue;
        }
        if let Some(stem) = cut(suffix) {
            return stem.trim_end_matches('e').to_string();
        }
    }
    word.trim_end_matches('e').to_string()
}

#[cfg(test)]
mod tests {
    use super::key;

    #[test]
    fn articles_possessives_and_plurals_do_not_tell_things_apart() {
        assert_eq!(key("your e-mail addresses"), key("the E-mail address"));
        assert_eq!(key("您的手机号码"), key("手机号码"));
        assert_ne!(key("email address"), key("postal address"));
    }
}
