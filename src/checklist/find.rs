//! Clauses to the sentences of a policy that fulfil them.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use regex::Regex;

use super::cue::Cues;
use super::file::{Clause, Matter, Shown};
use super::{Evidence, Finding};
use crate::document::{BlockKind, Document};
use crate::extract::Mention;
use crate::practice::{Polarity, Practice, PracticeSet, durations};
use crate::text::Span;
use crate::vocabulary::Vocabulary;

/// Longer lead-ins are paragraphs of their own.
const LONGEST_LEAD_IN: usize = 600;

/// What tells any of the clauses.
pub(super) fn find(
    clauses: &[Clause],
    matters: &[Matter],
    set: &PracticeSet,
    vocabulary: &Vocabulary,
) -> Finding {
    let mut finding = Finding::default();
    let mut seen = BTreeSet::new();
    let mut all: Vec<&Clause> = Vec::new();
    for clause in clauses {
        match clause.matter.as_ref().and_then(|id| matters.iter().find(|m| m.id == *id)) {
            Some(matter) => all.extend(&matter.when),
            None => all.push(clause),
        }
    }
    for (i, sentence) in set.document.sentences.iter().enumerate() {
        if set.document.blocks[sentence.block].kind == BlockKind::Heading {
            continue;
        }
        let unit = Unit::new(set, i);
        if let Some(evidence) = all.iter().find_map(|clause| unit.fulfils(clause, vocabulary)) {
            // The same sentence in a table of contents and below it is told once.
            if seen.insert(set.document.words(sentence.span)) {
                finding.evidence.push(evidence);
            }
        }
    }
    finding
}

/// A sentence with what leads in to it, and the practices read from it.
struct Unit<'a> {
    set: &'a PracticeSet,
    sentence: usize,
    /// Lead-ins, outermost first, then the sentence.
    text: String,
    /// Where the sentence begins in `text`.
    own: usize,
    practices: Vec<&'a Practice>,
}

impl<'a> Unit<'a> {
    fn new(set: &'a PracticeSet, sentence: usize) -> Unit<'a> {
        let document = &set.document;
        let here = document.sentences[sentence];
        let mut text = lead_in(document, here.block);
        let own = text.len();
        text.push_str(document.words(here.span));
        let first = set.practices.partition_point(|p| p.evidence.span.start < here.span.start);
        let practices =
            set.practices[first..].iter().take_while(|p| p.evidence.span.start < here.span.end).collect();
        Unit { set, sentence, text, own, practices }
    }

    /// The evidence, where a clause holds of this sentence.
    fn fulfils(&self, clause: &Clause, vocabulary: &Vocabulary) -> Option<Evidence> {
        let document = &self.set.document;
        let span = document.sentences[self.sentence].span;
        let own = span.of(&document.text);
        // `with` may stand in the lead-in; `words`, or what else the clause asks for, must be the sentence's own.
        let mut told = Vec::new();
        for cues in [&clause.words, &clause.with] {
            if !cues.is_empty() {
                told.push(self.cue(cues)?);
            }
        }
        if !clause.not.is_empty() && self.cue(&clause.not).is_some() {
            return None;
        }
        if !clause.under.is_empty() {
            let path =
                document.section_path(document.blocks[document.sentences[self.sentence].block].section);
            let expression = clause.under.expression(&document.language)?;
            if !path.iter().any(|title| expression.is_match(title)) {
                return None;
            }
        }
        let mut by_itself = !clause.words.is_empty() && told.first().is_some_and(Option::is_some);
        if !clause.categories.is_empty() {
            let about = self.set.facts.get(self.sentence).map(|facts| &facts.categories);
            let practice = self.practices.iter().any(|p| clause.categories.contains(&p.category));
            let sentence = about.is_some_and(|about| clause.categories.iter().any(|c| about.contains(c)));
            if !practice && !sentence {
                return None;
            }
        }
        let mut words = told.into_iter().flatten().next();
        if !clause.concepts.is_empty() || clause.sensitive {
            let hits = vocabulary.find(own, &document.language);
            let hit = hits.iter().find(|hit| {
                let named = clause.concepts.iter().any(|id| vocabulary.is_a(hit.concept, id));
                (clause.concepts.is_empty() || named)
                    && (!clause.sensitive || vocabulary.is_sensitive(hit.concept))
            })?;
            words = words.or(Some(hit.span));
            by_itself = true;
        }
        if !clause.shows.is_empty() {
            let shown = clause.shows.iter().find_map(|shown| shown.find(own))?;
            words = words.or(Some(shown));
            by_itself = true;
        }
        if clause.duration {
            words = words.or(Some(durations(own).first()?.span));
            by_itself = true;
        }
        let mut negated = self.practices.first().is_some_and(|p| p.polarity == Polarity::Negated);
        if clause.asks_practice() {
            let practice = self.practices.iter().find(|p| has(clause, p, vocabulary))?;
            negated = practice.polarity == Polarity::Negated;
            by_itself = true;
        }
        if !by_itself {
            return None;
        }
        let words = words.map_or(Span::new(span.start, span.start), |w| {
            Span::new(span.start + w.start, span.start + w.end)
        });
        Some(Evidence { sentence: self.sentence, words, negated })
    }

    /// `None` where no cue stands here; the place in the sentence itself, where it is not in the lead-in.
    fn cue(&self, cues: &Cues) -> Option<Option<Span>> {
        let expression = cues.expression(&self.set.document.language)?;
        let mut found = None;
        for hit in expression.find_iter(&self.text) {
            if hit.end() > self.own {
                let start = hit.start().max(self.own);
                return Some(Some(Span::new(start - self.own, hit.end() - self.own)));
            }
            found = Some(None);
        }
        found
    }
}

/// What leads in to a block, with a blank behind each part.
fn lead_in(document: &Document, block: usize) -> String {
    let mut parts: Vec<&str> = Vec::new();
    let mut outermost = block;
    for lead in document.lead_ins(block) {
        parts.push(document.words(document.blocks[lead].body));
        outermost = lead;
    }
    parts.extend(
        unfinished_before(document, outermost).map(|lead| document.words(document.blocks[lead].body)),
    );
    parts.reverse();
    parts.iter().filter(|p| p.len() <= LONGEST_LEAD_IN).map(|p| format!("{p} ")).collect()
}

/// The heading before a list, or the paragraph that ends without a full stop, with or without a colon: "You can".
fn unfinished_before(document: &Document, block: usize) -> Option<usize> {
    let blocks = &document.blocks;
    if !matches!(blocks[block].kind, BlockKind::Item(_)) {
        return None;
    }
    let before = (0..block).rev().find(|&b| !matches!(blocks[b].kind, BlockKind::Item(_)))?;
    let words = document.words(blocks[before].body).trim_end();
    let open = !words.ends_with(['.', '!', '?', '。', '！', '？', ';', '；']);
    let leads = match blocks[before].kind {
        BlockKind::Heading => true,
        BlockKind::Paragraph => open,
        _ => false,
    };
    (leads && blocks[before].section == blocks[block].section).then_some(before)
}

/// Whether a practice has all parts that a clause asks for.
fn has(clause: &Clause, practice: &Practice, vocabulary: &Vocabulary) -> bool {
    clause.polarity.is_none_or(|polarity| polarity == practice.polarity)
        && named(&clause.actions, practice.action.iter(), vocabulary)
        && named(&clause.data, practice.data.iter(), vocabulary)
        && named(&clause.recipients, practice.recipients.iter(), vocabulary)
        && named(&clause.sources, practice.sources.iter(), vocabulary)
        && named(&clause.purposes, practice.purposes.iter(), vocabulary)
        && named(&clause.conditions, practice.conditions.iter(), vocabulary)
        && named(&clause.retention, practice.retention.iter().map(|r| &r.mention), vocabulary)
}

/// Whether one of the mentions is a kind of what is wanted; nothing wanted is always there.
fn named<'a>(
    wanted: &[String],
    mut mentions: impl Iterator<Item = &'a Mention>,
    vocabulary: &Vocabulary,
) -> bool {
    wanted.is_empty()
        || mentions.any(|mention| {
            wanted.iter().any(|id| match &mention.concept {
                Some(concept) => vocabulary.is_a(concept, id),
                // Words that the vocabulary does not know are still data, recipients, purposes.
                None => !id.contains('.'),
            })
        })
}

