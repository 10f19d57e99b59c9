//! Raw blocks to sections, blocks with lead-ins, and sentences.
//!
//! Formats state some headings; Chinese and plain policies mostly number them, or set a short line by itself. All of them
//! go onto one stack: a heading whose style is already on the stack is a sibling of that one, a new style goes one deeper.
//! So 一、 （一） 1、 and ① (1) 1、 and "## 1." nest as they are written, without a fixed table of ranks.

use super::lines::{
    LONGEST_LABEL, columns, ends_with_colon, ends_with_semicolon, has_clauses, has_label, is_one_sentence,
    is_title, label, stated_behind_label,
};
use super::numbering::{self, Numbering, Style};
use super::{Block, BlockKind, Document, Section, Sentence, sentence, title};
use crate::ingest::{RawKind, Source};
use crate::text::{Language, Span, is_han};

/// The longest title, in columns (a Han character takes two).
const LONGEST_TITLE: usize = 110;
/// The longest title of a heading that has neither markup nor a number.
const LONGEST_SHORT_LINE: usize = 64;
/// Columns of the last item of a list without marks.
const LONGEST_CLOSING_ITEM: usize = 160;

/// What opens a section. Siblings have equal styles.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Opener {
    /// A heading of the format, by level.
    Stated(u8),
    /// A number.
    Numbered(Style),
    /// A bold or short line.
    Line,
}

/// A raw block with what its first characters say.
struct Piece {
    kind: RawKind,
    span: Span,
    number: Option<Numbering>,
    body: Span,
}

pub(super) fn build(name: &str, source: Source) -> Document {
    let pieces = pieces(&source);
    let openers: Vec<Option<Opener>> = openers(&source.text, &pieces);
    let mut builder = Builder::new(&source.text);
    for (piece, opener) in pieces.iter().zip(&openers) {
        builder.add(piece, *opener);
    }
    let (sections, blocks, sentences) = builder.finish();
    let title = title::title(&source, &sections, &blocks);
    let language = match source.language.as_deref().map(|code| Language::from(code.to_string())) {
        // Pages often state the language of their template, so a read language is taken from the words.
        Some(stated @ Language::Other(_)) if !matches!(Language::detect(&source.text), Language::Zh) => {
            stated
        }
        _ => Language::detect(&source.text),
    };
    Document {
        name: name.to_string(),
        format: source.format,
        encoding: source.encoding,
        language,
        title,
        sections,
        blocks,
        sentences,
        links: source.links,
        marks: source.marks,
        dropped: source.dropped.iter().map(|d| d.characters).sum(),
        text: source.text,
    }
}

fn pieces(source: &Source) -> Vec<Piece> {
    let text = source.text.as_str();
    source
        .blocks
        .iter()
        .filter(|raw| !raw.span.trim(text).is_empty())
        .map(|raw| {
            let span = raw.span.trim(text);
            let number = match raw.kind {
                RawKind::Cell { .. } | RawKind::Code => None,
                _ => numbering::parse(span.of(text)).filter(|n| n.width < span.len()),
            };
            let body = Span::new(span.start + number.map_or(0, |n| n.width), span.end);
            Piece { kind: raw.kind, span, number, body }
        })
        .collect()
}

/// Which pieces open a section, and how.
fn openers(text: &str, pieces: &[Piece]) -> Vec<Option<Opener>> {
    let listed = listed(text, pieces);
    pieces
        .iter()
        .enumerate()
        .map(|(i, piece)| match piece.kind {
            RawKind::Heading(level) => Some(Opener::Stated(level)),
            RawKind::Item { .. } | RawKind::Cell { .. } | RawKind::Code => None,
            RawKind::Paragraph { strong } => {
                let next = pieces.get(i + 1);
                if let Some(number) = piece.number {
                    let numbered = number.style != Style::Bullet && !listed[i];
                    (numbered && opens_numbered(text, piece, number, next))
                        .then_some(Opener::Numbered(number.style))
                } else {
                    let before = i.checked_sub(1).and_then(|b| pieces.get(b));
                    opens_short(text, piece, strong, before, next).then_some(Opener::Line)
                }
            }
        })
        .collect()
}

