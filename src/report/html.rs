//! HTML reports: one value in, one self-contained page out.
//!
//! A page carries its own style and script and names both by hash in its content security policy, so that nothing
//! a policy contains can run or load. Views are built here in full; the templates only choose and repeat.

mod benchmark;
mod brand;
mod cards;
mod clarity;
mod compare;
mod edits;
mod pairs;
mod parts;
mod practices;
mod shared;
mod strip;
mod text;

pub use brand::Brand;

use askama::Template;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use sha2::{Digest as _, Sha256};

use self::parts::Room;
use super::benchmark::Benchmark;
use super::comparison::Comparison;
use super::messages::Messages;
use super::neutral::{neutral, neutral_lines};
use super::practices::PracticeSetView;
use crate::diff::Relation;
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
    let page = |room| render(&compare::Compare::new(report, brand, room));
    let usual = page(&Room::USUAL)?;
    let own = brand.logo.len() + brand.style.len();
    // What two vendors state differs nearly everywhere; no quoting less would keep that within the bound.
    let fits = usual.len() <= bound(report) + own || report.relation == Relation::Vendors;
    if fits { Ok(usual) } else { page(&Room::NARROW) }
}

/// How long a page should be at most, in bytes: three times both texts, and what every page has.
fn bound(report: &Comparison) -> usize {
    let sides = report.text.rows.iter().flat_map(|row| row.old.iter().chain(&row.new));
    3 * sides.map(|side| side.text.len()).sum::<usize>() + 60_000
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
    let page = template.render().map_err(|e| Error::Content {
        name: "HTML report".into(),
        what: e.to_string(),
        remedy: "another --format, such as markdown".into(),
    })?;
    Ok(visible(&page))
}

/// The page with nothing in its words that would hide or reverse them; styles and scripts stay as they were hashed.
fn visible(page: &str) -> String {
    let mut out = String::with_capacity(page.len());
    let mut rest = page;
    // Words are escaped, so a tag is ours.
    let next = |rest: &str| {
        let of = |(open, close)| rest.find(open).map(|at| (at, close));
        [("<style>", "</style>"), ("<script>", "</script>")].into_iter().filter_map(of).min()
    };
    while let Some((at, close)) = next(rest) {
        let (words, ours) = rest.split_at(at);
        let end = ours.find(close).unwrap_or(ours.len());
        out.push_str(&neutral_lines(words));
        out.push_str(&ours[..end]);
        rest = &ours[end..];
    }
    out.push_str(&neutral_lines(rest));
    out
}

/// What every page has around its content.
struct Page {
    language: &'static str,
    title: String,
    generator: String,
    schema: String,
    style: &'static str,
    style_hash: String,
    /// Style that heads printed pages with the title.
    running: String,
    running_hash: String,
    script: String,
    script_hash: String,
    /// The reader's own, and the hash of the style as the policy names it; all empty for none.
    brand: Brand,
    brand_hash: String,
}

impl Page {
    fn new(m: &Messages, title: &str, generator: &str, schema: &str) -> Page {
        let running = running(title);
        Page {
            running_hash: hash(&running),
            running,
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

/// The title above each printed page, as a style; anything but letters and digits is written as its number.
fn running(title: &str) -> String {
    const LONGEST: usize = 90;
    let plain = neutral(title);
    let letter = |c: char| {
        if c.is_alphanumeric() || c == ' ' { c.to_string() } else { format!("\\{:x} ", u32::from(c)) }
    };
    let words: String = plain.chars().take(LONGEST).map(letter).collect();
    let more = if plain.chars().nth(LONGEST).is_some() { "\\2026 " } else { "" };
    format!("@page{{@top-left{{content:\"{words}{more}\"}}}}")
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
