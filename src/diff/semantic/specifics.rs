//! Values that compare as such, whatever their role: ages, periods, places, names, addresses to write to.

use std::collections::BTreeSet;

use super::half::Half;
use super::residue::{Residue, shorten};
use super::{actors, addresses, columns, listed, plain_slot, unread};
use crate::diff::Facet;
use crate::diff::claims::Claim;
use crate::diff::difference::SlotDelta;
use crate::diff::lengths;
use crate::diff::words::Content;
use crate::extract::places;
use crate::practice::{Category, Modality, ages, durations};
use crate::text::{Language, Span, TokenKind, normal, simplified, tokenize};
use crate::vocabulary::Vocabulary;

/// Bytes between a name and the verb that tells what it does, at most.
const NEAREST_VERB: usize = 6;

/// Adds the specifics of both sides that no claim tells.
pub(super) fn add(
    old: &Half,
    new: &Half,
    residue: &Residue,
    category: Category,
    vocabulary: &Vocabulary,
    slots: &mut Vec<SlotDelta>,
) {
    add_ages(old, new, slots);
    match unread::holds(old, new) {
        true => unread::add_modality(old, new, category, slots),
        false => add_modality(old, new, residue, category, slots),
    }
    actors::add(old, new, category, slots);
    for (half, other, content, came) in [(old, new, &residue.went, false), (new, old, &residue.came, true)] {
        for contact in &content.contacts {
            slots.push(plain_slot(Facet::Contact, came, contact.clone(), category));
        }
        add_periods(half, other, content, category, came, slots);
        add_places(half, other, category, came, slots);
        add_mechanisms(half, other, came, vocabulary, slots);
        add_bases(half, other, category, came, vocabulary, slots);
        add_addresses(half, category, came, slots);
        listed::add(half, other, residue, came, slots);
        columns::add(half, other, category, came, vocabulary, slots);
        add_names(half, other, content, category, came, slots);
    }
    actors::add_own_names(old, new, vocabulary, slots);
}

/// Spans of `half`'s document that overlap what was touched, by a reader of one sentence.
fn in_touched(half: &Half, read: impl Fn(&str) -> Vec<Span>) -> Vec<Span> {
    half.spans()
        .flat_map(|sentence| read(half.words(sentence)).into_iter().map(move |s| s.shift(sentence.start)))
        .filter(|span| half.is_touched(*span))
        .collect()
}

/// Ages count once: data and conditions that differ by nothing else say no more.
fn add_ages(old: &Half, new: &Half, slots: &mut Vec<SlotDelta>) {
    // The sentence says whether a number of years is an age, the words alone may not.
    let read = |half: &Half| -> Vec<(Span, u32)> {
        let in_sentence = |sentence: Span| {
            ages(half.words(sentence)).into_iter().map(move |a| (a.span.shift(sentence.start), a.years))
        };
        half.spans().flat_map(in_sentence).filter(|(span, _)| half.is_touched(*span)).collect()
    };
    let (went, came) = (read(old), read(new));
    let years_of = |ages: &[(Span, u32)]| ages.iter().map(|(_, years)| *years).collect::<BTreeSet<u32>>();
    if years_of(&went) == years_of(&came) {
        return;
    }
    if !went.is_empty() && !came.is_empty() {
        slots.retain(|s| ages(&s.words).is_empty());
    }
    for (half, spans, came) in [(old, went, false), (new, came, true)] {
        for (span, _) in spans {
            slots.push(plain_slot(Facet::Minors, came, half.words(span).to_string(), Category::Audience));
        }
    }
}

/// Words of modality that came or went in a sentence that states something, when no verb tells it.
fn add_modality(old: &Half, new: &Half, residue: &Residue, category: Category, slots: &mut Vec<SlotDelta>) {
    let told = slots.iter().any(|s| matches!(s.facet, Facet::Modality | Facet::Polarity));
    if told || old.is_claimless() || new.is_claimless() {
        return;
    }
    for (content, came) in [(&residue.went, false), (&residue.came, true)] {
        for word in &content.degrees {
            let modality = match word.as_str() {
                "may" | "might" | "可能" => Modality::May,
                "must" | "shall" | "必须" | "应当" => Modality::Must,
                _ => continue,
            };
            slots.push(SlotDelta { modality, ..plain_slot(Facet::Modality, came, word.clone(), category) });
        }
    }
}

