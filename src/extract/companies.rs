//! Names of companies beside recipients and behind verbs of sharing: "advertisers such as Adnova and Clickwell",
//! 广告合作伙伴（如云图广告、巨浪引擎）. A model of sentences cannot know names.

use super::cues::CUES;
use super::sentence::Sentence;
use super::{Mention, Origin, Role, candidates};
use crate::practice::Category;
use crate::text::{Language, Span};
use crate::vocabulary::{Hit, Kind, Vocabulary};

/// The most mentions of a sentence beside which names are looked for: keeps the reading of a hostile list linear.
const MOST_MENTIONS: usize = 400;
/// The most names that are added to a sentence.
const MOST_NAMES: usize = 64;
/// Bytes before a name in which the words stand that make it a recipient.
const WIDEST_LEAD: usize = 48;

/// Adds to the mentions of a sentence the names of companies among its recipients.
pub(super) fn add(sentence: &Sentence, found: &mut Vec<Mention>) {
    let (words, vocabulary) = (sentence.words, sentence.vocabulary);
    let gives = |m: &Mention| {
        m.role == Role::Action
            && matches!(sentence.category_of(&m.text), Some(Category::Sharing | Category::Transfer))
    };
    let shares = found.iter().any(gives);
    if found.len() > MOST_MENTIONS || !(shares || found.iter().any(|m| m.role == Role::Recipient)) {
        return;
    }
    let zh = *sentence.language == Language::Zh;
    let candidates = candidates(words, sentence.language, sentence.cues, vocabulary);
    // The dot of "Ltd." belongs to the name.
    for name in candidates.iter().filter(|name| name.of(words).ends_with('.')) {
        let is_short = |m: &&mut Mention| {
            m.role == Role::Recipient && m.span.start == name.start && m.span.end + 1 == name.end
        };
        if let Some(short) = found.iter_mut().find(is_short) {
            *short = sentence.mention(Role::Recipient, *name, short.origin);
        }
    }
    let mut taken: Vec<(Span, bool)> = found.iter().map(|m| (m.span, m.role == Role::Recipient)).collect();
    let mut names = Vec::new();
    for name in candidates {
        let next = taken.partition_point(|(other, _)| other.start < name.start);
        let free = [next.checked_sub(1), Some(next)]
            .into_iter()
            .flatten()
            .filter_map(|k| taken.get(k))
            .all(|(other, _)| !other.overlaps(name));
        if !free || names.len() >= MOST_NAMES {
            continue;
        }
        let before = next.checked_sub(1).and_then(|k| taken.get(k));
        let near = Span::new(before.map_or(0, |(other, _)| other.end), name.start);
        let lead = if near.len() > WIDEST_LEAD { "" } else { near.of(words).trim() };
        let beside = || before.is_some_and(|&(_, recipient)| recipient) && joins(lead, zh);
        let known = || is_known(name.of(words), vocabulary, sentence.language);
        let behind_verb = || shares && follows_preposition(&words[..name.start], zh) && known();
        if beside() || behind_verb() {
            taken.insert(next, (name, true));
            names.push(sentence.mention(Role::Recipient, name, Origin::Pattern));
        }
    }
    found.extend(names);
    found.sort_by_key(|m| m.span);
}

/// Words that look like names: known companies among the `cues`, companies by their suffix, capitalised words, short
/// Chinese items.
fn candidates(words: &str, language: &Language, cues: &[Hit], vocabulary: &Vocabulary) -> Vec<Span> {
    let mut found: Vec<Span> = cues
        .iter()
        .filter(|hit| hit.kind == Kind::Party && vocabulary.is_a(hit.concept, "party.company"))
        .filter(|hit| hit.concept != "party.company")
        .map(|hit| hit.span)
        .collect();
    found.extend(if *language == Language::Zh {
        candidates::chinese(words)
    } else {
        candidates::english(words)
    });
    // The longer of two that begin together.
    found.sort_by_key(|span| (span.start, std::cmp::Reverse(span.end)));
    found.dedup_by_key(|span| span.start);
    found.retain(|span| {
        let name = span.of(words);
        !CUES.not_names.iter().any(|word| word == name)
    });
    found
}

