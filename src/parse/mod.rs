//! In: Sources. Out: settings and records, typed and complete, with the findings of every file at once.
//!
//! A record that parsed is whole; one with an error in it is left out and its findings say why. A translation has
//! already inherited from the original what is not words.

pub mod fields;
pub mod front_matter;
mod inherit;
pub mod node;
pub mod scalar;
pub mod settings;
mod settings_channels;
mod settings_state;
mod settings_table;
pub mod tombstone;

use crate::model::finding::{Checked, Finding, Findings, Place, Span, Spot};
use crate::model::kind::{Field, Kind};
use crate::model::lang::Lang;
use crate::model::record::{Fields, Record, RecordId};
use crate::model::settings::Settings;
use crate::model::source::Source;
use crate::text::tokens;
use fields::{Context, Ids, MapSeed, Problem, Trail};
use front_matter::{guard, guard_body, split};
use serde::de::DeserializeSeed;
use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

/// What parsing knows of kinds, handed in by the catalogue.
#[derive(Clone, Copy)]
pub struct Kinds {
    /// All kinds.
    pub all: &'static [&'static Kind],
    /// The fields of every kind.
    pub common: &'static [Field],
}

/// Parses one file by the settings and kinds.
pub fn record(source: &Source, settings: &Settings, kinds: Kinds) -> Checked<Option<Record>> {
    let mut findings = Findings::new();
    let value = parse_record(source, settings, kinds, &mut findings).map_err(|finding| findings.push(finding)).ok().flatten();
    Checked::new(value, findings)
}

/// The id of the record of which this file is the original, by its name.
pub fn original_id(source: &Source, settings: &Settings) -> Option<RecordId> {
    Name::of(source.path.as_str(), settings).ok().filter(|name| name.original).map(|name| name.id)
}

/// Joins the records of all files: translations inherit. `broken` are the ids whose original has errors: their
/// translations have nothing to inherit from and are left out with it. So are, and are added to it, those that have no
/// original and do not hold by themselves all that their kind needs.
pub fn join(
    records: Vec<Record>,
    broken: &mut BTreeSet<RecordId>,
    (settings, kinds): (&Settings, Kinds),
    out: &mut Findings,
) -> Vec<Record> {
    let mut by_id: BTreeMap<RecordId, Vec<Record>> = BTreeMap::new();
    for record in records.into_iter().filter(|record| !broken.contains(&record.id)) {
        by_id.entry(record.id.clone()).or_default().push(record);
    }
    let mut joined = Vec::new();
    for (id, mut editions) in by_id {
        editions.sort_by_key(|record| settings.languages.iter().position(|lang| *lang == record.lang));
        if !editions[0].original && !stands_alone(&editions[0], (settings, kinds), out) {
            broken.insert(id);
            continue;
        }
        inherit::editions(&mut editions, kinds.common, out);
        joined.extend(editions);
    }
    joined
}

/// Whether a record without a file in the default language has all that an original must have. It was read as a
/// translation, so nobody has asked for that yet.
fn stands_alone(record: &Record, (settings, kinds): (&Settings, Kinds), out: &mut Findings) -> bool {
    let Ok(parts) = split(record.source.path.as_str(), &record.source.text) else { return true };
    let demand = Demand { ids: settings, complete: true };
    let whole = read(&record.source, &parts.yaml, &[kinds.common, record.kind.fields], &demand);
    let original = format!("content/{}.md", record.id);
    let lone = whole.findings.into_iter().filter(|finding| finding.code == "missing-field").map(|finding| Finding {
        message: format!("{} This record has no original, `{original}`, to inherit it from.", finding.message),
        help: format!("{} Or add the original, in the site's first language.", finding.help),
        ..finding
    });
    let before = out.len();
    out.extend(lone);
    out.len() == before
}

