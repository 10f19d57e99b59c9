//! JSON Lines to sentences: one object a line, with spans or with labels.
//!
//! `{"text", "spans": [{"start", "end", "role"}]}` with offsets in characters. `"complete": true` says that every
//! sentence of the text was annotated, even those without spans, and that blank lines part them; else the text is cut as
//! a policy is, and only sentences with spans count. `"roles"` names the roles that were annotated, else those that
//! occur in the file. `{"text", "labels"}` holds one sentence: names of categories, or 0 or 1 for what the file's name says.
//! `"lang"` is the language, else that of all texts of the file.

use std::collections::BTreeSet;
use std::fs::File;
use std::io::{BufRead, BufReader, Read};
use std::path::Path;

use serde::Deserialize;

use crate::document::Document;
use crate::extract::Role;
use crate::ingest::{self, Format, InputFormat};
use crate::model::Label;
use crate::practice::Category;
use crate::text::{Language, Span};
use crate::{Error, Result};

use super::{Labelled, Sentences, Tagged, apart, stem, subject_of, unreadable};

/// The longest line in bytes. A line may hold a whole policy.
const LONGEST: usize = 4 << 20;
/// Characters of a file that tell its language.
const SAMPLE: usize = 40_000;

#[derive(Deserialize)]
struct Row {
    text: String,
    lang: Option<Language>,
    spans: Option<Vec<RowSpan>>,
    roles: Option<Vec<String>>,
    #[serde(default)]
    complete: bool,
    labels: Option<Labels>,
}

