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
    /// What the outline says of it; nothing where the concept was given.
    said: &'static str,
    concept: OnceLock<Box<Concept>>,
    /// What stands above it; found when first asked for.
    up: OnceLock<Box<Up>>,
}

/// What stands above a concept.
#[derive(Clone, Debug)]
pub(super) struct Up {
    pub has_parent: bool,
    /// The places of its parent and of those it is also a kind of, the parent first.
    pub next: Vec<usize>,
    /// The places of all broader ones, nearest first; found when first asked for.
    pub all: OnceLock<Vec<usize>>,
}

impl Node {
    /// The concepts of an outline.
    pub fn all(outline: &'static str) -> Vec<Node> {
        let mut nodes = Vec::with_capacity(1 << 10);
        nodes.extend(outline::read(outline).map(|(id, kind, said)| Node {
            id: id.into(),
            kind,
            said,
            concept: OnceLock::new(),
            up: OnceLock::new(),
        }));
        nodes
    }

    /// A concept that is known.
    pub fn of(concept: Concept) -> Node {
        Node {
            id: concept.id.clone().into(),
            kind: concept.kind,
            said: "",
            concept: OnceLock::from(Box::new(concept)),
            up: OnceLock::new(),
        }
    }

    pub fn concept(&self) -> &Concept {
        self.concept.get_or_init(|| Box::new(outline::concept(self.said)))
    }

    /// What stands above it; `place` tells where a concept stands.
    pub fn up(&self, place: impl Fn(&str) -> Option<usize>) -> &Up {
        let up = |parent: Option<&str>, also: &[&str]| Up {
            has_parent: parent.is_some(),
            next: parent.iter().chain(also).filter_map(|id| place(id)).collect(),
            all: OnceLock::new(),
        };
        self.up.get_or_init(|| {
            Box::new(match self.concept.get() {
                Some(known) => {
                    up(known.parent.as_deref(), &known.also.iter().map(String::as_str).collect::<Vec<_>>())
                }
                None => {
                    let broader = outline::broader(self.said);
                    up(broader.parent, &broader.also)
                }
            })
        })
    }
}
