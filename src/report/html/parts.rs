//! The pieces that pages share: sides, signs, marked words, links, anchors.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use crate::assess::{Direction, Severity};
use crate::diff::{ChangeKind, Relation};
use crate::practice::Polarity;
use crate::report::comparison::{Evidence, Segment, SegmentMark, Side};
use crate::report::messages::{Messages, code};
use crate::report::table;

/// A document, as a page's head shows it.
pub(super) struct SideView {
    pub name: String,
    pub title: String,
    pub source: String,
    pub lang: String,
    pub facts: Vec<String>,
    /// Label and value, for the section about the report.
    pub about: Vec<(String, String)>,
}

impl SideView {
    pub(super) fn new(m: &Messages, name: &str, side: &Side) -> SideView {
        let language = m.language_name(&side.language);
        let words = m.count("side.words", side.words);
        let practices = side.practices.map(|n| m.count("side.practices", n)).unwrap_or_default();
        let reading = m.count("side.reading", side.reading_minutes);
        let length = [
            m.count("side.characters", side.characters),
            words.clone(),
            m.count("side.sections", side.sections),
            m.count("side.sentences", side.sentences),
        ];
        let mut about = vec![
            (m.get("side.source").to_owned(), side.source.clone()),
            (m.get("side.language").to_owned(), language.clone()),
            (m.get("side.format").to_owned(), format_name(m, &side.format)),
            (m.get("side.encoding").to_owned(), side.encoding.clone()),
            (m.get("side.length").to_owned(), length.join(m.get("join.list"))),
        ];
        let dates = m.stated_dates(&side.dates);
        if !dates.is_empty() {
            about.insert(1, (m.get("side.dates").to_owned(), dates.join(m.get("join.clause"))));
        }
        about.extend(side.model.iter().map(|file| (m.get("side.model").to_owned(), file.clone())));
        SideView {
            name: name.to_owned(),
            title: side.title.clone(),
            source: side.source.clone(),
            lang: tag(&side.language).to_owned(),
            facts: dates.into_iter().chain([language, words, reading, practices]).collect(),
            about,
        }
    }
}

/// A choice by which cards are filtered.
pub(super) struct Filter {
    /// The group of value names, and the card's data attribute.
    pub name: &'static str,
    pub label: &'static str,
    /// Code and words with count, of the values that are there.
    pub options: Vec<(String, String)>,
}

impl Filter {
    pub(super) fn new<T: Serialize + Ord>(
        m: &'static Messages,
        name: &'static str,
        label: &'static str,
        values: impl Iterator<Item = T>,
    ) -> Filter {
        let mut counts: BTreeMap<T, usize> = BTreeMap::new();
        values.for_each(|v| *counts.entry(v).or_default() += 1);
        let option = |(v, n): (&T, &usize)| (code(v), format!("{} ({})", m.name(name, v), m.number(*n)));
        Filter { name, label: m.get(label), options: counts.iter().map(option).collect() }
    }
}

/// Formats outside the catalogue keep their own name.
pub(super) fn format_name(m: &Messages, format: &str) -> String {
    let key = format!("format.{format}");
    let name = m.get(&key);
    if name == key { format.to_owned() } else { name.to_owned() }
}

/// A run of words in a marked text.
pub(super) struct Words<'a> {
    pub text: &'a str,
    pub deleted: bool,
    pub inserted: bool,
    /// The language of deleted words where it is not the language around them; else empty.
    pub lang: &'a str,
}

/// Marked runs of words; `lang` is set on what only the old side has.
pub(super) fn words<'a>(segments: &'a [Segment], lang: &'a str) -> Vec<Words<'a>> {
    segments
        .iter()
        .filter(|s| !s.text.is_empty())
        .map(|s| Words {
            text: &s.text,
            deleted: s.mark == SegmentMark::Deleted,
            inserted: s.mark == SegmentMark::Inserted,
            lang: if s.mark == SegmentMark::Deleted { lang } else { "" },
        })
        .collect()
}

