//! Companies named in lists and tables of recipients, by their place: "• Acme Cloud. Hosting." under "Subprocessors".
//!
//! Such entries have no verb and often no noun but the name, so no model of sentences can know them.

use super::{Mention, Origin, Role};
use crate::document::{BlockKind, Document};
use crate::text::{Span, is_han};

/// Words of headings, lead-ins and table heads that announce recipients.
const RECIPIENTS: &[&str] = &[
    "subprocessor",
    "sub-processor",
    "processors",
    "third party",
    "third parties",
    "third-party",
    "service providers",
    "vendors",
    "partners",
    "recipients",
    "providers we use",
    "第三方",
    "合作方",
    "接收方",
    "服务商",
    "供应商",
    "受托",
    "合作伙伴",
    "sdk",
];
/// Heads of the table column that holds the names.
const NAME_HEADS: &[&str] = &[
    "name",
    "subprocessor",
    "sub-processor",
    "company",
    "vendor",
    "provider",
    "recipient",
    "third party",
    "entity",
    "partner",
    "processor",
    "名称",
    "主体",
    "公司",
    "接收方",
    "第三方",
    "sdk",
];
/// The most characters of a name.
const LONGEST_NAME: usize = 60;

/// The recipient that an item, a cell or a labelled line names, if it is in such a list and begins with a name.
pub(super) fn recipient(document: &Document, sentence: usize) -> Option<Mention> {
    let block_index = document.sentences[sentence].block;
    let block = &document.blocks[block_index];
    if block.sentences.0 != sentence {
        return None;
    }
    let words = document.words(block.body);
    let by_label = match block.kind {
        BlockKind::Paragraph | BlockKind::Item(_) => labelled(words),
        _ => None,
    };
    let by_place = || match block.kind {
        BlockKind::Cell { head: false, .. } => {
            in_name_column(document, block_index).then_some(Span::new(0, words.len()))
        }
        BlockKind::Item(_) => announced(document, block_index).then(|| before_separator(words)),
        _ => None,
    };
    let name = by_label.or_else(by_place)?;
    let span = name.shift(block.body.start).trim(&document.text);
    let words = document.words(span);
    let short_han =
        by_label.is_some() && words.chars().all(is_han) && (2..=20).contains(&words.chars().count());
    (short_han || is_name(words)).then(|| Mention {
        role: Role::Recipient,
        span,
        text: words.to_string(),
        concept: None,
        origin: Origin::Pattern,
    })
}

/// Whether a cell is in the column of names of a table that announces recipients.
fn in_name_column(document: &Document, block: usize) -> bool {
    let BlockKind::Cell { table, row, column, .. } = document.blocks[block].kind else { return false };
    let head = document.blocks[..block]
        .iter()
        .rev()
        .take_while(|b| matches!(b.kind, BlockKind::Cell { table: t, .. } if t == table))
        .find(|b| matches!(b.kind, BlockKind::Cell { row: 0, column: c, .. } if c == column));
    let words = head.map(|h| document.words(h.body)).unwrap_or_default();
    let announced = announced(document, block) || says(words, RECIPIENTS);
    row > 0 && announced && (says(words, NAME_HEADS) || (column == 0 && head.is_none()))
}

/// The words of an item up to the first mark that parts a name from what is said of it.
fn before_separator(words: &str) -> Span {
    let marks = words.find([':', '：', '(', '（', ',', '，', ';', '\n']).into_iter();
    let dashes = [". ", " - ", " – ", " — "].into_iter().filter_map(|mark| words.find(mark));
    let end =
        marks.chain(dashes).min().unwrap_or_else(|| words.trim_end_matches(['.', '。', ';', '；']).len());
    Span::new(0, end)
}

/// The value of a line such as "SDK名称：…" that names a recipient by its label.
fn labelled(words: &str) -> Option<Span> {
    let (at, colon) = words.char_indices().find(|(_, c)| matches!(c, ':' | '：'))?;
    let label = words[..at].to_lowercase();
    let named = ["名称", " name", "公司", "主体"].iter().any(|end| label.ends_with(end));
    let whose = ["sdk", "第三方", "合作", "公司", "接收", "processor", "provider", "third party"];
    (named && says(&label, &whose)).then_some(Span::new(at + colon.len_utf8(), words.len()))
}

/// Whether the headings, the title or the lead-in above a block announce recipients.
fn announced(document: &Document, block: usize) -> bool {
    let section = document.blocks[block].section;
    let heading =
        document.section_path(section).into_iter().next_back().is_some_and(|title| says(title, RECIPIENTS));
    let lead_in = document.lead_ins(block).any(|b| says(document.words(document.blocks[b].body), RECIPIENTS));
    let title = document.title.as_deref().is_some_and(|title| says(title, &RECIPIENTS[..2]));
    let before = document.blocks[..block].iter().rev().find(|b| !matches!(b.kind, BlockKind::Cell { .. }));
    let table = matches!(document.blocks[block].kind, BlockKind::Cell { .. });
    let line = before.filter(|_| table).is_some_and(|b| says(document.words(b.body), RECIPIENTS));
    heading || lead_in || title || line
}

fn says(words: &str, cues: &[&str]) -> bool {
    let lower = words.to_lowercase();
    cues.iter().any(|cue| lower.contains(cue))
}

/// Whether words look like the name of a company: capitalised words, or a short Chinese name, and no sentence.
fn is_name(words: &str) -> bool {
    let small = ["and", "of", "the", "for", "de", "&"];
    let length = words.chars().count();
    if !(2..=LONGEST_NAME).contains(&length) || words.contains(['。', '；', '?', '!']) {
        return false;
    }
    if words.chars().any(is_han) {
        return length <= 30
            && !words.contains(['，', '您', '我'])
            && (words.ends_with("公司")
                || words.ends_with("SDK")
                || words.chars().any(|c| c.is_ascii_uppercase()));
    }
    let parts: Vec<&str> = words.split_whitespace().collect();
    parts.len() <= 6
        && parts.iter().all(|p| {
            small.contains(p)
                || p.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit() || c == '(')
                || p.contains('.')
        })
        && parts.first().is_some_and(|p| p.starts_with(char::is_alphanumeric))
        && !["We", "You", "Your", "Our", "The", "If", "To"].contains(&parts[0])
}

#[cfg(test)]
mod tests {
    use crate::document::Document;
    use crate::ingest::{InputFormat, read};

    fn names(text: &str) -> Vec<String> {
        let document = Document::new("p.md", read("p.md", text.as_bytes(), InputFormat::Auto).unwrap());
        (0..document.sentences.len()).filter_map(|s| super::recipient(&document, s)).map(|m| m.text).collect()
    }

    #[test]
    fn subprocessor_lists_and_tables() {
        let list = "# Subprocessors\n\nWe use the following subprocessors:\n\n* [Acme Cloud](https://a.example). Hosting.\n* Stripe: payments\n* We also work hard.\n";
        assert_eq!(names(list), ["Acme Cloud", "Stripe"]);
        let table = "## Third parties\n\n| Name | Purpose |\n|---|---|\n| Zorvex Ltd. | Analytics |\n";
        assert_eq!(names(table), ["Zorvex Ltd."]);
    }

    #[test]
    fn other_lists_name_nobody() {
        assert!(names("# Data\n\nWe collect:\n\n* Email\n* Location Data\n").is_empty());
    }

    #[test]
    fn chinese_sdk_lists() {
        assert_eq!(
            names("## 第三方SDK\n\n我们接入以下第三方SDK：\n\n- 云图推送SDK：消息推送\n- 您的选择\n"),
            ["云图推送SDK"]
        );
    }
}
