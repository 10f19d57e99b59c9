//! HTML reports in a browser: the page's own script runs, nothing of a policy does, and nothing depends on scripts.
//!
//! Headless Chromium loads each page, prints its document as it stands after the scripts, and logs what the console
//! says. Without Chromium these tests say so and pass, except under `CI=true`. `CHROMIUM` names another one to use.

#![allow(clippy::unwrap_used, clippy::panic, clippy::print_stdout)]

mod common;

use std::env;
use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::thread::sleep;
use std::time::{Duration, Instant};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use scraper::{Html, Selector};
use sha2::{Digest as _, Sha256};

use polidiff::checklist::Checklist;
use polidiff::diff::Relation;
use polidiff::document::Document;
use polidiff::ingest::{self, Format, InputFormat};
use polidiff::practice::PracticeSet;
use polidiff::report::comparison::Comparison;
use polidiff::report::{benchmark, html, practices};
use polidiff::vocabulary::Vocabulary;

/// No page takes longer than this, even on a machine that is busy.
const LONGEST: Duration = Duration::from_secs(120);

/// The browser, or nothing where there is none and none is demanded.
fn chromium() -> Option<PathBuf> {
    let named = env::var_os("CHROMIUM").map(PathBuf::from);
    let found = named.or_else(|| {
        let path = env::var_os("PATH").unwrap_or_default();
        let folders: Vec<PathBuf> = env::split_paths(&path).collect();
        let names = ["chromium", "chromium-browser", "google-chrome"];
        names.iter().flat_map(|name| folders.iter().map(move |f| f.join(name))).find(|file| file.is_file())
    });
    if found.is_none() {
        assert!(env::var("CI").as_deref() != Ok("true"), "no Chromium: install the package chromium");
        println!("skipped: no Chromium on this machine");
    }
    found
}

/// A page as a browser has it.
struct Loaded {
    page: Html,
    /// What the console said, and nothing else.
    console: Vec<String>,
}

impl Loaded {
    fn all(&self, selector: &str) -> Vec<scraper::ElementRef<'_>> {
        self.page.select(&Selector::parse(selector).unwrap()).collect()
    }

    fn title(&self) -> String {
        self.all("title")[0].text().collect()
    }

    fn text(&self) -> String {
        self.page.root_element().text().collect()
    }
}

/// Loads a page and returns what became of it.
fn load(chromium: &Path, page: &str) -> Loaded {
    load_with(chromium, page, &[])
}

/// The same with options of the browser's.
fn load_with(chromium: &Path, page: &str, options: &[&str]) -> Loaded {
    let folder = tempfile::tempdir().unwrap();
    let place = |name: &str| folder.path().join(name);
    fs::write(place("page.html"), page).unwrap();
    let mut browser = Command::new(chromium)
        .args(["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"])
        .args(["--disable-background-networking", "--disable-component-update", "--disable-sync"])
        .args(["--disable-dev-shm-usage", "--enable-logging=stderr", "--dump-dom"])
        .args(options)
        .arg(format!("--user-data-dir={}", place("profile").display()))
        .arg(format!("file://{}", place("page.html").display()))
        .stdout(File::create(place("dom")).unwrap())
        .stderr(File::create(place("log")).unwrap())
        .spawn()
        .unwrap();
    let begin = Instant::now();
    while browser.try_wait().unwrap().is_none() {
        if begin.elapsed() > LONGEST {
            browser.kill().unwrap();
            browser.wait().unwrap();
            panic!("Chromium did not end: {}", fs::read_to_string(place("log")).unwrap());
        }
        sleep(Duration::from_millis(20));
    }
    let log = String::from_utf8_lossy(&fs::read(place("log")).unwrap()).into_owned();
    let dom = String::from_utf8_lossy(&fs::read(place("dom")).unwrap()).into_owned();
    assert!(dom.contains("<html"), "Chromium printed no page: {log}");
    let console = log.lines().filter(|line| line.contains(":CONSOLE:")).map(str::to_string).collect();
    Loaded { page: Html::parse_document(&dom), console }
}

fn sample(name: &str) -> PracticeSet {
    common::read(&common::root("samples").join(name))
}

