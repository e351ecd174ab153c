//! A body's own look: five tokens, colours that can be read, and a second theme written from the contract alone.

use super::sandbox_site::{Example, copy, copy_folder, example, example_at};
use super::theme::{no_bare_key, pages, safe_and_whole};
use promulgate::formats::html::Html;
use promulgate::model::date::Stamp;
use promulgate::model::finding::Findings;
use promulgate::model::kind::{Field, Shape};
use promulgate::model::record::{Record, Value};
use promulgate::text::contrast;
use promulgate::text::dates::Dates;
use promulgate::text::palette::palette;
use std::collections::BTreeMap;
use std::path::Path;

fn branded(brand: &str, files: &[(&str, &[u8])]) -> (Example, Findings) {
    let old = "brand:\n  colour: \"#0f5257\"\n";
    let root = copy(
        |settings| {
            assert!(settings.contains(old));
            settings.replace(old, &format!("brand: {brand}\n"))
        },
        files,
    );
    let mut findings = Findings::new();
    let site = example_at(root.path(), &mut findings);
    (site, findings)
}

fn codes(findings: &Findings) -> Vec<&'static str> {
    findings.iter().map(|finding| finding.code).collect()
}

fn css(pages: &BTreeMap<String, String>) -> &str {
    pages.iter().find(|(path, _)| path.starts_with("assets/site.")).map(|(_, css)| css.as_str()).unwrap()
}

#[test]
fn a_body_rebrands_with_five_tokens() {
    let brand = "{colour: \"#5b2a86\", corner: 12px, logo: arms.svg, seal: \"off\", fonts: {latin: own.woff2, arabic: naskh.woff2}}";
    let svg = b"<svg xmlns=\"http://www.w3.org/2000/svg\"/>";
    let (site, findings) = branded(brand, &[("static/arms.svg", svg), ("static/own.woff2", b"latin"), ("static/naskh.woff2", b"arabic")]);
    assert_eq!(codes(&findings), Vec::<&str>::new());
    let pages = pages(&Html, &site);
    let (css, home) = (css(&pages), &pages["index.html"]);
    let made = palette("#5b2a86");
    for (token, colour) in &made.light {
        assert!(css.contains(&format!("--{token}:{colour};")), "{token}");
    }
    assert!(css.contains("--radius:12px"));
    assert!(css.contains("url(\"/own.woff2\")") && css.contains("url(\"/naskh.woff2\")") && !css.contains("latin.woff2"));
    assert!(css.contains("html:lang(ar)") && pages["ar/index.html"].contains("href=\"/naskh.woff2\" as=\"font\""));
    assert!(home.contains("<img src=\"/arms.svg\" alt=\"\">") && !home.contains("id=\"mark-a\""));
    let icon = &pages["favicon.svg"];
    assert!(icon.contains(&made.light["brand"]) && icon.contains(&made.dark["brand"]) && !icon.contains("#0f5257"), "{icon}");
}

#[test]
fn the_mark_is_the_drawn_seal_the_bodys_own_or_none() {
    let mark = |brand: &str, files: &[(&str, &[u8])]| {
        let (site, findings) = branded(brand, files);
        assert!(!findings.has_errors(), "{findings:?}");
        let mut made = pages(&Html, &site);
        let record = &made["decisions/2026/library-in-soderby/index.html"];
        assert_eq!(record.contains("<svg class=\"seal\""), brand.contains("on"), "{brand}");
        assert_eq!(record.contains("<img class=\"seal\""), brand.contains("svg"), "{brand}");
        let home = made.remove("index.html").unwrap();
        home.split("class=\"name\"").nth(1).unwrap().split("</a>").next().unwrap().to_owned()
    };
    assert!(mark("{seal: \"on\"}", &[]).contains("id=\"mark-a\""));
    let off = mark("{seal: \"off\"}", &[]);
    assert!(!off.contains("<svg") && !off.contains("<img") && off.contains("Norrviks kommun"));
    assert!(mark("{seal: arms.svg}", &[("static/arms.svg", b"<svg/>")]).contains("<img src=\"/arms.svg\" alt=\"\">"));
}

