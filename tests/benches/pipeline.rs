//! Megabytes a second of each stage on one core, in both languages: `cargo bench --bench pipeline`.
//!
//! Each stage gets what the one before it made, so that a slow stage shows as itself; throughput counts the bytes of
//! the texts that go in. The samples are repeated to the length of a long policy. No two of their sentences are the same,
//! since a sentence that is would be read only once.

#![allow(clippy::unwrap_used)]

#[path = "../common/mod.rs"]
mod common;

use divan::{Bencher, black_box, counter::BytesCount};

use polidiff::checklist::Checklist;
use polidiff::diff::{Relation, compare, text};
use polidiff::document::Document;
use polidiff::extract::{self, Readings};
use polidiff::ingest::{self, InputFormat, Source};
use polidiff::model::{Model, Models};
use polidiff::practice::PracticeSet;
use polidiff::report::comparison::{self, Comparison};
use polidiff::report::{benchmark, html};
use polidiff::text::Language;
use polidiff::vocabulary::Vocabulary;

fn main() {
    rayon::ThreadPoolBuilder::new().num_threads(1).build_global().unwrap();
    divan::main();
}

/// Versions of a policy by language, and as a web page.
const PAIRS: [&str; 3] = ["en", "en.html", "zh"];

/// Bytes to which a sample is repeated, at least.
const LENGTH: usize = 60_000;

fn names(pair: &str) -> (&'static str, &'static str) {
    match pair {
        "en" => ("larkspur-2024.en.md", "larkspur-2025.en.md"),
        "en.html" => ("larkspur-2024.en.md", "larkspur-2025.en.html"),
        _ => ("larkspur-2024.zh.txt", "larkspur-2025.zh.txt"),
    }
}

/// A sample again and again, with a number at the end of each sentence.
fn words(name: &str) -> String {
    let sample = std::fs::read_to_string(common::root("samples").join(name)).unwrap();
    let mut text = String::new();
    for copy in 0.. {
        if text.len() >= LENGTH {
            break;
        }
        text += &sample.replace(". ", &format!(" (x{copy}). ")).replace('。', &format!("（x{copy}）。"));
        text.push('\n');
    }
    text
}

fn source(name: &str) -> Source {
    ingest::read(name, words(name).as_bytes(), InputFormat::Auto).unwrap()
}

fn document(name: &str) -> Document {
    Document::new(name, source(name))
}

fn new_version(pair: &str) -> (Document, BytesCount) {
    let document = document(names(pair).1);
    let count = BytesCount::of_str(&document.text);
    (document, count)
}

fn model(document: &Document) -> &'static Model {
    Models::builtin().for_language(&document.language).unwrap()
}

fn sentences(document: &Document) -> Vec<&str> {
    document.sentences.iter().map(|sentence| document.words(sentence.span)).collect()
}

fn sets(pair: &str) -> (PracticeSet, PracticeSet, BytesCount) {
    let (old, new) = names(pair);
    let mut sets = PracticeSet::from_documents(
        vec![document(old), document(new)],
        Vocabulary::builtin(),
        Models::builtin(),
    )
    .into_iter();
    let (old, new) = (sets.next().unwrap(), sets.next().unwrap());
    let count = BytesCount::new(old.document.text.len() + new.document.text.len());
    (old, new, count)
}

fn view(old: &PracticeSet, new: &PracticeSet) -> Comparison {
    let difference = compare(old, new, Relation::Versions, Vocabulary::builtin());
    comparison::build(old, new, &difference, Vocabulary::builtin(), "en")
}

#[divan::bench(args = PAIRS)]
fn a_decode_and_ingest(bencher: Bencher, pair: &str) {
    let (_, name) = names(pair);
    let words = words(name);
    bencher
        .counter(BytesCount::of_str(&words))
        .bench(|| ingest::read(name, black_box(words.as_bytes()), InputFormat::Auto));
}

#[divan::bench(args = PAIRS)]
fn b_document(bencher: Bencher, pair: &str) {
    let source = source(names(pair).1);
    bencher
        .counter(BytesCount::of_str(&source.text))
        .with_inputs(|| source.clone())
        .bench_values(|source| Document::new(pair, source));
}

#[divan::bench(args = PAIRS)]
fn c_tag(bencher: Bencher, pair: &str) {
    let (document, count) = new_version(pair);
    let (model, sentences) = (model(&document), sentences(&document));
    let cues: Vec<_> = sentences.iter().map(|s| Vocabulary::builtin().find(s, &document.language)).collect();
    bencher.counter(count).bench(|| {
        sentences.iter().zip(&cues).map(|(s, cues)| model.tag(black_box(s), cues).len()).sum::<usize>()
    });
}

