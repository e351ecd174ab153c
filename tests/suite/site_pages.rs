//! Pages that no single record makes: what stands on them, in which order, and that every link of them leads somewhere.

use super::sandbox::{NOW, Sandbox};
use super::sandbox_site::{Example, example};
use promulgate::formats::format::Format;
use promulgate::formats::html::Html;
use promulgate::model::site::Facet;
use std::collections::BTreeMap;
use std::process::Command;

const LANGUAGES: [&str; 6] = ["", "en/", "kk/", "ru/", "ka/", "ar/"];

fn pages(site: &Example) -> BTreeMap<String, String> {
    let recipes = Html.recipes(&site.site);
    assert!(recipes.findings.is_empty(), "{:?}", recipes.findings);
    let mut made = BTreeMap::new();
    for recipe in recipes.value {
        let mut out = Vec::new();
        (recipe.render)(&mut out).unwrap();
        if let Ok(text) = String::from_utf8(out) {
            made.insert(recipe.path.to_string(), text);
        }
    }
    made
}

/// Norrvik as it is built for a moment.
fn norrvik(now: &str) -> Sandbox {
    let sandbox = Sandbox::new();
    let mut build = Command::new(env!("CARGO_BIN_EXE_promulgate"));
    build.args(["--root", env!("CARGO_MANIFEST_DIR"), "--now", now, "build", "--out"]).arg(sandbox.path("public"));
    let output = build.output().expect("the program starts");
    assert!(output.status.success(), "Norrvik does not build:\n{}", String::from_utf8_lossy(&output.stderr));
    sandbox
}

/// Where a text first stands in a page.
fn at(page: &str, text: &str) -> usize {
    page.find(text).unwrap_or_else(|| panic!("not on the page: {text}"))
}

fn in_order(page: &str, texts: &[&str]) {
    for pair in texts.windows(2) {
        assert!(at(page, pair[0]) < at(page, pair[1]), "`{}` stands before `{}`", pair[0], pair[1]);
    }
}

/// The part of a page between two texts.
fn between<'p>(page: &'p str, from: &str, to: &str) -> &'p str {
    let rest = &page[at(page, from)..];
    &rest[..rest.find(to).unwrap_or_else(|| panic!("no {to} after {from}"))]
}

fn hrefs(html: &str) -> impl Iterator<Item = &str> {
    html.split(" href=\"").skip(1).filter_map(|rest| rest.split('"').next())
}

#[test]
fn the_home_page_tells_first_what_was_decided_then_what_one_can_do() {
    let pages = pages(&example());
    let home = &pages["en/index.html"];
    let heads = ["id=\"dec-h\"", "id=\"say-h\"", "id=\"ser-h\"", "id=\"cor-h\"", "id=\"mee-h\"", "id=\"check-h\"", "id=\"fol-h\""];
    in_order(home, &heads);
    in_order(home, &["The 2027 budget", "The library in Söderby", "Boat places"]);
    let closing = between(home, "id=\"say-h\"", "</section>");
    in_order(closing, &["2026-11-30", "2026-12-18"]);
    assert!(closing.contains("3 finished consultations"));
    let put_right = between(home, "id=\"cor-h\"", "</section>");
    in_order(put_right, &["The municipality owns the library", "<q>The municipality has sold the library"]);
    assert!(home.contains("href=\"https://social.norrvik.example/@norrvik\" rel=\"me\""));
}

#[test]
fn services_stand_in_the_order_of_the_readers_alphabet() {
    let sandbox = Sandbox::new();
    sandbox.write("promulgate.yaml", b"title: Norrvik\nurl: https://norrvik.example\nlanguages: [sv, kk]\n");
    for (slug, sv, kk) in [
        ("a", "Översiktsplan", "Балабақша"),
        ("b", "Zoo", "Әлеуметтік көмек"),
        ("c", "Äldreboende", "Аялдама"),
        ("d", "Ångbåt", "Ғимарат"),
        ("e", "Avfall", "Гүлзар"),
    ] {
        let text = |title: &str| format!("---\ntitle: {title}\nsummary: Om tjänsten.\n---\n\nText.\n").into_bytes();
        sandbox.write(&format!("content/services/{slug}.md"), &text(sv));
        sandbox.write(&format!("content/services/{slug}.kk.md"), &text(kk));
    }
    let said = sandbox.run(&["build"]);
    assert_eq!(said.code, 0, "{}", said.stderr);
    in_order(&sandbox.read("public/services/index.html"), &[">Avfall<", ">Zoo<", ">Ångbåt<", ">Äldreboende<", ">Översiktsplan<"]);
    let kazakh = sandbox.read("public/kk/services/index.html");
    in_order(&kazakh, &[">Аялдама<", ">Әлеуметтік көмек<", ">Балабақша<", ">Гүлзар<", ">Ғимарат<"]);
    let letters: Vec<&str> = kazakh.split("<h2 class=\"year\"").skip(1).filter_map(|rest| rest.split(['>', '<']).nth(1)).collect();
    assert_eq!(letters, ["А", "Ә", "Б", "Г", "Ғ"]);
}

