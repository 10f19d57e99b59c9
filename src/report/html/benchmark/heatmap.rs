//! How alike vendors are, as a picture: a triangle of squares, each with its number, and the same as a table.

use crate::report::benchmark::Benchmark;

/// The picture's measures, in its own units.
pub(super) struct HeatMap<'a> {
    pub width: usize,
    pub height: usize,
    pub squares: Vec<Square>,
    pub rows: Vec<MapRow<'a>>,
    /// Numbers above the columns: place and vendor, from 1.
    pub heads: Vec<(usize, usize)>,
}

pub(super) struct Square {
    pub x: usize,
    pub y: usize,
    pub size: usize,
    /// Where its number stands.
    pub at: (usize, usize),
    pub percent: usize,
    /// 0 to 9, how dark it is.
    pub level: usize,
}

pub(super) struct MapRow<'a> {
    pub number: usize,
    pub name: &'a str,
    pub y: usize,
    /// Percent for each vendor before this one.
    pub percents: Vec<usize>,
}

const LABEL: usize = 30;

impl<'a> HeatMap<'a> {
    /// `None` for fewer than two vendors.
    pub(super) fn new(report: &'a Benchmark) -> Option<HeatMap<'a>> {
        let n = report.vendors.len();
        if n < 2 || report.similarity.is_empty() {
            return None;
        }
        let cell = if n <= 12 { 44 } else { 26 };
        let squares = report
            .similarity
            .iter()
            .filter(|pair| pair.first < pair.second && pair.second < n)
            .map(|pair| {
                let (x, y) = (LABEL + pair.first * cell, LABEL + (pair.second - 1) * cell);
                Square {
                    x,
                    y,
                    size: cell - 2,
                    at: (x + (cell - 2) / 2, y + cell / 2 + 3),
                    percent: pair.percent,
                    level: (pair.percent / 10).min(9),
                }
            })
            .collect();
        let rows = report
            .vendors
            .iter()
            .enumerate()
            .map(|(v, vendor)| MapRow {
                number: v + 1,
                name: &vendor.name,
                y: LABEL + v.saturating_sub(1) * cell + cell / 2 + 3,
                percents: (0..v)
                    .map(|other| {
                        let pair = report.similarity.iter().find(|p| p.first == other && p.second == v);
                        pair.map_or(0, |p| p.percent)
                    })
                    .collect(),
            })
            .collect();
        Some(HeatMap {
            width: LABEL + (n - 1) * cell,
            height: LABEL + (n - 1) * cell,
            squares,
            rows,
            heads: (0..n - 1).map(|v| (LABEL + v * cell + (cell - 2) / 2, v + 1)).collect(),
        })
    }
}
