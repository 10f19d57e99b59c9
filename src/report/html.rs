//! HTML reports: one value in, one self-contained page out.
//!
//! A page carries its own style and script and names both by hash in its content security policy, so that nothing
//! a policy contains can run or load. Views are built here in full; the templates only choose and repeat.

mod benchmark;
mod brand;
mod compare;
mod pairs;
mod parts;
mod practices;
mod strip;
mod text;

pub use brand::Brand;

use askama::Template;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use sha2::{Digest as _, Sha256};

use super::benchmark::Benchmark;
use super::comparison::Comparison;
use super::messages::Messages;
use super::practices::PracticeSetView;
use crate::error::{Error, Result};

const STYLE: &str = include_str!("../../templates/report.css");
const SCRIPT: &str = include_str!("../../templates/report.js");
/// The benchmark has more of its own than it shares.
const BENCHMARK_STYLE: &str =
    concat!(include_str!("../../templates/report.css"), include_str!("../../templates/benchmark.css"));
const BENCHMARK_SCRIPT: &str = include_str!("../../templates/benchmark.js");

/// The page of a comparison.
pub fn comparison(report: &Comparison) -> Result<String> {
    branded_comparison(report, &Brand::default())
}

/// The page of a comparison with a logo and style of the reader's own.
pub fn branded_comparison(report: &Comparison, brand: &Brand) -> Result<String> {
    render(&compare::Compare::new(report, brand))
}

/// The page of a benchmark.
pub fn benchmark(report: &Benchmark) -> Result<String> {
    branded_benchmark(report, &Brand::default())
}

/// The page of a benchmark with a logo and style of the reader's own.
pub fn branded_benchmark(report: &Benchmark, brand: &Brand) -> Result<String> {
    render(&benchmark::Vendors::new(report, brand))
}

/// The page of a document's practices.
pub fn practices(view: &PracticeSetView) -> Result<String> {
    render(&practices::Practices::new(view))
}

fn render(template: &impl Template) -> Result<String> {
    template.render().map_err(|e| Error::Content {
        name: "HTML report".into(),
        what: e.to_string(),
        remedy: "another --format, such as markdown".into(),
    })
}

/// What every page has around its content.
struct Page {
    language: &'static str,
    title: String,
    generator: String,
    schema: String,
    style: &'static str,
    style_hash: String,
    script: String,
    script_hash: String,
    /// The reader's own, and the hash of the style as the policy names it; all empty for none.
    brand: Brand,
    brand_hash: String,
}

impl Page {
    fn new(m: &Messages, title: &str, generator: &str, schema: &str) -> Page {
        Page {
            language: parts::tag(m.language()),
            title: title.to_owned(),
            generator: generator.to_owned(),
            schema: schema.to_owned(),
            style: STYLE,
            style_hash: hash(STYLE),
            script_hash: hash(&lean(SCRIPT)),
            script: lean(SCRIPT),
            brand: Brand::default(),
            brand_hash: String::new(),
        }
    }

    /// The page with the reader's own logo and style.
    fn branded(self, brand: &Brand) -> Page {
        let brand_hash = match brand.style.as_str() {
            "" => String::new(),
            style => format!(" '{}'", hash(style)),
        };
        Page { brand: brand.clone(), brand_hash, ..self }
    }

    /// The page with a style and script of its own.
    fn dressed(self, style: &'static str, script: &'static str) -> Page {
        let script = lean(script);
        Page { style, style_hash: hash(style), script_hash: hash(&script), script, ..self }
    }
}

/// A script as it is sent: without indents, empty lines and lines of comment.
fn lean(script: &str) -> String {
    let lines = script.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with("//"));
    lines.collect::<Vec<_>>().join("\n")
}

/// The hash by which a content security policy allows an inline style or script.
fn hash(source: &str) -> String {
    format!("sha256-{}", STANDARD.encode(Sha256::digest(source.as_bytes())))
}

#[cfg(test)]
mod tests;
