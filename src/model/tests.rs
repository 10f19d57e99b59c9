//! The models as a whole: what they learn they can say again, and nothing in a file or a sentence breaks them.

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::time::{Duration, Instant};

use super::*;
use crate::practice::Category;
use crate::vocabulary::Vocabulary;

fn tagged(text: &str, marks: &[(&str, Role)]) -> Tagged {
    let spans = marks.iter().map(|&(words, role)| {
        let start = text.find(words).unwrap();
        (Span::new(start, start + words.len()), role)
    });
    Tagged { text: text.to_string(), spans: spans.collect(), roles: chain::ROLES.into() }
}

fn labelled(text: &str, category: Category) -> Labelled {
    let known = [Category::Collection, Category::Sharing].map(Label::Category);
    Labelled { text: text.to_string(), known: known.into(), has: BTreeSet::from([Label::Category(category)]) }
}

/// Few sentences, often: enough to learn by heart.
fn corpus(language: &Language) -> Corpus {
    let mut corpus = Corpus::default();
    let things: &[(&str, &str)] = if *language == Language::Zh {
        &[("手机号", "广告商"), ("邮箱地址", "关联公司"), ("位置信息", "支付机构"), ("姓名", "合作伙伴")]
    } else {
        &[
            ("phone number", "advertisers"),
            ("email address", "affiliates"),
            ("location", "payment providers"),
            ("name", "our partners"),
        ]
    };
    for (data, recipient) in things.iter().cycle().take(24) {
        let (collects, shares, we, collect, share) = if *language == Language::Zh {
            (
                format!("我们收集您的{data}。"),
                format!("我们向{recipient}共享{data}。"),
                "我们",
                "收集",
                "共享",
            )
        } else {
            (
                format!("We collect your {data}."),
                format!("We share your {data} with {recipient}."),
                "We",
                "collect",
                "share",
            )
        };
        let marks = [(we, Role::Actor), (collect, Role::Action), (*data, Role::Data)];
        corpus.tagged.push(tagged(&collects, &marks));
        let marks =
            [(we, Role::Actor), (share, Role::Action), (*data, Role::Data), (*recipient, Role::Recipient)];
        corpus.tagged.push(tagged(&shares, &marks));
        corpus.labelled.push(labelled(&collects, Category::Collection));
        corpus.labelled.push(labelled(&shares, Category::Sharing));
    }
    corpus
}

fn learn(language: &Language) -> Vec<u8> {
    let options = Options { epochs: 6, refits: 2, step: 0.05, ..Options::new(language.clone()) };
    train(&corpus(language), Vocabulary::builtin(), &options, &mut |_| {}).unwrap()
}

fn spans(model: &Model, sentence: &str) -> Vec<(Span, Role)> {
    model.tag(sentence, &Vocabulary::builtin().find(sentence, model.language()))
}

fn labels(model: &Model, sentence: &str) -> Labels {
    model.classify(sentence)
}

fn words(model: &Model, sentence: &str) -> Vec<(Role, String)> {
    spans(model, sentence).into_iter().map(|(span, role)| (role, span.of(sentence).to_string())).collect()
}

#[test]
fn what_is_learned_is_said_again() {
    let zh = Model::from_bytes(Cow::Owned(learn(&Language::Zh)), "zh").unwrap();
    let found = words(&zh, "我们向关联公司共享手机号。");
    let expected = [
        (Role::Actor, "我们"),
        (Role::Recipient, "关联公司"),
        (Role::Action, "共享"),
        (Role::Data, "手机号"),
    ];
    assert_eq!(found, expected.map(|(role, words)| (role, words.to_string())));
    assert_eq!(labels(&zh, "我们向关联公司共享手机号。").categories, BTreeSet::from([Category::Sharing]));

    let en = Model::from_bytes(Cow::Owned(learn(&Language::En)), "en").unwrap();
    let found = words(&en, "We share your email address with advertisers.");
    let expected = [
        (Role::Actor, "We"),
        (Role::Action, "share"),
        (Role::Data, "email address"),
        (Role::Recipient, "advertisers"),
    ];
    assert_eq!(found, expected.map(|(role, words)| (role, words.to_string())));
    assert_eq!(labels(&en, "We collect your name.").categories, BTreeSet::from([Category::Collection]));

    let scores = score_spans(&en, Vocabulary::builtin(), &corpus(&Language::En).tagged);
    assert!(scores.micro().0.f1() > 0.99, "{scores:?}");
    assert!(score_labels(&en, &corpus(&Language::En).labelled).categories().0.f1() > 0.99);
}

