//! Accepted changes, and rules of one's own.

use crate::folder::Folder;

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
