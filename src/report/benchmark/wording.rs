//! What all formats of the benchmark say in the same words.

use super::{Benchmark, CellStatus, Pair, RetentionPeriod, Standout, Vendor};
use crate::report::messages::Messages;
use crate::report::neutral::neutral;

/// How many vendors and concepts there are, as a sentence.
pub(in crate::report) fn size(report: &Benchmark, m: &Messages) -> String {
    let counts = [
        m.count("benchmark.count-vendors", report.vendors.len()),
        m.count("benchmark.count-rows", report.rows.len()),
    ];
    m.fill("benchmark.size", &[("counts", &counts.join(m.get("join.list")))])
}

/// Which two vendors are most alike, as a sentence; empty for fewer than three.
pub(in crate::report) fn most_alike(report: &Benchmark, m: &Messages) -> String {
    let best = report
        .similarity
        .iter()
        .max_by_key(|pair| (pair.percent, std::cmp::Reverse((pair.first, pair.second))));
    let named = |n: usize| report.vendors.get(n).map(|v| v.name.as_str());
    match best.and_then(|pair: &Pair| Some((pair, named(pair.first)?, named(pair.second)?))) {
        Some((pair, first, second)) if report.vendors.len() > 2 && pair.percent > 0 => m.fill(
            "benchmark.most-alike",
            &[("first", first), ("second", second), ("percent", &pair.percent.to_string())],
        ),
        _ => String::new(),
    }
}

/// Language, length, time, sentence length, long sentences, vague sentences, and the language's own measure.
pub(in crate::report) fn vendor_facts(vendor: &Vendor, m: &Messages) -> Vec<String> {
    let side = &vendor.side;
    let read = &vendor.readability;
    let number = |n: f64| format!("{n:.1}");
    let unit = if side.language == "zh" { "read.characters" } else { "read.words" };
    let percent = |n: f64| format!("{n:.0}%");
    let sentences = read.sentences > 0;
    let shown = |text: String| if sentences { text } else { "–".to_owned() };
    vec![
        m.language_name(&neutral(&side.language)),
        // A Han character is counted as a word.
        m.count(if side.language == "zh" { "side.characters" } else { "side.words" }, side.words),
        m.count("side.reading", read.minutes),
        shown(m.fill(unit, &[("n", &number(read.sentence_length))])),
        shown(percent(read.long_sentences)),
        shown(percent(read.vague_sentences)),
        match (read.reading_ease, read.grade, read.clause_length) {
            (Some(ease), Some(grade), _) => {
                m.fill("read.flesch", &[("ease", &number(ease)), ("grade", &number(grade))])
            }
            (_, _, Some(clause)) => m.fill("read.clause", &[("n", &number(clause))]),
            _ => "–".to_owned(),
        },
    ]
}

/// The sign of a status, told by shape alone.
pub(in crate::report) fn sign(status: CellStatus) -> &'static str {
    match status {
        CellStatus::Stated => "✓",
        CellStatus::Negated => "✗",
        CellStatus::Both => "±",
        CellStatus::Silent => "·",
        CellStatus::Below => "↓",
        CellStatus::Within => "(✓)",
        CellStatus::RuledOut => "(✗)",
    }
}

/// All signs with their meaning.
pub(in crate::report) fn legend(m: &Messages) -> String {
    CellStatus::ALL
        .iter()
        .map(|status| format!("{} {}", sign(*status), m.name("status-long", status)))
        .collect::<Vec<_>>()
        .join(m.get("join.clause"))
}

/// The concepts of a standout, by topic: "Data collected: location, face data; Rights: …".
pub(in crate::report) fn standout_concepts(view: &Benchmark, standout: &Standout, m: &Messages) -> String {
    let mut topics: Vec<(String, Vec<String>)> = Vec::new();
    for row in standout.rows.iter().filter_map(|&row| view.rows.get(row)) {
        let topic = m.name("topic", &row.topic);
        let label = neutral(&row.label);
        match topics.last_mut().filter(|(last, _)| *last == topic) {
            Some((_, labels)) => labels.push(label),
            None => topics.push((topic, vec![label])),
        }
    }
    let named = topics
        .iter()
        .map(|(topic, labels)| format!("{topic}{}{}", m.get("join.colon"), labels.join(m.get("join.list"))));
    named.collect::<Vec<_>>().join(m.get("join.clause"))
}

/// Periods and criteria of a cell: "3 years (1,095 days)".
pub(in crate::report) fn kept(periods: &[RetentionPeriod], m: &Messages) -> Vec<String> {
    periods
        .iter()
        .map(|p| {
            let mut text = neutral(&p.label);
            let in_days = p.duration.as_ref().is_some_and(|iso| iso.ends_with('D'));
            if let Some(days) = p.days.filter(|_| !in_days) {
                text = m.aside(&text, &m.count("value.days", days as usize));
            }
            if p.evidence.negated {
                text = m.aside(&text, m.get("polarity.negated"));
            }
            text
        })
        .collect()
}

/// The lists of standouts with their headings.
pub(in crate::report) fn standouts<'a>(
    view: &'a Benchmark,
    m: &'static Messages,
) -> [(&'static str, &'a [Standout]); 3] {
    [
        (m.get("benchmark.only"), &view.only),
        (m.get("benchmark.only-not"), &view.only_ruled_out),
        (m.get("benchmark.all-but-one"), &view.all_but_one),
    ]
}
