//! Bytes → text: UTF-8, UTF-16 with or without a byte order mark, GB18030 and other legacy encodings.
//!
//! Nothing is replaced by `U+FFFD`: a policy whose words cannot all be read is refused with the place of the first bad
//! byte, since a comparison would report the damage as a change. Line ends stay as they are; a byte order mark goes.

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, GB18030, GBK, UTF_8, UTF_16BE, UTF_16LE};

use super::MAX_BYTES;
use crate::error::{Error, Result};
use crate::text::{beyond_ascii, count_bytes};

/// Text and the encoding it came from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decoded {
    /// The text, without a byte order mark.
    pub text: String,
    /// Name of the encoding by the WHATWG standard, such as "UTF-8" or "gb18030".
    pub encoding: &'static str,
}

/// How many bytes are looked at to tell UTF-16 without a byte order mark.
const SAMPLE: usize = 4096;

/// Beginnings of files that hold no text: what they are, and the remedy.
const MAGIC: [(&[u8], &str, &str); 11] = [
    (b"%PDF-", "a PDF", AS_TEXT),
    (b"PK\x03\x04", "a ZIP archive or an office document such as DOCX", AS_TEXT),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old office document such as DOC", AS_TEXT),
    (b"{\\rtf", "an RTF document", AS_TEXT),
    (b"\x89PNG", "a PNG image", FROM_IMAGE),
    (b"\xff\xd8\xff", "a JPEG image", FROM_IMAGE),
    (b"GIF8", "a GIF image", FROM_IMAGE),
    (b"\x1f\x8b", "compressed by gzip", "decompress it first, for example with gunzip"),
    (b"\x28\xb5\x2f\xfd", "compressed by zstd", "decompress it first, for example with unzstd"),
    (b"\xff\xfe\x00\x00", "text in UTF-32", AS_UTF8),
    (b"\x00\x00\xfe\xff", "text in UTF-32", AS_UTF8),
];

const AS_TEXT: &str = "save it as text, HTML or Markdown";
const FROM_IMAGE: &str = "type or recognise its words and save them as text";
const AS_UTF8: &str = "save it as UTF-8";

/// Decodes the bytes of a document.
///
/// # Errors
/// [`Error::Content`] when there are no words, when the bytes are no text, when there are more than [`MAX_BYTES`],
/// or when they are in no encoding that can be told.
pub fn decode(name: &str, bytes: &[u8]) -> Result<Decoded> {
    let refuse = |what: String, remedy: &str| {
        Err(Error::Content { name: name.to_string(), what, remedy: remedy.to_string() })
    };
    if bytes.len() > MAX_BYTES {
        let what = format!("it is longer than {} MiB", MAX_BYTES >> 20);
        return refuse(what, "give only the policy, or cut it into parts");
    }
    if let Some((_, kind, remedy)) = MAGIC.iter().find(|(magic, ..)| bytes.starts_with(magic)) {
        return refuse(format!("it is {kind}, not text"), remedy);
    }
    let decoded = match words(bytes) {
        Ok(decoded) => decoded,
        Err(bad) => return refuse(bad.what(bytes), AS_UTF8),
    };
    if is_binary(&decoded.text) {
        return refuse("it holds binary data, not text".to_string(), AS_TEXT);
    }
    if decoded.text.chars().all(|c| c.is_whitespace() || c == '\u{feff}' || c == '\u{200b}') {
        return refuse(
            "it is empty".to_string(),
            "check the path, and that the page was saved with its words",
        );
    }
    Ok(decoded)
}