#[test]
fn the_notice_board_holds_notices_and_nothing_else_and_parts_posted_from_taken_down() {
    let pages = pages(&example());
    let page = &pages["en/notices/index.html"];
    let board = between(page, "<div class=\"board\">", "</main>");
    let entries = board.split("<article").skip(1).map(|entry| entry.split("</article>").next().unwrap());
    let entries: Vec<&str> = entries.collect();
    assert_eq!(entries.len(), 6);
    for entry in entries {
        assert!(hrefs(entry).all(|href| href.starts_with("/en/notices/2026/")), "{entry}");
    }
    in_order(
        board,
        &["board-council-meeting", "board-minutes", "board-delegated-decision", "board-board-meeting", "board-other-law", "board-appeal"],
    );
    assert!(page.contains("Local Government Act (2017:725), chapter 8, sections 9 to 12"));
    assert!(!page.contains("By topic"), "the board leads to nothing but its own years");
}

#[test]
fn what_was_taken_down_has_left_the_board_and_stays_in_the_log() {
    let sandbox = norrvik("2026-12-12T09:00:00+01:00");
    let page = sandbox.read("public/en/notices/index.html");
    let board = between(&page, "<div class=\"board\">", "id=\"down-h\"");
    assert!(board.contains("The Municipal Council meets on 16 December 2026"));
    assert!(!board.contains("minutes-council-2026-10-28"), "its time to appeal is over");
    assert!(board.contains("Nothing is posted under this heading now."));
    assert!(between(&page, "id=\"down-h\"", "</main>").contains("minutes-council-2026-10-28"));
    let log = sandbox.read("public/en/notices/log/index.html");
    let rows: Vec<&str> = between(&log, "<tbody>", "</tbody>").split("<tr>").skip(1).collect();
    assert_eq!(rows.len(), 6);
    let old = rows.iter().find(|row| row.contains("minutes-council-2026-10-28")).unwrap();
    assert!(old.contains("datetime=\"2026-11-04\"") && old.contains("datetime=\"2026-11-26\"") && old.contains(">Taken down<"), "{old}");
}

#[test]
fn rumours_and_our_own_errors_stand_apart_and_the_claim_never_stands_first() {
    let pages = pages(&example());
    let page = &pages["en/corrections/index.html"];
    let claims = between(page, "id=\"half-claims\"", "id=\"half-own\"");
    let own = between(page, "id=\"half-own\"", "</main>");
    assert_eq!(claims.matches("<article").count(), 3);
    assert_eq!(claims.matches("<q>").count(), 3);
    assert_eq!(own.matches("<article").count(), 2);
    assert_eq!(own.matches("<q>").count(), 0);
    for entry in claims.split("<article").skip(1) {
        in_order(entry, &["What is true", "<h3>", "The claim: ", "<q>"]);
    }
}

#[test]
fn states_live_by_the_runs_present() {
    let mut site = example();
    let told = |site: &Example| pages(site)["en/status/index.html"].clone();
    let now = told(&site);
    assert!(now.contains("class=\"overall stop\"") && now.contains("2 services are disrupted."));
    assert!(between(&now, "id=\"now-h\"", "</section>").contains("No safe tap water in Östra Norrvik"));
    assert_eq!(now.matches("<table>").count(), 12, "every strip has a table that says the same");
    // Statuses are derived when the site is assembled, so another present is another build.
    let sandbox = norrvik("2026-08-01T12:00:00+02:00");
    let before = sandbox.read("public/en/status/index.html");
    assert!(before.contains("class=\"overall ok\"") && before.contains("No service is disrupted."), "{before}");
    assert!(before.contains("datetime=\"2026-08-01T12:00:00+02:00\""));
    site.site.items.clear();
    site.site.by_id.clear();
    site.site.indexes.clear();
    let empty = pages(&site);
    for path in ["en/status/index.html", "en/calendar/index.html", "en/plan/index.html", "en/topics/index.html", "en/index.html"] {
        assert_eq!(empty[path].matches("<h1").count(), 1, "{path}");
    }
    assert!(empty["en/calendar/index.html"].contains("There is nothing here yet."));
    assert!(empty["en/plan/index.html"].contains("No coming meeting is published."));
}

