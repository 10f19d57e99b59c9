//! Ages in words to years: "under the age of 16", 十四周岁.

use super::age_forms;
use super::duration::han;
use crate::text::{Span, digits, simplified};

/// An age and where it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Age {
    /// The words, from "under" or the number on.
    pub span: Span,
    /// In years.
    pub years: u32,
}

/// All ages in a text, in order. Only 3 to 25 years are taken for ages of people that policies speak of.
pub fn ages(text: &str) -> Vec<Age> {
    let text = &*simplified(text);
    let mut found = french_and_german(text);
    let apart = |age: &Age| found.iter().all(|other| !other.span.overlaps(age.span));
    let english: Vec<Age> = english(text).into_iter().filter(apart).collect();
    found.extend(english);
    found.extend(chinese(text));
    found.retain(|age| (3..=25).contains(&age.years));
    found.sort_by_key(|age| age.span);
    found
}

fn english(text: &str) -> Vec<Age> {
    // Cheap to ask before the expression, which few texts need.
    const NEEDED: [&str; 10] =
        ["under", "over", "below", "above", "than", "least", "age", "unter", "moins", "year"];
    let lower = text.to_lowercase();
    let counts = text.contains(|c: char| matches!(c, '0'..='9' | '０'..='９'));
    if !counts || !NEEDED.iter().any(|word| lower.contains(word)) {
        return Vec::new();
    }
    let found = age_forms::english(text).into_iter().filter_map(|(span, years)| {
        let years = years.parse().ok()?;
        // "at least 14 days" is a period, "more than 10 %" a share.
        let unit = text[span.end..].trim_start_matches([' ', '-', '\u{a0}']);
        if ["day", "week", "month", "hour", "business", "working", "%", "percent", "year", "minute"]
            .iter()
            .any(|u| unit.starts_with(u))
        {
            return None;
        }
        Some(Age { span, years })
    });
    found.collect()
}

/// "au moins 15 ans", "ab 16 Jahren", "das 14. Lebensjahr": years of people, where a sentence speaks of them and not of
/// how long something is kept.
fn french_and_german(text: &str) -> Vec<Age> {
    const YEARS: [&str; 2] = ["ans", "jahr"];
    const PEOPLE: [&str; 10] = [
        "âg",
        "mineur",
        "enfant",
        "personnes",
        "kind",
        "jugend",
        "minderjähr",
        "personen",
        "alt ",
        "lebensjahr",
    ];
    const KEPT: [&str; 5] = ["conserv", "durée", "aufbewahr", "gespeichert", "lösch"];
    let lower = text.to_lowercase();
    let holds = |words: &[&str]| words.iter().any(|word| lower.contains(word));
    if !holds(&YEARS) || !holds(&PEOPLE) || holds(&KEPT) || !text.contains(|c: char| c.is_ascii_digit()) {
        return Vec::new();
    }
    let found = age_forms::french_and_german(text).into_iter();
    found.filter_map(|(span, years)| Some(Age { span, years: years.parse().ok()? })).collect()
}

fn chinese(text: &str) -> Vec<Age> {
    if !text.contains('岁') {
        return Vec::new();
    }
    let found = age_forms::chinese(text).into_iter();
    found
        .filter_map(|(span, years)| Some(Age { span, years: digits(years).or_else(|| han(years))? }))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::ages;

    #[test]
    fn both_languages() {
        let years = |text| ages(text).into_iter().map(|a| a.years).collect::<Vec<_>>();
        assert_eq!(years("children under 14, or under the age of 16; 13 years old"), [14, 16, 13]);
        assert_eq!(years("未满十四周岁的未成年人，16岁以下"), [14, 16]);
        assert_eq!(
            years("aux personnes âgées d'au moins 15 ans; Kinder unter 16 Jahren, das 14. Lebensjahr"),
            [15, 16, 14]
        );
        assert!(years("conservées au moins 5 ans, Personen nach 10 Jahren gelöscht").is_empty());
        assert!(years("at least 14 days, over 20 years ago").is_empty());
        assert!(years("within 30 days, more than 90 percent, at least two").is_empty());
    }
}
