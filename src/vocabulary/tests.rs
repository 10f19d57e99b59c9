//! The vocabulary as its users meet it.

use super::*;
use crate::text::Span;

fn builtin() -> &'static Vocabulary {
    Vocabulary::builtin()
}

/// The built-in files may grow; what the engine does is shown on a small vocabulary of its own.
fn small() -> Vocabulary {
    let yaml = r"
- {id: data, label: {en: personal data, zh: 个人信息}, terms: {en: [information, personal information], zh: [个人信息]}}
- {id: data.special, label: {en: sensitive}, sensitive: [gbt]}
- {id: data.place, label: {en: location, zh: 位置}, terms: {en: [location], zh: [位置信息]}}
- {id: data.place.exact, also: [data.special], label: {en: exact location, zh: 精确位置}, terms: {en: [precise location], zh: [精确位置信息]}}
- {id: data.device, label: {en: device}, terms: {en: [device information], zh: [设备信息]}}
- {id: data.device.serial, label: {en: serial number, zh: 序列号}, terms: {en: [serial number], zh: [序列号, IMEI, Android ID]}}
- {id: data.device.ad, label: {en: ad id}, exact: {en: [IDFA, Id]}}
- {id: data.mail, label: {en: email address, zh: 邮箱}, iri: 'pd:EmailAddress', terms: {en: [email address, e-mail], zh: [邮箱]}}
- {id: data.post, label: {en: address}, terms: {en: [address]}}
- {id: action, label: {en: process}}
- {id: action.share, label: {en: share, zh: 共享}, category: sharing, terms: {en: [share, opt in], zh: [共享]}}
- {id: action.share.sell, label: {en: sell}, terms: {en: [sell]}}
- {id: party, label: {en: party}}
- {id: party.third, label: {en: third party, zh: 第三方}, terms: {en: [third party], zh: [第三方]}}
- {id: purpose, label: {en: purpose}}
- {id: purpose.serve, label: {en: provide the service}, terms: {en: [provide our service]}}
";
    let empty = Vocabulary::build(Vec::new());
    empty.with_overlay("small.yaml", yaml).unwrap()
}

fn found<'t>(v: &Vocabulary, text: &'t str, language: Language) -> Vec<(&'t str, String)> {
    v.find(text, &language).iter().map(|hit| (hit.span.of(text), hit.concept.to_string())).collect()
}

fn fault(yaml: &str) -> String {
    small().with_overlay("mine.yaml", yaml).err().expect("a mistake").to_string()
}

#[test]
fn the_builtin_vocabulary_has_no_problems() {
    let problems: Vec<String> = builtin().problems().iter().map(ToString::to_string).collect();
    assert!(problems.is_empty(), "{} problems\n{}", problems.len(), problems.join("\n"));
}

#[test]
fn every_file_of_the_folder_is_registered() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/src/vocabulary/data");
    let mut there: Vec<String> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .filter(|name| name.ends_with(".yaml"))
        .collect();
    there.sort();
    let mut registered: Vec<&str> = FILES.iter().map(|(name, _)| *name).collect();
    registered.sort_unstable();
    assert_eq!(there, registered);
}

#[test]
fn reading_without_examples_loses_nothing_else() {
    for file in &builtin().sources().files {
        let mut full = overlay::full_entries(file);
        assert!(!full.is_empty(), "{}", file.name);
        for entry in &mut full {
            entry.matches.clear();
            entry.rejects.clear();
        }
        assert_eq!(format!("{:?}", file.entries), format!("{full:?}"), "{}", file.name);
    }
}

#[test]
fn the_hierarchy_is_reflexive_and_follows_both_kinds_of_parents() {
    let v = small();
    assert!(v.is_a("data.place.exact", "data.place.exact"));
    assert!(v.is_a("data.place.exact", "data.special"));
    assert!(!v.is_a("data.place", "data.place.exact"));
    assert_eq!(v.ancestors("data.place.exact"), ["data.place", "data.special", "data"]);
    assert_eq!(v.children("data.device"), ["data.device.ad", "data.device.serial"]);
    assert_eq!((v.depth("data"), v.depth("data.place.exact"), v.depth("none")), (0, 2, 0));
    assert!(v.is_sensitive("data.place.exact") && !v.is_sensitive("data.place"));
    assert_eq!(v.category("action.share.sell"), Some(crate::practice::Category::Sharing));
    assert_eq!(v.get("data.mail").unwrap().iri.as_deref(), Some("https://w3id.org/dpv/pd#EmailAddress"));
}

