//! Quick answers about the characters that policies are made of, and quick ways through text that is mostly ASCII.

/// The most bytes that are asked for at once.
const WORD: usize = 8;
/// The bit that no byte of ASCII has, in each byte of a word.
const BEYOND: u64 = 0x8080_8080_8080_8080;

/// Bytes of ASCII at the beginning of a text.
pub fn ascii_length(text: &str) -> usize {
    let (words, rest) = text.as_bytes().as_chunks::<WORD>();
    let mut length = 0;
    for word in words {
        let beyond = u64::from_le_bytes(*word) & BEYOND;
        if beyond != 0 {
            return length + beyond.trailing_zeros() as usize / 8;
        }
        length += WORD;
    }
    length + rest.iter().take_while(|byte| byte.is_ascii()).count()
}

/// The characters of a text that are not ASCII, in order.
pub fn beyond_ascii(text: &str) -> impl Iterator<Item = char> {
    let mut rest = text;
    std::iter::from_fn(move || {
        let mut chars = rest.get(ascii_length(rest)..)?.chars();
        let c = chars.next()?;
        rest = chars.as_str();
        Some(c)
    })
}

/// How many bytes are looked at side by side.
const AT_ONCE: usize = 16;

/// Bytes at the beginning of a text that are such. Quickest where the answer takes no branch.
pub fn run_length(text: &str, is: impl Fn(u8) -> bool) -> usize {
    let bytes = text.as_bytes();
    let mut at = 0;
    while let Some(block) = bytes[at..].first_chunk::<AT_ONCE>()
        && block.iter().fold(true, |all, &byte| all & is(byte))
    {
        at += AT_ONCE;
    }
    at + bytes[at..].iter().take_while(|&&byte| is(byte)).count()
}

/// Bytes at the beginning of a text that are ASCII letters, digits and marks (but for the backtick, which stands for a
/// quotation mark), with single blanks between them.
pub fn plain_length(text: &str) -> usize {
    let bytes = text.as_bytes();
    if !bytes.first().is_some_and(|&byte| is_plain(byte)) {
        return 0;
    }
    let mut at = 0;
    // Without a branch for each byte, so that processors look at them side by side.
    while let Some(block) = bytes[at..].first_chunk::<AT_ONCE>()
        && let Some(next) = bytes[at + 1..].first_chunk::<AT_ONCE>()
        && (0..AT_ONCE)
            .fold(true, |all, i| all & (is_plain(block[i]) | (block[i] == b' ') & is_plain(next[i])))
    {
        at += AT_ONCE;
    }
    let is_plain = |at: usize| bytes.get(at).is_some_and(|byte| PLAIN[usize::from(*byte)]);
    while is_plain(at) || bytes.get(at) == Some(&b' ') && is_plain(at + 1) {
        at += 1;
    }
    at
}

const fn is_plain(byte: u8) -> bool {
    byte.is_ascii_graphic() & (byte != b'`')
}

/// [`is_plain`] for bytes that are looked at one by one.
static PLAIN: [bool; 256] = {
    let mut plain = [false; 256];
    let mut byte = 0;
    while byte < 256 {
        plain[byte] = is_plain(byte as u8);
        byte += 1;
    }
    plain
};

/// How many bytes are such. Counted in stretches that a byte can count, which processors do side by side.
pub fn count_bytes(text: &str, is: impl Fn(u8) -> bool) -> usize {
    let stretches = text.as_bytes().chunks(usize::from(u8::MAX));
    stretches.map(|bytes| usize::from(bytes.iter().map(|&byte| u8::from(is(byte))).sum::<u8>())).sum()
}

/// At most so many characters from the beginning of a text.
pub fn first_chars(text: &str, most: usize) -> &str {
    let mut chars = text.chars();
    match most.checked_sub(1).map(|last| chars.nth(last)) {
        Some(_) => text.get(..text.len() - chars.as_str().len()).unwrap_or(text),
        None => "",
    }
}

