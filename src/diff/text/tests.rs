//! What the text diff promises, in Chinese and in English.

use proptest::prelude::*;

use super::sample::document;
use super::*;

fn versions(old: &str, new: &str) -> (Document, Document, TextDiff) {
    let (old, new) = (document(old), document(new));
    let diff = align(&old, &new, Relation::Versions);
    check_laws(&old, &new, &diff);
    (old, new, diff)
}

/// Runs as text: `[-gone-]`, `{+come+}`.
fn show(old: &str, new: &str) -> String {
    marked(old, new, &runs(old, new))
}

fn marked(old: &str, new: &str, runs: &[Run]) -> String {
    runs.iter()
        .map(|run| match run.mark {
            Mark::Same => run.new.of(new).to_string(),
            Mark::Deleted => format!("[-{}-]", run.old.of(old)),
            Mark::Inserted => format!("{{+{}+}}", run.new.of(new)),
        })
        .collect()
}

fn kinds(diff: &TextDiff) -> Vec<RowKind> {
    diff.rows.iter().map(|row| row.kind).collect()
}

fn relations(diff: &TextDiff) -> Vec<SentenceRelation> {
    diff.sentences.iter().map(|pair| pair.relation).collect()
}

/// Every block and sentence in its place, once; joined runs are the blocks' words.
fn check_laws(old: &Document, new: &Document, diff: &TextDiff) {
    let mut blocks = [vec![0; old.blocks.len()], vec![0; new.blocks.len()]];
    let mut ends = [vec![None; old.blocks.len()], vec![None; new.blocks.len()]];
    for (at, row) in diff.rows.iter().enumerate() {
        if let Some(i) = row.old.filter(|_| row.kind != RowKind::MovedFrom) {
            blocks[0][i] += 1;
        }
        if let Some(j) = row.new {
            blocks[1][j] += 1;
        }
        match row.kind {
            RowKind::Same | RowKind::Modified => assert!(row.old.is_some() && row.new.is_some()),
            RowKind::Added => assert!(row.old.is_none() && row.new.is_some()),
            RowKind::Removed => assert!(row.old.is_some() && row.new.is_none()),
            RowKind::MovedFrom | RowKind::MovedTo => {
                let other = &diff.rows[row.moved.unwrap()];
                assert_eq!(other.moved, Some(at));
                assert_eq!(other.old, row.old);
                assert_ne!(other.kind, row.kind);
            }
        }
        assert_eq!(row.runs.is_empty(), !matches!(row.kind, RowKind::Modified | RowKind::MovedTo));
        if !row.runs.is_empty() {
            let (mut x, mut y) = (old.blocks[row.old.unwrap()].body, new.blocks[row.new.unwrap()].body);
            if row.part {
                let [a, b] = &mut ends;
                (x, y) = tile(row, x, y, [&mut a[row.old.unwrap()], &mut b[row.new.unwrap()]]);
            }
            check_runs(&old.text, &new.text, x, y, &row.runs);
        }
    }
    for (document, ends) in [(old, &ends[0]), (new, &ends[1])] {
        let all = document.blocks.iter().zip(ends);
        all.for_each(|(block, end)| assert!(end.is_none_or(|end| end == block.body.end)));
    }
    let parts = diff.rows.iter().filter(|row| row.part);
    let parts: Vec<(Option<usize>, Option<usize>)> = parts.map(|row| (row.old, row.new)).collect();
    let split = |i: usize| parts.iter().any(|p| p.0 == Some(i));
    let joined = |j: usize| parts.iter().any(|p| p.1 == Some(j));
    assert!(blocks[0].iter().enumerate().all(|(i, &n)| n == 1 || n > 1 && split(i)), "{blocks:?}");
    assert!(blocks[1].iter().enumerate().all(|(j, &n)| n == 1 || n > 1 && joined(j)), "{blocks:?}");
    let mut sentences = [vec![0; old.sentences.len()], vec![0; new.sentences.len()]];
    for pair in &diff.sentences {
        pair.old.into_iter().for_each(|i| sentences[0][i] += 1);
        pair.new.into_iter().for_each(|j| sentences[1][j] += 1);
    }
    assert!(sentences.iter().flatten().all(|&n| n == 1), "a sentence is missing or doubled: {sentences:?}");
    let order: Vec<usize> = diff.sentences.iter().filter_map(|p| p.new).collect();
    assert!(order.is_sorted());
}

