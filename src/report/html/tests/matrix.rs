//! A benchmark of fictional vendors.

use super::fixture::{Pen, side};
use crate::diff::matrix::Topic;
use crate::document::Readability;
use crate::practice::Modality;
use crate::report::benchmark::{
    Benchmark, BenchmarkRow, BreadthRow, Cell, CellEvidence, CellStatus, ChecklistItem, ChecklistResult,
    Found, Pair, RetentionPeriod, RetentionRow, Standout, Vendor,
};

/// Three or more vendors and a few concepts.
pub(super) fn matrix(w: Pen, vendors: usize) -> Benchmark {
    let names = ["Maple Basket", "青禾出行", "Northwind Clinic", "Lantern Bank"];
    let modalities = [Modality::Does, Modality::May, Modality::OnlyIf, Modality::Must];
    let rows = [
        (Topic::Collected, "location", 0),
        (Topic::Collected, "precise location", 1),
        (Topic::Collected, "contact data", 0),
        (Topic::Purposes, "delivery", 0),
        (Topic::Recipients, "advertising partner", 0),
        (Topic::Recipients, "affiliate", 0),
        (Topic::Rights, "right to erasure", 0),
    ];
    let evidence = |negated: bool| CellEvidence {
        words: w("precise location"),
        quote: format!("We collect your {} to find the nearest courier.", w("precise location")),
        section: w("Information we collect › Location"),
        start: 5,
        end: 80,
        negated,
    };
    let cell = |i: usize| {
        let status = CellStatus::ALL[i % 7];
        let said = matches!(status, CellStatus::Stated | CellStatus::Negated | CellStatus::Both);
        let some = |texts: &[&str]| if said { texts.iter().map(|t| w(t)).collect() } else { Vec::new() };
        Cell {
            status,
            modality: said.then_some(modalities[i % 4]),
            conditions: some(&["with your consent", "在您同意后"]),
            values: some(&["30 days"]),
            count: if said { 5 } else { 0 },
            broader: matches!(status, CellStatus::Within | CellStatus::RuledOut).then_some(0),
            evidence: if said { vec![evidence(status == CellStatus::Negated)] } else { Vec::new() },
        }
    };
    let vendor = |v: usize| Vendor {
        name: w(names[v % 4]),
        side: side(
            w,
            &format!("{} Privacy Policy", names[v % 4]),
            "samples/vendor.md",
            if v % 4 == 1 { "zh" } else { "en" },
        ),
        readability: Readability {
            minutes: 6,
            sentences: 64,
            reading_ease: Some(45.5),
            grade: Some(11.2),
            ..Readability::default()
        },
    };
    let period = RetentionPeriod {
        duration: Some(w("P3Y")),
        days: Some(1095),
        label: w("3 years"),
        evidence: evidence(false),
    };
    let item = |i: usize| ChecklistItem {
        id: w("name"),
        law: w("Art. 13(1)(a)"),
        asks: w("who the controller is"),
        cells: (0..vendors)
            .map(|v| match (v + i) % 2 {
                0 => Found { count: 4, evidence: vec![evidence(false)] },
                _ => Found::default(),
            })
            .collect(),
    };
    Benchmark {
        schema: "polidiff.benchmark/1".into(),
        generator: w("polidiff 0.1.0"),
        language: "en".into(),
        title: w("Four services, side by side"),
        vendors: (0..vendors).map(vendor).collect(),
        rows: rows
            .into_iter()
            .enumerate()
            .map(|(r, (topic, label, depth))| BenchmarkRow {
                topic,
                concept: w(label),
                label: w(label),
                iri: Some(w("https://w3id.org/dpv/pd#Location")),
                sensitive: depth == 1,
                depth,
                cells: (0..vendors).map(|v| cell(r * 3 + v * 2)).collect(),
            })
            .collect(),
        only: vec![Standout { vendor: 0, rows: vec![1, 99] }, Standout { vendor: 77, rows: vec![0] }],
        only_ruled_out: vec![Standout { vendor: 1, rows: vec![4] }],
        all_but_one: vec![Standout { vendor: 1, rows: vec![6, 2] }],
        breadth: vec![BreadthRow { row: 0, counts: (0..vendors).collect(), broadest: vec![1, 99] }],
        retention: vec![RetentionRow {
            concept: None,
            label: w("other data"),
            cells: (0..vendors).map(|_| vec![period.clone()]).collect(),
        }],
        similarity: (1..vendors)
            .map(|second| Pair { first: 0, second, shared: 1, either: 2, percent: 50 })
            .collect(),
        checklists: vec![ChecklistResult {
            id: w("gdpr"),
            title: w("GDPR"),
            source: w("Regulation (EU) 2016/679"),
            items: vec![item(0), item(1)],
            found: vec![1; vendors],
        }],
        doubts: Vec::new(),
    }
}
