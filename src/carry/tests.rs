use super::*;
use crate::document::Document;
use crate::ingest::{self, InputFormat};
use crate::practice::{self, Category};

const OLD: &str = "# Privacy policy\n\nWe collect your email address to provide the service. We share your name with advertisers. We keep your search history for 30 days.\n\n## Requests\n\nWe use your phone number to call you.\n";
const OLD_ZH: &str = "隐私政策\n\n我们收集您的邮箱地址，用于提供服务。我们与广告商共享您的姓名。我们会将您的搜索记录保存30天。\n\n我们使用您的手机号与您联系。\n";

fn read(name: &str, text: &str) -> PracticeSet {
    let source = ingest::read(name, text.as_bytes(), InputFormat::Auto).unwrap();
    PracticeSet::from_document(Document::new(name, source), Vocabulary::builtin())
}

fn file(text: &str) -> PracticeSet {
    practice::read("old.yaml", text, Vocabulary::builtin()).unwrap()
}

fn written(set: &PracticeSet) -> String {
    practice::write(set).unwrap()
}

fn carried(old: &PracticeSet, new: &PracticeSet) -> Carried {
    let carried = carry(old, new, Vocabulary::builtin()).unwrap();
    let text = written(&carried.set);
    assert_eq!(written(&file(&text)), text, "what was carried over can be read again");
    let json = serde_json::to_string(&practice::view(&carried.set, Vocabulary::builtin())).unwrap();
    let back = practice::read("new.json", &json, Vocabulary::builtin()).unwrap();
    let reviews = |set: &PracticeSet| {
        let review = |p: &Practice| p.review.as_ref().map(|r| (r.status, r.was.len()));
        (set.read_quotes(), set.practices.iter().map(review).collect::<Vec<_>>())
    };
    assert_eq!(reviews(&back), reviews(&carried.set));
    carried
}

/// Each practice's status, category and quote.
fn statuses(set: &PracticeSet) -> Vec<(ReviewStatus, Category, &str)> {
    set.practices
        .iter()
        .map(|p| (p.review.as_ref().unwrap().status, p.category, p.evidence.quote.as_str()))
        .collect()
}

/// The set file without the practice whose quote holds some words.
fn without(text: &str, words: &str) -> String {
    let (head, body) = text.split_once("practices:\n").unwrap();
    let (body, read) = body.split_once("read:\n").unwrap();
    let kept: Vec<&str> = body.split("- id:").filter(|entry| !entry.contains(words)).collect();
    format!("{head}practices:\n{}read:\n{read}", kept.join("- id:"))
}

#[test]
fn the_same_policy_keeps_everything() {
    for (name, text) in [("p.md", OLD), ("p.txt", OLD_ZH)] {
        let set = read(name, text);
        for old in [set.clone(), file(&written(&set))] {
            let same = carried(&old, &set);
            assert!(same.items.is_empty() && same.kept == set.practices.len() && same.withheld == 0);
            assert_eq!(written(&same.set).replace("  review: kept\n", ""), written(&set));
        }
    }
}

#[test]
fn corrections_and_deletions_are_made_once() {
    for (name, text, gone, wrong) in [
        ("p.md", OLD, "advertisers", "data.contact.phone"),
        ("p.txt", OLD_ZH, "广告商", "data.contact.phone.mobile"),
    ] {
        let set = read(name, text);
        let yaml = without(&written(&set), gone).replace(wrong, "data.contact");
        let old = file(&yaml);
        assert_eq!(old.practices.len() + 1, set.practices.len());
        // The new version has other line ends, quotes and places, but the same sentences.
        let (first, last) = text.trim_end().rsplit_once("\n\n").unwrap();
        let moved =
            if name == "p.md" { format!("{first}\n\n{last}\n") } else { format!("{last}\n\n{first}\n") };
        let new = carried(&old, &read(name, &moved));
        assert!(new.items.is_empty(), "{:?}", new.items);
        assert_eq!((new.kept, new.withheld), (old.practices.len(), 1));
        assert!(!written(&new.set).contains(wrong));
        let again = carried(&file(&written(&new.set)), &read(name, &moved));
        assert_eq!((again.kept, again.withheld), (new.kept, 1));
        assert_eq!(written(&again.set), written(&new.set));
    }
}

#[test]
fn changed_sentences_carry_both_readings() {
    for (name, text, edit, quote) in [
        ("p.md", OLD, ("30 days", "90 days"), "We keep your search history for 90 days."),
        ("p.txt", OLD_ZH, ("30天", "90天"), "我们会将您的搜索记录保存90天。"),
    ] {
        let old = file(&written(&read(name, text)));
        let new = carried(&old, &read(name, &text.replace(edit.0, edit.1)));
        let [item] = new.items.as_slice() else { panic!("{:?}", new.items) };
        assert_eq!(item.kind, ItemKind::Review);
        assert_eq!(item.new.as_ref().unwrap().quote, quote);
        assert!(item.old.as_ref().unwrap().quote.contains(edit.0));
        let back = file(&written(&new.set));
        let changed = back.practices.iter().find(|p| p.evidence.quote == quote).unwrap();
        let review = changed.review.as_ref().unwrap();
        assert_eq!(review.status, ReviewStatus::Review);
        assert!(review.was[0].evidence.quote.contains(edit.0));
        assert_eq!(changed.retention[0].duration.as_deref(), Some("P90D"));
        assert_eq!(review.was[0].retention[0].duration.as_deref(), Some("P30D"));
        // Nobody has looked yet: the hand's reading stays beside it, whatever the words become.
        let third = carried(&back, &read(name, &text.replace(edit.0, &edit.1.replace('9', "6"))));
        let [item] = third.items.as_slice() else { panic!("{:?}", third.items) };
        assert!(item.old.as_ref().unwrap().quote.contains(edit.0));
        let same = carried(&back, &read(name, &text.replace(edit.0, edit.1)));
        assert_eq!(written(&same.set), written(&new.set));
        assert_eq!(same.items.len(), 1);
    }
}

