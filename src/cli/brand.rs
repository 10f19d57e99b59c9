//! `--title`, `--logo` and `--css`: the files read and checked before any policy is.

use std::path::Path;

use polidiff::report::html::Brand;
use polidiff::{Error, Result};

use super::args::{self, Format};
use super::input;

/// What makes the page the user's own; only pages have a logo and style.
pub fn brand(args: &args::Brand, format: Format) -> Result<Brand> {
    let mut brand = Brand::default();
    for (option, path) in [("--logo", &args.logo), ("--css", &args.css)] {
        if path.is_some() && format != Format::Html {
            return Err(Error::Usage {
                what: format!("{option} is for HTML reports only"),
                remedy: format!("--format html, or no {option}"),
            });
        }
    }
    if let Some(path) = &args.logo {
        let (name, bytes) = input::bytes(path)?;
        brand = brand.with_logo(&name, &bytes)?;
    }
    if let Some(path) = &args.css {
        let (name, bytes) = input::bytes(path)?;
        brand = brand.with_style(&name, &bytes)?;
    }
    Ok(brand)
}

/// The files among the options, which the output must not overwrite.
pub fn files(args: &args::Brand) -> impl Iterator<Item = &Path> {
    args.logo.iter().chain(&args.css).map(|path| path.as_path())
}
