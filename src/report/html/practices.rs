//! The page of a document's practices.

use askama::Template;

use super::{Messages, Page};
use crate::report::practices::PracticeSetView;

#[derive(Template)]
#[template(path = "practices.html", whitespace = "minimize")]
pub(super) struct Practices {
    page: Page,
    m: &'static Messages,
}

impl Practices {
    pub(super) fn new(view: &PracticeSetView) -> Practices {
        let m = Messages::for_language(&view.language);
        Practices { page: Page::new(m, &view.document.title, &view.generator, &view.schema), m }
    }
}
