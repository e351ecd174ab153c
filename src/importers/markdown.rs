//! In: a folder of Markdown files with front matter, from any program, and a map. Out: records, and an account of all.
//!
//! Three passes: which file becomes which record (so that references can be followed in any order), its fields, and
//! its old addresses (each once, and none where a page stands).

use super::body::{self, Parts};
use super::fields::{self, Front, scalar};
use super::importer::{Archive, Entry, Fate, Imported, Importer, Tables};
use super::map::{ImportMap, Origin, Rule};
use super::words;
use super::world::World;
use crate::model::kind::{Kind, Vocabulary};
use crate::model::route::SafePath;
use crate::model::source::Source;
use crate::text::invisible;
use jiff::tz::TimeZone;
use serde_yaml::{Mapping, Value};
use std::collections::{BTreeMap, BTreeSet};

/// The importer.
pub struct Markdown;

impl Importer for Markdown {
    fn name(&self) -> &'static str {
        "markdown"
    }

    fn import(&self, archive: &Archive, map: &ImportMap, tables: Tables) -> Imported {
        let zone = map.settings.get("time_zone").and_then(Value::as_str).and_then(|name| TimeZone::get(name).ok());
        let mut import = Import { map, tables, world: World::new(zone.unwrap_or(TimeZone::UTC)), account: Vec::new() };
        let planned: Vec<Planned<'_>> = archive.texts.iter().filter_map(|source| import.plan(source)).collect();
        let mut drafts: Vec<Draft> = planned.into_iter().filter_map(|planned| import.draft(planned)).collect();
        old_addresses(&mut drafts, &import.world, tables);
        let mut imported = Imported::default();
        for draft in drafts {
            import.finish(draft, &mut imported);
        }
        import.others(archive, &mut imported);
        imported.made.extend(import.made());
        imported.settings = import.settings();
        import.account.sort_by(|a, b| a.path.cmp(&b.path));
        imported.account = import.account;
        imported
    }
}

/// A file that will be a record.
struct Planned<'a> {
    source: &'a Source,
    parts: Parts<'a>,
    rule: &'a Rule,
    kind: &'static Kind,
    id: String,
}

/// A record before its old addresses are settled.
struct Draft {
    from: String,
    id: String,
    fields: Mapping,
    body: String,
    notes: Vec<String>,
}

struct Import<'i> {
    map: &'i ImportMap,
    tables: Tables,
    world: World,
    account: Vec<Entry>,
}

impl<'i> Import<'i> {
    fn reject(&mut self, path: &str, line: usize, why: String) {
        self.account.push(Entry { path: path.to_owned(), fate: Fate::Rejected(line, why), notes: Vec::new() });
    }

