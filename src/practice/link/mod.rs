//! Mentions of one sentence to practices: which data, recipients, purposes and conditions belong to which action.
//!
//! Policies are written in few shapes. English puts objects and purposes behind the verb and conditions at either end;
//! Chinese fronts purposes (为…，), conditions (经您同意后，), recipients (向…共享) and, with 将/把/对, data. Coordinated verbs
//! ("collect, use and share", 收集、使用) take what follows together; data with a relative clause belongs to its verb
//! and to the one that governs it. All else goes to the nearest verb, and a verb without data takes that of its neighbour.

mod clauses;
mod coordination;
mod homes;
mod sharing;

pub(super) use self::clauses::Clause;
use self::homes::Scene;
use crate::extract::{Mention, Role};
use crate::text::{Language, Span};

/// Mentions of a sentence by their place in the document's list, sorted into one practice's slots.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Linked {
    pub action: Option<usize>,
    pub actor: Option<usize>,
    pub data: Vec<usize>,
    pub recipients: Vec<usize>,
    pub sources: Vec<usize>,
    pub purposes: Vec<usize>,
    pub conditions: Vec<usize>,
    pub retention: Vec<usize>,
}

impl Linked {
    fn slot(&mut self, role: Role) -> Option<&mut Vec<usize>> {
        match role {
            Role::Data => Some(&mut self.data),
            Role::Recipient => Some(&mut self.recipients),
            Role::Source => Some(&mut self.sources),
            Role::Purpose => Some(&mut self.purposes),
            Role::Condition => Some(&mut self.conditions),
            Role::Retention => Some(&mut self.retention),
            Role::Actor | Role::Action => None,
        }
    }
}

/// What a sentence's mentions say: linked practices, and what hangs on none of its own verbs.
#[derive(Debug, Default)]
pub(super) struct Links {
    pub practices: Vec<Linked>,
    /// Mentions of a sentence without a verb: list items whose verb stands in the lead-in, or bare lists.
    pub loose: Linked,
    /// For each practice, which group of coordinated verbs it belongs to.
    pub groups: Vec<usize>,
    /// For each practice, how its clause hangs together with that of the verb before.
    pub clauses: Vec<Clause>,
}

/// Links the mentions `range` (indices into `all`, in order) of one sentence.
pub(super) fn link(
    text: &str,
    sentence: Span,
    all: &[Mention],
    range: std::ops::Range<usize>,
    language: &Language,
) -> Links {
    let zh = *language == Language::Zh;
    let actions: Vec<usize> = range.clone().filter(|&i| all[i].role == Role::Action).collect();
    let mut links = Links::default();
    if actions.is_empty() {
        for i in range {
            match all[i].role {
                Role::Actor => links.loose.actor = links.loose.actor.or(Some(i)),
                role => {
                    if let Some(slot) = links.loose.slot(role) {
                        slot.push(i);
                    }
                }
            }
        }
        return links;
    }
    let groups = coordination::groups(text, all, &actions);
    let scene = Scene { text, sentence, all, range: range.clone(), actions: &actions, groups, zh };
    links.practices = actions.iter().map(|&a| Linked { action: Some(a), ..Linked::default() }).collect();
    let mut homes_before = None;
    for i in range {
        let role = all[i].role;
        let home = match role {
            Role::Action | Role::Actor => continue,
            Role::Data if scene.is_apart(i) => continue,
            Role::Data => {
                let homes = scene.homes_of_data(i, homes_before);
                homes_before = Some(homes);
                if let Some(also) = homes.also.filter(|&k| scene.groups[k] != scene.groups[homes.main]) {
                    links.give(&scene, also, i, role);
                }
                homes.main
            }
            Role::Recipient => scene.home_of_recipient(i),
            Role::Source | Role::Purpose | Role::Condition => scene.home_of_clause(i),
            Role::Retention => scene.nearest(i),
        };
        links.give(&scene, home, i, role);
    }
    sharing::share(&scene, &mut links.practices);
    let (mut actor, mut carried) = (None, None);
    for k in 0..actions.len() {
        if k == 0 || scene.groups[k] != scene.groups[k - 1] {
            actor = scene.actor(k, carried);
            // The subject of a relative clause is not that of the verbs behind it: 删除您上传的照片，不会存储.
            if carried.is_none() || scene.governor(k) == k {
                carried = actor;
            }
        }
        links.practices[k].actor = actor;
    }
    links.clauses = (0..actions.len()).map(|k| scene.clause(k)).collect();
    links.groups = scene.groups;
    links
}

