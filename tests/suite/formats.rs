//! The formats that machines read: valid by their own rules, whatever a title holds.

use promulgate::assemble::{Parts, Visibility, site as assemble, theme};
use promulgate::formats::format::Format;
use promulgate::formats::{alerts_json, feed, headers, records_json, redirects, robots, sitemap};
use promulgate::io::disk::read_site;
use promulgate::kinds::{KINDS, common::COMMON};
use promulgate::model::date::{Instant, Now};
use promulgate::model::finding::Findings;
use promulgate::model::record::Value as RecordValue;
use promulgate::model::site::Site;
use promulgate::parse::{self, Kinds};
use serde_json::Value;
use std::collections::BTreeMap;
use std::fs;

const SETTINGS: &str = "title: {sv: Norrviks kommun, en: Norrvik Municipality}\nurl: https://norrvik.example\nlanguages: [sv, en, ar]\n\
time_zone: Europe/Stockholm\nbodies: {council: {name: {sv: Kommunfullmäktige, en: Municipal Council}}}\n\
topics: {libraries: {name: {sv: Bibliotek, en: Libraries}}}\n";

const MESSAGES: &str = "feed-corrected = Corrected: { $title }\nfeed-withdrawn = Withdrawn: { $title }\nkinds-decision = Decisions\n";

const LIBRARY: &str = "---\ntitle: Biblioteket i Söderby finns kvar\nsummary: Söderby behåller sitt bibliotek.\ndate: 2026-11-18\nupdated: 2026-11-19\n\
decided: 2026-11-18\ndecision: [Biblioteket finns kvar.]\nreference: 2017:45\nbody: council\ntopics: [libraries]\naliases: [/gammalt/bibliotek, /bibliotek.html]\n\
revisions:\n  - {date: 2026-11-19, note: Kostnaden var fel., material: true}\n  - {date: 2026-11-18, note: Ett stavfel., material: false}\n---\nText.\n";

const LIBRARY_EN: &str = "---\ntitle: The library in Söderby stays open\nsummary: Söderby keeps its library.\nupdated: 2026-11-19\ndecision: [The library stays.]\n\
revisions:\n  - note: The cost was wrong.\n  - note: A typing error.\n---\nText.\n";

