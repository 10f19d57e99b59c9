//! What kind of recipient words name, and which companies: "our affiliate Fennwick Inc." → affiliate, "Fennwick Inc.".

use crate::extract::{Mention, Role, company_names, name};
use crate::text::{Language, Span};
use crate::vocabulary::Vocabulary;

/// Bytes between a recipient and the names that are given for it.
const WIDEST_GAP: usize = 32;

/// A recipient in two parts.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Party {
    /// Id of the concept of its kind, such as `party.affiliate`; `None` where the words do not say.
    pub class: Option<String>,
    /// The names of companies, word for word.
    pub names: Vec<String>,
}

/// The kinds and names of a practice's recipients, in their order. `text` is that of the document: a name behind "such as"
/// or 如 is one of the kind before it.
pub fn parties(
    text: &str,
    recipients: &[Mention],
    language: &Language,
    vocabulary: &Vocabulary,
) -> Vec<Party> {
    let mut found: Vec<Party> = Vec::with_capacity(recipients.len());
    for (i, mention) in recipients.iter().enumerate() {
        let spans = company_names(&mention.text, language, vocabulary);
        let mut class = if spans.is_empty() {
            mention.concept.as_deref().map(kind_of)
        } else {
            // What is left of the words without the names.
            let mut rest = mention.text.clone();
            for span in spans.iter().rev() {
                rest.replace_range(span.start..span.end, " ");
            }
            let role = Mention { text: rest, role: Role::Recipient, concept: None, ..mention.clone() };
            name(&role, vocabulary, language).map(kind_of)
        };
        if class.is_none() && !spans.is_empty() {
            let before = i.checked_sub(1).map(|k| (&recipients[k], &found[k]));
            class = before
                .filter(|(other, _)| goes_on(text, other.span, mention.span))
                .and_then(|(_, party)| party.class.clone())
                .or_else(|| Some("party.company".into()));
        }
        let names = spans.into_iter().map(|span| span.of(&mention.text).to_string()).collect();
        found.push(Party { class, names });
    }
    found
}

/// The concept right below "party".
fn kind_of(concept: &str) -> String {
    concept.split('.').take(2).collect::<Vec<_>>().join(".")
}

/// Whether a name is given as an example of the recipient before it, or goes on with such examples.
fn goes_on(text: &str, before: Span, name: Span) -> bool {
    let Some(gap) = text.get(before.end..name.start).filter(|gap| gap.len() <= WIDEST_GAP) else {
        return false;
    };
    let words =
        gap.trim_matches(|c: char| c.is_whitespace() || [',', '，', '(', '（', '、', '：'].contains(&c));
    let joins = [
        "",
        "such as",
        "including",
        "like",
        "e.g.",
        "namely",
        "and",
        "or",
        "如",
        "例如",
        "比如",
        "包括",
        "和",
        "及",
        "以及",
    ];
    !gap.is_empty() && joins.contains(&words)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::extract::Origin;

    fn read(text: &str, words: &[&str], language: &Language) -> Vec<(Option<String>, Vec<String>)> {
        let recipients: Vec<Mention> = words
            .iter()
            .map(|w| {
                let start = text.find(w).unwrap();
                let mut mention = Mention {
                    role: Role::Recipient,
                    span: Span::new(start, start + w.len()),
                    text: (*w).into(),
                    concept: None,
                    origin: Origin::Model,
                };
                mention.concept = name(&mention, Vocabulary::builtin(), language).map(str::to_string);
                mention
            })
            .collect();
        let found = parties(text, &recipients, language, Vocabulary::builtin());
        found.into_iter().map(|p| (p.class, p.names)).collect()
    }

    #[test]
    fn kinds_and_names() {
        let one = |words: &str, language: &Language| read(words, &[words], language).remove(0);
        let is = |class: &str, names: &[&str]| {
            (Some(class.to_string()), names.iter().map(|n| (*n).to_string()).collect::<Vec<_>>())
        };
        let (en, zh) = (Language::En, Language::Zh);
        assert_eq!(one("our affiliate Fennwick Inc.", &en), is("party.affiliate", &["Fennwick Inc."]));
        assert_eq!(one("Google Analytics", &en), is("party.company", &["Google Analytics"]));
        assert_eq!(one("our service providers", &en), is("party.processor", &[]));
        assert_eq!(one("law enforcement", &en), is("party.authority", &[]));
        assert_eq!(
            one("关联公司杭州云柏科技有限公司", &zh),
            is("party.affiliate", &["杭州云柏科技有限公司"])
        );
        assert_eq!(one("杭州云柏科技有限公司", &zh), is("party.company", &["杭州云柏科技有限公司"]));
        assert_eq!(one("公众", &zh), is("party.public", &[]));
    }

    #[test]
    fn examples_are_of_the_kind_before_them() {
        let text = "We share it with advertisers such as Adnova and Clickwell.";
        let found = read(text, &["advertisers", "Adnova", "Clickwell"], &Language::En);
        let class = Some("party.advertiser".to_string());
        assert_eq!(found[1], (class.clone(), vec!["Adnova".into()]));
        assert_eq!(found[2], (class, vec!["Clickwell".into()]));
    }
}
