//! Vocabulary files to a vocabulary: entries of the built-in files and of overlays put together, and what is wrong
//! with them. A faulty entry is left out or mended, so that the rest works; whoever loads an overlay is told.

use std::collections::BTreeMap;

use rayon::prelude::*;

use super::concept::{Concept, Entry, Kind, Terms, Words, expand_iri};
use super::node::Node;
use super::{Labels, Sources, Vocabulary};
use crate::error::{Error, Result};
use crate::practice::Category;
use crate::text::normalize;
use crate::yaml::{self, Step};

/// A file, read.
#[derive(Clone, Debug)]
pub(super) struct File {
    pub name: String,
    pub text: std::borrow::Cow<'static, str>,
    pub entries: Vec<Entry>,
    /// The kind that all its entries must be of, for built-in files.
    kind: Option<Kind>,
    /// Why it could not be read: line, column, entry, what, expected.
    unreadable: Option<(usize, usize, String, String, String)>,
}

impl File {
    pub fn overlay(name: &str, yaml: &str) -> Result<File> {
        let entries = if yaml.trim().is_empty() { Vec::new() } else { yaml::parse(name, yaml)? };
        Ok(File { name: name.into(), text: yaml.to_string().into(), entries, kind: None, unreadable: None })
    }
}

/// Reads the built-in files side by side and without their example sentences, which are long.
pub(super) fn read_builtin(files: &[(&'static str, &'static str)]) -> Vec<File> {
    files
        .par_iter()
        .map(|&(name, text)| {
            let kind = Kind::of(name);
            let name = name.to_string();
            match yaml::parse(&name, &without_examples(text)) {
                Ok(entries) => File { name, text: text.into(), entries, kind, unreadable: None },
                Err(error) => {
                    let why = match error {
                        Error::Yaml { line, column, entry, what, expected, .. } => {
                            (line, column, entry, what, expected)
                        }
                        other => (1, 1, String::new(), other.to_string(), "a vocabulary file".into()),
                    };
                    File { name, text: text.into(), entries: Vec::new(), kind, unreadable: Some(why) }
                }
            }
        })
        .collect()
}

/// The text of a built-in file without the lists of sentences, each line kept in its place.
fn without_examples(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut inside = false;
    for line in text.split_inclusive('\n') {
        let is_key = line.starts_with("- ")
            || line.strip_prefix("  ").is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_lowercase()));
        if is_key {
            inside = line.starts_with("  match:") || line.starts_with("  reject:");
        }
        out.push_str(if inside { "\n" } else { line });
    }
    out
}

/// The entries of a file with their example sentences.
pub(super) fn full_entries(file: &File) -> Vec<Entry> {
    match file.kind {
        Some(_) => yaml::parse(&file.name, &file.text).unwrap_or_default(),
        None => file.entries.clone(),
    }
}

