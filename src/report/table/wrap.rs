//! Text to lines of a width: words break at blanks, Chinese between characters but not before closing punctuation.

use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

use super::ink;

/// Punctuation that no line begins with.
const CLOSING: &str = "，。、；：？！）》」』】〉〕”’…—～·,.;:?!)]}%";
/// Punctuation that no line ends with.
const OPENING: &str = "（《「『【〈〔“‘([{";

/// What is never broken, and whether a blank stands before it.
struct Piece<'a> {
    text: &'a str,
    blank: bool,
}

/// Breaks one paragraph into lines; there is always at least one.
pub fn wrap(text: &str, width: usize) -> Vec<String> {
    let width = width.max(2);
    // Blanks at the start of a cell are an indent that its later lines keep.
    let body = text.trim_start_matches(' ');
    let indent = (text.len() - body.len()).min(width / 2);
    let mut lines = Vec::new();
    let mut line = " ".repeat(indent);
    let mut used = indent;
    for piece in pieces(body) {
        let mut rest = piece.text;
        let blank = usize::from(piece.blank && used > indent);
        if used > indent && used + blank + rest.width() > width {
            lines.push(std::mem::replace(&mut line, " ".repeat(indent)));
            used = indent;
        } else if blank == 1 {
            line.push(' ');
            used += 1;
        }
        // A word longer than a line, such as an address, is cut.
        while used + rest.width() > width {
            let cut = prefix(rest, width - used);
            line.push_str(&rest[..cut]);
            lines.push(std::mem::replace(&mut line, " ".repeat(indent)));
            used = indent;
            rest = &rest[cut..];
        }
        line.push_str(rest);
        used += rest.width();
    }
    if used > indent || lines.is_empty() || !line.trim().is_empty() {
        lines.push(line);
    }
    ink::carry(&mut lines);
    lines
}

/// The bytes of the longest beginning that is no wider than `width`, at least one character.
fn prefix(text: &str, width: usize) -> usize {
    let mut used = 0;
    for (i, c) in text.char_indices() {
        used += c.width().unwrap_or(0);
        if used > width && i > 0 {
            return i;
        }
    }
    text.len()
}

fn pieces(text: &str) -> Vec<Piece<'_>> {
    let mut pieces = Vec::new();
    for (n, word) in text.split(' ').enumerate() {
        let mut start = 0;
        let mut blank = n > 0;
        let mut previous: Option<char> = None;
        for (i, c) in word.char_indices() {
            let breaks = previous.is_some_and(|p| {
                (is_wide(p) || is_wide(c))
                    && !OPENING.contains(p)
                    && !CLOSING.contains(c)
                    && c.width() != Some(0)
            });
            if breaks {
                pieces.push(Piece { text: &word[start..i], blank });
                start = i;
                blank = false;
            }
            // Marks of ink stand between characters without being one.
            if c.width() != Some(0) {
                previous = Some(c);
            }
        }
        pieces.push(Piece { text: &word[start..], blank });
    }
    pieces
}

fn is_wide(c: char) -> bool {
    c.width() == Some(2)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_break_at_blanks() {
        assert_eq!(wrap("we collect your name", 10), ["we collect", "your name"]);
        assert_eq!(wrap("", 10), [""]);
        assert_eq!(wrap("  + a b c d", 6), ["  + a", "  b c", "  d"]);
    }

    #[test]
    fn chinese_breaks_but_not_before_a_full_stop() {
        assert_eq!(wrap("我们收集信息。", 12), ["我们收集信", "息。"]);
        assert_eq!(wrap("经您同意（另行）", 10), ["经您同意", "（另行）"]);
    }

    #[test]
    fn long_words_are_cut() {
        assert_eq!(wrap("abcdefgh", 3), ["abc", "def", "gh"]);
        for width in 2..30 {
            let lines =
                wrap("See https://example.com/隐私政策/最新版 and ——————————————“““““““““““““““", width);
            assert!(lines.iter().all(|l| l.width() <= width), "{width}: {lines:?}");
        }
    }
}
