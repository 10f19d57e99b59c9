//! Before the library is compiled: its YAML files to the forms in which the program uses them, so that it starts at once.
//!
//! Each file becomes a packed one of the same name; the vocabulary becomes packed concepts and, for each language, a block of
//! all the forms in which their words are looked for. A test compares the result with what the files say. Of the built-in
//! models the numbers of entries are added up.

#![allow(dead_code, unused_imports, unused_macros)] // of the modules below the library uses all

use std::error::Error;
use std::fs;
use std::path::{Path, PathBuf};

mod text;

mod model {
    mod starts;

    pub fn ready_starts(weights: &[u8]) -> Vec<u8> {
        starts::make_ready(weights)
    }
}

mod practice {
    mod category;
    pub use category::Category;
}

mod vocabulary {
    mod concept;
    mod cues;
    mod inflect;
    mod outline;

    use concept::expand_iri;
    pub use concept::{Concept, Entry, Kind, Labels, Sensitivity, Terms, Words};

    /// The concepts of entries, by id, with their words.
    pub fn concepts(mut entries: Vec<Entry>) -> Vec<(Concept, Words)> {
        entries.sort_by(|a, b| a.id.cmp(&b.id));
        entries.into_iter().filter_map(|entry| Some((concept(&entry)?, entry.words()))).collect()
    }

    fn concept(entry: &Entry) -> Option<Concept> {
        let above = entry.id.rsplit_once('.').map(|(above, _)| above.to_string());
        Some(Concept {
            id: entry.id.clone(),
            kind: Kind::of(&entry.id)?,
            parent: above.map(|above| entry.parent.clone().unwrap_or(above)),
            also: entry.also.clone(),
            label: entry.label.clone(),
            iri: entry.iri.as_deref().and_then(expand_iri),
            near: entry.near.as_deref().and_then(expand_iri),
            sensitive: entry.sensitive.clone(),
            category: entry.category,
        })
    }

    /// The text of concepts.
    pub fn outline(concepts: &[(Concept, Words)]) -> Result<String, serde_json::Error> {
        outline::write(concepts.iter().map(|(concept, _)| concept))
    }

    /// The block of all words that are looked for in documents of a language.
    pub fn cues(concepts: &[(Concept, Words)], language: &str) -> Vec<u8> {
        cues::compile(concepts.iter().map(|(concept, words)| (concept.kind, words)), language)
    }
}

/// The library reads its own files as the build packs them; what of it is used here reads them before they are.
mod yaml {
    pub mod packed;

    pub fn parse<T: serde::de::DeserializeOwned>(_name: &str, text: &str) -> Result<T, serde_yaml::Error> {
        serde_yaml::from_str(text)
    }

    macro_rules! own_file {
        ($path:literal) => {
            $crate::yaml::parse(
                $path,
                include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/src/", $path, ".yaml")),
            )
        };
    }
    pub(crate) use own_file;
}

const VOCABULARY: &str = "vocabulary/data";

fn main() -> Result<(), Box<dyn Error>> {
    println!("cargo::rerun-if-changed=src"); // so that a new file is seen
    let out = PathBuf::from(std::env::var_os("OUT_DIR").ok_or("cargo sets OUT_DIR")?);
    let mut files = Vec::new();
    yaml_files(Path::new("src"), &mut files)?;
    let mut entries = Vec::new();
    for file in files {
        let name = file.strip_prefix("src")?;
        let yaml = fs::read_to_string(&file)?;
        let told = |why: serde_yaml::Error| format!("{}: {why}", file.display());
        if name.starts_with(VOCABULARY) {
            entries.extend(serde_yaml::from_str::<Vec<vocabulary::Entry>>(&yaml).map_err(told)?);
        } else {
            let value: serde_json::Value = serde_yaml::from_str(&yaml).map_err(told)?;
            write(&out.join(name).with_extension("packed"), yaml::packed::write(&value).as_bytes())?;
        }
    }
    for language in ["en", "zh"] {
        let name = format!("model/weights/{language}");
        let weights = fs::read(format!("src/{name}.bin"))?;
        write(&out.join(name + ".starts"), &model::ready_starts(&weights))?;
    }
    let concepts = vocabulary::concepts(entries);
    write(&out.join("vocabulary.packed"), vocabulary::outline(&concepts)?.as_bytes())?;
    for language in ["en", "zh"] {
        write(&out.join(format!("vocabulary.{language}.bin")), &vocabulary::cues(&concepts, language))?;
    }
    Ok(())
}

fn yaml_files(folder: &Path, files: &mut Vec<PathBuf>) -> Result<(), Box<dyn Error>> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            yaml_files(&path, files)?;
        } else if path.extension().is_some_and(|suffix| suffix == "yaml") {
            files.push(path);
        }
    }
    files.sort();
    Ok(())
}

/// Leaves a file that holds the same already, so that nothing is compiled again for it.
fn write(path: &Path, bytes: &[u8]) -> Result<(), Box<dyn Error>> {
    if fs::read(path).is_ok_and(|known| known == bytes) {
        return Ok(());
    }
    fs::create_dir_all(path.parent().unwrap_or(path))?;
    Ok(fs::write(path, bytes)?)
}
