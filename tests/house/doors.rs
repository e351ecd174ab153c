//! In: files. Out: places that reach outside, or print, where only a door may.

use crate::paths::paths;
use crate::source::File;

/// Rooms whose work is the outside.
const DOOR_ROOMS: &[&str] = &["io", "rehearsal"];

/// What leads outside: disk, network, other programs, the environment, clocks.
const OUTSIDE: &[&str] = &[
    "std::fs",
    "std::net",
    "std::os",
    "std::process",
    "std::env",
    "std::thread::sleep",
    "std::time::SystemTime",
    "std::time::Instant",
    "axum",
    "notify",
    "reqwest",
    "rustix",
    "tokio",
    "tungstenite",
    "walkdir",
];

/// What asks a clock, whatever the type's full name is here.
const CLOCKS: &[&str] = &["Timestamp", "Zoned", "SystemTime", "Instant"];

/// Methods of `Path` that ask the disk.
const ASKING: &[&str] = &[".exists()", ".is_file()", ".is_dir()", ".canonicalize()", ".read_dir()", ".metadata()"];

/// What prints.
const PRINTING: &[&str] = &["print!", "println!", "eprint!", "eprintln!", "dbg!"];

/// Doors used elsewhere. The front door may end the process with its exit code.
pub fn doors(files: &[File]) -> Vec<String> {
    let mut faults = Vec::new();
    for file in files.iter().filter(|file| !DOOR_ROOMS.contains(&file.room())) {
        let is_exit = |path: &str| file.room() == "main" && path.starts_with("std::process::ExitCode");
        for name in paths(file) {
            let path = name.parts.join("::");
            let outside = OUTSIDE.iter().any(|door| name.starts_with(door)) && !is_exit(&path);
            let asks = matches!(&*name.parts, [.., of, now] if now == "now" && CLOCKS.contains(&of.as_str()));
            if outside || asks {
                faults.push(format!("{}:{}: {path} leads outside; only {} may use it", file.path, name.line, DOOR_ROOMS.join(" and ")));
            }
        }
        for phrase in ASKING {
            faults.extend(file.lines_with(phrase).map(|line| format!("{}:{line}: {phrase} asks the disk", file.path)));
        }
    }
    faults
}

/// Macros and streams that print, outside of commands and the front door.
pub fn printing(files: &[File]) -> Vec<String> {
    let mut faults = Vec::new();
    for file in files.iter().filter(|file| !["commands", "main"].contains(&file.room())) {
        for (at, line) in file.code.lines().enumerate() {
            let words = line.split(|c: char| !(c.is_alphanumeric() || c == '_' || c == '!'));
            faults.extend(words.filter(|word| PRINTING.contains(word)).map(|word| format!("{}:{}: {word} prints", file.path, at + 1)));
        }
        for name in paths(file).iter().filter(|name| ["std::io::stdout", "std::io::stderr"].iter().any(|of| name.starts_with(of))) {
            faults.push(format!("{}:{}: {} prints", file.path, name.line, name.parts.join("::")));
        }
    }
    faults
}

#[cfg(test)]
fn faults_of(path: &str, text: &str) -> usize {
    doors(&[File::new(path, text)]).len()
}

#[test]
fn every_door_is_found_elsewhere() {
    let bad = [
        "use std::{fs, collections::BTreeMap};",
        "fn a() { std::fs::read(b) }",
        "use std::net::TcpStream;",
        "fn a() { std::process::exit(2) }",
        "use std::env;",
        "use std::time::SystemTime;",
        "use jiff::Zoned;\nfn a() -> Zoned { Zoned::now() }",
        "fn a() { jiff::Timestamp::now() }",
        "fn a(path: &Path) -> bool { path.exists() }",
        "use reqwest::blocking::Client;",
    ];
    for text in bad {
        assert!(faults_of("src/parse/a.rs", text) > 0, "not found: {text}");
        assert_eq!(faults_of("src/io/a.rs", text), 0, "io is a door: {text}");
    }
    let found = doors(&[File::new("src/parse/a.rs", "\nuse std::fs;")]);
    assert_eq!(found, ["src/parse/a.rs:2: std::fs leads outside; only io and rehearsal may use it"]);
}

#[test]
fn the_front_door_gives_an_exit_code_and_nothing_more() {
    assert_eq!(faults_of("src/main.rs", "use std::process::ExitCode;\nfn main() -> ExitCode { ExitCode::from(2) }"), 0);
    assert!(faults_of("src/main.rs", "fn main() { std::process::exit(1) }") > 0);
}

#[test]
fn a_name_that_only_sounds_like_a_door_is_no_fault() {
    assert_eq!(faults_of("src/formats/a.rs", "use crate::model::date::Instant;\nfn a(fs: u8) { env!(\"A\"); self::net::b(); }"), 0);
}

#[test]
fn printing_is_found() {
    let bad = |path: &str| printing(&[File::new(path, "fn a() {\n    println!(\"b\");\n    std::io::stderr();\n}")]);
    assert_eq!(bad("src/parse/a.rs"), ["src/parse/a.rs:2: println! prints", "src/parse/a.rs:3: std::io::stderr prints"]);
    assert_eq!(bad("src/commands/a.rs"), Vec::<String>::new());
}
