//! Markdown → the words without markup, with headings, lists, tables and links as blocks.
//!
//! CommonMark with tables, strike-through, footnotes, heading attributes and front matter. What site builders add is
//! taken out first, line by line: kramdown's attribute lists `{: #id }` and Liquid's tags `{% … %}`; their values
//! `{{ … }}` stand for words, so they stay. HTML inside is read by the reader of HTML.

use std::borrow::Cow;

use pulldown_cmark::{CodeBlockKind, Event, HeadingLevel, Options, Parser, Tag, TagEnd};

use super::build::Builder;
use super::{Format, RawKind, Source, html, plain};
use crate::text::{beyond_ascii, count_bytes};

/// Reads Markdown.
pub(super) fn read(text: &str) -> Source {
    let (title, body) = front_matter(text);
    let body = without_templates(body);
    let options = Options::ENABLE_TABLES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_HEADING_ATTRIBUTES;
    let mut reader = Reader::default();
    for (event, span) in Parser::new_ext(&body, options).into_offset_iter() {
        let row_ends = matches!(event, Event::End(TagEnd::TableRow));
        if row_ends && let Some(row) = body.get(span) {
            reader.surplus(row);
        }
        reader.event(event);
    }
    Source { title, ..reader.out.finish(Format::Markdown) }
}

/// Whether a text without a telling name is Markdown: front matter or two headings, or one and a link.
pub(super) fn looks_like(text: &str) -> bool {
    let headings = text.lines().filter(|line| {
        let rest = line.trim_start_matches('#');
        (1..=6).contains(&(line.len() - rest.len())) && rest.starts_with(' ')
    });
    let links = text.contains("](http") || text.contains("](/") || text.contains("](#");
    headings.count() + usize::from(links) + 2 * usize::from(front_matter(text).0.is_some()) >= 2
}

#[derive(Default)]
struct Reader {
    out: Builder,
    /// For each open list the number of its next item; bullets have none.
    lists: Vec<Option<u64>>,
    /// For each open item its number, until its first words.
    items: Vec<Option<u32>>,
    strong: usize,
    /// Row and column of the open table.
    cell: (u32, u32),
    head: bool,
    in_table: bool,
    heading: bool,
    /// An open block of code, and whether it is fenced.
    code: Option<(String, bool)>,
    /// An open block of HTML.
    html: Option<String>,
    /// The name of an inline element whose content is no words.
    silent: Option<&'static str>,
}

impl Reader {
    fn event(&mut self, event: Event) {
        match event {
            Event::Start(tag) => self.start(tag),
            Event::End(tag) => self.end(tag),
            Event::Text(words) => match (&mut self.code, &mut self.html) {
                (Some((code, _)), _) => code.push_str(&words),
                (_, Some(html)) => html.push_str(&words),
                _ => self.words(&words),
            },
            Event::Code(words) | Event::InlineMath(words) | Event::DisplayMath(words) => self.words(&words),
            Event::Html(html) => match &mut self.html {
                Some(open) => open.push_str(&html),
                None => html::splice(&html, &mut self.out),
            },
            Event::InlineHtml(tag) => self.inline_tag(&tag),
            Event::SoftBreak => self.words("\n"),
            Event::HardBreak => self.out.line_break(),
            Event::FootnoteReference(_) | Event::Rule | Event::TaskListMarker(_) => {}
        }
    }

