//! Dates in a text, in the languages that policies are commonly written in, to leave them out.
//!
//! The tests say the same as an expression. Read by hand, since to compile that takes longer than to compare two policies.

use crate::text::scan::{
    all, behind_any, behind_blanks, behind_first, behind_run, behind_word, is_digit, is_letter,
};

/// How the names of months begin, in English, German and French; letters from A to Z may follow.
const MONTHS: [&str; 22] = [
    "jan",
    "feb",
    "mar",
    "apr",
    "may",
    "jun",
    "jul",
    "aug",
    "sep",
    "oct",
    "nov",
    "dec",
    "märz",
    "mai",
    "oktober",
    "dezember",
    "février",
    "avril",
    "juin",
    "juillet",
    "août",
    "décembre",
];
/// What makes ordinal numbers.
const ORDINALS: [&str; 4] = ["st", "nd", "rd", "th"];
/// The same before a month.
const ORDINALS_BEFORE: [&str; 7] = ["st", "nd", "rd", "th", "er", "ᵉʳ", "."];

/// A text with its dates left out.
pub(super) fn without_dates(text: &str) -> String {
    if !may_name_a_date(text) {
        return text.to_string();
    }
    let mut out = String::with_capacity(text.len());
    let mut from = 0;
    for (start, end, ()) in all(text, |_, rest| Some(((), behind_date(rest)?))) {
        out.push_str(&text[from..start]);
        from = end;
    }
    out.push_str(&text[from..]);
    out
}

/// Cheap to ask at first: whether there is a year of four digits, or digits that a mark parts.
fn may_name_a_date(text: &str) -> bool {
    let mut numbers = text.split(|c| !is_digit(c)).filter(|number| !number.is_empty());
    let mut gaps = text.split(is_digit);
    numbers.any(|number| number.chars().count() >= 4) || gaps.any(|gap| matches!(gap, "." | "/"))
}

/// What follows the date that a text begins with.
fn behind_date(text: &str) -> Option<&str> {
    if !text.starts_with(is_digit) {
        return behind_month(text);
    }
    match behind_run(text, 4..=4, is_digit) {
        Some(rest) => year_first(rest),
        None => day_first(text),
    }
}

/// `2024-05-01`, `2024年5月1日`, `2024年5月`: what follows the year.
fn year_first(rest: &str) -> Option<&str> {
    let rest = rest.trim_start();
    let month = rest.strip_prefix(['-', '/', '.', '年'])?.trim_start();
    let mark = number(month)?.trim_start();
    let day = mark.strip_prefix(['-', '/', '.', '月']).and_then(|day| behind_day(day.trim_start()));
    if let Some(rest) = day {
        let rest = rest.trim_start();
        return Some(rest.strip_prefix('日').unwrap_or(rest));
    }
    rest.strip_prefix('年').and_then(|_| mark.strip_prefix('月'))
}

/// `1. Mai 2024`, `01.05.2024`.
fn day_first(text: &str) -> Option<&str> {
    let rest = number(text)?;
    let month = behind_blanks(behind_any(rest, &ORDINALS_BEFORE));
    month.and_then(behind_month).or_else(|| {
        let month = rest.strip_prefix(['.', '/'])?;
        let year = number(month)?.strip_prefix(['.', '/'])?;
        let least = behind_first(year, 2, is_digit)?;
        Some(least.strip_prefix(is_digit).map_or(least, |rest| rest.strip_prefix(is_digit).unwrap_or(rest)))
    })
}

/// `May 2024`, `Sept. 1st, 2024`: what follows a month with its year.
fn behind_month(text: &str) -> Option<&str> {
    let rest = MONTHS.iter().find_map(|month| behind_word(text, month))?.trim_start_matches(is_letter);
    let rest = rest.strip_prefix('.').unwrap_or(rest);
    let day = rest.trim_start();
    let behind = match number(day) {
        Some(behind) => behind_any(behind, &ORDINALS),
        // Without a day the blanks stand before the year, or a comma.
        None if day.starts_with(is_digit) => rest,
        None => day,
    };
    let behind = behind.strip_prefix(',').unwrap_or(behind);
    behind_first(behind_blanks(behind)?, 4, is_digit)
}

/// What follows a number of one or two digits.
fn number(text: &str) -> Option<&str> {
    behind_run(text, 1..=2, is_digit)
}

/// What follows one or two digits; more may stand there.
fn behind_day(text: &str) -> Option<&str> {
    let rest = text.strip_prefix(is_digit)?;
    Some(rest.strip_prefix(is_digit).unwrap_or(rest))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use regex::Regex;

    use super::*;

    const DATE: &str = r"(?ix) [0-9０-９]{4}\s*[-/.年]\s*[0-9０-９]{1,2}\s*[-/.月]\s*[0-9０-９]{1,2}\s*日? | [0-9０-９]{4}\s*年\s*[0-9０-９]{1,2}\s*月
        | (?:[0-9０-９]{1,2}(?:st|nd|rd|th|er|ᵉʳ|\.)?\s+)? (?:jan|feb|mar|apr|may|jun|jul|aug|sep|sept|oct|nov|dec|januar|februar|märz|mai|juni|juli|oktober|dezember|janvier|février|mars|avril|juin|juillet|août|septembre|octobre|novembre|décembre)[a-z]*\.?
          \s*(?:[0-9０-９]{1,2}(?:st|nd|rd|th)?)?,?\s+[0-9０-９]{4}
        | [0-9０-９]{1,2}[./][0-9０-９]{1,2}[./][0-9０-９]{2,4}";

    #[test]
    fn dates_are_left_out() {
        for date in [
            "2024年5月1日",
            "May 1, 2024",
            "1 May 2024",
            "2024-05-01",
            "01.05.2024",
            "1er janvier 2024",
            "1. Januar 2024",
        ] {
            assert_eq!(without_dates(date), "", "{date}");
        }
    }

    proptest! {
        #[test]
        fn dates_are_those_of_the_expression(
            parts in proptest::collection::vec(
                proptest::sample::select(vec![
                    "2024", "20", "5", "１", "２０２４", "12", "123", "12345", ".", "/", "-", "年", "月", "日", " ", "  ",
                    "\u{a0}", "\n", ",", ", ", "st", "ND", "th", "er", "ᵉʳ", "jan", "January", "ſept", "SEPT.", "may",
                    "March", "märz", "MÄRZ", "août", "décembre", "Dezember", "oktober", "İ", "of", "é", "٣", "x",
                ]),
                0..12,
            ),
        ) {
            let text = parts.concat();
            prop_assert_eq!(without_dates(&text), Regex::new(DATE).unwrap().replace_all(&text, ""));
        }

        #[test]
        fn real_looking_dates_too(
            day in "[0-9]{0,3}(st|er|ᵉʳ|\\.)?[ \u{a0}]{0,2}",
            month in "(jan|MAY|Februar|décembre|juin|5|年5月)[a-z]{0,2}\\.?",
            rest in "[ ,]{0,3}[0-9１]{0,3}(rd|日)?[-,. ]{0,3}[0-9]{0,5}",
        ) {
            let text = day + &month + &rest;
            prop_assert_eq!(without_dates(&text), Regex::new(DATE).unwrap().replace_all(&text, ""));
        }
    }
}
