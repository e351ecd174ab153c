//! The manual says what the program does: its tables and help texts are compared with the program's own.
//!
//! `PROMULGATE_BLESS=1 cargo test --test suite manual::` writes them anew, to be read before they are committed.

use crate::sandbox::Sandbox;
use promulgate::catalogue::CATALOGUE;
use promulgate::kinds::{KINDS, common::COMMON};
use promulgate::model::kind::{Field, Need, Shape};
use promulgate::parse::settings::{CHANNEL, SETTINGS};
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

fn page(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(name)
}

/// A page whose parts between `<!-- NAME -->` and `<!-- end -->` are as the program would write them.
struct Page {
    name: &'static str,
    text: String,
}

impl Page {
    fn open(name: &'static str) -> Page {
        Page { name, text: fs::read_to_string(page(name)).unwrap_or_else(|error| panic!("{name}: {error}")) }
    }

    /// Puts the fresh text in its place.
    fn set(&mut self, part: &str, fresh: &str) {
        let opener = format!("<!-- {part} -->\n");
        let start = self.text.find(&opener).unwrap_or_else(|| panic!("{} has no part `{part}`", self.name)) + opener.len();
        let end = start + self.text[start..].find("<!-- end -->").unwrap_or_else(|| panic!("{}: `{part}` has no end", self.name));
        self.text.replace_range(start..end, &format!("\n{}\n\n", fresh.trim()));
    }

    /// The names of the parts there are.
    fn parts(&self) -> Vec<&str> {
        let marks = self.text.lines().filter_map(|line| line.strip_prefix("<!-- ")?.strip_suffix(" -->"));
        marks.filter(|mark| *mark != "end").collect()
    }

    fn compare(self) {
        let old = fs::read_to_string(page(self.name)).expect("the page was there");
        if std::env::var_os("PROMULGATE_BLESS").is_some() {
            fs::write(page(self.name), self.text).expect("the page is written");
            return;
        }
        let other = old.lines().zip(self.text.lines()).find(|(old, new)| old != new);
        assert!(old == self.text, "{} is behind the program (PROMULGATE_BLESS=1 writes it anew); the first line: {other:#?}", self.name);
    }
}

fn ticked(words: &[&str]) -> String {
    words.iter().map(|word| format!("`{word}`")).collect::<Vec<_>>().join(", ")
}

fn holds(shape: &Shape) -> String {
    match shape {
        Shape::Text => "text".into(),
        Shape::Markdown => "Markdown".into(),
        Shape::Flag => "`true` or `false`".into(),
        Shape::Count => "a whole number".into(),
        Shape::Day => "a day".into(),
        Shape::Instant => "a time with its zone".into(),
        Shape::Stamp => "a day, or a time with its zone".into(),
        Shape::Url => "an address".into(),
        Shape::OldPath => "a path that begins with `/`".into(),
        Shape::File => "a file".into(),
        Shape::Word(words) => format!("one of {}", ticked(words)),
        Shape::Id(list) => format!("an id from `{}`", list.name()),
        Shape::Ref(Some(kind)) => format!("the id of a record of the kind `{kind}`"),
        Shape::Ref(None) => "the id of a record".into(),
        Shape::Lang => "a language tag".into(),
        Shape::Secret => "a secret by reference".into(),
        Shape::Colour => "a hex colour".into(),
        Shape::List(Shape::Map(_)) => "a list; each item has fields".into(),
        Shape::List(inner) => format!("a list; each item is {}", holds(inner)),
        Shape::OneOrMany(inner) => format!("one item or a list; each is {}", holds(inner)),
        Shape::Map(_) => "fields".into(),
        Shape::MapOrOff(_) => "fields, or `false`".into(),
        Shape::Named(inner) => format!("names of your own, each with {}", holds(inner)),
        Shape::Localised => "text, or texts by language".into(),
        Shape::Anything => "anything".into(),
    }
}

