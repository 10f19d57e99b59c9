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

#[cfg(test)]
mod tests {
    use super::super::RawKind::{Cell, Heading, Item, Paragraph};
    use super::super::{InputFormat, RawKind, read as read_bytes};
    use super::*;

    const PROSE: &str =
        "We collect the name and the e-mail address that you give us when you open an account.";
    const PROSE_ZH: &str = "我们会收集您在注册账户时向我们提供的姓名、手机号码和电子邮箱地址，用于创建账户。";

    fn blocks(html: &str) -> Vec<(RawKind, String)> {
        let source = read(html);
        source.blocks.iter().map(|b| (b.kind, b.span.of(&source.text).to_string())).collect()
    }

    fn words(html: &str) -> Vec<String> {
        blocks(html).into_iter().map(|(_, words)| words).collect()
    }

    fn text(words: &str) -> (RawKind, String) {
        (Paragraph { strong: false }, words.to_string())
    }

    #[test]
    fn structure_is_kept() {
        let got = blocks(
            "<html lang=zh-CN><title>隐私 政策</title><body><h1>隐私<span>政策</span></h1><p>我们&amp;您的\n  信息</p><div><b>我们收集：</b></div>\
             <ol start=3><li>姓名<ul><li><p>名</p><p>姓</p></ul><li>年龄</ol><p>one<br>two<br><br>three <a href='/x'>link</a>.\
             <dl><dt>Cookie</dt><dd>A file.</dd></dl>",
        );
        let item = |depth, number, words: &str| (Item { depth, number }, words.to_string());
        assert_eq!(
            got,
            [
                (Heading(1), "隐私政策".to_string()),
                text("我们&您的信息"),
                (Paragraph { strong: true }, "我们收集：".to_string()),
                item(1, Some(3), "姓名"),
                item(2, None, "名"),
                item(2, None, "姓"),
                item(1, Some(4), "年龄"),
                text("one\ntwo"),
                text("three link."),
                (Paragraph { strong: true }, "Cookie".to_string()),
                text("A file."),
            ]
        );
    }

    #[test]
    fn what_the_page_states_is_kept() {
        let source = read(
            "<html lang=zh-CN><title> 隐私\n政策 </title><p>见<a href='https://acme.example/a'>我们的 <b>条款</b></a>。",
        );
        assert_eq!(source.title.as_deref(), Some("隐私 政策"));
        assert_eq!(source.language.as_deref(), Some("zh-CN"));
        assert_eq!(source.links.len(), 1);
        assert_eq!(source.links[0].span.of(&source.text), "我们的 条款");
        assert_eq!(source.links[0].target, "https://acme.example/a");
    }

    #[test]
    fn cells_stand_on_a_grid() {
        let got = blocks(
            "<table><tr><th>Data<th>Purpose<th>Kept</tr><tr><td rowspan=2>name<td colspan=2>account<br>login</tr>\
             <tr><td><ul><li>mail<li>post</ul><td>1 year</table><table><tr><td>layout</table>",
        );
        let cell =
            |row, column, words: &str| (Cell { table: 0, row, column, head: row == 0 }, words.to_string());
        assert_eq!(
            got,
            [
                cell(0, 0, "Data"),
                cell(0, 1, "Purpose"),
                cell(0, 2, "Kept"),
                cell(1, 0, "name"),
                cell(1, 1, "account\nlogin"),
                cell(2, 1, "mail\npost"),
                cell(2, 2, "1 year"),
                text("layout"),
            ]
        );
    }

