//! Pages of fictional policies, once plain and once with an attack in every text.

use std::collections::{BTreeMap, BTreeSet};

use super::*;
use crate::assess::{Direction, Severity};
use crate::diff::matrix::Topic;
use crate::diff::{ChangeKind, EditKind, Facet, Relation};
use crate::document::Readability;
use crate::practice::{Category, Modality, Polarity};
use crate::report::benchmark::{
    BenchmarkRow, BreadthRow, Cell, CellEvidence, CellStatus, ChecklistItem, ChecklistResult, Found, Pair,
    RetentionPeriod, RetentionRow, Standout, Vendor,
};
use crate::report::comparison::*;
use crate::report::practices::{PracticeRow, Value};

const ATTACK: &str = r#" <script>alert(1)</script> "><img src=x onerror=alert(1)> ' onload='x javascript:alert(1) </style></title><!-- {{ m }}"#;

/// How the fixture's texts are written: as they are, or with an attack behind each.
type Pen = fn(&str) -> String;

fn plain(text: &str) -> String {
    text.to_owned()
}

fn hostile(text: &str) -> String {
    format!("{text}{ATTACK}")
}

fn side(w: Pen, title: &str, source: &str, language: &str) -> Side {
    Side {
        source: w(source),
        title: w(title),
        language: language.into(),
        format: "markdown".into(),
        encoding: w("UTF-8"),
        model: None,
        characters: 4210,
        words: 1234,
        reading_minutes: 6,
        sections: 5,
        sentences: 64,
        practices: 31,
    }
}

/// Words with marks: `[-went-]` and `[+came+]`.
fn segments(w: Pen, marked: &str) -> Vec<Segment> {
    let mut out = Vec::new();
    let mut rest = marked;
    while let Some(at) = rest.find("[-").into_iter().chain(rest.find("[+")).min() {
        let (mark, close) = match &rest[at..at + 2] {
            "[-" => (SegmentMark::Deleted, "-]"),
            _ => (SegmentMark::Inserted, "+]"),
        };
        let end = at + rest[at..].find(close).unwrap();
        if at > 0 {
            out.push(Segment { mark: SegmentMark::Same, text: w(&rest[..at]) });
        }
        out.push(Segment { mark, text: w(&rest[at + 2..end]) });
        rest = &rest[end + 2..];
    }
    if !rest.is_empty() {
        out.push(Segment { mark: SegmentMark::Same, text: w(rest) });
    }
    out
}

/// One side of marked words.
fn evidence(w: Pen, marked: &str, section: &str, leave_out: SegmentMark) -> Evidence {
    let segments: Vec<Segment> = segments(w, marked).into_iter().filter(|s| s.mark != leave_out).collect();
    let quote: String = segments.iter().map(|s| s.text.as_str()).collect();
    Evidence { start: 10, end: 10 + quote.len(), quote, section: w(section), segments }
}

fn row(w: Pen, kind: RowKind, block: BlockShape, marked: &str, changes: &[&str]) -> Row {
    let segments = segments(w, marked);
    let one = |leave_out| -> String {
        segments.iter().filter(|s| s.mark != leave_out).map(|s| s.text.as_str()).collect()
    };
    let side = |text: String| Some(RowSide { start: 0, end: text.len(), text });
    let (old, new) = (side(one(SegmentMark::Inserted)), side(one(SegmentMark::Deleted)));
    Row {
        kind,
        block,
        section: w("Privacy"),
        old: if matches!(kind, RowKind::Added | RowKind::MovedTo) { None } else { old },
        new: if matches!(kind, RowKind::Removed | RowKind::MovedFrom) { None } else { new },
        segments: if kind == RowKind::Modified { segments } else { Vec::new() },
        moved: None,
        changes: changes.iter().map(|&c| w(c)).collect(),
    }
}

fn slot(w: Pen, facet: Facet, added: bool, words: &str, label: &str, iri: &str) -> Slot {
    Slot {
        facet,
        added,
        words: w(words),
        concept: Some(w("location.precise")),
        label: Some(w(label)),
        iri: Some(w(iri)),
        sensitive: label.contains("precise") || label.contains("精确"),
    }
}

