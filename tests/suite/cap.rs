//! Alerts in CAP 1.2: valid by the schema of OASIS, and by the rules that a schema cannot say, checked apart from the writer.

use crate::feeds::ending;
use crate::formats::{site, written};
use promulgate::formats::{cap, cap_feed};
use promulgate::model::date::Instant;
use promulgate::model::record::{Fields, Value};
use promulgate::model::site::Site;
use roxmltree::{Document, Node};
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;
use std::process::Command;

const NAMESPACE: &str = "urn:oasis:names:tc:emergency:cap:1.2";

/// Holds files against the schema with xmllint.
fn schema_faults(files: &BTreeMap<String, String>) -> String {
    let folder = tempfile::tempdir().unwrap();
    let schema = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/CAP-v1.2.xsd");
    for (at, text) in files.values().enumerate() {
        fs::write(folder.path().join(format!("{at}.xml")), text).unwrap();
    }
    let names = (0..files.len()).map(|at| format!("{at}.xml"));
    let said = Command::new("xmllint")
        .args(["--nonet", "--noout", "--schema"])
        .arg(schema)
        .args(names)
        .current_dir(folder.path())
        .output()
        .unwrap();
    let text = String::from_utf8_lossy(&said.stderr).into_owned();
    if said.status.success() {
        String::new()
    } else {
        text.lines().filter(|line| !line.ends_with(" validates")).take(20).collect::<Vec<_>>().join("\n")
    }
}

fn texts<'a>(of: Node<'a, '_>, name: &str) -> Vec<&'a str> {
    let named = of.children().filter(|child| child.has_tag_name((NAMESPACE, name)));
    named.map(|child| child.text().unwrap_or_default()).collect()
}

/// What the schema cannot say (domain notes, 2.4).
fn faults(text: &str) -> Vec<String> {
    let mut found = Vec::new();
    let document = match Document::parse(text) {
        Ok(document) => document,
        Err(error) => return vec![error.to_string()],
    };
    let alert = document.root_element();
    let one = |name: &str| texts(alert, name).first().copied().unwrap_or_default().to_owned();
    let mut must = |holds: bool, what: String| {
        if !holds {
            found.push(what);
        }
    };
    for name in ["identifier", "sender"] {
        must(!one(name).is_empty() && !one(name).contains([' ', ',', '<', '&', '\n', '\t']), format!("{name} `{}`", one(name)));
    }
    let at = |typed: &str| typed.parse::<Instant>().ok();
    let sent = at(&one("sent"));
    let times = document
        .descendants()
        .filter(|node| ["sent", "effective", "onset", "expires"].iter().any(|name| node.has_tag_name((NAMESPACE, *name))));
    for time in times.filter_map(|node| node.text()) {
        must(time.len() == 25 && !time.contains(['Z', '.']) && !time.ends_with("+00:00") && at(time).is_some(), format!("time `{time}`"));
    }
    let references = texts(alert, "references");
    must(references.is_empty() == (one("msgType") == "Alert"), format!("{} with {} references", one("msgType"), references.len()));
    for reference in references.iter().flat_map(|all| all.split_whitespace()) {
        let parts: Vec<&str> = reference.split(',').collect();
        must(parts.len() == 3 && parts[0] == one("sender") && parts[1] != one("identifier"), format!("reference `{reference}`"));
        must(parts.last().and_then(|time| at(time)) < sent, format!("a reference to what was not sent before: `{reference}`"));
    }
    must(texts(alert, "restriction").is_empty() && texts(alert, "addresses").is_empty() && one("scope") == "Public", "scope".into());
    let infos: Vec<Node> = alert.children().filter(|child| child.has_tag_name((NAMESPACE, "info"))).collect();
    must(!infos.is_empty(), "no info".into());
    let langs: BTreeSet<&str> = infos.iter().flat_map(|info| texts(*info, "language")).collect();
    must(langs.len() == infos.len(), "a language twice".into());
    for name in ["category", "responseType", "urgency", "severity", "certainty"] {
        let all: BTreeSet<Vec<&str>> = infos.iter().map(|info| texts(*info, name)).collect();
        must(all.len() == 1, format!("{name} is not the same in all languages"));
    }
    for info in &infos {
        for name in ["event", "headline", "description", "senderName", "web"] {
            must(texts(*info, name).first().is_some_and(|text| !text.trim().is_empty()), format!("no {name}"));
        }
        must(texts(*info, "expires").iter().all(|time| at(time) > sent), "over before it was sent".into());
        for area in info.children().filter(|child| child.has_tag_name((NAMESPACE, "area"))) {
            must(texts(area, "areaDesc").first().is_some_and(|name| !name.trim().is_empty()), "an area without words".into());
            texts(area, "polygon").iter().for_each(|typed| must(is_polygon(typed), format!("polygon `{typed}`")));
            texts(area, "circle").iter().for_each(|typed| must(is_circle(typed), format!("circle `{typed}`")));
        }
    }
    let strange = document.descendants().filter_map(|node| node.text()).flat_map(str::chars).find(|c| c.is_control() && *c != '\n');
    must(strange.is_none(), format!("the character {strange:?}"));
    found
}

