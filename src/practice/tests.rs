//! The laws of the set file, its hand-written forms, and what its mistakes look like.

use std::sync::LazyLock;

use proptest::prelude::*;

use super::quotes::{self, About, Quote};
use super::*;
use crate::document::Document;
use crate::extract::{Mention, Origin, Role};
use crate::ingest::Format;
use crate::text::{Language, Span};
use crate::vocabulary::Vocabulary;

/// The built-in vocabulary with a few concepts that no policy needs, so that its growth does not change these tests.
fn vocabulary() -> &'static Vocabulary {
    static WITH_AIRSHIPS: LazyLock<Vocabulary> = LazyLock::new(|| {
        let airships = "
- {id: party.controller, label: {en: controller}, terms: {en: [we], zh: [我们]}}
- {id: data.airship, label: {en: airship data}}
- {id: data.airship.hull, label: {en: hull}, terms: {en: [hull number], zh: [船体编号]}}
- {id: data.airship.gondola, label: {en: gondola}, terms: {en: [gondola number]}}
";
        Vocabulary::builtin().with_overlay("airships.yaml", airships).unwrap()
    });
    &WITH_AIRSHIPS
}

fn document(sentences: &[&str]) -> Document {
    let quotes: Vec<Quote> = sentences
        .iter()
        .map(|text| Quote { section: "Your data".into(), text: (*text).into(), sentence: None })
        .collect();
    let about = About {
        name: "shop.md".into(),
        title: Some("Shop: privacy".into()),
        language: Some(Language::En),
        format: Format::Markdown,
    };
    quotes::document(about, &quotes)
}

fn mention(document: &Document, role: Role, words: &str, nth: usize, concept: Option<&str>) -> Mention {
    let (start, _) = document.text.match_indices(words).nth(nth).unwrap();
    Mention {
        role,
        span: Span::new(start, start + words.len()),
        text: words.into(),
        concept: concept.map(str::to_owned),
        origin: Origin::Model,
    }
}

fn practice(document: &Document, sentence: usize, lead_in: &str) -> Practice {
    let span = document.sentences[sentence].span;
    Practice {
        id: format!("3f0{sentence}"),
        category: Category::Collection,
        action: None,
        polarity: Polarity::Affirmed,
        modality: Modality::Does,
        actor: None,
        data: Vec::new(),
        recipients: Vec::new(),
        sources: Vec::new(),
        purposes: Vec::new(),
        conditions: Vec::new(),
        retention: Vec::new(),
        refers_to: Vec::new(),
        evidence: Evidence {
            section: "Your data".into(),
            quote: format!("{lead_in}{}", document.words(span)),
            span,
        },
        review: None,
    }
}

fn set(document: Document, practices: Vec<Practice>) -> PracticeSet {
    let facts = vec![SentenceFacts::default(); document.sentences.len()];
    PracticeSet {
        document,
        origin: SetOrigin::Document,
        model: None,
        mentions: Vec::new(),
        lists: Vec::new(),
        facts,
        practices,
    }
}

/// Two sentences and an item with a lead-in, in which some words stand twice and one stands elsewhere.
fn example() -> PracticeSet {
    let document = document(&[
        "We collect:",
        "mobile phone number and retina scan;",
        "It may be kept for 30 days, and the phone itself never.",
        "我们不会出售您的手机号：绝不。",
    ]);
    let mut item = practice(&document, 1, "We collect: ");
    item.actor = Some(mention(&document, Role::Actor, "We", 0, Some("party.controller")));
    item.action = Some(mention(&document, Role::Action, "collect", 0, Some("action.collect")));
    item.data = vec![
        mention(&document, Role::Data, "mobile phone number", 0, Some("data.contact.phone")),
        mention(&document, Role::Data, "retina scan", 0, None),
    ];
    let mut kept = practice(&document, 2, "");
    kept.category = Category::Retention;
    kept.modality = Modality::May;
    // Stands in the sentence before.
    kept.data = vec![mention(&document, Role::Data, "mobile phone number", 0, Some("data.contact.phone"))];
    kept.retention = vec![Retention {
        mention: mention(&document, Role::Retention, "30 days", 0, None),
        duration: Some("P30D".into()),
    }];
    let mut sold = practice(&document, 3, "");
    sold.category = Category::Sharing;
    sold.polarity = Polarity::Negated;
    sold.data = vec![mention(&document, Role::Data, "手机号", 0, Some("data.contact.phone"))];
    set(document, vec![item, kept, sold])
}

