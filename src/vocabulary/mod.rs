//! Concepts, their is-a hierarchy, their cues in both languages, and the matcher that finds them.
//!
//! The concepts are data: `data/*.yaml`, one file per kind. The build puts them into the form in which they are used, a
//! list of the concepts and a block of cues for each language; the files themselves are read only for an overlay,
//! which adds to them at run time, and for whoever asks for a concept's words.

mod check;
mod concept;
mod cues;
mod inflect;
mod matcher;
mod naming;
mod node;
mod outline;
mod overlay;

use std::collections::BTreeSet;
use std::sync::{LazyLock, OnceLock};

pub use concept::{Concept, Entry, Kind, Labels, Sensitivity, Terms, Words};
pub use matcher::Hit;

use crate::error::{Error, Result};
use crate::practice::Category;
use crate::text::Language;
use matcher::Matcher;
use node::{Node, Up};
use overlay::File;

/// The files of the built-in vocabulary; a test compares them with the folder.
const FILES: [(&str, &str); 8] = [
    ("data.yaml", include_str!("data/data.yaml")),
    ("action.yaml", include_str!("data/action.yaml")),
    ("purpose.yaml", include_str!("data/purpose.yaml")),
    ("party.yaml", include_str!("data/party.yaml")),
    ("condition.yaml", include_str!("data/condition.yaml")),
    ("retention.yaml", include_str!("data/retention.yaml")),
    ("right.yaml", include_str!("data/right.yaml")),
    ("security.yaml", include_str!("data/security.yaml")),
];

/// What the build made of them: the concepts, and their words as they are looked for.
const CONCEPTS: &str = include_str!(concat!(env!("OUT_DIR"), "/vocabulary.packed"));
const EN: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/vocabulary.en.bin"));
const ZH: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/vocabulary.zh.bin"));

/// Concepts with their hierarchy and cues.
#[derive(Clone)]
pub struct Vocabulary {
    /// The concepts, sorted by id.
    nodes: Vec<Node>,
    /// How the id of each begins, in one piece: concepts are looked up again and again.
    heads: Vec<u128>,
    /// What it was built from; of the built-in one read when first asked for.
    sources: OnceLock<Sources>,
    /// Finds English cues everywhere, Chinese ones of data and parties; built when first used.
    en: OnceLock<Matcher>,
    /// The reverse.
    zh: OnceLock<Matcher>,
}

/// The files of a vocabulary and what was read from them beyond the concepts.
#[derive(Clone, Default)]
struct Sources {
    /// In order.
    files: Vec<File>,
    /// What is wrong with the files.
    faults: Vec<overlay::Fault>,
    /// For each concept its words.
    words: Vec<Words>,
}

