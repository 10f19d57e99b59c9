//! Our own files as the build leaves them: a text in which each value says how long it is, so that nothing is searched,
//! and whose words are used where they stand.
//!
//! A value is a mark of its kind, the number of bytes that follow in [`DIGITS`] digits of seven bits, and so many bytes: `"`
//! before words, `[` before the values of a list, `{` before keys and values in turn, `=` before anything else as JSON
//! writes it.

use serde::de::value::{Error, MapAccessDeserializer, StrDeserializer};
use serde::de::{Deserialize, DeserializeSeed, Deserializer, Error as _, MapAccess, SeqAccess, Visitor};
use serde::forward_to_deserialize_any;

/// Digits of a length: each is one character of a text.
const DIGITS: usize = 4;
/// Bits of a digit.
const BITS: usize = 7;

/// What is no value, or no longer one.
const DAMAGED: &str = "this is no packed value";

/// The text of a value.
#[allow(dead_code)] // for the build
pub fn write(value: &serde_json::Value) -> String {
    use serde_json::Value;
    let (mark, content) = match value {
        Value::String(words) => ('"', words.clone()),
        Value::Array(items) => ('[', items.iter().map(write).collect()),
        Value::Object(entries) => {
            let entry = |(key, value): (&String, &Value)| write(&Value::from(key.as_str())) + &write(value);
            ('{', entries.iter().map(entry).collect())
        }
        other => ('=', other.to_string()),
    };
    let digit = |place: usize| char::from((content.len() >> (BITS * place)) as u8 & 0x7f);
    let digits = (0..DIGITS).rev().map(digit);
    std::iter::once(mark).chain(digits).chain(content.chars()).collect()
}

/// Reads a text that [`write`] wrote.
pub fn read<'de, T: Deserialize<'de>>(text: &'de str) -> Result<T, Error> {
    T::deserialize(&mut Values(text))
}

/// The keys of a packed map with their values, which [`read`] reads.
#[allow(dead_code)] // for the program
pub fn entries(map: &str) -> impl Iterator<Item = (&str, &str)> {
    let mut rest = match first(map) {
        Some((Value::Map(entries), _)) => entries,
        _ => "",
    };
    std::iter::from_fn(move || {
        let (Value::Words(key), behind) = first(rest)? else { return None };
        (_, rest) = first(behind)?;
        Some((key, behind.get(..behind.len() - rest.len())?))
    })
}

/// Values one after another, those not read yet.
struct Values<'de>(&'de str);

/// A value whose parts are not read yet.
#[derive(Clone, Copy)]
enum Value<'de> {
    Words(&'de str),
    List(&'de str),
    Map(&'de str),
    Other(&'de str),
}

impl<'de> Values<'de> {
    fn next(&mut self) -> Result<Value<'de>, Error> {
        let (value, rest) = first(self.0).ok_or_else(|| Error::custom(DAMAGED))?;
        self.0 = rest;
        Ok(value)
    }
}

/// The first value of a text, and what follows it.
fn first(text: &str) -> Option<(Value<'_>, &str)> {
    let [mark, digits @ ..] = text.as_bytes().first_chunk::<{ 1 + DIGITS }>()?;
    let len = digits.iter().fold(0, |len, digit| len << BITS | usize::from(*digit));
    let (content, rest) = text.get(1 + DIGITS..)?.split_at_checked(len)?;
    let value = match mark {
        b'"' => Value::Words(content),
        b'[' => Value::List(content),
        b'{' => Value::Map(content),
        b'=' => Value::Other(content),
        _ => return None,
    };
    Some((value, rest))
}

fn other<'de, V: Visitor<'de>>(json: &str, visitor: V) -> Result<V::Value, Error> {
    match (json, json.parse::<u64>(), json.parse::<i64>(), json.parse::<f64>()) {
        ("null", ..) => visitor.visit_unit(),
        ("true", ..) => visitor.visit_bool(true),
        ("false", ..) => visitor.visit_bool(false),
        (_, Ok(n), ..) => visitor.visit_u64(n),
        (_, _, Ok(n), _) => visitor.visit_i64(n),
        (.., Ok(n)) => visitor.visit_f64(n),
        _ => Err(Error::custom(DAMAGED)),
    }
}

impl<'de> Deserializer<'de> for &mut Values<'de> {
    type Error = Error;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        match self.next()? {
            Value::Words(words) => visitor.visit_borrowed_str(words),
            Value::List(items) => visitor.visit_seq(Values(items)),
            Value::Map(entries) => visitor.visit_map(Values(entries)),
            Value::Other(json) => other(json, visitor),
        }
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        match first(self.0) {
            Some((Value::Other("null"), rest)) => {
                self.0 = rest;
                visitor.visit_none()
            }
            _ => visitor.visit_some(self),
        }
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        visitor: V,
    ) -> Result<V::Value, Error> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Error> {
        match self.next()? {
            Value::Words(name) => visitor.visit_enum(StrDeserializer::new(name)),
            Value::Map(entry) => visitor.visit_enum(MapAccessDeserializer::new(Values(entry))),
            _ => Err(Error::custom(DAMAGED)),
        }
    }

    fn deserialize_ignored_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        self.next()?;
        visitor.visit_unit()
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf unit unit_struct seq tuple
        tuple_struct map struct identifier
    }
}

