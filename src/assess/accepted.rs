//! Changes that a reviewer has seen and accepts, by their fingerprints.
//!
//! A file of lines, not YAML: `echo FINGERPRINT >> accepted.txt` adds one, versions of it merge line by line, and a
//! fingerprint of digits alone stays what it is.
//!
//! ```text
//! # reviewed in March
//! fc87546c364d  # the new processor, as announced
//! ```

use crate::error::{Error, Result};

/// Hexadecimal digits of a fingerprint.
const DIGITS: usize = 12;

/// The accepted changes of one file, in its order.
#[derive(Clone, Debug, Default)]
pub struct Accepted {
    /// The file as the user named it.
    pub source: String,
    entries: Vec<Entry>,
}

/// One accepted change.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// Fingerprint of the change.
    pub id: String,
    /// What the file says of it; may be empty.
    pub note: String,
    /// Its line, from 1.
    pub line: usize,
}

impl Accepted {
    /// Reads a file: a fingerprint a line, `#` before a note.
    ///
    /// # Errors
    ///
    /// [`Error::Yaml`] with the place of the first line that is none, or that stands twice.
    pub fn parse(source: &str, text: &str) -> Result<Accepted> {
        let mut entries: Vec<Entry> = Vec::new();
        for (i, whole) in text.trim_start_matches('\u{feff}').lines().enumerate() {
            let (words, note) = whole.split_once('#').unwrap_or((whole, ""));
            let (id, note) = (words.trim(), note.trim().to_string());
            if id.is_empty() {
                continue;
            }
            let column = whole.chars().take_while(|c| c.is_whitespace()).count() + 1;
            let mistake = |what: String, expected: &str| {
                let (name, expected) = (source.to_string(), expected.to_string());
                Err(Error::Yaml { name, line: i + 1, column, entry: String::new(), what, expected })
            };
            if !is_fingerprint(id) {
                let what = format!("{:?} is no fingerprint", id.chars().take(40).collect::<String>());
                return mistake(
                    what,
                    "the id of a change as reports show it, such as fc87546c364d, then # and a note",
                );
            }
            if let Some(first) = entries.iter().find(|entry| entry.id == id) {
                return mistake(
                    format!("{id} stands twice, first in line {}", first.line),
                    "each change once",
                );
            }
            entries.push(Entry { id: id.to_string(), note, line: i + 1 });
        }
        Ok(Accepted { source: source.to_string(), entries })
    }

    /// The entry of a change, if it is accepted.
    pub fn get(&self, id: &str) -> Option<&Entry> {
        self.entries.iter().find(|entry| entry.id == id)
    }

    /// Entries that are none of these changes.
    pub fn stale<'a>(&'a self, is_known: impl Fn(&str) -> bool + 'a) -> impl Iterator<Item = &'a Entry> {
        self.entries.iter().filter(move |entry| !is_known(&entry.id))
    }
}

/// Whether words are a fingerprint, with or without the number that tells equal ones apart.
fn is_fingerprint(words: &str) -> bool {
    let (digits, number) = words.split_once('-').unwrap_or((words, "2"));
    digits.len() == DIGITS
        && digits.chars().all(|c| matches!(c, '0'..='9' | 'a'..='f'))
        && !number.is_empty()
        && number.chars().all(|c| c.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fingerprints_notes_and_remarks_are_read() {
        let text = "# reviewed\n\nfc87546c364d # the new processor\r\n  123456789012-2\n";
        let accepted = Accepted::parse("a.txt", text).unwrap();
        assert_eq!(accepted.get("fc87546c364d").unwrap().note, "the new processor");
        assert_eq!(accepted.get("123456789012-2").unwrap().line, 4);
        let stale: Vec<&str> = accepted.stale(|id| id.starts_with('f')).map(|e| e.id.as_str()).collect();
        assert_eq!(stale, ["123456789012-2"]);
    }

    #[test]
    fn mistakes_are_told_with_their_place() {
        let told = |text: &str| Accepted::parse("a.txt", text).unwrap_err().to_string();
        assert!(told("\n  the processor\n").starts_with("a.txt:2:3: \"the processor\" is no fingerprint"));
        assert!(told("fc87546c364d the processor").contains("then # and a note"));
        assert!(
            told("fc87546c364d\nfc87546c364d")
                .contains("a.txt:2:1: fc87546c364d stands twice, first in line 1")
        );
    }
}
