//! The words that an edit leaves once its claims are told, read without roles and so in any language.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use serde::Deserialize;

use super::elsewhere::{Sentences, is_pointer};
use super::half::Half;
use super::{Everywhere, facet_of, fresh, plain_slot, unread};
use crate::diff::claims::Claim;
use crate::diff::dates::without_dates;
use crate::diff::difference::SlotDelta;
use crate::diff::lengths;
use crate::diff::words::Content;
use crate::diff::{ChangeKind, Facet};
use crate::practice::{Category, Polarity, is_form_of_bound, is_plain_consent};
use crate::text::{Span, is_han, normal, tokenize};
use crate::vocabulary::{Kind, Vocabulary};

/// Characters of an inserted or deleted run that are quoted as a slot, at most.
const LONGEST_WORDS: usize = 160;
/// An edit whose plain words differ by fewer than this on both sides only rewords.
const FEWEST_NEW_WORDS: usize = 3;
/// Words that say how much of what follows is meant.
const QUANTIFIERS: [&str; 6] = ["some", "most", "only", "solely", "部分", "仅"];
/// Words of a run that no slot tells, at least, for it to be quoted.
const FEWEST_UNTOLD: usize = 2;
/// Runs that are quoted for being untold, on each side, at most.
const MOST_UNTOLD: usize = 4;
/// A line with no more letters than this beside its dates says only when.
const LONGEST_DATE_LINE: usize = 24;

/// Words that came and went.
pub(super) struct Residue {
    pub came: Content,
    pub went: Content,
}

impl Residue {
    pub(super) fn of(old: &Half, new: &Half, everywhere: &Everywhere, kind: ChangeKind) -> Residue {
        let before = Content::of(&old.text, old.language(), true);
        let after = Content::of(&new.text, new.language(), true);
        let opens = kind != ChangeKind::Modified;
        let mut came = Content::of(&new.touched_text(), new.language(), opens).minus(&before);
        let mut went = Content::of(&old.touched_text(), old.language(), opens).minus(&after);
        // Where a link leads is no word of the sentence.
        leave_addresses_out(&mut came, new, opens);
        leave_addresses_out(&mut went, old, opens);
        // A name that stands elsewhere on the other side is nothing new to it.
        everywhere.old_words().leave_names_out(&mut came.names);
        everywhere.new_words().leave_names_out(&mut went.names);
        if lengths::of(&old.text) == lengths::of(&new.text) {
            // Periods in other words are no other numbers.
            let outside =
                |half: &Half| Content::of(&lengths::without(&half.text), half.language(), true).numbers;
            let (here, there) = (outside(new), outside(old));
            came.numbers.retain(|number| here.contains(number));
            went.numbers.retain(|number| there.contains(number));
        }
        // "We do and will not" → "we do not and will not": another negation turns what stands before it.
        if kind == ChangeKind::Modified && came.negations.is_empty() && went.negations.is_empty() {
            match (only_negations(new), only_negations(old)) {
                (Some(negations), None) if old.is_untouched() => came.negations = negations,
                (None, Some(negations)) if new.is_untouched() => went.negations = negations,
                _ => {}
            }
        }
        // What a word is shows in its sentence: the first word's capital, the number behind "section".
        came.keep_as_read_in(&after, new.language());
        went.keep_as_read_in(&before, old.language());
        if kind != ChangeKind::Modified {
            everywhere.old_words().leave_others_out(&mut came.others);
            everywhere.new_words().leave_others_out(&mut went.others);
        }
        Residue { came, went }
    }

    /// Drops the words of things that both sides state by different names, or the other way round.
    pub(super) fn leave_out(&mut self, old: &Half, new: &Half, vocabulary: &Vocabulary) {
        self.leave_form_out(old, new);
        for (content, here, there) in [(&mut self.came, new, old), (&mut self.went, old, new)] {
            let synonyms = fresh::synonyms(here, there, vocabulary);
            if !synonyms.is_empty() {
                let told = Content::of(&synonyms.join("\n"), here.language(), false);
                content.names.retain(|name| !told.names.contains(name) && !told.others.contains(name));
                content.others.retain(|word| !told.others.contains(word));
            }
        }
    }

