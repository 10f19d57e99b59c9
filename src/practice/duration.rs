//! Durations in words to ISO 8601: "thirty (30) days" → P30D, 十二个月 → P12M, "sept ans" → P7Y, "sieben Jahre" → P7Y.

use super::counted as spaced;
use super::counted_han::{self, Counted, Number};
use crate::text::{Span, digits, simplified};

/// A duration and where it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Duration {
    /// The words, number and unit.
    pub span: Span,
    /// ISO 8601, such as "P30D".
    pub iso: String,
}

/// All durations in a text, in order. Dates (2024年5月1日) are none.
pub fn durations(text: &str) -> Vec<Duration> {
    let text = &*simplified(text);
    let mut found = spaced::durations(text);
    if !text.contains(['时', '天', '日', '周', '星', '月', '季', '年']) {
        found.sort_by_key(|d| d.span);
        return found;
    }
    found.extend(counted_han::find(text).iter().filter_map(|counted| chinese(text, counted)));
    found.sort_by_key(|d| d.span);
    found
}

/// A Chinese number with its unit, unless it stands in a date or names a day.
fn chinese(text: &str, counted: &Counted) -> Option<Duration> {
    let Counted { span, number, unit } = *counted;
    let before = &text[..span.start];
    let after = &text[span.end..];
    let in_a_date = before.ends_with(['年', '月', '-', '/', '第'])
        || after.starts_with(|c: char| c.is_ascii_digit())
        || (unit == "年"
            && (after.starts_with("月") || matches!(number, Number::Digits(digits) if digits.len() == 4)))
        || (unit == "月" && !span.of(text).contains('个'))
        || (unit == "日" && after.starts_with(['起', '志']));
    if in_a_date {
        return None;
    }
    if unit == "年" && after.starts_with('半') {
        let years = match number {
            Number::Digits(digits) => digits.parse().ok()?,
            Number::Han(words) => han(words)?,
        };
        let span = Span::new(span.start, span.end + '半'.len_utf8());
        return Some(Duration { span, iso: format!("P{}M", u32::checked_mul(years, 12)?.checked_add(6)?) });
    }
    let count = match number {
        Number::Digits(number) => digits(number)?,
        Number::Han("半") if unit == "年" => return Some(Duration { span, iso: "P6M".into() }),
        Number::Han(words) => han(words)?,
    };
    Some(Duration { span, iso: iso(count, unit)? })
}

/// Days of an ISO 8601 duration of one unit, counting 30 days a month and 365 a year; hours are rounded up to a day.
pub fn days(iso: &str) -> Option<u32> {
    let rest = iso.strip_prefix('P')?;
    if let Some(hours) = rest.strip_prefix('T').and_then(|r| r.strip_suffix('H')) {
        return hours.parse::<u32>().ok().map(|h| h.div_ceil(24));
    }
    let unit = rest.chars().next_back()?;
    let count: u32 = rest.strip_suffix(unit)?.parse().ok()?;
    count.checked_mul(match unit {
        'D' => 1,
        'W' => 7,
        'M' => 30,
        'Y' => 365,
        _ => return None,
    })
}

pub(super) fn iso(count: u32, unit: &str) -> Option<String> {
    Some(match unit.to_ascii_lowercase().as_str() {
        "hour" | "小时" => format!("PT{count}H"),
        "day" | "天" | "日" => format!("P{count}D"),
        "week" | "周" | "星期" => format!("P{count}W"),
        "month" | "月" => format!("P{count}M"),
        "quarter" | "季度" => format!("P{}M", count.checked_mul(3)?),
        "year" | "年" => format!("P{count}Y"),
        _ => return None,
    })
}

/// "a year", "half a year": a duration where words are known to say how long, elsewhere hardly ever.
pub(super) fn one(words: &str) -> Option<Duration> {
    let (span, is_half, unit) = spaced::one(words)?;
    let iso = match is_half {
        true if unit == "year" => "P6M".into(),
        true => return None,
        false => iso(1, unit)?,
    };
    Some(Duration { span, iso })
}

/// A number in English or Chinese words.
pub(super) fn number(words: &str) -> Option<u32> {
    let lower = words.to_lowercase();
    let english =
        spaced::EN_NUMBERS.iter().find(|(word, _)| *word == lower && word.len() > 2).map(|(_, n)| *n);
    english.or_else(|| han(words))
}

