//! The page of a record: what it must show, in which order, and that it says the same in a picture and in words.

use crate::parsed::{Element, Page};
use crate::sandbox::Sandbox;
use crate::sandbox_site::{Example, example, example_on};
use flate2::Compression;
use flate2::write::GzEncoder;
use promulgate::formats::format::Format;
use promulgate::formats::html::Html;
use promulgate::formats::record_json;
use promulgate::model::record::RecordId;
use promulgate::model::site::Item;
use promulgate::text::seal;
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use std::fs;
use std::io::Write;

/// The pages whose path satisfies a test, as text.
fn made(site: &Example, wanted: impl Fn(&str) -> bool) -> BTreeMap<String, String> {
    let recipes = Html.recipes(&site.site).value;
    let wanted = recipes.iter().filter(|recipe| wanted(recipe.path.as_str()));
    let render = |recipe: &promulgate::model::recipe::Recipe<'_>| {
        let mut out = Vec::new();
        (recipe.render)(&mut out).unwrap();
        (recipe.path.to_string(), String::from_utf8(out).unwrap())
    };
    wanted.map(render).collect()
}

fn page(site: &Example, path: &str) -> Page {
    let file = format!("{path}index.html");
    let pages = made(site, |own| own == file);
    Page::read(pages.get(&file).unwrap_or_else(|| panic!("{file} is made")))
}

/// Whether a path is a record's page of some kind.
fn of(kinds: &[&str], path: &str) -> bool {
    let bare = path.split('/').skip(usize::from(path.as_bytes().get(2) == Some(&b'/'))).collect::<Vec<_>>();
    path.ends_with("/index.html") && bare.len() > 2 && kinds.contains(&bare[0]) && !bare.contains(&"page") && bare.len() != 3
        || path.ends_with("/index.html") && bare.len() == 3 && bare[0] == "services" && kinds.contains(&"services")
}

const DATED: [&str; 7] = ["decisions", "updates", "alerts", "consultations", "corrections", "meetings", "notices"];

fn gz(bytes: &[u8]) -> usize {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap().len()
}

fn item<'s>(site: &'s Example, id: &str) -> &'s Item {
    &site.site.items[site.site.by_id[&RecordId(id.to_owned())]]
}

const LIBRARY: &str = "en/decisions/2026/library-in-soderby/";

#[test]
fn a_decision_tells_its_parts_in_the_order_in_which_people_need_them() {
    let site = example();
    let page = page(&site, LIBRARY);
    let order = [
        "short-h",
        "decided",
        "reasons",
        "cost",
        "options",
        "vote",
        "interests",
        "reservations",
        "appeal",
        "documents",
        "timeline",
        "relations",
        "history",
        "verify",
    ];
    let places: Vec<usize> = order.iter().map(|id| page.place(page.id(id).unwrap_or_else(|| panic!("there is #{id}")))).collect();
    assert!(places.is_sorted(), "{:?}", order.iter().zip(&places).collect::<Vec<_>>());
    let heading = page.place(page.all("h1").next().unwrap());
    let facts = page.place(page.class("facts").next().unwrap());
    assert!(
        heading < places[0] && places[0] < facts && facts < places[1],
        "the plain words come before the facts, and both before the text"
    );
}

#[test]
fn contents_lead_to_headings_in_the_order_of_the_page() {
    let site = example();
    for (path, html) in made(&site, |path| of(&DATED, path) || of(&["services"], path)) {
        let page = Page::read(&html);
        let Some(toc) = page.class("toc").next() else { continue };
        let links: Vec<&Element> = page.inside(toc).filter(|element| element.name == "a").collect();
        let places: Vec<usize> = links
            .iter()
            .map(|link| {
                let id = link.get("href").trim_start_matches('#');
                page.place(page.id(id).unwrap_or_else(|| panic!("{path}: the contents lead to #{id}, which is not there")))
            })
            .collect();
        assert!(places.is_sorted(), "{path}: {:?}", links.iter().map(|link| &link.text).collect::<Vec<_>>());
    }
}

