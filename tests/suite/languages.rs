//! Seven languages: whole interfaces, right plurals, no sentence glued from pieces, and a way from every page to its other languages.

use super::sandbox_site::{copy, example, example_at};
use super::theme::pages;
use fluent_syntax::ast::{self, Entry};
use icu::plurals::{PluralCategory, PluralRules};
use promulgate::formats::html::Html;
use promulgate::model::finding::Findings;
use promulgate::model::lang::Lang;
use promulgate::model::messages::{Arg, Messages};
use promulgate::rules::RULES;
use std::collections::{BTreeMap, BTreeSet};

const LANGS: [&str; 7] = ["en", "sv", "ru", "kk", "ka", "fi", "ar"];

fn file(lang: &str) -> String {
    let path = format!("{}/themes/daylight/messages/{lang}.ftl", env!("CARGO_MANIFEST_DIR"));
    std::fs::read_to_string(path).unwrap()
}

fn lang(tag: &str) -> Lang {
    tag.parse().unwrap()
}

/// Every message with its text, variants of a plural one after another.
fn texts(lang: &str) -> BTreeMap<String, String> {
    let text = file(lang);
    let parsed = fluent_syntax::parser::parse(text.as_str()).unwrap();
    let messages = parsed.body.iter().filter_map(|entry| match entry {
        Entry::Message(message) => Some((message.id.name.to_owned(), message.value.as_ref().map(flat).unwrap_or_default())),
        _ => None,
    });
    messages.collect()
}

fn flat(pattern: &ast::Pattern<&str>) -> String {
    let parts = pattern.elements.iter().map(|element| match element {
        ast::PatternElement::TextElement { value } => (*value).to_owned(),
        ast::PatternElement::Placeable { expression: ast::Expression::Select { variants, .. } } => {
            variants.iter().map(|variant| flat(&variant.value)).collect::<Vec<_>>().join("\n")
        }
        ast::PatternElement::Placeable { expression: ast::Expression::Inline(ast::InlineExpression::VariableReference { id }) } => {
            format!("{{{}}}", id.name)
        }
        ast::PatternElement::Placeable { .. } => "{}".to_owned(),
    });
    parts.collect()
}

#[test]
fn every_plural_has_every_form_of_its_language() {
    for tag in LANGS {
        let rules = PluralRules::try_new_cardinal(icu::locale::Locale::try_from_str(tag).unwrap().into()).unwrap();
        // Forms that only fractions take are left out: nobody counts 1.5 records.
        let wanted: BTreeSet<&str> = (0_u32..=200).map(|count| name(rules.category_for(count))).chain(["other"]).collect();
        let text = file(tag);
        let mut seen = 0;
        for entry in &fluent_syntax::parser::parse(text.as_str()).unwrap().body {
            let Entry::Message(message) = entry else { continue };
            for element in message.value.iter().flat_map(|pattern| &pattern.elements) {
                let ast::PatternElement::Placeable { expression: ast::Expression::Select { variants, .. } } = element else { continue };
                let forms: BTreeSet<&str> = variants
                    .iter()
                    .map(|variant| match &variant.key {
                        ast::VariantKey::Identifier { name } => *name,
                        ast::VariantKey::NumberLiteral { value } => *value,
                    })
                    .collect();
                if forms.iter().any(|form| ["zero", "one", "two", "few", "many"].contains(form)) {
                    seen += 1;
                    let lacking: Vec<_> = wanted.difference(&forms).filter(|form| **form != "zero" || !forms.contains("0")).collect();
                    assert!(lacking.is_empty(), "{tag}: `{}` lacks {lacking:?}", message.id.name);
                }
            }
        }
        assert!(seen >= 3, "{tag}");
    }
}

fn name(category: PluralCategory) -> &'static str {
    match category {
        PluralCategory::Zero => "zero",
        PluralCategory::One => "one",
        PluralCategory::Two => "two",
        PluralCategory::Few => "few",
        PluralCategory::Many => "many",
        PluralCategory::Other => "other",
    }
}

