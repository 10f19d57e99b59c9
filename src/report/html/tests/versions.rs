//! A comparison of two versions of a fictional English policy.

use super::fixture::{Pen, change, evidence, row, segments, side, slot};
use crate::assess::{Direction, Severity};
use crate::diff::{ChangeKind, EditKind, Facet, Relation};
use crate::practice::{Category, Modality, Polarity};
use crate::report::comparison::*;

/// Two versions of a fictional English policy.
pub(super) fn versions(w: Pen) -> Comparison {
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
        practices: Some(pairs(w)),
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
