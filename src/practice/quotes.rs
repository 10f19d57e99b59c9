//! Quotes to a document: what stands in for the policy when only a file of practices is known.
//!
//! Also the one rule, shared by writer and reader, by which words alone tell where in its quote a mention stands.

use std::collections::BTreeMap;

use super::set::in_sentence;
use crate::document::{Block, BlockKind, Document, Section, Sentence};
use crate::ingest::Format;
use crate::text::{Language, Span};

/// What joins the titles of a section's path.
pub(crate) const PATH_JOINT: &str = " › ";
/// Deeper paths are cut: no policy nests further.
const MAX_LEVEL: usize = 32;

/// A quote as evidence states it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Quote {
    pub section: String,
    pub text: String,
    /// The sentence it was taken from, in the policy's own text, where the file tells.
    pub sentence: Option<Span>,
}

/// Distinct quotes in the order in which they came.
#[derive(Debug, Default)]
pub(crate) struct Quotes {
    pub list: Vec<Quote>,
    /// By section and words, all places where they stand.
    index: BTreeMap<(String, String), Vec<usize>>,
}

impl Quotes {
    /// The index of a quote, which is added if it is new. A quote without a place is any one of the same words.
    pub fn add(&mut self, quote: Quote) -> usize {
        let same = self.index.entry((quote.section.clone(), quote.text.clone())).or_default();
        let known = same.iter().copied().find(|&i| {
            let other = self.list.get(i).and_then(|other| other.sentence);
            quote.sentence.is_none() || other.is_none() || other == quote.sentence
        });
        if let Some(i) = known {
            if let Some(other) = self.list.get_mut(i) {
                other.sentence = other.sentence.or(quote.sentence);
            }
            return i;
        }
        same.push(self.list.len());
        self.list.push(quote);
        self.list.len() - 1
    }
}

/// What a file says of the policy as a whole.
#[derive(Clone, Debug)]
pub(crate) struct About {
    pub name: String,
    pub title: Option<String>,
    pub language: Option<Language>,
    pub format: Format,
}

/// A document of the quotes, one paragraph and one sentence each, under the sections that they name.
pub(crate) fn document(about: About, quotes: &[Quote]) -> Document {
    let mut text = String::new();
    let mut outline = Outline::new();
    let (mut blocks, mut sentences) = (Vec::new(), Vec::new());
    for (i, quote) in quotes.iter().enumerate() {
        if i > 0 {
            text.push_str("\n\n");
        }
        let start = text.len();
        text.push_str(&quote.text);
        let span = Span::new(start, text.len());
        let section = outline.enter(&quote.section, span);
        blocks.push(Block {
            kind: BlockKind::Paragraph,
            span,
            body: span,
            section,
            lead_in: None,
            sentences: (i, i + 1),
        });
        sentences.push(Sentence { span, block: i });
    }
    let whole = Span::new(0, text.len());
    let mut sections = outline.sections;
    if let Some(root) = sections.first_mut() {
        root.span = whole;
    }
    Document {
        name: about.name,
        format: about.format,
        encoding: "UTF-8",
        language: about.language.unwrap_or_else(|| Language::detect(&text)),
        title: about.title,
        text,
        sections,
        blocks,
        sentences,
        links: Vec::new(),
        marks: Vec::new(),
        dropped: 0,
    }
}

/// The outline while quotes come in: the open sections, outermost first, with the number of subsections of each.
struct Outline {
    sections: Vec<Section>,
    open: Vec<(usize, usize)>,
}

impl Outline {
    fn new() -> Outline {
        let whole = Section {
            id: "0".into(),
            title: String::new(),
            number: String::new(),
            level: 0,
            span: Span::default(),
            parent: 0,
        };
        Outline { sections: vec![whole], open: vec![(0, 0)] }
    }

