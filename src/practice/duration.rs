//! Durations in words to ISO 8601: "thirty (30) days" → P30D, 十二个月 → P12M, "sept ans" → P7Y, "sieben Jahre" → P7Y.

use std::sync::LazyLock;

use regex::Regex;

use crate::text::{Span, digits, simplified};

/// A duration and where it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Duration {
    /// The words, number and unit.
    pub span: Span,
    /// ISO 8601, such as "P30D".
    pub iso: String,
}

const EN_NUMBERS: &[(&str, u32)] = &[
    ("one", 1),
    ("two", 2),
    ("three", 3),
    ("four", 4),
    ("five", 5),
    ("six", 6),
    ("seven", 7),
    ("eight", 8),
    ("nine", 9),
    ("ten", 10),
    ("eleven", 11),
    ("twelve", 12),
    ("thirteen", 13),
    ("fourteen", 14),
    ("fifteen", 15),
    ("eighteen", 18),
    ("twenty", 20),
    ("twenty-four", 24),
    ("thirty", 30),
    ("thirty-six", 36),
    ("forty-five", 45),
    ("sixty", 60),
    ("ninety", 90),
    ("a hundred", 100),
    ("one hundred", 100),
    ("a", 1),
    ("an", 1),
];

#[allow(clippy::unwrap_used)] // fixed expressions, compiled in a test
static EN: LazyLock<Regex> = LazyLock::new(|| {
    let mut words: Vec<&str> = EN_NUMBERS.iter().map(|(w, _)| *w).collect();
    words.sort_by_key(|w| std::cmp::Reverse(w.len()));
    let number = format!(r"(?:(\d{{1,4}})|({}))", words.join("|"));
    Regex::new(&format!(
        r"(?i)\b{number}(?:\s*\((\d{{1,4}})\))?[\s-]*(?:business\s+|calendar\s+|working\s+|full\s+|consecutive\s+)?(hour|day|week|month|quarter|year)s?\b"
    ))
    .unwrap()
});

#[allow(clippy::unwrap_used)]
static ZH: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?:(\d{1,4})|([零一二两三四五六七八九十百]{1,5}|半))\s*(?:（\d+）|\(\d+\))?\s*(?:个)?(?:自然|工作)?(小时|天|日|周|星期|月|季度|年)").unwrap()
});

/// French and German number words.
const OTHER_NUMBERS: &[(&str, u32)] = &[
    ("un", 1),
    ("une", 1),
    ("deux", 2),
    ("trois", 3),
    ("quatre", 4),
    ("cinq", 5),
    ("six", 6),
    ("sept", 7),
    ("huit", 8),
    ("neuf", 9),
    ("dix", 10),
    ("douze", 12),
    ("treize", 13),
    ("quatorze", 14),
    ("quinze", 15),
    ("dix-huit", 18),
    ("vingt", 20),
    ("vingt-quatre", 24),
    ("trente", 30),
    ("trente-six", 36),
    ("quarante-cinq", 45),
    ("soixante", 60),
    ("quatre-vingt-dix", 90),
    ("ein", 1),
    ("eine", 1),
    ("einen", 1),
    ("einem", 1),
    ("einer", 1),
    ("zwei", 2),
    ("drei", 3),
    ("vier", 4),
    ("fünf", 5),
    ("sechs", 6),
    ("sieben", 7),
    ("acht", 8),
    ("neun", 9),
    ("zehn", 10),
    ("zwölf", 12),
    ("dreizehn", 13),
    ("vierzehn", 14),
    ("achtzehn", 18),
    ("vierundzwanzig", 24),
    ("dreißig", 30),
    ("sechsunddreißig", 36),
    ("sechzig", 60),
    ("neunzig", 90),
];

