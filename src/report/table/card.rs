//! Markdown of our own, the model card, as a page for the terminal: headings, paragraphs, lists, tables, commands.

use pulldown_cmark::{Event, HeadingLevel, Options, Parser, Tag, TagEnd};

use super::ink::Ink;
use super::{Column, Page};

/// Draws a document at the end of a page.
pub(super) fn draw(page: &mut Page, markdown: &str) {
    let mut words = String::new();
    let mut cells: Vec<Vec<String>> = Vec::new();
    let mut code = false;
    for event in Parser::new_ext(markdown, Options::ENABLE_TABLES) {
        match event {
            Event::Text(text) if code => {
                page.gap();
                text.lines().for_each(|line| page.verbatim(&format!("    {line}")));
            }
            Event::Text(text) => words.push_str(&text),
            Event::Code(text) => words.push_str(&text),
            Event::SoftBreak | Event::HardBreak => words.push(' '),
            Event::Start(Tag::CodeBlock(_)) => code = true,
            Event::End(TagEnd::CodeBlock) => code = false,
            Event::Start(Tag::Strong) => words.push_str(&Ink::Bold.begin()),
            Event::End(TagEnd::Strong) => words.push_str(&Ink::end()),
            Event::End(TagEnd::Heading(level)) => {
                let title = std::mem::take(&mut words);
                page.gap();
                page.heading(&if level == HeadingLevel::H1 { title.to_uppercase() } else { title });
            }
            Event::End(TagEnd::Paragraph) => {
                page.gap();
                page.paragraph(&std::mem::take(&mut words));
            }
            Event::Start(Tag::List(_)) => page.gap(),
            Event::End(TagEnd::Item) => page.hanging("  • ", &std::mem::take(&mut words)),
            Event::Start(Tag::Table(_)) => cells.clear(),
            Event::Start(Tag::TableHead | Tag::TableRow) => cells.push(Vec::new()),
            Event::End(TagEnd::TableCell) => {
                let cell = std::mem::take(&mut words);
                cells.last_mut().into_iter().for_each(|row| row.push(cell.clone()));
            }
            Event::End(TagEnd::Table) => {
                page.gap();
                table(page, &cells);
            }
            _ => {}
        }
    }
}

fn table(page: &mut Page, cells: &[Vec<String>]) {
    let Some((head, rows)) = cells.split_first() else { return };
    // Prose wraps; names and numbers keep their width.
    let is_prose = |column: usize| rows.iter().any(|row| row.get(column).is_some_and(|cell| cell.len() > 30));
    let columns: Vec<Column> = head
        .iter()
        .enumerate()
        .map(|(i, head)| if is_prose(i) { Column::share(head, 1) } else { Column::tight(head) })
        .collect();
    page.table(&columns, rows, is_prose(1));
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::table::{Details, Look};

    #[test]
    fn markdown_is_drawn() {
        let look = Look { width: 60, color: false, details: Details::Full };
        let mut page = Page::new(&look);
        draw(
            &mut page,
            "# A card\n\nWords in `code` and\n**bold**.\n\n- one\n- two\n\n| a | b |\n|---|---|\n| 手机号 | .5 |\n\n```sh\npolidiff model info\n```\n",
        );
        let text = page.finish();
        for words in [
            "A CARD",
            "Words in code and bold.\n",
            "  • one\n  • two\n",
            "│ 手机号 │ .5 │",
            "    polidiff model info\n",
        ] {
            assert!(text.contains(words), "{words} in\n{text}");
        }
    }
}