#[test]
fn new_sentences_are_proposed_and_lost_ones_dropped() {
    let old = file(&written(&read("p.md", OLD)));
    let text = OLD.replace("We share your name with advertisers. ", "")
        + "\nWe store your fingerprints on our servers in Iceland.\n";
    let new = carried(&old, &read("p.md", &text));
    let kinds: Vec<ItemKind> = new.items.iter().map(|item| item.kind).collect();
    assert_eq!(kinds, [ItemKind::Proposed, ItemKind::Dropped]);
    let proposed = statuses(&new.set).into_iter().filter(|(status, ..)| *status == ReviewStatus::Proposed);
    assert!(proposed.clone().count() > 0 && proposed.clone().all(|(_, _, quote)| quote.contains("Iceland")));
    assert!(new.items[1].old.as_ref().unwrap().quote.contains("advertisers"));
}

#[test]
fn the_form_of_a_sentence_is_no_change() {
    let old = file(&written(&read(
        "p.md",
        "# Privacy policy\n\nWe collect \"the user's email address\", as you type it.\n",
    )));
    let new =
        read("p.md", "# Privacy policy\n\n1. We collect “the user’s  email\n   address” as you type it.\n");
    let new = carried(&old, &new);
    assert!(new.items.is_empty(), "{:?}", new.items);
    assert_eq!(new.kept, old.practices.len());
    assert_ne!(plain("kept for 1.5 days"), plain("kept for 15 days"));
}

#[test]
fn the_same_sentence_is_matched_by_its_place() {
    let twice = "# Privacy policy\n\n## Orders\n\nWe share your name with advertisers.\n\n## Games\n\nWe share your name with advertisers.\n";
    let yaml = written(&read("p.md", twice));
    // Only the second one is corrected.
    let at = yaml.rfind("category: sharing").unwrap();
    let yaml = format!("{}category: use{}", &yaml[..at], &yaml[at + "category: sharing".len()..]);
    let new = read("p.md", &twice.replace("## Orders", "We are Larkspur.\n\n## Orders"));
    let new = carried(&file(&yaml), &new);
    let found: Vec<Category> = statuses(&new.set).into_iter().map(|(_, category, _)| category).collect();
    assert_eq!(found, [Category::Sharing, Category::Use]);
}

#[test]
fn a_sentence_that_only_a_hand_could_read_is_kept() {
    let text = "# Privacy policy\n\nWe collect your name.\n\nThe moon is a lantern over the harbour.\n";
    let yaml = written(&read("p.md", text));
    let added = "- category: use\n  evidence: {quote: The moon is a lantern over the harbour.}\nread:";
    let old = file(&yaml.replacen("read:", added, 1));
    let same = carried(&old, &read("p.md", text));
    assert!(same.items.is_empty() && same.kept == old.practices.len(), "{:?}", same.items);
    let changed = carried(&old, &read("p.md", &text.replace("over the harbour", "over the old harbour")));
    assert_eq!(changed.items.len(), 1);
    assert_eq!(changed.set.practices.len(), old.practices.len());
    let last = changed.set.practices.last().unwrap();
    assert!(last.evidence.quote.contains("old harbour"));
    assert_eq!(last.review.as_ref().unwrap().was.len(), 1);
}

#[test]
fn what_a_kept_sentence_refers_to_is_read_anew() {
    for (name, text, thing, other, more) in [
        (
            "p.md",
            "# Privacy policy\n\nWe collect your email address. We share such data with advertisers.\n",
            "email address",
            "phone number",
            "We are Larkspur. ",
        ),
        (
            "p.txt",
            "隐私政策\n\n我们收集您的邮箱地址。我们与广告商共享上述信息。\n",
            "邮箱地址",
            "手机号码",
            "我们是云雀。",
        ),
    ] {
        let before = read(name, text);
        let start = before.document.text.find(thing).unwrap();
        let old = file(&written(&before));
        let refers = |set: &PracticeSet| {
            let last = set.practices.last().unwrap();
            let words = |m: &crate::extract::Mention| (m.text.clone(), set.original(m.span).start);
            last.refers_to.iter().map(words).collect::<Vec<_>>()
        };
        assert_eq!(refers(&old), [(thing.to_string(), start)]);
        let after = text.replace(thing, other).replace("\n\n", &format!("\n\n{more}"));
        let new = read(name, &after);
        let place = new.document.text.find(other).unwrap();
        let new = carried(&old, &new);
        assert_eq!(statuses(&new.set).last().unwrap().0, ReviewStatus::Kept);
        assert_eq!(refers(&new.set), [(other.to_string(), place)]);
    }
}

#[test]
fn what_is_no_new_version_is_refused() {
    let old = file(&written(&read("p.md", OLD)));
    let refused = |name: &str, text: &str| {
        carry(&old, &read(name, text), Vocabulary::builtin()).unwrap_err().to_string()
    };
    assert!(refused("p.txt", OLD_ZH).contains("another language"));
    assert!(
        refused("p.txt", "Just a moment. We are verifying your browser. Please enable JavaScript.")
            .contains("error page")
    );
}
