//! `polidiff schema`: the JSON Schema of a file that polidiff reads or writes.

use schemars::{JsonSchema, schema_for};

use polidiff::Result;
use polidiff::practice;
use polidiff::report::benchmark::Benchmark;
use polidiff::report::carry::Carry;
use polidiff::report::comparison::Comparison;

use super::Status;
use super::args::{Color, Schema, SchemaOf};
use super::output::{json, to_file, to_standard_output};

/// Writes the schema.
pub fn run(args: &Schema) -> Result<Status> {
    let mut text = match args.of {
        SchemaOf::Comparison => of::<Comparison>(),
        SchemaOf::PracticeSet => json(&practice::schema()),
        SchemaOf::Benchmark => of::<Benchmark>(),
        SchemaOf::Carry => of::<Carry>(),
    }?;
    text.push('\n');
    match args.output.as_deref() {
        Some(path) if path.as_os_str() != "-" => to_file(path, text.as_bytes())?,
        _ => to_standard_output(text.as_bytes(), Color::Always)?,
    }
    Ok(Status::Done)
}

fn of<T: JsonSchema>() -> Result<String> {
    json(&schema_for!(T))
}
