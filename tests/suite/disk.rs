//! Reading a site: what is passed over, what is a finding, and that one bad file hides no other.

use super::sandbox::Sandbox;
use promulgate::io::disk::{DiskError, TEXT_LIMIT, read_site};
use promulgate::model::finding::{Checked, Spot};
use promulgate::model::source::Sources;
use std::fs;
use std::path::Path;

fn site(files: &[(&str, &[u8])]) -> tempfile::TempDir {
    let root = tempfile::tempdir().unwrap();
    for (path, bytes) in files {
        let path = root.path().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    }
    root
}

fn read(root: &Path) -> Checked<Sources> {
    read_site(root).unwrap()
}

fn codes(read: &Checked<Sources>) -> Vec<&str> {
    read.findings.iter().map(|finding| finding.code).collect()
}

fn records(read: &Checked<Sources>) -> Vec<&str> {
    read.value.records.iter().map(|source| source.path.as_str()).collect()
}

#[test]
fn records_come_in_the_order_of_their_paths_and_other_files_are_assets() {
    let root = site(&[
        ("promulgate.yaml", b"title: Norrvik\n"),
        ("content/updates/ferry.md", b"late"),
        ("content/decisions/2026/library.sv.md", b"b"),
        ("content/decisions/2026/library.md", b"a"),
        ("content/decisions/2026/map.pdf", b"%PDF-1.7\n"),
    ]);
    let read = read(root.path());
    assert!(read.findings.is_empty(), "{:?}", read.findings);
    assert_eq!(records(&read), ["content/decisions/2026/library.md", "content/decisions/2026/library.sv.md", "content/updates/ferry.md"]);
    assert_eq!(read.value.assets[0].path.as_str(), "content/decisions/2026/map.pdf");
    assert_eq!(read.value.assets[0].len(), 9);
    assert_eq!(&*read.value.settings.unwrap().text, "title: Norrvik\n");
}

#[test]
fn a_byte_order_mark_is_taken_off_and_line_ends_and_empty_files_stay() {
    let root = site(&[("content/pages/a.md", b"\xef\xbb\xbfone\r\ntwo"), ("content/pages/b.md", b"")]);
    let read = read(root.path());
    assert_eq!(&*read.value.records[0].text, "one\r\ntwo");
    assert_eq!(&*read.value.records[1].text, "");
}

#[test]
fn bytes_that_are_not_utf8_are_found_with_line_and_column_and_the_other_files_go_on() {
    let root = site(&[("content/pages/bad.md", "Första\nvatt\u{e4}n ".as_bytes()), ("content/pages/good.md", b"fine")]);
    let mut bytes = "Första\nVättern ".as_bytes().to_vec();
    bytes.extend(b"\xe4r djup\n");
    fs::write(root.path().join("content/pages/bad.md"), bytes).unwrap();
    let read = read(root.path());
    assert_eq!(records(&read), ["content/pages/good.md"]);
    let finding = read.findings.iter().next().unwrap();
    assert_eq!(finding.code, "not-utf-8");
    let Spot::Span(span) = &finding.place.as_ref().unwrap().spot else { panic!("no span") };
    assert_eq!((span.line, span.column, span.length), (2, 9, 1));
    assert!(finding.message.contains("0xE4"));
}

#[test]
fn a_file_over_the_limit_is_a_finding_and_one_at_the_limit_is_read() {
    let root = site(&[("content/pages/long.md", &vec![b'a'; TEXT_LIMIT + 1]), ("content/pages/most.md", &vec![b'a'; TEXT_LIMIT])]);
    let read = read(root.path());
    assert_eq!(codes(&read), ["file-too-large"]);
    assert_eq!(records(&read), ["content/pages/most.md"]);
}

