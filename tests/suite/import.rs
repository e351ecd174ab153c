//! Old archives become records: every file is accounted for, and what comes out passes `check`.

use promulgate::assemble::{Parts, Visibility, site as assemble, theme};
use promulgate::importers::importer::{Archive, Entry, Fate, Imported, Importer, Tables};
use promulgate::importers::map::ImportMap;
use promulgate::importers::markdown::Markdown;
use promulgate::io::archive;
use promulgate::io::disk::read_site;
use promulgate::kinds::{KINDS, common::COMMON};
use promulgate::model::date::{Instant, Now};
use promulgate::model::finding::{Findings, Severity};
use promulgate::model::site::Site;
use promulgate::parse::{self, Kinds};
use promulgate::rules::RULES;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::Command;

const TABLES: Tables = Tables { kinds: KINDS, common: COMMON };

fn read(folder: &Path) -> Archive {
    let read = archive::read(folder).unwrap();
    let unreadable = read.findings.iter().map(|finding| (finding.place.as_ref().unwrap().path.clone(), finding.message.clone()));
    Archive { unreadable: unreadable.collect(), texts: read.texts, others: read.others }
}

fn import(folder: &Path, map: &str) -> Imported {
    let map = ImportMap::parse(map, KINDS).unwrap();
    Markdown.import(&read(folder), &map, TABLES)
}

/// Writes an import as a site and gives everything that `check` would find.
fn checked(from: &Path, imported: &Imported) -> (Site, Findings) {
    let root = tempfile::tempdir().unwrap();
    let settings = promulgate::model::route::SafePath::new("promulgate.yaml").unwrap();
    let texts = imported.records.iter().chain(&imported.made).map(|(path, text)| (path, text.as_str()));
    archive::write(root.path(), texts.chain([(&settings, imported.settings.as_str())])).unwrap();
    archive::copy(from, root.path(), &imported.copies).unwrap();
    let mut findings = Findings::new();
    let sources = read_site(root.path()).unwrap().into_value(&mut findings);
    let settings = parse::settings::settings(sources.settings.as_ref().unwrap(), KINDS, &[]).into_value(&mut findings);
    let settings = settings.unwrap_or_else(|| panic!("{findings:#?}\n{}", imported.settings));
    let kinds = Kinds { all: KINDS, common: COMMON };
    let records = sources.records.iter().filter_map(|source| parse::record(source, &settings, kinds).into_value(&mut findings)).collect();
    let records = parse::join(records, &mut Default::default(), (&settings, kinds), &mut findings);
    let (theme, messages) = theme(&sources.theme, &settings).into_value(&mut findings);
    let now = Now { at: "2026-11-20T09:00:00Z".parse::<Instant>().unwrap().timestamp(), zone: settings.zone.clone() };
    let parts = Parts {
        settings,
        now,
        visibility: Visibility::Public,
        theme,
        messages,
        records,
        assets: sources.assets,
        posted: Default::default(),
        broken: Default::default(),
    };
    let site = assemble(parts).into_value(&mut findings);
    for rule in RULES {
        let mut found = Findings::new();
        rule.check(&site, &mut found);
        let softened = site.settings.checks.get(rule.name()).is_some_and(|level| level != "error");
        findings.extend(found.into_iter().filter(|_| !softened));
    }
    (site, findings)
}

fn assert_passes(findings: &Findings) {
    let errors: Vec<_> = findings.iter().filter(|finding| finding.severity == Severity::Error).collect();
    assert!(errors.is_empty(), "{} errors, such as {:#?}", errors.len(), &errors[..errors.len().min(5)]);
}

/// A public archive, unpacked into a folder that goes when the value goes.
struct Corpus {
    _unpacked: tempfile::TempDir,
    folder: PathBuf,
}

impl Corpus {
    fn path(&self) -> &Path {
        &self.folder
    }
}

