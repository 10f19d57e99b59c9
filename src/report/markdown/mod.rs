//! Reports as Markdown, for comments on GitHub and GitLab, whose length has an end: what does not fit is counted.
//!
//! Templates arrange; every word that comes from a policy goes through `escape`.

mod benchmark;
mod comparison;
mod escape;
mod pairs;
mod practices;

use askama::Template;

use super::messages::Messages;
use crate::error::{Error, Result};

pub use benchmark::benchmark;
pub use comparison::comparison;
pub use practices::practices;

/// A part of a report that may be shortened or left out.
#[derive(Clone, Debug, Default)]
struct Entry {
    /// With its quotes.
    full: String,
    /// Without.
    brief: String,
}

/// How many entries lost what.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Losses {
    /// Shown without their details.
    shortened: usize,
    /// Not shown.
    dropped: usize,
}

/// Chooses what of each entry fits in `room` characters; the last entries lose first, their details before themselves.
fn fit(entries: &[Entry], room: usize) -> (Vec<&str>, Losses) {
    let length = |text: &str| text.chars().count();
    let mut kept: Vec<&str> = entries.iter().map(|entry| entry.full.as_str()).collect();
    let mut total: usize = kept.iter().map(|text| length(text)).sum();
    let mut losses = Losses::default();
    for (text, entry) in kept.iter_mut().zip(entries).rev() {
        if total <= room {
            break;
        }
        if entry.brief != entry.full {
            total = total - length(&entry.full) + length(&entry.brief);
            *text = &entry.brief;
            losses.shortened += 1;
        }
    }
    while total > room {
        let (Some(text), Some(entry)) = (kept.pop(), entries.get(kept.len())) else { break };
        total -= length(text);
        losses.dropped += 1;
        if entry.brief != entry.full {
            losses.shortened -= 1;
        }
    }
    (kept, losses)
}

