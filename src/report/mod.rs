//! Reports: one value a command, one file a format.

pub mod benchmark;
pub mod comparison;
pub mod messages;
pub mod neutral;
pub mod table;
