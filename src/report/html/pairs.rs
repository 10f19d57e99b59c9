//! Both practice sets as a table of the page, each line linked to its sentences.

use super::parts::Words;
use crate::report::comparison::{PracticeStatus, SegmentMark};
use crate::report::messages::Messages;
use crate::report::pairs::{Cell, PairRow};

impl Cell {
    /// Its words, marked where the sides differ.
    pub(super) fn segments(&self) -> Vec<Words<'_>> {
        let run = |(mark, text)| Words {
            text,
            deleted: mark == SegmentMark::Deleted,
            inserted: mark == SegmentMark::Inserted,
            lang: "",
        };
        self.runs().map(run).collect()
    }
}

impl PairRow<'_> {
    /// The class of its line.
    pub(super) fn class(&self) -> &'static str {
        match self.status {
            PracticeStatus::Unchanged => "",
            PracticeStatus::Changed => "mod",
            PracticeStatus::Came => "add",
            PracticeStatus::Went => "rem",
        }
    }

    /// The language tag of its words where they are not in the report's language; else empty.
    pub(super) fn lang(&self, m: &Messages) -> &'static str {
        match self.language {
            spoken if spoken == m.language() => "",
            "zh" => "zh-Hans",
            "en" => "en",
            _ => "und",
        }
    }
}
