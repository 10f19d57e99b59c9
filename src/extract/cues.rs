//! The words of `cues.yaml`, by which lists, tables and lead-ins say what stands in them.

use std::sync::LazyLock;

use serde::Deserialize;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Cues {
    pub recipients: Vec<String>,
    pub recipient_titles: Vec<String>,
    pub name_heads: Vec<String>,
    pub name_labels: Vec<String>,
    pub name_owners: Vec<String>,
    pub small_in_names: Vec<String>,
    pub not_names: Vec<String>,
    pub purposes: Vec<String>,
    pub not_purposes: Vec<String>,
    pub hanging: Vec<String>,
    pub own_sentences: Vec<String>,
    pub answers: Vec<String>,
    pub moved: Vec<String>,
    pub moved_things: Vec<String>,
    pub abroad: Vec<String>,
    pub joiners: Vec<String>,
    pub conjunctions: Vec<String>,
    pub examples: Vec<String>,
    pub determiners: Vec<String>,
    pub about: Vec<String>,
    pub general_heads: Vec<String>,
    pub negated: Vec<String>,
}

#[allow(clippy::expect_used)] // our own file, read in a test
pub(super) static CUES: LazyLock<Cues> =
    LazyLock::new(|| crate::yaml::own_file!("extract/cues").expect("cues.yaml is right"));

#[cfg(test)]
mod tests {
    use super::CUES;

    #[test]
    fn cues_are_read_and_not_empty() {
        let lists = [&CUES.recipients, &CUES.name_heads, &CUES.purposes, &CUES.joiners];
        assert!(lists.iter().all(|list| !list.is_empty() && list.iter().all(|cue| !cue.is_empty())));
    }
}
