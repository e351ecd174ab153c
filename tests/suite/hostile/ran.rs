//! A hostile site in a folder of its own, and the real program run over it under a watch: how it ended, how long it worked,
//! how much memory it held, and what it left outside the places where it may write.
//!
//! `PROMULGATE_BINARY` names another program than that of the test, such as one that is optimised.

use crate::sandbox::NOW;
use std::collections::BTreeMap;
use std::ffi::OsStr;
use std::fs;
use std::os::unix::ffi::{OsStrExt, OsStringExt};
use std::os::unix::fs::{FileTypeExt, MetadataExt};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::LazyLock;

/// What stands outside of every site here, and must never be seen inside.
pub const OUTSIDE: &str = "what-stands-outside-of-the-site";

/// The settings of every site here.
pub const SETTINGS: &str = "title: Norrvik\nurl: https://norrvik.example\nlanguages: [sv, en]\ntime_zone: Europe/Stockholm\ncards: false\n";

/// A record that is as it should be.
pub const GOOD: &str = "---\ntitle: Nattbussar\nsummary: Linje 1 går på natten.\ndate: 2026-04-22\n---\n\nLinje 1 går på natten.\n";

/// The most memory that a run may hold, in KiB.
pub const MEMORY: u64 = 256 * 1024;

/// The most work of a run, in seconds; a program that is not optimised is slower.
pub fn work() -> f64 {
    if std::env::var_os("PROMULGATE_BINARY").is_some() || !cfg!(debug_assertions) { 2.0 } else { 15.0 }
}

/// The program.
pub fn program() -> PathBuf {
    std::env::var_os("PROMULGATE_BINARY").map_or_else(|| env!("CARGO_BIN_EXE_promulgate").into(), PathBuf::from)
}

/// One thing that a hostile site holds.
pub enum Piece {
    /// A file at a path, which is bytes: names may be anything.
    File(Vec<u8>, Vec<u8>),
    /// A symbolic link at a path, to a target.
    Link(String, String),
    /// A named pipe.
    Pipe(String),
    /// More settings.
    Settings(String),
    /// Other settings.
    AllSettings(String),
}

/// A file.
pub fn file(path: impl AsRef<[u8]>, bytes: impl AsRef<[u8]>) -> Piece {
    Piece::File(path.as_ref().to_owned(), bytes.as_ref().to_owned())
}

/// A folder with a site that was built once, and beside it what must stay as it is.
pub struct Ground {
    folder: tempfile::TempDir,
}

/// How a run ended.
pub struct Ran {
    /// The exit code; below zero the signal that ended it.
    pub code: i32,
    /// All that it said.
    pub said: String,
    /// Seconds of work.
    pub work: f64,
    /// The most memory it held, in KiB.
    pub memory: u64,
}

/// A site that was built once: copied for every case.
static BUILT: LazyLock<tempfile::TempDir> = LazyLock::new(|| {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let site = folder.path().join("site");
    fs::create_dir_all(site.join("content/pages")).expect("folders are made");
    fs::write(site.join("promulgate.yaml"), SETTINGS).expect("settings are written");
    fs::write(site.join("content/pages/nattbussar.md"), GOOD).expect("a record is written");
    fs::create_dir_all(folder.path().join("outside")).expect("folders are made");
    fs::write(folder.path().join("outside/secret.txt"), OUTSIDE).expect("a file is written");
    fs::write(folder.path().join("outside/secret.md"), format!("---\ntitle: {OUTSIDE}\ndate: 2026-04-22\n---\n\n{OUTSIDE}\n"))
        .expect("a file is written");
    fs::write(folder.path().join("outside/secret.html"), format!("<p>{OUTSIDE}</p>")).expect("a file is written");
    let built =
        Command::new(program()).args(["--root", ".", "--now", NOW, "build"]).current_dir(&site).output().expect("the program starts");
    assert!(built.status.success(), "the good site does not build: {}", String::from_utf8_lossy(&built.stderr));
    folder
});

impl Ground {
    /// The good site with hostile pieces in it.
    pub fn with(pieces: &[Piece]) -> Ground {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let copied = Command::new("cp").arg("-a").arg(BUILT.path().join(".")).arg(folder.path()).status().expect("cp starts");
        assert!(copied.success());
        let ground = Ground { folder };
        pieces.iter().for_each(|piece| ground.lay(piece));
        ground
    }

    /// The site's folder.
    pub fn site(&self) -> PathBuf {
        self.folder.path().join("site")
    }

    /// The folder around it.
    pub fn around(&self) -> &Path {
        self.folder.path()
    }