/// The archive of a name; none, and the reason printed, where nobody has said where archives are.
fn corpus(name: &str, below: &str) -> Option<Corpus> {
    let Some(folder) = std::env::var_os("PROMULGATE_CORPORA").map(PathBuf::from) else {
        println!(
            "not run: the archive {name} is not part of this repository; set PROMULGATE_CORPORA to the folder that holds {name}.tar.gz"
        );
        return None;
    };
    let file = folder.join(format!("{name}.tar.gz"));
    assert!(file.is_file(), "PROMULGATE_CORPORA names a folder without {name}.tar.gz: {}", folder.display());
    let into = tempfile::tempdir().unwrap();
    let status = Command::new("tar").arg("xzf").arg(&file).arg("-C").arg(into.path()).status().unwrap();
    assert!(status.success(), "{} does not unpack", file.display());
    Some(Corpus { folder: into.path().join(below), _unpacked: into })
}

/// Every file below the folder, counted apart from the importer.
fn files_in(folder: &Path) -> usize {
    walkdir::WalkDir::new(folder).into_iter().filter(|entry| entry.as_ref().unwrap().file_type().is_file()).count()
}

/// Counts of imported, copied and rejected files; each file must stand in the account exactly once.
fn counts(folder: &Path, imported: &Imported) -> (usize, usize, usize) {
    let (records, copied, rejected) = imported.counts();
    assert_eq!(records + copied + rejected, files_in(folder), "every file is accounted for");
    assert!(imported.account.windows(2).all(|pair| pair[0].path < pair[1].path), "each file once");
    assert_eq!(records, imported.records.len());
    (records, copied, rejected)
}

fn rejected(imported: &Imported) -> BTreeMap<&str, usize> {
    let mut reasons = BTreeMap::new();
    for entry in &imported.account {
        if let Fate::Rejected(line, why) = &entry.fate {
            assert!(*line > 0 && why.ends_with('.'), "{}: {why}", entry.path);
            *reasons.entry(why.as_str()).or_default() += 1;
        }
    }
    reasons
}

fn entry<'i>(imported: &'i Imported, path: &str) -> &'i Entry {
    imported.account.iter().find(|entry| entry.path == path).unwrap_or_else(|| panic!("{path} is not in the account"))
}

fn text<'i>(imported: &'i Imported, path: &str) -> &'i str {
    let Fate::Imported(to) = &entry(imported, path).fate else { panic!("{:?}", entry(imported, path)) };
    &imported.records.iter().find(|(path, _)| path == to).unwrap().1
}

#[test]
fn the_949_improvement_proposals_become_records_and_moved_ones_pages() {
    let Some(archive) = corpus("eips", "EIPS") else { return };
    let imported = import(archive.path(), include_str!("../maps/eips.yaml"));
    assert_eq!(counts(archive.path(), &imported), (949, 0, 0));
    let moved = imported.records.iter().filter(|(path, _)| path.as_str().starts_with("content/pages/moved/")).count();
    assert_eq!(moved, 365);
    assert!(text(&imported, "eip-20.md").starts_with("---\ntitle: EIP-20\n"));
    let (site, findings) = checked(archive.path(), &imported);
    assert_passes(&findings);
    assert_eq!(site.items.len(), 949);
    let requires: usize = site.items.iter().map(|item| item.original().record.fields.list("related").len()).sum();
    assert!(requires > 400, "relations are followed: {requires}");
}

#[test]
fn the_297_incidents_and_92_components_of_a_status_page_become_389_records() {
    let Some(archive) = corpus("jenkins-status", "content") else { return };
    let imported = import(archive.path(), include_str!("../maps/jenkins-status.yaml"));
    assert_eq!(counts(archive.path(), &imported), (297, 0, 6));
    assert_eq!(rejected(&imported).values().sum::<usize>(), 6);
    assert_eq!(rejected(&imported)["It is `.adoc`, not Markdown; convert it to Markdown and import again."], 4);
    // The 92 that are named, and one that stands for the five incidents that name none.
    assert_eq!(imported.made.len(), 93);
    let (site, findings) = checked(archive.path(), &imported);
    assert_passes(&findings);
    assert_eq!(site.items.len(), 297 + 93);
}