/// Verbs of keeping and deleting in languages that are not read for practices.
const KEEPING: &[&str] =
    &["conserv", "garde", "gardé", "supprim", "effac", "stock", "speicher", "aufbewahr", "lösch"];

/// Words of transfer and storage in such languages.
const TRANSFERRING: &[&str] = &[
    "transf",
    "hors de",
    "serveur",
    "hébergé",
    "héberge",
    "übermitt",
    "übertrag",
    "server",
    "gespeichert",
    "drittland",
];

fn add_periods(
    half: &Half,
    other: &Half,
    content: &Content,
    category: Category,
    came: bool,
    slots: &mut Vec<SlotDelta>,
) {
    let facet = match category {
        Category::Rights => Facet::Rights,
        Category::Change | Category::Contact => Facet::Other,
        _ if !half.language().is_read() => {
            let text = half.text.to_lowercase();
            if !KEEPING.iter().any(|verb| text.contains(verb)) {
                return;
            }
            Facet::Retention
        }
        _ if half.about().contains(&Facet::Retention)
            || !half.sentences.is_empty() && !other.sentences.is_empty() =>
        {
            Facet::Retention
        }
        Category::Retention | Category::Cessation => Facet::Retention,
        _ => return,
    };
    if content.numbers.is_empty() {
        return;
    }
    let lengths = lengths::of(&other.text);
    let spans = in_touched(half, |text| durations(text).into_iter().map(|d| d.span).collect());
    for span in spans {
        let words = half.words(span);
        let told = slots.iter().any(|s| s.came == came && s.words.contains(words));
        let length = lengths::of(words);
        let as_long = !length.is_empty() && length.iter().all(|l| lengths.contains(l));
        if told || as_long || other.text.contains(words) {
            continue;
        }
        let mut slot = plain_slot(facet, came, words.to_string(), category);
        slot.duration = durations(words).into_iter().next().map(|d| d.iso);
        slots.push(slot);
    }
}

/// Countries that data is stored in or goes to. An address to write to is no transfer, nor is a Chinese policy's own country.
fn add_places(half: &Half, other: &Half, category: Category, came: bool, slots: &mut Vec<SlotDelta>) {
    let moves = matches!(
        category,
        Category::Sharing
            | Category::Transfer
            | Category::Retention
            | Category::Security
            | Category::Collection
    );
    let text = half.text.to_lowercase();
    let unread = !half.language().is_read() && TRANSFERRING.iter().any(|verb| text.contains(verb));
    if !(moves || unread) || half.categories().contains(&Category::Contact) {
        return;
    }
    let there: BTreeSet<&str> = places(&other.text).into_iter().map(|p| p.code).collect();
    let zh = *half.language() == Language::Zh;
    let spans = in_touched(half, |text| {
        places(text)
            .into_iter()
            .filter(|p| !there.contains(p.code) && (!zh || !matches!(p.code, "CN" | "ABROAD")))
            .map(|p| p.span)
            .collect()
    });
    for span in spans {
        slots.push(plain_slot(Facet::Transfer, came, half.words(span).to_string(), Category::Transfer));
    }
}

