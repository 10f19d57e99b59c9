//! The number or bullet at the start of a block: 一、 （一） 1、 (1) ① 第三条 1.2 (I) a. •
//!
//! Only the mark is read here; whether the block is a heading or a list item is the outline's to say.

use crate::text::is_han;

/// How a number is written. Two blocks with the same style are siblings in an outline.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Style {
    /// 第三章, 第三条, Section 3, Article 3
    Named,
    /// 一、
    Han,
    /// （一）
    HanParen,
    /// 1. 1、 2．
    Arabic,
    /// 1.2 with its count of parts
    Dotted(u8),
    /// (1) 1)
    ArabicParen,
    /// ①
    Circled,
    /// (I) (iv) Ⅱ.
    Roman,
    /// a. (a) A.
    Letter,
    /// • - * ·
    Bullet,
}

/// A mark and how many bytes it takes, the blanks behind it included.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Numbering {
    pub style: Style,
    /// Its value, 0 for bullets.
    pub value: u32,
    /// Bytes of the mark alone.
    pub mark: usize,
    /// Bytes up to the first word behind it.
    pub width: usize,
}

/// The mark at the start of `text`, which has no white space there.
pub(super) fn parse(text: &str) -> Option<Numbering> {
    let (style, value, mark) = bullet(text)
        .or_else(|| circled(text))
        .or_else(|| named(text))
        .or_else(|| paren(text))
        .or_else(|| plain(text))?;
    let rest = &text[mark..];
    let blanks = rest.len() - rest.trim_start().len();
    let separated = blanks > 0 || rest.chars().next().is_none_or(|c| !c.is_ascii_digit());
    separated.then_some(Numbering { style, value, mark, width: mark + blanks })
}

/// Bytes that the mark at the start of `text` takes, with the blanks behind it; 0 without one.
pub(crate) fn mark_width(text: &str) -> usize {
    parse(text).map_or(0, |numbering| numbering.width)
}

fn bullet(text: &str) -> Option<(Style, u32, usize)> {
    let c = text.chars().next()?;
    let len = c.len_utf8();
    let spaced = text[len..].starts_with([' ', '\t', '\u{a0}', '\u{3000}']);
    match c {
        '•' | '●' | '○' | '◦' | '▪' | '■' | '◆' | '◇' | '➢' | '✓' | '‣' | '⁃' | '·' | '\u{f0b7}' | '◼' => {
            Some((Style::Bullet, 0, len))
        }
        '-' | '*' | '+' | '–' | '—' if spaced => Some((Style::Bullet, 0, len)),
        _ => None,
    }
}

fn circled(text: &str) -> Option<(Style, u32, usize)> {
    let c = text.chars().next()?;
    let value = match c {
        '①'..='⑳' => c as u32 - '①' as u32 + 1,
        '⑴'..='⒇' => c as u32 - '⑴' as u32 + 1,
        '❶'..='❿' => c as u32 - '❶' as u32 + 1,
        _ => return None,
    };
    let behind = text[c.len_utf8()..].chars().next().filter(|c| matches!(c, '.' | '．' | '、' | ':' | '：'));
    Some((Style::Circled, value, c.len_utf8() + behind.map_or(0, char::len_utf8)))
}

fn named(text: &str) -> Option<(Style, u32, usize)> {
    if let Some(rest) = text.strip_prefix('第') {
        let (value, digits) = han_number(rest).or_else(|| arabic(rest))?;
        let unit =
            rest[digits..].chars().next().filter(|c| matches!(c, '章' | '条' | '節' | '节' | '部' | '條'))?;
        let mut mark = '第'.len_utf8() + digits + unit.len_utf8();
        if unit == '部' {
            mark += text[mark..].strip_prefix('分').map_or(0, |_| '分'.len_utf8());
        }
        mark +=
            text[mark..].chars().next().filter(|c| matches!(c, '、' | '：' | ':')).map_or(0, char::len_utf8);
        return Some((Style::Named, value, mark));
    }
    for word in ["Section ", "Article ", "Part ", "SECTION ", "ARTICLE ", "PART "] {
        let Some(rest) = text.strip_prefix(word) else { continue };
        let (value, digits) = arabic(rest).or_else(|| roman(rest))?;
        let behind = rest[digits..].chars().next()?;
        if matches!(behind, '.' | ':' | ' ' | '-' | '–' | '—') {
            let mark = word.len() + digits + if behind == ' ' { 0 } else { behind.len_utf8() };
            return Some((Style::Named, value, mark));
        }
    }
    None
}