#[test]
fn the_four_thousand_pages_of_a_government_site_become_records() {
    let Some(archive) = corpus("digitalgov", "content") else { return };
    let imported = import(archive.path(), include_str!("../maps/digitalgov.yaml"));
    assert_eq!(counts(archive.path(), &imported), (4011, 0, 33));
    let reasons = rejected(&imported);
    assert_eq!(reasons["It lies in the folder of archived drafts."], 15);
    assert_eq!(reasons.iter().filter(|(why, _)| why.contains("duplicate entry")).map(|(_, count)| count).sum::<usize>(), 16);
    assert_eq!(reasons.iter().filter(|(why, _)| why.contains("holds a `%`")).count(), 2);
    let twice = entry(&imported, "services/service_us-digital-registry.md");
    assert!(matches!(&twice.fate, Fate::Rejected(line, _) if *line > 2), "the line of the second key: {twice:?}");

    let (site, findings) = checked(archive.path(), &imported);
    assert_passes(&findings);
    let left_out = imported.account.iter().flat_map(|entry| &entry.notes).filter(|note| note.starts_with("The old address")).count();
    assert_eq!((site.redirects.len(), left_out), (2509, 32));
    let redirects = promulgate::formats::redirects::Redirects;
    assert!(promulgate::formats::format::Format::recipes(&redirects, &site).findings.is_empty());
    let kinds = |kind: &str| site.items.iter().filter(|item| item.kind.name == kind).count();
    assert_eq!((kinds("meeting"), kinds("service"), kinds("page")), (332, 35, 3639));
    let body: String = imported.records.iter().map(|(_, text)| text.as_str()).collect();
    assert!(!body.contains("{{<") && !body.contains("{{%"), "shortcodes are gone");
}

const MAP: &str = "settings: {title: Norrvik, url: 'https://norrvik.example', languages: [sv], time_zone: Europe/Stockholm}\n\
fields: {title: title, date: [date, created], expires: until, topics: {from: [tags], split: ','}, aliases: old}\n\
records: [{kind: page}]\n";

fn folder(files: &[(&str, &[u8])]) -> tempfile::TempDir {
    let root = tempfile::tempdir().unwrap();
    for (path, bytes) in files {
        let path = root.path().join(path);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, bytes).unwrap();
    }
    root
}

#[test]
fn keys_become_fields_and_what_no_field_takes_is_kept_for_themes() {
    let archive = folder(&[(
        "Om oss/Värd.md",
        b"---\ntitle: \"V\xc3\xa4rd: 1\"\ncreated: 2019-05-04 10:00:00\nuntil: 2030-01-01\ntags: Skola & f\xc3\xb6rskola, Vatten\nold: [gammalt/a, 'https://elsewhere.example/b']\nno: 0123\nnested: {a: [1, null]}\n---\nText \x07\xe2\x80\xae.\n",
    )]);
    let imported = import(archive.path(), MAP);
    assert_eq!(imported.account[0].fate, Fate::Imported(promulgate::model::route::SafePath::new("content/pages/om-oss/vard.md").unwrap()));
    let text = text(&imported, "Om oss/Värd.md");
    for line in
        ["title: 'Värd: 1'", "date: 2019-05-04", "expires: 2030-01-01T00:00:00+01:00", "- skola-forskola", "- vatten", "- /gammalt/a"]
    {
        assert!(text.contains(line), "{line}\n{text}");
    }
    assert!(text.ends_with("---\n\nText .\n"));
    assert_eq!(imported.account[0].notes.len(), 1, "the address elsewhere: {:?}", imported.account[0].notes);
    assert!(imported.settings.contains("skola-forskola:\n    name: Skola & förskola"));
    assert_passes(&checked(archive.path(), &imported).1);
}

