//! The public log as people see it: earlier versions and what changed, records that are gone, the check in a real browser.

use crate::browser::{looked_at, problems};
use crate::reliability::figures::{Seeded, number, row};
use crate::sandbox::{Sandbox, files_below};
use crate::sandbox_site;
use crate::served::Served;
use promulgate::catalogue::CATALOGUE;
use promulgate::formats::format::Format as _;
use promulgate::formats::html::Html;
use promulgate::model::log::{Logged, SiteLog, Tombstone, Version};
use promulgate::model::messages::Messages;
use promulgate::model::record::RecordId;
use promulgate::model::site::Site;
use promulgate::text::difference::{self, Budget, Paragraph, Stretch};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::io::Write;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Instant;

const SETTINGS: &str = "title: {en: Norrvik Municipality, sv: Norrviks kommun, kk: Норрвик, ru: Норрвик, ka: ნორვიკი, ar: نورفيك}\n\
    tagline: {en: What Norrvik decides}\nurl: https://norrvik.example\nlanguages: [en, sv, kk, ru, ka, ar]\ntime_zone: Europe/Stockholm\n\
    contact: {name: Contact centre, email: record@norrvik.example}\nbodies: {council: {name: {en: Municipal Council}, seats: 5}}\n";
const EN: &str = "---\ntitle: The harbour stays open\nsummary: The harbour stays open until eight.\ndate: 2026-11-20\ndecided: 2026-11-18\n\
    body: council\ndecision: [The harbour is open until 20:00., \"The cost is 340,000 a year.\"]\ncost: {amount: \"340000\", currency: SEK}\n\
    REVISIONS---\n\nPeople asked for it in [a letter](https://norrvik.example/letter).\n\nNothing else is said.\n";
const AR: &str = "---\ntitle: يبقى المرفأ مفتوحًا\nsummary: يبقى المرفأ مفتوحًا حتى الثامنة.\ndecision: [يبقى المرفأ مفتوحًا حتى المساء.]\n---\n\nطلب الناس ذلك.\n";
const KA: &str =
    "---\ntitle: ნავსადგური ღია რჩება\nsummary: ნავსადგური ღიაა.\ndecision: [ნავსადგური საღამომდე ღიაა.]\n---\n\nხალხმა ითხოვა.\n";
const NOTE: &str = "revisions: [{date: 2026-11-21, note: The cost was wrong., material: true}]\n";
const PAGE: &str = "/decisions/2026/harbour/";

/// A body with a log and its key.
struct Body {
    sandbox: Sandbox,
    key: String,
}

impl Body {
    fn new() -> Body {
        let sandbox = Sandbox::new();
        let made = sandbox.run(&["keygen", "norrvik.example/log", "--out", "log.key"]);
        assert_eq!(made.code, 0, "{made:?}");
        sandbox.write("promulgate.yaml", format!("{SETTINGS}{}", made.stdout).as_bytes());
        let key = sandbox.read("log.key").trim().to_owned();
        let body = Body { sandbox, key };
        body.write("", EN, AR, KA);
        let other = "---\ntitle: The ferry runs\ndate: 2026-11-19\ndecided: 2026-11-18\ndecision: [It runs.]\n---\n";
        body.sandbox.write("content/decisions/2026/ferry.md", other.as_bytes());
        body
    }

    fn write(&self, note: &str, en: &str, ar: &str, ka: &str) {
        for (name, text) in [("harbour.md", en), ("harbour.ar.md", ar), ("harbour.ka.md", ka)] {
            let text = text.replace("REVISIONS", note);
            self.sandbox.write(&format!("content/decisions/2026/{name}"), text.as_bytes());
        }
    }

    fn build(&self, now: &str) {
        let mut command = self.sandbox.command(&["--now", now, "build", "--sign", "--offline-log", "--out", "public"]);
        let output = command.env("PROMULGATE_LOG_KEY", &self.key).output().unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    }

    /// The site after a correction, published twice.
    fn corrected() -> Body {
        let body = Body::new();
        body.build("2026-11-20T12:00:00+01:00");
        let en = EN.replace("340,000", "430,000").replace("340000", "430000").replace("/letter)", "/letters)");
        let note = |text: &str| text.replace("\n---\n\n", &format!("\n{NOTE}---\n\n"));
        body.write(NOTE, &en, &note(&AR.replace("حتى المساء", "حتى الصباح")), &note(&KA.replace("საღამომდე", "დილამდე")));
        body.build("2026-11-21T12:00:00+01:00");
        body
    }

