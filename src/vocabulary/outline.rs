//! All concepts by id, packed: how the build hands the built-in ones to the program, which reads one when first asked for it.

use serde::Deserialize;

use super::{Concept, Kind};
use crate::yaml::packed;

/// The packed concepts, sorted by id.
#[allow(dead_code)] // for the build
pub(super) fn write<'c>(concepts: impl Iterator<Item = &'c Concept>) -> Result<String, serde_json::Error> {
    let mut entries = serde_json::Map::new();
    for concept in concepts {
        let mut said = serde_json::to_value(concept)?;
        // Reports leave out empty lists; whoever reads a concept wants them.
        for list in ["also", "sensitive"] {
            said.as_object_mut().map(|said| said.entry(list).or_insert_with(|| Vec::<String>::new().into()));
        }
        entries.insert(concept.id.clone(), said);
    }
    Ok(packed::write(&entries.into()))
}

/// The ids and kinds of concepts with what is said of each.
#[allow(dead_code)] // for the program
pub(super) fn read(outline: &str) -> impl Iterator<Item = (&str, Kind, &str)> {
    packed::entries(outline).filter_map(|(id, said)| Some((id, Kind::of(id)?, said)))
}

/// The next broader concepts that are said of one.
#[derive(Default, Deserialize)]
pub(super) struct Broader<'a> {
    pub parent: Option<&'a str>,
    #[serde(borrow)]
    pub also: Vec<&'a str>,
}

/// What stands next above a concept, by what is said of it.
#[allow(dead_code)] // for the program
pub(super) fn broader(said: &str) -> Broader<'_> {
    packed::read(said).unwrap_or_default()
}

/// The concept of which something is said.
#[allow(dead_code)] // for the program
#[allow(clippy::expect_used)] // a test reads them all
pub(super) fn concept(said: &str) -> Concept {
    packed::read(said).expect("the build packs all concepts")
}
