//! Countries and regions in a text, in any of the languages that policies are commonly written in.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use aho_corasick::{AhoCorasick, AhoCorasickKind, MatchKind};

use crate::text::{Span, is_han, normalize};

struct Places {
    matcher: AhoCorasick,
    codes: Vec<String>,
}

#[allow(clippy::expect_used)] // our own file, read in a test
static PLACES: LazyLock<Places> = LazyLock::new(|| {
    let file: BTreeMap<String, Vec<String>> =
        crate::yaml::own_file!("extract/places").expect("places.yaml is right");
    let (names, codes): (Vec<String>, Vec<String>) = file
        .iter()
        .flat_map(|(code, names)| names.iter().map(move |name| (normalize(name).text, code.clone())))
        .unzip();
    let matcher =
        // Of the kinds of automata this is made soonest; the texts are short.
        AhoCorasick::builder()
            .kind(Some(AhoCorasickKind::NoncontiguousNFA))
            .match_kind(MatchKind::LeftmostLongest)
            .build(names)
            .expect("names are few");
    Places { matcher, codes }
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
    PLACES
        .matcher
        .find_iter(&normal.text)
        .filter(|found| {
            let letter = |c: char| c.is_alphanumeric() && !is_han(c);
            let han = normal.text[found.range()].chars().all(is_han);
            han || !(normal.text[..found.start()].ends_with(letter)
                || normal.text[found.end()..].starts_with(letter))
        })
        .map(|found| Place {
            span: normal.original(Span::new(found.start(), found.end())),
            code: &PLACES.codes[found.pattern().as_usize()],
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::places;

    #[test]
    fn one_place_has_one_code_in_every_language() {
        let codes = |text| places(text).into_iter().map(|p| p.code).collect::<Vec<_>>();
        assert_eq!(codes("stored in Singapore and the United States"), ["SG", "US"]);
        assert_eq!(codes("存储于新加坡和美国"), ["SG", "US"]);
        assert!(codes("an indiana resident").is_empty());
    }
}