/// A step from an entry to the value at fault.
#[derive(Clone, Copy, Debug)]
pub(super) enum Field {
    Of(&'static str),
    In(&'static str, usize),
    Term(&'static str, &'static str, usize),
}

/// Something wrong with an entry.
#[derive(Clone, Debug)]
pub(super) struct Fault {
    pub file: usize,
    pub entry: usize,
    pub field: Field,
    pub what: String,
    pub expected: String,
}

impl Fault {
    /// The fault as users meet it, with its place in the file.
    pub fn error(&self, files: &[File]) -> Error {
        let Some(file) = files.get(self.file) else {
            return Error::Content {
                name: "vocabulary".into(),
                what: self.what.clone(),
                remedy: self.expected.clone(),
            };
        };
        if let Some((line, column, entry, what, expected)) = file.unreadable.clone() {
            return Error::Yaml { name: file.name.clone(), line, column, entry, what, expected };
        }
        let mut path = vec![Step::Item(self.entry)];
        match self.field {
            Field::Of(key) => path.push(Step::Key(key)),
            Field::In(key, at) => path.extend([Step::Key(key), Step::Item(at)]),
            Field::Term(key, language, at) => {
                path.extend([Step::Key(key), Step::Key(language), Step::Item(at)]);
            }
        }
        let (line, column) = yaml::locate(&file.text, &path);
        let id = file.entries.get(self.entry).map_or("", |entry| entry.id.as_str());
        let field = yaml::path_name(path.get(1..).unwrap_or_default());
        Error::Yaml {
            name: file.name.clone(),
            line,
            column,
            entry: if id.is_empty() {
                format!("[{}].{field}: ", self.entry)
            } else {
                format!("{id}: {field}: ")
            },
            what: self.what.clone(),
            expected: self.expected.clone(),
        }
    }
}

impl Vocabulary {
    /// Puts the entries of all files together.
    pub(super) fn build(files: Vec<File>) -> Vocabulary {
        let mut build = Build { files: &files, concepts: BTreeMap::new(), faults: Vec::new() };
        for (file, f) in files.iter().enumerate() {
            if f.unreadable.is_some() {
                build.fault((file, 0), Field::Of("id"), "cannot be read", "a vocabulary file");
            }
            for entry in 0..f.entries.len() {
                build.add((file, entry));
            }
        }
        build.link();
        let Build { concepts, faults, .. } = build;
        let (nodes, words) =
            concepts.into_values().map(|(concept, words, _)| (Node::of(concept), words)).unzip();
        Vocabulary::of(nodes, Sources { files, faults, words }.into())
    }
}

/// Where an entry stands: file and number.
type Place = (usize, usize);

struct Build<'f> {
    files: &'f [File],
    /// By id, with its words and the last entry that wrote to it.
    concepts: BTreeMap<String, (Concept, Words, Place)>,
    faults: Vec<Fault>,
}

impl Build<'_> {
    fn fault(
        &mut self,
        (file, entry): Place,
        field: Field,
        what: impl Into<String>,
        expected: impl Into<String>,
    ) {
        self.faults.push(Fault { file, entry, field, what: what.into(), expected: expected.into() });
    }

    /// Adds an entry as a concept, or to the concept that has its id.
    fn add(&mut self, place: Place) {
        let file = &self.files[place.0];
        let entry = &file.entries[place.1];
        let Some(kind) = self.kind_of(place, entry, file.kind) else { return };
        let iris = self.iris(place, entry);
        if entry.category.is_some() && !matches!(kind, Kind::Action | Kind::Right) {
            let what = format!("a {kind} has no category");
            self.fault(place, Field::Of("category"), what, "a category for actions and rights only");
        }
        match self.concepts.get(&entry.id).map(|(.., earlier)| *earlier) {
            None => {
                if entry.label.en.is_empty() && entry.label.zh.is_empty() {
                    let expected = "label: {en: …, zh: …}, at least one of them";
                    self.fault(place, Field::Of("label"), "a new concept needs a label", expected);
                }
                let above = entry.id.rsplit_once('.').map(|(above, _)| above.to_string());
                let concept = Concept {
                    id: entry.id.clone(),
                    kind,
                    parent: if above.is_none() { None } else { entry.parent.clone().or(above) },
                    also: entry.also.clone(),
                    label: entry.label.clone(),
                    iri: iris.0,
                    near: iris.1,
                    sensitive: entry.sensitive.clone(),
                    category: entry.category,
                };
                self.concepts.insert(entry.id.clone(), (concept, entry.words(), place));
            }
            Some((earlier, number)) if earlier == place.0 => {
                let what = format!("`{}` is given twice, first as entry {}", entry.id, number + 1);
                self.fault(place, Field::Of("id"), what, "each id once; put the two entries together");
            }
            Some(_) => self.merge(place, entry, iris),
        }
    }

