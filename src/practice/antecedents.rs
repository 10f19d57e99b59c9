//! What "such data" stands for: the data that the words just before have named.
//!
//! "We collect your name and e-mail address. We share such data with couriers." The second practice is quoted with its own
//! words, and what they stand for is told beside them, each thing at its own place. Only the nearest words that name
//! anything count: earlier in the sentence, then the sentences before it in the paragraph, then the list or paragraph right
//! above, never across a heading. What is shared then changes where it is named, and is not reported a second time.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use serde::Deserialize;

use super::link::Linked;
use crate::document::{BlockKind, Document};
use crate::extract::{Mention, Role};
use crate::text::{Language, Span, normal};

/// Things that a reference stands for, at most: of a longer list the first ones.
const MOST_THINGS: usize = 12;
/// Sentences before a reference that are looked at in one paragraph, at most.
const MOST_SENTENCES: usize = 6;
/// Blocks of a list that are looked at, at most.
const MOST_BLOCKS: usize = 48;
/// Mentions of a sentence that are looked at, at most, so that a hostile one stays linear.
const MOST_MENTIONS: usize = 48;
/// Bytes before a mention in which the determiner of a reference stands.
const LONGEST_LEAD: usize = 60;

/// Words of `references.yaml` for one language, which explains them.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Words {
    determiners: Vec<String>,
    between: Vec<String>,
    heads: Vec<String>,
    not_before: Vec<String>,
    behind: Vec<String>,
    not_behind: Vec<String>,
    whole: Vec<String>,
    pronouns: Vec<String>,
    bare: Vec<String>,
    follows: Vec<String>,
    subjects: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    general: BTreeSet<String>,
    en: Words,
    zh: Words,
}

#[allow(clippy::expect_used)] // our own file, read in a test
static FILE: LazyLock<File> =
    LazyLock::new(|| crate::yaml::own_file!("practice/references").expect("references.yaml is right"));

/// Looks for what the references of a document stand for.
pub(super) struct Antecedents<'a> {
    document: &'a Document,
    mentions: &'a [Mention],
    words: &'static Words,
    zh: bool,
    /// What the words before each sentence name, once asked for.
    before: BTreeMap<usize, Vec<usize>>,
}

impl<'a> Antecedents<'a> {
    pub fn new(document: &'a Document, mentions: &'a [Mention]) -> Self {
        let zh = document.language == Language::Zh;
        let words = if zh { &FILE.zh } else { &FILE.en };
        Antecedents { document, mentions, words, zh, before: BTreeMap::new() }
    }

    /// The mentions that the references of a practice stand for, in their order, without those that it names itself.
    pub fn of(&mut self, linked: &Linked) -> Vec<usize> {
        let mut found = BTreeSet::new();
        if linked.data.is_empty()
            && let Some(verb) = linked.action.filter(|&verb| self.has_pronoun(verb))
        {
            found.extend(self.named_before(verb));
        }
        for &data in &linked.data {
            if self.is_reference(data) {
                found.extend(self.named_before(data));
            }
        }
        let mut told: BTreeSet<String> = linked.data.iter().filter_map(|&m| self.name(m)).collect();
        let fresh = found.into_iter().filter(|m| !linked.data.contains(m));
        fresh.filter(|&m| self.name(m).is_some_and(|name| told.insert(name))).take(MOST_THINGS).collect()
    }

    fn name(&self, mention: usize) -> Option<String> {
        self.mentions.get(mention).map(|m| normal(&m.text))
    }

    /// What the nearest words before a mention name.
    fn named_before(&mut self, mention: usize) -> Vec<usize> {
        let Some(start) = self.mentions.get(mention).map(|m| m.span.start) else { return Vec::new() };
        let Some(sentence) = self.document.sentence_at(start) else { return Vec::new() };
        let Some(span) = self.document.sentences.get(sentence).map(|s| s.span) else { return Vec::new() };
        let here = self.named(Span::new(span.start, start));
        if !here.is_empty() {
            return here;
        }
        if let Some(known) = self.before.get(&sentence) {
            return known.clone();
        }
        let found = self.named_above(sentence);
        self.before.insert(sentence, found.clone());
        found
    }

    /// What the sentences before one name in its paragraph, else in the list or paragraph right above.
    fn named_above(&self, sentence: usize) -> Vec<usize> {
        let blocks = &self.document.blocks;
        let Some(block) = self.document.sentences.get(sentence).map(|s| s.block) else { return Vec::new() };
        let Some((first, _)) = blocks.get(block).map(|b| b.sentences) else { return Vec::new() };
        let own = self.last_named(first, sentence);
        let above = block.checked_sub(1).filter(|&above| self.reaches(above, block));
        match above {
            Some(above) if own.is_empty() => self.named_by(above, block),
            _ => own,
        }
    }

