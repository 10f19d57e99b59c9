//! HTML → its nodes in document order, each with where its subtree ends and how much text it holds.
//!
//! A flat list instead of a tree of references: every question about a subtree is a range, and nothing recurses, so a
//! page with a hundred thousand nested elements is a long list and no deep one.

use std::borrow::Cow;

use scraper::node::Element;
use scraper::{Html, Node as Parsed};

use crate::text::is_han;

/// Elements inside each other beyond which a page is no page any more; browsers stop at a similar depth.
const DEEPEST: usize = 500;
/// How often formatting elements may be opened again in all.
const REOPENED: usize = 1_000_000;

/// Characters that a piece of text must have to count as prose rather than as a label.
const SENTENCE: usize = 40;

/// A node of a page.
#[derive(Debug)]
pub(super) struct Node<'a> {
    /// The element; none for text.
    pub element: Option<&'a Element>,
    /// The words of a text node.
    pub text: &'a str,
    /// Index of the node that holds it; the first is its own parent.
    pub parent: usize,
    /// Index one past its last descendant.
    pub end: usize,
    /// Characters of text inside, white space and silent elements left out.
    pub chars: usize,
    /// Those of them inside links to other pages.
    pub linked: usize,
    /// How many links to other pages.
    pub links: usize,
    /// Characters in pieces long enough to be sentences, links left out. A Han character counts as three.
    pub prose: usize,
}

impl Node<'_> {
    /// The element's name, empty for text.
    pub fn name(&self) -> &str {
        self.element.map_or("", Element::name)
    }

    /// The value of an attribute.
    pub fn attribute(&self, name: &str) -> Option<&str> {
        self.element?.attr(name)
    }
}

/// The nodes of a page in document order; elements that hold no words are left out with all they hold.
pub(super) fn nodes(html: &Html) -> Vec<Node<'_>> {
    let mut nodes: Vec<Node> = Vec::new();
    let mut open: Vec<usize> = Vec::new();
    let mut at = Some(html.tree.root());
    // By hand, since a silent element's descendants are to be passed over.
    while let Some(node) = at {
        let parent = open.last().copied().unwrap_or_default();
        let (enters, element, text) = match node.value() {
            Parsed::Element(element) => (!is_silent(element), Some(element), ""),
            Parsed::Text(text) => (true, None, &**text),
            Parsed::Document | Parsed::Fragment => (true, None, ""),
            _ => (false, None, ""),
        };
        if enters {
            let chars = text.chars().filter(|c| !c.is_whitespace()).count();
            let prose = chars + 2 * text.chars().filter(|&c| is_han(c)).count();
            let prose = if prose < SENTENCE { 0 } else { prose };
            let end = nodes.len() + 1;
            nodes.push(Node { element, text, parent, end, chars, prose, linked: 0, links: 0 });
            if let Some(child) = node.first_child() {
                open.push(nodes.len() - 1);
                at = Some(child);
                continue;
            }
        }
        let mut last = node;
        at = loop {
            if let Some(next) = last.next_sibling() {
                break Some(next);
            }
            let Some(parent) = last.parent() else { break None };
            open.pop();
            last = parent;
        };
    }
    for i in (1..nodes.len()).rev() {
        let Some(node) = nodes.get_mut(i) else { continue };
        if node.attribute("href").is_some_and(|target| !target.starts_with('#')) {
            (node.linked, node.links, node.prose) = (node.chars, 1, 0);
        }
        let Node { parent, end, chars, linked, links, prose, .. } = *node;
        if let Some(parent) = nodes.get_mut(parent) {
            parent.end = parent.end.max(end);
            parent.chars += chars;
            parent.linked += linked;
            parent.links += links;
            parent.prose += prose;
        }
    }
    nodes
}

/// Whether an element holds no words of the page: programs, styles, drawings, fields of forms.
fn is_silent(element: &Element) -> bool {
    match element.name() {
        "head" | "script" | "style" | "template" | "noscript" | "svg" | "math" | "iframe" | "object"
        | "embed" | "canvas" | "audio" | "video" | "map" | "select" | "datalist" | "input" | "textarea"
        | "progress" | "meter" | "frameset" | "noframes" | "rp" | "rt" => true,
        // Accordions are opened by buttons that hold their headings.
        "button" => element.attr("aria-expanded").is_none() && element.attr("aria-controls").is_none(),
        _ => false,
    }
}

