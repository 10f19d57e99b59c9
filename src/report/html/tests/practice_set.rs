//! The practices of a fictional policy.

use super::fixture::{Pen, side};
use crate::practice::{Category, Modality, Polarity};
use crate::report::practices::{PracticeRow, PracticeSetView, Value};

/// A document's practices.
pub(super) fn practice_set(w: Pen) -> PracticeSetView {
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
        refers_to: Vec::new(),
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
