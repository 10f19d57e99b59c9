//! A document to its practice set.
//!
//! Sentence by sentence: mentions are linked to their verbs, each verb gets its stance and category. List items without a
//! verb of their own hang on the verb of their lead-in: "We collect: • IMEI • MAC" is one collecting of two data items.
//! A sentence that is about something (security, contact …) but names no verb of practice still states a bare practice.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use rayon::prelude::*;

use super::above::Outline;
use super::antecedents::Antecedents;
use super::assemble::for_each_part;
use super::category::Category;
use super::link::{Clause, Linked, Links, link};
use super::model::{Evidence, Modality, Polarity, Practice, Retention};
use super::period::period;
use super::scope::Scope;
use super::set::{PracticeSet, SentenceFacts, SetOrigin};
use super::{fingerprint, stance};
use crate::document::{BlockKind, Document};
use crate::extract::{self, Mention, OfDocument, Readings};
use crate::model::{Model, Models};
use crate::text::{Language, Span, mainland, simplified};
use crate::vocabulary::Vocabulary;

/// A list of more bytes, lead-in included, is quoted by its lead-in alone.
const LONGEST_LIST_QUOTE: usize = 600;

/// The most characters of a label before the sentences of its block.
const LONGEST_LABEL: usize = 40;

/// Categories that a sentence can state without a verb of practice.
const BARE: [Category; 8] = [
    Category::Security,
    Category::Rights,
    Category::Audience,
    Category::Transfer,
    Category::Change,
    Category::Contact,
    Category::Cessation,
    Category::Retention,
];

impl PracticeSet {
    /// Reads the practices of a document with the built-in models.
    pub fn from_document(document: Document, vocabulary: &Vocabulary) -> PracticeSet {
        PracticeSet::with_models(document, vocabulary, Models::builtin())
    }

    /// Reads the practices of a document.
    pub fn with_models(document: Document, vocabulary: &Vocabulary, models: &Models) -> PracticeSet {
        let (document, original) = in_simplified(document);
        let readings = Readings::of(std::slice::from_ref(&document), vocabulary, models);
        PracticeSet::whole(document, original, readings.of_document(0), vocabulary, models)
    }

    /// Reads the practices of several documents, in their order. What they say in the same words is read once.
    pub fn from_documents(
        documents: Vec<Document>,
        vocabulary: &Vocabulary,
        models: &Models,
    ) -> Vec<PracticeSet> {
        let (documents, originals): (Vec<Document>, Vec<Option<Document>>) =
            documents.into_iter().map(in_simplified).unzip();
        let readings = Readings::of(&documents, vocabulary, models);
        let documents = documents.into_par_iter().zip(originals).enumerate();
        documents
            .map(|(i, (document, original))| {
                PracticeSet::whole(document, original, readings.of_document(i), vocabulary, models)
            })
            .collect()
    }

    /// All that a document says; `original` is how it is written where that is not as it was read.
    fn whole<'v>(
        document: Document,
        original: Option<Document>,
        readings: OfDocument<'_, 'v>,
        vocabulary: &'v Vocabulary,
        models: &Models,
    ) -> PracticeSet {
        let sentences: Vec<usize> = (0..document.sentences.len()).collect();
        let mut read = practices(&document, &sentences, readings, vocabulary);
        fingerprint::number(&mut read.practices);
        if let Some(original) = &original {
            read.quote(original);
        }
        PracticeSet {
            origin: SetOrigin::Document,
            model: models.for_language(&document.language).and_then(Model::file).map(str::to_owned),
            lists: readings.lists(&document),
            facts: settled(&document, &sentences, &read.practices, readings),
            mentions: read.mentions,
            practices: read.practices,
            document: original.unwrap_or(document),
        }
    }
}

/// What some sentences of a document say.
pub(super) struct Read {
    pub mentions: Vec<Mention>,
    /// In the order of the sentences, without ids.
    pub practices: Vec<Practice>,
}

impl Read {
    /// Puts the words of a document of the same spans in place of those that were read.
    pub fn quote(&mut self, document: &Document) {
        let quote = |mention: &mut Mention| mention.text = document.words(mention.span).to_string();
        self.mentions.iter_mut().for_each(quote);
        for practice in &mut self.practices {
            for_each_part(practice, quote);
            let evidence = &mut practice.evidence;
            evidence.quote = document.words(evidence.span).to_string();
            if let Some(sentence) = document.sentence_at(evidence.span.start) {
                let section = document.blocks[document.sentences[sentence].block].section;
                evidence.section = document.section_path(section).join(" › ");
            }
        }
    }
}

