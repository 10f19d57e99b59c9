//! The practice set as `extract --format json` writes it: a contract, so every field is spelled out and in fixed order.
//!
//! Offsets are UTF-8 bytes into `document.text`.

use schemars::JsonSchema;
use serde::Serialize;

use super::period::{PeriodKind, period};
use super::recipient::parties;
use super::{
    Category, Evidence, Modality, Polarity, Practice, PracticeSet, Retention, ReviewStatus, SCHEMA, Unnamed,
    unnamed,
};
use crate::extract::{Mention, Origin, Role};
use crate::ingest::Format;
use crate::text::Span;
use crate::vocabulary::Vocabulary;

/// A practice set with everything it was made from.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct SetView {
    /// `polidiff.practice-set/1`
    pub schema: String,
    /// Program and version that made it.
    pub generator: String,
    /// The policy.
    pub document: DocumentView,
    /// Its outline, without the document as a whole.
    pub sections: Vec<SectionView>,
    /// Its sentences.
    pub sentences: Vec<SentenceView>,
    /// All words in a role, in practices or not.
    pub mentions: Vec<MentionView>,
    /// How many of them the vocabulary has no concept for.
    pub unnamed: Unnamed,
    /// What it says.
    pub practices: Vec<PracticeView>,
    /// Fingerprints of the quotes that practices were read from, so that `carry` knows what was deleted by hand.
    pub read: Vec<String>,
}

/// The policy.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct DocumentView {
    /// The input as the user named it.
    pub source: String,
    /// Its title.
    pub title: Option<String>,
    /// Language code, such as "en".
    pub language: String,
    /// How it was written.
    pub format: Format,
    /// What it was decoded from.
    pub encoding: String,
    /// The file of the model that read it, where it was not the built-in one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub model: Option<String>,
    /// What every offset counts in.
    pub text: String,
}

/// A section.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct SectionView {
    /// Its place in the outline, such as "2.1".
    pub id: String,
    /// Its heading, without number.
    pub title: String,
    /// Depth, from 1.
    pub level: u8,
    /// First byte.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
}

/// A sentence.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct SentenceView {
    /// First byte.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
    /// Id of the section that holds it; "0" outside all.
    pub section: String,
    /// What it is about.
    pub categories: Vec<Category>,
    /// Whether it puts the user's privacy at risk.
    pub risk: bool,
    /// Whether it names sensitive data.
    pub sensitive: bool,
    /// Whether a reader in a hurry should see it.
    pub important: bool,
}

/// Words in a role.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct MentionView {
    /// The part they play.
    pub role: Role,
    /// First byte.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
    /// The words.
    pub text: String,
    /// What they name; null when the vocabulary does not know, and for a list.
    pub concept: Option<ConceptView>,
    /// How they were found.
    pub origin: Origin,
}

/// A concept of the vocabulary.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct ConceptView {
    /// Its id.
    pub id: String,
    /// What people call it, in the policy's language.
    pub label: String,
    /// The same concept in the W3C Data Privacy Vocabulary.
    pub iri: Option<String>,
}

/// Words of a practice.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct PartView {
    /// The words.
    pub text: String,
    /// First byte.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
    /// What they name; null when the vocabulary does not know.
    pub concept: Option<ConceptView>,
}

/// Words that name who receives data.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct RecipientView {
    /// The words.
    pub text: String,
    /// First byte.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
    /// What they name; null when the vocabulary does not know.
    pub concept: Option<ConceptView>,
    /// The kind of recipient, such as an affiliate or an authority; null when the words do not say.
    pub class: Option<ConceptView>,
    /// The companies named, word for word.
    pub names: Vec<String>,
}

/// Words that state how long.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct RetentionView {
    /// The words.
    pub text: String,
    /// First byte.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
    /// What they name; null when the vocabulary does not know.
    pub concept: Option<ConceptView>,
    /// ISO 8601 duration, such as "P30D", where the words state one; of a range the longer one.
    pub duration: Option<String>,
    /// The shorter one of a range, such as "P6M" of "6 to 12 months".
    pub shortest: Option<String>,
    /// What the period means.
    pub kind: PeriodKind,
}

