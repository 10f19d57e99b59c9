//! Annotated text `(actor)[action]<data>{purpose}` → the text without those brackets, and the marks as spans into it.
//!
//! Policies hold brackets of their own, so a pair is a mark only by what it holds and where it stands:
//!
//! - `[…]`, `<…>` and `{…}` on one line, around words. Not footnotes `[1]`, tick boxes, Markdown links, e-mail and web
//!   addresses, HTML tags, or template variables.
//! - `(…)` around an actor. Real parentheses explain a word or number a list, so these stay text: `(1)`, `(iv)`, `(二)`;
//!   what starts as an explanation does ("such as", "e.g.", "如", "包括"); plurals as in `party(ies)`; and what follows
//!   `<data>` at once. Chinese policies write their own parentheses full width, so other Chinese words in ASCII ones are
//!   an actor. English words are one where the sentence needs them: at the start of a clause, after a preposition,
//!   article, conjunction or a verb such as "allow", or before a verb. Except for pronouns, a line without other marks has no actors.
//!
//! Marks may stand inside marks. Everything else about the text is as in plain text.

use std::collections::BTreeSet;

use super::{Format, Mark, MarkRole, Source, plain};
use crate::text::{Span, is_han};

/// The longest annotated words in characters: purposes are clauses, the others phrases.
const LONGEST_PURPOSE: usize = 240;
const LONGEST_PHRASE: usize = 120;
const LONGEST_ACTOR: usize = 60;

/// Reads annotated text; `source.text` is the text without the brackets of marks.
pub(super) fn read(text: &str) -> Source {
    let pairs = marks(text);
    let mut brackets: Vec<usize> = pairs.iter().flat_map(|pair| [pair.open, pair.close]).collect();
    brackets.sort_unstable();
    let mut plain = String::with_capacity(text.len());
    let mut from = 0;
    for &bracket in &brackets {
        plain.push_str(text.get(from..bracket).unwrap_or_default());
        from = bracket + 1;
    }
    plain.push_str(text.get(from..).unwrap_or_default());
    // A byte of the given text moves left by the brackets before it.
    let moved = |at: usize| at - brackets.partition_point(|&bracket| bracket < at);
    let mut marks: Vec<Mark> = pairs
        .iter()
        .map(|pair| Mark { role: pair.role, span: Span::new(moved(pair.open + 1), moved(pair.close)) })
        .collect();
    marks.sort_by_key(|mark| (mark.span.start, std::cmp::Reverse(mark.span.end)));
    Source { format: Format::Annotated, marks, ..plain::read(plain) }
}

/// Whether a text is annotated: three marks or more, of two kinds or more, two of them in one line.
pub(super) fn looks_like(text: &str) -> bool {
    let pairs = marks(text);
    let found = |role| pairs.iter().filter(|pair| pair.role == role).count();
    let kinds = [found(MarkRole::Action), found(MarkRole::Data), found(MarkRole::Purpose)];
    let together = pairs.windows(2).any(|two| match two {
        [a, b] => {
            a.line == b.line && a.role != b.role && a.role != MarkRole::Actor && b.role != MarkRole::Actor
        }
        _ => false,
    });
    let variety = kinds.iter().filter(|&&n| n > 0).count();
    // One annotated sentence is enough for a short text; in a long one, stray brackets add up.
    let enough = 3 + text.len() / 8_000;
    variety >= 2 && together && pairs.len() >= enough && !text.contains("</")
}

/// A pair of brackets, by the bytes of its halves.
#[derive(Clone, Copy, Debug)]
struct Pair {
    role: MarkRole,
    open: usize,
    close: usize,
    line: usize,
}

impl Pair {
    fn inner<'a>(&self, text: &'a str) -> &'a str {
        Span::new(self.open + 1, self.close).of(text)
    }
}

/// The pairs that are marks, by their opening bracket.
fn marks(text: &str) -> Vec<Pair> {
    let (mut actors, mut marks): (Vec<Pair>, Vec<Pair>) =
        pairs(text).into_iter().partition(|pair| pair.role == MarkRole::Actor);
    let closed = closing_tags(text);
    marks.retain(|pair| is_mark(text, pair, &closed));
    marks.sort_unstable_by_key(|pair| pair.open);
    actors.retain(|pair| is_actor(text, pair, &marks));
    marks.extend(actors);
    marks.sort_unstable_by_key(|pair| pair.open);
    marks
}