    fn public(&self) -> std::path::PathBuf {
        self.sandbox.path("public")
    }

    fn page(&self, path: &str) -> String {
        self.sandbox.read(&format!("public{path}index.html"))
    }
}

/// The words of a stretch of HTML.
fn words(html: &str) -> String {
    let bare: String = html
        .split('<')
        .enumerate()
        .map(|(at, part)| if at == 0 { part } else { part.split_once('>').map_or("", |(_, text)| text) })
        .collect();
    bare.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn an_earlier_version_can_be_read_with_what_changed_and_is_nowhere_listed() {
    let body = Body::corrected();
    let marks = [
        ("", "340,000", "430,000", "Removed:", "Added:"),
        ("/ar", "المساء", "الصباح", "حُذف:", "أُضيف:"),
        ("/ka", "საღამომდე", "დილამდე", "ამოიღეს:", "დაემატა:"),
    ];
    for (prefix, before, after, removed, added) in marks {
        let (now, then) = (body.page(&format!("{prefix}{PAGE}")), body.page(&format!("{prefix}{PAGE}versions/1/")));
        assert!(then.contains("<meta name=\"robots\" content=\"noindex\">"), "{prefix}");
        assert!(then.contains(&format!("<link rel=\"canonical\" href=\"https://norrvik.example{prefix}{PAGE}\">")), "{prefix}");
        assert!(then.contains(&format!("<a href=\"{prefix}{PAGE}\">")) && then.contains(before), "{prefix}");
        assert!(now.contains(&format!("href=\"{prefix}{PAGE}versions/1/\"")), "{prefix}");
        for page in [&now, &then] {
            assert!(page.contains(&format!("<b class=\"meta\">{removed}</b> <del>{before}</del>")), "{prefix}: {}", words(page));
            assert!(page.contains(&format!("<b class=\"meta\">{added}</b> <ins>{after}</ins>")), "{prefix}");
        }
        assert!(body.public().join(format!("{prefix}{PAGE}versions/1/record.json").trim_start_matches('/')).exists());
    }
    let then = body.page(&format!("{PAGE}versions/1/"));
    assert!(words(&then).contains("This is version 1. It no longer holds."), "{}", words(&then));
    assert!(
        words(&then).contains("Published: 20 November 2026") && words(&then).contains("Replaced: 21 November 2026"),
        "{}",
        words(&then)
    );
    assert!(words(&then).contains("Cost"), "fields have their names");
    assert!(then.contains("<del>https://norrvik.example/letter</del>"), "where a link leads is part of what is said");
    let own = |path: &str| path.contains("/versions/") || path.ends_with("decisions/2026/harbour/index.html") || path == "manifest.json";
    for file in files_below(&body.public()) {
        let path = file.strip_prefix(body.public()).unwrap().to_string_lossy().into_owned();
        let text = std::fs::read(&file).unwrap();
        assert!(own(&path) || !String::from_utf8_lossy(&text).contains("/versions/"), "{path} leads to an earlier version");
    }
}

#[test]
fn a_page_in_the_log_stays_light_and_the_feed_holds_every_checkpoint() {
    let body = Body::corrected();
    let feed = feed_rs::parser::parse(std::fs::read(body.public().join("log/checkpoints.atom")).unwrap().as_slice()).unwrap();
    assert_eq!(feed.entries.len(), 2);
    for entry in &feed.entries {
        let path = entry.links[0].href.strip_prefix("https://norrvik.example").unwrap();
        assert_eq!(entry.content.as_ref().unwrap().body.as_deref().unwrap().trim(), body.sandbox.read(&format!("public{path}")).trim());
    }
    assert!(feed.entries[0].published > feed.entries[1].published);
    let verify = body.page("/verify/");
    assert!(verify.contains("href=\"/log/checkpoints.atom\"") && verify.contains("promulgate verify https://norrvik.example/ --key"));
    for path in [PAGE, "/ka/decisions/2026/harbour/", "/ar/decisions/2026/harbour/"] {
        let page = body.page(path);
        let mut gz = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
        gz.write_all(page.as_bytes()).unwrap();
        let bytes = gz.finish().unwrap().len();
        println!("{path}: {bytes} bytes");
        assert!(bytes <= 15_000, "{path} has {bytes} bytes");
    }
}

#[test]
fn the_commands_on_the_page_on_checking_do_what_it_says() {
    let body = Body::corrected();
    let page = body.page("/verify/");
    let code = page.split("<code dir=\"ltr\">").find(|code| code.contains("base64 -d")).unwrap().split("</code>").next().unwrap();
    let code = code.replace("&#39;", "'").replace("&#x27;", "'").replace("&quot;", "\"").replace("&amp;", "&");
    // The files lie here already: only what is fetched is left out.
    let fetched = code.lines().find_map(|line| line.strip_prefix("curl -sO https://norrvik.example")).unwrap();
    let folder = body.public().join(Path::new(fetched.trim_start_matches('/')).parent().unwrap());
    let rest: String = code.lines().filter(|line| !line.starts_with("curl")).map(|line| format!("{line}\n")).collect();
    let output = Command::new("bash").args(["-c", &rest]).current_dir(&folder).output().unwrap();
    let said = String::from_utf8(output.stdout).unwrap();
    let number = said.lines().last().unwrap().split(' ').next().unwrap();
    assert_eq!(number.len(), 64, "{said} {}", String::from_utf8_lossy(&output.stderr));
    assert!(said.lines().next().unwrap().contains(&format!("\\\"c\\\":\\\"{number}\\\"")), "{said}");
}

/// Norrvik's small sister with a log that says that one of its records is gone.
fn with_tombstone(site: &mut Site, erased: bool) {
    let version = |n: u32, action: &'static str, reason: &'static str| Version {
        n,
        index: u64::from(n) - 1,
        size: u64::from(n),
        action,
        reason,
        at: "2026-11-20T10:00:00Z".parse().unwrap(),
        record: None,
    };
    let mut versions = vec![version(1, "published", "")];
    versions.extend(erased.then(|| version(2, "erased", "court-order")));
    let logged = |lang: &str, route: &str| {
        let key = (RecordId("decisions/2026/secret-name".into()), lang.parse().unwrap());
        let id = "abcdefghijklmnopqrstuvwxyz".to_owned();
        (key, Logged { id, route: route.into(), versions: versions.clone(), shown: None, pending: !erased })
    };
    let editions = BTreeMap::from([logged("en", "/decisions/2026/secret-name/"), logged("ar", "/ar/decisions/2026/secret-name/")]);
    site.log = Some(SiteLog { origin: "norrvik.example/log".into(), keys: vec![], size: 2, checkpoints: vec![], editions });
    site.tombstones = vec![Tombstone {
        record: RecordId("decisions/2026/secret-name".into()),
        file: "content/decisions/2026/secret-name.erased.yaml".into(),
        date: "2026-11-20".into(),
        reason: "court-order",
        basis: Some("Archives Act, section 10".into()),
    }];
}

fn small() -> Site {
    sandbox_site::of_files([("promulgate.yaml", SETTINGS), ("content/decisions/2026/harbour.md", &EN.replace("REVISIONS", ""))])
}

fn all_of(site: &Site) -> BTreeMap<String, Vec<u8>> {
    let recipes = CATALOGUE.formats.iter().flat_map(|format| format.recipes(site).value);
    let made = recipes.map(|recipe| {
        let mut out = Vec::new();
        (recipe.render)(&mut out).unwrap();
        (recipe.path.to_string(), out)
    });
    made.collect()
}

#[test]
fn an_erased_record_has_a_page_that_says_so_and_nothing_else_names_it() {
    for erased in [true, false] {
        let mut site = small();
        with_tombstone(&mut site, erased);
        let made = all_of(&site);
        let page = String::from_utf8(made["decisions/2026/secret-name/index.html"].clone()).unwrap();
        let said = words(&page);
        for part in [
            "This record was erased",
            "20 November 2026",
            "a court has ordered it",
            "Archives Act, section 10",
            "abcdefghijklmnopqrstuvwxyz",
        ] {
            assert!(said.contains(part), "{part}: {said}");
        }
        assert!(page.contains("content=\"noindex\"") && page.contains("<html lang=\"en\""));
        let arabic = String::from_utf8(made["ar/decisions/2026/secret-name/index.html"].clone()).unwrap();
        assert!(arabic.contains("<html lang=\"ar\" dir=\"rtl\"") && words(&arabic).contains("مُحي هذا السجل"));
        for (path, bytes) in made.iter().filter(|(path, _)| !path.contains("secret-name")) {
            assert!(!String::from_utf8_lossy(bytes).contains("secret-name"), "{path} names it");
        }
    }
    let mut here = small();
    with_tombstone(&mut here, false);
    here.tombstones.clear();
    assert!(!all_of(&here).contains_key("decisions/2026/secret-name/index.html"), "nothing says that it is gone");
}

/// Asks the browser to press the button on pages; gives what it told.
fn pressed(tasks: &[Value]) -> Vec<Value> {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    assert!(here.join("tests/.cache/browser/node_modules").is_dir(), "the browser's tools are not installed: run tests/all");
    let mut node = Command::new("node");
    node.arg(here.join("tests/browser/prove.mjs")).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut node = node.spawn().expect("node starts: tests/all installs it");
    node.stdin.take().unwrap().write_all(json!(tasks).to_string().as_bytes()).unwrap();
    let output = node.wait_with_output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    serde_json::from_slice(&output.stdout).unwrap()
}

fn message(lang: &str, key: &str) -> String {
    let text = std::fs::read_to_string(format!("{}/themes/daylight/messages/{lang}.ftl", env!("CARGO_MANIFEST_DIR"))).unwrap();
    let lang = lang.parse().unwrap();
    let mut messages = Messages::new(Vec::new());
    messages.add(lang, &text).unwrap();
    messages.get(lang, key)
}

const PLACES: [(&str, &str); 3] = [(PAGE, "en"), ("/ar/decisions/2026/harbour/", "ar"), ("/ka/decisions/2026/harbour/", "ka")];

#[test]
fn a_reader_presses_the_button_and_is_told_what_was_proven_and_what_was_not() {
    let body = Body::corrected();
    let site = Served::folder(&body.public());
    let mut tasks: Vec<Value> = Vec::new();
    let shots = std::env::var("PROMULGATE_SHOTS").ok();
    for (path, _) in PLACES {
        for scheme in ["light", "dark"] {
            let shot = shots.as_ref().map(|folder| format!("{folder}/{}-{scheme}.png", path.replace('/', "_")));
            tasks.push(json!({"base": site.url(), "path": path, "axe": true, "scheme": scheme, "shot": shot}));
        }
    }
    tasks.push(json!({"base": site.url(), "path": "/verify/", "axe": true}));
    // Its proof is of the first checkpoint, so today's log is compared by its tiles.
    tasks.push(json!({"base": site.url(), "path": "/decisions/2026/ferry/"}));
    tasks.push(json!({"base": site.url(), "path": PAGE, "noKeys": true, "axe": true}));
    let told = pressed(&tasks);
    for (at, told) in told.iter().enumerate().take(tasks.len() - 1) {
        assert_eq!((&told["result"], &told["problems"]), (&json!("good"), &json!([])), "{}: {told:#}", tasks[at]["path"]);
        assert!(told["before"].as_array().unwrap().len() <= 1, "the check is fetched when it is asked for: {told:#}");
        assert_eq!(told["focus"], "BUTTON", "the focus stays where it was");
        assert_eq!(told["kept"]["text"], body.sandbox.read("public/log/checkpoint"));
        assert_eq!(told["went"].as_array().unwrap().iter().filter(|went| went[0] == "ok").count(), 6, "{told:#}");
    }
    for (at, (_, lang)) in PLACES.iter().enumerate() {
        let said = &told[at * 2];
        assert_eq!(said["said"], message(lang, "prove-good"));
        let went: Vec<&str> = said["went"].as_array().unwrap().iter().map(|went| went[1].as_str().unwrap()).collect();
        assert!(
            went.contains(&message(lang, "prove-not-others").as_str()) && went.contains(&message(lang, "prove-ok-now").as_str()),
            "{went:?}"
        );
    }
    let fetched = told[7]["after"].as_array().unwrap();
    assert!(fetched.iter().any(|path| path.as_str().unwrap().starts_with("/log/tile/0/")), "{fetched:?}");
    let without = told.last().unwrap();
    assert_eq!((&without["result"], &without["problems"]), (&json!("unfinished"), &json!([])), "{without:#}");
    assert!(without["went"].as_array().unwrap().iter().any(|went| went[1] == message("en", "prove-no-key")));
}

/// A copy of a site with one file changed, served.
fn changed(public: &Path, file: &str, change: &dyn Fn(Vec<u8>) -> Vec<u8>) -> (tempfile::TempDir, Served) {
    let copy = tempfile::tempdir().unwrap();
    sandbox_site::copy_folder(public, copy.path());
    let path = copy.path().join(file.trim_start_matches('/'));
    let before = std::fs::read(&path).unwrap();
    let after = change(before.clone());
    assert_ne!(before, after, "{file} was not changed");
    std::fs::write(path, after).unwrap();
    let served = Served::folder(copy.path());
    (copy, served)
}

#[test]
fn what_was_changed_is_found_and_named() {
    let body = Body::corrected();
    let public = body.public();
    let swap =
        |from: &'static str, to: &'static str| move |bytes: Vec<u8>| String::from_utf8(bytes).unwrap().replacen(from, to, 1).into_bytes();
    let other_key = {
        let other = Body::new();
        let text = other.sandbox.read("promulgate.yaml");
        text.lines().find_map(|line| line.trim().strip_prefix("key: ").map(str::to_owned)).unwrap()
    };
    let own_key = body.sandbox.read("promulgate.yaml");
    let own_key = own_key.lines().find_map(|line| line.trim().strip_prefix("key: ").map(str::to_owned)).unwrap();
    let first = std::fs::read(public.join("log/checkpoints/4")).unwrap();
    let ferry = std::fs::read(public.join("decisions/2026/ferry/record.json")).unwrap();
    let page = format!("{PAGE}index.html");
    let (json, proof) = (format!("{PAGE}record.json"), format!("{PAGE}record.tlog-proof"));
    type Change = Box<dyn Fn(Vec<u8>) -> Vec<u8>>;
    let tile = files_below(&public.join("log/tile/0"));
    let tile = tile.iter().find(|path| path.to_string_lossy().ends_with("/7")).unwrap_or_else(|| panic!("{tile:?}"));
    let tile = tile.strip_prefix(&public).unwrap().to_string_lossy().into_owned();
    let cases: Vec<(&str, &str, Change, &str)> = vec![
        (PAGE, &json, Box::new(swap("430,000", "430,001")), "prove-fail-record"),
        (PAGE, &json, Box::new(swap("430,000", "430,001")), "prove-fail-leaf"),
        (PAGE, &json, Box::new(move |_| ferry.clone()), "prove-fail-page"),
        (PAGE, &page, Box::new(swap("<h1>The harbour", "<h1>The old harbour")), "prove-fail-page"),
        (
            PAGE,
            &page,
            Box::new(move |bytes| String::from_utf8(bytes).unwrap().replace(&own_key, &other_key).into_bytes()),
            "prove-fail-key",
        ),
        (
            PAGE,
            &proof,
            Box::new(|bytes| {
                let text = String::from_utf8(bytes).unwrap();
                let index: u64 = text.lines().find_map(|line| line.strip_prefix("index ")).unwrap().parse().unwrap();
                text.replace(&format!("index {index}\n"), &format!("index {}\n", index - 1)).into_bytes()
            }),
            "prove-fail-in",
        ),
        (PAGE, &proof, Box::new(swap("norrvik.example/log\n", "norrvik.example/lag\n")), "prove-fail-key"),
        (PAGE, "log/checkpoint", Box::new(move |_| first.clone()), "prove-fail-now"),
        (
            "/decisions/2026/ferry/",
            &tile,
            Box::new(|mut bytes| {
                bytes[3] ^= 1;
                bytes
            }),
            "prove-fail-now",
        ),
    ];
    let mut sites = Vec::new();
    let mut tasks = Vec::new();
    for (path, file, change, _) in &cases {
        let (folder, served) = changed(&public, file, change.as_ref());
        tasks.push(json!({"base": served.url(), "path": path}));
        sites.push((folder, served));
    }
    // Any byte, anywhere in the two files.
    let bytes = number("PROMULGATE_PROVE_BYTES", 10);
    let mut random = Seeded(20_261_121);
    for at in 0..bytes {
        let file = if at % 2 == 0 { &json } else { &proof };
        let length = std::fs::metadata(public.join(file.trim_start_matches('/'))).unwrap().len();
        let (place, bit) = (random.below(length) as usize, random.below(7));
        let (folder, served) = changed(&public, file, &|mut bytes| {
            bytes[place] ^= 1 << bit;
            bytes
        });
        tasks.push(json!({"base": served.url(), "path": PAGE, "place": format!("{file} {place} {bit}")}));
        sites.push((folder, served));
    }
    let told = pressed(&tasks);
    for (at, told) in told.iter().enumerate() {
        assert_eq!(told["result"], "bad", "{}: {told:#}", tasks[at]);
        if let Some((_, _, _, wanted)) = cases.get(at) {
            let wanted = message("en", wanted);
            assert!(told["went"].as_array().unwrap().iter().any(|went| went[0] == "stop" && went[1] == wanted), "{wanted}: {told:#}");
        }
    }
    row("changed bytes that the button finds", &(cases.len() as u64 + bytes).to_string(), "all found");
}

#[test]
fn versions_and_pages_of_what_is_gone_can_be_read_by_everyone() {
    let body = Body::corrected();
    let site = Served::folder(&body.public());
    let paths = [format!("{PAGE}versions/1/"), "/ar/decisions/2026/harbour/versions/1/".into(), PAGE.into(), "/ar/verify/".into()];
    let report = looked_at(&site.url(), &paths);
    let found = problems(&report);
    assert!(found.is_empty(), "{}", found.join("\n"));
    let mut gone = small();
    with_tombstone(&mut gone, true);
    let folder = tempfile::tempdir().unwrap();
    for recipe in Html.recipes(&gone).value {
        let mut out = Vec::new();
        (recipe.render)(&mut out).unwrap();
        let path = folder.path().join(recipe.path.as_str());
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, out).unwrap();
    }
    sandbox_site::copy_folder(&Path::new(env!("CARGO_MANIFEST_DIR")).join("themes/daylight/static"), folder.path());
    let site = Served::folder(folder.path());
    let found = problems(&looked_at(&site.url(), &["/decisions/2026/secret-name/", "/ar/decisions/2026/secret-name/"]));
    assert!(found.is_empty(), "{}", found.join("\n"));
}

