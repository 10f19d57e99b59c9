//! Blocks and sentences made comparable: interned words and n-grams instead of text.
//!
//! Two interned forms stand for equality: one that keeps case (equal rows) and one that does not (equal sentences).
//! The words are interned when they are first asked for: most items have an equal one and are never compared.

use std::borrow::Cow;
use std::cell::{OnceCell, RefCell};
use std::ops::Range;
use std::rc::Rc;

use crate::document::{BlockKind, Document};
use crate::text::{Span, TokenKind, WordMap, cased, lowercase, tokens};

/// Which blocks may be paired though their words differ.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Class {
    /// Headings.
    Heading,
    /// Paragraphs and items: a bullet may turn into a paragraph.
    Running,
    /// Cells, and rows of cells.
    Cell,
}

/// What is compared of a block, a row of cells, or a sentence.
#[derive(Clone, Debug)]
pub(super) struct Item<'a> {
    /// Equal when the words are, case included.
    pub cased: u32,
    /// Equal when the words are, whatever their case.
    pub folded: u32,
    /// What may be paired with it.
    pub class: Class,
    text: Cow<'a, str>,
    ids: Rc<RefCell<Interner>>,
    /// Which tokens are compared, words unless there are none, and how many there are.
    counted: OnceCell<(TokenKind, usize)>,
    sequence: OnceCell<Vec<u32>>,
    words: OnceCell<Vec<u32>>,
    pairs: OnceCell<Vec<u64>>,
    grams: OnceCell<Vec<u64>>,
    /// The interned first cell, for rows of cells.
    pub first_cell: Option<u32>,
}

