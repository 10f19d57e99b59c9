//! `--title`, `--logo` and `--css`: what makes a report one's own, and what is refused.

use std::fs;

use crate::folder::Folder;

const PNG: &[u8] = b"\x89PNG\r\n\x1a\n";

#[test]
fn title_logo_and_style_are_part_of_the_page() {
    let folder = Folder::new();
    folder.write("logo.png", PNG);
    folder.write("own.css", b"h1{color:teal}");
    let own = ["--title", "Review <1>", "--logo", "logo.png", "--css", "own.css", "--format", "html"];
    for command in ["compare", "benchmark"] {
        let page = folder.run(&[&[command, "old.md", "new.md"], &own[..]].concat());
        let page = &page.is_done().out;
        for words in ["<title>Review &#60;1&#62;</title>", "data:image/png;base64,", "h1{color:teal}"] {
            assert!(page.contains(words), "{command}: {words} in {page}");
        }
    }
}

/// The file, what is wrong with it and what to do are named; nothing is written.
#[test]
fn what_cannot_be_a_brand_is_named() {
    let folder = Folder::new();
    folder.write("large.png", &[PNG, &[0; 300 * 1024]].concat());
    folder.write("notes.png", b"The logo is on the wall.");
    folder.write("latin.css", b"/* caf\xe9 */");
    folder.write("large.css", &[b' '; 300 * 1024]);
    folder.write("page.css", b"h1{}\n</style>");
    let before = folder.files();
    let cases: [(&[&str], &[&str]); 11] = [
        (&["--logo", "missing.png"], &["missing.png", "no such file", "check the spelling"]),
        (&["--logo", "no/logo.png"], &["no/logo.png", "no folder no"]),
        (&["--logo", "."], &[".", "folder"]),
        (&["--logo", "large.png"], &["large.png", "301 KiB", "256 KiB", "smaller picture"]),
        (&["--logo", "notes.png"], &["notes.png", "no PNG, JPEG, WebP or SVG", "save the logo"]),
        (&["--css", "missing.css"], &["missing.css", "no such file"]),
        (&["--css", "latin.css"], &["latin.css", "not UTF-8", "line 1", "saved as UTF-8"]),
        (&["--css", "large.css"], &["large.css", "300 KiB", "256 KiB"]),
        (&["--css", "page.css"], &["page.css", "line 2", "</style"]),
        (&["--title", ""], &["--title", "expected words"]),
        (&["--title", " \t"], &["--title", "expected words"]),
    ];
    for command in ["compare", "benchmark"] {
        for (flags, words) in cases {
            let output = ["-o", "report.html"];
            folder.run(&[&[command, "old.md", "new.md"], &output[..], flags].concat()).is_refused(words);
            assert_eq!(folder.files(), before, "{flags:?}");
        }
        // A logo in a table would be silently lost.
        folder.run(&[command, "old.md", "new.md", "--logo", "notes.png"]).is_refused(&[
            "--logo",
            "HTML",
            "--format html",
        ]);
    }
}

#[test]
fn a_brand_is_not_overwritten() {
    let folder = Folder::new();
    folder.write("own.css", b"h1{}");
    folder
        .run(&["compare", "old.md", "new.md", "--css", "own.css", "--format", "html", "-o", "own.css"])
        .is_refused(&["own.css", "overwrite"]);
    assert_eq!(fs::read(folder.path("own.css")).unwrap(), b"h1{}");
}
