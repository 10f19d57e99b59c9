//! Reports for the terminal: tables that fit its width, with Chinese characters two columns wide.
//!
//! Cells are wrapped here, not by comfy-table, because Chinese may break nearly everywhere but not before a full stop.
//! Nothing is told by colour alone, and nothing from a policy reaches the terminal but as visible characters.

mod benchmark;
mod card;
mod carry;
mod comparison;
mod ink;
mod models;
mod pairs;
mod practices;
#[cfg(test)]
pub(super) mod sample;
mod vocabulary;
mod wrap;

use comfy_table::{
    Cell, CellAlignment, ColumnConstraint, ContentArrangement, ContentLineStyle, LineStyle, Table,
    TableStyle, Width,
};
use unicode_width::UnicodeWidthStr;

pub use benchmark::benchmark;
pub use carry::carry;
pub use comparison::comparison;
pub use models::{models, scores};
pub use practices::practices;
pub use vocabulary::{concept, vocabulary};

pub(super) use comparison::{arrow, kind_sign, polarity_sign, said, slots_by_facet};
pub(super) use practices::{deed, parts};

use ink::Ink;
use wrap::wrap;

/// How a table report is drawn.
#[derive(Clone, Copy, Debug)]
pub struct Look {
    /// Columns of the terminal; at least 40 are used.
    pub width: usize,
    /// Whether escape sequences for colour are written.
    pub color: bool,
    /// How much is said.
    pub details: Details,
}

/// How much a report says of each change or practice.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Details {
    /// The verdict and the counts.
    None,
    /// And each change, with the words that came and went.
    #[default]
    Summary,
    /// And the sentences that state them.
    Full,
}

const LIGHT: TableStyle = TableStyle::new()
    .top_border(LineStyle::new('┌', '─', '┬', '┐'))
    .header_lines(ContentLineStyle::new('│', '│', '│'))
    .header_separator(LineStyle::new('├', '─', '┼', '┤'))
    .content_lines(ContentLineStyle::new('│', '│', '│'))
    .bottom_border(LineStyle::new('└', '─', '┴', '┘'));

/// With a line under each row, for cells of several lines.
const RULED: TableStyle = LIGHT.row_separator(LineStyle::new('├', '─', '┼', '┤'));

/// How wide a column is.
#[derive(Clone, Copy, Debug)]
enum Fit {
    /// As wide as its widest cell, but no wider than this.
    Tight(usize),
    /// A share of what the tight columns leave.
    Share(usize),
}

/// A column of a table.
#[derive(Clone, Debug)]
struct Column {
    head: String,
    fit: Fit,
    alignment: CellAlignment,
}

impl Column {
    fn tight(head: impl Into<String>) -> Column {
        Column { head: head.into(), fit: Fit::Tight(24), alignment: CellAlignment::Left }
    }

    fn share(head: impl Into<String>, share: usize) -> Column {
        Column { head: head.into(), fit: Fit::Share(share), alignment: CellAlignment::Left }
    }

    fn at_most(self, width: usize) -> Column {
        Column { fit: Fit::Tight(width), ..self }
    }

    fn aligned(self, alignment: CellAlignment) -> Column {
        Column { alignment, ..self }
    }
}

/// A report being written, line by line.
struct Page {
    look: Look,
    text: String,
}

impl Page {
    fn new(look: &Look) -> Page {
        Page { look: Look { width: look.width.max(40), ..*look }, text: String::new() }
    }

    fn width(&self) -> usize {
        self.look.width
    }

    /// A blank line, but not two.
    fn gap(&mut self) {
        if !self.text.is_empty() && !self.text.ends_with("\n\n") {
            self.text.push('\n');
        }
    }

    fn heading(&mut self, words: &str) {
        self.gap();
        self.paragraph(&ink::mark(Ink::Bold, words));
    }

    fn paragraph(&mut self, words: &str) {
        self.hanging("", words);
    }

    /// A paragraph whose later lines are indented as far as its first is by `lead`.
    fn hanging(&mut self, lead: &str, words: &str) {
        let indent = lead.width().min(self.width() / 2);
        for (i, line) in wrap(words, self.width() - indent).iter().enumerate() {
            if i == 0 {
                self.text.push_str(lead);
            } else {
                self.text.extend(std::iter::repeat_n(' ', indent));
            }
            self.text.push_str(line.trim_end());
            self.text.push('\n');
        }
    }

    /// A line that is not wrapped: a command to copy.
    fn verbatim(&mut self, line: &str) {
        self.text.push_str(line.trim_end());
        self.text.push('\n');
    }

    fn table(&mut self, columns: &[Column], rows: &[Vec<String>], ruled: bool) {
        self.text.push_str(&grid(columns, rows, ruled, self.width()));
        self.text.push('\n');
    }

    fn finish(self) -> String {
        ink::finish(&self.text, self.look.color)
    }
}

