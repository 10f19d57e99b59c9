//! Where reports go, in which format, language, width and colour, and what they never hold.

use std::fs;
use std::path::Path;

use assert_cmd::Command;

use crate::folder::{Folder, OLD};

#[test]
fn only_benchmark_writes_csv() {
    let folder = Folder::new();
    folder.run(&["benchmark", "old.md", "new.md", "-o", "out.csv"]).is_done();
    let text = fs::read_to_string(folder.path("out.csv")).unwrap();
    // A file begins as spreadsheets want it, a pipe as programs do; else they are the same.
    assert!(text.starts_with("\u{feff}part,concept,") && text.ends_with("\r\n"), "{text}");
    let piped = folder.run(&["benchmark", "old.md", "new.md", "--format", "csv"]);
    assert_eq!(piped.is_done().out, text.trim_start_matches('\u{feff}'));
    for args in [&["compare", "old.md", "new.md"][..], &["extract", "old.md"], &["vocabulary", "list"]] {
        folder.run(&[args, &["--format", "csv"]].concat()).is_refused(&["CSV"]);
    }
}

#[test]
fn every_format_is_written() {
    let folder = Folder::new();
    for (command, inputs) in [
        ("compare", &["old.md", "new.md"][..]),
        ("benchmark", &["old.md", "new.md", "old.md"]),
        ("extract", &["new.md"]),
    ] {
        for (format, begin) in
            [("table", ""), ("html", "<!"), ("markdown", "## "), ("json", "{"), ("yaml", "schema:")]
        {
            let mut args = vec![command];
            args.extend(inputs);
            args.extend(["--format", format]);
            let outcome = folder.run(&args);
            let text = outcome.is_done().out.trim_start_matches(|c| c == '#' && format == "yaml");
            assert!(
                text.starts_with(begin) || (format == "yaml" && text.contains(begin)),
                "{command} {format}: {text}"
            );
            assert!(text.ends_with('\n'));
            assert!(!text.contains('\u{1b}'), "{command} {format}");
        }
    }
    let json = folder.run(&["compare", "old.md", "new.md", "--format", "json"]);
    let value: serde_json::Value = serde_json::from_str(&json.out).unwrap();
    assert_eq!(value["schema"], "polidiff.comparison/1");
}

#[test]
fn the_suffix_of_the_output_is_its_format() {
    let folder = Folder::new();
    for (name, begin) in [("r.html", "<!"), ("r.md", "## "), ("r.json", "{"), ("r.txt", "")] {
        let outcome = folder.run(&["compare", "old.md", "new.md", "-o", name]);
        assert_eq!(outcome.is_done().out, "");
        assert!(fs::read_to_string(folder.path(name)).unwrap().starts_with(begin), "{name}");
    }
    assert_eq!(folder.files(), ["new.md", "old.md", "r.html", "r.json", "r.md", "r.txt"]);
    folder.run(&["compare", "old.md", "new.md", "-o", "r.pdf"]).is_refused(&["r.pdf", "--format"]);
    folder.run(&["compare", "old.md", "new.md", "-o", "r.pdf", "--format", "html"]).is_done();
}

#[test]
fn the_report_speaks_the_readers_language() {
    let folder = Folder::new();
    let zh = folder.run(&["compare", "old.md", "new.md", "--lang", "zh"]);
    assert!(zh.is_done().out.contains("旧版"), "{}", zh.out);
    let mut command = Command::cargo_bin("polidiff").unwrap();
    command.env_remove("LC_MESSAGES").env("LC_ALL", "zh_CN.UTF-8").current_dir(folder.path(""));
    let output = command.args(["compare", "old.md", "new.md"]).output().unwrap();
    assert_eq!(String::from_utf8(output.stdout).unwrap(), zh.out);
}

#[test]
fn colour_is_asked_for_and_refused() {
    let folder = Folder::new();
    let args = ["compare", "old.md", "new.md", "--color"];
    let always = folder.run(&[&args[..], &["always"]].concat());
    let never = folder.run(&[&args[..], &["never"]].concat());
    assert!(always.is_done().out.contains("\u{1b}["));
    assert!(!never.is_done().out.contains('\u{1b}'));
}

