//! English inflection: from a cue as a dictionary writes it to the forms in which policies use it.
//!
//! It only ever adds forms to look for, so a form that does not exist costs nothing; the rules stay short.

/// All forms of a cue whose last word is a noun: "ip address" → "ip addresses", "date of birth" → "dates of birth".
/// A plural of several words also gives its singular; single plural words ("contacts", "likes") do not, since
/// their singulars are often verbs.
pub fn noun_forms(cue: &str) -> Vec<String> {
    let mut forms = vec![cue.to_string()];
    for (at, word) in heads(cue) {
        let (before, after) = (&cue[..at], &cue[at + word.len()..]);
        let mut put = |word: String| forms.push(format!("{before}{word}{after}"));
        if let Some(plural) = plural(word) {
            put(plural);
        }
        if cue.contains(' ') {
            singulars(word).into_iter().for_each(&mut put);
        }
    }
    forms
}

/// All forms of a cue whose first word is a verb: "opt out" → "opts out", "opted out", "opting out".
pub fn verb_forms(cue: &str) -> Vec<String> {
    let (verb, rest) = cue.split_at(cue.find(' ').unwrap_or(cue.len()));
    let mut forms = vec![cue.to_string()];
    if verb.chars().all(|c| c.is_ascii_lowercase()) && verb.len() > 1 {
        forms.extend(conjugate(verb).into_iter().map(|form| format!("{form}{rest}")));
    }
    forms
}

/// The words of a cue that may be in the plural: the last, and the one before a preposition.
fn heads(cue: &str) -> Vec<(usize, &str)> {
    let mut heads = Vec::new();
    let mut last = None;
    let mut at = 0;
    for word in cue.split(' ') {
        if matches!(word, "of" | "in" | "for" | "on" | "at" | "about" | "from") {
            heads.extend(last);
        }
        last = Some((at, word));
        at += word.len() + 1;
    }
    heads.extend(last);
    heads.dedup();
    heads.retain(|(_, word)| word.len() > 1 && word.chars().all(|c| c.is_ascii_alphanumeric()));
    heads
}

fn is_vowel(c: u8) -> bool {
    matches!(c, b'a' | b'e' | b'i' | b'o' | b'u')
}

fn plural(noun: &str) -> Option<String> {
    const IRREGULAR: [(&str, &str); 10] = [
        ("child", "children"),
        ("person", "persons"),
        ("man", "men"),
        ("woman", "women"),
        ("criterion", "criteria"),
        ("index", "indices"),
        ("analysis", "analyses"),
        ("diagnosis", "diagnoses"),
        ("basis", "bases"),
        ("photo", "photos"),
    ];
    if let Some((_, plural)) = IRREGULAR.iter().find(|(one, _)| *one == noun) {
        return Some((*plural).to_string());
    }
    if matches!(noun, "information" | "data" | "software" | "people" | "children") {
        return None;
    }
    if noun.ends_with('s') && !noun.ends_with("ss") && !noun.ends_with("us") {
        return None;
    }
    Some(add_s(noun))
}

/// The -s of plurals and of verbs: "address" → "addresses", "party" → "parties".
fn add_s(word: &str) -> String {
    let bytes = word.as_bytes();
    if let Some(stem) = word.strip_suffix('y')
        && bytes.len() > 1
        && !is_vowel(bytes[bytes.len() - 2])
    {
        return format!("{stem}ies");
    }
    if ["s", "x", "z", "ch", "sh"].iter().any(|end| word.ends_with(end)) {
        return format!("{word}es");
    }
    format!("{word}s")
}

fn singulars(noun: &str) -> Vec<String> {
    if noun.len() < 4 || noun.ends_with("ss") || noun.ends_with("us") || noun.ends_with("is") {
        return Vec::new();
    }
    let mut forms = Vec::new();
    if let Some(stem) = noun.strip_suffix("ies") {
        forms.push(format!("{stem}y"));
    }
    if ["sses", "xes", "ches", "shes"].iter().any(|end| noun.ends_with(end)) {
        forms.push(noun[..noun.len() - 2].to_string());
    } else if let Some(stem) = noun.strip_suffix('s') {
        forms.push(stem.to_string());
    }
    forms
}