/// What a row holds of blocks that stand in several rows: each begins where the row before ended.
fn tile(row: &Row, x: Span, y: Span, ends: [&mut Option<usize>; 2]) -> (Span, Span) {
    let [a, b] = ends;
    let last = row.runs.last().unwrap();
    let here = (Span::new(a.unwrap_or(x.start), last.old.end), Span::new(b.unwrap_or(y.start), last.new.end));
    (*a, *b) = (Some(here.0.end), Some(here.1.end));
    here
}

fn check_runs(old: &str, new: &str, x: Span, y: Span, runs: &[Run]) {
    let (mut i, mut j) = (x.start, y.start);
    for (k, run) in runs.iter().enumerate() {
        assert_eq!((run.old.start, run.new.start), (i, j));
        assert!(old.is_char_boundary(run.old.end) && new.is_char_boundary(run.new.end));
        match run.mark {
            Mark::Same => assert!(!run.old.is_empty() && !run.new.is_empty()),
            Mark::Deleted => assert!(!run.old.is_empty() && run.new.is_empty()),
            Mark::Inserted => assert!(run.old.is_empty() && !run.new.is_empty()),
        }
        assert!(k == 0 || runs[k - 1].mark != run.mark);
        assert!(k == 0 || (runs[k - 1].mark, run.mark) != (Mark::Inserted, Mark::Deleted));
        (i, j) = (run.old.end, run.new.end);
    }
    assert_eq!((i, j), (x.end, y.end));
}

#[test]
fn one_number_is_one_change() {
    assert_eq!(
        show("我们将您的订单信息保存50天。", "我们将您的订单信息保存500天。"),
        "我们将您的订单信息保存[-50-]{+500+}天。"
    );
    assert_eq!(
        show("We keep your orders for 50 days.", "We keep your orders for 500 days."),
        "We keep your orders for [-50 -]{+500 +}days."
    );
}

#[test]
fn widths_quotes_and_wrapping_are_no_change_but_case_is() {
    let (.., diff) = versions("我们收集 “设备\n信息”，如ＩＭＥＩ。", "我们收集\"设备信息\",如IMEI。");
    assert_eq!(kinds(&diff), [RowKind::Same]);
    let (.., diff) = versions(
        "We share your data\nwith our partners\nin Europe.",
        "We share your data with our partners in Europe.",
    );
    assert_eq!(kinds(&diff), [RowKind::Same]);
    let (.., diff) = versions("We sell personal information.", "We sell Personal Information.");
    assert_eq!(kinds(&diff), [RowKind::Modified]);
    assert_eq!(relations(&diff), [SentenceRelation::Same]);
    assert_eq!(diff.words, WordCounts { same: 2, added: 2, removed: 2 });
}

#[test]
fn numbers_and_bullets_in_front_do_not_matter() {
    let (.., diff) = versions(
        "# Data\n\nWe collect these:\n\n1. your name and address\n\n2. your telephone number",
        "# Data\n\nWe collect these:\n\n- your name and address\n- your telephone number",
    );
    assert_eq!(diff.words.added + diff.words.removed, 0, "{:?}", diff.rows);
}

const WALK: &str = "We process your location while you record a walk, and we delete it after thirty days.";
const WALK_EDITED: &str =
    "We process your location while you record a walk, and we delete it after ninety days.";

