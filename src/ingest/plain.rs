//! Plain text → blocks, the text itself untouched: every byte of the file keeps its place, so offsets are the file's own.
//!
//! A blank line ends a block. Between other lines the question is whether a line end is a paragraph's end or was put in
//! to keep lines short. It was put in when the next line's first word would not have fitted: lines of a wrapped file are
//! filled up to a common width. In many policies each line is a whole paragraph; their lines are of any length.

use unicode_width::UnicodeWidthStr;

use super::{Format, RawBlock, RawKind, Source};
use crate::text::{Span, is_han};

/// Columns a line must at least have for its end to be a wrap.
const NARROWEST: usize = 45;
/// The same for lines of Chinese.
const NARROWEST_WIDE: usize = 30;
/// Columns beyond which nobody wraps by hand.
const WIDEST: usize = 120;
/// Columns left free at a line's end since some marks may not begin a line in Chinese.
const SLACK: usize = 4;

/// Reads plain text; `source.text` is the text as given.
pub(super) fn read(text: String) -> Source {
    let blocks = blocks(&text);
    Source {
        format: Format::Text,
        encoding: "UTF-8",
        title: None,
        language: None,
        text,
        blocks,
        links: Vec::new(),
        marks: Vec::new(),
        dropped: Vec::new(),
    }
}

/// A line that is not blank.
struct Line<'a> {
    /// Its words, trimmed.
    words: &'a str,
    /// Where they stand.
    span: Span,
    /// Columns before its words.
    indent: usize,
    /// Columns from its first word to its last.
    width: usize,
}

impl Line<'_> {
    fn cover(&self) -> usize {
        self.indent + self.width
    }
}

/// The blocks of plain text: paragraphs, and headings where they are marked by `#` or underlined.
pub(super) fn blocks(text: &str) -> Vec<RawBlock> {
    let (mut groups, mut open): (Vec<Vec<Line>>, Vec<Line>) = Default::default();
    for span in lines(text) {
        match line(text, span) {
            Some(line) => open.push(line),
            None => groups.push(std::mem::take(&mut open)),
        }
    }
    groups.push(open);
    groups.retain(|group| !group.is_empty());
    let usual = usual_width(&groups);
    let mut blocks = Vec::new();
    for group in &groups {
        read_group(group, usual, &mut blocks);
    }
    blocks
}

/// Spans of all lines without their ends.
fn lines(text: &str) -> impl Iterator<Item = Span> + '_ {
    let mut at = 0;
    text.split(['\n', '\r', '\u{c}', '\u{2028}', '\u{2029}'])
        .map(move |line| {
            let start = at;
            let end = start + line.len();
            at = end + text.get(end..).and_then(|rest| rest.chars().next()).map_or(0, char::len_utf8);
            // CRLF is one line end: the empty line between its halves is none.
            let inside = text.as_bytes().get(start.wrapping_sub(1)) == Some(&b'\r')
                && text.as_bytes().get(start) == Some(&b'\n');
            if inside { Span::new(usize::MAX, usize::MAX) } else { Span::new(start, end) }
        })
        .filter(|span| span.start != usize::MAX)
}

fn line(text: &str, span: Span) -> Option<Line<'_>> {
    let inner = span.trim(text);
    let words = inner.of(text);
    (!words.is_empty()).then(|| Line {
        words,
        span: inner,
        indent: Span::new(span.start, inner.start).of(text).chars().map(blank_width).sum(),
        width: words.width(),
    })
}

fn blank_width(c: char) -> usize {
    match c {
        '\t' => 4,
        '\u{3000}' => 2,
        _ => 1,
    }
}

/// The width that lines are filled to, if the text as a whole is wrapped.
fn usual_width(groups: &[Vec<Line>]) -> Option<usize> {
    let all = || groups.iter().flatten();
    let total: usize = all().map(|line| line.width).sum();
    let long: usize = all().filter(|line| line.cover() > WIDEST).map(|line| line.width).sum();
    if long * 4 > total {
        return None;
    }
    let filled = groups.iter().filter(|group| group.len() > 1).flatten();
    filled.filter(|line| (narrowest(line)..=WIDEST).contains(&line.cover())).map(Line::cover).max()
}

