//! What one format says the others say: changes with their direction and severity, counts, and the table of practices.

#![allow(clippy::unwrap_used)]

mod common;

use std::collections::BTreeMap;

use scraper::{Html, Selector};
use serde_json::Value;

use polidiff::diff::Relation;
use polidiff::report::comparison::Comparison;
use polidiff::report::messages::{Messages, code};
use polidiff::report::neutral::neutral;
use polidiff::report::table::{Details, Look};
use polidiff::report::{html, markdown, table};

/// What a format says: changes by id, then counts by direction and severity, and lines of practices.
#[derive(Debug, Default, PartialEq)]
struct Said {
    /// Summary, direction and severity, in the words of the report.
    changes: BTreeMap<String, [String; 3]>,
    /// Direction and severity to number, both together.
    counts: BTreeMap<[String; 2], usize>,
    /// Words of the cells of the table of practices, without marks; empty where a format counts them otherwise.
    practices: Vec<Vec<String>>,
}

const DIRECTIONS: [&str; 3] = ["expands", "restricts", "neutral"];
const SEVERITIES: [&str; 3] = ["high", "medium", "low"];

/// Everything but letters and digits is how a format says it.
fn bare(text: &str) -> String {
    neutral(text).chars().filter(|c| c.is_alphanumeric()).collect()
}

fn number(text: &str) -> usize {
    text.trim().parse().unwrap_or(0) // a count of nothing is a dot
}

fn from_json(view: &Comparison, w: &Messages) -> Said {
    let json: Value = serde_json::to_value(view).unwrap();
    let mut said = Said::default();
    for direction in DIRECTIONS {
        for severity in SEVERITIES {
            let words = [direction, severity].map(str::to_owned);
            said.counts.insert(words, 0);
        }
    }
    for change in json["changes"].as_array().unwrap() {
        let word = |key: &str| change[key].as_str().unwrap().to_owned();
        let (direction, severity) = (word("direction"), word("severity"));
        let name = |group: &str, code: &str| w.get(&format!("{group}.{code}")).to_owned();
        let words = [bare(&word("summary")), name("direction", &direction), name("severity", &severity)];
        said.changes.insert(word("id"), words);
        *said.counts.get_mut(&[direction, severity]).unwrap() += 1;
    }
    let summed = |which: usize, code: &str| -> u64 {
        said.counts.iter().filter(|(key, _)| key[which] == code).map(|(_, n)| *n as u64).sum()
    };
    for (which, field, codes) in [(0, "directions", DIRECTIONS), (1, "severities", SEVERITIES)] {
        for code in codes {
            assert_eq!(json["summary"][field][code].as_u64().unwrap_or(0), summed(which, code), "{code}");
        }
    }
    said
}

/// The page counts directions and severities apart.
fn html_agrees(view: &Comparison, w: &Messages, said: &Said) -> Vec<Vec<String>> {
    let page = Html::parse_document(&html::comparison(view).unwrap());
    let all = |what: &str| {
        let selector = Selector::parse(what).unwrap();
        page.select(&selector).collect::<Vec<_>>()
    };
    let text = |e: &scraper::ElementRef| e.text().collect::<String>();
    let mut changes = BTreeMap::new();
    for card in all("article") {
        let of = |what: &str| card.select(&Selector::parse(what).unwrap()).next().map(|e| text(&e)).unwrap();
        let named = |group: &str, code: &str| w.get(&format!("{group}.{code}")).to_owned();
        let data = |name: &str| card.value().attr(name).unwrap().to_owned();
        let (direction, severity) = (named("direction", &data("data-d")), named("severity", &data("data-s")));
        let tags = of(".tags");
        assert!(tags.contains(&direction) && tags.contains(&severity), "{tags}");
        changes.insert(of(".links code"), [bare(&of("h4")), direction, severity]);
    }
    assert_eq!(changes, said.changes, "HTML");
    for (which, codes) in [(0, DIRECTIONS), (1, SEVERITIES)] {
        for code in codes {
            let expected: usize =
                said.counts.iter().filter(|(key, _)| key[which] == code).map(|(_, n)| n).sum();
            let shown = all(&format!(".counts dd.{code} .num"));
            assert_eq!(shown.len(), 1, "{code}");
            assert_eq!(number(&text(&shown[0])), expected, "{code}");
        }
    }
    // The hidden words beside marks are the page's own.
    let words = |e: scraper::ElementRef| {
        let mut words = text(&e);
        for mark in e.select(&Selector::parse("i").unwrap()) {
            words = words.replacen(&text(&mark), "", 1);
        }
        bare(&words)
    };
    let cells = Selector::parse("td").unwrap();
    all("#practices tbody tr").iter().map(|row| row.select(&cells).take(6).map(words).collect()).collect()
}

/// Cells of the rows of all tables, line by line.
fn cells<'a>(text: &'a str, border: &str) -> Vec<Vec<&'a str>> {
    let rows = text.lines().filter(|line| line.starts_with(border));
    rows.map(|line| {
        line.trim_matches(&border.chars().collect::<Vec<_>>()[..]).split(border).map(str::trim).collect()
    })
    .collect()
}

