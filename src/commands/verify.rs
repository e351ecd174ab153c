//! `verify`: whether a published site, or one page of it, is what its body has signed; says what was not proven, too.

use super::command::{Desk, Exit};
use crate::io::clock;
use crate::io::disk::SETTINGS;
use crate::io::files;
use crate::model::date::Instant;
use crate::pipeline::verifying::Published;
use crate::transparency::check_page::{self, Page};
use crate::transparency::hex;
use crate::transparency::note::VerifierKey;
use crate::transparency::policy::Policy;
use crate::transparency::site::{Demand, Report, Trust, Witnessed};
use clap::ValueEnum;
use jiff::SignedDuration;
use serde_json::json;
use std::path::{Path, PathBuf};

/// Checks a published site, or one page of it, against its public log.
///
/// A site is checked whole: every file, every entry of the log, every record. A page is checked offline, with the
/// files `record.json` and `record.tlog-proof` beside it. Ends with 0 where all was proven, with 1 where something is
/// false, with 5 where something cannot be read.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// A folder, an address, or a page that ends with .html; else the folder `public` of the site.
    #[arg(value_name = "DIR|URL|PAGE")]
    target: Option<String>,
    /// The log's key, or a file with it: from a notice, a letter, another site; else `log: key:` of promulgate.yaml. Once
    /// more for each further key, where the log has had several.
    #[arg(long, value_name = "VKEY")]
    key: Vec<String>,
    /// Which witnesses must have signed, and how many: a file of the form c2sp.org/tlog-policy. It may name the log's key, too.
    #[arg(long, value_name = "FILE")]
    policy: Option<PathBuf>,
    /// A checkpoint that was kept: proves that nothing before it was changed.
    #[arg(long, value_name = "FILE")]
    since: Option<PathBuf>,
    /// How old the newest signature may be, such as 36h, 7d or 2w.
    #[arg(long, value_name = "TIME", value_parser = duration)]
    max_age: Option<SignedDuration>,
    /// How the result is written.
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
}

/// How a result is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// For people.
    Text,
    /// One JSON document, contract `verification/1`.
    Json,
}

/// Why nothing was checked.
enum Stop {
    /// Wrong use.
    Usage(String),
    /// A file or server that cannot be read.
    Unread(String),
}

/// Runs the command.
pub fn run(args: &Args, desk: &Desk) -> Exit {
    let result = match &args.target {
        Some(path) if path.ends_with(".html") && !is_address(path) => page(args, Path::new(path), desk),
        target => site(args, target.as_deref(), desk),
    };
    match result {
        Ok(report) => {
            match args.format {
                Format::Json => desk.report.out(&serde_json::to_string_pretty(&document(&report)).unwrap_or_default()),
                Format::Text => desk.report.out(&text(&report)),
            }
            if report.holds() { Exit::Done } else { Exit::Content }
        }
        Err(Stop::Usage(why)) => {
            desk.report.say(super::command::LogLevel::Error, &format!("error: {why}"));
            Exit::Usage
        }
        Err(Stop::Unread(why)) => {
            desk.report.say(super::command::LogLevel::Error, &format!("error: {why}\n  help: Nothing was found to be false; try again."));
            Exit::Environment
        }
    }
}

fn is_address(target: &str) -> bool {
    target.starts_with("https://") || target.starts_with("http://")
}