fn paren(text: &str) -> Option<(Style, u32, usize)> {
    let open = text.chars().next().filter(|c| matches!(c, '(' | '（' | '【' | '〔'))?;
    let inner = &text[open.len_utf8()..];
    let close_at = inner.find([')', '）', '】', '〕'])?;
    let close = inner[close_at..].chars().next()?;
    let (style, value) = number(&inner[..close_at])?;
    let style = match style {
        Style::Han => Style::HanParen,
        Style::Arabic => Style::ArabicParen,
        other => other,
    };
    Some((style, value, open.len_utf8() + close_at + close.len_utf8()))
}

fn plain(text: &str) -> Option<(Style, u32, usize)> {
    let until = text.find(['、', '.', '．', ')', '）', ',', '，', ':', ' ', '。'])?;
    let separator = text[until..].chars().next()?;
    let behind = until + separator.len_utf8();
    // 1.2.3 Title
    if separator == '.' && text[behind..].starts_with(|c: char| c.is_ascii_digit()) {
        return dotted(text);
    }
    let (style, value) = number(&text[..until])?;
    let mark = match (style, separator) {
        (_, ' ' | ':' | '。') | (Style::Letter | Style::Roman, ',' | '，') => return None,
        (Style::Arabic, ')' | '）') => return Some((Style::ArabicParen, value, behind)),
        // 1., 2., as web pages copied with a comma behind have it
        (Style::Arabic | Style::Han, '.' | '．') => {
            behind
                + text[behind..].chars().next().filter(|c| matches!(c, ',' | '，')).map_or(0, char::len_utf8)
        }
        (Style::Arabic, ',' | '，') | (Style::Han, ',' | '，') if value > 30 => return None,
        _ => behind,
    };
    // "I. Title" but not "I.e." and not "a.m."
    let spaced = text[mark..].starts_with([' ', '\t', '\u{a0}', '\u{3000}']);
    let foreign = text[mark..].starts_with(|c: char| is_han(c) || c.is_uppercase());
    match style {
        Style::Letter | Style::Roman if separator == '.' && !spaced && !foreign => None,
        _ => Some((style, value, mark)),
    }
}

fn dotted(text: &str) -> Option<(Style, u32, usize)> {
    let end = text.find(|c: char| !c.is_ascii_digit() && c != '.')?;
    let number = text[..end].trim_end_matches('.');
    let parts: Vec<&str> = number.split('.').collect();
    let small = parts.iter().all(|p| (1..=2).contains(&p.len()));
    let count = u8::try_from(parts.len()).ok()?;
    if !small || !(2..=5).contains(&count) {
        return None;
    }
    let behind = text[end..].chars().next()?;
    let mark = end + if matches!(behind, '、' | '．' | ')' | '）') { behind.len_utf8() } else { 0 };
    // "3.5 million" is no number of a section, "1.1您注册" is
    let title = text[mark..].trim_start().starts_with(|c: char| is_han(c) || c.is_uppercase() || c == '【');
    title.then(|| (Style::Dotted(count), parts.last().and_then(|p| p.parse().ok()).unwrap_or(0), mark))
}

/// What the characters of a number, without brackets or marks, count.
fn number(s: &str) -> Option<(Style, u32)> {
    let whole = |(value, len): (u32, usize)| (len == s.len()).then_some(value);
    if let Some(value) = arabic(s).and_then(whole) {
        return (s.len() <= 3).then_some((Style::Arabic, value));
    }
    if let Some(value) = han_number(s).and_then(whole) {
        return Some((Style::Han, value));
    }
    if let Some(value) = roman(s).and_then(whole) {
        return Some((Style::Roman, value));
    }
    let mut chars = s.chars();
    match (chars.next(), chars.next()) {
        (Some(c), None) if c.is_ascii_alphabetic() => {
            Some((Style::Letter, c.to_ascii_lowercase() as u32 - 'a' as u32 + 1))
        }
        _ => None,
    }
}