fn is_point(typed: &str) -> bool {
    let pair: Vec<f64> = typed.split(',').filter_map(|number| number.parse().ok()).collect();
    typed.matches(',').count() == 1 && pair.len() == 2 && pair[0].abs() <= 90.0 && pair[1].abs() <= 180.0
}

fn is_polygon(typed: &str) -> bool {
    let points: Vec<&str> = typed.split(' ').collect();
    points.len() >= 4 && points.first() == points.last() && points.iter().all(|point| is_point(point))
}

fn is_circle(typed: &str) -> bool {
    typed.split_once(' ').is_some_and(|(centre, radius)| is_point(centre) && radius.parse::<f64>().is_ok_and(|radius| radius >= 0.0))
}

fn messages_of(path: &str) -> bool {
    path.contains("/cap/") || path.ends_with("/cap.xml")
}

#[test]
fn every_alert_of_norrvik_is_valid_in_every_message() {
    let files: BTreeMap<String, String> = ending(".xml").into_iter().filter(|(path, _)| messages_of(path)).collect();
    assert!(files.len() > 8, "{} files", files.len());
    assert_eq!(schema_faults(&files), "");
    for (path, text) in &files {
        assert_eq!(faults(text), Vec::<String>::new(), "{path}");
    }
    let boil: Vec<&String> = files.keys().filter(|path| path.starts_with("alerts/2026/boil-water-ostra/cap/")).collect();
    assert_eq!(boil.len(), 4, "the alert, and an update for each later entry: {boil:?}");
    let newest = &files["alerts/2026/boil-water-ostra/cap.xml"];
    assert_eq!(newest, &files[boil[3]], "beside the page lies the newest");
    for lang in ["sv", "en", "kk", "ru", "ka", "ar"] {
        assert!(newest.contains(&format!("<language>{lang}</language>")), "{lang}");
    }
    let storm = &files["alerts/2025/storm-birger/cap.xml"];
    assert!(storm.contains("<responseType>AllClear</responseType>"), "{storm}");
}

#[test]
fn the_feed_of_messages_leads_to_every_file() {
    let feeds = ending("cap.atom");
    assert_eq!(
        feeds.keys().map(String::as_str).collect::<Vec<_>>(),
        [
            "alerts/cap.atom",
            "ar/alerts/cap.atom",
            "en/alerts/cap.atom",
            "fi/alerts/cap.atom",
            "ka/alerts/cap.atom",
            "kk/alerts/cap.atom",
            "ru/alerts/cap.atom"
        ]
    );
    let files = ending(".xml");
    for (path, text) in feeds {
        assert!(text.len() < 100_000, "{path}");
        let read = feed_rs::parser::parse(text.as_bytes()).unwrap();
        assert!(read.entries.len() > 6);
        for entry in read.entries {
            let link = entry.links.iter().find(|link| link.media_type.as_deref() == Some("application/cap+xml")).unwrap();
            let file = &files[link.href.strip_prefix("https://norrvik.example/").unwrap()];
            let document = Document::parse(file).unwrap();
            assert_eq!(texts(document.root_element(), "identifier"), [entry.id.as_str()]);
            let sent: Instant = texts(document.root_element(), "sent")[0].parse().unwrap();
            assert_eq!(sent.timestamp().as_second(), entry.updated.unwrap().timestamp());
        }
    }
}

