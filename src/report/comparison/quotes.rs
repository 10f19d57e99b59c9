//! Sentences as the report quotes them: with their place, the words before their list, and what differs marked.

use super::build::Builder;
use super::{Evidence, Segment, SegmentMark};
use crate::diff::text::{self, Mark, Run};
use crate::diff::{Place, Relation};
use crate::document::Document;
use crate::practice::PracticeSet;
use crate::text::Span;

/// What came or went is named by at most this many bytes of a quote.
const LONGEST_QUOTE: usize = 4_000;
/// So much of the end of a lead-in is quoted, in characters.
const LONGEST_LEAD_IN: usize = 160;

impl Builder<'_> {
    /// Both quotes, with what differs marked where both are there.
    pub(super) fn quotes(
        &self,
        old: Option<Place>,
        new: Option<Place>,
    ) -> (Option<Evidence>, Option<Evidence>) {
        let (old_doc, new_doc) = (&self.old.document, &self.new.document);
        let (old, new) = (old.map(|p| self.evidence(self.old, p)), new.map(|p| self.evidence(self.new, p)));
        match (old, new) {
            (Some((mut old, a)), Some((mut new, b))) => {
                let runs = text::runs(a.of(&old_doc.text), b.of(&new_doc.text));
                old.segments = segments(&runs, &old.quote, &new.quote, Some(SegmentMark::Deleted));
                new.segments = segments(&runs, &old.quote, &new.quote, Some(SegmentMark::Inserted));
                (Some(old), Some(new))
            }
            (old, new) => {
                let whole = |e: Option<(Evidence, Span)>, mark| {
                    e.map(|(mut e, _)| {
                        // For vendors a quote is a statement, not an edit.
                        let mark = if self.difference.relation == Relation::Vendors {
                            SegmentMark::Same
                        } else {
                            mark
                        };
                        e.segments = vec![Segment { mark, text: e.quote.clone() }];
                        e
                    })
                };
                (whole(old, SegmentMark::Deleted), whole(new, SegmentMark::Inserted))
            }
        }
    }

    fn evidence(&self, set: &PracticeSet, place: Place) -> (Evidence, Span) {
        let document = &set.document;
        let mut span = place.span;
        let words = span.of(&document.text);
        if words.len() > LONGEST_QUOTE {
            let cut =
                words.char_indices().map(|(i, _)| i).take_while(|&i| i <= LONGEST_QUOTE).last().unwrap_or(0);
            span.end = span.start + cut;
        }
        let original = set.original(span);
        let evidence = Evidence {
            quote: document.words(span).to_string(),
            lead_in: lead_in(document, place.block, span),
            section: document.section_path(place.section).join(" › "),
            start: original.start,
            end: original.end,
            segments: Vec::new(),
        };
        (evidence, span)
    }

    /// A quote without marks.
    pub(super) fn plain(&self, set: &PracticeSet, place: Place) -> Evidence {
        let mut evidence = self.evidence(set, place).0;
        evidence.segments = vec![Segment { mark: SegmentMark::Same, text: evidence.quote.clone() }];
        evidence
    }
}

/// The words before the list of which a sentence is an item, without which "your voice;" says nothing.
fn lead_in(document: &Document, block: usize, span: Span) -> Option<String> {
    let lead = document.blocks.get(document.blocks.get(block)?.lead_in?)?;
    if span.start <= lead.span.start {
        return None; // quoted with it
    }
    let words = document.words(lead.span).trim();
    let from = words.char_indices().rev().nth(LONGEST_LEAD_IN).map(|(at, _)| at);
    let short = match from {
        Some(at) => format!("… {}", words.get(at..)?.trim_start()),
        None => words.to_owned(),
    };
    (!short.is_empty()).then_some(short)
}

/// One side's words of a diff: what both have and what only this side has.
fn segments(runs: &[Run], old: &str, new: &str, only: Option<SegmentMark>) -> Vec<Segment> {
    let mut segments: Vec<Segment> = Vec::new();
    for run in runs {
        let (mark, words) = match (run.mark, only) {
            (Mark::Same, Some(SegmentMark::Deleted)) => (SegmentMark::Same, run.old.of(old)),
            (Mark::Same, _) => (SegmentMark::Same, run.new.of(new)),
            (Mark::Deleted, Some(SegmentMark::Deleted)) => (SegmentMark::Deleted, run.old.of(old)),
            (Mark::Inserted, Some(SegmentMark::Inserted)) => (SegmentMark::Inserted, run.new.of(new)),
            _ => continue,
        };
        match segments.last_mut() {
            Some(last) if last.mark == mark => last.text.push_str(words),
            _ => segments.push(Segment { mark, text: words.to_string() }),
        }
    }
    segments
}
