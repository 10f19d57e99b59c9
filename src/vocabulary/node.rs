//! A concept in its place among the others. What the built-in vocabulary says of it is read when first asked for: a
//! comparison meets few of all concepts.

use std::borrow::Cow;
use std::sync::OnceLock;

use super::{Concept, Kind, outline};

/// A concept that may not be read yet.
#[derive(Clone, Debug)]
pub(super) struct Node {
    pub id: Cow<'static, str>,
    pub kind: Kind,
    /// The line of the outline that is not read yet; empty where the concept was given.
    line: &'static str,
    concept: OnceLock<Box<Concept>>,
    /// What stands next above it; found when first asked for.
    pub up: OnceLock<Up>,
    /// The places of all broader ones, nearest first; found when first asked for.
    pub above: OnceLock<Vec<usize>>,
}

/// The next broader concepts of one.
#[derive(Clone, Debug)]
pub(super) struct Up {
    pub has_parent: bool,
    /// The places of its parent and of those it is also a kind of, the parent first.
    pub places: Vec<usize>,
}

impl Node {
    /// The concepts of an outline.
    pub fn all(outline: &'static str) -> Vec<Node> {
        let node = |(id, kind, line): (&'static str, Kind, &'static str)| Node {
            id: id.into(),
            kind,
            line,
            concept: OnceLock::new(),
            up: OnceLock::new(),
            above: OnceLock::new(),
        };
        outline::read(outline).map(node).collect()
    }

    /// A concept that is known.
    pub fn of(concept: Concept) -> Node {
        Node {
            id: concept.id.clone().into(),
            kind: concept.kind,
            line: "",
            concept: Box::new(concept).into(),
            up: OnceLock::new(),
            above: OnceLock::new(),
        }
    }

    pub fn concept(&self) -> &Concept {
        self.concept.get_or_init(|| Box::new(outline::concept(self.kind, self.line)))
    }

    /// The ids of its parent, if it has one, and of those it is also a kind of.
    pub fn broader(&self) -> (Option<&str>, Vec<&str>) {
        match self.concept.get() {
            Some(known) => (known.parent.as_deref(), known.also.iter().map(String::as_str).collect()),
            None => outline::broader(self.line),
        }
    }
}