/// Numbered title-like pieces that stand in a row without anything between them: a list (often a table of contents).
fn listed(text: &str, pieces: &[Piece]) -> Vec<bool> {
    let mut listed = vec![false; pieces.len()];
    let mut start = 0;
    while start < pieces.len() {
        let Some(style) = pieces[start].number.map(|n| n.style) else {
            start += 1;
            continue;
        };
        let mut end = start + 1;
        while end < pieces.len()
            && let (Some(before), Some(here)) = (pieces[end - 1].number, pieces[end].number)
            && here.style == style
            && here.value == before.value + 1
        {
            end += 1;
        }
        let led_in = start.checked_sub(1).is_some_and(|i| ends_with_colon(pieces[i].span.of(text)));
        if end - start >= 3 || (end - start == 2 && led_in) {
            listed[start..end].fill(true);
            // The last of a row of titles with words below it is a heading, unless the numbers begin anew.
            let restarts =
                pieces.get(end).and_then(|p| p.number).is_some_and(|n| n.style == style && n.value <= 1);
            let all_titles = pieces[start..end].iter().all(|p| is_title(p.body.of(text), LONGEST_TITLE));
            let all_labelled = pieces[start..end].iter().all(|p| has_label(p.body.of(text)));
            if !all_titles && !restarts && (!led_in || all_labelled) {
                for (listed, piece) in listed[start..end].iter_mut().zip(&pieces[start..end]) {
                    *listed = !has_label(piece.body.of(text));
                }
            }
        }
        start = end;
    }
    listed
}

fn opens_numbered(text: &str, piece: &Piece, number: Numbering, next: Option<&Piece>) -> bool {
    let body = piece.body.of(text);
    if is_title(body, LONGEST_TITLE) {
        return next.is_some() || is_ordinal(number.style);
    }
    // "(II) We collect the following for the following purposes:" above its own numbered parts
    let child = next
        .and_then(|n| n.number)
        .is_some_and(|n| n.style != number.style && n.style != Style::Bullet && n.value == 1);
    if child && columns(body) <= 2 * LONGEST_TITLE && ends_with_colon(body) {
        return true;
    }
    has_label(body)
}

/// Whether a style numbers chapters rather than items.
fn is_ordinal(style: Style) -> bool {
    matches!(style, Style::Named | Style::Han | Style::HanParen | Style::Circled | Style::Roman)
}

/// Whether an unnumbered line is a heading: bold, or short and apart from sentences.
fn opens_short(
    text: &str,
    piece: &Piece,
    strong: bool,
    before: Option<&Piece>,
    next: Option<&Piece>,
) -> bool {
    let words = piece.body.of(text);
    if strong {
        return is_title(words, LONGEST_TITLE) && next.is_some() && !ends_with_colon(words);
    }
    let Some(next) = next else { return false };
    let below = next.body.of(text);
    let after_colon = before.is_some_and(|b| ends_with_colon(b.span.of(text)));
    let content = next.number.is_some() || columns(below) > columns(words) + 16;
    let upper = words
        .chars()
        .next()
        .is_some_and(|c| is_han(c) || c.is_uppercase() || c.is_numeric() || matches!(c, '【' | '《'));
    is_title(words, LONGEST_SHORT_LINE)
        && !ends_with_colon(words)
        && !words.contains([':', '：', '@', '/', '<', '|', '，', ';', '；'])
        && !words.contains(", ")
        && upper
        && content
        && !after_colon
        && next.span.start > piece.span.end
}

struct Builder<'a> {
    text: &'a str,
    sections: Vec<Section>,
    blocks: Vec<Block>,
    sentences: Vec<Sentence>,
    /// Open sections, outermost first: opener and index.
    stack: Vec<(Opener, usize)>,
    /// Number of children each section has so far.
    children: Vec<usize>,
    /// Whether the last block is an item without a mark.
    unmarked: bool,
}

impl<'a> Builder<'a> {
    fn new(text: &'a str) -> Self {
        let whole = Section {
            id: "0".into(),
            title: String::new(),
            number: String::new(),
            level: 0,
            span: Span::new(0, text.len()),
            parent: 0,
        };
        Self {
            text,
            sections: vec![whole],
            blocks: vec![],
            sentences: vec![],
            stack: vec![],
            children: vec![0],
            unmarked: false,
        }
    }