#[test]
fn headings_tables_and_pictures_of_every_record_can_be_read_without_seeing() {
    let site = example();
    let pages = made(&site, |path| of(&DATED, path) || of(&["services"], path));
    assert!(pages.len() > 150, "{}", pages.len());
    for (path, html) in pages {
        let page = Page::read(&html);
        assert!(page.errors.is_empty(), "{path}: {:?}", page.errors);
        let levels: Vec<u8> = page
            .elements
            .iter()
            .filter(|element| element.name.len() == 2 && element.name.starts_with('h') && element.name.as_bytes()[1].is_ascii_digit())
            .map(|element| element.name.as_bytes()[1] - b'0')
            .collect();
        assert_eq!(levels.iter().filter(|level| **level == 1).count(), 1, "{path}");
        assert!(levels.windows(2).all(|pair| pair[1] <= pair[0] + 1), "{path} skips a level: {levels:?}");
        for table in page.all("table") {
            let within = |name: &str| page.inside(table).any(|element| element.name == name);
            assert!(within("caption") || within("thead"), "{path}: a table without a caption: {}", table.text);
            assert!(
                page.inside(table).filter(|element| element.name == "th").all(|th| !th.get("scope").is_empty()),
                "{path}: {}",
                table.text
            );
        }
        for details in page.all("details") {
            assert_eq!(page.inside(details).next().map(|first| first.name.as_str()), Some("summary"), "{path}");
        }
        for picture in page.all("svg") {
            let named = picture.get("role") == "img" && !picture.get("aria-label").is_empty();
            assert!(named || picture.get("aria-hidden") == "true", "{path}: a picture that is neither named nor hidden");
        }
        assert!(!html.contains(">status-") && !html.contains(">word-"), "{path} shows a bare key");
    }
}

#[test]
fn the_deadline_stands_open_with_its_day_and_how_to_appeal_below_it() {
    let site = example();
    let pages = made(&site, |path| of(&["decisions"], path));
    for item in site.site.items.iter().filter(|item| item.appeal_until.is_some()) {
        let until = item.appeal_until.unwrap();
        let path = item.original().route.file().to_string();
        let page = Page::read(&pages[&path]);
        let due = page.class("due").next().unwrap_or_else(|| panic!("{path} has a deadline box"));
        assert!(due.text.starts_with(&until.day().to_string()) && due.text.contains(&until.year().to_string()), "{path}: {}", due.text);
        assert!(!page.within(due, "details"), "{path}: the deadline is printed whatever is closed");
        assert!(page.place(page.id("appeal").unwrap()) < page.place(due), "{path}");
    }
}

#[test]
fn a_vote_is_the_same_in_the_chart_in_the_table_and_in_the_roll() {
    let site = example();
    let mut seen = 0;
    for (path, html) in made(&site, |path| of(&["decisions"], path)) {
        let page = Page::read(&html);
        let Some(figure) = page.class("vote").next() else { continue };
        seen += 1;
        let drawn: Vec<usize> = page
            .inside(figure)
            .filter(|element| element.name == "g")
            .map(|group| page.inside(group).filter(|element| element.name == "circle").count())
            .collect();
        let cells: Vec<usize> = page.inside(figure).filter(|element| element.name == "td").map(|cell| cell.text.parse().unwrap()).collect();
        let (total, parts) = cells.split_last().unwrap();
        assert_eq!(parts.iter().sum::<usize>(), *total, "{path}");
        assert_eq!((drawn[0], drawn[1], drawn[2]), (cells[0], cells[1], total - cells[0] - cells[1]), "{path}");
        let id = path.trim_start_matches("en/").trim_end_matches("/index.html");
        let own = item(&site, if id.starts_with("decisions/") { id } else { continue });
        let vote = own.original().record.fields.map("vote").unwrap();
        let rolled = |word: &str| -> u64 {
            vote.maps("roll").filter(|row| row.text("vote") == Some(word)).map(|row| row.count("seats").unwrap_or(1)).sum()
        };
        if !vote.list("roll").is_empty() {
            assert_eq!((rolled("for"), rolled("against")), (cells[0] as u64, cells[1] as u64), "{path}");
        }
    }
    assert!(seen > 20, "{seen} votes");
}

