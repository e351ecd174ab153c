//! `withdraw RECORD`: the record stays, and says that it no longer holds. `erase RECORD`: its text goes for good.

use super::command::{Desk, Exit, LogLevel};
use crate::assemble::Visibility;
use crate::formats::record_json;
use crate::io::{disk, files};
use crate::kinds::common::GROUNDS;
use crate::model::date::{Day, Now};
use crate::model::route::SafePath;
use crate::model::site::{Item, Site};
use crate::pipeline;
use clap::builder::PossibleValuesParser;
use std::collections::BTreeSet;

/// Takes a record back: its page stays, with its text, and says so; every post made of it is told.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// The record, such as decisions/2026/night-buses.
    record: String,
    /// Why, in words for the reader.
    #[arg(long, value_name = "TEXT")]
    reason: String,
    /// The kind of reason, as the public log tells it.
    #[arg(long, value_name = "CODE", default_value = "mistake", value_parser = PossibleValuesParser::new(GROUNDS))]
    ground: String,
    /// The day; today where none is given.
    #[arg(long, value_name = "DAY")]
    date: Option<Day>,
}

/// Takes a record out for good, where the law asks for it: text, documents and posts go, the public log keeps that it was there.
#[derive(Debug, clap::Args)]
pub struct EraseArgs {
    /// The record, such as decisions/2026/night-buses.
    record: String,
    /// The kind of reason, as the public log tells it.
    #[arg(long, value_name = "CODE", value_parser = PossibleValuesParser::new(GROUNDS))]
    reason: String,
    /// The law or ruling, without names of persons.
    #[arg(long, value_name = "TEXT")]
    basis: Option<String>,
}

/// What a person must do that no program of ours can.
const CHECKLIST: &str = "\
Still to be done by a person, because no program of ours reaches it:
  1. Commit this and run `promulgate publish`: pages, feeds, search and posts lose the text then.
  2. The history of the repository still has it: rewrite it (`git filter-repo --path FILE --invert-paths`), have everybody fetch anew,
     and ask whoever hosts it to drop caches and closed merge requests.
  3. Artefacts and logs of the pipeline, backups, and a state branch (docs/stores.md says how).
  4. Copies elsewhere: forks, a content delivery network, search engines' caches, web archives.
  5. Platforms where posts cannot be deleted by program: `promulgate plan` names them. Kits for posts by hand, in `handover/`.
  6. A page kept by someone else cannot be called back; the log proves no longer what it said.";

/// Runs `withdraw`.
pub fn run(args: &Args, desk: &Desk) -> Exit {
    let (site, at) = match found(&args.record, desk) {
        Ok(found) => found,
        Err(exit) => return exit,
    };
    let record = &site.items[at].original().record;
    let path = record.source.path.as_str();
    if record.fields.map("withdrawn").is_some() {
        desk.report.done(&format!("`{path}` says already that it was withdrawn; nothing was changed."));
        return Exit::Done;
    }
    let today = Now { at: desk.run(Visibility::Public).now, zone: site.settings.zone.clone() }.today();
    let reason = serde_json::to_string(&args.reason).expect("text can always be written");
    let line = format!("withdrawn: {{date: {}, ground: {}, reason: {reason}}}", args.date.unwrap_or(today), args.ground);
    let Some(text) = with_line(&record.source.text, &line) else {
        desk.report.say(
            LogLevel::Error,
            &format!("error: `{path}` has no front matter that a line could be added to\n  help: Add it by hand: {line}"),
        );
        return Exit::Content;
    };
    if let Err(error) = files::replace(&disk::spelled(&desk.root, &record.source.path), &text) {
        desk.report.error(&error, "Nothing was changed.");
        return Exit::Environment;
    }
    desk.report.done(&format!("{path}: {line}"));
    desk.report.done("The page stays with its text and says so. Commit this; `promulgate plan` shows what the channels will be told.");
    Exit::Done
}

