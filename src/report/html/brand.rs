//! What makes a page a firm's own: a logo, and style that is laid over ours.
//!
//! Both are checked before they are part of a page: a logo must be a picture, shown as one, so that no script in it
//! runs, and style must not end its element. The page's content security policy names the style by hash, as ours.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use crate::error::{Error, Result};

/// No larger file becomes part of a page, in bytes.
const MOST_BYTES: usize = 256 * 1024;

/// A firm's own logo and style.
#[derive(Clone, Debug, Default)]
pub struct Brand {
    /// The address of the picture: itself, as `data:`; empty for none.
    pub(super) logo: String,
    /// Style that follows ours; empty for none.
    pub(super) style: String,
}

impl Brand {
    /// With the picture in a file: PNG, JPEG, WebP or SVG, told by what it holds.
    ///
    /// # Errors
    ///
    /// [`Error::Content`] when it is none of these or larger than 256 KiB.
    pub fn with_logo(self, name: &str, bytes: &[u8]) -> Result<Brand> {
        let wrong = |what: String, remedy: &str| Error::Content {
            name: name.to_owned(),
            what,
            remedy: remedy.to_owned(),
        };
        if bytes.len() > MOST_BYTES {
            return Err(wrong(too_large(bytes), "a smaller picture: it is shown no higher than two lines"));
        }
        let Some(kind) = picture(bytes) else {
            return Err(wrong("is no PNG, JPEG, WebP or SVG picture".into(), "save the logo as PNG or SVG"));
        };
        Ok(Brand { logo: format!("data:image/{kind};base64,{}", STANDARD.encode(bytes)), ..self })
    }

    /// With the style in a file.
    ///
    /// # Errors
    ///
    /// [`Error::Content`] when it is no UTF-8 text, larger than 256 KiB, or would end the page's style element.
    pub fn with_style(self, name: &str, bytes: &[u8]) -> Result<Brand> {
        let wrong = |what: String, remedy: &str| Error::Content {
            name: name.to_owned(),
            what,
            remedy: remedy.to_owned(),
        };
        if bytes.len() > MOST_BYTES {
            return Err(wrong(too_large(bytes), "only the rules that differ from the report's own"));
        }
        let not_text = |at: usize| {
            let line = 1 + bytes.iter().take(at).filter(|&&b| b == b'\n').count();
            wrong(format!("is not UTF-8 text: see line {line}"), "a CSS file, saved as UTF-8")
        };
        let text = std::str::from_utf8(bytes).map_err(|e| not_text(e.valid_up_to()))?;
        if let Some(at) = text.find('\0') {
            return Err(not_text(at));
        }
        let text = text.trim_start_matches('\u{feff}');
        if let Some(at) = text.to_ascii_lowercase().find("</style") {
            let line = 1 + text[..at].matches('\n').count();
            let what = format!("line {line} holds </style, which would end the style of the page");
            return Err(wrong(what, "only CSS, without the tags around it; in a string write <\\/style"));
        }
        // A browser hashes what it reads, with line ends made one.
        let style = text.replace("\r\n", "\n").replace('\r', "\n");
        Ok(Brand { style, ..self })
    }
}

fn too_large(bytes: &[u8]) -> String {
    format!(
        "is {} KiB, more than the {} KiB that a page takes",
        bytes.len().div_ceil(1024),
        MOST_BYTES / 1024
    )
}

/// The kind of a picture, by its first bytes.
fn picture(bytes: &[u8]) -> Option<&'static str> {
    if bytes.starts_with(b"\x89PNG\r\n\x1a\n") {
        Some("png")
    } else if bytes.starts_with(b"\xff\xd8\xff") {
        Some("jpeg")
    } else if bytes.starts_with(b"RIFF") && bytes.get(8..12) == Some(b"WEBP") {
        Some("webp")
    } else {
        std::str::from_utf8(bytes).ok().filter(|text| is_svg(text)).map(|_| "svg+xml")
    }
}

/// Whether the first element is `svg`, after what may stand before it.
fn is_svg(text: &str) -> bool {
    let mut rest = text.trim_start_matches('\u{feff}').trim_start();
    while let Some(end) = ["<?", "<!--", "<!DOCTYPE", "<!doctype"].into_iter().find_map(|open| {
        let end = match open {
            "<?" => "?>",
            "<!--" => "-->",
            _ => ">",
        };
        rest.starts_with(open).then(|| rest.find(end).map(|at| at + end.len())).flatten()
    }) {
        rest = rest.get(end..).unwrap_or("").trim_start();
    }
    rest.strip_prefix("<svg").is_some_and(|rest| rest.starts_with(|c: char| c.is_whitespace() || c == '>'))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn logo(bytes: &[u8]) -> Result<String> {
        Brand::default().with_logo("logo", bytes).map(|b| b.logo)
    }

    fn style(text: &str) -> Result<String> {
        Brand::default().with_style("own.css", text.as_bytes()).map(|b| b.style)
    }

    #[test]
    fn pictures_are_told_by_what_they_hold() {
        assert!(logo(b"\x89PNG\r\n\x1a\nrest").unwrap().starts_with("data:image/png;base64,"));
        assert!(logo(b"\xff\xd8\xff\xe0").unwrap().starts_with("data:image/jpeg;"));
        assert!(logo(b"RIFF\0\0\0\0WEBPVP8 ").unwrap().starts_with("data:image/webp;"));
        let svg = "\u{feff}<?xml version=\"1.0\"?>\n<!-- 标志 -->\n<!DOCTYPE svg>\n<svg xmlns='x'/>";
        assert!(logo(svg.as_bytes()).unwrap().starts_with("data:image/svg+xml;base64,"));
        for other in
            [&b""[..], b"<html><svg></svg>", b"<svgx/>", b"GIF89a", b"RIFF", b"<!-- open", b"\xff\xfe"]
        {
            let said = logo(other).unwrap_err().to_string();
            assert!(said.contains("logo") && said.contains("PNG"), "{said}");
        }
        let said = logo(&[0xff; MOST_BYTES + 1]).unwrap_err().to_string();
        assert!(said.contains("257 KiB") && said.contains("256 KiB"), "{said}");
    }

    #[test]
    fn style_does_not_end_its_element() {
        assert_eq!(style("\u{feff}a{b:c}\r\nd{}\re{}").unwrap(), "a{b:c}\nd{}\ne{}");
        let said = style("a{}\nb{content:'</STYLE><script>'}").unwrap_err().to_string();
        assert!(said.contains("own.css") && said.contains("line 2"), "{said}");
        assert!(style("a\0b").is_err());
        assert!(Brand::default().with_style("own.css", b"\xff\xfe").is_err());
        assert!(style(&"a".repeat(MOST_BYTES + 1)).is_err());
    }
}