/// Numbers from a seed (Knuth, MMIX).
struct Dice(u64);

impl Dice {
    fn below(&mut self, most: usize) -> usize {
        self.0 = self.0.wrapping_mul(6364136223846793005).wrapping_add(1442695040888963407);
        ((self.0 >> 33) as usize) % most
    }

    fn one<'a>(&mut self, of: &[&'a str]) -> &'a str {
        of[self.below(of.len())]
    }
}

const CATEGORY: [&str; 12] =
    ["Geo", "Met", "Safety", "Security", "Rescue", "Fire", "Health", "Env", "Transport", "Infra", "CBRNE", "Other"];
const RESPONSE: [&str; 9] = ["Shelter", "Evacuate", "Prepare", "Execute", "Avoid", "Monitor", "Assess", "AllClear", "None"];
const SEVERITY: [&str; 5] = ["Extreme", "Severe", "Moderate", "Minor", "Unknown"];
const URGENCY: [&str; 5] = ["Immediate", "Expected", "Future", "Past", "Unknown"];
const CERTAINTY: [&str; 5] = ["Observed", "Likely", "Possible", "Unlikely", "Unknown"];
const LANGS: [&str; 5] = ["en", "kk", "ru", "ka", "ar"];
const WORDS: [&str; 9] = [
    "Koka vattnet",
    "]]> & <alert> \"quoted\" 'single'",
    "ადუღეთ წყალი აღმოსავლეთში",
    "اغلوا ماء الشرب قبل استعماله",
    "Кипятите воду, пожалуйста; спасибо",
    "Суды қайнатыңыз",
    "🚱 emoji 👩🏽‍🚒 and <![CDATA[ ]]>",
    "&amp; &#0; &lt;/info&gt;",
    "  a   long,  word\\with;signs  ",
];

fn quoted(text: &str) -> String {
    serde_json::to_string(text).unwrap()
}

fn area(dice: &mut Dice, name: &str) -> String {
    let (lat, lon) = (60 + dice.below(9), 14 + dice.below(9));
    let shape = match dice.below(4) {
        0 => format!(", polygon: \"{lat}.1,{lon}.0  {lat}.2,{lon}.5 {lat}.3,{lon}.1 {lat}.1,{lon}.0\""),
        1 => format!(", circle: \"{lat}.5,-{lon}.25 {}\"", dice.below(40)),
        2 => format!(", geocode: [{{name: LAN, value: '{}'}}, {{name: \"a & b\", value: '<x>'}}]", dice.below(25)),
        _ => String::new(),
    };
    format!("{{name: {}{shape}}}", quoted(name))
}