#[test]
fn counts_are_said_as_people_say_them() {
    let said = |tag: &str, count: i64| {
        let mut messages = Messages::new(Vec::new());
        messages.add(lang(tag), &file(tag)).unwrap();
        let number = count.to_string();
        messages.format(lang(tag), "list-count", &[("count", Arg::Number(count)), ("number", Arg::Text(&number))])
    };
    for (tag, count, expected) in [
        ("fi", 1, "1 asia"),
        ("fi", 12, "12 asiaa"),
        ("ru", 1, "1 запись"),
        ("ru", 3, "3 записи"),
        ("ru", 11, "11 записей"),
        ("ru", 21, "21 запись"),
        ("ar", 0, "لا سجلات"),
        ("ar", 2, "سجلان"),
        ("ar", 7, "7 سجلات"),
        ("ar", 11, "11 سجلًا"),
        ("ar", 100, "100 سجل"),
        ("ka", 5, "5 ჩანაწერი"),
        ("kk", 5, "5 жазба"),
    ] {
        assert_eq!(said(tag, count), expected, "{tag} {count}");
    }
}

/// Words that stay as they are in every language: names of formats and the like.
const INTERNATIONAL: &[&str] = &[
    "true",
    "UTF-8",
    "Windows",
    "PowerShell",
    "false",
    "Atom",
    "JSON",
    "Feed",
    "RSS",
    "CSV",
    "Cookie",
    "cookie",
    "iCalendar",
    "CAP",
    "SHA-256",
    "SHA",
    "DCAT",
    "DCAT-AP",
    "HTML",
    "PDF",
    "URL",
    "Mastodon",
    "Bluesky",
    "JavaScript",
    "Promulgate",
    "OpenTimestamps",
    "GitHub",
    "Git",
    "Fediverse",
    "ActivityPub",
    "RFC",
    "XML",
    "CC",
    "BY",
    "WCAG",
    "EN",
    "schema",
    "org",
    "json",
    "txt",
    "md",
    "Markdown",
    "OK",
    "ID",
    "SMS",
    "QR",
    "Ed",
    "Ed25519",
    "ECDSA",
    "WebSub",
    "promulgate",
    "verify",
    "A",
    "Z",
    "security",
    "Unicode",
    "ICS",
    "AA",
    "AAA",
    "Creative",
    "Commons",
    "CC0",
    "API",
    "record",
    "records",
];

#[test]
fn nothing_is_left_in_another_script_or_in_english() {
    for tag in ["ru", "kk", "ka", "ar"] {
        for (key, text) in texts(tag) {
            let bare = without_placeholders(&text);
            let foreign =
                bare.split(|c: char| !c.is_ascii_alphanumeric() && c != '-').filter(|word| word.chars().any(|c| c.is_ascii_alphabetic()));
            for word in foreign {
                assert!(INTERNATIONAL.contains(&word.trim_matches('-')), "{tag}: `{key}` has `{word}`: {text}");
            }
        }
    }
    let english = texts("en");
    for tag in ["sv", "fi"] {
        let same: Vec<_> = texts(tag)
            .into_iter()
            .filter(|(key, text)| english[key] == *text && text.contains(char::is_whitespace) && !key.starts_with("post-"))
            .collect();
        assert_eq!(same, [], "{tag}");
    }
}

fn without_placeholders(text: &str) -> String {
    let mut bare = String::new();
    for part in text.split('{') {
        bare.push_str(part.split_once('}').map_or(part, |(_, rest)| rest));
        bare.push(' ');
    }
    bare
}

#[test]
fn no_case_ending_is_glued_to_a_name_or_a_date() {
    // "5-бет" is how an ordinal is written in Kazakh.
    let allowed = [("kk", "page-number")];
    for tag in LANGS {
        for (key, text) in texts(tag) {
            for rest in text.split('}').skip(1) {
                let first = rest.trim_start_matches(['-', ':']).chars().next().unwrap_or(' ');
                let glued = !rest.starts_with(": ") && first.is_alphabetic() && !rest.starts_with(' ');
                assert!(!glued || allowed.contains(&(tag, key.as_str())), "{tag}: `{key}` glues an ending: {text}");
            }
            // Kazakh and Georgian postpositions govern a case that a date does not stand in.
            for after in [" дейін", " бастап", " кейін", " бері", " მდე", " დან", " შემდეგ", " ამდე"]
            {
                assert!(!text.contains(&format!("{{date}}{after}")), "{tag}: `{key}`: {text}");
            }
        }
    }
}

