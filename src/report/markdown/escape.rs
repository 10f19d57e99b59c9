//! Words to Markdown that shows exactly these words: no emphasis, link, mention, issue, emoji, list or HTML comes of them.
//!
//! Backslashes and entities stop Markdown itself. GitHub and GitLab look for mentions, issues and addresses in the
//! rendered text, where both are gone; there a word joiner, which has no width, parts what they would recognise.

use askama::Values;

use crate::report::neutral::neutral;

const JOINER: char = '\u{2060}';

/// Words within a line; also safe at its start and in a table cell.
pub fn inline(text: &str) -> String {
    let text = neutral(text);
    let mut out = String::with_capacity(text.len() + text.len() / 8);
    at_start(&text, &mut out);
    out
}

/// Words that continue a line, blanks at their ends kept.
pub fn continued(text: &str) -> String {
    let words = neutral(text);
    let mut out = String::with_capacity(words.len() + words.len() / 8);
    if text.starts_with(char::is_whitespace) {
        out.push(' ');
    }
    escape(&words, &mut out);
    if !words.is_empty() && text.ends_with(char::is_whitespace) {
        out.push(' ');
    }
    out
}

/// Words struck through or bold. Where `~~` or `**` would not be read as marks, beside punctuation or between Chinese
/// characters, tags do the same.
pub fn marked(text: &str, deleted: bool) -> String {
    let words = continued(text);
    let inner = words.trim();
    if inner.is_empty() {
        return words;
    }
    let letters_at_ends = inner.starts_with(char::is_alphanumeric) && inner.ends_with(char::is_alphanumeric);
    let (open, close) = match (deleted, letters_at_ends) {
        (true, true) => ("~~", "~~"),
        (true, false) => ("<del>", "</del>"),
        (false, true) => ("**", "**"),
        (false, false) => ("<strong>", "</strong>"),
    };
    let before = if words.starts_with(' ') { " " } else { "" };
    let after = if words.ends_with(' ') { " " } else { "" };
    format!("{before}{open}{inner}{close}{after}")
}

/// What begins a list, a heading or a rule at the start of a line, then the rest.
fn at_start(text: &str, out: &mut String) {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let (number, rest) = text.split_at(digits);
    out.push_str(number);
    match rest.chars().next() {
        Some(c @ ('.' | ')')) if digits > 0 => {
            out.extend(['\\', c]);
            escape(&rest[1..], out);
        }
        Some(c @ ('-' | '+' | '=' | '/')) if digits == 0 => {
            out.extend(['\\', c]);
            escape(&rest[1..], out);
        }
        _ => escape(rest, out),
    }
}

fn escape(text: &str, out: &mut String) {
    let mut chars = text.char_indices().peekable();
    while let Some((i, c)) = chars.next() {
        match c {
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '&' => out.push_str("&amp;"),
            '\\' | '`' | '*' | '_' | '[' | ']' | '|' | '~' | '#' | '$' | '^' | '{' | '}' => {
                out.extend(['\\', c])
            }
            _ => out.push(c),
        }
        let next = chars.peek().map(|(_, next)| *next);
        let parted = match (c, next) {
            // Mentions and mail addresses, issues, merge requests, labels, milestones, snippets, epics, emoji.
            ('@' | '#' | '!' | '~' | '%' | '$' | '&' | '^', Some(next)) => {
                next.is_alphanumeric() || next == '"'
            }
            (':', Some(next)) => next.is_alphanumeric() || matches!(next, '/' | '+' | '-' | '_'),
            ('.', Some(next)) => next.is_alphanumeric() && ends_with_www(&text[..i]),
            // GitLab's inline differences: {+ +} and [- -].
            ('{' | '[', Some(next)) => matches!(next, '+' | '-'),
            _ => false,
        };
        if parted {
            out.push(JOINER);
        }
    }
}

fn ends_with_www(text: &str) -> bool {
    text.len() >= 3 && text.as_bytes()[text.len() - 3..].eq_ignore_ascii_case(b"www")
}

/// For templates: `{{ words|md }}`.
#[askama::filter_fn]
pub fn md(text: impl ToString, _: &dyn Values) -> askama::Result<String> {
    Ok(inline(&text.to_string()))
}

#[cfg(test)]
mod tests {
    use pulldown_cmark::{Event, Options, Parser, Tag};

    use super::*;

    /// What Markdown makes of it: its text, and whether anything but paragraphs came of it.
    fn rendered(markdown: &str) -> (String, bool) {
        let mut text = String::new();
        let mut plain = true;
        for event in Parser::new_ext(markdown, Options::all()) {
            match event {
                Event::Text(t) => text.push_str(&t),
                Event::Start(Tag::Paragraph) | Event::End(_) => {}
                _ => plain = false,
            }
        }
        (text.replace(JOINER, ""), plain)
    }

    #[test]
    fn words_stay_words() {
        for words in [
            "*a* _b_ **c** ~~d~~ `e` ``f``",
            "[link](https://example.com) ![image](x.png) [^1] [[wiki]] <https://example.com>",
            "<script>alert(1)</script> <!-- --> </details> &lt; &amp;",
            "# heading",
            "- item",
            "+ item",
            "1. item",
            "2) item",
            "> quote",
            "---",
            "===",
            "| a | b |",
            "    code",
            "$x$ ^a^ ==b== {#id} {+ c +} [- d -]",
            "a\\",
            "我们不会*出售*您的<b>信息</b>[链接](x)",
            "---\ntitle: x\n---",
            "[!NOTE]",
            ": definition",
        ] {
            let (text, plain) = rendered(&inline(words));
            assert!(plain, "{words} became {}", inline(words));
            // Typographic quotes and dashes are the parser's option, not ours.
            let straight = |s: &str| s.replace(['–', '—', '-'], "").replace('…', "...");
            assert_eq!(straight(&text), straight(&neutral(words)));
        }
    }

    #[test]
    fn references_and_addresses_are_parted() {
        for (words, part) in [
            ("mail @octocat", "@\u{2060}octocat"),
            ("see #12", "#\u{2060}12"),
            ("at https://example.com", "https:\u{2060}//"),
            ("at www.example.com", "www.\u{2060}example"),
            ("a :smile:", ":\u{2060}smile"),
            ("联系@某人", "@\u{2060}某人"),
        ] {
            let text = inline(words);
            assert!(text.contains(part), "{text}");
        }
    }

    #[test]
    fn marks_are_read_beside_chinese_and_punctuation() {
        assert_eq!(marked("old words ", true), "~~old words~~ ");
        assert_eq!(marked("新词", false), "**新词**");
        assert_eq!(marked("“新词”", false), "<strong>“新词”</strong>");
        assert_eq!(marked("*", true), "<del>\\*</del>");
        assert_eq!(marked("  ", true), " ");
        for deleted in [true, false] {
            let line = format!("我们{}信息", marked("收集", deleted));
            let marks = Parser::new_ext(&line, Options::all())
                .filter(|e| matches!(e, Event::Start(Tag::Strikethrough | Tag::Strong)));
            assert_eq!(marks.count(), 1, "{line}");
        }
    }
}
