//! Statements of one policy that cannot both hold: shared here, "never shared" there.
//!
//! A denial counts where it is plain: no condition, no exception, nobody in particular. A statement contradicts it when it is
//! of the same matter and its data and recipients are kinds of what is denied; one that rests on consent, choice or law does
//! not. What is missed for that is what any reader would call an exception.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use serde::Deserialize;

use super::claims::Matter;
use super::questions::{Cue, Question};
use crate::document::Document;
use crate::extract::Mention;
use crate::practice::{Category, Modality, Polarity, Practice, PracticeSet};
use crate::text::{Language, Span, normalize};
use crate::vocabulary::Vocabulary;

/// Denials of one policy that are looked at, at most.
const MOST_DENIALS: usize = 200;

/// Characters of a name for all personal data, at most.
const LONGEST_GENERAL_NAME: usize = 30;

/// Words of `contradictions.yaml`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Exceptions {
    en: Vec<String>,
    zh: Vec<String>,
}

#[allow(clippy::expect_used)] // our own file, read in a test
static EXCEPTIONS: LazyLock<Exceptions> =
    LazyLock::new(|| crate::yaml::own_file!("diff/contradictions").expect("contradictions.yaml is right"));

/// Both statements of a contradiction.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Contradiction {
    /// What is stated to happen.
    pub stated: Span,
    /// What is said never to happen.
    pub denied: Span,
}

/// What a verb does, as far as denials go.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Deed {
    Collect,
    Use,
    Share,
    Sell,
    Transfer,
    Keep,
}

impl Deed {
    /// Whether data goes to somebody else.
    fn gives(self) -> bool {
        matches!(self, Deed::Share | Deed::Sell | Deed::Transfer)
    }
}

/// The contradictions of a policy, one for each pair of concepts, so that the same one is known again in another version.
pub(super) fn contradictions(set: &PracticeSet, vocabulary: &Vocabulary) -> BTreeMap<String, Contradiction> {
    let finder = Finder { set, vocabulary };
    let denied = set.practices.iter().filter(|p| finder.is_plain_denial(p)).take(MOST_DENIALS);
    let stated: Vec<&Practice> = set.practices.iter().filter(|p| finder.is_plain_statement(p)).collect();
    let mut found = BTreeMap::new();
    for no in denied {
        for &yes in &stated {
            if let Some(key) = finder.clash(no, yes) {
                let (stated, denied) = (yes.evidence.span, no.evidence.span);
                found.entry(key).or_insert(Contradiction { stated, denied });
            }
        }
    }
    found
}

/// What decides whether practices of some sentences contradict others: which sentences deny what they state, and which state
/// what they deny.
pub(super) fn open_questions(
    set: &PracticeSet,
    sentences: &BTreeSet<usize>,
    vocabulary: &Vocabulary,
    questions: &mut BTreeSet<Question>,
) {
    let finder = Finder { set, vocabulary };
    let at = |p: &&Practice| set.document.sentence_at(p.evidence.span.start);
    let touched = set.practices.iter().filter(|p| at(p).is_some_and(|s| sentences.contains(&s)));
    for practice in touched {
        let Some(deed) = finder.deed(practice) else { continue };
        let (denies, states) = (finder.is_plain_denial(practice), finder.is_plain_statement(practice));
        let matter = Some(Matter::of(practice.category));
        let telling = practice.data.iter().filter(|data| finder.is_telling(data, deed.gives()));
        for data in telling.filter(|_| denies || states) {
            match data.concept.as_deref() {
                None => {
                    let words = Cue::words(&normalize(&data.text).text);
                    questions.insert(Question::all(words, matter, !denies));
                }
                Some(id) if denies => {
                    questions.insert(Question::all(Cue::Kind(id.to_string()), matter, false));
                }
                Some(id) => {
                    // Of what is not given away only what says which data it is can be denied.
                    let wide = |id: &&str| deed.gives() || vocabulary.depth(id) > 1;
                    let broader = vocabulary.ancestors(id).into_iter().chain([id]).filter(wide);
                    questions
                        .extend(broader.map(|id| Question::all(Cue::Concept(id.to_string()), matter, true)));
                }
            }
        }
    }
}