#[allow(clippy::too_many_arguments)]
fn change(
    w: Pen,
    id: &str,
    kind: ChangeKind,
    category: Category,
    direction: Direction,
    severity: Severity,
    words: [&str; 4],
    slots: Vec<Slot>,
    row: usize,
) -> Change {
    let [summary, reason, marked, section] = words;
    Change {
        id: w(id),
        kind,
        category,
        facets: slots.iter().map(|s| s.facet).collect::<BTreeSet<_>>().into_iter().collect(),
        direction,
        severity,
        summary: w(summary),
        reason: w(reason),
        rule: w("sharing-widened"),
        scope: None,
        accepted: None,
        old: (kind != ChangeKind::Added).then(|| evidence(w, marked, section, SegmentMark::Inserted)),
        new: (kind != ChangeKind::Removed).then(|| evidence(w, marked, section, SegmentMark::Deleted)),
        added: BTreeMap::new(),
        removed: BTreeMap::new(),
        slots,
        row: Some(row),
    }
}

/// Two versions of a fictional English policy.
fn versions(w: Pen) -> Comparison {
    use BlockShape::{Heading, Item, Paragraph};
    use RowKind::{Added, Modified, MovedFrom, MovedTo, Removed, Same};
    let dpv = "https://w3id.org/dpv/pd#PreciseLocation";
    let location = "When you ask for a delivery we collect your [-approximate-][+precise+] location[+, also in the background, +] to find the nearest courier.";
    let share = "[+We may share your order history and device identifiers with advertising partners so that they can show you offers.+]";
    let keep = "We keep your order history for [-twelve months-][+as long as your account exists+].";
    let erase = "[-You can ask us to erase your account at any time, and we do so within seven days.-]";
    let changes = vec![
        change(
            w,
            "1a2b3c4d",
            ChangeKind::Added,
            Category::Sharing,
            Direction::Expands,
            Severity::High,
            [
                "Order history and device identifiers may now be shared with advertising partners.",
                "A new kind of recipient receives data for a purpose of its own.",
                share,
                "How we share information › Partners",
            ],
            vec![
                slot(
                    w,
                    Facet::Recipient,
                    true,
                    "advertising partners",
                    "advertising partner",
                    "https://w3id.org/dpv#Advertiser",
                ),
                slot(
                    w,
                    Facet::Data,
                    true,
                    "order history",
                    "purchase history",
                    "https://w3id.org/dpv/pd#PurchasesAndSpendingHabit",
                ),
                slot(w, Facet::Data, true, "device identifiers", "device identifier", "javascript:alert(1)"),
            ],
            12,
        ),
        change(
            w,
            "2b3c4d5e",
            ChangeKind::Modified,
            Category::Collection,
            Direction::Expands,
            Severity::High,
            [
                "The location collected for deliveries is now precise, and also taken in the background.",
                "Precise location is sensitive personal data; background collection does not need the user to act.",
                location,
                "Information we collect › Location",
            ],
            vec![
                slot(w, Facet::Data, false, "approximate location", "approximate location", dpv),
                slot(w, Facet::Data, true, "precise location", "precise location (GNSS)", dpv),
            ],
            7,
        ),
        change(
            w,
            "3c4d5e6f",
            ChangeKind::Removed,
            Category::Rights,
            Direction::Expands,
            Severity::High,
            [
                "The right to have one's account erased within seven days is no longer stated.",
                "A right was stated and is not any more.",
                erase,
                "Your rights",
            ],
            vec![slot(
                w,
                Facet::Rights,
                false,
                "erase your account",
                "right to erasure",
                "https://w3id.org/dpv/legal/eu/gdpr#A17",
            )],
            21,
        ),
        change(
            w,
            "4d5e6f70",
            ChangeKind::Modified,
            Category::Retention,
            Direction::Expands,
            Severity::Medium,
            [
                "Order history is kept as long as the account exists instead of twelve months.",
                "The period has no fixed end any more.",
                keep,
                "How long we keep information",
            ],
            vec![
                slot(w, Facet::Retention, false, "twelve months", "P12M", ""),
                slot(w, Facet::Retention, true, "as long as your account exists", "account lifetime", ""),
            ],
            17,
        ),
        change(
            w,
            "5e6f7081",
            ChangeKind::Modified,
            Category::Collection,
            Direction::Restricts,
            Severity::Low,
            [
                "Contacts are now read only with consent.",
                "A condition was added that the user controls.",
                "[-We-][+Only with your consent we+] read your contacts to suggest recipients.",
                "Information we collect › Contacts",
            ],
            vec![slot(
                w,
                Facet::Condition,
                true,
                "with your consent",
                "consent",
                "https://w3id.org/dpv#Consent",
            )],
            9,
        ),
        change(
            w,
            "6f708192",
            ChangeKind::Modified,
            Category::Contact,
            Direction::Neutral,
            Severity::Low,
            [
                "Another address for privacy questions is given.",
                "Whom to turn to changed; no right did.",
                "Write to [-help-][+privacy+]@maplebasket.example with questions.",
                "Contact",
            ],
            vec![],
            24,
        ),
    ];
    let long = "We built this service so that a household can plan its meals together. This paragraph says nothing about data and stands here so that a reader has something to fold away while looking for what matters.";
    let mut rows = vec![
        row(w, Same, Heading(1), "Maple Basket Privacy Policy", &[]),
        row(w, Modified, Paragraph, "Effective [-1 March 2024-][+1 September 2025+]", &[]),
        row(w, Same, Paragraph, long, &[]),
        row(w, Same, Paragraph, long, &[]),
        row(w, Same, Paragraph, long, &[]),
        row(w, Same, Heading(2), "Information we collect", &[]),
        row(w, Same, Heading(3), "Location", &[]),
        row(w, Modified, Paragraph, location, &["2b3c4d5e"]),
        row(w, Same, Heading(3), "Contacts", &[]),
        row(
            w,
            Modified,
            Item(1),
            "[-We-][+Only with your consent we+] read your contacts to suggest recipients.",
            &["5e6f7081"],
        ),
        row(w, Same, Heading(2), "How we share information", &[]),
        row(w, MovedFrom, Paragraph, "We share your address with the courier who brings your order.", &[]),
        row(w, Added, Paragraph, share, &["1a2b3c4d"]),
        row(w, MovedTo, Paragraph, "We share your address with the courier who brings your order.", &[]),
        row(w, Same, Item(1), "the courier, to deliver;", &[]),
        row(w, Modified, Item(2), "the payment service, to take [-payement-][+payment+].", &[]),
        row(w, Same, Heading(2), "How long we keep information", &[]),
        row(w, Modified, Paragraph, keep, &["4d5e6f70"]),
        row(w, Same, BlockShape::Cell, "Invoices", &[]),
        row(w, Same, BlockShape::Cell, "ten years", &[]),
        row(w, Same, Heading(2), "Your rights", &[]),
        row(w, Removed, Paragraph, erase, &["3c4d5e6f"]),
        row(
            w,
            Modified,
            Paragraph,
            "You [-may-][+can+] ask for a copy of your data[-;-][+,+] and have it corrected.",
            &[],
        ),
        row(w, Modified, Heading(2), "Contact[+ us+]", &[]),
        row(
            w,
            Modified,
            Paragraph,
            "Write to [-help-][+privacy+]@maplebasket.example with questions.",
            &["6f708192"],
        ),
    ];
    rows[11].moved = Some(13);
    rows[13].moved = Some(11);
    rows[13].segments = segments(w, "We share your address with the courier who brings your order.");
    let edit = |kind, marked: &str, row| Edit {
        kind,
        old: Some(evidence(w, marked, "Your rights", SegmentMark::Inserted)),
        new: Some(evidence(w, marked, "Your rights", SegmentMark::Deleted)),
        row: Some(row),
    };
    let edits = vec![
        edit(EditKind::Date, "Effective [-1 March 2024-][+1 September 2025+]", 1),
        edit(EditKind::Moved, "We share your address with the courier who brings your order.", 13),
        edit(EditKind::Typo, "the payment service, to take [-payement-][+payment+].", 15),
        edit(
            EditKind::Reworded,
            "You [-may-][+can+] ask for a copy of your data[-;-][+,+] and have it corrected.",
            22,
        ),
        edit(EditKind::Heading, "Contact[+ us+]", 99),
    ];
    let mut summary = Summary {
        verdict: w(
            "The new version widens what may be done with people's data: four of six changes expand it, three of them weighty.",
        ),
        ..Summary::default()
    };
    for c in &changes {
        *summary.kinds.entry(c.kind).or_default() += 1;
        *summary.directions.entry(c.direction).or_default() += 1;
        *summary.severities.entry(c.severity).or_default() += 1;
        *summary.categories.entry(c.category).or_default() += 1;
    }
    Comparison {
        schema: "polidiff.comparison/1".into(),
        generator: w("polidiff 0.1.0"),
        relation: Relation::Versions,
        language: "en".into(),
        title: w("Maple Basket: privacy policy, 2024 to 2025"),
        old: side(w, "Maple Basket Privacy Policy (2024)", "samples/maple-2024.md", "en"),
        new: side(w, "Maple Basket Privacy Policy (2025)", "samples/maple-2025.md", "en"),
        summary,
        changes,
        clarity: Vec::new(),
        shared: Vec::new(),
        edits,
        practices: pairs(w),
        text: Text { available: true, words_same: 1034, words_added: 41, words_removed: 22, rows },
        doubts: vec![w("Two sentences mention data that the vocabulary does not know.")],
    }
}

