//! A table → the place of each cell on its grid, or nothing for tables that only lay out a page.

use std::collections::BTreeMap;

use super::tree::Node;

/// The most columns that are counted, and the most that one cell takes.
const COLUMNS: usize = 1000;
const SPAN: usize = 100;
/// Characters beyond which a cell is a part of the page and no datum.
const LONGEST_CELL: usize = 4000;

/// Where a cell stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Place {
    /// Row, from 0.
    pub row: u32,
    /// Column on the grid, from 0.
    pub column: u32,
    /// Whether it is a head cell of its column.
    pub head: bool,
}

/// The cells of the table at a node by the index of their nodes; none when the table holds tables, headings or whole
/// chapters, or has not two columns: then its cells are parts of the page.
pub(super) fn grid(nodes: &[Node], table: usize) -> Option<BTreeMap<usize, Place>> {
    let node = nodes.get(table)?;
    if matches!(node.attribute("role"), Some("presentation" | "none")) {
        return None;
    }
    let mut cells = BTreeMap::new();
    // For each column the first row that is free again.
    let mut free: Vec<usize> = Vec::new();
    let (mut row, mut column, mut in_head, mut head_end) = (0usize, 0usize, false, 0usize);
    let (mut wide_rows, mut filled, mut any_row, mut has_heads) = (0usize, 0usize, false, false);
    for (at, inner) in nodes.iter().enumerate().take(node.end).skip(table + 1) {
        match inner.name() {
            "table" | "h1" | "h2" | "h3" => return None,
            "thead" => (in_head, head_end) = (true, inner.end),
            "tr" => {
                row += usize::from(any_row);
                (any_row, column, filled) = (true, 0, 0);
            }
            name @ ("td" | "th") => {
                if inner.chars > LONGEST_CELL {
                    return None;
                }
                while free.get(column).is_some_and(|&until| until > row) {
                    column += 1;
                }
                let columns = span(inner, "colspan").min(SPAN);
                let rows = span(inner, "rowspan");
                let head = in_head && at < head_end
                    || name == "th" && (row == 0 || inner.attribute("scope") == Some("col"));
                has_heads |= name == "th";
                let number = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
                cells.insert(at, Place { row: number(row), column: number(column), head });
                if column < COLUMNS {
                    free.resize(free.len().max(column + columns), 0);
                    free.iter_mut()
                        .skip(column)
                        .take(columns)
                        .for_each(|until| *until = row.saturating_add(rows));
                }
                column = column.saturating_add(columns);
                filled += usize::from(inner.chars > 0);
                wide_rows += usize::from(filled == 2);
            }
            _ => {}
        }
    }
    (wide_rows >= 2 || wide_rows == 1 && has_heads).then_some(cells)
}

fn span(cell: &Node, name: &str) -> usize {
    cell.attribute(name).and_then(|n| n.trim().parse().ok()).unwrap_or(1).clamp(1, 65_534)
}
