//! Hostile sites, row by row of the table of threats (`docs/threats.md`): each is laid out in a folder of its own and met by
//! the real program, which must neither fall over nor do what the site wants.
//!
//! Of every case it is asked: no signal, no panic, an exit code that the program knows; at most 2 seconds of work and
//! 256 MiB; nothing outside of the output, its cache and its lock changed; where the site is refused, the file at fault is
//! named and the old output is untouched; where it is built, nothing of it runs and nothing from outside stands in it.
//!
//! A sample of each row runs here; `PROMULGATE_HOSTILE=all` runs every case, `PROMULGATE_HOSTILE=9` those of one row.
#![allow(clippy::unwrap_used, clippy::print_stdout)]

mod bodies;
mod files;
mod looks;
mod names;
mod page;
mod preview;
mod ran;
mod runs;
mod xss;

use crate::reliability::row;
pub use ran::program;
use ran::{Ground, MEMORY, Piece, Ran};
use std::collections::BTreeMap;

/// What must come of a case.
pub enum Want {
    /// The site is refused, with a word of the file or key at fault.
    Refused(String),
    /// The site is built, and these words stand in no file of it.
    Built(Vec<&'static str>),
    /// Either: built without harm, or refused with the name.
    Either(String),
    /// Told at the end, by its exit code and a word of what is said.
    Ends(i32, String),
}

/// A hostile site.
pub struct Case {
    /// The row of the table.
    pub row: u8,
    /// What it tries.
    pub name: String,
    /// What it holds.
    pub pieces: Vec<Piece>,
    /// What the program is asked to do.
    pub args: Vec<String>,
    /// Variables of the environment; `{around}` stands for the folder around the site.
    pub variables: Vec<(String, String)>,
    /// What must come of it.
    pub want: Want,
}

impl Case {
    /// A case of `build`.
    pub fn new(row: u8, name: impl Into<String>, pieces: Vec<Piece>, want: Want) -> Case {
        Case { row, name: name.into(), pieces, args: vec!["build".into()], variables: Vec::new(), want }
    }
}

/// All cases of the table.
fn cases() -> Vec<Case> {
    let mut all = bodies::cases();
    all.extend(files::cases());
    all.extend(looks::cases());
    all.extend(runs::cases());
    all
}

/// Those that are asked for: of each row the first three and then every twelfth, or all, or one row.
fn chosen(mut all: Vec<Case>) -> Vec<Case> {
    match std::env::var("PROMULGATE_HOSTILE").ok().as_deref() {
        Some("all") => {}
        Some(number) if number.parse::<u8>().is_ok() => all.retain(|case| Some(case.row) == number.parse().ok()),
        _ => {
            let mut met: BTreeMap<u8, usize> = BTreeMap::new();
            all.retain(|case| {
                let seen = met.entry(case.row).or_default();
                *seen += 1;
                *seen <= 3 || seen.is_multiple_of(12)
            });
        }
    }
    all
}

#[test]
fn every_row_has_its_cases() {
    let mut rows: BTreeMap<u8, usize> = BTreeMap::new();
    cases().iter().for_each(|case| *rows.entry(case.row).or_default() += 1);
    // Rows 20 and 21 ask a running program (`preview`, `runs`); 24 and 25 are about the log of publications.
    for row in (1..=23).filter(|row| *row != 20) {
        assert!(rows.get(&row).is_some_and(|cases| *cases >= 3), "row {row}: {rows:?}");
    }
    assert!(cases().len() >= 250, "{}", cases().len());
}

#[test]
fn a_hostile_site_neither_breaks_the_program_nor_gets_its_way() {
    let chosen = chosen(cases());
    let count = chosen.len();
    let (mut worst_work, mut worst_memory) = ((0.0, String::new()), (0, String::new()));
    let mut faults = Vec::new();
    let threads = crate::reliability::number("PROMULGATE_AT_ONCE", 2) as usize;
    let done = crate::reliability::at_once(threads, chosen, |case| {
        let (ran, fault) = met(&case);
        if let Some(fault) = &fault {
            println!("row {}, {}: {fault}", case.row, case.name);
        }
        (format!("row {}, {}", case.row, case.name), ran, fault)
    });
    for (name, ran, fault) in done {
        if ran.work > worst_work.0 {
            worst_work = (ran.work, name.clone());
        }
        if ran.memory > worst_memory.0 {
            worst_memory = (ran.memory, name.clone());
        }
        faults.extend(fault.map(|fault| format!("{name}: {fault}\n    {}", ran.said.trim().replace('\n', "\n    "))));
    }
    let most = format!("at most {:.2} s of work ({}) and {} MiB ({})", worst_work.0, worst_work.1, worst_memory.0 / 1024, worst_memory.1);
    row("hostile sites", &format!("{count} sites, rows 1 to 23"), &format!("{} with their way; {most}", faults.len()));
    assert!(faults.is_empty(), "{} of {count}:\n{}", faults.len(), faults.join("\n"));
}

/// Meets one case.
fn met(case: &Case) -> (Ran, Option<String>) {
    let ground = Ground::with(&case.pieces);
    let (rest, output) = (ground.rest(), ground.output());
    let around = ground.around().to_string_lossy().into_owned();
    let put = |text: &String| text.replace("{around}", &around);
    let args: Vec<String> = case.args.iter().map(put).collect();
    let variables: Vec<(String, String)> = case.variables.iter().map(|(name, value)| (name.clone(), put(value))).collect();
    let ran = ground.run(
        &args.iter().map(String::as_str).collect::<Vec<_>>(),
        &variables.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect::<Vec<_>>(),
    );
    let fault = fault_of(case, &ran, &ground, (&rest, &output));
    (ran, fault)
}

type Tree = BTreeMap<Vec<u8>, String>;

fn fault_of(case: &Case, ran: &Ran, ground: &Ground, (rest, output): (&Tree, &Tree)) -> Option<String> {
    if ran.code < 0 || !(0..=5).contains(&ran.code) {
        return Some(format!("ended by signal or abort ({})", ran.code));
    }
    if ran.said.contains("panicked") || ran.said.contains("RUST_BACKTRACE") {
        return Some("panicked".into());
    }
    if ran.work > ran::work() {
        return Some(format!("{} s of work", ran.work));
    }
    if ran.memory > MEMORY {
        return Some(format!("{} MiB", ran.memory / 1024));
    }
    let after = ground.rest();
    if *rest != after {
        let changed: Vec<_> = rest
            .iter()
            .filter(|(path, what)| after.get(*path) != Some(what))
            .chain(after.iter().filter(|(path, _)| !rest.contains_key(*path)))
            .collect();
        return Some(format!("changed outside: {:?}", changed.iter().map(|(path, _)| String::from_utf8_lossy(path)).collect::<Vec<_>>()));
    }
    if ran.said.contains(ran::OUTSIDE) {
        return Some("said what stands outside".into());
    }
    if case.row == 19 && ["aB3xaB3x", "ABCD1234", "AQABAQAB"].iter().any(|part| ran.said.contains(part)) {
        return Some("repeated the token".into());
    }
    let refused = |word: &str| {
        if !ran.said.contains(word) {
            return Some(format!("does not name `{word}`"));
        }
        (ground.output() != *output).then(|| "the old output was touched".into())
    };
    match (&case.want, ran.code) {
        (Want::Ends(code, word), ended) if *code == ended => refused(word),
        (Want::Ends(code, _), ended) => Some(format!("ended with {ended} in place of {code}")),
        (Want::Refused(_), 0) => Some("was built".into()),
        (Want::Refused(word), _) => refused(word),
        (Want::Either(word), 1..) => refused(word),
        (Want::Built(_), 1..) => Some("was refused".into()),
        (Want::Built(words), _) => built(ground, words),
        (Want::Either(_), _) => built(ground, &[]),
    }
}

fn built(ground: &Ground, words: &[&str]) -> Option<String> {
    let seen = words.iter().chain(&[ran::OUTSIDE]).find_map(|word| ground.published(word).map(|path| format!("`{word}` stands in {path}")));
    seen.or_else(|| page::acting(&ground.site().join("public")))
}
