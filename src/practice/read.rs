//! A practice set file to a practice set: YAML as a person leaves it, or the JSON of `extract`.
//!
//! Every mistake is told with its line, its entry, what it is and what would be right; the first one ends the reading.

use super::assemble::{Draft, assemble};
use super::duration::is_duration;
use super::file::{MENTION_KEYS, RETENTION_KEYS, SCHEMA};
use super::node::{At, Fields, Mistake, Node, quoted};
use super::quotes::{About, Quote, Quotes};
use super::{Category, Evidence, Modality, Polarity, Practice, PracticeSet, Retention, Review, ReviewStatus};
use crate::error::Result;
use crate::extract::{Mention, Origin, Role};
use crate::ingest::Format;
use crate::text::{Language, Span};
use crate::vocabulary::{Kind, Vocabulary};
use crate::yaml;

const SET_KEYS: [&str; 9] =
    ["schema", "generator", "document", "sections", "sentences", "mentions", "unnamed", "practices", "read"];
const DOCUMENT_KEYS: [&str; 6] = ["source", "title", "language", "format", "encoding", "text"];
const PRACTICE_KEYS: [&str; 16] = [
    "id",
    "review",
    "category",
    "actor",
    "action",
    "polarity",
    "modality",
    "data",
    "recipients",
    "sources",
    "purposes",
    "conditions",
    "retention",
    "refers_to",
    "evidence",
    "was",
];
const EVIDENCE_KEYS: [&str; 4] = ["section", "quote", "start", "end"];
const CONCEPT_KEYS: [&str; 3] = ["id", "label", "iri"];

const CATEGORIES: [(&str, Category); 12] = [
    ("collection", Category::Collection),
    ("permission", Category::Permission),
    ("use", Category::Use),
    ("sharing", Category::Sharing),
    ("retention", Category::Retention),
    ("security", Category::Security),
    ("rights", Category::Rights),
    ("audience", Category::Audience),
    ("transfer", Category::Transfer),
    ("change", Category::Change),
    ("contact", Category::Contact),
    ("cessation", Category::Cessation),
];
const POLARITIES: [(&str, Polarity); 2] = [("affirmed", Polarity::Affirmed), ("negated", Polarity::Negated)];
const MODALITIES: [(&str, Modality); 5] = [
    ("does", Modality::Does),
    ("may", Modality::May),
    ("must", Modality::Must),
    ("only-if", Modality::OnlyIf),
    ("right", Modality::Right),
];
const STATUSES: [(&str, ReviewStatus); 3] =
    [("kept", ReviewStatus::Kept), ("review", ReviewStatus::Review), ("proposed", ReviewStatus::Proposed)];
const FORMATS: [(&str, Format); 4] = [
    ("text", Format::Text),
    ("markdown", Format::Markdown),
    ("html", Format::Html),
    ("annotated", Format::Annotated),
];

type Read<'a, T> = std::result::Result<T, Mistake<'a>>;

/// The kinds of concepts that words in a role may name; the first is the one that the vocabulary looks for.
pub fn concept_kinds(role: Role) -> &'static [Kind] {
    match role {
        Role::Actor | Role::Recipient | Role::Source => &[Kind::Party],
        Role::Action => &[Kind::Action, Kind::Right, Kind::Security],
        Role::Data => &[Kind::Data],
        Role::Purpose => &[Kind::Purpose],
        Role::Condition => &[Kind::Condition],
        Role::Retention => &[Kind::Retention],
    }
}

/// Reads a practice set; `name` is what the user calls the file.
///
/// # Errors
/// [`crate::Error::Yaml`] with the place of the first mistake.
pub fn read(name: &str, text: &str, vocabulary: &Vocabulary) -> Result<PracticeSet> {
    let text = &*plain_json(text);
    let tree: Node = yaml::parse(name, text)?;
    let set = Reader { name, vocabulary }.set(&At::root(&tree));
    set.map_err(|mistake| mistake.into_error(name, text))
}

