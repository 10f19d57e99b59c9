//! Sentences that say that data is brought to other countries or kept there: "stored on servers in the United States".
//!
//! English experts filed them under keeping, so the model of that language cannot tell them apart.

use super::cues::CUES;
use super::{objects, places};

/// Whether an English sentence says so.
pub(super) fn speaks_of_abroad(words: &str) -> bool {
    let lower = words.to_lowercase();
    let holds = |cues: &[String]| cues.iter().any(|cue| objects::place(&lower, cue).is_some());
    holds(&CUES.moved) && holds(&CUES.moved_things) && (holds(&CUES.abroad) || !places(&lower).is_empty())
}

#[cfg(test)]
mod tests {
    use super::speaks_of_abroad;

    #[test]
    fn data_abroad_is_told_from_data_kept() {
        for words in [
            "Your information may be transferred to, and maintained on, servers located outside of your state or country.",
            "We store personal data in Ireland and the United States.",
            "Data may be processed in countries where we have offices.",
        ] {
            assert!(speaks_of_abroad(words), "{words}");
        }
        for words in [
            "We keep your data for two years.",
            "We transfer your data to the buyer of our business.",
            "If you live in Norway, you may ask us for your data.",
            "Cookies are stored on your computer.",
        ] {
            assert!(!speaks_of_abroad(words), "{words}");
        }
    }
}
