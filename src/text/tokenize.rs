//! Text to tokens: what a diff counts as one word.
//!
//! English words with inner apostrophes and hyphens, numbers, dates, e-mail and web addresses are whole.
//! Chinese has no word breaks, so each Han character is a token; runs of Latin letters and digits inside
//! Chinese stay whole. So 50 → 500 marks one number, not a sentence.

use super::{Span, is_alphanumeric};

/// What kind of token.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TokenKind {
    /// A word, number, address or one Han character.
    Word,
    /// One mark of punctuation or symbol.
    Mark,
    /// A run of white space.
    Space,
}

/// A token and where it stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Token {
    /// What kind.
    pub kind: TokenKind,
    /// Where, in bytes.
    pub span: Span,
}

/// Whether a character is a Han ideograph.
#[inline]
pub fn is_han(c: char) -> bool {
    matches!(c, '\u{4e00}'..='\u{9fff}' | '\u{3400}'..='\u{4dbf}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{2fa1f}' | '々' | '〇')
}

/// All tokens of a text, in order, without gaps: joining their words gives the text again.
pub fn tokenize(text: &str) -> Vec<Token> {
    let mut all = Vec::with_capacity(text.len() / 4);
    all.extend(tokens(text));
    all
}

/// The same, one after the other.
pub fn tokens(text: &str) -> impl Iterator<Item = Token> {
    let mut at = 0;
    std::iter::from_fn(move || {
        let start = at;
        let kind = match class(text.as_bytes(), at)? {
            Class::Letter => {
                at = word_end(text, at + 1);
                TokenKind::Word
            }
            Class::Blank => {
                at = blank_end(text, at + 1);
                TokenKind::Space
            }
            Class::Joint | Class::Mark => {
                at += 1;
                TokenKind::Mark
            }
            Class::Beyond => {
                let c = char_at(text, at)?;
                at += c.len_utf8();
                let kind = kind_of(c);
                match kind {
                    TokenKind::Word if !is_han(c) => at = word_end(text, at),
                    TokenKind::Space => at = blank_end(text, at),
                    _ => {}
                }
                kind
            }
        };
        Some(Token { kind, span: Span::new(start, at) })
    })
}

/// What a byte says of the token it stands in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Class {
    /// A letter or a digit.
    Letter,
    /// White space.
    Blank,
    /// A mark that can stand inside a word.
    Joint,
    /// Any other mark.
    Mark,
    /// A part of a character that is not ASCII.
    Beyond,
}

/// The class of each byte: most are told by it alone.
static CLASSES: [Class; 256] = {
    let mut classes = [Class::Mark; 256];
    let mut byte = 0;
    while byte < 256 {
        classes[byte] = match byte as u8 {
            b'0'..=b'9' | b'a'..=b'z' | b'A'..=b'Z' => Class::Letter,
            b'\t'..=b'\r' | b' ' => Class::Blank,
            b'\'' | b'-' | b'.' | b'@' | b'_' | b'/' | b':' | b',' => Class::Joint,
            0x80.. => Class::Beyond,
            _ => Class::Mark,
        };
        byte += 1;
    }
    classes
};

#[inline]
fn class(bytes: &[u8], at: usize) -> Option<Class> {
    bytes.get(at).map(|byte| CLASSES[usize::from(*byte)])
}

fn kind_of(c: char) -> TokenKind {
    if is_han(c) || is_alphanumeric(c) {
        TokenKind::Word
    } else if c.is_whitespace() {
        TokenKind::Space
    } else {
        TokenKind::Mark
    }
}

/// Where white space ends that stands from `at` on.
fn blank_end(text: &str, mut at: usize) -> usize {
    while let Some(c) = char_at(text, at).filter(|c| c.is_whitespace()) {
        at += c.len_utf8();
    }
    at
}

/// Where a word ends of which one letter or digit ends before `at`.
fn word_end(text: &str, mut at: usize) -> usize {
    let bytes = text.as_bytes();
    loop {
        while class(bytes, at) == Some(Class::Letter) {
            at += 1;
        }
        if matches!(class(bytes, at), None | Some(Class::Blank | Class::Mark)) {
            return at;
        }
        let Some(c) = char_at(text, at) else { return at };
        let after = at + c.len_utf8();
        // One inner mark joins two letters or digits: don't, e-mail, 3.5, a@b.c, 2024/05/01.
        let joins = is_letter(c)
            || matches!(c, '\'' | '’' | '-' | '.' | '@' | '_' | '/' | ':' | ',')
                && char_at(text, after).is_some_and(|next| joins_with(text, at, c, next));
        if !joins {
            return at;
        }
        at = after;
    }
}

#[inline]
fn char_at(text: &str, at: usize) -> Option<char> {
    match text.as_bytes().get(at) {
        Some(byte) if byte.is_ascii() => Some(char::from(*byte)),
        _ => text.get(at..)?.chars().next(),
    }
}

fn is_letter(c: char) -> bool {
    (is_alphanumeric(c) && !is_han(c)) || matches!(c, '\u{300}'..='\u{36f}')
}

fn joins_with(text: &str, at: usize, mark: char, next: char) -> bool {
    let before = text[..at].chars().next_back().unwrap_or(' ');
    match mark {
        ',' => before.is_ascii_digit() && next.is_ascii_digit(),
        '/' | ':' => {
            before.is_ascii_digit() && next.is_ascii_digit()
                || mark == ':' && next == '/'
                || before == '/' && is_letter(next)
        }
        _ => is_letter(next),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn words(text: &str) -> Vec<&str> {
        tokenize(text).into_iter().filter(|t| t.kind != TokenKind::Space).map(|t| t.span.of(text)).collect()
    }

    #[test]
    fn english_words_numbers_and_addresses_are_whole() {
        assert_eq!(
            words("We don't sell e-mail (privacy@acme.example), 1,000 or 3.5%."),
            [
                "We",
                "don't",
                "sell",
                "e-mail",
                "(",
                "privacy@acme.example",
                ")",
                ",",
                "1,000",
                "or",
                "3.5",
                "%",
                "."
            ]
        );
    }

    #[test]
    fn chinese_is_split_by_character_but_latin_runs_stay() {
        assert_eq!(words("保存500天IMEI号。"), ["保", "存", "500", "天", "IMEI", "号", "。"]);
    }

    #[test]
    fn every_byte_is_of_the_class_of_its_character() {
        for byte in 0..0x80u8 {
            let c = char::from(byte);
            let expected = match kind_of(c) {
                TokenKind::Word => Class::Letter,
                TokenKind::Space => Class::Blank,
                TokenKind::Mark if "'-.@_/:,".contains(c) => Class::Joint,
                TokenKind::Mark => Class::Mark,
            };
            assert_eq!(CLASSES[usize::from(byte)], expected, "{c:?}");
        }
    }

    proptest! {
        #[test]
        fn tokens_join_to_the_text(text in "\\PC{0,60}") {
            let joined: String = tokenize(&text).into_iter().map(|t| t.span.of(&text).to_string()).collect();
            prop_assert_eq!(joined, text);
        }
    }
}
