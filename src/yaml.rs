//! YAML in and out: the only file that names `serde_yaml`. Mistakes come back with line, column, entry and remedy.

pub(crate) mod packed;

use std::fmt;

use serde::Serialize;
use serde::de::{
    self, DeserializeOwned, DeserializeSeed, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor,
};

use crate::error::{Error, Result};

/// Reads a value; `name` is what the user calls the file.
pub fn parse<T: DeserializeOwned>(name: &str, text: &str) -> Result<T> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    serde_yaml::from_str(text).map_err(|error| explain(name, text, &error))
}

/// One of our own files, by its path in `src` without its suffix: as the build left it, which is read in a fraction of
/// the time.
macro_rules! own_file {
    ($path:literal) => {
        $crate::yaml::packed::read($crate::yaml::packed_file!($path))
    };
}

/// The same, not read yet.
macro_rules! packed_file {
    ($path:literal) => {
        include_str!(concat!(env!("OUT_DIR"), "/", $path, ".packed"))
    };
}
pub(crate) use {own_file, packed_file};

/// Writes a value as YAML, with a line end at its end.
pub fn emit<T: Serialize>(value: &T) -> Result<String> {
    serde_yaml::to_string(value).map_err(|error| Error::Content {
        name: "YAML output".into(),
        what: error.to_string(),
        remedy: "another format, such as --format json".into(),
    })
}

/// One step into a YAML value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step<'a> {
    /// The value of a key.
    Key(&'a str),
    /// A key itself, for one that should not be there.
    Name(&'a str),
    /// An item of a sequence, from 0.
    Item(usize),
}

/// Line and column, both from 1, of the value at a path, for mistakes that only show once a file has been read.
/// Where a path ends early, the place where it did.
pub fn locate(text: &str, path: &[Step]) -> (usize, usize) {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    // Reading up to the wanted value and refusing it there makes the reader itself tell the place.
    let found = Find(path).deserialize(serde_yaml::Deserializer::from_str(text));
    match found {
        Err(error) => error.location().map_or((1, 1), |at| (at.line(), at.column())),
        Ok(()) => path.split_last().map_or((1, 1), |(_, outer)| locate(text, outer)),
    }
}

/// A path as messages write it, such as `practices[3].data`.
pub fn path_name(path: &[Step]) -> String {
    let mut name = String::new();
    for step in path {
        match step {
            Step::Key(key) | Step::Name(key) if name.is_empty() => name.push_str(key),
            Step::Key(key) | Step::Name(key) => {
                name.push('.');
                name.push_str(key);
            }
            Step::Item(item) => name.push_str(&format!("[{item}]")),
        }
    }
    name
}

/// Walks along a path and fails at its end; other values are skipped.
struct Find<'p>(&'p [Step<'p>]);

impl<'de> DeserializeSeed<'de> for Find<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, from: D) -> std::result::Result<(), D::Error> {
        match self.0.first() {
            Some(Step::Key(_) | Step::Name(_)) => from.deserialize_map(self),
            Some(Step::Item(_)) => from.deserialize_seq(self),
            None => from.deserialize_any(self),
        }
    }
}

impl<'de> Visitor<'de> for Find<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str("another path")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> std::result::Result<(), A::Error> {
        let (wanted, rest) = match self.0.split_first() {
            Some((Step::Key(wanted), rest)) => (wanted, rest),
            Some((Step::Name(wanted), _)) => {
                while map.next_key_seed(FindName(wanted))?.is_some() {
                    map.next_value::<IgnoredAny>()?;
                }
                return Ok(());
            }
            _ => return Err(de::Error::custom("here")),
        };
        while let Some(key) = map.next_key::<String>()? {
            if key == *wanted {
                return map.next_value_seed(Find(rest));
            }
            map.next_value::<IgnoredAny>()?;
        }
        Ok(())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> std::result::Result<(), A::Error> {
        let Some((Step::Item(wanted), rest)) = self.0.split_first() else {
            return Err(de::Error::custom("here"));
        };
        for _ in 0..*wanted {
            if items.next_element::<IgnoredAny>()?.is_none() {
                return Ok(());
            }
        }
        items.next_element_seed(Find(rest)).map(|_| ())
    }
}

/// Fails at a key.
struct FindName<'p>(&'p str);

impl<'de> DeserializeSeed<'de> for FindName<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, from: D) -> std::result::Result<(), D::Error> {
        from.deserialize_str(self)
    }
}

impl Visitor<'_> for FindName<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str("another key")
    }

    fn visit_str<E: de::Error>(self, key: &str) -> std::result::Result<(), E> {
        if key == self.0 { Err(E::custom("here")) } else { Ok(()) }
    }
}

/// A reader's message, taken apart.
fn explain(name: &str, text: &str, error: &serde_yaml::Error) -> Error {
    let message = error.to_string();
    let place = error.location().map(|at| (at.line(), at.column()));
    let message = match place {
        Some((line, column)) => message.replacen(&format!(" at line {line} column {column}"), "", 1),
        None => message,
    };
    let (entry, message) = split_path(&message);
    let (what, expected) = split_expected(message);
    let place = place.unwrap_or((1, 1));
    // Of repeated keys the reader names only the mapping that holds them.
    let (line, column) =
        repeated_key(message).and_then(|key| second_line_of(text, place, key)).unwrap_or(place);
    Error::Yaml { name: name.into(), line, column, entry, what, expected }
}