    fn start(&mut self, tag: Tag) {
        match tag {
            Tag::Heading { level, .. } => {
                self.out.open(RawKind::Heading(level_number(level)));
                self.heading = true;
            }
            Tag::Paragraph => self.open(),
            Tag::List(first) => {
                self.out.close();
                self.lists.push(first);
            }
            Tag::Item => {
                self.out.close();
                let number = self.lists.last_mut().and_then(|next| {
                    let number = *next.as_ref()?;
                    *next = Some(number.saturating_add(1));
                    Some(u32::try_from(number).unwrap_or(u32::MAX))
                });
                self.items.push(number);
            }
            Tag::Table(_) => {
                self.out.close();
                (self.cell, self.in_table) = ((0, 0), true);
            }
            Tag::TableHead => self.head = true,
            Tag::TableCell => {
                let (row, column) = self.cell;
                self.out.open(RawKind::Cell { table: self.out.tables, row, column, head: self.head });
            }
            Tag::Strong => self.strong += 1,
            Tag::Link { dest_url, .. } => {
                self.open_if_none();
                self.out.link(&dest_url);
            }
            Tag::CodeBlock(kind) => {
                self.out.close();
                self.code = Some((String::new(), matches!(kind, CodeBlockKind::Fenced(_))));
            }
            Tag::HtmlBlock => {
                self.out.close();
                self.html = Some(String::new());
            }
            Tag::BlockQuote(_) | Tag::FootnoteDefinition(_) => self.out.close(),
            _ => {}
        }
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Heading(_) => {
                self.heading = false;
                self.close();
            }
            TagEnd::Paragraph | TagEnd::BlockQuote(_) | TagEnd::FootnoteDefinition => self.close(),
            TagEnd::List(_) => {
                self.close();
                self.lists.pop();
            }
            TagEnd::Item => {
                self.close();
                self.items.pop();
            }
            TagEnd::Table => {
                self.in_table = false;
                self.out.tables += 1;
            }
            TagEnd::TableHead | TagEnd::TableRow => {
                self.head = false;
                self.cell = (self.cell.0 + 1, 0);
            }
            TagEnd::TableCell => {
                self.close();
                self.cell.1 += 1;
            }
            TagEnd::Strong => self.strong = self.strong.saturating_sub(1),
            TagEnd::Link => self.out.end_link(),
            TagEnd::CodeBlock => match self.code.take() {
                Some((code, true)) => {
                    self.out.open(RawKind::Code);
                    self.out.preformatted(&code);
                    self.close();
                }
                // Policies hold no code: what is indented this far is a paragraph that someone indented.
                Some((code, false)) => {
                    for block in plain::blocks(&code) {
                        self.open();
                        self.out.words(block.span.of(&code), false);
                        self.close();
                    }
                }
                None => {}
            },
            TagEnd::HtmlBlock => {
                if let Some(html) = self.html.take() {
                    html::splice(&html, &mut self.out);
                }
            }
            _ => {}
        }
    }

    /// Reads what stands in a row behind the last column of the head, which Markdown drops.
    fn surplus(&mut self, row: &str) {
        let (index, columns) = self.cell;
        let columns = usize::try_from(columns).unwrap_or(usize::MAX);
        for (column, words) in (columns..).zip(cells(row).into_iter().skip(columns)) {
            let words = words.trim();
            if !words.is_empty() {
                let column = u32::try_from(column).unwrap_or(u32::MAX);
                self.out.open(RawKind::Cell { table: self.out.tables, row: index, column, head: false });
                for event in Parser::new_ext(words, Options::ENABLE_STRIKETHROUGH) {
                    match event {
                        Event::Text(words) | Event::Code(words) => self.out.words(&words, false),
                        Event::SoftBreak | Event::HardBreak => self.out.line_break(),
                        _ => {}
                    }
                }
                self.close();
            }
        }
    }

    fn words(&mut self, words: &str) {
        if self.silent.is_none() {
            self.open_if_none();
            self.out.words(words, self.strong > 0);
        }
    }

    fn open_if_none(&mut self) {
        if !self.out.is_open() {
            self.open();
        }
    }

    /// Opens a paragraph, which inside a list is an item's. Only an item's first paragraph has its number.
    fn open(&mut self) {
        let depth = u8::try_from(self.items.len()).unwrap_or(u8::MAX);
        let kind = match self.items.last_mut() {
            _ if self.in_table || self.heading => return,
            Some(number) => RawKind::Item { depth, number: number.take() },
            None => RawKind::Paragraph { strong: false },
        };
        self.out.open(kind);
    }

    fn close(&mut self) {
        self.silent = None;
        self.out.close();
    }

    fn inline_tag(&mut self, tag: &str) {
        let closing = tag.starts_with("</");
        let name: String = tag
            .trim_start_matches(['<', '/'])
            .chars()
            .take_while(|c| c.is_ascii_alphanumeric() || *c == '-')
            .flat_map(char::to_lowercase)
            .collect();
        if let Some(silent) = self.silent {
            if closing && name == silent {
                self.silent = None;
            }
            return;
        }
        match name.as_str() {
            "script" | "style" | "template" | "svg" if !closing && !tag.ends_with("/>") => {
                self.silent = ["script", "style", "template", "svg"].into_iter().find(|n| *n == name);
            }
            "br" => self.out.line_break(),
            "b" | "strong" if closing => self.strong = self.strong.saturating_sub(1),
            "b" | "strong" => self.strong += 1,
            "a" if closing => self.out.end_link(),
            "a" => {
                if let Some(target) = attribute(tag, "href") {
                    self.open_if_none();
                    self.out.link(target);
                }
            }
            // `<NAME>` is a gap to fill in, no element.
            _ if !closing && !name.is_empty() && tag.len() == name.len() + 2 && !html::is_element(&name) => {
                self.words(tag);
            }
            _ => {}
        }
    }
}