/// The page without tags that would cost the parser more than it is long: those nested too deep, since it looks through
/// all open elements again and again, and unclosed bold or links, which it opens again in each block that follows.
pub(super) fn limited(html: &str) -> Cow<'_, str> {
    match without_tags(html, false) {
        (page, reopened) if reopened > REOPENED => Cow::Owned(without_tags(&page, true).0.into_owned()),
        (page, _) => page,
    }
}

/// The page without tags nested too deep, and how often the parser would open formatting elements again; with `plain`
/// without formatting elements at all.
fn without_tags(html: &str, plain: bool) -> (Cow<'_, str>, usize) {
    let bytes = html.as_bytes();
    let mut out: Option<String> = None;
    let mut drawing = false;
    let (mut depth, mut formatting, mut reopened, mut copied, mut at) =
        (0usize, 0usize, 0usize, 0usize, 0usize);
    while let Some(found) = html.get(at..).and_then(|rest| rest.find('<')) {
        let start = at + found;
        at = start + 1;
        let closing = bytes.get(at) == Some(&b'/');
        let name = html.get(at + usize::from(closing)..).unwrap_or_default();
        let name = name.get(..name.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(name.len()));
        let name = name.unwrap_or_default();
        if html.get(at..).is_some_and(|rest| rest.starts_with("!--")) {
            at = html.get(at..).and_then(|rest| rest.find("-->")).map_or(html.len(), |end| at + end + 3);
            continue;
        }
        if !name.starts_with(|c: char| c.is_ascii_alphabetic()) {
            continue;
        }
        // In a drawing a tag may close itself; an element of HTML ends the drawing.
        if name.eq_ignore_ascii_case("svg") {
            drawing = !closing;
        } else if drawing && super::is_element(&name.to_ascii_lowercase()) {
            drawing = false;
        } else if drawing && !closing && closes_itself(html, at) {
            continue;
        }
        let formats = is_one_of(name, &FORMATTING);
        reopened += if closing || formats { 0 } else { formatting };
        if is_one_of(name, &CLOSED_BY_THEMSELVES) {
            continue;
        }
        if !closing && ["script", "style"].iter().any(|raw| name.eq_ignore_ascii_case(raw)) {
            let end = if name.len() == 6 { "</script" } else { "</style" };
            at = find_ignoring_case(html, end, at).unwrap_or(html.len());
            continue;
        }
        if closing {
            depth = depth.saturating_sub(1);
            formatting = formatting.saturating_sub(usize::from(formats));
        } else {
            depth += 1;
            formatting += usize::from(formats);
        }
        if depth + usize::from(closing) > DEEPEST || plain && formats {
            let end = html.get(at..).and_then(|rest| rest.find('>')).map_or(html.len(), |end| at + end + 1);
            let out = out.get_or_insert_with(String::new);
            out.push_str(html.get(copied..start).unwrap_or_default());
            (copied, at) = (end, end);
        }
    }
    let page = match out {
        None => Cow::Borrowed(html),
        Some(mut out) => {
            out.push_str(html.get(copied..).unwrap_or_default());
            Cow::Owned(out)
        }
    };
    (page, reopened)
}

fn find_ignoring_case(html: &str, what: &str, from: usize) -> Option<usize> {
    let mut at = from;
    loop {
        let start = at + html.get(at..)?.find("</")?;
        if html.get(start..start + what.len()).is_some_and(|tag| tag.eq_ignore_ascii_case(what)) {
            return Some(start);
        }
        at = start + 2;
    }
}

fn closes_itself(html: &str, tag: usize) -> bool {
    let rest = html.get(tag..).unwrap_or_default();
    rest.find(['<', '>']).is_some_and(|end| rest.get(..end).is_some_and(|tag| tag.ends_with('/')))
}

fn is_one_of(name: &str, names: &[&str]) -> bool {
    names.iter().any(|n| n.eq_ignore_ascii_case(name))
}

/// Elements without an end tag, or whose end tag is often left out: they do not nest in themselves.
const CLOSED_BY_THEMSELVES: [&str; 32] = [
    "a", "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source",
    "track", "wbr", "p", "li", "dt", "dd", "tr", "td", "th", "thead", "tbody", "tfoot", "option", "optgroup",
    "html", "head", "body", "colgroup", "caption",
];

/// Elements that the parser opens again in the next block if they were not closed.
const FORMATTING: [&str; 13] =
    ["b", "big", "code", "em", "font", "i", "nobr", "s", "small", "strike", "strong", "tt", "u"];
