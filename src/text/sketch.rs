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
#[derive(Clone, Debug, Deserialize)]
#[serde(from = "String")]
pub struct Cue {
    words: String,
    pairs: Vec<usize>,
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
        cue.pairs.iter().all(|&pair| self.0[pair / 64] >> (pair % 64) & 1 == 1)
    }
}

impl Cue {
    /// The words as they are written.
    pub fn as_str(&self) -> &str {
        &self.words
    }
}

impl From<String> for Cue {
    fn from(words: String) -> Cue {
        let pairs = pairs(words.trim_end()).collect();
        Cue { words, pairs }
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
        assert!(sketch.may_hold(&Cue::from("may".to_string())));
        for word in ["not", "only", "never", "不会", "must"] {
            assert!(!sketch.may_hold(&Cue::from(word.to_string())), "{word}");
        }
    }

    proptest! {
        #[test]
        fn what_stands_there_may(text in "\\PC{0,30}", from in 0usize..30, len in 0usize..10) {
            let cue: String = text.chars().skip(from).take(len).collect();
            prop_assert!(Sketch::of(&text).may_hold(&Cue::from(cue)));
        }
    }
}
