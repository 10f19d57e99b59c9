//! What users see, kept as files under `tests/snapshots` so that a change of appearance is read as prose.
//!
//! `INSTA_UPDATE=always cargo test --test snapshots` writes them all anew; the diff of that is the review.

#![allow(clippy::unwrap_used)]

mod common;

use assert_cmd::Command;
use insta::{Settings, assert_snapshot};
use serde_json::Value;

/// What the command prints when it runs in `tests/cases`, without what each release changes.
fn printed(args: &[&str]) -> String {
    let mut command = Command::cargo_bin("polidiff").unwrap();
    for name in
        ["LC_ALL", "LC_MESSAGES", "LANG", "NO_COLOR", "CLICOLOR", "CLICOLOR_FORCE", "COLUMNS", "LINES"]
    {
        command.env_remove(name);
    }
    let output = command.current_dir(common::root("tests/cases")).args(args).output().unwrap();
    assert!(output.status.success(), "{args:?}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap().replace(polidiff::GENERATOR, "polidiff VERSION")
}

/// A page without its style and script, which have a file and tests of their own.
fn without_style_and_script(page: &str) -> String {
    let mut page = page.to_string();
    for (open, close) in [("<style>", "</style>"), ("<script>", "</script>"), ("'sha256-", "'")] {
        let mut kept = String::new();
        let mut rest = page.as_str();
        while let Some((before, inner)) = rest.split_once(open) {
            let (_, after) = inner.split_once(close).unwrap();
            kept.extend([before, open, "…", close]);
            rest = after;
        }
        kept.push_str(rest);
        page = kept;
    }
    page
}

/// Runs with all snapshots in one folder, named as told and without the code that made them.
fn kept(snapshots: impl FnOnce()) {
    let mut settings = Settings::clone_current();
    settings.set_snapshot_path("snapshots");
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.set_sort_maps(true);
    settings.bind(snapshots);
}

const EN: [&str; 3] = ["compare", "en-data-added/old.md", "en-data-added/new.md"];
const ZH: [&str; 5] = ["compare", "zh-retention/old.txt", "zh-retention/new.txt", "--lang", "zh"];

fn compared(pair: &[&str], flags: &[&str]) -> String {
    printed(&[pair, flags].concat())
}

#[test]
fn comparisons() {
    kept(|| {
        for width in ["80", "160"] {
            assert_snapshot!(format!("compare-en-table-{width}"), compared(&EN, &["--width", width]));
            let full = ["--width", width, "--details", "full"];
            assert_snapshot!(format!("compare-zh-table-{width}"), compared(&ZH, &full));
        }
        assert_snapshot!("compare-en-markdown", compared(&EN, &["--format", "markdown"]));
        assert_snapshot!("compare-zh-markdown", compared(&ZH, &["--format", "markdown"]));
        assert_snapshot!("compare-en-json", compared(&EN, &["--format", "json"]));
        let all = ["--format", "json", "--details", "full"];
        assert_snapshot!("compare-en-json-full", compared(&EN, &all));
        assert_snapshot!("compare-zh-yaml", compared(&ZH, &["--format", "yaml"]));
        let page = compared(&EN, &["--format", "html"]);
        assert_snapshot!("compare-en-html", without_style_and_script(&page));
    });
}

#[test]
fn vendors() {
    let pair = ["compare", "zh-retention/new.txt", "zh-data-added/new.txt", "--as", "vendors"];
    kept(|| assert_snapshot!("vendors-table", printed(&pair)));
}

#[test]
fn benchmarks() {
    let policies = ["benchmark", "en-data-added/new.md", "en-purpose/new.md", "--format"];
    let benchmark = |format: &str| printed(&[&policies[..], &[format]].concat());
    let mixed = ["benchmark", "en-retention/new.md", "zh-retention/new.txt", "zh-data-added/new.txt"];
    let wide = |width: &str| printed(&[&mixed[..], &["--lang", "zh", "--width", width]].concat());
    let list = ["--checklist", "pipl"];
    kept(|| {
        assert_snapshot!("benchmark-table", benchmark("table"));
        assert_snapshot!("benchmark-table-80", wide("80"));
        assert_snapshot!("benchmark-table-200", wide("200"));
        assert_snapshot!("benchmark-markdown", benchmark("markdown"));
        assert_snapshot!("benchmark-csv", benchmark("csv"));
        assert_snapshot!("benchmark-json", printed(&[&policies[..], &["json"], &list].concat()));
        assert_snapshot!("benchmark-html", without_style_and_script(&benchmark("html")));
    });
}

#[test]
fn practices() {
    let extract = |format: &str| printed(&["extract", "zh-retention/new.txt", "--format", format]);
    kept(|| {
        assert_snapshot!("extract-table", extract("table"));
        assert_snapshot!("extract-yaml", extract("yaml"));
        assert_snapshot!("extract-json", extract("json"));
    });
}

#[test]
fn carried() {
    let carry = |flags: &[&str]| {
        printed(
            &[&["carry", "en-data-added/old.md", "en-data-added/new.md", "--width", "100"], flags].concat(),
        )
    };
    kept(|| {
        assert_snapshot!("carry-table", carry(&[]));
        assert_snapshot!("carry-table-zh", carry(&["--lang", "zh"]));
        assert_snapshot!("carry-yaml", carry(&["-o", "-"]));
    });
}

#[test]
fn help() {
    let help = printed(&["--help"]);
    let commands = help.lines().skip_while(|line| *line != "Commands:").skip(1);
    let commands = commands.map_while(|line| line.split_whitespace().next()).filter(|name| *name != "help");
    kept(|| {
        assert_snapshot!("help", help);
        for command in commands {
            assert_snapshot!(format!("help-{command}"), printed(&[command, "--help"]));
        }
    });
}

#[test]
fn vocabulary() {
    kept(|| assert_snapshot!("vocabulary-show", printed(&["vocabulary", "show", "data.location.precise"])));
}

/// The contracts of our files; what is said about their fields may be worded better at any time.
#[test]
fn schemas() {
    fn undescribed(value: &mut Value) {
        match value {
            Value::Object(fields) => {
                if fields.get("description").is_some_and(Value::is_string) {
                    fields.remove("description");
                }
                fields.values_mut().for_each(undescribed);
            }
            Value::Array(values) => values.iter_mut().for_each(undescribed),
            _ => {}
        }
    }
    kept(|| {
        for of in ["comparison", "practice-set", "benchmark", "carry"] {
            let mut schema: Value = serde_json::from_str(&printed(&["schema", of])).unwrap();
            undescribed(&mut schema);
            assert_snapshot!(format!("schema-{of}"), polidiff::yaml::emit(&schema).unwrap());
        }
    });
}
