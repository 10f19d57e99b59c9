//! Edits that change no practice, by kind, each in a line or two that lead to the text.

use std::collections::BTreeMap;

use super::parts::{self, Clip, Room, Words};
use super::text;
use crate::diff::EditKind;
use crate::report::comparison::{Comparison, Edit, Evidence, Segment, SegmentMark};
use crate::report::messages::Messages;

/// Quotes of moved blocks are cut here: the text section has them whole.
const CLIP: usize = 160;

/// Edits of one kind.
pub(super) struct EditGroup<'a> {
    pub form: bool,
    pub label: String,
    pub about: String,
    pub count: String,
    pub items: Vec<EditRow<'a>>,
}

/// An edit in one line where its two sides can be joined, else in two.
pub(super) struct EditRow<'a> {
    pub row: Option<usize>,
    pub section: &'a str,
    pub lines: Vec<EditLine<'a>>,
}

/// A line of an edit.
pub(super) struct EditLine<'a> {
    pub lang: &'a str,
    pub segments: Vec<Words<'a>>,
    pub cut: bool,
}

/// All of them, the kinds that say most first.
pub(super) fn edits<'a>(
    m: &Messages,
    report: &'a Comparison,
    old_lang: &'a str,
    new_lang: &'a str,
    room: &Room,
) -> Vec<EditGroup<'a>> {
    let mut groups: BTreeMap<std::cmp::Reverse<EditKind>, Vec<&Edit>> = BTreeMap::new();
    // The kinds that say most come first.
    report.edits.iter().for_each(|e| groups.entry(std::cmp::Reverse(e.kind)).or_default().push(e));
    let rows = if report.text.available { report.text.rows.len() } else { 0 };
    groups
        .into_iter()
        .map(|(kind, edits)| EditGroup {
            form: text::is_form(kind.0),
            label: m.name("edit", &kind.0),
            about: m.name("edit-long", &kind.0),
            count: m.number(edits.len()),
            items: edits
                .into_iter()
                .map(|e| EditRow {
                    row: e.row.filter(|&r| r < rows),
                    section: e.new.as_ref().or(e.old.as_ref()).map_or("", |e| &e.section),
                    lines: edit_lines(e, old_lang, new_lang, room.edit),
                })
                .collect(),
        })
        .collect()
}

fn edit_lines<'a>(edit: &'a Edit, old_lang: &'a str, new_lang: &'a str, clip: Clip) -> Vec<EditLine<'a>> {
    let foreign = if old_lang == new_lang { "" } else { old_lang };
    if edit.kind == EditKind::Moved {
        let quote = edit.new.as_ref().or(edit.old.as_ref()).map_or("", |e| e.quote.as_str());
        let end = quote.char_indices().nth(CLIP).map_or(quote.len(), |(at, _)| at);
        let text = quote.get(..end).unwrap_or(quote);
        let cut = end < quote.len();
        return vec![EditLine {
            lang: new_lang,
            segments: parts::all_words(text, SegmentMark::Same, ""),
            cut,
        }];
    }
    if let (Some(old), Some(new)) = (&edit.old, &edit.new)
        && let Some(joined) = join(&old.segments, &new.segments)
    {
        let segments = joined
            .into_iter()
            .map(|s| Words {
                text: &s.text,
                deleted: s.mark == SegmentMark::Deleted,
                inserted: s.mark == SegmentMark::Inserted,
                lang: if s.mark == SegmentMark::Deleted { foreign } else { "" },
            })
            .collect();
        return vec![EditLine { lang: new_lang, segments: parts::clipped(segments, clip), cut: false }];
    }
    let line = |e: &'a Evidence, lang: &'a str, mark| {
        let marked = e.segments.iter().any(|s| s.mark != SegmentMark::Same);
        let segments =
            if marked { parts::words(&e.segments, "") } else { parts::all_words(&e.quote, mark, "") };
        EditLine { lang, segments: parts::clipped(segments, clip), cut: false }
    };
    let old = edit.old.as_ref().map(|e| line(e, old_lang, SegmentMark::Deleted));
    let new = edit.new.as_ref().map(|e| line(e, new_lang, SegmentMark::Inserted));
    old.into_iter().chain(new).collect()
}

/// Both sides' runs as one line, where their unchanged runs are the same; `None` where they are not.
fn join<'a>(old: &'a [Segment], new: &'a [Segment]) -> Option<Vec<&'a Segment>> {
    let same = |s: &&Segment| s.mark == SegmentMark::Same;
    let (mut old, mut new) = (old.iter().peekable(), new.iter().peekable());
    let mut line = Vec::new();
    loop {
        line.extend(std::iter::from_fn(|| old.next_if(|s| !same(s))));
        line.extend(std::iter::from_fn(|| new.next_if(|s| !same(s))));
        match (old.next(), new.next()) {
            (Some(a), Some(b)) if a.text == b.text => line.push(b),
            (None, None) => break,
            _ => return None,
        }
    }
    (line.iter().any(|s| s.mark != SegmentMark::Same)).then_some(line)
}
