//! Pieces of words → the text of a [`Source`], its blocks and its links. Shared by the formats that have markup.
//!
//! A block is opened, fed with words, and closed; white space is made single on the way, so how the markup was wrapped
//! or indented leaves no trace. Blocks are apart by a blank line, the items of a list and the cells of a row by a line end.

use super::{Format, Link, RawBlock, RawKind, Source};
use crate::text::{Span, is_alphanumeric, is_han, plain_length};

/// Collects the text of a document.
#[derive(Debug, Default)]
pub(super) struct Builder {
    text: String,
    blocks: Vec<RawBlock>,
    links: Vec<Link>,
    /// Where the open block began, and what it is.
    open: Option<(usize, RawKind)>,
    /// White space that was met since the last words.
    blank: Gap,
    /// Whether all words of the open block were bold so far.
    strong: bool,
    /// The open link: where its words begin, once there are any, and its address.
    link: Option<(Option<usize>, String)>,
    /// How many tables were begun.
    pub tables: u32,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Gap {
    #[default]
    None,
    /// A blank that was written as one.
    Space,
    /// A line end of the markup's own: no blank between Han characters.
    Wrap,
    /// A line end that is meant.
    Break,
}

impl Builder {
    /// Opens a block; one that is open is closed.
    pub fn open(&mut self, kind: RawKind) {
        self.close();
        self.open = Some((self.text.len(), kind));
        self.strong = true;
    }

    /// Whether a block is open, with words or without.
    pub fn is_open(&self) -> bool {
        self.open.is_some()
    }

    /// Adds words. Opens a paragraph if nothing is open and there are any.
    pub fn words(&mut self, words: &str, strong: bool) {
        let mut rest = words;
        while let Some(c) = rest.chars().next() {
            if is_blank(c) {
                let end = rest.find(|c| !is_blank(c)).unwrap_or(rest.len());
                let wraps = rest.get(..end).is_some_and(|blank| blank.contains(['\n', '\r']));
                self.blank(if wraps { Gap::Wrap } else { Gap::Space });
                rest = rest.get(end..).unwrap_or_default();
            } else {
                let end = run_length(rest);
                self.word(rest.get(..end).unwrap_or_default(), strong);
                rest = rest.get(end..).unwrap_or_default();
            }
        }
    }

    /// Adds preformatted words with their line ends and blanks.
    pub fn preformatted(&mut self, words: &str) {
        for (i, line) in words.trim().split('\n').enumerate() {
            if i > 0 {
                self.line_break();
            }
            let line = line.trim_end();
            if !line.is_empty() {
                self.word(line, false);
            }
        }
    }

    /// Ends a line inside the block.
    pub fn line_break(&mut self) {
        self.blank(Gap::Break);
    }

    /// Begins a link.
    pub fn link(&mut self, target: &str) {
        self.end_link();
        self.link = Some((None, target.to_string()));
    }

    /// Ends the open link.
    pub fn end_link(&mut self) {
        if let Some((Some(start), target)) = self.link.take() {
            self.links.push(Link { span: Span::new(start, self.text.len()), target });
        }
    }

    /// Closes the open block, if any.
    pub fn close(&mut self) {
        self.blank = Gap::None;
        let Some((start, kind)) = self.open.take() else { return };
        let span = Span::new(start, self.text.len());
        // A link may run on through blocks; each gets its part.
        if let Some((begun, target)) = &mut self.link
            && let Some(start) = begun.take()
        {
            self.links.push(Link { span: Span::new(start, self.text.len()), target: target.clone() });
        }
        // Soft hyphens and joiners alone are no words.
        if span.of(&self.text).chars().all(|c| matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2060}')) {
            return;
        }
        let kind = match kind {
            RawKind::Paragraph { .. } => RawKind::Paragraph { strong: self.strong },
            kind => kind,
        };
        self.blocks.push(RawBlock { kind, span });
    }

    /// The document.
    pub fn finish(mut self, format: Format) -> Source {
        self.end_link();
        self.close();
        Source {
            format,
            encoding: "UTF-8",
            title: None,
            language: None,
            text: self.text,
            blocks: self.blocks,
            links: self.links,
            marks: Vec::new(),
            dropped: Vec::new(),
        }
    }

    fn blank(&mut self, blank: Gap) {
        self.blank = match (self.blank, blank) {
            (Gap::Break, _) | (_, Gap::Break) => Gap::Break,
            (Gap::Wrap, _) | (_, Gap::Wrap) => Gap::Wrap,
            _ => Gap::Space,
        };
    }

    /// Adds words as they are written, and what parts them from those before.
    fn word(&mut self, word: &str, strong: bool) {
        let Some(first) = word.chars().next() else { return };
        let (start, kind) = *self.open.get_or_insert_with(|| {
            self.strong = true;
            (self.text.len(), RawKind::Paragraph { strong: false })
        });
        if start == self.text.len() {
            self.text.push_str(self.apart(kind));
            self.open = Some((self.text.len(), kind));
        } else {
            let last = self.text.chars().next_back().unwrap_or(' ');
            match self.blank {
                Gap::None => {}
                Gap::Wrap if is_wide(last) && is_wide(first) => {}
                Gap::Space | Gap::Wrap => self.text.push(' '),
                Gap::Break => self.text.push('\n'),
            }
        }
        self.blank = Gap::None;
        // Marks alone, such as a colon after bold words, do not make a paragraph less bold.
        if self.strong && !strong && word.chars().any(is_alphanumeric) {
            self.strong = false;
        }
        if let Some((begun, _)) = &mut self.link {
            begun.get_or_insert(self.text.len());
        }
        self.text.push_str(word);
    }

    /// What stands between the last block and one of this kind.
    fn apart(&self, kind: RawKind) -> &'static str {
        match (self.blocks.last().map(|block| block.kind), kind) {
            (None, _) => "",
            (Some(RawKind::Item { .. }), RawKind::Item { .. }) => "\n",
            (Some(RawKind::Cell { table: a, .. }), RawKind::Cell { table: b, .. }) if a == b => "\n",
            _ => "\n\n",
        }
    }
}

/// Bytes of the words at the beginning, as long as single blanks stand between them.
fn run_length(words: &str) -> usize {
    let mut length = 0;
    loop {
        length += plain_length(words.get(length..).unwrap_or_default());
        let mut chars = words.get(length..).unwrap_or_default().chars();
        match chars.next() {
            Some(' ') if length > 0 && chars.as_str().starts_with(|c: char| c.is_ascii_graphic()) => {
                length += 1
            }
            Some(c) if !is_blank(c) => length += c.len_utf8(),
            _ => return length,
        }
    }
}

/// White space, the no-break kinds and the invisible ones at a line's end included.
fn is_blank(c: char) -> bool {
    c.is_whitespace() || matches!(c, '\u{200b}' | '\u{feff}')
}

/// Characters that stand side by side without a blank.
fn is_wide(c: char) -> bool {
    is_han(c) || matches!(c, '\u{3001}'..='\u{301f}' | '\u{ff01}'..='\u{ff60}')
}