#[test]
fn counts_are_those_of_the_records() {
    let site = example();
    let pages = pages(&site);
    for (list, facets) in [("topics", "Topics"), ("bodies", "Bodies"), ("places", "Places"), ("audiences", "Audiences")] {
        let page = &pages[&format!("en/{list}/index.html")];
        let mut seen = 0;
        for index in &site.site.indexes {
            let Facet::Term(own, id) = &index.facet else { continue };
            if own.name() == list {
                let row = between(page, &format!("<a href=\"/en/{list}/{id}/\">"), "</li>");
                let count = index.items.len();
                assert!(row.contains(&format!(">{count} record{}<", if count == 1 { "" } else { "s" })), "{facets} {id}: {row}");
                seen += 1;
            }
        }
        assert!(seen > 3, "{list}");
    }
    let decisions = site.site.indexes.iter().find(|index| index.facet == Facet::Kind("decision")).unwrap().items.len();
    assert!(pages["en/decisions/index.html"].contains(&format!(">{decisions} records<")));
    let year = &pages["en/decisions/2025/index.html"];
    let chip = between(year, "class=\"chip\"", "</a>");
    assert!(chip.contains("href=\"/en/decisions/\"") && chip.contains("2025") && chip.contains("remove this filter"), "{chip}");
}

#[test]
fn the_plan_shows_agendas_and_what_is_not_in_effect_yet() {
    let pages = pages(&example());
    let plan = &pages["en/plan/index.html"];
    let agenda = between(plan, "id=\"plan-meetings\"", "id=\"plan-speak\"");
    in_order(agenda, &["2026-11-25", "Later school start", "2026-12-02", "2026-12-16", "Waste plan for 2027 to 2030"]);
    let effect = between(plan, "id=\"plan-effect\"", "</section>");
    assert!(effect.contains("/en/decisions/2026/night-buses-permanent/"));
    assert!(!effect.contains("/en/decisions/2024/"), "what is in force is no plan");
}

#[test]
fn the_page_on_checking_names_the_hash_that_the_file_has() {
    use sha2::Digest;
    let sandbox = norrvik(NOW);
    for lang in LANGUAGES {
        let page = sandbox.read(&format!("public/{lang}verify/index.html"));
        let example = between(&page, "id=\"example-h\"", "</section>");
        let file = hrefs(example).find(|href| href.ends_with("record.json")).unwrap();
        let bytes = std::fs::read(sandbox.path(&format!("public{file}"))).unwrap();
        let hash: String = sha2::Sha256::digest(&bytes).iter().map(|byte| format!("{byte:02x}")).collect();
        assert!(example.contains(&hash), "{lang}: {file}");
        for tool in ["sha256sum record.json", "shasum -a 256 record.json", "Get-FileHash record.json -Algorithm SHA256"] {
            assert!(example.contains(tool), "{tool}");
        }
        assert!(!page.contains("{check-this-record}") && !page.contains("{ check"), "{lang}");
    }
}