/// The cells of a row as it is written, parted where no backslash stands before the bar.
fn cells(row: &str) -> Vec<&str> {
    let row = row.trim();
    let row = row.strip_prefix('|').unwrap_or(row);
    let mut cells = Vec::new();
    let mut start = 0;
    for (at, _) in row.match_indices('|').filter(|(at, _)| !row[..*at].ends_with('\\')) {
        cells.extend(row.get(start..at));
        start = at + 1;
    }
    cells.extend(row.get(start..));
    cells
}

fn level_number(level: HeadingLevel) -> u8 {
    match level {
        HeadingLevel::H1 => 1,
        HeadingLevel::H2 => 2,
        HeadingLevel::H3 => 3,
        HeadingLevel::H4 => 4,
        HeadingLevel::H5 => 5,
        HeadingLevel::H6 => 6,
    }
}

/// The value of a quoted attribute.
fn attribute<'a>(tag: &'a str, name: &str) -> Option<&'a str> {
    let (_, rest) = tag.split_once(&format!(" {name}="))?;
    let quote = rest.chars().next().filter(|c| matches!(c, '"' | '\''))?;
    rest.get(1..)?.split(quote).next()
}

/// The title by YAML front matter, and the text after it.
fn front_matter(text: &str) -> (Option<String>, &str) {
    let none = (None, text);
    let mut lines = text.split_inclusive('\n');
    let Some(first) = lines.next().filter(|line| line.trim_end() == "---") else { return none };
    let mut at = first.len();
    let mut title = None;
    for (i, line) in lines.enumerate() {
        at += line.len();
        let words = line.trim_end();
        if matches!(words, "---" | "...") {
            return (title, text.get(at..).unwrap_or_default());
        }
        // A rule with a paragraph below it is no front matter.
        if i == 0 && !words.contains(':') && !words.starts_with('#') {
            return none;
        }
        if let Some(value) = words.strip_prefix("title:") {
            let value = value.trim();
            let unquoted = ['"', '\''].iter().find_map(|&q| value.strip_prefix(q)?.strip_suffix(q));
            title = Some(unquoted.unwrap_or(value).to_string()).filter(|title| !title.is_empty());
        }
    }
    none
}