#[test]
fn a_moved_paragraph_shows_the_edit_inside() {
    let rest = "Partners receive no personal data unless you ask us to send it to them in writing.";
    let last = "You may object to any use of your data by writing to our office in Utrecht at any time.";
    let (old, new, diff) = versions(
        &format!("# One\n\n{WALK}\n\n{rest}\n\n# Two\n\n{last}"),
        &format!("# One\n\n{rest}\n\n# Two\n\n{last}\n\n{WALK_EDITED}"),
    );
    let to = diff.rows.iter().find(|row| row.kind == RowKind::MovedTo).unwrap();
    assert_eq!(
        marked(&old.text, &new.text, &to.runs),
        "We process your location while you record a walk, and we delete it after [-thirty -]{+ninety +}days."
    );
    assert_eq!(diff.rows[to.moved.unwrap()].kind, RowKind::MovedFrom);
    assert_eq!((diff.words.added, diff.words.removed), (1, 1));

    let (.., diff) = versions(
        "# 一\n\n我们在您记录步行时处理您的位置信息，并在三十天后删除。\n\n未经您书面同意，合作方不会收到任何个人信息。\n\n# 二\n\n您可以随时写信给我们的办公室，反对处理您的个人信息。",
        "# 一\n\n未经您书面同意，合作方不会收到任何个人信息。\n\n# 二\n\n您可以随时写信给我们的办公室，反对处理您的个人信息。\n\n我们在您记录步行时处理您的位置信息，并在九十天后删除。",
    );
    let to = diff.rows.iter().find(|row| row.kind == RowKind::MovedTo).unwrap();
    assert_eq!(to.runs.iter().filter(|run| run.mark != Mark::Same).count(), 2);
}

#[test]
fn split_and_merged_paragraphs_keep_their_sentences() {
    let whole = "We ask for your e-mail address when you open an account. We use it to send receipts for orders. \
                 You can close the account whenever you like. We then erase everything within two weeks.";
    let split = "We ask for your e-mail address when you open an account. We use it to send receipts for orders.\n\n\
                 You can close the account whenever you like. We then erase everything within two weeks.";
    for (old, new) in [(whole, split), (split, whole)] {
        let (.., diff) = versions(old, new);
        assert_eq!(relations(&diff), [SentenceRelation::Same; 4]);
        assert_eq!((diff.words.added, diff.words.removed), (0, 0));
    }
    let whole = "您注册账户时，我们会收集您的电子邮箱。我们用它向您发送订单收据。您可以随时注销账户。注销后我们将在两周内删除全部信息。";
    let split = "您注册账户时，我们会收集您的电子邮箱。我们用它向您发送订单收据。\n\n您可以随时注销账户。注销后我们将在两周内删除全部信息。";
    for (old, new) in [(whole, split), (split, whole)] {
        let (.., diff) = versions(old, new);
        assert_eq!(relations(&diff), [SentenceRelation::Same; 4]);
        assert_eq!((diff.words.added, diff.words.removed), (0, 0));
    }
}

#[test]
fn split_merged_and_passed_on_words_are_not_struck_out() {
    let stays = "We ask for your e-mail address when you open an account.";
    let wanders = "Most of what we keep stands in our own data centre, and backups stand elsewhere.";
    let ends = "For more on this, please write to us at any time.";
    for (old, new, rows) in [
        (format!("{stays} {wanders}\n\n{ends}"), format!("{stays}\n\n{wanders} {ends}"), 3),
        (format!("{stays} {wanders} {ends}"), format!("{stays}\n\n- {wanders}\n- {ends}"), 3),
        (
            format!("We tell others about you, first, when {wanders} Second, when {ends}"),
            format!("We tell others about you,\n\nfirst, when {wanders}\n\nSecond, when {ends}"),
            3,
        ),
    ] {
        for (old, new) in [(&old, &new), (&new, &old)] {
            let (.., diff) = versions(old, new);
            assert_eq!(diff.rows.len(), rows, "{:?}", diff.rows);
            assert!(diff.rows.iter().all(|row| row.runs.iter().all(|run| run.mark == Mark::Same)));
            assert_eq!((diff.words.added, diff.words.removed), (0, 0));
        }
    }
}

#[test]
fn an_edit_in_a_split_paragraph_is_shown_in_its_part() {
    let (old, new, diff) = versions(
        "We ask for your e-mail address when you open an account. You can close the account after 30 days.",
        "We ask for your e-mail address when you open an account.\n\nYou can close the account after 90 days.",
    );
    let shown: Vec<String> =
        diff.rows.iter().map(|row| marked(&old.text, &new.text, &row.runs).trim().to_string()).collect();
    assert_eq!(
        shown,
        [
            "We ask for your e-mail address when you open an account.",
            "You can close the account after [-30 -]{+90 +}days."
        ]
    );
}