#[test]
fn every_file_that_cannot_be_read_is_rejected_with_its_line_and_the_others_go_on() {
    let archive = folder(&[
        ("good.md", b"# A heading *with* signs\nText"),
        ("name-only.md", b"Text"),
        ("empty.md", b""),
        ("toml.md", b"+++\ntitle = 'a'\n+++\n"),
        ("open.md", b"---\ntitle: a\n"),
        ("broken.md", b"---\ntitle: a\nb: [1\n---\n"),
        ("latin.md", b"---\ntitle: \xe4\n---\n"),
        ("list.md", b"---\n- a\n---\n"),
        ("bomb.md", b"---\na: &a [x,x,x,x,x,x,x,x,x]\nb: &b [*a,*a,*a,*a,*a,*a,*a,*a,*a]\nc: &c [*b,*b,*b,*b,*b,*b,*b,*b,*b]\nd: &d [*c,*c,*c,*c,*c,*c,*c,*c,*c]\ne: &e [*d,*d,*d,*d,*d,*d,*d,*d,*d]\nf: &f [*e,*e,*e,*e,*e,*e,*e,*e,*e]\ng: [*f,*f,*f,*f,*f,*f,*f,*f,*f]\n---\n"),
        ("page.adoc", b"= Title"),
        (".keep", b""),
        ("run.exe", b"MZ"),
        ("map.pdf", b"%PDF-1.7\n"),
    ]);
    std::os::unix::fs::symlink("/etc/passwd", archive.path().join("link.md")).unwrap();
    let imported = import(archive.path(), MAP);
    assert_eq!(imported.counts(), (2, 1, 11));
    assert!(text(&imported, "good.md").starts_with("---\ntitle: A heading with signs\n"));
    assert!(text(&imported, "name-only.md").starts_with("---\ntitle: Name only\n"));
    for (path, line) in [("toml.md", 1), ("open.md", 1), ("empty.md", 1)] {
        assert!(matches!(&entry(&imported, path).fate, Fate::Rejected(at, _) if *at == line), "{path}");
    }
    assert_passes(&checked(archive.path(), &imported).1);
    let again = import(archive.path(), MAP);
    assert_eq!((again.records, again.settings), (imported.records, imported.settings), "the same files give the same records");
}

#[test]
fn one_name_and_one_old_address_belong_to_one_record() {
    let archive = folder(&[
        ("a/Sida.md", b"---\ntitle: A\nold: [/x/, /y/, /pages/a/sida-2/]\n---\n"),
        ("a/sida.md", b"---\ntitle: B\nold: [/X, /feed.atom, /pages/]\n---\n"),
    ]);
    let imported = import(archive.path(), MAP);
    let ids: Vec<_> = imported.records.iter().map(|(path, _)| path.as_str()).collect();
    assert_eq!(ids, ["content/pages/a/sida.md", "content/pages/a/sida-2.md"]);
    assert!(!text(&imported, "a/sida.md").contains("aliases"));
    assert!(text(&imported, "a/Sida.md").contains("aliases:\n- /x/\n- /y/\n"));
    assert_passes(&checked(archive.path(), &imported).1);
}

#[test]
fn a_map_that_is_wrong_says_what_is_wrong() {
    let fault = |text: &str| ImportMap::parse(text, KINDS).unwrap_err();
    assert!(fault("settings: {}\nrecords: [{kind: tender}]\n").message.contains("`tender`"));
    assert!(fault("settings: {}\nrecords: [{files: [a]}]\n").message.contains("either `kind:` or `skip:`"));
    assert_eq!(fault("settings: {}\nrecord: []\n").line, Some(2));
}

#[test]
fn nothing_that_is_there_is_written_over() {
    let root = folder(&[("content/pages/a.md", b"mine")]);
    let path = promulgate::model::route::SafePath::new("content/pages/a.md").unwrap();
    assert!(archive::write(root.path(), [(&path, "theirs")]).is_err());
    assert_eq!(std::fs::read_to_string(root.path().join("content/pages/a.md")).unwrap(), "mine");
}
