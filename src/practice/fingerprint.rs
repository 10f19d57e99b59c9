//! The id of a practice: a fingerprint of what it says, not of where it stands, so that it stays when text around it changes.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use sha2::{Digest, Sha256};

use super::Practice;
use crate::extract::Mention;
use crate::text::normalize;

/// Sixteen hexadecimal digits, equal for practices that say the same: concepts where they are known, else normalised words.
/// Only a practice without any mention is told by its quote.
pub fn fingerprint(practice: &Practice) -> String {
    let mut said = format!("{:?}\n{:?}\n{:?}\n", practice.category, practice.polarity, practice.modality);
    let before = said.len();
    let lists = [&practice.data, &practice.recipients, &practice.sources, &practice.purposes, &practice.conditions];
    add(&mut said, 'w', practice.actor.iter().map(name));
    add(&mut said, 'a', practice.action.iter().map(name));
    for (tag, list) in ['d', 'r', 's', 'p', 'c'].into_iter().zip(lists) {
        add(&mut said, tag, list.iter().map(name));
    }
    add(
        &mut said,
        't',
        practice.retention.iter().map(|kept| match &kept.duration {
            Some(duration) => format!("={duration}"),
            None => name(&kept.mention),
        }),
    );
    if said.len() == before {
        said.push_str(&normalize(&practice.evidence.quote).text);
    }
    Sha256::digest(said.as_bytes()).iter().take(8).fold(String::new(), |mut id, byte| {
        let _ = write!(id, "{byte:02x}");
        id
    })
}

fn add(said: &mut String, tag: char, names: impl Iterator<Item = String>) {
    for name in names.collect::<BTreeSet<_>>() {
        let _ = writeln!(said, "{tag}{name}");
    }
}

fn name(mention: &Mention) -> String {
    mention.concept.clone().unwrap_or_else(|| format!("\"{}\"", normalize(&mention.text).text))
}
