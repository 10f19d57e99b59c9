//! Mentions of one sentence to practices: which data, recipients, purposes and conditions belong to which action.
//!
//! Policies are written in few shapes. English puts objects and purposes behind the verb and conditions at either end;
//! Chinese fronts purposes (为…，), conditions (经您同意后，), recipients (向…共享) and, with 将/把/对, data. Coordinated verbs
//! ("collect, use and share", 收集、使用) take what follows together. Everything else goes to the nearest verb.

use crate::extract::{Mention, Role};
use crate::text::{Language, Span};

/// Verbs that are coordinated at most: all of a group take the same data, and a hostile list of verbs must not multiply it.
const MOST_COORDINATED: usize = 24;

/// Mentions of a sentence by their place in the document's list, sorted into one practice's slots.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Linked {
    pub action: Option<usize>,
    pub actor: Option<usize>,
    pub data: Vec<usize>,
    pub recipients: Vec<usize>,
    pub sources: Vec<usize>,
    pub purposes: Vec<usize>,
    pub conditions: Vec<usize>,
    pub retention: Vec<usize>,
}

impl Linked {
    fn slot(&mut self, role: Role) -> Option<&mut Vec<usize>> {
        match role {
            Role::Data => Some(&mut self.data),
            Role::Recipient => Some(&mut self.recipients),
            Role::Source => Some(&mut self.sources),
            Role::Purpose => Some(&mut self.purposes),
            Role::Condition => Some(&mut self.conditions),
            Role::Retention => Some(&mut self.retention),
            Role::Actor | Role::Action => None,
        }
    }
}

/// What a sentence's mentions say: linked practices, and what hangs on none of its own verbs.
#[derive(Debug, Default)]
pub(super) struct Links {
    pub practices: Vec<Linked>,
    /// Mentions of a sentence without a verb: list items whose verb stands in the lead-in, or bare lists.
    pub loose: Linked,
    /// For each practice, which group of coordinated verbs it belongs to.
    pub groups: Vec<usize>,
}

/// Links the mentions `range` (indices into `all`, in order) of one sentence.
pub(super) fn link(
    text: &str,
    sentence: Span,
    all: &[Mention],
    range: std::ops::Range<usize>,
    language: &Language,
) -> Links {
    let zh = *language == Language::Zh;
    let actions: Vec<usize> = range.clone().filter(|&i| all[i].role == Role::Action).collect();
    let mut links = Links::default();
    if actions.is_empty() {
        for i in range {
            match all[i].role {
                Role::Actor => links.loose.actor = links.loose.actor.or(Some(i)),
                role => {
                    if let Some(slot) = links.loose.slot(role) {
                        slot.push(i);
                    }
                }
            }
        }
        return links;
    }
    let scene = Scene { text, sentence, all, range: range.clone(), actions: &actions, zh };
    links.groups = scene.groups();
    links.practices = actions.iter().map(|&a| Linked { action: Some(a), ..Linked::default() }).collect();
    for i in range {
        let home = match all[i].role {
            Role::Action | Role::Actor => continue,
            Role::Data => scene.home_of_data(i),
            Role::Recipient => scene.home_of_recipient(i),
            Role::Source | Role::Purpose | Role::Condition => scene.home_of_clause(i),
            Role::Retention => scene.nearest(i),
        };
        // Data comes after all the verbs that share it; a fronted one before them: either way the whole group takes it.
        let group = links.groups[home];
        for (k, practice) in links.practices.iter_mut().enumerate() {
            if links.groups[k] == group
                && let Some(slot) = practice.slot(all[i].role)
            {
                slot.push(i);
            }
        }
    }
    let mut actor = None;
    for k in 0..actions.len() {
        if k == 0 || links.groups[k] != links.groups[k - 1] {
            actor = scene.actor(k, actor);
        }
        links.practices[k].actor = actor;
    }
    links
}

struct Scene<'a> {
    text: &'a str,
    sentence: Span,
    all: &'a [Mention],
    range: std::ops::Range<usize>,
    actions: &'a [usize],
    zh: bool,
}