/// The practices of some sentences, which are in order and hold all that must be read together.
pub(super) fn practices<'v>(
    document: &Document,
    sentences: &[usize],
    readings: OfDocument<'_, 'v>,
    vocabulary: &'v Vocabulary,
) -> Read {
    let mentions = extract::mentions(document, sentences, vocabulary, readings);
    let outline = Outline::new(document, readings);
    let mut reader =
        Reader { document, vocabulary, mentions: &mentions, readings, outline, drafts: Vec::new() };
    reader.read(sentences);
    let mut antecedents = Antecedents::new(document, &mentions);
    let practices = reader.drafts.iter().map(|draft| reader.finish(draft, &mut antecedents)).collect();
    Read { mentions, practices }
}

/// A practice in the making: indices instead of words.
#[derive(Clone, Debug)]
struct Draft {
    linked: Linked,
    polarity: Polarity,
    modality: Modality,
    category: Category,
    sentence: usize,
    /// Last byte of the list items that hang on it.
    list_end: Option<usize>,
    /// Which of the sentence's groups of coordinated verbs it belongs to; none if it is what the sentence excepts.
    group: Option<usize>,
}

pub(super) struct Reader<'a> {
    pub document: &'a Document,
    pub vocabulary: &'a Vocabulary,
    pub mentions: &'a [Mention],
    pub readings: OfDocument<'a, 'a>,
    pub outline: Outline<'a>,
    drafts: Vec<Draft>,
}

