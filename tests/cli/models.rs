//! Models of one's own: learned, used, measured, refused.

use std::fs;

use crate::folder::Folder;

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