/// Words with one mark throughout.
pub(super) fn all_words<'a>(text: &'a str, mark: SegmentMark, lang: &'a str) -> Vec<Words<'a>> {
    vec![Words {
        text,
        deleted: mark == SegmentMark::Deleted,
        inserted: mark == SegmentMark::Inserted,
        lang: if mark == SegmentMark::Deleted { lang } else { "" },
    }]
}

/// How much of marked words is shown, in characters. What is left out stands whole in the text.
#[derive(Clone, Copy)]
pub(super) struct Clip {
    /// Unchanged words on each side of a mark.
    context: usize,
    /// The beginning of marked words, or of words without any mark.
    marked: usize,
    /// Whether the words before a list go with its items.
    lead_in: bool,
}

/// How much a page quotes where the text can be read whole below.
pub(super) struct Room {
    /// Of a sentence that is quoted for the first time.
    pub quote: Clip,
    /// Of a sentence that an earlier card quotes.
    pub again: Clip,
    /// Of an edit, of which there are many.
    pub edit: Clip,
    /// Characters of the words of a slot.
    pub slot: usize,
    /// Whether more is shown than has to be: the other side of unclear words, and sentences in the table of practices.
    pub more: bool,
}

impl Room {
    /// As much as can be read with ease.
    pub(super) const USUAL: Room = Room {
        quote: Clip { context: 200, marked: usize::MAX, lead_in: true },
        again: Clip { context: 40, marked: 160, lead_in: true },
        edit: Clip { context: 40, marked: 200, lead_in: false },
        slot: usize::MAX,
        more: true,
    };
    /// For texts whose sentences are so long, and tell so much, that the page would be many times as long as they are.
    pub(super) const NARROW: Room = Room {
        quote: Clip { context: 30, marked: 120, lead_in: false },
        again: Clip { context: 20, marked: 60, lead_in: false },
        edit: Clip { context: 20, marked: 80, lead_in: false },
        slot: 60,
        more: false,
    };
    /// For practice sets: there is no text to look the rest up in.
    const ALL: Clip = Clip { context: usize::MAX / 4, marked: usize::MAX, lead_in: true };

    /// With all words where there is no text to look them up in.
    pub(super) fn beside(&self, text_is_there: bool) -> Room {
        let clip = |clip| if text_is_there { clip } else { Room::ALL };
        Room {
            quote: clip(self.quote),
            again: clip(self.again),
            edit: clip(self.edit),
            slot: if text_is_there { self.slot } else { usize::MAX },
            more: self.more || !text_is_there,
        }
    }
}

/// Marked words with what is long cut to what stands next to a mark.
pub(super) fn clipped(words: Vec<Words<'_>>, clip: Clip) -> Vec<Words<'_>> {
    let last = words.len().saturating_sub(1);
    let mut out = Vec::with_capacity(words.len());
    for (i, run) in words.into_iter().enumerate() {
        let (before, after) = match () {
            () if run.deleted || run.inserted || last == 0 => (clip.marked, 0),
            () if i == 0 => (0, clip.context),
            () if i == last => (clip.context, 0),
            () => (clip.context, clip.context),
        };
        // A few characters more are no longer than the sign that they are left out.
        if run.text.chars().nth(before.saturating_add(after).saturating_add(8)).is_none() {
            out.push(run);
            continue;
        }
        let head = run.text.char_indices().nth(before).map_or(0, |(at, _)| at);
        let tail = run.text.char_indices().rev().nth(after.saturating_sub(1)).map_or(0, |(at, _)| at);
        let part = |text, marked: bool| Words {
            text,
            deleted: marked && run.deleted,
            inserted: marked && run.inserted,
            lang: if marked { run.lang } else { "" },
        };
        if before > 0 {
            out.push(part(run.text.get(..head).unwrap_or(""), true));
        }
        out.push(part(" … ", false));
        if after > 0 {
            out.push(part(run.text.get(tail..).unwrap_or(""), true));
        }
    }
    out
}

/// A quotation with its marks and its place.
pub(super) struct Quote<'a> {
    pub side: String,
    /// Said instead of a quote, where this side has none.
    pub missing: String,
    /// Its language where it is not the report's; else empty.
    pub lang: &'a str,
    /// The words before its list; empty for none.
    pub lead_in: &'a str,
    pub segments: Vec<Words<'a>>,
    pub section: &'a str,
}

