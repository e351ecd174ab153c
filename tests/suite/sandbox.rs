//! A folder of its own for a test, and the program run in it.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// The present of every test that does not ask for another.
pub const NOW: &str = "2026-11-20T12:00:00+01:00";

/// Variables by which hosts of pipelines say what a run is for. The tests may themselves run for a proposed change.
pub const HOSTS: &[&str] = &[
    "GITHUB_EVENT_NAME",
    "FORGEJO_EVENT_NAME",
    "GITEA_EVENT_NAME",
    "CI_PIPELINE_SOURCE",
    "CI_MERGE_REQUEST_IID",
    "CI_PIPELINE_EVENT",
    "DRONE_BUILD_EVENT",
    "BUILD_REASON",
    "BITBUCKET_PR_ID",
];

/// A temporary folder that goes away with the test.
pub struct Sandbox(tempfile::TempDir);

/// What a run of the program said.
#[derive(Debug)]
pub struct Said {
    /// The exit code; 128 + signal where a signal ended it.
    pub code: i32,
    /// Standard output.
    pub stdout: String,
    /// Standard error.
    pub stderr: String,
}

impl Sandbox {
    /// An empty folder.
    pub fn new() -> Sandbox {
        Sandbox(tempfile::tempdir().expect("a temporary folder"))
    }

    /// A path in it.
    pub fn path(&self, below: &str) -> PathBuf {
        self.0.path().join(below)
    }

    /// The folder.
    pub fn root(&self) -> &Path {
        self.0.path()
    }

    /// Writes a file with its folders.
    pub fn write(&self, below: &str, bytes: &[u8]) {
        let path = self.path(below);
        fs::create_dir_all(path.parent().expect("a folder")).expect("folders are made");
        fs::write(path, bytes).expect("a file is written");
    }

    /// Reads a text file.
    pub fn read(&self, below: &str) -> String {
        fs::read_to_string(self.path(below)).unwrap_or_else(|error| panic!("{below}: {error}"))
    }

    /// Makes a symbolic link.
    pub fn link(&self, below: &str, target: &str) {
        let path = self.path(below);
        fs::create_dir_all(path.parent().expect("a folder")).expect("folders are made");
        std::os::unix::fs::symlink(target, path).expect("a link is made");
    }

    /// The program with this folder as its root, at [`NOW`].
    pub fn command(&self, args: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_promulgate"));
        command.args(["--root", "."]).args(args).current_dir(self.root()).stdin(Stdio::null());
        if !args.contains(&"--now") {
            command.args(["--now", NOW]);
        }
        for variable in ["NO_COLOR", "CI", "FEDIVERSE_TOKEN", "BLUESKY_PASSWORD"].iter().chain(HOSTS) {
            command.env_remove(variable);
        }
        command
    }

    /// Runs the program to its end.
    pub fn run(&self, args: &[&str]) -> Said {
        use std::os::unix::process::ExitStatusExt;
        let output = self.command(args).output().expect("the program starts");
        Said {
            code: output.status.code().unwrap_or_else(|| 128 + output.status.signal().unwrap_or(0)),
            stdout: String::from_utf8_lossy(&output.stdout).into_owned(),
            stderr: String::from_utf8_lossy(&output.stderr).into_owned(),
        }
    }
}

/// All files below a folder, sorted.
pub fn files_below(folder: &Path) -> Vec<PathBuf> {
    let mut files: Vec<PathBuf> = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display())) {
            let path = entry.expect("an entry").path();
            if path.is_dir() { folders.push(path) } else { files.push(path) }
        }
    }
    files.sort();
    files
}