fn read_group(group: &[Line], usual: Option<usize>, blocks: &mut Vec<RawBlock>) {
    let widest = group.iter().map(Line::cover).max().unwrap_or_default();
    let usual = usual.filter(|_| widest <= WIDEST).map(|usual| if group.len() > 2 { widest } else { usual });
    // A paragraph with every line filled is wrapped even where a line happens to end with a sentence.
    let all_filled = group.len() > 2
        && usual.is_some_and(|usual| {
            group.windows(2).all(|pair| matches!(pair, [line, next] if is_filled(line, next, usual)))
        });
    let mut open: Option<(usize, RawBlock)> = None;
    for (i, line) in group.iter().enumerate() {
        if is_rule(line.words) {
            if let Some((first, block)) = &mut open
                && *first + 1 == i
                && let Some(level) = underline(line, group.get(*first))
                && matches!(block.kind, RawKind::Paragraph { .. })
            {
                block.kind = RawKind::Heading(level);
            }
            blocks.extend(open.take().map(|(_, block)| block));
            continue;
        }
        let before = i.checked_sub(1).and_then(|before| group.get(before));
        if let (Some((_, block)), Some(before)) = (&mut open, before)
            && matches!(block.kind, RawKind::Paragraph { .. })
            && (usual.is_some_and(|usual| is_filled(before, line, usual)) || breaks_off(before, line))
            && (all_filled || !ends_something(before.words))
            && !starts_something(line.words)
            && (line.indent <= before.indent || starts_item(before.words))
        {
            block.span.end = line.span.end;
            continue;
        }
        blocks.extend(open.take().map(|(_, block)| block));
        open = Some((i, single(line)));
    }
    blocks.extend(open.map(|(_, block)| block));
}

/// A block of one line.
fn single(line: &Line) -> RawBlock {
    let after = line.words.trim_start_matches('#');
    let level = line.words.len() - after.len();
    let title = after.trim_end_matches('#').trim();
    if (1..=6).contains(&level) && after.starts_with([' ', '\t', '\u{3000}']) && !title.is_empty() {
        let start = line.span.start + level + (after.len() - after.trim_start().len());
        let span = Span::new(start, start + title.len());
        return RawBlock { kind: RawKind::Heading(level as u8), span };
    }
    RawBlock { kind: RawKind::Paragraph { strong: false }, span: line.span }
}

/// Whether the next line's first word would not have fitted.
fn is_filled(line: &Line, next: &Line, usual: usize) -> bool {
    let first = next.words.chars().next().unwrap_or(' ');
    let (word, slack) = if is_wide(first) || line.words.chars().next_back().is_some_and(is_wide) {
        (2, SLACK)
    } else {
        (1 + next.words.split_whitespace().next().map_or(0, UnicodeWidthStr::width), 0)
    };
    line.width >= narrowest(line).min(usual) && line.cover() + word + slack > usual
}

/// The narrowest that a wrapped line is: Chinese columns are set narrower.
fn narrowest(line: &Line) -> usize {
    let wide = line.words.chars().filter(|&c| is_wide(c)).count();
    if wide * 2 > line.words.chars().count() { NARROWEST_WIDE } else { NARROWEST }
}

/// Whether a Chinese line ends in the middle of a sentence, and the next one goes on.
fn breaks_off(line: &Line, next: &Line) -> bool {
    line.words.ends_with(['，', '、']) && !starts_item(line.words) && next.words.starts_with(is_wide)
}

/// Han characters and Chinese marks: a line may break between any two.
fn is_wide(c: char) -> bool {
    is_han(c) || matches!(c, '\u{3000}'..='\u{303f}' | '\u{ff00}'..='\u{ff65}' | '“' | '”')
}

/// Whether a line ends with a mark that ends a sentence or leads in to a list.
fn ends_something(words: &str) -> bool {
    let words = words.trim_end_matches(['"', '\'', '”', '’', '」', '』', ')', '）', '*', '_']);
    words.ends_with(['.', '!', '?', ':', ';', '。', '！', '？', '：', '；', '…'])
}

/// Whether a line begins with what begins a block: a bullet, a number, a mark of a heading or of a table.
fn starts_something(words: &str) -> bool {
    words.starts_with(['#', '|', '【']) || starts_item(words)
}

/// Whether a line begins with a bullet or a number.
pub(super) fn starts_item(words: &str) -> bool {
    let mut rest = words.chars();
    let Some(first) = rest.next() else { return false };
    match first {
        '-' | '*' | '+' | '–' | '—' | 'o' => rest.next().is_some_and(char::is_whitespace),
        '•' | '·' | '●' | '○' | '■' | '□' | '◆' | '◇' | '▪' | '▫' | '‣' | '⁃' | '►' | '➢' | '✓' | '※' => {
            true
        }
        '①'..='⓿' | '❶'..='➓' | '㈠'..='㉃' => true,
        '(' | '（' => {
            let inner: String = rest.by_ref().take_while(|&c| c != ')' && c != '）').take(6).collect();
            is_number(&inner)
        }
        '第' => words.chars().take(8).any(|c| matches!(c, '条' | '章' | '节' | '節' | '部')),
        _ => {
            let number: String =
                words.chars().take_while(|&c| c.is_ascii_digit() || is_chinese_digit(c)).collect();
            let rest = words.get(number.len()..).unwrap_or_default();
            let letter =
                words.len() > 1 && first.is_ascii_alphabetic() && words.get(1..2).is_some_and(|m| m == ")");
            letter
                || !number.is_empty()
                    && number.chars().count() <= 3
                    && rest.starts_with(['.', ')', '、', '．', '）'])
        }
    }
}

