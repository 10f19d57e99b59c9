use super::*;
use crate::document::Document;
use crate::ingest::{self, InputFormat};

fn sets(texts: &[&str]) -> Vec<PracticeSet> {
    let read = |text: &&str| {
        let source = ingest::read("policy.md", text.as_bytes(), InputFormat::Auto).unwrap();
        PracticeSet::from_document(Document::new("policy.md", source), Vocabulary::builtin())
    };
    texts.iter().map(read).collect()
}

fn rows(sets: &[PracticeSet]) -> Vec<MatrixRow> {
    matrix(sets, Vocabulary::builtin())
}

fn row<'r>(rows: &'r [MatrixRow], topic: Topic, concept: &str) -> &'r MatrixRow {
    let found = rows.iter().find(|row| row.topic == topic && row.concept == concept);
    found.unwrap_or_else(|| panic!("no {topic:?} {concept} in {:?}", names(rows)))
}

fn names(rows: &[MatrixRow]) -> Vec<(Topic, &str)> {
    rows.iter().map(|row| (row.topic, row.concept.as_str())).collect()
}

#[test]
fn chinese_and_english_meet_in_rows() {
    let sets = sets(&[
        "We collect your e-mail address and your phone number.",
        "我们会收集您的电子邮箱和手机号码。",
    ]);
    let rows = rows(&sets);
    let email = row(&rows, Topic::Collected, "data.contact.email");
    assert!(email.cells.iter().all(MatrixCell::affirms));
}

#[test]
fn only_with_consent_and_not_without_it_stand_alike() {
    let sets = sets(&[
        "We share your e-mail address with advertisers only with your consent.",
        "We will not share your e-mail address with advertisers without your consent.",
        "未经您同意，我们不会与广告商共享您的电子邮箱。",
        "We do not share your e-mail address with advertisers.",
        "We do not share your e-mail address with advertisers unless required by law.",
    ]);
    let rows = rows(&sets);
    let shared = row(&rows, Topic::Shared, "data.contact.email");
    for cell in &shared.cells[..3] {
        assert!(cell.affirms() && !cell.denies());
        assert!(cell.statements.iter().all(|s| s.modality == Modality::OnlyIf && s.conditions.len() == 1));
    }
    assert_eq!(shared.cells[1].statements[0].conditions, ["your consent"]);
    assert_eq!(shared.cells[2].statements[0].conditions, ["您同意"]);
    assert!(shared.cells[3..].iter().all(|cell| cell.denies() && !cell.affirms()));
}

#[test]
fn rows_stand_below_the_broader_one() {
    let sets = sets(&[
        "We collect your GPS location, your precise location and your approximate location.",
        "We collect location information.",
    ]);
    let rows = rows(&sets);
    for (i, row) in rows.iter().enumerate() {
        for &up in &row.broader {
            assert!(up < i, "{:?}", names(&rows));
        }
    }
    let precise = row(&rows, Topic::Collected, "data.location.precise");
    // One says it, the other says something broader that may include it.
    assert!(precise.cells[0].affirms());
    assert_eq!(precise.cells[1].above.map(|above| above.ruled_out), Some(false));
    assert!(row(&rows, Topic::Collected, "data.location").cells[0].below);
}

#[test]
fn selling_is_told_apart_and_ruling_out_holds_for_all_below() {
    let sets = sets(&[
        "We do not sell your personal information.",
        "We sell your e-mail address to data brokers. We share your phone number with couriers.",
    ]);
    let rows = rows(&sets);
    let email = row(&rows, Topic::Sold, "data.contact.email");
    assert!(email.cells[1].affirms());
    assert_eq!(email.cells[0].above.map(|above| above.ruled_out), Some(true));
    assert!(row(&rows, Topic::Sold, "data.personal").cells[0].denies());
    row(&rows, Topic::Shared, "data.contact.phone");
}

#[test]
fn minors_and_transfers_have_rows_with_values() {
    let sets = sets(&[
        "We do not knowingly collect personal data from children under the age of 13 without parental consent.\n\nYour data is transferred to the United States on the basis of standard contractual clauses.",
        "未满14周岁的儿童须在监护人同意后使用我们的服务。\n\n我们会将您的个人信息传输至境外，并与境外接收方订立标准合同条款。",
    ]);
    let rows = rows(&sets);
    let child = rows.iter().filter(|row| row.topic == Topic::Minors).collect::<Vec<_>>();
    let values: Vec<&Value> =
        child.iter().flat_map(|row| &row.cells).flat_map(|c| &c.statements).flat_map(|s| &s.values).collect();
    assert!(values.contains(&&Value::Age(13)) && values.contains(&&Value::Age(14)), "{values:?}");
    let bases = row(&rows, Topic::Transfers, "condition.law.transferbasis.scc");
    assert!(bases.cells.iter().all(MatrixCell::affirms));
}

#[test]
fn a_right_may_begin_in_the_words_before_its_list() {
    let sets = sets(&[
        "Your rights: you have the right to:\n\n- access the personal information that we hold about you;\n- object to this.",
        "You have the right to access the personal information that we hold, and the right to object to this.",
    ]);
    let rows = rows(&sets);
    for right in ["right.access", "right.object"] {
        assert!(row(&rows, Topic::Rights, right).cells.iter().all(MatrixCell::affirms), "{right}");
    }
}

#[test]
fn the_broader_vendor_includes_the_others() {
    let sets = sets(&[
        "We collect location information.",
        "We collect your precise location and your approximate location.",
        "We collect your approximate location.",
    ]);
    let rows = rows(&sets);
    let place = rows.iter().position(|r| r.concept == "data.location").unwrap();
    let all = breadth(&rows);
    let location = all.iter().find(|b| b.row == place).unwrap();
    assert_eq!(location.counts, [1, 2, 1]);
    assert_eq!(location.broadest, [0]);
}

#[test]
fn periods_stand_side_by_side_in_days() {
    let sets = sets(&[
        "We keep your search history for 24 months.",
        "我们会将您的搜索记录保存12个月。",
        "We keep your search history for as long as you have an account.",
    ]);
    let all = periods(&sets, Vocabulary::builtin());
    let search = all.iter().find(|row| row.data.as_deref() == Some("data.usage.search")).unwrap();
    let days: Vec<Option<u32>> = search.cells.iter().map(|cell| cell.iter().find_map(Period::days)).collect();
    assert_eq!(days, [Some(720), Some(360), None]);
    assert!(search.cells[2][0].criterion.is_some());
}

#[test]
fn likeness_is_shared_of_either() {
    let same = "We collect your name and your e-mail address.";
    let pairs = similarities(&rows(&sets(&[same, same, "We collect your shoe size and your calendar."])));
    assert_eq!(pairs.len(), 3);
    assert_eq!((pairs[0].first, pairs[0].second, pairs[0].percent()), (0, 1, 100));
    assert!(pairs[1].percent() < 50);
    assert_eq!(Similarity { first: 0, second: 1, shared: 0, either: 0 }.percent(), 0);
    assert_eq!(Similarity { first: 0, second: 1, shared: 1, either: 3 }.percent(), 33);
}