/// Draws a table within a width. Each cell may hold several lines.
fn grid(columns: &[Column], rows: &[Vec<String>], ruled: bool, width: usize) -> String {
    let widths = column_widths(columns, rows, width);
    let mut table = Table::new();
    table.load_style(if ruled { RULED } else { LIGHT });
    table.set_content_arrangement(ContentArrangement::Dynamic);
    table.set_width(u16::try_from(width).unwrap_or(u16::MAX));
    let cell = |text: &str, width: usize, alignment| {
        let lines: Vec<String> = text.lines().flat_map(|line| wrap(line, width)).collect();
        Cell::new_owned(lines.join("\n")).set_alignment(alignment)
    };
    let line = |texts: &mut dyn Iterator<Item = &str>| -> Vec<Cell> {
        columns.iter().zip(&widths).zip(texts).map(|((c, &w), text)| cell(text, w, c.alignment)).collect()
    };
    if columns.iter().any(|column| !column.head.is_empty()) {
        let heads: Vec<String> = columns.iter().map(|column| ink::mark(Ink::Bold, &column.head)).collect();
        table.set_header(line(&mut heads.iter().map(String::as_str)));
    }
    for row in rows {
        table.add_row(line(&mut row.iter().map(String::as_str)));
    }
    table.set_constraints(
        widths
            .iter()
            .map(|&w| ColumnConstraint::Absolute(Width::Fixed(u16::try_from(w + 2).unwrap_or(u16::MAX)))),
    );
    table.to_string()
}

/// Columns of text in each column of the table: tight ones take what they need, the others share the rest.
fn column_widths(columns: &[Column], rows: &[Vec<String>], width: usize) -> Vec<usize> {
    const LEAST: usize = 4;
    let natural = |i: usize, head: &str| {
        let cells = rows.iter().filter_map(|row| row.get(i)).flat_map(|text| text.lines());
        cells.chain([head]).map(UnicodeWidthStr::width).max().unwrap_or(0)
    };
    // A border before each column and one at the end; a blank at both sides of each cell.
    let borders = columns.len() * 3 + 1;
    let room = width.saturating_sub(borders).max(columns.len() * LEAST);
    let mut widths = vec![0; columns.len()];
    let shares: usize = columns.iter().map(|c| if let Fit::Share(n) = c.fit { n } else { 0 }).sum();
    let sharing = columns.iter().filter(|c| matches!(c.fit, Fit::Share(_))).count();
    for (i, column) in columns.iter().enumerate() {
        if let Fit::Tight(most) = column.fit {
            widths[i] = natural(i, &column.head).min(most).max(1);
        }
    }
    // Where tight columns alone would not fit, the widest gives way first.
    let mut tight: usize = widths.iter().sum();
    while tight + sharing * LEAST * 2 > room {
        let Some(widest) = widths.iter_mut().max().filter(|w| **w > LEAST) else { break };
        *widest -= 1;
        tight -= 1;
    }
    let rest = room.saturating_sub(tight);
    let mut left = rest;
    let mut sharing = sharing;
    for (i, column) in columns.iter().enumerate() {
        if let Fit::Share(n) = column.fit {
            sharing -= 1;
            let part = if sharing == 0 { left } else { (rest * n / shares.max(1)).min(left) };
            left -= part;
            widths[i] = part.max(LEAST);
        }
    }
    // What a sharing column does not need is not drawn.
    for (i, column) in columns.iter().enumerate() {
        if matches!(column.fit, Fit::Share(_)) {
            widths[i] = widths[i].min(natural(i, &column.head).max(LEAST));
        }
    }
    widths
}

#[cfg(test)]
mod tests {
    use super::*;

    /// No line wider than the width, no control characters, the lines of each table equally wide.
    fn check(text: &str, width: usize) {
        assert!(text.chars().all(|c| c == '\n' || !c.is_control()), "{text}");
        assert!(!text.contains('\u{202e}'));
        assert!(widest(text) <= width, "{width}:\n{text}");
        let boxed = |line: &&str| line.starts_with(['│', '┌', '├', '└']);
        let mut table = 0;
        for line in text.lines() {
            if !boxed(&line) {
                table = 0;
            } else if table == 0 || line.starts_with('┌') {
                table = line.width();
            } else {
                assert_eq!(line.width(), table, "{text}");
            }
        }
    }

    #[test]
    fn reports_fit_their_width() {
        use crate::diff::Relation;
        for width in [40, 80, 110, 160, 200] {
            for details in [Details::None, Details::Summary, Details::Full] {
                for language in ["en", "zh"] {
                    let look = Look { width, color: false, details };
                    check(&comparison(&sample::comparison(Relation::Versions, language, 2), &look), width);
                    check(&comparison(&sample::comparison(Relation::Vendors, language, 1), &look), width);
                    check(&benchmark(&sample::benchmark(50, language), &look), width);
                    check(&benchmark(&sample::benchmark(2, language), &look), width);
                    check(&practices(&sample::practices(language), &look), width);
                }
            }
        }
    }

