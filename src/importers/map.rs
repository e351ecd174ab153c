//! In: a small YAML file that says which key of an archive becomes which field. Out: the rules, checked.

use crate::model::kind::Kind;
use serde::Deserialize;
use serde_yaml::{Mapping, Value};
use std::collections::BTreeMap;

/// How the files of an archive become records; the first rule that fits a file decides.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ImportMap {
    /// What `promulgate.yaml` shall say: title, url, languages, time zone, checks.
    pub settings: Mapping,
    /// The rules, in order.
    pub records: Vec<Rule>,
    /// Fields by the key they come from, for all rules that do not say otherwise.
    #[serde(default)]
    pub fields: BTreeMap<String, Origin>,
}

/// What to do with the files that it fits.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Rule {
    /// Patterns of paths: `*` within a part, `**` over parts; none fits every file.
    #[serde(default)]
    pub files: Vec<String>,
    /// Front matter that the file must have: a key and the values it may hold.
    #[serde(default, rename = "where")]
    pub whose: BTreeMap<String, Vec<String>>,
    /// The kind of record.
    pub kind: Option<String>,
    /// Leaves the files out, for this reason.
    pub skip: Option<String>,
    /// Fields of this rule, over those of the map.
    #[serde(default)]
    pub fields: BTreeMap<String, Origin>,
    /// What the body is cleaned of.
    #[serde(default)]
    pub body: Body,
    /// Where the record goes below the kind's folder: `{path}` as it was, or any of `{year}` and `{name}`.
    pub place: Option<String>,
}

/// Cleaning of a body.
#[derive(Debug, Clone, Copy, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Body {
    /// Takes Hugo's `{{< … >}}` and `{{% … %}}` out; what stands between a pair stays.
    #[serde(default)]
    pub strip_shortcodes: bool,
}

/// Where the value of a field comes from.
#[derive(Debug, Clone, Deserialize)]
#[serde(untagged)]
pub enum Origin {
    /// The key.
    Key(String),
    /// The first of these keys that has a value.
    Keys(Vec<String>),
    /// In full.
    Full(Source),
}

/// Where a value comes from, and how it is read.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Source {
    /// Keys of the front matter; all their values for a list, else the first that has one.
    #[serde(default)]
    pub from: Vec<String>,
    /// What a list in one text is parted by.
    pub split: Option<String>,
    /// Words to put in place of others.
    #[serde(default)]
    pub words: BTreeMap<String, String>,
    /// The file that a reference means, without ending: `eip-{value}`.
    pub file: Option<String>,
    /// Makes a record for a reference that no file stands for.
    #[serde(default)]
    pub make: bool,
    /// The value where the keys have none; `{key}` stands for another key's value.
    pub otherwise: Option<Value>,
}

impl Origin {
    /// In full.
    pub fn source(&self) -> Source {
        match self {
            Origin::Key(key) => Source { from: vec![key.clone()], ..Source::default() },
            Origin::Keys(keys) => Source { from: keys.clone(), ..Source::default() },
            Origin::Full(source) => source.clone(),
        }
    }
}

/// What is wrong with a map; a whole sentence.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{message}")]
pub struct MapError {
    /// What is wrong.
    pub message: String,
    /// The line, from 1, where it is known.
    pub line: Option<usize>,
}

impl ImportMap {
    /// Reads a map and checks its kinds.
    pub fn parse(text: &str, kinds: &[&'static Kind]) -> Result<ImportMap, MapError> {
        let map: ImportMap = serde_yaml::from_str(text).map_err(|error| MapError {
            message: format!("The map cannot be read: {error}."),
            line: error.location().map(|at| at.line()),
        })?;
        for rule in &map.records {
            let fault = match (&rule.kind, &rule.skip) {
                (Some(kind), None) if kinds.iter().any(|known| known.name == kind) => continue,
                (None, Some(_)) => continue,
                (Some(kind), None) => format!("The map names a kind `{kind}`, which there is not."),
                _ => format!("The rule for {:?} needs either `kind:` or `skip:`.", rule.files),
            };
            return Err(MapError { message: fault, line: None });
        }
        Ok(map)
    }
}

impl Rule {
    /// Whether it is for this path.
    pub fn fits(&self, path: &str) -> bool {
        self.files.is_empty() || self.files.iter().any(|pattern| fits(pattern, path))
    }
}

/// Whether a path fits a pattern.
pub fn fits(pattern: &str, path: &str) -> bool {
    let (pattern, path): (Vec<&str>, Vec<&str>) = (pattern.split('/').collect(), path.split('/').collect());
    parts_fit(&pattern, &path)
}

fn parts_fit(pattern: &[&str], path: &[&str]) -> bool {
    match (pattern.split_first(), path.split_first()) {
        (None, None) => true,
        (Some((&"**", rest)), _) => parts_fit(rest, path) || path.split_first().is_some_and(|(_, deeper)| parts_fit(pattern, deeper)),
        (Some((part, rest)), Some((name, deeper))) => part_fits(part, name) && parts_fit(rest, deeper),
        _ => false,
    }
}

fn part_fits(pattern: &str, name: &str) -> bool {
    match pattern.split_once('*') {
        None => pattern == name,
        Some((before, after)) => name
            .strip_prefix(before)
            .is_some_and(|rest| (0..=rest.len()).any(|at| rest.is_char_boundary(at) && part_fits(after, &rest[at..]))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn patterns_fit_within_and_over_folders() {
        assert!(fits("issues/*.md", "issues/a.md") && !fits("issues/*.md", "issues/2020/a.md"));
        assert!(fits("**/_index.md", "_index.md") && fits("**/_index.md", "a/b/_index.md"));
        assert!(fits("news/**", "news/2014/01/a.md") && !fits("news/**", "events/a.md"));
        assert!(fits("e*-*.md", "eip-20.md") && !fits("e*-*.md", "eip20.md"));
    }
}