/// All balanced pairs that open and close in one line.
fn pairs(text: &str) -> Vec<Pair> {
    let (mut found, mut open): (Vec<Pair>, Vec<(u8, usize)>) = Default::default();
    let mut line = 0;
    for (at, byte) in text.bytes().enumerate() {
        let (opening, role) = match byte {
            b'(' | b'[' | b'<' | b'{' => {
                open.push((byte, at));
                // Brackets this deep are no annotation, and looking for their partners takes time.
                if open.len() > 64 {
                    open.clear();
                }
                continue;
            }
            b')' => (b'(', MarkRole::Actor),
            b']' => (b'[', MarkRole::Action),
            b'>' => (b'<', MarkRole::Data),
            b'}' => (b'{', MarkRole::Purpose),
            b'\n' | b'\r' => {
                line += 1;
                open.clear();
                continue;
            }
            _ => continue,
        };
        if let Some(partner) = open.iter().rposition(|&(bracket, _)| bracket == opening) {
            let start = open.get(partner).map_or(at, |&(_, start)| start);
            open.truncate(partner);
            found.push(Pair { role, open: start, close: at, line });
        }
    }
    found
}

/// Whether brackets other than parentheses hold annotated words.
fn is_mark(text: &str, pair: &Pair, closed: &BTreeSet<&str>) -> bool {
    let inner = pair.inner(text);
    let before = text.get(..pair.open).and_then(|before| before.chars().next_back());
    let after = text.get(pair.close + 1..).unwrap_or_default();
    let longest = if pair.role == MarkRole::Purpose { LONGEST_PURPOSE } else { LONGEST_PHRASE };
    if !is_words(inner, longest) {
        return false;
    }
    match pair.role {
        MarkRole::Action => {
            let link = after.strip_prefix('(').and_then(link_target).is_some_and(|target| {
                target.is_empty()
                    || target.is_ascii() && !target.contains(' ') && target.contains(['/', '.', '#', ':'])
            });
            let reference = after.starts_with("[]") || after.starts_with(':') && inner.starts_with('^');
            !link
                && !reference
                && !inner.starts_with('^')
                && !matches!(inner, "x" | "X" | "sic")
                && before != Some('!')
        }
        MarkRole::Data => !is_address(inner) && !is_tag(inner, closed),
        MarkRole::Purpose => {
            let variable = inner.starts_with(['%', '{', '#', ':', '$', '.'])
                || inner.is_ascii() && inner.contains('_') && !inner.contains(' ');
            !variable && !matches!(before, Some('$' | '{' | '#' | '%')) && !after.starts_with('}')
        }
        MarkRole::Actor => true,
    }
}

/// Whether brackets hold words at all: letters, no blank at the ends, no enumerator.
fn is_words(inner: &str, longest: usize) -> bool {
    inner.chars().nth(longest).is_none()
        && inner.chars().next().is_some_and(|c| !c.is_whitespace())
        && inner.chars().next_back().is_some_and(|c| !c.is_whitespace())
        && inner.chars().any(char::is_alphabetic)
        && !(inner.is_ascii() && plain::is_number(inner))
}

fn is_address(inner: &str) -> bool {
    let one_word = !inner.contains(char::is_whitespace);
    one_word
        && (inner.contains('@')
            || inner.contains("://")
            || inner.starts_with("mailto:")
            || inner.starts_with("www."))
}

/// What stands before the next `)`, if that is near enough for an address.
fn link_target(rest: &str) -> Option<&str> {
    let end = rest.bytes().take(200).position(|byte| byte == b')')?;
    rest.get(..end)
}

/// Names of all closing tags.
fn closing_tags(text: &str) -> BTreeSet<&str> {
    let name = |tag: &str| tag.find(|c: char| !c.is_ascii_alphanumeric()).filter(|&end| end > 0);
    text.split("</").skip(1).filter_map(|tag| tag.get(..name(tag)?)).collect()
}

/// Whether `<inner>` is an HTML tag: closing, with attributes, empty by nature, or closed further on.
fn is_tag(inner: &str, closed: &BTreeSet<&str>) -> bool {
    let name: String = inner.chars().take_while(char::is_ascii_alphanumeric).collect();
    let rest = inner.get(name.len()..).unwrap_or_default();
    inner.starts_with(['/', '!', '?'])
        || rest.ends_with('/')
        || rest.contains("=\"")
        || rest.contains("='")
        || rest.is_empty()
            && (matches!(
                name.to_ascii_lowercase().as_str(),
                "br" | "hr"
                    | "p"
                    | "img"
                    | "b"
                    | "i"
                    | "u"
                    | "em"
                    | "strong"
                    | "li"
                    | "ul"
                    | "ol"
                    | "div"
                    | "span"
                    | "td"
                    | "tr"
                    | "th"
                    | "table"
                    | "html"
                    | "body"
                    | "head"
            ) || closed.contains(name.as_str()))
}

