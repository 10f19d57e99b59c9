//! Data for verbs that have none of their own: "is used and then stored", "ask us to delete your name", 并进行存储.
//!
//! A sentence that speaks of data seldom has a verb of practice without any; such a verb takes the data of the verb that it
//! brings about ("authorise us to collect"), or else of the verb before it.

use super::Linked;
use super::homes::Scene;

/// Gives each verb without data that of its neighbour. The first group with data reaches all that follow it without.
pub(super) fn share_data(scene: &Scene, practices: &mut [Linked]) {
    for k in (0..practices.len().saturating_sub(1)).rev() {
        if practices[k].data.is_empty() && scene.brings_about(k) {
            practices[k].data = practices[k + 1].data.clone();
        }
    }
    for k in 1..practices.len() {
        if practices[k].data.is_empty() && scene.goes_on(k) {
            practices[k].data = practices[k - 1].data.clone();
        }
    }
}
