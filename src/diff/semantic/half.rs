//! One side of a unit: its sentences, what the edit touched in them, and what they claim.

use std::collections::BTreeSet;

use super::elsewhere::{Joined, is_pointer};
use super::facet_of;
use crate::diff::Facet;
use crate::diff::claims::{Claim, Claims};
use crate::diff::text::{Mark, runs};
use crate::diff::units::{Sides, Unit};
use crate::diff::words::Content;
use crate::document::{Block, BlockKind};
use crate::extract::places;
use crate::practice::{Category, PracticeSet, ages, durations};
use crate::text::{Language, Span, TokenKind, is_han, tokenize};

/// Items of one list that are looked over for what announces them, at most.
const LONGEST_LIST: usize = 100;
/// Cells of one table that are looked over for the head of a column, at most.
const LONGEST_TABLE: usize = 5_000;
/// Characters of a sentence that says by itself what it says, at least.
const SHORTEST_STATEMENT: usize = 12;
/// Words of a cell that is taken for a statement, at least.
const FEWEST_WORDS: usize = 6;
/// Words that are quoted behind one that only says how much, at most.
const MOST_COUNTED: usize = 4;
/// Letters that stay between two touched runs of one phrase, at most; a Han character counts for three.
const WIDEST_GAP: usize = 6;
/// Bytes between an item of a list and the words that continue the list, at most.
const NEAREST_ITEM: usize = 4;

/// One side of a unit.
pub(super) struct Half<'a> {
    set: &'a PracticeSet,
    pub claims: &'a Claims<'a>,
    pub sentences: &'a [usize],
    /// What the edit touched, in the document's text: all of an added or removed sentence, the changed words of a pair.
    pub touched: Vec<Span>,
    /// The words of the sentences, a line each.
    pub text: String,
}

/// Both sides of a unit.
pub(super) fn halves<'a>(sides: &'a Sides<'a>, unit: &'a Unit, joined: &Joined) -> (Half<'a>, Half<'a>) {
    let (touched_old, touched_new) = joined.leave_out(touched(sides, unit));
    let half = |set: &'a PracticeSet, claims: &'a Claims, sentences: &'a [usize], touched: Vec<Span>| {
        let words: Vec<&str> =
            sentences.iter().map(|&s| set.document.words(set.document.sentences[s].span)).collect();
        Half { set, claims, sentences, touched, text: words.join("\n") }
    };
    (
        half(sides.old, &sides.old_claims, &unit.old, touched_old),
        half(sides.new, &sides.new_claims, &unit.new, touched_new),
    )
}

fn touched(sides: &Sides, unit: &Unit) -> (Vec<Span>, Vec<Span>) {
    let (old_doc, new_doc) = (&sides.old.document, &sides.new.document);
    if unit.old.len() != unit.new.len() {
        return (
            unit.old.iter().map(|&s| old_doc.sentences[s].span).collect(),
            unit.new.iter().map(|&s| new_doc.sentences[s].span).collect(),
        );
    }
    let (mut old_spans, mut new_spans) = (Vec::new(), Vec::new());
    for (&o, &n) in unit.old.iter().zip(&unit.new) {
        let (o, n) = (old_doc.sentences[o].span, new_doc.sentences[n].span);
        if o.of(&old_doc.text) == n.of(&new_doc.text) {
            // Equal words are a unit only where a hand reads them otherwise: then all of them are in question.
            old_spans.push(o);
            new_spans.push(n);
            continue;
        }
        let (old_text, new_text) = (o.of(&old_doc.text), n.of(&new_doc.text));
        for run in runs(old_text, new_text) {
            match run.mark {
                Mark::Same => {}
                Mark::Deleted if is_in_path(old_text, run.old) => {}
                Mark::Inserted if is_in_path(new_text, run.new) => {}
                Mark::Deleted => old_spans.push(run.old.shift(o.start)),
                Mark::Inserted => new_spans.push(run.new.shift(n.start)),
            }
        }
    }
    (old_spans, new_spans)
}

/// Whether a run of words stands in a web address behind its site: another page of it is another link.
fn is_in_path(text: &str, run: Span) -> bool {
    let blank = |c: char| c.is_whitespace() || matches!(c, '<' | '>' | '"' | '，' | '。' | '）');
    let before = Span::new(0, run.start).of(text);
    let address = before.rsplit(blank).next().and_then(|address| address.split_once("://"));
    let behind_site = address.is_some_and(|(_, rest)| rest.contains(['/', '?', '#']));
    behind_site && !run.of(text).contains(char::is_whitespace)
}