#[test]
fn what_stands_beside_a_sentence_tells_what_it_is_about() {
    // The third sentence of each four says nothing by itself: it is about what those before it are about.
    let mut corpus = Corpus::default();
    for i in 0..40 {
        let category = [Category::Collection, Category::Sharing][i % 2];
        let verb = ["collect", "share"][i % 2];
        for text in [
            format!("We {verb} your number {}.", i % 7),
            format!("Why do we {verb} it?"),
            "The rest is up to you.".to_string(),
            format!("They {verb} it too."),
        ] {
            corpus.labelled.push(labelled(&text, category));
        }
    }
    let model = train(&corpus, Vocabulary::builtin(), &Options::new(Language::En), &mut |_| {})
        .map(|bytes| Model::from_bytes(Cow::Owned(bytes), "en").unwrap());
    let model = model.unwrap();
    let scores = |text: &str| model.scores(text, &mut Met::default());
    let about = |before: &str, after: &str| {
        let mut places = Places::default();
        model.add_place(Some(&scores(before)), Some(&scores(after)), &mut places);
        model.judge(&scores("The rest is up to you."), &places).categories
    };
    let [collection, sharing] = [Category::Collection, Category::Sharing].map(|c| BTreeSet::from([c]));
    assert_eq!(about("Why do we collect it?", "They collect it too."), collection);
    assert_eq!(about("Why do we share it?", "They share it too."), sharing);
}

#[test]
fn lists_that_are_marked_as_wholes_are_found_as_wholes() {
    let learned = |marks: &[&str]| {
        let marks: Vec<(&str, Role)> = marks.iter().map(|&words| (words, Role::Data)).collect();
        let sentence = tagged("我们收集姓名、手机号、邮箱。", &marks);
        let corpus = Corpus { tagged: vec![sentence; 4], ..Corpus::default() };
        let options = Options { epochs: 2, refits: 1, ..Options::new(Language::Zh) };
        let weights = train(&corpus, Vocabulary::builtin(), &options, &mut |_| {}).unwrap();
        Model::from_bytes(Cow::Owned(weights), "zh").unwrap()
    };
    assert!(learned(&["姓名、手机号、邮箱"]).keeps_lists());
    assert!(!learned(&["姓名", "手机号", "邮箱"]).keeps_lists());
}

#[test]
fn the_same_corpus_gives_the_same_bytes() {
    assert!(learn(&Language::En) == learn(&Language::En));
}

/// Two sentences in the annotated form's roles, with words that no built-in model knows.
fn own() -> Corpus {
    let roles: BTreeSet<Role> = [Role::Actor, Role::Action, Role::Data].into();
    let marks = [("We", Role::Actor), ("zorble", Role::Action), ("quibbet of your hat", Role::Data)];
    let mut sentence = tagged("We zorble the quibbet of your hat if you agree.", &marks);
    sentence.roles = roles;
    Corpus { tagged: vec![sentence; 2], ..Corpus::default() }
}

