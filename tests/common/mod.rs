//! What the tests share: policies of the repository, read and compared through the library as the command does it.

#![allow(dead_code, clippy::unwrap_used)] // no test uses all of it

use std::fs;
use std::path::{Path, PathBuf};

use polidiff::diff::{self, Relation};
use polidiff::document::Document;
use polidiff::ingest::{self, InputFormat};
use polidiff::practice::PracticeSet;
use polidiff::report::comparison::{self, Comparison};
use polidiff::vocabulary::Vocabulary;

/// A place in the repository.
pub fn root(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}

/// Entries of a folder, sorted by name.
pub fn entries(folder: &Path) -> Vec<PathBuf> {
    let mut paths: Vec<PathBuf> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    paths
}

/// The last part of a path.
pub fn name(path: &Path) -> String {
    path.file_name().unwrap().to_str().unwrap().to_string()
}

/// The folders of `tests/cases`, sorted.
pub fn cases() -> Vec<PathBuf> {
    entries(&root("tests/cases")).into_iter().filter(|path| path.is_dir()).collect()
}

/// The old and the new policy of a case.
pub fn sides(case: &Path) -> (PathBuf, PathBuf) {
    let side = |side: &str| {
        let found: Vec<PathBuf> =
            entries(case).into_iter().filter(|p| p.file_stem().unwrap() == side).collect();
        assert_eq!(found.len(), 1, "{} must hold one file named {side}", case.display());
        found[0].clone()
    };
    (side("old"), side("new"))
}

/// The policies of `samples`, sorted.
pub fn samples() -> Vec<PathBuf> {
    let policy = |path: &PathBuf| name(path).contains(".en.") || name(path).contains(".zh.");
    entries(&root("samples")).into_iter().filter(policy).collect()
}

/// Pairs of samples that are worth comparing: versions of one policy, and vendors.
pub fn sample_pairs() -> Vec<(PathBuf, PathBuf)> {
    [
        ("larkspur-2024.en.md", "larkspur-2025.en.md"),
        ("larkspur-2024.en.md", "larkspur-2025.en.html"),
        ("larkspur-2024.zh.txt", "larkspur-2025.zh.txt"),
        ("larkspur-2025.en.md", "pantrypost.en.md"),
        ("larkspur-2025.zh.txt", "qingcai.zh.txt"),
    ]
    .map(|(old, new)| (root("samples").join(old), root("samples").join(new)))
    .to_vec()
}

/// A policy under the name that its file has.
pub fn read(path: &Path) -> PracticeSet {
    parse(&name(path), &fs::read(path).unwrap())
}

/// A policy from its bytes.
pub fn parse(name: &str, bytes: &[u8]) -> PracticeSet {
    PracticeSet::from_document(document(name, bytes), Vocabulary::builtin())
}

/// A document from its bytes.
pub fn document(name: &str, bytes: &[u8]) -> Document {
    Document::new(name, ingest::read(name, bytes, InputFormat::Auto).unwrap())
}

/// The report on two versions of a policy.
pub fn compare(old: &PracticeSet, new: &PracticeSet) -> Comparison {
    compare_as(old, new, Relation::Versions, "en")
}

/// The report on two policies.
pub fn compare_as(old: &PracticeSet, new: &PracticeSet, relation: Relation, lang: &str) -> Comparison {
    let vocabulary = Vocabulary::builtin();
    let difference = diff::compare(old, new, relation, vocabulary);
    comparison::build(old, new, &difference, vocabulary, lang)
}
