//! Items of one list that share words: "IP and MAC addresses" are two addresses, 收货人姓名、地址 are both the recipient's.
//!
//! What an item leaves out stands at the end of a later item (the head) or at the beginning of an earlier one (the
//! modifier). Words are only borrowed where the vocabulary knows what comes out.

use super::cues::CUES;
use super::lists::{MARKS, joined};
use super::sentence::Sentence;
use super::{Mention, Origin, Role};
use crate::document::Document;
use crate::text::{Language, Span};
use crate::vocabulary::{Kind, Vocabulary};

/// The most items that one may look at, on either side, for the words it leaves out.
const WIDEST: usize = 8;
/// The most characters of a Chinese head or modifier.
const LONGEST_PART: usize = 5;
/// The most characters of a mention that is parted.
const LONGEST_LIST: usize = 120;

/// Words with which an item begins that borrows nothing.
const POSSESSIVES: [&str; 5] = ["your ", "their ", "his ", "her ", "our "];

/// Parts the mentions of a sentence that are several items, if each names something of its own.
pub(super) fn part(sentence: &Sentence, found: &mut Vec<Mention>) {
    let mut i = 0;
    while i < found.len() {
        let parts = parts(sentence, &found[start_of_list(sentence, found, i)..i], &found[i]);
        let count = parts.len();
        if count > 1 {
            found.splice(i..=i, parts);
        }
        i += count.max(1);
    }
}

/// The first of the mentions that stand in one list with a mention and before it, as far as it may look.
fn start_of_list(sentence: &Sentence, found: &[Mention], i: usize) -> usize {
    let least = i.saturating_sub(WIDEST);
    let continues = |k: usize| {
        found[k - 1].role == found[k].role && joined(sentence.words, found[k - 1].span, found[k].span)
    };
    (least + 1..=i).rev().find(|&k| !continues(k)).unwrap_or(least)
}

/// The items of a mention; `before` are the mentions that stand before it in the same list.
fn parts(sentence: &Sentence, before: &[Mention], mention: &Mention) -> Vec<Mention> {
    let vocabulary = sentence.vocabulary;
    let Some(kind) = kind(mention.role).filter(|_| mention.origin == Origin::Model) else {
        return Vec::new();
    };
    if mention.text.len() > LONGEST_LIST {
        return Vec::new();
    }
    let spans: Vec<Span> =
        items(&mention.text).into_iter().map(|span| span.shift(mention.span.start)).collect();
    if spans.len() < 2 {
        return Vec::new();
    }
    let words: Vec<&str> = spans.iter().map(|span| span.of(sentence.words)).collect();
    let before: Vec<&str> = before.iter().map(|m| m.text.as_str()).collect();
    let lists = Lists { vocabulary, language: sentence.language, kind };
    // "device and usage data" is read as one thing, and so it is quoted.
    let general = CUES.general_heads.iter().find(|head| mention.text.to_lowercase().ends_with(head.as_str()));
    let shares =
        |item: &&str, head: &str| vocabulary.name_whole(&lists.join(item, head), kind, lists.language);
    let last = words.len() - 1;
    // So is "information about A and B", where both hang on the first words.
    let about = |item: &&str| item.split(' ').any(|word| CUES.about.iter().any(|about| about == word));
    if general.is_some_and(|head| words[..last].iter().any(|item| shares(item, head).is_some()))
        || words[..last].iter().any(about)
    {
        return Vec::new();
    }
    // "moves and your rating" are two things whatever they are.
    let possessive =
        |item: &&str| POSSESSIVES.iter().find(|word| item.starts_with(**word)).map(|word| word.len());
    if mention.role == Role::Data && words.iter().skip(1).all(|item| possessive(item).is_some()) {
        let bare = spans
            .iter()
            .zip(&words)
            .map(|(span, item)| Span::new(span.start + possessive(item).unwrap_or(0), span.end));
        return bare.map(|span| sentence.mention(mention.role, span, mention.origin)).collect();
    }
    // "camera/microphone" is two things whatever they are; "credit or debit card" is two only if it names two.
    let by_marks = mention.text.contains(MARKS);
    let all = vocabulary.name_whole(&mention.text, kind, lists.language);
    let mut concepts = Vec::with_capacity(words.len());
    for (i, item) in words.iter().enumerate() {
        let own = vocabulary.name_whole(item, kind, lists.language);
        let earlier: Vec<&str> = before.iter().chain(&words[..i]).copied().collect();
        let shared = lists.borrowed(&earlier, item, &words[i + 1..], own);
        // What the vocabulary knows as one thing is parted only into kinds of it.
        let part_of = |concept: &str| {
            all.is_none_or(|all| (by_marks || all != concept) && vocabulary.is_a(concept, all))
        };
        match shared.or(own).filter(|concept| lists.is_specific(concept) && part_of(concept)) {
            Some(concept) if by_marks || !concepts.contains(&concept) => concepts.push(concept),
            _ => return Vec::new(),
        }
    }
    spans.into_iter().map(|span| sentence.mention(mention.role, span, mention.origin)).collect()
}

