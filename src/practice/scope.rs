//! The words around a verb that may turn it round, and the mentions that its sentence excepts.

use super::link::Linked;
use super::stance::{cues, hangs};
use crate::extract::{Mention, Role};
use crate::text::{Language, Span, normalize};

/// Characters behind a verb in which words that negate its object ("no data") are looked for.
const LONGEST_BEHIND: usize = 120;
/// Characters before an item in which the word that excepts it stands.
const LONGEST_EXCEPTION: usize = 40;
const ENGLISH_OBJECT_WORDS: [&str; 9] = ["your", "the", "their", "any", "with", "to", "for", "of", "our"];

pub(super) struct Scope<'a> {
    pub text: &'a str,
    pub mentions: &'a [Mention],
    pub language: &'a Language,
}

impl Scope<'_> {
    /// Where the clause of a verb begins: behind the last comma, but not behind one inside a list of its own mentions.
    pub fn start(&self, from: usize, verb: usize, linked: &Linked) -> usize {
        let before = Span::new(from, verb).of(self.text);
        let actor = linked.actor.map(|a| self.mentions[a].span).filter(|a| (from..verb).contains(&a.start));
        let strong = before
            .char_indices()
            .rev()
            .find(|&(i, c)| matches!(c, '；' | '。' | '：' | ';') || before[i..].starts_with(" but "))
            .map_or(from, |(i, c)| from + i + c.len_utf8());
        let comma = before
            .char_indices()
            .rev()
            .find(|&(i, c)| c == '，' || (matches!(c, ',' | ':') && before[i + 1..].starts_with(' ')))
            .map_or(strong, |(i, c)| strong.max(from + i + c.len_utf8()));
        // "We will not, without your consent, share"
        let inside = Span::new(strong, verb).of(self.text);
        if inside.match_indices([',', '，']).any(|(i, _)| hangs(&inside[..i], self.language)) {
            return strong;
        }
        let Some(actor) = actor else { return comma };
        if self.opens_main_clause(comma, actor, verb) {
            return actor.start;
        }
        // A subject before the comma ("we will not, and never did, sell") keeps its negation.
        actor.start.min(comma).max(from)
    }

    /// "If you are not signed in we collect …": the subject of a verb ends the clause before it.
    fn opens_main_clause(&self, start: usize, actor: Span, verb: usize) -> bool {
        if *self.language == Language::Zh || actor.start < start || actor.end > verb {
            return false;
        }
        let lead = normalize(Span::new(start, actor.start).of(self.text)).text;
        let subordinate = cues(self.language).subordinate.iter().any(|opener| {
            lead.trim_start().strip_prefix(opener.as_str()).is_some_and(|rest| rest.starts_with(' '))
        });
        let behind = Span::new(actor.end, verb).of(self.text);
        subordinate && !behind.split_whitespace().any(|word| matches!(word, "to" | "from"))
    }

    /// Where the words behind a verb end that may negate its object; `end` is that of the sentence or of the next verb.
    pub fn end(&self, verb: usize, end: usize) -> usize {
        let after = Span::new(verb, end.max(verb)).of(self.text);
        let after = after.char_indices().nth(LONGEST_BEHIND).map_or(after, |(at, _)| &after[..at]);
        verb + after.find(['，', '；', '。', ';', ',']).unwrap_or(after.len())
    }

    /// Takes from a practice the data and recipients that its sentence excepts ("… but not your address", 除姓名外):
    /// they are a practice of the other polarity.
    pub fn take_excepted(&self, linked: &mut Linked) -> Option<Linked> {
        let mut excepted = Linked { data: Vec::new(), recipients: Vec::new(), ..linked.clone() };
        let part = |ids: &mut Vec<usize>| {
            let mut before = None; // whether the mention before was excepted
            let (taken, kept): (Vec<usize>, Vec<usize>) = ids.iter().partition(|&&m| {
                let is = self.is_excepted(m, before);
                before = Some((m, is));
                is
            });
            *ids = kept;
            taken
        };
        excepted.data = part(&mut linked.data);
        excepted.recipients = part(&mut linked.recipients);
        match (excepted.data.is_empty(), excepted.recipients.is_empty()) {
            (true, true) => None,
            (true, false) => Some(Linked { data: linked.data.clone(), ..excepted }),
            (false, _) => {
                excepted.recipients.extend(&linked.recipients);
                Some(excepted)
            }
        }
    }

    fn is_excepted(&self, mention: usize, before: Option<(usize, bool)>) -> bool {
        let here = self.mentions[mention].span;
        // An item goes on with the list it stands in.
        if let Some((other, is)) = before {
            let gap = Span::new(self.mentions[other].span.end.min(here.start), here.start).of(self.text);
            let joined = gap.trim().trim_matches([',', '、', '，']).trim();
            if matches!(joined, "" | "and" | "or" | "和" | "及" | "或" | "与" | "以及") && !gap.is_empty()
            {
                return is;
            }
        }
        let zh = *self.language == Language::Zh;
        let from = mention.checked_sub(1).map_or(0, |m| self.mentions[m].span.end.min(here.start));
        let gap = Span::new(from, here.start).of(self.text);
        let gap = gap.char_indices().rev().nth(LONGEST_EXCEPTION).map_or(gap, |(at, _)| &gap[at..]);
        let gap = normalize(gap).text;
        let mut words = gap.trim_end();
        while let Some((rest, last)) = words.rsplit_once(' ').filter(|_| !zh) {
            if !ENGLISH_OBJECT_WORDS.contains(&last) {
                break;
            }
            words = rest.trim_end();
        }
        let cue = cues(self.language).exception.iter().find(|cue| {
            words.strip_suffix(cue.as_str()).is_some_and(|rest| zh || !rest.ends_with(char::is_alphanumeric))
        });
        match cue {
            Some(cue) if zh && cue.as_str().starts_with('除') => self.is_left_out(here.end),
            cue => cue.is_some(),
        }
    }

    /// 除姓名外 leaves the name out, unless the clause goes on with 还 or 也.
    fn is_left_out(&self, end: usize) -> bool {
        let rest = &self.text[end..];
        let rest = rest.split(['。', '；', '\n']).next().unwrap_or(rest);
        rest.find(['外'])
            .is_some_and(|at| !rest[at..].contains(['还', '也', '亦', '同']) && !rest[..at].contains('，'))
    }

    /// Whether a verb takes over how firmly the verb before it is stated: "may collect and store".
    pub fn goes_on_as_firmly(&self, before: usize, verb: usize) -> bool {
        let (from, to) = (self.mentions[before].span.end, self.mentions[verb].span.start);
        let gap = Span::new(from.min(to), to).of(self.text);
        let subject = self.mentions[before..verb].iter().any(|m| m.role == Role::Actor);
        if subject || gap.contains(['；', '。', ';']) || gap.contains(". ") {
            return false;
        }
        let words = normalize(gap).text;
        if *self.language == Language::Zh {
            words.contains('并') || words.ends_with(['及', '和', '或', '且'])
        } else {
            let last = words.split_whitespace().rev().take(3);
            last.clone().any(|word| matches!(word, "and" | "or" | "then")) || last.last() == Some("to")
        }
    }
}