#[test]
fn a_list_sorted_anew_keeps_its_items() {
    for (old, new) in [
        (
            "# 信息\n\n我们收集：\n\n- 手机号码\n- 电子邮箱\n- 设备型号\n- 位置信息",
            "# 信息\n\n我们收集：\n\n- 电子邮箱\n- 设备型号\n- 位置信息\n- 手机号码",
        ),
        (
            "# Data\n\nWe collect:\n\n- telephone number\n- e-mail\n- device model\n- location",
            "# Data\n\nWe collect:\n\n- device model\n- e-mail\n- location\n- telephone number",
        ),
    ] {
        let (.., diff) = versions(old, new);
        assert!(relations(&diff).iter().all(|r| *r == SentenceRelation::Same), "{:?}", diff.sentences);
        assert_eq!((diff.words.added, diff.words.removed), (0, 0));
        assert!(diff.rows.iter().any(|row| row.kind == RowKind::MovedTo));
    }
}

#[test]
fn a_renamed_section_keeps_its_blocks() {
    let body = "We keep orders for seven years because tax law says so, and all other data for one year.";
    let (.., diff) = versions(
        &format!("# How long\n\n{body}\n\n# Contact\n\nWrite to the office."),
        &format!("# Storage periods\n\n{body}\n\n# Contact\n\nWrite to the office."),
    );
    assert_eq!(kinds(&diff), [RowKind::Modified, RowKind::Same, RowKind::Same, RowKind::Same]);
    let (.., diff) = versions(
        "# 保存多久\n\n根据税法，订单信息保存七年，其他信息保存一年。\n\n# 联系我们\n\n请写信给办公室。",
        "# 存储期限\n\n根据税法，订单信息保存七年，其他信息保存一年。\n\n# 联系我们\n\n请写信给办公室。",
    );
    assert_eq!(kinds(&diff), [RowKind::Modified, RowKind::Same, RowKind::Same, RowKind::Same]);
}

#[test]
fn sections_in_another_order_have_moved() {
    let a = "# Cookies\n\nWe set one cookie that remembers your language and nothing else at all.";
    let b = "# Rights\n\nYou may see, correct and erase what we know about you, free of charge, within a month. Ask us by letter.";
    let c = "# Security\n\nAll connections are encrypted and all disks are, too, in two data centres near the sea.";
    let (.., diff) = versions(&[a, b, c].join("\n\n"), &[b, c, a].join("\n\n"));
    use RowKind::{MovedFrom, MovedTo, Same};
    assert_eq!(kinds(&diff), [MovedFrom, MovedFrom, Same, Same, Same, Same, MovedTo, MovedTo]);
    assert_eq!((diff.words.added, diff.words.removed), (0, 0));
}

#[test]
fn an_inserted_row_does_not_shift_the_cells_below() {
    for (old, new) in [
        (
            "| Data | Purpose |\n| Name | Account |\n| Address | Delivery |\n| Card | Payment |",
            "| Data | Purpose |\n| Name | Account |\n| Location | Maps |\n| Address | Delivery and returns |\n| Card | Payment |",
        ),
        (
            "| 信息 | 目的 |\n| 姓名 | 注册账户 |\n| 地址 | 送货 |\n| 银行卡号 | 支付 |",
            "| 信息 | 目的 |\n| 姓名 | 注册账户 |\n| 位置 | 地图 |\n| 地址 | 送货和退货 |\n| 银行卡号 | 支付 |",
        ),
    ] {
        let (.., diff) = versions(old, new);
        use RowKind::{Added, Modified, Same};
        assert_eq!(kinds(&diff), [Same, Same, Same, Same, Added, Added, Same, Modified, Same, Same]);
    }
}

