//! `vocabulary list` and `show` for the terminal: the tree of concepts, and one of them in full.

use crate::report::messages::Messages;
use crate::report::neutral::neutral;
use crate::text::Language;
use crate::vocabulary::{Concept, Terms, Vocabulary};

use super::ink::{Ink, mark};
use super::{Column, Look, Page};

/// All concepts, indented by their place in the tree.
pub fn vocabulary(vocabulary: &Vocabulary, language: &str, look: &Look) -> String {
    let w = Messages::for_language(language);
    let mut page = Page::new(look);
    let columns = [
        Column::tight(w.get("column.concept")).at_most(look.width.max(40) / 2),
        Column::share(w.get("language.en"), 1),
        Column::share(w.get("language.zh"), 1),
    ];
    let rows: Vec<Vec<String>> = vocabulary
        .concepts()
        .map(|concept| {
            let indent = " ".repeat(2 * vocabulary.depth(&concept.id).min(10));
            let sensitive = if vocabulary.is_sensitive(&concept.id) { " !" } else { "" };
            vec![
                format!("{indent}{}{sensitive}", neutral(&concept.id)),
                neutral(&concept.label.en),
                neutral(&concept.label.zh),
            ]
        })
        .collect();
    page.table(&columns, &rows, false);
    page.paragraph(&mark(Ink::Dim, &format!("! {}", w.get("compare.sensitive-long"))));
    page.paragraph(&mark(Ink::Dim, &w.count("benchmark.count-rows", rows.len())));
    page.finish()
}

/// One concept: labels, place in the tree, DPV, sensitivity, cues.
pub fn concept(vocabulary: &Vocabulary, concept: &Concept, language: &str, look: &Look) -> String {
    let w = Messages::for_language(language);
    let labels = Language::from(language.to_owned());
    let mut page = Page::new(look);
    page.paragraph(&mark(Ink::Bold, &neutral(&concept.id)));
    let mut rows: Vec<Vec<String>> = Vec::new();
    let mut row = |key: &str, text: String| {
        if !text.is_empty() {
            rows.push(vec![mark(Ink::Bold, w.get(key)), text]);
        }
    };
    let named = |ids: Vec<&str>| {
        let with_label = |id: &&str| {
            format!("{} {}", neutral(id), mark(Ink::Dim, &neutral(vocabulary.label(id, &labels))))
        };
        ids.iter().map(with_label).collect::<Vec<_>>().join("\n")
    };
    row("language.en", neutral(&concept.label.en));
    row("language.zh", neutral(&concept.label.zh));
    row("vocabulary.broader", named(vocabulary.ancestors(&concept.id)));
    row("vocabulary.narrower", named(vocabulary.children(&concept.id)));
    row(
        "column.category",
        vocabulary.category(&concept.id).map_or(String::new(), |c| w.name("category", &c)),
    );
    row("compare.dpv", neutral(concept.iri.as_deref().unwrap_or_default()));
    row("vocabulary.near", neutral(concept.near.as_deref().unwrap_or_default()));
    let rules: Vec<String> =
        vocabulary.sensitivity(&concept.id).iter().map(|rule| w.name("sensitive", rule)).collect();
    row("vocabulary.sensitive", rules.join("\n"));
    let words = vocabulary.words(&concept.id);
    row("vocabulary.terms", terms(&words.terms, w));
    row("vocabulary.forms", terms(&words.forms, w));
    row("vocabulary.exact", terms(&words.exact, w));
    page.table(&[Column::tight("").at_most(28), Column::share("", 1)], &rows, true);
    page.finish()
}

fn terms(terms: &Terms, w: &Messages) -> String {
    let line =
        |list: &[String]| list.iter().map(|term| neutral(term)).collect::<Vec<_>>().join(w.get("join.list"));
    [line(&terms.en), line(&terms.zh)].into_iter().filter(|l| !l.is_empty()).collect::<Vec<_>>().join("\n")
}
