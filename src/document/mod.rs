//! A [`Document`]: text with its outline of sections, its blocks and its sentences.
//!
//! The one value that all later stages point into. Spans are bytes of [`Document::text`].

mod lines;
mod numbering;
mod outline;
mod readability;
mod sentence;
mod title;

pub(crate) use numbering::mark_width;
pub use readability::{HAN_A_MINUTE, Readability, WORDS_A_MINUTE, count_words, readability};
pub use title::only_names_a_policy;

use crate::ingest::{Format, Link, Mark, Source};
use crate::text::{Language, Span};

/// A policy, read and cut up.
#[derive(Clone, Debug)]
pub struct Document {
    /// The name it was given by: a path, or "standard input".
    pub name: String,
    /// How it was written.
    pub format: Format,
    /// What it was decoded from.
    pub encoding: &'static str,
    /// Its language.
    pub language: Language,
    /// Its title: stated by the format, else the heading or first line that names it a policy.
    pub title: Option<String>,
    /// What every span points into.
    pub text: String,
    /// The outline in document order. Section 0 is the whole document, so that every block has a section.
    pub sections: Vec<Section>,
    /// Headings, paragraphs, items and cells in document order.
    pub blocks: Vec<Block>,
    /// Sentences in document order; none spans two blocks.
    pub sentences: Vec<Sentence>,
    /// Links in document order.
    pub links: Vec<Link>,
    /// Hand annotation in document order.
    pub marks: Vec<Mark>,
    /// Characters left out as page furniture.
    pub dropped: usize,
}

/// A part of a document under one heading.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Section {
    /// Its place in the outline, such as "2.1"; "0" for the whole document.
    pub id: String,
    /// The heading without its number; empty for the whole document.
    pub title: String,
    /// The number the heading carries in the text, such as "（二）"; empty if none.
    pub number: String,
    /// Depth in the outline, 0 for the whole document; the numbers of "2.1" are as many.
    pub level: u8,
    /// From its heading to the end of its last block, subsections included.
    pub span: Span,
    /// Index of the section that holds it; 0 is its own parent.
    pub parent: usize,
}

/// What a block is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BlockKind {
    /// The heading of a section.
    Heading,
    /// Running text.
    Paragraph,
    /// An item of a list, by depth from 1.
    Item(u8),
    /// A cell of a table.
    Cell {
        /// Which table of the document, from 0.
        table: u32,
        /// Row, from 0.
        row: u32,
        /// Column, from 0.
        column: u32,
        /// Whether it is a head cell.
        head: bool,
    },
}

/// A block of text: what is aligned before its words are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Block {
    /// What it is.
    pub kind: BlockKind,
    /// Its words with their bullet or number.
    pub span: Span,
    /// Its words without bullet or number.
    pub body: Span,
    /// Index of its section.
    pub section: usize,
    /// Index of the block that leads in to this item ("We collect:"), for items.
    pub lead_in: Option<usize>,
    /// Indices of its sentences: first and one past the last.
    pub sentences: (usize, usize),
}

/// A sentence of a block.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sentence {
    /// Its words, without white space, bullet or number.
    pub span: Span,
    /// Index of its block.
    pub block: usize,
}

impl Document {
    /// Cuts a source up into sections, blocks and sentences.
    pub fn new(name: &str, source: Source) -> Document {
        outline::build(name, source)
    }

    /// The words under a span.
    pub fn words(&self, span: Span) -> &str {
        span.of(&self.text)
    }

    /// Titles of a section and those above it, outermost first.
    pub fn section_path(&self, section: usize) -> Vec<&str> {
        let mut path = Vec::new();
        let mut at = section;
        while at != 0 {
            path.push(self.sections[at].title.as_str());
            at = self.sections[at].parent;
        }
        path.reverse();
        path
    }

    /// The block that holds a byte, if any.
    pub fn block_at(&self, byte: usize) -> Option<usize> {
        let i = self.blocks.partition_point(|b| b.span.end <= byte);
        (i < self.blocks.len() && self.blocks[i].span.start <= byte).then_some(i)
    }

    /// The sentence that holds a byte, if any.
    pub fn sentence_at(&self, byte: usize) -> Option<usize> {
        let i = self.sentences.partition_point(|s| s.span.end <= byte);
        (i < self.sentences.len() && self.sentences[i].span.start <= byte).then_some(i)
    }

    /// The lead-ins of a block, nearest first.
    pub fn lead_ins(&self, block: usize) -> impl Iterator<Item = usize> + '_ {
        std::iter::successors(self.blocks[block].lead_in, |&b| self.blocks[b].lead_in)
    }
}
