//! Policies in the annotated form `(actor)[action]<data>{purpose}` to sentences with role spans.
//!
//! A sentence without marks was perhaps not read, and teaches nothing. In one with marks, a role that is marked was
//! looked for, so what is unmarked does not play it; a role without a mark was perhaps left aside, as are all that the
//! form has no brackets for. Marks inside marks give way to the outer one, as role spans never nest.

use std::fs::File;
use std::io::Read;
use std::path::Path;

use crate::Result;
use crate::document::{BlockKind, Document};
use crate::extract::{Role, markup_role};
use crate::ingest::{self, Format, InputFormat, MAX_BYTES};
use crate::text::Span;

use super::{Sentences, Tagged, apart, unreadable};

/// What one document holds. One of a directory must look annotated; `outright`, any mark counts.
pub(super) fn read(path: &Path, shown: &str, outright: bool) -> Result<Sentences> {
    let mut bytes = Vec::new();
    let file = File::open(path).map_err(|why| unreadable(path, &why))?;
    file.take(MAX_BYTES as u64 + 1).read_to_end(&mut bytes).map_err(|why| unreadable(path, &why))?;
    if !outright && !ingest::is_annotated(&ingest::decode(shown, &bytes)?.text) {
        return Ok(Sentences::default());
    }
    let source = ingest::read(shown, &bytes, InputFormat::Forced(Format::Annotated))?;
    let document = Document::new(shown, source);
    let tagged = tagged(&document);
    let mut sentences = Sentences::default();
    if !tagged.is_empty() {
        sentences.insert(document.language, (tagged, Vec::new()));
    }
    Ok(sentences)
}

fn tagged(document: &Document) -> Vec<Tagged> {
    let body = document
        .sentences
        .iter()
        .filter(|s| document.blocks.get(s.block).is_some_and(|block| block.kind != BlockKind::Heading));
    let mut sentences = Vec::new();
    let mut rest = document.marks.as_slice();
    for here in body.map(|sentence| sentence.span) {
        while let Some((_, after)) = rest.split_first().filter(|(mark, _)| mark.span.end <= here.start) {
            rest = after;
        }
        let near = rest.iter().take_while(|mark| mark.span.start < here.end);
        // A mark that reaches over the end of a sentence is cut there.
        let of_sentence = near.filter(|mark| mark.span.overlaps(here)).map(|mark| {
            let cut = Span::new(mark.span.start.max(here.start), mark.span.end.min(here.end));
            let cut = cut.trim(&document.text);
            (Span::new(cut.start - here.start, cut.end - here.start), markup_role(mark.role))
        });
        // Pairs of brackets never cross.
        let spans: Vec<(Span, Role)> =
            apart(of_sentence.filter(|(span, _)| !span.is_empty()).collect()).unwrap_or_default();
        if !spans.is_empty() {
            let roles = spans.iter().map(|&(_, role)| role).collect();
            sentences.push(Tagged { text: document.words(here).to_string(), spans, roles });
        }
    }
    sentences
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sentences_with_marks_are_kept() {
        let text = "1. [Use]\n\n(我们)[收集]<设备信息>以{向(您)[提供]服务}。此句没有标注。\n\n(We) [share] <your name> {to deliver. Then we} stop.";
        let source = ingest::read("a.txt", text.as_bytes(), InputFormat::Forced(Format::Annotated)).unwrap();
        let found = tagged(&Document::new("a.txt", source));
        let words: Vec<Vec<&str>> =
            found.iter().map(|t| t.spans.iter().map(|(span, _)| span.of(&t.text)).collect()).collect();
        assert_eq!(
            words,
            [
                &["我们", "收集", "设备信息", "向您提供服务"][..],
                &["We", "share", "your name", "to deliver."],
                &["Then we"]
            ]
        );
        assert_eq!(found[0].roles.len(), 4);
        assert_eq!(found[2].roles, [Role::Purpose].into());
    }
}
