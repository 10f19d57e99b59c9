//! The verb of a statement in which the model found an actor and no action: 本政策变更时，我们会逐一通知每位用户.

use super::sentence::Sentence;
use super::{Mention, Origin, Role};
use crate::text::Span;
use crate::vocabulary::Kind;

/// Words between an actor and what it does.
const MODALS: [&str; 12] =
    ["can", "may", "will", "could", "可以", "可", "有权", "能", "能够", "会", "将", "将会"];

/// Adds to the mentions of a sentence without actions the first cue of one behind its actor.
pub(super) fn add(sentence: &Sentence, found: &mut Vec<Mention>) {
    if found.iter().any(|mention| mention.role == Role::Action) {
        return;
    }
    let Some(actor) = found.iter().find(|mention| mention.role == Role::Actor).map(|mention| mention.span)
    else {
        return;
    };
    // What stands right behind an actor and a modal is what it does, not what for.
    let is_done = |mention: &Mention| {
        mention.role == Role::Purpose && mention.span.start > actor.end && {
            let between = Span::new(actor.end, mention.span.start).of(sentence.words).trim().to_lowercase();
            MODALS.contains(&between.as_str())
        }
    };
    let taken = |span: Span| found.iter().any(|mention| mention.span.overlaps(span) && !is_done(mention));
    let verb = sentence
        .cues
        .iter()
        .filter(|cue| cue.kind == Kind::Action && cue.span.start >= actor.end && !taken(cue.span))
        .map(|cue| cue.span)
        .min();
    if let Some(verb) = verb {
        found.retain(|mention| !is_done(mention));
        found.push(sentence.mention(Role::Action, verb, Origin::Vocabulary));
        found.sort_by_key(|mention| mention.span);
    }
}

#[cfg(test)]
mod tests {
    use crate::document::Document;
    use crate::extract::{Readings, Role, mentions};
    use crate::ingest::{InputFormat, read};
    use crate::model::Models;
    use crate::vocabulary::Vocabulary;

    #[test]
    fn a_statement_has_a_verb() {
        for (text, verb) in [
            ("本政策变更时，我们会以短信、邮件及弹窗的方式逐一通知每位用户。", "通知"),
            ("您可以携带身份证原件前往我们的营业场所办理账号注销手续。", "注销"),
        ] {
            let document = Document::new("p.txt", read("p.txt", text.as_bytes(), InputFormat::Auto).unwrap());
            let readings =
                Readings::of(std::slice::from_ref(&document), Vocabulary::builtin(), Models::builtin());
            let found = mentions(&document, Vocabulary::builtin(), &readings[0]);
            let actions: Vec<&str> =
                found.iter().filter(|m| m.role == Role::Action).map(|m| m.text.as_str()).collect();
            assert_eq!(actions, [verb], "{text}");
            assert!(found.iter().all(|m| m.role != Role::Purpose), "{text}");
        }
    }
}
