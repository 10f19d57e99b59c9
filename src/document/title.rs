//! The title of a document: as its format states it, or the heading or first line that names it a policy.
//!
//! The first heading of a policy is often only its first chapter, so a heading counts when it is the document's single
//! outermost one or says what the document is.

use std::sync::LazyLock;

use super::{Block, BlockKind, Section};
use crate::ingest::{Format, Source};

/// The words of `title.yaml`.
#[allow(clippy::expect_used)] // our own file, read in a test
static NAMES: LazyLock<Vec<String>> =
    LazyLock::new(|| crate::yaml::own_file!("document/title").expect("title.yaml is right"));
/// The most characters of a title.
const LONGEST: usize = 120;

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
