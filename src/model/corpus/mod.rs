//! Annotated files to a corpus per language: sentences with role spans, and sentences with labels.
//!
//! JSON Lines are read by [`rows`], policies in the annotated form by [`marked`]. In a directory the names tell which
//! files are annotated; a file that is named outright is read whatever its name.

mod marked;
mod rows;

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use crate::extract::Role;
use crate::text::{Language, Span};
use crate::{Error, Result};

use super::Label;
use super::chain::ROLES;

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
    /// Spans in bytes of `text`, sorted, not overlapping.
    pub spans: Vec<(Span, Role)>,
    /// Roles it was annotated for; words in other roles may be in it all the same.
    pub roles: BTreeSet<Role>,
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

impl Labelled {
    /// The places in `all`, in which this sentence has place `at`, of those before and after it in its file.
    pub(super) fn neighbours(&self, all: &[Labelled], at: usize) -> [Option<usize>; 2] {
        let of_same_file = |&other: &usize| all.get(other).is_some_and(|other| other.known == self.known);
        [at.checked_sub(1).filter(of_same_file), at.checked_add(1).filter(of_same_file)]
    }
}

/// Fewer sentences that are not annotated for all roles are too few for a tagger that begins with nothing.
const FEW: usize = 2_000;

impl Corpus {
    /// Whether a tagger does better to go on from the built-in one: no sentence was annotated for all roles, as in
    /// policies with `(actor)[action]<data>{purpose}`, and they are few.
    pub fn is_for_teaching_onward(&self) -> bool {
        self.tagged.len() < FEW && self.tagged.iter().all(|sentence| sentence.roles.len() < ROLES.len())
    }
}

/// The corpora of all languages that some files hold.
#[derive(Clone, Debug, Default)]
pub struct Corpora {
    /// By language; only those that are read for practices.
    pub languages: BTreeMap<Language, Corpus>,
    /// Files of directories that are not annotated, in order.
    pub passed_over: Vec<String>,
}

/// An annotated file that is to be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct File {
    path: PathBuf,
    kind: Kind,
    /// Whether it was named itself, rather than its directory.
    outright: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Rows,
    Document,
}

/// What the labels of a file say, by a part of its name.
const SUBJECTS: [&str; 4] = ["topic", "risk", "sensitive", "important"];

impl Corpora {
    /// The files that some paths stand for, without those whose name (without suffix) is among `without`: each file
    /// itself, and of each directory, in the order of their names, `roles-*.jsonl`, `.jsonl` files with topic, risk,
    /// sensitive or important in their name, and `.txt` and `.md` files.
    ///
    /// # Errors
    /// [`Error::Read`] for a path that is not there, [`Error::Content`] for a file of another kind and for a directory
    /// without such files.
    pub fn files(&mut self, paths: &[PathBuf], without: &[String]) -> Result<Vec<File>> {
        let mut files = Vec::new();
        for path in paths {
            if path.is_dir() {
                files.extend(self.files_of(path, without)?);
            } else {
                files.push(File { path: path.clone(), kind: kind_of(path)?, outright: true });
            }
        }
        files.retain(|file| !without.iter().any(|name| *name == stem(&file.path)));
        Ok(files)
    }

    fn files_of(&mut self, dir: &Path, without: &[String]) -> Result<Vec<File>> {
        let cannot = |why: std::io::Error| unreadable(dir, &why);
        let mut paths = Vec::new();
        for entry in std::fs::read_dir(dir).map_err(cannot)? {
            paths.push(entry.map_err(cannot)?.path());
        }
        paths.sort();
        let mut files = Vec::new();
        for path in paths.into_iter().filter(|path| path.is_file()) {
            match kind_of(&path) {
                Ok(kind) if kind == Kind::Document || is_annotated_by_name(&stem(&path)) => {
                    files.push(File { path, kind, outright: false });
                }
                Ok(_) if without.contains(&stem(&path)) => {}
                Ok(_) => self.passed_over.push(path.display().to_string()),
                Err(_) => {}
            }
        }
        if files.is_empty() {
            return Err(Error::Content {
                name: dir.display().to_string(),
                what: "holds no annotated files".to_string(),
                remedy: "roles-*.jsonl and *-topic*.jsonl, unpacked, or .txt files with (actor)[action]<data>{purpose}"
                    .into(),
            });
        }
        Ok(files)
    }