/// Splits `practices[3].data: invalid type …` into the entry (with its colon) and the message.
fn split_path(message: &str) -> (String, &str) {
    match message.split_once(": ") {
        Some((path, rest)) if !path.is_empty() && !path.contains([' ', '`', '"']) => {
            // A path into a sequence at the top comes as `.[3]`.
            (format!("{}: ", path.trim_start_matches('.')), rest)
        }
        _ => (String::new(), message),
    }
}

/// Splits off what would be right, or says it by the kind of mistake.
fn split_expected(message: &str) -> (String, String) {
    if let Some((what, expected)) = message.rsplit_once(", expected ") {
        return (what.into(), expected.into());
    }
    let expected = if let Some(field) = message.strip_prefix("missing field ") {
        format!("a value for {field}")
    } else if message.starts_with("unknown field") {
        "no such key here".into()
    } else if message.starts_with("duplicate ") {
        "each key once; remove one of the two".into()
    } else if message.starts_with("EOF") {
        "at least one entry; the file is empty".into()
    } else if message.starts_with("data did not match") {
        "one of the forms that the documentation of this entry shows".into()
    } else {
        "YAML; look for a missing quote, colon or blank, or an indentation that is off".into()
    };
    (message.into(), expected)
}

/// The key that a message about a repeated one names, in quotes or backticks.
fn repeated_key(message: &str) -> Option<&str> {
    let rest = message.strip_prefix("duplicate ")?;
    let mut parts = rest.split(['`', '"']);
    parts.next()?;
    parts.next()
}

/// Where a key stands for the second time in the mapping that begins at a place.
fn second_line_of(text: &str, (line, column): (usize, usize), key: &str) -> Option<(usize, usize)> {
    let is_key = |line: &str| {
        let line = line.trim_start_matches(['"', '\'']);
        line.strip_prefix(key)
            .is_some_and(|rest| rest.trim_start_matches(['"', '\'']).trim_start().starts_with(':'))
    };
    let indent = |line: &str| line.chars().take_while(|&c| c == ' ').count();
    let mut lines = text
        .lines()
        .enumerate()
        .skip(line - 1)
        .take_while(|(at, text)| *at + 1 == line || text.trim().is_empty() || indent(text) + 1 >= column);
    let mut keys = lines
        .by_ref()
        .filter(|(_, line)| line.char_indices().nth(column - 1).is_some_and(|(at, _)| is_key(&line[at..])));
    keys.nth(1).map(|(at, _)| (at + 1, column))
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use serde::Deserialize;

    use super::*;

    #[derive(Debug, Deserialize)]
    #[serde(deny_unknown_fields)]
    #[allow(dead_code)]
    struct File {
        practices: Vec<Item>,
        #[serde(default)]
        note: String,
    }

    #[derive(Debug, Deserialize)]
    #[serde(deny_unknown_fields)]
    #[allow(dead_code)]
    struct Item {
        data: Vec<String>,
    }

    fn mistake(text: &str) -> (usize, usize, String, String, String) {
        match parse::<File>("a.yaml", text) {
            Err(Error::Yaml { line, column, entry, what, expected, .. }) => {
                (line, column, entry, what, expected)
            }
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn a_wrong_type_is_named_with_its_place() {
        let (line, column, entry, what, expected) = mistake("practices:\n- data: [姓名]\n- data: 姓名\n");
        assert_eq!((line, column, entry.as_str()), (3, 9, "practices[1].data: "));
        assert_eq!(what, "invalid type: string \"姓名\"");
        assert_eq!(expected, "a sequence");
    }

    #[test]
    fn unknown_missing_and_repeated_keys_are_named() {
        let (line, column, entry, what, expected) = mistake("practices:\n- date: []\n");
        assert_eq!((line, column, entry.as_str()), (2, 3, "practices[0]: "), "{what}");
        assert_eq!((what.as_str(), expected.as_str()), ("unknown field `date`", "`data`"));
        let (.., what, expected) = mistake("note: x\n");
        assert_eq!(
            (what.as_str(), expected.as_str()),
            ("missing field `practices`", "a value for `practices`")
        );
        let (line, column, _, what, _) = mistake("practices: []\nnote: a\nnote: b\n");
        assert_eq!((line, column), (3, 1), "{what}");
        let (line, column, ..) = mistake("practices:\n- data: [a]\n- data: [b]\n  data: [c]\n");
        assert_eq!((line, column), (4, 3));
        let (line, column, ..) = mistake("practices: [{data: [a], data: [c]}]\n");
        assert_eq!((line, column), (1, 13));
    }

    #[test]
    fn broken_yaml_and_empty_files_are_told() {
        let (line, ..) = mistake("practices:\n- data: [a\n  note: b\n");
        assert!(line >= 2);
        assert!(mistake("").4.contains("entry") || mistake("").3.contains("missing"));
    }

    #[test]
    fn a_path_leads_to_its_line_and_column() {
        let text = "- id: a\n  terms: {zh: [甲, 乙]}\n- id: b\n";
        let path = [Step::Item(0), Step::Key("terms"), Step::Key("zh"), Step::Item(1)];
        assert_eq!(locate(text, &path), (2, 19));
        assert_eq!(locate(text, &[Step::Item(1)]), (3, 3));
        assert_eq!(locate(text, &[Step::Item(1), Step::Key("parent")]), (3, 3));
        assert_eq!(locate(text, &[Step::Item(0), Step::Name("terms")]), (2, 3));
        assert_eq!(path_name(&path), "[0].terms.zh[1]");
    }

    #[test]
    fn what_is_written_is_read_again() {
        let value: BTreeMap<String, String> = [("a".into(), "是: yes".into())].into();
        assert_eq!(parse::<BTreeMap<String, String>>("x", &emit(&value).unwrap()).unwrap(), value);
    }
}
