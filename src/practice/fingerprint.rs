//! Ids of practices: fingerprints of what they say, not of where they say it.

use std::collections::BTreeMap;

use sha2::{Digest, Sha256};

use super::model::Practice;
use crate::extract::Mention;
use crate::text::{WordMap, normal};

/// Twelve hexadecimal digits of the SHA-256 of some parts, each ended by a byte that no text holds.
pub fn fingerprint<'a>(parts: impl IntoIterator<Item = &'a str>) -> String {
    let mut hash = Sha256::new();
    for part in parts {
        hash.update(part.as_bytes());
        hash.update([0xff]);
    }
    let digits = hash.finalize();
    let halves = digits.iter().take(6).flat_map(|byte| [byte >> 4, byte & 0xf]);
    halves.filter_map(|half| char::from_digit(u32::from(half), 16)).collect()
}

/// Gives every practice its id; those that say the same get a number behind it.
pub(super) fn number(practices: &mut [Practice]) {
    let mut seen: BTreeMap<String, usize> = BTreeMap::new();
    let mut keys = Keys::default();
    for practice in practices {
        let id = keys.of(practice);
        let count = seen.entry(id.clone()).or_default();
        *count += 1;
        practice.id = if *count == 1 { id } else { format!("{id}-{count}") };
    }
}

/// What mentions say, by their words: policies say the same again and again.
#[derive(Default)]
struct Keys(WordMap<String, String>);

impl Keys {
    fn of(&mut self, practice: &Practice) -> String {
        let mut parts = vec![
            format!("{:?} {:?} {:?}", practice.category, practice.polarity, practice.modality),
            practice.action.as_ref().map(|action| self.key(action)).unwrap_or_default(),
            practice.actor.as_ref().map(|actor| self.key(actor)).unwrap_or_default(),
        ];
        let lists = [
            &practice.data,
            &practice.recipients,
            &practice.sources,
            &practice.purposes,
            &practice.conditions,
        ];
        parts.extend(lists.map(|list| self.keys(list.iter())));
        parts.push(self.keys(practice.retention.iter().map(|kept| &kept.mention)));
        if practice.action.is_none() && practice.data.is_empty() {
            parts.push(normal(&practice.evidence.quote));
        }
        fingerprint(parts.iter().map(String::as_str))
    }

    fn keys<'m>(&mut self, mentions: impl Iterator<Item = &'m Mention>) -> String {
        let mut keys: Vec<String> = mentions.map(|mention| self.key(mention)).collect();
        keys.sort();
        keys.join("\u{1}")
    }

    fn key(&mut self, mention: &Mention) -> String {
        let words = self.0.entry(mention.text.clone()).or_insert_with_key(|words| normal(words));
        format!("{} {words}", mention.concept.as_deref().unwrap_or_default())
    }
}
