//! One form for words that differ only in how they are written, with a way back to the original bytes.
//!
//! Full and half width, traditional and simplified characters, quotes, dashes, case, kinds of blank and soft line ends are
//! made equal. It is for comparing and
//! looking up only: reports always show the original words.

use unicode_normalization::UnicodeNormalization;

use super::{Span, simplified_char, tokenize::is_han};

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
pub fn compatible(c: char, mut put: impl FnMut(char)) {
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
    each_normal(text, |c, at, len| {
        out.text.push(c);
        out.origin.push(at << LENGTH_BITS | len);
        if !c.is_ascii() {
            out.origin.extend(std::iter::repeat_n(at << LENGTH_BITS | len, c.len_utf8() - 1));
        }
    });
    out
}

/// The text of [`normalize`] alone.
pub fn normal(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    each_normal(text, |c, _, _| out.push(c));
    out
}

/// Each character of the normal form, with where the character it came from stands and its length.
fn each_normal(text: &str, mut put: impl FnMut(char, usize, usize)) {
    let mut blank: Option<(usize, usize)> = None;
    let mut last: Option<char> = None;
    for (at, c) in text.char_indices() {
        let Some(folded) = fold_char(c) else { continue };
        let len = c.len_utf8();
        if folded == ' ' {
            blank.get_or_insert((at, len));
            continue;
        }
        let mut put_one = |c: char| {
            if let Some((at, len)) = blank.take()
                && let Some(last) = last
                && !is_han(last)
                && !is_han(c)
            {
                put(' ', at, len);
            }
            put(c, at, len);
            last = Some(c);
        };
        if folded.is_ascii() {
            put_one(folded.to_ascii_lowercase());
            continue;
        }
        compatible(folded, |c| {
            for c in c.to_lowercase().filter_map(fold_char).filter(|&c| c != ' ') {
                put_one(c);
            }
        });
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

    proptest! {
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
