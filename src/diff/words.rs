//! What a change of words can mean apart from roles: names, numbers, negation, degree. Works in any language.

use std::collections::BTreeSet;

use super::claims::stem;
use crate::text::{Language, TokenKind, is_han, normalize, tokenize};

/// Words of a text that can carry meaning of their own.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Content {
    /// Numbers, in digits or words.
    pub numbers: BTreeSet<String>,
    /// E-mail addresses and telephone-like numbers.
    pub contacts: BTreeSet<String>,
    /// Names: capitalised words that do not begin a sentence, and Latin words inside Chinese.
    pub names: BTreeSet<String>,
    /// Stems of the names, for a name that lost its capital.
    name_stems: BTreeSet<String>,
    /// Negations.
    pub negations: BTreeSet<String>,
    /// Words of degree and modality: all, most, may, only, 可能, 部分 …
    pub degrees: BTreeSet<String>,
    /// All other words that are not function words, stemmed; Han characters one by one.
    pub others: BTreeSet<String>,
}

const EN_FUNCTION: &[&str] = &[
    "a",
    "an",
    "the",
    "of",
    "to",
    "in",
    "on",
    "at",
    "by",
    "for",
    "with",
    "and",
    "or",
    "as",
    "is",
    "are",
    "was",
    "were",
    "be",
    "been",
    "being",
    "it",
    "its",
    "this",
    "that",
    "these",
    "those",
    "you",
    "your",
    "we",
    "our",
    "us",
    "they",
    "their",
    "them",
    "he",
    "she",
    "which",
    "who",
    "whom",
    "whose",
    "what",
    "when",
    "where",
    "how",
    "if",
    "than",
    "then",
    "so",
    "such",
    "also",
    "from",
    "into",
    "about",
    "do",
    "does",
    "did",
    "has",
    "have",
    "had",
    "there",
    "here",
    "please",
    "i",
    "&",
    "through",
    "via",
    "per",
    "upon",
    "etc",
    "other",
    "more",
    "up",
    "out",
    "within",
    "between",
    "while",
    "just",
    "very",
    "both",
    "each",
    "own",
    "same",
    "too",
    "however",
    "because",
    "since",
    "including",
    "include",
    "e.g",
    "i.e",
    "like",
    "example",
    "regarding",
    "click",
    "see",
    "visit",
    "page",
    "below",
    "above",
    "pdf",
    "html",
];
const EN_NEGATION: &[&str] = &[
    "not", "never", "no", "cannot", "don't", "doesn't", "won't", "without", "nor", "neither", "can't",
    "isn't", "aren't", "none",
];
const EN_DEGREE: &[&str] = &[
    "all",
    "most",
    "some",
    "any",
    "every",
    "many",
    "few",
    "only",
    "may",
    "might",
    "must",
    "shall",
    "should",
    "can",
    "could",
    "will",
    "always",
    "sometimes",
    "generally",
    "usually",
    "typically",
    "strive",
    "required",
    "optional",
    "minimum",
    "maximum",
    "least",
    "solely",
    "unless",
    "except",
    "until",
    "immediately",
    "promptly",
    "reasonable",
    "as-needed",
    "need-to-know",
];
const EN_NUMBERS: &[&str] = &[
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "twenty",
    "thirty",
    "forty",
    "sixty",
    "ninety",
];
/// French and German are read for names, numbers, negation and consent alone.
const FR_NUMBERS: &[&str] = &[
    "deux", "trois", "quatre", "cinq", "six", "sept", "huit", "neuf", "dix", "onze", "douze", "treize",
    "quatorze", "quinze", "seize", "vingt", "trente", "quarante", "soixante", "cent",
];
const FR_NEGATION: &[&str] = &["ne", "n'", "pas", "jamais", "aucun", "aucune", "sans", "ni"];
const FR_DEGREE: &[&str] = &[
    "consentement",
    "accord",
    "peut",
    "pouvons",
    "peuvent",
    "doit",
    "doivent",
    "devons",
    "uniquement",
    "seulement",
    "toujours",
];
const FR_FUNCTION: &[&str] = &[
    "le", "la", "les", "l", "d", "de", "du", "des", "un", "une", "et", "ou", "à", "au", "aux", "en", "dans",
    "sur", "pour", "par", "avec", "que", "qui", "ce", "ces", "cette", "cet", "nous", "vous", "nos", "notre",
    "vos", "votre", "est", "sont", "être", "il", "elle", "ils", "se", "s", "y", "ainsi", "tel", "telle",
    "tels", "telles",
];
const DE_NUMBERS: &[&str] = &[
    "zwei",
    "drei",
    "vier",
    "fünf",
    "sechs",
    "sieben",
    "acht",
    "neun",
    "zehn",
    "elf",
    "zwölf",
    "vierzehn",
    "fünfzehn",
    "zwanzig",
    "dreißig",
    "dreissig",
    "sechzig",
    "neunzig",
    "hundert",
];
const DE_NEGATION: &[&str] =
    &["nicht", "kein", "keine", "keinen", "keiner", "keinem", "nie", "niemals", "ohne", "weder"];
