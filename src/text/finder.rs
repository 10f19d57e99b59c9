//! Finds words of a short list in texts, the longest where several begin.

use super::Span;
use super::trie::{self, Trie};

/// The words of a list. It is made in a fraction of the time that an automaton takes.
#[derive(Clone, Debug)]
pub struct Finder(Trie);

impl Finder {
    /// Of words that stand twice the first counts.
    pub fn new(words: &[&str]) -> Finder {
        let numbered = words.iter().copied().zip(1..).filter(|(word, _)| !word.is_empty());
        let mut words: Vec<(&str, u32)> = numbered.collect();
        words.sort_unstable();
        words.dedup_by_key(|(word, _)| *word);
        Finder(Trie::read(trie::build(&words).into()))
    }

    /// Where words of the list stand, from left to right and none overlapping another, and their places in the list.
    pub fn find<'t>(&'t self, text: &'t str) -> impl Iterator<Item = (Span, usize)> + 't {
        let mut at = 0;
        std::iter::from_fn(move || {
            while at < text.len() {
                let mut longest = None;
                self.0.each_prefix(&text.as_bytes()[at..], |len, number| longest = Some((len, number)));
                match longest {
                    Some((len, number)) => {
                        let span = Span::new(at, at + len);
                        at = span.end;
                        return Some((span, number as usize - 1));
                    }
                    None => at += 1,
                }
            }
            None
        })
    }
}

#[cfg(test)]
mod tests {
    use aho_corasick::{AhoCorasick, MatchKind};
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn words_are_found_as_an_automaton_finds_them(
            words in proptest::collection::vec("[ab国]{1,4}", 0..8),
            text in "[abc国中]{0,30}",
        ) {
            let automaton = AhoCorasick::builder().match_kind(MatchKind::LeftmostLongest).build(&words).unwrap();
            let expected: Vec<(Span, usize)> = automaton
                .find_iter(&text)
                .map(|found| (Span::new(found.start(), found.end()), found.pattern().as_usize()))
                .collect();
            let finder = Finder::new(&words.iter().map(String::as_str).collect::<Vec<_>>());
            prop_assert_eq!(finder.find(&text).collect::<Vec<_>>(), expected);
        }
    }
}
