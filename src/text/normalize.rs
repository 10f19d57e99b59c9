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
    /// For each normalised byte, the original bytes of the character it came from.
    origin: Vec<Span>,
}

impl Normalized {
    /// The original span of a normalised one.
    pub fn original(&self, span: Span) -> Span {
        match (self.origin.get(span.start), span.end.checked_sub(1).and_then(|last| self.origin.get(last))) {
            (Some(first), Some(last)) if !span.is_empty() => first.cover(*last),
            (Some(first), _) => Span::new(first.start, first.start),
            (None, _) => self.origin.last().map_or(Span::default(), |last| Span::new(last.end, last.end)),
        }
    }
}

/// One character in its compared form: quotes, dashes, widths, traditional and simplified forms made one. `None` for marks that carry no meaning.
pub fn fold_char(c: char) -> Option<char> {
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

/// The normal form of a text. Blanks next to a Han character vanish, so a wrapped Chinese line equals an unwrapped one.
pub fn normalize(text: &str) -> Normalized {
    let mut out =
        Normalized { text: String::with_capacity(text.len()), origin: Vec::with_capacity(text.len() + 1) };
    let mut blank: Option<Span> = None;
    let mut last: Option<char> = None;
    for (at, c) in text.char_indices() {
        let Some(folded) = fold_char(c) else { continue };
        let here = Span::new(at, at + c.len_utf8());
        if folded == ' ' {
            blank.get_or_insert(here);
            continue;
        }
        if c.is_ascii() {
            push_blank(&mut out, &mut blank, last, folded);
            let lower = folded.to_ascii_lowercase();
            push(&mut out, lower, here);
            last = Some(lower);
            continue;
        }
        for c in std::iter::once(folded).nfkc().flat_map(char::to_lowercase) {
            let Some(c) = fold_char(c).filter(|&c| c != ' ') else { continue };
            push_blank(&mut out, &mut blank, last, c);
            push(&mut out, c, here);
            last = Some(c);
        }
    }
    out
}

fn push_blank(out: &mut Normalized, blank: &mut Option<Span>, last: Option<char>, next: char) {
    if let Some(at) = blank.take()
        && let Some(last) = last
        && !is_han(last)
        && !is_han(next)
    {
        push(out, ' ', at);
    }
}

fn push(out: &mut Normalized, c: char, at: Span) {
    out.text.push(c);
    out.origin.resize(out.text.len(), at);
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
