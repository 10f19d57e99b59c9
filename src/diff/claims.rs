//! Practice sets to claims: one slot value of one practice each, with all that decides whether two claims say the same.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::difference::SlotDelta;
use super::{Facet, Scope};
use crate::extract::Mention;
use crate::practice::{
    Category, Modality, Polarity, PracticeSet, bound_core, is_bound, is_bound_to_consent, is_plain_consent,
};
use crate::text::{Language, Span, WordMap, WordSet, normal};

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

/// The words of a claim in normal form, without articles and the like: said again and again, and kept once.
pub(super) type Key = Arc<str>;

/// One slot value of one practice of a set.
#[derive(Clone, Debug)]
pub(super) struct Claim<'s> {
    pub facet: Facet,
    pub category: Category,
    pub polarity: Polarity,
    pub modality: Modality,
    pub span: Span,
    pub words: &'s str,
    /// The words in normal form without articles and the like.
    pub key: Key,
    pub concept: Option<&'s str>,
    /// ISO 8601 duration, for retention.
    pub duration: Option<&'s str>,
    /// Names that it also has where its practice is bound to a condition, the other way round or not; none where it is not bound.
    pub bound: Vec<String>,
    /// Whether its practice is bound to consent.
    pub on_consent: bool,
    /// Sentence of the words.
    pub sentence: usize,
    /// Index of the practice.
    pub practice: usize,
}

impl Claim<'_> {
    /// Whether it is stated or ruled out, as policies compare: what is not done without consent is done with it.
    pub(super) fn stance(&self) -> (Polarity, Modality) {
        if self.on_consent { (Polarity::Affirmed, Modality::OnlyIf) } else { (self.polarity, self.modality) }
    }

    /// Whether both are bound to a condition, each the other way round.
    pub(super) fn is_bound_like(&self, other: &Claim) -> bool {
        !self.bound.is_empty() && !other.bound.is_empty() && self.polarity != other.polarity
    }

    /// Whether both bind their practices to the same condition in other words.
    pub(super) fn binds_like(&self, other: &Claim) -> bool {
        let condition = self.facet == Facet::Condition && other.facet == Facet::Condition;
        condition && self.key != other.key && self.bound.iter().any(|name| other.bound.contains(name))
    }

    /// The claim as a slot value that came or went, told under a facet.
    pub(super) fn slot(&self, facet: Facet, came: bool, scope: Option<Scope>) -> SlotDelta {
        SlotDelta {
            facet,
            came,
            words: self.words.to_string(),
            concept: self.concept.map(str::to_string),
            category: self.category,
            polarity: self.polarity,
            modality: self.modality,
            duration: self.duration.map(str::to_string),
            scope,
        }
    }
}

/// All claims of a set, sorted by place, and what is stated anywhere.
pub(super) struct Claims<'s> {
    pub all: Vec<Claim<'s>>,
    stated: WordSet<(Facet, Matter, Polarity, Key)>,
    /// The same of what is bound to a condition.
    bound: WordSet<(Facet, Matter, Polarity, String)>,
    /// Verbs by concept: "sell" and "sold" are one.
    done: WordSet<(Matter, Polarity, &'s str)>,
    /// The concepts that are named at all: few, however long the policy is.
    named: BTreeMap<(Facet, Matter, Polarity), BTreeSet<&'s str>>,
    by_sentence: BTreeMap<usize, Vec<usize>>,
}

/// The keys of words that were met: policies name the same things again and again, in both versions and whenever more of
/// them is read.
#[derive(Default)]
pub(super) struct Keys([WordMap<String, Key>; 2]);

impl<'s> Claims<'s> {
    /// Those of two sets; `keys` are remembered for the next time.
    pub(super) fn of_both(old: &'s PracticeSet, new: &'s PracticeSet, keys: &mut Keys) -> (Self, Self) {
        let Keys([of_old, of_new]) = keys;
        rayon::join(|| Claims::with_keys(old, of_old), || Claims::with_keys(new, of_new))
    }

    pub(super) fn of(set: &'s PracticeSet) -> Self {
        Claims::with_keys(set, &mut WordMap::default())
    }

