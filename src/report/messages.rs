//! The report's own words: a key in, words in the reader's language out.
//!
//! One catalogue for all formats, embedded as YAML so that wording can be reviewed without reading code.

use std::sync::LazyLock;

use serde::Serialize;

use super::dates::StatedDate;
use crate::diff::{ChangeKind, Relation, Scope};
use crate::yaml::{packed, packed_file};

static EN: LazyLock<Messages> = LazyLock::new(|| Messages::of("en", packed_file!("report/messages/en")));
static ZH: LazyLock<Messages> = LazyLock::new(|| Messages::of("zh", packed_file!("report/messages/zh")));

/// The words of one language, by key.
#[derive(Debug)]
pub struct Messages {
    language: &'static str,
    /// Sorted by their keys.
    words: Vec<(&'static str, &'static str)>,
}

impl Messages {
    /// The catalogue for a language code: Chinese for "zh" and its variants, English for everything else.
    pub fn for_language(code: &str) -> &'static Messages {
        match code.split(['-', '_']).next() {
            Some("zh") => &ZH,
            _ => &EN,
        }
    }

    /// Both catalogues are part of the program and tests parse them, so a mistake in them never reaches a user.
    fn of(language: &'static str, file: &'static str) -> Messages {
        let read = |(key, words)| (key, packed::read(words).unwrap_or_default());
        Messages { language, words: packed::entries(file).map(read).collect() }
    }

    /// "en" or "zh".
    pub fn language(&self) -> &'static str {
        self.language
    }

    /// The words of a key. An unknown key is returned itself, so that a gap shows instead of stopping a report.
    pub fn get<'a>(&'a self, key: &'a str) -> &'a str {
        self.find(key).unwrap_or(key)
    }

    fn find(&self, key: &str) -> Option<&'static str> {
        let at = self.words.binary_search_by(|(known, _)| (*known).cmp(key)).ok()?;
        self.words.get(at).map(|(_, words)| *words)
    }

    /// The words of a key with each `{name}` replaced by its value. Values are never searched for placeholders.
    pub fn fill(&self, key: &str, values: &[(&str, &str)]) -> String {
        let mut rest = self.get(key);
        let mut out = String::with_capacity(rest.len());
        while let Some((before, after)) = rest.split_once('{') {
            out.push_str(before);
            let known = after
                .split_once('}')
                .and_then(|(name, tail)| values.iter().find(|v| v.0 == name).map(|v| (v.1, tail)));
            match known {
                Some((value, tail)) => {
                    out.push_str(value);
                    rest = tail;
                }
                None => {
                    out.push('{');
                    rest = after;
                }
            }
        }
        out.push_str(rest);
        out
    }

    /// The words of a key for a count, which fills `{n}` grouped by thousands; `KEY.one` where it is 1.
    pub fn count(&self, key: &str, n: usize) -> String {
        let one = format!("{key}.one");
        let key = if n == 1 && self.find(&one).is_some() { &one } else { key };
        self.fill(key, &[("n", &self.number(n))])
    }

    /// Words with something said of them in brackets.
    pub fn aside(&self, words: &str, aside: &str) -> String {
        self.fill("join.aside", &[("words", words), ("aside", aside)])
    }

    /// A number with its thousands grouped.
    pub fn number(&self, n: usize) -> String {
        let digits = n.to_string();
        let mut out = String::new();
        for (i, digit) in digits.chars().enumerate() {
            if i > 0 && (digits.len() - i).is_multiple_of(3) {
                out.push(',');
            }
            out.push(digit);
        }
        out
    }

    /// The name of an enum's value, by group: `name("category", &Category::Use)`.
    ///
    /// Groups are category, facet, direction, direction-long, severity, severity-long, kind, scope, edit, edit-long,
    /// polarity, modality, row, mark, status, status-long, topic, relation, role.
    pub fn name(&self, group: &str, value: &impl Serialize) -> String {
        let code = code(value);
        self.get(&format!("{group}.{code}")).to_owned()
    }

    /// The name of a kind of change: for vendors, which of them states it; else, where it has one, its scope.
    pub fn kind(&self, kind: ChangeKind, scope: Option<Scope>, relation: Relation) -> String {
        if let Some(scope) = scope {
            return self.name("scope", &scope);
        }
        let suffix = if relation == Relation::Vendors { ".vendors" } else { "" };
        self.get(&format!("kind.{}{suffix}", code(&kind))).to_owned()
    }

    /// A day as its language writes it, from ISO 8601.
    pub fn date(&self, iso: &str) -> String {
        let mut parts = iso.split('-').map(|part| part.trim_start_matches('0'));
        let (Some(year), Some(month), Some(day)) = (parts.next(), parts.next(), parts.next()) else {
            return iso.to_owned();
        };
        let name = format!("month.{month}");
        self.fill("date", &[("year", year), ("month", self.get(&name)), ("day", day)])
    }

    /// The dates that a document states of itself, in words.
    pub fn stated_dates(&self, dates: &[StatedDate]) -> Vec<String> {
        let word = |d: &StatedDate| {
            self.fill(&format!("side.date.{}", code(&d.kind)), &[("date", &self.date(&d.date))])
        };
        dates.iter().map(word).collect()
    }

    /// The name of a language by its code.
    pub fn language_name(&self, code: &str) -> String {
        match code {
            "en" | "zh" => self.get(&format!("language.{code}")).to_owned(),
            _ => self.fill("language.other", &[("code", code)]),
        }
    }
}

