//! Concepts, their is-a hierarchy, their cues in both languages, and the matcher that finds them.
