//! Countries and regions in a text, in any of the languages that policies are commonly written in.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use crate::text::{Finder, Span, is_han, normalize};

struct Places {
    finder: Finder,
    codes: Vec<&'static str>,
}

/// The names by code, as they stand in `places.yaml`.
fn names() -> BTreeMap<&'static str, Vec<&'static str>> {
    #[allow(clippy::expect_used)] // our own file, read in a test
    crate::yaml::own_file!("extract/places").expect("places.yaml is right")
}

static PLACES: LazyLock<Places> = LazyLock::new(|| {
    let names = names();
    let of_code = |(code, names): (&&'static str, &Vec<&'static str>)| vec![*code; names.len()];
    Places {
        codes: names.iter().flat_map(of_code).collect(),
        finder: Finder::new(&names.into_values().flatten().collect::<Vec<_>>()),
    }
});

/// A place and where it is named.
pub struct Place {
    /// Its name, in bytes of the text.
    pub span: Span,
    /// Its ISO 3166 code, or `EU`, `EEA`, `ABROAD`.
    pub code: &'static str,
}

/// All places that a text names, in order.
pub fn places(text: &str) -> Vec<Place> {
    let normal = normalize(text);
    let letter = |c: char| c.is_alphanumeric() && !is_han(c);
    PLACES
        .finder
        .find(&normal.text)
        .filter(|(span, _)| {
            let han = span.of(&normal.text).chars().all(is_han);
            han || !(normal.text[..span.start].ends_with(letter)
                || normal.text[span.end..].starts_with(letter))
        })
        .map(|(span, name)| Place { span: normal.original(span), code: PLACES.codes[name] })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::{names, places};
    use crate::text::normal;

    #[test]
    fn names_are_in_normal_form() {
        assert!(names().values().flatten().all(|name| *name == normal(name)));
    }

    #[test]
    fn one_place_has_one_code_in_every_language() {
        let codes = |text| places(text).into_iter().map(|p| p.code).collect::<Vec<_>>();
        assert_eq!(codes("stored in Singapore and the United States"), ["SG", "US"]);
        assert_eq!(codes("存储于新加坡和美国"), ["SG", "US"]);
        assert!(codes("an indiana resident").is_empty());
    }
}