    /// Adds one file.
    ///
    /// # Errors
    /// [`Error::Read`] for a file that cannot be read; [`Error::Content`], with its line, for a mistake in it, a file
    /// in another language, and a file named outright that holds no annotated sentence.
    pub fn read(&mut self, file: &File) -> Result<()> {
        let shown = file.path.display().to_string();
        let read = match file.kind {
            Kind::Rows => rows::read(&file.path, &shown)?,
            Kind::Document => marked::read(&file.path, &shown, file.outright)?,
        };
        if read.is_empty() {
            if file.outright {
                return Err(Error::Content {
                    name: shown,
                    what: "holds no annotated sentence".to_string(),
                    remedy: "mark who does what: (actor)[action]<data>{purpose}".to_string(),
                });
            }
            self.passed_over.push(shown);
            return Ok(());
        }
        for (language, (tagged, labelled)) in read {
            if !language.is_read() {
                return Err(Error::Content {
                    name: shown,
                    what: format!("is in language {language}, and only English and Chinese are learned"),
                    remedy: r#"--without, or "lang": "en" or "zh" in each of its lines"#.to_string(),
                });
            }
            let corpus = self.languages.entry(language).or_default();
            *corpus.files.entry(stem(&file.path)).or_default() += tagged.len() + labelled.len();
            corpus.tagged.extend(tagged);
            corpus.labelled.extend(labelled);
        }
        Ok(())
    }
}

/// Sentences of one file by language.
type Sentences = BTreeMap<Language, (Vec<Tagged>, Vec<Labelled>)>;

fn kind_of(path: &Path) -> Result<Kind> {
    let suffix = path.extension().map(|s| s.to_string_lossy().to_ascii_lowercase());
    match suffix.as_deref() {
        Some("jsonl") => Ok(Kind::Rows),
        Some("txt" | "md" | "markdown") => Ok(Kind::Document),
        _ if !path.exists() => Err(unreadable(path, &std::io::ErrorKind::NotFound.into())),
        _ => Err(Error::Content {
            name: path.display().to_string(),
            what: "is no annotated file by its suffix".to_string(),
            remedy: ".jsonl for JSON Lines, unpacked; .txt or .md for a policy with (actor)[action]<data>{purpose}"
                .to_string(),
        }),
    }
}

fn is_annotated_by_name(name: &str) -> bool {
    name.starts_with("roles-") || subject_of(name).is_some()
}

/// Which labels a file holds, by its name: `capp-risk.train` holds risks.
fn subject_of(name: &str) -> Option<&'static str> {
    SUBJECTS.into_iter().find(|subject| name.split(['-', '_', '.']).any(|part| part == *subject))
}

/// The file's name without suffix.
fn stem(path: &Path) -> String {
    path.file_stem().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default()
}

fn unreadable(path: &Path, why: &std::io::Error) -> Error {
    let missing = why.kind() == std::io::ErrorKind::NotFound;
    Error::Read {
        name: path.display().to_string(),
        why: if missing { "there is no such file or directory".to_string() } else { why.to_string() },
        remedy: "check the path after --data: annotated files, or directories of them".to_string(),
    }
}