/// Names the items of lists again that leave out what their neighbours say. `found` is sorted by place.
pub(super) fn name(document: &Document, found: &mut [Mention], vocabulary: &Vocabulary) {
    let mut from = 0;
    while from < found.len() {
        let role = found[from].role;
        let mut to = from + 1;
        while to < found.len()
            && found[to].role == role
            && joined(&document.text, found[to - 1].span, found[to].span)
        {
            to += 1;
        }
        if let Some(kind) = kind(role).filter(|_| to - from > 1) {
            let lists = Lists { vocabulary, language: &document.language, kind };
            let group = &mut found[from..to];
            let named: Vec<Option<String>> =
                (0..group.len()).map(|i| lists.named(document, group, i)).collect();
            for (mention, concept) in group.iter_mut().zip(named) {
                mention.concept = concept.or(mention.concept.take());
            }
        }
        from = to;
    }
}

/// The kind of concept of the roles whose items share words.
fn kind(role: Role) -> Option<Kind> {
    match role {
        Role::Data => Some(Kind::Data),
        Role::Recipient | Role::Source => Some(Kind::Party),
        _ => None,
    }
}

/// The items of words that are a list, as far as marks and conjunctions tell.
fn items(words: &str) -> Vec<Span> {
    let mut items = Vec::new();
    let mut put = |start: usize, end: usize| {
        let span = Span::new(start, end).trim(words);
        if !span.is_empty() {
            items.push(span);
        }
    };
    let mut start = 0;
    let mut at = 0;
    while let Some(c) = words[at..].chars().next() {
        let here = &words[at..];
        let conjunction = CUES.conjunctions.iter().filter(|word| {
            here.strip_prefix(word.as_str())
                .is_some_and(|after| !word.is_ascii() || words[..at].ends_with(' ') && after.starts_with(' '))
        });
        let length = match conjunction.map(String::len).max() {
            Some(length) => length,
            // "1,000" and text with commas for blanks are no lists.
            None if MARKS.contains(&c) && (c != ',' || here.starts_with(", ")) => c.len_utf8(),
            None => {
                at += c.len_utf8();
                continue;
            }
        };
        put(start, at);
        at += length;
        start = at;
    }
    put(start, words.len());
    items
}

/// Looks up what items of one kind name together with words of their neighbours.
struct Lists<'a> {
    vocabulary: &'a Vocabulary,
    language: &'a Language,
    kind: Kind,
}

impl<'a> Lists<'a> {
    /// The concept of an item of a group, if its neighbours make it one that its own words do not name.
    fn named<'g>(&self, document: &Document, group: &'g [Mention], i: usize) -> Option<String> {
        let item = &group[i];
        // "name and your address": what begins with a determiner shares nothing with what stands before.
        let own_phrase = |k: usize| {
            let gap = document.words(Span::new(group[k - 1].span.end, group[k].span.start));
            CUES.determiners.iter().any(|word| gap.contains(word.as_str()))
        };
        let least = i.saturating_sub(WIDEST);
        let most = (i + 1 + WIDEST).min(group.len());
        let first = (least + 1..=i).rev().find(|&k| own_phrase(k)).unwrap_or(least);
        let end = (i + 1..most).find(|&k| own_phrase(k)).unwrap_or(most);
        let words = |mentions: &'g [Mention]| mentions.iter().map(|m| m.text.as_str()).collect::<Vec<_>>();
        let (before, after) = (words(&group[first..i]), words(&group[i + 1..end]));
        self.borrowed(&before, &item.text, &after, item.concept.as_deref()).map(str::to_string)
    }

    /// The concept of an item together with the end of an item `after` it or the beginning of one `before` it: the first
    /// that the vocabulary knows and that is narrower than what the item names by itself.
    fn borrowed(&self, before: &[&str], item: &str, after: &[&str], own: Option<&str>) -> Option<&'a str> {
        if !self.is_short(item) {
            return None;
        }
        let heads = after.iter().take(WIDEST).flat_map(|other| ends(other, self.language));
        let with_head = heads.map(|head| self.join(item, head));
        let modifiers = before.iter().rev().take(WIDEST).flat_map(|other| beginnings(other, self.language));
        let with_modifier = modifiers.map(|modifier| self.join(modifier, item));
        with_head.chain(with_modifier).find_map(|words| {
            let concept = self.vocabulary.name_whole(&words, self.kind, self.language)?;
            let fits = own.is_none_or(|own| concept != own && self.vocabulary.is_a(concept, own));
            (fits && self.is_specific(concept)).then_some(concept)
        })
    }

    /// Whether words may leave something out: what is left is a word or two.
    fn is_short(&self, item: &str) -> bool {
        if *self.language == Language::Zh {
            item.chars().count() <= LONGEST_PART
        } else {
            item.split(' ').count() <= 2
        }
    }

    fn join(&self, first: &str, second: &str) -> String {
        if *self.language == Language::Zh { format!("{first}{second}") } else { format!("{first} {second}") }
    }

    /// Whether a concept says more than "information" or "third party".
    fn is_specific(&self, concept: &str) -> bool {
        self.vocabulary.depth(concept) >= 2
    }
}