fn arabic(s: &str) -> Option<(u32, usize)> {
    let digits = s.len() - s.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    (1..=4).contains(&digits).then(|| s[..digits].parse().ok().map(|v| (v, digits)))?
}

fn han_number(s: &str) -> Option<(u32, usize)> {
    let (mut value, mut unit, mut len) = (0, 0, 0);
    for c in s.chars() {
        match "零一二三四五六七八九".chars().position(|d| d == c) {
            Some(d) => unit = d as u32,
            None if c == '十' => {
                value += unit.max(1) * 10;
                unit = 0;
            }
            None if c == '百' => {
                value += unit.max(1) * 100;
                unit = 0;
            }
            None => break,
        }
        len += c.len_utf8();
    }
    (len > 0).then_some((value + unit, len))
}

fn roman(s: &str) -> Option<(u32, usize)> {
    if let Some(c) = s.chars().next()
        && matches!(c, 'Ⅰ'..='Ⅻ' | 'ⅰ'..='ⅻ')
    {
        let base = if c >= 'ⅰ' { 'ⅰ' } else { 'Ⅰ' };
        return Some((c as u32 - base as u32 + 1, c.len_utf8()));
    }
    let len = s.len() - s.trim_start_matches(['I', 'V', 'X', 'i', 'v', 'x']).len();
    let digits = &s[..len];
    let same_case = digits.chars().all(char::is_uppercase) || digits.chars().all(char::is_lowercase);
    if !(1..=6).contains(&len) || !same_case {
        return None;
    }
    let worth = |c: char| match c.to_ascii_lowercase() {
        'i' => 1,
        'v' => 5,
        _ => 10,
    };
    let values: Vec<u32> = digits.chars().map(worth).collect();
    let total = values.iter().enumerate().fold(0i64, |sum, (i, &v)| {
        if values.get(i + 1).is_some_and(|&next| next > v) { sum - i64::from(v) } else { sum + i64::from(v) }
    });
    u32::try_from(total).ok().filter(|&v| v > 0).map(|v| (v, len))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Option<(Style, u32, &str)> {
        parse(text).map(|n| (n.style, n.value, &text[n.width..]))
    }

    #[test]
    fn chinese_numbers() {
        assert_eq!(read("一、如何收集"), Some((Style::Han, 1, "如何收集")));
        assert_eq!(read("（十一）其他"), Some((Style::HanParen, 11, "其他")));
        assert_eq!(read("1、基础会员服务"), Some((Style::Arabic, 1, "基础会员服务")));
        assert_eq!(read("（2）位置"), Some((Style::ArabicParen, 2, "位置")));
        assert_eq!(read("③. How"), Some((Style::Circled, 3, "How")));
        assert_eq!(read("第二十条 期限"), Some((Style::Named, 20, "期限")));
        assert_eq!(read("1.1您注册"), Some((Style::Dotted(2), 1, "您注册")));
    }

    #[test]
    fn english_numbers() {
        assert_eq!(read("(I) we will"), Some((Style::Roman, 1, "we will")));
        assert_eq!(read("(Ⅱ) Sharing"), Some((Style::Roman, 2, "Sharing")));
        assert_eq!(read("1.How we"), Some((Style::Arabic, 1, "How we")));
        assert_eq!(read("a. Title"), Some((Style::Letter, 1, "Title")));
        assert_eq!(read("• IMEI"), Some((Style::Bullet, 0, "IMEI")));
        assert_eq!(read("Section 4. Rights"), Some((Style::Named, 4, "Rights")));
    }

    #[test]
    fn words_that_only_look_like_numbers() {
        for text in [
            "a.m. is early",
            "I.e. this",
            "3.5 million users",
            "2024 was",
            "-5 degrees",
            "We. They",
            "(see below) it",
        ] {
            assert_eq!(read(text), None, "{text}");
        }
    }
}
