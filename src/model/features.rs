//! A sentence to hashed features: numbers that both training and reading look up in the weights.
//!
//! Features are never spelled out: each is a 64-bit hash of its kind and the hashes of the words it joins, so that a
//! sentence costs a few multiplications per feature and the result is the same on every platform. Whatever changes here
//! makes old weights useless; raise [`super::weights::FORMAT`] with it.

use std::ops::{Range, RangeInclusive};

use crate::document::mark_width;
use crate::text::{Language, Span, TokenKind, fold_char, is_han, tokens};
use crate::vocabulary::Hit;

use super::hits::Hits;
use super::joints;

/// Words before and behind a token that are looked at.
const FAR: usize = 5;
/// What stands for words before a chunk.
const BEFORE: u64 = 2;
/// What stands for words behind a chunk.
const BEHIND: u64 = 3;
/// The affix that is looked at beside others: the last three letters.
const ENDING: usize = 4;

/// What holds for many tokens in a row: the opener before them, the depth of brackets, the action named last.
pub(super) type Run = (u64, u64, u64);
/// Features of a run.
pub(super) const OF_RUN: usize = 5;

/// Letters of a word that are looked at.
const LONGEST_WORD: usize = 40;

const FNV_OFFSET: u64 = 0xcbf2_9ce4_8422_2325;
const FNV_PRIME: u64 = 0x0000_0100_0000_01b3;

/// FNV-1a over bytes: also the checksum of weights.
pub(super) fn fnv(bytes: &[u8]) -> u64 {
    bytes.iter().fold(FNV_OFFSET, |h, &b| (h ^ u64::from(b)).wrapping_mul(FNV_PRIME))
}

fn fnv_chars(chars: impl Iterator<Item = char>) -> u64 {
    chars.fold(FNV_OFFSET, |h, c| (h ^ u64::from(c)).wrapping_mul(FNV_PRIME))
}

/// Joins two hashes; not symmetric.
#[inline]
pub(super) fn join(a: u64, b: u64) -> u64 {
    let x = (a.rotate_left(23) ^ b).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    x ^ (x >> 29)
}

/// The hash of a feature: its kind and its value, spread over all bits.
#[inline]
fn feature(kind: u64, value: u64) -> u64 {
    let x = (value ^ kind.wrapping_mul(0xd6e8_feb8_6659_fd93)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    (x ^ (x >> 31)).wrapping_mul(0x94d0_49bb_1331_11eb)
}

/// Features that say the same of several tokens, each of another kind: that a word is "collect" is said of the word itself,
/// of the one before it, of the one five words on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Family {
    pub hash: u64,
    /// The token that kind 0 speaks of; kind `k` speaks of the token `k` before it. It may lie outside the sentence.
    pub token: isize,
    /// How many kinds there are.
    pub kinds: u32,
}

impl Family {
    #[inline]
    pub fn of(family: u64, value: u64, token: isize, kinds: u32) -> Family {
        Family { hash: feature(family, value), token, kinds }
    }
}

/// The feature that every word has: how likely each label is at all.
pub(super) fn of_every_word() -> u64 {
    feature(10, 0)
}

/// The words of a sentence that the tagger labels. List marks and Markdown emphasis are left out, so that a list item
/// reads the same with and without its bullet.
#[derive(Debug, Default)]
pub(super) struct Tokens {
    /// Where each stands in the sentence.
    pub spans: Vec<Span>,
    words: Vec<u64>,
    /// Kind of script and case, in few values.
    shapes: Vec<u8>,
    /// Hashes of beginnings of 2–4 and endings of 2–4 characters; English only.
    affixes: Vec<[u64; 6]>,
    /// The nearest word before that opens a role (to, with, if, when …; 如果, 为, 向, 从 …) and how far back.
    openers: Vec<(u64, u8)>,
    /// Depth of brackets.
    depth: Vec<u8>,
    hits: Hits,
}