pub(super) fn han(words: &str) -> Option<u32> {
    let (mut total, mut unit) = (0u32, 0u32);
    for c in words.chars() {
        match c {
            '十' => {
                total += unit.max(1) * 10;
                unit = 0;
            }
            '百' => {
                total += unit.max(1) * 100;
                unit = 0;
            }
            '两' => unit = 2,
            c => unit = u32::try_from("零一二三四五六七八九".chars().position(|d| d == c)?).ok()?,
        }
    }
    Some(total + unit).filter(|&n| n > 0)
}

/// Whether a text is an ISO 8601 duration of whole numbers: `P1Y2M3W4DT5H6M7S` with at least one part.
pub(super) fn is_duration(text: &str) -> bool {
    let Some(rest) = text.strip_prefix('P') else { return false };
    let (date, time) = match rest.split_once('T') {
        Some((date, time)) => (date, Some(time)),
        None => (rest, None),
    };
    let is_run = |mut text: &str, units: &str| {
        let mut units = units.chars();
        while !text.is_empty() {
            let digits = text.len() - text.trim_start_matches(|c: char| c.is_ascii_digit()).len();
            let (number, unit) = text.split_at(digits);
            let Some(unit) = unit.chars().next() else { return false };
            if number.is_empty() || !units.any(|known| known == unit) {
                return false;
            }
            text = text.get(digits + unit.len_utf8()..).unwrap_or_default();
        }
        true
    };
    is_run(date, "YMWD")
        && time.is_none_or(|time| !time.is_empty() && is_run(time, "HMS"))
        && !(date.is_empty() && time.is_none())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn isos(text: &str) -> Vec<String> {
        durations(text).into_iter().map(|d| d.iso).collect()
    }

    #[test]
    fn english() {
        assert_eq!(
            isos("for thirty (30) days, 24 months or two years; within 72 hours"),
            ["P30D", "P24M", "P2Y", "PT72H"]
        );
        assert_eq!(isos("a 90-day period, one day"), ["P90D", "P1D"]);
        assert!(isos("on May 2024, a day, Section 30").is_empty());
    }

    #[test]
    fn chinese() {
        assert_eq!(
            isos("保存30天，十二个月，两年，十五个工作日内，半年"),
            ["P30D", "P12M", "P2Y", "P15D", "P6M"]
        );
        assert!(isos("2024年5月1日起施行").is_empty());
    }

    #[test]
    fn french_and_german() {
        assert_eq!(
            isos("pendant sept ans, 24 mois ou dix-huit jours; deux (2) années"),
            ["P7Y", "P24M", "P18D", "P2Y"]
        );
        assert_eq!(isos("sieben Jahre, nach 30 Tagen, zwölf Monaten"), ["P7Y", "P30D", "P12M"]);
        assert!(isos("Article 5 sans objet, acht Anbieter").is_empty());
    }

    #[test]
    fn numbers_and_units_are_read_as_they_are_joined() {
        for (text, count) in [
            ("sixmonths, vierundzwanzig Stunden, DREISSIG Tage, ein Jahr, quatre-vingt-dix jours, un an", 4),
            ("one hundred business days; a hundred (100) consecutive hours; 24-hour; 7 WEEKS; FÜNF Tagen", 5),
            ("12345 days, 7 daylight, every day, a business, 30 (thirty) days, 1.5 years", 1),
            ("birthdays, any data on a plan", 0),
        ] {
            assert_eq!(
                isos(text).len(),
                count + usize::from(text.starts_with("six")),
                "{text}: {:?}",
                isos(text)
            );
        }
    }

    #[test]
    fn one_of_a_unit_is_found_by_its_article() {
        let found = |words: &str| one(words).map(|d| (d.span.of(words).to_string(), d.iso));
        assert_eq!(found("kept for A  Year or so"), Some(("A  Year".into(), "P1Y".into())));
        assert_eq!(found("within an hour"), Some(("an hour".into(), "PT1H".into())));
        assert_eq!(found("for half a year, a day"), Some(("half a year".into(), "P6M".into())));
        assert_eq!(found("for half a day"), None);
        assert_eq!(found("behalf a month"), Some(("a month".into(), "P1M".into())));
        for words in ["data year", "a yearly", "an\u{a0}", "a years", "half", "a", "half an", ""] {
            assert_eq!(found(words), None, "{words}");
        }
    }

    #[test]
    fn durations_compare_in_days() {
        assert!(days("P2Y") > days("P12M"));
        assert_eq!(days("PT72H"), Some(3));
        assert_eq!(days("P4000000000Y"), None);
    }
}