impl Scene<'_> {
    fn span(&self, mention: usize) -> Span {
        self.all[mention].span
    }

    fn between(&self, from: usize, to: usize) -> &str {
        Span::new(from.min(to), to).of(self.text)
    }

    /// Position in `actions` of the last one before and the first one after a mention.
    fn around(&self, mention: usize) -> (Option<usize>, Option<usize>) {
        let next = self.actions.partition_point(|&a| a < mention);
        (next.checked_sub(1), (next < self.actions.len()).then_some(next))
    }

    /// Coordinated verbs have nothing between them but conjunctions, adverbs and auxiliaries.
    fn groups(&self) -> Vec<usize> {
        let mut group = 0;
        let mut groups = vec![0];
        let mut count = 1;
        for pair in self.actions.windows(2) {
            let adjacent = pair[1] == pair[0] + 1;
            let gap = self.between(self.span(pair[0]).end, self.span(pair[1]).start);
            count += 1;
            if !(adjacent && is_coordination(gap)) || count > MOST_COORDINATED {
                group += 1;
                count = 1;
            }
            groups.push(group);
        }
        groups
    }

    fn home_of_data(&self, i: usize) -> usize {
        let (Some(prev), Some(next)) = self.around(i) else { return self.only(i) };
        let here = self.span(i);
        let after = self.between(here.end, self.span(self.actions[next]).start);
        let before = self.between(self.span(self.actions[prev]).end, here.start);
        if self.zh {
            // 将您的X、Y共享给: a fronting word since the last verb, and no comma up to the next one
            let fronted = before.rfind(['将', '把', '对', '就', '被']).is_some() && !crosses(after);
            let adverbial = before.contains('，') && !crosses(after) && self.other_than_data_between(i, next);
            return if fronted || adverbial && before.contains("的") && after.contains(['被', '会']) {
                next
            } else {
                prev
            };
        }
        let passive = [" is ", " are ", " was ", " were ", " be ", " been ", " being "];
        let padded = format!(" {} ", after.trim());
        if !crosses_far(after) && crosses(before) && passive.iter().any(|p| padded.contains(p)) {
            return next;
        }
        // "the information we collect"
        let relative = next_is_relative(self, i, next) && !is_object_gap(before);
        if relative { next } else { prev }
    }

    fn other_than_data_between(&self, from: usize, next: usize) -> bool {
        (from + 1..self.actions[next]).all(|m| self.all[m].role == Role::Data)
    }

    fn home_of_recipient(&self, i: usize) -> usize {
        let (Some(prev), Some(next)) = self.around(i) else { return self.only(i) };
        let here = self.span(i);
        let after = self.between(here.end, self.span(self.actions[next]).start);
        let word_before = self.between(self.sentence.start, here.start);
        if self.zh {
            let fronted = word_before.ends_with(['向', '与', '和', '由'])
                || word_before.ends_with("向您")
                || after.chars().count() <= 4;
            return if fronted && !crosses(after) { next } else { prev };
        }
        // "third parties collect", "service providers who receive"
        if after.trim().is_empty()
            || matches!(after.trim(), "may" | "will" | "can" | "who" | "that" | "who may" | "that may")
        {
            next
        } else {
            prev
        }
    }

    /// Purposes, conditions and sources: fronted ones go forward, others back.
    fn home_of_clause(&self, i: usize) -> usize {
        let (Some(prev), Some(next)) = self.around(i) else { return self.only(i) };
        let here = self.span(i);
        let lead = self.between(self.span(self.actions[prev]).end, here.start);
        let after = self.between(here.end, self.span(self.actions[next]).start);
        if self.zh {
            let lead = lead.trim_end();
            let back = ["用于", "以便", "以便于", "以", "来", "使", "目的是", "目的", "是为了"]
                .iter()
                .any(|w| lead.ends_with(w));
            let front = ["为", "为了", "基于", "出于", "从", "自", "由", "因", "通过", "在"]
                .iter()
                .any(|w| lead.ends_with(w));
            let opens = lead.ends_with(['，', '；', '。', '：', ',', ';']);
            return if !back && (front || opens || here.start == self.sentence.start) { next } else { prev };
        }
        // A clause after a comma that runs into a comma before the next verb governs what follows.
        let opens = lead.trim_end().trim_end_matches(['(', '"']).ends_with([',', ';', ':'])
            || lead.trim_end().ends_with("and");
        let closes = after.trim_start().starts_with(',');
        if opens && closes && self.all[i].role != Role::Source { next } else { prev }
    }

    fn nearest(&self, i: usize) -> usize {
        let here = self.span(i);
        let distance = |k: usize| {
            let a = self.span(self.actions[k]);
            if a.end <= here.start { here.start - a.end } else { a.start.saturating_sub(here.end) }
        };
        (0..self.actions.len()).min_by_key(|&k| (distance(k), k)).unwrap_or(0)
    }

    fn only(&self, i: usize) -> usize {
        let (prev, next) = self.around(i);
        prev.or(next).unwrap_or(0)
    }

    /// The actor of a verb: the last one named before it, or "by X" right behind it; else that of the verb before.
    fn actor(&self, k: usize, before: Option<usize>) -> Option<usize> {
        let action = self.actions[k];
        let from = if k == 0 { self.range.start } else { self.actions[k - 1] + 1 };
        let named = (from..action).rev().find(|&m| self.all[m].role == Role::Actor);
        let behind = (action + 1..self.range.end).take(3).find(|&m| {
            self.all[m].role == Role::Actor
                && self.between(self.span(action).end, self.span(m).start).trim_end().ends_with("by")
        });
        named.or(behind).or(before)
    }
}

/// Whether a gap between two verbs only joins them.
fn is_coordination(gap: &str) -> bool {
    let mut rest = gap.trim();
    'next: while !rest.is_empty() {
        for word in JOINERS {
            if let Some(after) = rest.strip_prefix(word) {
                let whole = !word.is_ascii()
                    || !word.ends_with(|c: char| c.is_ascii_alphabetic())
                    || !after.starts_with(|c: char| c.is_ascii_alphanumeric());
                if whole {
                    rest = after.trim_start();
                    continue 'next;
                }
            }
        }
        return false;
    }
    true
}

