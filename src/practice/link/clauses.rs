//! How the clauses of two verbs of a sentence hang together.

use super::coordination::{crosses, crosses_far};
use super::homes::{Scene, opens_relative};
use crate::extract::Role;

/// Where the words begin that may turn a verb round.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(in crate::practice) enum Clause {
    /// Behind the last verb or comma.
    #[default]
    Own,
    /// At this byte: a relative clause.
    Relative(usize),
    /// Where that of the verb before begins: "we do not sell your data or share it".
    Shared,
}

impl Scene<'_> {
    pub(super) fn clause(&self, k: usize) -> Clause {
        match self.relative_start(k) {
            Some(start) => Clause::Relative(start),
            None if self.stays_in_clause(k) => Clause::Shared,
            None => Clause::Own,
        }
    }

    /// Where the relative clause of a verb begins: behind its data, "no control of information | you have shared", or with
    /// its subject, 不会泄露|您提供的照片.
    fn relative_start(&self, k: usize) -> Option<usize> {
        if self.zh {
            let first = self.groups.get(k).map(|&group| self.groups.partition_point(|&g| g < group))?;
            let action = *self.actions.get(first)?;
            let actor = action.checked_sub(1).filter(|&m| m >= self.range.start)?;
            let subject = self.all[actor].role == Role::Actor && self.is_relative_verb(k);
            let near = subject && !crosses(self.between(self.span(actor).end, self.span(action).start));
            return near.then(|| self.span(actor).start);
        }
        let action = *self.actions.get(k)?;
        let data = (self.range.start..action).rev().find(|&m| self.all[m].role != Role::Actor)?;
        let relative =
            !self.zh && self.all[data].role == Role::Data && data + 1 < action && self.is_relative(data, k);
        relative.then(|| self.span(data).end)
    }

    /// The verb that governs a relative clause: 使用 of 使用您提供的X, "use" of "use the information we collect".
    pub(super) fn governor(&self, k: usize) -> usize {
        let first = self.groups.get(k).map_or(k, |&group| self.groups.partition_point(|&g| g < group));
        let Some(outer) = first.checked_sub(1) else { return k };
        let Some((words, _)) = self.since_verb_before(first) else { return k };
        let relative = if self.zh {
            self.is_relative_verb(k) && !crosses(&words) && !opens_relative(&words)
        } else {
            self.relative_start(first).is_some() && !words.contains([';', ':', '.'])
        };
        if relative { outer } else { k }
    }

    /// Whether only "or" (in Chinese, a bare comma too) joins a verb to the clause of the one before it, so that "not" reaches over both.
    fn stays_in_clause(&self, k: usize) -> bool {
        let Some((words, subject)) = self.since_verb_before(k) else { return false };
        let joined = if self.zh {
            words.trim() == "，" || words.contains('或') && !crosses(&words)
        } else {
            words.split_whitespace().any(|w| matches!(w, "or" | "nor")) && !crosses_far(&words)
        };
        joined && !subject
    }

    /// Whether the verb `k` brings about the next one: "ask us to delete", "use cookies to store", 授权我们收集.
    pub(super) fn brings_about(&self, k: usize) -> bool {
        self.since_verb_before(k + 1).is_some_and(|(words, _)| !crosses(&words))
    }

    /// Whether a verb shares what the next one takes: "give you access to, or delete, your data".
    pub(super) fn waits_for(&self, k: usize) -> bool {
        let (Some((words, false)), Some(&next)) = (self.since_verb_before(k + 1), self.actions.get(k + 1))
        else {
            return false;
        };
        let behind = self.between(self.span(next).end, self.sentence.end);
        !self.zh && (words.ends_with(", or ") || words.ends_with(", and ")) && behind.starts_with(',')
    }

    /// Whether a verb names again what the verb before it took, beside data of its own: 并将其与X整合, "combine it with X".
    pub(super) fn takes_again(&self, k: usize) -> bool {
        let Some((words, subject)) = self.since_verb_before(k) else { return false };
        let verb = self.span(self.actions[k]).end;
        let chinese = ["将其", "把其", "将它", "将之", "将这些", "将该等"].iter().any(|w| words.contains(w));
        let behind = self.between(verb, self.sentence.end).trim_start();
        let english = ["it ", "them ", "this with", "these with"].iter().any(|w| behind.starts_with(w));
        !subject && !crosses_far(&words) && if self.zh { chinese } else { english }
    }

    /// Whether the verb `k` speaks on of what the verb before it took.
    pub(super) fn goes_on(&self, k: usize) -> bool {
        let Some((words, subject)) = self.since_verb_before(k) else { return false };
        // "…, and we may also share": another clause with a subject of its own
        let anew = !self.zh && subject && crosses(&words);
        !crosses_far(&words) && !anew
    }

    /// Whether a verb follows the one before it without a subject of its own: "use cookies to store", 访问X，读取Y.
    pub(super) fn runs_on(&self, k: usize) -> bool {
        let Some((words, subject)) = self.since_verb_before(k) else { return false };
        let words = words.trim();
        let bare =
            ["您的", "你的", "其", "用户的"].iter().fold(words.to_string(), |w, own| w.replace(own, ""));
        let chinese = self.zh && !bare.contains(['；', '。', '的']);
        !subject && (chinese || !self.zh && words.ends_with("to") && !crosses(words))
    }

    /// The words that lead from one verb to the next, and whether a subject is among them.
    fn since_verb_before(&self, k: usize) -> Option<(String, bool)> {
        let (&prev, &this) = (self.actions.get(k.checked_sub(1)?)?, self.actions.get(k)?);
        let subject = (prev..this).any(|m| self.all[m].role == Role::Actor);
        Some((self.words_between(self.span(prev).end, self.span(this).start), subject))
    }

    /// The first verb behind the group of a verb.
    pub(super) fn after_group(&self, verb: usize) -> Option<usize> {
        let group = *self.groups.get(verb)?;
        let next = self.groups.partition_point(|&g| g <= group);
        (next < self.actions.len()).then_some(next)
    }

    /// 收集的…, 收集和产生的…
    pub(super) fn is_relative_verb(&self, verb: usize) -> bool {
        let end = self.after_group(verb).unwrap_or(self.actions.len());
        let last = end.checked_sub(1).and_then(|k| self.actions.get(k));
        last.is_some_and(|&a| opens_relative(self.between(self.span(a).end, self.sentence.end)))
    }
}
