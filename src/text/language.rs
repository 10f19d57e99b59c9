//! Which language a text is in. Chinese by its script; other languages by `whatlang`.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::quick::{beyond_ascii, count_bytes, first_chars, is_alphabetic};
use super::tokenize::is_han;

/// The language of a document, by ISO 639-1 code. Practices are read in Chinese and English only.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(from = "String", into = "String")]
pub enum Language {
    /// English.
    En,
    /// Chinese, simplified or traditional.
    Zh,
    /// Any other, by its code; "und" where there is too little text to tell.
    Other(String),
}

impl Language {
    /// Guesses from the text alone: Chinese when Han characters weigh as much as other letters
    /// (a Han character says about as much as six Latin letters), else statistics of trigrams.
    pub fn detect(text: &str) -> Language {
        let beginning = first_chars(text, 40_000);
        let mut letters = count_bytes(beginning, |byte| byte.is_ascii_alphabetic());
        let mut han = 0usize;
        for c in beyond_ascii(beginning) {
            if is_han(c) {
                han += 1;
            } else if is_alphabetic(c) {
                letters += 1;
            }
        }
        if han * 6 > letters && han > 0 {
            return Language::Zh;
        }
        if letters == 0 {
            return Language::Other("und".into());
        }
        let sample = first_chars(text, 8_000);
        if let Some(code) = spoken(sample) {
            return Language::from(code.to_string());
        }
        match whatlang::detect(sample) {
            Some(info) if info.is_reliable() && info.lang() != whatlang::Lang::Eng => {
                Language::from(short_code(info.lang().code()).to_string())
            }
            _ => Language::En,
        }
    }

    /// The ISO 639-1 code, or ISO 639-3 where there is no shorter one.
    pub fn code(&self) -> &str {
        match self {
            Language::En => "en",
            Language::Zh => "zh",
            Language::Other(code) => code,
        }
    }

    /// Whether practices are read in this language.
    pub fn is_read(&self) -> bool {
        matches!(self, Language::En | Language::Zh)
    }
}

impl From<String> for Language {
    fn from(code: String) -> Self {
        match code.split(['-', '_']).next().unwrap_or_default().to_ascii_lowercase().as_str() {
            "en" => Language::En,
            "zh" => Language::Zh,
            other => Language::Other(other.to_string()),
        }
    }
}

impl From<Language> for String {
    fn from(language: Language) -> Self {
        language.code().to_string()
    }
}

impl fmt::Display for Language {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

/// Function words that few other languages share, by language.
const FUNCTION_WORDS: [(&str, &[&str]); 3] = [
    (
        "en",
        &["the", "and", "of", "we", "your", "you", "our", "with", "that", "is", "are", "not", "from", "this"],
    ),
    (
        "fr",
        &[
            "les", "des", "et", "vous", "nous", "votre", "vos", "notre", "nos", "pour", "dans", "sur", "est",
            "sont", "une", "du", "aux", "par", "avec", "qui", "ou",
        ],
    ),
    (
        "de",
        &[
            "der", "die", "das", "den", "und", "oder", "wir", "sie", "ihre", "ihrer", "ihren", "nicht",
            "auf", "mit", "zu", "zur", "von", "bei", "ist", "wird", "werden", "eine", "im",
        ],
    ),
];

/// Bytes of a sample at least that is told to be French or German by its function words.
const LONG: usize = 2_000;

/// The language whose function words a text speaks with: trigrams mislead on short texts, and take long on long ones.
fn spoken(sample: &str) -> Option<&'static str> {
    let [english, others @ ..] = &FUNCTION_WORDS;
    if speaks(english.1, sample, 8) {
        return Some(english.0);
    }
    let mut told = others.iter().filter(|(_, words)| sample.len() >= LONG && speaks(words, sample, 6));
    told.next().filter(|_| told.next().is_none()).map(|(code, _)| *code)
}

/// Whether more than one in so many words of a text are among some.
fn speaks(known: &[&str], sample: &str, one_in: usize) -> bool {
    let known: Vec<Option<u64>> = known.iter().map(|word| packed(word)).collect();
    let (mut all, mut found) = (0usize, 0usize);
    for word in sample.split(|c| !is_alphabetic(c)).filter(|w| !w.is_empty()) {
        all += 1;
        let word = packed(word);
        found += usize::from(word.is_some() && known.contains(&word));
    }
    found * one_in > all
}

/// A short word as a number: the same for capitals and small letters.
fn packed(word: &str) -> Option<u64> {
    let mut letters = [0u8; 8];
    letters.get_mut(..word.len())?.copy_from_slice(word.as_bytes());
    letters.make_ascii_lowercase();
    Some(u64::from_le_bytes(letters))
}

fn short_code(iso_639_3: &str) -> &str {
    match iso_639_3 {
        "deu" => "de",
        "fra" => "fr",
        "spa" => "es",
        "ita" => "it",
        "por" => "pt",
        "nld" => "nl",
        "jpn" => "ja",
        "kor" => "ko",
        "rus" => "ru",
        "pol" => "pl",
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::Language;

    #[test]
    fn mixed_chinese_is_chinese() {
        assert_eq!(Language::detect("我们使用Google Analytics和Firebase SDK收集IP Address"), Language::Zh);
    }

    #[test]
    fn short_english_is_english() {
        assert_eq!(Language::detect("Privacy"), Language::En);
        assert_eq!(Language::detect("We collect your IP address and your name (个人信息)."), Language::En);
    }

    #[test]
    fn french_and_german_are_named() {
        let fr = "Nous recueillons les informations que vous nous fournissez lorsque vous créez un compte.";
        let de = "Wir erheben die Daten, die Sie uns bei der Erstellung eines Kontos zur Verfügung stellen.";
        assert_eq!(Language::detect(fr).code(), "fr");
        assert_eq!(Language::detect(de).code(), "de");
    }

    #[test]
    fn every_function_word_is_short() {
        let mut words = super::FUNCTION_WORDS.iter().flat_map(|(_, words)| *words);
        assert!(words.all(|word| super::packed(word).is_some()));
        assert_eq!(super::packed("Wir"), super::packed("wir"));
    }

    #[test]
    fn long_texts_are_told_by_their_function_words() {
        let fr = "Nous conservons les données que vous nous confiez pour la durée de votre contrat et les supprimons ensuite. ";
        let de = "Wir speichern die Daten, die Sie uns mitteilen, und löschen sie mit dem Ende des Vertrags oder auf Wunsch. ";
        assert_eq!(super::spoken(fr), None);
        assert_eq!(super::spoken(&fr.repeat(20)), Some("fr"));
        assert_eq!(super::spoken(&de.repeat(20)), Some("de"));
        assert_eq!(super::spoken(&[fr, de].concat().repeat(20)), None);
        for (text, code) in [(fr, "fr"), (de, "de")] {
            assert_eq!(Language::detect(&text.repeat(20)).code(), code);
        }
    }

    #[test]
    fn codes_with_regions_are_read() {
        assert_eq!(Language::from("zh-Hans-CN".to_string()), Language::Zh);
    }
}