impl Vocabulary {
    /// The vocabulary that polidiff comes with.
    pub fn builtin() -> &'static Vocabulary {
        static BUILTIN: LazyLock<Vocabulary> = LazyLock::new(|| {
            let vocabulary = Vocabulary::of(Node::all(CONCEPTS), OnceLock::new());
            let (en, zh) = (Matcher::read(EN.into()), Matcher::read(ZH.into()));
            Vocabulary { en: en.into(), zh: zh.into(), ..vocabulary }
        });
        &BUILTIN
    }

    /// Of concepts, sorted by id.
    fn of(nodes: Vec<Node>, sources: OnceLock<Sources>) -> Vocabulary {
        let heads = nodes.iter().map(|node| head(&node.id)).collect();
        Vocabulary { nodes, heads, sources, en: OnceLock::new(), zh: OnceLock::new() }
    }

    fn sources(&self) -> &Sources {
        self.sources.get_or_init(|| {
            Vocabulary::build(overlay::read_builtin(&FILES)).sources.into_inner().unwrap_or_default()
        })
    }

    /// This vocabulary and the entries of a file: new concepts, or more words and other labels for known ones.
    pub fn with_overlay(&self, name: &str, yaml: &str) -> Result<Vocabulary> {
        let mut files = self.sources().files.clone();
        files.push(File::overlay(name, yaml)?);
        let vocabulary = Vocabulary::build(files);
        let Sources { files, faults, .. } = vocabulary.sources();
        let of_terms = overlay::term_faults(files);
        let mut faults = faults.iter().chain(&of_terms);
        match faults.find(|fault| fault.file + 1 == files.len()) {
            Some(fault) => Err(fault.error(files)),
            None => Ok(vocabulary),
        }
    }

    /// The concept of an id.
    pub fn get(&self, id: &str) -> Option<&Concept> {
        self.place(id).and_then(|at| self.nodes.get(at)).map(Node::concept)
    }

    /// The words that name a concept; none for an unknown id.
    pub fn words(&self, id: &str) -> Words {
        self.place(id).and_then(|at| self.sources().words.get(at)).cloned().unwrap_or_default()
    }

    /// All concepts, by id.
    pub fn concepts(&self) -> impl Iterator<Item = &Concept> {
        self.nodes.iter().map(Node::concept)
    }

    /// Whether one concept is the other or a kind of it.
    pub fn is_a(&self, id: &str, ancestor: &str) -> bool {
        let above = |at| self.places_above(at).iter().any(|&at| self.nodes[at].id == ancestor);
        id == ancestor || self.place(id).is_some_and(above)
    }

    /// All broader concepts, nearest first, without the concept itself.
    pub fn ancestors(&self, id: &str) -> Vec<&str> {
        self.place(id)
            .map_or(Vec::new(), |at| self.places_above(at).iter().map(|&at| &*self.nodes[at].id).collect())
    }

    /// The next narrower concepts, by id.
    pub fn children(&self, id: &str) -> Vec<&str> {
        let Some(at) = self.place(id) else { return Vec::new() };
        let is_child = |child: &usize| self.up(*child).next.contains(&at);
        (0..self.nodes.len()).filter(is_child).map(|child| &*self.nodes[child].id).collect()
    }

    /// Steps up to the root along the parents; 0 for roots and unknown ids.
    pub fn depth(&self, id: &str) -> usize {
        self.place(id).map_or(0, |at| self.depth_at(at))
    }

    /// What people call a concept; the id itself where it is unknown.
    pub fn label<'a>(&'a self, id: &'a str, language: &Language) -> &'a str {
        self.get(id).map_or(id, |concept| concept.label(language))
    }

    /// Whether a concept, or one that it is a kind of, is sensitive by any rule.
    pub fn is_sensitive(&self, id: &str) -> bool {
        !self.sensitivity(id).is_empty()
    }

    /// The rules by which a concept, or one that it is a kind of, is sensitive.
    pub fn sensitivity(&self, id: &str) -> Vec<Sensitivity> {
        let Some(at) = self.place(id) else { return Vec::new() };
        let all = std::iter::once(&at).chain(self.places_above(at));
        all.flat_map(|&at| &self.nodes[at].concept().sensitive)
            .copied()
            .collect::<BTreeSet<_>>()
            .into_iter()
            .collect()
    }

    /// The category of practices that an action or right makes; that of the nearest broader one if it has none.
    pub fn category(&self, id: &str) -> Option<Category> {
        let at = self.place(id)?;
        std::iter::once(&at).chain(self.places_above(at)).find_map(|&at| self.nodes[at].concept().category)
    }

    /// Every cue in a text: per kind leftmost-longest, kinds independent of each other, by span, then kind.
    pub fn find(&self, text: &str, language: &Language) -> Vec<Hit<'_>> {
        matcher::find(self, text, language)
    }

    /// The kind and the concept of every cue in a text, also of those within longer ones: whatever words of it may be named.
    pub fn find_all(&self, text: &str, language: &Language) -> Vec<(Kind, &str)> {
        matcher::find_all(self, text, language)
    }

    /// The most specific concept that the words of one mention support; `None` if nothing fits.
    pub fn name(&self, words: &str, kind: Kind, language: &Language) -> Option<&str> {
        naming::name(self, words, kind, language)
    }

    /// The concept that the words name as a whole: "IP address", but not "IP address and more".
    pub fn name_whole(&self, words: &str, kind: Kind, language: &Language) -> Option<&str> {
        naming::name_whole(self, words, kind, language)
    }

    /// As [`Vocabulary::name`], with the cues of both languages: Chinese policies hold English names.
    pub fn name_any(&self, words: &str, kind: Kind) -> Option<&str> {
        let (first, second) = match Language::detect(words) {
            Language::Zh => (Language::Zh, Language::En),
            _ => (Language::En, Language::Zh),
        };
        self.name(words, kind, &first).or_else(|| self.name(words, kind, &second))
    }

    /// What is wrong with the vocabulary: its structure, terms given twice, sentences that do not hold.
    pub fn problems(&self) -> Vec<Error> {
        check::problems(self)
    }

    /// The place of an id.
    fn place(&self, id: &str) -> Option<usize> {
        let wanted = head(id);
        let from = self.heads.partition_point(|head| *head < wanted);
        let same = self.heads.get(from..)?.iter().take_while(|head| **head == wanted).count();
        let alike = self.nodes.get(from..from + same)?;
        alike.binary_search_by(|node| (*node.id).cmp(id)).ok().map(|at| from + at)
    }

    fn up(&self, at: usize) -> &Up {
        self.nodes[at].up(|id| self.place(id))
    }

    fn places_above(&self, at: usize) -> &[usize] {
        self.up(at).all.get_or_init(|| {
            let mut seen = vec![at];
            let mut next = 0;
            while let Some(&at) = seen.get(next) {
                for &up in &self.up(at).next {
                    if !seen.contains(&up) {
                        seen.push(up);
                    }
                }
                next += 1;
            }
            seen.remove(0);
            seen
        })
    }

    fn depth_at(&self, at: usize) -> usize {
        // Bounded, since a faulty file may still hold a cycle.
        let parents = std::iter::successors(Some(at), |&at| {
            let up = self.up(at);
            up.next.first().filter(|_| up.has_parent).copied()
        });
        parents.take(64).count() - 1
    }

    fn matcher(&self, language: &Language) -> &Matcher {
        match language {
            Language::Zh => self.zh.get_or_init(|| self.new_matcher("zh")),
            _ => self.en.get_or_init(|| self.new_matcher("en")),
        }
    }

    fn new_matcher(&self, language: &str) -> Matcher {
        Matcher::new(self.nodes.iter().map(|node| node.kind).zip(&self.sources().words), language)
    }
}

/// The first bytes of an id, as a number of the same order.
fn head(id: &str) -> u128 {
    let mut first = [0; 16];
    let len = id.len().min(first.len());
    first[..len].copy_from_slice(&id.as_bytes()[..len]);
    u128::from_be_bytes(first)
}

#[cfg(test)]
mod tests;
