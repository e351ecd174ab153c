//! `import SOURCE DIR --map FILE`: an old archive becomes records; every file is accounted for.

use super::command::{Desk, Exit, LogLevel};
use crate::catalogue::CATALOGUE;
use crate::importers::importer::{Archive, Fate, Imported, Tables};
use crate::importers::map::{ImportMap, MapError};
use crate::importers::{self};
use crate::io::{archive, files};
use crate::model::route::SafePath;
use clap::ValueEnum;
use serde_json::json;
use std::path::{Path, PathBuf};

/// Turns an old archive into records of a new site; accounts for every file.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// The kind of archive: markdown.
    source: String,
    /// The archive's folder.
    dir: PathBuf,
    /// The YAML file that says which key becomes which field.
    #[arg(long, value_name = "FILE")]
    map: PathBuf,
    /// How the account is written.
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
}

/// How the account is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// What was left out and changed, and the counts.
    Text,
    /// One JSON document with every file, contract `import/1`.
    Json,
}

/// Runs the command.
pub fn run(args: &Args, desk: &Desk) -> Exit {
    let Some(importer) = importers::IMPORTERS.iter().find(|importer| importer.name() == args.source) else {
        let names: Vec<&str> = importers::IMPORTERS.iter().map(|importer| importer.name()).collect();
        desk.report
            .say(LogLevel::Error, &format!("error: there is no importer `{}`\n  help: Write one of: {}.", args.source, names.join(", ")));
        return Exit::Usage;
    };
    let map = match files::read(&args.map).map(|text| ImportMap::parse(&text, CATALOGUE.kinds.all)) {
        Ok(Ok(map)) => map,
        Ok(Err(error)) => {
            desk.report.say(LogLevel::Error, &map_fault(&args.map, &error));
            return Exit::Usage;
        }
        Err(error) => {
            desk.report.error(&error, "Name the file that maps keys to fields; docs/import.md describes it.");
            return Exit::Usage;
        }
    };
    let read = match archive::read(&args.dir) {
        Ok(read) => read,
        Err(error) => {
            desk.report.error(&error, "Name the archive's folder.");
            return Exit::Usage;
        }
    };
    let unreadable = read.findings.iter().filter_map(|finding| Some((finding.place.as_ref()?.path.clone(), finding.message.clone())));
    let archive = Archive { unreadable: unreadable.collect(), texts: read.texts, others: read.others };
    let tables = Tables { kinds: CATALOGUE.kinds.all, common: CATALOGUE.kinds.common };
    let imported = importer.import(&archive, &map, tables);
    match write(&imported, &args.dir, &desk.root) {
        Ok(()) => told(&imported, args.format, desk),
        Err(error) => {
            desk.report.error(&error, "Import into an empty folder: `promulgate --root NEW import …`.");
            Exit::Environment
        }
    }
}

fn write(imported: &Imported, from: &Path, root: &Path) -> Result<(), archive::WriteError> {
    let settings = SafePath::new("promulgate.yaml").expect("a plain name is a safe path");
    let texts = imported.records.iter().chain(&imported.made).map(|(path, text)| (path, text.as_str()));
    archive::write(root, texts.chain([(&settings, imported.settings.as_str())]))?;
    archive::copy(from, root, &imported.copies)
}

fn map_fault(path: &Path, error: &MapError) -> String {
    let line = error.line.map(|line| format!(":{line}")).unwrap_or_default();
    format!("error: {}{line}: {}\n  help: docs/import.md describes what a map may hold.", path.display(), error.message)
}

fn told(imported: &Imported, format: Format, desk: &Desk) -> Exit {
    let (records, copied, rejected) = imported.counts();
    if format == Format::Json {
        let entries = imported.account.iter().map(|entry| {
            let (fate, to, line, reason) = match &entry.fate {
                Fate::Imported(path) => ("imported", Some(path.as_str()), None, None),
                Fate::Copied(path) => ("copied", Some(path.as_str()), None, None),
                Fate::Rejected(line, reason) => ("rejected", None, Some(*line), Some(reason.as_str())),
            };
            json!({ "path": entry.path, "fate": fate, "to": to, "line": line, "reason": reason, "notes": entry.notes })
        });
        let account =
            json!({ "import": 1, "imported": records, "copied": copied, "rejected": rejected, "files": entries.collect::<Vec<_>>() });
        desk.report.out(&serde_json::to_string_pretty(&account).unwrap_or_default());
        return Exit::Done;
    }
    for entry in &imported.account {
        if let Fate::Rejected(line, reason) = &entry.fate {
            desk.report.out(&format!("left out  {}:{line}: {reason}", entry.path));
        }
        for note in &entry.notes {
            desk.report.say(LogLevel::Debug, &format!("changed   {}: {note}", entry.path));
        }
    }
    desk.report.done(&format!(
        "{} files: {records} imported, {copied} copied, {rejected} left out{}.",
        imported.account.len(),
        if imported.made.is_empty() {
            String::new()
        } else {
            format!("; {} records made for names that no file stands for", imported.made.len())
        }
    ));
    Exit::Done
}