    /// The section of a path, opened if it is not open yet; it and those above it then reach to the end of `span`.
    fn enter(&mut self, path: &str, span: Span) -> usize {
        let titles: Vec<&str> = path.split(PATH_JOINT).filter(|t| !t.is_empty()).take(MAX_LEVEL).collect();
        let shared = self.open.iter().skip(1).zip(&titles);
        let shared = shared
            .take_while(|((i, _), title)| {
                self.sections.get(*i).is_some_and(|section| section.title == **title)
            })
            .count();
        self.open.truncate(1 + shared);
        for title in titles.iter().skip(shared) {
            let level = self.open.len();
            let Some((parent, children)) = self.open.last_mut() else { break };
            *children += 1;
            let (parent, number) = (*parent, *children);
            let id = match self.sections.get(parent) {
                Some(above) if parent > 0 => format!("{}.{number}", above.id),
                _ => number.to_string(),
            };
            self.open.push((self.sections.len(), 0));
            self.sections.push(Section {
                id,
                title: (*title).to_owned(),
                number: String::new(),
                level: u8::try_from(level).unwrap_or(u8::MAX),
                span,
                parent,
            });
        }
        for (i, _) in &self.open {
            if let Some(section) = self.sections.get_mut(*i) {
                section.span.end = span.end;
            }
        }
        self.open.last().map_or(0, |(i, _)| *i)
    }
}

/// Where words stand in a quote.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Found {
    /// The first place, in bytes of the quote.
    pub first: Span,
    /// Whether they stand nowhere else as whole words.
    pub single: bool,
    /// Whether they stand nowhere else at all, not even inside other words.
    pub only: bool,
}

/// Finds words in a quote, as whole words if they stand there as such: "we" is not the one in "power".
pub(crate) fn find(quote: &str, words: &str) -> Option<Found> {
    if words.is_empty() {
        return None;
    }
    let (mut whole, mut any) = ((None, 0usize), (None, 0usize));
    for (start, _) in quote.match_indices(words) {
        let span = Span::new(start, start + words.len());
        any = (any.0.or(Some(span)), any.1 + 1);
        if is_whole(quote, span) {
            whole = (whole.0.or(Some(span)), whole.1 + 1);
        }
    }
    let (first, count) = if whole.1 > 0 { whole } else { any };
    first.map(|first| Found { first, single: count == 1, only: any.1 == 1 })
}

/// Whether no letter or digit of an alphabet with blanks between words goes on before or after.
fn is_whole(text: &str, span: Span) -> bool {
    let joins = |a: Option<char>, b: Option<char>| match (a, b) {
        (Some(a), Some(b)) => [a, b].iter().all(|c| c.is_alphanumeric() && !crate::text::is_han(*c)),
        _ => false,
    };
    let words = span.of(text);
    let before = text.get(..span.start).and_then(|t| t.chars().next_back());
    let after = text.get(span.end..).and_then(|t| t.chars().next());
    !joins(before, words.chars().next()) && !joins(words.chars().next_back(), after)
}

/// Whether a reader finds the place of a mention by its words alone, so that the file need not state it.
/// `sentence` is where the quote's sentence stands in the policy, `at` where the mention does.
pub(super) fn is_plain(quote: &Quote, words: &str, at: Span) -> bool {
    let (Some(found), Some(sentence)) = (find(&quote.text, words), quote.sentence) else {
        return false;
    };
    if !found.single {
        return false;
    }
    let here = Span::new(0, quote.text.len());
    let Some(lead_in) = here.len().checked_sub(sentence.len()) else {
        return found.only && sentence.contains(at);
    };
    if sentence.contains(at) {
        found.only || in_sentence(here, sentence, found.first) == Some(at)
    } else {
        found.first.end <= lead_in
    }
}