impl Links {
    /// Coordinated verbs share what one of them takes, before them or behind.
    fn give(&mut self, scene: &Scene, home: usize, mention: usize, role: Role) {
        let Some(&group) = scene.groups.get(home) else { return };
        let first = scene.groups.partition_point(|&g| g < group);
        let end = scene.groups.partition_point(|&g| g <= group);
        for practice in &mut self.practices[first..end] {
            if let Some(slot) = practice.slot(role) {
                slot.push(mention);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::extract::Origin;

    /// Mentions by words and role, in order; the words must occur in the sentence in that order.
    fn linked(text: &str, language: Language, parts: &[(&str, Role)]) -> Vec<String> {
        let mut from = 0;
        let all: Vec<Mention> = parts
            .iter()
            .map(|&(words, role)| {
                let start = from + text[from..].find(words).unwrap();
                from = start + words.len();
                let span = Span::new(start, from);
                Mention { role, span, text: words.into(), concept: None, origin: Origin::Pattern }
            })
            .collect();
        let links = link(text, Span::new(0, text.len()), &all, 0..all.len(), &language);
        let words = |ids: &[usize]| ids.iter().map(|&i| all[i].text.as_str()).collect::<Vec<_>>().join("+");
        links
            .practices
            .iter()
            .map(|p| {
                format!(
                    "{}:{}<{}>{{{}}}>{} if {}",
                    p.actor.map_or("-", |a| &all[a].text),
                    p.action.map_or("-", |a| &all[a].text),
                    words(&p.data),
                    words(&p.purposes),
                    words(&p.recipients),
                    words(&p.conditions),
                )
            })
            .collect()
    }

    use Role::{Action, Actor, Condition, Data, Purpose, Recipient};

    #[test]
    fn coordinated_verbs_share_their_data() {
        let text =
            "We collect, use and may share your email and phone number with our partners to run the service.";
        let parts = [
            ("We", Actor),
            ("collect", Action),
            ("use", Action),
            ("share", Action),
            ("email", Data),
            ("phone number", Data),
            ("our partners", Recipient),
            ("run the service", Purpose),
        ];
        let got = linked(text, Language::En, &parts);
        assert_eq!(got.len(), 3);
        assert_eq!(got[2], "We:share<email+phone number>{run the service}>our partners if ");
        assert_eq!(got[0], "We:collect<email+phone number>{run the service}>our partners if ");
    }

    #[test]
    fn fronted_chinese_data_goes_to_the_verb_behind_it() {
        let text = "为完成支付，我们收集订单信息，并将您的手机号码共享给支付机构。";
        let parts = [
            ("完成支付", Purpose),
            ("我们", Actor),
            ("收集", Action),
            ("订单信息", Data),
            ("手机号码", Data),
            ("共享", Action),
            ("支付机构", Recipient),
        ];
        let got = linked(text, Language::Zh, &parts);
        assert_eq!(got, ["我们:收集<订单信息>{完成支付}> if ", "我们:共享<手机号码>{}>支付机构 if "]);
    }

    #[test]
    fn the_information_we_collect() {
        let text = "We protect the information we collect when you sign up.";
        let parts = [
            ("We", Actor),
            ("protect", Action),
            ("information", Data),
            ("we", Actor),
            ("collect", Action),
            ("when you sign up", Condition),
        ];
        let got = linked(text, Language::En, &parts);
        assert_eq!(got, ["We:protect<information>{}> if ", "we:collect<information>{}> if when you sign up"]);
    }

    #[test]
    fn verbs_that_go_on_take_the_same_data() {
        let text = "If you ask, your name is used to reach you and kept on our servers.";
        let parts = [
            ("If you ask", Condition),
            ("name", Data),
            ("used", Action),
            ("reach you", Purpose),
            ("kept", Action),
        ];
        let got = linked(text, Language::En, &parts);
        assert_eq!(got, ["-:used<name>{reach you}> if If you ask", "-:kept<name>{}> if If you ask"]);
    }

    #[test]
    fn verbs_that_bring_others_about_take_their_data() {
        let text = "You may ask us to delete your photos.";
        let parts = [("You", Actor), ("ask", Action), ("us", Actor), ("delete", Action), ("photos", Data)];
        assert_eq!(
            linked(text, Language::En, &parts),
            ["You:ask<photos>{}> if ", "us:delete<photos>{}> if "]
        );
        let text = "您授权我们读取您的相册。";
        let parts = [("您", Actor), ("授权", Action), ("我们", Actor), ("读取", Action), ("相册", Data)];
        assert_eq!(linked(text, Language::Zh, &parts), ["您:授权<相册>{}> if ", "我们:读取<相册>{}> if "]);
    }

    #[test]
    fn chinese_relative_clauses_share_their_data() {
        let text = "我们会使用您填写的姓名、地址，用于寄送奖品。";
        let parts = [
            ("我们", Actor),
            ("使用", Action),
            ("您", Actor),
            ("填写", Action),
            ("姓名", Data),
            ("地址", Data),
            ("寄送奖品", Purpose),
        ];
        let got = linked(text, Language::Zh, &parts);
        assert_eq!(got, ["我们:使用<姓名+地址>{寄送奖品}> if ", "您:填写<姓名+地址>{}> if "]);
        let text = "我们将收集的日志存储在境内。";
        let parts = [("我们", Actor), ("收集", Action), ("日志", Data), ("存储", Action)];
        assert_eq!(linked(text, Language::Zh, &parts), ["我们:收集<日志>{}> if ", "我们:存储<日志>{}> if "]);
    }

    #[test]
    fn the_words_that_turn_a_verb_round() {
        let clauses = |text: &str, words: &[(&str, Role)]| {
            let at = |w: &str| text.find(w).unwrap();
            let all: Vec<Mention> = words
                .iter()
                .map(|&(w, role)| {
                    let span = Span::new(at(w), at(w) + w.len());
                    Mention { role, span, text: w.into(), concept: None, origin: Origin::Pattern }
                })
                .collect();
            let language = if text.is_ascii() { Language::En } else { Language::Zh };
            link(text, Span::new(0, text.len()), &all, 0..all.len(), &language).clauses
        };
        let text = "We do not sell your name or rent it.";
        let parts = [("We", Actor), ("sell", Action), ("name", Data), ("rent", Action)];
        assert_eq!(clauses(text, &parts), [Clause::Own, Clause::Shared]);
        let text = "No control of photos you post.";
        let parts = [("photos", Data), ("you", Actor), ("post", Action)];
        assert_eq!(clauses(text, &parts), [Clause::Relative(20)]);
        let parts = [("照片", Data), ("公开", Action), ("提供", Action)];
        assert_eq!(clauses("不会将照片公开或向他人提供。", &parts), [Clause::Own, Clause::Shared]);
    }

    #[test]
    fn a_leading_condition_governs_what_follows() {
        let text = "We keep your name; when you pay, we share your card number.";
        let parts = [
            ("We", Actor),
            ("keep", Action),
            ("name", Data),
            ("when you pay", Condition),
            ("we", Actor),
            ("share", Action),
            ("card number", Data),
        ];
        let got = linked(text, Language::En, &parts);
        assert_eq!(got[1], "we:share<card number>{}> if when you pay");
    }
}
