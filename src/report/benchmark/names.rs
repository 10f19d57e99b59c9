//! Titles and file names to short names, no two alike, that fit above a column.

use std::collections::BTreeSet;
use std::path::Path;
use std::sync::LazyLock;

use crate::report::comparison::Side;

#[allow(clippy::expect_used)] // our own file, read in a test
static GENERIC: LazyLock<Vec<String>> =
    LazyLock::new(|| crate::yaml::own_file!("report/benchmark/names").expect("names.yaml is right"));

/// Most characters of a name.
const LONGEST: usize = 28;

/// A name for each document, in order.
pub(super) fn names(sides: &[Side]) -> Vec<String> {
    let wanted: Vec<String> = sides.iter().map(name).collect();
    let mut taken = BTreeSet::new();
    let twice = |name: &String| wanted.iter().filter(|other| *other == name).count() > 1;
    wanted
        .iter()
        .zip(sides)
        .map(|(name, side)| {
            let file = stem(&side.source);
            let mut unique = match twice(name) && file != *name {
                true => format!("{name} ({file})"),
                false => name.clone(),
            };
            let base = unique.clone();
            let mut n = 2;
            while !taken.insert(unique.clone()) {
                unique = format!("{base} ({n})");
                n += 1;
            }
            unique
        })
        .collect()
}

/// The title without what all titles say; the file's name where nothing else is left.
fn name(side: &Side) -> String {
    if Path::new(&side.source).file_name().is_some_and(|file| file == side.title.as_str()) {
        return stem(&side.source);
    }
    let lower = side.title.to_lowercase();
    // Lower case may have other lengths; then the title is taken as it is.
    let found = GENERIC.iter().find_map(|words| lower.find(words.as_str()).map(|at| (at, at + words.len())));
    let rest = match found.filter(|_| lower.len() == side.title.len()) {
        Some((start, end)) => {
            let before = side.title.get(..start).unwrap_or_default();
            let after = side.title.get(end..).unwrap_or_default();
            if trimmed(before).is_empty() { after } else { before }
        }
        None => side.title.as_str(),
    };
    let rest = trimmed(rest);
    if rest.is_empty() { stem(&side.source) } else { shortened(rest) }
}

fn trimmed(text: &str) -> &str {
    let text = text.trim_matches(|c: char| !c.is_alphanumeric() && !")）".contains(c)).trim();
    text.strip_suffix("'s").or_else(|| text.strip_suffix("’s")).unwrap_or(text)
}

fn stem(source: &str) -> String {
    let stem = Path::new(source).file_stem().and_then(|s| s.to_str()).unwrap_or(source);
    shortened(stem)
}

fn shortened(text: &str) -> String {
    if text.chars().count() <= LONGEST {
        return text.to_string();
    }
    let head: String = text.chars().take(LONGEST - 1).collect();
    format!("{}…", head.trim_end())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn side(title: &str, source: &str) -> Side {
        Side { title: title.into(), source: source.into(), ..Side::default() }
    }

    #[test]
    fn names_are_short_and_no_two_alike() {
        let sides = [
            side("Larkspur Privacy Policy", "a.md"),
            side("Privacy Notice – Pantry Post", "b.md"),
            side("青菜到家隐私政策", "c.txt"),
            side("隐私政策", "folder/linden.txt"),
            side("Privacy Policy", "linden.md"),
            side("sorrel.txt", "folder/sorrel.txt"),
            side("Clover", "clover-1.md"),
            side("Clover", "clover-2.md"),
            side(&"Long ".repeat(30), "d.md"),
        ];
        let names = names(&sides);
        let expected = [
            "Larkspur",
            "Pantry Post",
            "青菜到家",
            "linden",
            "linden (2)",
            "sorrel",
            "Clover (clover-1)",
            "Clover (clover-2)",
        ];
        assert_eq!(names[..8], expected);
        assert!(names[8].chars().count() <= LONGEST && names[8].ends_with('…'));
    }
}