    /// Whether nothing but a paragraph's end stands between two blocks.
    fn reaches(&self, above: usize, block: usize) -> bool {
        let blocks = &self.document.blocks;
        blocks.get(above).zip(blocks.get(block)).is_some_and(|(a, b)| {
            a.section == b.section && a.kind != BlockKind::Heading && b.kind != BlockKind::Heading
        })
    }

    /// What a block names; if it ends a list that `below` does not go on with, what the list and its lead-in name.
    fn named_by(&self, above: usize, below: usize) -> Vec<usize> {
        let is_part = |block: usize| {
            self.document
                .blocks
                .get(block)
                .is_some_and(|b| !matches!(b.kind, BlockKind::Paragraph | BlockKind::Heading))
        };
        let of_block = |block: usize| {
            self.document
                .blocks
                .get(block)
                .map_or(Vec::new(), |b| self.last_named(b.sentences.0, b.sentences.1))
        };
        if !is_part(above) || is_part(below) {
            return of_block(above);
        }
        let list = (above.saturating_sub(MOST_BLOCKS)..=above).rev();
        let first = list.take_while(|&b| is_part(b) && self.reaches(b, below)).last().unwrap_or(above);
        let mut found: Vec<usize> = Vec::new();
        for block in first..=above {
            if found.len() < MOST_THINGS {
                found.extend(of_block(block));
            }
        }
        let lead = first.checked_sub(1).filter(|&lead| found.is_empty() && self.reaches(lead, below));
        lead.map_or(found, of_block)
    }

    /// What the last of some sentences that names anything names.
    fn last_named(&self, first: usize, end: usize) -> Vec<usize> {
        let sentences = self.document.sentences.get(first..end).unwrap_or_default();
        let named = sentences.iter().rev().take(MOST_SENTENCES).map(|s| self.named(s.span));
        named.into_iter().find(|named| !named.is_empty()).unwrap_or_default()
    }

    /// The particular data that is named in a span.
    fn named(&self, span: Span) -> Vec<usize> {
        let from = self.mentions.partition_point(|m| m.span.start < span.start);
        let to = self.mentions.partition_point(|m| m.span.start < span.end);
        (from..to)
            .take(MOST_MENTIONS)
            .filter(|&m| {
                self.is_particular(m) && self.mentions.get(m).is_some_and(|m| m.span.end <= span.end)
            })
            .take(MOST_THINGS)
            .collect()
    }

    fn is_particular(&self, mention: usize) -> bool {
        let Some(m) = self.mentions.get(mention).filter(|m| m.role == Role::Data) else { return false };
        let general = m.concept.as_ref().is_some_and(|id| FILE.general.contains(id));
        !general && !self.is_reference(mention)
    }

    /// Whether words stand for data named before: "such data", "the information above", 上述信息.
    fn is_reference(&self, mention: usize) -> bool {
        let Some(here) = self.mentions.get(mention).map(|m| m.span) else { return false };
        let text = &self.document.text;
        let Some(sentence) = self.document.sentence_at(here.start) else { return false };
        let Some(sentence) = self.document.sentences.get(sentence).map(|s| s.span) else { return false };
        let mut from = here.start.saturating_sub(LONGEST_LEAD).max(sentence.start);
        while !text.is_char_boundary(from) {
            from += 1;
        }
        let own = normal(here.of(text));
        if self.words.whole.contains(&own) {
            return true;
        }
        let lead = normal(Span::new(from, here.end).of(text));
        let behind: String =
            Span::new(here.end, sentence.end).of(text).chars().take(LONGEST_LEAD / 2).collect();
        let behind = normal(&behind);
        if self.words.not_behind.iter().any(|word| self.begins(&behind, word)) {
            return false;
        }
        let Some(rest) = self.words.heads.iter().find_map(|head| self.cut(&lead, head)) else { return false };
        let bare = self.is_bare(&own);
        bare && (self.words.behind.iter().any(|word| self.begins(&behind, word))
            || self.ends_in_determiner(rest))
    }

    /// Whether words are a head, with nothing beside it that says which data is meant.
    fn is_bare(&self, own: &str) -> bool {
        let Some(rest) = self.words.heads.iter().find_map(|head| self.cut(own, head)) else { return false };
        let rest = self.without_between(rest);
        rest.is_empty()
            || self.words.determiners.iter().any(|d| rest == d)
            || self.words.determiners.iter().any(|d| {
                self.cut(rest, d).is_some_and(|left| {
                    left.is_empty() || left.ends_with("of") || left == "all" || left == "any"
                })
            })
    }

    fn ends_in_determiner(&self, words: &str) -> bool {
        let rest = self.without_between(words);
        if self.words.not_before.iter().any(|word| rest.ends_with(word.as_str())) {
            return false;
        }
        self.words.determiners.iter().any(|determiner| self.cut(rest, determiner).is_some())
    }