/// [`str::to_lowercase`], with ASCII in runs.
pub fn lowercase(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    loop {
        let (ascii, behind) = rest.split_at(ascii_length(rest));
        let start = out.len();
        out.push_str(ascii);
        if let Some(run) = out.get_mut(start..) {
            run.make_ascii_lowercase();
        }
        let mut chars = behind.chars();
        match chars.next() {
            Some(c @ ('\u{df}'..='\u{ff}' | '\u{2000}'..='\u{206f}' | '\u{4e00}'..='\u{9fff}')) => {
                out.push(c)
            }
            Some('Σ') => return text.to_lowercase(), // what becomes of it depends on where it stands
            Some(c) => out.extend(c.to_lowercase()),
            None => return out,
        }
        rest = chars.as_str();
    }
}

/// [`char::is_alphabetic`], without a search in tables for Latin letters and Han characters.
#[inline]
pub fn is_alphabetic(c: char) -> bool {
    match c {
        '\0'..='\u{7f}' => c.is_ascii_alphabetic(),
        _ if is_common_mark(c) => false,
        '\u{c0}'..='\u{24f}' | '\u{4e00}'..='\u{9fff}' => true,
        _ => c.is_alphabetic(),
    }
}

/// [`char::is_alphanumeric`], as quickly.
#[inline]
pub fn is_alphanumeric(c: char) -> bool {
    match c {
        '\0'..='\u{7f}' => c.is_ascii_alphanumeric(),
        _ if is_common_mark(c) => false,
        '\u{c0}'..='\u{24f}' | '\u{4e00}'..='\u{9fff}' => true,
        _ => c.is_alphanumeric(),
    }
}

/// Quotation marks, dashes, blanks and marks of full width, among which are no letters and no numbers.
fn is_common_mark(c: char) -> bool {
    matches!(c, '\u{a0}'..='\u{a9}' | '«' | '»' | '×' | '÷' | '\u{2000}'..='\u{206f}')
        || matches!(c, '\u{3000}'..='\u{3004}' | '\u{3008}'..='\u{3020}' | '\u{ff01}'..='\u{ff0f}' | '\u{ff1a}'..='\u{ff20}')
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn letters_are_those_of_the_standard() {
        for c in '\0'..=char::MAX {
            assert_eq!(
                (is_alphabetic(c), is_alphanumeric(c)),
                (c.is_alphabetic(), c.is_alphanumeric()),
                "{c:?}"
            );
        }
    }

    #[test]
    fn every_letter_becomes_small_as_it_should() {
        for c in '\0'..='\u{ffff}' {
            let text = format!("A{c}B");
            assert_eq!(lowercase(&text), text.to_lowercase(), "{c:?}");
        }
    }

    proptest! {
        #[test]
        fn what_is_not_ascii_is_found(text in "[a-z `\u{e9}\u{4e2d}\u{1f600}]{0,40}", most in 0usize..30) {
            let expected: String = text.chars().filter(|c| !c.is_ascii()).collect();
            prop_assert_eq!(beyond_ascii(&text).collect::<String>(), expected);
            let plain = text.find(|c: char| c == '`' || !c.is_ascii_graphic() && c != ' ').unwrap_or(text.len());
            let words = text[..plain].trim_end();
            let single = words.find("  ").unwrap_or(words.len());
            prop_assert_eq!(plain_length(&text), if text.starts_with(' ') { 0 } else { single });
            let letter = |byte: u8| byte.is_ascii_lowercase();
            prop_assert_eq!(run_length(&text, letter), text.bytes().take_while(|&byte| letter(byte)).count());
            prop_assert_eq!(count_bytes(&text, |b| b == b'a'), text.matches('a').count());
            prop_assert_eq!(first_chars(&text, most), text.chars().take(most).collect::<String>());
        }
    }
}
