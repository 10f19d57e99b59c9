//! The file that holds a model: which features have weights, and the weights in one byte each.
//!
//! A table is a bitmap over 2^bits buckets of the feature hash, and one row of signed bytes for each bucket that is set.
//! A feature finds its row by counting the bits before its own, so pruned features cost one bit and no search, and the
//! rows are used where they lie. All numbers are little-endian. The header carries a checksum, so that a damaged file is
//! an error and not a strange model.

use std::borrow::Cow;

use crate::text::Language;
use crate::{Error, Result};

use super::features::fnv;

/// Version of the file and of the features that its rows stand for.
pub const FORMAT: u32 = 1;

const MAGIC: &[u8; 8] = b"polidiff";
const HEADER: usize = 8 + 4 + 4 + 8;

/// Rows of weights by feature hash.
#[derive(Clone, Debug, Default)]
pub(super) struct Table {
    bits: u32,
    width: usize,
    set: Vec<u64>,
    /// Rows before each word of `set`.
    before: Vec<u32>,
    rows: Cow<'static, [u8]>,
}

/// The bucket of a hash among 2^bits.
pub(super) fn bucket(hash: u64, bits: u32) -> usize {
    (hash >> (64 - bits)) as usize
}

impl Table {
    /// A table of `rows`, sorted by bucket; each `width` bytes wide.
    pub fn new(bits: u32, width: usize, buckets: &[usize], rows: Vec<u8>) -> Table {
        let mut set = vec![0u64; (1 << bits) / 64];
        for &b in buckets {
            if let Some(word) = set.get_mut(b / 64) {
                *word |= 1 << (b % 64);
            }
        }
        Table { bits, width, before: ranks(&set), set, rows: Cow::Owned(rows) }
    }

    /// The weights of a feature, if it has any.
    #[inline]
    pub fn row(&self, hash: u64) -> Option<&[u8]> {
        let bucket = bucket(hash, self.bits);
        let word = *self.set.get(bucket / 64)?;
        let bit = 1u64 << (bucket % 64);
        if word & bit == 0 {
            return None;
        }
        let index = *self.before.get(bucket / 64)? as usize + (word & (bit - 1)).count_ones() as usize;
        self.rows.get(index * self.width..(index + 1) * self.width)
    }

    /// How many features have weights.
    pub fn len(&self) -> usize {
        self.rows.len().checked_div(self.width).unwrap_or(0)
    }

    pub(super) fn write(&self, out: &mut Vec<u8>) {
        out.extend(self.bits.to_le_bytes());
        out.extend((self.width as u32).to_le_bytes());
        self.set.iter().for_each(|word| out.extend(word.to_le_bytes()));
        out.extend(&*self.rows);
    }

    pub(super) fn read(from: &mut Reader) -> Result<Table> {
        let bits = from.u32()?;
        let width = from.u32()? as usize;
        if !(6..=26).contains(&bits) || !(1..=64).contains(&width) {
            return from.fail("a table of weights has an impossible size");
        }
        let set: Vec<u64> = from
            .take((1usize << bits) / 8)?
            .chunks_exact(8)
            .map(|b| b.first_chunk().map_or(0, |b| u64::from_le_bytes(*b)))
            .collect();
        let count: usize = set.iter().map(|w| w.count_ones() as usize).sum();
        let rows = from.take_static(count * width)?;
        Ok(Table { bits, width, before: ranks(&set), set, rows })
    }
}

fn ranks(set: &[u64]) -> Vec<u32> {
    let mut total = 0;
    set.iter()
        .map(|word| {
            let before = total;
            total += word.count_ones();
            before
        })
        .collect()
}

/// Reads numbers from the file and fails where it ends early.
pub(super) struct Reader {
    bytes: Cow<'static, [u8]>,
    at: usize,
    name: String,
}

impl Reader {
    /// Checks the header; `name` is what errors call the file. Gives the language of the model too.
    pub fn open(bytes: Cow<'static, [u8]>, name: &str) -> Result<(Reader, Language)> {
        let mut from = Reader { bytes, at: 0, name: name.to_string() };
        if from.take(8).ok() != Some(MAGIC) {
            return from.fail("these are no weights of polidiff");
        }
        let format = from.u32()?;
        if format != FORMAT {
            return from
                .fail(&format!("these weights have format {format}; this polidiff reads format {FORMAT}"));
        }
        let language =
            from.take(4)?.iter().map(|&b| char::from(b)).filter(|&c| c != '\0').collect::<String>();
        let sum = from.u64()?;
        // What is part of the program is checked by a test instead of at each start.
        let part_of_program = matches!(from.bytes, Cow::Borrowed(_)) && !cfg!(test);
        if !part_of_program && from.bytes.get(HEADER..).map(fnv) != Some(sum) {
            return from.fail("the weights are damaged: their checksum differs");
        }
        Ok((from, Language::from(language)))
    }