    /// Words without what may stand between a determiner and its head.
    fn without_between<'w>(&self, words: &'w str) -> &'w str {
        let mut rest = words;
        // "such" of "the above": a determiner is tried before each word is taken away.
        while !self.words.determiners.iter().any(|d| self.cut(rest, d).is_some()) {
            let shorter = self.words.between.iter().find_map(|word| self.cut(rest, word));
            match shorter {
                Some(shorter) => rest = shorter,
                None => break,
            }
        }
        rest
    }

    /// Words without a word that they end with.
    fn cut<'w>(&self, words: &'w str, word: &str) -> Option<&'w str> {
        let rest = words.strip_suffix(word)?;
        let whole = self.zh || !rest.ends_with(|c: char| c.is_alphanumeric() || c == '-');
        whole.then(|| rest.trim_end())
    }

    /// Whether words begin with a word.
    fn begins(&self, words: &str, word: &str) -> bool {
        let rest = words.trim_start().strip_prefix(word);
        rest.is_some_and(|rest| self.zh || !rest.starts_with(char::is_alphanumeric))
    }

    /// Whether a pronoun stands where the data of a verb would: "use it to", "they are stored", 将其用于.
    fn has_pronoun(&self, verb: usize) -> bool {
        let Some(here) = self.mentions.get(verb).map(|m| m.span) else { return false };
        let text = &self.document.text;
        let sentence = self.document.sentence_at(here.start).and_then(|s| self.document.sentences.get(s));
        let Some(sentence) = sentence.map(|s| s.span) else { return false };
        let before = Span::new(sentence.start, here.start).of(text);
        let before = normal(before.rsplit(['，', '；', '。', '：', ';', ',', ':']).next().unwrap_or(before));
        if self.zh {
            return self.words.pronouns.iter().any(|word| before.contains(word.as_str()));
        }
        let behind: String = Span::new(here.end, sentence.end).of(text).chars().take(LONGEST_LEAD).collect();
        let behind = normal(&behind);
        let object = self.words.pronouns.iter().any(|word| self.begins(&behind, word));
        let bare = self.words.bare.iter().find_map(|word| behind.trim_start().strip_prefix(word.as_str()));
        let alone = bare.is_some_and(|rest| {
            let next = rest.trim_start();
            next.is_empty()
                || next.starts_with(['.', ',', ';', ':', ')'])
                || rest.starts_with(' ') && self.words.follows.iter().any(|word| self.begins(next, word))
        });
        object || alone || self.is_passive_of_pronoun(&before)
    }

    /// "It is | stored": a clause that is a pronoun and auxiliaries up to its verb.
    fn is_passive_of_pronoun(&self, before: &str) -> bool {
        const BE: [&str; 7] = ["is", "are", "was", "were", "be", "been", "being"];
        const OTHER: [&str; 12] =
            ["may", "will", "can", "also", "not", "only", "never", "and", "has", "have", "then", "must"];
        let mut words =
            before.split_whitespace().skip_while(|w| matches!(*w, "and" | "but" | "as" | "if" | "so"));
        let subject = words.next().is_some_and(|first| self.words.subjects.iter().any(|s| s == first));
        let rest: Vec<&str> = words.collect();
        let plain = rest.iter().all(|w| BE.contains(w) || OTHER.contains(w) || w.ends_with("ly"));
        subject && plain && rest.iter().any(|w| BE.contains(w))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ingest::{Format, InputFormat, read};
    use crate::practice::PracticeSet;
    use crate::vocabulary::Vocabulary;

    /// What each practice of annotated text refers to, by its verb.
    fn refers(text: &str) -> Vec<(String, Vec<String>)> {
        let source = read("p.txt", text.as_bytes(), InputFormat::Forced(Format::Annotated)).unwrap();
        let set = PracticeSet::from_document(Document::new("p.txt", source), Vocabulary::builtin());
        let words = |mention: &Mention| {
            assert_eq!(set.document.words(mention.span), mention.text, "each stands at its own place");
            mention.text.clone()
        };
        let refers = |p: &crate::practice::Practice| p.refers_to.iter().map(words).collect::<Vec<_>>();
        let told = set.practices.iter().filter(|p| !p.refers_to.is_empty());
        told.map(|p| (p.action.as_ref().map(|a| a.text.clone()).unwrap_or_default(), refers(p))).collect()
    }

    fn told(verb: &str, things: &[&str]) -> (String, Vec<String>) {
        (verb.to_string(), things.iter().map(|t| t.to_string()).collect())
    }

    #[test]
    fn references_in_the_next_sentence() {
        for (text, verb) in [
            (
                "(We) [collect] your <name> and <e-mail address>. (We) [share] such <data> with couriers.",
                "share",
            ),
            (
                "(We) [collect] your <name> and <e-mail address>. (We) may [use] this <personal information> for parcels.",
                "use",
            ),
            (
                "(We) [collect] your <name> and <e-mail address>. The above <information> is [stored] in Norway.",
                "stored",
            ),
            (
                "(We) [collect] your <name> and <e-mail address>. (We) [use] the <information> listed above for parcels.",
                "use",
            ),
            (
                "(We) [collect] your <name> and <e-mail address>. We like parcels. (We) [keep] all of these types of <data>.",
                "keep",
            ),
            (
                "(We) [collect] your <name> and <e-mail address>. (We) [use] the <above information> for parcels.",
                "use",
            ),
            ("(We) [collect] your <name> and <e-mail address>. (We) [use] it to send parcels.", "use"),
            ("(We) [collect] your <name> and <e-mail address>. (We) never [sell] them.", "sell"),
            (
                "(We) [collect] your <name> and <e-mail address>. They may also be [disclosed] to couriers.",
                "disclosed",
            ),
            (
                "(We) [collect] your <name> and <e-mail address>.\n\n(We) [share] such <data> with couriers.",
                "share",
            ),
        ] {
            assert_eq!(refers(text), [told(verb, &["name", "e-mail address"])], "{text}");
        }
        for (text, verb) in [
            ("（我们）会[收集]您的<姓名>和<手机号码>。（我们）会向快递公司[共享]上述<信息>。", "共享"),
            ("（我们）会[收集]您的<姓名>和<手机号码>。（我们）会向快递公司[共享]<前述个人信息>。", "共享"),
            ("（我们）会[收集]您的<姓名>和<手机号码>。（我们）可能将该等<信息>[用于]寄送。", "用于"),
            ("（我们）会[收集]您的<姓名>和<手机号码>。此类<信息>将[存储]于境内。", "存储"),
            ("（我们）会[收集]您的<姓名>和<手机号码>。（我们）会将其[用于]寄送。", "用于"),
            ("（我们）会[收集]您的<姓名>和<手机号码>。\n\n（我们）会[使用]这些<信息>寄送包裹。", "使用"),
        ] {
            assert_eq!(refers(text), [told(verb, &["姓名", "手机号码"])], "{text}");
        }
    }

    #[test]
    fn the_list_above_and_the_words_before() {
        let text = "# Data\n\n(We) [collect]:\n\n- your <name>\n- your <postcode>\n\n(We) [share] such <data> with couriers.";
        assert_eq!(refers(text), [told("share", &["name", "postcode"])]);
        let text =
            "（我们）会[收集]：\n\n- 您的<姓名>\n- 您的<手机号码>\n\n（我们）会[使用]以上<信息>寄送包裹。";
        assert_eq!(refers(text), [told("使用", &["姓名", "手机号码"])]);
        // The nearest alone.
        let text = "(We) [collect] your <name>. (We) [read] your <location>. (We) [share] such <data> with couriers.";
        assert_eq!(refers(text), [told("share", &["location"])]);
        let text = "(We) [collect] your <name>. When (we) [record] your <voice>, (we) [share] this <information> with nobody.";
        assert_eq!(refers(text), [told("share", &["voice"])]);
        // A reference leads on to what it stands for itself.
        let text = "(We) [collect] your <name>. (We) [share] such <data> with couriers. (We) also [sell] this <data>.";
        assert_eq!(refers(text), [told("share", &["name"]), told("sell", &["name"])]);
    }

    #[test]
    fn what_is_no_reference_or_stands_too_far() {
        for text in [
            "(We) [collect] your <name>. (We) [share] your <data> with couriers.",
            "(We) [collect] your <name>. (We) [share] such <data> as your phone number.",
            "(We) [collect] your <name>. (We) [share] such <payment data> with banks.",
            "(We) [collect] your <name>. (We) [use] this feature to be faster.",
            "# One\n\n(We) [collect] your <name>.\n\n# Two\n\n(We) [share] such <data> with couriers.",
            "(We) [collect] your <name>.\n\nWe like parcels.\n\n(We) [share] such <data> with couriers.",
            "(We) [collect] your <personal information>. (We) [share] such <data> with couriers.",
            "（我们）会[收集]您的<姓名>。（我们）会[共享]您的<信息>。",
            "（我们）会[收集]您的<姓名>。因此<信息>会被[存储]。",
            "（我们）会[收集]您的<个人信息>。（我们）会[共享]上述<信息>。",
        ] {
            assert_eq!(refers(text), [], "{text}");
        }
    }

    #[test]
    fn a_long_list_is_told_by_its_beginning() {
        let items: Vec<String> = (0..40).map(|n| format!("<thing number {n}>")).collect();
        let text = format!("(We) [collect] {}. (We) [share] such <data> with couriers.", items.join(", "));
        assert_eq!(refers(&text)[0].1.len(), MOST_THINGS);
    }
}