    fn merge(&mut self, place: Place, entry: &Entry, (iri, near): (Option<String>, Option<String>)) {
        let Some((concept, words, last)) = self.concepts.get_mut(&entry.id) else { return };
        *last = place;
        let Concept { label, sensitive, category, .. } = concept;
        merge_label(label, &entry.label);
        merge_category(category, entry.category);
        for rule in &entry.sensitive {
            if !sensitive.contains(rule) {
                sensitive.push(*rule);
            }
        }
        for id in &entry.also {
            if !concept.also.contains(id) {
                concept.also.push(id.clone());
            }
        }
        concept.iri = iri.or(concept.iri.take());
        concept.near = near.or(concept.near.take());
        words.terms.add(&entry.terms);
        words.forms.add(&entry.forms);
        words.exact.add(&entry.exact);
        if entry.parent.is_some() && entry.parent != concept.parent {
            let known = concept.parent.clone().unwrap_or_else(|| "no parent".into());
            let what = format!("`{}` is known already, under {known}", entry.id);
            self.fault(place, Field::Of("parent"), what, "no `parent` here, or another id for a new concept");
        }
    }

    /// The kind of an entry, if its id is one.
    fn kind_of(&mut self, place: Place, entry: &Entry, wanted: Option<Kind>) -> Option<Kind> {
        let part_is_well = |part: &str| {
            !part.is_empty()
                && part
                    .bytes()
                    .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-' || b == b'_')
        };
        if !entry.id.split('.').all(part_is_well) {
            let what = if entry.id.is_empty() {
                "an entry without id".into()
            } else {
                format!("`{}` is no id", entry.id)
            };
            let expected = "lower-case words joined by dots, such as data.location.precise";
            self.fault(place, Field::Of("id"), what, expected);
            return None;
        }
        let kinds = || Kind::ALL.map(Kind::id).join(", ");
        match (Kind::of(&entry.id), wanted) {
            (None, _) => {
                let what = format!("`{}` is of no known kind", entry.id);
                self.fault(
                    place,
                    Field::Of("id"),
                    what,
                    format!("an id that begins with one of {}", kinds()),
                );
                None
            }
            (Some(kind), Some(wanted)) if kind != wanted => {
                let what = format!("`{}` stands among concepts of kind {wanted}", entry.id);
                self.fault(place, Field::Of("id"), what, format!("this entry in {kind}.yaml"));
                None
            }
            (kind, _) => kind,
        }
    }

    fn iris(&mut self, place: Place, entry: &Entry) -> (Option<String>, Option<String>) {
        let mut expand = |iri: &Option<String>, field| {
            let iri = iri.as_ref()?;
            let full = expand_iri(iri);
            if full.is_none() {
                let expected = "a full IRI, or one with prefix pd:, dpv: or eu-gdpr:";
                self.fault(place, Field::Of(field), format!("`{iri}` has an unknown prefix"), expected);
            }
            full
        };
        (expand(&entry.iri, "iri"), expand(&entry.near, "near"))
    }

    /// Takes out broader concepts that do not exist, are of another kind, or lead back to the concept.
    fn link(&mut self) {
        let ids: Vec<String> = self.concepts.keys().cloned().collect();
        for id in &ids {
            let Some((concept, _, place)) = self.concepts.get(id).cloned() else { continue };
            let above = concept.parent.iter().map(|up| (up, Field::Of("parent")));
            let also = concept.also.iter().enumerate().map(|(at, up)| (up, Field::In("also", at)));
            let mut bad = Vec::new();
            for (up, field) in above.chain(also) {
                let (what, expected) = if !self.concepts.contains_key(up) {
                    let near = nearest(up, &ids).map_or(String::new(), |id| format!(", such as {id}"));
                    (format!("there is no concept `{up}`"), format!("the id of a known concept{near}"))
                } else if Kind::of(up) != Some(concept.kind) {
                    (format!("`{up}` is of another kind"), format!("a concept of kind {}", concept.kind))
                } else {
                    continue;
                };
                bad.push(up.clone());
                self.fault(place, field, what, expected);
            }
            if let Some((concept, ..)) = self.concepts.get_mut(id) {
                concept.parent.take_if(|up| bad.contains(up));
                concept.also.retain(|up| !bad.contains(up));
            }
        }
        // Concepts of the last file first: it is the one that closed the circle.
        let mut ids = ids;
        ids.sort_by_key(|id| std::cmp::Reverse(self.concepts.get(id).map(|(.., place)| place.0)));
        for id in &ids {
            while let Some(up) = self.cycle(id) {
                let Some((concept, _, place)) = self.concepts.get_mut(id) else { break };
                concept.parent.take_if(|parent| *parent == up);
                concept.also.retain(|also| *also != up);
                let place = *place;
                let what = format!("`{id}` and `{up}` are kinds of each other");
                self.fault(place, Field::Of("parent"), what, "broader concepts that do not lead back");
            }
        }
    }