    fn plan<'a>(&mut self, source: &'a Source) -> Option<Planned<'a>>
    where
        'i: 'a,
    {
        let path = source.path.as_str();
        let parts = match body::parts(&source.text) {
            Ok(parts) => parts,
            Err((line, why)) => {
                self.reject(path, line, why);
                return None;
            }
        };
        let rule = self.map.records.iter().find(|rule| rule.fits(path) && holds(rule, &parts.front));
        let Some(rule) = rule else {
            self.reject(path, 1, "No rule of the map is for this file.".to_owned());
            return None;
        };
        let kind = self.tables.kinds.iter().find(|kind| Some(kind.name) == rule.kind.as_deref());
        let Some(kind) = kind else {
            self.reject(path, 1, rule.skip.clone().unwrap_or_default());
            return None;
        };
        let wanted = format!("{}/{}", kind.folder, self.place(rule, kind, path, &parts.front));
        let Some(id) = self.world.claim(&wanted) else {
            self.reject(path, 1, format!("No address can be made of `{path}`."));
            return None;
        };
        self.world.became(stem(path).1, &id);
        Some(Planned { source, parts, rule, kind, id })
    }

    /// Where the record goes below the kind's folder.
    fn place(&self, rule: &Rule, kind: &Kind, path: &str, front: &Mapping) -> String {
        let undated = matches!(kind.folder, "services" | "pages");
        let template = rule.place.as_deref().unwrap_or(if undated { "{path}" } else { "{year}/{name}" });
        let (folder, name) = stem(path);
        let whole: Vec<String> = folder.split('/').chain([name]).map(words::slug).filter(|part| !part.is_empty()).collect();
        let whole = if whole.is_empty() { vec!["home".to_owned()] } else { whole };
        let year = self.year(rule, front).map_or_else(|| "undated".to_owned(), |year| format!("{year:04}"));
        let name = whole.last().expect("there is a part, or `home`");
        template.replace("{path}", &whole.join("/")).replace("{year}", &year).replace("{name}", name)
    }

    fn year(&self, rule: &Rule, front: &Mapping) -> Option<i16> {
        let origins = self.origins(rule);
        let dates = ["decided", "starts", "posted", "opens", "effective", "date", "closes"];
        let texts = dates.iter().filter_map(|name| origins.get(*name)).flat_map(|origin| fields::values(front, &origin.source()));
        texts.filter_map(|value| words::stamp(&scalar(&value)?)).map(|stamp| stamp.own_day().year()).next()
    }

    fn origins(&self, rule: &Rule) -> BTreeMap<String, Origin> {
        let mut origins = self.map.fields.clone();
        origins.extend(rule.fields.clone());
        origins
    }

    fn draft(&mut self, planned: Planned<'_>) -> Option<Draft> {
        let Planned { source, parts, rule, kind, id } = planned;
        let path = source.path.as_str();
        let front = Front { keys: &parts.front, yaml: parts.yaml, first_line: parts.first_line };
        let mut taken = match fields::take(front, &self.origins(rule), (kind, self.tables), &mut self.world) {
            Ok(taken) => taken,
            Err((line, why)) => {
                self.reject(path, line, why);
                return None;
            }
        };
        if !taken.fields.contains_key("title") {
            let (title, from) = match body::first_heading(parts.body) {
                Some(heading) => (heading, "the first heading"),
                None => (words::title_of(stem(path).1), "the name of the file"),
            };
            taken.notes.push(format!("The title is {from}."));
            taken.fields = std::iter::once((Value::from("title"), Value::from(title))).chain(taken.fields).collect();
        }
        let cleaned = body::cleaned(parts.body, rule.body.strip_shortcodes);
        let body = body::relinked(&cleaned, &|name| self.world.record_of(name).map(str::to_owned));
        Some(Draft { from: path.to_owned(), id, fields: taken.fields, body, notes: taken.notes })
    }

    fn finish(&mut self, mut draft: Draft, out: &mut Imported) {
        let Ok(path) = SafePath::new(&format!("content/{}.md", draft.id)) else { return };
        self.spread(&mut draft, out);
        if yaml(&draft.fields).len() > FRONT_LIMIT {
            return self.reject(
                &draft.from,
                1,
                format!("Its front matter is longer than {FRONT_LIMIT} bytes, the most that a record may have."),
            );
        }
        out.records.push((path.clone(), written(&draft.fields, &draft.body)));
        self.account.push(Entry { path: draft.from, fate: Fate::Imported(path), notes: draft.notes });
    }

    /// More old addresses than one front matter holds are spread over pages that say the same.
    fn spread(&mut self, draft: &mut Draft, out: &mut Imported) {
        let Some(Value::Sequence(aliases)) = draft.fields.get("aliases").cloned() else { return };
        if aliases.len() <= ADDRESSES {
            return;
        }
        let mut pieces = aliases.chunks(ADDRESSES).map(<[Value]>::to_vec);
        draft.fields.insert("aliases".into(), Value::Sequence(pieces.next().unwrap_or_default()));
        draft.notes.push(format!(
            "It has {} old addresses, more than one file holds; further pages with the same text carry the rest.",
            aliases.len()
        ));
        for piece in pieces {
            let id = self.world.claim(&draft.id);
            let Some(path) = id.and_then(|id| SafePath::new(&format!("content/{id}.md")).ok()) else { continue };
            let mut fields = draft.fields.clone();
            fields.insert("aliases".into(), Value::Sequence(piece));
            out.made.push((path, written(&fields, &draft.body)));
        }
    }

    /// Files that are not Markdown: attachments are copied, the rest is left out.
    fn others(&mut self, archive: &Archive, out: &mut Imported) {
        for asset in &archive.others {
            let path = asset.path.as_str();
            let target = SafePath::new(&format!("content/pages/{path}"));
            match (refusal(asset.path.name()), target) {
                (None, Ok(target)) => {
                    out.copies.push((asset.path.clone(), target.clone()));
                    self.account.push(Entry { path: path.to_owned(), fate: Fate::Copied(target), notes: Vec::new() });
                }
                (Some(why), _) => self.reject(path, 1, why),
                (None, Err(error)) => self.reject(path, 1, error.to_string()),
            }
        }
        for (path, why) in &archive.unreadable {
            self.reject(path, 1, why.clone());
        }
    }

    /// Records for the names that others mentioned.
    fn made(&self) -> Vec<(SafePath, String)> {
        let record = |(id, name): (&str, &str)| {
            let front: Mapping = [(Value::from("title"), Value::from(name))].into_iter().collect();
            Some((SafePath::new(&format!("content/{id}.md")).ok()?, written(&front, "")))
        };
        self.world.made().filter_map(record).collect()
    }

    /// The map's settings with every term that records name.
    fn settings(&self) -> String {
        let mut settings = self.map.settings.clone();
        for list in [Vocabulary::Bodies, Vocabulary::Topics, Vocabulary::Audiences, Vocabulary::Places] {
            let mut terms = settings.get(list.name()).and_then(Value::as_mapping).cloned().unwrap_or_default();
            for (id, name) in self.world.terms(list) {
                let term: Mapping = [(Value::from("name"), Value::from(name))].into_iter().collect();
                terms.entry(Value::from(id)).or_insert(Value::Mapping(term));
            }
            if !terms.is_empty() {
                settings.insert(list.name().into(), Value::Mapping(terms));
            }
        }
        serde_yaml::to_string(&settings).unwrap_or_default()
    }
}

