//! The file that holds a model: which features have weights, and the weights in one byte each.
//!
//! A table is the upper 32 bits of each known feature's hash, in order, and one row of signed bytes for each. Keys are
//! found by their upper half in a list of starts and by their lower half in a handful of neighbours, and rows are used
//! where they lie. All numbers are little-endian. The header carries a checksum, so that a damaged file is an error and
//! not a strange model.

use std::borrow::Cow;
use std::ops::Range;

use crate::text::Language;
use crate::{Error, Result};

use super::features::fnv;
use super::starts::{HALVES, START, ready, starts};

/// Version of the file and of the features that its rows stand for.
pub const FORMAT: u32 = 5;

const MAGIC: &[u8; 8] = b"polidiff";
const HEADER: usize = 8 + 4 + 4 + 8;

/// Rows of weights by feature hash.
#[derive(Clone, Debug)]
pub(super) struct Table {
    width: usize,
    /// For the upper half of a key where its entries begin, and after the last where they end, in four bytes each.
    starts: Cow<'static, [u8]>,
    /// Lower halves of the keys, in order, as they stand in the file.
    lower: Cow<'static, [u8]>,
    rows: Cow<'static, [u8]>,
}

impl Default for Table {
    fn default() -> Table {
        Table::new(1, &[], Vec::new())
    }
}

/// How many keys a look-up compares at once: nearly always all that begin alike.
const AT_ONCE: usize = 8;

/// The part of a hash by which a feature is known.
pub(super) fn key(hash: u64) -> u32 {
    (hash >> 32) as u32
}

impl Table {
    /// A table of `rows`, in the order of their sorted keys; each `width` bytes wide.
    pub fn new(width: usize, keys: &[u32], rows: Vec<u8>) -> Table {
        let mut counts = vec![0u32; HALVES];
        keys.iter().for_each(|k| counts[(k >> 16) as usize] += 1);
        let lower = keys.iter().flat_map(|&k| (k as u16).to_le_bytes()).collect();
        Table { width, starts: starts(counts.into_iter()).into(), lower, rows: Cow::Owned(rows) }
    }

    /// The weights of a feature, if it has any.
    #[inline]
    pub fn row(&self, place: usize) -> Option<&[u8]> {
        self.rows.get(place * self.width..(place + 1) * self.width)
    }

    /// The weights that begin at a place, so many of them: those of one feature, and behind them what follows in the file,
    /// zeros at its end. To add them up it is quicker to take more than there are than to count.
    #[inline]
    pub fn row_and_more<const N: usize>(&self, place: usize) -> [u8; N] {
        let rest = self.rows.get(place * self.width..).unwrap_or_default();
        match rest.first_chunk() {
            Some(row) => *row,
            None => std::array::from_fn(|i| rest.get(i).copied().unwrap_or_default()),
        }
    }

    /// Where the weights of a feature stand, and whether it has any. Whether a feature is known cannot be foretold, so
    /// nothing here depends on it: a wrong guess would cost more than the whole look-up.
    #[inline]
    pub fn find(&self, hash: u64) -> (usize, bool) {
        let (upper, lower) = ((hash >> 48) as usize, (hash >> 32) as u16);
        let Some(ends) = self.starts.get(START * upper..).and_then(<[u8]>::first_chunk) else {
            return (0, false);
        };
        let ends = u64::from_le_bytes(*ends);
        let (start, end) = (ends as u32 as usize, (ends >> 32) as usize);
        let keys = self.lower.get(2 * start..).and_then(<[u8]>::first_chunk::<{ 2 * AT_ONCE }>);
        let Some(keys) = keys.filter(|_| end - start <= AT_ONCE) else {
            return self.find_slowly(start..end, lower);
        };
        let mut same = 0;
        for (i, key) in keys.as_chunks::<2>().0.iter().enumerate() {
            same += if u16::from_le_bytes(*key) == lower { 1u16 << i } else { 0 };
        }
        same &= ((1u32 << (end - start)) - 1) as u16;
        (start + same.trailing_zeros() as usize, same != 0)
    }

    /// Where a key stands among more than can be compared at once, or among the last ones of all.
    #[cold]
    fn find_slowly(&self, among: Range<usize>, lower: u16) -> (usize, bool) {
        let keys = self.lower.as_chunks::<2>().0.get(among.clone()).unwrap_or_default();
        let place = keys.iter().position(|key| u16::from_le_bytes(*key) == lower);
        (among.start + place.unwrap_or_default(), place.is_some())
    }

    /// The keys in order, and the weights of each.
    pub fn entries(&self) -> impl Iterator<Item = (u32, &[u8])> {
        self.keys().zip(self.rows.chunks_exact(self.width.max(1)))
    }

    /// The keys in order.
    pub fn keys(&self) -> impl Iterator<Item = u32> {
        let of_upper = |(upper, ends): (usize, Range<usize>)| {
            let lower = self.lower.as_chunks::<2>().0.get(ends).unwrap_or_default();
            lower.iter().map(move |&lower| (upper as u32) << 16 | u32::from(u16::from_le_bytes(lower)))
        };
        self.ranges().enumerate().flat_map(of_upper)
    }

    /// Where the entries of each upper half stand.
    fn ranges(&self) -> impl Iterator<Item = Range<usize>> {
        let starts = self.starts.as_chunks().0;
        starts.windows(2).map(|w| u32::from_le_bytes(w[0]) as usize..u32::from_le_bytes(w[1]) as usize)
    }

