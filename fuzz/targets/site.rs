//! What several targets need: the settings of a small town, and whether findings point into the text they are about.

use promulgate::catalogue::CATALOGUE;
use promulgate::kinds::{KINDS, common::COMMON};
use promulgate::model::finding::{Findings, Spot};
use promulgate::model::route::SafePath;
use promulgate::model::settings::Settings;
use promulgate::model::source::Source;
use promulgate::parse::{self, Kinds};
use std::sync::OnceLock;

/// What a record may be.
pub const ALL: Kinds = Kinds { all: KINDS, common: COMMON };

const SETTINGS: &str = "title: Norrvik\nurl: https://norrvik.example\nlanguages: [sv, en]\ntime_zone: Europe/Stockholm\n\
                        topics: {water: {name: Water}}\nbodies: {council: {name: Council}}\n";

/// A file of the site.
pub fn source(path: &str, text: &str) -> Source {
    Source { path: SafePath::new(path).expect("a plain name"), text: text.into() }
}

/// The settings of a small town.
pub fn settings() -> &'static Settings {
    static TOWN: OnceLock<Settings> = OnceLock::new();
    TOWN.get_or_init(|| {
        let read = parse::settings::settings(&source("promulgate.yaml", SETTINGS), KINDS, &CATALOGUE.platform_fields());
        read.into_value(&mut Findings::new()).expect("the settings are right")
    })
}

/// The text as every door hands it on: UTF-8 without a byte order mark.
pub fn text(data: &[u8]) -> Option<&str> {
    let text = std::str::from_utf8(data).ok()?;
    Some(text.strip_prefix('\u{feff}').unwrap_or(text))
}

/// Fails where a finding says nothing, or points outside of its file.
pub fn findings_are_sound(findings: &mut Findings, source: &Source) {
    parse::locate(findings, &|path| (path == source.path.as_str()).then(|| source.clone()));
    let lines: Vec<&str> = source.text.split('\n').collect();
    for finding in findings.iter() {
        assert!(!finding.message.trim().is_empty() && !finding.help.trim().is_empty(), "{finding:?}");
        let place = finding.place.as_ref().expect("a finding of one file names it");
        assert_eq!(place.path, source.path.as_str());
        let Spot::Span(span) = &place.spot else { continue };
        let line = span.line.checked_sub(1).and_then(|at| lines.get(at)).unwrap_or_else(|| panic!("no such line: {finding:?}"));
        let length = line.chars().count();
        assert!(span.column >= 1 && span.column <= length + 1 && span.length >= 1, "no such column: {finding:?}");
    }
}