/// A practice of each status, and one that stands twice.
fn pairs(w: Pen) -> Vec<PracticePair> {
    let side = |data: &str, recipients: &str, modality, row| PracticeSide {
        id: w("9f8e7d6c"),
        polarity: Polarity::Affirmed,
        modality,
        action: Some(w("share")),
        data: vec![w(data)],
        recipients: vec![w(recipients)],
        start: 0,
        end: 9,
        row: Some(row),
    };
    let pair = |status, old, new| PracticePair { status, category: Category::Sharing, old, new };
    let address = side("address", "courier", Modality::Does, 13);
    let card = |modality| Some(side("card", "payment service", modality, 15));
    vec![
        pair(PracticeStatus::Unchanged, Some(address.clone()), Some(address.clone())),
        pair(PracticeStatus::Unchanged, None, Some(PracticeSide { row: Some(99), ..address })),
        pair(PracticeStatus::Changed, card(Modality::Does), card(Modality::May)),
        pair(PracticeStatus::Came, None, card(Modality::Must)),
        pair(PracticeStatus::Went, card(Modality::OnlyIf), None),
    ]
}

/// The policies of a Chinese and an English vendor, reported in Chinese.
fn vendors(w: Pen) -> Comparison {
    use BlockShape::{Heading, Paragraph};
    let mut report = versions(w);
    report.relation = Relation::Vendors;
    report.language = "zh".into();
    report.title = w("青禾出行与 Maple Basket 的隐私政策对照");
    report.summary.verdict = w("两家在四个方面不同；第二家的处理范围更宽。");
    report.old = side(w, "青禾出行隐私政策", "samples/qinghe.html", "zh");
    report.changes = vec![
        change(
            w,
            "7a8b9c0d",
            ChangeKind::Modified,
            Category::Collection,
            Direction::Expands,
            Severity::High,
            [
                "第二家收集精确位置，第一家仅收集大致位置。",
                "精确位置属于敏感个人信息。",
                "[-在您叫车时，我们会收集您的大致位置，以便为您匹配附近的司机。-][+We collect your precise location to find the nearest courier.+]",
                "我们收集的信息 › 位置",
            ],
            vec![
                slot(w, Facet::Data, false, "大致位置", "粗略位置", "https://w3id.org/dpv/pd#Location"),
                slot(
                    w,
                    Facet::Data,
                    true,
                    "precise location",
                    "精确位置",
                    "https://w3id.org/dpv/pd#Location",
                ),
            ],
            1,
        ),
        change(
            w,
            "8b9c0d1e",
            ChangeKind::Removed,
            Category::Retention,
            Direction::Neutral,
            Severity::Medium,
            [
                "仅第一家写明行程记录保存三年。",
                "第二家未说明期限。",
                "[-行程记录自行程结束之日起保存三年，期满后予以删除或匿名化处理。-]",
                "信息的保存",
            ],
            vec![slot(w, Facet::Retention, false, "三年", "P3Y", "")],
            2,
        ),
    ];
    report.summary.severities = [(Severity::High, 1), (Severity::Medium, 1)].into();
    report.summary.directions = [(Direction::Expands, 1), (Direction::Neutral, 1)].into();
    report.shared =
        [(Category::Sharing, "快递员"), (Category::Sharing, "支付机构"), (Category::Rights, "更正权")]
            .into_iter()
            .map(|(category, label)| Shared {
                category,
                facet: Facet::Recipient,
                concept: w("recipient"),
                label: w(label),
                iri: Some(w("https://w3id.org/dpv#Recipient")),
                polarity: Polarity::Affirmed,
                old_modality: Modality::Does,
                new_modality: Modality::May,
                old: evidence(
                    w,
                    "我们会将您的地址提供给完成配送的人员。",
                    "信息的提供",
                    SegmentMark::Inserted,
                ),
                new: evidence(
                    w,
                    "We may share your address with the courier.",
                    "Sharing",
                    SegmentMark::Deleted,
                ),
            })
            .collect();
    report.edits = Vec::new();
    report.text.rows = vec![
        row(w, RowKind::Removed, Heading(1), "青禾出行隐私政策", &[]),
        row(
            w,
            RowKind::Removed,
            Paragraph,
            "在您叫车时，我们会收集您的大致位置，以便为您匹配附近的司机。",
            &["7a8b9c0d"],
        ),
        row(
            w,
            RowKind::Removed,
            Paragraph,
            "行程记录自行程结束之日起保存三年，期满后予以删除或匿名化处理。",
            &["8b9c0d1e"],
        ),
        row(w, RowKind::Added, Heading(1), "Maple Basket Privacy Policy", &[]),
        row(
            w,
            RowKind::Added,
            Paragraph,
            "We collect your precise location to find the nearest courier.",
            &["7a8b9c0d"],
        ),
    ];
    report
}