#[allow(clippy::unwrap_used)] // fixed expressions, used in a test
static EMAIL: LazyLock<Regex> = LazyLock::new(|| Regex::new(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+").unwrap());
#[allow(clippy::unwrap_used)]
static PHONE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?:\+\d{1,3}[\s-]?)?\(?\b\d{2,4}\)?[\s-]\d{3,4}[\s-]?\d{2,4}\b|\b400\d{7}\b|\b1\d{10}\b")
        .unwrap()
});
#[allow(clippy::unwrap_used)]
static WEB: LazyLock<Regex> = LazyLock::new(|| Regex::new(r"https?://\S+|www\.\S+").unwrap());
#[allow(clippy::unwrap_used)]
static DATE: LazyLock<Regex> = LazyLock::new(|| {
    let months = "jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?";
    Regex::new(&format!(
        r"(?i)\b(?:\d{{1,2}}(?:st|nd|rd|th)?\s+(?:{months})|(?:{months})\.?\s+\d{{1,2}}(?:st|nd|rd|th)?),?\s+\d{{4}}\b|\d{{4}}\s*年\s*\d{{1,2}}\s*月(?:\s*\d{{1,2}}\s*日)?|\b\d{{4}}[-/.]\d{{1,2}}[-/.]\d{{1,2}}\b|\b\d{{1,2}}/\d{{1,2}}/\d{{4}}\b"
    ))
    .unwrap()
});

impl Shown {
    fn find(self, text: &str) -> Option<Span> {
        let expression = match self {
            Shown::Email => &EMAIL,
            Shown::Phone => &PHONE,
            Shown::Web => &WEB,
            Shown::Date => &DATE,
        };
        expression.find(text).map(|hit| Span::new(hit.start(), hit.end()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_numbers_and_dates_are_seen() {
        let seen = |shown: Shown, text: &str| shown.find(text).is_some();
        assert!(seen(Shown::Email, "请发送邮件至privacy@maple.example。"));
        assert!(!seen(Shown::Email, "@maple"));
        assert!(seen(Shown::Phone, "客服热线：400-555-0188") && seen(Shown::Phone, "call +1 (503) 555-0188"));
        assert!(!seen(Shown::Phone, "within 30 days of 2024"));
        assert!(seen(Shown::Web, "https://maple.example/privacy"));
        assert!(
            seen(Shown::Date, "Effective 15 January 2025")
                && seen(Shown::Date, "Last updated: March 3, 2025")
        );
        assert!(seen(Shown::Date, "生效日期：2025年2月20日") && seen(Shown::Date, "2025-02-20"));
        assert!(!seen(Shown::Date, "for 30 days in May"));
    }
}
