//! In: nothing. Out: the registries gathered into one value, and the loops over them.

use crate::channels::channel::Platform;
use crate::formats::format::Format;
use crate::kinds;
use crate::model::finding::{Checked, Finding, Findings, Place, Severity};
use crate::model::manifest::MANIFEST;
use crate::model::recipe::{Derivative, Recipe};
use crate::model::route::SafePath;
use crate::model::site::Site;
use crate::parse::Kinds;
use crate::parse::settings::PlatformFields;
use crate::rules::rule::Rule;
use crate::{channels, formats, rules};
use std::collections::{BTreeMap, BTreeSet};

/// Everything that can be added to by one file and one line.
#[derive(Clone, Copy)]
pub struct Catalogue {
    /// What a record may be.
    pub kinds: Kinds,
    /// What must hold.
    pub rules: &'static [&'static dyn Rule],
    /// What is written out.
    pub formats: &'static [&'static dyn Format],
    /// Where news is told.
    pub platforms: &'static [&'static Platform],
}

/// The program's own catalogue.
pub const CATALOGUE: Catalogue = Catalogue {
    kinds: Kinds { all: kinds::KINDS, common: kinds::common::COMMON },
    rules: rules::RULES,
    formats: formats::FORMATS,
    platforms: channels::PLATFORMS,
};

/// Everything that a site is made into, but the files that are copied as they are.
#[derive(Debug, Default)]
pub struct Works<'s> {
    /// Made at every build.
    pub pages: Vec<Recipe<'s>>,
    /// Made once and kept.
    pub derivatives: Vec<Derivative<'s>>,
}

impl<'s> Works<'s> {
    /// The paths of attachments in whose place a derivative of theirs is published.
    pub fn replaced(&self) -> BTreeSet<&SafePath> {
        self.derivatives.iter().filter(|derivative| derivative.from.is_some()).map(|derivative| &derivative.path).collect()
    }
}

impl Catalogue {
    /// The platforms' names and settings, for parsing.
    pub fn platform_fields(&self) -> Vec<PlatformFields> {
        self.platforms.iter().map(|platform| (platform.name, platform.fields)).collect()
    }

    /// Every rule over the site.
    pub fn check(&self, site: &Site) -> Findings {
        let mut findings = Findings::new();
        for rule in self.rules {
            rule.check(site, &mut findings);
        }
        findings
    }

    /// The recipes of all formats, dear ones apart; two files that claim one path are found, both named.
    pub fn recipes<'s>(&self, site: &'s Site) -> Checked<Works<'s>> {
        let mut findings = Findings::new();
        let (mut pages, mut derivatives) = (Vec::new(), Vec::new());
        for format in self.formats {
            pages.extend(format.recipes(site).into_value(&mut findings));
            derivatives.extend(format.derivatives(site).into_value(&mut findings));
        }
        let works = Works { pages, derivatives };
        clashes(&works, site, &mut findings);
        Checked::new(works, findings)
    }
}

/// Two files that would lie at one path, also where only case tells them apart: some hosts cannot. A page brings others
/// along (its `record.json`, its pictures): two sources that clash are told of once.
fn clashes(works: &Works<'_>, site: &Site, out: &mut Findings) {
    let recipes = works.pages.iter().map(|recipe| (recipe.path.clone(), recipe.subject.clone()));
    let derivatives = works.derivatives.iter().map(|derivative| (derivative.path.clone(), derivative.subject.clone()));
    let replaced = works.replaced();
    let assets = site.assets.iter().map(|(route, asset)| (route.file(), asset.path.to_string()));
    let assets = assets.filter(|(path, _)| !replaced.contains(path));
    // The builder's own list is written last, beside what the formats make.
    let mut taken: BTreeMap<String, String> = BTreeMap::from([(MANIFEST.to_owned(), "the manifest".to_owned())]);
    let mut told: BTreeSet<(String, String)> = BTreeSet::new();
    let mut clash = |subject: &str, other: &str, message: String| {
        if told.insert((subject.to_owned(), other.to_owned())) {
            let place = Place::file(if subject.contains('/') { subject } else { other });
            let help = "Rename one of the two, or remove the alias.";
            out.push(Finding::error("route-clash", place, message, help));
        }
    };
    for (path, subject) in recipes.chain(derivatives).chain(assets) {
        match taken.get(&path.folded()) {
            None => drop(taken.insert(path.folded(), subject)),
            Some(other) => clash(&subject, other, format!("`{subject}` and `{other}` would both be written to `{path}`.")),
        }
    }
    // A file where another needs a folder, such as an old address `/feed.atom/x`.
    for (path, subject) in &taken {
        let folders = path.match_indices('/').map(|(at, _)| &path[..at]);
        for (folder, other) in folders.filter_map(|folder| Some((folder, taken.get(folder)?))) {
            clash(subject, other, format!("`{other}` is written to `{folder}`, which `{subject}` needs as a folder."));
        }
    }
}

/// What no setting softens.
const HARD: [&str; 1] = ["secret-in-output"];

/// Softens or switches off rules as `checks:` in the settings says; nothing softens what parsing found.
pub fn weigh(findings: Findings, checks: &BTreeMap<String, String>) -> Findings {
    let weighed = findings.into_iter().filter_map(|mut finding| {
        match checks.get(finding.code).filter(|_| !HARD.contains(&finding.code)).map(String::as_str) {
            Some("off") => None,
            Some("warning") => {
                finding.severity = Severity::Warning;
                Some(finding)
            }
            Some("error") => {
                finding.severity = Severity::Error;
                Some(finding)
            }
            _ => Some(finding),
        }
    });
    weighed.collect()
}