/// A practice.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct PracticeView {
    /// Fingerprint of what it says.
    pub id: String,
    /// What it is about.
    pub category: Category,
    /// The verb.
    pub action: Option<PartView>,
    /// Stated, or ruled out.
    pub polarity: Polarity,
    /// How firmly.
    pub modality: Modality,
    /// Who does it.
    pub actor: Option<PartView>,
    /// With which data.
    pub data: Vec<PartView>,
    /// Given to whom.
    pub recipients: Vec<RecipientView>,
    /// Obtained from whom.
    pub sources: Vec<PartView>,
    /// What for.
    pub purposes: Vec<PartView>,
    /// When, if, on what ground.
    pub conditions: Vec<PartView>,
    /// For how long.
    pub retention: Vec<RetentionView>,
    /// What references among its data ("such data") stand for, each where it was named before; not compared.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub refers_to: Vec<PartView>,
    /// Where it is stated.
    pub evidence: EvidenceView,
    /// For a practice that `carry` took over: what is left to do.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub review: Option<ReviewStatus>,
    /// How the older words of its sentence were read, by hand; their offsets say nothing.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub was: Vec<PracticeView>,
}

/// Where a practice is stated.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct EvidenceView {
    /// Titles of the sections that hold it, outermost first, joined by " › ".
    pub section: String,
    /// The sentence, a list item with its lead-in before it.
    pub quote: String,
    /// First byte of the sentence.
    pub start: usize,
    /// One past its last byte.
    pub end: usize,
}

/// A set as its JSON shows it; the vocabulary gives labels and IRIs.
pub fn view(set: &PracticeSet, vocabulary: &Vocabulary) -> SetView {
    let document = &set.document;
    let names = Names { set, vocabulary };
    let sections = document.sections.iter().skip(1).map(|section| SectionView {
        id: section.id.clone(),
        title: section.title.clone(),
        level: section.level,
        start: section.span.start,
        end: section.span.end,
    });
    let sentences = document.sentences.iter().enumerate().map(|(i, sentence)| {
        let block = document.blocks.get(sentence.block);
        let section = block.and_then(|block| document.sections.get(block.section));
        let facts = set.facts.get(i).cloned().unwrap_or_default();
        SentenceView {
            start: sentence.span.start,
            end: sentence.span.end,
            section: section.map_or_else(|| "0".into(), |section| section.id.clone()),
            categories: facts.categories.into_iter().collect(),
            risk: facts.risk,
            sensitive: facts.sensitive,
            important: facts.important,
        }
    });
    SetView {
        schema: SCHEMA.into(),
        generator: concat!("polidiff ", env!("CARGO_PKG_VERSION")).into(),
        document: DocumentView {
            source: document.name.clone(),
            title: document.title.clone(),
            language: document.language.code().into(),
            format: document.format,
            encoding: document.encoding.into(),
            model: set.model.clone(),
            text: document.text.clone(),
        },
        sections: sections.collect(),
        sentences: sentences.collect(),
        mentions: names.mentions(),
        unnamed: unnamed(&set.mentions),
        practices: set.practices.iter().map(|practice| names.practice(practice)).collect(),
        read: set.read_quotes(),
    }
}

/// Looks names up while a set is written.
struct Names<'a> {
    set: &'a PracticeSet,
    vocabulary: &'a Vocabulary,
}

