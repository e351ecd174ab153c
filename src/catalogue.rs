//! In: nothing. Out: the registries gathered into one value, and the loops over them.

use crate::channels::channel::Platform;
use crate::formats::format::Format;
use crate::kinds;
use crate::model::finding::{Checked, Finding, Findings, Severity};
use crate::model::recipe::Recipe;
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

    /// The recipes of all formats and of the files that are copied; two that claim one path are found, both named.
    pub fn recipes<'s>(&self, site: &'s Site) -> Checked<Vec<Recipe<'s>>> {
        let mut findings = Findings::new();
        let mut recipes = Vec::new();
        for format in self.formats {
            recipes.extend(format.recipes(site).into_value(&mut findings));
        }
        clashes(&recipes, site, &mut findings);
        Checked::new(recipes, findings)
    }
}

/// Two files that would lie at one path, also where only case tells them apart: some hosts cannot. A page brings others
/// along (its `record.json`, its pictures): two sources that clash are told of once.
fn clashes(recipes: &[Recipe<'_>], site: &Site, out: &mut Findings) {
    let recipes = recipes.iter().map(|recipe| (recipe.path.clone(), recipe.subject.clone()));
    let assets = site.assets.iter().map(|(route, asset)| (route.file(), asset.path.to_string()));
    let mut taken: BTreeMap<String, String> = BTreeMap::new();
    let mut told: BTreeSet<(String, String)> = BTreeSet::new();
    for (path, subject) in recipes.chain(assets) {
        match taken.get(&path.folded()) {
            None => {
                taken.insert(path.folded(), subject);
            }
            Some(other) if !told.insert((subject.clone(), other.clone())) => {}
            Some(other) => out.push(Finding {
                code: "route-clash",
                severity: Severity::Error,
                place: Some(crate::model::finding::Place::file(if subject.contains('/') { subject.clone() } else { other.clone() })),
                message: format!("`{subject}` and `{other}` would both be written to `{path}`."),
                help: "Rename one of the two, or remove the alias.".into(),
            }),
        }
    }
}

/// Softens or switches off rules as `checks:` in the settings says; nothing softens what parsing found.
pub fn weigh(findings: Findings, checks: &BTreeMap<String, String>) -> Findings {
    let weighed = findings.into_iter().filter_map(|mut finding| match checks.get(finding.code).map(String::as_str) {
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
    });
    weighed.collect()
}