/// Longer before shorter where one begins the other.
const JOINERS: &[&str] = &[
    "、",
    "，",
    ",",
    "/",
    "&",
    "或者",
    "或",
    "以及",
    "及",
    "和",
    "与",
    "并且",
    "并",
    "而",
    "会",
    "将",
    "进行",
    "可能",
    "予以",
    "[",
    "]",
    "and/or",
    "and",
    "or",
    "then",
    "also",
    "may",
    "will",
    "otherwise",
    "further",
    "automatically",
    "not",
    "to",
    "have",
];

/// Whether a gap leaves its clause.
fn crosses(gap: &str) -> bool {
    gap.contains(['，', '；', '。', '：', ';', ':']) || gap.contains(", ") || gap.trim_end().ends_with(',')
}

fn crosses_far(gap: &str) -> bool {
    gap.contains([';', '；', '。']) || gap.contains(". ")
}

/// Whether only a subject ("we", "that you") stands between data and the verb behind it.
fn next_is_relative(scene: &Scene, i: usize, next: usize) -> bool {
    let action = scene.actions[next];
    let only_actor = (i + 1..action).all(|m| scene.all[m].role == Role::Actor);
    let gap = scene.between(scene.span(i).end, scene.span(action).start);
    only_actor && !crosses(gap) && gap.split_whitespace().count() <= 4 && action > i
}

/// Whether data stands right behind its verb, so that it is its object whatever follows.
fn is_object_gap(before: &str) -> bool {
    before.split_whitespace().count() <= 2 && !crosses(before)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::extract::Origin;

    /// Mentions by words and role, in order; the words must occur in the sentence in that order.
    fn linked(text: &str, language: Language, parts: &[(&str, Role)]) -> Vec<String> {
        let mut from = 0;
        let all: Vec<Mention> = parts
            .iter()
            .map(|&(words, role)| {
                let start = from + text[from..].find(words).unwrap();
                from = start + words.len();
                let span = Span::new(start, from);
                Mention { role, span, text: words.into(), concept: None, origin: Origin::Pattern }
            })
            .collect();
        let links = link(text, Span::new(0, text.len()), &all, 0..all.len(), &language);
        let words = |ids: &[usize]| ids.iter().map(|&i| all[i].text.as_str()).collect::<Vec<_>>().join("+");
        links
            .practices
            .iter()
            .map(|p| {
                format!(
                    "{}:{}<{}>{{{}}}>{} if {}",
                    p.actor.map_or("-", |a| &all[a].text),
                    p.action.map_or("-", |a| &all[a].text),
                    words(&p.data),
                    words(&p.purposes),
                    words(&p.recipients),
                    words(&p.conditions),
                )
            })
            .collect()
    }

    use Role::{Action, Actor, Condition, Data, Purpose, Recipient};

    #[test]
    fn coordinated_verbs_share_their_data() {
        let text =
            "We collect, use and may share your email and phone number with our partners to run the service.";
        let parts = [
            ("We", Actor),
            ("collect", Action),
            ("use", Action),
            ("share", Action),
            ("email", Data),
            ("phone number", Data),
            ("our partners", Recipient),
            ("run the service", Purpose),
        ];
        let got = linked(text, Language::En, &parts);
        assert_eq!(got.len(), 3);
        assert_eq!(got[2], "We:share<email+phone number>{run the service}>our partners if ");
        assert_eq!(got[0], "We:collect<email+phone number>{run the service}>our partners if ");
    }

    #[test]
    fn fronted_chinese_data_goes_to_the_verb_behind_it() {
        let text = "为完成支付，我们收集订单信息，并将您的手机号码共享给支付机构。";
        let parts = [
            ("完成支付", Purpose),
            ("我们", Actor),
            ("收集", Action),
            ("订单信息", Data),
            ("手机号码", Data),
            ("共享", Action),
            ("支付机构", Recipient),
        ];
        let got = linked(text, Language::Zh, &parts);
        assert_eq!(got, ["我们:收集<订单信息>{完成支付}> if ", "我们:共享<手机号码>{}>支付机构 if "]);
    }

    #[test]
    fn the_information_we_collect() {
        let text = "We protect the information we collect when you sign up.";
        let parts = [
            ("We", Actor),
            ("protect", Action),
            ("information", Data),
            ("we", Actor),
            ("collect", Action),
            ("when you sign up", Condition),
        ];
        let got = linked(text, Language::En, &parts);
        assert_eq!(got, ["We:protect<information>{}> if ", "we:collect<>{}> if when you sign up"]);
    }

    #[test]
    fn a_leading_condition_governs_what_follows() {
        let text = "We keep your name; when you pay, we share your card number.";
        let parts = [
            ("We", Actor),
            ("keep", Action),
            ("name", Data),
            ("when you pay", Condition),
            ("we", Actor),
            ("share", Action),
            ("card number", Data),
        ];
        let got = linked(text, Language::En, &parts);
        assert_eq!(got[1], "we:share<card number>{}> if when you pay");
    }
}