/// Reports on the samples, in both languages.
fn comparisons() -> Vec<Comparison> {
    let pair =
        |old: &str, new: &str, relation, lang| common::compare_as(&sample(old), &sample(new), relation, lang);
    vec![
        pair("larkspur-2024.en.md", "larkspur-2025.en.html", Relation::Versions, "en"),
        pair("larkspur-2024.zh.txt", "larkspur-2025.zh.txt", Relation::Versions, "zh"),
        pair("larkspur-2025.en.md", "pantrypost.en.md", Relation::Vendors, "en"),
    ]
}

fn side_by_side(sets: &[PracticeSet]) -> String {
    html::benchmark(&benchmark::build(sets, Vocabulary::builtin(), Checklist::builtin(), "en")).unwrap()
}

/// A page whose own script is taken out, and with it the policy that would keep ours from measuring.
fn without_script(page: &str, measure: &str) -> String {
    let (page, _) = page.rsplit_once("<script>").unwrap();
    let (before, policy) = page.split_once("<meta http-equiv=\"Content-Security-Policy\"").unwrap();
    let (_, after) = policy.split_once('>').unwrap();
    format!("{before}{after}<script>{measure}</script></body></html>")
}

/// A page that another script drives after its own; the page's policy names it by hash.
fn driven(page: &str, driver: &str) -> String {
    let hash = STANDARD.encode(Sha256::digest(driver.as_bytes()));
    let page = page.replacen("script-src '", &format!("script-src 'sha256-{hash}' '"), 1);
    page.replacen("</body>", &format!("<script>{driver}</script></body>"), 1)
}

/// What a driver found wrong, a line each: it calls `check(what, whether)`.
fn complaints(chromium: &Path, page: &str, steps: &str, options: &[&str]) -> Vec<String> {
    let driver = format!(
        r##""use strict";(async () => {{
const wrong = [];
const check = (what, yes) => {{ if (!yes) wrong.push(what); }};
const all = (what) => [...document.querySelectorAll(what)];
const one = (what) => document.querySelector(what);
const wait = (ms) => new Promise((go) => setTimeout(go, ms));
const key = (key, at = document.body) => at.dispatchEvent(new KeyboardEvent("keydown", {{ key, bubbles: true }}));
const choose = (name, value) => {{
  const field = one("#tools").elements[name];
  field.value = value;
  field.dispatchEvent(new Event("input", {{ bubbles: true }}));
}};
try {{ {steps} }} catch (e) {{ wrong.push(String(e)); }}
document.documentElement.dataset.driven = wrong.join("\n") || "well";
}})()"##
    );
    let loaded =
        load_with(chromium, &driven(page, &driver), &[&["--virtual-time-budget=5000"], options].concat());
    assert_eq!(loaded.console, [""; 0]);
    let root = loaded.page.root_element().value().attr("data-driven");
    match root {
        Some("well") => Vec::new(),
        Some(wrong) => wrong.lines().map(str::to_owned).collect(),
        None => vec!["the driver did not end".to_owned()],
    }
}