#[test]
fn links_are_named_and_never_followed() {
    let root = site(&[("secret.txt", b"key"), ("content/pages/a.md", b"a"), ("templates/page.html", b"t")]);
    let link = |to: &str, at: &str| std::os::unix::fs::symlink(to, root.path().join(at)).unwrap();
    link("../../secret.txt", "content/pages/b.md");
    link("/etc", "content/etc");
    link("nowhere", "content/pages/dangling.png");
    link("/etc/passwd", "templates/base.html");
    let read = read(root.path());
    assert_eq!(codes(&read), ["symlink", "symlink", "symlink", "symlink"]);
    assert_eq!(records(&read), ["content/pages/a.md"]);
    assert!(read.value.assets.is_empty());
    assert!(read.findings.iter().all(|finding| !finding.message.contains("key")));
}

#[test]
fn a_content_folder_that_is_itself_a_link_is_named() {
    let elsewhere = site(&[("pages/a.md", b"a")]);
    let root = site(&[("promulgate.yaml", b"")]);
    std::os::unix::fs::symlink(elsewhere.path(), root.path().join("content")).unwrap();
    let read = read(root.path());
    assert_eq!((codes(&read), records(&read)), (vec!["symlink"], vec![]));
}

#[test]
fn hidden_files_and_leftovers_of_editors_are_passed_over() {
    let root = site(&[
        ("content/.git/config", b"x"),
        ("content/pages/.DS_Store", b"x"),
        ("content/pages/a.md~", b"x"),
        ("content/pages/#a.md#", b"x"),
        ("content/pages/.a.md.swp", b"x"),
        ("static/.well-known/security.txt", b"Contact: mailto:security@norrvik.example\n"),
    ]);
    let read = read(root.path());
    assert!(read.findings.is_empty());
    assert!(read.value.records.is_empty() && read.value.assets.is_empty());
    let statics: Vec<_> = read.value.theme.statics.iter().map(|(name, _)| name.as_str()).collect();
    assert!(statics.contains(&".well-known/security.txt"), "{statics:?}");
}

#[test]
fn names_that_no_address_may_hold_are_findings() {
    let root = site(&[
        ("content/pages/a:b.md", b""),
        ("content/pages/100%25.md", b""),
        ("content/pages/nul.md", b""),
        ("content/pages/ok.md", b""),
    ]);
    let read = read(root.path());
    assert_eq!(codes(&read), ["bad-path", "bad-path", "bad-path"]);
    assert_eq!(records(&read), ["content/pages/ok.md"]);
}

#[test]
fn accents_are_written_one_way_and_two_files_that_become_one_clash() {
    let root =
        site(&[("content/pages/a\u{30a}ker.md", b"decomposed"), ("content/pages/o\u{308}n.md", b"1"), ("content/pages/\u{f6}n.md", b"2")]);
    let read = read(root.path());
    assert_eq!(codes(&read), ["name-clash"]);
    assert!(records(&read).contains(&"content/pages/\u{e5}ker.md"));
}

#[test]
fn a_pipe_is_a_finding_and_does_not_hang_the_run() {
    let root = site(&[("content/pages/a.md", b"a")]);
    let made = std::process::Command::new("mkfifo").arg(root.path().join("content/pages/b.md")).status().unwrap();
    assert!(made.success());
    let read = read(root.path());
    assert_eq!((codes(&read), records(&read)), (vec!["unreadable-file"], vec!["content/pages/a.md"]));
}

const OWN_LOGO: &[u8] = b"<svg id='own'/>";