#[divan::bench(args = PAIRS)]
fn d_classify(bencher: Bencher, pair: &str) {
    let (document, count) = new_version(pair);
    let (model, sentences) = (model(&document), sentences(&document));
    bencher
        .counter(count)
        .bench(|| sentences.iter().filter(|s| model.classify(black_box(s)).important).count());
}

#[divan::bench(args = PAIRS)]
fn e_find_cues(bencher: Bencher, pair: &str) {
    let (document, count) = new_version(pair);
    let sentences = sentences(&document);
    let language: &Language = &document.language;
    bencher.counter(count).bench(|| {
        sentences.iter().map(|s| Vocabulary::builtin().find(black_box(s), language).len()).sum::<usize>()
    });
}

/// All that sentences say by their words alone: roles, labels, periods, cues.
#[divan::bench(args = PAIRS)]
fn f_readings(bencher: Bencher, pair: &str) {
    let (document, count) = new_version(pair);
    bencher.counter(count).bench(|| {
        Readings::of(black_box(std::slice::from_ref(&document)), Vocabulary::builtin(), Models::builtin())
    });
}

/// Mentions from what the sentences say.
#[divan::bench(args = PAIRS)]
fn g_mentions(bencher: Bencher, pair: &str) {
    let (document, count) = new_version(pair);
    let readings = Readings::of(std::slice::from_ref(&document), Vocabulary::builtin(), Models::builtin());
    let sentences: Vec<usize> = (0..document.sentences.len()).collect();
    let readings = readings.of_document(0);
    bencher
        .counter(count)
        .bench(|| extract::mentions(black_box(&document), &sentences, Vocabulary::builtin(), readings));
}

/// A document to its practices: the stages from `f` on, and the practices put together.
#[divan::bench(args = PAIRS)]
fn h_extract(bencher: Bencher, pair: &str) {
    let (document, count) = new_version(pair);
    bencher
        .counter(count)
        .with_inputs(|| document.clone())
        .bench_values(|document| PracticeSet::from_document(document, Vocabulary::builtin()));
}

#[divan::bench(args = PAIRS)]
fn i_text_diff(bencher: Bencher, pair: &str) {
    let (old, new, count) = sets(pair);
    bencher
        .counter(count)
        .bench(|| text::align(black_box(&old.document), black_box(&new.document), Relation::Versions));
}

/// Both diffs: of the texts, and of the practices.
#[divan::bench(args = PAIRS)]
fn j_compare(bencher: Bencher, pair: &str) {
    let (old, new, count) = sets(pair);
    bencher
        .counter(count)
        .bench(|| compare(black_box(&old), black_box(&new), Relation::Versions, Vocabulary::builtin()));
}

#[divan::bench(args = PAIRS)]
fn k_compare_vendors(bencher: Bencher, pair: &str) {
    let (old, new, count) = sets(pair);
    bencher
        .counter(count)
        .bench(|| compare(black_box(&old), black_box(&new), Relation::Vendors, Vocabulary::builtin()));
}

#[divan::bench(args = PAIRS)]
fn l_report(bencher: Bencher, pair: &str) {
    let (old, new, count) = sets(pair);
    let difference = compare(&old, &new, Relation::Versions, Vocabulary::builtin());
    bencher
        .counter(count)
        .bench(|| comparison::build(black_box(&old), &new, &difference, Vocabulary::builtin(), "en"));
}

#[divan::bench(args = PAIRS)]
fn m_json(bencher: Bencher, pair: &str) {
    let (old, new, count) = sets(pair);
    let view = view(&old, &new);
    bencher.counter(count).bench(|| serde_json::to_string_pretty(black_box(&view)));
}

#[divan::bench(args = PAIRS)]
fn n_html(bencher: Bencher, pair: &str) {
    let (old, new, count) = sets(pair);
    let view = view(&old, &new);
    bencher.counter(count).bench(|| html::comparison(black_box(&view)));
}

/// The matrix of all samples.
#[divan::bench]
fn o_benchmark(bencher: Bencher) {
    let sets: Vec<PracticeSet> = common::samples().iter().map(|path| common::read(path)).collect();
    let count = BytesCount::new(sets.iter().map(|s| s.document.text.len()).sum::<usize>());
    bencher
        .counter(count)
        .bench(|| benchmark::build(black_box(&sets), Vocabulary::builtin(), Checklist::builtin(), "en"));
}