/// Writes a report with as many of its entries as keep it within `most` characters.
fn fitted<'a>(
    entries: &'a [Entry],
    most: usize,
    write: impl Fn(&[&'a str], Losses) -> Result<String>,
) -> Result<String> {
    let mut room = most;
    loop {
        let (kept, losses) = fit(entries, room);
        let text = write(&kept, losses)?;
        let length = text.chars().count();
        if length <= most || kept.is_empty() {
            return Ok(cut(text, most));
        }
        // What stands around the entries takes room as well.
        let taken: usize = kept.iter().map(|text| text.chars().count()).sum();
        room = taken.saturating_sub(length - most).min(room.saturating_sub(1));
    }
}

/// Says what was left out, a sentence each.
fn left_out(w: &Messages, key: &str, losses: Losses, total: usize) -> Vec<String> {
    let say = |key: &str, n: usize| w.fill(key, &[("n", &w.number(n)), ("total", &w.number(total))]);
    let mut notes = Vec::new();
    if losses.dropped > 0 {
        notes.push(say(key, losses.dropped));
    }
    if losses.shortened > 0 {
        notes.push(say("markdown.left-out-details", losses.shortened));
    }
    notes
}

/// Fills a template and closes ranks: no two blank lines, one line end at the end.
fn render(template: &impl Template) -> Result<String> {
    let text = template.render().map_err(|e| Error::Content {
        name: "the report".into(),
        what: format!("cannot be written as Markdown: {e}"),
        remedy: "another --format".into(),
    })?;
    let mut out = String::with_capacity(text.len());
    let mut blank = true;
    for line in text.lines().map(str::trim_end) {
        if !(blank && line.is_empty()) {
            out.push_str(line);
            out.push('\n');
        }
        blank = line.is_empty();
    }
    out.truncate(out.trim_end().len());
    out.push('\n');
    Ok(out)
}

/// The last resort for a report whose frame alone is too long: whole lines from its beginning.
fn cut(text: String, most: usize) -> String {
    if text.chars().count() <= most {
        return text;
    }
    let mut out = String::new();
    let mut used = 2;
    for line in text.lines() {
        used += line.chars().count() + 1;
        if used > most {
            break;
        }
        out.push_str(line);
        out.push('\n');
    }
    out.push_str("…\n");
    out
}

/// A title or name, no longer than a line or two.
fn short(text: &str) -> String {
    const MOST: usize = 160;
    if text.chars().count() <= MOST {
        return text.to_owned();
    }
    text.chars().take(MOST - 1).chain(['…']).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    use pulldown_cmark::{Event, Options, Parser, Tag};

    use crate::diff::Relation;
    use crate::report::table::{Details, sample};

    /// Only our own markup came of it.
    fn check(text: &str) {
        assert!(text.chars().all(|c| c == '\n' || !c.is_control()), "{text}");
        for event in Parser::new_ext(text, Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH) {
            match event {
                Event::Start(Tag::Link { .. } | Tag::Image { .. } | Tag::CodeBlock(_)) | Event::Code(_) => {
                    panic!("{event:?} in\n{text}")
                }
                Event::Html(html) | Event::InlineHtml(html) => {
                    let html = html.trim();
                    let ours = [
                        "<details",
                        "</details>",
                        "<sub>",
                        "</sub>",
                        "<del>",
                        "</del>",
                        "<strong>",
                        "</strong>",
                    ];
                    assert!(ours.iter().any(|tag| html.starts_with(tag)), "{html} in\n{text}");
                    assert!(!html.contains("script"), "{html}");
                }
                _ => {}
            }
        }
        assert_eq!(text.matches("<details").count(), text.matches("</details>").count());
    }

    #[test]
    fn policies_make_no_markup() {
        for details in [Details::None, Details::Summary, Details::Full] {
            for language in ["en", "zh"] {
                for relation in [Relation::Versions, Relation::Vendors] {
                    check(&comparison(&sample::comparison(relation, language, 2), details, 60_000).unwrap());
                }
                check(&benchmark(&sample::benchmark(3, language), details, 60_000).unwrap());
                check(&practices(&sample::practices(language), details, 60_000).unwrap());
            }
        }
    }

    #[test]
    fn a_comparison_is_a_list_under_headings() {
        let text =
            comparison(&sample::comparison(Relation::Versions, "en", 1), Details::Summary, 60_000).unwrap();
        let lists = |tag: fn(&Tag<'_>) -> bool| {
            Parser::new_ext(&text, Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH)
                .filter(|e| matches!(e, Event::Start(t) if tag(t)))
                .count()
        };
        assert_eq!(lists(|t| matches!(t, Tag::Table(_))), 2, "{text}");
        assert_eq!(lists(|t| matches!(t, Tag::BlockQuote(_))), 4, "{text}");
        // Three changes with three slots each, and a doubt.
        assert_eq!(lists(|t| matches!(t, Tag::Item)), 13, "{text}");
        assert!(lists(|t| matches!(t, Tag::Strong | Tag::Strikethrough)) > 4, "{text}");
    }

    #[test]
    fn length_has_an_end_and_says_so() {
        let view = sample::comparison(Relation::Vendors, "zh", 60);
        for most in [1_000, 3_000, 10_000, 60_000] {
            let text = comparison(&view, Details::Summary, most).unwrap();
            assert!(text.chars().count() <= most, "{most}");
            check(&text);
            assert!(most < 3_000 || text.contains("限于篇幅"), "{text}");
        }
        let whole =
            comparison(&sample::comparison(Relation::Versions, "zh", 2), Details::Summary, 60_000).unwrap();
        assert!(!whole.contains("限于篇幅"));
        for most in [1_000, 5_000] {
            assert!(
                benchmark(&sample::benchmark(50, "en"), Details::Summary, most).unwrap().chars().count()
                    <= most
            );
            assert!(
                practices(&sample::practices("en"), Details::Summary, most).unwrap().chars().count() <= most
            );
        }
    }

    #[test]
    fn the_last_entries_lose_first() {
        let entry = |full: &str, brief: &str| Entry { full: full.into(), brief: brief.into() };
        let entries = [entry("aaaa", "a"), entry("bbbb", "b"), entry("数数数数", "数")];
        assert_eq!(fit(&entries, 12), (vec!["aaaa", "bbbb", "数数数数"], Losses::default()));
        assert_eq!(fit(&entries, 9), (vec!["aaaa", "bbbb", "数"], Losses { shortened: 1, dropped: 0 }));
        assert_eq!(fit(&entries, 3), (vec!["a", "b", "数"], Losses { shortened: 3, dropped: 0 }));
        assert_eq!(fit(&entries, 1), (vec!["a"], Losses { shortened: 1, dropped: 2 }));
        assert_eq!(fit(&entries, 0), (vec![], Losses { shortened: 0, dropped: 3 }));
    }

    #[test]
    fn a_frame_too_long_is_cut_at_a_line() {
        assert_eq!(cut("one\ntwo\nthree\n".into(), 11), "one\ntwo\n…\n");
    }
}
