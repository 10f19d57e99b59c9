//! Colour in cells: zero-width marks while widths are counted, escape sequences or nothing at the end.
//!
//! The marks are format characters that [`neutral`](crate::report::neutral) removes from all policy text, so none comes
//! from outside.

/// How words stand out. Colour repeats what words or signs already say.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ink {
    /// Headings.
    Bold,
    /// What may be skipped.
    Dim,
    /// Went, or high.
    Red,
    /// Came, or stated.
    Green,
    /// Changed, or medium.
    Yellow,
}

const END: char = '\u{2060}';

impl Ink {
    const ALL: [Ink; 5] = [Ink::Bold, Ink::Dim, Ink::Red, Ink::Green, Ink::Yellow];

    /// What begins such words, for those that come piece by piece.
    pub fn begin(self) -> String {
        self.start().to_string()
    }

    /// What ends them.
    pub fn end() -> String {
        END.to_string()
    }

    fn start(self) -> char {
        match self {
            Ink::Bold => '\u{206a}',
            Ink::Dim => '\u{206b}',
            Ink::Red => '\u{206c}',
            Ink::Green => '\u{206d}',
            Ink::Yellow => '\u{206e}',
        }
    }

    fn sequence(self) -> &'static str {
        match self {
            Ink::Bold => "\u{1b}[1m",
            Ink::Dim => "\u{1b}[2m",
            Ink::Red => "\u{1b}[31m",
            Ink::Green => "\u{1b}[32m",
            Ink::Yellow => "\u{1b}[33m",
        }
    }

    fn of(c: char) -> Option<Ink> {
        Ink::ALL.into_iter().find(|ink| ink.start() == c)
    }
}

/// The words between marks.
pub fn mark(ink: Ink, words: &str) -> String {
    if words.is_empty() { String::new() } else { format!("{}{words}{END}", ink.start()) }
}

/// Ends the ink at the end of a line and takes it up again on the next, as table cells need.
pub fn carry(lines: &mut [String]) {
    let mut open = None;
    for line in lines {
        let begun = open;
        for c in line.chars() {
            if c == END {
                open = None;
            } else if let Some(ink) = Ink::of(c) {
                open = Some(ink);
            }
        }
        if let Some(ink) = begun {
            line.insert(0, ink.start());
        }
        if open.is_some() {
            line.push(END);
        }
    }
}

/// Marks to escape sequences, or to nothing.
pub fn finish(text: &str, color: bool) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        let sequence = if c == END { Some("\u{1b}[0m") } else { Ink::of(c).map(Ink::sequence) };
        match sequence {
            Some(sequence) if color => out.push_str(sequence),
            Some(_) => {}
            None => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use unicode_width::UnicodeWidthStr;

    use super::*;
    use crate::report::neutral::neutral;

    #[test]
    fn marks_have_no_width_and_never_come_from_policies() {
        for ink in Ink::ALL {
            let marked = mark(ink, "数据");
            assert_eq!(marked.width(), 4);
            assert_eq!(neutral(&marked), "数据");
        }
    }

    #[test]
    fn ink_ends_with_the_line() {
        let mut lines = vec![format!("a {}b", Ink::Red.start()), format!("c{END} d")];
        carry(&mut lines);
        assert_eq!(finish(&lines.join("\n"), true), "a \u{1b}[31mb\u{1b}[0m\n\u{1b}[31mc\u{1b}[0m d");
        assert_eq!(finish(&lines.join("\n"), false), "a b\nc d");
    }
}