/// English words that open a purpose, recipient, source, condition or list.
const OPENERS: &[&str] = &[
    "to",
    "for",
    "with",
    "from",
    "if",
    "when",
    "unless",
    "until",
    "by",
    "as",
    "in",
    "that",
    "which",
    "such",
    "including",
    "about",
    "where",
    "based",
    "or",
    "and",
    "of",
    "on",
    "who",
    "while",
    "because",
    "may",
    "not",
    "will",
    "your",
    "our",
];

/// Characters that do the same in Chinese, or begin a word that does.
const HAN_OPENERS: &str = "为向与从如若当经在将用以给由被对因除基根据时后前的和及或等";

impl Tokens {
    /// The words of a sentence, and what the vocabulary finds in it.
    pub fn read(sentence: &str, language: &Language, hits: &[Hit]) -> Tokens {
        let zh = *language == Language::Zh;
        let mut read = Tokens::for_sentence(sentence.len(), zh);
        let start = list_mark(sentence);
        let mut folded = Vec::with_capacity(16);
        let mut depth = 0u8;
        for token in tokens(sentence) {
            let word = token.span.of(sentence);
            if token.kind == TokenKind::Space || token.span.start < start {
                continue;
            }
            let first = word.chars().next().unwrap_or(' ');
            if token.kind == TokenKind::Mark && matches!(first, '*' | '_' | '#' | '`') {
                continue;
            }
            folded.clear();
            folded.extend(letters(word));
            let shape = shape(word, first);
            let hash = match shape {
                SHAPE_ADDRESS => feature(1, 1),
                SHAPE_NUMBER => feature(1, 2 + folded.len().min(4) as u64),
                _ => fnv_chars(folded.iter().copied()),
            };
            if matches!(first, ')' | '）' | ']' | '】') {
                depth = depth.saturating_sub(1);
            }
            let open = match (read.words.last(), read.openers.last()) {
                (Some(&before), _) if is_opener(sentence, read.spans.last(), zh) => (before, 1),
                (Some(_), Some(&(word, far))) => (word, far.saturating_add(1)),
                _ => (0, 0),
            };
            read.openers.push(open);
            read.depth.push(depth.min(2));
            if matches!(first, '(' | '（' | '[' | '【') {
                depth = depth.saturating_add(1);
            }
            if !zh {
                read.affixes.push(affixes(&folded));
            }
            read.words.push(hash);
            read.shapes.push(shape);
            read.spans.push(token.span);
        }
        read.hits = Hits::read(&read.spans, hits);
        read
    }

    /// None yet, with room for those of a sentence of so many bytes.
    fn for_sentence(bytes: usize, zh: bool) -> Tokens {
        let capacity = bytes / if zh { 3 } else { 5 } + 4;
        Tokens {
            spans: Vec::with_capacity(capacity),
            words: Vec::with_capacity(capacity),
            shapes: Vec::with_capacity(capacity),
            affixes: Vec::with_capacity(if zh { 0 } else { capacity }),
            openers: Vec::with_capacity(capacity),
            depth: Vec::with_capacity(capacity),
            hits: Hits::default(),
        }
    }

    /// How many.
    pub fn len(&self) -> usize {
        self.words.len()
    }

    /// Cuts of at most `longest` tokens, at a mark where there is one in the second half.
    pub fn chunks(&self, longest: usize) -> Vec<Range<usize>> {
        let mut chunks = Vec::new();
        let mut start = 0;
        while self.len() - start > longest {
            let end = (start + longest / 2..start + longest)
                .rev()
                .find(|&i| self.shapes[i] == SHAPE_MARK)
                .map_or(start + longest, |i| i + 1);
            chunks.push(start..end);
            start = end;
        }
        chunks.push(start..self.len());
        chunks
    }