impl Reader<'_> {
    fn read(&mut self, sentences: &[usize]) {
        // Drafts of each block's last sentence with a verb, for the items it leads in.
        let mut of_block: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
        let mut from = 0;
        for &i in sentences {
            let sentence = &self.document.sentences[i];
            from += self.mentions[from..].partition_point(|m| m.span.start < sentence.span.start);
            let to = from + self.mentions[from..].partition_point(|m| m.span.start < sentence.span.end);
            let links =
                link(&self.document.text, sentence.span, self.mentions, from..to, &self.document.language);
            from = to;
            let first = self.drafts.len();
            if links.practices.is_empty() {
                self.hang(i, links.loose, &of_block);
            } else {
                self.draft(i, links);
            }
            if self.drafts.len() > first {
                of_block.insert(sentence.block, (first..self.drafts.len()).collect());
            }
        }
    }

    /// Practices of a sentence with verbs.
    fn draft(&mut self, sentence: usize, links: Links) {
        let negated_above = self.negated_above(sentence);
        let (document, mentions) = (self.document, self.mentions);
        let language = &document.language;
        let scope = Scope { text: &document.text, mentions, language };
        let span = document.sentences[sentence].span;
        let mut clause_start = span.start;
        let mut before: Option<(usize, Polarity, Modality)> = None; // the verb before
        let verbs: Vec<usize> = links.practices.iter().filter_map(|p| p.action).collect();
        for (k, mut linked) in links.practices.into_iter().enumerate() {
            let Some(action) = linked.action else { continue };
            let verb = mentions[action].span;
            let last_verb = before.map_or(span.start, |(verb, ..)| mentions[verb].span.end);
            let gap = Span::new(last_verb.min(verb.start), verb.start).of(&document.text);
            let anew = before.is_some() && stance::begins_anew(gap, language);
            if k == 0 || links.groups[k] != links.groups[k - 1] || anew {
                clause_start = match links.clauses.get(k) {
                    Some(Clause::Shared) if !anew => clause_start,
                    Some(&Clause::Relative(start)) => start.min(verb.start),
                    _ => scope.start(last_verb, verb.start, &linked),
                };
            }
            let next = links.groups.partition_point(|&g| g <= links.groups[k]);
            let clause_end = verbs.get(next).map_or(span.end, |&next| mentions[next].span.start);
            let last = verbs.get(next.saturating_sub(1)).map_or(verb.end, |&last| mentions[last].span.end);
            let words = Span::new(clause_start, verb.start).of(&document.text);
            let behind = Span::new(last, scope.end(last, clause_end)).of(&document.text);
            let (mut polarity, mut modality) = stance::stance(words, behind, language);
            if let Some((verb_before, polarity_before, modality_before)) = before {
                if stance::is_lacking(words, language) && polarity_before == Polarity::Negated {
                    polarity = Polarity::Affirmed;
                }
                let bare = modality == Modality::Does && polarity == polarity_before;
                if bare && modality_before == Modality::May && scope.goes_on_as_firmly(verb_before, action) {
                    modality = modality_before;
                }
            }
            before = Some((action, polarity, modality));
            if negated_above {
                polarity = Polarity::Negated;
            }
            let category = self.category(&linked, sentence);
            if polarity == Polarity::Affirmed && self.entitles(&linked, category, modality, words, sentence) {
                modality = Modality::Right;
            }
            let excepted = scope.take_excepted(&mut linked);
            // "We do not collect anything other than your name" rules no data out that it names.
            let all_excepted =
                excepted.as_ref().is_some_and(|e| !e.data.is_empty()) && linked.data.is_empty();
            let group = Some(links.groups[k]);
            let draft = Draft { linked, polarity, modality, category, sentence, list_end: None, group };
            let exception = excepted.map(|linked| {
                let polarity = polarity.opposite();
                Draft { linked, polarity, modality: Modality::Does, group: None, ..draft.clone() }
            });
            self.drafts.extend(Some(draft).filter(|_| !all_excepted));
            self.drafts.extend(exception);
        }
        self.keep_recipients_with_sharing(sentence);
    }

    /// "collect, use and share … with partners": only the sharing has recipients, where there is one.
    fn keep_recipients_with_sharing(&mut self, sentence: usize) {
        let from = self.drafts.iter().rposition(|d| d.sentence != sentence).map_or(0, |i| i + 1);
        let gives = |c: Category| matches!(c, Category::Sharing | Category::Transfer);
        let sharing: BTreeSet<Option<usize>> =
            self.drafts[from..].iter().filter(|d| gives(d.category)).map(|d| d.group).collect();
        for draft in &mut self.drafts[from..] {
            if sharing.contains(&draft.group) && !gives(draft.category) {
                draft.linked.recipients.clear();
            }
        }
    }

    /// Whether a sentence only names what the rest of its block is about: "**Calendar.** With your permission, we …".
    fn is_label(&self, sentence: usize) -> bool {
        let document = self.document;
        let here = document.sentences[sentence];
        let (first, end) = document.blocks[here.block].sentences;
        let words = document.words(here.span);
        let short = words.chars().count() <= LONGEST_LABEL && words.split_whitespace().count() <= 4;
        sentence == first && end - first > 1 && short
    }

    /// A sentence without a verb: its mentions hang on the verb of the lead-in, or stand for themselves.
    fn hang(&mut self, sentence: usize, loose: Linked, of_block: &BTreeMap<usize, Vec<usize>>) {
        let document = self.document;
        let block = document.sentences[sentence].block;
        let labels_others = loose.recipients.is_empty() && self.is_label(sentence);
        if document.blocks[block].kind == BlockKind::Heading || labels_others {
            return;
        }
        let empty = loose.data.is_empty()
            && loose.recipients.is_empty()
            && loose.purposes.is_empty()
            && loose.conditions.is_empty()
            && loose.retention.is_empty();
        // The cells of a row say what its first one, the recipient, gets.
        let recipient = match document.blocks[block].kind {
            BlockKind::Cell { table, row, .. } if !empty => {
                self.drafts.iter_mut().rev().take(8).find(|draft| {
                    let cell = document.blocks[document.sentences[draft.sentence].block].kind;
                    matches!(cell, BlockKind::Cell { table: t, row: r, .. } if (t, r) == (table, row))
                        && !draft.linked.recipients.is_empty()
                })
            }
            _ => None,
        };
        if let Some(draft) = recipient.filter(|_| loose.recipients.is_empty()) {
            draft.linked.data.extend(&loose.data);
            draft.linked.purposes.extend(&loose.purposes);
            draft.linked.conditions.extend(&loose.conditions);
            draft.linked.retention.extend(&loose.retention);
            draft.list_end = Some(document.sentences[sentence].span.end);
            return;
        }
        let own = of_block.contains_key(&block);
        let leading = document.lead_ins(block).find_map(|b| of_block.get(&b)).filter(|_| !own);
        if let Some(drafts) = leading.filter(|_| !empty) {
            // Items complete the last group of verbs of the lead-in.
            let group = drafts.iter().rev().find_map(|&d| self.drafts[d].group);
            for &d in drafts {
                let draft = &mut self.drafts[d];
                if draft.group != group {
                    continue;
                }
                draft.linked.data.extend(&loose.data);
                draft.linked.recipients.extend(&loose.recipients);
                draft.linked.sources.extend(&loose.sources);
                draft.linked.purposes.extend(&loose.purposes);
                draft.linked.conditions.extend(&loose.conditions);
                draft.linked.retention.extend(&loose.retention);
                draft.list_end = Some(document.sentences[sentence].span.end);
            }
            return;
        }
        let mut loose = loose;
        if document.blocks[block].kind == BlockKind::Paragraph
            && stance::denies(
                &outside_brackets(document.words(document.sentences[sentence].span)),
                &document.language,
            )
        {
            // "If you withhold it, we cannot …": a warning, not a list of data.
            loose.data.clear();
        }
        let categories = &self.readings.facts(sentence).categories;
        // How soon a request is answered or a change announced.
        let answered = [Category::Rights, Category::Change]
            .into_iter()
            .find(|c| !loose.retention.is_empty() && categories.contains(c));
        let category = if !loose.data.is_empty() {
            categories.iter().copied().next().unwrap_or(Category::Collection)
        } else if !loose.recipients.is_empty() {
            Category::Sharing
        } else if let Some(answered) = answered {
            answered
        } else if !loose.purposes.is_empty() {
            Category::Use
        } else if !loose.retention.is_empty() {
            Category::Retention
        } else if let Some(bare) = BARE.into_iter().find(|c| categories.contains(c)) {
            bare
        } else {
            return;
        };
        let polarity = if self.negated_above(sentence) { Polarity::Negated } else { Polarity::Affirmed };
        let draft = Draft {
            linked: loose,
            polarity,
            modality: Modality::Does,
            category,
            sentence,
            list_end: None,
            group: Some(0),
        };
        self.drafts.push(draft);
    }

    fn negated_above(&self, sentence: usize) -> bool {
        self.outline.above(sentence).negated
    }

    fn finish(&self, draft: &Draft, antecedents: &mut Antecedents) -> Practice {
        let document = self.document;
        let sentence = &document.sentences[draft.sentence];
        let with_list = draft.list_end.map(|end| Span::new(sentence.span.start, end));
        let span = with_list.filter(|s| s.len() <= LONGEST_LIST_QUOTE).unwrap_or(sentence.span);
        let take = |ids: &[usize]| ids.iter().map(|&i| self.mentions[i].clone()).collect::<Vec<_>>();
        let evidence = Evidence {
            section: document.section_path(document.blocks[sentence.block].section).join(" › "),
            quote: document.words(span).to_string(),
            span,
        };
        Practice {
            id: String::new(),
            category: draft.category,
            action: draft.linked.action.map(|i| self.mentions[i].clone()),
            polarity: draft.polarity,
            modality: draft.modality,
            actor: draft.linked.actor.map(|i| self.mentions[i].clone()),
            data: take(&draft.linked.data),
            recipients: take(&draft.linked.recipients),
            sources: take(&draft.linked.sources),
            purposes: take(&draft.linked.purposes),
            conditions: take(&draft.linked.conditions),
            retention: take(&draft.linked.retention)
                .into_iter()
                .map(|mention| {
                    let duration = period(&mention.text).duration;
                    Retention { mention, duration }
                })
                .collect(),
            refers_to: take(&antecedents.of(&draft.linked)),
            evidence,
            review: None,
        }
    }
}

