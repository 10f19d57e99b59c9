//! `benchmark` for spreadsheets: RFC 4180, a line for each concept or item of a checklist and vendor.
//!
//! A spreadsheet takes a cell that begins like a formula for one, and policies are hostile: such cells get an
//! apostrophe in front, which spreadsheets show as text.

use super::benchmark::{Benchmark, CellEvidence, Vendor};
use super::messages::{Messages, code};
use super::neutral::neutral;

const HEAD: [&str; 16] = [
    "part",
    "concept",
    "label",
    "vendor",
    "source",
    "language",
    "status",
    "modality",
    "conditions",
    "values",
    "statements",
    "words",
    "quote",
    "section",
    "start",
    "end",
];

/// The report: the matrix, then the checklists. `part` is a topic, or the name of a list behind `checklist.`.
pub fn benchmark(view: &Benchmark) -> String {
    let words = Messages::for_language(&view.language);
    let mut out = String::new();
    line(&mut out, HEAD.map(str::to_owned));
    for row in &view.rows {
        let what = [code(&row.topic), row.concept.clone(), row.label.clone()];
        for (vendor, cell) in view.vendors.iter().zip(&row.cells) {
            let stated = [
                code(&cell.status),
                cell.modality.as_ref().map(code).unwrap_or_default(),
                cell.conditions.join(words.get("join.clause")),
                cell.values.join(words.get("join.clause")),
            ];
            line(&mut out, cells(&what, vendor, stated, cell.count, &cell.evidence));
        }
    }
    for list in &view.checklists {
        for item in &list.items {
            let what =
                [format!("checklist.{}", list.id), item.id.clone(), format!("{} ({})", item.asks, item.law)];
            for (vendor, cell) in view.vendors.iter().zip(&item.cells) {
                let found = if cell.count == 0 { "not-found" } else { "found" };
                let stated = [found.to_owned(), String::new(), String::new(), String::new()];
                line(&mut out, cells(&what, vendor, stated, cell.count, &cell.evidence));
            }
        }
    }
    out
}

/// What a line is about, whose, what they state, how often, and where first.
fn cells(
    what: &[String; 3],
    vendor: &Vendor,
    stated: [String; 4],
    count: usize,
    evidence: &[CellEvidence],
) -> Vec<String> {
    let side = [vendor.name.clone(), vendor.side.source.clone(), vendor.side.language.clone()];
    let rest = [count.to_string()].into_iter().chain(place(evidence.first()));
    what.iter().cloned().chain(side).chain(stated).chain(rest).collect()
}

fn place(evidence: Option<&CellEvidence>) -> [String; 5] {
    match evidence {
        Some(e) => {
            [e.words.clone(), e.quote.clone(), e.section.clone(), e.start.to_string(), e.end.to_string()]
        }
        None => Default::default(),
    }
}

fn line(out: &mut String, cells: impl IntoIterator<Item = String>) {
    for (i, cell) in cells.into_iter().enumerate() {
        if i > 0 {
            out.push(',');
        }
        field(out, &cell);
    }
    out.push_str("\r\n");
}

fn field(out: &mut String, text: &str) {
    let mut text = neutral(text);
    if text.starts_with(['=', '+', '-', '@', '＝', '＋', '－', '＠', '\'']) {
        text.insert(0, '\'');
    }
    if text.contains([',', '"', '\r', '\n']) {
        out.push('"');
        out.push_str(&text.replace('"', "\"\""));
        out.push('"');
    } else {
        out.push_str(&text);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::table::sample;

    fn written(text: &str) -> String {
        let mut out = String::new();
        field(&mut out, text);
        out
    }

    #[test]
    fn cells_are_quoted_and_no_formula_comes_through() {
        assert_eq!(written("plain 文字"), "plain 文字");
        assert_eq!(written("a, \"b\"\nc"), "\"a, \"\"b\"\" c\"");
        for formula in ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\u{feff}=1", " =cmd|' /C calc'!A0"] {
            assert!(written(formula).starts_with('\''), "{formula:?}");
        }
    }

    #[test]
    fn what_one_format_says_the_others_say() {
        use crate::report::table::{Details, Look};
        let view = sample::benchmark(3, "en");
        let look = Look { width: 200, color: false, details: Details::Full };
        let squeezed = |text: &str| text.replace(['\\', '\u{2060}', '\n', ' ', '│', '|'], "");
        let formats = [
            squeezed(&crate::report::table::benchmark(&view, &look)),
            squeezed(&crate::report::markdown::benchmark(&view, Details::Full, 60_000).unwrap()),
            squeezed(&crate::report::html::benchmark(&view).unwrap()),
        ];
        for words in [
            "location 位置信息",
            "3 years 三年",
            "GDPR 第十三条",
            "Art. 13(1)(a) 第十三条",
            "33%",
            "Only one does",
        ] {
            for text in &formats {
                assert!(text.contains(&squeezed(words)), "{words} in {text}");
            }
        }
    }

    #[test]
    fn every_line_has_all_fields() {
        let text = benchmark(&sample::benchmark(3, "en"));
        let lines: Vec<&str> = text.split_terminator("\r\n").collect();
        assert!(lines.len() > 9 && !text.replace("\r\n", "").contains(['\r', '\n']));
        for line in lines {
            let mut quoted = false;
            let commas = line.chars().filter(|&c| {
                quoted ^= c == '"';
                c == ',' && !quoted
            });
            assert_eq!(commas.count() + 1, HEAD.len(), "{line}");
        }
    }
}
