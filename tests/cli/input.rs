//! What is read, and what bad input and options are told.

use std::fs::{self, File};

use crate::folder::{Folder, OLD};

#[test]
fn bad_inputs_are_named_with_a_remedy() {
    let folder = Folder::new();
    fs::create_dir(folder.path("folder")).unwrap();
    folder.write("empty.md", b"");
    folder.write("blank.md", b" \n\t\n");
    folder.write("binary.md", b"\x7fELF\0\0\0\x01\x02\x03\0\0\0\xff\xfe\0\0");
    let long = File::create(folder.path("long.md")).unwrap();
    long.set_len(polidiff::ingest::MAX_BYTES as u64 + 1).unwrap();
    let compare = |name: &str| folder.run(&["compare", "old.md", name]);
    compare("missing.md").is_refused(&["missing.md", "no such file", "try:"]);
    compare("no/such/folder.md").is_refused(&["no/such/folder.md", "no folder", "try:"]);
    compare("https://example.com/privacy").is_refused(&["https://example.com/privacy", "save the page"]);
    compare("folder").is_refused(&["folder", "try:"]);
    compare("empty.md").is_refused(&["empty.md", "try:"]);
    compare("blank.md").is_refused(&["blank.md", "try:"]);
    compare("binary.md").is_refused(&["binary.md", "try:"]);
    compare("long.md").is_refused(&["long.md", "64 MiB", "try:"]);
    folder.run_with(&["compare", "old.md", "-"], b"").is_refused(&["standard input"]);
}

#[test]
fn policies_that_are_not_utf8_are_read_all_the_same() {
    let folder = Folder::new();
    folder.write("latin.txt", b"Privacy policy\n\nWe collect your email address at the caf\xe9.\n");
    folder.run(&["extract", "latin.txt"]).is_done();
}

#[test]
fn mistakes_in_practice_sets_are_placed() {
    let folder = Folder::new();
    folder.write("types.yaml", b"schema: polidiff.practice-set/1\npractices: 7\n");
    folder.write("broken.yaml", b"schema: [polidiff\n");
    folder.write("bytes.yaml", b"schema: polidiff.practice-set/1\npractices: \xff\n");
    folder.write("list.json", b"[1, 2]");
    for name in ["types.yaml", "broken.yaml", "bytes.yaml", "list.json"] {
        folder.run(&["compare", "old.md", name]).is_refused(&[name]);
    }
    folder.run(&["extract", "types.yaml"]).is_refused(&["types.yaml:2", "practices"]);
}

#[test]
fn a_practice_set_stands_for_its_policy() {
    let folder = Folder::new();
    folder.run(&["extract", "new.md", "-o", "new.yaml"]).is_done();
    let outcome = folder.run(&["compare", "new.yaml", "new.md", "--exit-code"]);
    assert_eq!(outcome.status, 0, "{outcome:?}");
    let text = fs::read(folder.path("new.yaml")).unwrap();
    let outcome = folder.run_with(&["compare", "-", "new.md", "--exit-code"], &text);
    assert_eq!(outcome.status, 0, "{outcome:?}");
}

#[test]
fn standard_input_is_read_once() {
    let folder = Folder::new();
    folder.run_with(&["compare", "-", "new.md"], OLD.as_bytes()).is_done();
    folder.run_with(&["compare", "-", "-"], OLD.as_bytes()).is_refused(&["standard input", "once", "try:"]);
}

#[test]
fn usage_errors_are_status_2() {
    let folder = Folder::new();
    for args in [
        &["compare", "old.md"][..],
        &["compare", "old.md", "new.md", "--fail-on", "severe"],
        &["benchmark", "old.md"],
        &["compare", "old.md", "new.md", "--width", "3"],
        &["vocabulary"],
        &[],
    ] {
        assert_eq!(folder.run(args).status, 2, "{args:?}");
    }
    assert_eq!(folder.run(&["--help"]).status, 0);
    assert_eq!(folder.run(&["compare", "--help"]).status, 0);
    assert_eq!(folder.run(&["--version"]).status, 0);
}