/// Words without what stands in round brackets.
fn outside_brackets(words: &str) -> String {
    let mut depth = 0usize;
    let mut kept = String::with_capacity(words.len());
    for c in words.chars() {
        match c {
            '(' | '（' => depth += 1,
            ')' | '）' => depth = depth.saturating_sub(1),
            c if depth == 0 => kept.push(c),
            _ => {}
        }
    }
    kept
}

/// A document as it is read, and where that is not as it is written the document itself: traditional Chinese is read in
/// simplified characters, which take as many bytes, and quoted as it is.
pub(super) fn in_simplified(document: Document) -> (Document, Option<Document>) {
    match simplified(&document.text) {
        Cow::Owned(text) if document.language == Language::Zh => {
            (Document { text: mainland(&text), ..document.clone() }, Some(document))
        }
        _ => (document, None),
    }
}

/// What is known of each sentence: what its words say, and where they leave it open what its verbs say.
pub(super) fn settled(
    document: &Document,
    sentences: &[usize],
    practices: &[Practice],
    readings: OfDocument,
) -> Vec<SentenceFacts> {
    let mut facts: Vec<SentenceFacts> = sentences.iter().map(|&s| readings.facts(s).clone()).collect();
    for practice in practices {
        if let Some(i) = document.sentence_at(practice.evidence.span.start)
            && let Ok(i) = sentences.binary_search(&i)
            && facts[i].categories.is_empty()
            && practice.action.is_some()
        {
            facts[i].categories.insert(practice.category);
        }
    }
    facts
}