/// Filters, keys, folds and links do what they say.
#[test]
fn a_comparison_can_be_worked_with() {
    let Some(chromium) = chromium() else { return };
    let steps = r##"
const cards = all("article"), shown = () => all("article:not([hidden])");
const counted = () => one("#shown").textContent;
for (const name of ["severity", "direction", "category", "facet"]) {
  const options = [...one("#tools").elements[name].options].slice(1);
  check(name + " has choices", options.length > 0);
  for (const option of options) {
    choose(name, option.value);
    const n = Number(/\((\d+)\)/.exec(option.text)[1]);
    check(`${name} ${option.value}: ${shown().length} for ${n}`, shown().length === n);
    check("the count follows", counted().includes(String(n)) && one("#where").textContent.endsWith("/ " + n));
    const heads = all(".group:not([hidden]) > h3 .n").reduce((sum, head) => sum + Number(head.textContent), 0);
    check("groups count what they show", heads === n);
  }
  choose(name, "");
}
const needle = cards[0].querySelector("h4").textContent.slice(0, 30);
choose("words", needle.toUpperCase());
check("words are found", shown().includes(cards[0]) && shown().length < cards.length);
choose("words", "no such words anywhere");
check("nothing is said to be found", shown().length === 0 && !one("#none").hidden);
choose("words", "");
check("all are back", shown().length === cards.length);
key("j");
check("j goes to the first", document.activeElement === cards[0] && one("#where").textContent === "1 / " + cards.length);
key("j");
check("j goes on", document.activeElement === cards[1]);
key("k"); key("k");
check("k goes round", document.activeElement === cards[cards.length - 1]);
key("j", one("#tools").elements.words);
check("keys in a field are letters", document.activeElement === cards[cards.length - 1]);
one("#next").click();
check("the button goes on", document.activeElement === cards[0]);
choose("words", "no such words anywhere");
location.hash = "#" + cards[1].id;
await wait(200);
check("a permalink ends the filter", !cards[1].hidden && cards[1].classList.contains("now"));
const fold = one("#rows details.run p");
if (fold) {
  fold.parentElement.open = false;
  location.hash = "#" + fold.id;
  await wait(200);
  check("a link into a fold opens it", fold.parentElement.open);
}
const folds = all("details:not([open])").length;
dispatchEvent(new Event("beforeprint"));
check("paper has no folds", folds > 0 && all("details:not([open])").length === 0);
dispatchEvent(new Event("afterprint"));
check("folds come back", all("details:not([open])").length === folds);
one("#sides").click();
check("sides stand beside each other", all(".pair").length > 0);
one("#sides").click();
check("and in one line again", all(".pair").length === 0);
const lines = () => all("#practices tbody tr").map((row) => row.cells[6].textContent.trim());
const before = lines();
all("#practices th button")[6].click();
check("lines sort by number", lines().map((n) => parseInt(n, 10)).every((n, i, l) => !i || isNaN(n) || isNaN(l[i - 1]) || l[i - 1] <= n));
check("no line is lost", lines().sort().join() === before.sort().join());
all("#practices th button")[6].click();
check("and back", all("#practices th")[6].getAttribute("aria-sort") === "descending");
check("each change offers its fingerprint", cards.every((card) => card.querySelectorAll("button.copy").length === 2));
"##;
    for view in &comparisons()[..2] {
        let wrong = complaints(&chromium, &html::comparison(view).unwrap(), steps, &[]);
        assert_eq!(wrong, [""; 0], "{}", view.title);
    }
}

/// At the width of a phone, nothing but a table of its own scrolls sideways; in the dark, the page is dark.
#[test]
fn pages_fit_a_phone_and_the_dark() {
    let Some(chromium) = chromium() else { return };
    let steps = r##"
check("the window is " + innerWidth + " wide", innerWidth <= 500);
check("the page is " + document.documentElement.scrollWidth + " wide", document.documentElement.scrollWidth <= innerWidth);
const light = getComputedStyle(document.body).backgroundColor.match(/\d+/g).map(Number);
check("the paper is " + light, light[0] < 64);
"##;
    let options = ["--window-size=390,800", "--blink-settings=preferredColorScheme=0"];
    for view in comparisons() {
        let wrong = complaints(&chromium, &html::comparison(&view).unwrap(), steps, &options);
        assert_eq!(wrong, [""; 0], "{}", view.title);
    }
}

/// A brand's style holds and its logo shows; a script in the logo does not run, and neither reaches the network.
#[test]
fn a_brand_shows_and_does_not_run() {
    let Some(chromium) = chromium() else { return };
    let logo = br##"<svg xmlns="http://www.w3.org/2000/svg" width="40" height="40" onload="parent.document.title='pwned'"><script>top.document.title='pwned'</script><rect width="40" height="40"/></svg>"##;
    let brand = html::Brand::default()
        .with_logo("logo.svg", logo)
        .and_then(|brand| brand.with_style("own.css", b"h1{color:rgb(1,2,3)}\r\n/* <!-- */"))
        .unwrap();
    let page = html::branded_comparison(&comparisons()[0], &brand).unwrap();
    let steps = r##"
await wait(300);
check("the logo shows", one("img.logo").complete && one("img.logo").naturalWidth === 40);
check("the style holds", getComputedStyle(one("h1")).color === "rgb(1, 2, 3)");
check("nothing ran", !document.title.includes("pwned"));
"##;
    assert_eq!(complaints(&chromium, &page, steps, &[]), [""; 0]);
}