    fn add(&mut self, piece: &Piece, opener: Option<Opener>) {
        match (opener, piece.number) {
            (Some(opener), _) => self.open(piece, opener),
            // "2. We may share …" ends the section that "1. We do not share …:" opened.
            (None, Some(number)) if matches!(piece.kind, RawKind::Paragraph { .. }) => {
                if let Some(sibling) = self.after_stated().or_sibling(Opener::Numbered(number.style)) {
                    self.stack.truncate(sibling);
                }
            }
            _ => {}
        }
        let section = self.stack.last().map_or(0, |&(_, s)| s);
        // "1. We will not share your data except:" opens a section, but it states a practice: it is no mere heading.
        let words = piece.body.of(self.text);
        let states = piece.number.is_some()
            && (ends_with_colon(words) && (columns(words) > LONGEST_LABEL || has_clauses(words))
                || stated_behind_label(words).is_some());
        let runs_in = !is_title(words, LONGEST_TITLE) || states;
        let stated = matches!(opener, Some(Opener::Stated(_)));
        let mut unmarked = false;
        let kind = match piece.kind {
            _ if opener.is_some() && (stated || !runs_in) => BlockKind::Heading,
            RawKind::Item { depth, .. } => BlockKind::Item(depth),
            RawKind::Cell { table, row, column, head } => BlockKind::Cell { table, row, column, head },
            _ if piece.number.is_some() && opener.is_none() => BlockKind::Item(self.depth(piece, section)),
            _ => match self.unmarked_item(words, section) {
                Some(depth) => {
                    unmarked = true;
                    BlockKind::Item(depth)
                }
                None => BlockKind::Paragraph,
            },
        };
        self.unmarked = unmarked;
        let first = self.sentences.len();
        let block = self.blocks.len();
        let spans = match kind {
            // A heading or a cell is one statement, however it is punctuated.
            BlockKind::Heading => vec![piece.body],
            _ => sentence::split(self.text, piece.body),
        };
        self.sentences.extend(spans.into_iter().map(|span| Sentence { span, block }));
        let lead_in = match kind {
            BlockKind::Item(depth) => self.lead_in(depth, section),
            _ => None,
        };
        let sentences = (first, self.sentences.len());
        self.blocks.push(Block { kind, span: piece.span, body: piece.body, section, lead_in, sentences });
        for &(_, open) in &self.stack {
            self.sections[open].span.end = piece.span.end;
        }
    }

    fn open(&mut self, piece: &Piece, opener: Opener) {
        let keep = match opener {
            Opener::Stated(level) => {
                self.stack.iter().position(|(o, _)| !matches!(o, Opener::Stated(l) if *l < level))
            }
            Opener::Numbered(style) => {
                self.after_stated().or_sibling(opener).or_else(|| {
                    // A short line is above the numbers that follow it only when it opens the document, and 一、 or ① are above all.
                    let above = |s: usize| s == 1 && !is_ordinal(style);
                    self.stack.iter().position(|&(o, s)| o == Opener::Line && !above(s))
                })
            }
            Opener::Line => self.after_stated().or_sibling(opener),
        };
        self.stack.truncate(keep.unwrap_or(self.stack.len()));
        let parent = self.stack.last().map_or(0, |&(_, s)| s);
        self.children[parent] += 1;
        let ordinal = self.children[parent];
        let id =
            if parent == 0 { ordinal.to_string() } else { format!("{}.{ordinal}", self.sections[parent].id) };
        let body = piece.body.of(self.text);
        let is_stated = matches!(opener, Opener::Stated(_));
        let states = piece.number.is_some() && stated_behind_label(body).is_some();
        let title = if is_stated || is_title(body, LONGEST_TITLE) && !states {
            body
        } else {
            label(body).unwrap_or(body)
        };
        self.stack.push((opener, self.sections.len()));
        self.children.push(0);
        self.sections.push(Section {
            id,
            title: title
                .split_whitespace()
                .collect::<Vec<_>>()
                .join(" ")
                .trim_end_matches([':', '：'])
                .to_string(),
            number: piece.number.map_or("", |n| &piece.span.of(self.text)[..n.mark]).to_string(),
            level: u8::try_from(self.stack.len()).unwrap_or(u8::MAX),
            span: piece.span,
            parent,
        });
    }

