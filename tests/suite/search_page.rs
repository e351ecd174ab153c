//! The search page in a real Chromium: people type what they mean, in their language, and find it, by keys alone too.

use crate::served::Served;
use promulgate::formats::search::words;
use serde_json::{Value, json};
use std::io::Write;
use std::path::Path;
use std::process::{Command, Stdio};

const NOW: &str = "2026-11-20T12:00:00+01:00";

/// Runs a script of `tests/browser/` with JSON on its standard input; gives the JSON it prints.
fn told(script: &str, args: &[&str], input: &Value) -> Value {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    assert!(here.join("tests/.cache/browser/node_modules").is_dir(), "the browser's tools are not installed: run tests/all");
    let mut node = Command::new("node");
    node.arg(here.join("tests/browser").join(script)).args(args);
    node.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut node = node.spawn().expect("node starts: tests/all installs it");
    node.stdin.take().unwrap().write_all(input.to_string().as_bytes()).unwrap();
    let output = node.wait_with_output().unwrap();
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{script}: {errors}");
    serde_json::from_slice(&output.stdout).unwrap_or_else(|error| panic!("no report: {error}: {errors}"))
}

fn norrvik() -> (tempfile::TempDir, Served) {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("public");
    let mut build = Command::new(env!("CARGO_BIN_EXE_promulgate"));
    build.args(["--root", env!("CARGO_MANIFEST_DIR"), "--now", NOW, "build", "--out"]).arg(&out);
    let output = build.output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let served = Served::folder(&out);
    (folder, served)
}

/// Page, what is typed, and the address of a record that must be among the first ten; no typed word of the first eight
/// stands in the record as it is typed.
const ASKS: &[(&str, &str, &str)] = &[
    ("/search/", "bibliotekens", "/decisions/2026/library-in-soderby/"),
    ("/search/", "kokade vattnets", "/alerts/2026/boil-water-ostra/"),
    ("/ru/search/", "бактериями", "/ru/alerts/2026/boil-water-ostra/"),
    ("/ru/search/", "питьевого", "/ru/services/drinking-water/"),
    ("/kk/search/", "тұрғындардың", "/kk/decisions/2026/water-main-emergency/"),
    ("/kk/search/", "цистернада", "/kk/decisions/2026/water-main-emergency/"),
    ("/ka/search/", "ბაქტერიებით", "/ka/alerts/2026/boil-water-ostra/"),
    ("/ka/search/", "ცისტერნით", "/ka/alerts/2026/boil-water-ostra/"),
    ("/search/", "soderby bib", "/decisions/2026/library-in-soderby/"),
    ("/ar/search/", "البكتيريا", "/ar/alerts/2026/boil-water-ostra/"),
    ("/kk/search/", "Nattbuss", "/services/night-bus/"),
];

#[test]
fn people_find_records_in_their_language_by_any_form_of_a_word() {
    let (folder, site) = norrvik();
    let asks: Vec<_> = ASKS.iter().map(|(path, query, _)| json!([path, query])).chain([json!(["/search/", "qqzzx"])]).collect();
    let judged = ["/search/", "/search/?q=vatten", "/ar/search/?q=%D8%A7%D9%84%D9%85%D8%A7%D8%A1&kind=alert", "/ka/search/?topic=water"];
    let report = told("search.mjs", &[&site.url()], &json!({"asks": asks, "judged": judged}));
    assert_eq!(report["problems"], json!([]));
    assert_eq!(report["judged"], judged.len() * 4, "each page is judged light and dark, narrow and wide, with results open");
    for ((path, query, wanted), told) in ASKS.iter().zip(report["asks"].as_array().unwrap()) {
        assert_eq!(told["before"], json!([]), "{path}: the index is asked for before the first key");
        assert!(told["fetched"].as_u64().unwrap() > 0);
        assert!(told["hrefs"].as_array().unwrap().iter().any(|href| href == wanted), "{query}: {told:#}");
        assert_eq!(told["focus"], "q", "results do not take the focus");
    }
    for (path, query, wanted) in &ASKS[..8] {
        let file = folder.path().join("public").join(wanted.trim_start_matches('/')).join("index.html");
        let text = std::fs::read_to_string(file).unwrap().to_lowercase();
        for word in query.split(' ') {
            assert!(!text.contains(&format!("{word} ")) && !text.contains(&format!("{word}.")), "{path}: {word} stands there as typed");
        }
    }
    let untranslated = report["asks"].as_array().unwrap().iter().find(|told| told["query"] == "Nattbuss").unwrap();
    assert!(untranslated["langs"].as_array().unwrap().contains(&json!("sv")), "{untranslated:#}");
    let nothing = report["asks"].as_array().unwrap().last().unwrap();
    assert_eq!((&nothing["hrefs"], nothing["said"].as_str().unwrap().starts_with("Inget hittades")), (&json!([]), true));
    by_keys(&report["keyboard"]);
}

