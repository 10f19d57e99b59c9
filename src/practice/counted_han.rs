//! Numbers with a unit of time in Chinese: 三十日, 30（三十）天, 6个工作日, 半年.
//!
//! The tests say the same as an expression. Read by hand, since to compile that takes longer than to read a policy.

use crate::text::Span;
use crate::text::scan::{all, before, behind_any, behind_run, is_digit};

/// Units, no one of which begins another.
const UNITS: [&str; 8] = ["小时", "天", "日", "周", "星期", "月", "季度", "年"];
/// What may stand before a unit.
const BEFORE_UNIT: [&str; 2] = ["自然", "工作"];

/// A number and its unit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Counted<'t> {
    pub span: Span,
    pub number: Number<'t>,
    pub unit: &'static str,
}

/// A number as it is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Number<'t> {
    /// Of half or full width.
    Digits(&'t str),
    /// In characters, or 半.
    Han(&'t str),
}

/// All of them in a simplified text, in order.
pub(super) fn find(text: &str) -> Vec<Counted<'_>> {
    let found = all(text, |_, text| {
        let (number, rest) = number(text)?;
        let (unit, rest) = unit(rest)?;
        Some(((number, unit), rest))
    });
    let counted = |(start, end, (number, unit))| Counted { span: Span::new(start, end), number, unit };
    found.into_iter().map(counted).collect()
}

fn number(text: &str) -> Option<(Number<'_>, &str)> {
    if let Some(rest) = behind_run(text, 1..=4, is_digit) {
        return Some((Number::Digits(before(text, rest)), rest));
    }
    let rest =
        behind_run(text, 1..=5, |c| "零一二两三四五六七八九十百".contains(c)).or(text.strip_prefix('半'))?;
    Some((Number::Han(before(text, rest)), rest))
}

/// The unit behind a number, which may be given once more in brackets.
fn unit(text: &str) -> Option<(&'static str, &str)> {
    let text = text.trim_start();
    let text = again(text, '（', '）').or(again(text, '(', ')')).unwrap_or(text).trim_start();
    let text = behind_any(text.strip_prefix('个').unwrap_or(text), &BEFORE_UNIT);
    UNITS.iter().find_map(|unit| Some((*unit, text.strip_prefix(unit)?)))
}

/// What follows digits in brackets.
fn again(text: &str, open: char, close: char) -> Option<&str> {
    behind_run(text.strip_prefix(open)?, 1..=usize::MAX, is_digit)?.strip_prefix(close)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use regex::Regex;

    use super::*;

    const COUNTED: &str = r"(?:([0-9０-９]{1,4})|([零一二两三四五六七八九十百]{1,5}|半))\s*(?:（[0-9０-９]+）|\([0-9０-９]+\))?\s*(?:个)?(?:自然|工作)?(小时|天|日|周|星期|月|季度|年)";

    proptest! {
        #[test]
        fn numbers_are_those_of_the_expression(
            parts in proptest::collection::vec(
                proptest::sample::select(vec![
                    "3", "１2", "2024", "12345", "十", "三十", "二两三四五六", "半", " ", "\u{a0}", "（30）", "(９)", "（", "）",
                    "()", "个", "自然", "工作", "小时", "天", "日", "周", "星期", "月", "季度", "年", "小", "星", "至", "a",
                ]),
                0..12,
            ),
        ) {
            let text = parts.concat();
            let pattern = Regex::new(COUNTED).unwrap();
            let expected: Vec<(Span, Number, &str)> = pattern
                .captures_iter(&text)
                .map(|found| {
                    let part = |n| found.get(n).map(|m| &text[m.range()]);
                    let number = part(1).map(Number::Digits).or(part(2).map(Number::Han)).unwrap();
                    (Span::new(found.get(0).unwrap().start(), found.get(0).unwrap().end()), number, part(3).unwrap())
                })
                .collect();
            let found: Vec<_> = find(&text).iter().map(|c| (c.span, c.number, c.unit)).collect();
            prop_assert_eq!(found, expected);
        }
    }
}