/// What a transfer to other countries rests on: standard clauses, frameworks, an adequacy decision.
fn add_mechanisms(
    half: &Half,
    other: &Half,
    came: bool,
    vocabulary: &Vocabulary,
    slots: &mut Vec<SlotDelta>,
) {
    let mechanisms = |text: &str| -> Vec<(Span, String)> {
        vocabulary
            .find(text, half.language())
            .into_iter()
            .filter(|hit| vocabulary.is_a(hit.concept, "condition.law.transferbasis"))
            .map(|hit| (hit.span, hit.concept.to_string()))
            .collect()
    };
    let there: BTreeSet<String> = mechanisms(&other.text).into_iter().map(|(_, id)| id).collect();
    for span in in_touched(half, |text| mechanisms(text).into_iter().map(|(span, _)| span).collect()) {
        let words = half.words(span);
        let Some((_, id)) = mechanisms(words).into_iter().next() else { continue };
        if !there.contains(&id) {
            // The same words, read as a condition or as somebody who receives data.
            let misread =
                |s: &SlotDelta| matches!(s.facet, Facet::Condition | Facet::Recipient | Facet::Data);
            slots.retain(|s| s.came != came || !misread(s) || !s.words.contains(words));
            let slot = plain_slot(Facet::Transfer, came, words.to_string(), Category::Transfer);
            slots.push(SlotDelta { concept: Some(id), ..slot });
        }
    }
}

/// Legal bases that stand in a table by themselves: "Consent", "Legitimate interests".
fn add_bases(
    half: &Half,
    other: &Half,
    category: Category,
    came: bool,
    vocabulary: &Vocabulary,
    slots: &mut Vec<SlotDelta>,
) {
    if !half.is_in_table() || slots.iter().any(|s| s.facet == Facet::Condition && s.came == came) {
        return;
    }
    const BASES: [&str; 4] =
        ["condition.consent", "condition.contract", "condition.interest", "condition.law"];
    let bases = |text: &str| -> Vec<(Span, String)> {
        let hits = vocabulary.find(text, half.language()).into_iter();
        let is_base = |concept: &str| BASES.iter().any(|base| vocabulary.is_a(concept, base));
        hits.filter(|hit| is_base(hit.concept)).map(|hit| (hit.span, hit.concept.to_string())).collect()
    };
    let there: BTreeSet<String> = bases(&other.text).into_iter().map(|(_, id)| id).collect();
    for sentence in half.spans() {
        for (span, id) in bases(half.words(sentence)) {
            let span = span.shift(sentence.start);
            if half.is_touched(span) && !there.contains(&id) {
                let slot = plain_slot(Facet::Condition, came, half.words(span).to_string(), category);
                slots.push(SlotDelta { concept: Some(id), ..slot });
            }
        }
    }
}

/// Postal addresses, from the first part that changed to the last.
fn add_addresses(half: &Half, category: Category, came: bool, slots: &mut Vec<SlotDelta>) {
    for sentence in half.spans() {
        for address in addresses::addresses(half.words(sentence)) {
            let parts = address.into_iter().map(|part| part.shift(sentence.start));
            let touched: Vec<Span> = parts.filter(|part| half.is_touched(*part)).collect();
            if let Some((first, last)) = touched.first().zip(touched.last()) {
                let words = half.words(first.cover(*last)).to_string();
                slots.push(plain_slot(Facet::Contact, came, shorten(&words), category));
            }
        }
    }
}

/// Words beside the name of a person or company that one turns to.
const OFFICERS: &[&str] = &[
    "data protection officer",
    "privacy officer",
    "representative",
    "délégué à la protection",
    "représentant",
    "datenschutzbeauftragt",
    "vertreter",
    "保护负责人",
    "保护官",
    "代表",
];
/// Words beside the names of those who get data.
const RECEIVERS: &[&str] = &[
    "sent to",
    "shared with",
    "partner",
    "service provider",
    "processor",
    "third part",
    "vendor",
    "prestataire",
    "sous-traitant",
    "fournisseur",
    "partenaire",
    "destinataire",
    "dienstleister",
    "auftragsverarbeiter",
    "empfänger",
    "anbieter",
    "transmett",
    "communiqu",
    "partage",
    "übermitt",
    "weitergeb",
    "weitergegeb",
    " weiter,",
    "第三方",
    "合作伙伴",
    "服务商",
];