    #[test]
    fn a_comparison_says_it_in_words_and_signs() {
        use crate::diff::Relation;
        let look = Look { width: 80, color: false, details: Details::Summary };
        let text = comparison(&sample::comparison(Relation::Versions, "en", 1), &look);
        for words in [
            "~ modified",
            "Severity: high",
            "▲ expands",
            "+ Data: precise location",
            "(sensitive)",
            "Spelling 2",
        ] {
            assert!(text.contains(words), "{words} in\n{text}");
        }
        assert!(!text.contains("Moved"));
        let none = comparison(
            &sample::comparison(Relation::Versions, "zh", 1),
            &Look { details: Details::None, ..look },
        );
        assert!(none.contains("扩大") && !none.contains("精确位置 "), "{none}");
    }

    #[test]
    fn colour_adds_nothing_but_colour() {
        use crate::diff::Relation;
        let view = sample::comparison(Relation::Versions, "zh", 2);
        let look = |color| Look { width: 80, color, details: Details::Full };
        let colored = comparison(&view, &look(true));
        let mut plain = colored.clone();
        for sequence in ["0", "1", "2", "31", "32", "33"] {
            plain = plain.replace(&format!("\u{1b}[{sequence}m"), "");
        }
        assert_ne!(colored, plain);
        assert_eq!(plain, comparison(&view, &look(false)));
    }

    #[test]
    fn every_vendor_has_its_columns() {
        let look = Look { width: 80, color: false, details: Details::Summary };
        let text = benchmark(&sample::benchmark(7, "en"), &look);
        for sign in ["✓", "✗", "±", "·", "↓"] {
            assert!(text.contains(sign));
        }
        assert!(text.matches("Concept").count() >= 2, "{text}");
    }

    #[test]
    fn the_vocabulary_is_drawn() {
        let builtin = crate::vocabulary::Vocabulary::builtin();
        let look = Look { width: 80, color: false, details: Details::Summary };
        check(&vocabulary(builtin, "zh", &look), 80);
        for one in builtin.concepts().take(50) {
            check(&concept(builtin, one, "en", &look), 80);
        }
    }

    #[test]
    fn models_and_scores_are_drawn() {
        use crate::model::{Corpus, Models, Tagged, score_labels, score_spans};
        use crate::report::models as view;
        use crate::text::{Language, Span};
        let mut corpus = Corpus::default();
        corpus.tagged.push(Tagged {
            text: "我们收集您的手机号。".into(),
            spans: vec![(Span::new(0, 6), crate::extract::Role::Actor)],
            roles: [crate::extract::Role::Actor].into(),
        });
        corpus.files.insert("我们的\u{1b}[2J标注".into(), 1);
        let model = Models::builtin().for_language(&Language::Zh).unwrap();
        let spans = score_spans(model, crate::vocabulary::Vocabulary::builtin(), &corpus.tagged);
        let labels = score_labels(model, &corpus.labelled);
        let scores_view = view::scores(vec![view::language_scores(model, &corpus.files, &spans, 1, &labels)]);
        for width in [40, 80, 120, 200] {
            for language in ["en", "zh"] {
                let look = Look { width, color: false, details: Details::Summary };
                let width = width.max(80); // scores need that
                let info = models(&view::models(Models::builtin()), language, &look);
                // Commands are not wrapped, so that they can be copied.
                let wrapped: Vec<&str> = info.lines().filter(|line| !line.starts_with("    ")).collect();
                check(&wrapped.join("\n"), width);
                check(&scores(&scores_view, language, &look), width);
            }
        }
    }

    fn widest(text: &str) -> usize {
        text.lines().map(UnicodeWidthStr::width).max().unwrap_or(0)
    }

    #[test]
    fn tables_fit_and_align_with_chinese() {
        let columns = [Column::tight("类别"), Column::share("Summary", 2), Column::share("引文", 1)];
        let rows = vec![
            vec![
                "收集".into(),
                "We now collect your precise location. ".repeat(5),
                "我们会收集您的精确位置信息，用于推荐。".repeat(8),
            ],
            vec!["International transfer".into(), "https://example.com/".repeat(12), "é".repeat(300)],
        ];
        for width in [40, 80, 160, 200] {
            let text = grid(&columns, &rows, true, width);
            assert!(widest(&text) <= width, "{text}");
            let widths: Vec<usize> = text.lines().map(UnicodeWidthStr::width).collect();
            assert!(widths.iter().all(|w| *w == widths[0]), "{text}");
        }
    }

    #[test]
    fn narrow_content_makes_a_narrow_table() {
        let text = grid(&[Column::share("a", 1)], &[vec!["b".into()]], false, 160);
        assert!(widest(&text) < 12, "{text}");
    }
}
