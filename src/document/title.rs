//! The title of a document: as its format states it, or the heading or first line that names it a policy.
//!
//! The first heading of a policy is often only its first chapter, so a heading counts when it is the document's single
//! outermost one or says what the document is.

use super::{Block, BlockKind, Section};
use crate::ingest::{Format, Source};

/// Words by which documents name themselves.
const NAMES: &[&str] = &[
    "policy",
    "notice",
    "statement",
    "terms",
    "agreement",
    "subprocessors",
    "sub-processors",
    "政策",
    "声明",
    "指引",
    "协议",
    "条款",
    "规则",
    "清单",
    "目录",
    "politique",
    "confidentialité",
    "datenschutz",
    "erklärung",
    "richtlinie",
];
/// The most characters of a title.
const LONGEST: usize = 120;

pub(super) fn title(source: &Source, sections: &[Section], blocks: &[Block]) -> Option<String> {
    if let Some(stated) = source.title.as_deref().map(str::trim).filter(|t| !t.is_empty()) {
        return Some(stated.to_string());
    }
    let names_itself = |words: &str| {
        let lower = words.to_lowercase();
        words.chars().count() <= LONGEST && NAMES.iter().any(|name| lower.contains(name))
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