/// How a value is written in the JSON contract: "only-if".
pub fn code(value: &impl Serialize) -> String {
    match serde_json::to_value(value) {
        Ok(serde_json::Value::String(code)) => code,
        _ => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;
    use crate::assess::{Direction, Severity};
    use crate::diff::{EditKind, Facet};
    use crate::extract::Role;
    use crate::practice::{Category, Modality, Polarity};
    use crate::report::benchmark::CellStatus;
    use crate::report::comparison::{RowKind, SegmentMark};

    /// The placeholders of a message, sorted.
    fn placeholders(text: &str) -> Vec<&str> {
        let mut names: Vec<&str> =
            text.split('{').skip(1).filter_map(|s| s.split_once('}').map(|p| p.0)).collect();
        names.sort_unstable();
        names
    }

    #[test]
    fn both_languages_have_the_same_keys_and_placeholders() {
        for yaml in [include_str!("messages/en.yaml"), include_str!("messages/zh.yaml")] {
            crate::yaml::parse::<BTreeMap<String, String>>("messages", yaml).expect("a map of strings");
        }
        let keys = |m: &Messages| m.words.iter().map(|(key, _)| *key).collect::<Vec<_>>();
        assert!(!EN.words.is_empty() && EN.words.is_sorted() && ZH.words.is_sorted());
        assert_eq!(keys(&EN), keys(&ZH));
        for (key, text) in &EN.words {
            assert_eq!(placeholders(text), placeholders(ZH.get(key)), "{key}");
        }
    }

    #[test]
    fn every_value_has_a_name() {
        fn all<T: Serialize>(groups: &[&str], values: &[T]) {
            for messages in [&*EN, &*ZH] {
                for (group, value) in groups.iter().flat_map(|g| values.iter().map(move |v| (g, v))) {
                    let name = messages.name(group, value);
                    assert!(!name.starts_with(&format!("{group}.")), "{name} has no name");
                }
            }
        }
        use Category as C;
        all(&["category"], &[C::Collection, C::Permission, C::Use, C::Sharing, C::Retention, C::Security]);
        all(&["category"], &[C::Rights, C::Audience, C::Transfer, C::Change, C::Contact, C::Cessation]);
        use Facet as F;
        all(&["facet"], &[F::Data, F::Purpose, F::Action, F::Recipient, F::Source, F::Condition]);
        all(&["facet"], &[F::Retention, F::Rights, F::Security, F::Minors, F::Transfer, F::Contact]);
        all(&["facet"], &[F::Polarity, F::Modality, F::Actor, F::Other]);
        use Direction as D;
        all(&["direction", "direction-long"], &[D::Expands, D::Restricts, D::Neutral]);
        all(&["severity", "severity-long"], &[Severity::High, Severity::Medium, Severity::Low]);
        all(&["scope"], &[Scope::Clarified, Scope::Generalised, Scope::Widened, Scope::Narrowed]);
        all(&["kind"], &[ChangeKind::Added, ChangeKind::Removed, ChangeKind::Modified]);
        use EditKind as E;
        all(&["edit", "edit-long"], &[E::Formatting, E::Whitespace, E::Link, E::Date, E::Typo]);
        all(
            &["edit", "edit-long"],
            &[E::Heading, E::Numbering, E::Reorder, E::Moved, E::Reworded, E::Translation],
        );
        all(&["polarity"], &[Polarity::Affirmed, Polarity::Negated]);
        all(
            &["modality"],
            &[Modality::Does, Modality::May, Modality::Must, Modality::OnlyIf, Modality::Right],
        );
        use RowKind as R;
        all(&["row"], &[R::Same, R::Modified, R::Added, R::Removed, R::MovedFrom, R::MovedTo]);
        all(&["mark"], &[SegmentMark::Same, SegmentMark::Deleted, SegmentMark::Inserted]);
        use CellStatus as S;
        all(&["status", "status-long"], &S::ALL);
        all(&["topic"], &crate::diff::matrix::Topic::ALL);
        all(&["relation"], &[Relation::Versions, Relation::Vendors]);
        use Role as O;
        all(&["role"], &[O::Actor, O::Action, O::Data, O::Recipient, O::Source, O::Purpose]);
        all(&["role"], &[O::Condition, O::Retention]);
    }

    #[test]
    fn fills_and_counts() {
        let en = Messages::for_language("en");
        assert_eq!(en.count("side.words", 1), "1 word");
        assert_eq!(en.count("side.words", 12345), "12,345 words");
        assert_eq!(Messages::for_language("zh-Hans").count("side.sections", 3), "3 节");
        assert_eq!(en.fill("filter.shown", &[("n", "{total}"), ("total", "9")]), "{total} of 9 shown");
        assert_eq!(en.language_name("fr"), "another language (fr)");
        assert_eq!(en.get("no.such.key"), "no.such.key");
        assert_eq!(en.date("2025-03-01"), "1 March 2025");
        assert_eq!(Messages::for_language("zh").date("2025-12-31"), "2025年12月31日");
    }
}
