//! From what the user named to practice sets: a path or standard input, a policy or a practice set.

use std::fs::File;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use rayon::prelude::*;

use polidiff::checklist::Checklist;
use polidiff::document::Document;
use polidiff::ingest::{self, MAX_BYTES};
use polidiff::model::Models;
use polidiff::practice::{self, PracticeSet};
use polidiff::vocabulary::Vocabulary;
use polidiff::{Error, Result};

use super::args::{Input, Overlay, Reading, Weights};

/// What standard input is called in reports and messages.
const STANDARD_INPUT: &str = "standard input";

/// Reads all policies, side by side, and returns them in the order given. Of several mistakes the first is reported.
pub fn policies(paths: &[&Path], reading: &Reading, vocabulary: &Vocabulary) -> Result<Vec<PracticeSet>> {
    sets(inputs(paths, reading, vocabulary)?, reading, vocabulary)
}

/// What paths name, in the order given. Of several mistakes the first is reported.
pub fn inputs(paths: &[&Path], reading: &Reading, vocabulary: &Vocabulary) -> Result<Vec<Named>> {
    if paths.iter().filter(|path| is_standard_input(path)).count() > 1 {
        return Err(Error::Usage {
            what: "standard input can be read only once, but - was given several times".into(),
            remedy: "save all but one of the policies to files".into(),
        });
    }
    let read: Vec<Result<Named>> =
        paths.par_iter().map(|path| policy(path, reading.input, vocabulary)).collect();
    read.into_iter().collect()
}

/// The practice sets of what paths named, read where they are policies.
pub fn sets(inputs: Vec<Named>, reading: &Reading, vocabulary: &Vocabulary) -> Result<Vec<PracticeSet>> {
    let models = models(&reading.weights)?;
    let (mut sets, mut documents) = (Vec::new(), Vec::new());
    for input in inputs {
        match input {
            Named::Set(set) => sets.push(Some(set)),
            Named::Policy(document) => {
                sets.push(None);
                documents.push(document);
            }
        }
    }
    let mut read = PracticeSet::from_documents(documents, vocabulary, models).into_iter();
    Ok(sets.into_iter().filter_map(|set| set.or_else(|| read.next())).collect())
}

/// What a path named.
pub enum Named {
    /// A policy that is to be read.
    Policy(Document),
    /// A file of practices.
    Set(PracticeSet),
}

/// The built-in vocabulary, under the user's own where there is one.
pub fn vocabulary(overlay: &Overlay) -> Result<&'static Vocabulary> {
    match &overlay.vocabulary {
        // One a run, and needed until its end.
        Some(path) => Ok(Box::leak(Box::new(own_vocabulary(path)?.1))),
        None => Ok(Vocabulary::builtin()),
    }
}

/// The models that are part of the program, or the user's own.
pub fn models(weights: &Weights) -> Result<&'static Models> {
    match &weights.model {
        // One a run, and needed until its end.
        Some(dir) => Ok(Box::leak(Box::new(Models::read_dir(dir)?))),
        None => Ok(Models::builtin()),
    }
}

/// A vocabulary file's name, and its concepts laid over the built-in ones.
pub fn own_vocabulary(path: &Path) -> Result<(String, Vocabulary)> {
    let (name, bytes) = bytes(path)?;
    let vocabulary = Vocabulary::builtin().with_overlay(&name, utf8(&name, &bytes)?)?;
    Ok((name, vocabulary))
}

/// A checklist of the user's own.
pub fn checklist(path: &Path, vocabulary: &Vocabulary) -> Result<Checklist> {
    let (name, bytes) = bytes(path)?;
    Checklist::read(&name, utf8(&name, &bytes)?, vocabulary)
}

/// The name and the words of a file that is ours.
pub fn text(path: &Path) -> Result<(String, String)> {
    if is_standard_input(path) {
        return Err(Error::Usage {
            what: "rules and accepted changes are not read from standard input".into(),
            remedy: "save them to files".into(),
        });
    }
    let (name, bytes) = bytes(path)?;
    let text = utf8(&name, &bytes)?.to_owned();
    Ok((name, text))
}

fn policy(path: &Path, input: Input, vocabulary: &Vocabulary) -> Result<Named> {
    let (name, bytes) = bytes(path)?;
    match input.as_document() {
        Some(format) if input != Input::Auto || !is_practice_set(path, &bytes) => {
            let source = ingest::read(&name, &bytes, format)?;
            Ok(Named::Policy(Document::new(&name, source)))
        }
        _ => Ok(Named::Set(practice::read(&name, utf8(&name, &bytes)?, vocabulary)?)),
    }
}

/// Whether it is a practice set rather than a policy: by its suffix, else by a first line that names the schema.
fn is_practice_set(path: &Path, bytes: &[u8]) -> bool {
    let suffix = path.extension().map(|s| s.to_string_lossy().to_ascii_lowercase());
    if matches!(suffix.as_deref(), Some("yaml" | "yml" | "json")) {
        return true;
    }
    let head = String::from_utf8_lossy(&bytes[..bytes.len().min(4096)]);
    let first = head
        .trim_start_matches('\u{feff}')
        .lines()
        .map(str::trim)
        .find(|line| !line.is_empty() && !line.starts_with('#') && *line != "---" && *line != "{");
    let Some(first) = first else { return false };
    let key = first.trim_start_matches(['{', ' ', '"', '\'']);
    key.starts_with("schema") && first.contains("polidiff.practice-set")
}

