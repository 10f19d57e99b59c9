//! Reports: one value a command, one file a format.

pub mod benchmark;
pub mod comparison;
pub mod html;
pub mod messages;
pub mod practices;