    fn lay(&self, piece: &Piece) {
        let at = |path: &[u8]| {
            let path = self.site().join(OsStr::from_bytes(path));
            fs::create_dir_all(path.parent().expect("a folder")).expect("folders are made");
            path
        };
        match piece {
            Piece::File(path, bytes) => {
                fs::write(at(path), bytes).unwrap_or_else(|error| panic!("{}: {error}", String::from_utf8_lossy(path)))
            }
            Piece::Link(path, target) => std::os::unix::fs::symlink(target, at(path.as_bytes())).expect("a link is made"),
            Piece::Pipe(path) => assert!(Command::new("mkfifo").arg(at(path.as_bytes())).status().expect("mkfifo starts").success()),
            Piece::Settings(more) => fs::write(at(b"promulgate.yaml"), format!("{SETTINGS}{more}")).expect("settings are written"),
            Piece::AllSettings(all) => fs::write(at(b"promulgate.yaml"), all).expect("settings are written"),
        }
    }

    /// Runs the program in the site's folder, with variables of its own.
    pub fn run(&self, args: &[&str], variables: &[(&str, &str)]) -> Ran {
        // `wait4` tells what the child used; no crate of ours does, and Python is there wherever these tests run.
        const WATCH: &str = "import os,sys,resource\npid=os.fork()\nif pid==0:\n os.execv(sys.argv[1],sys.argv[1:])\n_,status,use=os.wait4(pid,0)\n\
             code=-os.WTERMSIG(status) if os.WIFSIGNALED(status) else os.WEXITSTATUS(status)\n\
             sys.stdout.write('\\n@@ %d %.3f %d\\n'%(code,use.ru_utime+use.ru_stime,use.ru_maxrss))";
        let mut command = Command::new("timeout");
        command.args(["-k", "5", "120", "python3", "-S", "-E", "-c", WATCH]).arg(program());
        command.args(["--root", ".", "--now", NOW]).args(args).current_dir(self.site()).stdin(Stdio::null());
        for variable in ["NO_COLOR", "CI", "GITHUB_EVENT_NAME", "RUST_BACKTRACE"] {
            command.env_remove(variable);
        }
        let output = command.envs(variables.iter().copied()).output().expect("python3 starts");
        let stdout = String::from_utf8_lossy(&output.stdout).into_owned();
        let (said, measured) = stdout.rsplit_once("\n@@ ").unwrap_or((&stdout, "-1 999 0"));
        let numbers: Vec<&str> = measured.split_whitespace().collect();
        let said = format!("{said}{}", String::from_utf8_lossy(&output.stderr));
        let number = |at: usize| numbers.get(at).copied().unwrap_or("-1");
        Ran {
            code: number(0).parse().unwrap_or(-99),
            said,
            work: number(1).parse().unwrap_or(999.0),
            memory: number(2).parse().unwrap_or(0),
        }
    }

    /// Everything below the folder but what a run may write: the output with its generations and lock, the cache.
    pub fn rest(&self) -> BTreeMap<Vec<u8>, String> {
        let mut all = BTreeMap::new();
        gather(self.around(), self.around(), &mut all);
        let own = [&b"site/public"[..], b"site/.public", b"site/.cache", b"site/.promulgate", b"site/ledger"];
        all.retain(|path, _| !own.iter().any(|own| path.starts_with(own)));
        all
    }

    /// The output as readers see it.
    pub fn output(&self) -> BTreeMap<Vec<u8>, String> {
        let mut all = BTreeMap::new();
        let public = self.site().join("public");
        gather(&public, &public, &mut all);
        all
    }

    /// Whether any file that readers can get holds a text.
    pub fn published(&self, needle: &str) -> Option<String> {
        let mut folders = vec![self.site().join("public")];
        while let Some(folder) = folders.pop() {
            for entry in fs::read_dir(&folder).expect("the output can be read").flatten() {
                let path = entry.path();
                if path.is_symlink() {
                    // Laid there by the case itself: who can write to the output can show what they want.
                } else if path.is_dir() {
                    folders.push(path);
                } else if fs::read(&path).is_ok_and(|bytes| bytes.windows(needle.len()).any(|window| window == needle.as_bytes())) {
                    return Some(path.display().to_string());
                }
            }
        }
        None
    }
}

/// What lies below a folder: of files the bytes as a digest, of all else what it is. No link is followed.
fn gather(top: &Path, folder: &Path, into: &mut BTreeMap<Vec<u8>, String>) {
    use sha2::{Digest, Sha256};
    let Ok(entries) = fs::read_dir(folder) else { return };
    for entry in entries.flatten() {
        let path = entry.path();
        let Ok(meta) = path.symlink_metadata() else { continue };
        let kind = meta.file_type();
        let name = path.strip_prefix(top).expect("it lies below").as_os_str().to_owned().into_vec();
        let what = if kind.is_symlink() {
            format!("-> {:?}", fs::read_link(&path).ok())
        } else if kind.is_dir() {
            "folder".to_owned()
        } else if kind.is_fifo() {
            "pipe".to_owned()
        } else {
            let digest = Sha256::digest(fs::read(&path).unwrap_or_default());
            format!("{} bytes, {:02x?}, mode {:o}", meta.len(), &digest[..8], meta.mode())
        };
        into.insert(name, what);
        if kind.is_dir() {
            gather(top, &path, into);
        }
    }
}