fn one_side(stretches: &[Stretch], new: bool) -> String {
    let each = stretches.iter().filter_map(|stretch| match stretch {
        Stretch::Same(text) => Some(text),
        Stretch::Gone(text) if !new => Some(text),
        Stretch::New(text) if new => Some(text),
        _ => None,
    });
    each.flat_map(|text| text.split_whitespace()).collect::<String>()
}

#[test]
fn both_versions_can_be_read_out_of_a_marked_difference_whatever_they_are() {
    let bare = |text: &str| text.split_whitespace().collect::<String>();
    let mut random = Seeded(5);
    let letters: Vec<char> = "ab e é ё გ ა ل ا ً \u{200d} 👩 , . « » - \n".chars().collect();
    let pairs = number("PROMULGATE_DIFFERENCES", 2_000);
    for _ in 0..pairs {
        let mut text = || -> String {
            let count = random.below(60);
            (0..count).map(|_| letters[random.below(letters.len() as u64) as usize]).collect()
        };
        let (old, new) = (text(), text());
        let mut budget = Budget::of(if old.len() % 3 == 0 { 40 } else { 10_000 });
        let marked = difference::words(&old, &new, &mut budget);
        assert_eq!((one_side(&marked, false), one_side(&marked, true)), (bare(&old), bare(&new)), "{old:?} {new:?}");
        let split = |text: &str| text.lines().map(str::to_owned).collect::<Vec<_>>();
        let (before, after) = (split(&old), split(&new));
        let (mut first, mut second) = (String::new(), String::new());
        for paragraph in difference::paragraphs(&before, &after, &mut budget) {
            match paragraph {
                Paragraph::Same(text) => [&mut first, &mut second].into_iter().for_each(|side| side.push_str(&bare(&text))),
                Paragraph::Gone(text) => first.push_str(&bare(&text)),
                Paragraph::New(text) => second.push_str(&bare(&text)),
                Paragraph::Changed(stretches) => {
                    first.push_str(&one_side(&stretches, false));
                    second.push_str(&one_side(&stretches, true));
                }
            }
        }
        assert_eq!((first, second), (bare(&old), bare(&new)));
    }
    row("pairs of texts compared", &pairs.to_string(), "both sides whole");
    for (old, new) in [
        ("a ".repeat(300_000), "b ".repeat(300_000)),
        ("a b ".repeat(200_000), "b a ".repeat(200_000)),
        ("x".repeat(1_000_000), "x".repeat(999_999)),
        ("a\n".repeat(100_000), "b a\n".repeat(100_000)),
    ] {
        let start = Instant::now();
        let marked = difference::words(&old, &new, &mut Budget::default());
        assert_eq!(one_side(&marked, true), bare(&new));
        let lines = |text: &str| text.lines().map(str::to_owned).collect::<Vec<_>>();
        difference::paragraphs(&lines(&old), &lines(&new), &mut Budget::default());
        assert!(start.elapsed().as_secs() < 20, "{:?} even in a slow build", start.elapsed());
    }
}
