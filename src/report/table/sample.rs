//! Views for the tests of terminal and Markdown reports, in both languages, with what a hostile policy might hold.

use std::collections::BTreeMap;

use crate::assess::{Direction, Severity};
use crate::diff::matrix::Topic;
use crate::diff::{ChangeKind, EditKind, Facet, Relation};
use crate::document::Readability;
use crate::practice::{Category, Modality, Polarity};
use crate::report::benchmark::{
    Benchmark, BenchmarkRow, BreadthRow, Cell, CellEvidence, CellStatus, ChecklistItem, ChecklistResult,
    Found, Pair, RetentionPeriod, RetentionRow, Standout, Vendor,
};
use crate::report::comparison::{
    Change, Comparison, Evidence, Segment, SegmentMark, Shared, Side, Slot, Summary, Text,
};
use crate::report::practices::{PracticeRow, PracticeSetView, Value};

/// Drives terminals, breaks out of tables, and means something in Markdown and HTML.
pub const HOSTILE: &str = "\u{1b}[2J\u{1b}]0;x\u{7}\r\u{202e}<script>alert(1)</script> | [a](javascript:b) @octocat #1 **x** ~~y~~ </details>";

fn side(name: &str, language: &str) -> Side {
    Side {
        source: format!("{name}.md"),
        title: format!("{name} 隐私政策 Privacy Policy"),
        language: language.into(),
        words: 12_345,
        practices: Some(67),
        ..Side::default()
    }
}

fn evidence(quote: &str, mark: SegmentMark) -> Evidence {
    let (head, tail) = quote.split_at(quote.char_indices().nth(9).map_or(0, |(i, _)| i));
    Evidence {
        quote: quote.into(),
        section: "2 What we collect › 位置".into(),
        segments: vec![
            Segment { mark: SegmentMark::Same, text: head.into() },
            Segment { mark, text: tail.into() },
        ],
        ..Evidence::default()
    }
}

fn change(kind: ChangeKind, severity: Severity, direction: Direction, summary: &str) -> Change {
    let slot = |facet, added, words: &str, sensitive| Slot {
        facet,
        added,
        words: words.into(),
        concept: None,
        label: None,
        iri: None,
        sensitive,
    };
    let old = "We collect your approximate location to show the weather. 我们会收集您的大致位置。";
    let new = "We collect your precise location to show advertisements. 我们会收集您的精确位置，用于广告。";
    Change {
        id: "c1".into(),
        kind,
        category: Category::Collection,
        facets: vec![Facet::Data, Facet::Purpose],
        direction,
        severity,
        summary: summary.into(),
        reason: "More precise data for another purpose.".into(),
        rule: "data.widened".into(),
        scope: None,
        accepted: None,
        old: (kind != ChangeKind::Added).then(|| evidence(old, SegmentMark::Deleted)),
        new: (kind != ChangeKind::Removed).then(|| evidence(new, SegmentMark::Inserted)),
        added: BTreeMap::new(),
        removed: BTreeMap::new(),
        slots: vec![
            slot(Facet::Data, true, "precise location 精确位置", true),
            slot(Facet::Data, false, "approximate location 大致位置", false),
            slot(Facet::Purpose, true, HOSTILE, false),
        ],
        row: None,
    }
}

/// A comparison with `n` times three changes, one of each kind and severity.
pub fn comparison(relation: Relation, language: &str, n: usize) -> Comparison {
    let mut changes = Vec::new();
    for _ in 0..n {
        let text = "Collects your precise location for advertisements now. 现在会收集您的精确位置信息，用于个性化广告推荐。";
        changes.push(change(ChangeKind::Modified, Severity::High, Direction::Expands, text));
    }
    for _ in 0..n {
        changes.push(change(ChangeKind::Added, Severity::Medium, Direction::Neutral, HOSTILE));
    }
    for _ in 0..n {
        changes.push(change(
            ChangeKind::Removed,
            Severity::Low,
            Direction::Restricts,
            "No longer shares. 不再共享。",
        ));
    }
    let shared = Shared {
        category: Category::Sharing,
        facet: Facet::Recipient,
        concept: "party.advertiser".into(),
        label: "advertisers 广告商".into(),
        iri: None,
        polarity: Polarity::Affirmed,
        old_modality: Modality::May,
        new_modality: Modality::OnlyIf,
        old: evidence("We may share data with advertisers.", SegmentMark::Same),
        new: evidence("经您同意后，我们会与广告商共享信息。", SegmentMark::Same),
    };
    Comparison {
        schema: "polidiff.comparison/1".into(),
        generator: "polidiff 0".into(),
        relation,
        language: language.into(),
        title: format!("Acme 隐私政策 {HOSTILE}"),
        old: side("old", "en"),
        new: side(HOSTILE, "zh"),
        summary: Summary {
            verdict: format!("{} changes of practice, {n} of them high.", n * 3),
            edits: BTreeMap::from([(EditKind::Typo, 2), (EditKind::Moved, 0), (EditKind::Date, 1)]),
            ..Summary::default()
        },
        changes,
        clarity: Vec::new(),
        shared: if relation == Relation::Vendors { vec![shared] } else { Vec::new() },
        edits: Vec::new(),
        practices: Some(Vec::new()),
        text: Text::default(),
        doubts: vec!["3 sentences of practice could not be read. 有 3 句未能读懂。".into()],
    }
}