impl<'a> Item<'a> {
    fn new(text: Cow<'a, str>, class: Class, ids: &Rc<RefCell<Interner>>) -> Item<'a> {
        let (cased, folded) = {
            let (form, mut ids) = (cased(&text), ids.borrow_mut());
            (ids.id(&form), ids.id(without_end(&lower(&form))))
        };
        Item {
            cased,
            folded,
            class,
            text,
            ids: Rc::clone(ids),
            counted: OnceCell::new(),
            sequence: OnceCell::new(),
            words: OnceCell::new(),
            pairs: OnceCell::new(),
            grams: OnceCell::new(),
            first_cell: None,
        }
    }

    fn counted(&self) -> (TokenKind, usize) {
        *self.counted.get_or_init(|| counted(&self.text))
    }

    /// Length in words, at least 1.
    pub fn length(&self) -> usize {
        self.counted().1.max(1)
    }

    /// Whether there is nothing in it to compare.
    pub fn is_empty(&self) -> bool {
        self.counted().1 == 0
    }

    /// Whether there is a digit in it.
    pub fn is_numbered(&self) -> bool {
        self.text.bytes().any(|byte| byte.is_ascii_digit())
    }

    /// Interned words in order; marks of punctuation only where there are no words.
    fn sequence(&self) -> &[u32] {
        self.sequence.get_or_init(|| {
            let (kind, count) = self.counted();
            let mut ids = self.ids.borrow_mut();
            let compared = tokens(&self.text).filter(|token| token.kind == kind);
            let mut sequence = Vec::with_capacity(count);
            sequence.extend(compared.map(|token| ids.id(&lower(&fold_word(token.span.of(&self.text))))));
            sequence
        })
    }

    /// Its words, sorted.
    fn words(&self) -> &[u32] {
        self.words.get_or_init(|| sorted(self.sequence().to_vec()))
    }

    /// Pairs of neighbouring words, sorted.
    fn pairs(&self) -> &[u64] {
        let pair = |w: &[u32]| u64::from(w[0]) << 32 | u64::from(w[1]);
        self.pairs.get_or_init(|| sorted(self.sequence().windows(2).map(pair).collect()))
    }

    /// Hashes of four neighbouring words, sorted, each once; of all words where there are fewer.
    pub fn grams(&self) -> &[u64] {
        self.grams.get_or_init(|| {
            let words = self.sequence();
            let mut grams = sorted(if words.len() < 4 {
                vec![hash(words)]
            } else {
                words.windows(4).map(hash).collect()
            });
            grams.dedup();
            grams
        })
    }

    /// How alike two items are, 0 to 1, by their words and pairs of words. Row and column labels weigh as much as the rest.
    pub fn similarity(&self, other: &Item) -> f32 {
        if self.folded == other.folded {
            return 1.0;
        }
        if self.class != other.class {
            return 0.0;
        }
        let words = dice(self.words(), other.words());
        let alike = if self.counted().1.min(other.counted().1) < 4 {
            words
        } else {
            0.5 * (words + dice(self.pairs(), other.pairs()))
        };
        match (self.first_cell, other.first_cell) {
            (Some(a), Some(b)) if a == b => 0.5 + 0.5 * alike,
            _ => alike,
        }
    }

    /// The largest similarity that the lengths allow: cheap to ask before the real one.
    pub fn bound(&self, other: &Item) -> f32 {
        let (a, b) = (self.length(), other.length());
        if self.first_cell.is_some() { 1.0 } else { 2.0 * a.min(b) as f32 / (a + b) as f32 }
    }
}

/// Twice the common share of two sorted lists, repeated values counted.
pub(super) fn dice<T: Ord>(a: &[T], b: &[T]) -> f32 {
    if a.is_empty() && b.is_empty() {
        return 0.0;
    }
    2.0 * common(a, b) as f32 / (a.len() + b.len()) as f32
}

/// How many values two sorted lists share, repeated values counted.
pub(super) fn common<T: Ord>(a: &[T], b: &[T]) -> usize {
    let (mut i, mut j, mut n) = (0, 0, 0);
    while let (Some(x), Some(y)) = (a.get(i), b.get(j)) {
        match x.cmp(y) {
            std::cmp::Ordering::Less => i += 1,
            std::cmp::Ordering::Greater => j += 1,
            std::cmp::Ordering::Equal => {
                n += 1;
                i += 1;
                j += 1;
            }
        }
    }
    n
}

/// Numbers for strings; equal numbers mean equal strings in all sides made with the same interner.
#[derive(Debug, Default)]
pub(super) struct Interner(WordMap<String, u32>);

impl Interner {
    /// The number of a string.
    pub fn id(&mut self, text: &str) -> u32 {
        if let Some(&id) = self.0.get(text) {
            return id;
        }
        let id = u32::try_from(self.0.len()).unwrap_or(u32::MAX);
        self.0.insert(text.to_string(), id);
        id
    }
}

/// Items by their text: what both versions share, and a block of one sentence, is made once.
#[derive(Default)]
pub(super) struct Items<'a> {
    ids: Rc<RefCell<Interner>>,
    known: WordMap<(Class, &'a str), Rc<Item<'a>>>,
}

impl<'a> Items<'a> {
    fn of(&mut self, text: &'a str, class: Class) -> Rc<Item<'a>> {
        let known = self.known.entry((class, text));
        Rc::clone(known.or_insert_with(|| Rc::new(Item::new(Cow::Borrowed(text), class, &self.ids))))
    }
}

/// The last item of a list that is sorted anew changes its comma for a stop.
fn without_end(text: &str) -> &str {
    text.trim_end_matches([',', ';', '.', '，', '；', '。', '、', ' '])
}

/// Which tokens of a text are compared, and how many there are.
fn counted(text: &str) -> (TokenKind, usize) {
    let (mut words, mut marks) = (0, 0);
    for token in tokens(text) {
        words += usize::from(token.kind == TokenKind::Word);
        marks += usize::from(token.kind == TokenKind::Mark);
    }
    if words > 0 { (TokenKind::Word, words) } else { (TokenKind::Mark, marks) }
}

fn sorted<T: Ord>(mut values: Vec<T>) -> Vec<T> {
    values.sort_unstable();
    values
}

fn hash(words: &[u32]) -> u64 {
    words.iter().fold(words.len() as u64, |hash, word| {
        let mixed = (hash.rotate_left(23) ^ u64::from(*word)).wrapping_mul(0x9e37_79b9_7f4a_7c15);
        mixed ^ (mixed >> 29)
    })
}

/// [`cased`] for one token: most are plain and stay as they are.
pub(super) fn fold_word(text: &str) -> Cow<'_, str> {
    let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '\u{4e00}'..='\u{9fff}');
    if text.chars().all(plain) { Cow::Borrowed(text) } else { Cow::Owned(cased(text)) }
}