/// What words may end with, longest first: "debit card number" with "card number" and "number".
fn ends<'w>(words: &'w str, language: &Language) -> Vec<&'w str> {
    if *language == Language::Zh {
        let count = words.chars().count();
        let starts = words.char_indices().map(|(at, _)| at).skip(1.max(count.saturating_sub(LONGEST_PART)));
        return starts.map(|at| &words[at..]).collect();
    }
    words.match_indices(' ').map(|(at, _)| words[at..].trim_start()).collect()
}

/// What words may begin with, longest first: 收货人姓名 with 收货人姓, 收货人, 收货 and 收.
fn beginnings<'w>(words: &'w str, language: &Language) -> Vec<&'w str> {
    if *language == Language::Zh {
        let mut ends: Vec<usize> =
            words.char_indices().map(|(at, _)| at).skip(1).take(LONGEST_PART).collect();
        ends.reverse();
        return ends.into_iter().map(|at| &words[..at]).collect();
    }
    words.match_indices(' ').rev().map(|(at, _)| words[..at].trim_end()).collect()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::extract::all_mentions;
    use crate::ingest::{Format, InputFormat, read};
    use crate::practice::Category;

    /// A sentence of which nothing is known.
    fn sentence<'a>(words: &'a str, language: &'a Language) -> Sentence<'a> {
        const NOTHING: &BTreeSet<Category> = &BTreeSet::new();
        let vocabulary = Vocabulary::builtin();
        Sentence { words, language, categories: NOTHING, periods: &[], cues: &[], vocabulary }
    }

    /// The data of annotated text, as words and the last part of their concepts.
    fn data(text: &str) -> Vec<(String, String)> {
        let document = Document::new(
            "p.txt",
            read("p.txt", text.as_bytes(), InputFormat::Forced(Format::Annotated)).unwrap(),
        );
        all_mentions(&document)
            .into_iter()
            .filter(|m| m.role == Role::Data)
            .map(|m| (m.text, m.concept.unwrap_or_default()))
            .collect()
    }

    #[test]
    fn items_take_the_head_from_a_later_item() {
        for (text, concepts) in [
            (
                "We [collect] <IP> and <MAC addresses>.",
                &["data.network.ip", "data.device.identifier.mac"][..],
            ),
            (
                "We [collect] your <billing> or <shipping address>.",
                &["data.contact.address.billing", "data.contact.address.shipping"],
            ),
            ("We [collect] <email> and <postal addresses>.", &["data.contact.email", "data.contact.address"]),
            (
                "We [collect] <credit>/<debit card number>.",
                &["data.financial.card.number", "data.financial.card.number"],
            ),
            ("我们[收集]您的<浏览>、<搜索记录>。", &["data.usage.browsing.history", "data.usage.search"]),
        ] {
            let found: Vec<String> = data(text).into_iter().map(|(_, concept)| concept).collect();
            assert_eq!(found, concepts, "{text}");
        }
    }

    #[test]
    fn items_take_the_modifier_from_an_earlier_item() {
        for (text, concepts) in [
            (
                "We [collect] <device type>, <model> and <manufacturer>.",
                &["data.device.model", "data.device.model", "data.device.brand"][..],
            ),
            (
                "我们[收集]<收货人姓名>、<地址>和<电话>。",
                &["data.identity.name.recipient", "data.contact.address.shipping", "data.contact.phone"],
            ),
            ("我们[收集]<设备品牌>、<型号>。", &["data.device.brand", "data.device.model"]),
        ] {
            let found: Vec<String> = data(text).into_iter().map(|(_, concept)| concept).collect();
            assert_eq!(found, concepts, "{text}");
        }
    }

    #[test]
    fn a_part_takes_the_modifier_from_the_mention_before() {
        let text = "We collect device type, model and version.";
        let document = Document::new("p.txt", read("p.txt", text.as_bytes(), InputFormat::Auto).unwrap());
        let mention = |start: usize, end: usize| Mention {
            role: Role::Data,
            span: Span::new(start, end),
            text: text[start..end].to_string(),
            concept: None,
            origin: Origin::Model,
        };
        let mut found = vec![mention(11, 22), mention(24, 41)];
        part(&sentence(text, &document.language), &mut found);
        name(&document, &mut found, Vocabulary::builtin());
        let found: Vec<_> = found.into_iter().map(|m| (m.text, m.concept.unwrap_or_default())).collect();
        assert_eq!(found[1], ("model".into(), "data.device.model".into()));
        assert_eq!(found[2], ("version".into(), "data.device.software".into()));
    }

    #[test]
    fn an_item_with_its_own_possessive_is_its_own_thing() {
        let text = "We collect moves and your rating.";
        let words = Span::new(11, 32);
        let mention = Mention {
            role: Role::Data,
            span: words,
            text: words.of(text).to_string(),
            concept: None,
            origin: Origin::Model,
        };
        let mut found = vec![mention];
        part(&sentence(text, &Language::En), &mut found);
        assert_eq!(found.iter().map(|m| m.text.as_str()).collect::<Vec<_>>(), ["moves", "rating"]);
    }

    #[test]
    fn a_phrase_with_its_own_determiner_shares_nothing() {
        let found = data("We [collect] the <device type> and your <model>.");
        assert_eq!(found[1], ("model".to_string(), String::new()));
    }

    #[test]
    fn words_are_parted_where_each_item_names_something() {
        let parted = |text: &str, language: &str| {
            let document = Document::new("p.txt", read("p.txt", text.as_bytes(), InputFormat::Auto).unwrap());
            let mention = Mention {
                role: Role::Data,
                span: Span::new(0, text.len()),
                text: text.to_string(),
                concept: None,
                origin: Origin::Model,
            };
            assert_eq!(document.language.code(), language, "{text}");
            let parts = parts(&sentence(text, &document.language), &[], &mention);
            parts.iter().all(|m| m.span.of(text) == m.text).then_some(()).expect("parts are slices");
            parts.into_iter().map(|m| m.text).collect::<Vec<_>>()
        };
        for (text, expected) in [
            ("IP and MAC addresses", &["IP", "MAC addresses"][..]),
            ("billing or shipping address", &["billing", "shipping address"]),
            (
                "precise and approximate location information",
                &["precise", "approximate location information"],
            ),
            ("IMEI/OAID", &["IMEI", "OAID"]),
            ("credit/debit card number", &["credit", "debit card number"]),
            ("credit or debit card number", &[]),
            ("information about your interests and your orders", &[]),
            ("first and last name", &["first", "last name"]),
            ("browser type and version", &[]),
            ("terms and conditions", &[]),
            ("name, rank and serial story", &[]),
        ] {
            assert_eq!(parted(text, "en"), expected, "{text}");
        }
        for (text, expected) in [
            ("姓名、身份证号", &["姓名", "身份证号"][..]),
            ("手机号及邮箱地址", &["手机号", "邮箱地址"]),
            ("登录账号、密码", &["登录账号", "密码"]),
            ("设备型号/操作系统版本", &["设备型号", "操作系统版本"]),
            ("收货人姓名、地址和电话", &["收货人姓名", "地址", "电话"]),
            ("姓名和身份证信息", &["姓名", "身份证信息"]),
            ("相机/麦克风权限", &["相机", "麦克风权限"]),
            ("商品和服务信息", &[]),
            ("硬件和软件信息", &[]),
        ] {
            assert_eq!(parted(text, "zh"), expected, "{text}");
        }
    }
}
