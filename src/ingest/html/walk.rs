//! The nodes of a page → blocks, links and words.

use std::collections::BTreeMap;

use super::super::{Dropped, RawKind, build::Builder, plain};
use super::furniture;
use super::table::{self, Place};
use super::tree::Node;

/// Reads nodes into a builder. With `whole`, furniture is looked for and left out.
pub(super) fn walk(nodes: &[Node], whole: bool, out: &mut Builder) -> Vec<Dropped> {
    let main = if whole { furniture::main_part(nodes) } else { 0 };
    let main_end = nodes.get(main).map_or(0, |node| node.end);
    let mut walker = Walker {
        out,
        open: Vec::new(),
        lists: Vec::new(),
        items: Vec::new(),
        cells: BTreeMap::new(),
        strong: 0,
        cell: 0,
        heading: None,
        breaks: 0,
    };
    let mut dropped = Vec::new();
    let mut titled = nodes.get(main..main_end).unwrap_or_default().iter().any(|node| node.name() == "h1");
    let mut at = 0;
    while let Some(node) = nodes.get(at) {
        walker.close_until(at);
        let outside = at > main && at >= main_end || node.end <= main;
        if whole
            && outside
            && node.chars > 0
            && let Some(part) = furniture::label(node)
        {
            let characters = node.chars - walker.title(nodes, at, &mut titled);
            dropped.push(Dropped { part, characters });
            at = node.end;
            continue;
        }
        match node.element {
            None => walker.text(node.text),
            Some(_) if leads_to_top(nodes, at) => {
                at = node.end;
                continue;
            }
            Some(_) if node.name() == "pre" && walker.cell == 0 => {
                walker.preformatted(nodes.get(at..node.end).unwrap_or_default());
                at = node.end;
                continue;
            }
            Some(_) => walker.enter(nodes, at, node),
        }
        at += 1;
    }
    walker.close_until(usize::MAX);
    dropped
}

struct Walker<'a> {
    out: &'a mut Builder,
    /// Open elements that have to be undone at their end.
    open: Vec<(usize, Undo)>,
    /// For each open list the number of its next item.
    lists: Vec<Option<u32>>,
    /// For each open item its number, until its first words.
    items: Vec<Option<u32>>,
    /// Cells of the open tables that hold data.
    cells: BTreeMap<usize, Place>,
    strong: usize,
    /// How many cells are open.
    cell: usize,
    heading: Option<u8>,
    /// Line breaks since the last words.
    breaks: usize,
}

#[derive(Clone, Copy, Debug)]
enum Undo {
    Block,
    Heading,
    List,
    Item,
    Cell,
    Table,
    Strong,
    Link,
}

