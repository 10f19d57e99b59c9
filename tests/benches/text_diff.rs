//! Our word diff beside the defaults of `similar` and the shortest edit script, on the samples.
//!
//! `cargo bench --bench text_diff` takes times: ours works block by block and makes hunks readable; what that costs is
//! measured on the same pairs of blocks, and on whole texts, which both cut into words (English) or characters (Chinese).
//! `cargo bench --bench text_diff -- excess [FOLDER]` counts words: on the samples and cases of the repository, or on a
//! folder of pairs `ID-old.md`, `ID-new.md`.

#![allow(clippy::unwrap_used)]

#[path = "../common/mod.rs"]
mod common;
mod excess;

use std::path::Path;

use divan::{Bencher, black_box, counter::BytesCount};
use similar::TextDiff;

use polidiff::diff::{Relation, text};
use polidiff::document::Document;

fn main() {
    let mut arguments = std::env::args().skip(1).filter(|argument| argument != "--bench");
    match arguments.next().as_deref() {
        Some("excess") => excess::report(arguments.next().as_deref().map(Path::new)),
        _ => divan::main(),
    }
}

const PAIRS: [(&str, &str); 2] =
    [("larkspur-2024.en.md", "larkspur-2025.en.md"), ("larkspur-2024.zh.txt", "larkspur-2025.zh.txt")];

fn document(name: &str) -> Document {
    common::document(name, &std::fs::read(common::root("samples").join(name)).unwrap())
}

fn documents((old, new): (&str, &str)) -> (Document, Document) {
    (document(old), document(new))
}

/// The words of all pairs of blocks that differ.
fn blocks(pair: (&str, &str)) -> Vec<(String, String)> {
    let (old, new) = documents(pair);
    let body = |document: &Document, block: Option<usize>| {
        block.map(|i| document.words(document.blocks[i].body).to_string())
    };
    text::align(&old, &new, Relation::Versions)
        .rows
        .iter()
        .filter(|row| !row.runs.is_empty())
        .filter_map(|row| Some((body(&old, row.old)?, body(&new, row.new)?)))
        .collect()
}

fn count(pairs: &[(String, String)]) -> BytesCount {
    BytesCount::new(pairs.iter().map(|(old, new)| old.len() + new.len()).sum::<usize>())
}

/// As many operations as `similar` finds with its defaults.
fn similar_operations(old: &str, new: &str) -> usize {
    let chinese = old.chars().chain(new.chars()).any(polidiff::text::is_han);
    let diff = if chinese { TextDiff::from_chars(old, new) } else { TextDiff::from_words(old, new) };
    diff.ops().len()
}

#[divan::bench(args = PAIRS)]
fn blocks_ours(bencher: Bencher, pair: (&str, &str)) {
    let pairs = blocks(pair);
    bencher
        .counter(count(&pairs))
        .bench(|| black_box(&pairs).iter().map(|(old, new)| text::runs(old, new).len()).sum::<usize>());
}

#[divan::bench(args = PAIRS)]
fn blocks_similar(bencher: Bencher, pair: (&str, &str)) {
    let pairs = blocks(pair);
    bencher
        .counter(count(&pairs))
        .bench(|| black_box(&pairs).iter().map(|(old, new)| similar_operations(old, new)).sum::<usize>());
}

/// Sections, blocks, sentences, moves and words.
#[divan::bench(args = PAIRS)]
fn whole_ours(bencher: Bencher, pair: (&str, &str)) {
    let (old, new) = documents(pair);
    bencher
        .counter(BytesCount::new(old.text.len() + new.text.len()))
        .bench(|| text::align(black_box(&old), black_box(&new), Relation::Versions));
}

/// Words alone.
#[divan::bench(args = PAIRS)]
fn whole_similar(bencher: Bencher, pair: (&str, &str)) {
    let (old, new) = documents(pair);
    bencher
        .counter(BytesCount::new(old.text.len() + new.text.len()))
        .bench(|| similar_operations(black_box(&old.text), black_box(&new.text)));
}