/// Whether a name is known, or says itself that it is one of a company.
fn is_known(name: &str, vocabulary: &Vocabulary, language: &Language) -> bool {
    let concept = vocabulary.name(name, Kind::Party, language);
    concept.is_some_and(|id| vocabulary.is_a(id, "party.company"))
        || ["Inc", "Inc.", "Ltd", "Ltd.", "LLC", "GmbH", "Corp.", "Limited", "Corporation", "公司"]
            .iter()
            .any(|end| name.ends_with(end))
}

/// Whether words lead from one recipient to another: ", such as", "and", （如.
fn joins(lead: &str, zh: bool) -> bool {
    let words = lead.trim_start_matches(['(', '（', ',', '，', ' ']);
    if zh {
        let bare = words.trim_end_matches(['：', ' ']);
        return matches!(
            bare,
            "、" | "和" | "及" | "以及" | "或" | "与" | "如" | "例如" | "比如" | "包括" | "包括但不限于"
        ) || bare.is_empty() && lead.starts_with(['（', '(']);
    }
    matches!(
        words,
        "and" | "or" | "such as" | "including" | "like" | "e.g." | "for example" | "namely" | "called"
    ) || words.is_empty() && lead.starts_with([',', '('])
}

/// Whether words end in a preposition of giving, and at most in words of one recipient: "to our processor".
fn follows_preposition(before: &str, zh: bool) -> bool {
    let before = before.trim_end();
    if zh {
        return ["与", "向", "给", "至"].iter().any(|word| before.ends_with(word));
    }
    let mut last =
        before.split_whitespace().rev().take(4).take_while(|word| !word.ends_with([',', ';', '.', ':']));
    last.any(|word| matches!(word, "with" | "to"))
}

/// The names of companies in the words of a recipient: "Fennwick Inc." of "our affiliate Fennwick Inc.".
pub fn company_names(words: &str, language: &Language, vocabulary: &Vocabulary) -> Vec<Span> {
    let is_class = |name: &str| {
        let concept = vocabulary.name(name, Kind::Party, language);
        concept.is_some_and(|id| !vocabulary.is_a(id, "party.company"))
    };
    let cues = vocabulary.find(words, language);
    let classes: Vec<Span> = cues
        .iter()
        .filter(|hit| hit.kind == Kind::Party && !vocabulary.is_a(hit.concept, "party.company"))
        .map(|hit| hit.span)
        .collect();
    let mut names: Vec<Span> = candidates(words, language, &cues, vocabulary)
        .into_iter()
        .filter_map(|name| {
            if *language == Language::Zh {
                return chinese_name(words, name, &classes, vocabulary);
            }
            let text = name.of(words);
            let sure = is_known(text, vocabulary, language);
            let role_word = !sure && (is_class(text) || classes.iter().any(|class| class.overlaps(name)));
            (text.chars().any(char::is_uppercase) && !role_word).then_some(name)
        })
        .collect();
    names.sort_by_key(|name| (name.start, std::cmp::Reverse(name.end)));
    let mut end = 0;
    names.retain(|name| {
        let apart = name.start >= end;
        end = end.max(name.end);
        apart
    });
    names
}

