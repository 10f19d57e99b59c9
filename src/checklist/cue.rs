//! Cue words to one expression a language: `delete*` finds all its endings, `right to … access` leaves a gap.

use std::sync::OnceLock;

use regex::Regex;
use serde::Deserialize;

use crate::text::Language;

/// Cue words by language.
#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(super) struct Cues {
    pub en: Vec<String>,
    pub zh: Vec<String>,
    #[serde(skip)]
    compiled: [OnceLock<Option<Regex>>; 3],
}

impl Clone for Cues {
    fn clone(&self) -> Cues {
        Cues { en: self.en.clone(), zh: self.zh.clone(), compiled: Default::default() }
    }
}

/// Characters that a gap may span.
const GAP: &str = r"[^\n]{0,60}?";

impl Cues {
    pub(super) fn is_empty(&self) -> bool {
        self.en.is_empty() && self.zh.is_empty()
    }

    /// The expression for documents of a language; both lists for those in neither.
    pub(super) fn expression(&self, language: &Language) -> Option<&Regex> {
        let (place, lists): (usize, Vec<&String>) = match language {
            Language::En => (0, self.en.iter().collect()),
            Language::Zh => (1, self.zh.iter().collect()),
            Language::Other(_) => (2, self.en.iter().chain(&self.zh).collect()),
        };
        self.compiled.get(place)?.get_or_init(|| compile(&lists)).as_ref()
    }
}

/// `None` for no cues. Cues are escaped, so they always compile.
fn compile(cues: &[&String]) -> Option<Regex> {
    let parts: Vec<String> = cues.iter().filter(|cue| !cue.trim().is_empty()).map(|cue| part(cue)).collect();
    if parts.is_empty() {
        return None;
    }
    Regex::new(&format!("(?i){}", parts.join("|"))).ok()
}

fn part(cue: &str) -> String {
    cue.split('…')
        .map(|piece| piece.trim())
        .filter(|piece| !piece.is_empty())
        .map(words)
        .collect::<Vec<_>>()
        .join(GAP)
}

fn words(piece: &str) -> String {
    let open = piece.ends_with('*');
    let stem = piece.trim_end_matches('*');
    let letters = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphanumeric());
    let inner: Vec<String> =
        stem.split_whitespace().map(|word| regex::escape(word).replace('\'', "['’]")).collect();
    let before = if letters(stem.chars().next()) { r"\b" } else { "" };
    let after = match (open, letters(stem.chars().next_back())) {
        (true, _) => r"\w*",
        (false, true) => r"\b",
        _ => "",
    };
    format!("{before}{}{after}", inner.join(r"\s+"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn finds(cue: &str, text: &str) -> bool {
        let cues = Cues { en: vec![cue.into()], zh: vec![cue.into()], ..Cues::default() };
        cues.expression(&Language::detect(text)).is_some_and(|e| e.is_match(text))
    }

    #[test]
    fn endings_gaps_and_borders() {
        assert!(finds("delet*", "We delete it, or it was Deleted."));
        assert!(!finds("delete", "an undeleted file, deleted"));
        assert!(finds("right to … portability", "You have the right to data  portability."));
        assert!(finds("don't sell", "We don’t sell data."));
        assert!(finds("有权…复制", "您有权查阅、复制您的个人信息。"));
        assert!(!finds("a.c", "abc"));
        assert!(!finds("", "anything"));
    }
}
