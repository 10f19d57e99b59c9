//! One form for words that differ only in how they are written, with a way back to the original bytes.
//!
//! Full and half width, traditional and simplified characters, quotes, dashes, case, kinds of blank and soft line ends are
//! made equal. It is for comparing and
//! looking up only: reports always show the original words.

use unicode_normalization::UnicodeNormalization;

use super::{Span, quick::plain_length, simplified_char, tokenize::is_han};

/// Normalised text and, for each of its bytes, where it came from.
#[derive(Clone, Debug, Default)]
pub struct Normalized {
    /// Lower case, NFKC, single blanks, none beside Han characters.
    pub text: String,
    /// For each normalised byte, the character it came from: its first byte, and in the lowest bits its length.
    origin: Vec<usize>,
}

/// Bits for the length of a character in bytes.
const LENGTH_BITS: u32 = 3;

impl Normalized {
    /// The original span of a normalised one.
    pub fn original(&self, span: Span) -> Span {
        let at = |byte: usize| {
            let packed = self.origin.get(byte)?;
            let start = packed >> LENGTH_BITS;
            Some(Span::new(start, start + (packed & ((1 << LENGTH_BITS) - 1))))
        };
        match (at(span.start), span.end.checked_sub(1).and_then(at)) {
            (Some(first), Some(last)) if !span.is_empty() => first.cover(last),
            (Some(first), _) => Span::new(first.start, first.start),
            (None, _) => self
                .origin
                .len()
                .checked_sub(1)
                .and_then(at)
                .map_or(Span::default(), |last| Span::new(last.end, last.end)),
        }
    }
}

/// One character in its compared form: quotes, dashes, widths, traditional and simplified forms made one. `None` for marks that carry no meaning.
#[inline]
pub fn fold_char(c: char) -> Option<char> {
    if c.is_ascii_alphanumeric() { Some(c) } else { fold_other(c) }
}

fn fold_other(c: char) -> Option<char> {
    Some(match c {
        '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}' | '\u{ad}' | '\u{fe0f}' => return None,
        '\u{2018}' | '\u{2019}' | '\u{201a}' | '\u{2032}' | '`' | '´' => '\'',
        '\u{201c}' | '\u{201d}' | '\u{201e}' | '\u{2033}' | '«' | '»' | '「' | '」' | '『' | '』' => {
            '"'
        }
        '\u{2010}'..='\u{2015}' | '\u{2212}' => '-',
        '、' => ',',
        '。' => '.',
        '\u{3000}' | '\u{a0}' | '\u{202f}' | '\u{2000}'..='\u{200a}' => ' ',
        c if c.is_whitespace() => ' ',
        c => simplified_char(c),
    })
}

/// The compatibility form (NFKC) of one folded character, with quick ways for those that policies are made of.
fn compatible(c: char, mut put: impl FnMut(char)) {
    match c {
        '\0'..='\u{7f}' | '\u{c0}'..='\u{ff}' | '\u{4e00}'..='\u{9fff}' | '《' | '》' | '【' | '】' => {
            put(c)
        }
        '\u{ff01}'..='\u{ff5e}' => put(char::from_u32(u32::from(c) - 0xfee0).unwrap_or(c)), // full width
        c => std::iter::once(c).nfkc().for_each(put),
    }
}

/// The normal form of a text. Blanks next to a Han character vanish, so a wrapped Chinese line equals an unwrapped one.
pub fn normalize(text: &str) -> Normalized {
    let mut out =
        Normalized { text: String::with_capacity(text.len()), origin: Vec::with_capacity(text.len() + 1) };
    form(text, Case::Lower, &mut out);
    out
}

/// The text of [`normalize`] alone.
pub fn normal(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    form(text, Case::Lower, &mut out);
    out
}

/// The text of [`normalize`] with its case kept.
pub fn cased(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    form(text, Case::Kept, &mut out);
    out
}

/// Whether capitals are made small.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Case {
    Kept,
    Lower,
}

/// What takes a normal form, piece by piece.
trait Form {
    /// Takes a run of ASCII that is its own normal form but for its case, and where it stands.
    fn run(&mut self, run: &str, at: usize, case: Case);
    /// Takes one character, and the place and length of the one that it came from.
    fn put(&mut self, c: char, at: usize, len: usize);
}

impl Form for String {
    fn run(&mut self, run: &str, _: usize, case: Case) {
        let start = self.len();
        self.push_str(run);
        if case == Case::Lower
            && let Some(run) = self.get_mut(start..)
        {
            run.make_ascii_lowercase();
        }
    }

    fn put(&mut self, c: char, _: usize, _: usize) {
        self.push(c);
    }
}

impl Form for Normalized {
    fn run(&mut self, run: &str, at: usize, case: Case) {
        self.text.run(run, at, case);
        self.origin.extend((at..at + run.len()).map(|at| at << LENGTH_BITS | 1));
    }

    fn put(&mut self, c: char, at: usize, len: usize) {
        self.text.push(c);
        self.origin.extend(std::iter::repeat_n(at << LENGTH_BITS | len, c.len_utf8()));
    }
}

/// Gives a normal form: runs of plain ASCII whole, all else character by character.
fn form(text: &str, case: Case, out: &mut impl Form) {
    let mut former = Former { out, case, blank: None, last: None };
    let mut at = 0;
    while let Some(rest) = text.get(at..).filter(|rest| !rest.is_empty()) {
        let run = plain_length(rest);
        if run > 0 {
            former.run(&rest[..run], at);
            at += run;
        }
        // What stopped the run is looked at by itself.
        let Some(c) = rest[run..].chars().next() else { return };
        former.add(c, at);
        at += c.len_utf8();
    }
}

