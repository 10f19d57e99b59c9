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

use scraper::{Html, Selector};

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
    let folder = tempfile::tempdir().unwrap();
    let place = |name: &str| folder.path().join(name);
    fs::write(place("page.html"), page).unwrap();
    let mut browser = Command::new(chromium)
        .args(["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"])
        .args(["--disable-background-networking", "--disable-component-update", "--disable-sync"])
        .args(["--disable-dev-shm-usage", "--enable-logging=stderr", "--dump-dom"])
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
        assert_eq!(loaded.all("article button.copy").len(), view.changes.len());
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
            for (selector, most) in [("script", 1), ("style", 1), ("img,iframe,object,embed,link", 0)] {
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
