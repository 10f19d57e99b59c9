//! Whether a document is a policy at all, or an error page, a bot check or an empty shell recorded in its place.
//!
//! 2 % of recorded versions are (Open Terms Archive); to report them as hundreds of removed practices would be wrong.

use std::sync::LazyLock;

use serde::Deserialize;

use crate::document::{BlockKind, Document};
use crate::text::{Language, normal};

/// A document with more words than this is no shell.
const LONGEST_SHELL: usize = 120;
/// Characters of Chinese that a shell does not exceed.
const LONGEST_SHELL_HAN: usize = 240;

/// The words of `shell.yaml`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Cues {
    policy: Vec<String>,
    shell: Vec<String>,
}

#[allow(clippy::expect_used)] // our own file, read in a test
static CUES: LazyLock<Cues> =
    LazyLock::new(|| crate::yaml::own_file!("diff/shell").expect("shell.yaml is right"));

/// Whether a document reads like a policy. Short texts do unless they speak like an error page and not like a policy.
pub fn is_policy(document: &Document) -> bool {
    let long = match document.language {
        Language::Zh => document.text.chars().count() > LONGEST_SHELL_HAN,
        _ => document.text.split_whitespace().nth(LONGEST_SHELL).is_some(),
    };
    if long {
        return true;
    }
    // Nothing under its headings.
    if document.blocks.iter().all(|block| block.kind == BlockKind::Heading) {
        return false;
    }
    let text = normal(&document.text);
    let count = |cues: &[String]| cues.iter().filter(|cue| text.contains(cue.as_str())).count();
    let (shell, policy) = (count(&CUES.shell), count(&CUES.policy));
    shell == 0 || policy > shell + 1
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
    fn empty_shells_are_no_policies() {
        let page =
            |text: &str| Document::new("p.md", read("p.md", text.as_bytes(), InputFormat::Auto).unwrap());
        for shell in ["# Privacy Policy", "# Privacy Policy\n\nLoading…", "# 隐私政策\n\n加载中..."]
        {
            assert!(!is_policy(&page(shell)), "{shell}");
        }
        assert!(is_policy(&page("# Privacy Policy\n\nUploading a photo gives us your location data.")));
    }

    #[test]
    fn short_policies_are_policies() {
        assert!(is_policy(&document("We collect your email address.")));
        assert!(is_policy(&document("我们收集您的手机号码。")));
    }
}