#[test]
fn labels_fall_back_to_the_other_language_and_the_id() {
    let v = small();
    assert_eq!(v.label("data.mail", &Language::Zh), "邮箱");
    assert_eq!(v.label("data.post", &Language::Zh), "address");
    assert_eq!(v.label("data.unknown", &Language::En), "data.unknown");
}

#[test]
fn english_cues_are_found_inflected_and_at_word_boundaries() {
    let v = small();
    let text = "We Shared e-mail and Email  Addresses with third‑parties; providing our services, opting in. Relocation.";
    assert_eq!(
        found(&v, text, Language::En),
        [
            ("Shared", "action.share".to_string()),
            ("e-mail", "data.mail".into()),
            ("Email  Addresses", "data.mail".into()),
            ("third‑parties", "party.third".into()),
            ("providing our services", "purpose.serve".into()),
            ("opting in", "action.share".into()),
        ]
    );
}

#[test]
fn chinese_cues_are_found_anywhere_with_the_english_ones_of_data_and_parties() {
    let v = small();
    let text = "我们会与第三方共享您的精确位置\n信息、ＩＭＥＩ号、Android ID 和AndroidID、email address，但不share IMEIX。";
    assert_eq!(
        found(&v, text, Language::Zh),
        [
            ("第三方", "party.third".to_string()),
            ("共享", "action.share".into()),
            ("精确位置\n信息", "data.place.exact".into()),
            ("ＩＭＥＩ", "data.device.serial".into()),
            ("Android ID", "data.device.serial".into()),
            ("AndroidID", "data.device.serial".into()),
            ("email address", "data.mail".into()),
        ]
    );
}

#[test]
fn a_longer_cue_that_ends_inside_a_word_does_not_hide_a_shorter_one() {
    let v = small().with_overlay("x", "- {id: data.a, label: {en: a}, terms: {en: [location dat]}}").unwrap();
    assert_eq!(found(&v, "your location data", Language::En), [("location", "data.place".to_string())]);
}

#[test]
fn words_given_for_one_concept_are_no_inflection_of_another() {
    let v = small().with_overlay("x", "- {id: action.a, label: {en: a}, terms: {en: [shared]}}\n").unwrap();
    assert_eq!(
        found(&v, "shared, sharing", Language::En),
        [("shared", "action.a".to_string()), ("sharing", "action.share".to_string())]
    );
}

#[test]
fn exact_cues_keep_their_case() {
    let v = small();
    assert_eq!(found(&v, "IDFA, idfa, Id, id, ID.", Language::En).len(), 2);
    assert_eq!(found(&v, "读取ＩＤＦＡ。", Language::Zh), [("ＩＤＦＡ", "data.device.ad".to_string())]);
}

#[test]
fn a_mention_is_named_by_its_head() {
    let v = small();
    let name = |words: &str, language| v.name(words, Kind::Data, &language).unwrap_or("none").to_string();
    for (words, id) in [
        ("your hashed email address", "data.mail"),
        ("address", "data.post"),
        ("information about your precise location", "data.place.exact"),
        ("location information", "data.place"),
        ("the serial number of your location", "data.device.serial"),
        ("certain information", "data"),
        ("log-in e-mail", "data.mail"),
        ("E-MAILS", "data.mail"),
        ("email address, which you verify at your location", "data.mail"),
        ("kinds of device information", "data.device"),
        ("your cat", "none"),
    ] {
        assert_eq!(name(words, Language::En), id, "{words}");
    }
    for (words, id) in [
        ("您的设备序列号", "data.device.serial"),
        ("精确位置信息", "data.place.exact"),
        ("设备信息等", "data.device"),
        ("您的 email address", "data.mail"),
        ("用户的邮箱", "data.mail"),
        ("IMEI等个人信息", "data.device.serial"),
        ("天气", "none"),
    ] {
        assert_eq!(name(words, Language::Zh), id, "{words}");
    }
    for words in ["third -party", "third- party", "Third-Party"] {
        assert_eq!(v.name(words, Kind::Party, &Language::En), Some("party.third"), "{words}");
    }
    assert_eq!(v.name_whole("your location", Kind::Data, &Language::En), Some("data.place"));
    assert_eq!(v.name_whole("location of things", Kind::Data, &Language::En), None);
    assert_eq!(v.name("email address", Kind::Action, &Language::En), None);
    assert_eq!(v.name_any("向third-party", Kind::Party), Some("party.third"));
    assert_eq!(v.name_any("shared", Kind::Action), Some("action.share"));
    assert_eq!(v.name_any("", Kind::Data), None);
}

