//! The command as users meet it: exit status, what is written where, and what bad input is told.

#![allow(clippy::unwrap_used)]

use std::fs::{self, File};
use std::path::{Path, PathBuf};

use assert_cmd::Command;

const OLD: &str = "# Privacy policy\n\nWe collect your email address to provide the service.\n";
const NEW: &str = "# Privacy policy\n\nWe collect your email address to provide the service.\n\nWe share your precise location with advertisers.\n";

/// A folder with two versions of a policy.
struct Folder(tempfile::TempDir);

impl Folder {
    fn new() -> Folder {
        let folder = Folder(tempfile::tempdir().unwrap());
        folder.write("old.md", OLD.as_bytes());
        folder.write("new.md", NEW.as_bytes());
        folder
    }

    fn write(&self, name: &str, bytes: &[u8]) -> PathBuf {
        let path = self.path(name);
        fs::write(&path, bytes).unwrap();
        path
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    /// Runs in the folder, without what the surroundings say about language and colour.
    fn run(&self, args: &[&str]) -> Outcome {
        self.run_with(args, b"")
    }

    fn run_with(&self, args: &[&str], input: &[u8]) -> Outcome {
        let mut command = Command::cargo_bin("polidiff").unwrap();
        for name in ["LC_ALL", "LC_MESSAGES", "LANG", "NO_COLOR", "CLICOLOR", "CLICOLOR_FORCE"] {
            command.env_remove(name);
        }
        let output = command.current_dir(self.0.path()).args(args).write_stdin(input).output().unwrap();
        Outcome {
            status: output.status.code().unwrap(),
            out: String::from_utf8(output.stdout).unwrap(),
            err: String::from_utf8(output.stderr).unwrap(),
        }
    }

    fn files(&self) -> Vec<String> {
        let names = fs::read_dir(self.0.path()).unwrap();
        let mut names: Vec<String> =
            names.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
        names.sort();
        names
    }
}

#[derive(Debug)]
struct Outcome {
    status: i32,
    out: String,
    err: String,
}

impl Outcome {
    /// Status 2, nothing on standard output, and a message that names the place and a remedy.
    fn is_refused(&self, words: &[&str]) {
        assert_eq!(self.status, 2, "{self:?}");
        assert_eq!(self.out, "", "{self:?}");
        assert!(self.err.starts_with("error: "), "{self:?}");
        assert!(!self.err.contains("panicked"), "{self:?}");
        for word in words {
            assert!(self.err.contains(word), "{word} in {}", self.err);
        }
    }

