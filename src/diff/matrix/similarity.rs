//! How alike two vendors are: the share of statements that both make, of those that either makes (Jaccard's index).

use super::MatrixRow;

/// How alike two vendors are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Similarity {
    /// Index of one vendor.
    pub first: usize,
    /// Index of the other, greater than `first`.
    pub second: usize,
    /// Rows that both state, or both rule out.
    pub shared: usize,
    /// Rows of which either says something itself.
    pub either: usize,
}

impl Similarity {
    /// `shared` of `either`, in whole percent; 0 where neither says anything.
    pub fn percent(&self) -> usize {
        (self.shared * 200 + self.either).checked_div(self.either * 2).unwrap_or(0)
    }
}

/// All pairs of vendors, in order.
pub fn similarities(rows: &[MatrixRow]) -> Vec<Similarity> {
    let vendors = rows.first().map_or(0, |row| row.cells.len());
    let mut pairs = Vec::new();
    for first in 0..vendors {
        for second in first + 1..vendors {
            let mut pair = Similarity { first, second, shared: 0, either: 0 };
            for row in rows {
                let (a, b) = (&row.cells[first], &row.cells[second]);
                pair.either += usize::from(!a.statements.is_empty() || !b.statements.is_empty());
                pair.shared += usize::from((a.affirms() && b.affirms()) || (a.denies() && b.denies()));
            }
            pairs.push(pair);
        }
    }
    pairs
}
