//! Periods in other words: "12 months" is as long as "one year", 三十天 as long as "30 days".

use std::collections::BTreeSet;

use crate::practice::durations;
use crate::text::normal;

/// A length of time in its smallest common unit: years are months, weeks are days, days are hours.
fn length(iso: &str) -> Option<(u32, char)> {
    let unit = iso.chars().next_back()?;
    let hours = iso.starts_with("PT");
    let count: u32 =
        iso.trim_start_matches(['P', 'T']).trim_end_matches(|c: char| !c.is_ascii_digit()).parse().ok()?;
    match unit {
        'Y' => Some((count.checked_mul(12)?, 'M')),
        'W' => Some((count.checked_mul(7 * 24)?, 'H')),
        'D' => Some((count.checked_mul(24)?, 'H')),
        'H' if hours => Some((count, 'H')),
        'M' if !hours => Some((count, 'M')),
        _ => None,
    }
}

/// All lengths that a text names, sorted.
pub(super) fn of(text: &str) -> Vec<(u32, char)> {
    let mut lengths: Vec<_> = durations(text).iter().filter_map(|d| length(&d.iso)).collect();
    lengths.sort_unstable();
    lengths
}

/// A text in normal form without its durations.
pub(super) fn without(text: &str) -> String {
    let mut rest = String::with_capacity(text.len());
    let mut at = 0;
    let spans: BTreeSet<_> = durations(text).into_iter().map(|d| d.span).collect();
    for span in spans.into_iter().filter(|span| text.get(span.start..span.end).is_some()) {
        if span.start >= at {
            rest.push_str(&text[at..span.start]);
            rest.push(' ');
            at = span.end;
        }
    }
    rest.push_str(&text[at..]);
    normal(&rest)
}

/// Whether two texts differ in nothing but the words for the same periods.
pub(super) fn only_worded(old: &str, new: &str) -> bool {
    let lengths = of(old);
    !lengths.is_empty() && lengths == of(new) && without(old) == without(new)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn other_words_for_the_same_period_are_equal() {
        for (a, b) in [
            ("12 months", "one year"),
            ("二十四个月", "两年"),
            ("3 ans", "trois ans"),
            ("2 weeks", "14 days"),
        ] {
            assert!(only_worded(a, b), "{a} {b}");
        }
        for (a, b) in [("12 months", "two years"), ("30 days", "one month"), ("a", "a")] {
            assert!(!only_worded(a, b), "{a} {b}");
        }
        assert!(only_worded("We keep it for 12 months.", "We keep it for one year."));
        assert!(!only_worded("We keep it for 12 months.", "They keep it for one year."));
    }
}
