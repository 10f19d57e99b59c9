//! Traditional Chinese characters to simplified ones: one character for one, in as many bytes, so that every span of the
//! simplified text is a span of the original.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::LazyLock;

use serde::Deserialize;

use super::beyond_ascii;

/// The first character of the table.
const FIRST: u32 = 0x3400;
/// One past the last.
const END: u32 = 0xa000;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    pairs: String,
    words: BTreeMap<String, String>,
}

#[allow(clippy::expect_used)] // our own file, read in a test
static FILE: LazyLock<File> =
    LazyLock::new(|| crate::yaml::own_file!("text/traditional").expect("traditional.yaml is right"));

/// The simplified form of each character from [`FIRST`] on; 0 where it is its own.
static TABLE: LazyLock<Vec<u16>> = LazyLock::new(|| {
    let mut table = vec![0; (END - FIRST) as usize];
    let mut chars = FILE.pairs.chars().filter(|&c| c > ' ').map(u32::from);
    while let (Some(traditional), Some(simple)) = (chars.next(), chars.next()) {
        if let Some(entry) = traditional.checked_sub(FIRST).and_then(|at| table.get_mut(at as usize)) {
            *entry = u16::try_from(simple).unwrap_or_default();
        }
    }
    table
});

/// The simplified form of a character; itself where it has none.
pub fn simplified_char(c: char) -> char {
    let code = u32::from(c);
    if !(FIRST..END).contains(&code) {
        return c;
    }
    match TABLE.get((code - FIRST) as usize) {
        Some(&simple) if simple != 0 => char::from_u32(u32::from(simple)).unwrap_or(c),
        _ => c,
    }
}

/// A text with its characters in simplified form, byte for byte as long.
pub fn simplified(text: &str) -> Cow<'_, str> {
    if beyond_ascii(text).all(|c| simplified_char(c) == c) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    out.extend(text.chars().map(simplified_char));
    Cow::Owned(out)
}

/// A simplified text with words of Taiwan and Hong Kong in the mainland's place, byte for byte as long.
pub fn mainland(text: &str) -> String {
    let mut words: Vec<(&String, &String)> = FILE.words.iter().collect();
    // Longer words first, so that none is taken for its part.
    words.sort_by_key(|(word, _)| (std::cmp::Reverse(word.len()), *word));
    words.into_iter().fold(text.to_string(), |text, (word, other)| text.replace(word.as_str(), other))
}

/// A whole number written in digits of half or full width.
pub fn digits(number: &str) -> Option<u32> {
    number.chars().try_fold(0u32, |sum, c| {
        let half = u32::from(c).checked_sub(0xfee0).and_then(char::from_u32).unwrap_or(c);
        sum.checked_mul(10)?.checked_add(c.to_digit(10).or(half.to_digit(10))?)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_pair_is_two_characters_of_three_bytes_and_final() {
        let pairs: Vec<&str> = FILE.pairs.split_whitespace().collect();
        assert!(pairs.len() > 2_500);
        for pair in pairs {
            let chars: Vec<char> = pair.chars().collect();
            let [traditional, simple] = chars[..] else { panic!("{pair}") };
            assert!(traditional.len_utf8() == 3 && simple.len_utf8() == 3, "{pair}");
            assert_eq!(simplified_char(traditional), simple, "{pair} stands twice");
            assert_eq!(simplified_char(simple), simple, "{pair}");
        }
    }

    #[test]
    fn words_of_other_regions_keep_their_length() {
        assert!(FILE.words.iter().all(|(word, other)| word.len() == other.len()));
        assert_eq!(mainland("我们搜集行动装置的资讯。"), "我们收集移动设备的信息。");
    }

    #[test]
    fn digits_of_both_widths_are_numbers() {
        assert_eq!((digits("３0"), digits("1４"), digits("x")), (Some(30), Some(14), None));
    }

    #[test]
    fn traditional_text_becomes_simplified_and_keeps_its_length() {
        let text = "我們蒐集您的個人資訊，保存30個月後刪除（IMEI）。";
        let simple = simplified(text);
        assert_eq!(simple, "我们搜集您的个人资讯，保存30个月后删除（IMEI）。");
        assert_eq!(simple.len(), text.len());
        assert!(matches!(simplified("我们收集著作权信息。"), Cow::Borrowed(_)));
    }
}
