//! The dates that a policy states of itself, at its beginning or its end: updated, in force, published.

use std::sync::LazyLock;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::document::Document;
use crate::text::scan::{
    all, before, behind_any, behind_blanks, behind_run, is_decimal, is_letter, is_word_or_digit,
};

/// So many blocks are looked at …
const FIRST: usize = 12;
/// … from the beginning, and from the end.
const LAST: usize = 3;
/// A longer block speaks of something else, in characters.
const LONGEST: usize = 240;
/// At the end of a policy, where histories stand, a date stands alone with its word.
const LONGEST_AT_END: usize = 40;
/// A word that follows its date stands no farther from it, in characters.
const BEHIND: usize = 6;

/// What makes ordinal numbers.
const ORDINALS: [&str; 4] = ["st", "nd", "rd", "th"];

/// A date that a policy states of itself.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct StatedDate {
    /// What happened, or happens, then.
    pub kind: DateKind,
    /// The day as ISO 8601 writes it, such as 2025-03-01.
    pub date: String,
}

/// What a policy says of a date.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum DateKind {
    /// The text was last changed then.
    Updated,
    /// It was made public then.
    Published,
    /// It holds from then on.
    Effective,
}

#[derive(Deserialize)]
struct Words {
    updated: Vec<String>,
    effective: Vec<String>,
    published: Vec<String>,
    months: Vec<String>,
}

#[allow(clippy::expect_used)] // our own file, read in a test
static WORDS: LazyLock<Words> =
    LazyLock::new(|| crate::yaml::own_file!("report/dates").expect("dates.yaml is right"));

/// What a document states, the first of each kind, in the order of the kinds.
pub(super) fn dates(document: &Document) -> Vec<StatedDate> {
    let blocks = &document.blocks;
    let end = blocks.len().saturating_sub(LAST).max(FIRST);
    let text = |b: &crate::document::Block| document.text.get(b.span.start..b.span.end).unwrap_or_default();
    let short = |text: &&str, most: usize| text.chars().nth(most).is_none();
    let first = blocks.iter().take(FIRST).map(text).filter(|t| short(t, LONGEST));
    let last = blocks.iter().skip(end).map(text).filter(|t| short(t, LONGEST_AT_END));
    let mut found: Vec<StatedDate> = Vec::new();
    for stated in first.chain(last).flat_map(stated) {
        if !found.iter().any(|known| known.kind == stated.kind) {
            found.push(stated);
        }
    }
    found.sort_by_key(|stated| stated.kind);
    found
}

/// Dates in a line with the word that tells what they are.
fn stated(line: &str) -> Vec<StatedDate> {
    let mut list = Vec::new();
    let mut begin = 0;
    for (start, end, parts) in all(line, |start, rest| date(line[..start].chars().next_back(), rest)) {
        let before = line.get(begin..start).unwrap_or_default();
        let behind: String = line.get(end..).unwrap_or_default().chars().take(BEHIND).collect();
        begin = end;
        let kind = last_kind(before).or_else(|| {
            begin += behind.len(); // these words are told then, and say nothing of the next date
            last_kind(&behind)
        });
        if let (Some(date), Some(kind)) = (parts.iso(), kind) {
            list.push(StatedDate { kind, date });
        }
    }
    list
}

/// The kind whose word stands last.
fn last_kind(text: &str) -> Option<DateKind> {
    let text = text.to_lowercase();
    let last = |words: &[String]| words.iter().filter_map(|word| text.rfind(word.as_str())).max();
    let kinds = [
        (last(&WORDS.updated), DateKind::Updated),
        (last(&WORDS.published), DateKind::Published),
        (last(&WORDS.effective), DateKind::Effective),
    ];
    kinds.into_iter().filter_map(|(at, kind)| Some((at?, kind))).max().map(|(_, kind)| kind)
}

/// A date as it is written.
#[derive(Debug, PartialEq)]
struct Parts<'t> {
    year: &'t str,
    month: &'t str,
    day: &'t str,
}

