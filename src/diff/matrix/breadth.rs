//! Who is broader on a concept: whose statements include, is-a aware, all that the others state of it.

use super::MatrixRow;

/// How far vendors go on a concept that has narrower ones.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Breadth {
    /// Index of the concept's row.
    pub row: usize,
    /// How many of the concept and those below it each vendor states.
    pub counts: Vec<usize>,
    /// Vendors whose statements include those of all others; none where they differ in kind, or all state the same.
    pub broadest: Vec<usize>,
}

/// The concepts with narrower ones of which at least two vendors state something.
pub fn breadth(rows: &[MatrixRow]) -> Vec<Breadth> {
    let mut below: Vec<Vec<usize>> = (0..rows.len()).map(|i| vec![i]).collect();
    for (i, row) in rows.iter().enumerate() {
        for &up in &row.broader {
            below[up].push(i);
        }
    }
    below
        .iter()
        .enumerate()
        .filter(|(_, family)| family.len() > 1)
        .filter_map(|(row, family)| of_family(rows, row, family))
        .collect()
}

fn of_family(rows: &[MatrixRow], row: usize, family: &[usize]) -> Option<Breadth> {
    let vendors = rows[row].cells.len();
    let states = |vendor: usize, row: usize| rows[row].cells[vendor].affirms();
    // Stating a concept includes those below it.
    let covers = |vendor: usize, row: usize| {
        states(vendor, row) || rows[row].broader.iter().any(|&up| states(vendor, up))
    };
    let counts: Vec<usize> = (0..vendors).map(|v| family.iter().filter(|&&r| states(v, r)).count()).collect();
    let speak: Vec<usize> = (0..vendors).filter(|&v| counts[v] > 0).collect();
    if speak.len() < 2 {
        return None;
    }
    let includes = |wide: usize, other: usize| family.iter().all(|&r| !states(other, r) || covers(wide, r));
    let mut broadest: Vec<usize> =
        speak.iter().copied().filter(|&v| speak.iter().all(|&w| includes(v, w))).collect();
    if broadest.len() == speak.len() {
        broadest.clear();
    }
    Some(Breadth { row, counts, broadest })
}
