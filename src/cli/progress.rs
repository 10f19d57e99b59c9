//! A bar on standard error while something takes long. Where standard error is no terminal there is none.

use std::io::{self, IsTerminal};

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

/// The bar; it goes when this value does. Threads may share it.
#[derive(Debug)]
pub struct Progress(ProgressBar);

impl Progress {
    /// Announces `total` steps of something.
    pub fn new(what: &str, total: usize) -> Progress {
        let target = if io::stderr().is_terminal() {
            ProgressDrawTarget::stderr()
        } else {
            ProgressDrawTarget::hidden()
        };
        let bar = ProgressBar::with_draw_target(Some(total as u64), target);
        let style = ProgressStyle::with_template("{prefix} {bar:30} {pos}/{len} {wide_msg}");
        bar.set_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()));
        bar.set_prefix(what.to_owned());
        Progress(bar)
    }

    /// Says that one more step is done.
    pub fn advance(&self) {
        self.0.inc(1);
    }

    /// Says how many steps are done.
    pub fn reach(&self, done: usize) {
        self.0.set_position(done as u64);
    }

    /// Says what is being done, or what was found.
    pub fn say(&self, words: &str) {
        self.0.set_message(words.to_owned());
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        self.0.finish_and_clear();
    }
}