fn lower(text: &str) -> Cow<'_, str> {
    let small =
        |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || matches!(c, '\u{4e00}'..='\u{9fff}');
    if text.chars().all(small) { Cow::Borrowed(text) } else { Cow::Owned(lowercase(text)) }
}

/// What is aligned as one: a block, or all cells of a row of a table.
#[derive(Clone, Debug)]
pub(super) struct Unit<'a> {
    /// Its blocks.
    pub blocks: Range<usize>,
    /// Its section.
    pub section: usize,
    /// For rows of cells: what is compared.
    row: Option<Rc<Item<'a>>>,
}

/// A document made comparable.
pub(super) struct Side<'a> {
    /// The document.
    pub document: &'a Document,
    /// For each block.
    pub blocks: Vec<Rc<Item<'a>>>,
    /// For each sentence.
    pub sentences: Vec<Rc<Item<'a>>>,
    /// Blocks and rows in document order.
    pub units: Vec<Unit<'a>>,
    /// Units of each section, subsections not included.
    pub own: Vec<Vec<usize>>,
}

impl<'a> Side<'a> {
    /// Prepares a document; both sides need the same items.
    pub fn new(document: &'a Document, items: &mut Items<'a>) -> Side<'a> {
        let blocks: Vec<Rc<Item<'a>>> =
            document.blocks.iter().map(|b| items.of(document.words(b.body), class(b.kind))).collect();
        let sentences =
            document.sentences.iter().map(|s| items.of(document.words(s.span), Class::Running)).collect();
        let mut units = Vec::new();
        let mut at = 0;
        while let Some(block) = document.blocks.get(at) {
            let mut end = at + 1;
            let mut row_item = None;
            if let BlockKind::Cell { table, row, .. } = block.kind {
                while document.blocks.get(end).is_some_and(|next| {
                    next.section == block.section
                        && matches!(next.kind, BlockKind::Cell { table: t, row: r, .. } if (t, r) == (table, row))
                }) {
                    end += 1;
                }
                row_item = Some(Rc::new(row_of(document, at..end, &items.ids)));
            }
            units.push(Unit { blocks: at..end, section: block.section, row: row_item });
            at = end;
        }
        let mut own = vec![Vec::new(); document.sections.len().max(1)];
        for (i, unit) in units.iter().enumerate() {
            if let Some(list) = own.get_mut(unit.section) {
                list.push(i);
            }
        }
        Side { document, blocks, sentences, units, own }
    }

    /// What is compared of a unit.
    pub fn item(&self, unit: usize) -> &Rc<Item<'a>> {
        let unit = &self.units[unit];
        unit.row.as_ref().unwrap_or(&self.blocks[unit.blocks.start])
    }
}

fn class(kind: BlockKind) -> Class {
    match kind {
        BlockKind::Heading => Class::Heading,
        BlockKind::Paragraph | BlockKind::Item(_) => Class::Running,
        BlockKind::Cell { .. } => Class::Cell,
    }
}

fn row_of<'a>(document: &Document, cells: Range<usize>, ids: &Rc<RefCell<Interner>>) -> Item<'a> {
    let blocks = &document.blocks[cells];
    let text: Vec<&str> = blocks.iter().map(|b| document.words(b.body)).collect();
    let mut item = Item::new(Cow::Owned(text.join("\n")), Class::Cell, ids);
    // Where one cell ends and the next begins is part of what makes two rows equal.
    let cells: Vec<String> = text.iter().map(|t| cased(t)).collect();
    let joined = cells.join("\u{1f}");
    let mut ids = ids.borrow_mut();
    item.cased = ids.id(&joined);
    item.folded = ids.id(&lower(&joined));
    item.first_cell = cells.first().filter(|c| cells.len() > 1 && !c.is_empty()).map(|c| ids.id(&lower(c)));
    item
}

/// The span of a block's words within the document, never outside it.
pub(super) fn body(document: &Document, block: usize) -> Span {
    document.blocks.get(block).map(|b| b.body).unwrap_or_default()
}