/// Whether the words of a denial, its lead-in, or the sentence behind take something back.
pub(super) fn makes_exceptions(document: &Document, sentence: usize, words: &str) -> bool {
    let block = document.sentences[sentence].block;
    let leads = document.lead_ins(block).map(|b| document.words(document.blocks[b].body));
    let zh = document.language == Language::Zh;
    let cues = if zh { &EXCEPTIONS.zh } else { &EXCEPTIONS.en };
    let next = document.sentences.get(sentence + 1).filter(|next| next.block == block);
    let next = next.map(|next| normalize(document.words(next.span)).text);
    let taken_back = next.is_some_and(|text| {
        ["however", "but ", "except", "unless", "但", "除", "不过"].iter().any(|cue| text.starts_with(cue))
    });
    let excepts = |words: &str| {
        let text = normalize(words).text;
        let is_word = |w: &str| text.split(|c: char| !(c.is_alphanumeric() || c == '\'')).any(|t| t == w);
        cues.iter()
            .any(|cue| if zh || cue.contains(' ') { text.contains(cue.as_str()) } else { is_word(cue) })
    };
    taken_back || excepts(words) || leads.into_iter().any(excepts)
}

struct Finder<'a> {
    set: &'a PracticeSet,
    vocabulary: &'a Vocabulary,
}

