//! A file of an old archive. It is accounted for once; what comes out lies below `content/` and is a record that splits and
//! passes the limits; the settings that come out are YAML; twice gives the same.

use super::site::{source, text};
use promulgate::importers::importer::{Archive, Fate, Importer, Tables};
use promulgate::importers::map::ImportMap;
use promulgate::importers::markdown::Markdown;
use promulgate::kinds::{KINDS, common::COMMON};
use promulgate::parse::front_matter;
use std::sync::OnceLock;

const MAP: &str = r#"
settings: {title: Old, url: https://old.example, languages: [en], time_zone: Europe/Stockholm}
fields:
  title: {from: [title, name]}
  summary: [summary, description]
  date: date
  updated: {from: [updated, lastmod], otherwise: "{date}"}
  expires: expirydate
  aliases: [aliases, url]
  topics: {from: [topics, tags], split: ",", words: {vatten: water}}
  related: {from: [requires], split: ",", file: "eip-{value}"}
records:
  - where: {layout: [event]}
    kind: meeting
    fields: {starts: date, ends: end_date, where: [venue, host]}
    body: {strip_shortcodes: true}
  - where: {draft: ["true"]}
    skip: It is a draft.
  - kind: page
    body: {strip_shortcodes: true}
"#;

const NAMES: [&str; 4] = ["posts/2024-01-02-night-buses.md", "_index.md", "A folder/Ärende.md", "eip-7.md"];

/// The first byte chooses the file's name, the rest is the file.
pub fn check(data: &[u8]) {
    static RULES: OnceLock<ImportMap> = OnceLock::new();
    let map = RULES.get_or_init(|| ImportMap::parse(MAP, KINDS).expect("the map is right"));
    let Some((first, rest)) = data.split_first() else { return };
    let Some(text) = text(rest) else { return };
    let name = NAMES[usize::from(*first) % NAMES.len()];
    let archive = Archive { texts: vec![source(name, text), source("eip-8.md", "---\ntitle: Eight\n---\n")], ..Archive::default() };
    let tables = Tables { kinds: KINDS, common: COMMON };
    let imported = Markdown.import(&archive, map, tables);
    let paths: Vec<&str> = imported.account.iter().map(|entry| entry.path.as_str()).collect();
    assert!(paths.len() == 2 && paths.contains(&name) && paths.contains(&"eip-8.md"), "{paths:?}");
    assert_eq!(imported.records.len(), imported.account.iter().filter(|entry| matches!(entry.fate, Fate::Imported(_))).count());
    for (path, text) in imported.records.iter().chain(&imported.made) {
        assert!(path.as_str().starts_with("content/") && path.as_str().ends_with(".md"), "{path}");
        let parts = front_matter::split(path.as_str(), text).unwrap_or_else(|fault| panic!("{fault:?}\n{text}"));
        if let Err(fault) = front_matter::guard(path.as_str(), text, &parts.yaml) {
            assert!(fault.code == "too-deep" || fault.code == "control-character", "{fault:?}\n{text}");
        }
    }
    assert!(serde_yaml::from_str::<serde_yaml::Value>(&imported.settings).is_ok(), "{}", imported.settings);
    let again = Markdown.import(&archive, map, tables);
    assert_eq!((imported.records, imported.account, imported.settings), (again.records, again.account, again.settings));
}