fn site(args: &Args, target: Option<&str>, desk: &Desk) -> Result<Report, Stop> {
    let published = match target {
        Some(address) if is_address(address) => {
            Published::web(address).ok_or_else(|| Stop::Usage(format!("`{address}` is no address of a site.")))?
        }
        folder => {
            let folder = folder.map_or_else(|| desk.root.join("public"), PathBuf::from);
            let why = |error| Stop::Usage(format!("`{}` is no folder that can be read: {error}.", folder.display()));
            Published::folder(&folder).map_err(why)?
        }
    };
    let unread = |error: crate::transparency::site::Unreachable| Stop::Unread(format!("{error}."));
    let (pinned, trust) = trusted(args, desk)?;
    let (key, own) = match pinned {
        Some(key) => (key, false),
        None => {
            let missing = || Stop::Usage("The site shows no key of a log in log/vkey. Give the log's key with --key.".into());
            (published.own_key().map_err(unread)?.ok_or_else(missing)?, true)
        }
    };
    let since = match &args.since {
        Some(path) => Some(files::read_bytes(path).map_err(|error| Stop::Usage(format!("{error}: {}.", error.source)))?),
        None => None,
    };
    let now = desk.now.map_or_else(clock::now, Instant::timestamp);
    let demand = Demand { key, since, max_age: args.max_age.map(|most| (most, now)), trust };
    let mut report = published.verify(&demand).map_err(unread)?;
    if own {
        let text = "Whether the key is the body's own: it was taken from the site itself, and whoever can change the site can change it. \
                    Compare it with a printed one, and give that with --key.";
        report.open.insert(0, text.to_owned());
    }
    Ok(report)
}

fn page(args: &Args, path: &Path, desk: &Desk) -> Result<Report, Stop> {
    if args.since.is_some() || args.max_age.is_some() {
        return Err(Stop::Usage("--since and --max-age need the whole site, not a page of it.".into()));
    }
    let missing = || Stop::Usage("A page is checked with the log's key alone. Give it with --key.".into());
    let (key, trust) = trusted(args, desk)?;
    let key = key.ok_or_else(missing)?;
    let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
    let before = match name.strip_suffix(".html") {
        Some("index") | None => String::new(),
        Some(stem) => format!("{stem}."),
    };
    let read = |name: &str| {
        let file = path.with_file_name(name);
        let bytes = files::read_bytes(&file).map_err(|error| Stop::Unread(format!("{error}: {}.", error.source)))?;
        Ok((file.display().to_string(), bytes))
    };
    let (html, record, proof) = (read(name)?, read(&format!("{before}record.json"))?, read(&format!("{before}record.tlog-proof"))?);
    let page = Page { html: Some((&html.0, &html.1)), record: (&record.0, &record.1), proof: (&proof.0, &proof.1) };
    Ok(check_page::page(&page, &key, &trust))
}

/// The log's key and whom else one trusts: from the command line, the policy, the settings of the site one stands in.
fn trusted(args: &Args, desk: &Desk) -> Result<(Option<VerifierKey>, Trust), Stop> {
    let policy = args.policy.as_deref().map(policy).transpose()?;
    let (own, witnesses) = settings(desk)?;
    let given = args.key.iter().map(|given| typed(given)).collect::<Result<Vec<_>, _>>()?;
    let of_policy: Vec<VerifierKey> = policy.iter().flat_map(|policy| &policy.logs).map(|party| party.key.clone()).collect();
    let mut keys = [given, of_policy, own].into_iter().find(|keys| !keys.is_empty()).unwrap_or_default();
    let further = if keys.is_empty() { Vec::new() } else { keys.split_off(1) };
    Ok((keys.pop(), Trust { further, witnesses, policy }))
}

fn policy(path: &Path) -> Result<Policy, Stop> {
    let text = files::read(path).map_err(|error| Stop::Usage(format!("{error}: {}.", error.source)))?;
    Policy::parse(&text).map_err(|error| Stop::Usage(format!("The policy {}: {error}.", path.display())))
}

/// A key as it was typed, or the file with it.
fn typed(given: &str) -> Result<VerifierKey, Stop> {
    let (text, from) = match given.contains('+') {
        true => (given.to_owned(), "--key".to_owned()),
        false => match files::read(Path::new(given)) {
            Ok(text) => (text, format!("The file {given}")),
            Err(error) => return Err(Stop::Usage(format!("--key is neither a key nor a file with one: {error}: {}.", error.source))),
        },
    };
    parsed(&text, &from)
}

fn parsed(text: &str, from: &str) -> Result<VerifierKey, Stop> {
    VerifierKey::parse(text.trim()).map_err(|error| Stop::Usage(format!("{from}: {error}.")))
}