/// The name in words that look like one: without what says what it is (关联公司), and with more to it than that.
fn chinese_name(words: &str, name: Span, classes: &[Span], vocabulary: &Vocabulary) -> Option<Span> {
    let class = classes.iter().find(|class| class.start == name.start && class.end < name.end);
    let name = Span::new(class.map_or(name.start, |class| class.end), name.end);
    let text = name.of(words);
    // 云图推送SDK has more to it than what any SDK for messages is called.
    let inside = |at: usize| classes.iter().any(|class| (class.start..class.end).contains(&at));
    let own = text.char_indices().filter(|(at, _)| !inside(name.start + at)).count();
    let named = ["SDK", "集团", "公司"].iter().any(|end| text.ends_with(end)) && own >= 2;
    let concept = vocabulary.name(text, Kind::Party, &Language::Zh);
    (named || concept.is_some_and(|id| vocabulary.is_a(id, "party.company"))).then_some(name)
}

#[cfg(test)]
mod tests {
    use super::company_names;
    use crate::document::Document;
    use crate::extract::{Role, all_mentions};
    use crate::ingest::{InputFormat, read};
    use crate::text::Language;
    use crate::vocabulary::Vocabulary;

    fn recipients(text: &str) -> Vec<String> {
        let document = Document::new("p.txt", read("p.txt", text.as_bytes(), InputFormat::Auto).unwrap());
        let found = all_mentions(&document);
        found.into_iter().filter(|m| m.role == Role::Recipient).map(|m| m.text).collect()
    }

    #[test]
    fn names_beside_recipients_are_recipients() {
        for (text, name) in [
            (
                "We share device information with third parties, including Adnova, Clickwell and LinkedIn.",
                "Clickwell",
            ),
            ("We share your name with service providers such as Brightpost Ltd.", "Brightpost Ltd."),
            ("We share your usage data with Google Analytics.", "Google Analytics"),
            ("我们会与广告合作伙伴（如云图广告、巨浪引擎）共享您的设备标识符。", "巨浪引擎"),
            ("我们会将您的设备信息共享给杭州云柏科技有限公司。", "杭州云柏科技有限公司"),
        ] {
            let found = recipients(text);
            assert!(found.iter().any(|r| r.contains(name)), "{text}: {found:?}");
        }
    }

    proptest::proptest! {
        #[test]
        fn names_of_any_words_are_apart(
            parts in proptest::collection::vec(
                proptest::sample::select(vec![
                    "关联公司", "云柏", "有限公司", "SDK", "、", "谷歌", "阿里云计算有限公司", "（", "集团", "Google", " ", "Analytics",
                    "Inc.", ",", "our affiliate", "Ltd", "İ", "第三方", "推送", "微信", "支付宝",
                ]),
                0..12,
            ),
        ) {
            let words = parts.concat();
            for language in [Language::En, Language::Zh] {
                let names = company_names(&words, &language, Vocabulary::builtin());
                proptest::prop_assert!(names.windows(2).all(|pair| pair[0].end <= pair[1].start));
                proptest::prop_assert!(names.iter().all(|name| words.get(name.start..name.end).is_some()));
            }
        }
    }

    #[test]
    fn names_are_told_from_classes() {
        let names = |words: &str, language: &Language| -> Vec<String> {
            let found = company_names(words, language, Vocabulary::builtin());
            found.into_iter().map(|span| span.of(words).to_string()).collect()
        };
        assert_eq!(names("our affiliate Fennwick Inc.", &Language::En), ["Fennwick Inc."]);
        assert_eq!(names("Google Analytics", &Language::En), ["Google Analytics"]);
        assert_eq!(names("Adnova", &Language::En), ["Adnova"]);
        assert_eq!(names("关联公司杭州云柏科技有限公司", &Language::Zh), ["杭州云柏科技有限公司"]);
        assert_eq!(names("云图推送SDK", &Language::Zh), ["云图推送SDK"]);
        for class in
            ["Service Providers", "our partners", "third parties", "Our affiliates", "law enforcement"]
        {
            assert!(names(class, &Language::En).is_empty(), "{class}");
        }
        for class in ["合作伙伴", "第三方SDK", "关联公司", "广告服务商"] {
            assert!(names(class, &Language::Zh).is_empty(), "{class}");
        }
    }
}