#[derive(Deserialize)]
struct RowSpan {
    start: usize,
    end: usize,
    role: String,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum Labels {
    Flag(u8),
    Names(Vec<String>),
}

/// What one file holds.
pub(super) fn read(path: &Path, shown: &str) -> Result<Sentences> {
    let file = File::open(path).map_err(|why| unreadable(path, &why))?;
    sentences(BufReader::new(file), &stem(path), shown)
}

fn sentences(mut file: impl BufRead, name: &str, shown: &str) -> Result<Sentences> {
    let mut rows = Vec::new();
    let (mut sample, mut sampled) = (String::new(), 0);
    for number in 1.. {
        let fail = |what: String| Error::Content {
            name: format!("{shown}:{number}"),
            what,
            remedy:
                r#"one object a line: {"text", "spans": [{"start", "end", "role"}]} or {"text", "labels"}"#
                    .into(),
        };
        let mut line = Vec::new();
        let read = file.by_ref().take(LONGEST as u64 + 1).read_until(b'\n', &mut line);
        read.map_err(|why| fail(why.to_string()))?;
        if line.is_empty() {
            break;
        }
        if line.len() > LONGEST {
            return Err(fail(format!("the line is longer than {} MiB", LONGEST >> 20)));
        }
        let line = std::str::from_utf8(&line).map_err(|why| fail(format!("the line is not UTF-8: {why}")))?;
        let line = line.trim_start_matches('\u{feff}').trim();
        if line.is_empty() {
            continue;
        }
        let row: Row = serde_json::from_str(line).map_err(|why| fail(why.to_string()))?;
        if row.lang.is_none() && sampled < SAMPLE {
            sampled += row.text.chars().count();
            sample.push_str(&row.text);
            sample.push('\n');
        }
        rows.push((read_row(&row, name, shown).map_err(fail)?, row.lang));
    }
    // Roles that a file does not name are those that occur in it.
    let occurring: BTreeSet<Role> = rows
        .iter()
        .flat_map(|((tagged, _), _)| tagged.iter().flat_map(|t| &t.spans).map(|&(_, role)| role))
        .collect();
    let language = Language::detect(&sample);
    let mut sentences = Sentences::default();
    for ((tagged, labelled), stated) in rows {
        if tagged.is_empty() && labelled.is_none() {
            continue;
        }
        let of_language = sentences.entry(stated.unwrap_or_else(|| language.clone())).or_default();
        of_language.0.extend(tagged.into_iter().map(|mut sentence| {
            if sentence.roles.is_empty() {
                sentence.roles.clone_from(&occurring);
            }
            sentence
        }));
        of_language.1.extend(labelled);
    }
    Ok(sentences)
}

fn read_row(row: &Row, name: &str, shown: &str) -> Result<(Vec<Tagged>, Option<Labelled>), String> {
    let tagged = match &row.spans {
        Some(spans) => tagged(row, spans, shown)?,
        None => Vec::new(),
    };
    let labelled = match &row.labels {
        Some(labels) => Some(labelled(&row.text, labels, subject_of(name))?),
        None => None,
    };
    if row.spans.is_none() && labelled.is_none() {
        return Err("it has neither spans nor labels".to_string());
    }
    Ok((tagged, labelled))
}

/// Cuts a row into sentences, and turns character offsets into bytes of each.
fn tagged(row: &Row, spans: &[RowSpan], shown: &str) -> Result<Vec<Tagged>, String> {
    let bytes: Vec<usize> = row.text.char_indices().map(|(at, _)| at).chain([row.text.len()]).collect();
    let mut found = Vec::with_capacity(spans.len());
    for s in spans {
        let role = role(&s.role)?;
        let (Some(&start), Some(&end)) = (bytes.get(s.start), bytes.get(s.end)) else {
            let characters = bytes.len() - 1;
            return Err(format!(
                "the span {}–{} is outside the text of {characters} characters",
                s.start, s.end
            ));
        };
        if start >= end {
            return Err(format!("the span {}–{} is empty", s.start, s.end));
        }
        found.push((Span::new(start, end), role));
    }
    let character = |byte: usize| bytes.partition_point(|&b| b < byte);
    let found = apart(found).map_err(|(a, b)| {
        let [a, b] = [a, b].map(|s| format!("{}–{}", character(s.start), character(s.end)));
        format!("the spans {a} and {b} cross")
    })?;
    let roles = row.roles.iter().flatten().map(|name| role(name)).collect::<Result<BTreeSet<Role>, _>>()?;
    let places = if row.complete { pieces(&row.text) } else { sentences_of(&row.text, shown)? };
    let mut next = found.iter().peekable();
    let mut sentences = Vec::new();
    for here in places {
        let mut spans = Vec::new();
        while let Some((span, role)) = next.next_if(|(span, _)| span.start < here.end) {
            // Blank lines part what was annotated apart; sentences are found by rule, and may cut a span.
            if row.complete && !here.contains(*span) {
                return Err(format!("a span crosses a blank line at character {}", character(span.start)));
            }
            let cut = Span::new(span.start.max(here.start), span.end.min(here.end)).trim(&row.text);
            if !cut.is_empty() {
                spans.push((Span::new(cut.start - here.start, cut.end - here.start), *role));
            }
        }
        if row.complete || !spans.is_empty() {
            sentences.push(Tagged { text: here.of(&row.text).to_string(), spans, roles: roles.clone() });
        }
    }
    Ok(sentences)
}

/// What blank lines part.
fn pieces(text: &str) -> Vec<Span> {
    let mut at = 0;
    let mut pieces = Vec::new();
    for piece in text.split("\n\n") {
        if !piece.trim().is_empty() {
            pieces.push(Span::new(at, at + piece.len()));
        }
        at += piece.len() + 2;
    }
    pieces
}

/// The sentences that a policy of these words has.
fn sentences_of(text: &str, shown: &str) -> Result<Vec<Span>, String> {
    if text.trim().is_empty() {
        return Ok(Vec::new());
    }
    let source = ingest::read(shown, text.as_bytes(), InputFormat::Forced(Format::Text));
    let source = source.map_err(|_| "the text is no plain text".to_string())?;
    if source.text != text {
        return Err("the text begins with a byte order mark, which has no place in it".to_string());
    }
    Ok(Document::new(shown, source).sentences.iter().map(|sentence| sentence.span).collect())
}

/// A role by its name; CA4P-483 parts actions into collecting and sharing.
fn role(name: &str) -> Result<Role, String> {
    match name {
        "collect" | "share" => Ok(Role::Action),
        _ => serde_json::from_value(name.into()).map_err(|_| {
            format!(
                "no role is called {name}: actor, action, data, recipient, source, purpose, condition or retention"
            )
        }),
    }
}

fn labelled(text: &str, labels: &Labels, subject: Option<&str>) -> Result<Labelled, String> {
    let mut sentence = Labelled { text: text.to_string(), known: BTreeSet::new(), has: BTreeSet::new() };
    match (labels, subject) {
        (Labels::Names(names), _) => {
            sentence.known.extend(TOPICS.iter().map(|&(_, category)| Label::Category(category)));
            for name in names {
                let topic = TOPICS.iter().find(|(topic, _)| topic == name);
                let &(_, category) = topic.ok_or_else(|| {
                    let all: Vec<&str> = TOPICS.iter().map(|&(topic, _)| topic).collect();
                    format!("no category is called {name}: {}", all.join(", "))
                })?;
                sentence.has.insert(Label::Category(category));
            }
        }
        (Labels::Flag(flag @ (0 | 1)), Some(subject)) => {
            let label = match subject {
                "risk" => Label::Risk,
                "sensitive" => Label::Sensitive,
                "important" => Label::Important,
                _ => return Err("topics are names of categories, not 0 or 1".to_string()),
            };
            sentence.known.insert(label);
            if *flag == 1 {
                sentence.has.insert(label);
            }
        }
        (Labels::Flag(0 | 1), None) => {
            return Err(
                "the file's name must say what 0 and 1 stand for: risk, sensitive or important".to_string()
            );
        }
        (Labels::Flag(other), _) => return Err(format!("labels are names, or 0 or 1, but not {other}")),
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

    fn read(name: &str, text: &str) -> Result<Sentences> {
        sentences(text.as_bytes(), name, "f.jsonl")
    }

    fn why(name: &str, text: &str) -> String {
        read(name, text).unwrap_err().to_string()
    }

    #[test]
    fn complete_rows_are_cut_at_blank_lines() {
        let row = r#"{"text": "我们收集邮箱。\n\n We keep it.\n\n第三。", "spans": [{"start": 10, "end": 12, "role": "actor"}, {"start": 4, "end": 6, "role": "data"}], "complete": true, "lang": "zh"}"#;
        let found = read("roles-zh-7", row).unwrap().remove(&Language::Zh).unwrap().0;
        let words: Vec<_> = found.iter().flat_map(|t| t.spans.iter().map(|(s, _)| s.of(&t.text))).collect();
        assert_eq!(words, ["邮箱", "We"]);
        assert_eq!(found.len(), 3);
        assert_eq!(found[2].roles, BTreeSet::from([Role::Actor, Role::Data]));
    }

    #[test]
    fn other_rows_are_cut_as_policies_are() {
        let row = r#"{"text": "无关的一句。我们收集邮箱，并与伙伴共享。没有标注。", "spans": [{"start": 6, "end": 8, "role": "actor"}, {"start": 8, "end": 10, "role": "collect"}, {"start": 9, "end": 10, "role": "data"}], "roles": ["actor", "action", "purpose"]}"#;
        let found = read("our", row).unwrap().remove(&Language::Zh).unwrap().0;
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].text, "我们收集邮箱，并与伙伴共享。");
        assert_eq!(found[0].spans, [(Span::new(0, 6), Role::Actor), (Span::new(6, 12), Role::Action)]);
        assert_eq!(found[0].roles, BTreeSet::from([Role::Actor, Role::Action, Role::Purpose]));
    }

