//! Where a mention belongs: which verbs of its sentence take it.

use super::coordination::{crosses, crosses_far, is_list};
use crate::extract::{Mention, Role};
use crate::text::Span;

/// Bytes beyond which two mentions do not stand in one clause: keeps the reading of a hostile list linear.
const LONGEST_CLAUSE: usize = 4000;
/// Words that put Chinese data before its verb.
const FRONTING: [char; 5] = ['将', '把', '对', '就', '被'];
/// What may stand between two subjects of one verb.
const JOINERS: [&str; 18] = [
    "",
    "and",
    "or",
    "and/or",
    "and our",
    "or our",
    "and its",
    "or its",
    "和",
    "或",
    "及",
    "以及",
    "与",
    "和/或",
    "或者",
    "和我们的",
    "或我们的",
    "及我们的",
];
const CLAUSE_ENDS: [char; 4] = ['，', '；', '：', '。'];
/// Words that begin another clause or phrase than a relative one.
const NOT_RELATIVE: [&str; 14] = [
    "and", "or", "but", "as", "if", "when", "so", "while", "because", "unless", "before", "after", "for",
    "in",
];

/// Verbs and auxiliaries that follow a subject.
const FINITE: [&str; 14] = [
    "may", "will", "is", "are", "can", "cannot", "could", "might", "must", "would", "should", "has", "have",
    "does",
];

/// The verbs (positions in the list of actions) that take data.
#[derive(Clone, Copy, Debug)]
pub(super) struct Homes {
    pub main: usize,
    /// "use the information we collect": the other verb.
    pub also: Option<usize>,
}

impl Homes {
    fn of(main: usize) -> Homes {
        Homes { main, also: None }
    }
}

pub(super) struct Scene<'a> {
    pub text: &'a str,
    pub sentence: Span,
    pub all: &'a [Mention],
    pub range: std::ops::Range<usize>,
    /// Its verbs.
    pub actions: &'a [usize],
    /// For each verb, which group of coordinated verbs it belongs to.
    pub groups: Vec<usize>,
    pub zh: bool,
}