    /// Drops the words that tell "only with your consent" from "not without your consent".
    fn leave_form_out(&mut self, old: &Half, new: &Half) {
        let turned =
            |a: &Claim| new.claims().any(|b| a.is_bound_like(b) && a.facet == b.facet || a.binds_like(b));
        if !old.claims().any(|claim| claim.facet == Facet::Condition && turned(claim)) {
            return;
        }
        for (content, half) in [(&mut self.came, new), (&mut self.went, old)] {
            let conditions = half.claims().filter(|c| c.facet == Facet::Condition && !c.bound.is_empty());
            let consent = |c: &&Claim| is_plain_consent(c.words, half.language());
            let told: Vec<&str> = conditions.filter(consent).map(|c| c.words).collect();
            let told = Content::of(&told.join("\n"), half.language(), false);
            let is_form = |word: &String| is_form_of_bound(word, half.language());
            content.negations.retain(|word| !is_form(word));
            content.degrees.retain(|word| !is_form(word));
            content.others.retain(|word| !is_form(word) && !told.others.contains(word));
        }
    }

    /// Whether neither side holds more than ordinary words.
    pub(super) fn is_plain(&self) -> bool {
        self.came.is_plain() && self.went.is_plain()
    }

    /// Whether the words that are left change what is meant.
    pub(super) fn is_significant(
        &self,
        kind: ChangeKind,
        category: Category,
        old: &Half,
        new: &Half,
        everywhere: &Everywhere,
        vocabulary: &Vocabulary,
    ) -> bool {
        let (came, went) = (&self.came, &self.went);
        match kind {
            ChangeKind::Modified if came.is_empty() && went.is_empty() => false,
            ChangeKind::Modified => {
                let negated = came.negations.is_empty() != went.negations.is_empty();
                let named = !came.names.is_empty() || !went.names.is_empty();
                let counted = came.numbers != went.numbers;
                let (in_place, gone) = (came.worded(), went.worded());
                let worded = in_place + gone;
                // Words put in or taken out where the rest stands say more than words replaced.
                let inserted = (in_place == 0 || gone == 0) && worded >= FEWEST_NEW_WORDS;
                let quantified =
                    [came, went].iter().any(|c| QUANTIFIERS.iter().any(|q| c.degrees.contains(*q)));
                let unread = unread::holds(old, new);
                // One more item of a list says something, however short it is.
                let listed =
                    |half: &Half, other: &Half| fresh_items(half, other, vocabulary).next().is_some();
                let promise = matches!(category, Category::Rights | Category::Security);
                let degree = came.degrees != went.degrees && (worded > 0 || promise || unread);
                negated
                    || named
                    || counted
                    || degree
                    || quantified
                    || listed(new, old)
                    || listed(old, new)
                    || inserted
                    || self.replaces_a_cell(old, new)
                    || unread::is_significant(old, new, self)
                    || worded >= 2 * FEWEST_NEW_WORDS
            }
            ChangeKind::Added => {
                says_something(came, new) || lacks_twin(new, everywhere.old_sentences()) || offers_choice(new)
            }
            ChangeKind::Removed => {
                says_something(went, old) || lacks_twin(old, everywhere.new_sentences()) || offers_choice(old)
            }
        }
    }

    /// A cell is a value: other words in it are another value.
    fn replaces_a_cell(&self, old: &Half, new: &Half) -> bool {
        let whole = |half: &Half, fresh: &Content| {
            let all = Content::of(&half.text, half.language(), true);
            !all.others.is_empty() && all.others == fresh.others
        };
        old.is_in_table() && new.is_in_table() && whole(old, &self.went) && whole(new, &self.came)
    }
}

/// The negations that were touched, where nothing else was.
fn only_negations(half: &Half) -> Option<BTreeSet<String>> {
    let touched = Content::of(&half.touched_text(), half.language(), false);
    let alone = touched.others.is_empty() && touched.names.is_empty() && touched.numbers.is_empty();
    (alone && touched.degrees.is_empty() && !touched.negations.is_empty()).then_some(touched.negations)
}