#[test]
fn an_overlay_adds_concepts_words_and_labels() {
    let v = small()
        .with_overlay("mine.yaml", "- {id: data.mail, label: {en: mail}, terms: {en: [inbox]}}\n- {id: data.pet, label: {zh: 宠物}, terms: {zh: [宠物名]}}\n")
        .unwrap();
    assert_eq!(v.name("inboxes", Kind::Data, &Language::En), Some("data.mail"));
    assert_eq!(v.label("data.mail", &Language::En), "mail");
    assert_eq!(v.label("data.mail", &Language::Zh), "邮箱");
    assert_eq!(v.ancestors("data.pet"), ["data"]);
    assert!(
        v.with_overlay("more.yaml", "- {id: data.pet.age, label: {en: age}}")
            .unwrap()
            .get("data.pet")
            .is_some()
    );
    assert!(small().with_overlay("empty.yaml", "\n").is_ok());
}

#[test]
fn mistakes_of_an_overlay_are_told_with_their_place() {
    for (yaml, parts) in [
        (
            "- id: data.x\n  label: {en: x}\n  parent: data.plaec\n",
            &["mine.yaml:3:11: data.x: parent: there is no concept `data.plaec`"][..],
        ),
        (
            "- id: data.x\n  label: {en: x}\n- id: data.x\n  label: {en: x}\n",
            &["mine.yaml:3:7", "given twice", "expected: each id once"],
        ),
        ("- id: data.place\n  also: [data.place.exact]\n", &["kinds of each other"]),
        (
            "- id: data.zz\n  label: {en: x}\n- id: data.b\n  parent: data.zz\n  label: {en: b}\n- id: data.zz.y\n  also: [data.b]\n  label: {en: y}\n- id: data.device\n  also: [data.device.ad]\n",
            &["data.device: parent: `data.device` and `data.device.ad`"],
        ),
        ("- id: data.x\n  label: {en: x}\n  parent: action\n", &["mine.yaml:3:11", "another kind"]),
        ("- id: food.x\n  label: {en: x}\n", &["mine.yaml:1:7", "no known kind", "begins with one of data"]),
        (
            "- id: data.x\n  label: {en: x}\n  terms:\n    en:\n    - y\n    - E-Mail\n",
            &["mine.yaml:6:7: data.x: terms.en[1]: `E-Mail` names data.mail already"],
        ),
        ("- id: Data X\n", &["is no id"]),
        ("- id: data.x\n", &["needs a label"]),
        ("- {id: data.x, label: {en: x}, iri: 'foo:X'}\n", &["unknown prefix"]),
        ("- {id: data.x, label: {en: x}, category: sharing}\n", &["no category"]),
        ("- id: data.x\n  name: x\n", &["mine.yaml:2:3: [0]", "unknown field `name`"]),
        ("- id: data.x\n  terms: [x]\n", &["mine.yaml:2:10: [0].terms: invalid type"]),
        ("data: x\n", &["mine.yaml:1:1", "expected: a sequence"]),
    ] {
        let message = fault(yaml);
        for part in parts {
            assert!(message.contains(part), "{part} not in:\n{message}");
        }
    }
}

/// What is wrong with an overlay of the small vocabulary.
fn problems(yaml: &str) -> Vec<String> {
    let vocabulary = small().with_overlay("mine.yaml", yaml).unwrap();
    let all = vocabulary.problems().into_iter().map(|problem| problem.to_string());
    all.filter(|problem| problem.starts_with("mine.yaml")).collect()
}

