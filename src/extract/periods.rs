//! Periods that a model of sentences leaves out: "within 30 days", 90天, where a sentence is about keeping, answering or
//! announcing.

use super::cues::CUES;
use super::sentence::Sentence;
use super::{Mention, Origin, Role};
use crate::practice::{Category, bounds, durations};
use crate::text::Span;

/// What a sentence must be about for a period in it to be told.
const ABOUT: [Category; 4] = [Category::Retention, Category::Rights, Category::Change, Category::Cessation];

/// Cuts a period off the end of the data before it: 搜索记录 | 30天.
pub(super) fn part(sentence: &Sentence, found: &mut [Mention]) {
    for period in sentence.periods.iter().map(|period| period.span) {
        let holds = |m: &&mut Mention| {
            m.role == Role::Data && m.span.end == period.end && m.span.start < period.start
        };
        if let Some(mention) = found.iter_mut().find(holds) {
            mention.span = Span::new(mention.span.start, period.start).trim(sentence.words);
            mention.text = mention.span.of(sentence.words).to_string();
        }
    }
}

/// Periods of a sentence that none of the mentions found so far covers.
pub(super) fn missed(sentence: &Sentence, found: &[Mention]) -> Vec<Mention> {
    if sentence.periods.is_empty() {
        return Vec::new();
    }
    let by_verb = || {
        let verbs = found.iter().filter(|m| m.role == Role::Action);
        verbs.filter_map(|m| sentence.category_of(&m.text)).any(|category| ABOUT.contains(&category))
    };
    let about = || ABOUT.iter().any(|category| sentence.categories.contains(category));
    if !(about() || by_verb()) {
        return Vec::new();
    }
    let free = |period: &Span| found.iter().all(|m| !m.span.overlaps(*period));
    let periods = sentence.periods.iter().map(|period| period.span).filter(free);
    periods.map(|span| sentence.mention(Role::Retention, span, Origin::Pattern)).collect()
}

/// Takes the words right beside a period that bound it into its mention: "no longer than | 90 days", 三年 | 以上.
pub(super) fn widen(sentence: &Sentence, found: &mut [Mention]) {
    found.sort_by_key(|m| m.span);
    for i in 0..found.len() {
        let here = found[i].span;
        if found[i].role != Role::Retention {
            continue;
        }
        let words = here.of(sentence.words);
        let periods = durations(words);
        let (Some(first), Some(last)) = (periods.first(), periods.last()) else { continue };
        let bounds = |period: Span| bounds(sentence.words, period.shift(here.start));
        let start = (first.span.start == 0).then(|| bounds(first.span).start);
        let end = (last.span.end == words.len()).then(|| bounds(last.span).end);
        let wide =
            Span::new(start.unwrap_or(here.start).min(here.start), end.unwrap_or(here.end).max(here.end));
        let beside = [i.checked_sub(1), Some(i + 1)].into_iter().flatten().filter_map(|k| found.get(k));
        if wide != here && beside.into_iter().all(|m| !m.span.overlaps(wide)) {
            found[i].span = wide;
            found[i].text = wide.of(sentence.words).to_string();
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
