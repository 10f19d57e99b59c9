//! The title of a document: as its format states it, or the heading or first line that names it a policy.
//!
//! The first heading of a policy is often only its first chapter, so a heading counts when it is the document's single
//! outermost one or says what the document is.

use std::sync::LazyLock;

use super::{Block, BlockKind, Section};
use crate::ingest::{Format, Source};
use crate::text::is_han;

/// The words of `title.yaml`.
#[allow(clippy::expect_used)] // our own file, read in a test
static NAMES: LazyLock<Vec<String>> =
    LazyLock::new(|| crate::yaml::own_file!("document/title").expect("title.yaml is right"));
/// The most characters of a title.
const LONGEST: usize = 120;

/// The most words of a title that says no more than whose policy it is.
const MOST_WORDS: usize = 8;
/// The same in characters of Chinese.
const MOST_HAN: usize = 16;

/// Whether words only name a policy: "Acme, Inc. Privacy Statement", 某某隐私政策. "Changes to this Privacy Policy" say more.
pub fn only_names_a_policy(words: &str) -> bool {
    let bare = words.trim().trim_matches(['*', '#', '_', '《', '》', ' ']);
    let lower = bare.to_lowercase();
    let ends = NAMES.iter().any(|name| lower.ends_with(name.as_str()));
    if !ends || bare.contains(['。', '：', ':', '?', '？', '，', '、']) {
        return false;
    }
    if bare.chars().any(is_han) {
        let says_more = ["更", "改", "修", "变", "关于", "适用", "我们", "本", "如何"];
        return bare.chars().count() <= MOST_HAN && !says_more.iter().any(|word| bare.contains(word));
    }
    let mut words = bare.split_whitespace();
    // Small words are "and", "of", "the"; "to", "this", "our" and "about" speak of the policy.
    let is_name = |word: &str| {
        let first = word.trim_start_matches(['(', '"', '“', '&']).chars().next();
        first.is_none_or(|c| !c.is_lowercase()) || matches!(word, "and" | "of" | "the" | "for")
    };
    let speaks = ["to", "this", "our", "about", "changes", "updates", "your"];
    bare.split_whitespace().count() <= MOST_WORDS
        && words.all(is_name)
        && !lower.split_whitespace().any(|word| speaks.contains(&word))
}

pub(super) fn title(source: &Source, sections: &[Section], blocks: &[Block]) -> Option<String> {
    if let Some(stated) = source.title.as_deref().map(str::trim).filter(|t| !t.is_empty()) {
        return Some(stated.to_string());
    }
    let names_itself = |words: &str| {
        let lower = words.to_lowercase();
        words.chars().count() <= LONGEST && NAMES.iter().any(|name| lower.contains(name.as_str()))
    };
    let first = blocks.first().filter(|b| matches!(b.kind, BlockKind::Heading | BlockKind::Paragraph));
    let first = first.map(|b| b.body.of(&source.text)).filter(|words| {
        names_itself(words)
            && !words.contains(['。', '.', '，', ':', '：', '\n'])
            && words.chars().count() <= 60
    });
    if let Some(line) = first {
        return Some(line.to_string());
    }
    let mut outermost = sections.iter().filter(|s| s.level == 1);
    let only = outermost.next().filter(|_| outermost.next().is_none());
    let stated = matches!(source.format, Format::Markdown | Format::Html);
    only.filter(|s| stated || names_itself(&s.title))
        .or_else(|| sections.iter().find(|s| s.level == 1 && s.number.is_empty() && names_itself(&s.title)))
        .map(|s| s.title.clone())
}

#[cfg(test)]
mod tests {
    use super::only_names_a_policy;

    #[test]
    fn a_title_is_told_from_a_heading() {
        for words in [
            "Privacy Policy",
            "Larkspur, Inc. Privacy Statement",
            "Terms of Use and Privacy Policy",
            "云雀隐私政策",
        ] {
            assert!(only_names_a_policy(words), "{words}");
        }
        for words in [
            "Changes to this Privacy Policy",
            "Our Privacy Policy",
            "We may change this policy",
            "隐私政策的更新",
            "本政策",
            "How we keep data",
        ] {
            assert!(!only_names_a_policy(words), "{words}");
        }
    }
}