/// An alert in its languages: front matter with every word of CAP, some of it hostile.
fn alert(dice: &mut Dice, at: usize, files: &mut Vec<(String, String)>) {
    let day = format!("2026-{:02}-{:02}", 1 + at % 10, 1 + at % 28);
    let zone = dice.one(&["+01:00", "Z", "-00:00", "+05:45", "-03:30"]);
    let categories: Vec<&str> = (0..1 + dice.below(3)).map(|_| dice.one(&CATEGORY)).collect();
    let responses: Vec<&str> = (0..dice.below(3)).map(|_| dice.one(&RESPONSE)).collect();
    let areas: Vec<String> = (0..1 + dice.below(2))
        .map(|_| {
            let name = dice.one(&WORDS);
            area(dice, name)
        })
        .collect();
    let mut text = format!(
        "---\ntitle: {}\nsummary: {}\ndate: {}\nevent: {}\ncategory: [{}]\nseverity: {}\nurgency: {}\ncertainty: {}\nareas: [{}]\neffective: {day}T06:30:00{zone}\ninstruction: [{}, {}]\n",
        quoted(dice.one(&WORDS)),
        quoted(dice.one(&WORDS)),
        if dice.below(3) == 0 { day.clone() } else { format!("{day}T06:00:00{zone}") },
        quoted(dice.one(&WORDS)),
        categories.join(", "),
        SEVERITY[at % 5],
        URGENCY[at / 5 % 5],
        CERTAINTY[at / 25 % 5],
        areas.join(", "),
        quoted(dice.one(&WORDS)),
        quoted(dice.one(&WORDS)),
    );
    if !responses.is_empty() {
        text.push_str(&format!("response: [{}]\n", responses.join(", ")));
    }
    if dice.below(2) == 0 {
        text.push_str(&format!("onset: {day}T05:00:00{zone}\nexpires: {day}T{:02}:00:00{zone}\n", 7 + dice.below(16)));
    }
    let entries = dice.below(5);
    let said: Vec<String> =
        (0..entries).map(|n| format!("{{at: '{day}T{:02}:15:00{zone}', text: {}}}", 6 + 2 * n, quoted(dice.one(&WORDS)))).collect();
    if entries > 0 {
        text.push_str(&format!("timeline: [{}]\n", said.join(", ")));
    }
    match dice.below(5) {
        0 => text.push_str(&format!("resolved: {day}T{:02}:15:00{zone}\n", 8 + 2 * dice.below(4))),
        1 => text.push_str(&format!("withdrawn: {{date: {day}, reason: {}}}\n", quoted(dice.one(&WORDS)))),
        _ => {}
    }
    files.push((format!("content/alerts/2026/alert-{at}.md"), format!("{text}---\n\nText.\n")));
    for lang in LANGS.into_iter().filter(|_| dice.below(3) == 0).collect::<Vec<_>>() {
        let places: Vec<String> = areas.iter().map(|_| format!("{{name: {}}}", quoted(dice.one(&WORDS)))).collect();
        let mut own = format!(
            "---\ntitle: {}\nsummary: {}\nevent: {}\ninstruction: [{}]\nareas: [{}]\n",
            quoted(dice.one(&WORDS)),
            quoted(dice.one(&WORDS)),
            quoted(dice.one(&WORDS)),
            quoted(dice.one(&WORDS)),
            places.join(", ")
        );
        if entries > 0 {
            let said: Vec<String> = (0..entries).map(|_| format!("{{text: {}}}", quoted(dice.one(&WORDS)))).collect();
            own.push_str(&format!("timeline: [{}]\n", said.join(", ")));
        }
        files.push((format!("content/alerts/2026/alert-{at}.{lang}.md"), format!("{own}---\n\nText.\n")));
    }
}

/// Puts control characters behind the parser, which would have refused them.
fn poison(site: &mut Site) {
    for item in &mut site.items {
        for edition in &mut item.editions {
            edition.summary.push_str("\u{0}\u{b}\u{1b}[31m\u{fffe}\u{85}");
            edition.record.fields.0.iter_mut().for_each(|(_, value)| poison_value(value));
        }
    }
}

fn poison_value(value: &mut Value) {
    match value {
        Value::Markdown(text) => text.push_str("\u{1}\u{8}"),
        Value::List(items) => items.iter_mut().for_each(poison_value),
        Value::Map(Fields(fields)) => fields.iter_mut().filter(|(name, _)| *name == "name").for_each(|(_, value)| {
            if let Value::Text(text) = value {
                text.push('\u{c}');
            }
        }),
        _ => {}
    }
}