/// The text without what belongs to the site builder, and with blanks that Markdown knows.
fn without_templates(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut in_table = false;
    let mut tables_end = None;
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        at += line.len();
        // Most lines are no template and no HTML.
        if !in_table && is_plain(line) {
            out.push_str(line);
            continue;
        }
        let words = without_blanks(line);
        let untagged = without(&words, "{%", "%}");
        let kept = without(&untagged, "{:", "}");
        let dropped = kept.trim().is_empty() && !words.trim().is_empty();
        // A blank line would end the HTML in the middle of a table.
        let inside = in_table && kept.trim().is_empty();
        if kept.contains("<table") {
            in_table = at <= *tables_end.get_or_insert_with(|| text.rfind("</table").unwrap_or(0));
        }
        if kept.contains("</table") {
            in_table = false;
        }
        if !dropped && !inside {
            out.push_str(&kept);
        }
    }
    out
}

/// Whether a line stays as it is: no mark of a template or an element in it, and no blank that Markdown does not know.
fn is_plain(line: &str) -> bool {
    count_bytes(line, |byte| matches!(byte, b'{' | b'<')) == 0
        && !beyond_ascii(line).any(|c| matches!(c, '\u{a0}' | '\u{3000}' | '\u{feff}' | '\u{200b}'))
}

/// A line with no-break blanks as blanks, and those that only indent it left out.
fn without_blanks(line: &str) -> String {
    let words = line.trim_start_matches(['\u{a0}', '\u{3000}', '\u{feff}', '\u{200b}']);
    words.replace('\u{a0}', " ")
}