/// A benchmark of `n` vendors.
pub fn benchmark(n: usize, language: &str) -> Benchmark {
    let evidence = || CellEvidence {
        words: "precise location".into(),
        quote: format!("=We collect your precise location. {HOSTILE}"),
        section: "2 数据 Data".into(),
        start: 5,
        end: 40,
        negated: false,
    };
    let row = |topic: Topic, label: &str, depth: usize| BenchmarkRow {
        topic,
        concept: "data.location".into(),
        label: label.into(),
        iri: None,
        sensitive: depth == 1,
        depth,
        cells: (0..n)
            .map(|i| Cell {
                status: CellStatus::ALL[(i + depth) % CellStatus::ALL.len()],
                modality: Some(Modality::May),
                conditions: vec![HOSTILE.into()],
                values: vec!["30 days 三十天".into()],
                count: 2,
                evidence: vec![evidence()],
                broader: None,
            })
            .collect(),
    };
    let vendor = |i: usize| Vendor {
        name: format!("厂商 Vendor {i} {HOSTILE}"),
        side: side(&format!("厂商 Vendor {i} {HOSTILE}"), "zh"),
        readability: Readability {
            minutes: 5,
            sentences: 9,
            sentence_length: 31.5,
            ..Readability::default()
        },
    };
    let period = || RetentionPeriod {
        duration: Some("P3Y".into()),
        days: Some(1095),
        label: "3 years 三年".into(),
        evidence: evidence(),
    };
    let item = |count: usize| ChecklistItem {
        id: "name".into(),
        law: "Art. 13(1)(a) 第十三条".into(),
        asks: format!("who it is {HOSTILE}"),
        cells: (0..n).map(|i| Found { count: (i + count) % 3, evidence: vec![evidence()] }).collect(),
    };
    Benchmark {
        schema: "polidiff.benchmark/1".into(),
        generator: "polidiff 0".into(),
        language: language.into(),
        title: "Benchmark 对照".into(),
        vendors: (0..n).map(vendor).collect(),
        rows: vec![
            row(Topic::Collected, "location 位置信息", 0),
            row(Topic::Collected, "precise location 精确位置信息与轨迹", 1),
            row(Topic::Sold, HOSTILE, 2),
        ],
        only: vec![Standout { vendor: 0, rows: vec![0, 2, 99] }, Standout { vendor: 99, rows: vec![1] }],
        only_ruled_out: vec![Standout { vendor: 0, rows: vec![2] }],
        all_but_one: vec![Standout { vendor: 1, rows: vec![1] }],
        breadth: vec![BreadthRow { row: 0, counts: vec![2; n], broadest: vec![0] }],
        retention: vec![RetentionRow {
            concept: Some("data.location".into()),
            label: "location 位置信息".into(),
            cells: (0..n).map(|_| vec![period(), period()]).collect(),
        }],
        similarity: (1..n)
            .map(|second| Pair { first: 0, second, shared: 1, either: 3, percent: 33 })
            .collect(),
        checklists: vec![ChecklistResult {
            id: "gdpr".into(),
            title: "GDPR 第十三条".into(),
            source: HOSTILE.into(),
            items: vec![item(0), item(1)],
            found: vec![1; n],
        }],
        doubts: Vec::new(),
    }
}

/// The practices of a policy.
pub fn practices(language: &str) -> PracticeSetView {
    let value = |words: &str| Value { words: words.into(), ..Value::default() };
    let row = |polarity, quote: &str| PracticeRow {
        id: "p".into(),
        category: Category::Transfer,
        polarity,
        modality: Modality::OnlyIf,
        actor: Some(value("我们")),
        action: Some(value("transfer 传输")),
        data: vec![value("identity card number 身份证号码"), value(HOSTILE)],
        recipients: vec![value("affiliates 关联公司")],
        sources: Vec::new(),
        purposes: vec![value("to provide the service 提供服务")],
        conditions: vec![value("with your separate consent 经您单独同意")],
        refers_to: Vec::new(),
        retention: vec![value("30 days 三十天")],
        quote: quote.into(),
        section: "3 Transfer".into(),
        start: 0,
        end: 9,
    };
    PracticeSetView {
        language: language.into(),
        document: side(HOSTILE, "zh"),
        rows: vec![row(Polarity::Affirmed, "1. 我们会传输您的信息。"), row(Polarity::Negated, HOSTILE)],
        ..PracticeSetView::default()
    }
}