/// Sorts spans and drops those inside others; an error where two cross.
fn apart(mut spans: Vec<(Span, Role)>) -> Result<Vec<(Span, Role)>, (Span, Span)> {
    spans.sort_by_key(|&(span, role)| (span.start, std::cmp::Reverse(span.end), role));
    let mut kept: Vec<(Span, Role)> = Vec::with_capacity(spans.len());
    for (span, role) in spans {
        match kept.last() {
            Some(&(last, _)) if last.contains(span) => {}
            Some(&(last, _)) if last.overlaps(span) => return Err((last, span)),
            _ => kept.push((span, role)),
        }
    }
    Ok(kept)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(dir: &Path, paths: &[&str], without: &[&str]) -> Result<Corpora> {
        let mut corpora = Corpora::default();
        let paths: Vec<PathBuf> = paths.iter().map(|p| dir.join(p)).collect();
        let without: Vec<String> = without.iter().map(|w| w.to_string()).collect();
        for file in corpora.files(&paths, &without)? {
            corpora.read(&file)?;
        }
        Ok(corpora)
    }

    fn folder() -> tempfile::TempDir {
        let dir = tempfile::tempdir().unwrap();
        let write = |name: &str, text: &str| std::fs::write(dir.path().join(name), text).unwrap();
        write("capp-risk.train.jsonl", "{\"text\": \"我们会出售您的信息。\", \"labels\": 1}\n");
        write(
            "roles-en-0.jsonl",
            "{\"text\": \"We keep it.\", \"spans\": [], \"complete\": true, \"lang\": \"en\"}",
        );
        write("other.jsonl", "{\"text\": \"We keep it.\", \"spans\": []}");
        write(
            "ours.txt",
            "(We) [collect] <your e-mail address> to {answer you}.\n\nNothing is marked here.\n",
        );
        write("ours.zh.md", "（一）收集\n\n(我们)[收集]<手机号码>，用于{登录}。\n");
        write("README.md", "# Corpus\n\nWe keep [notes](https://acme.example) here (and there).\n");
        write("table.csv", "a,b\n");
        dir
    }

    #[test]
    fn a_directory_gives_what_is_annotated() {
        let dir = folder();
        let corpora = read(dir.path(), &[""], &[]).unwrap();
        let files = |language| corpora.languages[&language].files.clone().into_iter().collect::<Vec<_>>();
        assert_eq!(files(Language::En), [("ours".to_string(), 1), ("roles-en-0".to_string(), 1)]);
        assert_eq!(files(Language::Zh), [("capp-risk.train".to_string(), 1), ("ours.zh".to_string(), 1)]);
        let passed: Vec<bool> = corpora
            .passed_over
            .iter()
            .map(|p| p.ends_with("other.jsonl") || p.ends_with("README.md"))
            .collect();
        assert_eq!(passed, [true, true], "{:?}", corpora.passed_over);
        let less = read(dir.path(), &[""], &["ours", "capp-risk.train"]).unwrap();
        assert_eq!(less.languages[&Language::Zh].labelled, []);
        assert_eq!(less.languages[&Language::En].tagged.len(), 1);
    }

    #[test]
    fn what_is_named_outright_must_be_annotated() {
        let dir = folder();
        let why = |name: &str| read(dir.path(), &[name], &[]).unwrap_err().to_string();
        for (name, words) in [
            ("README.md", "no annotated sentence"),
            ("other.jsonl", "no annotated sentence"),
            ("table.csv", "suffix"),
            ("gone.jsonl", "no such file"),
            ("gone", "no such file"),
        ] {
            let why = why(name);
            assert!(why.contains(name) && why.contains(words) && why.contains("try: "), "{why}");
        }
        let empty = tempfile::tempdir().unwrap();
        assert!(read(empty.path(), &[""], &[]).unwrap_err().to_string().contains("no annotated files"));
    }

    #[test]
    fn other_languages_are_refused() {
        let dir = tempfile::tempdir().unwrap();
        let french = "(Nous) [recueillons] <les informations> que vous nous fournissez lorsque vous créez un compte pour {répondre}.";
        std::fs::write(dir.path().join("fr.txt"), french).unwrap();
        let why = read(dir.path(), &["fr.txt"], &[]).unwrap_err().to_string();
        assert!(why.contains("fr.txt") && why.contains("language fr"), "{why}");
    }

    #[test]
    fn inner_spans_give_way() {
        let span = |start, end| (Span::new(start, end), Role::Data);
        assert_eq!(
            apart(vec![span(6, 8), span(0, 9), span(9, 12), span(0, 3)]),
            Ok(vec![span(0, 9), span(9, 12)])
        );
        assert!(apart(vec![span(0, 3), span(2, 5)]).is_err());
    }
}