/// Whether parentheses hold an actor rather than an explanation. `marks` are the other marks, in order.
fn is_actor(text: &str, pair: &Pair, marks: &[Pair]) -> bool {
    let inner = pair.inner(text);
    if !is_words(inner, LONGEST_ACTOR) || plain::is_number(inner) || is_address(inner) {
        return false;
    }
    let next_mark = marks.partition_point(|mark| mark.open < pair.open);
    let previous = next_mark.checked_sub(1).and_then(|i| marks.get(i));
    let before = text.get(..pair.open).unwrap_or_default();
    let after = text.get(pair.close + 1..).unwrap_or_default();
    let lower = inner.to_lowercase();
    let has_han = inner.chars().any(is_han);
    let glued = before.chars().next_back().is_some_and(|c| c.is_ascii_alphanumeric());
    if glued && !has_han {
        return false;
    }
    if PRONOUNS.contains(&lower.as_str()) {
        return true;
    }
    let alone = ![previous, marks.get(next_mark)].into_iter().flatten().any(|mark| mark.line == pair.line);
    if alone || explains(&lower) || has_sentence_marks(inner) {
        return false;
    }
    let before_action = marks.get(next_mark).is_some_and(|mark| {
        mark.role == MarkRole::Action && Span::new(pair.close + 1, mark.open).of(text).trim().is_empty()
    });
    if before_action || starts_with_any(after.trim_start(), AUXILIARIES) {
        return true;
    }
    let after_data = previous.is_some_and(|mark| {
        mark.role == MarkRole::Data && Span::new(mark.close + 1, pair.open).of(text).trim().is_empty()
    });
    if after_data {
        return false;
    }
    if has_han {
        return true;
    }
    let before = before.trim_end_matches([' ', '\t', '\u{a0}']);
    let Some(last) = before.chars().next_back() else { return true };
    let word = before.rsplit(|c: char| !c.is_alphanumeric()).next().unwrap_or_default();
    (!last.is_alphanumeric() || CONNECTIVES.contains(&word.to_lowercase().as_str()))
        || last.is_control()
        || before
            .ends_with(['由', '与', '和', '及', '或', '向', '给', '从', '经', '的', '为', '被', '让', '对'])
}

/// Whether words in parentheses explain what stands before them.
fn explains(lower: &str) -> bool {
    let first = lower.split(|c: char| c.is_whitespace() || c == ',' || c == '/').next().unwrap_or_default();
    EXPLAINING.contains(&first.trim_end_matches(':'))
        || EXPLAINING_ZH.iter().any(|start| lower.starts_with(start))
        || lower.ends_with('等')
        || lower.ends_with("etc.")
}

fn has_sentence_marks(inner: &str) -> bool {
    inner.contains(['"', '“', '”', '「', '。', '；', ';', '：', ':', '?', '？', '!', '！', '=', '*'])
}

fn starts_with_any(words: &str, starts: &[&str]) -> bool {
    starts.iter().any(|start| {
        words.get(..start.len()).is_some_and(|head| head.eq_ignore_ascii_case(start))
            && (!start.is_ascii()
                || !words.get(start.len()..).is_some_and(|rest| rest.starts_with(char::is_alphanumeric)))
    })
}

/// Actors wherever they stand.
const PRONOUNS: [&str; 17] = [
    "we",
    "us",
    "you",
    "they",
    "them",
    "it",
    "our company",
    "third parties",
    "third party",
    "我们",
    "您",
    "你",
    "他们",
    "第三方",
    "我方",
    "用户",
    "本公司",
];

/// Words after which an English sentence needs an actor: prepositions, articles, conjunctions, verbs of giving and allowing.
const CONNECTIVES: [&str; 67] = [
    "with",
    "to",
    "by",
    "from",
    "of",
    "for",
    "and",
    "or",
    "but",
    "the",
    "a",
    "an",
    "our",
    "your",
    "their",
    "its",
    "this",
    "that",
    "these",
    "those",
    "which",
    "when",
    "where",
    "if",
    "as",
    "than",
    "between",
    "among",
    "through",
    "via",
    "other",
    "because",
    "while",
    "so",
    "is",
    "are",
    "let",
    "lets",
    "allow",
    "allows",
    "allowing",
    "permit",
    "permits",
    "permitting",
    "enable",
    "enables",
    "require",
    "requires",
    "authorize",
    "authorizes",
    "authorizing",
    "give",
    "gives",
    "giving",
    "grant",
    "grants",
    "granting",
    "provide",
    "provides",
    "tell",
    "notify",
    "inform",
    "ask",
    "asks",
    "contact",
    "instruct",
    "engage",
];

/// Verbs that follow an actor.
const AUXILIARIES: &[&str] = &[
    "may", "might", "will", "would", "can", "could", "shall", "should", "must", "do", "does", "did", "has",
    "have", "had", "is", "are", "was", "were", "also", "never", "会", "将", "可", "需", "应", "须", "有权",
    "不", "未", "并", "仅", "已",
];