/// axe-core finds nothing serious. `POLIDIFF_AXE` names its script, which is not part of this repository.
#[test]
fn axe_finds_nothing_serious() {
    let Some(chromium) = chromium() else { return };
    let Some(axe) = env::var_os("POLIDIFF_AXE").map(PathBuf::from) else {
        println!("skipped: POLIDIFF_AXE does not name axe.min.js");
        return;
    };
    let axe = fs::read_to_string(axe).unwrap().replace("</script", "<\\/script");
    let run = r##"
axe.run(document, { resultTypes: ["violations"] }).then((found) => {
  const grave = found.violations.filter((v) => v.impact === "serious" || v.impact === "critical");
  const said = grave.map((v) => v.id + " at " + v.nodes.slice(0, 3).map((n) => n.target.join(" ") + " " + n.html.slice(0, 120)).join("; "));
  document.documentElement.dataset.axe = said.join("\n") || "well";
}, (e) => { document.documentElement.dataset.axe = String(e); });
"##;
    let sets = ["larkspur-2025.en.md", "pantrypost.en.md", "qingcai.zh.txt"].map(sample);
    let mut pages: Vec<String> = comparisons().iter().map(|view| html::comparison(view).unwrap()).collect();
    pages.push(side_by_side(&sets));
    pages.push(html::practices(&practices::build(&sets[2], Vocabulary::builtin(), "zh")).unwrap());
    for (i, page) in pages.iter().enumerate() {
        // All pages take their colours from one style: one of them in the dark is enough.
        let dark = (i == 0).then_some("--blink-settings=preferredColorScheme=0");
        for scheme in dark.into_iter().chain(["--blink-settings=preferredColorScheme=1"]) {
            // The page's policy would keep axe from running.
            let (before, policy) = page.split_once("<meta http-equiv=\"Content-Security-Policy\"").unwrap();
            let (_, after) = policy.split_once('>').unwrap();
            let page = format!("{before}{after}");
            let page =
                page.replacen("</body>", &format!("<script>{axe}</script><script>{run}</script></body>"), 1);
            let loaded = load_with(&chromium, &page, &["--virtual-time-budget=60000", scheme]);
            let said = loaded.page.root_element().value().attr("data-axe").unwrap_or("axe did not end");
            assert_eq!(said, "well", "page {i} with {scheme}");
        }
    }
}

#[test]
fn what_runs_and_what_the_console_says_is_seen() {
    let Some(chromium) = chromium() else { return };
    let control = load(
        &chromium,
        "<!DOCTYPE html><title>x</title><script>document.title = 'ran'; nothing.there()</script>",
    );
    assert_eq!(control.title(), "ran");
    assert_eq!(control.console.len(), 1, "{:?}", control.console);
    assert!(control.console[0].contains("nothing is not defined"), "{:?}", control.console);
}

#[test]
fn the_script_of_a_comparison_runs() {
    let Some(chromium) = chromium() else { return };
    for view in comparisons() {
        let loaded = load(&chromium, &html::comparison(&view).unwrap());
        assert_eq!(loaded.console, [""; 0], "{}", view.title);
        assert!(!view.changes.is_empty());
        // Only the script shows the tools, counts the cards, and gives each a button.
        assert_eq!(loaded.all("form#tools:not([hidden])").len(), 1);
        assert_eq!(loaded.all("article button.copy").len(), 2 * view.changes.len());
        let shown: String = loaded.all("#shown")[0].text().collect();
        assert!(shown.contains(&view.changes.len().to_string()), "{shown}");
    }
}

#[test]
fn other_pages_run_without_complaint() {
    let Some(chromium) = chromium() else { return };
    let sets = ["larkspur-2025.en.md", "pantrypost.en.md", "qingcai.zh.txt"].map(sample);
    let matrix = load(&chromium, &side_by_side(&sets));
    assert_eq!(matrix.console, [""; 0]);
    assert!(!matrix.all("table.matrix td").is_empty());
    // Only the script shows the buttons that fold, and gives rows theirs.
    assert_eq!(matrix.all("#folds:not([hidden])").len(), 1);
    assert!(!matrix.all("#matrix th > button[aria-expanded]").is_empty());
    // Every link leads somewhere on the page.
    for link in matrix.all("a[href^='#']") {
        let target = link.value().attr("href").unwrap();
        assert_eq!(matrix.all(&format!("[id='{}']", &target[1..])).len(), 1, "{target}");
    }
    let view = practices::build(&sets[2], Vocabulary::builtin(), "zh");
    let list = load(&chromium, &html::practices(&view).unwrap());
    assert_eq!(list.console, [""; 0]);
    assert_eq!(list.all("article[tabindex]").len(), view.rows.len());
}