/// A line without what stands between two marks, of which the first begins with a brace.
fn without<'l>(line: &'l str, open: &str, close: &str) -> Cow<'l, str> {
    if !line.contains('{') {
        return Cow::Borrowed(line);
    }
    let mut out = String::with_capacity(line.len());
    let mut rest = line;
    while let Some((before, inside)) = rest.split_once(open) {
        let Some((_, after)) = inside.split_once(close) else { break };
        out.push_str(before);
        rest = after;
    }
    out.push_str(rest);
    Cow::Owned(out)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::normalize;

    const POLICY: &str = "---\ntitle: \"Privacy at Acme\"\nlastmod: 2024-05-01\n---\n\n# Privacy {: #top }\n\n\
        We collect **your name** and your e-mail address when you open an account with us, as [our terms](/terms) say.\n\n\
        **What we keep**\n\n- your name\n- your address:\n  - street\n  - town\n- your age\n\n\
        1. Write to <privacy@acme.example>.\n2. Wait *fifteen* days.\n\n\
        | Data | Purpose |\n|---|---|\n| name | account<br>login |\n| age | |\n\n\
        ## 我们如何使用信息\n\n我们使用您的姓名，\n用于创建账户。\n\n{% include footer.html %}\n";

    fn blocks(text: &str) -> Vec<(RawKind, String)> {
        let source = read(text);
        source.blocks.iter().map(|b| (b.kind, b.span.of(&source.text).to_string())).collect()
    }

    fn normal(text: &str) -> Vec<(RawKind, String)> {
        blocks(text).into_iter().map(|(kind, words)| (kind, normalize(&words).text)).collect()
    }

    #[test]
    fn structure_is_kept_and_markup_is_not() {
        use RawKind::*;
        let cell = |row, column| Cell { table: 0, row, column, head: row == 0 };
        let item = |depth, number| Item { depth, number };
        let want = [
            (Heading(1), "Privacy"),
            (
                Paragraph { strong: false },
                "We collect your name and your e-mail address when you open an account with us, as our terms say.",
            ),
            (Paragraph { strong: true }, "What we keep"),
            (item(1, None), "your name"),
            (item(1, None), "your address:"),
            (item(2, None), "street"),
            (item(2, None), "town"),
            (item(1, None), "your age"),
            (item(1, Some(1)), "Write to privacy@acme.example."),
            (item(1, Some(2)), "Wait fifteen days."),
            (cell(0, 0), "Data"),
            (cell(0, 1), "Purpose"),
            (cell(1, 0), "name"),
            (cell(1, 1), "account\nlogin"),
            (cell(2, 0), "age"),
            (Heading(2), "我们如何使用信息"),
            (Paragraph { strong: false }, "我们使用您的姓名，用于创建账户。"),
        ];
        let got = blocks(POLICY);
        let got: Vec<_> = got.iter().map(|(kind, words)| (*kind, words.as_str())).collect();
        assert_eq!(got, want);
        let source = read(POLICY);
        assert_eq!(source.title.as_deref(), Some("Privacy at Acme"));
        let links: Vec<_> =
            source.links.iter().map(|l| (l.span.of(&source.text), l.target.as_str())).collect();
        assert_eq!(links, [("our terms", "/terms"), ("privacy@acme.example", "privacy@acme.example")]);
    }

    #[test]
    fn what_only_looks_different_gives_the_same_blocks() {
        let want = normal(POLICY);
        let wrapped = POLICY.replace("address when", "address\nwhen").replace(" with us", "\nwith us");
        let loose = POLICY.replace("\n- ", "\n\n- ").replace("\n2. ", "\n\n2. ").replace("\n\n", "\n\n\n");
        for other in [
            POLICY.replace("\n- ", "\n* ").replace("\n  - ", "\n  + "),
            POLICY.replace('\n', "\r\n"),
            POLICY.replace("account with", "account\u{a0}with").replace("# P", "#\u{a0}P"),
            POLICY.replace(".\n", ". \n").replace(":\n", ":   \n"),
            POLICY.replace("**", "__").replace("*fifteen*", "_fifteen_"),
            wrapped,
            loose,
        ] {
            assert_eq!(normal(&other), want, "{other}");
        }
    }

    #[test]
    fn items_with_more_paragraphs_give_one_block_each() {
        let got = blocks("1. First.\n\n   More of it.\n\n2. Second.\n");
        let item = |number| RawKind::Item { depth: 1, number };
        assert_eq!(got.iter().map(|b| b.0).collect::<Vec<_>>(), [item(Some(1)), item(None), item(Some(2))]);
    }

    #[test]
    fn html_inside_is_read() {
        let got = blocks(
            "Hello <span class=\"x\">dear</span> user <!-- not this --><script>alert(1)</script>!\n\n\
             <table>\n<tr><th>Data</th>\n\n<th>Why</th></tr>\n<tr><td>name</td><td>login</td></tr>\n</table>\n\n<NAME> is ours.\n",
        );
        let words: Vec<_> = got.iter().map(|b| b.1.as_str()).collect();
        assert_eq!(words, ["Hello dear user !", "Data", "Why", "name", "login", "<NAME> is ours."]);
        assert!(matches!(got[1].0, RawKind::Cell { head: true, row: 0, column: 0, .. }));
    }

    #[test]
    fn what_stands_behind_the_last_column_is_kept() {
        let got = blocks(
            "| Name | Why |\n|---|---|\n| Brightmail | mail | Ireland | **only** now |\n| Payfox | a \\| b |\n",
        );
        let words: Vec<_> = got.iter().map(|b| b.1.as_str()).collect();
        assert_eq!(words, ["Name", "Why", "Brightmail", "mail", "Ireland", "only now", "Payfox", "a | b"]);
        assert!(matches!(got[4].0, RawKind::Cell { row: 1, column: 2, head: false, .. }));
    }

    #[test]
    fn templates_leave_no_words() {
        let got = blocks(
            "*Effective May 1*\n{: datetime=\"2024-05-01\" }\n\n{% ifversion x %}\n- one {% endif %}\n\n[AUTOTITLE](/x) {{ mail }}\n",
        );
        let words: Vec<_> = got.iter().map(|b| b.1.as_str()).collect();
        assert_eq!(words, ["Effective May 1", "one", "AUTOTITLE {{ mail }}"]);
    }

    #[test]
    fn indented_paragraphs_are_no_code() {
        assert_eq!(blocks("    We collect your name.\n")[0].0, RawKind::Paragraph { strong: false });
        assert_eq!(blocks("　　我们收集姓名。\n")[0].1, "我们收集姓名。");
    }
}