#[test]
fn the_site_wins_over_its_theme_file_by_file_and_its_messages_come_last() {
    let root = site(&[
        ("promulgate.yaml", b"title: Norrvik\ntheme: harbour # ours\n"),
        ("themes/harbour/templates/base.html", b"theme base"),
        ("themes/harbour/templates/page.html", b"theme page"),
        ("themes/harbour/static/logo.svg", b"<svg/>"),
        ("themes/harbour/messages/sv.ftl", b"home = Hem\n"),
        ("themes/harbour/theme.yaml", b"context: 1\n"),
        ("templates/page.html", b"own page"),
        ("static/logo.svg", OWN_LOGO),
        ("messages/sv.ftl", b"home = Start\n"),
    ]);
    let read = read(root.path());
    assert!(read.findings.is_empty(), "{:?}", read.findings);
    let theme = &read.value.theme;
    let templates: Vec<_> = theme.templates.iter().map(|source| (source.path.as_str(), &*source.text)).collect();
    assert!(templates.contains(&("base.html", "theme base")) && templates.contains(&("page.html", "own page")));
    assert!(templates.iter().any(|(name, _)| *name == "decision.html"), "what a theme leaves out comes from the built-in one");
    let logo = theme.statics.iter().find(|(name, _)| name.as_str() == "logo.svg").unwrap();
    assert_eq!((logo.1.path.as_str(), logo.1.len()), ("static/logo.svg", OWN_LOGO.len() as u64));
    let messages: Vec<_> = theme.messages.iter().map(|source| source.path.as_str()).collect();
    assert_eq!(messages[messages.len() - 2..], ["themes/harbour/messages/sv.ftl", "messages/sv.ftl"]);
    assert_eq!(&*theme.tokens.as_ref().unwrap().text, "context: 1\n");
}

#[test]
fn a_theme_that_is_not_there_or_leads_out_of_the_site_is_a_finding() {
    for name in ["harbour", "../../etc", "'a/b'"] {
        let root = site(&[("promulgate.yaml", format!("theme: {name}\n").as_bytes())]);
        assert_eq!(codes(&read(root.path())), ["unknown-theme"], "{name}");
    }
}

#[test]
fn a_root_that_is_not_there_is_an_error_with_its_path() {
    let error = read_site(Path::new("/nowhere/at/all")).unwrap_err();
    assert!(matches!(&error, DiskError::Root { .. }));
    assert!(error.to_string().contains("/nowhere/at/all"));
}

#[test]
fn a_name_that_mixes_composed_and_decomposed_accents_is_a_name_like_any_other() {
    // As zip files and discs of several systems leave them behind: `é` composed, `å` decomposed, in the folder and in the file.
    let folder = "content/decisions/\u{e9}t\u{e9}-a\u{30a}r";
    let sandbox = Sandbox::new();
    sandbox.write("promulgate.yaml", b"title: Norrvik\nurl: https://norrvik.example\nlanguages: [en]\ncards: false\n");
    let record = "---\ntitle: The caf\u{e9} stays\nsummary: It stays.\ndate: 2026-04-22\ndecided: 2026-04-22\ndecision: It stays.\n\
                  documents: [{title: Map, file: caf\u{e9}-k\u{e5}rta.txt}]\n---\n\nIt stays.\n";
    sandbox.write(&format!("{folder}/caf\u{e9}-sa\u{30a}.md"), record.as_bytes());
    sandbox.write(&format!("{folder}/caf\u{e9}-ka\u{30a}rta.txt"), b"a map");
    let said = sandbox.run(&["build"]);
    assert_eq!(said.code, 0, "{}", said.stderr);
    let published = "public/decisions/\u{e9}t\u{e9}-\u{e5}r/caf\u{e9}-k\u{e5}rta.txt";
    assert_eq!(sandbox.read(published), "a map");

    let id = "decisions/\u{e9}t\u{e9}-\u{e5}r/caf\u{e9}-s\u{e5}";
    let said = sandbox.run(&["withdraw", id, "--reason", "A mistake."]);
    assert_eq!(said.code, 0, "{}", said.stderr);
    assert!(sandbox.read(&format!("{folder}/caf\u{e9}-sa\u{30a}.md")).contains("withdrawn: {"), "the file itself is changed");
    let said = sandbox.run(&["erase", id, "--reason", "data-protection"]);
    assert_eq!(said.code, 0, "{}", said.stderr);
    let left: Vec<_> = crate::sandbox::files_below(&sandbox.path("content"));
    assert_eq!(left.len(), 1, "only the tombstone: {left:?}");
}
