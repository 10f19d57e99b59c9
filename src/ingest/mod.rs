//! Bytes to [`Source`]: decoded text with the blocks, links and hand annotation that its format states.
//!
//! One match on the format, one file per format. What only the words tell (numbered headings, list items in plain
//! text) is left to [`crate::document`].

mod annotated;
mod build;
mod decode;
mod html;
mod markdown;
mod plain;

use std::path::Path;

use crate::error::Result;
use crate::text::Span;

pub use decode::{Decoded, decode};

/// The most bytes of one policy that are read. The longest real policies have less than one megabyte.
pub const MAX_BYTES: usize = 64 << 20;

/// How a document is written.
#[derive(
    Clone,
    Copy,
    Debug,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    serde::Serialize,
    serde::Deserialize,
    schemars::JsonSchema,
)]
#[serde(rename_all = "lowercase")]
pub enum Format {
    /// Plain text.
    Text,
    /// CommonMark with tables and front matter.
    Markdown,
    /// A web page or a part of one.
    Html,
    /// Plain text with hand annotation: `(actor)[action]<data>{purpose}`.
    Annotated,
}

/// A decoded document with the structure that its format states.
#[derive(Clone, Debug, PartialEq)]
pub struct Source {
    /// How it was written.
    pub format: Format,
    /// Name of the encoding it was decoded from, such as "UTF-8".
    pub encoding: &'static str,
    /// Title by front matter or `<title>`.
    pub title: Option<String>,
    /// Language by `<html lang>`, a BCP 47 code.
    pub language: Option<String>,
    /// The text that every span points into. Equal to the decoded file for [`Format::Text`];
    /// the words without markup for the others, blocks apart by blank lines, list items by line ends.
    pub text: String,
    /// Blocks in order, not overlapping; what no block covers is blank or without meaning.
    pub blocks: Vec<RawBlock>,
    /// Links, in order.
    pub links: Vec<Link>,
    /// Hand annotation, in order.
    pub marks: Vec<Mark>,
    /// Words that were left out of `text` as page furniture (navigation, cookie banners, footers): one label and count of characters each.
    pub dropped: Vec<Dropped>,
}

/// A block as the format states it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RawBlock {
    /// What the format says it is.
    pub kind: RawKind,
    /// Its words, without white space at the ends.
    pub span: Span,
}

/// What a format can say of a block.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RawKind {
    /// A heading of level 1 to 6.
    Heading(u8),
    /// A paragraph; `strong` when all its words are bold, which often stands for a heading.
    Paragraph {
        /// Whether all its words are bold.
        strong: bool,
    },
    /// A list item's own words (not those of lists inside it), 1 for the outermost list.
    Item {
        /// Depth, from 1.
        depth: u8,
        /// The number it is shown with in an ordered list; bullets and an item's further paragraphs have none.
        number: Option<u32>,
    },
    /// A table cell.
    Cell {
        /// Which table of the document, from 0.
        table: u32,
        /// Row, from 0.
        row: u32,
        /// Column, from 0, counted on the grid: spanning cells take several.
        column: u32,
        /// Whether it is a head cell of its column.
        head: bool,
    },
    /// Preformatted text that says it is code.
    Code,
}

/// A link: the words and the address they lead to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Link {
    /// The linked words.
    pub span: Span,
    /// The address as written.
    pub target: String,
}

/// One hand annotation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Mark {
    /// Which bracket it stood in.
    pub role: MarkRole,
    /// The annotated words, in the text without markup.
    pub span: Span,
}

/// The roles that the annotated form has brackets for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MarkRole {
    /// `(…)`
    Actor,
    /// `[…]`
    Action,
    /// `<…>`
    Data,
    /// `{…}`
    Purpose,
}

/// Words of a web page that were left out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Dropped {
    /// Which part, such as "nav" or "div.cookie-banner".
    pub part: String,
    /// How many characters.
    pub characters: usize,
}

/// What the user said about the format of an input.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum InputFormat {
    /// By the file's suffix, then by its content.
    #[default]
    Auto,
    /// As told; `Text` also refuses to read brackets as annotation.
    Forced(Format),
}

/// Reads a document from its bytes.
///
/// # Errors
/// [`crate::Error::Content`] when the bytes are empty, binary, or longer than [`MAX_BYTES`].
pub fn read(name: &str, bytes: &[u8], input: InputFormat) -> Result<Source> {
    let decoded = decode(name, bytes)?;
    let format = match input {
        InputFormat::Forced(format) => format,
        InputFormat::Auto => sniff(name, &decoded.text),
    };
    let mut source = match format {
        Format::Text => plain::read(decoded.text),
        Format::Markdown => markdown::read(&decoded.text),
        Format::Html => html::read(&decoded.text),
        Format::Annotated => annotated::read(&decoded.text),
    };
    source.encoding = decoded.encoding;
    Ok(source)
}

/// Whether a text is in the annotated form: three marks or more, of two kinds or more, two of them in one line.
pub fn is_annotated(text: &str) -> bool {
    annotated::looks_like(text)
}

/// The format by suffix, then by content. Text that calls itself plain is never taken for Markdown: its bytes are its words.
fn sniff(name: &str, text: &str) -> Format {
    let suffix = Path::new(name).extension().and_then(|suffix| suffix.to_str()).map(str::to_ascii_lowercase);
    match suffix.as_deref() {
        Some("md" | "markdown" | "mdown" | "mkd" | "mdx") => Format::Markdown,
        Some("html" | "htm" | "xhtml") => Format::Html,
        _ if html::looks_like(text) => Format::Html,
        _ if annotated::looks_like(text) => Format::Annotated,
        None if markdown::looks_like(text) => Format::Markdown,
        _ => Format::Text,
    }
}
