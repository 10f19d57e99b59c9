//! What the words of a line look like: a title, a label with what it states, a lead-in, an item of a list.

/// The longest label before a colon that names a numbered paragraph, in columns.
pub(super) const LONGEST_LABEL: usize = 60;

/// Whether words can be a title: one line, no end of a sentence in it.
pub(super) fn is_title(words: &str, longest: usize) -> bool {
    let inner = words.trim_end_matches([':', '：', '?', '？', ' ']);
    fits(words, longest)
        && !inner.is_empty()
        && !words.contains('\n')
        && !inner.ends_with(['.', '。', ';', '；', ',', '，', '、', '!', '！'])
        && !inner.contains(['。', '；', '！', '？'])
        && !inner.contains(". ")
        && !inner.contains("? ")
        && inner.chars().any(char::is_alphabetic)
}

/// Whether words begin with a label that names them: "Device information: we …", 设备信息：我们……
pub(super) fn has_label(words: &str) -> bool {
    label(words).is_some()
}

/// What stands behind the label of a numbered line, if it is a list or a clause: "2. Map kit: location, device model".
pub(super) fn stated_behind_label(words: &str) -> Option<&str> {
    let rest = words.get(label(words)?.len()..)?.trim_start_matches([':', '：', '.', ' ']);
    (has_clauses(rest) || rest.contains(['、', '/'])).then_some(rest)
}

/// Whether commas part words into clauses or items.
pub(super) fn has_clauses(words: &str) -> bool {
    words.contains('，') || words.contains(", ")
}

/// The words before the colon or point with which a paragraph begins, where they name it.
pub(super) fn label(words: &str) -> Option<&str> {
    let (at, colon) = words
        .char_indices()
        .find(|(_, c)| matches!(c, ':' | '：' | '.' | '。' | ',' | '，' | '、' | '；' | ';'))?;
    let label = &words[..at];
    let rest = &words[at + colon.len_utf8()..];
    let stops =
        matches!(colon, ':' | '：') || (colon == '.' && rest.starts_with(' ') && columns(label) <= 50);
    (stops
        && columns(label) <= LONGEST_LABEL
        && columns(label) >= 4
        && !rest.trim().is_empty()
        && !rest.starts_with("//"))
    .then_some(label)
}

/// Whether words lead in to something.
pub(super) fn ends_with_colon(words: &str) -> bool {
    words.trim_end().trim_end_matches(['*', '_']).ends_with([':', '：'])
}

/// Whether words end as an item does that others follow: "…;", "…; and".
pub(super) fn ends_with_semicolon(words: &str) -> bool {
    let words = words.trim_end();
    let joined =
        [" and", " or", "以及", "和", "或", "及", "或者"].iter().find_map(|word| words.strip_suffix(word));
    joined.unwrap_or(words).trim_end().ends_with([';', '；'])
}

/// Whether words hold no more than one sentence, which leads in to nothing.
pub(super) fn is_one_sentence(words: &str) -> bool {
    let inner = words.trim_end().trim_end_matches(['.', '。']);
    !inner.contains(['。', '！', '？']) && !inner.contains(". ") && !ends_with_colon(words)
}

/// Whether words take no more than so many columns.
pub(super) fn fits(words: &str, most: usize) -> bool {
    // A character has at most three bytes for each column.
    words.len() <= 3 * most && columns(words) <= most
}

/// Width in columns: Han characters and full-width marks take two.
pub(super) fn columns(words: &str) -> usize {
    words.chars().map(|c| if (c as u32) >= 0x2e80 { 2 } else { 1 }).sum()
}
