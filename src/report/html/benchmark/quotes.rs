//! Every sentence that the page quotes, once a vendor, in the order of its document: what cells link to.

use std::collections::BTreeMap;

use crate::report::benchmark::{Benchmark, CellEvidence};
use crate::report::html::parts;

/// Numbers of sentences by vendor and place.
pub(super) struct Quotes<'a> {
    numbers: Vec<BTreeMap<(usize, usize, &'a str), usize>>,
    sections: BTreeMap<(usize, usize), &'a str>,
}

/// The sentences of one vendor.
pub(super) struct Quoted<'a> {
    pub vendor: usize,
    pub name: &'a str,
    pub lang: &'a str,
    pub count: usize,
    pub sentences: Vec<QuotedSentence<'a>>,
}

pub(super) struct QuotedSentence<'a> {
    pub n: usize,
    pub quote: &'a str,
    /// Empty where the sentence before stands in the same one.
    pub section: &'a str,
}

/// A link from a cell to a sentence.
pub(super) struct Link<'a> {
    pub vendor: usize,
    pub n: usize,
    pub words: String,
    pub lang: &'a str,
}

/// Characters of a link's words.
const MOST: usize = 60;

impl<'a> Quotes<'a> {
    pub(super) fn new(report: &'a Benchmark) -> Quotes<'a> {
        let mut all: Vec<BTreeMap<(usize, usize, &'a str), &'a str>> =
            vec![BTreeMap::new(); report.vendors.len()];
        let mut add = |vendor: usize, evidence: &'a CellEvidence| {
            if let Some(quotes) = all.get_mut(vendor) {
                quotes.entry(key(evidence)).or_insert(&evidence.section);
            }
        };
        for row in &report.rows {
            for (vendor, cell) in row.cells.iter().enumerate() {
                cell.evidence.iter().for_each(|e| add(vendor, e));
            }
        }
        for row in &report.retention {
            for (vendor, cell) in row.cells.iter().enumerate() {
                cell.iter().for_each(|period| add(vendor, &period.evidence));
            }
        }
        for item in report.checklists.iter().flat_map(|list| &list.items) {
            for (vendor, cell) in item.cells.iter().enumerate() {
                cell.evidence.iter().for_each(|e| add(vendor, e));
            }
        }
        let mut sections = BTreeMap::new();
        let numbers = all
            .iter()
            .enumerate()
            .map(|(vendor, quotes)| {
                let numbered = quotes.iter().enumerate().map(|(n, (key, section))| {
                    sections.insert((vendor, n), *section);
                    (*key, n)
                });
                numbered.collect()
            })
            .collect();
        Quotes { numbers, sections }
    }

    /// The link to a piece of evidence; `None` where the value names a vendor that is not there.
    pub(super) fn link(
        &self,
        report: &'a Benchmark,
        vendor: usize,
        evidence: &'a CellEvidence,
    ) -> Option<Link<'a>> {
        let n = *self.numbers.get(vendor)?.get(&key(evidence))?;
        let lang = parts::tag(&report.vendors.get(vendor)?.side.language);
        let words = if evidence.words.is_empty() { &evidence.quote } else { &evidence.words };
        Some(Link { vendor, n, words: clipped(words), lang })
    }

    pub(super) fn by_vendor(&self, report: &'a Benchmark) -> Vec<Quoted<'a>> {
        let of = |(vendor, numbers): (usize, &BTreeMap<(usize, usize, &'a str), usize>)| {
            let known = report.vendors.get(vendor)?;
            let mut last = None;
            let sentences: Vec<QuotedSentence> = numbers
                .iter()
                .map(|((_, _, quote), n)| {
                    let section = self.sections.get(&(vendor, *n)).copied().unwrap_or_default();
                    let shown = if last == Some(section) { "" } else { section };
                    last = Some(section);
                    QuotedSentence { n: *n, quote, section: shown }
                })
                .collect();
            (!sentences.is_empty()).then(|| Quoted {
                vendor,
                name: &known.name,
                lang: parts::tag(&known.side.language),
                count: sentences.len(),
                sentences,
            })
        };
        self.numbers.iter().enumerate().filter_map(of).collect()
    }
}

fn key(evidence: &CellEvidence) -> (usize, usize, &str) {
    (evidence.start, evidence.end, &evidence.quote)
}

fn clipped(words: &str) -> String {
    if words.chars().count() <= MOST {
        return words.to_owned();
    }
    words.chars().take(MOST - 1).chain(['…']).collect()
}