#[allow(clippy::unwrap_used)]
static OTHER: LazyLock<Regex> = LazyLock::new(|| {
    let mut words: Vec<&str> = OTHER_NUMBERS.iter().map(|(w, _)| *w).collect();
    words.sort_by_key(|w| std::cmp::Reverse(w.len()));
    Regex::new(&format!(
        r"(?i)\b(?:(\d{{1,4}})|({}))(?:\s*\((\d{{1,4}})\))?[\s-]*(heures?|jours?|semaines?|mois|trimestres?|ans?|années?|stunden?|tage?n?|wochen?|monate?n?|jahre?n?)\b",
        words.join("|")
    ))
    .unwrap()
});

/// All durations in a text, in order. Dates (2024年5月1日) are none.
pub fn durations(text: &str) -> Vec<Duration> {
    let text = &*simplified(text);
    let mut found: Vec<Duration> = EN
        .captures_iter(text)
        .filter_map(|c| {
            let span = c.get(0).map(|m| Span::new(m.start(), m.end()))?;
            let digits = c.get(3).or(c.get(1)).and_then(|m| m.as_str().parse().ok());
            let word = c.get(2).map(|m| m.as_str().to_lowercase());
            let count = digits
                .or_else(|| EN_NUMBERS.iter().find(|(w, _)| Some(*w) == word.as_deref()).map(|(_, n)| *n))?;
            // "a day", "one day" as in "some day" say nothing of a period unless they are counted
            if matches!(word.as_deref(), Some("a" | "an")) && c.get(3).is_none() {
                return None;
            }
            Some(Duration { span, iso: iso(count, c.get(4)?.as_str())? })
        })
        .collect();
    found.extend(ZH.captures_iter(text).filter_map(|c| {
        let span = c.get(0).map(|m| Span::new(m.start(), m.end()))?;
        let unit = c.get(3)?.as_str();
        let before = &text[..span.start];
        let after = &text[span.end..];
        let in_a_date = before.ends_with(['年', '月', '-', '/', '第'])
            || after.starts_with(|c: char| c.is_ascii_digit())
            || (unit == "年" && (after.starts_with("月") || c.get(1).is_some_and(|m| m.as_str().len() == 4)))
            || (unit == "月" && !c.get(0)?.as_str().contains('个'))
            || (unit == "日" && after.starts_with(['起', '志']));
        if in_a_date {
            return None;
        }
        let count = match (c.get(1), c.get(2).map(|m| m.as_str())) {
            (Some(number), _) => digits(number.as_str())?,
            (_, Some("半")) if unit == "年" => return Some(Duration { span, iso: "P6M".into() }),
            (_, Some(words)) => han(words)?,
            _ => return None,
        };
        Some(Duration { span, iso: iso(count, unit)? })
    }));
    found.extend(OTHER.captures_iter(text).filter_map(|c| {
        let span = c.get(0).map(|m| Span::new(m.start(), m.end()))?;
        let word = c.get(2).map(|m| m.as_str().to_lowercase());
        let count =
            c.get(3).or(c.get(1)).and_then(|m| m.as_str().parse().ok()).or_else(|| {
                OTHER_NUMBERS.iter().find(|(w, _)| Some(*w) == word.as_deref()).map(|(_, n)| *n)
            })?;
        Some(Duration { span, iso: iso(count, english_unit(c.get(4)?.as_str()))? })
    }));
    found.sort_by_key(|d| d.span);
    found
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

/// The English name of a French or German unit.
fn english_unit(unit: &str) -> &'static str {
    let unit = unit.to_lowercase();
    let starts = |stems: &[&str]| stems.iter().any(|stem| unit.starts_with(stem));
    match () {
        () if starts(&["heure", "stund"]) => "hour",
        () if starts(&["jour", "tag"]) => "day",
        () if starts(&["semaine", "woche"]) => "week",
        () if starts(&["mois", "monat"]) => "month",
        () if starts(&["trimestre"]) => "quarter",
        () => "year",
    }
}

fn iso(count: u32, unit: &str) -> Option<String> {
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
    fn durations_compare_in_days() {
        assert!(days("P2Y") > days("P12M"));
        assert_eq!(days("PT72H"), Some(3));
        assert_eq!(days("P4000000000Y"), None);
    }
}
