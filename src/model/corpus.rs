//! Annotated files to a corpus: sentences with role spans, and sentences with labels.
//!
//! Files are JSON Lines, one object a line. `roles-en-*.jsonl` hold `{"text", "spans": [{"start", "end", "role"}]}` with
//! offsets in characters and blank lines between sentences. `appsi-topic.train.jsonl` and its like (`appsi` English,
//! `capp` Chinese; `topic`, `risk`, `sensitive`, `important`; `train`, `dev`) hold `{"text", "labels"}`: names, or 0 and 1.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use serde::Deserialize;

use crate::extract::Role;
use crate::practice::Category;
use crate::text::{Language, Span};
use crate::{Error, Result};

use super::Label;

/// What a model learns from, or is measured on.
#[derive(Clone, Debug, Default)]
pub struct Corpus {
    /// Sentences with role spans.
    pub tagged: Vec<Tagged>,
    /// Sentences with labels.
    pub labelled: Vec<Labelled>,
    /// Names of the files, without suffix, and how many sentences each gave.
    pub files: BTreeMap<String, usize>,
}

/// A sentence whose role spans are known.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tagged {
    /// The sentence.
    pub text: String,
    /// Spans in bytes of `text`, sorted.
    pub spans: Vec<(Span, Role)>,
}

/// A sentence of which some labels are known.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Labelled {
    /// The sentence.
    pub text: String,
    /// Labels it was annotated for; it may have others.
    pub known: BTreeSet<Label>,
    /// Labels it has, of the known ones.
    pub has: BTreeSet<Label>,
}

#[derive(Deserialize)]
struct RolesRow {
    text: String,
    spans: Vec<RolesSpan>,
}

#[derive(Deserialize)]
struct RolesSpan {
    start: usize,
    end: usize,
    role: Role,
}

#[derive(Deserialize)]
struct LabelsRow {
    text: String,
    labels: LabelsValue,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum LabelsValue {
    Flag(u8),
    Names(Vec<String>),
}

impl Corpus {
    /// Reads every file of `dir` whose name belongs to the language and is not among `without`.
    pub fn read_dir(dir: &Path, language: &Language, without: &[String]) -> Result<Corpus> {
        let cannot = |why: std::io::Error| Error::Read {
            name: dir.display().to_string(),
            why: why.to_string(),
            remedy: "name a directory of .jsonl files with --data".to_string(),
        };
        let mut paths = Vec::new();
        for entry in std::fs::read_dir(dir).map_err(cannot)? {
            let path = entry.map_err(cannot)?.path();
            let Some(name) = path.file_name().and_then(|n| n.to_str()).and_then(|n| n.strip_suffix(".jsonl"))
            else {
                continue;
            };
            if language_of(name).as_ref() == Some(language) && !without.iter().any(|w| w == name) {
                paths.push(path);
            }
        }
        paths.sort();
        let mut corpus = Corpus::default();
        for path in paths {
            corpus.read_file(&path)?;
        }
        if corpus.files.is_empty() {
            return Err(Error::Content {
                name: dir.display().to_string(),
                what: format!("no annotated files of language {language}"),
                remedy: "files are named roles-en-*.jsonl, appsi-*.jsonl, roles-zh-*.jsonl or capp-*.jsonl, unpacked".into(),
            });
        }
        Ok(corpus)
    }

    /// Adds one file; its name says what it holds.
    pub fn read_file(&mut self, path: &Path) -> Result<()> {
        let shown = path.display().to_string();
        let text = std::fs::read_to_string(path).map_err(|why| Error::Read {
            name: shown.clone(),
            why: why.to_string(),
            remedy: "annotated files are JSON Lines in UTF-8, unpacked".to_string(),
        })?;
        let name = path.file_name().and_then(|n| n.to_str()).unwrap_or_default();
        self.read(name.strip_suffix(".jsonl").unwrap_or(name), &text, &shown)
    }

    fn read(&mut self, name: &str, text: &str, shown: &str) -> Result<()> {
        let sentences = self.tagged.len() + self.labelled.len();
        for (number, line) in text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()) {
            let fail = |why: String| Error::Content {
                name: format!("{shown}:{}", number + 1),
                what: why,
                remedy: r#"one object a line: {"text", "spans"} or {"text", "labels"}"#.to_string(),
            };
            if name.starts_with("roles-") {
                let row: RolesRow = serde_json::from_str(line).map_err(|e| fail(e.to_string()))?;
                self.tagged.extend(sentences_of(&row).map_err(fail)?);
            } else {
                let row: LabelsRow = serde_json::from_str(line).map_err(|e| fail(e.to_string()))?;
                let subject = name.split(['-', '.']).nth(1).unwrap_or_default();
                self.labelled.push(labelled(row, subject).map_err(fail)?);
            }
        }
        self.files.insert(name.to_string(), self.tagged.len() + self.labelled.len() - sentences);
        Ok(())
    }
}

