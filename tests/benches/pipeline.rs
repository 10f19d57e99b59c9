//! Megabytes a second of each stage, on the samples in both languages: `cargo bench --bench pipeline`.
//!
//! Each stage gets what the one before it made, so that a slow stage shows as itself; throughput counts the bytes of
//! the texts that go in.

#![allow(clippy::unwrap_used)]

#[path = "../common/mod.rs"]
mod common;

use divan::{Bencher, black_box, counter::BytesCount};

use polidiff::checklist::Checklist;
use polidiff::diff::{Relation, compare, text};
use polidiff::document::Document;
use polidiff::extract;
use polidiff::ingest::{self, InputFormat, Source};
use polidiff::practice::PracticeSet;
use polidiff::report::{benchmark, comparison, html};
use polidiff::vocabulary::Vocabulary;

fn main() {
    divan::main();
}

/// Pairs of versions: Markdown, a web page, and plain text in Chinese.
const PAIRS: [(&str, &str); 3] = [
    ("larkspur-2024.en.md", "larkspur-2025.en.md"),
    ("larkspur-2024.en.md", "larkspur-2025.en.html"),
    ("larkspur-2024.zh.txt", "larkspur-2025.zh.txt"),
];

/// One policy in each format.
const POLICIES: [&str; 4] = [
    "larkspur-2025.en.md",
    "larkspur-2025.en.html",
    "larkspur-2025.zh.txt",
    "larkspur-2024.zh.annotated.txt",
];

fn bytes(name: &str) -> Vec<u8> {
    std::fs::read(common::root("samples").join(name)).unwrap()
}

fn source(name: &str) -> Source {
    ingest::read(name, &bytes(name), InputFormat::Auto).unwrap()
}

fn document(name: &str) -> Document {
    Document::new(name, source(name))
}

fn set(name: &str) -> PracticeSet {
    PracticeSet::from_document(document(name), Vocabulary::builtin())
}

fn both((old, new): (&str, &str)) -> (PracticeSet, PracticeSet, BytesCount) {
    let (old, new) = (set(old), set(new));
    let count = BytesCount::new(old.document.text.len() + new.document.text.len());
    (old, new, count)
}

#[divan::bench(args = POLICIES)]
fn a_read(bencher: Bencher, name: &str) {
    let bytes = bytes(name);
    bencher
        .counter(BytesCount::of_slice(&bytes))
        .bench(|| ingest::read(name, black_box(&bytes), InputFormat::Auto));
}

#[divan::bench(args = POLICIES)]
fn b_document(bencher: Bencher, name: &str) {
    let source = source(name);
    bencher
        .counter(BytesCount::of_str(&source.text))
        .with_inputs(|| source.clone())
        .bench_values(|source| Document::new(name, source));
}

#[divan::bench(args = POLICIES)]
fn c_labels(bencher: Bencher, name: &str) {
    let document = document(name);
    bencher.counter(BytesCount::of_str(&document.text)).bench(|| extract::labels(black_box(&document)));
}

#[divan::bench(args = POLICIES)]
fn c_mentions(bencher: Bencher, name: &str) {
    let document = document(name);
    let labels = extract::labels(&document);
    bencher
        .counter(BytesCount::of_str(&document.text))
        .bench(|| extract::mentions(black_box(&document), Vocabulary::builtin(), &labels));
}

/// Practices, with the mentions that they are put together from.
#[divan::bench(args = POLICIES)]
fn d_practices(bencher: Bencher, name: &str) {
    let document = document(name);
    bencher
        .counter(BytesCount::of_str(&document.text))
        .with_inputs(|| document.clone())
        .bench_values(|document| PracticeSet::from_document(document, Vocabulary::builtin()));
}

#[divan::bench(args = PAIRS)]
fn e_text_diff(bencher: Bencher, pair: (&str, &str)) {
    let (old, new, count) = both(pair);
    bencher
        .counter(count)
        .bench(|| text::align(black_box(&old.document), black_box(&new.document), Relation::Versions));
}

/// Both diffs: of the texts, and of the practices.
#[divan::bench(args = PAIRS)]
fn f_compare(bencher: Bencher, pair: (&str, &str)) {
    let (old, new, count) = both(pair);
    bencher
        .counter(count)
        .bench(|| compare(black_box(&old), black_box(&new), Relation::Versions, Vocabulary::builtin()));
}

#[divan::bench(args = PAIRS)]
fn g_compare_vendors(bencher: Bencher, pair: (&str, &str)) {
    let (old, new, count) = both(pair);
    bencher
        .counter(count)
        .bench(|| compare(black_box(&old), black_box(&new), Relation::Vendors, Vocabulary::builtin()));
}

#[divan::bench(args = PAIRS)]
fn h_report(bencher: Bencher, pair: (&str, &str)) {
    let (old, new, count) = both(pair);
    let difference = compare(&old, &new, Relation::Versions, Vocabulary::builtin());
    bencher
        .counter(count)
        .bench(|| comparison::build(black_box(&old), &new, &difference, Vocabulary::builtin(), "en"));
}

#[divan::bench(args = PAIRS)]
fn i_html(bencher: Bencher, pair: (&str, &str)) {
    let (old, new, count) = both(pair);
    let view = common::compare(&old, &new);
    bencher.counter(count).bench(|| html::comparison(black_box(&view)));
}

/// The matrix of all samples.
#[divan::bench]
fn j_benchmark(bencher: Bencher) {
    let sets: Vec<PracticeSet> = common::samples().iter().map(|path| common::read(path)).collect();
    let count = BytesCount::new(sets.iter().map(|s| s.document.text.len()).sum::<usize>());
    bencher
        .counter(count)
        .bench(|| benchmark::build(black_box(&sets), Vocabulary::builtin(), Checklist::builtin(), "en"));
}
