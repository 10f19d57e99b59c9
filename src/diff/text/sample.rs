//! Documents for tests, from a few marks: `# heading`, `- item`, `| row | of cells |`; all else is paragraphs.

use crate::document::Document;
use crate::ingest::{Format, RawBlock, RawKind, Source};
use crate::text::Span;

/// A document whose blocks stand one paragraph apart; lines of a paragraph stay as they are.
pub(super) fn document(marked: &str) -> Document {
    let mut text = String::new();
    let mut blocks = Vec::new();
    let mut add = |kind: RawKind, words: &str| {
        if !text.is_empty() {
            text.push_str("\n\n");
        }
        let start = text.len();
        text.push_str(words);
        blocks.push(RawBlock { kind, span: Span::new(start, text.len()) });
    };
    let (mut table, mut row) = (0, 0);
    for part in marked.split("\n\n").filter(|part| !part.trim().is_empty()) {
        let mut paragraph: Vec<&str> = Vec::new();
        let mut in_table = false;
        for line in part.lines().map(str::trim).filter(|line| !line.is_empty()) {
            let level = line.chars().take_while(|&c| c == '#').count();
            if level > 0 {
                add(RawKind::Heading(level.min(6) as u8), line.trim_start_matches('#').trim());
            } else if let Some(words) = line.strip_prefix("- ") {
                add(RawKind::Item { depth: 1, number: None }, words);
            } else if let Some(cells) = line.strip_prefix('|') {
                for (column, words) in cells.trim_end_matches('|').split('|').enumerate() {
                    add(RawKind::Cell { table, row, column: column as u32, head: row == 0 }, words.trim());
                }
                row += 1;
                in_table = true;
            } else {
                paragraph.push(line);
            }
        }
        if !paragraph.is_empty() {
            add(RawKind::Paragraph { strong: false }, &paragraph.join("\n"));
        }
        if in_table {
            (table, row) = (table + 1, 0);
        }
    }
    let source = Source {
        format: Format::Markdown,
        encoding: "UTF-8",
        title: None,
        language: None,
        text,
        blocks,
        links: Vec::new(),
        marks: Vec::new(),
        dropped: Vec::new(),
    };
    Document::new("sample", source)
}