fn language_of(name: &str) -> Option<Language> {
    let starts = |prefixes: [&str; 2]| prefixes.iter().any(|p| name.starts_with(p));
    if starts(["roles-en", "appsi-"]) {
        Some(Language::En)
    } else if name != "capp-parallel" && starts(["roles-zh", "capp-"]) {
        Some(Language::Zh)
    } else {
        None
    }
}

/// Cuts a row at its blank lines, and turns character offsets into bytes.
fn sentences_of(row: &RolesRow) -> Result<Vec<Tagged>, String> {
    let bytes: Vec<usize> = row.text.char_indices().map(|(at, _)| at).chain([row.text.len()]).collect();
    let mut spans = Vec::with_capacity(row.spans.len());
    for s in &row.spans {
        match (bytes.get(s.start), bytes.get(s.end)) {
            (Some(&start), Some(&end)) if start < end => spans.push((Span::new(start, end), s.role)),
            _ => return Err(format!("the span {}–{} is outside the text", s.start, s.end)),
        }
    }
    spans.sort();
    let mut next = spans.iter().peekable();
    let mut sentences = Vec::new();
    let mut at = 0;
    for text in row.text.split("\n\n") {
        let here = Span::new(at, at + text.len());
        at = here.end + 2;
        let mut sentence = Tagged { text: text.to_string(), spans: Vec::new() };
        while let Some((span, role)) = next.next_if(|(span, _)| span.start < here.end) {
            if !here.contains(*span) {
                return Err(format!("a span crosses a blank line at byte {}", span.start));
            }
            sentence.spans.push((Span::new(span.start - here.start, span.end - here.start), *role));
        }
        if !text.trim().is_empty() {
            sentences.push(sentence);
        }
    }
    Ok(sentences)
}

fn labelled(row: LabelsRow, subject: &str) -> Result<Labelled, String> {
    let mut sentence = Labelled { text: row.text, known: BTreeSet::new(), has: BTreeSet::new() };
    match (row.labels, subject) {
        (LabelsValue::Names(names), "topic") => {
            sentence.known.extend(TOPICS.iter().map(|&(_, category)| Label::Category(category)));
            for name in names {
                let topic = TOPICS.iter().find(|(topic, _)| *topic == name);
                let &(_, category) = topic.ok_or_else(|| format!("no category is called {name}"))?;
                sentence.has.insert(Label::Category(category));
            }
        }
        (LabelsValue::Flag(flag), subject) => {
            let label = match subject {
                "risk" => Label::Risk,
                "sensitive" => Label::Sensitive,
                "important" => Label::Important,
                _ => return Err(format!("nothing is known about {subject}")),
            };
            sentence.known.insert(label);
            if flag != 0 {
                sentence.has.insert(label);
            }
        }
        _ => return Err("labels are names for topics, and 0 or 1 for all else".to_string()),
    }
    Ok(sentence)
}

/// What the data sets call the categories.
const TOPICS: &[(&str, Category)] = &[
    ("collection", Category::Collection),
    ("permission", Category::Permission),
    ("use", Category::Use),
    ("sharing", Category::Sharing),
    ("retention", Category::Retention),
    ("security", Category::Security),
    ("control", Category::Rights),
    ("audience", Category::Audience),
    ("change", Category::Change),
    ("contact", Category::Contact),
    ("cessation", Category::Cessation),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_are_cut_at_blank_lines() {
        let row = r#"{"text": "我们收集邮箱。\n\n We keep it.", "spans": [{"start": 10, "end": 12, "role": "actor"}, {"start": 4, "end": 6, "role": "data"}]}"#;
        let mut corpus = Corpus::default();
        corpus.read("roles-zh-7", row, "x").unwrap();
        let found: Vec<_> =
            corpus.tagged.iter().flat_map(|t| t.spans.iter().map(|(s, _)| s.of(&t.text))).collect();
        assert_eq!(found, ["邮箱", "We"]);
        assert_eq!(corpus.files["roles-zh-7"], 2);
    }

    #[test]
    fn labels_are_read_by_the_subject_in_the_name() {
        let mut corpus = Corpus::default();
        corpus.read("capp-topic.train", r#"{"text": "a", "labels": ["control"]}"#, "x").unwrap();
        corpus.read("capp-risk.train", r#"{"text": "a", "labels": 1}"#, "x").unwrap();
        assert!(corpus.labelled[0].has.contains(&Label::Category(Category::Rights)));
        assert!(!corpus.labelled[0].known.contains(&Label::Risk));
        assert!(corpus.labelled[1].has.contains(&Label::Risk));
    }

    #[test]
    fn mistakes_name_the_line() {
        let mut corpus = Corpus::default();
        let why = corpus.read("capp-topic.train", "\n{\"text\": \"a\", \"labels\": [\"teapot\"]}", "f.jsonl");
        assert!(why.unwrap_err().to_string().contains("f.jsonl:2: no category is called teapot"));
    }
}
