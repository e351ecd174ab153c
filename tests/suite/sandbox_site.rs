//! The project's own example, read and assembled, for tests of what is written out.

use promulgate::assemble::{Parts, Visibility, site as assemble, theme};
use promulgate::io::disk::read_site;
use promulgate::kinds::{KINDS, common::COMMON};
use promulgate::model::date::{Instant, Now};
use promulgate::model::finding::Findings;
use promulgate::model::site::Site;
use promulgate::parse::{self, Kinds};
use std::path::Path;

/// The example as a site.
pub struct Example {
    /// The site.
    pub site: Site,
}

/// Norrvik on 19 November 2026 at noon.
pub fn example() -> Example {
    let mut findings = Findings::new();
    example_at(Path::new(env!("CARGO_MANIFEST_DIR")), &mut findings)
}

/// A site of a few files, by path and text, at the same time.
pub fn of_files<'f>(files: impl IntoIterator<Item = (&'f str, &'f str)>) -> Site {
    let root = tempfile::tempdir().unwrap();
    for (path, text) in files {
        let path = root.path().join(path);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    }
    example_at(root.path(), &mut Findings::new()).site
}

/// A copy of Norrvik with its settings changed and files added.
pub fn copy(settings: impl Fn(String) -> String, files: &[(&str, &[u8])]) -> tempfile::TempDir {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let made = tempfile::tempdir().unwrap();
    copy_folder(&root.join("content"), &made.path().join("content"));
    let text = std::fs::read_to_string(root.join("promulgate.yaml")).unwrap();
    std::fs::write(made.path().join("promulgate.yaml"), settings(text)).unwrap();
    for (path, bytes) in files {
        let path = made.path().join(path);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, bytes).unwrap();
    }
    made
}

/// Copies a folder with all that is below it.
pub fn copy_folder(from: &Path, to: &Path) {
    for entry in walkdir::WalkDir::new(from) {
        let entry = entry.unwrap();
        let target = to.join(entry.path().strip_prefix(from).unwrap());
        if entry.file_type().is_dir() {
            std::fs::create_dir_all(target).unwrap();
        } else {
            std::fs::copy(entry.path(), target).unwrap();
        }
    }
}

/// Norrvik at another time.
pub fn example_on(now: &str) -> Example {
    read_at(Path::new(env!("CARGO_MANIFEST_DIR")), now, &mut Findings::new())
}

/// The site in a folder, on 19 November 2026 at noon, with what reading and assembling found.
pub fn example_at(root: &Path, findings: &mut Findings) -> Example {
    read_at(root, "2026-11-19T11:00:00Z", findings)
}

fn read_at(root: &Path, now: &str, findings: &mut Findings) -> Example {
    let sources = read_site(root).unwrap().into_value(findings);
    let platforms = promulgate::catalogue::CATALOGUE.platform_fields();
    let settings = parse::settings::settings(sources.settings.as_ref().unwrap(), KINDS, &platforms).into_value(findings).unwrap();
    let kinds = Kinds { all: KINDS, common: COMMON };
    let records = sources.records.iter().filter_map(|source| parse::record(source, &settings, kinds).into_value(findings)).collect();
    let records = parse::join(records, &mut Default::default(), (&settings, kinds), findings);
    let (theme, messages) = theme(&sources.theme, &settings).into_value(findings);
    let now = Now { at: now.parse::<Instant>().unwrap().timestamp(), zone: settings.zone.clone() };
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
    Example { site: assemble(parts).into_value(findings) }
}