#[test]
fn both_languages_are_asked_for() {
    for (yaml, parts) in [
        (
            "- id: data.pet\n  label: {en: pet}\n  terms: {en: [pet]}\n",
            &["2:10: data.pet: label: no Chinese label", "3:10: data.pet: terms: no Chinese words"][..],
        ),
        ("- id: data.pet\n  label: {zh: 宠物, en: pet}\n  exact: {zh: [宠物]}\n", &["no English words"]),
        ("- id: data.pet\n  label: {zh: 宠物, en: pet}\n", &[]),
        ("- id: data.pet\n  label: {zh: 宠物, en: pet}\n  terms: {zh: [宠物]}\n  exact: {en: [PET]}\n", &[]),
        ("- id: data.mail\n  terms: {en: [inbox]}\n", &[]),
    ] {
        let problems = problems(yaml);
        assert_eq!(problems.len(), parts.len(), "{problems:?}");
        for (problem, part) in problems.iter().zip(parts) {
            assert!(problem.contains(part), "{part} not in {problem}");
        }
    }
}

#[test]
fn sentences_of_entries_are_put_to_the_test() {
    let problems = problems(
        "- id: data.pet\n  label: {en: pet, zh: 宠物}\n  terms: {en: [pet], zh: [宠物]}\n  match: ['Your pets.', 'Your carpet.']\n  reject: ['A pet peeve.']\n",
    );
    assert_eq!(problems.len(), 2, "{problems:?}");
    assert!(problems[0].starts_with("mine.yaml:4:25: data.pet: match[1]: not found"), "{}", problems[0]);
    assert!(problems[1].starts_with("mine.yaml:5:12: data.pet: reject[0]: found"), "{}", problems[1]);
}

#[test]
fn hostile_text_and_files_do_no_harm() {
    let v = builtin();
    for text in ["", "-", "--", "\u{200b}", "\u{feff}IDFA", "ﬀ-ﬀ", "İ e-mail", "\0<script>", "-e-mail-"]
    {
        for language in [Language::En, Language::Zh, Language::Other("und".into())] {
            for hit in v.find(text, &language) {
                assert!(text.get(hit.span.start..hit.span.end).is_some());
            }
            for kind in Kind::ALL {
                v.name(text, kind, &language);
            }
        }
    }
    let deep = "[".repeat(3000);
    assert!(v.with_overlay("deep.yaml", &deep).is_err());
    let bomb = "a: &a [x,x,x,x,x,x,x,x,x]\nb: &b [*a,*a,*a,*a,*a,*a,*a,*a]\nc: &c [*b,*b,*b,*b,*b,*b,*b]\n";
    assert!(v.with_overlay("bomb.yaml", bomb).is_err());
}

#[test]
fn spans_point_into_the_original_text() {
    let text = "“Ｅ－ｍａｉｌ”";
    let v = small();
    let hits = v.find(text, &Language::En);
    assert_eq!(hits.first().map(|hit| hit.span), Some(Span::new(3, text.len() - 3)));
}

#[test]
fn the_build_makes_of_the_files_what_they_say() {
    let read = Vocabulary::build(overlay::read_builtin(&FILES));
    assert!(builtin().concepts().eq(read.concepts()));
    for (text, language) in [
        (
            "We share your e-mail addresses, IP and MAC, PII with third parties to personalize ads.",
            Language::En,
        ),
        (
            "我们会与第三方共享您的精确位置信息、ＩＭＥＩ、Android ID 和 email address，用于完成支付。",
            Language::Zh,
        ),
    ] {
        assert!(!read.find(text, &language).is_empty());
        assert_eq!(builtin().find(text, &language), read.find(text, &language));
    }
}

