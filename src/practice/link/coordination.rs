//! The words between two mentions: whether they only join them, and whether they leave the clause.

use crate::extract::Mention;
use crate::text::Span;

/// Verbs that are coordinated at most: all of a group take the same data, and a hostile list of verbs must not multiply it.
pub(super) const MOST_COORDINATED: usize = 24;

/// For each verb its group: coordinated verbs have nothing between them but conjunctions, adverbs and auxiliaries.
pub(super) fn groups(text: &str, all: &[Mention], actions: &[usize]) -> Vec<usize> {
    let mut group = 0;
    let mut groups = vec![0];
    let mut count = 1;
    for pair in actions.windows(2) {
        let adjacent = pair[1] == pair[0] + 1;
        let (from, to) = (all[pair[0]].span.end, all[pair[1]].span.start);
        count += 1;
        if !(adjacent && is_coordination(Span::new(from.min(to), to).of(text))) || count > MOST_COORDINATED {
            group += 1;
            count = 1;
        }
        groups.push(group);
    }
    groups
}

/// Whether a gap between two verbs only joins them.
fn is_coordination(gap: &str) -> bool {
    let mut rest = gap.trim();
    'next: while !rest.is_empty() {
        for word in JOINERS {
            if let Some(after) = rest.strip_prefix(word) {
                let whole = !word.is_ascii()
                    || !word.ends_with(|c: char| c.is_ascii_alphabetic())
                    || !after.starts_with(|c: char| c.is_ascii_alphanumeric());
                if whole {
                    rest = after.trim_start();
                    continue 'next;
                }
            }
        }
        return false;
    }
    true
}

/// Longer before shorter where one begins the other.
const JOINERS: &[&str] = &[
    "、",
    "，",
    ",",
    "/",
    "&",
    "或者",
    "或",
    "以及",
    "及",
    "和",
    "与",
    "并且",
    "并",
    "而",
    "会",
    "将",
    "进行",
    "可能",
    "予以",
    "[",
    "]",
    "and/or",
    "and",
    "or",
    "then",
    "also",
    "may",
    "will",
    "otherwise",
    "further",
    "automatically",
    "not",
    "have",
];

/// Whether a gap leaves its clause.
pub(super) fn crosses(gap: &str) -> bool {
    gap.contains(['，', '；', '。', '：', ';', ':']) || gap.contains(", ") || gap.trim_end().ends_with(',')
}

pub(super) fn crosses_far(gap: &str) -> bool {
    gap.contains([';', '；', '。']) || gap.contains(". ")
}

/// Words that join or introduce the items of a Chinese list.
const LIST_WORDS: &[&str] = &[
    "、",
    "/",
    "（",
    "）",
    "(",
    ")",
    "例如",
    "比如",
    "诸如",
    "如",
    "包括但不限于",
    "包括",
    "以及",
    "及其",
    "及",
    "和",
    "与",
    "或者",
    "或",
    "您的",
    "您",
    "其他",
    "等",
    "：",
];

/// Whether a gap between two data only joins them. A comma alone may as well begin a clause.
pub(super) fn is_list(gap: &str) -> bool {
    let mut rest = gap.trim();
    let mut introduced = false;
    while !rest.is_empty() {
        if let Some(after) = rest.strip_prefix(['，', ',']) {
            rest = after.trim_start();
            continue;
        }
        let Some(word) = LIST_WORDS.iter().find(|w| rest.starts_with(**w)) else { return false };
        rest = rest[word.len()..].trim_start();
        introduced = true;
    }
    introduced
}
