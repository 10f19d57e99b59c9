//! Pages of fictional policies, once plain and once with an attack in every text.

mod fixture;
mod matrix;
mod practice_set;
mod vendors;
mod versions;

use std::collections::BTreeSet;

use self::fixture::{Pen, hostile, plain, segments};
use self::matrix::matrix;
use self::practice_set::practice_set;
use self::vendors::vendors;
use self::versions::versions;
use super::*;
use crate::report::comparison::*;

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
        for (element, directive, n) in [("style", "style-src", 2), ("script", "script-src", 1)] {
            let selector = scraper::Selector::parse(element).unwrap();
            let found: Vec<String> = html
                .select(&selector)
                .map(|e| format!("'{}'", hash(&e.text().collect::<String>())))
                .collect();
            assert_eq!(found.len(), n, "{element}");
            assert!(policy.contains(&format!("{directive} {}", found.join(" "))), "{policy}");
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
fn nothing_hides_or_reverses_words() {
    let mut report = versions(plain);
    report.title = "Do \u{202e}ton\u{202c} s\u{ad}ell\u{1b}[2J".into();
    let brand =
        Brand::default().with_style("own.css", "a{content:'\u{200f}</script>\t'}".as_bytes()).unwrap();
    let page = branded_comparison(&report, &brand).unwrap();
    assert!(page.contains("<title>Do ton sell␛[2J</title>"));
    assert!(page.contains(&brand.style), "style stays as its hash says");
    assert!(page.contains(&lean(SCRIPT)));
}

#[test]
fn a_title_heads_printed_pages_and_no_more() {
    assert_eq!(running("隐私 2\u{202e}"), "@page{@top-left{content:\"隐私 2\"}}");
    let attack = running("\"}}</style><script>*{display:none}\\");
    assert!(!attack.contains('<') && attack.matches(['"', '{', '}']).count() == 6, "{attack}");
    assert!(running(&"x".repeat(500)).len() < 150);
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
    let words = parts::clipped(parts::words(&line, ""), Room::USUAL.edit);
    let text: String = words.iter().map(|w| w.text).collect();
    assert_eq!(text, format!(" … {near}旧新{near} … "));
    let short = segments(plain, "kept [-went-][+came+] kept");
    assert_eq!(parts::clipped(parts::words(&short, ""), Room::USUAL.edit).len(), 4);
}

#[test]
fn words_without_a_mark_are_cut_at_their_end() {
    let lone = segments(plain, &"甲".repeat(300));
    let cut = |clip| parts::clipped(parts::words(&lone, ""), clip).iter().map(|w| w.text).collect::<String>();
    assert_eq!(cut(Room::USUAL.quote), "甲".repeat(300));
    assert_eq!(cut(Room::USUAL.again), "甲".repeat(160) + " … ");
    let inserted = segments(plain, &format!("[+{}+]", "乙".repeat(300)));
    let words = parts::clipped(parts::words(&inserted, ""), Room::USUAL.again);
    assert!(words[0].inserted && words[0].text.chars().count() == 160 && words[1].text == " … ");
    assert_eq!(parts::clipped(parts::words(&inserted, ""), Room::NARROW.beside(false).again).len(), 1);
}

#[test]
fn a_sentence_is_quoted_whole_once() {
    let mut report = versions(plain);
    let mut twin = report.changes[0].clone();
    twin.id = "twin".into();
    report.changes.push(twin);
    let sentence = "Every word of it counts. ".repeat(30);
    for change in &mut report.changes {
        for evidence in [&mut change.old, &mut change.new].into_iter().flatten() {
            (evidence.start, evidence.end) = (0, 9);
            evidence.segments = segments(plain, &format!("[+{sentence}+]"));
        }
    }
    assert_eq!(comparison(&report).unwrap().matches(&sentence).count(), 2, "once a side");
    report.text.available = false;
    assert!(comparison(&report).unwrap().matches(&sentence).count() > 2, "where there is no text, always");
}

/// Texts of long sentences that tell much are quoted less, so that the page keeps its bound.
#[test]
fn long_sentences_give_way() {
    let mut report = long(50);
    let sentence = "and so on and so forth ".repeat(40);
    for (n, change) in report.changes.iter_mut().enumerate() {
        for evidence in [&mut change.old, &mut change.new].into_iter().flatten() {
            evidence.start = n;
            evidence.segments = segments(plain, &format!("[-{sentence}-]kept[+{sentence}+]"));
        }
    }
    let versions = comparison(&report).unwrap();
    report.relation = Relation::Vendors;
    let vendors = comparison(&report).unwrap();
    assert!(4 * versions.len() < 3 * vendors.len(), "{} and {}", versions.len(), vendors.len());
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
    assert!(count(".strip a path") <= 750);
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
