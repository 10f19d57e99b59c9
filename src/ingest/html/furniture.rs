//! Which parts of a page are its furniture: navigation, banners, footers, and not the policy.
//!
//! The part that holds most of the text is found first and is never furniture, whatever its classes say: real pages put
//! the policy into `div.footer-page` or `section#nav-content`. Outside of it a part goes by its element, role, id or class.

use super::tree::Node;

/// Share of the text that is not by its name furniture which a part must hold to be looked into, in percent.
const MOST: usize = 70;

/// Share of a part's text inside links that makes it a menu, in percent.
const LINKS: usize = 75;

/// The smallest part that still holds most of the text: half of it at least, and nearly all that is not by its name
/// furniture.
pub(super) fn main_part(nodes: &[Node]) -> usize {
    let mut main = 0;
    loop {
        let Some(node) = nodes.get(main) else { return main };
        let (mut unnamed, mut most) = (0, None);
        let mut child = main + 1;
        while let Some(part) = nodes.get(child).filter(|_| child < node.end) {
            if part.prose * 2 >= node.prose && part.prose > 0 && part.element.is_some() {
                most = Some((child, part.prose));
            }
            if label(part).is_none() || most.is_some_and(|(most, _)| most == child) {
                unnamed += part.prose;
            }
            child = part.end;
        }
        match most {
            Some((child, prose)) if prose * 100 >= unnamed * MOST => main = child,
            _ => return main,
        }
    }
}

/// What to call a part if it is furniture.
pub(super) fn label(node: &Node) -> Option<String> {
    let element = node.element?;
    let by_element = matches!(element.name(), "nav" | "footer" | "aside" | "header" | "dialog" | "form");
    let by_role = element.attr("role").is_some_and(|role| {
        matches!(
            role,
            "navigation"
                | "banner"
                | "contentinfo"
                | "complementary"
                | "search"
                | "dialog"
                | "alertdialog"
                | "menu"
                | "menubar"
                | "toolbar"
        )
    });
    if by_element || by_role {
        return Some(element.name().to_string());
    }
    let class = element.attr("class").unwrap_or_default();
    let tokens = class.split_ascii_whitespace().map(|name| ('.', name));
    let tokens = element.id().map(|name| ('#', name)).into_iter().chain(tokens);
    if let Some((mark, name)) = tokens.into_iter().find(|(_, name)| is_furniture_name(name)) {
        let short: String = name.chars().take(40).collect();
        return Some(format!("{}{mark}{short}", element.name()));
    }
    // A menu without a name: hardly any word that does not lead elsewhere.
    let menu = node.links >= 3 && node.linked * 100 >= node.chars * LINKS;
    menu.then(|| format!("links in {}", element.name()))
}

/// Whether an id or a class names furniture, by its words: `siteFooter`, `main-nav`, `cookie_banner`.
fn is_furniture_name(name: &str) -> bool {
    let words = name_words(name);
    let has = |list: &[&str]| words.iter().any(|word| list.contains(&word.as_str()));
    has(&FURNITURE)
        || has(&["cookie", "cookies", "consent", "gdpr", "ccpa"])
            && has(&[
                "banner", "bar", "notice", "popup", "modal", "overlay", "consent", "message", "alert", "law",
            ])
        || has(&["skip"]) && has(&["link", "links", "to", "content", "main"])
        || has(&["sign", "log"]) && has(&["in", "up"])
        || has(&["screen", "visually"]) && has(&["reader", "hidden"])
}

const FURNITURE: [&str; 57] = [
    "nav",
    "navbar",
    "navigation",
    "navi",
    "subnav",
    "topnav",
    "sidenav",
    "menu",
    "submenu",
    "megamenu",
    "dropdown",
    "breadcrumb",
    "breadcrumbs",
    "crumbs",
    "footer",
    "foot",
    "subfooter",
    "header",
    "masthead",
    "topbar",
    "sidebar",
    "rail",
    "share",
    "sharing",
    "social",
    "addthis",
    "toolbar",
    "newsletter",
    "subscribe",
    "subscription",
    "signup",
    "signin",
    "login",
    "register",
    "search",
    "searchbox",
    "searchform",
    "related",
    "recommended",
    "promo",
    "promotion",
    "advert",
    "advertisement",
    "ads",
    "sponsor",
    "sponsored",
    "comments",
    "pagination",
    "pager",
    "copyright",
    "skiplink",
    "widget",
    "overlay",
    "popup",
    "modal",
    "lightbox",
    "subscriber",
];

/// The words of an id or class, in lower case.
fn name_words(name: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    let mut lower_before = false;
    for c in name.chars().take(200) {
        if !c.is_alphabetic() || c.is_uppercase() && lower_before {
            words.push(String::new());
        }
        if let Some(word) = words.last_mut().filter(|_| c.is_alphabetic()) {
            word.extend(c.to_lowercase());
        }
        lower_before = c.is_lowercase();
    }
    words.retain(|word| !word.is_empty());
    words
}