impl Parts<'_> {
    fn iso(&self) -> Option<String> {
        let month = match self.month.parse::<usize>() {
            Ok(number) => number,
            Err(_) => {
                1 + WORDS.months.iter().position(|name| name.starts_with(&self.month.to_lowercase()))?
            }
        };
        let day: usize = self.day.parse().ok()?;
        let is_day = (1..=12).contains(&month) && (1..=31).contains(&day);
        is_day.then(|| format!("{}-{month:02}-{day:02}", self.year))
    }
}

/// The date that a text begins with, and what follows it. The tests say the same as expressions, which would take longer
/// to compile than a policy to read.
fn date(last: Option<char>, text: &str) -> Option<(Parts<'_>, &str)> {
    let first = text.chars().next()?;
    let begins = !last.is_some_and(is_word_or_digit);
    match (is_decimal(first), is_letter(first)) {
        (true, _) => begins.then(|| day_first(text)).flatten().or_else(|| year_first(text)),
        (_, true) => begins.then(|| month_first(text)).flatten(),
        _ => None,
    }
}

/// `4th March, 2024`.
fn day_first(text: &str) -> Option<(Parts<'_>, &str)> {
    let rest = number(text)?;
    let day = before(text, rest);
    let text = behind_blanks(behind_any(rest, &ORDINALS))?;
    let rest = month_name(text)?;
    let month = before(text, rest);
    let text = behind_blanks(without(without(rest, '.'), ','))?;
    let rest = last_year(text)?;
    Some((Parts { year: before(text, rest), month, day }, rest))
}

/// `March 4th, 2024`.
fn month_first(text: &str) -> Option<(Parts<'_>, &str)> {
    let rest = month_name(text)?;
    let month = before(text, rest);
    let text = behind_blanks(without(rest, '.'))?;
    let rest = number(text)?;
    let day = before(text, rest);
    let text = behind_blanks(without(behind_any(rest, &ORDINALS), ','))?;
    let rest = last_year(text)?;
    Some((Parts { year: before(text, rest), month, day }, rest))
}

/// `2024-03-04`, `2024年3月4日`.
fn year_first(text: &str) -> Option<(Parts<'_>, &str)> {
    let rest = behind_run(text, 4..=4, is_decimal)?;
    let year = before(text, rest);
    let text = rest.trim_start().strip_prefix(['年', '-', '/', '.'])?.trim_start();
    let rest = number(text)?;
    let month = before(text, rest);
    let text = rest.trim_start().strip_prefix(['月', '-', '/', '.'])?.trim_start();
    let one = text.strip_prefix(is_decimal)?;
    let rest = one.strip_prefix(is_decimal).unwrap_or(one);
    Some((Parts { year, month, day: before(text, rest) }, rest))
}

fn without(text: &str, mark: char) -> &str {
    text.strip_prefix(mark).unwrap_or(text)
}

fn number(text: &str) -> Option<&str> {
    behind_run(text, 1..=2, is_decimal)
}

fn month_name(text: &str) -> Option<&str> {
    behind_run(text, 3..=9, is_letter)
}