/// Whether the words in brackets are a number, such as `1`, `iv`, `b`, `二十`.
pub(super) fn is_number(inner: &str) -> bool {
    let inner = inner.trim();
    let short = (1..=4).contains(&inner.chars().count());
    let all = |test: fn(char) -> bool| inner.chars().all(test);
    short
        && (all(|c| c.is_numeric() && !is_han(c))
            || all(|c| matches!(c.to_ascii_lowercase(), 'i' | 'v' | 'x'))
            || all(is_chinese_digit)
            || inner.len() == 1 && all(|c| c.is_ascii_alphabetic()))
}

fn is_chinese_digit(c: char) -> bool {
    matches!(c, '〇' | '零' | '一' | '二' | '三' | '四' | '五' | '六' | '七' | '八' | '九' | '十' | '百')
}

/// Whether a line is only drawn: no word in it.
fn is_rule(words: &str) -> bool {
    words.chars().all(|c| {
        c.is_whitespace()
            || matches!(
                c,
                '-' | '=' | '_' | '*' | '~' | '#' | '+' | '.' | '·' | '—' | '–' | '─' | '━' | '═' | '…'
            )
    })
}

/// The level of a heading underlined by a rule.
fn underline(rule: &Line, title: Option<&Line>) -> Option<u8> {
    let title = title?;
    let first = rule.words.chars().next()?;
    let level = match first {
        '=' | '═' => 1,
        '-' | '─' | '━' | '—' => 2,
        _ => return None,
    };
    let alone = rule.words.chars().all(|c| c == first);
    (alone
        && rule.width >= 3
        && rule.width * 2 >= title.width
        && title.width <= 80
        && !ends_something(title.words))
    .then_some(level)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(text: &str) -> Vec<(RawKind, String)> {
        let source = read(text.to_string());
        assert_eq!(source.text, text);
        source.blocks.iter().map(|b| (b.kind, b.span.of(text).replace("\r\n", "\n"))).collect()
    }

    fn paragraphs(text: &str) -> Vec<String> {
        words(text).into_iter().map(|(_, words)| words).collect()
    }

    #[test]
    fn blank_lines_and_short_lines_end_blocks() {
        assert_eq!(
            paragraphs("Privacy\r\n\r\n  We collect:\r\n- your name;\r\n- your age.\r\n \r\nBye"),
            ["Privacy", "We collect:", "- your name;", "- your age.", "Bye"]
        );
        assert_eq!(
            paragraphs("一、信息收集\n　　我们收集姓名。\n　　我们不出售信息。"),
            ["一、信息收集", "我们收集姓名。", "我们不出售信息。"]
        );
    }

    #[test]
    fn wrapped_english_lines_are_joined() {
        let text = "We collect the information that you give us when you create an account. It\nincludes your name, your e-mail address and, if you decide to add it, your\nphone number. We keep it for two years.\n\nWe do not sell it.";
        let got = paragraphs(text);
        assert_eq!(got.len(), 2);
        assert!(got[0].ends_with("two years."));
        assert_eq!(paragraphs(&text.replace('\n', "\r\n")), got);
    }

    #[test]
    fn a_wrapped_line_may_end_with_a_sentence() {
        let text = "We collect what you give us when you open an account with our service.\nIt includes your name, your e-mail address and, when you add it later,\nyour phone number.";
        assert_eq!(paragraphs(text).len(), 1);
    }

    #[test]
    fn wrapped_chinese_lines_are_joined() {
        let text = "我们会收集您在注册账户时主动提供的信息，包括您的姓名、手机号\n码和电子邮箱地址；如果您选择完善资料，我们还会收集您的头像和\n性别。";
        assert_eq!(paragraphs(text).len(), 1);
    }

    #[test]
    fn a_line_for_each_paragraph_stays_apart() {
        let text = "What we collect from you, and why we do so in this service\nWe collect your name, your e-mail address, your phone number and your age when you open an account with us, and keep them for two years.\nHow to reach us and our data protection officer at any time\nWrite to us and we will answer within fifteen days of the receipt of your letter, unless the law gives us more time for the answer.";
        assert_eq!(paragraphs(text).len(), 4);
    }

    #[test]
    fn items_are_not_joined_but_their_wrapped_lines_are() {
        let text = "* the name that you give us when you open an account in our\n  application, and your picture\n* the address that you want the things you buy to be sent to,\n  with its post code\n";
        assert_eq!(paragraphs(text).len(), 2);
    }

    #[test]
    fn headings_are_marked_or_underlined() {
        let heading = |level, words: &str| (RawKind::Heading(level), words.to_string());
        let got = words("# Privacy #\nText.\n\nWhat we keep\n------------\nData.\n\n政策\n====\n\n----\n");
        assert_eq!(got[0], heading(1, "Privacy"));
        assert_eq!(got[2], heading(2, "What we keep"));
        assert_eq!(got[4], heading(1, "政策"));
        assert_eq!(got.len(), 5);
    }
}