impl<'a> Quote<'a> {
    pub(super) fn new(
        m: &Messages,
        evidence: Option<&'a Evidence>,
        old: bool,
        relation: Relation,
        lang: &'a str,
        clip: Clip,
    ) -> Quote<'a> {
        let which = if old { "old" } else { "new" };
        let vendors = relation == Relation::Vendors;
        let suffix = if vendors { ".vendors" } else { "" };
        let segments = match evidence {
            // A vendor's sentence with nothing in common with the other's is no deletion: it is just a sentence.
            Some(e)
                if e.segments.is_empty()
                    || vendors && e.segments.iter().all(|s| s.mark != SegmentMark::Same) =>
            {
                all_words(&e.quote, SegmentMark::Same, "")
            }
            Some(e) => words(&e.segments, ""),
            None => Vec::new(),
        };
        Quote {
            side: m.get(&format!("side.{which}.{}", code_of(relation))).to_owned(),
            missing: match evidence {
                Some(_) => String::new(),
                None => m.get(&format!("compare.not-stated.{which}{suffix}")).to_owned(),
            },
            lang: if tag(m.language()) == lang { "" } else { lang },
            lead_in: evidence.and_then(|e| e.lead_in.as_deref()).filter(|_| clip.lead_in).unwrap_or_default(),
            segments: clipped(segments, clip),
            section: evidence.map_or("", |e| &e.section),
        }
    }
}

pub(super) fn code_of(relation: Relation) -> &'static str {
    match relation {
        Relation::Versions => "versions",
        Relation::Vendors => "vendors",
    }
}

/// A sign beside its word, so that colour is never alone.
pub(super) fn direction_sign(direction: Direction) -> &'static str {
    table::arrow(direction)
}

/// As many full dots as it matters.
pub(super) fn severity_sign(severity: Severity) -> &'static str {
    match severity {
        Severity::High => "●●●",
        Severity::Medium => "●●○",
        Severity::Low => "●○○",
    }
}

/// The sign of a change's kind.
pub(super) fn kind_sign(kind: ChangeKind) -> &'static str {
    table::kind_sign(kind)
}

/// The sign of what is stated and of what is ruled out.
pub(super) fn polarity_sign(polarity: Polarity) -> &'static str {
    table::polarity_sign(polarity)
}

/// An address to link to: only http and https, only characters of an address, so that nothing else can be smuggled in.
pub(super) fn address(iri: Option<&String>) -> &str {
    let Some(iri) = iri else { return "" };
    let web = iri.starts_with("https://") || iri.starts_with("http://");
    let plain = |c: char| c.is_ascii_alphanumeric() || "-._~:/?#@!$&*+,;=%".contains(c);
    if web && iri.chars().all(plain) { iri } else { "" }
}

/// A language tag fit for `lang`; `und` for anything else.
pub(super) fn tag(code: &str) -> &str {
    match code {
        "zh" => "zh-Hans",
        _ if !code.is_empty() && code.chars().all(|c| c.is_ascii_alphanumeric() || c == '-') => code,
        _ => "und",
    }
}

/// Names for anchors, one an id: letters, digits, - and _ only, and no two alike.
pub(super) fn anchors<'a>(ids: impl Iterator<Item = &'a String>) -> BTreeMap<&'a str, String> {
    let mut names = BTreeMap::new();
    let mut taken = BTreeSet::new();
    for id in ids {
        let plain = |c: char| if c.is_ascii_alphanumeric() || c == '-' { c } else { '_' };
        let base: String = id.chars().map(plain).collect();
        let mut name = base.clone();
        let mut n = 2;
        while !taken.insert(name.clone()) {
            name = format!("{base}_{n}");
            n += 1;
        }
        names.entry(id.as_str()).or_insert(name);
    }
    names
}
