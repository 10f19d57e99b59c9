//! What the vocabulary knows about the words of a sentence: words that no annotator met are read like the other names of
//! their concept, and a firm's own vocabulary teaches the tagger its terms.

use std::ops::Range;

use crate::text::Span;
use crate::vocabulary::{Hit, Kind};

use super::features::{Family, fnv, join};

/// Cues over each token of a sentence.
#[derive(Debug, Default)]
pub(super) struct Hits {
    /// Two bits for each kind of concept: 1 where a cue begins, 2 where it goes on.
    kinds: Vec<u16>,
    /// Kind and part, and the concept; of at most [`MOST`] cues a token.
    cues: Vec<[Option<(u64, u64)>; MOST]>,
    /// The action named last before each; 0 for none.
    actions: Vec<u64>,
}

/// Cues of a token that are looked at.
const MOST: usize = 3;

/// The kinds outside of the sentence.
const OUTSIDE: u64 = 0xffff_ffff;

impl Hits {
    /// `hits` in bytes of the sentence whose tokens stand at `tokens`.
    pub fn read(tokens: &[Span], hits: &[Hit]) -> Hits {
        let mut read = Hits {
            kinds: vec![0; tokens.len()],
            cues: vec![[None; MOST]; tokens.len()],
            actions: vec![0; tokens.len()],
        };
        let mut actions: Vec<(usize, u64)> = Vec::new();
        for hit in hits {
            let first = tokens.partition_point(|token| token.end <= hit.span.start);
            let concept = fnv(two_levels(hit.concept).as_bytes());
            for at in (first..tokens.len()).take_while(|&at| tokens[at].start < hit.span.end) {
                let part = if at == first { 1 } else { 2 };
                read.kinds[at] |= part << (2 * hit.kind as u16);
                if let Some(free) = read.cues[at].iter_mut().find(|cue| cue.is_none()) {
                    *free = Some(((hit.kind as u64) << 2 | u64::from(part), concept));
                }
            }
            if hit.kind == Kind::Action {
                actions.push((first, concept));
            }
        }
        actions.sort_unstable();
        for (first, concept) in actions {
            read.actions.iter_mut().skip(first + 1).for_each(|action| *action = concept);
        }
        read
    }

    /// Gives `push` the kinds and values of what is said of one token with word hashes around it (before, own, after) and its
    /// opener. Nothing outside `chunk` is looked at.
    #[inline]
    pub fn of_token(
        &self,
        at: usize,
        chunk: &Range<usize>,
        around: [u64; 3],
        opener: u64,
        mut push: impl FnMut(u64, u64),
    ) {
        let [before, own, after] = [-1, 0, 1].map(|by| self.kinds(at.checked_add_signed(by), chunk));
        let action = self.action(at);
        push(137, join(own, around[1]));
        push(138, join(join(before, own), after));
        push(139, join(opener, own));
        for (kind, concept) in self.cues.get(at).into_iter().flatten().flatten().copied() {
            push(140, kind);
            push(141, join(kind, concept));
        }
        push(144, join(action, own));
        push(145, join(own, around[0]));
        push(146, join(own, around[2]));
    }

    /// Gives `push` the families that are said of several tokens of a chunk, as [`super::features::Tokens::families`] does.
    #[inline]
    pub fn families(&self, chunk: &Range<usize>, mut push: impl FnMut(Family)) {
        let kinds = |at: isize| self.kinds(usize::try_from(at).ok(), chunk);
        let (begin, end) = (chunk.start as isize, chunk.end as isize);
        for at in begin - 2..end + 2 {
            push(Family::of(130, kinds(at), at + 2, 5));
        }
        for at in begin - 1..end {
            push(Family::of(135, join(kinds(at), kinds(at + 1)), at + 1, 2));
        }
    }

    /// The action named last before a token; 0 for none.
    pub fn action(&self, at: usize) -> u64 {
        self.actions.get(at).copied().unwrap_or_default()
    }

    fn kinds(&self, at: Option<usize>, chunk: &Range<usize>) -> u64 {
        let kinds = at.filter(|at| chunk.contains(at)).and_then(|at| self.kinds.get(at));
        kinds.map_or(OUTSIDE, |&kinds| u64::from(kinds))
    }
}

/// The first two levels of an id: "data.device" of "data.device.identifier".
fn two_levels(id: &str) -> &str {
    let end = id.match_indices('.').nth(1).map_or(id.len(), |(at, _)| at);
    &id[..end]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cues_lie_on_their_tokens() {
        let tokens = [Span::new(0, 2), Span::new(3, 7), Span::new(8, 10), Span::new(11, 18)];
        let hits = [
            Hit { span: Span::new(3, 7), kind: Kind::Action, concept: "action.collect" },
            Hit { span: Span::new(8, 18), kind: Kind::Data, concept: "data.device.identifier" },
        ];
        let read = Hits::read(&tokens, &hits);
        assert_eq!(read.kinds, [0, 1 << (2 * Kind::Action as u16), 1, 2]);
        assert_eq!(read.actions.iter().filter(|&&a| a != 0).count(), 2);
        assert_eq!(read.cues[3].iter().flatten().count(), 1);
    }

    #[test]
    fn ids_are_cut_to_two_levels() {
        assert_eq!(two_levels("data.device.identifier"), "data.device");
        assert_eq!(two_levels("data"), "data");
    }
}
