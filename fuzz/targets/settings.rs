//! `promulgate.yaml`. Settings or errors, never both; every finding points into the file; reading twice gives the same.

use super::site::{findings_are_sound, source, text};
use promulgate::catalogue::CATALOGUE;
use promulgate::kinds::KINDS;
use promulgate::model::finding::Findings;
use promulgate::parse::settings::settings;

/// The file as it is.
pub fn check(data: &[u8]) {
    let Some(text) = text(data) else { return };
    let file = source("promulgate.yaml", text);
    let read = || {
        let mut findings = Findings::new();
        let read = settings(&file, KINDS, &CATALOGUE.platform_fields()).into_value(&mut findings);
        (read, findings)
    };
    let (read_once, mut findings) = read();
    assert_eq!(read_once.is_none(), findings.has_errors(), "settings or errors, never both: {findings:?}");
    if let Some(settings) = &read_once {
        assert!(!settings.languages.is_empty() && settings.per_page > 0);
    }
    assert_eq!(findings, read().1);
    findings_are_sound(&mut findings, &file);
}