#[test]
fn few_sentences_are_taught_onward() {
    let corpus = own();
    assert!(corpus.is_for_teaching_onward() && !self::corpus(&Language::En).is_for_teaching_onward());
    let options = Options { onward: true, ..Options::new(Language::En) };
    let teach = || train(&corpus, Vocabulary::builtin(), &options, &mut |_| {}).unwrap();
    let weights = teach();
    assert!(weights == teach());
    let model = Model::from_bytes(Cow::Owned(weights), "en.bin").unwrap();
    assert!(model.is_onward() && model.is_in_part_built_in() == (false, true));
    let sentence = &corpus.tagged[0].text;
    let expected = [
        (Role::Actor, "We"),
        (Role::Action, "zorble"),
        (Role::Data, "quibbet of your hat"),
        (Role::Condition, "if you agree"),
    ];
    assert_eq!(words(&model, sentence), expected.map(|(role, words)| (role, words.to_string())));
    // What was known is read as before.
    let builtin = Models::builtin().for_language(&Language::En).unwrap();
    let other =
        "If you agree, we share your e-mail address with our advertising partners to show you offers.";
    assert_eq!(words(&model, other), words(builtin, other));
    assert_eq!(model.classify(other), builtin.classify(other));
}

#[test]
fn parts_without_sentences_are_built_in() {
    let spans = Corpus { labelled: Vec::new(), ..corpus(&Language::Zh) };
    let options = Options { epochs: 1, refits: 0, ..Options::new(Language::Zh) };
    let model = train(&spans, Vocabulary::builtin(), &options, &mut |_| {}).unwrap();
    let model = Model::from_bytes(Cow::Owned(model), "zh.bin").unwrap();
    assert_eq!(model.is_in_part_built_in(), (false, true));
    assert!(model.labels().contains(&Label::Risk));
    let labels = Corpus { tagged: Vec::new(), ..corpus(&Language::Zh) };
    let model = train(&labels, Vocabulary::builtin(), &options, &mut |_| {}).unwrap();
    let model = Model::from_bytes(Cow::Owned(model), "zh.bin").unwrap();
    assert_eq!(model.is_in_part_built_in(), (true, false));
    let nothing =
        train(&Corpus::default(), Vocabulary::builtin(), &options, &mut |_| {}).unwrap_err().to_string();
    assert!(nothing.contains("no annotated sentence of language zh"), "{nothing}");
}

#[test]
fn weights_of_another_format_are_an_error() {
    let mut bytes = learn(&Language::En);
    bytes[8] = bytes[8].wrapping_add(1);
    let why = Model::from_bytes(Cow::Owned(bytes), "en.bin").unwrap_err().to_string();
    assert!(why.contains("en.bin") && why.contains("reads format") && why.contains("try: "), "{why}");
}

#[test]
fn damaged_weights_are_an_error() {
    let good = learn(&Language::En);
    for at in (0..good.len()).step_by(good.len() / 40) {
        let mut bad = good.clone();
        bad[at] ^= 0x40;
        assert!(Model::from_bytes(Cow::Owned(bad), "en.bin").is_err(), "byte {at}");
        assert!(Model::from_bytes(Cow::Owned(good[..at].to_vec()), "en.bin").is_err(), "cut at {at}");
    }
    // Even with a checksum that fits.
    let body = &good[24..];
    for cut in [0, 3, 5, 300, body.len() - 1] {
        let bad = weights::seal(&Language::En, &body[..cut]);
        assert!(Model::from_bytes(Cow::Owned(bad), "en.bin").is_err(), "cut at {cut}");
    }
    let long = weights::seal(&Language::En, &[body, &[0]].concat());
    assert!(Model::from_bytes(Cow::Owned(long), "en.bin").is_err());
}