/// Three or more vendors and a few concepts.
fn matrix(w: Pen, vendors: usize) -> Benchmark {
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

/// A document's practices.
fn practice_set(w: Pen) -> PracticeSetView {
    let value = |words: &str, label: &str, iri: &str| Value {
        words: w(words),
        concept: Some(w(label)),
        label: (!label.is_empty()).then(|| w(label)),
        iri: Some(w(iri)),
        sensitive: words.contains("location"),
        duration: words.contains("months").then(|| w("P12M")),
    };
    let practice = |id: &str, category, polarity, modality| PracticeRow {
        id: w(id),
        category,
        polarity,
        modality,
        actor: Some(value("we", "controller", "https://w3id.org/dpv#DataController")),
        action: Some(value("collect", "collect", "https://w3id.org/dpv#Collect")),
        data: vec![value("precise location", "precise location", "https://w3id.org/dpv/pd#Location")],
        recipients: vec![value("couriers", "", "javascript:alert(1)")],
        sources: Vec::new(),
        purposes: vec![value("to find the nearest courier", "delivery", "")],
        conditions: vec![value("with your consent", "consent", "https://w3id.org/dpv#Consent")],
        retention: vec![value("twelve months", "", "")],
        quote: w(
            "With your consent we collect your precise location to find the nearest courier and keep it for twelve months.",
        ),
        section: w("Information we collect › Location"),
        start: 120,
        end: 230,
    };
    PracticeSetView {
        schema: "polidiff.practices/1".into(),
        generator: w("polidiff 0.1.0"),
        language: "en".into(),
        document: side(w, "Maple Basket Privacy Policy", "samples/maple-2025.md", "en"),
        rows: vec![
            practice("p1", Category::Collection, Polarity::Affirmed, Modality::OnlyIf),
            practice("p2", Category::Collection, Polarity::Affirmed, Modality::May),
            practice("p3", Category::Sharing, Polarity::Negated, Modality::Does),
        ],
        doubts: Vec::new(),
    }
}

/// Every page there is, by a pen.
fn pages(w: Pen) -> Vec<String> {
    let mut bare = versions(w);
    bare.text = Text::default();
    bare.changes.clear();
    bare.summary.identical = true;
    vec![
        comparison(&versions(w)).unwrap(),
        comparison(&vendors(w)).unwrap(),
        comparison(&bare).unwrap(),
        benchmark(&matrix(w, 4)).unwrap(),
        benchmark(&matrix(w, 0)).unwrap(),
        practices(&practice_set(w)).unwrap(),
    ]
}

/// The page without its own style and script.
fn without_ours(page: &str) -> String {
    [BENCHMARK_STYLE, &lean(BENCHMARK_SCRIPT), STYLE, &lean(SCRIPT)]
        .iter()
        .fold(page.to_owned(), |page, ours| page.replacen(ours, "", 1))
}

/// Values of an attribute.
fn attributes<'a>(page: &'a scraper::Html, selector: &str, name: &str) -> Vec<&'a str> {
    let selector = scraper::Selector::parse(selector).unwrap();
    page.select(&selector).filter_map(|e| e.value().attr(name)).collect()
}

