//! Companies named in lists and tables of recipients, by their place: "• Acme Cloud. Hosting." under "Subprocessors".
//!
//! Such entries have no verb and often no noun but the name, so no model of sentences can know them.

use std::collections::BTreeMap;

use super::cues::CUES;
use super::{Mention, Origin, Role};
use crate::document::{BlockKind, Document};
use crate::text::{Span, is_han};

/// The most characters of a name.
const LONGEST_NAME: usize = 60;

/// Reads the names of one document. What stands above a block is looked up once, however many items it announces.
pub(super) struct Names<'a> {
    document: &'a Document,
    /// Whether the document is a list of recipients as a whole.
    titled: bool,
    /// Heads of tables, by table and column.
    heads: BTreeMap<(u32, u32), usize>,
    /// For each cell's table, the block before it.
    before: BTreeMap<u32, usize>,
    /// Whether a block's words announce recipients, for those that were asked.
    blocks: BTreeMap<usize, bool>,
    /// Whether a section's title does.
    sections: BTreeMap<usize, bool>,
}

impl<'a> Names<'a> {
    pub(super) fn new(document: &'a Document) -> Self {
        let titled = document.title.as_deref().is_some_and(|title| says(title, &CUES.recipient_titles));
        let (mut heads, mut before) = (BTreeMap::new(), BTreeMap::new());
        let mut last_words = None;
        for (i, block) in document.blocks.iter().enumerate() {
            let BlockKind::Cell { table, row, column, .. } = block.kind else {
                last_words = Some(i);
                continue;
            };
            if row == 0 {
                heads.insert((table, column), i);
            }
            if let Some(line) = last_words {
                before.entry(table).or_insert(line);
            }
        }
        Names { document, titled, heads, before, blocks: BTreeMap::new(), sections: BTreeMap::new() }
    }

    /// The recipient that an item, a cell or a labelled line names, if it is in such a list and begins with a name.
    pub(super) fn recipient(&mut self, sentence: usize) -> Option<Mention> {
        let document = self.document;
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
        let name = match block.kind {
            _ if by_label.is_some() => by_label?,
            BlockKind::Cell { head: true, .. } | BlockKind::Heading | BlockKind::Paragraph => return None,
            BlockKind::Cell { table, row, column, .. } => {
                let names = self.is_name_column(block_index, table, row, column);
                names.then_some(Span::new(0, words.len()))?
            }
            BlockKind::Item(_) => self.announced(block_index).then(|| before_separator(words))?,
        };
        // A name that runs over the end of its sentence ("…有限公司。地址") ends there.
        let (name, end) = (name.shift(block.body.start), document.sentences[sentence].span.end);
        let span = Span::new(name.start, name.end.min(end)).trim(&document.text);
        let words = document.words(span);
        // Behind a label a short Chinese word is a name, whatever it looks like.
        let named =
            by_label.is_some() && words.chars().all(is_han) && (2..=20).contains(&words.chars().count());
        (named || is_name(words)).then(|| Mention {
            role: Role::Recipient,
            span,
            text: words.to_string(),
            concept: None,
            origin: Origin::Pattern,
        })
    }

    /// Whether a cell is in the column of names of a table that announces recipients.
    fn is_name_column(&mut self, block: usize, table: u32, row: u32, column: u32) -> bool {
        let head = self.heads.get(&(table, column)).copied();
        let words = head.map(|h| self.document.words(self.document.blocks[h].body)).unwrap_or_default();
        row > 0
            && (says(words, &CUES.name_heads) || (column == 0 && head.is_none()))
            && (says(words, &CUES.recipients) || self.announced(block))
    }

    /// Whether the heading, the title or the lead-in above a block, or the line above its table, announces recipients.
    fn announced(&mut self, block: usize) -> bool {
        let document = self.document;
        let here = &document.blocks[block];
        let title = |section: usize| says(&document.sections[section].title, &CUES.recipients);
        if self.titled || *self.sections.entry(here.section).or_insert_with(|| title(here.section)) {
            return true;
        }
        let line = match here.kind {
            BlockKind::Cell { table, .. } => self.before.get(&table).copied(),
            _ => None,
        };
        document.lead_ins(block).chain(line).any(|b| {
            let words = || document.words(document.blocks[b].body);
            *self.blocks.entry(b).or_insert_with(|| says(words(), &CUES.recipients))
        })
    }
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
    let named = CUES.name_labels.iter().any(|end| label.ends_with(end.as_str()));
    (named && says(&label, &CUES.name_owners)).then_some(Span::new(at + colon.len_utf8(), words.len()))
}

fn says(words: &str, cues: &[String]) -> bool {
    let lower = words.to_lowercase();
    cues.iter().any(|cue| lower.contains(cue.as_str()))
}

/// Whether words look like the name of a company: capitalised words, or a short Chinese name, and no sentence.
fn is_name(words: &str) -> bool {
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
            CUES.small_in_names.iter().any(|small| small == p)
                || p.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit() || c == '(')
                || p.contains('.')
        })
        && parts.first().is_some_and(|p| p.starts_with(char::is_alphanumeric))
        && !CUES.not_names.iter().any(|word| word == parts[0])
}

#[cfg(test)]
mod tests {
    use crate::document::Document;
    use crate::ingest::{InputFormat, read};

    fn names(text: &str) -> Vec<String> {
        let document = Document::new("p.md", read("p.md", text.as_bytes(), InputFormat::Auto).unwrap());
        let mut names = super::Names::new(&document);
        (0..document.sentences.len()).filter_map(|s| names.recipient(s)).map(|m| m.text).collect()
    }

    #[test]
    fn subprocessor_lists_and_tables() {
        let list = "# Subprocessors\n\nWe use the following subprocessors:\n\n* [Acme Cloud](https://a.example). Hosting.\n* Stripe: payments\n* We also work hard.\n";
        assert_eq!(names(list), ["Acme Cloud", "Stripe"]);
        let table = "## Third parties\n\n| Name | Purpose |\n|---|---|\n| Zorvex Ltd. | Analytics |\n";
        assert_eq!(names(table), ["Zorvex Ltd."]);
    }

    #[test]
    fn a_name_ends_with_its_sentence() {
        assert_eq!(names("SDK名称：云图SDK.第三方SDK提供服务\n"), ["云图SDK."]);
    }

    #[test]
    fn a_long_table_is_read_in_time() {
        let rows: String = (0..3_000).map(|i| format!("| Zorvex{i} Ltd. | Analytics |\n")).collect();
        assert_eq!(names(&format!("## Third parties\n\n| Name | Purpose |\n|---|---|\n{rows}")).len(), 3_000);
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