#[test]
fn tables_keep_to_the_width() {
    let folder = Folder::new();
    for width in ["40", "80", "160"] {
        let outcome = folder.run(&["compare", "old.md", "new.md", "--details", "full", "--width", width]);
        let most: usize = width.parse().unwrap();
        let wide = outcome.is_done().out.lines().find(|line| line.chars().count() > most);
        assert_eq!(wide, None);
    }
}

#[test]
fn what_cannot_be_written_leaves_nothing_behind() {
    let folder = Folder::new();
    fs::create_dir(folder.path("folder.md")).unwrap();
    let before = folder.files();
    for place in ["folder.md", "no/such/folder/report.md"] {
        folder.run(&["compare", "old.md", "new.md", "-o", place]).is_refused(&[place, "try:"]);
    }
    let overwrite = folder.run(&["extract", "old.md", "-o", "./old.md", "--format", "yaml"]);
    overwrite.is_refused(&["overwrite", "old.md", "try:"]);
    assert_eq!(fs::read_to_string(folder.path("old.md")).unwrap(), OLD);
    assert_eq!(folder.files(), before);
}

#[cfg(unix)]
#[test]
fn devices_are_written_to() {
    let folder = Folder::new();
    folder.run(&["compare", "old.md", "new.md", "--format", "json", "-o", "/dev/null"]).is_done();
    if Path::new("/dev/full").exists() {
        let outcome = folder.run(&["compare", "old.md", "new.md", "--format", "json", "-o", "/dev/full"]);
        outcome.is_refused(&["/dev/full"]);
    }
}

/// Escape sequences, direction overrides and tags of a policy reach no terminal, comment, page or spreadsheet as such.
#[test]
fn a_hostile_policy_is_only_text() {
    let folder = Folder::new();
    let hostile = "# \u{1b}[2J\u{202e}Privacy\n\nWe share your \u{1b}]0;x\u{7}location \u{202e}with <script>alert(1)</script> advertisers.\n\nWe collect your name \u{2066}=cmd|' /C calc'!A0 when you sign up.\n";
    // A file with many control characters would be refused as binary.
    let calm = "We keep your name for a year.\n\n".repeat(40);
    folder.write("hostile.txt", format!("{hostile}\n{calm}").as_bytes());
    let control = |c: char| c.is_control() && !matches!(c, '\n' | '\r');
    let override_ = |c: char| matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    let name = "hostile.txt"; // in Markdown some of it would be markup, and gone
    folder.run(&["extract", "old.md", "-o", "set.yaml"]).is_done();
    for (args, formats) in [
        (&["compare", "old.md", name][..], &["table", "markdown", "html", "json", "yaml"][..]),
        (&["compare", name, "new.md", "--as", "vendors"], &["table", "markdown", "html"]),
        (&["benchmark", "old.md", name], &["table", "markdown", "html", "csv", "json", "yaml"]),
        (&["extract", name], &["table", "markdown", "html", "json", "yaml"]),
        (&["carry", name, "new.md"], &["table", "json", "yaml"]),
        (&["carry", "set.yaml", name], &["table", "json", "yaml"]),
    ] {
        for format in formats {
            let details: &[&str] =
                if args[0] == "carry" && *format != "table" { &[] } else { &["--details", "full"] };
            let args = [args, details, &["--format", format]].concat();
            let out = folder.run(&args);
            let out = &out.is_done().out;
            assert!(!out.contains(control), "{args:?}: {out}");
            let for_programs = matches!(*format, "json" | "yaml");
            assert!(for_programs || !out.contains(override_), "{args:?}: {out}");
            assert!(
                !matches!(*format, "markdown" | "html") || !out.contains("<script>alert"),
                "{args:?}: {out}"
            );
            assert!(*format != "csv" || !out.contains(",=") && !out.contains("\"="), "{out}");
        }
    }
}