/// The keys of the log and of its witnesses in the settings of the site one stands in.
fn settings(desk: &Desk) -> Result<(Vec<VerifierKey>, Vec<VerifierKey>), Stop> {
    let settings = files::read(&desk.root.join(SETTINGS)).ok();
    let settings: Option<serde_yaml::Value> = settings.and_then(|text| serde_yaml::from_str(&text).ok());
    let Some(log) = settings.as_ref().and_then(|settings| settings.get("log")) else { return Ok(Default::default()) };
    let keys = match log.get("key") {
        Some(serde_yaml::Value::String(key)) => vec![key.as_str()],
        Some(serde_yaml::Value::Sequence(keys)) => keys.iter().filter_map(serde_yaml::Value::as_str).collect(),
        _ => Vec::new(),
    };
    let keys = keys.into_iter().map(|key| parsed(key, &format!("`log: key:` of {SETTINGS}"))).collect::<Result<_, _>>()?;
    let witnesses = log.get("witnesses").and_then(serde_yaml::Value::as_sequence).into_iter().flatten();
    let witnesses = witnesses.filter_map(|witness| witness.get("key")?.as_str());
    let witnesses = witnesses.map(|key| parsed(key, &format!("`log: witnesses:` of {SETTINGS}"))).collect::<Result<_, _>>()?;
    Ok((keys, witnesses))
}

/// `36h`, `7d`, `2w`.
fn duration(text: &str) -> Result<SignedDuration, String> {
    let wrong = || format!("`{text}` is no such time; write a number and one of m, h, d, w");
    let split = text.char_indices().next_back().map_or(0, |(at, _)| at);
    let (number, unit) = text.split_at(split);
    let hours = match unit {
        "m" => return number.parse::<u16>().map(|minutes| SignedDuration::from_mins(minutes.into())).map_err(|_| wrong()),
        "h" => 1,
        "d" => 24,
        "w" => 24 * 7,
        _ => return Err(wrong()),
    };
    number.parse::<u16>().map(|count| SignedDuration::from_hours(i64::from(count) * hours)).map_err(|_| wrong())
}

/// What a person reads.
fn text(report: &Report) -> String {
    const SHOWN: usize = 20;
    let mut out = String::new();
    report.proven.iter().for_each(|line| out.push_str(&format!("proven    {line}\n")));
    let mut explained = Vec::new();
    for fault in report.faults.iter().take(SHOWN) {
        out.push_str(&format!("FALSE     {}: {}\n", fault.path, fault.message));
        if !explained.contains(&fault.what) {
            out.push_str(&format!("          {}\n", fault.what.meaning()));
            explained.push(fault.what);
        }
    }
    if report.faults.len() > SHOWN {
        out.push_str(&format!("          … and {} more; --format json has all.\n", report.faults.len() - SHOWN));
    }
    report.open.iter().for_each(|line| out.push_str(&format!("unproven  {line}\n")));
    out.push_str(if report.holds() {
        "Nothing false was found."
    } else {
        "Do not rely on what is false here. Keep these files as they are, tell the body that publishes them by another way than \
         this site, and tell whoever else keeps checkpoints of its log."
    });
    out
}

/// What a machine reads.
fn document(report: &Report) -> serde_json::Value {
    let fault = |fault: &crate::transparency::site::Fault| json!({ "what": fault.what.word(), "path": fault.path, "message": fault.message, "meaning": fault.what.meaning() });
    let witness = |one: &Witnessed| json!({ "name": one.name, "size": one.size, "time": one.time.to_string() });
    json!({
        "verification": 1,
        "holds": report.holds(),
        "log": report.log.map(|(size, root)| json!({ "size": size, "root": hex(&root) })),
        "signed": report.signed.map(|time| time.to_string()),
        "witnesses": report.witnessed.iter().map(witness).collect::<Vec<_>>(),
        "proven": report.proven,
        "false": report.faults.iter().map(fault).collect::<Vec<_>>(),
        "unproven": report.open,
    })
}