/// Drops the words that stand in the touched text only as parts of web addresses.
fn leave_addresses_out(content: &mut Content, half: &Half, opens: bool) {
    let text = half.touched_text();
    if !text.contains("://") {
        return;
    }
    let between = |c: char| c.is_whitespace() || matches!(c, '(' | ')' | '[' | ']' | '<' | '>');
    let rest: Vec<&str> = text.split(between).filter(|part| !part.contains("://")).collect();
    let rest = Content::of(&rest.join(" "), half.language(), opens);
    content.others.retain(|word| rest.others.contains(word));
}

/// Whether a sentence that only one side has says anything the other side does not.
fn says_something(content: &Content, half: &Half) -> bool {
    let specific = !content.names.is_empty() || !content.numbers.is_empty() || !content.contacts.is_empty();
    // Where nothing is claimed that the other side does not state, words of negation and degree belong to what is stated.
    let unread = half.is_claimless() && !(content.others.is_empty() && content.negations.is_empty());
    !only_dates(&half.text) && (specific || content.others.len() >= FEWEST_NEW_WORDS || unread)
}

/// Whether one of the sentences has no near duplicate on the other side.
fn lacks_twin(half: &Half, there: &Sentences) -> bool {
    half.spans().map(|span| half.words(span)).any(|words| {
        !is_pointer(words) && !only_dates(words) && there.lack(&Content::of(words, half.language(), true))
    })
}

/// Adds the changed words themselves where the slots tell less than half of them.
pub(super) fn add_untold(old: &Half, new: &Half, slots: &mut Vec<SlotDelta>) {
    if slots.is_empty() {
        return;
    }
    for (half, other, came) in [(old, new, false), (new, old, true)] {
        let there = Content::of(&other.text, other.language(), true);
        let said: Vec<&str> = slots.iter().filter(|s| s.came == came).map(|s| s.words.as_str()).collect();
        let told = Content::of(&said.join("\n"), half.language(), false);
        let phrases = half.phrases();
        let untold = phrases.iter().filter(|span| {
            let words = half.words(**span);
            let fresh = Content::of(words, half.language(), false).minus(&there);
            let left = fresh.minus(&told);
            left.worded() >= FEWEST_UNTOLD && left.worded() * 2 > fresh.worded() && !is_pointer(words)
        });
        // Of no category of its own, so that no rule judges the words by what they are not known to say.
        let chips: Vec<SlotDelta> = untold
            .take(MOST_UNTOLD)
            .map(|span| {
                let words = shorten(unjoined(half.words(*span)));
                let plain = plain_slot(Facet::Other, came, words, Category::Use);
                match half.listed_with(*span) {
                    Some(claim) => SlotDelta {
                        facet: claim.facet,
                        category: claim.category,
                        polarity: claim.polarity,
                        modality: claim.modality,
                        ..plain
                    },
                    None => plain,
                }
            })
            .collect();
        slots.extend(chips);
    }
}

/// The words that came and went, as slots of the category's own facet.
pub(super) fn quoted(old: &Half, new: &Half, category: Category, vocabulary: &Vocabulary) -> Vec<SlotDelta> {
    let facet = facet_of(category).unwrap_or(Facet::Other);
    // A statement is told with its category; words alone are told with the list that they belong to.
    let mut slots = Vec::new();
    for (half, other, came) in [(old, new, false), (new, old, true)] {
        let there = Content::of(&other.text, other.language(), true);
        for span in half.phrases() {
            let span = if facet == Facet::Contact { half.whole_number(span) } else { span };
            let span = half.with_what_it_counts(span);
            let words = half.words(span).trim();
            // Words that only stand elsewhere in the sentence neither came nor went.
            if Content::of(words, half.language(), false).minus(&there).is_empty() {
                continue;
            }
            slots.push(match half.counted_thing(span).filter(|_| facet == Facet::Retention) {
                Some(counted) => plain_slot(Facet::Other, came, half.words(counted).to_string(), category),
                None => quote(half, span, came, category, vocabulary),
            });
        }
    }
    slots
}