impl Half<'_> {
    /// Claims whose words stand in the sentences.
    pub(super) fn claims(&self) -> impl Iterator<Item = &Claim<'_>> {
        self.sentences.iter().flat_map(|&s| self.claims.in_sentence(s))
    }

    pub(super) fn is_claimless(&self) -> bool {
        self.claims().next().is_none()
    }

    /// Whether the sentences, if any, only say where more can be read.
    pub(super) fn is_pointer(&self) -> bool {
        self.spans().all(|span| is_pointer(self.words(span)))
    }

    /// What was touched, joined where only a word or two between stayed.
    pub(super) fn phrases(&self) -> Vec<Span> {
        let mut phrases: Vec<Span> = Vec::new();
        for &span in &self.touched {
            let sentence = |span: Span| self.set.document.sentence_at(span.start);
            let joins = |last: &Span| {
                let gap = (last.end <= span.start).then(|| self.words(Span::new(last.end, span.start)));
                gap.filter(|_| sentence(*last) == sentence(span)).is_some_and(|gap| {
                    let letters = gap.chars().filter(|c| !c.is_whitespace());
                    let weight: usize = letters.clone().map(|c| if is_han(c) { 3 } else { 1 }).sum();
                    weight <= WIDEST_GAP && letters.clone().all(char::is_alphanumeric) && !gap.contains('\n')
                })
            };
            match phrases.last_mut().filter(|last| joins(last)) {
                Some(last) => *last = last.cover(span),
                None => phrases.push(span),
            }
        }
        phrases
    }

    /// A run that only says how much, with the words of which it says it: "some" with "some information about your".
    pub(super) fn with_what_it_counts(&self, run: Span) -> Span {
        let said = Content::of(self.words(run), self.language(), false);
        let bare = said.others.is_empty() && said.names.is_empty() && said.numbers.is_empty();
        let sentence = self.spans().find(|s| s.contains(run));
        let Some(sentence) = sentence.filter(|_| bare && !said.degrees.is_empty()) else { return run };
        let rest = self.words(Span::new(run.end, sentence.end));
        let tokens = tokenize(rest);
        let words = tokens.iter().take_while(|t| t.kind != TokenKind::Mark);
        let last = words.filter(|t| t.kind == TokenKind::Word).take(MOST_COUNTED).last();
        last.map_or(run, |t| run.cover(t.span.shift(run.end)))
    }

    /// A bare number with what it counts where that is no time: "50" with "50 photos", but not of "50 days".
    pub(super) fn counted_thing(&self, run: Span) -> Option<Span> {
        let sentence = self.spans().find(|s| s.contains(run))?;
        let words = self.words(run).trim();
        if words.is_empty() || !words.chars().all(|c| c.is_ascii_digit() || c == ',') {
            return None;
        }
        let rest = Span::new(run.end, sentence.end);
        let most = if *self.language() == Language::Zh { MOST_COUNTED } else { 1 };
        let tokens = tokenize(self.words(rest));
        let things = tokens.iter().take_while(|t| t.kind != TokenKind::Mark);
        let last = things.filter(|t| t.kind == TokenKind::Word).take(most).last()?;
        let whole = run.cover(last.span.shift(run.end));
        durations(self.words(whole)).is_empty().then_some(whole)
    }

    /// A run of digits with the rest of the number that it is part of: "0102" of "+44 20 7946 0102".
    pub(super) fn whole_number(&self, run: Span) -> Span {
        let part = |c: char| c.is_ascii_digit() || matches!(c, ' ' | '+' | '-' | '(' | ')' | '.' | '/');
        let sentence = self.spans().find(|s| s.contains(run));
        let Some(sentence) = sentence.filter(|_| self.words(run).chars().all(part)) else { return run };
        let before = self.words(Span::new(sentence.start, run.start));
        let after = self.words(Span::new(run.end, sentence.end));
        let start = sentence.start + before.trim_end_matches(part).len();
        let end = sentence.end - after.trim_start_matches(part).len();
        let whole = Span::new(start, end);
        let words = self.words(whole);
        let lead = words.len() - words.trim_start_matches([' ', ')', '.', '-', '/']).len();
        let tail = words.len() - words.trim_end_matches([' ', '(', '.', '-', '/']).len();
        Span::new(whole.start + lead, whole.end.saturating_sub(tail).max(whole.start + lead))
    }

    /// The claim whose list a run of words continues: "…, or face images" behind a kind of data.
    pub(super) fn listed_with(&self, run: Span) -> Option<&Claim<'_>> {
        let words = self.words(run).trim_start();
        let joined =
            [",", "and ", "or ", "、", "，", "和", "及", "或"].iter().any(|mark| words.starts_with(mark));
        let in_a_list = |claim: &&Claim| {
            matches!(claim.facet, Facet::Data | Facet::Purpose | Facet::Recipient | Facet::Source)
                && claim.span.start < run.start
                && claim.span.end + NEAREST_ITEM >= run.start
        };
        self.claims().filter(|_| joined).filter(in_a_list).max_by_key(|claim| claim.span.end)
    }

    /// Words that say what the sentences stand under: titles, lead-ins, and the two sentences before.
    pub(super) fn surroundings(&self) -> String {
        let document = &self.set.document;
        let Some(&first) = self.sentences.first() else { return String::new() };
        let block = document.sentences[first].block;
        let section = document.blocks[block].section;
        let before = (first.saturating_sub(2)..first)
            .filter(|&s| document.blocks[document.sentences[s].block].section == section)
            .map(|s| document.words(document.sentences[s].span));
        // What stands before a list announces its items, whether or not it is known as their lead-in.
        let items = document.blocks[..block].iter().rev().take(LONGEST_LIST);
        let list = items.take_while(|b| matches!(b.kind, BlockKind::Item(_))).count();
        let above =
            block.checked_sub(list + 1).filter(|_| matches!(document.blocks[block].kind, BlockKind::Item(_)));
        let above = above.map(|b| document.words(document.blocks[b].body));
        let leads = document.lead_ins(block).map(|b| document.words(document.blocks[b].body));
        let title = document.sections[section].title.as_str();
        std::iter::once(title)
            .chain(leads)
            .chain(above)
            .chain(before)
            .chain([self.text.as_str()])
            .collect::<Vec<_>>()
            .join("\n")
    }

    /// Whether the sentences are items of a list, or the first cells of rows.
    pub(super) fn is_listed(&self) -> bool {
        !self.sentences.is_empty() && self.heads().count() == self.sentences.len()
    }

    /// Those of the sentences that are items of a list, or stand in the first cells of rows.
    pub(super) fn heads(&self) -> impl Iterator<Item = Span> {
        let document = &self.set.document;
        let heads = |s: &&usize| {
            let kind = document.blocks[document.sentences[**s].block].kind;
            matches!(kind, BlockKind::Item(_) | BlockKind::Cell { column: 0, head: false, .. })
        };
        self.sentences.iter().filter(heads).map(|&s| document.sentences[s].span)
    }

    /// Whether all sentences stand in paragraphs and under no lead-in, so that they say by themselves what they say.
    pub(super) fn is_prose(&self) -> bool {
        let blocks = &self.set.document.blocks;
        let sentence = |s: &usize| self.set.document.sentences.get(*s);
        let prose = |block: &Block| matches!(block.kind, BlockKind::Paragraph) && block.lead_in.is_none();
        let long = |span: Span| self.words(span).chars().count() >= SHORTEST_STATEMENT;
        self.sentences.iter().all(|s| sentence(s).is_some_and(|s| prose(&blocks[s.block]) && long(s.span)))
    }

    /// What announces the list in which the sentences stand: its title and its lead-in.
    pub(super) fn announcement(&self) -> String {
        let document = &self.set.document;
        let Some(&first) = self.sentences.first() else { return String::new() };
        let block = document.sentences[first].block;
        let title = document.sections[document.blocks[block].section].title.clone();
        let before = document.blocks[..block].iter().rev().take(LONGEST_LIST);
        let above = before
            .take_while(|b| !matches!(b.kind, BlockKind::Heading))
            .find(|b| matches!(b.kind, BlockKind::Paragraph))
            .map_or("", |b| document.words(b.body));
        format!("{title}\n{above}")
    }

    pub(super) fn is_touched(&self, span: Span) -> bool {
        self.touched.iter().any(|t| t.overlaps(span))
    }

    /// Whether the sentences are cells of a table.
    pub(super) fn is_in_table(&self) -> bool {
        let document = &self.set.document;
        let is_cell =
            |s: &usize| matches!(document.blocks[document.sentences[*s].block].kind, BlockKind::Cell { .. });
        !self.sentences.is_empty() && self.sentences.iter().all(is_cell)
    }

    /// The cells in which the sentences stand, each with the head of its column.
    pub(super) fn cells(&self) -> impl Iterator<Item = (Span, Option<Span>)> {
        let document = &self.set.document;
        let mut blocks: Vec<usize> = self.sentences.iter().map(|&s| document.sentences[s].block).collect();
        blocks.dedup();
        blocks.into_iter().map(|block| (document.blocks[block].body, self.head_of(block)))
    }

    /// The first cell of a cell's column.
    fn head_of(&self, block: usize) -> Option<Span> {
        let blocks = &self.set.document.blocks;
        let BlockKind::Cell { table, column, .. } = blocks.get(block)?.kind else { return None };
        let same = |b: &&Block| matches!(b.kind, BlockKind::Cell { table: t, .. } if t == table);
        let above = blocks[..block].iter().rev().take(LONGEST_TABLE).take_while(same);
        above
            .filter(|b| matches!(b.kind, BlockKind::Cell { row: 0, column: c, .. } if c == column))
            .last()
            .map(|b| b.body)
    }

    /// Whether the document holds some words anywhere.
    pub(super) fn states(&self, words: &str) -> bool {
        self.set.document.text.contains(words)
    }

    /// The title of the section in which the sentences stand.
    pub(super) fn title(&self) -> &str {
        let document = &self.set.document;
        let section = self.sentences.first().map(|&s| document.blocks[document.sentences[s].block].section);
        section.map_or("", |section| document.sections[section].title.as_str())
    }

    /// Whether the edit took or put no words here.
    pub(super) fn is_untouched(&self) -> bool {
        self.touched.iter().all(|t| !self.words(*t).chars().any(char::is_alphanumeric))
    }

    pub(super) fn language(&self) -> &Language {
        &self.set.document.language
    }

    /// The words under a span of the document.
    pub(super) fn words(&self, span: Span) -> &str {
        self.set.document.words(span)
    }

    /// The touched words, a line each.
    pub(super) fn touched_text(&self) -> String {
        self.touched.iter().map(|t| self.words(*t)).collect::<Vec<_>>().join(" \n ")
    }

    /// Where the sentences stand in the document.
    pub(super) fn spans(&self) -> impl Iterator<Item = Span> {
        self.sentences.iter().map(|&s| self.set.document.sentences[s].span)
    }

    /// What the sentences are about by their own words.
    pub(super) fn categories(&self) -> BTreeSet<Category> {
        self.sentences
            .iter()
            .filter_map(|&s| self.set.facts.get(s))
            .flat_map(|f| f.categories.iter().copied())
            .collect()
    }

    /// What the lead-ins are about under which the sentences stand.
    pub(super) fn announced(&self) -> BTreeSet<Category> {
        let document = &self.set.document;
        let Some(&first) = self.sentences.first() else { return BTreeSet::new() };
        let leads = document.lead_ins(document.sentences[first].block);
        let sentences = leads.flat_map(|b| document.blocks[b].sentences.0..document.blocks[b].sentences.1);
        let facts = sentences.filter_map(|s| self.set.facts.get(s));
        facts.flat_map(|f| f.categories.iter().copied()).collect()
    }

    /// Whether the sentences say that something goes to other countries, none of them named.
    pub(super) fn goes_abroad(&self) -> bool {
        places(&self.text).iter().any(|place| place.code == "ABROAD")
    }

    /// Facets that the sentences are about as a whole.
    pub(super) fn about(&self) -> BTreeSet<Facet> {
        let mut about: BTreeSet<Facet> = self.categories().into_iter().filter_map(facet_of).collect();
        // A cell of few words says nothing of people's ages, unless it names one.
        if self.is_in_table()
            && self.text.split_whitespace().count() < FEWEST_WORDS
            && ages(&self.text).is_empty()
        {
            about.remove(&Facet::Minors);
        }
        about
    }
}