/// Runs `erase`.
pub fn erase(args: &EraseArgs, desk: &Desk) -> Exit {
    let (site, at) = match found(&args.record, desk) {
        Ok(found) => found,
        Err(exit) => return exit,
    };
    let item = &site.items[at];
    let today = Now { at: desk.run(Visibility::Public).now, zone: site.settings.zone.clone() }.today();
    let basis = args.basis.as_ref().map(|basis| format!("basis: {}\n", serde_json::to_string(basis).expect("text can always be written")));
    let text = format!("date: {today}\nreason: {}\n{}", args.reason, basis.unwrap_or_default());
    let tombstone = format!("content/{}.erased.yaml", item.id);
    // The tombstone first: a run that dies in between leaves a site that is refused, and none that forgot.
    if let Err(error) = files::create(&desk.root.join(&tombstone), &text) {
        desk.report.error(&error, "Nothing was deleted.");
        return Exit::Environment;
    }
    desk.report.done(&format!("{tombstone}: written."));
    for path in files_of(&site, item) {
        if let Err(error) = files::remove(&disk::spelled(&desk.root, &path)) {
            desk.report.error(&error, "Delete this file by hand; the site is refused while it is there.");
            return Exit::Environment;
        }
        desk.report.done(&format!("{path}: deleted."));
    }
    desk.report.out(CHECKLIST);
    Exit::Done
}

/// The files of a record in all its languages, and those beside it that nothing else names.
fn files_of(site: &Site, item: &Item) -> BTreeSet<SafePath> {
    let by_folder = record_json::by_folder(&site.assets);
    let named = |item: &Item| -> BTreeSet<SafePath> {
        let all = item.editions.iter().flat_map(|edition| record_json::attached(item, edition, &by_folder));
        all.map(|(_, asset)| asset.path.clone()).collect()
    };
    let others: BTreeSet<SafePath> = site.items.iter().filter(|other| other.id != item.id).flat_map(named).collect();
    let texts = item.editions.iter().map(|edition| edition.record.source.path.clone());
    texts.chain(named(item).into_iter().filter(|path| !others.contains(path))).collect()
}

fn found(record: &str, desk: &Desk) -> Result<(Site, usize), Exit> {
    let id = record.trim_start_matches("content/").trim_end_matches(".md").trim_matches('/');
    let loaded = pipeline::load(&desk.run(Visibility::Drafts)).map_err(|error| desk.report.run_error(&error))?;
    let Some(site) = loaded.site else {
        desk.report.findings(&loaded.findings);
        return Err(Exit::Content);
    };
    match site.items.iter().position(|item| item.id.as_str() == id) {
        Some(at) => Ok((site, at)),
        None => {
            desk.report.say(
                LogLevel::Error,
                &format!(
                    "error: there is no record `{id}`\n  help: Name it by its path below content/, such as decisions/2026/night-buses."
                ),
            );
            Err(Exit::Usage)
        }
    }
}

/// A record's text with one more line at the end of its front matter.
fn with_line(text: &str, line: &str) -> Option<String> {
    let ending = if text.split('\n').next()?.ends_with('\r') { "\r\n" } else { "\n" };
    let mut at = text.find('\n')? + 1;
    for piece in text[at..].split_inclusive('\n') {
        if piece.trim_end() == "---" {
            return Some(format!("{}{line}{ending}{}", &text[..at], &text[at..]));
        }
        at += piece.len();
    }
    None
}

#[cfg(test)]
mod tests {
    use super::with_line;

    #[test]
    fn a_line_goes_to_the_end_of_the_front_matter_whatever_the_line_ends() {
        assert_eq!(with_line("---\ntitle: A\n---\nText\n---\n", "b: 1").as_deref(), Some("---\ntitle: A\nb: 1\n---\nText\n---\n"));
        assert_eq!(with_line("---\r\ntitle: A\r\n---\r\nText", "b: 1").as_deref(), Some("---\r\ntitle: A\r\nb: 1\r\n---\r\nText"));
        assert_eq!(with_line("no front matter\n", "b: 1"), None);
    }
}
