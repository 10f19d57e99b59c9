//! Words of a text that leave open what is meant: "such as", "as necessary", 等信息, 必要时.

use std::sync::LazyLock;

use serde::Deserialize;

use crate::text::{Finder, Language, Span, is_han, normalize};

/// What vague words leave open.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Openness {
    /// What else belongs to a list.
    Examples,
    /// Whether it happens.
    Possibility,
    /// Who decides when.
    Need,
    /// When, or for how long.
    Time,
    /// How much of it.
    Extent,
}

/// Vague words and where they stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Vague {
    /// The words.
    pub span: Span,
    /// What they leave open.
    pub open: Openness,
}

/// The words of `vague.yaml` in one language.
#[derive(Deserialize)]
#[serde(deny_unknown_fields, bound(deserialize = "'de: 'static"))]
struct Cues {
    examples: Vec<&'static str>,
    possibility: Vec<&'static str>,
    need: Vec<&'static str>,
    time: Vec<&'static str>,
    extent: Vec<&'static str>,
    not: Vec<&'static str>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, bound(deserialize = "'de: 'static"))]
struct File {
    en: Cues,
    zh: Cues,
}

struct Words {
    finder: Finder,
    /// For each cue what it leaves open; `None` for words that only hold one.
    open: Vec<Option<Openness>>,
}

impl Words {
    fn new(cues: &Cues) -> Words {
        let groups = [
            (Some(Openness::Examples), &cues.examples),
            (Some(Openness::Possibility), &cues.possibility),
            (Some(Openness::Need), &cues.need),
            (Some(Openness::Time), &cues.time),
            (Some(Openness::Extent), &cues.extent),
            (None, &cues.not),
        ];
        let (open, words): (Vec<Option<Openness>>, Vec<&str>) =
            groups.into_iter().flat_map(|(open, words)| words.iter().map(move |word| (open, *word))).unzip();
        Words { finder: Finder::new(&words), open }
    }
}

#[allow(clippy::expect_used)] // our own file, read in a test
static FILE: LazyLock<File> =
    LazyLock::new(|| crate::yaml::own_file!("extract/vague").expect("vague.yaml is right"));
static EN: LazyLock<Words> = LazyLock::new(|| Words::new(&FILE.en));
static ZH: LazyLock<Words> = LazyLock::new(|| Words::new(&FILE.zh));

/// All vague words of a text in order; none in languages that are not read.
pub fn vague(text: &str, language: &Language) -> Vec<Vague> {
    let words = match language {
        Language::En => &*EN,
        Language::Zh => &*ZH,
        Language::Other(_) => return Vec::new(),
    };
    let normal = normalize(text);
    let letter = |c: char| c.is_alphanumeric() && !is_han(c);
    words
        .finder
        .find(&normal.text)
        .filter(|(span, _)| {
            let cut = |inner: Option<char>, outer: Option<char>| {
                inner.is_some_and(letter) && outer.is_some_and(letter)
            };
            let found = span.of(&normal.text);
            !cut(found.chars().next(), normal.text[..span.start].chars().next_back())
                && !cut(found.chars().next_back(), normal.text[span.end..].chars().next())
        })
        .filter_map(|(span, cue)| {
            let open = words.open[cue]?;
            let found = span.of(&normal.text);
            // What follows 等 tells that a list ends there, but is not vague itself.
            let shown = if found.starts_with('等') && !found.starts_with("等等") {
                '等'.len_utf8()
            } else {
                found.len()
            };
            let span = Span::new(span.start, span.start + shown);
            Some(Vague { span: normal.original(span), open })
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(text: &str, language: &Language) -> Vec<String> {
        vague(text, language).into_iter().map(|v| v.span.of(text).to_string()).collect()
    }

    #[test]
    fn english_vagueness() {
        let text = "We may share data, such as your name, with partners as necessary, from time to time.";
        assert_eq!(words(text, &Language::En), ["We may", "such as", "as necessary", "from time to time"]);
        assert!(words("You may be asked in May. We keep orders for a year.", &Language::En).is_empty());
    }

    #[test]
    fn chinese_vagueness() {
        let text = "必要时，我们可能会在合理期限内向相关第三方提供姓名、电话等信息。";
        assert_eq!(words(text, &Language::Zh), ["必要时", "可能", "合理期限", "相关第三方", "等"]);
        assert!(words("我们平等对待所有用户，尽可能减少收集。", &Language::Zh).is_empty());
        assert_eq!(words("我們可能會蒐集姓名等資訊。", &Language::Zh), ["可能"]);
    }
}
