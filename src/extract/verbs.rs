//! The verb of a statement in which the model found an actor and no action: 本政策变更时，我们会逐一通知每位用户.

use super::sentence::Sentence;
use super::{Mention, Origin, Role};
use crate::text::Span;
use crate::vocabulary::Kind;

/// Who speaks in a policy.
const CONTROLLER: &str = "party.controller";

/// Words between an actor and what it does.
const MODALS: [&str; 12] =
    ["can", "may", "will", "could", "可以", "可", "有权", "能", "能够", "会", "将", "将会"];

/// Adds to the mentions of a sentence without actions the first cue of one behind its actor; where nothing was found at
/// all, only of one right behind whoever the sentence begins with.
pub(super) fn add(sentence: &Sentence, found: &mut Vec<Mention>) {
    if found.iter().any(|mention| mention.role == Role::Action) {
        return;
    }
    let known = found.iter().find(|mention| mention.role == Role::Actor).map(|mention| mention.span);
    let begins = || sentence.cues.iter().find(|cue| cue.concept == CONTROLLER).map(|cue| cue.span);
    let actor = match known {
        Some(actor) => actor,
        None => match begins() {
            Some(first) if found.is_empty() && sentence.words[..first.start].trim().is_empty() => first,
            _ => return,
        },
    };
    let right_behind = |span: Span| {
        span.start > actor.end && {
            let between = Span::new(actor.end, span.start).of(sentence.words).trim().to_lowercase();
            between.is_empty() || MODALS.contains(&between.as_str())
        }
    };
    // What stands right behind an actor is what it does, not what for.
    let is_done = |mention: &Mention| mention.role == Role::Purpose && right_behind(mention.span);
    let taken = |span: Span| found.iter().any(|mention| mention.span.overlaps(span) && !is_done(mention));
    let verb = sentence
        .cues
        .iter()
        .filter(|cue| cue.kind == Kind::Action && cue.span.start >= actor.end && !taken(cue.span))
        .map(|cue| cue.span)
        .min()
        .filter(|verb| known.is_some() || right_behind(*verb));
    if let Some(verb) = verb {
        found.retain(|mention| !is_done(mention));
        if known.is_none() {
            found.push(sentence.mention(Role::Actor, actor, Origin::Vocabulary));
        }
        found.push(sentence.mention(Role::Action, verb, Origin::Vocabulary));
        found.sort_by_key(|mention| mention.span);
    }
}

#[cfg(test)]
mod tests {
    use crate::document::Document;
    use crate::extract::{Role, all_mentions};
    use crate::ingest::{InputFormat, read};

    #[test]
    fn a_statement_has_a_verb() {
        for (text, verb) in [
            ("本政策变更时，我们会以短信、邮件及弹窗的方式逐一通知每位用户。", Some("通知")),
            ("您可以携带身份证原件前往我们的营业场所办理账号注销手续。", None),
            ("We use them to answer you.", Some("use")),
        ] {
            let document = Document::new("p.txt", read("p.txt", text.as_bytes(), InputFormat::Auto).unwrap());
            let found = all_mentions(&document);
            let actions: Vec<&str> =
                found.iter().filter(|m| m.role == Role::Action).map(|m| m.text.as_str()).collect();
            assert!(actions.len() == 1 && verb.is_none_or(|verb| verb == actions[0]), "{text}: {actions:?}");
            assert!(found.iter().all(|m| m.role != Role::Purpose), "{text}");
        }
    }
}
