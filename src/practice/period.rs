//! Words that say how long, to what they say: "no longer than 90 days" → at most P90D, 六至十二个月 → P6M to P12M.

use std::sync::LazyLock;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::duration::{durations, number, one};
use crate::text::{Span, fold_char};

/// What a stated period means.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum PeriodKind {
    /// So long: "for two years".
    Exact,
    /// So long or shorter: "up to two years", 不超过两年.
    AtMost,
    /// So long or longer: "at least two years", 不少于两年.
    AtLeast,
    /// Between two periods: "6 to 12 months".
    Range,
    /// Until something happens, or as long as something holds: "until you delete it", 实现目的所需的期限.
    #[default]
    Criterion,
}

/// How long, as far as words say it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Period {
    /// What the period means.
    pub kind: PeriodKind,
    /// ISO 8601 duration, such as "P30D"; of a range the longer one.
    pub duration: Option<String>,
    /// The shorter one of a range.
    pub shortest: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Bounds {
    at_most: Vec<String>,
    at_least: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Cues {
    before: Bounds,
    behind: Bounds,
}

#[allow(clippy::expect_used)] // our own file, read in a test
static CUES: LazyLock<Cues> =
    LazyLock::new(|| crate::yaml::own_file!("practice/periods").expect("periods.yaml is right"));

/// Characters within which the words stand that bound a period.
const FARTHEST_BOUND: usize = 30;

/// What words about a period say.
pub fn period(words: &str) -> Period {
    let mut found = durations(words);
    if found.is_empty() {
        found.extend(one(words));
    }
    let Some(first) = found.first() else { return Period::default() };
    let between = |a: Span, b: Span| joins_range(&words[a.end.min(b.start)..b.start]);
    if let Some(second) = found.get(1).filter(|second| between(first.span, second.span)) {
        let (duration, shortest) = (Some(second.iso.clone()), Some(first.iso.clone()));
        return Period { kind: PeriodKind::Range, duration, shortest };
    }
    if let Some(count) = count_before(&words[..first.span.start]) {
        let unit = first.iso.trim_start_matches(['P', 'T']).trim_start_matches(|c: char| c.is_ascii_digit());
        let lead = if first.iso.starts_with("PT") { "PT" } else { "P" };
        let shortest = Some(format!("{lead}{count}{unit}"));
        return Period { kind: PeriodKind::Range, duration: Some(first.iso.clone()), shortest };
    }
    let whole = bounds(words, first.span);
    let kind = kind(&words[whole.start..first.span.start], &words[first.span.end..whole.end]);
    Period { kind, duration: Some(first.iso.clone()), shortest: None }
}

/// A period with the words right before and behind it that bound it.
pub fn bounds(text: &str, period: Span) -> Span {
    let near = text[..period.start].char_indices().rev().nth(FARTHEST_BOUND).map_or(0, |(at, _)| at);
    let before = fold(&text[near..period.start]);
    let lead = CUES.before.at_most.iter().chain(&CUES.before.at_least);
    let start = lead
        .filter_map(|cue| {
            let rest = before.trim_end().strip_suffix(cue.as_str())?;
            let whole = !cue.is_ascii() || !rest.ends_with(char::is_alphanumeric);
            whole.then_some(near + rest.len())
        })
        .min();
    let after = &text[period.end..];
    let blank = after.len() - after.trim_start_matches(' ').len();
    let after: String = after[blank..].chars().take(FARTHEST_BOUND).collect();
    let folded = fold(&after);
    let end = CUES.behind.at_most.iter().chain(&CUES.behind.at_least).filter_map(|cue| {
        let rest = folded.strip_prefix(cue.as_str())?;
        (!cue.is_ascii() || !rest.starts_with(char::is_alphanumeric)).then_some(blank + cue.len())
    });
    Span::new(start.unwrap_or(period.start), period.end + end.max().unwrap_or(0))
}

fn kind(before: &str, behind: &str) -> PeriodKind {
    let (before, behind) = (fold(before), fold(behind));
    let says = |words: &str, cues: &[String]| cues.iter().any(|cue| words.trim() == cue);
    if says(&before, &CUES.before.at_most) || says(&behind, &CUES.behind.at_most) {
        PeriodKind::AtMost
    } else if says(&before, &CUES.before.at_least) || says(&behind, &CUES.behind.at_least) {
        PeriodKind::AtLeast
    } else {
        PeriodKind::Exact
    }
}

/// Lower case; every byte stays where it is.
fn fold(words: &str) -> String {
    words.to_ascii_lowercase()
}

/// The number of "6 to 12 months": what stands before the duration, if it is one and leads to it.
fn count_before(words: &str) -> Option<u32> {
    let words = words.trim_end();
    let joined =
        ["to", "-", "–", "—", "至", "到", "~", "～", "或"].iter().find_map(|by| words.strip_suffix(by))?;
    let joined = joined.trim_end();
    let from = joined.rfind(|c: char| c.is_whitespace() || fold_char(c) != Some(c)).map_or(0, |at| at + 1);
    let last = joined.get(from..)?;
    // A Chinese number may stand behind other words.
    let digits = last.char_indices().rev().take_while(|(_, c)| c.is_ascii_digit()).last().map(|(at, _)| at);
    let han = last.char_indices().rev().take_while(|(_, c)| "一二两三四五六七八九十".contains(*c)).last();
    match (digits, han) {
        (Some(at), _) => last[at..].parse().ok().filter(|n| *n < 10_000),
        (None, Some((at, _))) => number(&last[at..]),
        (None, None) => number(last),
    }
}

fn joins_range(gap: &str) -> bool {
    matches!(gap.trim(), "to" | "-" | "–" | "—" | "至" | "到" | "~" | "～" | "and up to")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn says(words: &str) -> (PeriodKind, Option<String>, Option<String>) {
        let Period { kind, duration, shortest } = period(words);
        (kind, duration, shortest)
    }

    #[test]
    fn periods_and_criteria_in_both_languages() {
        use PeriodKind::{AtLeast, AtMost, Criterion, Exact};
        for (words, kind, iso) in [
            ("for two years", Exact, "P2Y"),
            ("30 days after you close your account", Exact, "P30D"),
            ("No longer than 90 days", AtMost, "P90D"),
            ("for up to thirteen (13) months", AtMost, "P13M"),
            ("within 72 hours", AtMost, "PT72H"),
            ("90 days or less", AtMost, "P90D"),
            ("a minimum of six months", AtLeast, "P6M"),
            ("no less than 3 years", AtLeast, "P3Y"),
            ("more than a year", AtLeast, "P1Y"),
            ("7 years or longer", AtLeast, "P7Y"),
            ("as long as your account is active", Criterion, ""),
            ("no longer than necessary", Criterion, ""),
            ("until you delete it", Criterion, ""),
            ("自交易完成之日起三年", Exact, "P3Y"),
            ("不少于六个月", AtLeast, "P6M"),
            ("自交易完成之日起不少于三年", AtLeast, "P3Y"),
            ("不超过90天", AtMost, "P90D"),
            ("最长三十日", AtMost, "P30D"),
            ("15个工作日内", AtMost, "P15D"),
            ("3年以上", AtLeast, "P3Y"),
            ("一年半", Exact, "P18M"),
            ("实现目的所必需的最短时间", Criterion, ""),
            ("直至您注销账号", Criterion, ""),
        ] {
            let duration = (!iso.is_empty()).then(|| iso.to_string());
            assert_eq!(says(words), (kind, duration, None), "{words}");
        }
    }

    #[test]
    fn ranges_have_two_ends() {
        for (words, long, short) in [
            ("6 to 12 months", "P12M", "P6M"),
            ("between 6 months to 2 years", "P2Y", "P6M"),
            ("six to twelve months", "P12M", "P6M"),
            ("24-72 hours", "PT72H", "PT24H"),
            ("六至十二个月", "P12M", "P6M"),
            ("保存3到5年", "P5Y", "P3Y"),
            ("六个月至一年", "P1Y", "P6M"),
        ] {
            assert_eq!(says(words), (PeriodKind::Range, Some(long.into()), Some(short.into())), "{words}");
        }
    }

    #[test]
    fn any_words_are_read() {
        for words in
            ["", "至", "to 5 days", "—5 days", "ß to 3 days", "İ within 3 days", "从至3年", "。3年內"]
        {
            period(words);
        }
    }
}