/// With scripts disabled each change is there to be read: its card takes room on the page.
#[test]
fn nothing_depends_on_scripts() {
    let Some(chromium) = chromium() else { return };
    let measure =
        "document.querySelectorAll('article,#b-0').forEach(a => a.dataset.high = a.offsetHeight > 20)";
    for view in comparisons() {
        let loaded = load(&chromium, &without_script(&html::comparison(&view).unwrap(), measure));
        for change in &view.changes {
            let card = loaded.all(&format!("[id='c-{}'][data-high=true]", change.id));
            assert_eq!(card.len(), 1, "{} is not shown in {}", change.id, view.title);
            let words: String = card[0].text().collect();
            for evidence in change.old.iter().chain(&change.new) {
                for segment in &evidence.segments {
                    assert!(words.contains(segment.text.trim()), "{:?} in {words}", segment.text);
                }
            }
        }
    }
    let sets = ["larkspur-2025.en.md", "pantrypost.en.md"].map(sample);
    let loaded = load(&chromium, &without_script(&side_by_side(&sets), measure));
    assert_eq!(loaded.all("#b-0[data-high=true]").len(), 1);
}

const HOSTILE: &str = r#"# Privacy <script>document.title='pwned'</script>

We collect your name <img src=x onerror="document.title='pwned'"> when you sign up.

We share your e-mail address "><svg onload=document.title='pwned'> with `</script><script>document.title='pwned'</script>` advertisers.

See [our terms](javascript:document.title='pwned') and <a href="javascript:document.title='pwned'">the rest</a>.

We keep your phone number --></style><style>*{display:none}</style> for 30 days {{ 7*7 }}.
"#;

/// What policies say is text: it neither runs, nor loads, nor becomes markup.
#[test]
fn nothing_of_a_policy_runs() {
    let Some(chromium) = chromium() else { return };
    let calm = common::parse("calm.md", b"# Privacy\n\nWe collect your name when you sign up.\n");
    for (name, format) in
        [("hostile.txt", Format::Text), ("hostile.md", Format::Markdown), ("hostile.html", Format::Html)]
    {
        let source = ingest::read(name, HOSTILE.as_bytes(), InputFormat::Forced(format)).unwrap();
        let hostile = PracticeSet::from_document(Document::new(name, source), Vocabulary::builtin());
        let view = practices::build(&hostile, Vocabulary::builtin(), "en");
        let pages = [
            html::comparison(&common::compare(&calm, &hostile)).unwrap(),
            html::comparison(&common::compare_as(&hostile, &calm, Relation::Vendors, "zh")).unwrap(),
            side_by_side(&[calm.clone(), hostile.clone()]),
            html::practices(&view).unwrap(),
        ];
        for (i, page) in pages.iter().enumerate() {
            let loaded = load(&chromium, page);
            let place = format!("page {i} of {name}");
            assert!(!loaded.title().starts_with("pwned"), "{place}");
            assert_eq!(loaded.console, [""; 0], "{place}");
            for (selector, most) in [("script", 1), ("style", 2), ("img,iframe,object,embed,link", 0)] {
                assert!(loaded.all(selector).len() <= most, "{selector} on {place}");
            }
            for element in loaded.all("*") {
                for (attribute, value) in element.value().attrs() {
                    assert!(!attribute.starts_with("on"), "{attribute} on {place}");
                    assert!(!value.trim().starts_with("javascript:"), "{value} on {place}");
                }
            }
            if format == Format::Text {
                // The words are there all the same.
                assert!(loaded.text().contains("<img src=x onerror="), "{place}: {}", loaded.text());
            }
        }
    }
}