#[test]
fn the_number_on_a_page_is_that_of_its_file_and_the_seal_is_drawn_from_it() {
    let site = example();
    let mut seals = BTreeMap::new();
    let pages = made(&site, |path| path.ends_with("/index.html"));
    for item in &site.site.items {
        for edition in &item.editions {
            let bytes = record_json::bytes(&site.site, item, edition);
            let hash: [u8; 32] = Sha256::digest(&bytes).into();
            let path = edition.route.file().to_string();
            if !path.contains("library") && !path.contains("boil") && !path.contains("pages/") {
                continue;
            }
            let html = &pages[&path];
            let page = Page::read(html);
            assert_eq!(page.class("hash").next().unwrap().text, seal::grouped(&hash), "{path}");
            assert!(html.contains(&seal::rosette(&hash, "seal")), "{path} shows the seal of its own hash");
            let box_ = page.id("verify").unwrap();
            assert!(
                page.inside(box_).any(|link| link.get("href") == record_json::route(edition).href()),
                "{path} leads to its record.json"
            );
            assert!(page.inside(box_).any(|link| link.get("href").ends_with("/verify/")), "{path} leads to how to check");
            assert!(seals.insert(seal::rosette(&hash, "seal"), path).is_none(), "two records share a seal");
        }
    }
    assert!(seals.len() > 20, "{}", seals.len());
}

const SETTINGS: &[u8] = b"title: {sv: Norrviks kommun, en: Norrvik}\nurl: https://norrvik.example\nlanguages: [sv, en]\ntime_zone: Europe/Stockholm\nlaw: sweden\n\
contact: {email: record@norrvik.example}\n";

#[test]
fn another_word_gives_another_number_and_another_seal() {
    let site = Sandbox::new();
    site.write("promulgate.yaml", SETTINGS);
    let text = "---\ntitle: Bryggan lagas\nsummary: Bryggan lagas.\ndate: 2026-11-18\ndecided: 2026-11-18\ndecision: [Bryggan ska lagas.]\n---\nVi har sett den.\n";
    let mut seen = Vec::new();
    for text in [text.to_owned(), text.replace("ska lagas", "ska inte lagas"), text.to_owned()] {
        site.write("content/decisions/2026/jetty.md", text.as_bytes());
        assert_eq!(site.run(&["build"]).code, 0);
        let html = site.read("public/decisions/2026/jetty/index.html");
        let page = Page::read(&html);
        let petals: Vec<String> = page.all("path").map(|path| path.get("d").to_owned()).collect();
        seen.push((page.class("hash").next().unwrap().text.clone(), petals));
    }
    assert_ne!(seen[0].0, seen[1].0);
    assert_ne!(seen[0].1, seen[1].1);
    assert_eq!(seen[0], seen[2]);
}

#[test]
fn what_replaces_and_what_was_replaced_lead_to_each_other() {
    let site = example();
    let pages = made(&site, |path| path.ends_with("/index.html"));
    let mut pairs = 0;
    let mut both = |from: &Item, to: &Item| {
        for (here, there) in [(from, to), (to, from)] {
            let path = here.original().route.file().to_string();
            let page = Page::read(&pages[&path]);
            let section = page.class("pairs").next().unwrap_or_else(|| panic!("{path} has its relations"));
            let href = there.original().route.href();
            assert!(page.inside(section).any(|link| link.get("href") == href), "{path} leads to {href}");
        }
        pairs += 1;
    };
    for item in &site.site.items {
        for at in item.links.supersedes.iter().chain(&item.links.amends).chain(&item.links.corrects) {
            both(item, &site.site.items[*at]);
        }
    }
    assert!(pairs >= 3, "{pairs}");
}

