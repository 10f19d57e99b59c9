//! Words to numbers, in one block of bytes that is searched where it lies: nothing is built when the program starts.
//!
//! A trie whose edges are whole strings. Nodes are numbered breadth first, so the children of a node stand together and
//! end where those of the next node begin. All numbers are little-endian.

use std::borrow::Cow;
use std::ops::Range;

/// Bytes of a node: its first child, where its edge's bytes after the first stand and how many they are, its value.
const NODE: usize = 12;
/// An edge has at most so many bytes after its first one.
const LONGEST_TAIL: usize = 255;

/// The words and their numbers.
#[derive(Clone, Debug)]
pub struct Trie {
    bytes: Cow<'static, [u8]>,
    /// Where the first bytes of the edges begin, one for each node.
    heads: usize,
    /// Where the other bytes of the edges begin.
    tails: usize,
}

impl Trie {
    /// The trie of a block that [`build`] made.
    pub fn read(bytes: Cow<'static, [u8]>) -> Trie {
        let nodes = number(&bytes, 0) as usize;
        let heads = 4 + (nodes + 1) * NODE;
        Trie { bytes, heads, tails: heads + nodes }
    }

    /// Gives each word that `text` begins with: its bytes, and its number.
    pub fn each_prefix(&self, text: &[u8], mut found: impl FnMut(usize, u32)) {
        let (mut node, mut at) = (0, 0);
        while let Some(&byte) = text.get(at) {
            let (from, to) = (self.first_child(node), self.first_child(node + 1));
            let Some(heads) = self.bytes.get(self.heads + from..self.heads + to) else { return };
            let Ok(child) = heads.binary_search(&byte) else { return };
            node = from + child;
            at += 1;
            let tail = self.field(node, 1);
            let (start, len) = (self.tails + (tail >> 8) as usize, tail as usize & LONGEST_TAIL);
            if len > 0 {
                if text.get(at..at + len) != self.bytes.get(start..start + len) {
                    return;
                }
                at += len;
            }
            let value = self.field(node, 2);
            if value > 0 {
                found(at, value);
            }
        }
    }

    fn first_child(&self, node: usize) -> usize {
        self.field(node, 0) as usize
    }

    fn field(&self, node: usize, field: usize) -> u32 {
        number(&self.bytes, 4 + node * NODE + field * 4)
    }
}

fn number(bytes: &[u8], at: usize) -> u32 {
    bytes.get(at..).and_then(|rest| rest.first_chunk()).map_or(0, |four| u32::from_le_bytes(*four))
}

/// The block for words, sorted and each once, none empty; their numbers are above 0.
pub fn build(words: &[(&str, u32)]) -> Vec<u8> {
    let bytes = |word: usize| words[word].0.as_bytes();
    let (mut nodes, mut heads, mut tails) = (Vec::new(), Vec::new(), Vec::<u8>::new());
    // For each node the words below it, and where the edge to it begins and ends in them.
    let mut queue = vec![Node { words: 0..words.len(), from: 0, to: 0 }];
    while let Some(node) = queue.get(heads.len()).cloned() {
        let edge = words.get(node.words.start).map_or(&[][..], |word| &word.0.as_bytes()[node.from..node.to]);
        let (head, tail) = edge.split_first().unwrap_or((&0, &[]));
        let ends = words.get(node.words.start).filter(|word| node.to > 0 && word.0.len() == node.to);
        nodes.extend((queue.len() as u32).to_le_bytes());
        nodes.extend(((tails.len() as u32) << 8 | tail.len() as u32).to_le_bytes());
        nodes.extend(ends.map_or(0, |word| word.1).to_le_bytes());
        heads.push(*head);
        tails.extend(tail);
        let mut first = node.words.start + usize::from(ends.is_some());
        while first < node.words.end {
            let head = bytes(first)[node.to];
            let end =
                first + (first..node.words.end).take_while(|&word| bytes(word)[node.to] == head).count();
            // Sorted words share what the first and the last of them share.
            let shared = bytes(first).iter().zip(bytes(end - 1)).take_while(|(a, b)| a == b).count();
            let to = shared.min(node.to + 1 + LONGEST_TAIL);
            queue.push(Node { words: first..end, from: node.to, to });
            first = end;
        }
    }
    let mut out = (heads.len() as u32).to_le_bytes().to_vec();
    nodes.extend((queue.len() as u32).to_le_bytes());
    nodes.extend([0; NODE - 4]);
    out.extend(nodes);
    out.extend(heads);
    out.extend(tails);
    out
}

#[derive(Clone)]
struct Node {
    words: Range<usize>,
    from: usize,
    to: usize,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn prefixes(trie: &Trie, text: &str) -> Vec<(usize, u32)> {
        let mut found = Vec::new();
        trie.each_prefix(text.as_bytes(), |len, number| found.push((len, number)));
        found
    }

    #[test]
    fn every_word_that_a_text_begins_with_is_found() {
        let trie = Trie::read(
            build(&[("ab", 3), ("abcd", 1), ("abce", 2), ("b", 4), ("手机", 5), ("手机号", 6)]).into(),
        );
        assert_eq!(prefixes(&trie, "abcdef"), [(2, 3), (4, 1)]);
        assert_eq!(prefixes(&trie, "abc"), [(2, 3)]);
        assert_eq!(prefixes(&trie, "手机号码"), [(6, 5), (9, 6)]);
        assert_eq!(prefixes(&trie, "手"), []);
        assert_eq!(prefixes(&trie, ""), []);
    }

    #[test]
    fn no_words_and_very_long_words() {
        assert_eq!(prefixes(&Trie::read(build(&[]).into()), "a"), []);
        assert_eq!(prefixes(&Trie::read(Vec::new().into()), "a"), []);
        let (long, longer) = ("a".repeat(700), "a".repeat(701));
        let trie = Trie::read(build(&[(&long, 1), (&longer, 2)]).into());
        assert_eq!(prefixes(&trie, &longer), [(700, 1), (701, 2)]);
        assert_eq!(prefixes(&trie, &long[1..]), []);
    }
}