/// GB/T 35273-2020 Annex B and PIPL Art. 28 on the one hand, GDPR Art. 9 on the other, category by category.
#[test]
fn sensitive_information_is_what_the_standards_list() {
    use Sensitivity::{Gbt, Gdpr};
    let mut wrong = Vec::new();
    for (rules, words) in [
        // Annex B: property, health, biometrics, identity papers, others; PIPL Art. 28: children under 14.
        (
            &[Gbt][..],
            &[
                "银行账户",
                "口令",
                "存款",
                "支付信息",
                "房产信息",
                "信贷记录",
                "征信信息",
                "交易记录",
                "消费记录",
                "购买记录",
                "流水记录",
                "虚拟货币",
                "虚拟交易信息",
                "游戏类兑换码",
                "身份证",
                "军官证",
                "护照",
                "驾驶证",
                "工作证",
                "社保卡",
                "居住证",
                "婚史",
                "未公开的违法犯罪记录",
                "通信内容",
                "通讯录",
                "好友列表",
                "群组列表",
                "行踪轨迹",
                "网页浏览记录",
                "住宿信息",
                "精准定位信息",
                "儿童个人信息",
                "不满十四周岁未成年人的个人信息",
                "bank account",
                "password",
                "credit report",
                "purchase history",
                "transaction history",
                "passport",
                "social security number",
                "criminal record",
                "call log",
                "contact list",
                "friends list",
                "browsing history",
                "precise location",
                "GPS location",
                "children's personal information",
                "payment card",
            ][..],
        ),
        // Both.
        (
            &[Gbt, Gdpr],
            &[
                "用药记录",
                "病历",
                "检验报告",
                "药物食物过敏信息",
                "生育信息",
                "家族病史",
                "基因信息",
                "指纹",
                "声纹",
                "掌纹",
                "耳廓",
                "虹膜",
                "面部识别特征",
                "性取向",
                "宗教信仰",
                "残疾信息",
                "genetic data",
                "fingerprint",
                "facial recognition data",
                "iris scan",
                "medical history",
                "health data",
                "prescriptions",
                "sexual orientation",
                "sex life",
                "religion",
                "religious or philosophical belief",
                "disability",
            ],
        ),
        // GDPR Art. 9 alone.
        (
            &[Gdpr],
            &[
                "种族",
                "民族",
                "族裔",
                "政治观点",
                "工会成员资格",
                "racial origin",
                "ethnic origin",
                "political opinion",
                "trade union membership",
                "special categories of personal data",
            ],
        ),
        // Neither, though personal.
        (
            &[],
            &[
                "姓名",
                "性别",
                "年龄",
                "生日",
                "手机号码",
                "电子邮箱",
                "收货地址",
                "昵称",
                "头像",
                "IP地址",
                "设备型号",
                "位置信息",
                "大致位置",
                "订单信息",
                "学历",
                "职业",
                "身高",
                "搜索记录",
                "关注列表",
                "未成年人个人信息",
                "个人信息",
                "Cookie",
                "登录状态",
                "营业执照",
                "name",
                "email address",
                "date of birth",
                "IP address",
                "device model",
                "city",
                "approximate location",
                "search history",
                "job title",
                "order information",
                "shopping cart",
                "photos",
                "cookies",
                "your interests",
                "personal information",
                "aggregated data",
            ],
        ),
    ] {
        for words in words {
            let id = builtin().name_any(words, Kind::Data).unwrap_or("unknown");
            let found = builtin().sensitivity(id);
            if found != rules || id == "unknown" {
                wrong.push(format!("{words}: {id} {found:?}, expected {rules:?}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Everything is a kind of something: each concept leads up to the root of its kind.
#[test]
fn every_concept_is_a_kind_of_its_root() {
    for concept in builtin().concepts().filter(|c| c.parent.is_some()) {
        assert!(builtin().is_a(&concept.id, concept.kind.id()), "{}", concept.id);
    }
    for (narrow, broad) in [
        ("data.location.gps", "data.location.precise"),
        ("data.minor.child", "data.minor"),
        ("data.order.history", "data.financial.transaction"),
        ("data.biometric.genetic", "data.health"),
        ("data.device.identifier.imei", "data.device"),
        ("purpose.advertising.targeted", "purpose.advertising"),
        ("party.processor.cloud", "party.processor"),
        ("action.share.sell", "action.share"),
    ] {
        assert!(builtin().is_a(narrow, broad), "{narrow} is no {broad}");
    }
}