    #[test]
    fn labels_are_read_by_the_subject_in_the_name() {
        let topic = r#"{"text": "We keep your name and your address for a year.", "labels": ["control"]}"#;
        let topic = read("appsi-topic.train", topic).unwrap().remove(&Language::En).unwrap().1;
        assert!(topic[0].has.contains(&Label::Category(Category::Rights)));
        assert!(!topic[0].known.contains(&Label::Risk));
        let risk = read("our_risk", r#"{"text": "我们出售您的信息。", "labels": 1}"#).unwrap();
        assert!(risk[&Language::Zh].1[0].has.contains(&Label::Risk));
    }

    #[test]
    fn mistakes_name_the_line() {
        for (row, words) in [
            (r#"{"text": "a", "labels": ["teapot"]}"#, "no category is called teapot"),
            (r#"{"text": "a", "labels": 1}"#, "not 0 or 1"),
            (r#"{"text": "a", "labels": 2}"#, "not 2"),
            (r#"{"text": "a"}"#, "neither spans nor labels"),
            (r#"{"text": "a""#, "EOF"),
            ("[]", "expected"),
            (
                r#"{"text": "手机", "spans": [{"start": 1, "end": 3, "role": "data"}]}"#,
                "1–3 is outside the text of 2",
            ),
            (r#"{"text": "手机", "spans": [{"start": 1, "end": 1, "role": "data"}]}"#, "1–1 is empty"),
            (r#"{"text": "手机", "spans": [{"start": -1, "end": 1, "role": "data"}]}"#, "-1"),
            (
                r#"{"text": "手机", "spans": [{"start": 0, "end": 1, "role": "pot"}]}"#,
                "no role is called pot",
            ),
            (
                r#"{"text": "手机号", "spans": [{"start": 0, "end": 2, "role": "data"}, {"start": 1, "end": 3, "role": "data"}]}"#,
                "0–2 and 1–3 cross",
            ),
            (
                r#"{"text": "a\n\nb", "spans": [{"start": 0, "end": 4, "role": "data"}], "complete": true}"#,
                "crosses a blank line at character 0",
            ),
        ] {
            let why = why("capp-topic.train", &format!("\n{row}"));
            assert!(why.starts_with("f.jsonl:2: ") && why.contains(words) && why.contains("try: "), "{why}");
        }
        assert!(why("ours", r#"{"text": "a", "labels": 1}"#).contains("name must say"));
    }

    #[test]
    fn endless_lines_and_bytes_that_are_no_text_are_refused() {
        let long = format!("{{\"text\": \"a\", \"labels\": []}}\n{}", "x".repeat(LONGEST + 1));
        assert!(why("a-topic", &long).starts_with("f.jsonl:2: the line is longer than 4 MiB"));
        let bytes = sentences(&b"\xff\xfe{}"[..], "a-topic", "f.jsonl").unwrap_err().to_string();
        assert!(bytes.starts_with("f.jsonl:1: the line is not UTF-8"), "{bytes}");
    }
}
