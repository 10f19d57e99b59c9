//! Data and circumstances for verbs that have none of their own: "is used and then stored", "ask us to delete your name", 并进行存储.
//!
//! A sentence that speaks of data seldom has a verb of practice without any; such a verb takes the data of the verb that it
//! brings about ("authorise us to collect"), or else of the verb before it.

use super::Linked;
use super::coordination::MOST_COORDINATED;
use super::homes::Scene;

/// Data beyond which a pronoun is not followed, so that a hostile chain of them stays linear.
const MOST_AGAIN: usize = 48;

/// Gives each verb without data that of its neighbour, and joined verbs the conditions before and the purposes behind them.
pub(super) fn share(scene: &Scene, practices: &mut [Linked]) {
    // Copies in a row are bounded, for a hostile list of verbs must not multiply its data.
    let mut copies = 0;
    let mut joined = vec![false; practices.len()]; // to the next one
    for k in (0..practices.len().saturating_sub(1)).rev() {
        copies = if practices[k].data.is_empty() { copies + 1 } else { 0 };
        if practices[k].data.is_empty()
            && (scene.brings_about(k) || scene.waits_for(k))
            && copies <= MOST_COORDINATED
        {
            practices[k].data = practices[k + 1].data.clone();
            joined[k] = true;
        }
    }
    copies = 0;
    for k in 1..practices.len() {
        copies = if practices[k].data.is_empty() { copies + 1 } else { 0 };
        if practices[k].data.is_empty() && scene.goes_on(k) && copies <= MOST_COORDINATED {
            practices[k].data = practices[k - 1].data.clone();
            joined[k - 1] = true;
        } else {
            let (earlier, own) = practices.split_at_mut(k);
            if let (Some(before), Some(own)) = (earlier.last(), own.first_mut())
                && scene.takes_again(k)
                && before.data.len() + own.data.len() <= MOST_AGAIN
            {
                own.data.splice(0..0, before.data.iter().copied());
                joined[k - 1] = true;
            }
            joined[k - 1] |= scene.runs_on(k);
        }
    }
    copies = 0;
    for k in 1..practices.len() {
        copies = if joined[k - 1] { copies + 1 } else { 0 };
        if joined[k - 1] && practices[k].conditions.is_empty() && copies <= MOST_COORDINATED {
            // Leading conditions only: what stands behind a verb is its own.
            let first = practices.iter().find_map(|p| p.action).unwrap_or(0);
            practices[k].conditions =
                practices[k - 1].conditions.iter().copied().filter(|&c| c < first).collect();
        }
    }
    copies = 0;
    for k in (0..practices.len().saturating_sub(1)).rev() {
        copies = if joined[k] { copies + 1 } else { 0 };
        if joined[k] && practices[k].purposes.is_empty() && copies <= MOST_COORDINATED {
            let last = practices[k + 1].action.unwrap_or(usize::MAX);
            practices[k].purposes = practices[k + 1].purposes.iter().copied().filter(|&p| p > last).collect();
        }
    }
}
