//! The page of a benchmark.

use askama::Template;

use super::{Messages, Page};
use crate::report::benchmark::Benchmark;

#[derive(Template)]
#[template(path = "benchmark.html", whitespace = "minimize")]
pub(super) struct Matrix {
    page: Page,
    m: &'static Messages,
}

impl Matrix {
    pub(super) fn new(report: &Benchmark) -> Matrix {
        let m = Messages::for_language(&report.language);
        Matrix { page: Page::new(m, &report.title, &report.generator, &report.schema), m }
    }
}