    #[test]
    fn furniture_is_dropped_and_counted() {
        for prose in [PROSE, PROSE_ZH] {
            let html = format!(
                "<body><header><a href=/>Acme</a><h1>Privacy</h1></header><nav>Home</nav><div class='cookie-banner'>We use cookies.</div>\
                 <ul><li><a href=/a>Shop</a><li><a href=/b>Help</a><li><a href=/c>Jobs</a></ul>\
                 <div class='footer-page'><p>{prose}</p><p>{prose}</p><nav>On this page</nav><a href='#'>Back to top</a></div>\
                 <div role=contentinfo>© Acme</div><div id=siteFooter>Imprint</div>"
            );
            assert_eq!(words(&html), ["Privacy", prose, prose, "On this page"]);
            let dropped: Vec<_> = read(&html).dropped.into_iter().map(|d| (d.part, d.characters)).collect();
            let want = [
                ("header", 4),
                ("nav", 4),
                ("div.cookie-banner", 13),
                ("links in ul", 12),
                ("div", 5),
                ("div#siteFooter", 7),
            ];
            assert_eq!(dropped, want.map(|(part, n)| (part.to_string(), n)));
        }
    }

    #[test]
    fn hidden_panels_are_read_and_programs_are_not() {
        let html = format!(
            "<p>{PROSE}<script>steal('<p>script</p>')</script><style>p{{}}</style><noscript>noscript</noscript><template>template</template>\
             <svg><title>drawing</title><text>drawing</text></svg><select><option>option</select><!-- comment -->\
             <div style='display:none'>hidden</div><details><summary>More</summary>inner</details><button aria-expanded=false>Panel</button><button>OK</button>"
        );
        assert_eq!(words(&html), [PROSE, "hidden", "More", "inner", "Panel"]);
    }

    #[test]
    fn hostile_pages_are_read_in_time() {
        let deep = format!("{}{PROSE}{}", "<div>".repeat(100_000), "</div>".repeat(100_000));
        assert_eq!(words(&deep), [PROSE]);
        let drawings = format!("{}<p>one<p>two", "<svg><g><path d='M0 0'/></g></svg>".repeat(1_000));
        assert_eq!(words(&drawings), ["one", "two"]);
        let unclosed: String = (0..20_000).map(|i| format!("<b id={i}><p>{i}")).collect();
        assert_eq!(words(&unclosed).len(), 20_000);
        let spans = "<td colspan=100000 rowspan=100000>x".repeat(2_000);
        assert!(!words(&format!("<table><tr>{spans}<tr>{spans}</table>")).is_empty());
        let lists = format!("{}{PROSE}", "<ul><li>".repeat(2_000));
        assert_eq!(words(&lists), [PROSE]);
        for broken in ["<", "<a", "<!--", "<script>", "<div", "</", "<p <p ", "<table><tr>"] {
            read(&broken.repeat(20_000));
        }
    }

    #[test]
    fn pages_are_told_from_other_texts() {
        for page in [
            "<!DOCTYPE html><p>x",
            " \n<html><body>x",
            "<!-- saved --><html>",
            "<div class=\"a\"><p>We collect.</p></div>",
            "<p>我们收集信息。</p>",
        ] {
            assert!(looks_like(page), "{page}");
        }
        for other in [
            "<privacy@acme.example> is our address.",
            "(We) [collect] <data> and <address> to {log in}.",
            "Press <b to go on; a < b > c.",
            "We collect your name.",
            "<手机号码>和<密码>",
        ] {
            assert!(!looks_like(other), "{other}");
        }
    }

    #[test]
    fn the_format_is_told_by_suffix_and_content() {
        let format =
            |name: &str, text: &str| read_bytes(name, text.as_bytes(), InputFormat::Auto).unwrap().format;
        assert_eq!(format("a.HTM", "We collect."), Format::Html);
        assert_eq!(format("a.md", "<p>We collect.</p>"), Format::Markdown);
        assert_eq!(format("a.txt", "<p>We collect.</p>"), Format::Html);
        assert_eq!(format("-", "(We) [collect] <your name> to {log you in}."), Format::Annotated);
        assert_eq!(format("-", "# Privacy\n\n## What we collect\n\nYour name."), Format::Markdown);
        assert_eq!(format("a.txt", "# Privacy\n\n## What we collect\n\nYour name."), Format::Text);
        assert_eq!(format("-", "We collect."), Format::Text);
    }
}