/// Why bytes are no text in an encoding.
enum Bad {
    /// At this byte, in what is otherwise text in this encoding.
    At(usize, &'static str),
    /// In no encoding that can be told.
    Everywhere,
}

impl Bad {
    fn what(&self, bytes: &[u8]) -> String {
        match *self {
            Bad::At(at, encoding) => {
                let line = 1 + bytes.iter().take(at).filter(|&&b| b == b'\n').count();
                format!("byte {at} (line {line}) is not valid {encoding}")
            }
            Bad::Everywhere => "its encoding cannot be told".to_string(),
        }
    }
}

fn words(bytes: &[u8]) -> Result<Decoded, Bad> {
    if let Some((encoding, length)) = Encoding::for_bom(bytes) {
        let rest = bytes.get(length..).unwrap_or_default();
        return strictly(encoding, rest).ok_or_else(|| match std::str::from_utf8(rest) {
            Err(e) if encoding == UTF_8 => Bad::At(length + e.valid_up_to(), "UTF-8"),
            _ => Bad::Everywhere,
        });
    }
    if let Some(decoded) = utf16_without_mark(bytes) {
        return Ok(decoded);
    }
    let first_bad = match std::str::from_utf8(bytes) {
        Ok(text) => return Ok(Decoded { text: text.to_string(), encoding: UTF_8.name() }),
        Err(e) => e.valid_up_to(),
    };
    // Legacy encodings hardly ever form valid multi-byte sequences; damaged UTF-8 is full of them.
    let (mut good, mut bad) = (0usize, 0usize);
    for chunk in bytes.utf8_chunks() {
        good += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
        bad += usize::from(!chunk.invalid().is_empty());
    }
    if good >= bad.saturating_mul(8) {
        return Err(Bad::At(first_bad, "UTF-8"));
    }
    if let Some(decoded) = stated(bytes).and_then(|encoding| strictly(encoding, bytes)) {
        return Ok(decoded);
    }
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Allow);
    detector.feed(bytes, true);
    let guess = detector.guess(None, Utf8Detection::Deny);
    // GB18030 holds all of GBK, and files that call themselves GBK often use the rest.
    let encoding = if guess == GBK { GB18030 } else { guess };
    strictly(encoding, bytes).or_else(|| strictly(GB18030, bytes)).ok_or(Bad::Everywhere)
}

/// The legacy encoding that a web page states at its beginning.
fn stated(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = String::from_utf8_lossy(bytes.get(..bytes.len().min(SAMPLE))?).to_ascii_lowercase();
    let (_, label) = head.split_once("charset=")?;
    let label = label.trim_start_matches(['"', '\'', ' ']);
    let end = label.find(|c: char| !c.is_ascii_alphanumeric() && !matches!(c, '-' | '_' | ':'))?;
    let encoding = Encoding::for_label(label.get(..end)?.as_bytes())?;
    let legacy = encoding != UTF_8 && encoding != UTF_16BE && encoding != UTF_16LE;
    legacy.then_some(if encoding == GBK { GB18030 } else { encoding })
}

fn strictly(encoding: &'static Encoding, bytes: &[u8]) -> Option<Decoded> {
    let text = encoding.decode_without_bom_handling_and_without_replacement(bytes)?;
    Some(Decoded { text: text.into_owned(), encoding: encoding.name() })
}

/// UTF-16 shows by NULs, which no other text holds: those of ASCII characters, mostly on one side of the pairs.
fn utf16_without_mark(bytes: &[u8]) -> Option<Decoded> {
    let sample = bytes.get(..bytes.len().min(SAMPLE) & !1)?;
    let (mut even, mut odd) = (0usize, 0usize);
    for pair in sample.chunks_exact(2) {
        even += usize::from(pair.first() == Some(&0));
        odd += usize::from(pair.get(1) == Some(&0));
    }
    if even == odd || !bytes.len().is_multiple_of(2) {
        return None;
    }
    let encoding = if even > odd { UTF_16BE } else { UTF_16LE };
    strictly(encoding, bytes).filter(|decoded| !is_binary(&decoded.text))
}

/// Whether text has NULs or more control characters than a stray one here and there.
fn is_binary(text: &str) -> bool {
    if text.as_bytes().contains(&0) {
        return true;
    }
    let blank = |byte: u8| matches!(byte, b'\t'..=b'\r');
    let mut controls = count_bytes(text, |byte| byte.is_ascii_control() & !blank(byte));
    for c in beyond_ascii(text) {
        if c == '\u{ffff}' {
            return true;
        }
        controls += usize::from(matches!(c, '\u{80}'..='\u{9f}') && c != '\u{85}');
    }
    controls > 2 && controls * 100 > text.chars().count()
}

#[cfg(test)]
mod tests {
    use super::*;

    const ZH: &str = "我们会收集您的手机号码，\r\n用于创建账户。未经您同意，我们不会向第三方提供。";
    const EN: &str = "We collect your name.\r\nWe don’t sell it.";

