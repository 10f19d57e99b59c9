//! Text without structure: byte spans, languages, normal forms, tokens. A leaf: it knows nothing of policies.

mod finder;
mod hash;
mod language;
mod normalize;
mod quick;
pub mod scan;
mod simplified;
mod sketch;
mod span;
mod tokenize;
pub mod trie;

pub use finder::Finder;
pub use hash::{WordMap, WordSet};
pub use language::Language;
pub use normalize::{Normalized, cased, fold_char, normal, normalize};
pub use quick::{beyond_ascii, count_bytes, is_alphanumeric, lowercase, plain_length, run_length};
pub use simplified::{digits, mainland, simplified, simplified_char};
pub use sketch::{Cue, Sketch};
pub use span::Span;
pub use tokenize::{Token, TokenKind, is_han, tokenize, tokens};