impl Walker<'_> {
    fn enter(&mut self, nodes: &[Node], at: usize, node: &Node) {
        let undo = match node.name() {
            "br" => return self.line_break(),
            "hr" => return self.boundary(),
            "b" | "strong" => {
                self.strong += 1;
                Undo::Strong
            }
            "a" => {
                let Some(target) = node.attribute("href") else { return };
                self.out.link(target);
                Undo::Link
            }
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" if self.cell == 0 => {
                self.boundary();
                self.heading = node.name().get(1..).and_then(|level| level.parse().ok());
                Undo::Heading
            }
            "ul" | "ol" | "menu" | "dir" if self.cell == 0 => {
                self.boundary();
                let start = node.attribute("start").and_then(|n| n.trim().parse().ok()).unwrap_or(1);
                self.lists.push((node.name() == "ol").then_some(start));
                Undo::List
            }
            // An item with headings inside is a part of the page that someone made a list of.
            "li" if self.cell == 0 && !holds_heading(nodes, at) => {
                self.boundary();
                let value = node.attribute("value").and_then(|n| n.trim().parse().ok());
                let number = self.lists.last_mut().and_then(|next| {
                    let number = value.or(*next)?;
                    next.as_mut().map(|next| *next = number.saturating_add(1))?;
                    Some(number)
                });
                self.items.push(number);
                Undo::Item
            }
            "table" if self.cell == 0 => {
                self.boundary();
                match table::grid(nodes, at) {
                    Some(cells) => {
                        self.cells = cells;
                        Undo::Table
                    }
                    None => Undo::Block,
                }
            }
            "td" | "th" if self.cells.contains_key(&at) => {
                let Some(&Place { row, column, head }) = self.cells.get(&at) else { return };
                self.out.open(RawKind::Cell { table: self.out.tables, row, column, head });
                self.cell += 1;
                Undo::Cell
            }
            "dt" | "summary" => {
                self.boundary();
                self.strong += 1;
                self.open.push((node.end, Undo::Strong));
                Undo::Block
            }
            name if is_block(name) => {
                self.boundary();
                Undo::Block
            }
            _ => return,
        };
        self.open.push((node.end, undo));
    }

    /// Reads the title that a policy has in the page's header. Returns how many characters it has.
    fn title(&mut self, nodes: &[Node], part: usize, titled: &mut bool) -> usize {
        let end = nodes.get(part).map_or(0, |node| node.end);
        let title = |node: &Node| node.name() == "h1" && node.linked == 0 && node.chars > 0;
        let Some(at) = (part..end).find(|&at| !*titled && nodes.get(at).is_some_and(title)) else { return 0 };
        *titled = true;
        let inner = nodes.get(at..).unwrap_or_default();
        let chars = inner.first().map_or(0, |node| node.chars);
        let end = inner.first().map_or(at, |node| node.end);
        self.out.open(RawKind::Heading(1));
        for node in inner.iter().take(end - at) {
            self.out.words(if node.element.is_none() { node.text } else { " " }, true);
        }
        self.out.close();
        chars
    }

    /// Undoes all elements that end at or before a node.
    fn close_until(&mut self, at: usize) {
        while let Some(&(_, undo)) = self.open.last().filter(|&&(end, _)| end <= at) {
            self.open.pop();
            match undo {
                Undo::Block => self.boundary(),
                Undo::Heading => {
                    self.out.close();
                    self.heading = None;
                }
                Undo::List => {
                    self.boundary();
                    self.lists.pop();
                }
                Undo::Item => {
                    self.boundary();
                    self.items.pop();
                }
                Undo::Cell => {
                    self.out.close();
                    self.cell = self.cell.saturating_sub(1);
                }
                Undo::Table => {
                    self.out.close();
                    self.cells.clear();
                    self.out.tables += 1;
                }
                Undo::Strong => self.strong = self.strong.saturating_sub(1),
                Undo::Link => self.out.end_link(),
            }
        }
    }

    /// The end of a block; inside a heading only a blank, inside a cell a line end.
    fn boundary(&mut self) {
        if self.cell > 0 {
            self.out.line_break();
        } else if self.heading.is_some() {
            self.out.words(" ", true);
        } else {
            self.out.close();
        }
    }

    fn line_break(&mut self) {
        self.breaks += 1;
        if self.breaks > 1 {
            self.boundary();
        } else if self.heading.is_some() {
            self.out.words(" ", true);
        } else {
            self.out.line_break();
        }
    }

    fn text(&mut self, words: &str) {
        if words.trim().is_empty() {
            if self.out.is_open() {
                self.out.words(words, self.strong > 0);
            }
            return;
        }
        self.breaks = 0;
        if !self.out.is_open() {
            self.open_block();
        }
        self.out.words(words, self.strong > 0);
    }

    fn open_block(&mut self) {
        let depth = u8::try_from(self.items.len()).unwrap_or(u8::MAX);
        let kind = match (self.heading, self.items.last_mut()) {
            (Some(level), _) => RawKind::Heading(level),
            (None, Some(number)) => RawKind::Item { depth, number: number.take() },
            (None, None) => RawKind::Paragraph { strong: false },
        };
        self.out.open(kind);
    }

    /// Preformatted text is code only where it says so; else it is a policy in plain text.
    fn preformatted(&mut self, nodes: &[Node]) {
        self.out.close();
        let text: String =
            nodes.iter().map(|node| if node.name() == "br" { "\n" } else { node.text }).collect();
        if nodes.iter().any(|node| node.name() == "code") {
            self.out.open(RawKind::Code);
            self.out.preformatted(&text);
            self.out.close();
            return;
        }
        for block in plain::blocks(&text) {
            self.open_block();
            self.out.words(block.span.of(&text), self.strong > 0);
            self.out.close();
        }
    }
}

/// Whether a node is a link to the beginning of the page, as pages have after each section.
fn leads_to_top(nodes: &[Node], at: usize) -> bool {
    const WORDS: [&str; 10] = [
        "top",
        "back to top",
        "back to the top",
        "back to top of page",
        "top of page",
        "return to top",
        "返回顶部",
        "回到顶部",
        "回到頂部",
        "返回頂部",
    ];
    let Some(node) = nodes.get(at).filter(|node| node.name() == "a" && node.chars <= 20) else {
        return false;
    };
    if !node.attribute("href").is_some_and(|target| target.starts_with('#')) {
        return false;
    }
    let inner = nodes.get(at..node.end).unwrap_or_default();
    let words: String = inner.iter().map(|node| node.text).collect::<String>().to_lowercase();
    let words: Vec<&str> =
        words.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    WORDS.contains(&words.join(" ").as_str())
}

/// Whether a list item has a heading of its own, those of items inside it left out.
fn holds_heading(nodes: &[Node], item: usize) -> bool {
    let end = nodes.get(item).map_or(0, |node| node.end);
    let mut at = item + 1;
    while let Some(node) = nodes.get(at).filter(|_| at < end) {
        match node.name() {
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => return true,
            "ul" | "ol" => at = node.end,
            _ => at += 1,
        }
    }
    false
}

fn is_block(name: &str) -> bool {
    matches!(
        name,
        "address"
            | "article"
            | "aside"
            | "blockquote"
            | "body"
            | "caption"
            | "center"
            | "dd"
            | "details"
            | "dialog"
            | "dir"
            | "div"
            | "dl"
            | "fieldset"
            | "figcaption"
            | "figure"
            | "footer"
            | "form"
            | "h1"
            | "h2"
            | "h3"
            | "h4"
            | "h5"
            | "h6"
            | "header"
            | "hgroup"
            | "html"
            | "legend"
            | "li"
            | "main"
            | "menu"
            | "nav"
            | "ol"
            | "p"
            | "pre"
            | "section"
            | "table"
            | "tbody"
            | "td"
            | "tfoot"
            | "th"
            | "thead"
            | "tr"
            | "ul"
    )
}