impl Finder<'_> {
    fn is(&self, mention: &Mention, concept: &str) -> bool {
        mention.concept.as_deref().is_some_and(|id| self.vocabulary.is_a(id, concept))
    }

    fn deed(&self, practice: &Practice) -> Option<Deed> {
        let action = practice.action.as_ref()?;
        if ["action.share.sell", "action.share.rent"].iter().any(|id| self.is(action, id)) {
            return Some(Deed::Sell);
        }
        match practice.category {
            Category::Collection | Category::Permission => Some(Deed::Collect),
            Category::Use => Some(Deed::Use),
            Category::Sharing => Some(Deed::Share),
            Category::Transfer => Some(Deed::Transfer),
            Category::Retention if self.is(action, "action.store") => Some(Deed::Keep),
            _ => None,
        }
    }

    fn is_ours(&self, practice: &Practice) -> bool {
        practice.actor.as_ref().is_none_or(|actor| self.is(actor, "party.controller"))
    }

    fn is_plain_denial(&self, practice: &Practice) -> bool {
        practice.polarity == Polarity::Negated
            && practice.conditions.is_empty()
            && practice.modality == Modality::Does
            && !practice.data.is_empty()
            && self.is_ours(practice)
            && !self.makes_exceptions(practice)
    }

    fn makes_exceptions(&self, practice: &Practice) -> bool {
        let document = &self.set.document;
        let at = document.sentence_at(practice.evidence.span.start);
        at.is_none_or(|at| makes_exceptions(document, at, document.words(practice.evidence.span)))
    }

    fn is_plain_statement(&self, practice: &Practice) -> bool {
        const GROUNDS: [&str; 4] =
            ["condition.consent", "condition.choice", "condition.law", "condition.exception"];
        practice.polarity == Polarity::Affirmed
            && practice.modality != Modality::OnlyIf
            && !practice.data.is_empty()
            && self.is_ours(practice)
            && !practice.conditions.iter().any(|c| GROUNDS.iter().any(|ground| self.is(c, ground)))
            && !self.is_about_children(practice)
    }

    fn is_about_children(&self, practice: &Practice) -> bool {
        let sentence = self.set.document.sentence_at(practice.evidence.span.start);
        sentence
            .and_then(|s| self.set.facts.get(s))
            .is_some_and(|f| f.categories.contains(&Category::Audience))
    }

    /// What two practices clash in; `None` where both can hold.
    fn clash(&self, no: &Practice, yes: &Practice) -> Option<String> {
        let (denied, stated) = (self.deed(no)?, self.deed(yes)?);
        let same_deed = match denied {
            // To share, to disclose, to provide are one; to collect and to access are not.
            Deed::Share => matches!(stated, Deed::Share | Deed::Sell),
            Deed::Sell | Deed::Transfer => stated == denied,
            Deed::Collect | Deed::Use | Deed::Keep => stated == denied && self.is_kind(no, yes),
        };
        if !same_deed || no.evidence.span == yes.evidence.span {
            return None;
        }
        if !no.purposes.is_empty() && !self.covers(&no.purposes, &yes.purposes) {
            return None;
        }
        let gives = denied.gives();
        if gives && !no.recipients.is_empty() {
            let reached = |r: &&Mention| {
                !["party.processor", "party.authority", "party.controller", "party.user"]
                    .iter()
                    .any(|p| self.is(r, p))
                    || no.recipients.iter().any(|d| self.same(d, r))
            };
            let others: Vec<Mention> = yes.recipients.iter().filter(reached).cloned().collect();
            if !self.covers(&no.recipients, &others) {
                return None;
            }
        }
        let (wide, narrow) = no.data.iter().find_map(|wide| {
            let narrow = yes.data.iter().find(|narrow| {
                self.holds(wide, narrow) && self.is_telling(wide, gives) && self.is_telling(narrow, gives)
            });
            narrow.map(|narrow| (wide, narrow))
        })?;
        let name = |m: &Mention| m.concept.clone().unwrap_or_else(|| normalize(&m.text).text);
        Some(format!("{} {} {}", denied as u8, name(wide), name(narrow)))
    }

    /// Whether the verb of a statement is a kind of the one that is denied.
    fn is_kind(&self, no: &Practice, yes: &Practice) -> bool {
        let denied = no.action.as_ref().and_then(|action| action.concept.as_deref());
        denied.is_some_and(|denied| yes.action.as_ref().is_some_and(|action| self.is(action, denied)))
    }

    /// Whether words say which data is meant. "Personal information" does where it is given away; "data from these
    /// requests" never does.
    fn is_telling(&self, data: &Mention, gives: bool) -> bool {
        let Some(id) = data.concept.as_deref() else { return true };
        let short =
            data.text.split_whitespace().count() <= 3 && data.text.chars().count() <= LONGEST_GENERAL_NAME;
        self.vocabulary.depth(id) > 1 || gives && short
    }

    /// Whether one of the narrow is a kind of one of the wide.
    fn covers(&self, wide: &[Mention], narrow: &[Mention]) -> bool {
        wide.iter().any(|w| narrow.iter().any(|n| self.holds(w, n)))
    }

    fn same(&self, a: &Mention, b: &Mention) -> bool {
        match (&a.concept, &b.concept) {
            (Some(a), Some(b)) => a == b,
            _ => normalize(&a.text).text == normalize(&b.text).text,
        }
    }

    fn holds(&self, wide: &Mention, narrow: &Mention) -> bool {
        self.same(wide, narrow) || wide.concept.as_deref().is_some_and(|id| self.is(narrow, id))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ingest::{InputFormat, read};

    fn count(text: &str) -> usize {
        let document = Document::new("p.txt", read("p.txt", text.as_bytes(), InputFormat::Auto).unwrap());
        let set = PracticeSet::from_document(document, Vocabulary::builtin());
        contradictions(&set, Vocabulary::builtin()).len()
    }

    #[test]
    fn what_is_shared_and_never_shared_is_a_contradiction() {
        assert_eq!(
            count(
                "We share your email address with advertisers.\n\nWe never share your email address with advertisers."
            ),
            1
        );
        assert_eq!(
            count(
                "We share your GPS location with advertisers.\n\nWe do not share location data with third parties."
            ),
            1
        );
        assert_eq!(
            count("We share your GPS location with partners.\n\nWe do not share your location information."),
            1
        );
        assert_eq!(count("我们会向广告商共享您的手机号码。\n\n我们不会向广告商共享您的手机号码。"), 1);
    }

    #[test]
    fn conditions_and_exceptions_are_none() {
        for text in [
            "We share your email address with advertisers.\n\nWe do not share your email address without your consent.",
            "We share your email address with your consent.\n\nWe never share your email address.",
            "We share your email address with advertisers.\n\nWe do not share your email address except with advertisers.",
            "We share your email address with couriers.\n\nWe never sell your email address.",
            "We share your email address with advertisers.\n\nWe do not share your precise location with advertisers.",
            "我们会向快递公司提供您的手机号码。\n\n未经您同意，我们不会向他人提供您的手机号码。",
            "我们会向快递公司提供您的手机号码。\n\n除下列情形外，我们不会向他人提供您的手机号码。",
        ] {
            assert_eq!(count(text), 0, "{text}");
        }
    }
}
