//! What each command does.

use std::fs;

use crate::folder::Folder;

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
