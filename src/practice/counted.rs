//! Durations in languages that part words by blanks: "thirty (30) days", "one-year", "sept ans", "sieben Jahre".
//!
//! A number, perhaps once more in digits and brackets, then a unit. Read by hand, since to compile the same as an
//! expression takes longer than to read a policy.

use super::duration::{Duration, iso};
use crate::text::Span;

/// English number words, sorted.
pub(super) const EN_NUMBERS: &[(&str, u32)] = &[
    ("a", 1),
    ("a hundred", 100),
    ("an", 1),
    ("eight", 8),
    ("eighteen", 18),
    ("eighty", 80),
    ("eleven", 11),
    ("fifteen", 15),
    ("fifty", 50),
    ("five", 5),
    ("forty", 40),
    ("forty-five", 45),
    ("four", 4),
    ("fourteen", 14),
    ("nine", 9),
    ("nineteen", 19),
    ("ninety", 90),
    ("one", 1),
    ("one hundred", 100),
    ("one hundred and eighty", 180),
    ("one hundred and twenty", 120),
    ("one hundred eighty", 180),
    ("one hundred twenty", 120),
    ("seven", 7),
    ("seventeen", 17),
    ("seventy", 70),
    ("six", 6),
    ("sixteen", 16),
    ("sixty", 60),
    ("ten", 10),
    ("thirteen", 13),
    ("thirty", 30),
    ("thirty-six", 36),
    ("three", 3),
    ("twelve", 12),
    ("twenty", 20),
    ("twenty-four", 24),
    ("two", 2),
];

/// French and German number words, sorted.
const OTHER_NUMBERS: &[(&str, u32)] = &[
    ("acht", 8),
    ("achtzehn", 18),
    ("cinq", 5),
    ("deux", 2),
    ("dix", 10),
    ("dix-huit", 18),
    ("douze", 12),
    ("drei", 3),
    ("dreizehn", 13),
    ("dreißig", 30),
    ("ein", 1),
    ("eine", 1),
    ("einem", 1),
    ("einen", 1),
    ("einer", 1),
    ("fünf", 5),
    ("huit", 8),
    ("neuf", 9),
    ("neun", 9),
    ("neunzig", 90),
    ("quarante-cinq", 45),
    ("quatorze", 14),
    ("quatre", 4),
    ("quatre-vingt-dix", 90),
    ("quinze", 15),
    ("sechs", 6),
    ("sechsunddreißig", 36),
    ("sechzig", 60),
    ("sept", 7),
    ("sieben", 7),
    ("six", 6),
    ("soixante", 60),
    ("treize", 13),
    ("trente", 30),
    ("trente-six", 36),
    ("trois", 3),
    ("un", 1),
    ("une", 1),
    ("vier", 4),
    ("vierundzwanzig", 24),
    ("vierzehn", 14),
    ("vingt", 20),
    ("vingt-quatre", 24),
    ("zehn", 10),
    ("zwei", 2),
    ("zwölf", 12),
];

/// Adjectives before an English unit.
const ADJECTIVES: [&str; 5] = ["business", "calendar", "working", "full", "consecutive"];

const EN_UNITS: &[(&str, &str)] = &[
    ("hour", "hour"),
    ("day", "day"),
    ("week", "week"),
    ("month", "month"),
    ("quarter", "quarter"),
    ("year", "year"),
];

/// Stems of French and German units, with the endings that each may have.
const OTHER_UNITS: &[(&str, &[&str], &str)] = &[
    ("heure", &["", "s"], "hour"),
    ("jour", &["", "s"], "day"),
    ("semaine", &["", "s"], "week"),
    ("mois", &[""], "month"),
    ("trimestre", &["", "s"], "quarter"),
    ("an", &["", "s"], "year"),
    ("année", &["", "s"], "year"),
    ("stunde", &["", "n"], "hour"),
    ("tag", &["", "e", "n", "en"], "day"),
    ("woche", &["", "n"], "week"),
    ("monat", &["", "e", "n", "en"], "month"),
    ("jahr", &["", "e", "n", "en"], "year"),
];

/// All durations in a text: the English ones in order, then the others.
pub(super) fn durations(text: &str) -> Vec<Duration> {
    let mut found = all(text, EN_NUMBERS, english);
    found.extend(all(text, OTHER_NUMBERS, other));
    found
}