    /// Gives `push` the families of features of a chunk. Nothing outside it is looked at, though they may speak of tokens
    /// there; what holds for many tokens in a row is left to [`Tokens::of_run`].
    #[inline]
    pub fn families(&self, chunk: &Range<usize>, language: &Language, mut push: impl FnMut(Family)) {
        let words = self.words.get(chunk.clone()).unwrap_or_default();
        let around: Vec<u64> = [[BEFORE; FAR].as_slice(), words, &[BEHIND; FAR]].concat();
        // Some words in a row, so many kinds of them, of which the first speaks of the token so far ahead.
        let mut in_a_row = |family, ahead: usize, kinds: u32, count, value: fn(&[u64]) -> u64| {
            let windows = around.windows(count).skip(FAR - ahead).take(words.len() + kinds as usize - 1);
            for (token, words) in (chunk.start as isize..).zip(windows) {
                push(Family::of(family, value(words), token, kinds));
            }
        };
        in_a_row(20, 5, 11, 1, |w| w[0]);
        in_a_row(40, 4, 8, 2, |w| join(w[0], w[1]));
        in_a_row(60, 3, 6, 3, |w| join(join(w[0], w[1]), w[2]));
        in_a_row(70, 2, 3, 3, |w| join(w[0], w[2]));
        if *language == Language::Zh {
            in_a_row(100, 3, 4, 4, |w| join(join(join(w[0], w[1]), w[2]), w[3]));
        }
        for (at, words) in chunk.clone().zip(around.windows(4).skip(FAR - 1)) {
            self.of_token(at, chunk, words, |kind, value| push(Family::of(kind, value, at as isize, 1)));
        }
        self.hits.families(chunk, &mut push);
        let affixes = self.affixes.get(chunk.clone()).unwrap_or_default();
        for (token, affixes) in (chunk.start as isize + 1..).zip(affixes) {
            push(Family::of(114, affixes[ENDING], token, 3));
        }
        for (token, pair) in (chunk.start as isize + 1..).zip(affixes.windows(2)) {
            push(Family::of(121, join(pair[0][ENDING], pair[1][ENDING]), token, 2));
        }
    }

    /// Gives `push` the kinds and values of what is said of one token alone; `words` begin with the one before it.
    #[inline]
    fn of_token(&self, at: usize, chunk: &Range<usize>, words: &[u64], mut push: impl FnMut(u64, u64)) {
        let &[before, own, after, next] = words else { return };
        let shape = |by: isize| {
            let at = at.checked_add_signed(by).filter(|at| chunk.contains(at));
            at.and_then(|at| self.shapes.get(at)).map_or(15, |&shape| u64::from(shape))
        };
        push(73, join(join(before, own), join(after, next)));
        let beside = shape(0) | shape(-1) << 4 | shape(1) << 8;
        push(80, shape(0));
        push(81, beside);
        push(82, beside | shape(-2) << 12 | shape(2) << 16);
        let begin = (at - chunk.start).min(4) as u64;
        push(83, begin);
        push(84, join(own, begin.min(1)));
        let (opener, far) = self.openers.get(at).copied().unwrap_or_default();
        push(86, join(opener, u64::from(far.min(6))));
        push(87, join(opener, own));
        self.hits.of_token(at, chunk, [before, own, after], opener, &mut push);
        let affixes = self.affixes.get(at).into_iter().flatten().enumerate();
        affixes.filter(|&(k, _)| k != ENDING).for_each(|(k, &affix)| push(110 + k as u64, affix));
    }

    /// What one token says that the next ones often say again, by itself and by what it holds. Equal where the first is.
    pub fn of_run(&self, at: usize) -> (Run, [u64; OF_RUN]) {
        let opener = self.openers.get(at).map_or(0, |&(opener, _)| opener);
        let depth = self.depth.get(at).copied().map_or(0, u64::from);
        let action = self.hits.action(at);
        let features = [
            feature(85, opener),
            feature(88, depth),
            feature(89, join(depth, opener)),
            feature(142, action),
            feature(143, join(action, opener)),
        ];
        ((opener, depth, action), features)
    }

    /// The features that speak together with the span before: of the word before and the word itself.
    pub fn joints(&self, at: usize, chunk: &Range<usize>) -> [u64; joints::OF_WORD] {
        let before = at.checked_sub(1).filter(|before| chunk.contains(before));
        [feature(201, before.map_or(BEFORE, |before| self.words[before])), feature(202, self.words[at])]
    }
}

