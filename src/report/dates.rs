//! The dates that a policy states of itself, at its beginning or its end: updated, in force, published.

use std::sync::LazyLock;

use regex::{Captures, Regex};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::document::Document;

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

#[allow(clippy::expect_used)] // a constant, compiled in a test
static DATE: LazyLock<Regex> = LazyLock::new(|| {
    let forms = [
        r"\b(?P<d1>\d{1,2})(?:st|nd|rd|th)?\s+(?P<m1>[a-z]{3,9})\.?,?\s+(?P<y1>\d{4})\b",
        r"\b(?P<m2>[a-z]{3,9})\.?\s+(?P<d2>\d{1,2})(?:st|nd|rd|th)?,?\s+(?P<y2>\d{4})\b",
        r"(?P<y3>\d{4})\s*(?:年|[-/.])\s*(?P<m3>\d{1,2})\s*(?:月|[-/.])\s*(?P<d3>\d{1,2})",
    ];
    Regex::new(&format!("(?i){}", forms.join("|"))).expect("the pattern is right")
});

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
    for found in DATE.captures_iter(line) {
        let Some(whole) = found.get(0) else { continue };
        let before = line.get(begin..whole.start()).unwrap_or_default();
        let behind: String = line.get(whole.end()..).unwrap_or_default().chars().take(BEHIND).collect();
        begin = whole.end();
        let kind = last_kind(before).or_else(|| {
            begin += behind.len(); // these words are told then, and say nothing of the next date
            last_kind(&behind)
        });
        if let (Some(date), Some(kind)) = (iso(&found), kind) {
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

fn iso(found: &Captures) -> Option<String> {
    let part = |names: [&str; 3]| names.iter().find_map(|name| found.name(name)).map(|m| m.as_str());
    let (year, month, day) =
        (part(["y1", "y2", "y3"])?, part(["m1", "m2", "m3"])?, part(["d1", "d2", "d3"])?);
    let month = match month.parse::<usize>() {
        Ok(number) => number,
        Err(_) => 1 + WORDS.months.iter().position(|name| name.starts_with(&month.to_lowercase()))?,
    };
    let day: usize = day.parse().ok()?;
    let is_day = (1..=12).contains(&month) && (1..=31).contains(&day);
    is_day.then(|| format!("{year}-{month:02}-{day:02}"))
}

#[cfg(test)]
mod tests {
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
}
