//! `extract` for the terminal: one practice a row.

use crate::extract::Mention;
use crate::practice::{Modality, Polarity, Practice, PracticeSet};
use crate::report::messages::Messages;
use crate::report::neutral::neutral;

use super::ink::{Ink, mark};
use super::{Column, Details, Look, Page};

/// The report, in the language of a code.
pub fn practices(set: &PracticeSet, language: &str, look: &Look) -> String {
    let w = Messages::for_language(language);
    let document = &set.document;
    let mut page = Page::new(look);
    let title = neutral(document.title.as_deref().unwrap_or(&document.name));
    page.paragraph(&mark(Ink::Bold, &w.fill("practices.title", &[("title", &title)])));
    page.paragraph(&mark(
        Ink::Dim,
        &[
            neutral(&document.name),
            w.language_name(&neutral(document.language.code())),
            w.count("side.sentences", document.sentences.len()),
            w.count("practices.count", set.practices.len()),
        ]
        .join(" · "),
    ));
    if set.practices.is_empty() {
        page.paragraph(w.get("practices.empty"));
        return page.finish();
    }
    if look.details > Details::None {
        let columns = [
            Column::tight(w.get("column.category")).at_most(16),
            Column::share(w.get("practices.action"), 2),
            Column::share(w.get("practices.data"), 3),
            Column::share(w.get("practices.purposes"), 3),
            Column::share(w.get("practices.recipients"), 2),
            Column::share(w.get("practices.conditions"), 3),
        ];
        let full = look.details == Details::Full;
        // Six columns of a few letters each would be unreadable; two are not.
        let rows: Vec<Vec<String>> = if page.width() >= 110 {
            set.practices.iter().map(|practice| wide(practice, w, full)).collect()
        } else {
            set.practices.iter().map(|practice| narrow(practice, w, full)).collect()
        };
        if page.width() >= 110 {
            page.table(&columns, &rows, true);
        } else {
            let columns = [
                Column::tight(w.get("column.category")).at_most(16),
                Column::share(w.get("practices.list"), 1),
            ];
            page.table(&columns, &rows, true);
        }
    }
    page.finish()
}

/// Who does what, how firmly: "we may not share".
pub(in crate::report) fn deed(practice: &Practice, w: &Messages) -> String {
    let mut parts = Vec::new();
    if practice.polarity == Polarity::Negated {
        parts.push(format!("✗ {}", w.name("polarity", &practice.polarity)));
    }
    if practice.modality != Modality::Does {
        parts.push(w.name("modality", &practice.modality));
    }
    let who: Vec<String> =
        practice.actor.iter().chain(&practice.action).map(|mention| neutral(&mention.text)).collect();
    if !who.is_empty() {
        parts.push(who.join(" "));
    }
    parts.join(w.get("join.clause"))
}

/// The filled parts of a practice after its deed, each with its name.
pub(in crate::report) fn parts(practice: &Practice, w: &Messages) -> Vec<(String, String)> {
    let kept: Vec<&Mention> = practice.retention.iter().map(|retention| &retention.mention).collect();
    let lists: [(&str, Vec<&Mention>); 6] = [
        ("practices.data", practice.data.iter().collect()),
        ("practices.purposes", practice.purposes.iter().collect()),
        ("practices.recipients", practice.recipients.iter().collect()),
        ("practices.sources", practice.sources.iter().collect()),
        ("practices.conditions", practice.conditions.iter().collect()),
        ("practices.retention", kept),
    ];
    lists
        .into_iter()
        .filter(|(_, mentions)| !mentions.is_empty())
        .map(|(key, mentions)| (w.get(key).to_owned(), listed(&mentions, w)))
        .collect()
}

fn listed(mentions: &[&Mention], w: &Messages) -> String {
    mentions.iter().map(|mention| neutral(&mention.text)).collect::<Vec<_>>().join(w.get("join.list"))
}

fn wide(practice: &Practice, w: &Messages, full: bool) -> Vec<String> {
    let of = |mentions: &[Mention]| listed(&mentions.iter().collect::<Vec<_>>(), w);
    let mut when = vec![of(&practice.conditions)];
    for retention in &practice.retention {
        when.push(format!(
            "{}{}{}",
            w.get("practices.retention"),
            w.get("join.colon"),
            neutral(&retention.mention.text)
        ));
    }
    let mut who = vec![of(&practice.recipients)];
    if !practice.sources.is_empty() {
        who.push(format!("{}{}{}", w.get("practices.sources"), w.get("join.colon"), of(&practice.sources)));
    }
    let mut action = deed(practice, w);
    if full {
        action = format!("{action}\n{}", evidence(practice, w));
    }
    let filled = |lines: Vec<String>| {
        lines.into_iter().filter(|line| !line.is_empty()).collect::<Vec<_>>().join("\n")
    };
    vec![
        w.name("category", &practice.category),
        action,
        of(&practice.data),
        of(&practice.purposes),
        filled(who),
        filled(when),
    ]
}

fn narrow(practice: &Practice, w: &Messages, full: bool) -> Vec<String> {
    let mut lines = vec![deed(practice, w)];
    for (name, words) in parts(practice, w) {
        lines.push(format!("  {}{}{words}", mark(Ink::Dim, &name), w.get("join.colon")));
    }
    if full {
        lines.push(evidence(practice, w));
    }
    lines.retain(|line| !line.is_empty());
    vec![w.name("category", &practice.category), lines.join("\n")]
}

fn evidence(practice: &Practice, w: &Messages) -> String {
    let section = neutral(&practice.evidence.section);
    let quote = format!(
        "{}{}{}",
        w.get("quote.open"),
        neutral(&practice.evidence.quote),
        w.get("quote.close")
    );
    if section.is_empty() { quote } else { format!("{}{}{quote}", mark(Ink::Dim, &section), w.get("join.colon")) }
}
