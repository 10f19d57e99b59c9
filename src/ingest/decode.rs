//! Placeholder.
use crate::error::Result;
/// Text and the encoding it came from.
#[derive(Debug)]
pub struct Decoded {
    /// The text.
    pub text: String,
    /// The encoding.
    pub encoding: &'static str,
}
/// Decodes.
/// # Errors
/// Binary.
pub fn decode(_name: &str, _bytes: &[u8]) -> Result<Decoded> {
    unimplemented!()
}