#[test]
fn a_language_that_lacks_something_is_a_finding_and_the_site_is_there_all_the_same() {
    let settings = |langs: &'static str| {
        move |text: String| if langs == "fi" { text } else { text.replace("languages: [sv, en,", &format!("languages: [sv, {langs}, en,")) }
    };
    let found = |langs: &'static str, files: &[(&str, &[u8])]| {
        let root = copy(settings(langs), files);
        let mut findings = Findings::new();
        let site = example_at(root.path(), &mut findings);
        let rules = RULES.iter().filter(|rule| matches!(rule.name(), "missing-message" | "unknown-variable"));
        rules.for_each(|rule| rule.check(&site.site, &mut findings));
        let said: Vec<String> = findings.iter().map(|finding| format!("{}: {}", finding.code, finding.message)).collect();
        (said, pages(&Html, &site))
    };
    let (said, made) = found("de", &[]);
    assert_eq!(said, ["missing-message: The theme has no interface in `de`; readers get buttons and labels in `sv` there."]);
    assert!(made["de/index.html"].contains("<html lang=\"de\"") && made["de/index.html"].contains("Senaste besluten"));

    let (said, made) = found("sv-FI", &[("messages/sv-FI.ftl", "home = Till början\n".as_bytes())]);
    assert_eq!(said, Vec::<String>::new(), "Finland's Swedish takes what it has not said itself from Swedish");
    assert!(made["sv-FI/index.html"].contains("Senaste besluten") && made["sv-FI/status/index.html"].contains("lang=\"sv-FI\""));

    let english = "own = Ours\n    .title = Our title\n".as_bytes();
    let wrong = "own = Meidän\nupdated = Päivitetty { $datum }\nhome = { -kunta } { etusivu }\nonly =\n    .title = Otsikko\n".as_bytes();
    let (said, _) = found("fi", &[("messages/en.ftl", english), ("messages/fi.ftl", wrong)]);
    let of_fi: Vec<&str> =
        said.iter().map(String::as_str).filter(|line| line.contains("`fi`") || line.contains("unknown-variable")).collect();
    assert_eq!(
        of_fi,
        [
            "missing-message: The interface lacks 1 string in `fi` (own.title); readers get another language there.",
            "unknown-variable: The message `home` has `{ -kunta }`, which nothing fills; readers would see it as it is typed.",
            "unknown-variable: The message `home` has `{ etusivu }`, which nothing fills; readers would see it as it is typed.",
            "unknown-variable: The message `updated` has `{ $datum }`, which nothing fills; readers would see it as it is typed.",
        ]
    );
}

/// The languages that a page's menu offers, with where each leads.
fn menu(page: &str) -> Vec<(String, String)> {
    let Some(list) = page.split("<details class=\"lang").nth(1) else { return Vec::new() };
    let list = list.split("</details>").next().unwrap();
    let links = list.split("<a href=\"").skip(1).map(|link| {
        let lang = link.split("hreflang=\"").nth(1).unwrap().split('"').next().unwrap();
        (lang.to_owned(), link.split('"').next().unwrap().to_owned())
    });
    links.collect()
}

#[test]
fn the_language_menu_leads_to_the_same_page_in_every_language() {
    let site = example();
    let pages = pages(&Html, &site);
    let default = site.site.settings.default_lang().to_string();
    let bare =
        |path: &str, lang: &str| if lang == default { path.to_owned() } else { path.trim_start_matches(&format!("{lang}/")).to_owned() };
    let mut followed = 0;
    for (path, page) in pages.iter().filter(|(path, _)| path.ends_with("index.html")) {
        let own = page.split("<html lang=\"").nth(1).unwrap().split('"').next().unwrap();
        for (lang, href) in menu(page) {
            let target = format!("{}index.html", href.trim_start_matches('/'));
            let other = pages.get(&target).unwrap_or_else(|| panic!("{path}: {href} is not there"));
            assert!(other.contains(&format!("<html lang=\"{lang}\"")), "{path} -> {href}");
            assert_eq!(bare(&target, &lang), bare(path, own), "the menu of {path} leads elsewhere");
            followed += 1;
        }
    }
    assert!(followed > 500, "{followed}");
    for fixed in ["", "status/", "calendar/", "subscribe/", "decisions/", "services/"] {
        let offered = menu(&pages[&format!("{fixed}index.html")]).len();
        assert_eq!(offered, site.site.settings.languages.len() - 1, "/{fixed}");
    }
}