fn from_table(view: &Comparison, w: &Messages) -> Said {
    // Wide enough that nothing is wrapped.
    let text = table::comparison(view, &Look { width: 9_000, color: false, details: Details::Full });
    let rows = cells(&text, "│");
    let mut said = Said { counts: counts(&rows, w), ..Said::default() };
    for pair in rows.windows(2) {
        let ([_, severity, direction, category, summary], [id, ..]) = (&pair[0][..], &pair[1][..]) else {
            continue;
        };
        if id.len() == 12 && id.bytes().all(|b| b.is_ascii_hexdigit()) {
            let direction = direction.split_once(' ').unwrap().1;
            let words = [bare(&format!("{category}{summary}")), direction.to_owned(), (*severity).to_owned()];
            said.changes.insert((*id).to_owned(), words);
        }
    }
    for row in rows.iter().filter(|row| row.len() == 6) {
        let row: Vec<String> = row.iter().map(|cell| bare(cell)).collect();
        match said.practices.last_mut() {
            // A long category goes on in the next line.
            Some(last) if row[0].is_empty() => {
                last.iter_mut().zip(&row).for_each(|(l, more)| l.push_str(more))
            }
            _ => said.practices.push(row),
        }
    }
    said.practices.remove(0); // the head
    said
}

fn from_markdown(view: &Comparison, w: &Messages) -> Said {
    let text = markdown::comparison(view, Details::Full, 10_000_000).unwrap();
    let text =
        text.replace(['\\', '\u{2060}'], "").replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&");
    let rows = cells(&text, "|");
    let mut said = Said { counts: counts(&rows, w), ..Said::default() };
    let mut severity = String::new();
    for line in text.lines() {
        if let Some(heading) = line.strip_prefix("### ") {
            severity = heading.split(w.get("join.colon")).nth(1).unwrap_or("").to_owned();
            severity.truncate(severity.find(" (").unwrap_or(0));
        }
        let Some((labels, rest)) = line.strip_prefix("- **").and_then(|line| line.split_once("** ")) else {
            continue;
        };
        let (summary, id) = rest.rsplit_once(&format!(" · {} ", w.get("compare.fingerprint"))).unwrap();
        let labels: Vec<&str> = labels.split(" · ").collect();
        let direction = labels[1].split_once(' ').unwrap().1.to_owned();
        let summary = bare(&format!("{}{summary}", labels[2]));
        said.changes.insert(id.split(' ').next().unwrap().to_owned(), [summary, direction, severity.clone()]);
    }
    let practices = text.split_once("<details><summary>").map_or("", |_| {
        let at = text.rfind("<details><summary>").unwrap();
        &text[at..]
    });
    let tags = ["<del>", "</del>", "<strong>", "</strong>"];
    let practices = tags.iter().fold(practices.to_owned(), |text, tag| text.replace(tag, ""));
    let practices = cells(&practices, "|");
    said.practices =
        practices.iter().skip(2).map(|row| row.iter().map(|cell| bare(cell)).collect()).collect();
    said
}

/// The table of directions by severities.
fn counts(rows: &[Vec<&str>], w: &Messages) -> BTreeMap<[String; 2], usize> {
    let mut counts = BTreeMap::new();
    for direction in DIRECTIONS {
        let name = w.get(&format!("direction.{direction}")).to_owned();
        let row = rows.iter().find(|row| row.len() == 4 && row[0].ends_with(&format!(" {name}"))).unwrap();
        for (severity, n) in SEVERITIES.iter().zip(&row[1..]) {
            counts.insert([direction, severity].map(str::to_owned), number(n));
        }
    }
    counts
}

#[test]
fn formats_agree() {
    for (old, new) in common::sample_pairs() {
        let (old, new) = (common::read(&old), common::read(&new));
        let relation =
            if new.document.name.starts_with("larkspur") { Relation::Versions } else { Relation::Vendors };
        for lang in ["en", "zh"] {
            let view = common::compare_as(&old, &new, relation, lang);
            let w = Messages::for_language(lang);
            let said = from_json(&view, w);
            assert!(!said.changes.is_empty() && said.changes.len() == view.changes.len());
            let practices = html_agrees(&view, w, &said);
            assert!(!practices.is_empty());
            for (name, other) in [("table", from_table(&view, w)), ("Markdown", from_markdown(&view, w))] {
                let place = format!("{name} in {lang}: {}", view.title);
                assert_eq!(other.changes, said.changes, "{place}");
                assert_eq!(other.counts, said.counts, "{place}");
                assert_eq!(other.practices.len(), practices.len(), "{place}");
                for (other, ours) in other.practices.iter().zip(&practices) {
                    assert_eq!(other, ours, "{place}");
                }
            }
            let directions: Vec<String> = view.changes.iter().map(|c| code(&c.direction)).collect();
            assert!(directions.iter().all(|d| DIRECTIONS.contains(&d.as_str())));
        }
    }
}