/// JSON says some characters in ways that YAML reads otherwise: pairs of escapes for one character, and raw characters
/// that YAML refuses or takes for line ends. They become what both read the same.
fn plain_json(text: &str) -> std::borrow::Cow<'_, str> {
    let refused = |c: char| {
        matches!(c, '\u{7f}'..='\u{9f}' | '\u{2028}' | '\u{2029}' | '\u{feff}' | '\u{fffe}' | '\u{ffff}')
    };
    let body = text.trim_start_matches('\u{feff}');
    if !body.trim_start().starts_with('{') || !(body.contains("\\u") || body.contains(refused)) {
        return text.into();
    }
    let mut out = String::with_capacity(body.len());
    let mut rest = body;
    while let Some(at) = rest.find(|c| c == '\\' || refused(c)) {
        let (before, from) = rest.split_at(at);
        out.push_str(before);
        let mut chars = from.chars();
        match chars.next() {
            Some('\\') => match pair(from) {
                Some(c) => {
                    out.push(c);
                    rest = from.get(12..).unwrap_or_default();
                    continue;
                }
                None => {
                    out.push('\\');
                    out.extend(chars.next());
                }
            },
            Some(c) => out.push_str(&format!("\\u{:04x}", u32::from(c))),
            None => {}
        }
        rest = chars.as_str();
    }
    out.push_str(rest);
    out.into()
}

/// The character of two escapes such as `\ud83d\ude00`.
fn pair(text: &str) -> Option<char> {
    let unit = |at: usize| {
        let digits = text.get(at..at + 6)?.strip_prefix("\\u")?;
        u16::from_str_radix(digits, 16).ok()
    };
    char::decode_utf16([unit(0)?, unit(6)?]).next()?.ok().filter(|c| u32::from(*c) > 0xffff)
}

/// Words as a file states them.
struct Part {
    mention: Mention,
    duration: Option<String>,
    /// Where they stand in the policy, if the file tells.
    at: Option<Span>,
}

struct Reader<'r> {
    name: &'r str,
    vocabulary: &'r Vocabulary,
}