/// Reads a unit, which ends with its word, from the start of a text: how long it is, and its English name.
type Unit = fn(&str) -> Option<(usize, &'static str)>;

fn all(text: &str, numbers: &[(&str, u32)], unit: Unit) -> Vec<Duration> {
    let mut found = Vec::new();
    if !holds_unit(text, unit) {
        return found;
    }
    let mut at = 0;
    while let Some(start) = next_word(text, at) {
        match longest(&text[start..], numbers, unit) {
            Some((len, counted)) => {
                let span = Span::new(start, start + len);
                found.extend(counted.and_then(|(n, unit)| Some(Duration { span, iso: iso(n, unit)? })));
                at = span.end;
            }
            None => at = start + word(&text[start..]).len(),
        }
    }
    found
}

/// Whether a unit stands anywhere in a text: in most sentences none does, which is seen sooner than that no number is
/// counted by one.
fn holds_unit(text: &str, unit: Unit) -> bool {
    /// How units begin.
    const BEGINNINGS: [&[u8; 2]; 15] = [
        b"an", b"da", b"he", b"ho", b"ja", b"jo", b"mo", b"qu", b"se", b"st", b"ta", b"tr", b"we", b"wo",
        b"ye",
    ];
    let pairs = text.as_bytes().windows(2).enumerate();
    let likely = pairs.filter(|(_, pair)| {
        let pair = [pair[0].to_ascii_lowercase(), pair[1].to_ascii_lowercase()];
        BEGINNINGS.contains(&&pair)
    });
    likely.map(|(at, _)| at).any(|at| text.get(at..).is_some_and(|rest| unit(rest).is_some()))
}

/// Where the next word begins.
fn next_word(text: &str, from: usize) -> Option<usize> {
    text.get(from..)?.find(is_inner).map(|at| from + at)
}

/// A duration at the start of a text: its length, and what it counts, if it counts anything.
fn longest(text: &str, numbers: &[(&str, u32)], unit: Unit) -> Option<(usize, Option<(u32, &'static str)>)> {
    let first = text.chars().next()?;
    if is_digit(first) {
        let digits = leading(text, is_digit);
        return Some(digits)
            .filter(|digits| digits.chars().count() <= 4)
            .and_then(|digits| counted(text, digits.len(), unit))
            .map(|(len, again, unit)| {
                (len, again.unwrap_or(digits).parse().ok().map(|count| (count, unit)))
            });
    }
    let letter = u8::try_from(first).ok()?.to_ascii_lowercase();
    let from = numbers.partition_point(|(word, _)| word.as_bytes().first() < Some(&letter));
    let second = text.as_bytes().get(1).map(u8::to_ascii_lowercase);
    let likely = numbers[from..]
        .iter()
        .take_while(|(word, _)| word.as_bytes().first() == Some(&letter))
        .filter(|(word, _)| word.len() == 1 || word.as_bytes().get(1).copied() == second);
    // Of several number words that begin the text the longest comes first, as in "sixty".
    let mut words: Vec<(usize, &str, u32)> =
        likely.filter_map(|&(word, count)| Some((begins(text, word)?, word, count))).collect();
    words.sort_by_key(|(len, ..)| std::cmp::Reverse(*len));
    words.into_iter().find_map(|(len, word, count)| {
        let (len, again, unit) = counted(text, len, unit)?;
        // "a day" as in "some day" says nothing of a period unless it is counted.
        let says = again.is_some() || !matches!(word, "a" | "an");
        let count = again.and_then(|digits| digits.parse().ok()).unwrap_or(count);
        Some((len, says.then_some((count, unit))))
    })
}

/// What follows a number of so many bytes: the length of all, the number again in brackets, and the unit.
fn counted(text: &str, number: usize, unit: Unit) -> Option<(usize, Option<&str>, &'static str)> {
    let unit_from = |from: usize| {
        let gap = leading(&text[from..], |c| c.is_whitespace() || c == '-').len();
        let (len, name) = unit(&text[from + gap..])?;
        Some((from + gap + len, name))
    };
    let open = number + leading(&text[number..], char::is_whitespace).len();
    let bracketed = text[open..].strip_prefix('(').and_then(|rest| {
        let digits = leading(rest, is_digit);
        let end = open + 1 + digits.len();
        let closes = (1..=4).contains(&digits.chars().count()) && text[end..].starts_with(')');
        closes.then_some((digits, end + 1))
    });
    let again = bracketed.and_then(|(digits, from)| Some((Some(digits), unit_from(from)?)));
    let (digits, (len, name)) = again.or_else(|| Some((None, unit_from(number)?)))?;
    Some((len, digits, name))
}

/// "a year", "half a year": where it stands first, whether it is half of it, and the unit.
pub(super) fn one(text: &str) -> Option<(Span, bool, &'static str)> {
    let mut at = 0;
    while let Some(start) = next_word(text, at) {
        if let Some((end, is_half, unit)) = one_at(text, start) {
            return Some((Span::new(start, end), is_half, unit));
        }
        at = start + word(&text[start..]).len();
    }
    None
}

fn one_at(text: &str, start: usize) -> Option<(usize, bool, &'static str)> {
    // A word and the blanks behind it, so that the next word begins there.
    let passed = |at: usize, is: fn(&str) -> bool| {
        let end = at + Some(word(&text[at..])).filter(|word| is(word))?.len();
        let blanks = leading(&text[end..], char::is_whitespace).len();
        (blanks > 0).then_some(end + blanks)
    };
    let half = passed(start, |word| word.eq_ignore_ascii_case("half"));
    let article = |word: &str| word.eq_ignore_ascii_case("a") || word.eq_ignore_ascii_case("an");
    let at = passed(half.unwrap_or(start), article)?;
    let word = word(&text[at..]);
    let (_, unit) = EN_UNITS.iter().find(|(unit, _)| word.eq_ignore_ascii_case(unit))?;
    Some((at + word.len(), half.is_some(), unit))
}

fn english(text: &str) -> Option<(usize, &'static str)> {
    let adjective = ADJECTIVES.into_iter().find_map(|adjective| begins(text, adjective));
    let gap = adjective.map_or(0, |len| leading(&text[len..], char::is_whitespace).len());
    let before = if gap > 0 { adjective.unwrap_or(0) + gap } else { 0 };
    let word = word(&text[before..]);
    let stem = word.strip_suffix(['s', 'S']).unwrap_or(word);
    let (_, name) = EN_UNITS.iter().find(|(unit, _)| stem.eq_ignore_ascii_case(unit))?;
    Some((before + word.len(), name))
}

fn other(text: &str) -> Option<(usize, &'static str)> {
    let word = word(text);
    let (.., name) = OTHER_UNITS.iter().find(|(stem, endings, _)| {
        begins(word, stem).is_some_and(|len| endings.iter().any(|end| word[len..].eq_ignore_ascii_case(end)))
    })?;
    Some((word.len(), name))
}

/// How many bytes of a text a lower-case word takes at its start, whatever their case.
fn begins(text: &str, word: &str) -> Option<usize> {
    let mut chars = text.char_indices();
    for wanted in word.chars() {
        let (_, c) = chars.next()?;
        if c != wanted && !c.to_lowercase().eq([wanted]) {
            return None;
        }
    }
    Some(chars.offset())
}

/// The word that a text begins with, digits included.
fn word(text: &str) -> &str {
    leading(text, is_inner)
}

fn leading(text: &str, inner: impl Fn(char) -> bool) -> &str {
    &text[..text.find(|c| !inner(c)).unwrap_or(text.len())]
}

fn is_inner(c: char) -> bool {
    c.is_alphabetic() || is_digit(c) || c == '_'
}

fn is_digit(c: char) -> bool {
    matches!(c, '0'..='9' | '０'..='９')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn number_words_are_sorted() {
        for numbers in [EN_NUMBERS, OTHER_NUMBERS] {
            assert!(numbers.is_sorted_by_key(|(word, _)| *word));
        }
    }

    #[test]
    fn every_unit_is_seen_wherever_it_stands() {
        for (word, _) in EN_UNITS {
            assert!(holds_unit(&format!("kept 30{}s", word.to_uppercase()), english), "{word}");
        }
        for (stem, endings, _) in OTHER_UNITS {
            assert!(holds_unit(&format!("« {stem}{} »", endings[0]), other), "{stem}");
        }
        assert!(!holds_unit("We keep what you tell us as it is needed.", english));
    }
}