/// Where a mention stands in its quote, in bytes of the quote; the whole quote when its words are not there.
pub(super) fn place(quote: &Quote, words: &str, at: Option<Span>) -> Span {
    let whole = Span::new(0, quote.text.len());
    let stated = at.zip(quote.sentence).and_then(|(at, sentence)| {
        let lead_in = whole.len().checked_sub(sentence.len())?;
        let start = lead_in.checked_add(at.start.checked_sub(sentence.start)?)?;
        let span = Span::new(start, start.checked_add(words.len())?);
        (sentence.contains(at) && span.of(&quote.text) == words).then_some(span)
    });
    stated.or_else(|| find(&quote.text, words).map(|found| found.first)).unwrap_or(whole)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn quote(section: &str, text: &str, sentence: Option<Span>) -> Quote {
        Quote { section: section.into(), text: text.into(), sentence }
    }

    fn about() -> About {
        About { name: "a".into(), title: None, language: None, format: Format::Text }
    }

    #[test]
    fn quotes_become_blocks_under_the_sections_they_name() {
        let quotes = [
            quote("Data › What we collect", "We collect names.", None),
            quote("Data › What we share", "We share nothing.", None),
            quote("", "Write to us.", None),
            quote("Data", "Data is kept.", None),
        ];
        let document = document(about(), &quotes);
        assert_eq!(document.text, "We collect names.\n\nWe share nothing.\n\nWrite to us.\n\nData is kept.");
        let outline: Vec<_> =
            document.sections.iter().map(|s| (s.id.as_str(), s.title.as_str(), s.level)).collect();
        let expected = [
            ("0", "", 0),
            ("1", "Data", 1),
            ("1.1", "What we collect", 2),
            ("1.2", "What we share", 2),
            ("2", "Data", 1),
        ];
        assert_eq!(outline, expected);
        assert_eq!(document.words(document.sections[1].span), "We collect names.\n\nWe share nothing.");
        assert_eq!(document.blocks[2].section, 0);
        assert_eq!(document.section_path(3), ["Data", "What we share"]);
        assert_eq!(document.language, Language::En);
    }

    #[test]
    fn the_same_words_at_two_places_are_two_quotes() {
        let mut quotes = Quotes::default();
        let (a, b) = (Some(Span::new(0, 3)), Some(Span::new(9, 12)));
        assert_eq!(quotes.add(quote("", "abc", a)), 0);
        assert_eq!(quotes.add(quote("", "abc", b)), 1);
        assert_eq!(quotes.add(quote("", "abc", None)), 0);
        assert_eq!(quotes.add(quote("x", "abc", None)), 2);
        assert_eq!(quotes.add(quote("x", "abc", a)), 2);
        assert_eq!(quotes.list[2].sentence, a);
    }

    #[test]
    fn whole_words_come_before_parts_of_words() {
        let found = find("power users: we ask", "we").unwrap();
        assert_eq!((found.first, found.single, found.only), (Span::new(13, 15), true, false));
        assert!(find("手机号和手机号码", "手机号").is_some_and(|found| !found.single));
        assert!(find("abc", "").is_none());
        assert!(find("abc", "d").is_none());
    }

    #[test]
    fn a_place_is_stated_only_where_words_do_not_tell_it() {
        // The sentence "your name." stands at 100; its lead-in "We collect: " elsewhere.
        let item = quote("", "We collect: your name.", Some(Span::new(100, 110)));
        assert!(is_plain(&item, "name", Span::new(105, 109)));
        assert!(is_plain(&item, "We", Span::new(20, 22)), "stands in the lead-in");
        assert!(!is_plain(&item, "name", Span::new(20, 24)), "the name here is another one");
        assert!(!is_plain(&item, "phone", Span::new(20, 25)), "not in the quote");
        let twice = quote("", "name and name", Some(Span::new(0, 13)));
        assert!(!is_plain(&twice, "name", Span::new(9, 13)));
        assert_eq!(place(&twice, "name", Some(Span::new(9, 13))), Span::new(9, 13));
        assert_eq!(place(&twice, "name", None), Span::new(0, 4));
        assert_eq!(place(&twice, "phone", None), Span::new(0, 13));
        assert_eq!(place(&twice, "name", Some(Span::new(usize::MAX - 1, usize::MAX))), Span::new(0, 4));
    }
}
