//! A record's file: fences, limits, both YAML readers, fields. A record that parsed has no errors, and one that did not has
//! some; every finding points into the file; the body is the end of the file, untouched; reading twice gives the same.

use super::site::{ALL, findings_are_sound, settings, source, text};
use promulgate::kinds::KINDS;
use promulgate::model::finding::Findings;
use promulgate::parse::{self, front_matter};

/// The first byte chooses the kind, the rest is the file.
pub fn check(data: &[u8]) {
    let Some((first, rest)) = data.split_first() else { return };
    let Some(text) = text(rest) else { return };
    let kind = KINDS[usize::from(*first) % KINDS.len()];
    let file = source(&format!("content/{}/2026/ferry.md", kind.folder), text);
    if let Ok(parts) = front_matter::split(file.path.as_str(), text) {
        let (yaml, body) = (text.get(parts.yaml.clone()), text.get(parts.body.clone()));
        assert!(yaml.is_some() && body.is_some() && parts.yaml.end <= parts.body.start && parts.body.end == text.len(), "{parts:?}");
    }
    let mut findings = Findings::new();
    let record = parse::record(&file, settings(), ALL).into_value(&mut findings);
    assert_eq!(record.is_none(), findings.has_errors(), "a record or errors, never both: {findings:?}");
    let mut again = Findings::new();
    let twin = parse::record(&file, settings(), ALL).into_value(&mut again);
    assert_eq!(findings, again);
    assert_eq!(record.as_ref().map(|record| &record.fields), twin.as_ref().map(|record| &record.fields));
    if let Some(record) = record {
        assert!(text.ends_with(&text[record.body.clone()]), "the body is the end of the file");
    }
    findings_are_sound(&mut findings, &file);
}