#[test]
fn a_consultation_has_four_states_and_asks_for_answers_in_one() {
    let states = [
        ("2026-08-01T12:00:00Z", "hamngatan", "You can answer from", false),
        ("2026-09-01T12:00:00Z", "hamngatan", "Answer by", true),
        ("2026-12-20T12:00:00Z", "river-park", "We are reading the answers", false),
        ("2026-11-19T12:00:00Z", "hamngatan", "What we heard and what we did", false),
    ];
    for (now, name, said, open) in states {
        let site = example_on(now);
        let path = format!("en/consultations/2026/{name}/");
        if !site.site.by_id.contains_key(&RecordId(format!("consultations/2026/{name}"))) {
            panic!("{name} is on the site at {now}");
        }
        let page = page(&site, &path);
        let short = page.place(page.id("short-h").unwrap());
        let banner = page.elements[..short].iter().rfind(|element| element.is("notice") || element.is("due"));
        let banner = banner.unwrap_or_else(|| panic!("{name} at {now} says how it stands before anything else"));
        assert!(banner.text.contains(said), "{name} at {now}: {}", banner.text);
        let answers = page.all("a").any(|link| link.get("href").starts_with("https://samrad.norrvik.example/"));
        assert_eq!(answers, open, "{name} at {now}");
    }
}

#[test]
fn every_answer_of_a_consultation_leads_from_what_was_said_to_what_was_done() {
    let site = example();
    let page = page(&site, "en/consultations/2026/library-in-soderby/");
    let rows: Vec<&Element> = page.inside(page.class("heard").next().unwrap()).filter(|element| element.name == "li").collect();
    assert_eq!(rows.len(), 5);
    for row in rows {
        assert!(row.text.starts_with("You said") && row.text.contains("We did"), "{}", row.text);
        assert!(page.inside(row).any(|element| element.is("tag")), "{}", row.text);
    }
    assert!(page.all("a").filter(|link| link.get("href") == "/en/decisions/2026/library-in-soderby/").count() >= 2);
}

#[test]
fn an_alert_says_first_what_to_do_and_then_the_situation_in_four_parts() {
    let site = example();
    for lang in ["", "en/", "kk/", "ru/", "ka/", "ar/"] {
        let page = page(&site, &format!("{lang}alerts/2026/boil-water-ostra/"));
        let todo = page.class("todo").next().unwrap();
        let steps = page.inside(todo).filter(|element| element.name == "li").count();
        assert_eq!(steps, 5 + 1 + 3, "{lang}: five things to do, one not to do, three numbers to call");
        for number in ["tel:1177", "tel:112", "tel:0910-002400"] {
            assert!(page.inside(todo).any(|link| link.get("href") == number), "{lang}: {number}");
        }
        let parts: Vec<&Element> = page.inside(page.class("four").next().unwrap()).filter(|element| element.name == "section").collect();
        assert_eq!(parts.len(), 4, "{lang}");
        assert!(
            page.inside(parts[3]).any(|element| element.get("datetime") == "2026-11-20T16:00:00+01:00"),
            "{lang}: when readers hear more"
        );
        assert!(page.place(todo) < page.place(page.id("short-h").unwrap()) && page.place(todo) < page.place(parts[0]));
        let times: Vec<&str> =
            page.inside(page.class("spine").next().unwrap()).map(|element| element.get("datetime")).filter(|at| !at.is_empty()).collect();
        assert!(times.len() == 4 && times.is_sorted_by(|a, b| a > b), "{lang}: the newest first: {times:?}");
        assert!(page.all("a").any(|link| link.get("href") == "https://www.krisinformation.se/"), "{lang}: the national channel");
    }
}

#[test]
fn an_alert_that_is_over_says_so_before_what_applied() {
    let page = page(&example(), "en/alerts/2026/forest-fire-bjornas/");
    let clear = page.class("notice").next().unwrap();
    assert!(clear.text.starts_with("All clear"), "{}", clear.text);
    assert!(page.place(clear) < page.place(page.class("todo").next().unwrap()));
    assert!(page.class("todo").next().unwrap().text.starts_with("What applied"));
}

