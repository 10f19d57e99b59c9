//! A YAML or JSON file as a tree of values, each with its path, so that a mistake in it can be told with line and column.
//!
//! Serde forgets places once a value is read; here a mistake keeps the path, and the place is looked up only when one is found.

use std::collections::BTreeSet;
use std::fmt;

use serde::Deserialize;
use serde::de::{DeserializeSeed, Deserializer, MapAccess, SeqAccess, Visitor};

use crate::error::Error;
use crate::yaml::{self, Step};

/// A value as it was written; entries keep their order.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Node {
    Null,
    Bool(bool),
    Whole(u64),
    Number(f64),
    Text(String),
    List(Vec<Node>),
    Map(Vec<(String, Node)>),
}

/// A value and the way to it.
#[derive(Clone, Debug)]
pub(super) struct At<'a> {
    pub node: &'a Node,
    path: Vec<Step<'a>>,
}

/// The entries of a mapping whose keys are all known.
#[derive(Clone, Debug)]
pub(super) struct Fields<'a> {
    at: At<'a>,
    entries: &'a [(String, Node)],
}

/// What is wrong with a value, and what would be right.
#[derive(Clone, Debug)]
pub(super) struct Mistake<'a> {
    /// The entry that the message names.
    entry: Vec<Step<'a>>,
    /// Where it stands, which may be deeper inside.
    place: Vec<Step<'a>>,
    what: String,
    expected: String,
}

impl<'a> Mistake<'a> {
    /// The same mistake as one of the entry around it, still told at its own place.
    pub fn of(mut self, entry: &At<'a>) -> Mistake<'a> {
        self.entry.clone_from(&entry.path);
        self
    }

    /// The error a user sees; `text` is what the tree was read from.
    pub fn into_error(self, name: &str, text: &str) -> Error {
        let (line, column) = yaml::locate(text, &self.place);
        let mut entry = yaml::path_name(&self.entry);
        if !entry.is_empty() {
            entry.push_str(": ");
        }
        Error::Yaml { name: name.into(), line, column, entry, what: self.what, expected: self.expected }
    }
}

impl<'a> At<'a> {
    pub fn root(node: &'a Node) -> At<'a> {
        At { node, path: Vec::new() }
    }

    fn step(&self, step: Step<'a>, node: &'a Node) -> At<'a> {
        let mut path = Vec::with_capacity(self.path.len() + 1);
        path.extend_from_slice(&self.path);
        path.push(step);
        At { node, path }
    }

    /// The value of an entry of this mapping.
    pub fn value(&self, key: &'a str, node: &'a Node) -> At<'a> {
        self.step(Step::Key(key), node)
    }

    pub fn mistake(&self, what: impl Into<String>, expected: impl Into<String>) -> Mistake<'a> {
        Mistake {
            entry: self.path.clone(),
            place: self.path.clone(),
            what: what.into(),
            expected: expected.into(),
        }
    }

    /// The entries of a mapping that has only known keys.
    pub fn fields(&self, known: &[&str], expected: &str) -> Result<Fields<'a>, Mistake<'a>> {
        let Node::Map(entries) = self.node else {
            return Err(self.mistake(self.node.shown(), expected));
        };
        if let Some((key, node)) = entries.iter().find(|(key, _)| !known.contains(&key.as_str())) {
            let mut mistake =
                self.mistake(format!("unknown key {}", quoted(key)), format!("one of {}", known.join(", ")));
            mistake.place = self.step(Step::Name(key), node).path;
            return Err(mistake);
        }
        Ok(Fields { at: self.clone(), entries })
    }

    /// The items of a list; nothing is an empty list.
    pub fn items(&self, expected: &str) -> Result<Vec<At<'a>>, Mistake<'a>> {
        match self.node {
            Node::Null => Ok(Vec::new()),
            Node::List(items) => {
                Ok(items.iter().enumerate().map(|(i, item)| self.step(Step::Item(i), item)).collect())
            }
            other => Err(self.mistake(format!("{}, not a list", other.shown()), expected)),
        }
    }

    /// Text, which may be empty.
    pub fn text(&self, expected: &str) -> Result<&'a str, Mistake<'a>> {
        match self.node {
            Node::Text(text) => Ok(text),
            Node::Bool(_) | Node::Whole(_) | Node::Number(_) => {
                Err(self
                    .mistake(format!("{}, which is no text unless in quotes", self.node.shown()), expected))
            }
            other => Err(self.mistake(other.shown(), expected)),
        }
    }

    /// Words, not blank.
    pub fn words(&self, expected: &str) -> Result<&'a str, Mistake<'a>> {
        match self.text(expected)? {
            text if text.trim().is_empty() => Err(self.mistake("empty text", expected)),
            text => Ok(text),
        }
    }

    /// One of a few names.
    pub fn one_of<T: Copy>(&self, names: &[(&str, T)]) -> Result<T, Mistake<'a>> {
        let expected = || {
            let names: Vec<&str> = names.iter().map(|(name, _)| *name).collect();
            format!("one of {}", names.join(", "))
        };
        let Node::Text(text) = self.node else {
            return Err(self.mistake(self.node.shown(), expected()));
        };
        let found = names.iter().find(|(name, _)| name == text);
        let key = match self.path.last() {
            Some(Step::Key(key)) => key,
            _ => "value",
        };
        found
            .map(|(_, value)| *value)
            .ok_or_else(|| self.mistake(format!("unknown {key} {}", quoted(text)), expected()))
    }

    /// A number of bytes.
    pub fn offset(&self) -> Result<usize, Mistake<'a>> {
        let expected = "a whole number of bytes, from 0";
        match self.node {
            Node::Whole(n) => usize::try_from(*n).map_err(|_| self.mistake(self.node.shown(), expected)),
            other => Err(self.mistake(other.shown(), expected)),
        }
    }
}

