//! What is being done, on standard error, once it takes long. Where standard error is no terminal nothing is said.

use std::io::{self, IsTerminal};
use std::sync::mpsc::{self, RecvTimeoutError, Sender};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

/// Work that is done sooner is not announced.
const PATIENCE: Duration = Duration::from_millis(500);
/// How often the sign of life moves.
const TICK: Duration = Duration::from_millis(100);

/// A bar for work whose steps are counted; it goes when this value does. Threads may share it.
#[derive(Debug)]
pub struct Progress {
    bar: ProgressBar,
    begin: Instant,
}

impl Progress {
    /// Announces `total` steps of something.
    pub fn new(what: &str, total: usize) -> Progress {
        let bar = ProgressBar::with_draw_target(Some(total as u64), ProgressDrawTarget::hidden());
        let style = ProgressStyle::with_template("{prefix} {bar:30} {pos}/{len} {wide_msg}");
        bar.set_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()));
        bar.set_prefix(what.to_owned());
        Progress { bar, begin: Instant::now() }
    }

    /// Says that one more step is done.
    pub fn advance(&self) {
        self.show();
        self.bar.inc(1);
    }

    /// Says how many steps are done.
    pub fn reach(&self, done: usize) {
        self.show();
        self.bar.set_position(done as u64);
    }

    /// Says what is being done, or what was found.
    pub fn say(&self, words: &str) {
        self.bar.set_message(words.to_owned());
    }

    fn show(&self) {
        if self.bar.is_hidden() && self.begin.elapsed() > PATIENCE && io::stderr().is_terminal() {
            self.bar.set_draw_target(ProgressDrawTarget::stderr());
        }
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        self.bar.finish_and_clear();
    }
}

/// A sign of life for work that nobody can count; it goes, and its thread ends, when this value does.
#[derive(Debug)]
pub struct Waiting {
    bar: ProgressBar,
    /// The thread that draws, and what ends it; `None` where there is no terminal to draw on.
    drawing: Option<(Sender<()>, JoinHandle<()>)>,
}

impl Waiting {
    /// Waits for something that `say` will name.
    pub fn new() -> Waiting {
        let bar = ProgressBar::with_draw_target(None, ProgressDrawTarget::hidden());
        let style = ProgressStyle::with_template("{spinner} {msg} {elapsed}");
        bar.set_style(style.unwrap_or_else(|_| ProgressStyle::default_spinner()));
        let drawing = io::stderr().is_terminal().then(|| {
            let (end, ended) = mpsc::channel();
            let bar = bar.clone();
            let draw = move || {
                if ended.recv_timeout(PATIENCE) != Err(RecvTimeoutError::Timeout) {
                    return;
                }
                bar.set_draw_target(ProgressDrawTarget::stderr());
                loop {
                    bar.tick();
                    if ended.recv_timeout(TICK) != Err(RecvTimeoutError::Timeout) {
                        break;
                    }
                }
            };
            (end, thread::spawn(draw))
        });
        Waiting { bar, drawing }
    }

    /// Says what is being done.
    pub fn say(&self, words: String) {
        self.bar.set_message(words);
    }
}

impl Drop for Waiting {
    fn drop(&mut self) {
        if let Some((end, thread)) = self.drawing.take() {
            drop(end); // the thread sees that nobody is left to send
            let _ = thread.join();
        }
        self.bar.finish_and_clear();
    }
}