    fn utf16(text: &str, to_bytes: impl Fn(u16) -> [u8; 2]) -> Vec<u8> {
        text.encode_utf16().flat_map(to_bytes).collect()
    }

    fn refusal(bytes: &[u8]) -> String {
        decode("policy", bytes).unwrap_err().to_string()
    }

    #[test]
    fn utf8_stays_as_it_is_but_for_the_mark() {
        for text in [ZH, EN] {
            let marked = [b"\xef\xbb\xbf".as_slice(), text.as_bytes()].concat();
            for bytes in [text.as_bytes(), &marked] {
                let decoded = decode("policy", bytes).unwrap();
                assert_eq!((decoded.text.as_str(), decoded.encoding), (text, "UTF-8"));
            }
        }
    }

    #[test]
    fn utf16_is_read_with_and_without_a_mark() {
        for text in [ZH, EN] {
            let marked = format!("\u{feff}{text}");
            for given in [text, &marked] {
                let little = decode("policy", &utf16(given, u16::to_le_bytes)).unwrap();
                let big = decode("policy", &utf16(given, u16::to_be_bytes)).unwrap();
                assert_eq!((little.text.as_str(), little.encoding), (text, "UTF-16LE"));
                assert_eq!((big.text.as_str(), big.encoding), (text, "UTF-16BE"));
            }
        }
    }

    #[test]
    fn legacy_encodings_are_told_by_their_bytes() {
        let text = ZH.repeat(4);
        let (bytes, ..) = GB18030.encode(&text);
        let decoded = decode("policy", &bytes).unwrap();
        assert_eq!((decoded.text.as_str(), decoded.encoding), (text.as_str(), "gb18030"));

        let traditional =
            "我們會收集您的手機號碼，用於建立帳戶。未經您同意，我們不會向第三方提供您的個人資料。".repeat(4);
        let (bytes, ..) = encoding_rs::BIG5.encode(&traditional);
        assert_eq!(decode("policy", &bytes).unwrap().text, traditional);

        let (bytes, ..) = encoding_rs::WINDOWS_1252.encode(EN);
        let decoded = decode("policy", &bytes).unwrap();
        assert_eq!((decoded.text.as_str(), decoded.encoding), (EN, "windows-1252"));
    }

    #[test]
    fn a_page_may_state_its_encoding() {
        let page = "<meta charset=\"gb2312\"><p>我们</p>";
        let (bytes, ..) = GB18030.encode(page);
        assert_eq!(decode("policy", &bytes).unwrap().text, page);
    }

    #[test]
    fn damaged_utf8_is_refused_with_the_place() {
        let mut bytes = ZH.as_bytes().to_vec();
        let at = ZH.find("创建").unwrap();
        bytes[at] = 0xff;
        let refusal = refusal(&bytes);
        assert!(refusal.contains(&format!("byte {at} (line 2)")), "{refusal}");
        assert!(refusal.contains("try: save it as UTF-8"));
        // Cut in the middle of a character.
        assert!(decode("policy", &ZH.as_bytes()[..ZH.len() - 1]).is_err());
    }

    #[test]
    fn what_is_no_text_is_refused_by_name() {
        for (bytes, kind) in [
            (b"%PDF-1.7\n...".as_slice(), "PDF"),
            (b"PK\x03\x04\x14\x00", "DOCX"),
            (b"\x89PNG\r\n\x1a\n", "PNG"),
            (b"\xff\xd8\xff\xe0", "JPEG"),
            (b"GIF89a", "GIF"),
            (b"\x1f\x8b\x08", "gzip"),
            (b"\x7fELF\x02\x01\x01\0\0\0\0\0\0\0\0\0\x03\0", "binary"),
            (b"", "empty"),
            (b" \r\n\t ", "empty"),
            (b"\xef\xbb\xbf\n", "empty"),
        ] {
            let refusal = refusal(bytes);
            assert!(refusal.contains(kind) && refusal.contains("try: "), "{refusal}");
        }
    }

    #[test]
    fn a_stray_control_character_is_no_binary() {
        assert!(decode("policy", "We collect\u{1} your name.".as_bytes()).is_ok());
    }
}