impl Names<'_> {
    fn concept(&self, mention: &Mention) -> Option<ConceptView> {
        self.known(mention.concept.as_ref()?)
    }

    fn known(&self, id: &str) -> Option<ConceptView> {
        let concept = self.vocabulary.get(id);
        Some(ConceptView {
            id: id.to_owned(),
            label: concept.map_or(id, |c| c.label(&self.set.document.language)).to_owned(),
            iri: concept.and_then(|c| c.iri.clone()),
        })
    }

    /// All mentions; those of a list that its annotators would mark as a whole are one.
    fn mentions(&self) -> Vec<MentionView> {
        let mut lists = self.set.lists.iter().peekable();
        let mut views: Vec<MentionView> = Vec::with_capacity(self.set.mentions.len());
        for mention in &self.set.mentions {
            while lists.next_if(|(list, _)| list.end <= mention.span.start).is_some() {}
            let list = lists
                .peek()
                .filter(|(list, role)| *role == mention.role && list.contains(mention.span))
                .map(|(list, _)| *list);
            let Some(list) = list.filter(|&list| list != mention.span) else {
                views.push(self.mention(mention));
                continue;
            };
            let text = self.set.document.words(list).to_string();
            match views.last_mut().filter(|last| (last.start, last.end) == (list.start, list.end)) {
                Some(whole) => whole.concept = None,
                None => views.push(MentionView {
                    start: list.start,
                    end: list.end,
                    text,
                    ..self.mention(mention)
                }),
            }
        }
        views
    }

    fn mention(&self, mention: &Mention) -> MentionView {
        MentionView {
            role: mention.role,
            start: mention.span.start,
            end: mention.span.end,
            text: mention.text.clone(),
            concept: self.concept(mention),
            origin: mention.origin,
        }
    }

    fn part(&self, mention: &Mention) -> PartView {
        let Span { start, end } = mention.span;
        PartView { text: mention.text.clone(), start, end, concept: self.concept(mention) }
    }

    fn parts(&self, mentions: &[Mention]) -> Vec<PartView> {
        mentions.iter().map(|mention| self.part(mention)).collect()
    }

    fn recipients(&self, mentions: &[Mention]) -> Vec<RecipientView> {
        let document = &self.set.document;
        let parties = parties(&document.text, mentions, &document.language, self.vocabulary);
        mentions
            .iter()
            .zip(parties)
            .map(|(mention, party)| {
                let PartView { text, start, end, concept } = self.part(mention);
                let class = party.class.as_ref().and_then(|id| self.known(id));
                RecipientView { text, start, end, concept, class, names: party.names }
            })
            .collect()
    }

    fn retention(&self, retention: &Retention) -> RetentionView {
        let PartView { text, start, end, concept } = self.part(&retention.mention);
        let stated = period(&text);
        let kind = if retention.duration.is_some() && stated.kind == PeriodKind::Criterion {
            PeriodKind::Exact // a duration that a hand has written to words that state none
        } else {
            stated.kind
        };
        let duration = retention.duration.clone();
        RetentionView { text, start, end, concept, duration, shortest: stated.shortest, kind }
    }

    fn practice(&self, practice: &Practice) -> PracticeView {
        let Evidence { section, quote, span } = &practice.evidence;
        PracticeView {
            id: practice.id.clone(),
            category: practice.category,
            action: practice.action.as_ref().map(|mention| self.part(mention)),
            polarity: practice.polarity,
            modality: practice.modality,
            actor: practice.actor.as_ref().map(|mention| self.part(mention)),
            data: self.parts(&practice.data),
            recipients: self.recipients(&practice.recipients),
            sources: self.parts(&practice.sources),
            purposes: self.parts(&practice.purposes),
            conditions: self.parts(&practice.conditions),
            retention: practice.retention.iter().map(|kept| self.retention(kept)).collect(),
            refers_to: self.parts(&practice.refers_to),
            evidence: EvidenceView {
                section: section.clone(),
                quote: quote.clone(),
                start: span.start,
                end: span.end,
            },
            review: practice.review.as_ref().map(|review| review.status),
            was: practice.review.iter().flat_map(|review| &review.was).map(|p| self.practice(p)).collect(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::view;
    use crate::document::Document;
    use crate::extract::Role;
    use crate::ingest::{InputFormat, read};
    use crate::practice::PracticeSet;
    use crate::text::Span;
    use crate::vocabulary::Vocabulary;

    #[test]
    fn a_list_that_its_annotators_mark_as_one_is_one_mention_and_several_data() {
        let text = "我们会收集您的手机号码、电子邮箱。";
        let document = Document::new("p.txt", read("p.txt", text.as_bytes(), InputFormat::Auto).unwrap());
        let mut set = PracticeSet::from_document(document, Vocabulary::builtin());
        let data = |set: &PracticeSet| {
            let view = view(set, Vocabulary::builtin());
            let mentions = view.mentions.into_iter().filter(|m| m.role == Role::Data).map(|m| m.text);
            (mentions.collect::<Vec<_>>(), view.practices[0].data.len())
        };
        assert_eq!(data(&set), (vec!["手机号码".to_string(), "电子邮箱".to_string()], 2));
        let list = "手机号码、电子邮箱";
        let start = text.find(list).unwrap();
        set.lists = vec![(Span::new(start, start + list.len()), Role::Data)];
        assert_eq!(data(&set), (vec![list.to_string()], 2));
    }
}