/// Whether a file's front matter is what a rule is for.
fn holds(rule: &Rule, front: &Mapping) -> bool {
    rule.whose.iter().all(|(key, wanted)| {
        let value = front.get(key.as_str()).and_then(scalar).unwrap_or_default();
        wanted.iter().any(|word| *word == value.trim())
    })
}

/// Folder and name of a file without its ending; an index file has the name of its folder.
fn stem(path: &str) -> (&str, &str) {
    let path = path.strip_suffix(".markdown").or_else(|| path.strip_suffix(".md")).unwrap_or(path);
    let (folder, name) = path.rsplit_once('/').unwrap_or(("", path));
    if matches!(name, "_index" | "index") { folder.rsplit_once('/').unwrap_or(("", folder)) } else { (folder, name) }
}

/// Why a file that is not Markdown cannot be taken along.
fn refusal(name: &str) -> Option<String> {
    const TAKEN: [&str; 24] = [
        "pdf", "png", "jpg", "jpeg", "gif", "webp", "avif", "csv", "tsv", "txt", "json", "xml", "ics", "zip", "ods", "odt", "odp", "docx",
        "xlsx", "pptx", "mp3", "mp4", "webm", "vtt",
    ];
    let ending = name.rsplit_once('.').map_or("", |(_, ending)| ending).to_lowercase();
    if name.starts_with('.') {
        return Some("It is a hidden file, which no site publishes.".to_owned());
    }
    if matches!(ending.as_str(), "adoc" | "asciidoc" | "rst" | "org" | "html" | "htm") {
        return Some(format!("It is `.{ending}`, not Markdown; convert it to Markdown and import again."));
    }
    (!TAKEN.contains(&ending.as_str())).then(|| "It is neither Markdown nor a document or picture that can be attached.".to_owned())
}

/// Longest front matter of a record, in bytes; `check` refuses more.
const FRONT_LIMIT: usize = 64 * 1024;
/// Most old addresses of one record; as many fit its front matter with room to spare.
const ADDRESSES: usize = 500;

fn yaml(fields: &Mapping) -> String {
    serde_yaml::to_string(fields).unwrap_or_default()
}

fn written(fields: &Mapping, body: &str) -> String {
    let gap = if body.is_empty() { "" } else { "\n" };
    // What nobody sees and what a check would refuse is no part of what the archive said.
    invisible::without(&format!("---\n{}---\n{gap}{body}", yaml(fields)))
}

/// Files and folders that a site has of its own.
const RESERVED: [&str; 12] = [
    "index.html",
    "404.html",
    "feed.atom",
    "feed.json",
    "sitemap.xml",
    "sitemap",
    "robots.txt",
    "records.json",
    "alerts.json",
    "manifest.json",
    "_headers",
    "_redirects",
];

/// Leaves each old address to the first record that names it, and none to where a page or list of the site stands.
fn old_addresses(drafts: &mut [Draft], world: &World, tables: Tables) {
    // Pages that every site has, whatever its records.
    let mut taken: BTreeSet<String> = ["subscribe", "status", "calendar", "404.html", "index.html"].map(str::to_owned).into();
    for list in [Vocabulary::Bodies, Vocabulary::Topics, Vocabulary::Audiences, Vocabulary::Places] {
        taken.extend(world.terms(list).map(|(id, _)| format!("{}/{id}", list.name())));
    }
    for kind in tables.kinds {
        taken.insert(kind.folder.to_owned());
        taken.extend((1900..2200).map(|year| format!("{}/{year}", kind.folder)));
    }
    for draft in drafts {
        let Some(Value::Sequence(aliases)) = draft.fields.get_mut("aliases") else { continue };
        let mut left_out = Vec::new();
        aliases.retain(|alias| {
            let text = alias.as_str().unwrap_or_default();
            let key = text.trim_matches('/').to_lowercase();
            let key = key.trim_end_matches("/index.html").to_owned();
            let own = RESERVED.contains(&key.split('/').next().unwrap_or_default()) || world.has(&key);
            let free = !own && taken.insert(key);
            if !free {
                left_out.push(format!("The old address `{text}` was left out: it stands for another page."));
            }
            free
        });
        let none_left = aliases.is_empty();
        draft.notes.extend(left_out);
        if none_left {
            draft.fields.remove("aliases");
        }
    }
}