fn is_standard_input(path: &Path) -> bool {
    path == Path::new("-")
}

/// A file's name as the user gave it, and what it holds.
pub fn bytes(path: &Path) -> Result<(String, Vec<u8>)> {
    if is_standard_input(path) {
        let bytes = limited(STANDARD_INPUT, io::stdin().lock())?;
        return Ok((STANDARD_INPUT.to_owned(), bytes));
    }
    let name = path.display().to_string();
    let meta = path.metadata().map_err(|e| unreadable(path, &e))?;
    if meta.is_dir() {
        return Err(Error::Read {
            name,
            why: "it is a folder".into(),
            remedy: "a file in it, or for benchmark all of them, such as folder/*.md".into(),
        });
    }
    if meta.len() > MAX_BYTES as u64 {
        return Err(too_long(&name));
    }
    let file = File::open(path).map_err(|e| unreadable(path, &e))?;
    let bytes = limited(&name, file)?;
    Ok((name, bytes))
}

/// Reads to the end, but no more than a policy may have: devices and pipes do not tell their length.
fn limited(name: &str, reader: impl Read) -> Result<Vec<u8>> {
    let mut bytes = Vec::new();
    reader.take(MAX_BYTES as u64 + 1).read_to_end(&mut bytes).map_err(|e| Error::Read {
        name: name.to_owned(),
        why: e.to_string(),
        remedy: "a copy of it in another place".into(),
    })?;
    if bytes.len() > MAX_BYTES { Err(too_long(name)) } else { Ok(bytes) }
}

fn too_long(name: &str) -> Error {
    Error::Content {
        name: name.to_owned(),
        what: format!("is longer than {} MiB, which no privacy policy is", MAX_BYTES >> 20),
        remedy: "check that this is the right file, or cut it into parts".into(),
    }
}

fn unreadable(path: &Path, error: &io::Error) -> Error {
    let name = path.display().to_string();
    let is_address = name.starts_with("http://") || name.starts_with("https://");
    let (why, remedy) = match error.kind() {
        _ if is_address => (
            "it is a web address, and polidiff does not use the network".to_owned(),
            "save the page to a file first, then name the file".to_owned(),
        ),
        io::ErrorKind::NotFound => ("there is no such file".to_owned(), nearby(path)),
        io::ErrorKind::PermissionDenied => {
            ("permission denied".to_owned(), "a file that you are allowed to read".to_owned())
        }
        _ => (error.to_string(), "check the path".to_owned()),
    };
    Error::Read { name, why, remedy }
}

/// What to look at when a file is not there.
fn nearby(path: &Path) -> String {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
    match folder {
        Some(folder) if !folder.is_dir() => {
            let there = folder.ancestors().skip(1).find(|f| !f.as_os_str().is_empty() && f.is_dir());
            match there {
                Some(there) => {
                    format!("check the path: there is no folder {} in {}", folder.display(), there.display())
                }
                None => format!("check the path: there is no folder {}", folder.display()),
            }
        }
        _ => "check the spelling, and that you are in the right folder".to_owned(),
    }
}

/// The text of a file that is ours: always UTF-8, unlike policies.
fn utf8<'a>(name: &str, bytes: &'a [u8]) -> Result<&'a str> {
    match std::str::from_utf8(bytes) {
        Ok(text) => Ok(text.trim_start_matches('\u{feff}')),
        Err(e) => {
            let line = 1 + bytes.iter().take(e.valid_up_to()).filter(|&&b| b == b'\n').count();
            Err(Error::Content {
                name: name.to_owned(),
                what: format!(
                    "is not UTF-8: byte {} in line {line} belongs to no character",
                    e.valid_up_to()
                ),
                remedy: "save it as UTF-8; if it is a policy and no practice set, say so with --input text"
                    .into(),
            })
        }
    }
}

/// Paths as the output must not overwrite them.
pub fn as_paths(paths: &[PathBuf]) -> Vec<&Path> {
    paths.iter().map(PathBuf::as_path).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn practice_sets_are_told_by_suffix_or_first_line() {
        let is = |name: &str, text: &str| is_practice_set(Path::new(name), text.as_bytes());
        assert!(is("a.YAML", ""));
        assert!(is("a.json", "[]"));
        assert!(is("-", "# corrected by hand\n---\nschema: polidiff.practice-set/1\n"));
        assert!(is("-", "{\n  \"schema\": \"polidiff.practice-set/1\",\n"));
        assert!(is("-", "\u{feff}{\"schema\": \"polidiff.practice-set/1\"}"));
        assert!(!is("a.md", "# Privacy\n\nWe store a polidiff.practice-set of yours."));
        assert!(!is("a.txt", ""));
        assert!(!is("a.txt", "隐私政策\n我们收集您的姓名。"));
    }

    #[test]
    fn mistakes_name_the_place() {
        let missing = bytes(Path::new("/no/such/policy.md")).unwrap_err().to_string();
        assert!(
            missing.contains("/no/such/policy.md") && missing.contains("no folder /no/such"),
            "{missing}"
        );
        let address = bytes(Path::new("https://example.com/privacy")).unwrap_err().to_string();
        assert!(address.contains("save the page"), "{address}");
        let broken = utf8("a.yaml", b"schema: x\nb: \xff").unwrap_err().to_string();
        assert!(broken.contains("line 2"), "{broken}");
    }
}
