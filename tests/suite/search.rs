//! The search index, read by a reader that is not the browser's: what a word leads to, and that no text can break it.

use super::sandbox_site::{example, of_files};
use promulgate::formats::format::Format;
use promulgate::formats::html::Html;
use promulgate::formats::search::{Search, words};
use promulgate::model::site::Site;
use proptest::prelude::*;
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};

const SETTINGS: &str = "title: {sv: Norrviks kommun, en: Norrvik Municipality}\nurl: https://norrvik.example\n\
languages: [sv, en, ru, kk, ka, ar]\ntopics: {transport: {name: {sv: Resor, en: Transport}}, water: {name: {sv: Vatten, en: Water}}}\n";

const LETTERS: &str = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

/// The files of an index by path, each made once, the last first.
fn files(site: &Site) -> BTreeMap<String, Value> {
    let recipes = Search.recipes(site);
    assert!(recipes.findings.is_empty());
    let made = recipes.value.iter().rev().map(|recipe| {
        let mut out = Vec::new();
        (recipe.render)(&mut out).unwrap();
        let json = serde_json::from_slice(&out).unwrap_or_else(|error| panic!("{}: {error}", recipe.path));
        (recipe.path.to_string(), json)
    });
    made.collect()
}

fn numbers(text: &str) -> Vec<u32> {
    let (mut out, mut value, mut shift) = (Vec::new(), 0, 0);
    for letter in text.chars() {
        let bits = LETTERS.find(letter).expect("a letter of the code") as u32;
        value |= (bits & 31) << shift;
        shift += 5;
        if bits < 32 {
            out.push(value);
            (value, shift) = (0, 0);
        }
    }
    out
}

/// What a language's index knows: for each word its class, and for each class its records with their levels.
struct Index {
    words: BTreeMap<String, (usize, Vec<(usize, u32)>)>,
    records: Vec<Value>,
    meta: Value,
}

impl Index {
    fn of(files: &BTreeMap<String, Value>, prefix: &str) -> Index {
        let meta = files[&format!("{prefix}search/meta.json")].clone();
        let number = |name: &str| meta[name].as_u64().unwrap() as usize;
        let mut index = Index { words: BTreeMap::new(), records: Vec::new(), meta: meta.clone() };
        for at in 0..number("shards") {
            index.read(at, &files[&format!("{prefix}search/words/{at}.json")]);
        }
        for at in 0..number("records").div_ceil(number("per_file")) {
            let file = &files[&format!("{prefix}search/records/{at}.json")];
            assert_eq!(file["v"][1], meta["chain"][at]);
            index.records.extend(file["records"].as_array().unwrap().iter().cloned());
        }
        assert_eq!(index.records.len(), number("records"));
        index
    }

    fn read(&mut self, at: usize, shard: &Value) {
        let text = |name: &str| shard[name].as_str().unwrap();
        let classes = numbers(text("c"));
        let records: Vec<&str> = text("p").split(' ').collect();
        let (mut before, mut fresh) = (String::new(), 0);
        for (piece, back) in text("w").split(' ').filter(|piece| !piece.is_empty()).zip(classes) {
            let shared = piece.chars().next().unwrap().to_digit(36).unwrap() as usize;
            before = before.chars().take(shared).chain(piece.chars().skip(1)).collect();
            let class = fresh - back as usize;
            fresh = fresh.max(class + 1);
            assert_eq!(words::shard(&words::fold(&before), self.meta["shards"].as_u64().unwrap() as usize), at, "{before}");
            self.words.insert(before.clone(), (class, postings(records[class])));
        }
        if !self.words.is_empty() {
            assert_eq!(shard["v"][1], self.meta["chain"][shard["v"][0].as_u64().unwrap() as usize]);
        }
    }

    /// The titles of the records of a word.
    fn titles(&self, word: &str) -> Vec<&str> {
        let found = self.words.get(word).map(|(_, records)| records.as_slice()).unwrap_or_default();
        found.iter().map(|(at, _)| self.records[*at]["title"].as_str().unwrap()).collect()
    }