impl<'de> SeqAccess<'de> for Values<'de> {
    type Error = Error;

    fn next_element_seed<S: DeserializeSeed<'de>>(&mut self, seed: S) -> Result<Option<S::Value>, Error> {
        if self.0.is_empty() { Ok(None) } else { seed.deserialize(self).map(Some) }
    }
}

impl<'de> MapAccess<'de> for Values<'de> {
    type Error = Error;

    fn next_key_seed<S: DeserializeSeed<'de>>(&mut self, seed: S) -> Result<Option<S::Value>, Error> {
        self.next_element_seed(seed)
    }

    fn next_value_seed<S: DeserializeSeed<'de>>(&mut self, seed: S) -> Result<S::Value, Error> {
        seed.deserialize(self)
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;

    #[test]
    fn what_is_written_is_read_again() {
        let value = json!({
            "words": ["不", "", "a \"b\"\n"], "none": null, "yes": true, "no": false,
            "numbers": [0, 18446744073709551615u64, -3, 0.5], "empty": [{}, []],
        });
        assert_eq!(read::<Value>(&write(&value)).unwrap(), value);
    }

    #[test]
    fn words_are_lent_and_kinds_are_read() {
        #[derive(Debug, PartialEq, Deserialize)]
        struct Few<'a> {
            #[serde(borrow)]
            words: Vec<&'a str>,
            #[serde(default)]
            one: Option<Kind>,
            none: Option<Kind>,
        }
        #[derive(Debug, PartialEq, Deserialize)]
        enum Kind {
            Plain,
            Of(u8),
        }
        use serde::Deserialize;
        let packed = write(&json!({"words": ["a", "乙"], "one": {"Of": 7}, "none": null, "more": [1, [2]]}));
        let few: Few = read(&packed).unwrap();
        assert_eq!(few, Few { words: vec!["a", "乙"], one: Some(Kind::Of(7)), none: None });
        assert_eq!(read::<Kind>(&write(&json!("Plain"))).unwrap(), Kind::Plain);
    }

    #[test]
    fn maps_are_read_entry_by_entry() {
        let packed = write(&json!({"a": [1], "b": "words"}));
        let (keys, values): (Vec<_>, Vec<_>) = entries(&packed).unzip();
        assert_eq!(keys, ["a", "b"]);
        assert_eq!(values, [write(&json!([1])), write(&json!("words"))]);
        assert_eq!(entries(&write(&json!(["a", "b"]))).count(), 0);
    }

    #[test]
    fn damage_is_an_error() {
        let packed = write(&json!({"words": ["甲", "乙"], "n": 12}));
        for end in (0..packed.len()).filter(|&end| packed.is_char_boundary(end)) {
            assert!(read::<Value>(&packed[..end]).is_err(), "{end}");
        }
        for text in
            ["?\0\0\0\x01a", "\"\0\0\0\x02a", "\"\x7f\x7f\x7f\x7fa", "=\0\0\0\x01x", "\"\0\0\0\x01é", "\"éé"]
        {
            assert!(read::<Value>(text).is_err(), "{text}");
        }
    }
}