fn is_opener(sentence: &str, span: Option<&Span>, zh: bool) -> bool {
    let word = span.map_or("", |s| s.of(sentence));
    if zh {
        word.chars().next().is_some_and(|c| HAN_OPENERS.contains(c) || matches!(c, '，' | '：' | '；' | '、'))
    } else {
        word.len() <= 9 && OPENERS.iter().any(|o| o.eq_ignore_ascii_case(word))
            || matches!(word, "," | ":" | ";")
    }
}

const SHAPE_ADDRESS: u8 = 0;
const SHAPE_NUMBER: u8 = 1;
const SHAPE_MARK: u8 = 2;

fn shape(word: &str, first: char) -> u8 {
    // Most words have neither, which is seen sooner than that they hold no "://".
    if word.contains([':', '@']) && (word.contains("://") || word.contains('@') && word.len() > 1) {
        return SHAPE_ADDRESS;
    }
    if first.is_numeric() && !word.chars().any(char::is_alphabetic) {
        return SHAPE_NUMBER;
    }
    match first {
        ',' | '，' | '、' => 4,
        '.' | '。' | ';' | '；' | '!' | '！' | '?' | '？' | ':' | '：' => SHAPE_MARK,
        '(' | '（' | '[' | '【' | '“' | '"' | '《' | '「' => 5,
        ')' | '）' | ']' | '】' | '”' | '》' | '」' => 6,
        c if is_han(c) => 7,
        c if !c.is_alphanumeric() => 3,
        c if !c.is_uppercase() => 8,
        _ if word.chars().nth(1).is_none() => 9,
        _ if word.chars().all(|c| !c.is_lowercase()) => 10,
        _ => 11,
    }
}

fn affixes(word: &[char]) -> [u64; 6] {
    let n = word.len();
    let mut out = [0; 6];
    for (k, len) in (2..=4).enumerate() {
        out[k] = fnv_chars(word[..len.min(n)].iter().copied());
        out[k + 3] = fnv_chars(word[n - len.min(n)..].iter().copied());
    }
    out
}

/// Bytes of the bullet or number that opens a list item: "* ", "1.", "（2）", "一、"; documents part it from the sentence.
fn list_mark(sentence: &str) -> usize {
    let words = sentence.trim_start();
    let mark = mark_width(words);
    let rest = if mark < words.len() { &words[mark..] } else { words };
    sentence.len() - rest.trim_start_matches([',', '，', '、', '.', ' ']).len()
}

/// The n-grams of a sentence that the classifier counts.
pub(super) fn grams(sentence: &str, language: &Language) -> Vec<u64> {
    let mut hashes = Vec::with_capacity(sentence.len() * 4);
    for word in outer_grams(sentence, language, &mut hashes) {
        inner_grams(word, &mut hashes);
    }
    hashes
}

/// Appends the n-grams over the words of a sentence to `out`, and gives the words whose inner ones count too.
pub(super) fn outer_grams<'t>(sentence: &'t str, language: &Language, out: &mut Vec<u64>) -> Vec<&'t str> {
    let sentence = &sentence[list_mark(sentence)..];
    if *language == Language::Zh {
        let chars: Vec<u64> = sentence
            .chars()
            .filter_map(fold_char)
            .filter(|c| !c.is_whitespace())
            .flat_map(char::to_lowercase)
            .map(|c| if c.is_ascii_digit() { '0' } else { c })
            .map(|c| fnv_chars(std::iter::once(c)))
            .collect();
        slide(&chars, 1..=4, 200, out);
        return Vec::new();
    }
    let mut hashes = Vec::with_capacity(sentence.len() / 5);
    let mut words = Vec::with_capacity(sentence.len() / 5);
    for token in tokens(sentence).filter(|t| t.kind != TokenKind::Space) {
        let word = token.span.of(sentence);
        let first = word.chars().next().unwrap_or(' ');
        if token.kind == TokenKind::Mark && matches!(first, '*' | '_' | '#' | '`') {
            continue;
        }
        match shape(word, first) {
            SHAPE_ADDRESS => hashes.push(feature(1, 1)),
            SHAPE_NUMBER => hashes.push(feature(1, 2)),
            _ => {
                hashes.push(fnv_chars(letters(word)));
                words.extend(Some(word).filter(|_| token.kind == TokenKind::Word));
            }
        }
    }
    slide(&hashes, 1..=3, 210, out);
    words
}

