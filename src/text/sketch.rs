//! Which pairs of bytes stand in a text, roughly: enough to see of most words at once that they do not.
//!
//! Clauses are asked for hundreds of cues of which they hold one or none; to search for each of them would take longer than
//! to read the clause.

use serde::Deserialize;

/// Pairs that are told apart.
const PAIRS: usize = 1024;

/// The pairs of a text.
#[derive(Clone, Debug)]
pub struct Sketch([u64; PAIRS / 64]);

/// Words that are looked for in many texts.
#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(from = "&'static str")]
pub struct Cue {
    words: &'static str,
    /// The same without blanks at their end, which a text may lack there.
    bare: &'static str,
}

impl Sketch {
    /// The sketch of a text.
    pub fn of(text: &str) -> Sketch {
        let mut bits = [0; PAIRS / 64];
        pairs(text).for_each(|pair| bits[pair / 64] |= 1 << (pair % 64));
        Sketch(bits)
    }

    /// Whether the text may hold a cue; if not, it does not.
    pub fn may_hold(&self, cue: &Cue) -> bool {
        pairs(cue.bare).all(|pair| self.0[pair / 64] >> (pair % 64) & 1 == 1)
    }
}

impl Cue {
    /// The words as they are written.
    pub fn as_str(&self) -> &'static str {
        self.words
    }
}

impl From<&'static str> for Cue {
    fn from(words: &'static str) -> Cue {
        Cue { words, bare: words.trim_end() }
    }
}

fn pairs(text: &str) -> impl Iterator<Item = usize> {
    text.as_bytes().windows(2).map(|pair| (usize::from(pair[0]) * 37 + usize::from(pair[1])) % PAIRS)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn most_words_are_seen_not_to_stand_there() {
        let sketch = Sketch::of("we may share your e-mail address with our partners");
        assert!(sketch.may_hold(&Cue::from("may")));
        for word in ["not", "only", "never", "不会", "must"] {
            assert!(!sketch.may_hold(&Cue::from(word)), "{word}");
        }
    }

    proptest! {
        #[test]
        fn what_stands_there_may(text in "\\PC{0,30}", from in 0usize..30, len in 0usize..10) {
            let cue: String = text.chars().skip(from).take(len).collect();
            prop_assert!(Sketch::of(&text).may_hold(&Cue::from(&*cue.leak())));
        }
    }
}