#[test]
fn a_false_claim_stands_below_the_fact_and_nowhere_that_travels_alone() {
    let site = example();
    let claims = site.site.items.iter().filter(|item| item.original().record.fields.text("claim").is_some());
    let mut seen = 0;
    for (item, edition) in claims.flat_map(|item| item.editions.iter().map(move |edition| (item, edition))) {
        seen += 1;
        let claim = edition.record.fields.text("claim").unwrap();
        let path = edition.route.file().to_string();
        let html = made(&site, |own| own == path).remove(&path).unwrap();
        let page = Page::read(&html);
        let boxed = page.class("claim").next().unwrap();
        assert!(boxed.text.contains(claim), "{path}");
        let fact = page.class("pair").next().and_then(|pair| page.inside(pair).find(|element| element.name == "section")).unwrap();
        assert!(page.place(fact) < page.place(boxed) && !fact.is("claim"), "{path}");
        for element in page.elements.iter().filter(|element| matches!(element.name.as_str(), "title" | "h1" | "h2" | "h3" | "h4" | "a")) {
            assert!(!element.text.contains(claim), "{path}: the claim is in a {}", element.name);
        }
        assert!(page.all("meta").all(|meta| !meta.get("content").contains(claim)), "{path}: the claim is in the head");
        assert!(page.class("own").next().is_none() && item.links.corrects.is_empty(), "{path} is not taken for an error of our own");
    }
    assert!(seen >= 4, "{seen}");
}

#[test]
fn an_error_of_our_own_says_what_was_wrong_since_when_and_what_is_right() {
    let site = example();
    let page = page(&site, "en/corrections/2026/library-repair-cost/");
    let own = page.class("own").next().expect("set apart from claims of others");
    assert!(own.text.contains("340,000") && own.text.contains("430,000") && own.text.contains("18 November 2026, 20:40"), "{}", own.text);
    assert!(page.inside(own).any(|element| element.name == "del" && element.text.contains("430,000")));
}

#[test]
fn a_notice_tells_what_the_law_asks_and_until_when_it_stays() {
    let page = page(&example(), "en/notices/2026/minutes-council-2026-11-18/");
    let proof = page.id("proof").unwrap();
    let facts = page.class("wide").next().unwrap();
    assert!(page.place(proof) < page.place(facts));
    for said in [
        "Municipal Council",
        "Minutes approved 19 November 2026",
        "Posted 19 November 2026",
        "Taken down 11 December 2026",
        "Kept at",
        "Posted by",
    ] {
        let found = page
            .inside(facts)
            .any(|element| element.name == "div" && element.text.split_whitespace().collect::<Vec<_>>().join(" ").contains(said));
        let apart = facts.text.replace("approved19", "approved 19").replace("Posted19", "Posted 19").replace("down11", "down 11");
        assert!(found || apart.contains(said), "{said}: {}", facts.text);
    }
    assert!(page.class("due").next().unwrap().text.starts_with("10"), "the last day to appeal");
}

/// A posted notice on a built site.
fn with_notice() -> Sandbox {
    let site = Sandbox::new();
    site.write("promulgate.yaml", SETTINGS);
    site.write(
        "content/notices/2026/minutes.md",
        "---\ntitle: Protokollet är justerat\nsummary: Justerat.\ndate: 2026-11-19\nnotice_kind: minutes\nposted: 2026-11-19\n---\nText.\n"
            .as_bytes(),
    );
    assert_eq!(site.run(&["build"]).code, 0);
    site
}

#[test]
fn a_notice_that_would_vanish_before_its_time_stops_the_build_by_its_own_name_and_date() {
    let site = with_notice();
    let before = site.read("public/notices/2026/minutes/index.html");
    let text = site.read("content/notices/2026/minutes.md");
    let file = "content/notices/2026/minutes.md";
    let refused = |what: &str| {
        let said = site.run(&["build"]);
        assert!(said.code == 1 && said.stderr.contains("error[notice-vanished]"), "{what}: {}", said.stderr);
        assert!(said.stderr.contains("until 2026-12-11"), "{what}: {}", said.stderr);
        assert_eq!(site.read("public/notices/2026/minutes/index.html"), before, "{what}: the board is as it was");
    };
    fs::remove_file(site.path(file)).unwrap();
    refused("its file is gone");
    site.write(file, text.replace("posted:", "draft: true\nposted:").as_bytes());
    refused("it is a draft");
    fs::remove_file(site.path(file)).unwrap();
    site.write("content/pages/about.md", b"---\ntitle: Om\nsummary: Om.\naliases: [/notices/2026/minutes/]\n---\nText.\n");
    refused("its address leads to another page");
    site.write("content/pages/about.md", b"---\ntitle: Om\nsummary: Om.\n---\nText.\n");
    site.write("content/notices/2026/minutes-council.md", text.replace("posted:", "aliases: [/notices/2026/minutes/]\nposted:").as_bytes());
    let said = site.run(&["build"]);
    assert_eq!(said.code, 0, "renamed, it is still on the board: {}", said.stderr);
}

