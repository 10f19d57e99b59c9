//! A web page → the policy's words, with its headings, lists, tables and links as blocks.
//!
//! The parser is a browser's (html5ever), so broken pages are read as people saw them. The page is then walked as a flat
//! list of nodes: programs and styles hold no words, furniture is left out and counted, hidden panels are read, since
//! accordions hide most of a policy until they are clicked.

mod furniture;
mod table;
mod tree;
mod walk;

use scraper::{Html, Node};

use super::build::Builder;
use super::{Format, Source};

/// Reads a page.
pub(super) fn read(text: &str) -> Source {
    let html = Html::parse_document(&tree::limited(text));
    let nodes = tree::nodes(&html);
    let mut out = Builder::default();
    let dropped = walk::walk(&nodes, true, &mut out);
    let (title, language) = stated(&html);
    Source { title, language, dropped, ..out.finish(Format::Html) }
}

/// Reads a part of a page into a document of another format; nothing in it is furniture.
pub(super) fn splice(fragment: &str, out: &mut Builder) {
    let html = Html::parse_document(&tree::limited(fragment));
    walk::walk(&tree::nodes(&html), false, out);
}

/// Title and language that the page states.
fn stated(html: &Html) -> (Option<String>, Option<String>) {
    let (mut title, mut language) = (None, None);
    for node in html.tree.nodes() {
        let Node::Element(element) = node.value() else { continue };
        match element.name() {
            "html" if language.is_none() => {
                language =
                    element.attr("lang").map(|code| code.trim().to_string()).filter(|code| !code.is_empty());
            }
            "title" if title.is_none() => {
                let words: String = node
                    .children()
                    .filter_map(|child| match child.value() {
                        Node::Text(text) => Some(&**text),
                        _ => None,
                    })
                    .collect();
                let words: Vec<&str> = words.split_whitespace().collect();
                title = Some(words.join(" ")).filter(|title| !title.is_empty());
            }
            "body" => break,
            _ => {}
        }
    }
    (title, language)
}

/// Whether a text is a page or a part of one: it starts like one, or is full of tags.
pub(super) fn looks_like(text: &str) -> bool {
    let head: String = text.trim_start().chars().take(2000).collect::<String>().to_ascii_lowercase();
    let mut start = head.as_str();
    while let Some(rest) =
        start.strip_prefix("<!--").and_then(|rest| rest.split_once("-->")).map(|(_, rest)| rest)
    {
        start = rest.trim_start();
    }
    let starts = ["<!doctype html", "<html", "<head", "<body"].iter().any(|tag| start.starts_with(tag))
        || start.starts_with("<?xml") && head.contains("<html");
    if starts {
        return true;
    }
    // Annotated data may be called like a tag, but has no end tag; e-mail addresses are no elements.
    let (mut opened, mut closed) = (0usize, 0usize);
    for tag in text.split('<').skip(1) {
        let closing = tag.starts_with('/');
        let name = tag.strip_prefix('/').unwrap_or(tag);
        let end = name.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(name.len());
        let (name, rest) = name.split_at(end);
        let well_formed =
            rest.starts_with('>') || rest.starts_with("/>") || rest.starts_with(char::is_whitespace);
        if well_formed && is_element(&name.to_ascii_lowercase()) {
            *(if closing { &mut closed } else { &mut opened }) += 1;
        }
    }
    let starts_with_tag = start.starts_with('<') && closed > 0;
    starts_with_tag && opened > 0 || closed >= 3 && (opened + closed) * 400 > text.len()
}

/// Whether a name in lower case is that of an HTML element that pages hold words in or around.
pub(super) fn is_element(name: &str) -> bool {
    const NAMES: &str = " a abbr acronym address applet area article aside audio b base basefont bdi bdo big blockquote \
        body br button canvas caption center cite code col colgroup data datalist dd del details dfn dialog dir div dl \
        dt em embed fieldset figcaption figure font footer form frame frameset h1 h2 h3 h4 h5 h6 head header hgroup hr \
        html i iframe img input ins kbd label legend li link main map mark math menu meta meter nav noframes noscript \
        object ol optgroup option output p param picture pre progress q rp rt ruby s samp script search section select \
        slot small source span strike strong style sub summary sup svg table tbody td template textarea tfoot th thead \
        time title tr track tt u ul var video wbr ";
    !name.is_empty() && !name.contains(' ') && NAMES.contains(&format!(" {name} "))
}
