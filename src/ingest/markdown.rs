//! Placeholder.
use super::Source;
pub(super) fn read(_text: &str) -> Source {
    unimplemented!()
}
#[allow(dead_code)]
pub(super) fn looks_like(_text: &str) -> bool {
    false
}