const DE_DEGREE: &[&str] = &[
    "einwilligung",
    "zustimmung",
    "kann",
    "können",
    "muss",
    "müssen",
    "soll",
    "sollen",
    "nur",
    "immer",
    "ausschließlich",
];
const DE_FUNCTION: &[&str] = &[
    "der", "die", "das", "den", "dem", "des", "ein", "eine", "einen", "einem", "einer", "eines", "und",
    "oder", "zu", "zur", "zum", "in", "im", "an", "am", "auf", "für", "von", "vom", "mit", "bei", "durch",
    "wir", "sie", "uns", "unsere", "unserer", "ihre", "ihrer", "ihren", "ist", "sind", "wird", "werden",
    "dass", "diese", "dieser", "dieses", "sich",
];

/// Whether a word is among those of its language; English words are looked up in every language, as ever.
fn is_among(word: &str, code: &str, en: &[&str], fr: &[&str], de: &[&str]) -> bool {
    match code {
        "fr" if fr.contains(&word) => true,
        "de" if de.contains(&word) => true,
        _ => en.contains(&word),
    }
}

const ZH_NEGATION: &[char] = &['不', '未', '无', '非', '勿', '禁', '没'];
const ZH_NUMBERS: &[char] =
    &['一', '二', '两', '三', '四', '五', '六', '七', '八', '九', '十', '百', '千', '半'];
const ZH_DEGREE: &[&str] = &[
    "可能",
    "部分",
    "全部",
    "所有",
    "仅",
    "必须",
    "应当",
    "大部分",
    "任何",
    "至少",
    "最多",
    "最长",
    "最短",
    "通常",
    "一般",
    "尽量",
    "尽力",
];
/// Characters that only hold a Chinese sentence together.
const ZH_FUNCTION: &str = "的了和与及或在于对将会我们您你是为以其之这那此也并而且等个如若则被把向从由就都所中上下内外者时后前有可能应当当到给让使该各本些他她它们请";

/// Words before a number that only says where something stands.
const REFERENCES: &[&str] = &[
    "section",
    "sections",
    "article",
    "art",
    "part",
    "paragraph",
    "clause",
    "chapter",
    "第",
    "条",
    "款",
    "purpose",
    "purposes",
    "item",
    "items",
    "point",
    "points",
];

fn first_is_number(words: &str) -> bool {
    words.starts_with(|c: char| c.is_ascii_digit() || ZH_NUMBERS.contains(&c))
}

impl Content {
    /// Reads a text. `opens` tells whether it begins at the start of a sentence.
    pub(super) fn of(text: &str, language: &Language, opens: bool) -> Content {
        let zh = *language == Language::Zh;
        let code = language.code();
        let mut content = Content::default();
        let mut sentence_start = opens;
        let mut referring = false;
        for token in tokenize(text) {
            let words = token.span.of(text);
            match token.kind {
                TokenKind::Space => continue,
                TokenKind::Mark => {
                    sentence_start |= matches!(words, "." | "!" | "?" | "。" | "：" | ":");
                    continue;
                }
                TokenKind::Word => {}
            }
            let normal = normalize(words).text;
            let start = std::mem::replace(&mut sentence_start, false);
            // "as section 3 says" refers; it counts nothing.
            if referring && first_is_number(words) {
                continue;
            }
            referring = REFERENCES.contains(&normal.as_str())
                || (referring && matches!(normal.as_str(), "to" | "and" | "or" | "至" | "和"));
            let first = words.chars().next().unwrap_or(' ');
            if zh && is_han(first) {
                if ZH_NEGATION.contains(&first) {
                    content.negations.insert(normal);
                } else if ZH_NUMBERS.contains(&first) {
                    content.numbers.insert(normal);
                } else if !ZH_FUNCTION.contains(first) {
                    content.others.insert(normal);
                }
            } else if normal.contains('@') && normal.contains('.') {
                content.contacts.insert(normal);
            } else if first.is_ascii_digit() || is_among(&normal, code, EN_NUMBERS, FR_NUMBERS, DE_NUMBERS) {
                content.numbers.insert(normal);
            } else if is_among(&normal, code, EN_NEGATION, FR_NEGATION, DE_NEGATION) {
                content.negations.insert(normal);
            } else if is_among(&normal, code, EN_DEGREE, FR_DEGREE, DE_DEGREE) {
                content.degrees.insert(normal);
            } else if is_among(&normal, code, EN_FUNCTION, FR_FUNCTION, DE_FUNCTION) || normal.is_empty() {
            } else if first.is_uppercase() && (!start || words.chars().skip(1).any(char::is_uppercase)) {
                content.name_stems.insert(stem(&normal));
                content.names.insert(normal);
            } else {
                content.others.insert(if language.is_read() && !zh { stem(&normal) } else { normal });
            }
        }
        if zh {
            let normal = normalize(text).text;
            content.degrees.extend(ZH_DEGREE.iter().filter(|w| normal.contains(*w)).map(|w| w.to_string()));
        }
        content
    }