/// Names that the other side does not know at all. Where data is given away they are recipients.
fn add_names(
    half: &Half,
    other: &Half,
    content: &Content,
    category: Category,
    came: bool,
    slots: &mut Vec<SlotDelta>,
) {
    let giving = category == Category::Sharing || half.categories().contains(&Category::Sharing);
    let listed = half.is_in_table() || half.is_listed();
    // Where every noun is written like a name, the head of an item is the one that is.
    let headed = listed
        && !half.language().is_read()
        && slots.iter().any(|s| s.came == came && s.facet == Facet::Recipient);
    if content.names.is_empty() || headed {
        return;
    }
    let around = simplified(&half.surroundings()).to_lowercase();
    let says = |cues: &[&str]| cues.iter().any(|cue| around.contains(cue));
    let facet = match category {
        _ if says(OFFICERS) => Facet::Contact,
        _ if giving => Facet::Recipient,
        Category::Contact => Facet::Contact,
        _ if says(RECEIVERS) => Facet::Recipient,
        _ => Facet::Other,
    };
    if facet == Facet::Contact && other.sentences.is_empty() {
        // Who may be turned to is told with the address.
        for words in half.spans().map(|span| half.words(span)) {
            if !names(words, content).is_empty() {
                slots.push(plain_slot(facet, came, shorten(words), category));
            }
        }
        return;
    }
    // What is told already, in normal form and made once: a list may name thousands.
    let mut told: String = slots.iter().filter(|s| s.came == came).map(|s| normal(&s.words) + "\n").collect();
    for span in
        half.touched.iter().flat_map(|t| names(half.words(*t), content).into_iter().map(|n| n.shift(t.start)))
    {
        let words = half.words(span).to_string();
        let normal = normal(&words);
        let place = !places(&words).is_empty() || words.split([' ', '-', '/', '.']).all(is_region);
        if !told.contains(&normal) && !place {
            told.push_str(&normal);
            told.push('\n');
            slots.push(match acting(half, span) {
                Some(actor) => plain_slot(Facet::Actor, came, half.words(actor).to_string(), category),
                None => plain_slot(facet, came, words, category),
            });
        }
    }
}

/// Whether a part of a name only stands for a region: "EU-U.S.".
fn is_region(part: &str) -> bool {
    matches!(part, "EU" | "UE" | "US" | "U" | "S" | "UK" | "K" | "EEA" | "EWR" | "EEE" | "Swiss" | "")
}

/// Who acts, where a name is theirs: it is read as an actor, or opens its sentence right before the verb.
fn acting(half: &Half, name: Span) -> Option<Span> {
    if let Some(actor) = half.claims().find(|c| c.facet == Facet::Actor && c.span.overlaps(name)) {
        return Some(actor.span);
    }
    let sentence = half.spans().find(|s| s.contains(name))?;
    let whole = Span::new(sentence.start, name.end);
    let named = half.words(whole).split_whitespace().all(|word| word.starts_with(char::is_uppercase));
    let acts = |c: &Claim| {
        c.facet == Facet::Action && c.span.start > name.end && c.span.start <= name.end + NEAREST_VERB
    };
    (named && half.claims().any(acts)).then_some(whole)
}

/// Runs of capitalised words that hold one of the new names.
fn names(text: &str, content: &Content) -> Vec<Span> {
    let mut found: Vec<Span> = Vec::new();
    let mut run: Option<Span> = None;
    let mut fresh = false;
    let mut close = |run: &mut Option<Span>, fresh: &mut bool| {
        if let Some(span) = run.take().filter(|_| std::mem::take(fresh)) {
            found.push(span);
        }
    };
    for token in tokenize(text) {
        let words = token.span.of(text);
        match token.kind {
            TokenKind::Space if !words.contains('\n') => {}
            TokenKind::Word
                if words.starts_with(char::is_uppercase) || content.names.contains(&normal(words)) =>
            {
                fresh |= content.names.contains(&normal(words));
                run = Some(run.map_or(token.span, |r| r.cover(token.span)));
            }
            _ => close(&mut run, &mut fresh),
        }
    }
    close(&mut run, &mut fresh);
    found
}
