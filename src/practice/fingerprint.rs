//! Ids of practices: fingerprints of what they say, not of where they say it.

use std::collections::BTreeMap;

use sha2::{Digest, Sha256};

use super::model::Practice;
use crate::extract::Mention;
use crate::text::normal;

/// Twelve hexadecimal digits of the SHA-256 of some parts, each ended by a byte that no text holds.
pub fn fingerprint<'a>(parts: impl IntoIterator<Item = &'a str>) -> String {
    let mut hash = Sha256::new();
    for part in parts {
        hash.update(part.as_bytes());
        hash.update([0xff]);
    }
    hash.finalize().iter().take(6).map(|byte| format!("{byte:02x}")).collect()
}

/// Gives every practice its id; those that say the same get a number behind it.
pub(super) fn number(practices: &mut [Practice]) {
    let mut seen: BTreeMap<String, usize> = BTreeMap::new();
    for practice in practices {
        let id = of(practice);
        let count = seen.entry(id.clone()).or_default();
        *count += 1;
        practice.id = if *count == 1 { id } else { format!("{id}-{count}") };
    }
}

fn of(practice: &Practice) -> String {
    let mut parts = vec![
        format!("{:?} {:?} {:?}", practice.category, practice.polarity, practice.modality),
        practice.action.as_ref().map(key).unwrap_or_default(),
        practice.actor.as_ref().map(key).unwrap_or_default(),
    ];
    let retention: Vec<Mention> = practice.retention.iter().map(|r| r.mention.clone()).collect();
    for slot in [
        &practice.data,
        &practice.recipients,
        &practice.sources,
        &practice.purposes,
        &practice.conditions,
        &retention,
    ] {
        let mut keys: Vec<String> = slot.iter().map(key).collect();
        keys.sort();
        parts.push(keys.join("\u{1}"));
    }
    if practice.action.is_none() && practice.data.is_empty() {
        parts.push(normal(&practice.evidence.quote));
    }
    fingerprint(parts.iter().map(String::as_str))
}

fn key(mention: &Mention) -> String {
    format!("{} {}", mention.concept.as_deref().unwrap_or_default(), normal(&mention.text))
}