    /// How many features have weights.
    pub fn len(&self) -> usize {
        self.lower.len() / 2
    }

    pub(super) fn write(&self, out: &mut Vec<u8>) {
        out.extend((self.width as u32).to_le_bytes());
        out.extend((self.len() as u32).to_le_bytes());
        self.ranges().for_each(|range| out.push(range.len().min(255) as u8));
        out.extend(&*self.lower);
        out.extend(&*self.rows);
    }

    /// Reads a table whose rows must be so wide.
    pub(super) fn read(from: &mut Reader, wanted: usize) -> Result<Table> {
        let width = from.u32()? as usize;
        let count = from.u32()? as usize;
        if width != wanted || count > 1 << 24 {
            return from.fail("a table of weights has an impossible size");
        }
        let ready = ready(from.ready, from.at);
        let counts = from.take(HALVES)?;
        let starts = ready.unwrap_or_else(|| starts(counts.iter().map(|&n| u32::from(n))).into());
        if starts.last_chunk() != Some(&(count as u32).to_le_bytes()) {
            return from.fail("a table of weights has an impossible size");
        }
        let lower = from.take_static(count * 2)?;
        let rows = from.take_static(count * width)?;
        Ok(Table { width, starts, lower, rows })
    }
}

/// Reads numbers from the file and fails where it ends early.
pub(super) struct Reader {
    bytes: Cow<'static, [u8]>,
    at: usize,
    name: String,
    /// The starts of its tables, where the build made them.
    ready: &'static [u8],
}

impl Reader {
    /// Checks the header; `name` is what errors call the file. Gives the language of the model too.
    pub fn open(bytes: Cow<'static, [u8]>, ready: &'static [u8], name: &str) -> Result<(Reader, Language)> {
        let mut from = Reader { bytes, at: 0, name: name.to_string(), ready };
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

    pub fn take(&mut self, n: usize) -> Result<&[u8]> {
        let end = self.at.checked_add(n).filter(|&end| end <= self.bytes.len());
        let Some(end) = end else { return self.fail("the weights end early") };
        let start = std::mem::replace(&mut self.at, end);
        Ok(&self.bytes[start..end])
    }

    /// Without a copy where the file is part of the program.
    pub fn take_static(&mut self, n: usize) -> Result<Cow<'static, [u8]>> {
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
        Ok(self.take(4)?.first_chunk().map_or(0, |bytes| u32::from_le_bytes(*bytes)))
    }

    fn u64(&mut self) -> Result<u64> {
        Ok(self.take(8)?.first_chunk().map_or(0, |bytes| u64::from_le_bytes(*bytes)))
    }

    pub fn i16(&mut self) -> Result<i16> {
        Ok(self.take(2)?.first_chunk().map_or(0, |bytes| i16::from_le_bytes(*bytes)))
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
    fn rows_are_found_by_their_keys() {
        let keys = [3u32, 64, 0x0001_0000, u32::MAX];
        let table = Table::new(2, &keys, vec![1, 2, 3, 4, 5, 6, 7, 8]);
        let row = |key: u32| match table.find(u64::from(key) << 32) {
            (place, true) => table.row(place),
            _ => None,
        };
        assert_eq!(row(3), Some(&[1, 2][..]));
        assert_eq!(row(64), Some(&[3, 4][..]));
        assert_eq!(row(0x0001_0000), Some(&[5, 6][..]));
        assert_eq!(row(u32::MAX), Some(&[7, 8][..]));
        assert_eq!(row(65), None);
        assert_eq!(
            table.entries().map(|(key, row)| (key, row[1])).collect::<Vec<_>>(),
            [(3, 2), (64, 4), (0x0001_0000, 6), (u32::MAX, 8)]
        );
        assert_eq!(table.len(), 4);
    }

    #[test]
    fn keys_that_begin_alike_are_told_apart() {
        for count in [1, 7, 8, 9, 40] {
            let keys: Vec<u32> = (0..count).map(|n| 0x0007_0000 | (n * 3)).collect();
            let table = Table::new(1, &keys, vec![0; keys.len()]);
            let known = |key: u32| table.find(u64::from(key) << 32);
            assert!(keys.iter().zip(0..).all(|(&key, place)| known(key) == (place, true)));
            assert!(keys.iter().all(|key| !known(key + 1).1 && !known(key ^ 0x0001_0000).1));
        }
    }

    #[test]
    fn rows_of_another_width_are_refused() {
        let mut body = Vec::new();
        Table::new(2, &[1], vec![9, 9]).write(&mut body);
        let open = || Reader::open(Cow::Owned(seal(&Language::Zh, &body)), &[], "zh.bin").unwrap().0;
        assert_eq!(Table::read(&mut open(), 2).unwrap().len(), 1);
        assert!(Table::read(&mut open(), 3).unwrap_err().to_string().contains("impossible size"));
    }

    #[test]
    fn damage_is_told() {
        let mut body = Vec::new();
        Table::new(1, &[1, 2], vec![9, 9]).write(&mut body);
        let good = seal(&Language::Zh, &body);
        let open =
            |bytes: Vec<u8>| Reader::open(Cow::Owned(bytes), &[], "zh.bin").map(|(_, language)| language);
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