#[test]
fn an_inserted_column_keeps_the_others() {
    let (.., diff) = versions(
        "| Data | Purpose |\n| Postal address | Delivery of your orders |",
        "| Data | Legal basis | Purpose |\n| Postal address | Contract | Delivery of your orders |",
    );
    use RowKind::{Added, Same};
    assert_eq!(kinds(&diff), [Same, Added, Same, Same, Added, Same]);
}

#[test]
fn single_equal_characters_do_not_split_an_edit() {
    assert_eq!(
        show(
            "在使用期间，我们可能会收集您的地理位置，以便改善我们的产品与服务。",
            "在使用期间，我们可能会收集您的行踪位于，以便改善我们的产品与服务。"
        ),
        "在使用期间，我们可能会收集您的[-地理位置-]{+行踪位于+}，以便改善我们的产品与服务。"
    );
    assert_eq!(
        show(
            "On the way to the office we were told to bring salt and pepper for the soup.",
            "On the way to the office we were told to bring sugar and milk for the soup."
        ),
        "On the way to the office we were told to bring [-salt and pepper -]{+sugar and milk +}for the soup."
    );
}

#[test]
fn hunks_begin_where_phrases_do() {
    assert_eq!(
        show("收集姓名、地址、电话等信息。", "收集姓名、地址、邮箱、电话等信息。"),
        "收集姓名、地址、{+邮箱、+}电话等信息。"
    );
    assert_eq!(
        show(
            "We take your name, age, and address with us.",
            "We take your name, height, age, and address with us."
        ),
        "We take your name, {+height, +}age, and address with us."
    );
}

#[test]
fn where_little_is_left_the_sides_stand_whole() {
    assert_eq!(
        show("We never sell your data.", "Our partners may buy some of your records from us."),
        "[-We never sell your data.-]{+Our partners may buy some of your records from us.+}"
    );
    assert_eq!(show("", "新增。"), "{+新增。+}");
    assert_eq!(show("", ""), "");
}

#[test]
fn text_that_was_added_to_keeps_what_stayed() {
    assert_eq!(
        show(
            "We collect names.",
            "We collect names. We also collect birthdays, shoe sizes, and the colours that you like."
        ),
        "We collect names. {+We also collect birthdays, shoe sizes, and the colours that you like.+}"
    );
}

#[test]
fn policies_of_two_vendors_are_matched_by_what_they_say() {
    let old = document(
        "# Cookies\n\nWe set cookies to remember the language that you chose.\n\n# Your rights\n\nYou may ask us to erase your data at any time, free of charge.",
    );
    let new = document(
        "# Rights of users\n\nYou may ask us to erase your data at any time, without charge.\n\n# Use of cookies\n\nWe set cookies to remember the language that you chose.",
    );
    let diff = align(&old, &new, Relation::Vendors);
    check_laws(&old, &new, &diff);
    assert!(
        diff.sentences.iter().any(|p| matches!(p.relation, SentenceRelation::Modified { similarity: 60.. }))
    );
    assert!(diff.sentences.iter().any(|p| p.relation == SentenceRelation::Same));
}

#[test]
fn a_removed_sentence_stands_at_its_old_place() {
    let (.., diff) =
        versions("A dog barks. A cat sleeps all day long. Birds sing.", "A dog barks. Birds sing.");
    use SentenceRelation::{Removed, Same};
    assert_eq!(relations(&diff), [Same, Removed, Same]);
}

/// Documents of a few blocks made of few words, so that equal and similar ones are common.
fn any_document() -> impl Strategy<Value = String> {
    let word = prop::sample::select(vec![
        "we",
        "you",
        "data",
        "Data",
        "cookies",
        "share",
        "30",
        "50",
        "days.",
        "name,",
        "手机",
        "号码",
        "收集。",
        "位置、",
        "不",
        "“x”",
        "\u{200b}",
        "３０",
    ]);
    let words = prop::collection::vec(word, 1..12).prop_map(|w| w.join(" "));
    let block = (0..8u8, words.clone(), words).prop_map(|(kind, words, more)| match kind {
        0 => format!("# {words}"),
        1 => format!("## {words}"),
        2 => format!("- {words}"),
        3 => format!("| {words} | {more} |\n| {more} | x |"),
        _ => format!("{words} {more}"),
    });
    prop::collection::vec(block, 0..9).prop_map(|blocks| blocks.join("\n\n"))
}

