//! Whether a document is a policy at all, or an error page, a bot check or an empty shell recorded in its place.
//!
//! 2 % of recorded versions are (Open Terms Archive); to report them as hundreds of removed practices would be wrong.

use crate::document::Document;
use crate::text::{Language, normalize};

/// A document with more words than this is no shell.
const LONGEST_SHELL: usize = 120;
/// Characters of Chinese that a shell does not exceed.
const LONGEST_SHELL_HAN: usize = 240;

/// Words of policies, in the languages that are commonly met.
const POLICY: &[&str] = &[
    "privacy",
    "personal",
    "data",
    "information",
    "cookie",
    "policy",
    "collect",
    "consent",
    "subprocessor",
    "processor",
    "隐私",
    "个人信息",
    "数据",
    "收集",
    "信息",
    "données",
    "confidentialité",
    "personnelles",
    "daten",
    "datenschutz",
    "datos",
    "privacidad",
    "dati",
];
/// Words of pages that stand in a policy's place.
const SHELL: &[&str] = &[
    "javascript",
    "verifying",
    "captcha",
    "access denied",
    "not found",
    "try again",
    "refresh",
    "forbidden",
    "just a moment",
    "error",
    "enable cookies",
    "browser",
    "navigateur",
    "vérification",
    "页面不存在",
    "访问出错",
    "请稍后",
    "验证",
    "浏览器",
];

/// Whether a document reads like a policy. Short texts do unless they speak like an error page and not like a policy.
pub(super) fn is_policy(document: &Document) -> bool {
    let long = match document.language {
        Language::Zh => document.text.chars().count() > LONGEST_SHELL_HAN,
        _ => document.text.split_whitespace().nth(LONGEST_SHELL).is_some(),
    };
    if long {
        return true;
    }
    let text = normalize(&document.text).text;
    let count = |cues: &[&str]| cues.iter().filter(|cue| text.contains(*cue)).count();
    count(SHELL) == 0 || count(POLICY) > count(SHELL) + 1
}

#[cfg(test)]
mod tests {
    use super::is_policy;
    use crate::document::Document;
    use crate::ingest::{InputFormat, read};

    fn document(text: &str) -> Document {
        Document::new("p.txt", read("p.txt", text.as_bytes(), InputFormat::Auto).unwrap())
    }

    #[test]
    fn error_pages_are_no_policies() {
        assert!(!is_policy(&document(
            "Just a moment. We are verifying your browser. Please enable JavaScript."
        )));
        assert!(!is_policy(&document("页面不存在，请稍后再试。")));
    }

    #[test]
    fn short_policies_are_policies() {
        assert!(is_policy(&document("We collect your email address.")));
        assert!(is_policy(&document("我们收集您的手机号码。")));
    }
}
