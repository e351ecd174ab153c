//! `measure`: reads back how often posts were seen, liked, shared and answered; `report`: shows it.

use super::command::{Desk, Exit, LogLevel};
use super::telling::state_error;
use crate::assemble::Visibility;
use crate::io::clock;
use crate::io::stores;
use crate::model::site::Site;
use crate::pipeline::measuring::{self, Count, Measured, Measures};
use crate::pipeline::{self, telling::Earnest};
use clap::ValueEnum;
use std::collections::BTreeSet;

/// Reads back the counts of recent posts and keeps them beside the ledger.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Posts of the last so many days.
    #[arg(long, value_name = "N", default_value_t = 30)]
    days: u32,
}

/// Shows what `measure` has read back: the latest counts of each post.
#[derive(Debug, clap::Args)]
pub struct ReportArgs {
    /// How it is written.
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
}

/// How a report is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// A table for people, in Markdown.
    Text,
    /// Comma-separated values, one line for each post and count.
    Csv,
    /// One JSON document, contract `measures/1`, with every count ever read.
    Json,
}

/// Runs `measure`.
pub fn run(args: &Args, desk: &Desk) -> Exit {
    let site = match site(desk) {
        Ok(site) => site,
        Err(exit) => return exit,
    };
    let mut store = stores::open(&desk.root, &site.settings, false);
    let ways = Earnest::new(&desk.root);
    match measuring::measure((&site, &desk.root), &ways, store.as_mut(), (args.days, clock::now())) {
        Ok(reading) => {
            for (channel, why) in &reading.failed {
                desk.report.say(LogLevel::Warn, &format!("later     {channel}: {why}"));
            }
            desk.report.done(&format!("Counts of {} posts were read.", reading.read));
            if reading.failed.is_empty() { Exit::Done } else { Exit::Later }
        }
        Err(error) => state_error(&error, desk),
    }
}

/// Runs `report`.
pub fn report(args: &ReportArgs, desk: &Desk) -> Exit {
    let site = match site(desk) {
        Ok(site) => site,
        Err(exit) => return exit,
    };
    let measures = match measuring::load(stores::open(&desk.root, &site.settings, false).as_mut()) {
        Ok(measures) => measures,
        Err(error) => return state_error(&error, desk),
    };
    match args.format {
        Format::Json => desk.report.out(&serde_json::to_string_pretty(&measures).unwrap_or_default()),
        Format::Csv => desk.report.out(csv(&measures).trim_end()),
        Format::Text if measures.posts.is_empty() => desk.report.done("Nothing was measured yet. Run `promulgate measure`."),
        Format::Text => desk.report.out(table(&measures).trim_end()),
    }
    Exit::Done
}

fn site(desk: &Desk) -> Result<Site, Exit> {
    match pipeline::load(&desk.run(Visibility::Public)) {
        Ok(loaded) => loaded.site.ok_or_else(|| {
            desk.report.findings(&loaded.findings);
            Exit::Content
        }),
        Err(error) => Err(desk.report.run_error(&error)),
    }
}

fn names(measures: &Measures) -> BTreeSet<&str> {
    let counts = measures.posts.iter().flat_map(|post| &post.counts);
    counts.flat_map(|count| count.numbers.keys()).map(String::as_str).collect()
}

fn table(measures: &Measures) -> String {
    let names = names(measures);
    let mut out = String::from("| record | channel | event | read |");
    names.iter().for_each(|name| out.push_str(&format!(" {name} |")));
    out.push_str("\n|---|---|---|---|");
    names.iter().for_each(|_| out.push_str("---:|"));
    for post in &measures.posts {
        let Some(Count { at, numbers }) = post.counts.last() else { continue };
        let (record, channel, event) = (&post.record, &post.channel, post.event);
        out.push_str(&format!("\n| {record} ({}) | {channel} | {event} | {} |", post.lang, at.strftime("%F")));
        for name in &names {
            out.push_str(&numbers.get(*name).map_or_else(|| " |".into(), |number| format!(" {number} |")));
        }
    }
    out
}

fn csv(measures: &Measures) -> String {
    let mut out = String::from("record,lang,channel,event,url,at,name,count\n");
    for Measured { record, lang, channel, event, url, counts, .. } in &measures.posts {
        for Count { at, numbers } in counts {
            for (name, number) in numbers {
                out.push_str(&format!("{record},{lang},{channel},{event},\"{}\",{at},{name},{number}\n", url.replace('"', "\"\"")));
            }
        }
    }
    out
}