    fn is_done(&self) -> &Outcome {
        assert_eq!(self.status, 0, "{self:?}");
        assert_eq!(self.err, "", "{self:?}");
        self
    }
}

#[test]
fn the_same_file_twice_differs_in_nothing() {
    let folder = Folder::new();
    for flags in [&["--exit-code"][..], &["--fail-on", "low"], &["--as", "vendors"]] {
        let mut args = vec!["compare", "old.md", "old.md"];
        args.extend(flags);
        let outcome = folder.run(&args);
        outcome.is_done();
        if flags[0] != "--as" {
            assert!(outcome.out.contains("identical"), "{}", outcome.out);
        }
    }
}

#[test]
fn changes_are_reported_and_asked_for_by_status() {
    let folder = Folder::new();
    let plain = folder.run(&["compare", "old.md", "new.md"]);
    assert!(plain.is_done().out.contains("advertisers"), "{}", plain.out);
    for flags in [&["--exit-code"][..], &["--fail-on", "low"]] {
        let mut args = vec!["compare", "old.md", "new.md"];
        args.extend(flags);
        let outcome = folder.run(&args);
        assert_eq!(outcome.status, 1, "{outcome:?}");
        assert_eq!(outcome.out, plain.out);
    }
}

#[test]
fn a_checklist_is_chosen_by_name_or_file() {
    const OURS: &str = "id: ours\ntitle: {en: House rules}\nitems:\n- id: sale\n  asks: {en: sale}\n  when: [{words: {en: [sell*]}}]\n";
    let folder = Folder::new();
    folder.write("ours.yaml", OURS.as_bytes());
    folder.write("wrong.yaml", OURS.replace("words", "wrods").as_bytes());
    let lists = |value: &str| {
        let outcome =
            folder.run(&["benchmark", "old.md", "new.md", "--format", "json", "--checklist", value]);
        let view: serde_json::Value = serde_json::from_str(&outcome.is_done().out).unwrap();
        let lists = view["checklists"].as_array().unwrap().clone();
        lists.iter().map(|list| list["id"].as_str().unwrap().to_string()).collect::<Vec<_>>()
    };
    assert_eq!(lists("gdpr,ours.yaml,gdpr"), ["gdpr", "ours"]);
    assert!(lists("none").is_empty());
    let refused = |args: &[&str]| folder.run(&[&["benchmark", "old.md", "new.md"], args].concat());
    refused(&["--checklist", "hipaa"]).is_refused(&["hipaa", "pipl, gbt35273, gdpr, ccpa"]);
    refused(&["--checklist", "wrong.yaml"]).is_refused(&["wrong.yaml:6:", "wrods", "expected"]);
    refused(&["--checklist", "ours.yaml", "-f", "yaml", "-o", "ours.yaml"])
        .is_refused(&["overwrite", "ours.yaml"]);
}

#[test]
fn corrections_are_carried_to_the_new_version() {
    let folder = Folder::new();
    folder.run(&["extract", "old.md", "-o", "set.yaml"]).is_done();
    let table = folder.run(&["carry", "set.yaml", "new.md"]);
    for words in ["1 practice kept", "1 new sentence proposed", "precise location"] {
        assert!(table.is_done().out.contains(words), "{}", table.out);
    }
    let chinese = folder.run(&["carry", "set.yaml", "new.md", "--lang", "zh", "--details", "none"]);
    assert!(chinese.is_done().out.contains("保留 1 条"), "{}", chinese.out);
    folder.run(&["carry", "set.yaml", "new.md", "-o", "next.yaml"]).is_done();
    folder.run(&["carry", "set.yaml", "new.md", "-o", "next.json"]).is_done();
    for set in ["next.yaml", "next.json"] {
        folder.run(&["extract", set]).is_done();
        let text = fs::read_to_string(folder.path(set)).unwrap();
        assert!(text.contains("kept") && text.contains("proposed"), "{text}");
    }
    let json = folder.run(&["carry", "set.yaml", "new.md", "--format", "json"]);
    let view: serde_json::Value = serde_json::from_str(&json.is_done().out).unwrap();
    assert_eq!((&view["schema"], &view["counts"]["kept"]), (&"polidiff.carry/1".into(), &1.into()));
    let piped = folder.run(&["carry", "set.yaml", "new.md", "-o", "-"]);
    assert!(piped.out.starts_with("schema:") && piped.err.contains("1 practice kept"), "{piped:?}");
    assert_eq!(piped.out, fs::read_to_string(folder.path("next.yaml")).unwrap());
}

#[test]
fn what_cannot_be_carried_is_refused() {
    let folder = Folder::new();
    folder.run(&["extract", "old.md", "-o", "set.yaml"]).is_done();
    folder.write("bad.yaml", b"schema: polidiff.practice-set/1\npractices: 7\n");
    folder.write("zh.txt", "隐私政策\n\n我们收集您的姓名和手机号码。\n".as_bytes());
    folder.write("empty.md", b"\n");
    folder.run(&["carry", "bad.yaml", "new.md"]).is_refused(&["bad.yaml:2:"]);
    folder.run(&["carry", "set.yaml", "zh.txt", "-o", "next.yaml"]).is_refused(&["another language"]);
    folder.run(&["carry", "set.yaml", "empty.md"]).is_refused(&["empty.md"]);
    folder.run(&["carry", "set.yaml", "set.yaml"]).is_refused(&["practice set"]);
    folder.run(&["carry", "set.yaml", "new.md", "-o", "set.yaml"]).is_refused(&["overwrite"]);
    folder.run(&["carry", "set.yaml", "new.md", "-o", "no/such/next.yaml"]).is_refused(&["no folder"]);
    assert!(!folder.files().iter().any(|name| name.starts_with("next")));
}

#[test]
fn only_benchmark_writes_csv() {
    let folder = Folder::new();
    folder.run(&["benchmark", "old.md", "new.md", "-o", "out.csv"]).is_done();
    let text = fs::read_to_string(folder.path("out.csv")).unwrap();
    assert!(text.starts_with("part,concept,") && text.ends_with("\r\n"), "{text}");
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
    command.env_remove("LC_MESSAGES").env("LC_ALL", "zh_CN.UTF-8").current_dir(folder.0.path());
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

#[test]
fn the_vocabulary_is_listed_shown_and_checked() {
    let folder = Folder::new();
    let list = folder.run(&["vocabulary", "list"]);
    assert!(list.is_done().out.contains("data.location"), "{}", list.out);
    let json = folder.run(&["vocabulary", "list", "--format", "json"]);
    let concepts: serde_json::Value = serde_json::from_str(&json.is_done().out).unwrap();
    assert!(concepts.as_array().is_some_and(|list| list.len() > 8));
    let show = folder.run(&["vocabulary", "show", "data.location", "--lang", "zh"]);
    assert!(show.is_done().out.contains("位置"), "{}", show.out);
    folder.run(&["vocabulary", "show", "data.locatoin"]).is_refused(&["data.locatoin", "try:"]);
    folder.run(&["vocabulary", "list", "--format", "html"]).is_refused(&["--format table"]);

    let own = "- id: data.shoe-size\n  parent: data\n  label: {en: shoe size, zh: 鞋码}\n  terms: {en: [shoe size], zh: [鞋码]}\n";
    folder.write("own.yaml", own.as_bytes());
    let check = folder.run(&["vocabulary", "check", "own.yaml"]);
    assert!(check.is_done().out.contains("1 of them new"), "{}", check.out);
    folder.write("policy.md", "We collect your shoe size.".as_bytes());
    folder.run(&["extract", "policy.md", "--vocabulary", "own.yaml"]).is_done();

    folder.write("wrong.yaml", own.replace("parent: data", "parent: data.shoes").as_bytes());
    folder.run(&["vocabulary", "check", "wrong.yaml"]).is_refused(&["wrong.yaml:2", "data.shoes"]);
    folder.run(&["extract", "policy.md", "--vocabulary", "wrong.yaml"]).is_refused(&["wrong.yaml:2"]);
    folder.run(&["vocabulary", "check", "missing.yaml"]).is_refused(&["missing.yaml"]);
}

/// A policy of one's own in the annotated form, in both languages.
const OURS_EN: &str = "(We) [collect] <your rower id> and <your boat's name> to {put you in a crew}.\n\nNothing here is marked.\n";
const OURS_ZH: &str = "(我们)[收集]<桨手编号>和<船名>，用于{安排队伍}。\n\n这里没有标注。\n";

#[test]
fn models_learn_from_annotated_policies() {
    let folder = Folder::new();
    folder.write("ours.txt", OURS_EN.as_bytes());
    folder.write("ours.zh.md", OURS_ZH.as_bytes());
    folder.write("policy.md", b"We collect your rower id.");
    folder.write("policy.zh.md", "我们收集桨手编号。".as_bytes());
    let train = |out: &str| folder.run(&["model", "train", "--data", "ours.txt", "ours.zh.md", "--out", out]);
    let said = train("one");
    assert!(said.is_done().out.contains("sentences: 1,") && said.out.contains("zh.bin"), "{}", said.out);
    train("two").is_done();
    for name in ["en.bin", "zh.bin"] {
        let read = |dir: &str| fs::read(folder.path(dir).join(name)).unwrap();
        assert!(read("one") == read("two"), "{name}");
    }

    let extract = |policy: &str, args: &[&str]| {
        let outcome = folder.run(&[&["extract", policy, "--format", "json"], args].concat());
        serde_json::from_str::<serde_json::Value>(&outcome.is_done().out).unwrap()
    };
    let own = extract("policy.md", &["--model", "one"]);
    assert_eq!(own["document"]["model"], "one/en.bin");
    assert_eq!(extract("policy.md", &[])["document"]["model"], serde_json::Value::Null);
    // A language without a model of its own keeps the built-in one.
    fs::remove_file(folder.path("one/zh.bin")).unwrap();
    assert_eq!(extract("policy.zh.md", &["--model", "one"]), extract("policy.zh.md", &[]));

    let json = folder.run(&["compare", "old.md", "new.md", "--model", "one", "--format", "json"]);
    let value: serde_json::Value = serde_json::from_str(&json.is_done().out).unwrap();
    assert_eq!(value["new"]["model"], "one/en.bin");
    let html = folder.run(&["compare", "old.md", "new.md", "--model", "one", "--format", "html"]);
    assert!(html.is_done().out.contains("one/en.bin"));
    folder.run(&["benchmark", "old.md", "new.md", "--model", "two"]).is_done();

    let info = folder.run(&["model", "info", "--model", "one"]);
    for words in ["one/en.bin", "ours", "MODEL CARD", "CC BY 4.0"] {
        assert!(info.is_done().out.contains(words), "{words} in {}", info.out);
    }
    let info = folder.run(&["model", "info", "--model", "two", "--format", "json"]);
    let value: serde_json::Value = serde_json::from_str(&info.is_done().out).unwrap();
    assert_eq!(value["models"][1]["learned_from"][0]["name"], "ours.zh");
    assert_eq!(value["card"], serde_json::Value::Null); // nothing of it is built in but parts
    let score = folder.run(&["model", "score", "--data", "ours.zh.md", "--model", "two", "--lang", "zh"]);
    assert!(score.is_done().out.contains("宏平均"), "{}", score.out);
    let score = folder.run(&["model", "score", "--data", "ours.txt", "--format", "json"]);
    let value: serde_json::Value = serde_json::from_str(&score.is_done().out).unwrap();
    assert_eq!(value["languages"][0]["roles"]["sentences"], 1);
}

#[test]
fn models_and_corpora_that_cannot_be_used_are_named() {
    let folder = Folder::new();
    fs::create_dir(folder.path("empty")).unwrap();
    for (dir, words) in
        [("gone", "no such directory"), ("old.md", "no directory"), ("empty", "neither en.bin")]
    {
        for args in
            [&["extract", "old.md"][..], &["compare", "old.md", "new.md"], &["benchmark", "old.md", "new.md"]]
        {
            folder.run(&[args, &["--model", dir]].concat()).is_refused(&[dir, words, "try:"]);
        }
        folder.run(&["model", "info", "--model", dir]).is_refused(&[dir, words, "try:"]);
    }
    fs::create_dir(folder.path("cut")).unwrap();
    folder.write("cut/en.bin", b"polidiff\x01\0\0\0en\0\0");
    folder.run(&["extract", "old.md", "--model", "cut"]).is_refused(&["cut/en.bin", "try:"]);

    folder.write(
        "spans.jsonl",
        b"\n{\"text\": \"We\", \"spans\": [{\"start\": 0, \"end\": 3, \"role\": \"actor\"}]}\n",
    );
    folder.write("long.jsonl", &b"x".repeat((4 << 20) + 2));
    folder.write("our-topic.jsonl", b"");
    folder.write("plain.txt", b"We collect your name.\n");
    folder.write("file", b"");
    for (data, words) in [
        ("spans.jsonl", &["spans.jsonl:2", "outside the text"][..]),
        ("long.jsonl", &["long.jsonl:1", "longer than 4 MiB"]),
        ("our-topic.jsonl", &["our-topic.jsonl", "no annotated sentence"]),
        ("plain.txt", &["plain.txt", "no annotated sentence"]),
        ("gone.jsonl", &["gone.jsonl", "no such file"]),
        ("empty", &["empty", "no annotated files"]),
        ("file", &["file", "suffix"]),
    ] {
        let words = [words, &["try:"]].concat();
        folder.run(&["model", "train", "--data", data, "--out", "out"]).is_refused(&words);
        folder.run(&["model", "score", "--data", data]).is_refused(&words);
    }
    folder.write("ours.txt", OURS_EN.as_bytes());
    let train = |out: &str, more: &[&str]| {
        folder.run(&[&["model", "train", "--data", "ours.txt", "--out", out], more].concat())
    };
    train("old.md", &[]).is_refused(&["old.md", "no directory", "--out"]);
    train("no/such/out", &[]).is_refused(&["no/such", "--out"]);
    train("out", &["--language", "zh"]).is_refused(&["language zh", "--data"]);
    assert!(!folder.path("out").exists());
    folder.run(&["model", "info", "--format", "html"]).is_refused(&["--format table"]);
}

#[test]
fn schemas_and_completions_are_printed() {
    let folder = Folder::new();
    for of in [&["schema"][..], &["schema", "comparison"], &["schema", "benchmark"]] {
        let outcome = folder.run(of);
        serde_json::from_str::<serde_json::Value>(&outcome.is_done().out).unwrap();
    }
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        assert!(folder.run(&["completions", shell]).is_done().out.contains("benchmark"));
    }
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

#[test]
fn a_hostile_policy_does_not_drive_the_terminal() {
    let folder = Folder::new();
    let hostile = "# \u{1b}[2J\u{202e}Privacy\n\nWe share your \u{1b}]0;x\u{7}location with <script>alert(1)</script> advertisers.\n";
    // A file with many control characters would be refused as binary.
    folder.write(
        "hostile.md",
        format!("{hostile}\n{}", "We keep your name for a year.\n\n".repeat(40)).as_bytes(),
    );
    for format in ["table", "markdown"] {
        for args in [
            &["compare", "old.md", "hostile.md"][..],
            &["benchmark", "old.md", "hostile.md"],
            &["extract", "hostile.md"],
        ] {
            let outcome = folder.run(&[args, &["--details", "full", "--format", format]].concat());
            let bad = |c: char| (c.is_control() && c != '\n') || c == '\u{202e}';
            assert!(!outcome.is_done().out.contains(bad), "{}", outcome.out);
            assert!(format == "table" || !outcome.out.contains("<script"), "{}", outcome.out);
        }
    }
}

/// The fingerprint of the only change between the two versions.
fn fingerprint(folder: &Folder) -> String {
    let json = folder.run(&["compare", "old.md", "new.md", "--format", "json"]).out;
    let report: serde_json::Value = serde_json::from_str(&json).unwrap();
    report["changes"][0]["id"].as_str().unwrap().to_owned()
}

#[test]
fn accepted_changes_are_shown_and_do_not_count() {
    let folder = Folder::new();
    let id = fingerprint(&folder);
    let list = format!("# reviewed\n{id}  # as announced <b>\n000000000000  # long gone\n");
    folder.write("accepted.txt", list.as_bytes());
    for format in ["table", "markdown", "html", "yaml"] {
        let args = ["compare", "old.md", "new.md", "--exit-code", "--format", format];
        let accepted = folder.run(&[&args[..], &["--accept", "accepted.txt"]].concat());
        assert_eq!(accepted.status, 0, "{format}");
        assert!(accepted.out.contains(&id), "{format} offers no fingerprint");
        assert!(accepted.out.contains("as announced"), "{format} hides the note");
        assert!(format != "html" || !accepted.out.contains("announced <b>"), "a note is markup");
        assert!(accepted.out.contains("000000000000"), "{format} does not tell what is stale");
        assert!(accepted.out.contains("Accepted: 1."), "{format}");
    }
    let args =
        ["compare", "old.md", "new.md", "--fail-on", "low", "--accept", "accepted.txt", "--lang", "zh"];
    let zh = folder.run(&args);
    assert_eq!(zh.status, 0);
    assert!(zh.out.contains("已接受"));
}

#[test]
fn rules_of_ones_own_change_severities() {
    let folder = Folder::new();
    let args = ["compare", "old.md", "new.md", "--fail-on", "high"];
    assert_eq!(folder.run(&args).status, 1);
    folder.write(
        "rules.yaml",
        b"- {id: sensitive-data-added, severity: low}\n- {id: recipient-sensitive, severity: medium}\n",
    );
    let with_rules = [&args[..], &["--rules", "rules.yaml"]].concat();
    assert_eq!(folder.run(&with_rules).status, 0);
    folder.write(
        "rules.yaml",
        b"- {id: sensitive-data-added, severity: low}\n- {id: ads, when: {is_a: party.advertiser}, severity: high, reason: we promised none}\n",
    );
    let own = folder.run(&[&with_rules[..], &["--details", "full"]].concat());
    assert_eq!(own.status, 1);
    assert!(own.out.contains("we promised none"));
}

#[test]
fn mistakes_in_accepted_changes_and_rules_are_placed() {
    let folder = Folder::new();
    let run = |option: &str, name: &str| folder.run(&["compare", "old.md", "new.md", option, name]);
    folder.write("accepted.txt", b"fc87546c364d\nthe processor\n");
    run("--accept", "accepted.txt").is_refused(&["accepted.txt:2:1", "no fingerprint", "expected"]);
    folder.write("rules.yaml", b"- id: data-added\n  severity: worst\n");
    run("--rules", "rules.yaml").is_refused(&["rules.yaml:2", "worst", "expected"]);
    folder.write("rules.yaml", b"- id: no-such\n  severity: low\n");
    run("--rules", "rules.yaml").is_refused(&["rules.yaml:1:7", "no built-in rule no-such", "when"]);
    run("--accept", "missing.txt").is_refused(&["missing.txt", "no such file", "try"]);
    run("--rules", "-").is_refused(&["standard input", "try"]);
    let out = folder.run(&["compare", "old.md", "new.md", "--rules", "rules.yaml", "-o", "rules.yaml"]);
    assert_eq!(out.status, 2);
}