/// What follows a year behind which the word ends.
fn last_year(text: &str) -> Option<&str> {
    behind_run(text, 4..=4, is_decimal).filter(|rest| !rest.starts_with(is_word_or_digit))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use regex::Regex;

    use super::*;

    fn said(line: &str) -> String {
        let said = |s: &StatedDate| format!("{:?} {}", s.kind, s.date);
        stated(line).iter().map(said).collect::<Vec<_>>().join(", ")
    }

    #[test]
    fn dates_are_read_in_both_languages() {
        for (line, expected) in [
            (
                "Last updated: 4 March 2024. In force from 1 April 2024.",
                "Updated 2024-03-04, Effective 2024-04-01",
            ),
            ("Effective December 12, 2023", "Effective 2023-12-12"),
            ("EFFECTIVE DATE: 2nd Sept. 2020", "Effective 2020-09-02"),
            ("更新日期：2025年3月3日", "Updated 2025-03-03"),
            (
                "本政策于2025年3月3日发布，2025 年 4 月 1 日起施行",
                "Published 2025-03-03, Effective 2025-04-01",
            ),
            ("版本生效日期：2024-01-05", "Effective 2024-01-05"),
            ("We were founded on 4 March 2024", ""),
            ("Last updated: 45 Marble 2024", ""),
            ("Last updated: 2024-13-01", ""),
            ("更新日期：[日期]", ""),
        ] {
            assert_eq!(said(line), expected, "{line}");
        }
    }

    #[test]
    fn only_the_beginning_and_the_end_are_looked_at() {
        let document = |text: &str| {
            let read =
                crate::ingest::read("p.md", text.as_bytes(), crate::ingest::InputFormat::Auto).unwrap();
            dates(&Document::new("p.md", read))
        };
        let middle = "We keep your name.\n\n".repeat(20);
        let text =
            format!("# Privacy\n\nUpdated 1 May 2024\n\n{middle}Effective 2 May 2024 we sell.\n\n{middle}");
        assert_eq!(document(&text).len(), 1);
        let text = format!("# Privacy\n\n{middle}Effective 2 May 2024");
        assert_eq!(document(&text)[0].date, "2024-05-02");
    }

    const FORMS: [&str; 3] = [
        r"\b(?P<d1>\d{1,2})(?:st|nd|rd|th)?\s+(?P<m1>[a-z]{3,9})\.?,?\s+(?P<y1>\d{4})\b",
        r"\b(?P<m2>[a-z]{3,9})\.?\s+(?P<d2>\d{1,2})(?:st|nd|rd|th)?,?\s+(?P<y2>\d{4})\b",
        r"(?P<y3>\d{4})\s*(?:年|[-/.])\s*(?P<m3>\d{1,2})\s*(?:月|[-/.])\s*(?P<d3>\d{1,2})",
    ];

    /// Dates by the expressions: where they stand, year, month and day.
    fn expected(line: &str) -> Vec<(usize, usize, [&str; 3])> {
        let pattern = Regex::new(&format!("(?i){}", FORMS.join("|"))).unwrap();
        let parts = |found: regex::Captures<'_>| {
            let part = |c: char| {
                let name = ('1'..='3').find_map(|n| found.name(&format!("{c}{n}"))).unwrap();
                &line[name.range()]
            };
            let whole = found.get(0).unwrap();
            (whole.start(), whole.end(), [part('y'), part('m'), part('d')])
        };
        pattern.captures_iter(line).map(parts).collect()
    }

    proptest! {
        #[test]
        fn dates_are_those_of_the_expressions(
            parts in proptest::collection::vec(
                proptest::sample::select(vec![
                    "2024", "20", "5", "１", "２０２４", "12", "123", "12345", ".", "/", "-", "年", "月", "日", " ", "  ",
                    "\u{a0}", ",", ", ", "st ", "ND", "th", "jan ", "January", "ſept", "SEPT.", "May ", "_", "MaK",
                    "immediately", "Wednesdays", "é", "٣", "٢٠٢٤", "²", "ⅷ", "\u{301}", "于", "ab",
                ]),
                0..12,
            ),
        ) {
            let line = parts.concat();
            let found = all(&line, |start, rest| date(line[..start].chars().next_back(), rest));
            let found: Vec<_> = found.iter().map(|(a, b, p)| (*a, *b, [p.year, p.month, p.day])).collect();
            prop_assert_eq!(found, expected(&line));
        }

        #[test]
        fn real_looking_dates_too(
            line in "[a ]{0,2}[0-9]{0,3}(st)?[ ]{0,2}(MAY|February|年|-|/)[ .,]{0,2}[0-9１]{0,3}(rd|月|-)?[-, ]{0,2}[0-9]{0,5}[a ]?",
        ) {
            let found = all(&line, |start, rest| date(line[..start].chars().next_back(), rest));
            let found: Vec<_> = found.iter().map(|(a, b, p)| (*a, *b, [p.year, p.month, p.day])).collect();
            prop_assert_eq!(found, expected(&line));
        }
    }
}