/// Gives a normal form, and knows of its last character what the next one depends on.
struct Former<'o, F> {
    out: &'o mut F,
    case: Case,
    /// The first of the blanks since the last character: where it stands and its length.
    blank: Option<(usize, usize)>,
    /// The last character, or any of its kind: whether it is Han counts.
    last: Option<char>,
}

impl<F: Form> Former<'_, F> {
    fn run(&mut self, run: &str, at: usize) {
        self.part('a');
        self.out.run(run, at, self.case);
    }

    fn add(&mut self, c: char, at: usize) {
        let len = c.len_utf8();
        match c {
            '×' => self.put(c, at, len),
            '\u{c0}'..='\u{de}' if self.case == Case::Lower => {
                self.put(char::from_u32(u32::from(c) + 0x20).unwrap_or(c), at, len);
            }
            '\u{c0}'..='\u{ff}' => self.put(c, at, len),
            '\u{4e00}'..='\u{9fff}' => self.put(simplified_char(c), at, len),
            _ => self.add_other(c, at, len),
        }
    }

    fn add_other(&mut self, c: char, at: usize, len: usize) {
        let Some(folded) = fold_char(c) else { return };
        if folded == ' ' {
            self.blank.get_or_insert((at, len));
            return;
        }
        let word = |c: &char| *c != ' ';
        compatible(folded, |c| match self.case {
            Case::Kept => fold_char(c).filter(word).into_iter().for_each(|c| self.put(c, at, len)),
            Case::Lower => {
                c.to_lowercase().filter_map(fold_char).filter(word).for_each(|c| self.put(c, at, len))
            }
        });
    }

    fn put(&mut self, c: char, at: usize, len: usize) {
        self.part(c);
        self.out.put(c, at, len);
    }

    /// Puts the blank before a character, where there is one between others than Han.
    fn part(&mut self, c: char) {
        let last = self.last.replace(c);
        if let Some((at, len)) = self.blank.take()
            && last.is_some_and(|last| !is_han(last))
            && !is_han(c)
        {
            self.out.put(' ', at, len);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn widths_quotes_and_blanks_are_made_one() {
        assert_eq!(normalize("Ｗｅ “don’t”\u{a0} sell").text, "we \"don't\" sell");
        assert_eq!(normalize("手机\n  号码 IMEI").text, "手机号码imei");
        assert_eq!(normalize("「個人資訊」，３０天").text, normalize("“个人资讯”，30天").text);
    }

    #[test]
    fn spans_lead_back() {
        let text = "您的 ＩＭＥＩ 号码";
        let n = normalize(text);
        let at = n.text.find("imei").unwrap();
        assert_eq!(n.original(Span::new(at, at + 4)).of(text), "ＩＭＥＩ");
    }

    #[test]
    fn quick_ways_lead_to_the_same_form() {
        for c in '\0'..='\u{ffff}' {
            let mut quick = String::new();
            compatible(c, |c| quick.push(c));
            assert_eq!(quick, std::iter::once(c).nfkc().collect::<String>(), "{c:?}");
        }
    }

    /// The normal form, character by character and without quick ways.
    fn slowly(text: &str, case: Case) -> String {
        let (mut out, mut blank) = (String::new(), false);
        for c in text.chars().filter_map(fold_char) {
            if c == ' ' {
                blank = true;
                continue;
            }
            let put = |c: char| if case == Case::Lower { c.to_lowercase().collect() } else { vec![c] };
            for c in std::iter::once(c).nfkc().flat_map(put).filter_map(fold_char).filter(|&c| c != ' ') {
                let apart = out.chars().next_back().is_some_and(|last| !is_han(last)) && !is_han(c);
                out.extend((std::mem::take(&mut blank) && apart).then_some(' '));
                out.push(c);
            }
        }
        out
    }

    #[test]
    fn every_character_is_read_as_it_would_be_alone() {
        for c in '\0'..='\u{ffff}' {
            for text in [format!("{c}"), format!("A {c} b")] {
                assert_eq!(normal(&text), slowly(&text, Case::Lower), "{text:?}");
                assert_eq!(cased(&text), slowly(&text, Case::Kept), "{text:?}");
            }
        }
    }

    proptest! {
        #[test]
        fn runs_are_read_as_their_characters(text in "[A-Ca-c0-9 .,`\n\u{a0}\u{e9}\u{c9}\u{d7}\u{4e2d}\u{3000}\u{2019}\u{ff01}\u{1e9e}]{0,40}") {
            prop_assert_eq!(normal(&text), slowly(&text, Case::Lower));
            prop_assert_eq!(cased(&text), slowly(&text, Case::Kept));
            prop_assert_eq!(normalize(&text).text, normal(&text));
        }

        #[test]
        fn normalising_twice_changes_nothing(text in "\\PC{0,40}") {
            let once = normalize(&text).text;
            prop_assert_eq!(normalize(&once).text.clone(), once);
        }

        #[test]
        fn every_span_is_on_character_boundaries(text in "\\PC{0,40}") {
            let n = normalize(&text);
            for (i, c) in n.text.char_indices() {
                let span = n.original(Span::new(i, i + c.len_utf8()));
                prop_assert!(text.get(span.start..span.end).is_some());
            }
        }
    }
}