#[test]
fn the_built_in_models_are_whole_and_read_plain_sentences() {
    let en = Models::builtin().for_language(&Language::En).unwrap();
    let zh = Models::builtin().for_language(&Language::Zh).unwrap();
    assert!(Models::builtin().for_language(&Language::Other("fr".into())).is_none());

    let found = words(en, "We share your email address with our advertising partners.");
    assert!(found.contains(&(Role::Actor, "We".into())), "{found:?}");
    assert!(found.contains(&(Role::Action, "share".into())), "{found:?}");
    assert!(found.contains(&(Role::Data, "email address".into())), "{found:?}");
    let found = words(zh, "我们会收集您的手机号码用于注册账号。");
    assert!(found.contains(&(Role::Actor, "我们".into())), "{found:?}");
    assert!(found.contains(&(Role::Action, "收集".into())), "{found:?}");
    assert!(found.contains(&(Role::Data, "手机号码".into())), "{found:?}");

    let found = labels(zh, "您有权随时删除或更正您的个人信息。");
    assert!(found.categories.contains(&Category::Rights), "{found:?}");
    let found = labels(en, "You may ask us to delete your personal information at any time.");
    assert!(found.categories.contains(&Category::Rights), "{found:?}");
}

#[test]
fn spans_are_in_order_apart_and_on_character_boundaries() {
    let zh = Models::builtin().for_language(&Language::Zh).unwrap();
    let en = Models::builtin().for_language(&Language::En).unwrap();
    for text in [
        "",
        " ",
        "。",
        "*",
        "１．",
        "我们通过Google Analytics收集 IP Address、IMEI/MAC，\u{200b}并（如您同意）与第三方SDK共享🎉。",
        "We (and “our” partners) collect:  your na\u{308}me, 手机号 & <script>alert(1)</script>",
        "\u{feff}\u{301}\u{301}\0\n\n\r",
    ] {
        for model in [zh, en] {
            let mut end = 0;
            for (span, _) in spans(model, text) {
                assert!(span.start >= end && !span.is_empty() && text.get(span.start..span.end).is_some());
                assert_eq!(span.of(text).trim(), span.of(text));
                end = span.end;
            }
            labels(model, text);
        }
    }
}

#[test]
fn a_very_long_sentence_costs_in_proportion() {
    let long = "我们会收集您的手机号和位置信息以及".repeat(2_000);
    let spaceless = "a".repeat(100_000);
    let marks = "((((".repeat(25_000);
    let zh = Models::builtin().for_language(&Language::Zh).unwrap();
    let begin = Instant::now();
    assert!(spans(zh, &long).len() > 1_000);
    for text in [&long, &spaceless, &marks] {
        spans(zh, text);
        labels(zh, text);
    }
    assert!(begin.elapsed() < Duration::from_secs(60)); // without optimisation, on a busy machine
}

#[test]
fn a_directory_without_models_is_an_error() {
    let dir = tempfile::tempdir().unwrap();
    assert!(Models::read_dir(dir.path()).unwrap_err().to_string().contains("neither en.bin nor zh.bin"));
    std::fs::write(dir.path().join("zh.bin"), b"something else").unwrap();
    assert!(Models::read_dir(dir.path()).unwrap_err().to_string().contains("zh.bin"));
    std::fs::write(dir.path().join("zh.bin"), learn(&Language::Zh)).unwrap();
    let models = Models::read_dir(dir.path()).unwrap();
    assert!(models.for_language(&Language::Zh).and_then(Model::file).is_some_and(|f| f.ends_with("zh.bin")));
    // English keeps what is built in.
    assert!(models.for_language(&Language::En).is_some_and(|model| model.file().is_none()));
    assert!(models.for_language(&Language::Other("fr".into())).is_none());
    std::fs::copy(dir.path().join("zh.bin"), dir.path().join("en.bin")).unwrap();
    let mixed = Models::read_dir(dir.path()).unwrap_err().to_string();
    assert!(mixed.contains("en.bin") && mixed.contains("language zh, not en"), "{mixed}");
    let missing = Models::read_dir(&dir.path().join("none")).unwrap_err().to_string();
    assert!(missing.contains("no such directory") && missing.contains("try: "), "{missing}");
}