#[test]
fn hostile_texts_stay_texts() {
    // An attack must neither add an element nor an attribute: both pages have the same skeleton.
    for (clean, attacked) in pages(plain).into_iter().zip(pages(hostile)) {
        let page = without_ours(&attacked);
        assert!(!page.contains("<script>alert"), "a script came through");
        assert!(!page.contains("<img"), "an image came through");
        assert!(!page.contains("<!--"), "a comment came through");
        let elements = |page: &str| {
            let html = scraper::Html::parse_document(page);
            let all = scraper::Selector::parse("*").unwrap();
            html.select(&all)
                .filter(|e| !["a", "span"].contains(&e.value().name())) // an unsafe address is no link
                .map(|e| e.value().name().to_owned())
                .collect::<Vec<_>>()
        };
        assert_eq!(elements(&clean), elements(&attacked));
        let html = scraper::Html::parse_document(&attacked);
        let all = scraper::Selector::parse("*").unwrap();
        for element in html.select(&all) {
            for (name, value) in element.value().attrs() {
                assert!(!name.starts_with("on"), "{name}={value}");
                assert_ne!(name, "style");
                assert_ne!(name, "src");
            }
        }
        for href in attributes(&html, "[href]", "href") {
            let ours = href.starts_with('#') || href.starts_with("https://w3id.org/");
            assert!(ours && !href.contains(['<', '"', ' ']), "{href}");
        }
    }
}