/// Appends the n-grams over the letters of a word to `out`.
pub(super) fn inner_grams(word: &str, out: &mut Vec<u64>) {
    let hash = |c: char| fnv_chars(std::iter::once(c));
    let mut hashes = [hash(' '); LONGEST_WORD + 2]; // a blank on either side
    let mut count = 1;
    for (slot, c) in hashes[1..=LONGEST_WORD].iter_mut().zip(letters(word)) {
        *slot = hash(c);
        count += 1;
    }
    slide(&hashes[..=count], 2..=5, 220, out);
}

fn letters(word: &str) -> impl Iterator<Item = char> {
    word.chars().filter_map(fold_char).flat_map(char::to_lowercase).take(LONGEST_WORD)
}

/// All runs of so many items, as features.
fn slide(items: &[u64], lengths: RangeInclusive<usize>, kind: u64, out: &mut Vec<u64>) {
    for start in 0..items.len() {
        let mut run = 7;
        for (n, &item) in (1..=*lengths.end()).zip(&items[start..]) {
            run = join(run, item);
            if n >= *lengths.start() {
                out.push(feature(kind + n as u64, run));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hashes_are_those_of_the_shipped_weights() {
        assert_eq!(fnv(b"polidiff"), fnv_chars("polidiff".chars()));
        assert_eq!(fnv(b""), FNV_OFFSET);
        assert_eq!(fnv(b"a"), 0xaf63_dc4c_8601_ec8c);
    }

    #[test]
    fn list_marks_are_no_words() {
        for (item, rest) in [
            ("* We collect", "We collect"),
            ("（2）我们收集", "我们收集"),
            ("1.2、我们", "我们"),
            ("3 devices", "3 devices"),
            ("① 我们", "我们"),
            ("(including you)", "(including you)"),
        ] {
            assert_eq!(&item[list_mark(item)..], rest);
        }
    }

    #[test]
    fn emphasis_and_width_change_no_feature() {
        let read = |text: &str| {
            let tokens = Tokens::read(text, &Language::En, &[]);
            let mut out = Vec::new();
            tokens.families(&(0..tokens.len()), &Language::En, |family| out.push(family));
            out
        };
        assert_eq!(read("**We** don’t sell."), read("We don't sell."));
        assert_eq!(grams("**We** don’t sell.", &Language::En), grams("We don't sell.", &Language::En));
    }

    #[test]
    fn what_stands_around_a_word_is_said_of_it() {
        let tokens = Tokens::read("We collect names", &Language::En, &[]);
        let mut families = Vec::new();
        tokens.families(&(0..3), &Language::En, |family| families.push(family));
        let of = |kind, value| families.iter().find(|family| family.hash == feature(kind, value)).copied();
        let [we, collect, names] = ["we", "collect", "names"].map(|word| fnv(word.as_bytes()));
        // "collect" stands five before the sixth word behind it, is itself the second, and stands five behind the one before.
        assert_eq!(of(20, collect), Some(Family::of(20, collect, 1 + 5, 11)));
        let pair = join(collect, names);
        assert_eq!(of(40, pair), Some(Family::of(40, pair, 1 + 4, 8)));
        let all = join(join(we, collect), names);
        assert_eq!(of(60, all), Some(Family::of(60, all, 3, 6)));
        assert_eq!(of(70, join(we, names)), Some(Family::of(70, join(we, names), 2, 3)));
        // Nothing is said of what does not stand in the chunk.
        let mut part = Vec::new();
        tokens.families(&(0..1), &Language::En, |family| part.push(family.hash));
        assert!(!part.contains(&feature(20, collect)) && part.contains(&feature(20, BEHIND)));
    }

    #[test]
    fn chunks_cover_everything_once() {
        let tokens = Tokens::read(&"we keep it, and ".repeat(50), &Language::En, &[]);
        let chunks = tokens.chunks(30);
        assert_eq!(chunks.iter().map(|c| c.len()).sum::<usize>(), tokens.len());
        assert!(chunks.iter().all(|c| c.len() <= 30 && !c.is_empty()));
    }
}
