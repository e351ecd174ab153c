//! `check`: every rule over every record, every page made and looked at, nothing written.

use super::build::exit_of;
use super::command::{Desk, Exit};
use super::report::Format;
use crate::assemble::Visibility;
use crate::io::disk;
use crate::io::files::{self, FileError};
use crate::model::finding::Findings;
use crate::model::route::SafePath;
use crate::pipeline;
use std::path::PathBuf;

/// Checks every record and page; writes nothing.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Tell only of these files or folders.
    paths: Vec<PathBuf>,
    /// How findings are written.
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
    /// Mend what can be mended for certain: byte order marks, line ends, tabs, misspelt keys.
    #[arg(long)]
    fix: bool,
}

/// Runs the command.
pub fn run(args: &Args, desk: &Desk) -> Exit {
    let mut checked = match pipeline::check(&desk.run(Visibility::Drafts)) {
        Ok(checked) => checked,
        Err(error) => return desk.report.run_error(&error),
    };
    if args.fix {
        match fix(&checked.findings, desk) {
            Ok(0) => desk.report.done("Nothing could be mended for certain."),
            Ok(fixed) => {
                desk.report.done(&format!("{fixed} places were mended."));
                match pipeline::check(&desk.run(Visibility::Drafts)) {
                    Ok(again) => checked = again,
                    Err(error) => return desk.report.run_error(&error),
                }
            }
            Err(error) => {
                desk.report.error(&error, "Nothing else was changed.");
                return Exit::Environment;
            }
        }
    }
    let findings = below(checked.findings, &args.paths, desk);
    desk.report.findings_as(&findings, args.format);
    if let (true, Some(site)) = (findings.is_empty() && args.format == Format::Text, &checked.site) {
        let files: usize = site.items.iter().map(|item| item.editions.len()).sum();
        let of = |count: usize, one: &str| format!("{count} {one}{}", if count == 1 { "" } else { "s" });
        desk.report.done(&format!("{} in {}: nothing to mend.", of(site.items.len(), "record"), of(files, "file")));
    }
    exit_of(&findings)
}

/// The findings of the files that were named; all where none was.
fn below(findings: Findings, paths: &[PathBuf], desk: &Desk) -> Findings {
    if paths.is_empty() {
        return findings;
    }
    let named: Vec<String> = paths
        .iter()
        .map(|path| {
            path.strip_prefix(&desk.root).unwrap_or(path).to_string_lossy().trim_start_matches("./").trim_end_matches('/').to_owned()
        })
        .collect();
    let wanted =
        |path: &str| named.iter().any(|name| path == name || path.strip_prefix(name.as_str()).is_some_and(|rest| rest.starts_with('/')));
    findings.into_iter().filter(|finding| finding.place.as_ref().is_none_or(|place| wanted(&place.path))).collect()
}

/// Mends misspelt keys whose meaning is certain: the finding names exactly one near key.
fn fix(findings: &Findings, desk: &Desk) -> Result<usize, FileError> {
    use crate::model::finding::Spot;
    let mut fixed = 0;
    for finding in findings.iter().filter(|finding| finding.code == "unknown-key") {
        let Some(place) = &finding.place else { continue };
        let Spot::Span(span) = &place.spot else { continue };
        let Some(right) = finding.help.strip_prefix("Did you mean `").and_then(|rest| rest.strip_suffix("`?")) else { continue };
        let Ok(path) = SafePath::new(&place.path) else { continue };
        let path = disk::spelled(&desk.root, &path);
        let text = files::read(&path)?;
        let mut lines: Vec<String> = text.split('\n').map(str::to_owned).collect();
        let Some(line) = lines.get_mut(span.line - 1) else { continue };
        let start = line.char_indices().nth(span.column - 1).map_or(line.len(), |(at, _)| at);
        let end = line[start..].char_indices().nth(span.length).map_or(line.len(), |(at, _)| start + at);
        let typed = finding.message.strip_prefix("There is no field `").and_then(|rest| rest.strip_suffix("`."));
        if typed != Some(&line[start..end]) {
            continue;
        }
        let already = text.lines().any(|other| other.trim_start().starts_with(&format!("{right}:")));
        if !already {
            line.replace_range(start..end, right);
            files::replace(&path, &lines.join("\n"))?;
            fixed += 1;
        }
    }
    Ok(fixed)
}
