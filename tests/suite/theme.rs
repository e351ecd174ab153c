//! The built-in theme over the project's own example: every page is whole, safe and says what its record says.

use super::sandbox_site::{Example, example};
use promulgate::formats::format::Format;
use promulgate::formats::html::Html;
use promulgate::model::record::RecordId;
use promulgate::model::site::Posted;
use std::collections::BTreeMap;
use std::collections::BTreeSet;

pub fn pages(html: &Html, site: &Example) -> BTreeMap<String, String> {
    let recipes = html.recipes(&site.site);
    assert!(recipes.findings.is_empty(), "{:?}", recipes.findings);
    let mut made = BTreeMap::new();
    for recipe in recipes.value {
        let mut out = Vec::new();
        let findings = (recipe.render)(&mut out).unwrap();
        assert!(!findings.has_errors(), "{findings:#?}");
        if let Ok(text) = String::from_utf8(out) {
            made.insert(recipe.path.to_string(), text);
        }
    }
    made
}

#[test]
fn every_language_has_the_same_messages() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("themes/daylight/messages");
    let keys = |lang: &str| -> BTreeSet<String> {
        let text = std::fs::read_to_string(folder.join(format!("{lang}.ftl"))).unwrap();
        let mut messages = promulgate::model::messages::Messages::new(Vec::new());
        let lang = lang.parse().unwrap();
        messages.add(lang, &text).unwrap();
        messages.keys(lang).into_iter().map(str::to_owned).collect()
    };
    let english = keys("en");
    assert!(english.len() > 400);
    for lang in ["sv", "kk", "ru", "ka", "ar", "fi"] {
        let own = keys(lang);
        assert_eq!(english.symmetric_difference(&own).collect::<Vec<_>>(), Vec::<&String>::new(), "{lang}");
    }
}

#[test]
fn every_page_is_safe_whole_and_one_of_a_kind() {
    safe_and_whole(&pages(&Html, &example()));
}

/// What every page of every theme must be.
pub fn safe_and_whole(pages: &BTreeMap<String, String>) {
    assert!(pages.len() > 300, "{}", pages.len());
    for (path, page) in pages.iter().filter(|(path, _)| path.ends_with(".html")) {
        assert_eq!(page.matches("<h1").count(), 1, "{path}");
        assert!(page.contains("default-src 'none'; style-src 'self'; img-src 'self' data:"), "{path}");
        assert!(!page.contains(" style=\"") && !page.contains("<style"), "{path} has a style of its own");
        let scripts = usize::from(path.ends_with("search/index.html"));
        assert_eq!(page.matches("<script").count(), page.matches("<script type=\"application/ld+json\">").count() + scripts, "{path}");
        let ids: Vec<&str> = page.split(" id=\"").skip(1).filter_map(|rest| rest.split('"').next()).collect();
        assert_eq!(ids.len(), ids.iter().collect::<BTreeSet<_>>().len(), "{path} uses an id twice: {ids:?}");
        for data in page.split("<script type=\"application/ld+json\">").skip(1) {
            let json = data.split("</script>").next().unwrap();
            serde_json::from_str::<serde_json::Value>(json).unwrap_or_else(|error| panic!("{path}: {error}"));
        }
    }
}

#[test]
fn no_message_is_missing_from_a_page() {
    no_bare_key(&pages(&Html, &example()));
}

/// No page shows the key of a message in place of its words.
pub fn no_bare_key(pages: &BTreeMap<String, String>) {
    for (path, page) in pages.iter().filter(|(path, _)| path.ends_with(".html")) {
        for sign in ["word-", "status-appeal", "kinds-", "group-", ">post-", "{$", "{ $"] {
            assert!(!page.contains(&format!(">{sign}")), "{path} shows a bare key beginning with {sign}");
        }
    }
}

#[test]
fn a_decision_shows_what_was_decided_and_how_to_appeal() {
    let site = example();
    let pages = pages(&Html, &site);
    let page = &pages["en/decisions/2026/library-in-soderby/index.html"];
    for said in [
        "What was decided",
        "role=\"img\" aria-label=\"49 seats: 31 for, 14 against",
        "10 December 2026",
        "This page has been corrected:",
        "hreflang=\"x-default\"",
    ] {
        assert!(page.contains(said), "{said}");
    }
    assert!(!page.contains("days left"));
}

#[test]
fn a_grave_alert_stands_on_every_page_and_its_first_words_are_what_to_do() {
    let site = example();
    let pages = pages(&Html, &site);
    assert!(pages.iter().filter(|(path, _)| path.ends_with(".html")).all(|(_, page)| page.contains("class=\"alert life\"")));
    let alert = &pages["ar/alerts/2026/boil-water-ostra/index.html"];
    assert!(alert.contains("<html lang=\"ar\" dir=\"rtl\">"));
    assert!(alert.find("class=\"todo\"").unwrap() < alert.find("class=\"short\"").unwrap());
}

#[test]
fn where_it_was_announced_is_told_only_where_it_was() {
    let mut site = example();
    let key = (RecordId("decisions/2026/library-in-soderby".into()), "sv".parse().unwrap());
    let post = Posted { channel: "Mastodon".into(), url: "https://social.norrvik.example/@norrvik/1".into() };
    site.site.posted = BTreeMap::from([(key, vec![post])]);
    let pages = pages(&Html, &site);
    assert!(pages["decisions/2026/library-in-soderby/index.html"].contains("href=\"https://social.norrvik.example/@norrvik/1\""));
    assert!(!pages["en/decisions/2026/library-in-soderby/index.html"].contains("social.norrvik.example/@norrvik/1"));
}

#[test]
fn the_style_sheet_knows_no_left_or_right() {
    let site = example();
    let pages = pages(&Html, &site);
    let (_, css) = pages.iter().find(|(path, _)| path.starts_with("assets/site.")).unwrap();
    for physical in [
        "margin-left",
        "margin-right",
        "padding-left",
        "padding-right",
        "border-left",
        "border-right",
        "text-align:left",
        "text-align:right",
        "float:",
    ] {
        assert!(!css.contains(physical), "{physical}");
    }
    assert!(css.contains("--paper:#f9fbfc") && css.contains("prefers-color-scheme:dark"));
    // Compressed, that is below the 8 kB that a first visit may cost.
    assert!(css.len() < 35_000, "{}", css.len());
}
