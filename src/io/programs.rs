//! In: the command of a plugin. Out: the very program, or why it is none that may be started.
//!
//! A program comes from three places: an absolute path; a path of the site's own folder, apart from the folders that
//! writers, themes and builds fill; or a name that is looked for in the absolute folders of `PATH`, never in the present
//! folder (Hugo CVE-2020-26284) or in the site.

use crate::io::tree::Tree;
use std::path::{Component, Path, PathBuf};

/// Folders of a site whose files are content, looks or output, and never programs.
const FILLED: [&str; 10] = ["content", "static", "templates", "themes", "messages", "cards", "public", "ledger", "handover", ".cache"];

/// The program that a command names.
pub fn found(argv: &[String], root: &Path) -> Result<PathBuf, String> {
    let (program, arguments) = argv.split_first().ok_or("no program is named")?;
    let root = std::path::absolute(root).map_err(|error| format!("the site's folder cannot be named: {error}"))?;
    if let Some(argument) = arguments.iter().find(|argument| is_filled(Path::new(argument), &root)) {
        return Err(format!("`{argument}` lies where content, looks or output lie, and nothing there is run"));
    }
    let path = Path::new(program);
    if path.is_absolute() {
        return if is_filled(path, &root) { Err(refused(program)) } else { Ok(path.to_owned()) };
    }
    if program.contains('/') { vendored(program, &root) } else { in_path(program, &root) }
}

fn refused(program: &str) -> String {
    format!("the program {program} lies where content, looks or output lie, and nothing there is run")
}

fn is_filled(path: &Path, root: &Path) -> bool {
    let resolved = path.canonicalize().unwrap_or_else(|_| path.to_owned());
    let own = root.canonicalize().unwrap_or_else(|_| root.to_owned());
    let below = |path: &Path, root: &Path| {
        let first = path.strip_prefix(root).ok().and_then(|rest| rest.components().next());
        matches!(first, Some(Component::Normal(first)) if FILLED.iter().any(|folder| first.eq_ignore_ascii_case(folder)))
    };
    path.is_absolute() && (below(path, root) || below(&resolved, &own))
}

/// A program of the site's own folder: no link in its path, no way out.
fn vendored(program: &str, root: &Path) -> Result<PathBuf, String> {
    let parts: PathBuf = Path::new(program).components().filter(|part| *part != Component::CurDir).collect();
    let plain = parts.components().all(|part| matches!(part, Component::Normal(_)));
    let path = root.join(&parts);
    if !plain {
        return Err(format!("the program {program} is not below the site's folder; write its absolute path"));
    }
    if is_filled(&path, root) {
        return Err(refused(program));
    }
    let there = Tree::open(root).and_then(|tree| tree.open_file(&parts.to_string_lossy()));
    there.map(|_| path).map_err(|error| format!("the program {program} cannot be started: {error}"))
}

fn in_path(program: &str, root: &Path) -> Result<PathBuf, String> {
    let folders = std::env::var_os("PATH").unwrap_or_default();
    let outside = |folder: &PathBuf| folder.is_absolute() && !folder.starts_with(root);
    let programs = std::env::split_paths(&folders).filter(outside).map(|folder| folder.join(program));
    let is_program = |path: &PathBuf| {
        use std::os::unix::fs::PermissionsExt;
        path.metadata().is_ok_and(|meta| meta.is_file() && meta.permissions().mode() & 0o111 != 0)
    };
    programs.into_iter().find(is_program).ok_or_else(|| format!("the program {program} cannot be started: it is in no folder of PATH"))
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use std::fs;

    fn asked(command: &[&str], root: &Path) -> Result<PathBuf, String> {
        found(&command.iter().map(|word| (*word).to_owned()).collect::<Vec<_>>(), root)
    }

    #[test]
    fn a_program_is_absolute_vendored_or_of_the_system_and_never_content() {
        let site = tempfile::tempdir().unwrap();
        let root = site.path();
        for path in ["plugins/desk", "content/evil", "static/evil", "themes/x/evil", "public/evil", "evil"] {
            fs::create_dir_all(root.join(path).parent().unwrap()).unwrap();
            fs::write(root.join(path), "#!/bin/sh\n").unwrap();
        }
        std::os::unix::fs::symlink(root.join("content"), root.join("linked")).unwrap();
        assert_eq!(asked(&["./plugins/desk"], root), Ok(root.join("plugins/desk")));
        assert_eq!(asked(&["/bin/sh"], root), Ok("/bin/sh".into()));
        assert!(asked(&["sh"], root).unwrap().is_absolute());
        let absolute = root.join("content/evil");
        let absolute = absolute.to_str().unwrap();
        let linked = root.join("linked/evil");
        let bad = [
            &["content/evil"][..],
            &["./static/evil"],
            &["themes/x/evil"],
            &["public/evil"],
            &["plugins/../content/evil"],
            &["../evil"],
            &["linked/evil"],
            &["evil"],
            &[absolute],
            &["/bin/sh", absolute],
            &[linked.to_str().unwrap()],
            &["plugins"],
            &["no-such-program"],
            &[],
        ];
        for command in bad {
            assert!(asked(command, root).is_err(), "{command:?}");
        }
    }
}