/// Third person, past, past participle and -ing form.
fn conjugate(verb: &str) -> Vec<String> {
    const IRREGULAR: [(&str, &[&str]); 34] = [
        ("be", &["is", "are", "was", "were", "been", "being"]),
        ("begin", &["began", "begun"]),
        ("bind", &["bound"]),
        ("bring", &["brought"]),
        ("build", &["built"]),
        ("buy", &["bought"]),
        ("choose", &["chose", "chosen"]),
        ("come", &["came"]),
        ("do", &["does", "did", "done"]),
        ("find", &["found"]),
        ("forget", &["forgot", "forgotten"]),
        ("get", &["got", "gotten"]),
        ("give", &["gave", "given"]),
        ("go", &["goes", "went", "gone"]),
        ("have", &["has", "had"]),
        ("hide", &["hid", "hidden"]),
        ("hold", &["held"]),
        ("keep", &["kept"]),
        ("know", &["knew", "known"]),
        ("leave", &["left"]),
        ("lend", &["lent"]),
        ("make", &["made"]),
        ("meet", &["met"]),
        ("pay", &["paid"]),
        ("see", &["saw", "seen"]),
        ("seek", &["sought"]),
        ("sell", &["sold"]),
        ("send", &["sent"]),
        ("show", &["shown"]),
        ("take", &["took", "taken"]),
        ("tell", &["told"]),
        ("understand", &["understood"]),
        ("withdraw", &["withdrew", "withdrawn"]),
        ("write", &["wrote", "written"]),
    ];
    let mut forms = vec![add_s(verb)];
    let irregular = IRREGULAR.iter().find(|(base, _)| *base == verb);
    if let Some((_, past)) = irregular {
        forms.extend(past.iter().map(ToString::to_string));
    }
    for stem in stems(verb) {
        forms.push(format!("{stem}ing"));
        if irregular.is_none() {
            forms.push(if let Some(e) = verb.strip_suffix('e') {
                format!("{e}ed")
            } else if stem.ends_with('y') && !is_vowel(before_last(&stem)) {
                format!("{}ied", &stem[..stem.len() - 1])
            } else {
                format!("{stem}ed")
            });
        }
    }
    forms
}

/// What -ing is put on: "use" → "us", "stop" → "stopp", "cancel" → "cancel" and "cancell".
fn stems(verb: &str) -> Vec<String> {
    if let Some(stem) = verb.strip_suffix("ie") {
        return vec![format!("{stem}y")];
    }
    if verb.ends_with('e') && !verb.ends_with("ee") && !verb.ends_with("oe") && !verb.ends_with("ye") {
        return vec![verb[..verb.len() - 1].to_string()];
    }
    let bytes = verb.as_bytes();
    let doubled = || format!("{verb}{}", bytes.last().map_or(' ', |&b| char::from(b)));
    let ends_cvc = bytes.len() >= 3
        && !is_vowel(bytes[bytes.len() - 1])
        && !matches!(bytes[bytes.len() - 1], b'w' | b'x' | b'y')
        && is_vowel(before_last(verb))
        && (!is_vowel(bytes[bytes.len() - 3]) || &bytes[bytes.len() - 3..bytes.len() - 1] == b"ui");
    if !ends_cvc {
        return vec![verb.to_string()];
    }
    // One syllable, or stress on the last one, doubles; -l does in British spelling only.
    let syllables = bytes.windows(2).filter(|w| is_vowel(w[1]) && !is_vowel(w[0])).count()
        + usize::from(bytes.first().copied().is_some_and(is_vowel));
    let stressed =
        ["fer", "mit", "cur", "trol", "pel", "get", "gin", "set"].iter().any(|end| verb.ends_with(end))
            && !matches!(
                verb,
                "offer" | "suffer" | "differ" | "buffer" | "limit" | "target" | "budget" | "widget"
            );
    if syllables <= 1 || stressed {
        vec![doubled()]
    } else if verb.ends_with('l') || verb.ends_with('p') {
        vec![verb.to_string(), doubled()]
    } else {
        vec![verb.to_string()]
    }
}

fn before_last(word: &str) -> u8 {
    word.as_bytes().iter().rev().nth(1).copied().unwrap_or(b' ')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nouns_get_their_plural() {
        assert!(noun_forms("ip address").contains(&"ip addresses".to_string()));
        assert!(noun_forms("third party").contains(&"third parties".to_string()));
        assert!(noun_forms("date of birth").contains(&"dates of birth".to_string()));
        assert!(noun_forms("device identifiers").contains(&"device identifier".to_string()));
        assert!(noun_forms("child").contains(&"children".to_string()));
        assert_eq!(noun_forms("contacts"), ["contacts"]);
        assert_eq!(noun_forms("personal information"), ["personal information"]);
    }

    #[test]
    fn verbs_follow_the_spelling_rules() {
        for (cue, forms) in [
            ("collect", &["collects", "collected", "collecting"][..]),
            ("use", &["uses", "used", "using"]),
            ("stop", &["stops", "stopped", "stopping"]),
            ("modify", &["modifies", "modified", "modifying"]),
            ("transfer", &["transferred", "transferring"]),
            ("offer", &["offered", "offering"]),
            ("limit", &["limited", "limiting"]),
            ("cancel", &["cancelled", "canceled", "canceling"]),
            ("obtain", &["obtained", "obtaining"]),
            ("process", &["processes", "processed"]),
            ("employ", &["employs", "employed"]),
            ("sell", &["sells", "sold", "selling"]),
            ("withdraw", &["withdrew", "withdrawn", "withdrawing"]),
            ("agree", &["agreed", "agreeing"]),
            ("submit", &["submitted", "submitting"]),
            ("monitor", &["monitored", "monitoring"]),
            ("log in", &["logs in", "logged in", "logging in"]),
            ("opt out", &["opts out", "opted out", "opting out"]),
            ("ship", &["shipped"]),
            ("develop", &["developed"]),
            ("acquire", &["acquires", "acquired", "acquiring"]),
            ("share", &["sharing", "shared"]),
        ] {
            let got = verb_forms(cue);
            for form in forms {
                assert!(got.contains(&(*form).to_string()), "{cue}: {form} not in {got:?}");
            }
        }
        assert!(!verb_forms("sell").contains(&"selled".to_string()));
    }
}