pub(crate) fn site(files: &[(&str, &str)]) -> Site {
    let root = tempfile::tempdir().unwrap();
    let common = [("promulgate.yaml", SETTINGS), ("messages/en.ftl", MESSAGES)];
    for (path, text) in common.iter().chain(files) {
        let path = root.path().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
    let mut findings = Findings::new();
    let sources = read_site(root.path()).unwrap().into_value(&mut findings);
    let settings = parse::settings::settings(sources.settings.as_ref().unwrap(), KINDS, &[]).into_value(&mut findings).unwrap();
    let kinds = Kinds { all: KINDS, common: COMMON };
    let records = sources.records.iter().filter_map(|source| parse::record(source, &settings, kinds).into_value(&mut findings)).collect();
    let records = parse::join(records, &mut Default::default(), (&settings, kinds), &mut findings);
    assert!(!findings.has_errors(), "{findings:#?}");
    let (theme, messages) = theme(&sources.theme, &settings).into_value(&mut findings);
    let now = Now { at: "2026-11-20T09:00:00Z".parse::<Instant>().unwrap().timestamp(), zone: settings.zone.clone() };
    assemble(Parts {
        settings,
        now,
        visibility: Visibility::Public,
        theme,
        messages,
        records,
        assets: sources.assets,
        posted: Default::default(),
        broken: Default::default(),
    })
    .value
}

pub(crate) fn written(format: &dyn Format, site: &Site) -> BTreeMap<String, String> {
    let recipes = format.recipes(site);
    assert!(recipes.findings.is_empty(), "{:?}", recipes.findings);
    let mut files = BTreeMap::new();
    for recipe in recipes.value {
        let (mut once, mut again) = (Vec::new(), Vec::new());
        (recipe.render)(&mut once).unwrap();
        (recipe.render)(&mut again).unwrap();
        assert_eq!(once, again, "{} must give the same bytes twice", recipe.path);
        let before = files.insert(recipe.path.to_string(), String::from_utf8(once).unwrap());
        assert!(before.is_none(), "{} is written twice", recipe.path);
    }
    files
}

fn library() -> Site {
    site(&[("content/decisions/2026/library.md", LIBRARY), ("content/decisions/2026/library.en.md", LIBRARY_EN)])
}

fn json(text: &str) -> Value {
    serde_json::from_str(text).unwrap()
}

#[test]
fn there_is_a_feed_of_the_site_and_of_each_list_in_every_language() {
    let files = written(&feed::Feeds, &library());
    for path in ["feed.atom", "en/feed.atom", "ar/feed.atom", "decisions/feed.atom", "en/decisions/feed.atom", "topics/libraries/feed.atom"]
    {
        assert!(files.contains_key(path), "{path}");
    }
    assert!(files.keys().all(|path| !path.contains("2026")), "years have no feeds");
}

#[test]
fn a_feed_reader_understands_the_atom_feed() {
    let files = written(&feed::Feeds, &library());
    let feed = feed_rs::parser::parse(files["en/feed.atom"].as_bytes()).unwrap();
    assert_eq!(feed.title.unwrap().content, "Norrvik Municipality");
    assert_eq!(feed.language.as_deref(), Some("en"));
    assert_eq!(feed.links.iter().find(|link| link.rel.as_deref() == Some("self")).unwrap().href, "https://norrvik.example/en/feed.atom");
    let main = feed.entries.iter().find(|entry| entry.id == "tag:norrvik.example,2026:decisions/2026/library").unwrap();
    assert_eq!(main.title.as_ref().unwrap().content, "The library in Söderby stays open");
    assert_eq!(main.authors[0].name.as_deref(), Some("Municipal Council"));
    let links: Vec<_> =
        main.links.iter().map(|link| (link.rel.as_deref().unwrap(), link.href_lang.as_deref().unwrap(), link.href.as_str())).collect();
    let expected = [
        ("alternate", "en", "https://norrvik.example/en/decisions/2026/library/"),
        ("related", "sv", "https://norrvik.example/decisions/2026/library/"),
    ];
    assert_eq!(links, expected, "a reader that takes any alternate link is led to its own language");
    assert_eq!(main.published.unwrap().to_rfc3339(), "2026-11-17T23:00:00+00:00", "a day begins at the body's own midnight");
}

#[test]
fn a_material_correction_is_an_entry_of_its_own_and_a_typing_error_is_not() {
    let files = written(&feed::Feeds, &library());
    let feed = feed_rs::parser::parse(files["en/feed.atom"].as_bytes()).unwrap();
    let ids: Vec<_> = feed.entries.iter().map(|entry| entry.id.as_str()).collect();
    let id = "tag:norrvik.example,2026:decisions/2026/library";
    assert_eq!(ids, [id, &format!("{id}#revision-2026-11-19")]);
    assert_eq!(feed.entries[1].title.as_ref().unwrap().content, "Corrected: The library in Söderby stays open");
    assert_eq!(feed.entries[1].summary.as_ref().unwrap().content, "The cost was wrong.");
}

#[test]
fn a_withdrawal_is_told_as_well() {
    let withdrawn = LIBRARY.replace("aliases:", "withdrawn: {date: 2026-11-20, reason: Fel nämnd beslutade.}\naliases:");
    let files = written(&feed::Feeds, &site(&[("content/decisions/2026/library.md", &withdrawn)]));
    let feed = feed_rs::parser::parse(files["feed.atom"].as_bytes()).unwrap();
    assert!(feed.entries[0].id.ends_with("#withdrawn"));
    assert_eq!(feed.entries[0].title.as_ref().unwrap().content, "Återkallat: Biblioteket i Söderby finns kvar");
    assert_eq!(feed.entries[0].summary.as_ref().unwrap().content, "Fel nämnd beslutade.");
}

#[test]
fn a_replacement_is_told_to_readers_of_the_old_decision() {
    let newer = "---\ntitle: Biblioteket flyttar\nsummary: Det flyttar.\ndate: 2026-11-20\ndecided: 2026-11-20\ndecision: [Det flyttar.]\nsupersedes: [decisions/2026/library]\n---\n";
    let files = written(&feed::Feeds, &site(&[("content/decisions/2026/library.md", LIBRARY), ("content/decisions/2026/move.md", newer)]));
    let read = feed_rs::parser::parse(files["topics/libraries/feed.rss"].as_bytes()).unwrap();
    let told = read.entries.iter().find(|entry| entry.id.ends_with("decisions/2026/library#superseded-2026-11-20")).unwrap();
    assert_eq!(told.title.as_ref().unwrap().content, "Ersatt: Biblioteket i Söderby finns kvar");
    assert_eq!(told.summary.as_ref().unwrap().content, "Ersätts av: Biblioteket flyttar");
}

#[test]
fn two_corrections_of_one_day_are_two_entries() {
    let twice = LIBRARY.replace("material: false", "material: true").replace("2026-11-18, note", "2026-11-19, note");
    let files = written(&feed::Feeds, &site(&[("content/decisions/2026/library.md", &twice)]));
    let read = feed_rs::parser::parse(files["feed.atom"].as_bytes()).unwrap();
    let ids: std::collections::BTreeSet<_> = read.entries.iter().map(|entry| entry.id.as_str()).collect();
    assert_eq!((read.entries.len(), ids.len()), (3, 3), "{ids:?}");
}

#[test]
fn a_service_has_a_feed_of_what_concerns_it_beside_its_page() {
    let service = "---\ntitle: Dricksvatten\nsummary: Vatten.\n---\n";
    let update = "---\ntitle: Vattnet är avstängt\nsummary: Till fredag.\ndate: 2026-11-19T08:00:00+01:00\nservice: services/water\nstate: outage\n---\n";
    let decision = LIBRARY.replace("topics:", "services: [services/water]\ntopics:");
    let files =
        [("content/services/water.md", service), ("content/updates/2026/off.md", update), ("content/decisions/2026/library.md", &decision)];
    let files = written(&feed::Feeds, &site(&files));
    let read = feed_rs::parser::parse(files["services/water/feed.atom"].as_bytes()).unwrap();
    assert_eq!(read.title.unwrap().content, "Norrviks kommun · Dricksvatten");
    let about: Vec<_> = read.entries.iter().map(|entry| entry.id.rsplit(':').next().unwrap()).collect();
    assert!(about.contains(&"updates/2026/off") && about.contains(&"decisions/2026/library"), "{about:?}");
}

#[test]
fn a_hub_is_named_in_every_form_and_in_the_headers() {
    let hubbed = format!("{SETTINGS}hub: https://hub.norrvik.example/\n");
    let site = site(&[("promulgate.yaml", &hubbed), ("content/decisions/2026/library.md", LIBRARY)]);
    let files = written(&feed::Feeds, &site);
    for name in ["feed.atom", "en/decisions/feed.rss"] {
        let links = roxmltree::Document::parse(&files[name]).unwrap();
        let hub = links.descendants().find(|node| node.attribute("rel") == Some("hub")).unwrap();
        assert_eq!(hub.tag_name().namespace(), Some("http://www.w3.org/2005/Atom"));
        assert_eq!(hub.attribute("href"), Some("https://hub.norrvik.example/"));
    }
    assert_eq!(json(&files["feed.json"])["hubs"][0], serde_json::json!({"type": "WebSub", "url": "https://hub.norrvik.example/"}));
    let headers = &written(&headers::Headers, &site)["_headers"];
    assert!(headers.contains("must-revalidate\n  Link: <https://hub.norrvik.example/>; rel=\"hub\"\n"));
    assert!(headers.contains("/en/feed.rss\n  Link: <https://norrvik.example/en/feed.rss>; rel=\"self\"\n"));
}

#[test]
fn a_record_without_a_translation_keeps_its_own_language_and_the_same_id() {
    let files = written(&feed::Feeds, &library());
    let document = roxmltree::Document::parse(&files["ar/feed.atom"]).unwrap();
    let entry = document.descendants().find(|node| node.has_tag_name("entry")).unwrap();
    assert_eq!(entry.attribute(("http://www.w3.org/XML/1998/namespace", "lang")), Some("sv"));
    assert!(files["ar/feed.atom"].contains("<id>tag:norrvik.example,2026:decisions/2026/library</id>"));
}

#[test]
fn a_feed_holds_the_fifty_newest() {
    let records: Vec<(String, String)> = (1..=60)
        .map(|n| {
            let day = format!("2026-{:02}-{:02}", 1 + n / 20, 1 + n % 20);
            (
                format!("content/decisions/2026/d{n:02}.md"),
                format!("---\ntitle: Beslut {n}\ndate: {day}\ndecided: {day}\ndecision: [Ja.]\n---\n"),
            )
        })
        .collect();
    let records: Vec<(&str, &str)> = records.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect();
    let files = written(&feed::Feeds, &site(&records));
    let feed = feed_rs::parser::parse(files["feed.atom"].as_bytes()).unwrap();
    assert_eq!(feed.entries.len(), 50);
    assert_eq!(feed.entries[0].title.as_ref().unwrap().content, "Beslut 60");
    assert!(feed.entries.windows(2).all(|pair| pair[0].updated >= pair[1].updated));
}

const HOSTILE: [&str; 7] = [
    "]]> ]]&gt; <![CDATA[",
    "</script><script>alert(1)</script>",
    "</title></entry></feed>",
    "a & b \" ' < >",
    "line\r\nX-Injected: yes",
    "\0 \u{1b} \u{b} \u{fffe} \u{2028} control",
    "=HYPERLINK(\"http://x\") \u{202e}",
];

/// A site whose titles and summaries are hostile; parsing refuses some of these already, so they are put in behind it.
fn hostile() -> Site {
    let record = |n: usize| {
        let text = format!("---\ntitle: T\ndate: 2026-01-0{}\ndecided: 2026-01-01\ndecision: [Ja.]\naliases: [/old/{n}]\n---\n", n + 1);
        (format!("content/decisions/2026/d{n}.md"), text)
    };
    let records: Vec<(String, String)> = (0..HOSTILE.len()).map(record).collect();
    let records: Vec<(&str, &str)> = records.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect();
    let mut site = site(&records);
    for (item, text) in site.items.iter_mut().zip(HOSTILE) {
        item.editions[0].summary = text.to_owned();
        let title = item.editions[0].record.fields.0.iter_mut().find(|(name, _)| *name == "title").unwrap();
        title.1 = RecordValue::Text(text.to_owned());
    }
    site
}

#[test]
fn hostile_titles_leave_every_format_well_formed() {
    let site = hostile();
    for format in [&feed::Feeds as &dyn Format, &sitemap::Sitemap] {
        for (path, text) in
            written(format, &site).into_iter().filter(|(path, _)| [".atom", ".rss", ".xml"].iter().any(|ending| path.ends_with(ending)))
        {
            let document = roxmltree::Document::parse(&text).unwrap_or_else(|error| panic!("{path}: {error}\n{text}"));
            if path == "feed.atom" {
                let titles = document.descendants().filter(|node| node.has_tag_name("entry")).count();
                assert_eq!(titles, HOSTILE.len());
                assert!(document.descendants().any(|node| node.text() == Some("]]> ]]&gt; <![CDATA[")), "the text survives as typed");
            }
        }
    }
    for format in [&records_json::RecordsJson as &dyn Format, &alerts_json::AlertsJson] {
        written(format, &site).values().for_each(|text| drop(json(text)));
    }
    for (path, text) in written(&redirects::Redirects, &site) {
        assert!(!text.contains("<script"), "{path}");
        assert!(!text.contains("X-Injected: yes\n") || path.ends_with(".html"), "{path}");
    }
}

/// Version 1.1 of the schema takes its definitions from version 1.0; both lie in `tests/data/`.
pub(crate) struct Beside;

impl jsonschema::Retrieve for Beside {
    fn retrieve(&self, uri: &jsonschema::Uri<String>) -> Result<Value, Box<dyn std::error::Error + Send + Sync>> {
        assert!(uri.as_str().ends_with("/feed-1"), "{uri}");
        Ok(json(include_str!("../data/jsonfeed-1.0.schema.json")))
    }
}

#[test]
fn the_json_feed_fulfils_its_schema() {
    let schema = json(include_str!("../data/jsonfeed-1.1.schema.json"));
    let validator = jsonschema::options().with_retriever(Beside).build(&schema).unwrap();
    for (path, text) in written(&feed::Feeds, &library()).into_iter().filter(|(path, _)| path.ends_with(".json")) {
        let errors: Vec<_> = validator.iter_errors(&json(&text)).map(|error| error.to_string()).collect();
        assert!(errors.is_empty(), "{path}: {errors:?}");
    }
    assert!(!validator.is_valid(&json(r#"{"version": "https://jsonfeed.org/version/1.1"}"#)), "the schema must refuse something");
}

#[test]
fn a_feed_reader_understands_the_json_feed() {
    let files = written(&feed::Feeds, &library());
    let feed = feed_rs::parser::parse(files["feed.json"].as_bytes()).unwrap();
    assert_eq!(feed.entries[0].id, "tag:norrvik.example,2026:decisions/2026/library");
    assert_eq!(json(&files["feed.json"])["items"][0]["content_text"], "Söderby behåller sitt bibliotek.");
    assert_eq!(json(&files["feed.json"])["items"][0]["tags"], serde_json::json!(["decision", "Bibliotek"]));
}

#[test]
fn the_sitemap_names_the_languages_of_each_page_and_one_for_all_others() {
    let text = &written(&sitemap::Sitemap, &library())["sitemap.xml"];
    let document = roxmltree::Document::parse(text).unwrap();
    let of = |address: &str| {
        let url = document.descendants().filter(|node| node.has_tag_name("url"));
        let mut found = url.filter(|url| url.children().any(|child| child.has_tag_name("loc") && child.text() == Some(address)));
        let url = found.next().unwrap_or_else(|| panic!("{address} is missing"));
        assert!(found.next().is_none());
        let alternates = url.children().filter(|child| child.has_tag_name("link"));
        alternates
            .map(|link| (link.attribute("hreflang").unwrap().to_owned(), link.attribute("href").unwrap().to_owned()))
            .collect::<BTreeMap<_, _>>()
    };
    let swedish = of("https://norrvik.example/decisions/2026/library/");
    assert_eq!(swedish, of("https://norrvik.example/en/decisions/2026/library/"));
    assert_eq!(swedish["x-default"], "https://norrvik.example/decisions/2026/library/");
    assert_eq!(swedish.len(), 3);
    assert_eq!(of("https://norrvik.example/").len(), 4);
}

#[test]
fn a_large_sitemap_is_cut_so_that_one_edit_touches_one_piece() {
    let many = |late: &str| {
        let records: Vec<(String, String)> = (0..10_050)
            .map(|n| {
                let (year, title) = (2021 + n % 4, if n == 5_000 { late } else { "Sida" });
                (
                    format!("content/updates/{year}/u{n}.md"),
                    format!(
                        "---\ntitle: {title}\nservice: services/ferry\nstate: operational\ndate: {year}-03-01{}\n---\n",
                        if n == 5_000 && late == "Ny" { "\nupdated: 2026-01-01" } else { "" }
                    ),
                )
            })
            .chain([("content/services/ferry.md".to_owned(), "---\ntitle: Färjan\n---\n".to_owned())])
            .collect();
        let records: Vec<(&str, &str)> = records.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect();
        written(&sitemap::Sitemap, &site(&records))
    };
    let (before, after) = (many("Gammal"), many("Ny"));
    let count = |text: &String| text.matches("<loc>").count();
    let records: usize =
        before.iter().filter(|(path, _)| path.starts_with("sitemap/") && !path.ends_with("lists.xml")).map(|(_, text)| count(text)).sum();
    assert_eq!(records, 10_051);
    assert_eq!(count(&before["sitemap.xml"]), before.len() - 1);
    assert!(before.values().all(|text| count(text) <= 50_000 && text.len() < 50 * 1024 * 1024));
    let touched: Vec<_> = before.keys().filter(|path| before[*path] != after[*path]).collect();
    assert_eq!(touched.len(), 1, "{touched:?}");
}

#[test]
fn old_addresses_lead_on_as_pages_and_as_rules() {
    let files = written(&redirects::Redirects, &library());
    assert_eq!(files.keys().collect::<Vec<_>>(), ["_redirects", "bibliotek.html", "gammalt/bibliotek/index.html"]);
    assert_eq!(files["_redirects"], "/bibliotek.html /decisions/2026/library/ 301\n/gammalt/bibliotek /decisions/2026/library/ 301\n");
    let page = &files["bibliotek.html"];
    assert!(page.contains("content=\"0; url=/decisions/2026/library/\""));
    assert!(page.contains("<link rel=\"canonical\" href=\"https://norrvik.example/decisions/2026/library/\">"));
    assert!(page.contains("<html lang=\"sv\" dir=\"ltr\">") && page.contains(">Biblioteket i Söderby finns kvar</a>"));
}

#[test]
fn an_old_address_where_a_page_stands_is_found() {
    let other = "---\ntitle: Annat\ndate: 2026-01-01\ndecided: 2026-01-01\ndecision: [Ja.]\naliases: [/decisions/2026/library/]\n---\n";
    let site = site(&[("content/decisions/2026/library.md", LIBRARY), ("content/decisions/2026/other.md", other)]);
    let recipes = redirects::Redirects.recipes(&site);
    let codes: Vec<_> = recipes.findings.iter().map(|finding| finding.code).collect();
    assert_eq!(codes, ["alias-over-page"]);
    assert!(recipes.value.iter().all(|recipe| recipe.path.as_str() != "decisions/2026/library/index.html"));
}

#[test]
fn the_records_are_told_with_every_field_as_typed() {
    let all = json(&written(&records_json::RecordsJson, &library())["records.json"]);
    assert_eq!(all["api"], 1);
    let record = &all["records"][0];
    assert_eq!(record["id"], "decisions/2026/library");
    assert_eq!(record["fields"]["reference"], "2017:45");
    assert_eq!(record["fields"]["decided"], "2026-11-18");
    assert_eq!(record["fields"]["revisions"][0]["material"], true);
    assert_eq!(record["languages"]["en"]["title"], "The library in Söderby stays open");
    assert_eq!(record["languages"]["en"]["fields"]["decision"][0], "The library stays.");
    assert!(record["languages"]["en"]["fields"].get("body").is_none(), "what is inherited is told once");
    assert_eq!(record["status"]["word"].as_str().map(str::is_empty), Some(false));
}

#[test]
fn only_alerts_in_force_stand_in_the_banner_the_worst_first() {
    let alert = |title: &str, severity: &str, more: &str| {
        format!(
            "---\ntitle: {title}\ndate: 2026-11-17\nevent: Vatten\ncategory: [Health]\nseverity: {severity}\nurgency: Immediate\ncertainty: Observed\n\
             areas: [{{name: Östra Norrvik}}]\neffective: 2026-11-17T06:40:00+01:00\ninstruction: Koka vattnet.\n{more}---\n"
        )
    };
    let site = site(&[
        ("content/alerts/2026/a.md", &alert("Storm", "Moderate", "")),
        ("content/alerts/2026/b.md", &alert("Koka", "Severe", "")),
        ("content/alerts/2026/c.md", &alert("Släckt", "Extreme", "resolved: 2026-11-18T08:00:00+01:00\n")),
        ("content/alerts/2026/d.md", &alert("Förbi", "Extreme", "expires: 2026-11-18T08:00:00+01:00\n")),
    ]);
    let all = json(&written(&alerts_json::AlertsJson, &site)["alerts.json"]);
    let titles: Vec<_> =
        all["alerts"].as_array().unwrap().iter().map(|alert| alert["languages"]["sv"]["title"].as_str().unwrap()).collect();
    assert_eq!(titles, ["Koka", "Storm"]);
    assert_eq!(all["alerts"][0]["languages"]["sv"]["areas"][0], "Östra Norrvik");
    assert!(all["alerts"][0]["languages"]["sv"]["instruction"].as_str().is_some_and(|steps| !steps.is_empty()), "what to do is told");
}

#[test]
fn the_headers_forbid_what_is_not_ours_and_fit_the_hosts_limits() {
    let text = &written(&headers::Headers, &library())["_headers"];
    assert!(text.contains("default-src 'none'; script-src 'self'") && !text.contains("unsafe-inline'; script"));
    assert!(text.lines().all(|line| line.len() <= 2_000));
    assert!(text.lines().filter(|line| line.starts_with('/')).count() <= 100);
    let feeds = text.split("/*.atom\n").nth(1).unwrap();
    assert!(feeds.starts_with("  Access-Control-Allow-Origin: *\n"));
    assert!(text.contains("/*.rss\n  Access-Control-Allow-Origin: *\n  Content-Type: application/xml; charset=utf-8\n"));
    assert!(!text.contains("rel=\"hub\"") && !text.contains("rel=\"self\""), "a site without a hub names none");
}

#[test]
fn robots_are_shown_the_sitemap() {
    let text = &written(&robots::Robots, &library())["robots.txt"];
    assert!(text.ends_with("Sitemap: https://norrvik.example/sitemap.xml\n"));
}