/// The fields below a shape, and what stands between its name and theirs.
fn below(shape: &Shape) -> Option<(&'static str, &'static [Field])> {
    match shape {
        Shape::Map(fields) | Shape::MapOrOff(fields) => Some((".", fields)),
        Shape::List(inner) | Shape::OneOrMany(inner) => below(inner),
        Shape::Named(inner) => below(inner).map(|(_, fields)| (".ID.", fields)),
        _ => None,
    }
}

fn rows(fields: &[Field], before: &str, out: &mut String) {
    for field in fields {
        let required = if field.need == Need::Required { ", **required**" } else { "" };
        let words = if field.words { "; in each language" } else { "" };
        let name = format!("{before}{}", field.name);
        let inner = below(&field.shape);
        let example = if inner.is_some() || field.example.len() > 60 { String::new() } else { format!(" `{}`", field.example) };
        let line = format!("| `{name}` | {}{required}{words} | {}{example} |\n", holds(&field.shape), field.about);
        out.push_str(&line);
        if let Some((between, fields)) = inner {
            rows(fields, &format!("{name}{between}"), out);
        }
    }
}

fn table(fields: &[Field]) -> String {
    let mut out = "| field | holds | what it says |\n|---|---|---|\n".to_owned();
    rows(fields, "", &mut out);
    out
}

#[test]
fn the_page_of_records_names_every_field_of_every_kind() {
    let mut page = Page::open("docs/records.md");
    page.set("common", &table(COMMON));
    for kind in KINDS {
        let own = if kind.fields.is_empty() { "No fields of its own.".to_owned() } else { table(kind.fields) };
        page.set(kind.name, &format!("{} `content/{}/`\n\n{own}", kind.about, kind.folder));
    }
    assert_eq!(page.parts().len(), KINDS.len() + 1, "no part of a kind that is gone");
    page.compare();
}

#[test]
fn the_page_of_settings_names_every_key_and_every_platform() {
    let mut page = Page::open("docs/settings.md");
    page.set("settings", &table(SETTINGS));
    page.set("channel", &table(CHANNEL));
    for platform in CATALOGUE.platforms {
        let clash = platform.fields.iter().find(|own| CHANNEL.iter().any(|common| common.name == own.name));
        assert!(clash.is_none(), "{}: `{}` means something else in every channel", platform.name, clash.map_or("", |field| field.name));
        page.set(platform.name, &table(platform.fields));
    }
    assert_eq!(page.parts().len(), CATALOGUE.platforms.len() + 2, "no part of a platform that is gone");
    page.compare();
}

fn help(args: &[&str]) -> String {
    let output = Command::new(env!("CARGO_BIN_EXE_promulgate")).args(args).output().expect("the program starts");
    assert_eq!(output.status.code(), Some(0), "{args:?}");
    String::from_utf8(output.stdout).expect("help is text")
}

#[test]
fn the_page_of_commands_shows_the_help_of_each() {
    let mut page = Page::open("docs/commands.md");
    let all = help(&["-h"]);
    let list = all.lines().skip_while(|line| *line != "Commands:").skip(1).take_while(|line| !line.is_empty());
    let names: Vec<&str> = list.filter_map(|line| line.split_whitespace().next()).filter(|name| *name != "help").collect();
    page.set("promulgate", &format!("```console\n$ promulgate -h\n{}\n```", all.trim_end()));
    for name in &names {
        let text = help(&[name, "-h"]);
        let global = ["--root ", "--now ", "--color ", "--log-level ", "-h, --help "];
        let own: Vec<&str> = text.lines().filter(|line| !global.iter().any(|option| line.trim_start().starts_with(option))).collect();
        let own = own.join("\n");
        page.set(name, &format!("```console\n$ promulgate {name} -h\n{}\n```", own.trim_end().trim_end_matches("Options:").trim_end()));
    }
    assert_eq!(page.parts().len(), names.len() + 1, "no part of a command that is gone");
    page.compare();
}