#[test]
fn two_hundred_alerts_of_every_kind_are_valid_in_every_message() {
    let (mut dice, mut files) = (Dice(20_261_121), Vec::new());
    (0..200).for_each(|at| alert(&mut dice, at, &mut files));
    let settings = "title: {sv: \"Norrvik & <co>\", ar: نورفيك}\nurl: https://norrvik.example\nlanguages: [sv, en, kk, ru, ka, ar]\ntime_zone: Europe/London\ncontact: {email: \"a, b@norrvik.example\"}\n";
    files.push(("promulgate.yaml".into(), settings.into()));
    let borrowed: Vec<(&str, &str)> = files.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect();
    let mut site = site(&borrowed);
    assert_eq!(site.items.len(), 200);
    poison(&mut site);
    let written = written(&cap::Cap, &site);
    assert!(written.len() > 500, "{} messages", written.len());
    assert_eq!(schema_faults(&written), "");
    let mut seen = BTreeSet::new();
    for (path, text) in &written {
        assert_eq!(faults(text), Vec::<String>::new(), "{path}\n{text}");
        for word in CATEGORY
            .iter()
            .chain(&RESPONSE)
            .chain(&SEVERITY)
            .chain(&URGENCY)
            .chain(&CERTAINTY)
            .chain(&LANGS)
            .chain(&["Alert", "Update", "Cancel", "AllClear"])
        {
            if text.contains(&format!(">{word}<")) {
                seen.insert(*word);
            }
        }
        assert!(text.contains("<sender>norrvik.example</sender>"), "an address that CAP cannot hold is not the sender");
    }
    assert_eq!(seen.len(), 12 + 9 + 4 + 4 + 4 + 1 + 5 + 3, "every word has been tried: {seen:?}");
    for text in crate::formats::written(&cap_feed::CapFeed, &site).values() {
        feed_rs::parser::parse(text.as_bytes()).unwrap();
    }
}

#[test]
fn a_later_entry_changes_no_message_that_was_sent() {
    let alert = |timeline: &str| {
        format!(
            "---\ntitle: Storm\nsummary: S.\ndate: 2026-11-17T06:00:00+01:00\nevent: Storm\ncategory: Met\nseverity: Severe\nurgency: Expected\ncertainty: Likely\nareas: [{{name: Norrvik}}]\neffective: 2026-11-17T06:00:00+01:00\ninstruction: Stay in.\ntimeline:\n{timeline}---\n\nText.\n"
        )
    };
    let one = "  - {at: 2026-11-17T08:00:00+01:00, text: Roads are closed.}\n";
    let before = written(&cap::Cap, &site(&[("content/alerts/2026/storm.md", &alert(one))]));
    let both = format!("{one}  - {{at: 2026-11-17T10:00:00+01:00, text: Power is out.}}\n");
    let after = written(&cap::Cap, &site(&[("content/alerts/2026/storm.md", &alert(&both))]));
    assert_eq!((before.len(), after.len()), (3, 4));
    for (path, text) in before.iter().filter(|(path, _)| path.contains("/cap/")) {
        assert_eq!(Some(text), after.get(path), "{path}");
    }
}

#[test]
fn what_breaks_a_rule_that_the_schema_does_not_say_is_found() {
    let good = &ending("cap.xml")["alerts/2026/boil-water-ostra/cap.xml"];
    assert_eq!(faults(good), Vec::<String>::new());
    let spoilt = [
        good.replace("<identifier>", "<identifier>a "),
        good.replace("<sender>", "<sender>a,"),
        good.replace("+01:00</sent>", "Z</sent>"),
        good.replace("<msgType>Update</msgType>", "<msgType>Alert</msgType>"),
        good.replacen("<urgency>Immediate", "<urgency>Past", 1),
        good.replacen(" 64.7080,21.0350</polygon>", "</polygon>", 1),
        good.replacen("<language>sv", "<language>en", 1),
        good.replacen("<expires>2026-11-24", "<expires>2026-11-01", 1),
    ];
    for text in spoilt {
        assert_ne!(&text, good, "the fault was not put in");
        assert!(!faults(&text).is_empty(), "{text}");
    }
}