/// From the top of the page to a record and back without a pointer.
fn by_keys(keys: &Value) {
    let count = |name: &str| -> u64 { keys[name].as_str().unwrap().split(' ').next().unwrap().parse().unwrap() };
    assert!(0 < count("narrowed") && count("narrowed") < count("all"), "a facet narrows: {keys:#}");
    assert_eq!(keys["stays"], true, "the focus stays on the box that was ticked");
    assert!(keys["address"].as_str().unwrap().starts_with("?q=vatten&kind="));
    assert_eq!(keys["reached"], keys["first"]["text"]);
    assert_eq!(keys["back"], keys["all"], "going back shows the results again");
}

#[test]
fn the_script_reads_words_as_the_index_does() {
    let mut texts: Vec<String> = [
        "KS 2026/0391 Söderby\u{ad}bor",
        "Ёлка ещё ᲗᲑᲘᲚᲘᲡᲘ",
        "ﷺ ½ ﬁl Ⅷ x² K",
        "naïve İstanbul ẞ ﬃ",
        "المَكْتَبة والمكتبة للمدرسة ٢٠٢٦ أخبار ۱۲",
    ]
    .map(str::to_owned)
    .to_vec();
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    for lang in ["sv", "en", "ru", "kk", "ka", "ar"] {
        texts.push(std::fs::read_to_string(here.join(format!("themes/daylight/messages/{lang}.ftl"))).unwrap());
    }
    let report = told("words.mjs", &[], &json!(texts));
    for (text, told) in texts.iter().zip(report.as_array().unwrap()) {
        let mut ours = Vec::new();
        words::each(text, |word| ours.push(json!([word, words::fold(word), words::shard(&words::fold(word), 64)])));
        assert!(!ours.is_empty());
        for (own, theirs) in ours.iter().zip(told.as_array().unwrap()) {
            assert_eq!(own, theirs);
        }
        assert_eq!(ours.len(), told.as_array().unwrap().len());
    }
}

#[test]
fn the_search_page_is_small_before_anything_is_asked() {
    let (folder, _site) = norrvik();
    let public = folder.path().join("public");
    let page = std::fs::read_to_string(public.join("ka/search/index.html")).unwrap();
    let loaded: Vec<&str> = page
        .split(['"'])
        .filter(|part| part.starts_with('/') && [".css", ".js", ".woff2", ".svg"].iter().any(|ending| part.ends_with(ending)))
        .collect();
    assert!(loaded.iter().any(|path| path.ends_with(".js")) && loaded.iter().any(|path| path.ends_with(".css")));
    let bytes: u64 = loaded.iter().map(|path| std::fs::metadata(public.join(path.trim_start_matches('/'))).unwrap().len()).sum();
    assert!(bytes + page.len() as u64 <= 100_000, "{} bytes, uncompressed", bytes + page.len() as u64);
}