    fn facet(&self, name: &str) -> BTreeMap<String, Vec<usize>> {
        let facet = self.meta["facets"].as_array().unwrap().iter().find(|facet| facet["name"] == name).expect(name);
        let values = facet["values"].as_array().unwrap().iter();
        values.map(|value| (value[0].as_str().unwrap().to_owned(), rising(value[2].as_str().unwrap()))).collect()
    }
}

fn rising(text: &str) -> Vec<usize> {
    let mut next = 0;
    let each = numbers(text).into_iter().map(|gap| {
        next += gap as usize + 1;
        next - 1
    });
    each.collect()
}

fn postings(text: &str) -> Vec<(usize, u32)> {
    let mut next = 0;
    let each = numbers(text).into_iter().map(|code| {
        next += (code >> 3) as usize + 1;
        (next - 1, code & 7)
    });
    each.collect()
}

fn page(title: &str, more: &str) -> String {
    format!("---\ntitle: {}\ndate: 2026-11-18\n{more}---\n", Value::from(title))
}

fn town<'f>(pages: &'f [(&'f str, String)]) -> Site {
    of_files([("promulgate.yaml", SETTINGS)].into_iter().chain(pages.iter().map(|(path, text)| (*path, text.as_str()))))
}

#[test]
fn words_of_one_stem_are_one_class_and_lead_to_the_same_records() {
    let site = town(&[
        ("content/pages/a.md", page("Biblioteket stänger", "") + "Bussen går. Vatten finns."),
        ("content/pages/b.md", page("Bibliotekets öppettider", "") + "Vattnet är rent."),
        ("content/pages/c.ru.md", page("Вода", "")),
    ]);
    let index = Index::of(&files(&site), "");
    assert_eq!(index.words["biblioteket"].0, index.words["bibliotekets"].0);
    assert_eq!(index.titles("biblioteket"), ["Biblioteket stänger", "Bibliotekets öppettider"]);
    assert_eq!(index.titles("vatten"), index.titles("vattnet"), "a form that lost its e is known by its word");
    assert_eq!(index.titles("bussen"), ["Biblioteket stänger"]);
}

#[test]
fn the_last_part_of_a_compound_leads_to_it_and_weighs_less() {
    let site = town(&[
        ("content/pages/a.md", page("Kollektivtrafiken ändras", "")),
        ("content/pages/b.md", page("Trafik på bron", "")),
        ("content/pages/c.md", page("Avfallet hämtas", "")),
    ]);
    let index = Index::of(&files(&site), "");
    assert_eq!(index.titles("trafik"), ["Kollektivtrafiken ändras", "Trafik på bron"]);
    let levels = &index.words["trafik"].1;
    assert!(levels[0].1 < levels[1].1, "{levels:?}");
    assert_eq!(index.titles("kollektivtrafiken"), ["Kollektivtrafiken ändras"], "a compound does not lead to its last part");
}

#[test]
fn a_title_weighs_more_than_a_summary_and_a_summary_more_than_the_text() {
    let site = town(&[
        ("content/pages/a.md", page("Nytt", "") + "Bron lagas."),
        ("content/pages/b.md", page("Nytt", "summary: Bron lagas.\n") + "Text."),
        ("content/pages/c.md", page("Bron lagas", "summary: Nytt.\n") + "Text."),
    ]);
    let levels: Vec<u32> = Index::of(&files(&site), "").words["bron"].1.iter().map(|(_, level)| *level).collect();
    assert!(levels[0] < levels[1] && levels[1] < levels[2], "{levels:?}");
}

#[test]
fn what_is_not_translated_is_found_in_every_language_and_says_which_it_is_in() {
    let site = town(&[
        ("content/pages/a.md", page("Bron lagas", "topics: [transport]\n")),
        ("content/pages/a.en.md", page("The bridge is mended", "").replace("date: 2026-11-18\n", "")),
    ]);
    let files = files(&site);
    let (swedish, english, arabic) = (Index::of(&files, ""), Index::of(&files, "en/"), Index::of(&files, "ar/"));
    assert_eq!(arabic.titles("bron"), ["Bron lagas"]);
    assert_eq!(arabic.records[0]["lang"], serde_json::json!(["sv", "ltr", "Svenska"]));
    assert_eq!(english.titles("mended"), ["The bridge is mended"]);
    assert_eq!((english.titles("bron").len(), swedish.titles("bridge").len()), (0, 0));
    assert_eq!(english.records[0].get("lang"), None);
    assert_eq!(english.titles("transport"), ["The bridge is mended"], "the name of its topic in the reader's language");
}

#[test]
fn fields_of_words_are_searched_and_addresses_are_not() {
    let decision = "decided: 2026-11-18\nreference: KS 2026/0391\ndecision: [Kommunen köper **kajen**.]\nreasons: Priset är [skäligt](https://elsewhere.example/).\n\
                    options: [{title: Hyra marken, why: Dyrare.}]\nappeal: {to: Förvaltningsrätten, how: [Skriv.]}\n";
    let site = town(&[("content/decisions/a.md", page("Köp", decision) + "En [länk](/pages/hemlig/).")]);
    let index = Index::of(&files(&site), "");
    for word in ["kajen", "skäligt", "hyra", "dyrare", "förvaltningsrätten", "ks", "2026", "0391", "länk"] {
        assert_eq!(index.titles(word), ["Köp"], "{word}");
    }
    for word in ["https", "elsewhere", "hemlig"] {
        assert!(index.titles(word).is_empty(), "{word}");
    }
}

#[test]
fn a_draft_and_a_record_of_the_future_are_not_in_the_index() {
    let site = town(&[
        ("content/pages/a.md", page("Öppet", "")),
        ("content/pages/b.md", page("Utkastet", "draft: true\n")),
        ("content/pages/c.md", page("Framtiden", "publish_at: 2027-01-01T08:00:00+01:00\n")),
    ]);
    let all = files(&site);
    assert_eq!(Index::of(&all, "").records.len(), 1);
    let everything = format!("{all:?}").to_lowercase();
    assert!(!everything.contains("utkast") && !everything.contains("framtid"));
}

#[test]
fn the_facets_of_norrvik_hold_each_record_where_it_belongs() {
    let site = example().site;
    let index = Index::of(&files(&site), "en/");
    for (at, item) in site.items.iter().enumerate() {
        let under = |name: &str| -> BTreeSet<String> {
            index.facet(name).into_iter().filter(|(_, records)| records.contains(&at)).map(|(id, _)| id).collect()
        };
        let fields = &item.original().record.fields;
        let named = |name: &str| fields.texts(name).map(str::to_owned).collect::<BTreeSet<String>>();
        assert_eq!(under("kind"), BTreeSet::from([item.kind.name.to_owned()]));
        assert_eq!(under("topic"), named("topics"));
        assert_eq!(under("audience"), named("audiences"));
        assert_eq!(under("body"), fields.text("body").map(str::to_owned).into_iter().collect());
        assert_eq!(under("year"), item.day.map(|day| day.year().to_string()).into_iter().collect());
    }
}

#[test]
fn the_index_is_the_same_in_any_order_and_when_made_again() {
    let site = example().site;
    let recipes = Search.recipes(&site).value;
    let made = |order: &mut dyn Iterator<Item = usize>| -> BTreeMap<String, Vec<u8>> {
        let each = order.map(|at| {
            let mut out = Vec::new();
            (recipes[at].render)(&mut out).unwrap();
            (recipes[at].path.to_string(), out)
        });
        each.collect()
    };
    let once = made(&mut (0..recipes.len()));
    assert!(once == made(&mut (0..recipes.len()).rev()));
    assert_eq!(once.len(), recipes.len(), "no file is written twice");
    let largest = once.values().map(Vec::len).max().unwrap();
    assert!(largest < 40_000, "{largest} bytes in one file");
}

#[test]
fn without_search_there_is_no_index_no_page_and_no_link() {
    let pages = [("content/pages/a.md", page("Bron lagas", ""))];
    let with = town(&pages);
    let off = format!("{SETTINGS}search: off\n");
    let without = of_files([("promulgate.yaml", off.as_str()), ("content/pages/a.md", pages[0].1.as_str())]);
    let written = |site: &Site| -> BTreeMap<String, String> {
        let recipes = Html.recipes(site).value.into_iter().chain(Search.recipes(site).value);
        let each = recipes.filter(|recipe| !recipe.path.as_str().contains("woff")).map(|recipe| {
            let mut out = Vec::new();
            (recipe.render)(&mut out).unwrap();
            (recipe.path.to_string(), String::from_utf8_lossy(&out).into_owned())
        });
        each.collect()
    };
    let (with, without) = (written(&with), written(&without));
    assert!(with.contains_key("en/search/index.html") && with["en/index.html"].contains("href=\"/en/search/\""));
    assert!(with["en/index.html"].contains("action=\"/en/search/\"") && with["en/404.html"].contains("action=\"/en/search/\""));
    assert!(!with["en/index.html"].contains("search.") || !with["en/index.html"].contains(".js"), "only the search page has the script");
    assert!(without.keys().all(|path| !path.contains("search/")));
    assert!(without.iter().filter(|(path, _)| path.ends_with(".html")).all(|(_, page)| !page.contains("/search/")));
}

#[test]
fn without_a_script_the_page_leads_to_every_list() {
    let site = example().site;
    let recipes = Html.recipes(&site).value;
    for (lang, path) in [("sv", "search/index.html"), ("ar", "ar/search/index.html")] {
        let recipe = recipes.iter().find(|recipe| recipe.path.as_str() == path).unwrap();
        let mut out = Vec::new();
        (recipe.render)(&mut out).unwrap();
        let page = String::from_utf8(out).unwrap();
        assert!(page.contains("<noscript>") && page.contains("method=") == page.contains("method=\"get\""));
        for index in site.indexes.iter().filter(|index| !index.items.is_empty()) {
            let href = index.routes[&lang.parse().unwrap()].href();
            assert!(page.contains(&format!("href=\"{href}\"")), "{path} does not lead to {href}");
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 40, failure_persistence: None, ..ProptestConfig::default() })]
    #[test]
    fn no_text_breaks_the_index(title in "\\PC{1,60}", body in "(\\PC|[\"'<>\\\\&{}\u{2028}\u{202e}\u{fdfa}½]){0,200}") {
        prop_assume!(!title.trim().is_empty());
        let hostile = format!("{title} </script><img src=x onerror=alert(1)> \"}}],\\");
        let site = town(&[("content/pages/a.md", page(&hostile, "") + &body), ("content/pages/b.md", page("Bron", ""))]);
        let all = files(&site);
        let index = Index::of(&all, "");
        // A title with a forbidden character is refused before anything is made of it.
        prop_assume!(index.records.len() == 2);
        let at = index.records.iter().position(|record| record["title"] != "Bron").unwrap();
        prop_assert_eq!(index.records[at]["title"].as_str().unwrap(), site.items[at].original().record.title());
        let mut missing = Vec::new();
        words::each(site.items[at].original().record.title(), |word| {
            let is_there = index.words.get(word).is_some_and(|(_, records)| records.iter().any(|(record, _)| *record == at));
            if !is_there { missing.push(word.to_owned()); }
        });
        prop_assert!(missing.is_empty(), "{:?}", missing);
        for word in index.words.keys() {
            prop_assert!(!word.contains(|c: char| c.is_whitespace() || c.is_control() || "\"\\<>&'".contains(c)), "{:?}", word);
        }
    }
}