impl Reader<'_> {
    fn set<'a>(&self, root: &At<'a>) -> Read<'a, PracticeSet> {
        if !matches!(root.node, Node::Map(_)) {
            let what = match root.node {
                Node::Null => "the file is empty".to_owned(),
                other => format!("this is no practice set but {}", other.shown()),
            };
            return Err(root.mistake(what, "a file as `polidiff extract --format yaml` writes it"));
        }
        if let Node::Map(entries) = root.node
            && !entries.iter().any(|(key, _)| key == "schema" || key == "practices")
        {
            let keys = "the keys schema and practices, as `polidiff extract --format yaml` writes them";
            return Err(root.mistake("this is no practice set", keys));
        }
        let fields = root.fields(&SET_KEYS, "a mapping")?;
        let schema = fields.needed("schema", SCHEMA)?;
        match schema.words(SCHEMA)? {
            SCHEMA => {}
            other if other.starts_with("polidiff.practice-set/") => {
                let what = format!("{} is a version that this polidiff does not read", quoted(other));
                return Err(schema.mistake(what, SCHEMA));
            }
            other => {
                let what = format!("{} is not the schema of practice sets", quoted(other));
                return Err(schema.mistake(what, SCHEMA));
            }
        }
        let about = self.about(fields.given("document"))?;
        let list = "a list of practices; [] for none";
        let (mut quotes, mut drafts) = (Quotes::default(), Vec::new());
        for at in fields.needed("practices", list)?.items(list)? {
            let (mut draft, quote) = self.practice(&at)?;
            draft.quote = quotes.add(quote);
            drafts.push(draft);
        }
        let mut read = Vec::new();
        if let Some(at) = fields.given("read") {
            let list = "a list of fingerprints, as polidiff wrote it";
            for item in at.items(list)? {
                read.push(item.text(list)?.to_owned());
            }
        }
        Ok(assemble(about, &quotes.list, drafts, read, self.vocabulary))
    }

    fn about<'a>(&self, at: Option<At<'a>>) -> Read<'a, About> {
        let mut about = About { name: self.name.into(), title: None, language: None, format: Format::Text };
        let Some(at) = at else { return Ok(about) };
        let fields = at.fields(&DOCUMENT_KEYS, "a mapping with source, title and language")?;
        if let Some(at) = fields.given("source") {
            about.name = at.text("the name of the policy's file")?.into();
        }
        if let Some(at) = fields.given("title") {
            about.title = Some(at.text("the policy's title")?.into());
        }
        if let Some(at) = fields.given("language") {
            let code = at.text("a language code, such as en or zh")?;
            about.language = Some(Language::from(code.to_owned()));
        }
        if let Some(at) = fields.given("format") {
            about.format = at.one_of(&FORMATS)?;
        }
        Ok(about)
    }

    fn practice<'a>(&self, at: &At<'a>) -> Read<'a, (Draft, Quote)> {
        let fields = at.fields(&PRACTICE_KEYS, "a practice: a mapping with category and evidence")?;
        let categories = CATEGORIES.map(|(name, _)| name).join(", ");
        let category = fields.needed("category", &format!("one of {categories}"))?.one_of(&CATEGORIES)?;
        let polarity = fields.given("polarity").map(|at| at.one_of(&POLARITIES)).transpose()?;
        let modality = fields.given("modality").map(|at| at.one_of(&MODALITIES)).transpose()?;

        // In the order of `parts`.
        let mut stated = Vec::new();
        let mut single = |key, role| {
            let part = fields.given(key).map(|at| self.part(&at, role)).transpose()?;
            Ok(part.map(|part| note(&mut stated, part).mention))
        };
        let actor = single("actor", Role::Actor)?;
        let action = single("action", Role::Action)?;
        let mut list = |key, role| -> Read<'a, Vec<Part>> {
            let Some(at) = fields.given(key) else { return Ok(Vec::new()) };
            let items = at.items("a list, one line each: - words: concept")?;
            items.iter().map(|item| Ok(note(&mut stated, self.part(item, role)?))).collect()
        };
        let mentions = |parts: Vec<Part>| parts.into_iter().map(|part| part.mention).collect();
        let data = mentions(list("data", Role::Data)?);
        let recipients = mentions(list("recipients", Role::Recipient)?);
        let sources = mentions(list("sources", Role::Source)?);
        let purposes = mentions(list("purposes", Role::Purpose)?);
        let conditions = mentions(list("conditions", Role::Condition)?);
        let retention = list("retention", Role::Retention)?.into_iter();
        let retention =
            retention.map(|part| Retention { mention: part.mention, duration: part.duration }).collect();
        let refers_to = mentions(list("refers_to", Role::Data)?);

        let quote = evidence(&fields.needed("evidence", "a mapping with quote, the policy's own words")?)?;
        let id = match fields.given("id") {
            Some(at) => at.words("an id, or no such key to have it computed")?.to_owned(),
            None => String::new(), // computed when all are known
        };
        let practice = Practice {
            id,
            category,
            action,
            polarity: polarity.unwrap_or_default(),
            modality: modality.unwrap_or_default(),
            actor,
            data,
            recipients,
            sources,
            purposes,
            conditions,
            retention,
            refers_to,
            evidence: Evidence {
                section: quote.section.clone(),
                quote: quote.text.clone(),
                span: Span::default(),
            },
            review: self.review(&fields)?,
        };
        Ok((Draft { practice, quote: 0, stated }, quote))
    }

    /// What is left to do about a practice, with the readings of its older words.
    fn review<'a>(&self, fields: &Fields<'a>) -> Read<'a, Option<Review>> {
        let status = fields.given("review").map(|at| at.one_of(&STATUSES)).transpose()?;
        let list = "a list of practices, as they were read from the older words";
        let mut was = Vec::new();
        if let Some(at) = fields.given("was") {
            for item in at.items(list)? {
                if let Some(deeper) = item.fields(&PRACTICE_KEYS, list)?.given("was") {
                    return Err(deeper.mistake("an older reading of an older reading", "no such key here"));
                }
                was.push(self.practice(&item)?.0.practice);
            }
        }
        Ok((status.is_some() || !was.is_empty())
            .then(|| Review { status: status.unwrap_or(ReviewStatus::Review), was }))
    }

    /// Words in one of their forms: `words`, `words: concept`, or written out.
    fn part<'a>(&self, at: &At<'a>, role: Role) -> Read<'a, Part> {
        let expected = "words, or words: concept";
        let part = |words: &str, concept, at, duration| {
            let mention =
                Mention { role, span: Span::default(), text: words.into(), concept, origin: Origin::Hand };
            Part { mention, duration, at }
        };
        let Node::Map(entries) = at.node else {
            let words = at.words(expected)?;
            return Ok(part(words, self.name(words, role), None, None));
        };
        let (own, derived): (&[&str], &[&str]) = match role {
            Role::Retention => (&RETENTION_KEYS, &["shortest", "kind"]),
            Role::Recipient => (&MENTION_KEYS, &["class", "names"]),
            _ => (&MENTION_KEYS, &[]),
        };
        let keys = [own, derived].concat(); // JSON says too what it has read from the words
        let (words, concept) = match entries.as_slice() {
            [] => return Err(at.mistake("an empty mapping", expected)),
            // `words: concept`
            [(words, concept)] if !RETENTION_KEYS.contains(&words.as_str()) => (words, concept),
            entries => {
                if !entries.iter().any(|(key, _)| RETENTION_KEYS.contains(&key.as_str())) {
                    let what = format!("{} entries in one item", entries.len());
                    return Err(at.mistake(what, "one item each, with a dash of its own: - words: concept"));
                }
                return self.full(at, role, &keys, part);
            }
        };
        if words.trim().is_empty() {
            return Err(at.mistake("empty text", expected));
        }
        let concept = self.concept(&at.value(words, concept), role).map_err(|mistake| mistake.of(at))?;
        Ok(part(words, concept, None, None))
    }

    fn full<'a>(
        &self,
        at: &At<'a>,
        role: Role,
        keys: &[&str],
        part: impl Fn(&str, Option<String>, Option<Span>, Option<String>) -> Part,
    ) -> Read<'a, Part> {
        let fields = at.fields(keys, "")?;
        let words = match fields.given("text") {
            Some(at) => at,
            None => fields.needed("words", "the policy's own words")?,
        };
        let words = words.words("the policy's own words")?;
        let concept = match fields.get("concept") {
            Some(concept) => self.concept(&concept, role).map_err(|mistake| mistake.of(at))?,
            None => self.name(words, role),
        };
        let duration = match fields.given("duration") {
            Some(at) => Some(duration(&at)?),
            None => None,
        };
        Ok(part(words, concept, span(at, fields.given("start"), fields.given("end"))?, duration))
    }

    /// The concept that the vocabulary finds for words.
    fn name(&self, words: &str, role: Role) -> Option<String> {
        concept_kinds(role).iter().find_map(|kind| self.vocabulary.name_any(words, *kind)).map(str::to_owned)
    }

    /// A concept that the file names: an id, `{id: …}`, or nothing.
    fn concept<'a>(&self, at: &At<'a>, role: Role) -> Read<'a, Option<String>> {
        let expected = "the id of a concept, or null for words that no concept names";
        let id = match at.node {
            Node::Null => return Ok(None),
            Node::Map(_) => at.fields(&CONCEPT_KEYS, expected)?.needed("id", expected)?,
            _ => at.clone(),
        };
        let words = id.words(expected)?;
        let kinds = concept_kinds(role);
        let kind_names: Vec<&str> = kinds.iter().map(|kind| kind.id()).collect();
        let Some(concept) = self.vocabulary.get(words) else {
            let near = self.nearest(words, kinds);
            let right = if near.is_empty() {
                format!("a concept of kind {}", kind_names.join(" or "))
            } else {
                near.join(", ")
            };
            let expected = format!("{right}, or null for words that no concept names");
            return Err(id.mistake(format!("unknown concept {}", quoted(words)), expected));
        };
        if !kinds.contains(&concept.kind) {
            let what = format!("{} is a concept of kind {}", quoted(words), concept.kind);
            let right = format!(
                "a concept of kind {}, or null for words that no such concept names",
                kind_names.join(" or ")
            );
            return Err(id.mistake(what, right));
        }
        Ok(Some(words.into()))
    }

    /// Known ids that a wrong one may stand for: those a few letters away, else those that begin alike.
    fn nearest(&self, wrong: &str, kinds: &[Kind]) -> Vec<&str> {
        const MOST: usize = 3;
        let ids = || self.vocabulary.concepts().filter(|c| kinds.contains(&c.kind)).map(|c| c.id.as_str());
        let wrong: Vec<char> = wrong.chars().take(80).collect();
        let limit = 2.max(wrong.len() / 6);
        let mut near: Vec<(usize, &str)> =
            ids().map(|id| (distance(&wrong, id), id)).filter(|(far, _)| *far <= limit).collect();
        near.sort_unstable();
        if near.is_empty() {
            let alike = |id: &str| wrong.iter().zip(id.chars()).take_while(|(a, b)| **a == *b).count();
            near = ids().map(|id| (usize::MAX - alike(id), id)).collect();
            near.sort_unstable();
            let best = near.first().map_or(0, |(rank, _)| *rank);
            // Only "data." in common says nothing.
            near.retain(|(rank, id)| {
                *rank == best && alike(id) > id.find('.').map_or(id.len(), |dot| dot + 1)
            });
        }
        near.into_iter().take(MOST).map(|(_, id)| id).collect()
    }
}