fn mirror(kind: RowKind) -> RowKind {
    match kind {
        RowKind::Added => RowKind::Removed,
        RowKind::Removed => RowKind::Added,
        RowKind::MovedFrom => RowKind::MovedTo,
        RowKind::MovedTo => RowKind::MovedFrom,
        kind => kind,
    }
}

proptest! {
    #[test]
    fn a_document_is_the_same_as_itself(text in any_document()) {
        let d = document(&text);
        let diff = align(&d, &d, Relation::Versions);
        check_laws(&d, &d, &diff);
        prop_assert!(diff.rows.iter().all(|row| row.kind == RowKind::Same && row.old == row.new));
        prop_assert!(diff.sentences.iter().all(|p| p.relation == SentenceRelation::Same && p.old == p.new));
        prop_assert_eq!(diff.words.added + diff.words.removed, 0);
    }

    #[test]
    fn swapping_the_sides_mirrors_the_answer(
        old in any_document(), new in any_document(), vendors in any::<bool>()
    ) {
        let relation = if vendors { Relation::Vendors } else { Relation::Versions };
        let (old, new) = (document(&old), document(&new));
        let there = align(&old, &new, relation);
        let back = align(&new, &old, relation);
        check_laws(&old, &new, &there);
        check_laws(&new, &old, &back);
        let rows = |diff: &TextDiff, swap: bool| {
            let mut rows: Vec<(RowKind, Option<usize>, Option<usize>)> = diff
                .rows
                .iter()
                .filter(|row| row.kind != RowKind::MovedFrom)
                .map(|row| match (swap, row.kind) {
                    (true, RowKind::MovedTo) => (RowKind::MovedTo, row.new, row.old),
                    (true, kind) => (mirror(kind), row.new, row.old),
                    (false, kind) => (kind, row.old, row.new),
                })
                .collect();
            rows.sort_unstable();
            rows
        };
        prop_assert_eq!(rows(&there, false), rows(&back, true));
        let mirrored = WordCounts { same: back.words.same, added: back.words.removed, removed: back.words.added };
        prop_assert_eq!(there.words, mirrored);
        let sentences = |diff: &TextDiff, swap: bool| {
            let mut all: Vec<(Option<usize>, Option<usize>)> =
                diff.sentences.iter().map(|p| if swap { (p.new, p.old) } else { (p.old, p.new) }).collect();
            all.sort_unstable();
            all
        };
        prop_assert_eq!(sentences(&there, false), sentences(&back, true));
    }

    #[test]
    fn joined_runs_give_both_texts(old in "[a-c，。 手机号0-9]{0,40}", new in "[a-c，。 手机号0-9]{0,40}") {
        check_runs(&old, &new, Span::new(0, old.len()), Span::new(0, new.len()), &runs(&old, &new));
    }

    #[test]
    fn any_characters_at_all_are_survived(old in "\\PC{0,30}", new in "\\PC{0,30}") {
        check_runs(&old, &new, Span::new(0, old.len()), Span::new(0, new.len()), &runs(&old, &new));
        let (old, new) = (document(&old), document(&new));
        check_laws(&old, &new, &align(&old, &new, Relation::Versions));
    }
}

#[test]
fn long_paragraphs_are_compared_in_segments_and_chunks() {
    for count in [3_000, 110_000] {
        let words: Vec<String> = (0..count)
            .map(|i| format!("w{}{}", i * 7919 % 4001, if i % 20 == 19 { "." } else { "" }))
            .collect();
        let mut edited = words.clone();
        edited.iter_mut().step_by(count / 10).for_each(|word| *word = "edited".into());
        let (old, new) = (words.join(" "), edited.join(" "));
        let runs = runs(&old, &new);
        check_runs(&old, &new, Span::new(0, old.len()), Span::new(0, new.len()), &runs);
        assert_eq!(runs.iter().filter(|run| run.mark == Mark::Inserted).count(), 10);
    }
}