#[test]
fn every_link_of_every_frame_and_fixed_page_leads_to_a_page_in_every_language() {
    let sandbox = norrvik(NOW);
    let mut followed = 0;
    for lang in LANGUAGES {
        for path in [
            "",
            "status/",
            "calendar/",
            "plan/",
            "subscribe/",
            "verify/",
            "sitemap/",
            "notices/",
            "notices/log/",
            "topics/",
            "corrections/",
            "decisions/",
            "services/",
        ] {
            let page = sandbox.read(&format!("public/{lang}{path}index.html"));
            let foot = between(&page, "<footer", "</footer>");
            for id in ["about", "contact", "accessibility", "privacy"] {
                assert!(hrefs(foot).any(|href| href.ends_with(&format!("/pages/{id}/"))), "{lang}{path} links {id}");
            }
            for href in hrefs(&page).filter(|href| href.starts_with('/')) {
                let target = sandbox.path("public").join(href.trim_start_matches('/'));
                let file = if href.ends_with('/') { target.join("index.html") } else { target };
                assert!(file.is_file(), "{lang}{path} links {href}");
                followed += 1;
            }
            assert!(page.contains("<nav class=\"crumb") || path.is_empty(), "{lang}{path} tells where it is");
            assert!(!page.contains("<nav>") && !page.contains("<section>"), "{lang}{path}: every landmark has a name");
        }
    }
    assert!(followed > 5_000, "{followed}");
    for lang in ["kk", "ru", "ka", "ar"] {
        let page = sandbox.read(&format!("public/{lang}/pages/accessibility/index.html"));
        assert!(page.contains("EN 301 549") && page.contains("2018:1937") && page.contains("https://www.digg.se/tdosanmalan"), "{lang}");
    }
}

#[test]
fn a_bar_stands_where_its_danger_is() {
    let sandbox = Sandbox::new();
    sandbox.write("promulgate.yaml", b"title: Norrvik\nurl: https://norrvik.example\nlanguages: [en]\n");
    for service in ["water", "ferry"] {
        let text = format!("---\ntitle: The {service}\nsummary: About the {service}.\n---\n\nText.\n");
        sandbox.write(&format!("content/services/{service}.md"), text.as_bytes());
    }
    for (severity, name) in [("Severe", "flood"), ("Moderate", "leak"), ("Minor", "smell")] {
        let text = format!(
            "---\ntitle: A {name}\nsummary: What to know.\ndate: 2026-11-20\nevent: {name}\ncategory: [Infra]\nseverity: {severity}\nurgency: Immediate\n\
             certainty: Observed\nareas: [{{name: Norrvik}}]\neffective: 2026-11-20T08:00:00+01:00\nexpires: 2026-11-22T08:00:00+01:00\n\
             instruction: Stay away.\nservices: [services/water]\n---\n\nText.\n"
        );
        sandbox.write(&format!("content/alerts/{name}.md"), text.as_bytes());
    }
    let said = sandbox.run(&["build"]);
    assert_eq!(said.code, 0, "{}", said.stderr);
    let bars = |path: &str| -> Vec<String> {
        let page = sandbox.read(&format!("public/{path}index.html"));
        let head = &page[..at(&page, "<header")];
        head.split("<section class=\"alert ").skip(1).map(|bar| bar.split([' ', '"']).next().unwrap().to_owned()).collect()
    };
    assert_eq!(bars("services/ferry/"), ["life"]);
    assert_eq!(bars("plan/"), ["life"]);
    let sorted = |mut all: Vec<String>| {
        all.sort();
        all
    };
    assert_eq!(sorted(bars("services/water/")), ["important", "life"]);
    assert_eq!(sorted(bars("")), ["important", "life", "notice"]);
}

#[test]
fn a_page_that_is_not_there_leads_on() {
    let pages = pages(&example());
    for lang in LANGUAGES {
        let page = &pages[&format!("{lang}404.html")];
        assert!(page.contains("content=\"noindex\""), "{lang}");
        for path in ["decisions/", "services/", "topics/", "sitemap/"] {
            assert!(hrefs(page).any(|href| href == format!("/{lang}{path}")), "{lang}404.html leads to {path}");
        }
    }
}

#[test]
fn an_address_that_the_site_gave_away_itself_stays_the_sites() {
    let site = Sandbox::new();
    let settings = "title: Town\nurl: https://town.example\nlanguages: [en]\ntime_zone: Europe/Stockholm\ntopics: {water: {name: Water}}\n";
    site.write("promulgate.yaml", settings.as_bytes());
    site.write(
        "content/pages/old.md",
        b"---\ntitle: Old list\nsummary: A list of before.\naliases: [/topics/]\ntopics: [water]\n---\n\nText.\n",
    );
    let said = site.run(&["build"]);
    assert_eq!(said.code, 0, "{}", said.stderr);
    let read = |path: &str| std::fs::read_to_string(site.path("public").join(path)).unwrap();
    assert!(read("topics/index.html").contains("/pages/old/"), "the old address leads on");
    assert!(read("plan/index.html").contains("<h1"), "the others are there");
}
