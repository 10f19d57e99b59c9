//! The words of one mention to the concept they name.
//!
//! A mention says more than its cue ("your hashed email address"); what it is about is its head: in English the
//! last noun before a preposition or clause, in Chinese what stands last.

use std::borrow::Cow;

use super::cues::fold_hyphens;
use super::matcher::Candidate;
use super::{Kind, Vocabulary};
use crate::text::{Language, Span, normalize};

/// The most specific concept that the words support.
pub(super) fn name<'v>(
    vocabulary: &'v Vocabulary,
    words: &str,
    kind: Kind,
    language: &Language,
) -> Option<&'v str> {
    let words = &*close_hyphens(words);
    let normalized = normalize(words);
    let folded = fold_hyphens(&normalized.text);
    let mut found =
        vocabulary.matcher(language).candidates(&folded, |span| normalized.original(span).of(words));
    found.retain(|c| c.kind == kind);
    let core = core(&folded);
    let best = |candidates: &[Candidate]| {
        let key = |c: &&Candidate| (c.span.len(), vocabulary.depth_at(c.concept), usize::MAX - c.concept);
        candidates.iter().max_by_key(key).and_then(|c| vocabulary.nodes.get(c.concept)).map(|node| &*node.id)
    };
    let whole: Vec<_> = found.iter().copied().filter(|c| c.span.contains(core)).collect();
    if !whole.is_empty() {
        return best(&whole);
    }
    // What is broader than another cue of the same words says nothing new.
    let all = found.clone();
    found.retain(|c| !all.iter().any(|other| vocabulary.places_above(other.concept).contains(&c.concept)));
    if !matches!(kind, Kind::Data | Kind::Party) {
        return best(&found);
    }
    // Hyphens count here: the "in" of "log-in details" is no preposition.
    let end = head_end(&normalized.text, core);
    let in_head: Vec<_> = found.iter().copied().filter(|c| c.span.end <= end).collect();
    let tier = if in_head.is_empty() { found } else { in_head };
    let last = tier.iter().map(|c| c.span.end).max()?;
    let tier: Vec<_> = tier.into_iter().filter(|c| c.span.end == last).collect();
    best(&tier)
}

/// The concept that the words name as a whole, leaving nothing over but "your", 等 and the like.
pub(super) fn name_whole<'v>(
    vocabulary: &'v Vocabulary,
    words: &str,
    kind: Kind,
    language: &Language,
) -> Option<&'v str> {
    let words = &*close_hyphens(words);
    let normalized = normalize(words);
    let folded = fold_hyphens(&normalized.text);
    let core = core(&folded);
    vocabulary
        .matcher(language)
        .candidates(&folded, |span| normalized.original(span).of(words))
        .iter()
        .filter(|c| c.kind == kind && c.span.contains(core))
        .max_by_key(|c| (c.span.len(), vocabulary.depth_at(c.concept), usize::MAX - c.concept))
        .and_then(|c| vocabulary.nodes.get(c.concept))
        .map(|node| &*node.id)
}

/// The words with hyphens that have a blank on one side closed up: "third -party", "third- party".
fn close_hyphens(words: &str) -> Cow<'_, str> {
    if !words.contains(" -") && !words.contains("- ") {
        return words.into();
    }
    let chars: Vec<char> = words.chars().collect();
    let at = |i: Option<usize>| i.and_then(|i| chars.get(i)).copied().unwrap_or('\n');
    let is_letter = |i: Option<usize>| at(i).is_alphanumeric();
    let closed = chars.iter().enumerate().filter(|&(i, &c)| {
        let before_hyphen = at(Some(i + 1)) == '-' && is_letter(i.checked_sub(1)) && is_letter(Some(i + 2));
        let after_hyphen =
            at(i.checked_sub(1)) == '-' && is_letter(i.checked_sub(2)) && is_letter(Some(i + 1));
        c != ' ' || !before_hyphen && !after_hyphen
    });
    closed.map(|(_, &c)| c).collect()
}

/// The words without "your", "information about", 您的 and the like.
fn core(folded: &str) -> Span {
    const BEFORE: [&str; 34] = [
        "your ",
        "you ",
        "the ",
        "a ",
        "an ",
        "any ",
        "all ",
        "certain ",
        "some ",
        "other ",
        "our ",
        "their ",
        "his ",
        "her ",
        "its ",
        "this ",
        "that ",
        "these ",
        "those ",
        "such ",
        "user's ",
        "users' ",
        "information about ",
        "information on ",
        "information regarding ",
        "information relating to ",
        "details of ",
        "details about ",
        "data about ",
        "您的",
        "你的",
        "用户的",
        "相关的",
        "其",
    ];
    const AFTER: [&str; 8] = [" ", ".", ",", ";", ":", "等", "的", "\""];
    let mut span = Span::new(0, folded.len()).trim(folded);
    loop {
        let words = span.of(folded);
        let first = words.as_bytes().first();
        let before = || BEFORE.iter().filter(|p| p.as_bytes().first() == first); // quicker than to compare them all
        if let Some(prefix) = before().find(|p| words.len() > p.len() && words.starts_with(**p)) {
            span.start += prefix.len();
        } else if let Some(suffix) = AFTER.iter().find(|s| words.len() > s.len() && words.ends_with(**s)) {
            span.end -= suffix.len();
        } else {
            return span;
        }
    }
}

/// Where the noun phrase ends that the core begins with; the whole core in Chinese.
fn head_end(text: &str, core: Span) -> usize {
    let mut at = core.start;
    for word in core.of(text).split(' ') {
        let closes = matches!(
            word,
            "of" | "that"
                | "which"
                | "who"
                | "whom"
                | "whose"
                | "from"
                | "about"
                | "for"
                | "in"
                | "on"
                | "at"
                | "with"
                | "by"
                | "when"
                | "where"
                | "if"
                | "such"
                | "including"
                | "associated"
                | "related"
                | "relating"
                | "regarding"
                | "collected"
                | "provided"
                | "used"
                | "linked"
                | "you"
                | "we"
                | "through"
                | "via"
                | "as"
        );
        if closes && at > core.start {
            return at;
        }
        at += word.len() + 1;
    }
    core.end
}
