//! Blocks and headings to the outline.
use super::Document;
use crate::ingest::Source;
pub(super) fn build(_name: &str, _source: Source) -> Document {
    unimplemented!()
}