    /// The open sections below the innermost stated heading.
    fn after_stated(&self) -> Open<'_> {
        let from = self.stack.iter().rposition(|(o, _)| matches!(o, Opener::Stated(_))).map_or(0, |i| i + 1);
        Open { stack: &self.stack, from }
    }

    /// Depth of a numbered or bulleted line of plain text: one deeper than an item of another style that leads in to it.
    fn depth(&self, piece: &Piece, section: usize) -> u8 {
        let style = |span: Span| numbering::parse(span.of(self.text)).map(|n| n.style);
        let here = piece.number.map(|n| n.style);
        let mut depth_of_other = None;
        for block in self.blocks.iter().rev().take_while(|b| b.section == section).take(80) {
            let BlockKind::Item(depth) = block.kind else { break };
            if style(block.span) == here {
                return depth;
            }
            if depth_of_other.is_none() {
                depth_of_other = Some((depth, ends_with_colon(block.span.of(self.text))));
            }
        }
        match depth_of_other {
            Some((depth, _)) => depth.saturating_add(1),
            None => 1,
        }
    }

    /// The depth of a paragraph that is an item of a list whose marks were lost in copying: it ends with a semicolon below
    /// a lead-in or another such item, or closes their list.
    fn unmarked_item(&self, words: &str, section: usize) -> Option<u8> {
        let last = self.blocks.last().filter(|block| block.section == section)?;
        let above = last.span.of(self.text);
        if ends_with_colon(above) && ends_with_semicolon(words) {
            return match last.kind {
                BlockKind::Item(depth) => Some(depth.saturating_add(1)),
                BlockKind::Paragraph | BlockKind::Heading => Some(1),
                BlockKind::Cell { .. } => None,
            };
        }
        let BlockKind::Item(depth) = last.kind else { return None };
        let closes = || columns(words) <= LONGEST_CLOSING_ITEM && is_one_sentence(words);
        (self.unmarked && ends_with_semicolon(above) && (ends_with_semicolon(words) || closes()))
            .then_some(depth)
    }

    /// The block that leads in to an item: the item one level up, or the block before the list when it ends with a colon.
    fn lead_in(&self, depth: u8, section: usize) -> Option<usize> {
        for (i, block) in self.blocks.iter().enumerate().rev().take_while(|(_, b)| b.section == section) {
            match block.kind {
                BlockKind::Item(d) if d >= depth => {
                    // A second paragraph of an item, or the item before: its lead-in is ours.
                    if d == depth {
                        return block.lead_in;
                    }
                }
                BlockKind::Item(_) => return Some(i),
                BlockKind::Cell { .. } => return None,
                BlockKind::Paragraph | BlockKind::Heading => {
                    return ends_with_colon(block.span.of(self.text)).then_some(i);
                }
            }
        }
        None
    }

    fn finish(self) -> (Vec<Section>, Vec<Block>, Vec<Sentence>) {
        (self.sections, self.blocks, self.sentences)
    }
}

struct Open<'a> {
    stack: &'a [(Opener, usize)],
    from: usize,
}

impl Open<'_> {
    fn or_sibling(&self, opener: Opener) -> Option<usize> {
        (self.from..self.stack.len()).find(|&i| self.stack[i].0 == opener)
    }
}

#[cfg(test)]
mod tests {
    use crate::document::{BlockKind, Document};
    use crate::ingest::{InputFormat, read};

    fn outline(text: &str) -> Vec<(String, String, String)> {
        let document = document("policy.txt", text);
        document.sections.iter().skip(1).map(|s| (s.id.clone(), s.number.clone(), s.title.clone())).collect()
    }

    fn document(name: &str, text: &str) -> Document {
        Document::new(name, read(name, text.as_bytes(), InputFormat::Auto).unwrap())
    }

    fn ids(text: &str) -> Vec<String> {
        outline(text).into_iter().map(|(id, number, title)| format!("{id} {number}{title}")).collect()
    }

