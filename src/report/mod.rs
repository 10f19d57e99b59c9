//! Reports: one value a command, one file a format.

pub mod benchmark;
pub mod carry;
pub mod comparison;
pub mod csv;
mod dates;
pub mod html;
pub mod markdown;
pub mod messages;
pub mod models;
pub mod neutral;
mod pairs;
pub mod practices;
mod side;
pub mod table;