#[test]
fn a_colour_that_cannot_be_read_is_refused_with_its_pair_and_the_remedy() {
    let (_, findings) = branded("{tokens: {light: {muted: \"#9aa0a6\"}, dark: {focus: \"#222222\"}}}", &[]);
    let said: Vec<&str> =
        findings.iter().filter(|finding| finding.code == "low-contrast").map(|finding| finding.message.as_str()).collect();
    assert_eq!(said.len(), 6, "{said:#?}");
    assert!(said[0].starts_with("`muted` #9aa0a6 on `paper` #f9fbfc has a contrast of 2.5"), "{}", said[0]);
    assert!(said[0].ends_with("in the light colours; text needs 4.5:1."), "{}", said[0]);
    assert!(said[5].contains("a focus ring needs 3:1"), "{}", said[5]);
    assert!(findings.has_errors());
    assert!(findings.iter().any(|finding| finding.help.starts_with("Make `muted` darker")));
    let (site, findings) = branded("{tokens: {light: {link: \"#003f72\"}}}", &[]);
    assert_eq!(codes(&findings), Vec::<&str>::new());
    assert_eq!(site.site.theme.light["link"], "#003f72");
}

#[test]
fn no_setting_can_switch_the_contrast_check_off() {
    let settings = "title: Test\nurl: https://norrvik.example\nlanguages: [en]\nchecks: {low-contrast: \"off\"}\nbrand: {tokens: {light: {ink: \"#cccccc\"}}}\n";
    let root = tempfile::tempdir().unwrap();
    std::fs::write(root.path().join("promulgate.yaml"), settings).unwrap();
    std::fs::create_dir_all(root.path().join("content")).unwrap();
    let run = std::process::Command::new(env!("CARGO_BIN_EXE_promulgate")).arg("build").current_dir(root.path()).output().unwrap();
    assert!(!run.status.success());
    assert!(String::from_utf8_lossy(&run.stderr).contains("low-contrast") || String::from_utf8_lossy(&run.stdout).contains("low-contrast"));
    assert!(!root.path().join("public").exists());
}

#[test]
fn three_thousand_brand_colours_keep_every_pair() {
    let mut state: u64 = 20_261_121;
    for _ in 0..3_000 {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        let brand = format!("#{:06x}", state >> 40);
        let made = palette(&brand);
        assert_eq!(contrast::faults(&made), [], "{brand}");
        for (ink, ground, _) in contrast::pairs().filter(|(_, ground, least)| *least > 4.0 && matches!(*ground, "paper" | "surface")) {
            for tokens in [&made.light, &made.dark] {
                let ratio = promulgate::text::palette::contrast(&tokens[ink], &tokens[ground]);
                assert!(ratio >= 7.0, "{brand}: {ink} on {ground} is {ratio:.2}");
            }
        }
    }
}

#[test]
fn what_a_brand_names_must_be_there_and_mean_something() {
    for (brand, code) in [
        ("{logo: gone.svg}", "missing-brand-file"),
        ("{seal: gone.svg}", "missing-brand-file"),
        ("{fonts: {arabic: gone.woff2}}", "missing-brand-file"),
        ("{tokens: {light: {inkk: \"#000000\"}}}", "bad-theme"),
        ("{colour: \"#c0201c\"}", "alarming-brand"),
    ] {
        assert_eq!(codes(&branded(brand, &[]).1), [code], "{brand}");
    }
}