impl<'a> Fields<'a> {
    /// The value of a key, even if it is nothing.
    pub fn get(&self, key: &str) -> Option<At<'a>> {
        let (key, node) = self.entries.iter().find(|(known, _)| known == key)?;
        Some(self.at.value(key, node))
    }

    /// The value of a key that says something.
    pub fn given(&self, key: &str) -> Option<At<'a>> {
        self.get(key).filter(|at| *at.node != Node::Null)
    }

    /// The value of a key that must be there.
    pub fn needed(&self, key: &str, expected: &str) -> Result<At<'a>, Mistake<'a>> {
        self.given(key).ok_or_else(|| match self.get(key) {
            Some(at) => at.mistake("nothing", expected),
            None => self.at.mistake(format!("no {}", quoted(key)), format!("{key}: {expected}")),
        })
    }
}

impl Node {
    /// What stands there, as messages show it.
    pub fn shown(&self) -> String {
        match self {
            Node::Null => "nothing".into(),
            Node::Bool(value) => value.to_string(),
            Node::Whole(value) => format!("the number {value}"),
            Node::Number(value) => format!("the number {value}"),
            Node::Text(text) => quoted(text),
            Node::List(_) => "a list".into(),
            Node::Map(_) => "a mapping".into(),
        }
    }
}

/// The beginning of a text in quotes, on one line.
pub(super) fn quoted(text: &str) -> String {
    const CHARACTERS: usize = 60;
    let short: String = text.chars().take(CHARACTERS).collect();
    let more = if text.chars().nth(CHARACTERS).is_some() { "…" } else { "" };
    format!("\"{}{more}\"", short.replace(char::is_control, " "))
}

impl<'de> Deserialize<'de> for Node {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(NodeVisitor)
    }
}

struct NodeVisitor;

impl<'de> Visitor<'de> for NodeVisitor {
    type Value = Node;

    fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str("text, a number, a list or a mapping")
    }

    fn visit_unit<E>(self) -> Result<Node, E> {
        Ok(Node::Null)
    }

    fn visit_none<E>(self) -> Result<Node, E> {
        Ok(Node::Null)
    }

    fn visit_bool<E>(self, value: bool) -> Result<Node, E> {
        Ok(Node::Bool(value))
    }

    fn visit_u64<E>(self, value: u64) -> Result<Node, E> {
        Ok(Node::Whole(value))
    }

    fn visit_i64<E>(self, value: i64) -> Result<Node, E> {
        Ok(Node::Number(value as f64))
    }

    fn visit_u128<E>(self, value: u128) -> Result<Node, E> {
        Ok(Node::Number(value as f64))
    }

    fn visit_i128<E>(self, value: i128) -> Result<Node, E> {
        Ok(Node::Number(value as f64))
    }

    fn visit_f64<E>(self, value: f64) -> Result<Node, E> {
        Ok(Node::Number(value))
    }

    fn visit_str<E>(self, value: &str) -> Result<Node, E> {
        Ok(Node::Text(value.to_owned()))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Node, A::Error> {
        let mut list = Vec::new();
        while let Some(item) = items.next_element()? {
            list.push(item);
        }
        Ok(Node::List(list))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<Node, A::Error> {
        let mut seen = BTreeSet::new();
        let mut map = Vec::new();
        while let Some(key) = entries.next_key_seed(NewKey(&mut seen))? {
            map.push((key, entries.next_value()?));
        }
        Ok(Node::Map(map))
    }
}

/// A key that is text and stands for the first time; checked while it is read, so that the parser tells its place.
struct NewKey<'s>(&'s mut BTreeSet<String>);

impl<'de> DeserializeSeed<'de> for NewKey<'_> {
    type Value = String;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<String, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for NewKey<'_> {
    type Value = String;

    fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str("a key that is text; put it in quotes")
    }

    fn visit_str<E: serde::de::Error>(self, key: &str) -> Result<String, E> {
        if self.0.insert(key.to_owned()) {
            Ok(key.to_owned())
        } else {
            Err(E::custom(format_args!("duplicate key {}", quoted(key))))
        }
    }
}