    fn with_keys(set: &'s PracticeSet, keys: &mut WordMap<String, Key>) -> Self {
        let mut all = Vec::new();
        for (i, practice) in set.practices.iter().enumerate() {
            let home = set.document.sentence_at(practice.evidence.span.start).unwrap_or(0);
            let language = &set.document.language;
            let is_bound = is_bound(practice, language);
            let on_consent = is_bound && is_bound_to_consent(practice, language);
            let mut claim = |facet: Facet, mention: &'s Mention, duration: Option<&'s String>| {
                let known = keys.get(mention.text.as_str()).cloned();
                let key = known.unwrap_or_else(|| {
                    let key = Key::from(key(&mention.text));
                    keys.insert(mention.text.clone(), key.clone());
                    key
                });
                let bound = if is_bound { names(facet, mention, language) } else { Vec::new() };
                all.push(Claim {
                    bound,
                    on_consent,
                    facet,
                    category: practice.category,
                    polarity: practice.polarity,
                    modality: practice.modality,
                    span: mention.span,
                    words: &mention.text,
                    key,
                    concept: mention.concept.as_deref(),
                    duration: duration.map(String::as_str),
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
        Claims::indexed(all)
    }

    fn indexed(mut all: Vec<Claim<'s>>) -> Self {
        all.sort_by_cached_key(|claim| (claim.span, claim.facet, claim.practice));
        let stated =
            all.iter().map(|c| (c.facet, Matter::of(c.category), c.polarity, c.key.clone())).collect();
        let bound = all.iter().flat_map(|c| {
            c.bound.iter().map(|name| (c.facet, Matter::of(c.category), c.polarity, name.clone()))
        });
        let bound = bound.collect();
        let done = all
            .iter()
            .filter(|c| c.facet == Facet::Action)
            .filter_map(|c| Some((Matter::of(c.category), c.polarity, c.concept?)))
            .collect();
        let mut by_sentence: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
        let mut named: BTreeMap<(Facet, Matter, Polarity), BTreeSet<&str>> = BTreeMap::new();
        for (i, claim) in all.iter().enumerate() {
            by_sentence.entry(claim.sentence).or_default().push(i);
            if let Some(id) = claim.concept {
                named
                    .entry((claim.facet, Matter::of(claim.category), claim.polarity))
                    .or_default()
                    .insert(id);
            }
        }
        Claims { all, stated, bound, done, named, by_sentence }
    }

    /// Claims whose words stand in a sentence.
    pub(super) fn in_sentence(&self, sentence: usize) -> impl Iterator<Item = &Claim<'s>> {
        self.by_sentence.get(&sentence).into_iter().flatten().map(|&i| &self.all[i])
    }

    /// The concepts that are named anywhere in the same facet, matter and stance as a claim.
    pub(super) fn concepts_like(&self, claim: &Claim) -> impl Iterator<Item = &'s str> {
        let key = (claim.facet, Matter::of(claim.category), claim.polarity);
        self.named.get(&key).into_iter().flatten().copied()
    }

    /// The claims of the same facet, matter and stance as another.
    pub(super) fn like<'c>(&'c self, claim: &'c Claim) -> impl Iterator<Item = &'c Claim<'s>> {
        let matter = Matter::of(claim.category);
        self.all.iter().filter(move |c| {
            (c.facet, c.polarity) == (claim.facet, claim.polarity) && Matter::of(c.category) == matter
        })
    }

    /// Whether the same is stated anywhere in this set.
    pub(super) fn state(&self, claim: &Claim) -> bool {
        let matter = Matter::of(claim.category);
        let by_concept = claim.facet == Facet::Action
            && claim.concept.is_some_and(|id| self.done.contains(&(matter, claim.polarity, id)));
        let otherwise = |name: &String| {
            [Polarity::Affirmed, Polarity::Negated]
                .into_iter()
                .any(|stance| self.bound.contains(&(claim.facet, matter, stance, name.clone())))
        };
        by_concept
            || claim.bound.iter().any(otherwise)
            || self.stated.contains(&(claim.facet, matter, claim.polarity, claim.key.clone()))
    }
}

/// What a part of a practice that is bound to a condition is called in both forms of it.
fn names(facet: Facet, mention: &Mention, language: &Language) -> Vec<String> {
    if facet == Facet::Condition {
        let consent = is_plain_consent(&mention.text, language).then(|| "= consent".to_string());
        return consent.into_iter().chain([key(bound_core(&mention.text, language))]).collect();
    }
    let verb = mention.concept.clone().filter(|_| facet == Facet::Action);
    verb.into_iter().chain([key(&mention.text)]).collect()
}

/// Words that say nothing of which thing is meant.
const EMPTY_WORDS: &[&str] = &[
    "a", "an", "the", "your", "you", "our", "their", "his", "its", "any", "such", "this", "that", "these",
    "those", "certain", "other", "of", "and", "or", "to", "in", "for", "with", "on", "by", "from", "as",
    "at", "is", "are", "be", "will", "we", "us", "it",
];

/// Letters of the longest of them.
const LONGEST_EMPTY: usize = 7;

fn is_empty(word: &str) -> bool {
    word.len() <= LONGEST_EMPTY && EMPTY_WORDS.contains(&word)
}

/// The normal form that two mentions of the same thing share: no articles, no possessives, plural as singular.
pub(super) fn key(words: &str) -> String {
    let normal = normal(words);
    let mut kept: Vec<String> = normal
        .split(|c: char| !(c.is_alphanumeric() || matches!(c, '@' | '.' | '-' | '%' | '\'')))
        .map(|w| w.trim_matches(['.', '-', '\'']))
        .filter(|w| !w.is_empty() && !is_empty(w))
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
    use super::{EMPTY_WORDS, is_empty, key};
    use crate::diff::{Facet, Relation, compare};
    use crate::document::Document;
    use crate::ingest::{InputFormat, read};
    use crate::practice::{Modality, Polarity, PracticeSet};
    use crate::vocabulary::Vocabulary;

    #[test]
    fn no_empty_word_is_longer_than_is_looked_for() {
        assert!(EMPTY_WORDS.iter().all(|word| is_empty(word)));
    }

    #[test]
    fn articles_possessives_and_plurals_do_not_tell_things_apart() {
        assert_eq!(key("your e-mail addresses"), key("the E-mail address"));
        assert_eq!(key("您的手机号码"), key("手机号码"));
        assert_ne!(key("email address"), key("postal address"));
    }

    fn set(sentence: &str) -> PracticeSet {
        let zh = !sentence.is_ascii();
        let text = if zh {
            format!("隐私政策\n\n{sentence}\n")
        } else {
            format!("Privacy policy\n\n{sentence}\n")
        };
        let document = Document::new("p.txt", read("p.txt", text.as_bytes(), InputFormat::Auto).unwrap());
        PracticeSet::from_document(document, Vocabulary::builtin())
    }

    /// The facets of the changes between two sentences.
    fn changed(old: &str, new: &str, relation: Relation) -> Vec<Facet> {
        let difference = compare(&set(old), &set(new), relation, Vocabulary::builtin());
        difference.deltas.iter().flat_map(|d| d.slots.iter().map(|s| s.facet)).collect()
    }

    const BOUND_EN: [&str; 9] = [
        "We share your location with advertisers only with your consent.",
        "We will share your location with advertisers only if you agree.",
        "We only share your location with advertisers with your consent.",
        "We will not share your location with advertisers without your consent.",
        "We do not share your location with advertisers unless you agree.",
        "We will never share your location with advertisers unless you give us permission.",
        "Without your consent, we will not share your location with advertisers.",
        "Unless you consent, we will not share your location with advertisers.",
        "We will not share your location with advertisers if you do not agree.",
    ];
    const BOUND_ZH: [&str; 8] = [
        "我们仅在您同意的情况下与广告商共享您的位置信息。",
        "只有在您同意后，我们才会与广告商共享您的位置信息。",
        "征得您的同意后，我们才会与广告商共享您的位置信息。",
        "未经您同意，我们不会与广告商共享您的位置信息。",
        "我们不会在未经您同意的情况下与广告商共享您的位置信息。",
        "除非您同意，我们不会与广告商共享您的位置信息。",
        "除非您同意，否则我们不会与广告商共享您的位置信息。",
        "如果您不同意，我们不会与广告商共享您的位置信息。",
    ];

    #[test]
    fn only_with_consent_and_not_without_it_are_one() {
        for forms in [&BOUND_EN[..], &BOUND_ZH] {
            for old in forms {
                for new in forms {
                    for relation in [Relation::Versions, Relation::Vendors] {
                        assert_eq!(changed(old, new, relation), [], "{relation:?}\n{old}\n{new}");
                    }
                }
            }
        }
    }

    #[test]
    fn a_practice_with_and_without_its_condition_are_two() {
        let plain_en =
            ["We share your location with advertisers.", "We do not share your location with advertisers."];
        let plain_zh = ["我们会与广告商共享您的位置信息。", "我们不会与广告商共享您的位置信息。"];
        for (forms, plain) in [(&BOUND_EN[..], plain_en), (&BOUND_ZH, plain_zh)] {
            for old in forms {
                for new in plain {
                    assert_ne!(changed(old, new, Relation::Versions), [], "{old}\n{new}");
                    assert_ne!(changed(new, old, Relation::Versions), [], "{new}\n{old}");
                }
            }
        }
        for (old, new) in [
            (
                "We share your location only with your consent.",
                "We will not share your location unless a court orders it.",
            ),
            (
                "We share your location only with your consent.",
                "We will not share your location without your explicit consent.",
            ),
            ("我们仅在您同意后共享您的位置信息。", "除法律要求外，我们不会共享您的位置信息。"),
        ] {
            assert!(changed(old, new, Relation::Versions).contains(&Facet::Condition), "{old}\n{new}");
        }
    }

    #[test]
    fn what_is_bound_to_consent_is_never_plainly_stated() {
        for sentence in BOUND_EN.iter().chain(&BOUND_ZH) {
            for practice in set(sentence).practices {
                let plain = practice.polarity == Polarity::Affirmed && practice.modality != Modality::OnlyIf;
                assert!(!plain && !practice.conditions.is_empty(), "{sentence}\n{practice:?}");
            }
        }
        // Nor is the reverse taken for a promise.
        for sentence in [
            "We share your location with advertisers without your consent.",
            "We do not only share your location with advertisers with your consent.",
            "无需您的同意，我们会与广告商共享您的位置信息。",
            "在未获得您同意的情况下，我们会与广告商共享您的位置信息。",
        ] {
            let practices = set(sentence).practices;
            let stances = practices.iter().map(|p| (p.polarity, p.modality)).collect::<Vec<_>>();
            assert_eq!(stances, [(Polarity::Affirmed, Modality::Does)], "{sentence}");
        }
    }
}