#[test]
fn policy_allows_exactly_our_style_and_script() {
    for page in pages(plain) {
        let html = scraper::Html::parse_document(&page);
        let policy = attributes(&html, "meta[http-equiv]", "content").join("");
        assert!(policy.starts_with("default-src 'none'"));
        for (element, directive) in [("style", "style-src"), ("script", "script-src")] {
            let selector = scraper::Selector::parse(element).unwrap();
            let found: Vec<String> = html.select(&selector).map(|e| e.text().collect()).collect();
            assert_eq!(found.len(), 1, "one {element}");
            assert!(policy.contains(&format!("{directive} '{}'", hash(&found[0]))), "{policy}");
        }
    }
}

#[test]
fn pages_load_nothing() {
    for page in pages(plain) {
        let html = scraper::Html::parse_document(&page);
        assert!(attributes(&html, "[src], link[href], object, iframe, use[href]", "src").is_empty());
        assert!(attributes(&html, "link", "href").is_empty());
    }
    assert!(!STYLE.contains("url(") && !STYLE.contains("@import"));
    assert!(!SCRIPT.contains("http") && !SCRIPT.contains("innerHTML") && !SCRIPT.contains("fetch("));
}

#[test]
fn every_anchor_is_there_once_and_every_link_resolves() {
    for pen in [plain as Pen, hostile] {
        for page in pages(pen) {
            let html = scraper::Html::parse_document(&page);
            let ids = attributes(&html, "[id]", "id");
            let unique: BTreeSet<&str> = ids.iter().copied().collect();
            assert_eq!(ids.len(), unique.len(), "an id is there twice");
            for href in attributes(&html, "[href^='#']", "href") {
                assert!(unique.contains(&href[1..]), "{href} leads nowhere");
            }
            for name in attributes(&html, "[aria-labelledby]", "aria-labelledby") {
                assert!(unique.contains(name), "{name} labels nothing");
            }
        }
    }
    let report = versions(plain);
    let page = comparison(&report).unwrap();
    let html = scraper::Html::parse_document(&page);
    let ids: BTreeSet<&str> = attributes(&html, "[id]", "id").into_iter().collect();
    for change in &report.changes {
        assert!(ids.contains(format!("c-{}", change.id).as_str()), "{} has no anchor", change.id);
    }
    for n in 0..report.text.rows.len() {
        assert!(ids.contains(format!("r-{n}").as_str()), "row {n} has no anchor");
    }
}