/// A run of words as a slot of the list that it belongs to, else of what its sentence is about.
fn quote(half: &Half, run: Span, came: bool, category: Category, vocabulary: &Vocabulary) -> SlotDelta {
    let facet = facet_of(category).unwrap_or(Facet::Other);
    let words = half.words(run).trim();
    let name = |kind: Kind| vocabulary.name(item(words), kind, half.language()).map(str::to_string);
    if let Some(claim) = half.listed_with(run).filter(|_| facet == Facet::Other) {
        return SlotDelta {
            polarity: claim.polarity,
            modality: claim.modality,
            concept: name(kind_of(claim.facet)),
            ..plain_slot(claim.facet, came, shorten(item(words)), claim.category)
        };
    }
    let plain = |facet: Facet| plain_slot(facet, came, shorten(unjoined(words)), category);
    if !half.language().is_read() {
        return SlotDelta { concept: unread::concept(words), ..plain(unread::facet(half, run, category)) };
    }
    if facet == Facet::Other && states_a_condition(words) {
        return plain(Facet::Condition);
    }
    // Somebody named in a list of those who have part in something.
    let party =
        name(Kind::Party).filter(|id| !id.starts_with("party.user") && !id.starts_with("party.controller"));
    if facet == Facet::Other && party.is_some() && unread::is_enumerated(half, run) {
        return SlotDelta {
            concept: party,
            ..plain_slot(Facet::Recipient, came, shorten(unjoined(words)), Category::Sharing)
        };
    }
    let polarity = if denies(words, category) { Polarity::Negated } else { Polarity::Affirmed };
    SlotDelta { polarity, ..plain(facet) }
}

/// Touched items of lists whose concepts the other side does not name, with the claims that they stand beside.
pub(super) fn fresh_items<'h>(
    half: &'h Half,
    other: &'h Half,
    vocabulary: &'h Vocabulary,
) -> impl Iterator<Item = (&'h Claim<'h>, &'h str)> {
    half.phrases().into_iter().filter_map(|span| {
        let claim = half.listed_with(span)?;
        let id = vocabulary.name(item(half.words(span)), kind_of(claim.facet), half.language())?;
        other.claims.concepts_like(claim).all(|stated| stated != id).then_some((claim, id))
    })
}

/// The kind of concept that a facet of lists names.
fn kind_of(facet: Facet) -> Kind {
    match facet {
        Facet::Data => Kind::Data,
        Facet::Purpose => Kind::Purpose,
        _ => Kind::Party,
    }
}

/// Words of a list without what joins them to it.
fn item(words: &str) -> &str {
    unjoined(words).trim_end_matches(['.', '。']).trim_end()
}

/// Words without what joins them to those before and behind.
fn unjoined(words: &str) -> &str {
    let words = words.trim_matches([' ', ',', '、', '，']);
    let joiners = ["and ", "or ", "as well as ", "以及", "及", "和", "或"];
    let words = joiners.iter().find_map(|joiner| words.strip_prefix(joiner)).unwrap_or(words).trim();
    [" and", " or"].iter().find_map(|joiner| words.strip_suffix(joiner)).unwrap_or(words).trim_end()
}

/// Words of `statements.yaml`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Phrases {
    security: Vec<String>,
    rights: Vec<String>,
    choice: Vec<String>,
    condition: Vec<String>,
}

#[allow(clippy::expect_used)] // our own file, read in a test
static PHRASES: LazyLock<Phrases> =
    LazyLock::new(|| crate::yaml::own_file!("diff/semantic/statements").expect("statements.yaml is right"));

/// Whether a statement on safeguards or rights says that there is none. A negation alone does not: "we do not keep
/// passwords in plain text" is a safeguard.
fn denies(words: &str, category: Category) -> bool {
    let cues = match category {
        Category::Security => &PHRASES.security,
        Category::Rights => &PHRASES.rights,
        _ => return false,
    };
    let normal = normal(words);
    cues.iter().any(|cue| normal.contains(cue.as_str()))
}