const EXPLAINING: [&str; 50] = [
    "e.g.",
    "e.g",
    "eg",
    "eg.",
    "i.e.",
    "i.e",
    "ie",
    "such",
    "including",
    "include",
    "includes",
    "for",
    "if",
    "or",
    "and",
    "see",
    "as",
    "collectively",
    "hereinafter",
    "hereafter",
    "like",
    "except",
    "excluding",
    "but",
    "not",
    "only",
    "when",
    "where",
    "which",
    "in",
    "on",
    "by",
    "with",
    "to",
    "at",
    "from",
    "also",
    "effective",
    "updated",
    "optional",
    "together",
    "referred",
    "formerly",
    "unless",
    "whether",
    "without",
    "about",
    "above",
    "below",
    "note",
];

const EXPLAINING_ZH: [&str; 24] = [
    "如", "例", "比如", "包括", "包含", "含", "即", "以下", "下称", "简称", "统称", "又称", "见", "详见",
    "参见", "请", "注", "若", "或", "以及", "不", "仅", "除", "其中",
];

#[cfg(test)]
mod tests {
    use super::*;

    const EN: &str = "What we do\n\nWhen you open an account, (we) [collect] <your name> and <e-mail address> to {create the account}. \
        (Acme) [shares] <order details> with (delivery companies), such as carriers (see below).\n";
    const ZH: &str = "一、收集信息\r\n\r\n为{创建账户}，您需要[提供]<手机号码>（必填）和<密码>。(我们)不会[出售]<个人信息>(如姓名)。\r\n";

    fn marked(text: &str) -> Vec<(MarkRole, String)> {
        let source = read(text);
        source.marks.iter().map(|m| (m.role, m.span.of(&source.text).to_string())).collect()
    }

    fn unmarked(text: &str) {
        assert_eq!(marked(text), []);
        assert_eq!(read(text).text, text);
        assert!(!looks_like(text), "{text}");
    }

    #[test]
    fn marks_are_taken_out_and_point_into_the_text() {
        use MarkRole::*;
        assert!(looks_like(EN) && looks_like(ZH));
        let want =
            |list: &[(MarkRole, &str)]| list.iter().map(|(r, w)| (*r, w.to_string())).collect::<Vec<_>>();
        assert_eq!(
            marked(EN),
            want(&[
                (Actor, "we"),
                (Action, "collect"),
                (Data, "your name"),
                (Data, "e-mail address"),
                (Purpose, "create the account"),
                (Actor, "Acme"),
                (Action, "shares"),
                (Data, "order details"),
                (Actor, "delivery companies"),
            ])
        );
        assert_eq!(
            marked(ZH),
            want(&[
                (Purpose, "创建账户"),
                (Action, "提供"),
                (Data, "手机号码"),
                (Data, "密码"),
                (Actor, "我们"),
                (Action, "出售"),
                (Data, "个人信息"),
            ])
        );
        assert!(read(ZH).text.ends_with("和密码。我们不会出售个人信息(如姓名)。\r\n"));
        assert!(read(EN).text.contains("with delivery companies, such as carriers (see below)."));
        assert_eq!(read(ZH).blocks.len(), 2);
    }

    #[test]
    fn marks_stand_inside_marks() {
        let source = read("(我们)[收集]<设备信息>以{向(您)[提供]服务}。");
        assert_eq!(source.text, "我们收集设备信息以向您提供服务。");
        let words: Vec<_> = source.marks.iter().map(|m| m.span.of(&source.text)).collect();
        assert_eq!(words, ["我们", "收集", "设备信息", "向您提供服务", "您", "提供"]);
    }

    #[test]
    fn brackets_of_their_own_stay_text() {
        unmarked(
            "(1) We collect your name (and age). (a) See [1] and [our terms](https://acme.example/terms).",
        );
        unmarked(
            "Write to <privacy@acme.example> or <https://acme.example>. [ ] Yes [x] No. Hello {{ name }}, ${user}.",
        );
        unmarked("<p>We <b>collect</b> your name</p> <br> <a href=\"/x\">more</a>");
        unmarked("(一)我们收集[ ]信息<>，例如{}。");
        unmarked("A third party(ies) may, under Article 6(1)(f), keep the Internet Protocol (IP) address.");
    }

    #[test]
    fn unbalanced_brackets_stay_text() {
        let source = read("[提供<手机号码>给(我们，a > b < c 用于{登录}");
        assert_eq!(source.text, "[提供手机号码给(我们，a > b < c 用于登录");
        assert_eq!(source.marks.len(), 2);
    }

    #[test]
    fn a_data_mark_may_be_called_like_a_tag() {
        assert_eq!(marked("(We) [collect] <data> and <address>.").len(), 4);
    }

    #[test]
    fn many_open_brackets_take_no_time() {
        for text in ["([<{", "[ab](", "<ab></", "(ab [", "<ab>"] {
            let text = text.repeat(50_000);
            looks_like(&text);
            assert!(read(&text).text.len() <= text.len());
        }
    }
}