/// Targets of links and pictures, `](target)`, without those that lead elsewhere.
fn links(text: &str) -> impl Iterator<Item = &str> {
    let targets = text.match_indices("](").filter_map(|(at, mark)| text[at + mark.len()..].split([')', '#', '\n']).next());
    targets.filter(|target| !target.is_empty() && !target.contains(':'))
}

#[test]
fn every_link_of_the_manual_leads_to_a_file() {
    let in_docs = fs::read_dir(page("docs")).expect("docs").map(|entry| format!("docs/{}", entry.expect("an entry").file_name().display()));
    let names = in_docs.filter(|name| name.ends_with(".md")).chain(["README.md", "CONTRIBUTING.md", "CHANGELOG.md"].map(str::to_owned));
    let mut looked_at = 0;
    for name in names {
        let text = fs::read_to_string(page(&name)).expect("a page");
        for link in links(&text) {
            looked_at += 1;
            let target = page(&name).parent().expect("a folder").join(link);
            assert!(target.exists(), "{name} links to {link}, which is not there");
        }
        assert!(
            name == "docs/README.md"
                || !name.starts_with("docs/")
                || Page::open("docs/README.md").text.contains(&format!("({})", &name[5..])),
            "docs/README.md does not name {name}"
        );
    }
    assert!(looked_at > 50, "{looked_at} links");
}

/// The first fenced block of a page whose opening line is this.
fn block<'t>(text: &'t str, opening: &str) -> &'t str {
    let start = text.find(&format!("\n{opening}\n")).expect("the block is there") + opening.len() + 2;
    &text[start..start + text[start..].find("```\n").expect("the block ends")]
}