    #[test]
    fn chinese_numbers_nest_as_written() {
        let text = "一、我们如何收集\n\n我们会收集信息。\n\n（一）注册\n\n1、基础服务\n\n您需要提供手机号码。\n\n2、附加服务：您可以提供昵称。\n\n（二）支付\n\n我们会共享订单信息。\n\n二、存储\n\n我们保存信息。";
        assert_eq!(
            ids(text),
            [
                "1 一、我们如何收集",
                "1.1 （一）注册",
                "1.1.1 1、基础服务",
                "1.1.2 2、附加服务",
                "1.2 （二）支付",
                "2 二、存储"
            ]
        );
    }

    #[test]
    fn a_table_of_contents_is_a_list() {
        let text = "本政策帮助您了解以下内容：\n一、适用范围\n二、信息的收集\n三、联系我们\n一、适用范围\n本政策适用于全部产品。\n二、信息的收集\n我们收集手机号。\n";
        assert_eq!(ids(text), ["1 一、适用范围", "2 二、信息的收集"]);
    }

    #[test]
    fn circled_numbers_hold_parts() {
        let text = "Introduction\n\nWe care about the privacy of all our users.\n\n①. How we collect\n\n(1) With your consent:\n\nWe may collect your phone number.\n\n②. How we share\n\n(I) Sharing\n\n1. We do not share your data with anyone, except as follows.\n\n(II) Transfer\n\nWe may transfer data.\n";
        assert_eq!(
            ids(text),
            [
                "1 Introduction",
                "2 ①.How we collect",
                "2.1 (1)With your consent",
                "3 ②.How we share",
                "3.1 (I)Sharing",
                "3.2 (II)Transfer"
            ]
        );
    }

    #[test]
    fn items_know_their_lead_in() {
        let document = document("p.txt", "We collect:\n• IMEI\n• MAC address\n\nWe do more.\n");
        let lead: Vec<_> = document.blocks.iter().map(|b| (b.kind, b.lead_in)).collect();
        assert_eq!(lead[1], (BlockKind::Item(1), Some(0)));
        assert_eq!(lead[2], (BlockKind::Item(1), Some(0)));
        assert_eq!(lead[3], (BlockKind::Paragraph, None));
        assert_eq!(document.words(document.blocks[1].body), "IMEI");
    }

    #[test]
    fn a_numbered_line_with_a_label_states_what_stands_behind_it() {
        for text in [
            "第三方SDK\n\n1.地图SDK：手机/电话权限、定位权限\n\n2.推送SDK：存储权限、定位权限\n",
            "Kits\n\n1. Map kit: location, device model\n\n2. Push kit: device model, country\n",
        ] {
            let kinds: Vec<_> = document("p.txt", text).blocks.iter().map(|b| b.kind).collect();
            assert_eq!(kinds.iter().filter(|kind| **kind == BlockKind::Heading).count(), 1, "{kinds:?}");
        }
        let text = "1. Your rights: an overview\n\nYou may ask us for your data at any time you like.\n\n2. Contact\n\nWrite to us whenever you like.\n";
        assert_eq!(ids(text), ["1 1.Your rights: an overview", "2 2.Contact"]);
    }

    #[test]
    fn semicolons_make_items_of_paragraphs_whose_marks_were_lost() {
        let kinds = |text| document("p.txt", text).blocks.iter().map(|b| b.kind).collect::<Vec<_>>();
        let (item, paragraph) = (BlockKind::Item(1), BlockKind::Paragraph);
        let text = "We use it to:\n\nanswer you;\n\nsend you offers; and\n\nmend our app.\n\nWe keep it for a year. Then it is gone.\n";
        assert_eq!(kinds(text), [paragraph, item, item, item, paragraph]);
        let text = "我们会收集以下信息：\n\n手机号码；\n\n设备型号；\n\n我们会妥善保存。保存期限为一年。\n";
        assert_eq!(kinds(text), [paragraph, item, item, paragraph]);
        let text = "We sell nothing;\n\nwe share nothing;\n\nthat is all.\n";
        assert_eq!(kinds(text), [paragraph; 3]);
    }

    #[test]
    fn a_numbered_list_that_is_led_in_opens_no_sections() {
        let text =
            "以下情形无需您的同意：\n1、与国家安全有关的；\n2、与公共安全有关的；\n3、法律规定的其他情形。\n";
        assert!(outline(text).is_empty());
        assert_eq!(document("p.txt", text).blocks[2].lead_in, Some(0));
    }
}