#[test]
fn ids_that_look_alike_get_anchors_of_their_own() {
    let ids = ["a b".to_owned(), "a_b".to_owned(), "甲".to_owned()];
    let names = parts::anchors(ids.iter());
    assert_eq!(names["a b"], "a_b");
    assert_eq!(names["a_b"], "a_b_2");
    assert_eq!(names["甲"], "_");
}

#[test]
fn addresses_are_web_addresses_only() {
    let address = |a: &str| parts::address(Some(&a.to_owned())).to_owned();
    assert_eq!(address("https://w3id.org/dpv#Consent"), "https://w3id.org/dpv#Consent");
    assert_eq!(address("javascript:alert(1)"), "");
    assert_eq!(address("https://x.example/\"><b>"), "");
    assert_eq!(address("data:text/html,x"), "");
}

#[test]
fn edits_show_what_stands_next_to_a_mark() {
    let far = "甲".repeat(60);
    let near = "乙".repeat(40);
    let line = segments(plain, &format!("{far}{near}[-旧-][+新+]{near}{far}"));
    let words = parts::clipped(parts::words(&line, ""));
    let text: String = words.iter().map(|w| w.text).collect();
    assert_eq!(text, format!(" … {near}旧新{near} … "));
    let short = segments(plain, "kept [-went-][+came+] kept");
    assert_eq!(parts::clipped(parts::words(&short, "")).len(), 4);
}

#[test]
fn marks_have_words_beside_their_colour() {
    let page = comparison(&versions(plain)).unwrap();
    assert!(page.contains("<del><i>[deleted] </i>twelve months</del>"));
    assert!(page.contains("<ins><i>[inserted] </i>as long as your account exists</ins>"));
    let page = comparison(&vendors(plain)).unwrap();
    assert!(page.contains("lang=\"zh-Hans\">"), "the Chinese side says so");
    assert!(!page.contains("<del>"), "a vendor's own sentence is no deletion");
    assert!(page.contains("<i class=v lang=\"zh-Hans\">仅第二家有：</i>"));
}