    /// What of this is not in `other`.
    pub(super) fn minus(&self, other: &Content) -> Content {
        let sub = |a: &BTreeSet<String>, b: &BTreeSet<String>| a.difference(b).cloned().collect();
        Content {
            numbers: sub(&self.numbers, &other.numbers),
            contacts: sub(&self.contacts, &other.contacts),
            // A name that only lost its capital is no new name.
            names: self
                .names
                .iter()
                .filter(|n| {
                    !other.names.contains(*n)
                        && !other.others.contains(&stem(n))
                        && !other.others.contains(*n)
                })
                .cloned()
                .collect(),
            name_stems: BTreeSet::new(),
            negations: sub(&self.negations, &other.negations),
            degrees: sub(&self.degrees, &other.degrees),
            others: self
                .others
                .iter()
                .filter(|w| {
                    !other.others.contains(*w) && !other.names.contains(*w) && !other.name_stems.contains(*w)
                })
                .cloned()
                .collect(),
        }
    }

    /// Keeps only those names and numbers that are such in the whole sentence too.
    pub(super) fn keep_as_read_in(&mut self, sentence: &Content) {
        self.names.retain(|name| sentence.names.contains(name));
        self.numbers.retain(|number| sentence.numbers.contains(number));
    }

    /// Whether nothing in it can change what is meant.
    pub(super) fn is_empty(&self) -> bool {
        self.is_plain() && self.others.is_empty()
    }

    /// How many words its ordinary words come to: two Han characters are one word.
    pub(super) fn worded(&self) -> usize {
        let han = self.others.iter().filter(|w| w.chars().all(is_han)).count();
        self.others.len() - han + han.div_ceil(2)
    }

    /// Whether it holds nothing but ordinary words.
    pub(super) fn is_plain(&self) -> bool {
        self.numbers.is_empty()
            && self.contacts.is_empty()
            && self.names.is_empty()
            && self.negations.is_empty()
            && self.degrees.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_numbers_and_negations_are_told_apart() {
        let c = Content::of("We do not send data to Stripe for 30 days.", &Language::En, true);
        assert!(c.names.contains("stripe") && c.numbers.contains("30") && c.negations.contains("not"));
        assert!(!c.names.contains("we"));
    }

    #[test]
    fn french_and_german_are_read_for_numbers_negation_and_consent() {
        let fr = Content::of(
            "pendant sept ans, sans votre consentement",
            &Language::from("fr".to_string()),
            false,
        );
        assert!(fr.numbers.contains("sept") && fr.negations.contains("sans"));
        assert!(fr.degrees.contains("consentement") && !fr.others.contains("votre"));
        let de =
            Content::of("sieben Jahre, nur mit Ihrer Einwilligung", &Language::from("de".to_string()), false);
        assert!(de.numbers.contains("sieben") && de.degrees.contains("einwilligung"));
    }

    #[test]
    fn a_capital_is_no_new_name() {
        let old = Content::of("our privacy shield", &Language::En, false);
        let new = Content::of("our Privacy Shield", &Language::En, false);
        assert!(new.minus(&old).is_empty());
    }

    #[test]
    fn chinese_keeps_numbers_and_latin_names() {
        let c = Content::of("我们会向Stripe提供信息并保存90天。", &Language::Zh, true);
        assert!(c.names.contains("stripe") && c.numbers.contains("90"));
    }
}