/// What the README shows of a plan is what the plan of Norrvik says on the morning of the alert.
#[test]
fn the_plan_in_the_readme_is_that_of_norrvik() {
    let text = fs::read_to_string(page("README.md")).expect("README.md");
    let (_, rest) = text.split_once("~~~~markdown\n").expect("a plan");
    let (shown, _) = rest.split_once("\n~~~~").expect("its end");
    let town = Sandbox::new();
    for file in crate::sandbox::files_below(&page("content")).into_iter().chain([page("promulgate.yaml")]) {
        let below = file.strip_prefix(page("")).expect("a file of ours").to_str().expect("UTF-8").to_owned();
        town.write(&below, &fs::read(&file).expect("a file"));
    }
    town.write("ledger/state.json", br#"{"v":1,"baselines":{"bluesky":"2026-11-01T00:00:00Z"},"files":{}}"#);
    let said = town.run(&["plan", "--format", "markdown", "--only", "bluesky", "--now", "2026-11-17T07:00:00+01:00"]);
    assert!(said.stdout.contains(shown), "{}{}", said.stderr, said.stdout);
}

/// `OwnId` as people read it.
fn told(word: &str) -> String {
    match word {
        "own-id" => "our own id",
        "link" => "the link",
        "none" => "no",
        "yes" | "full" | "native" => "yes",
        "text" => "the text",
        "any" => "all",
        "hidden" => "unseen by readers",
        "request" => "can be asked for",
        "restricted" => "some accounts",
        "comment" => "a comment",
        "header" => "a key in the request",
        "client-id" => "our own id",
        "two-step" => "two steps",
        "reject-with-id" => "it names the first post",
        "reject-without-id" => "it refuses",
        other => other,
    }
    .to_owned()
}

fn ability(value: &serde_json::Value) -> String {
    let span =
        |minutes: u64| if minutes.is_multiple_of(60) { format!("for {} hours", minutes / 60) } else { format!("for {minutes} minutes") };
    match value {
        serde_json::Value::String(word) => told(word),
        serde_json::Value::Bool(true) => "yes".into(),
        serde_json::Value::Bool(false) => "no".into(),
        other => match (other["within"].as_u64(), other["up-to"].as_u64()) {
            (Some(minutes), _) => span(minutes),
            (_, Some(count)) => count.to_string(),
            _ => String::new(),
        },
    }
}

#[test]
fn the_page_of_channels_tells_what_each_platform_can_do() {
    let mut page = Page::open("docs/channels.md");
    let columns = [
        ("look_up", "settled by"),
        ("dedupe", "against repeats"),
        ("edit", "edit"),
        ("delete", "delete"),
        ("reply", "reply"),
        ("pictures", "pictures"),
        ("alt", "alt text"),
        ("lang", "language"),
        ("preview", "preview"),
        ("counter", "counts"),
        ("token", "token"),
    ];
    let heads: Vec<&str> = columns.iter().map(|(_, head)| *head).collect();
    let mut out = format!("| platform | {} |\n|---|{}\n", heads.join(" | "), "---|".repeat(heads.len()));
    for platform in CATALOGUE.platforms {
        let abilities = serde_json::to_value(platform.abilities).expect("abilities are words");
        let own = |name: &str| if platform.name == "plugin" { "as it says".into() } else { ability(&abilities[name]) };
        let cells: Vec<String> = columns.iter().map(|(name, _)| own(name)).collect();
        out.push_str(&format!("| `{}` | {} |\n", platform.name, cells.join(" | ")));
    }
    page.set("abilities", &out);
    page.compare();
}

#[test]
fn what_the_readme_shows_is_so() {
    let text = fs::read_to_string(page("README.md")).expect("README.md");
    let town = Sandbox::new();
    assert_eq!(town.run(&["init", "."]).code, 0);
    fs::remove_file(town.path("content/decisions/2026/night-buses.sv.md")).expect("the example's translation");
    town.write("content/decisions/2026/night-buses.md", block(&text, "```markdown").as_bytes());
    let said = town.run(&["check"]);
    assert!(said.code == 0 && said.stderr.contains("nothing to mend"), "{}", said.stderr);
    let fault = block(&text, "```\nerror[unknown-key]: There is no field `topic`.");
    let shown = fs::read_to_string(page("tests/rules/unknown-key.md")).expect("the page of the finding");
    assert!(shown.contains(fault), "the README shows a fault as the program draws it");
    let commands = fs::read_to_string(page("docs/commands.md")).expect("docs/commands.md");
    for line in text.lines().filter(|line| line.starts_with("| ") && line[2..].starts_with(|c: char| c.is_ascii_digit())) {
        let code = &line[..5];
        assert!(commands.lines().any(|other| other.starts_with(code)), "exit code {code} stands in docs/commands.md too");
    }
}

/// `name = "1.2"` or `name = { version = "1.2", … }` of the tables of dependencies.
fn dependencies() -> BTreeMap<String, String> {
    let manifest = fs::read_to_string(page("Cargo.toml")).expect("Cargo.toml");
    let mut here = false;
    let mut found = BTreeMap::new();
    for line in manifest.lines() {
        match line.strip_prefix('[') {
            Some(table) => here = table.ends_with("dependencies]"),
            None if here && !line.starts_with('#') => {
                let Some((name, rest)) = line.split_once(" = ") else { continue };
                let quoted = |after: &str| rest.split_once(after)?.1.split('"').next().map(str::to_owned);
                let version = quoted("version = \"").or_else(|| rest.strip_prefix('"')?.strip_suffix('"').map(str::to_owned));
                let version = version.unwrap_or_else(|| panic!("{name} has no version"));
                found.insert(quoted("package = \"").unwrap_or_else(|| name.to_owned()), version);
            }
            None => {}
        }
    }
    found
}

#[test]
fn the_page_of_dependencies_names_each_with_its_version_and_a_reason() {
    let text = fs::read_to_string(page("docs/dependencies.md")).expect("docs/dependencies.md");
    let mut named = BTreeMap::new();
    for line in text.lines().filter(|line| line.starts_with("| `")) {
        let cells: Vec<&str> = line.trim_matches('|').split(" | ").map(str::trim).collect();
        assert!(cells.len() == 4 && cells.iter().all(|cell| !cell.is_empty()), "crate, version, licence and reason: {line}");
        named.insert(cells[0].trim_matches('`').to_owned(), cells[1].to_owned());
    }
    assert_eq!(named, dependencies());
}