#[test]
fn a_record_without_translation_stands_in_its_own_language_marked_as_such() {
    let site = example();
    let pages = pages(&Html, &site);
    let titles: Vec<(String, &str)> = site
        .site
        .items
        .iter()
        .filter(|item| item.editions.iter().all(|edition| edition.record.lang != lang("ka")))
        .map(|item| {
            let edition = item.best(lang("ka"));
            (promulgate::text::escape::html(edition.record.title()).into_owned(), edition.record.lang.primary())
        })
        .map(|(title, tag)| (title, if tag == "sv" { "sv" } else { "en" }))
        .collect();
    let mut seen = 0;
    for (path, page) in pages.iter().filter(|(path, _)| path.starts_with("ka/") && path.ends_with(".html")) {
        let body = page.split("<body").nth(1).unwrap();
        for (title, own) in &titles {
            let mut at = 0;
            while let Some(found) = body[at..].find(&format!(">{title}<")) {
                let start = body[..at + found].rfind("<a ").unwrap();
                let tag = &body[start..at + found];
                assert!(tag.contains(&format!("lang=\"{own}\"")), "{path} shows `{title}` without its language: {tag}");
                at += found + 1;
                seen += 1;
            }
        }
    }
    assert!(seen > 50, "{seen}");
}

#[test]
fn the_english_strings_are_printed_to_be_translated() {
    let run = std::process::Command::new(env!("CARGO_BIN_EXE_promulgate")).args(["schema", "messages"]).output().unwrap();
    assert!(run.status.success());
    let printed = String::from_utf8(run.stdout).unwrap();
    assert_eq!(printed.trim_end(), file("en").trim_end());
}

#[test]
fn a_translation_whose_original_is_missing_is_a_finding_with_its_place_and_remedy() {
    let sandbox = crate::sandbox::Sandbox::new();
    sandbox.write("promulgate.yaml", b"title: Norrvik\nurl: https://norrvik.example\nlanguages: [en, sv]\ncards: false\n");
    sandbox.write(
        "content/pages/about.md",
        b"---\ntitle: About\nsummary: About us.\nrelated: [decisions/2026/night-buses]\n---\n\nWe are a town.\n",
    );
    // Each of them ended a build with a fault of a template, or was published with holes in it.
    let lone = [
        ("title: Nattbussar\nsummary: De går.\ndate: 2026-04-22\ndecision: Linje 1 går.\n", "`decided` is missing"),
        ("title: Nattbussar\ndecided: 2026-04-22\ndate: 2026-04-22\n", "`decision` is missing"),
        ("summary: De går.\ndate: 2026-04-22\ndecided: 2026-04-22\ndecision: Linje 1 går.\n", "`title` is missing"),
        (
            "title: Nattbussar\ndecided: 2026-04-22\ndate: 2026-04-22\ndecision: Linje 1 går.\nrevisions: [{note: Ett ord.}]\n",
            "`date` is missing",
        ),
    ];
    for (fields, lacks) in lone {
        sandbox.write("content/decisions/2026/night-buses.sv.md", format!("---\n{fields}---\n\nLinje 1 går.\n").as_bytes());
        for command in ["check", "build"] {
            let said = sandbox.run(&[command]);
            assert_eq!(said.code, 1, "{fields}: {}", said.stderr);
            assert!(said.stderr.contains("error[missing-field]") && said.stderr.contains(lacks), "{fields}: {}", said.stderr);
            assert!(said.stderr.contains("content/decisions/2026/night-buses.sv.md:"), "its place: {}", said.stderr);
            assert!(said.stderr.contains("`content/decisions/2026/night-buses.md`"), "what is looked for: {}", said.stderr);
            assert!(!said.stderr.contains("unknown-record"), "one fault is told once: {}", said.stderr);
            assert!(!sandbox.path("public").exists());
        }
    }
    let whole = "title: Nattbussar\nsummary: De går.\ndecided: 2026-04-22\ndate: 2026-04-22\ndecision: Linje 1 går.\n";
    sandbox.write("content/decisions/2026/night-buses.sv.md", format!("---\n{whole}---\n\nLinje 1 går.\n").as_bytes());
    let said = sandbox.run(&["build"]);
    assert_eq!(said.code, 0, "a record may stand in another language alone: {}", said.stderr);
}