#[test]
fn once_its_time_is_over_a_notice_is_a_page_like_any_other() {
    let site = with_notice();
    fs::remove_file(site.path("content/notices/2026/minutes.md")).unwrap();
    let said = site.run(&["build", "--now", "2026-12-11T08:00:00+01:00"]);
    assert!(said.code == 1 && said.stderr.contains("lost-url") && !said.stderr.contains("notice-vanished"), "{}", said.stderr);
}

#[test]
fn words_that_a_translation_took_over_say_which_language_they_are_in() {
    let site = Sandbox::new();
    site.write("promulgate.yaml", SETTINGS);
    let notice = "---\ntitle: Protokollet är justerat\nsummary: Vi har justerat <b>det</b>.\ndate: 2026-11-19\nnotice_kind: minutes\nposted: 2026-11-19\nkept_at: Kansliet & arkivet\nofficer: Sekreteraren\n---\nText.\n";
    site.write("content/notices/2026/minutes.md", notice.as_bytes());
    site.write("content/notices/2026/minutes.en.md", b"---\ntitle: The minutes are approved\nofficer: The secretary\n---\nText.\n");
    assert_eq!(site.run(&["build"]).code, 0);
    let english = Page::read(&site.read("public/en/notices/2026/minutes/index.html"));
    let foreign: Vec<&str> =
        english.all("span").filter(|span| span.get("lang") == "sv" && span.get("dir") == "ltr").map(|span| span.text.as_str()).collect();
    assert_eq!(foreign, ["Vi har justerat <b>det</b>.", "Kansliet & arkivet"]);
    let swedish = Page::read(&site.read("public/notices/2026/minutes/index.html"));
    assert!(swedish.all("span").all(|span| span.get("lang") != "sv"));
}

#[test]
fn ninety_days_of_a_service_are_the_same_as_a_strip_and_as_a_table() {
    let site = Sandbox::new();
    site.write("promulgate.yaml", SETTINGS);
    site.write("content/services/ferry.md", "---\ntitle: Färjan\nsummary: Färjan går.\n---\nText.\n".as_bytes());
    let update = |name: &str, state: &str, starts: &str, ends: &str, more: &str| {
        let text = format!(
            "---\ntitle: {name}\nsummary: {name}.\ndate: 2026-08-01\nservice: services/ferry\nstate: {state}\nstarts: {starts}\nends: {ends}\n{more}---\nText.\n"
        );
        site.write(&format!("content/updates/2026/{name}.md"), text.as_bytes());
    };
    // Ten minutes of the day before yesterday; today and still going; long ago; and what is only planned.
    update("kort", "degraded", "2026-11-18T09:00:00+01:00", "2026-11-18T09:10:00+01:00", "");
    let turn = "timeline:\n  - {at: 2026-11-19T18:00:00+01:00, text: Båten står., state: outage}\n";
    update("nu", "maintenance", "2026-11-19T06:00:00+01:00", "2026-11-25", turn);
    update("gammal", "outage", "2026-08-01", "2026-08-10", "");
    update("planerad", "outage", "2026-11-22", "2026-11-23", "");
    assert_eq!(site.run(&["build", "--now", "2026-11-20T12:00:00+01:00"]).code, 0);
    let page = Page::read(&site.read("public/services/ferry/index.html"));
    let strip = page.class("strip").next().unwrap();
    let lengths = |tone: &str| -> usize {
        let path = page.inside(strip).find(|path| path.is(tone)).map_or("", |path| path.get("d"));
        path.split('h').skip(1).map(|run| run.split('M').next().unwrap().parse::<usize>().unwrap() / 5).sum()
    };
    // On 19 November the maintenance became an outage: the gravest state of a day is what counts.
    assert_eq!((lengths("ok"), lengths("info"), lengths("warn"), lengths("stop")), (87, 0, 1, 2));
    assert_eq!(strip.get("aria-label"), "Fungerade som vanligt 87 av 90 dagar.");
    let table = page.all("table").next().unwrap();
    let rows: Vec<&str> = page.inside(table).filter(|row| row.name == "tr").skip(1).map(|row| row.text.as_str()).collect();
    let words: Vec<&str> = rows
        .iter()
        .map(|row| ["Ur funktion", "Störning", "Underhåll", "Som vanligt"].into_iter().find(|word| row.contains(word)).unwrap_or(row))
        .collect();
    assert_eq!(words.len(), 3, "{rows:?}");
    assert!(rows[0].starts_with("19") && rows[0].ends_with("nu") && rows[1].contains("kort"), "{rows:?}");
}