const HEAD: &str = "schema: polidiff.practice-set/1\npractices:\n";

fn read_ok(text: &str) -> PracticeSet {
    read("set.yaml", text, vocabulary()).unwrap_or_else(|error| panic!("{error}\n{text}"))
}

fn mistake(text: &str) -> String {
    match read("set.yaml", text, vocabulary()) {
        Err(error) => error.to_string(),
        Ok(_) => panic!("read without a mistake:\n{text}"),
    }
}

#[test]
fn the_file_is_short_and_says_where_only_if_words_do_not() {
    insta::assert_snapshot!(write(&example()).unwrap(), @r#"
    schema: polidiff.practice-set/1
    document:
      source: shop.md
      title: 'Shop: privacy'
      language: en
    practices:
    - id: 3f01
      category: collection
      actor:
        We: party.controller
      action:
        collect: action.collect
      data:
      - mobile phone number: data.contact.phone
      - retina scan: null
      evidence:
        section: Your data
        quote: 'We collect: mobile phone number and retina scan;'
        start: 13
        end: 49
    - id: 3f02
      category: retention
      modality: may
      data:
      - words: mobile phone number
        concept: data.contact.phone
        start: 13
        end: 32
      retention:
      - words: 30 days
        concept: null
        duration: P30D
      evidence:
        section: Your data
        quote: It may be kept for 30 days, and the phone itself never.
        start: 51
        end: 106
    - id: 3f03
      category: sharing
      polarity: negated
      data:
      - 手机号: data.contact.phone
      evidence:
        section: Your data
        quote: 我们不会出售您的手机号：绝不。
        start: 108
        end: 153
    read:
    - 06deffb2e9c7
    - 7bd48e64327a
    - 8d1d8a58d936
    "#);
}

#[test]
fn writing_what_was_read_gives_the_same_bytes() {
    let first = write(&example()).unwrap();
    let read = read_ok(&first);
    assert_eq!(write(&read).unwrap(), first);
    assert_eq!(write(&read_ok(&write(&read).unwrap())).unwrap(), first);
}

#[test]
fn json_says_the_same_as_yaml() {
    let set = example();
    let json = serde_json::to_string_pretty(&view(&set, vocabulary())).unwrap();
    let (from_json, from_yaml) = (read_ok(&json), read_ok(&write(&set).unwrap()));
    assert_eq!(from_json.practices, from_yaml.practices);
    assert_eq!(from_json.mentions, from_yaml.mentions);
    assert_eq!(from_json.facts, from_yaml.facts);
    assert_eq!(write(&from_json).unwrap(), write(&set).unwrap());
    let compact = serde_json::to_string(&view(&set, vocabulary())).unwrap();
    assert_eq!(read_ok(&compact).practices, from_yaml.practices);
}

#[test]
fn places_of_the_policy_are_kept() {
    let set = example();
    let read = read_ok(&write(&set).unwrap());
    assert!(read.is_from_file() && !set.is_from_file());
    for (old, new) in set.practices.iter().zip(&read.practices) {
        assert_eq!(read.document.words(new.evidence.span), old.evidence.quote);
        assert_eq!(read.original(new.evidence.span), old.evidence.span);
        assert_eq!(set.original(old.evidence.span), old.evidence.span);
        for (old, new) in old.data.iter().zip(&new.data) {
            assert_eq!((&old.text, &old.concept), (&new.text, &new.concept));
        }
    }
    let item = &read.practices[0];
    assert_eq!(read.document.words(item.data[0].span), "mobile phone number");
    assert_eq!(read.original(item.data[0].span), set.practices[0].data[0].span);
    let retention = &read.practices[1].retention[0].mention;
    assert_eq!(read.original(retention.span), set.practices[1].retention[0].mention.span);
    // A lead-in stands elsewhere; the sentence is the nearest known place.
    let actor = item.actor.as_ref().unwrap();
    assert_eq!(read.document.words(actor.span), "We");
    assert_eq!(read.original(actor.span), set.practices[0].evidence.span);
    assert_eq!(read.original(Span::new(1 << 40, (1 << 40) + 1)), Span::default());
}

#[test]
fn what_a_practice_refers_to_keeps_its_place() {
    let mut set = example();
    set.practices[1].refers_to = vec![
        mention(&set.document, Role::Data, "retina scan", 0, None),
        mention(&set.document, Role::Data, "mobile phone number", 0, Some("data.contact.phone")),
    ];
    let (yaml, json) = (write(&set).unwrap(), serde_json::to_string(&view(&set, vocabulary())).unwrap());
    assert!(yaml.contains("refers_to:\n  - words: retina scan"), "{yaml}");
    for read in [read_ok(&yaml), read_ok(&json)] {
        assert_eq!(write(&read).unwrap(), yaml);
        assert_eq!(read.practices[1].refers_to.len(), 2);
        for (old, new) in set.practices[1].refers_to.iter().zip(&read.practices[1].refers_to) {
            assert_eq!((&new.text, &new.concept), (&old.text, &old.concept));
            assert_eq!(read.document.words(new.span), old.text, "stands where another practice is quoted");
            assert_eq!(read.original(new.span), old.span);
        }
    }
    // By hand no place need be stated.
    let quotes = "- {category: use, refers_to: [retina scan], evidence: {quote: We use such data.}}\n";
    let read = read_ok(&format!("{HEAD}{quotes}"));
    assert_eq!(read.practices[0].refers_to[0].text, "retina scan");
    assert_eq!(write(&read_ok(&write(&read).unwrap())).unwrap(), write(&read).unwrap());
}

#[test]
fn a_set_that_was_read_is_whole() {
    let read = read_ok(&write(&example()).unwrap());
    assert_eq!(read.document.name, "shop.md");
    assert_eq!(read.document.title.as_deref(), Some("Shop: privacy"));
    assert_eq!(read.facts.len(), read.document.sentences.len());
    assert_eq!(read.facts[1].categories.iter().copied().collect::<Vec<_>>(), [Category::Retention]);
    assert!(read.mentions.is_sorted_by_key(|mention| mention.span));
    assert_eq!(read.document.section_path(read.document.blocks[0].section), ["Your data"]);
    assert_eq!(read.practices[2].polarity, Polarity::Negated);
}

#[test]
fn a_hand_may_leave_out_what_goes_without_saying() {
    let read = read_ok(
        "# corrected by hand
practices:
- category: collection
  actor: we
  action: collect
  data: [船体编号, retina scan: ~, {words: gondola number}, {text: 'IP address', concept: {id: data}}]
  recipients:
  evidence: {quote: 'We collect your 船体编号, IP address, gondola number and retina scan.'}
- category: retention
  retention:
  - {words: 30天, duration: P30D}
  - 两年
  evidence:
    quote: |
      我们保存30天或两年。
schema: polidiff.practice-set/1
",
    );
    let first = &read.practices[0];
    assert_eq!(first.actor.as_ref().unwrap().concept.as_deref(), Some("party.controller"));
    assert_eq!(first.action.as_ref().unwrap().concept.as_deref(), Some("action.collect"));
    let data: Vec<_> = first.data.iter().map(|m| (m.text.as_str(), m.concept.as_deref())).collect();
    let expected = [
        ("船体编号", Some("data.airship.hull")),
        ("retina scan", None),
        ("gondola number", Some("data.airship.gondola")),
        ("IP address", Some("data")),
    ];
    assert_eq!(data, expected);
    for mention in &first.data {
        assert_eq!(read.document.words(mention.span), mention.text);
    }
    assert!(!first.id.is_empty());
    assert_eq!(read.practices[1].evidence.quote, "我们保存30天或两年。");
    assert_eq!(read.practices[1].retention[0].duration.as_deref(), Some("P30D"));
    assert_eq!(read.original(first.evidence.span), Span::default());
    let again = write(&read).unwrap();
    assert_eq!(write(&read_ok(&again)).unwrap(), again);
    assert!(!again.contains("start"), "{again}");
}

#[test]
fn practices_come_in_the_order_of_their_quotes() {
    let one = "- {category: use, evidence: {quote: One.}}\n";
    let two = "- {category: use, evidence: {quote: Two.}}\n";
    let more = "- {category: sharing, evidence: {quote: One.}}\n";
    let read = read_ok(&format!("{HEAD}{one}{two}{more}"));
    let order: Vec<_> = read.practices.iter().map(|p| (p.category, p.evidence.quote.as_str())).collect();
    assert_eq!(order, [(Category::Use, "One."), (Category::Sharing, "One."), (Category::Use, "Two.")]);
    assert_eq!(read.document.text, "One.\n\nTwo.");
    assert_eq!(read.facts[0].categories.len(), 2);
}

#[test]
fn an_empty_set_is_a_set() {
    let read = read_ok("schema: polidiff.practice-set/1\npractices: []\n");
    assert!(read.practices.is_empty() && read.document.text.is_empty());
    assert_eq!(write(&read_ok(&write(&read).unwrap())).unwrap(), write(&read).unwrap());
}

#[test]
fn json_of_other_programs_is_read() {
    // Escaped by pairs, as ASCII-only writers do; and characters that YAML would fold or refuse.
    let text = "{\"schema\": \"polidiff.practice-set\\/1\", \"practices\": [{\"category\": \"use\", \
        \"data\": [{\"text\": \"a\\ud83d\\ude00b\\\\ud83d\", \"concept\": null}, \"x\u{2028}y\u{7f}z\"], \
        \"evidence\": {\"quote\": \"a\\ud83d\\ude00b\\\\ud83d x\u{2028}y\u{7f}z\\n\\t\"}}]}";
    let read = read_ok(text);
    assert_eq!(read.practices[0].data[0].text, "a😀b\\ud83d");
    assert_eq!(read.practices[0].data[1].text, "x\u{2028}y\u{7f}z");
    assert_eq!(read.document.words(read.practices[0].data[1].span), "x\u{2028}y\u{7f}z");
}

#[test]
fn sets_are_told_from_policies() {
    let set = example();
    assert!(is_practice_set(&write(&set).unwrap()));
    assert!(is_practice_set(&serde_json::to_string(&view(&set, vocabulary())).unwrap()));
    assert!(is_practice_set(&serde_json::to_string_pretty(&view(&set, vocabulary())).unwrap()));
    assert!(is_practice_set("# by hand\npractices:\n- category: use\n"));
    assert!(!is_practice_set("Privacy practices: we collect names.\n\nOur schema: polite.\n"));
    assert!(!is_practice_set("practices: how we work\n"));
}

#[test]
fn json_keeps_the_order_of_its_fields() {
    let json = serde_json::to_string(&view(&example(), vocabulary())).unwrap();
    let keys = |after: &str, keys: &str| {
        let mut rest = &json[json.find(after).unwrap()..];
        for key in keys.split(' ') {
            let at = rest.find(&format!("\"{key}\":")).unwrap_or_else(|| panic!("{key} in {rest}"));
            rest = &rest[at..];
        }
    };
    keys("{", "schema generator document sections sentences mentions practices");
    keys("\"document\":", "source title language format encoding text");
    keys("\"sections\":", "id title level start end");
    keys("\"sentences\":", "start end section categories risk sensitive important");
    keys(
        "\"practices\":",
        "id category action polarity modality actor data recipients sources purposes conditions retention evidence \
         section quote start end",
    );
    keys("\"actor\":", "text start end concept id label iri");
    keys("\"retention\":[{", "text start end concept duration");
}

#[test]
fn ids_are_computed_where_missing_and_never_the_same_twice() {
    let plain = "- {category: use, evidence: {quote: One.}}\n";
    let named = "- {id: a, category: use, evidence: {quote: Two.}}\n";
    let set = read_ok(&format!("{HEAD}{plain}{plain}{named}{named}"));
    let ids: Vec<&str> = set.practices.iter().map(|practice| practice.id.as_str()).collect();
    assert_eq!(ids[1], format!("{}-2", ids[0]));
    assert_eq!(ids[2..], ["a", "a-2"]);
    assert_eq!(read_ok(&write(&set).unwrap()).practices, set.practices);
}

#[test]
fn the_schema_names_every_key() {
    let schema = schema();
    let properties = schema["properties"].as_object().unwrap();
    assert_eq!(properties.len(), 9);
    assert_eq!(schema["required"], serde_json::json!(["schema", "practices"]));
    let practice = &schema["$defs"]["PracticeForm"];
    assert_eq!(practice["required"], serde_json::json!(["category", "evidence"]));
    assert_eq!(practice["additionalProperties"], false);
}

#[test]
fn a_mistake_is_found_in_one_look() {
    let entry =
        |practice: &str| mistake(&format!("{HEAD}- category: use\n  evidence: {{quote: A b.}}\n{practice}"));
    insta::assert_snapshot!(mistake("We collect names.\n"), @r#"
    set.yaml:1:1: this is no practice set but "We collect names."
      expected: a file as `polidiff extract --format yaml` writes it
    "#);
    insta::assert_snapshot!(mistake("- a\n- b\n"), @r#"
    set.yaml:1:1: this is no practice set but a list
      expected: a file as `polidiff extract --format yaml` writes it
    "#);
    insta::assert_snapshot!(mistake("terms:\n  en: [a]\n"), @r#"
    set.yaml:1:1: this is no practice set
      expected: the keys schema and practices, as `polidiff extract --format yaml` writes them
    "#);
    insta::assert_snapshot!(mistake(""), @r#"
    set.yaml:1:1: the file is empty
      expected: a file as `polidiff extract --format yaml` writes it
    "#);
    insta::assert_snapshot!(mistake("practices: [\n"), @r#"
    set.yaml:2:1: did not find expected node content, while parsing a flow node
      expected: YAML; look for a missing quote, colon or blank, or an indentation that is off
    "#);
    insta::assert_snapshot!(mistake("practices: []\n"), @r#"
    set.yaml:1:1: no "schema"
      expected: schema: polidiff.practice-set/1
    "#);
    insta::assert_snapshot!(mistake("schema: polidiff.practice-set/2\npractices: []\n"), @r#"
    set.yaml:1:9: schema: "polidiff.practice-set/2" is a version that this polidiff does not read
      expected: polidiff.practice-set/1
    "#);
    insta::assert_snapshot!(mistake("schema: polidiff.comparison/1\npractices: []\n"), @r#"
    set.yaml:1:9: schema: "polidiff.comparison/1" is not the schema of practice sets
      expected: polidiff.practice-set/1
    "#);
    insta::assert_snapshot!(mistake("schema: polidiff.practice-set/1\n"), @r#"
    set.yaml:1:1: no "practices"
      expected: practices: a list of practices; [] for none
    "#);
    insta::assert_snapshot!(mistake("schema: polidiff.practice-set/1\npractices: {}\n"), @r#"
    set.yaml:2:12: practices: a mapping, not a list
      expected: a list of practices; [] for none
    "#);
    insta::assert_snapshot!(mistake("schema: polidiff.practice-set/1\nversion: 2\npractices: []\n"), @r#"
    set.yaml:2:1: unknown key "version"
      expected: one of schema, generator, document, sections, sentences, mentions, unnamed, practices, read
    "#);
    insta::assert_snapshot!(mistake("schema: polidiff.practice-set/1\ndocument: {format: pdf}\npractices: []\n"), @r#"
    set.yaml:2:20: document.format: unknown format "pdf"
      expected: one of text, markdown, html, annotated
    "#);
    insta::assert_snapshot!(entry("- category: colection\n"), @r#"
    set.yaml:5:13: practices[1].category: unknown category "colection"
      expected: one of collection, permission, use, sharing, retention, security, rights, audience, transfer, change, contact, cessation
    "#);
    insta::assert_snapshot!(entry("- actor: we\n"), @r#"
    set.yaml:5:3: practices[1]: no "category"
      expected: category: one of collection, permission, use, sharing, retention, security, rights, audience, transfer, change, contact, cessation
    "#);
    insta::assert_snapshot!(entry("- category: use\n"), @r#"
    set.yaml:5:3: practices[1]: no "evidence"
      expected: evidence: a mapping with quote, the policy's own words
    "#);
    insta::assert_snapshot!(entry("- category: use\n  evidence: {section: A}\n"), @r#"
    set.yaml:6:13: practices[1].evidence: no "quote"
      expected: quote: the policy's own words
    "#);
    insta::assert_snapshot!(entry("- category: use\n  evidence:\n    quote: ''\n"), @r#"
    set.yaml:7:12: practices[1].evidence.quote: empty text
      expected: the policy's own words
    "#);
    insta::assert_snapshot!(entry("- category: use\n  dat:\n  - a\n"), @r#"
    set.yaml:6:3: practices[1]: unknown key "dat"
      expected: one of id, review, category, actor, action, polarity, modality, data, recipients, sources, purposes, conditions, retention, refers_to, evidence, was
    "#);
    insta::assert_snapshot!(entry("- category: use\n  category: sharing\n"), @r#"
    set.yaml:6:3: practices[1]: duplicate key "category"
      expected: each key once; remove one of the two
    "#);
    insta::assert_snapshot!(entry("- category: use\n  polarity: maybe\n"), @r#"
    set.yaml:6:13: practices[1].polarity: unknown polarity "maybe"
      expected: one of affirmed, negated
    "#);
    insta::assert_snapshot!(entry("- category: use\n  modality: only if\n"), @r#"
    set.yaml:6:13: practices[1].modality: unknown modality "only if"
      expected: one of does, may, must, only-if, right
    "#);
    insta::assert_snapshot!(entry("- category: use\n  data: email\n"), @r#"
    set.yaml:6:9: practices[1].data: "email", not a list
      expected: a list, one line each: - words: concept
    "#);
    insta::assert_snapshot!(entry("- category: use\n  data:\n  - email: data.contact.email\n  - 手机号: data.airship.hul\n"), @r#"
    set.yaml:8:10: practices[1].data[1]: unknown concept "data.airship.hul"
      expected: data.airship.hull, or null for words that no concept names
    "#);
    insta::assert_snapshot!(entry("- category: use\n  data:\n  - x: data.airship.parachutist\n"), @r#"
    set.yaml:7:8: practices[1].data[0]: unknown concept "data.airship.parachutist"
      expected: data.airship.gondola, data.airship.hull, or null for words that no concept names
    "#);
    insta::assert_snapshot!(entry("- category: use\n  data:\n  - x: zzzzzzzzzzzzzz\n"), @r#"
    set.yaml:7:8: practices[1].data[0]: unknown concept "zzzzzzzzzzzzzz"
      expected: a concept of kind data, or null for words that no concept names
    "#);
    insta::assert_snapshot!(entry("- category: use\n  data:\n  - email\n  - ads: purpose\n"), @r#"
    set.yaml:8:10: practices[1].data[1]: "purpose" is a concept of kind purpose
      expected: a concept of kind data, or null for words that no such concept names
    "#);
    insta::assert_snapshot!(entry("- category: use\n  data:\n  - email: data\n    phone: data\n"), @r#"
    set.yaml:7:5: practices[1].data[0]: 2 entries in one item
      expected: one item each, with a dash of its own: - words: concept
    "#);
    insta::assert_snapshot!(entry("- category: use\n  data:\n  - concept: data\n"), @r#"
    set.yaml:7:5: practices[1].data[0]: no "words"
      expected: words: the policy's own words
    "#);
    insta::assert_snapshot!(entry("- category: use\n  data:\n  - 30\n"), @r#"
    set.yaml:7:5: practices[1].data[0]: the number 30, which is no text unless in quotes
      expected: words, or words: concept
    "#);
    insta::assert_snapshot!(entry("- category: use\n  data:\n  - 30: data\n"), @r#"
    set.yaml:7:5: practices[1].data[0]: invalid type: integer `30`
      expected: a key that is text; put it in quotes
    "#);
    insta::assert_snapshot!(entry("- category: use\n  data:\n  - {words: a, duration: P1D}\n"), @r#"
    set.yaml:7:16: practices[1].data[0]: unknown key "duration"
      expected: one of words, text, concept, start, end
    "#);
    insta::assert_snapshot!(entry("- category: use\n  data:\n  - {words: a, start: 7}\n"), @r#"
    set.yaml:7:5: practices[1].data[0]: a start without an end
      expected: both start and end, or neither
    "#);
    insta::assert_snapshot!(entry("- category: use\n  data:\n  - {words: a, start: 7, end: 3}\n"), @r#"
    set.yaml:7:31: practices[1].data[0].end: it ends at 3, before it starts
      expected: 7 or more, the start
    "#);
    insta::assert_snapshot!(entry("- category: use\n  data:\n  - {words: a, start: -7, end: 3}\n"), @r#"
    set.yaml:7:23: practices[1].data[0].start: the number -7
      expected: a whole number of bytes, from 0
    "#);
    insta::assert_snapshot!(entry("- category: use\n  retention:\n  - {words: a month, duration: 1 month}\n"), @r#"
    set.yaml:7:32: practices[1].retention[0].duration: "1 month" is no duration
      expected: an ISO 8601 duration, such as P30D, P6M, P1Y6M or PT24H
    "#);
}

#[test]
fn a_mistake_in_json_has_its_line_too() {
    let json = serde_json::to_string_pretty(&view(&example(), vocabulary())).unwrap();
    let wrong = json.replacen("\"data.contact.phone\"", "\"data.airship.hul\"", 1);
    insta::assert_snapshot!(mistake(&wrong), @r#"
    set.yaml:97:19: practices[0].data[0]: unknown concept "data.airship.hul"
      expected: data.airship.hull, or null for words that no concept names
    "#);
    insta::assert_snapshot!(mistake(&json.replacen("\"negated\"", "\"denied\"", 1)), @r#"
    set.yaml:166:19: practices[2].polarity: unknown polarity "denied"
      expected: one of affirmed, negated
    "#);
    insta::assert_snapshot!(mistake("{\"schema\": \"polidiff.practice-set/1\", \"practices\": [}"), @r#"
    set.yaml:1:53: did not find expected node content, while parsing a flow node
      expected: YAML; look for a missing quote, colon or blank, or an indentation that is off
    "#);
}

#[test]
fn every_value_of_an_enum_can_be_read() {
    for category in [
        "collection",
        "permission",
        "use",
        "sharing",
        "retention",
        "security",
        "rights",
        "audience",
        "transfer",
        "change",
        "contact",
        "cessation",
    ] {
        let read = read_ok(&format!("{HEAD}- {{category: {category}, evidence: {{quote: A.}}}}\n"));
        let written = write(&read).unwrap();
        assert!(written.contains(&format!("category: {category}")), "{written}");
    }
    for modality in ["does", "may", "must", "only-if", "right"] {
        let practice = format!("{HEAD}- {{category: use, modality: {modality}, evidence: {{quote: A.}}}}\n");
        assert_eq!(serde_json::to_value(read_ok(&practice).practices[0].modality).unwrap(), modality);
    }
}

#[test]
fn hostile_words_survive() {
    let words = [
        "a: b",
        "# no comment",
        "no",
        "yes",
        "null",
        "~",
        "1e3",
        "007",
        "30",
        "true",
        "'single'",
        "\"double\"",
        "two\nlines",
        " two\n\n  lines\n x",
        "tab\tbed",
        "- item",
        "{a}",
        "[b]",
        "&anchor",
        "*alias",
        "!tag",
        "|",
        ">",
        "%",
        "@",
        "`",
        "😀",
        "“您的”；《隐私》：（一）、",
        "words",
        "text",
        "concept",
        "start",
        "duration",
        "a › b",
        "\u{feff}bom",
        "a\u{85}b",
        "a\u{2028}b",
        "\u{7f}",
        "\u{0}\u{1b}[31m",
        "<script>alert(1)</script>",
        "---",
        "...",
        "?",
        "<<",
        "=",
        "a very long mention that goes on and on, past every width at which a writer might want to fold the line, and past the 128 bytes of a simple key, too",
    ];
    let sentences: Vec<String> = words.iter().map(|word| format!("x {word} y.")).collect();
    let document = document(&sentences.iter().map(String::as_str).collect::<Vec<_>>());
    let mut practices = Vec::new();
    for (i, word) in words.iter().enumerate() {
        let mut practice = practice(&document, i, "");
        let start = document.sentences[i].span.start + 2;
        let span = Span::new(start, start + word.len());
        let text = (*word).to_owned();
        practice.id = format!("id {word}");
        practice.data = vec![Mention { role: Role::Data, span, text, concept: None, origin: Origin::Markup }];
        practices.push(practice);
    }
    let set = set(document, practices);
    let yaml = write(&set).unwrap();
    let json = serde_json::to_string(&view(&set, vocabulary())).unwrap();
    for read in [read_ok(&yaml), read_ok(&json)] {
        for (practice, word) in read.practices.iter().zip(words) {
            assert_eq!(practice.data[0].text, word);
            assert_eq!(read.document.words(practice.data[0].span), word);
            assert_eq!(practice.id, format!("id {word}"));
        }
        assert_eq!(read.practices.len(), words.len());
        assert_eq!(write(&read).unwrap(), yaml);
    }
}

#[test]
fn durations_are_checked() {
    let read = |text: &str| {
        let practice = format!(
            "- {{category: use, retention: [{{words: a, duration: {text}}}], evidence: {{quote: a}}}}"
        );
        read("set.yaml", &format!("{HEAD}{practice}\n"), vocabulary()).is_ok()
    };
    assert!(["P30D", "P1Y6M", "P2W", "PT24H", "P1DT12H"].into_iter().all(read));
    assert!(
        !["P", "PT", "30D", "P1", "PD", "P1D1Y", "P1H", "P1D ", "P-1D", "P1DT", "p1d", "P1天"]
            .into_iter()
            .any(|t| read(&format!("'{t}'")))
    );
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_words_round_trip(
        lead_in in "\\PC{0,6}",
        quote in "[^ \\t\\n\\r\\p{White_Space}]([ -~\\n\\t\\u{80}-\\u{3000}一-龥😀-😎]{0,24}[^\\p{White_Space}])?",
        from in 0usize..20, len in 1usize..9, title in "\\PC{0,8}", known in any::<bool>(),
    ) {
        let document = document(&["before", &quote, &quote, "after"]);
        let chars: Vec<(usize, char)> = quote.char_indices().collect();
        let first = chars[from % chars.len()].0;
        let last = chars.get(from % chars.len() + len).map_or(quote.len(), |(at, _)| *at);
        let practices: Vec<Practice> = [1, 2].map(|sentence| {
            let mut practice = practice(&document, sentence, lead_in.trim_start());
            practice.evidence.section = title.clone();
            let span = Span::new(first, last).shift(practice.evidence.span.start);
            let concept = known.then(|| "data.contact.phone".to_owned());
            let mention = Mention { role: Role::Data, span, text: document.words(span).into(), concept, origin: Origin::Pattern };
            if !mention.text.trim().is_empty() {
                practice.data = vec![mention.clone(), Mention { span: Span::new(0, 6), text: "before".into(), ..mention }];
            }
            practice
        }).into();
        let set = set(document, practices);
        let yaml = write(&set).unwrap();
        let read = read_ok(&yaml);
        prop_assert_eq!(write(&read).unwrap(), yaml);
        let json = read_ok(&serde_json::to_string(&view(&set, vocabulary())).unwrap());
        prop_assert_eq!(&json.practices, &read.practices);
        for (old, new) in set.practices.iter().zip(&read.practices) {
            prop_assert_eq!(&new.evidence.quote, &old.evidence.quote);
            for (old, new) in old.data.iter().zip(&new.data) {
                prop_assert_eq!((&old.text, &old.concept), (&new.text, &new.concept));
            }
        }
    }

    #[test]
    fn no_text_makes_it_panic(text in "\\PC{0,60}", tail in "[-a-z:{}\\[\\]'\"#&*!|> \\n0-9]{0,60}") {
        let _ = read("set.yaml", &text, vocabulary());
        let _ = read("set.yaml", &format!("{HEAD}{tail}"), vocabulary());
        let _ = read("set.yaml", &format!("{{{tail}"), vocabulary());
        let _ = read("set.yaml", &format!("{HEAD}- category: use\n  evidence: {{quote: a}}\n  data: {tail}"), vocabulary());
    }
}
