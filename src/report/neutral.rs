//! Text from a policy made harmless for a terminal: what would move the cursor, hide words or reverse them is shown or dropped.
//!
//! Policies are hostile: an escape sequence in one could rewrite the screen, and a direction override could make a
//! sentence read as its opposite.

/// On one line, white space runs as one blank.
pub fn neutral(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if c.is_whitespace() {
            if !out.is_empty() && !out.ends_with(' ') {
                out.push(' ');
            }
        } else if let Some(c) = shown(c) {
            out.push(c);
        }
    }
    out.truncate(out.trim_end().len());
    out
}

/// With its line ends kept.
pub fn neutral_lines(text: &str) -> String {
    text.chars().filter_map(|c| if c == '\n' { Some(c) } else { shown(c) }).collect()
}

/// The character to show in its place, if any.
fn shown(c: char) -> Option<char> {
    match c {
        '\t' => Some(' '),
        // Control pictures: ␛ for escape.
        '\0'..='\u{1f}' => char::from_u32(0x2400 + u32::from(c)),
        '\u{7f}' => Some('\u{2421}'),
        '\u{80}'..='\u{9f}' => Some('\u{fffd}'),
        // Marks, embeddings, overrides and isolates of writing direction.
        '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => None,
        // Characters without a shape: soft hyphen, zero-width space, word joiner and invisible operators,
        // deprecated format characters, byte order mark, interlinear annotation, tags.
        '\u{ad}' | '\u{200b}' | '\u{2060}'..='\u{2065}' | '\u{206a}'..='\u{206f}' => None,
        '\u{180e}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e007f}' => None,
        '\u{2028}' | '\u{2029}' => Some(' '),
        _ => Some(c),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn escape_sequences_become_visible() {
        assert_eq!(neutral("a\u{1b}[2Jb\u{9b}31m\u{7}"), "a␛[2Jb\u{fffd}31m␇");
        assert_eq!(neutral("我们\u{1b}]0;标题\u{7}不会"), "我们␛]0;标题␇不会");
        assert_eq!(neutral_lines("error\r\n\u{1b}c"), "error␍\n␛c");
    }

    #[test]
    fn direction_and_invisible_characters_are_dropped() {
        assert_eq!(neutral("do \u{202e}ton\u{202c} sell\u{200b}\u{e0041}"), "do ton sell");
    }

    #[test]
    fn white_space_is_one_blank() {
        assert_eq!(neutral("  a \n\n b\u{3000}c\t"), "a b c");
        assert_eq!(neutral("\u{2028}"), "");
    }
}