    /// An error about this file.
    pub fn fail<T>(&self, what: &str) -> Result<T> {
        Err(Error::Content {
            name: self.name.clone(),
            what: what.to_string(),
            remedy: "`polidiff model train`, or leave the directory out to use the built-in models"
                .to_string(),
        })
    }

    fn take(&mut self, n: usize) -> Result<&[u8]> {
        let end = self.at.checked_add(n).filter(|&end| end <= self.bytes.len());
        let Some(end) = end else { return self.fail("the weights end early") };
        let start = std::mem::replace(&mut self.at, end);
        Ok(&self.bytes[start..end])
    }

    /// Without a copy where the file is part of the program.
    fn take_static(&mut self, n: usize) -> Result<Cow<'static, [u8]>> {
        let start = self.at;
        let taken = Cow::Owned(Vec::new());
        let bytes = std::mem::replace(&mut self.bytes, taken);
        let part = match &bytes {
            Cow::Borrowed(all) => all.get(start..start.saturating_add(n)).map(Cow::Borrowed),
            Cow::Owned(all) => all.get(start..start.saturating_add(n)).map(|part| Cow::Owned(part.to_vec())),
        };
        self.bytes = bytes;
        let Some(part) = part else { return self.fail("the weights end early") };
        self.at = start + n;
        Ok(part)
    }

    pub fn u8(&mut self) -> Result<u8> {
        Ok(self.take(1)?.first().copied().unwrap_or_default())
    }

    pub fn u32(&mut self) -> Result<u32> {
        Ok(self.take(4)?.iter().rev().fold(0, |n, &b| n << 8 | u32::from(b)))
    }

    fn u64(&mut self) -> Result<u64> {
        Ok(self.take(8)?.iter().rev().fold(0, |n, &b| n << 8 | u64::from(b)))
    }

    pub fn i16(&mut self) -> Result<i16> {
        Ok(self.take(2)?.iter().rev().fold(0, |n, &b| n << 8 | i16::from(b)))
    }

    pub fn f32(&mut self) -> Result<f32> {
        let value = f32::from_bits(self.u32()?);
        if value.is_finite() { Ok(value) } else { self.fail("a weight is no number") }
    }

    pub fn text(&mut self) -> Result<String> {
        let len = self.u32()? as usize;
        Ok(String::from_utf8_lossy(self.take(len)?).into_owned())
    }

    pub fn is_at_end(&self) -> bool {
        self.at == self.bytes.len()
    }
}

/// The header before `body`.
pub(super) fn seal(language: &Language, body: &[u8]) -> Vec<u8> {
    let mut code = [0u8; 4];
    for (to, from) in code.iter_mut().zip(language.code().bytes()) {
        *to = from;
    }
    let mut out = Vec::with_capacity(HEADER + body.len());
    out.extend(MAGIC);
    out.extend(FORMAT.to_le_bytes());
    out.extend(code);
    out.extend(fnv(body).to_le_bytes());
    out.extend(body);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_are_found_by_rank() {
        let bits = 8;
        let buckets = [3usize, 64, 255];
        let table = Table::new(bits, 2, &buckets, vec![1, 2, 3, 4, 5, 6]);
        let hash = |b: u64| b << 56;
        assert_eq!(table.row(hash(3)), Some(&[1, 2][..]));
        assert_eq!(table.row(hash(64)), Some(&[3, 4][..]));
        assert_eq!(table.row(hash(255)), Some(&[5, 6][..]));
        assert_eq!(table.row(hash(65)), None);
        assert_eq!(table.len(), 3);
    }

    #[test]
    fn damage_is_told() {
        let mut body = Vec::new();
        Table::new(8, 1, &[1, 2], vec![9, 9]).write(&mut body);
        let good = seal(&Language::Zh, &body);
        let open = |bytes: Vec<u8>| Reader::open(Cow::Owned(bytes), "zh.bin").map(|(_, language)| language);
        assert_eq!(open(good.clone()).unwrap(), Language::Zh);
        for at in [0, 9, 20, good.len() - 1] {
            let mut bad = good.clone();
            bad[at] ^= 1;
            assert!(open(bad).unwrap_err().to_string().contains("zh.bin"));
        }
        assert!(open(good[..good.len() - 1].to_vec()).is_err());
        assert!(open(Vec::new()).is_err());
    }
}