/// Keeps the stated place of a part while it is read.
fn note(stated: &mut Vec<Option<Span>>, part: Part) -> Part {
    stated.push(part.at);
    part
}

fn evidence<'a>(at: &At<'a>) -> Read<'a, Quote> {
    let fields = at.fields(&EVIDENCE_KEYS, "a mapping with quote, the policy's own words")?;
    let section = match fields.given("section") {
        Some(at) => at.text("titles of sections, joined by \" › \"")?.to_owned(),
        None => String::new(),
    };
    let quote = fields.needed("quote", "the policy's own words")?.words("the policy's own words")?;
    let sentence = span(at, fields.given("start"), fields.given("end"))?;
    Ok(Quote { section, text: quote.trim().into(), sentence })
}

/// A place in the policy's text: both ends or none.
fn span<'a>(at: &At<'a>, start: Option<At<'a>>, end: Option<At<'a>>) -> Read<'a, Option<Span>> {
    match (start, end) {
        (None, None) => Ok(None),
        (Some(first), Some(last)) => {
            let span = Span::new(first.offset()?, last.offset()?);
            if span.start > span.end {
                let what = format!("it ends at {}, before it starts", span.end);
                return Err(last.mistake(what, format!("{} or more, the start", span.start)));
            }
            Ok(Some(span))
        }
        (Some(_), None) => Err(at.mistake("a start without an end", "both start and end, or neither")),
        (None, Some(_)) => Err(at.mistake("an end without a start", "both start and end, or neither")),
    }
}

fn duration<'a>(at: &At<'a>) -> Read<'a, String> {
    let expected = "an ISO 8601 duration, such as P30D, P6M, P1Y6M or PT24H";
    let words = at.words(expected)?;
    if is_duration(words) {
        Ok(words.into())
    } else {
        Err(at.mistake(format!("{} is no duration", quoted(words)), expected))
    }
}

/// How many letters to change, add or leave out to come from one id to another.
fn distance(wrong: &[char], id: &str) -> usize {
    let id: Vec<char> = id.chars().collect();
    let mut row: Vec<usize> = (0..=id.len()).collect();
    for (i, a) in wrong.iter().enumerate() {
        let mut next = Vec::with_capacity(row.len());
        let mut left = i + 1;
        next.push(left);
        for ((b, over), diagonal) in id.iter().zip(row.iter().skip(1)).zip(&row) {
            left = (left + 1).min(over + 1).min(diagonal + usize::from(a != b));
            next.push(left);
        }
        row = next;
    }
    row.last().copied().unwrap_or_default()
}