/// Whether words begin as a condition does.
fn states_a_condition(words: &str) -> bool {
    let normal = normal(words);
    PHRASES.condition.iter().any(|cue| {
        let rest = normal.strip_prefix(cue.as_str());
        rest.is_some_and(|rest| cue.starts_with(is_han) || !rest.starts_with(char::is_alphanumeric))
    })
}

/// Whether sentences say how people can end what stands before them. The same words elsewhere speak of something else.
pub(super) fn offers_choice(half: &Half) -> bool {
    let normal = normal(&half.text);
    PHRASES.choice.iter().any(|cue| normal.contains(cue.as_str()))
}

/// A sentence of which only the negation came or went, with no verb that tells it.
pub(super) fn reversed(old: &Half, new: &Half, residue: &Residue, category: Category) -> Vec<SlotDelta> {
    let (came, went) = (&residue.came, &residue.went);
    let negated = !came.negations.is_empty();
    if negated != went.negations.is_empty() || came.worded() + went.worded() > 1 {
        return Vec::new();
    }
    if let Some(consent) = on_consent(old, new, came, went) {
        return vec![consent];
    }
    // What is stated or ruled out is named by the words that state it.
    let words = shorten(if negated { &old.text } else { &new.text });
    let slot = |came: bool, negated: bool| SlotDelta {
        polarity: if negated { Polarity::Negated } else { Polarity::Affirmed },
        ..plain_slot(Facet::Polarity, came, words.clone(), category)
    };
    vec![slot(false, !negated), slot(true, negated)]
}

/// Words that say without what something is done, and words for consent, in languages that are not read for practices.
const LACKING: [&str; 3] = ["without", "sans", "ohne"];
const CONSENT: [&str; 4] = ["consentement", "accord", "einwilligung", "zustimmung"];

/// Consent that is now asked for, or no longer: "sans votre consentement" rules nothing out.
fn on_consent(old: &Half, new: &Half, came: &Content, went: &Content) -> Option<SlotDelta> {
    let lacks = |content: &Content| LACKING.iter().any(|word| content.negations.contains(*word));
    let (half, now) = match (lacks(went), lacks(came)) {
        (true, false) => (new, true),
        (false, true) => (old, false),
        _ => return None,
    };
    let start = half.touched.iter().find(|t| half.words(**t).contains(char::is_alphabetic))?.start;
    let sentence = half.spans().find(|s| s.contains(Span::new(start, start)))?;
    let rest = half.words(Span::new(start, sentence.end));
    let tokens = tokenize(rest);
    let asked = tokens.iter().find(|t| CONSENT.contains(&normal(t.span.of(rest)).as_str()))?;
    let words = Span::new(0, asked.span.end).of(rest);
    let slot = plain_slot(Facet::Condition, now, shorten(words), Category::Use);
    Some(SlotDelta { concept: Some("condition.consent".to_string()), ..slot })
}

pub(super) fn shorten(words: &str) -> String {
    let joined = words.split_whitespace().collect::<Vec<_>>().join(" ");
    if joined.chars().count() <= LONGEST_WORDS {
        return joined;
    }
    let mut short: String = joined.chars().take(LONGEST_WORDS).collect();
    if let Some(blank) = short.rfind(' ').filter(|&at| at > LONGEST_WORDS / 2) {
        short.truncate(blank);
    }
    short + "…"
}

/// Whether two texts are equal once their dates are left out.
pub(in crate::diff) fn only_dates_differ(old: &str, new: &str) -> bool {
    let (a, b) = (without_dates(old), without_dates(new));
    let dated = a.len() < old.len() || b.len() < new.len();
    dated && normal(old) != normal(new) && normal(&a) == normal(&b)
}

/// Whether a text says no more than when.
pub(in crate::diff) fn only_dates(text: &str) -> bool {
    let bare = without_dates(text);
    bare.len() < text.len() && bare.chars().filter(|c| c.is_alphanumeric()).count() < LONGEST_DATE_LINE
}