/// A report many times as long, every row edited, a change for every other row and an edit for every row.
fn long(times: usize) -> Comparison {
    let mut report = versions(plain);
    let changed: Vec<Row> =
        report.text.rows.iter().filter(|r| r.kind == RowKind::Modified).cloned().collect();
    report.text.rows = std::iter::repeat_n(changed, times).flatten().collect();
    let mut changes = Vec::new();
    for (n, row) in report.text.rows.iter_mut().enumerate().filter(|(n, _)| n % 2 == 0) {
        let Some(mut change) = report.changes.get(n % 6).cloned() else { continue };
        change.id = format!("{n:08x}");
        change.row = Some(n);
        row.changes = vec![change.id.clone()];
        changes.push(change);
    }
    report.changes = changes;
    report.edits = report.edits.iter().cycle().take(report.text.rows.len()).cloned().collect();
    report
}

#[test]
fn size_is_bounded_by_the_texts() {
    // Blocks of policies are longer than the fixture's sentences, which are all marks and little text.
    let mut report = versions(plain);
    let padding =
        "The rest of this paragraph stayed as it was, word for word, and says nothing new. ".repeat(3);
    for row in &mut report.text.rows {
        for side in [&mut row.old, &mut row.new].into_iter().flatten() {
            side.text.push_str(&padding);
        }
        if let Some(last) = row.segments.last_mut() {
            last.text.push_str(&padding);
        }
    }
    report.text.rows = std::iter::repeat_n(report.text.rows, 40).flatten().collect();
    let texts: usize =
        report.text.rows.iter().flat_map(|r| [&r.old, &r.new]).flatten().map(|s| s.text.len()).sum();
    let page = comparison(&report).unwrap();
    assert!(page.len() <= 3 * texts + 60_000, "{} bytes for {texts}", page.len());
    assert!(page.len() <= texts + 60_000, "unchanged words are there once: {} bytes for {texts}", page.len());
}

#[test]
fn a_long_report_is_whole() {
    let report = long(50);
    let html = scraper::Html::parse_document(&comparison(&report).unwrap());
    let count = |what: &str| html.select(&scraper::Selector::parse(what).unwrap()).count();
    assert_eq!(count("article"), report.changes.len());
    assert_eq!(count("[id^='r-']"), report.text.rows.len());
    assert!(count(".strip rect") <= 750);
}

#[test]
fn practices_stand_once_with_status_and_links() {
    let page = comparison(&versions(plain)).unwrap();
    let html = scraper::Html::parse_document(&page);
    let selector = scraper::Selector::parse("#practices tbody tr").unwrap();
    let lines: Vec<String> = html.select(&selector).map(|e| e.text().collect::<String>()).collect();
    assert_eq!(lines.len(), 4, "what reads the same shares a line: {lines:?}");
    let stands = |words: &str| lines.iter().any(|line| line.contains(words));
    assert!(
        stands("= unchanged") && stands("~ changed") && stands("+ came") && stands("− went"),
        "{lines:?}"
    );
    assert!(page.contains("<del><i>[deleted] </i>✓ does</del> <ins><i>[inserted] </i>✓ may</ins>"));
    assert_eq!(attributes(&html, "#practices td a", "href"), ["#r-13", "#r-15", "#r-15", "#r-15"]);
}

#[test]
fn a_brand_is_part_of_the_page_and_of_its_policy() {
    let brand = Brand::default()
        .with_logo("logo.svg", b"<svg xmlns=\"http://www.w3.org/2000/svg\"/>")
        .and_then(|b| b.with_style("own.css", b"h1 > b{content:\"<!--\"}\r\n"))
        .unwrap();
    for page in [
        branded_comparison(&versions(plain), &brand).unwrap(),
        branded_benchmark(&matrix(plain, 3), &brand).unwrap(),
    ] {
        let html = scraper::Html::parse_document(&page);
        let policy = attributes(&html, "meta[http-equiv]", "content").join("");
        assert!(policy.contains(&hash("h1 > b{content:\"<!--\"}\n")), "{policy}");
        assert!(attributes(&html, "img.logo", "src")[0].starts_with("data:image/svg+xml;base64,"));
        assert!(!policy.contains("unsafe"));
    }
}