    /// The broader concept through which a concept is a kind of itself.
    fn cycle(&self, id: &str) -> Option<String> {
        let up = |id: &str| {
            self.concepts
                .get(id)
                .into_iter()
                .flat_map(|(c, ..)| c.parent.iter().chain(&c.also))
                .map(String::as_str)
        };
        up(id)
            .find(|&first| {
                let mut seen = vec![first];
                let mut next = 0;
                while let Some(&at) = seen.get(next) {
                    for above in up(at) {
                        if !seen.contains(&above) {
                            seen.push(above);
                        }
                    }
                    next += 1;
                }
                seen.contains(&id)
            })
            .map(ToString::to_string)
    }
}

/// Words that name two concepts of one kind, and empty ones. Apart from the building, which must be quick.
pub(super) fn term_faults(files: &[File]) -> Vec<Fault> {
    let mut owners: BTreeMap<(Kind, String), &str> = BTreeMap::new();
    let mut faults = Vec::new();
    for (file, f) in files.iter().enumerate() {
        for (number, entry) in f.entries.iter().enumerate() {
            let Some(kind) = Kind::of(&entry.id) else { continue };
            let lists = [("terms", &entry.terms), ("forms", &entry.forms), ("exact", &entry.exact)];
            for (key, terms) in lists {
                for (language, at, term) in numbered(terms) {
                    // Exact terms differ by their case.
                    let folded = if key == "exact" { term.trim().into() } else { normalize(term).text };
                    let what = if folded.is_empty() {
                        "an empty term".to_string()
                    } else {
                        match owners.insert((kind, folded), &entry.id) {
                            Some(owner) if owner != entry.id => format!("`{term}` names {owner} already"),
                            _ => continue,
                        }
                    };
                    let expected = "words that name one concept of its kind only".to_string();
                    faults.push(Fault {
                        file,
                        entry: number,
                        field: Field::Term(key, language, at),
                        what,
                        expected,
                    });
                }
            }
        }
    }
    faults
}

fn numbered(terms: &Terms) -> impl Iterator<Item = (&'static str, usize, &String)> {
    terms
        .by_language()
        .into_iter()
        .flat_map(|(language, list)| list.iter().enumerate().map(move |(at, term)| (language, at, term)))
}

fn merge_label(label: &mut Labels, other: &Labels) {
    for (label, other) in [(&mut label.en, &other.en), (&mut label.zh, &other.zh)] {
        if !other.is_empty() {
            label.clone_from(other);
        }
    }
}

fn merge_category(category: &mut Option<Category>, other: Option<Category>) {
    if other.is_some() {
        *category = other;
    }
}

/// The known id that shares most with a wrong one: by its last part, else by its beginning.
fn nearest<'i>(wrong: &str, ids: &'i [String]) -> Option<&'i String> {
    let last = wrong.rsplit('.').next().unwrap_or_default();
    let begin = |id: &String| id.bytes().zip(wrong.bytes()).take_while(|(a, b)| a == b).count();
    ids.iter()
        .find(|id| id.rsplit('.').next() == Some(last))
        .or_else(|| ids.iter().filter(|id| begin(id) > 3).max_by_key(|id| begin(id)))
}