#[test]
fn a_question_is_sent_to_whoever_answers_with_the_number_in_its_subject() {
    let page = page(&example(), LIBRARY);
    let href = page.all("a").map(|link| link.get("href")).find(|href| href.starts_with("mailto:bibliotek@norrvik.example?")).unwrap();
    let subject = percent_encoding::percent_decode_str(href.split_once("subject=").unwrap().1).decode_utf8().unwrap().into_owned();
    assert!(subject.starts_with("§ 114, KS 2026/0391: The library"), "{subject}");
    assert!(!href.contains([' ', '&', '"', '\n']), "{href}");
}

#[test]
fn a_meeting_that_is_under_way_is_still_among_the_meetings_to_come() {
    let site = example_on("2026-11-18T18:30:00Z");
    assert_eq!(item(&site, "meetings/2026/council-2026-11-18").status.word, "under-way");
    let pages = made(&site, |path| matches!(path, "en/index.html" | "en/calendar/index.html"));
    for (path, html) in &pages {
        assert!(html.contains("/en/meetings/2026/council-2026-11-18/"), "{path}");
    }
    assert_eq!(pages.len(), 2);
    let over = example_on("2026-11-19T11:00:00Z");
    let page = page(&over, "en/meetings/2026/council-2026-11-18/");
    assert!(page.class("tags").next().unwrap().text.contains("18 November 2026, 21:35"), "it ended when it ended");
}

#[test]
fn a_page_is_light() {
    let site = example();
    let pages = made(&site, |path| of(&DATED, path) || path.starts_with("assets/site."));
    let css = pages.iter().find(|(path, _)| path.starts_with("assets/site.")).map(|(_, css)| gz(css.as_bytes())).unwrap();
    assert!(css <= 8_000, "the style sheet has {css} bytes");
    let mut heaviest = (0, String::new());
    for (path, html) in pages.iter().filter(|(path, _)| path.ends_with(".html")) {
        let bytes = gz(html.as_bytes());
        let most = if of(&["alerts"], path) { 10_000 } else { 15_000 };
        assert!(bytes <= most, "{path} has {bytes} bytes");
        heaviest = heaviest.max((bytes, path.clone()));
        let page = Page::read(html);
        assert!(page.all("script").all(|script| script.get("type") == "application/ld+json"), "{path} has a script");
        let fonts: Vec<&Element> = page.all("link").filter(|link| link.get("as") == "font").collect();
        assert!(fonts.len() <= 1, "{path} loads {} fonts", fonts.len());
        // Pictures of the record itself come besides; the theme has none.
        let fetched = page.all("link").filter(|link| matches!(link.get("rel"), "stylesheet" | "preload" | "icon")).count();
        assert!(fetched < 4, "{path} makes {fetched} requests beside itself");
    }
    println!("heaviest page: {} bytes, {}; style sheet: {css} bytes", heaviest.0, heaviest.1);
    let fonts = site.site.theme.statics.iter().filter(|(name, ..)| name.as_str().ends_with(".woff2"));
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("themes/daylight/static/fonts");
    assert!(fonts.count() >= 3);
    for font in fs::read_dir(root).unwrap().map(Result::unwrap).filter(|font| font.path().extension().is_some_and(|end| end == "woff2")) {
        assert!(font.metadata().unwrap().len() <= 40_000, "{:?}", font.file_name());
    }
}