fn parse_record(source: &Source, settings: &Settings, kinds: Kinds, findings: &mut Findings) -> Result<Option<Record>, Finding> {
    let path = source.path.as_str();
    let name = Name::of(path, settings)?;
    let parts = split(path, &source.text)?;
    guard(path, &source.text, &parts.yaml)?;
    guard_body(path, &source.text, &parts.body)?;
    let kind = kind_of(source, &parts.yaml, &name, kinds)?;
    let tables: &[&'static [Field]] = &[kinds.common, kind.fields];
    let read = read(source, &parts.yaml, tables, &Demand { ids: settings, complete: name.original });
    let failed = read.findings.has_errors();
    let fields = read.into_value(findings);
    if failed {
        return Ok(None);
    }
    let own = fields.0.iter().map(|(name, _)| *name).collect();
    Ok(Some(Record { id: name.id, lang: name.lang, original: name.original, kind, source: source.clone(), body: parts.body, fields, own }))
}

/// What a file's name says.
struct Name {
    id: RecordId,
    lang: Lang,
    original: bool,
}

impl Name {
    fn of(path: &str, settings: &Settings) -> Result<Name, Finding> {
        let below = path.strip_prefix("content/").unwrap_or(path);
        let stem = below.strip_suffix(".md").or_else(|| below.strip_suffix(".markdown")).unwrap_or(below);
        let (folder, name) = stem.rsplit_once('/').map_or(("", stem), |(folder, name)| (folder, name));
        let (slug, tag) = match name.rsplit_once('.') {
            Some((slug, tag)) if !slug.is_empty() && tag.parse::<Lang>().is_ok() => (slug, Some(tag)),
            _ => (name, None),
        };
        let id = RecordId(if folder.is_empty() { slug.to_owned() } else { format!("{folder}/{slug}") });
        let lang = match tag {
            None => settings.default_lang(),
            Some(tag) => tag.parse().expect("the tag was parsed above"),
        };
        if !settings.languages.contains(&lang) {
            return Err(Finding::error(
                "unknown-language",
                Place::file(path),
                format!("The file's name says that it is in `{lang}`, which is not a language of the site."),
                format!("Add `{lang}` to `languages:` in promulgate.yaml, or rename the file."),
            ));
        }
        let original = lang == settings.default_lang();
        Ok(Name { id, lang, original })
    }
}

/// The kind: what `kind:` says, else what the folder says.
fn kind_of(source: &Source, yaml: &Range<usize>, name: &Name, kinds: Kinds) -> Result<&'static Kind, Finding> {
    let path = source.path.as_str();
    let typed =
        source.text[yaml.clone()].lines().find_map(|line| line.strip_prefix("kind:")).map(|rest| rest.trim().trim_matches(['"', '\'']));
    let names = || kinds.all.iter().map(|kind| kind.name).collect::<Vec<_>>().join(", ");
    if let Some(typed) = typed {
        return kinds.all.iter().copied().find(|kind| kind.name == typed).ok_or_else(|| {
            let near = scalar::nearest(typed, kinds.all.iter().map(|kind| kind.name));
            let help =
                near.map_or_else(|| format!("Write one of: {}.", names()), |near| format!("Did you mean `{near}`? One of: {}.", names()));
            Finding::error("unknown-kind", Place::field(path, "kind"), format!("There is no kind `{}`.", scalar::shown(typed)), help)
        });
    }
    let folder = name.id.as_str().split('/').next().unwrap_or_default();
    kinds.all.iter().copied().find(|kind| kind.folder == folder).ok_or_else(|| {
        let folders = kinds.all.iter().map(|kind| kind.folder).collect::<Vec<_>>().join(", ");
        Finding::error(
            "unknown-kind",
            Place::file(path),
            "Neither the folder nor a field `kind:` says what kind of record this is.",
            format!("Move the file into one of: {folders}; or add `kind:` with one of: {}.", names()),
        )
    })
}

/// What a file must fulfil.
pub struct Demand<'d> {
    /// Controlled lists.
    pub ids: &'d dyn Ids,
    /// Whether required fields must be there.
    pub complete: bool,
}