impl Scene<'_> {
    pub(super) fn span(&self, mention: usize) -> Span {
        self.all[mention].span
    }

    pub(super) fn between(&self, from: usize, to: usize) -> &str {
        Span::new(from.min(to), to).of(self.text)
    }

    /// Position in `actions` of the last one before and the first one after a mention.
    fn around(&self, mention: usize) -> (Option<usize>, Option<usize>) {
        let next = self.actions.partition_point(|&a| a < mention);
        (next.checked_sub(1), (next < self.actions.len()).then_some(next))
    }

    /// Whether data belongs to no verb of practice: "if you delete it, | your settings may be lost", "**Cookies:** we use …".
    pub(super) fn is_apart(&self, i: usize) -> bool {
        if self.zh {
            return false;
        }
        let (prev, next) = self.around(i);
        let here = self.span(i);
        let end = next.map_or(self.sentence.end, |next| self.span(self.actions[next]).start);
        let Some(prev) = prev else {
            // A label; it counts where the verb has no other data.
            let behind = self.between(here.end, end).trim_start_matches(['*', '_', '"']);
            let named =
                (i + 1..self.range.end).any(|m| m > self.actions[0] && self.all[m].role == Role::Data);
            return named && behind.starts_with(": ");
        };
        let verb = self.span(self.actions[prev]);
        let first = (self.actions[prev] + 1..=i).rev().take_while(|&m| self.all[m].role == Role::Data).last();
        // The list of which the data is one: from behind a comma that ends a clause to a verb of another kind.
        let last = (i..self.range.end).take_while(|&m| self.all[m].role == Role::Data).last().unwrap_or(i);
        let behind = self.between(self.span(last).end, end).trim_start_matches([',', ' ']);
        let finite = behind.split_whitespace().next().is_some_and(|w| FINITE.contains(&w));
        let opens = self.between(self.sentence.start, verb.start).to_lowercase();
        let condition = ["if ", "when ", "unless "].iter().any(|w| opens.trim_start().starts_with(w));
        condition && finite && next.is_none() && first.is_some_and(|first| self.begins_clause(prev, first, i))
    }

    /// Whether a comma and a determiner stand before data, or before one of the list that it goes on with.
    fn begins_clause(&self, verb: usize, first: usize, i: usize) -> bool {
        (first..=i).any(|m| {
            let from = if m == first { self.span(self.actions[verb]).end } else { self.span(m - 1).end };
            let gap = self.between(from, self.span(m).start).trim();
            m > first && matches!(gap, ", your" | ", the" | ", all" | ", any")
        })
    }

    /// The verbs of the data `i`; `before` are those of the data before it, whose list it may continue.
    pub(super) fn homes_of_data(&self, i: usize, before: Option<Homes>) -> Homes {
        if self.zh {
            return match before {
                Some(homes) if self.continues_list(i) => homes,
                _ => self.homes_of_chinese_data(i, before),
            };
        }
        let (prev, next) = self.around(i);
        // "the photos you upload and the comments you post": the other items belong to the verb of the first
        let prev = prev.map(|prev| if self.goes_on_behind(prev, i) { self.governor(prev) } else { prev });
        let relative = next.filter(|&next| self.is_relative(i, next));
        match (prev, relative) {
            // "use the information we collect": both verbs' data
            (Some(prev), Some(relative)) if self.is_object(prev, i) => {
                Homes { main: prev, also: Some(relative) }
            }
            // "the data we hold may be processed"
            (_, Some(relative)) => Homes { main: relative, also: self.passive_after(relative) },
            (Some(prev), None) => {
                let passive = next.filter(|&next| self.is_subject(prev, i, next));
                Homes::of(passive.unwrap_or(prev))
            }
            (None, None) => Homes::of(next.unwrap_or(0)),
        }
    }

    /// Whether only what joins a list stands between a verb and data behind it.
    fn goes_on_behind(&self, verb: usize, i: usize) -> bool {
        let words = self.words_between(self.span(self.actions[verb]).end, self.span(i).start);
        let mut words = words.split([' ', ',']).filter(|w| !w.is_empty()).peekable();
        words.peek().is_some() && words.all(|w| matches!(w, "and" | "or" | "the" | "your" | "any" | "other"))
    }

    fn homes_of_chinese_data(&self, i: usize, list: Option<Homes>) -> Homes {
        let (prev, next) = self.around(i);
        let Some(prev) = prev else {
            // 将X用于…，或将收集的Y用于: a relative verb takes nothing before it
            let next = next.unwrap_or(0);
            let main = self.after_group(next).filter(|_| self.is_relative_verb(next));
            return Homes::of(main.unwrap_or(next));
        };
        let here = self.span(i);
        let before = self.words_between(self.span(self.actions[prev]).end, here.start);
        let forward =
            next.filter(|&next| !crosses(&self.words_between(here.end, self.span(self.actions[next]).start)));
        let first = (0..=prev).rev().find(|&k| k == 0 || self.groups[k - 1] != self.groups[k]).unwrap_or(0);
        let verb = self.span(self.actions[first]);
        let relative =
            opens_relative(&before) || self.between(self.sentence.start, verb.start).ends_with('所');
        if relative && !crosses(&before) {
            // 使用您提供的X, 将收集的X存储于: the verb of the clause has it too
            let outer = first.checked_sub(1);
            let lead = self.words_between(
                outer.map_or(self.sentence.start, |k| self.span(self.actions[k]).end),
                verb.start,
            );
            let clause = lead.rsplit(CLAUSE_ENDS).next().unwrap_or(&lead);
            let listed = opens_relative(&lead); // 您提供的X、我们收集的Y: each its own
            let back = outer.filter(|_| !listed && !crosses(&lead) && !clause.contains(FRONTING));
            // 收集您的信息，包括您填写的X、您上传的Y: what is introduced belongs to the verb that introduces it
            let introduced = outer.filter(|_| !crosses_far(&lead) && introduces(&lead));
            let goes_on =
                list.and_then(|l| l.also).filter(|&k| k < first && lead.contains('、') && !crosses(&lead));
            let back = introduced.or(back).or(goes_on);
            let forward = forward.filter(|&k| {
                let words = self.words_between(here.end, self.span(self.actions[k]).start);
                !words.starts_with(['、', '及', '和', '或'])
            });
            return Homes { main: prev, also: back.or(forward) };
        }
        // 共享使用您的X形成的Y: the clause takes X, the verb before it Y
        let inner = i.checked_sub(1).filter(|&x| x > self.actions[prev] && self.all[x].role == Role::Data);
        let formed = inner.map(|x| self.between(self.span(x).end, here.start)).filter(|gap| {
            gap.ends_with('的') && gap.chars().count() > 2 && !gap.contains(['、', '，', '；'])
        });
        if let Some(outer) = first.checked_sub(1).filter(|_| formed.is_some()) {
            let lead = self.words_between(self.span(self.actions[outer]).end, verb.start);
            if lead.chars().count() <= 4 && !crosses(&lead) {
                return Homes::of(outer);
            }
        }
        if let Some(next) = forward {
            let after = self.words_between(here.end, self.span(self.actions[next]).start);
            // 将您的X、Y共享给: a fronting word since the last verb; …，X会被共享: a subject
            let bare = after.trim_matches(['、', '及', '和', '与', '或']).is_empty(); // X保存的期限
            let subject =
                before.contains(CLAUSE_ENDS) && (bare || after.contains(['被', '会', '将', '仅', '已']));
            if before.contains(FRONTING) || subject {
                return Homes::of(next);
            }
        }
        Homes::of(prev)
    }

    /// Whether only what joins a list stands between data and the data before it.
    fn continues_list(&self, i: usize) -> bool {
        let Some(before) =
            i.checked_sub(1).filter(|&b| b >= self.range.start && self.all[b].role == Role::Data)
        else {
            return false;
        };
        is_list(self.between(self.span(before).end, self.span(i).start))
    }

    /// "the information that you provide", "information collected from": a relative clause behind data.
    pub(super) fn is_relative(&self, i: usize, next: usize) -> bool {
        let action = self.actions[next];
        if !(i + 1..action).all(|m| self.all[m].role == Role::Actor) {
            return false;
        }
        let words = self.words_between(self.span(i).end, self.span(action).start);
        let words = words.trim();
        if words.is_empty() && i + 1 == action {
            return self.span(action).of(self.text).ends_with("ed");
        }
        let opens = i + 1 < action || ["that ", "which "].iter().any(|w| words.starts_with(w));
        opens
            && !crosses(words)
            && words.split_whitespace().count() <= 4
            && words.split_whitespace().all(|w| !NOT_RELATIVE.contains(&w))
    }

    /// Whether data is the object of the verb before it.
    fn is_object(&self, prev: usize, i: usize) -> bool {
        let action = self.actions[prev];
        let words = self.words_between(self.span(action).end, self.span(i).start);
        !words.contains([';', ':', '.'])
            && !words.contains(" based on ")
            && words.split_whitespace().filter(|w| w.len() > 1).count() <= 6
            && (action + 1..i).all(|m| self.all[m].role != Role::Actor)
    }

    /// Whether data that stands in a clause after `prev` is the subject of a passive: "and your name is shared".
    fn is_subject(&self, prev: usize, i: usize, next: usize) -> bool {
        let here = self.span(i);
        let before = self.words_between(self.span(self.actions[prev]).end, here.start);
        let after = self.words_between(here.end, self.span(self.actions[next]).start);
        let adjacent = after.split_whitespace().all(is_auxiliary);
        !crosses_far(&after) && is_passive(&after) && (adjacent || crosses(&before))
    }

    /// The passive verb that follows a relative clause.
    fn passive_after(&self, relative: usize) -> Option<usize> {
        let next = self.after_group(relative)?;
        let (from, to) = (*self.actions.get(next - 1)?, *self.actions.get(next)?);
        let words = self.words_between(self.span(from).end, self.span(to).start);
        let own = (from + 1..to).any(|m| self.all[m].role == Role::Data);
        (!own && is_passive(&words) && !crosses_far(&words)).then_some(next)
    }

    /// The words between two places that no mention covers: the skeleton of a clause; beyond a clause's length, its end.
    pub(super) fn words_between(&self, from: usize, to: usize) -> String {
        if to.saturating_sub(from) > LONGEST_CLAUSE {
            return "。; ".into();
        }
        let mut words = String::new();
        let mut at = from;
        let first = self.all[self.range.clone()].partition_point(|m| m.span.start < from) + self.range.start;
        for mention in self.all[first..self.range.end.max(first)].iter().take_while(|m| m.span.end <= to) {
            if mention.span.start >= at {
                words.push_str(self.between(at, mention.span.start));
                at = mention.span.end;
            }
        }
        words.push_str(self.between(at.min(to), to));
        words
    }

    pub(super) fn home_of_recipient(&self, i: usize) -> usize {
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
        } else if self.governor(prev) != prev && !self.is_us(i) {
            // "information that you give us to a third party"
            self.governor(prev)
        } else {
            prev
        }
    }

    fn is_us(&self, i: usize) -> bool {
        ["us", "me", "you"].contains(&self.span(i).of(self.text))
    }

    /// Purposes, conditions and sources: fronted ones go forward, others back.
    pub(super) fn home_of_clause(&self, i: usize) -> usize {
        let outer = |prev: usize| match self.all[i].role {
            Role::Purpose => self.governor(prev),
            Role::Condition if self.zh || self.bars(i) => self.governor(prev),
            _ => prev,
        };
        let (Some(prev), Some(next)) = self.around(i) else {
            return self.around(i).0.map_or_else(|| self.only(i), outer);
        };
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
            // 我们在完成后会删除: a Chinese condition stands before the verb of its clause
            let skeleton = self.words_between(here.end, self.span(self.actions[next]).start);
            let inner = self.all[i].role == Role::Condition && !crosses(&skeleton);
            return if !back && (front || opens || inner || here.start == self.sentence.start) {
                // 根据法律规定，我们将收集的X存储于: past a comma, the condition is one of the main verb
                let main =
                    self.after_group(next).filter(|_| crosses(&skeleton) && self.is_relative_verb(next));
                main.unwrap_or(next)
            } else {
                outer(prev)
            };
        }
        // A clause after a comma that runs into a comma before the next verb governs what follows.
        let opens = lead.trim_end().trim_end_matches(['(', '"']).ends_with([',', ';', ':'])
            || lead.trim_end().ends_with("and");
        let closes = after.trim_start().starts_with(',');
        if opens && closes && self.all[i].role != Role::Source { next } else { outer(prev) }
    }

    /// Whether a condition says when a verb does not hold: "without", "unless", "except".
    fn bars(&self, i: usize) -> bool {
        let words = self.span(i).of(self.text);
        ["without", "unless", "except", "only"].iter().any(|w| words.starts_with(w))
    }

    pub(super) fn nearest(&self, i: usize) -> usize {
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
    ///
    /// Of several that are joined ("we and our partners"), the first. A passive verb takes over nobody: "it is stored".
    pub(super) fn actor(&self, k: usize, before: Option<usize>) -> Option<usize> {
        let action = self.actions[k];
        let from = if k == 0 { self.range.start } else { self.actions[k - 1] + 1 };
        let is_actor = |m: usize| self.all[m].role == Role::Actor;
        let named = (from..action).rev().find(|&m| is_actor(m)).map(|last| {
            let first = (from..last).rev().take_while(|&m| is_actor(m) && self.are_joined(m, m + 1)).last();
            first.unwrap_or(last)
        });
        let behind = (action + 1..self.range.end).take(3).find(|&m| {
            is_actor(m) && self.between(self.span(action).end, self.span(m).start).trim_end().ends_with("by")
        });
        if self.zh {
            return named.or(before);
        }
        let subject = named.filter(|&m| {
            let words = self.between(self.span(m).end, self.span(action).start);
            words.split_whitespace().all(|w| is_auxiliary(w) || is_ly(w)) || !self.is_passive_verb(k)
        });
        let carried = before.filter(|_| !self.is_passive_verb(k));
        subject.or(behind).or(carried).or_else(|| self.ahead(k))
    }

    /// "By blocking cookies, you …": the subject behind a gerund that opens the sentence.
    fn ahead(&self, k: usize) -> Option<usize> {
        let verb = self.span(self.actions[k]);
        let next = self.actions.get(k + 1).copied().unwrap_or(self.range.end);
        let opens = k == 0 && self.between(self.sentence.start, verb.start).split_whitespace().count() <= 2;
        let actor = (self.actions[k] + 1..next).find(|&m| self.all[m].role == Role::Actor)?;
        let comma = self.between(verb.end, self.span(actor).start).trim_end().ends_with(',');
        (opens && comma && verb.of(self.text).ends_with("ing")).then_some(actor)
    }

    /// Whether a verb is in the passive: "is collected", "information collected from you".
    fn is_passive_verb(&self, k: usize) -> bool {
        let action = self.actions[k];
        let verb = self.span(action);
        let from = action.checked_sub(1).filter(|&m| m >= self.range.start).map(|m| self.span(m).end);
        let words = self.between(from.unwrap_or(self.sentence.start), verb.start);
        let after_data = from.is_some() && self.all[action - 1].role == Role::Data && words.trim().is_empty();
        let adverb = |w: &&str| is_ly(w) || ["not", "also", "only", "never", "then"].contains(w);
        let be = words.split_whitespace().rev().find(|w| !adverb(w)).is_some_and(is_passive);
        (after_data && verb.of(self.text).ends_with("ed")) || be && !verb.of(self.text).ends_with("ing")
    }

    /// Whether only "and", "or" or a mark of a list stands between two mentions.
    fn are_joined(&self, first: usize, second: usize) -> bool {
        let gap = self.between(self.span(first).end, self.span(second).start);
        let words = gap.trim().trim_matches([',', '，', '、']).trim();
        !gap.is_empty() && words.split_whitespace().count() <= 3 && JOINERS.contains(&words)
    }
}

fn is_passive(words: &str) -> bool {
    words.split_whitespace().any(|w| matches!(w, "is" | "are" | "was" | "were" | "be" | "been" | "being"))
}

fn is_auxiliary(word: &str) -> bool {
    const WORDS: [&str; 14] = [
        "is", "are", "was", "were", "be", "been", "being", "may", "will", "can", "also", "not", "only",
        "never",
    ];
    WORDS.contains(&word)
}

/// Whether words announce a list: 包括, 例如.
fn introduces(words: &str) -> bool {
    let words = words.trim_end_matches(['您', '你', '我', '们', '，', '：', '（', '(', ' ']);
    ["包括", "包括但不限于", "包含", "例如", "比如", "诸如", "如", "含"].iter().any(|w| words.ends_with(w))
}

fn is_ly(word: &str) -> bool {
    word.ends_with("ly")
}

/// Whether what follows a Chinese verb makes it a relative clause.
pub(super) fn opens_relative(after: &str) -> bool {
    ["的", "到的", "而来的", "形成的", "过的"].iter().any(|w| after.starts_with(w))
}