fn second_theme() -> (Example, Findings) {
    let root = copy(|settings| settings.replace("theme: daylight", "theme: plain").replace("brand:\n  colour: \"#0f5257\"\n", ""), &[]);
    copy_folder(&Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/themes/plain"), &root.path().join("themes/plain"));
    let mut findings = Findings::new();
    let site = example_at(root.path(), &mut findings);
    (site, findings)
}

#[test]
fn a_theme_written_from_the_contract_alone_makes_the_whole_site() {
    let (site, findings) = second_theme();
    assert_eq!(codes(&findings), Vec::<&str>::new());
    let made = pages(&Html, &site);
    safe_and_whole(&made);
    no_bare_key(&made);
    let daylight = pages(&Html, &example());
    let html = |pages: &BTreeMap<String, String>| pages.keys().filter(|path| path.ends_with(".html")).cloned().collect::<Vec<_>>();
    assert_eq!(html(&made), html(&daylight));
    // Pages that the theme does not bring come from the built-in one, in this theme's frame.
    let inherited: Vec<&str> = made
        .iter()
        .filter(|(path, page)| path.ends_with(".html") && page.contains("class=\"ledger"))
        .map(|(path, _)| path.as_str())
        .collect();
    assert!(inherited.contains(&"verify/index.html") && inherited.len() < made.len() / 4, "{inherited:?}");
    assert!(!inherited.iter().any(|path| path.contains("decisions/2026") || path.contains("alerts/2026")), "{inherited:?}");
    for (path, page) in made.iter().filter(|(path, _)| path.ends_with(".html")) {
        assert!(page.contains("class=\"jump\"") || page.contains("http-equiv=\"refresh\""), "{path} lacks the theme's frame");
    }
    assert!(css(&made).contains(".wayout") && !css(&made).contains("@font-face"));
    assert!(!made.values().any(|page| page.contains(".woff2")), "fonts of the built-in theme are not asked for");
}

#[test]
fn every_word_of_a_record_stands_on_its_page_in_both_themes() {
    for site in [example(), second_theme().0] {
        let pages = pages(&Html, &site);
        let dates = Dates::new(&site.site.settings.languages, site.site.settings.zone.clone());
        let (mut asked, mut unsaid) = (0, Vec::new());
        for item in &site.site.items {
            for edition in &item.editions {
                let path = edition.route.file().to_string();
                let page = words(&pages[&path]);
                for (field, said) in said(&edition.record, &dates) {
                    asked += 1;
                    if !page.contains(&said) {
                        unsaid.push(format!("{}: {path} does not say `{said}` of {field}", site.site.theme.name));
                    }
                }
            }
        }
        assert_eq!(unsaid, Vec::<String>::new());
        assert!(asked > 1_500, "{asked}");
    }
}

/// Common fields that readers see as they are.
const COMMON: [&str; 3] = ["title", "summary", "reference"];

/// What a page must say of a record's own fields: texts, days, the longest plain run of each Markdown text.
fn said(record: &Record, dates: &Dates) -> Vec<(String, String)> {
    let mut all = Vec::new();
    for name in COMMON {
        if let Some(text) = record.fields.text(name) {
            let parts = if name == "reference" { text.split(", ").collect() } else { vec![text] };
            all.extend(parts.into_iter().map(|part| (name.to_owned(), squeezed(part))));
        }
    }
    for field in record.kind.fields {
        if let Some(value) = record.fields.get(field.name) {
            walk(field.name, value, &field.shape, (record, dates), &mut all);
        }
    }
    all
}

fn walk(name: &str, value: &Value, shape: &Shape, of: (&Record, &Dates), all: &mut Vec<(String, String)>) {
    let (record, dates) = of;
    let inner = |fields: &'static [Field], key: &str| fields.iter().find(|field| field.name == key).map(|field| &field.shape);
    match (value, shape) {
        (Value::Text(text), Shape::Text) => all.push((name.to_owned(), squeezed(text))),
        (Value::Markdown(text), Shape::Markdown) => {
            let run = text.split(['\n', '*', '_', '[', ']', '(', ')', '`', '#', '<', '>', '"', '\'']).max_by_key(|run| run.len());
            let marks = |c: char| c.is_ascii_digit() || matches!(c, '.' | '-' | ' ' | '|' | ':');
            all.extend(run.map(|run| (name.to_owned(), squeezed(run.trim_start_matches(marks)))));
        }
        (Value::Day(day), _) => all.push((name.to_owned(), squeezed(&dates.stamp(record.lang, Stamp::Day(*day))))),
        (Value::Instant(at), _) => all.push((name.to_owned(), squeezed(&dates.stamp(record.lang, Stamp::Instant(*at))))),
        (Value::List(items), Shape::List(one) | Shape::OneOrMany(one)) => {
            items.iter().for_each(|item| walk(name, item, one, of, all));
        }
        (Value::Map(map), Shape::Map(fields) | Shape::MapOrOff(fields)) => {
            for (key, value) in &map.0 {
                // Amounts are written by the language's rules.
                if let Some(shape) = inner(fields, key).filter(|_| *key != "amount") {
                    walk(&format!("{name}.{key}"), value, shape, of, all);
                }
            }
        }
        _ => {}
    }
}

/// The words of a page as a reader gets them.
fn words(page: &str) -> String {
    let body = page.split("<main").nth(1).unwrap().split("</main>").next().unwrap();
    let mut text = String::new();
    for part in body.split('<') {
        text.push_str(part.split_once('>').map_or(part, |(_, words)| words));
        text.push(' ');
    }
    let text = text
        .replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&quot;", "\"")
        .replace("&#39;", "'")
        .replace("&#x27;", "'")
        .replace("&amp;", "&");
    squeezed(&text)
}

fn squeezed(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
