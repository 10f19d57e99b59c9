//! A comparison of a Chinese and an English vendor.

use super::fixture::{Pen, change, evidence, row, side, slot};
use super::versions::versions;
use crate::assess::{Direction, Severity};
use crate::diff::{ChangeKind, Facet, Relation};
use crate::practice::{Category, Modality, Polarity};
use crate::report::comparison::*;

/// The policies of a Chinese and an English vendor, reported in Chinese.
pub(super) fn vendors(w: Pen) -> Comparison {
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
