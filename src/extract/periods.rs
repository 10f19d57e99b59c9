//! Periods that a model of sentences leaves out: "within 30 days", 90天, where a sentence is about keeping, answering or
//! announcing.

use super::cues::CUES;
use super::reading::Reading;
use super::{Mention, Origin, Role};
use crate::document::Document;
use crate::practice::{Category, bounds, durations};
use crate::text::Span;
use crate::vocabulary::{Kind, Vocabulary};

/// What a sentence must be about for a period in it to be told.
const ABOUT: [Category; 4] = [Category::Retention, Category::Rights, Category::Change, Category::Cessation];

/// Cuts a period off the end of the data before it: 搜索记录 | 30天.
pub(super) fn part(document: &Document, sentence: usize, reading: &Reading, found: &mut [Mention]) {
    let span = document.sentences[sentence].span;
    let from = found.iter().rposition(|m| m.span.end <= span.start).map_or(0, |i| i + 1);
    for period in reading.periods.iter().map(|period| period.span.shift(span.start)) {
        let holds = |m: &&mut Mention| {
            m.role == Role::Data && m.span.end == period.end && m.span.start < period.start
        };
        if let Some(mention) = found[from..].iter_mut().find(holds) {
            mention.span = Span::new(mention.span.start, period.start).trim(&document.text);
            mention.text = document.words(mention.span).to_string();
        }
    }
}

/// Periods of a sentence that none of the mentions found so far covers.
pub(super) fn missed(
    document: &Document,
    sentence: usize,
    reading: &Reading,
    found: &[Mention],
    vocabulary: &Vocabulary,
) -> Vec<Mention> {
    if reading.periods.is_empty() {
        return Vec::new();
    }
    let span = document.sentences[sentence].span;
    let from = found.iter().rposition(|m| m.span.end <= span.start).map_or(0, |i| i + 1);
    let by_verb = || {
        found[from..].iter().filter(|m| m.role == Role::Action).any(|m| {
            let verb = vocabulary.name(&m.text, Kind::Action, &document.language);
            verb.and_then(|id| vocabulary.category(id)).is_some_and(|category| ABOUT.contains(&category))
        })
    };
    let about = || ABOUT.iter().any(|category| reading.facts.categories.contains(category));
    if !(about() || by_verb()) {
        return Vec::new();
    }
    reading
        .periods
        .iter()
        .map(|period| period.span.shift(span.start))
        .filter(|period| found[from..].iter().all(|m| !m.span.overlaps(*period)))
        .map(|span| Mention {
            role: Role::Retention,
            span,
            text: document.words(span).to_string(),
            concept: None,
            origin: Origin::Pattern,
        })
        .collect()
}

/// Takes the words right beside a period that bound it into its mention: "no longer than | 90 days", 三年 | 以上.
pub(super) fn widen(document: &Document, sentence: usize, found: &mut [Mention]) {
    let span = document.sentences[sentence].span;
    let from = found.iter().rposition(|m| m.span.end <= span.start).map_or(0, |i| i + 1);
    found[from..].sort_by_key(|m| m.span);
    for i in from..found.len() {
        let here = found[i].span;
        if found[i].role != Role::Retention || here.start < span.start || here.end > span.end {
            continue;
        }
        let words = document.words(here);
        let periods = durations(words);
        let (Some(first), Some(last)) = (periods.first(), periods.last()) else { continue };
        let sentence_words = document.words(span);
        let at = here.start - span.start;
        let start = (first.span.start == 0).then(|| bounds(sentence_words, first.span.shift(at)).start);
        let end = (last.span.end == words.len()).then(|| bounds(sentence_words, last.span.shift(at)).end);
        let start = start.map_or(here.start, |start| start + span.start).min(here.start);
        let wide = Span::new(start, end.map_or(here.end, |end| end + span.start).max(here.end));
        let free = [i.checked_sub(1).filter(|&k| k >= from), Some(i + 1)]
            .into_iter()
            .flatten()
            .filter_map(|k| found.get(k))
            .all(|m| !m.span.overlaps(wide));
        if wide != here && free {
            found[i].span = wide;
            found[i].text = document.words(wide).to_string();
        }
    }
}

/// Whether a sentence with a period says how soon a request is answered: that is a matter of rights, whatever else it is
/// about.
pub(super) fn speaks_of_answers(words: &str) -> bool {
    let lower = words.to_lowercase();
    CUES.answers.iter().any(|cue| lower.contains(cue.as_str()))
}

#[cfg(test)]
mod tests {
    use crate::document::Document;
    use crate::ingest::{InputFormat, read};
    use crate::practice::PracticeSet;
    use crate::vocabulary::Vocabulary;

    #[test]
    fn periods_reach_the_practices() {
        for (text, iso) in [
            ("We will respond to your request to delete your data within 30 days.", "P30D"),
            ("我们会将您的订单信息保存90天。", "P90D"),
            ("We will respond to your request within 15 days of receiving it.", "P15D"),
        ] {
            let document = Document::new("p.txt", read("p.txt", text.as_bytes(), InputFormat::Auto).unwrap());
            let set = PracticeSet::from_document(document, Vocabulary::builtin());
            let found: Vec<_> = set
                .practices
                .iter()
                .flat_map(|p| &p.retention)
                .filter_map(|r| r.duration.as_deref())
                .collect();
            assert!(found.contains(&iso), "{text}: {found:?}");
        }
    }
}