/// Reads a map of fields from a stretch of YAML: fast, and again with exact places when something is wrong.
pub fn read(source: &Source, yaml: &Range<usize>, tables: &[&'static [Field]], demand: &Demand<'_>) -> Checked<Fields> {
    let text = &source.text[yaml.clone()];
    let context = Context { ids: demand.ids, complete: demand.complete, problems: RefCell::default() };
    let seed = MapSeed { tables, trail: &Trail::TOP, context: &context };
    let fast = if has_indicators(text) || text.trim().is_empty() {
        None
    } else {
        Some(seed.deserialize(serde_yaml::Deserializer::from_str(text)))
    };
    match fast {
        Some(Ok(fields)) if context.problems.borrow().is_empty() => fields.into(),
        fast => exact(source, yaml, tables, demand, fast.and_then(Result::err).map(|error| error.to_string())),
    }
}

/// Whether an anchor, alias or tag may begin a value: the fast parser would follow it, so the exact one refuses it.
fn has_indicators(yaml: &str) -> bool {
    let bytes = yaml.as_bytes();
    let begins_value = |at: usize| {
        let before = bytes[..at].iter().rev().find(|byte| !matches!(byte, b' ' | b'\t'));
        matches!(before, None | Some(b':' | b'-' | b'[' | b',' | b'{' | b'\n' | b'?'))
    };
    bytes.iter().enumerate().any(|(at, byte)| matches!(byte, b'&' | b'*' | b'!') && begins_value(at))
}

fn exact(
    source: &Source,
    yaml: &Range<usize>,
    tables: &[&'static [Field]],
    demand: &Demand<'_>,
    refused: Option<String>,
) -> Checked<Fields> {
    let path = source.path.as_str();
    let text = &source.text[yaml.clone()];
    let lines = Lines { source, first: source.text[..yaml.start].matches('\n').count() };
    let tree = match node::parse(text) {
        Ok(tree) => tree,
        Err(broken) => {
            let place = Place { path: path.into(), spot: Spot::Span(lines.span(broken.line, broken.column, 1)) };
            let finding = Finding::error(broken.code, place, broken.message, broken.help);
            return Checked::new(Fields::default(), Findings::from_iter([finding]));
        }
    };
    let context = Context { ids: demand.ids, complete: demand.complete, problems: RefCell::default() };
    let seed = MapSeed { tables, trail: &Trail::TOP, context: &context };
    let fields = seed.deserialize(node::Reader { node: &tree, typed: false }).unwrap_or_default();
    let problems = context.problems.into_inner();
    let mut findings: Findings = problems.into_iter().take(MANY).map(|problem| lines.finding(problem, &tree)).collect();
    if let (true, Some(message)) = (findings.is_empty(), refused.filter(|message| !message.contains("needed as typed"))) {
        let help = "Check quotes, indentation and brackets.";
        findings.push(Finding::error("bad-yaml", Place::file(path), format!("The front matter cannot be read: {message}."), help));
    }
    Checked::new(fields, findings)
}

/// So many faults are told of one file: the place of each costs a walk through it, and who mends these sees the next.
const MANY: usize = 200;

struct Lines<'s> {
    source: &'s Source,
    first: usize,
}

impl Lines<'_> {
    fn span(&self, line: usize, column: usize, length: usize) -> Span {
        let line = line + self.first;
        let text = self.source.text.lines().nth(line - 1).unwrap_or_default();
        let start = text.char_indices().nth(column).map_or(text.len(), |(at, _)| at);
        let rest = text[start..].chars().count();
        let before = self.source.text.split_inclusive('\n').take(line - 1).map(str::len).sum::<usize>();
        let end = text[start..].char_indices().nth(length.min(rest)).map_or(text.len(), |(at, _)| start + at);
        Span::of(&self.source.text, before + start, before + end)
    }

    fn finding(&self, problem: Problem, tree: &node::Node) -> Finding {
        let place = if problem.path.is_empty() {
            let opening = self.first.max(1);
            let text = self.source.text.lines().nth(opening - 1).unwrap_or_default().to_owned();
            Spot::Span(Span { line: opening, column: 1, length: text.chars().count().max(1), text })
        } else {
            let key_itself = matches!(problem.code, "unknown-key" | "duplicate-key");
            let node = if key_itself { tree.key_at(&problem.path) } else { tree.at(&problem.path) };
            Spot::Span(self.span(node.line, node.column, node.length))
        };
        Finding::error(problem.code, Place { path: self.source.path.to_string(), spot: place }, problem.message, problem.help)
    }
}

/// Turns the places of findings that name a field into line and column.
pub fn locate(findings: &mut Findings, sources: &dyn Fn(&str) -> Option<Source>) {
    for finding in findings.iter_mut() {
        let Some(place) = &mut finding.place else { continue };
        let Spot::Field(field) = &place.spot else { continue };
        let Some(source) = sources(&place.path) else { continue };
        let whole = 0..source.text.len();
        let yaml = if place.path.ends_with(".yaml") { Some(whole) } else { split(&place.path, &source.text).ok().map(|parts| parts.yaml) };
        let Some((yaml, tree)) = yaml.and_then(|yaml| node::parse(&source.text[yaml.clone()]).ok().map(|tree| (yaml, tree))) else {
            continue;
        };
        let lines = Lines { source: &source, first: source.text[..yaml.start].matches('\n').count() };
        let key_itself = matches!(finding.code, "unknown-key" | "duplicate-key");
        let node = if key_itself { tree.key_at(field) } else { tree.at(field) };
        let span = lines.span(node.line, node.column, node.length);
        let hushed = |span: Span| if place.path.ends_with(".yaml") { Span { text: tokens::masked(&span.text), ..span } } else { span };
        place.spot = Spot::Span(if finding.code == "secret-in-settings" { masked(span) } else { hushed(span) });
    }
}

/// The same place with what is marked made unreadable: a secret must not get into a log by way of its own finding.
fn masked(span: Span) -> Span {
    let marked = span.column - 1..span.column - 1 + span.length;
    let text = span.text.chars().enumerate().map(|(at, c)| if marked.contains(&at) { '*' } else { c }).collect();
    Span { text, ..span }
}
