//! What a person can ask for: one file a command. Only this room prints.

mod build;
mod check;
mod command;
mod completions;
mod doctor;
mod explain;
mod headers;
mod import;
mod init;
mod keygen;
mod measure;
mod new;
mod plan;
mod publish;
mod rehearse;
mod report;
mod resolve;
mod schema;
mod serve;
mod signing;
mod telling;
mod verify;
mod withdraw;

use crate::io::deadline;
use crate::model::date::Instant;
use clap::{CommandFactory, Parser, Subcommand};
use command::{Color, Desk, Exit, LogLevel};
use std::path::PathBuf;

/// Turns a folder of Markdown into a public body's open record and tells people about it, exactly once.
#[derive(Debug, Parser)]
#[command(name = "promulgate", version, max_term_width = 100)]
pub struct Cli {
    /// The site's folder, with promulgate.yaml and content/.
    #[arg(long, global = true, default_value = ".", value_name = "DIR")]
    root: PathBuf,
    /// The present for this run, such as 2026-11-20T12:00:00+01:00; else the clock.
    #[arg(long, global = true, value_name = "TIME")]
    now: Option<Instant>,
    /// When to colour messages.
    #[arg(long, global = true, value_enum, default_value_t = Color::Auto, value_name = "WHEN")]
    color: Color,
    /// How much to say on standard error.
    #[arg(long, global = true, value_enum, default_value_t = LogLevel::Info, value_name = "LEVEL")]
    log_level: LogLevel,
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    Init(init::Args),
    New(new::Args),
    Check(check::Args),
    Build(build::Args),
    Serve(serve::Args),
    Plan(plan::Args),
    Publish(publish::Args),
    /// Tells what is new, for pipelines that have deployed the site by other means.
    Announce(publish::Args),
    Verify(verify::Args),
    Rehearse(rehearse::Args),
    Doctor(doctor::Args),
    Resolve(resolve::Args),
    Measure(measure::Args),
    Report(measure::ReportArgs),
    Import(import::Args),
    Explain(explain::Args),
    Withdraw(withdraw::Args),
    Erase(withdraw::EraseArgs),
    Keygen(keygen::Args),
    Headers(headers::Args),
    Schema(schema::Args),
    Completions(completions::Args),
}

/// Reads the command line, runs the command, returns the exit code.
pub fn main() -> u8 {
    let cli = match Cli::try_parse() {
        Ok(cli) => cli,
        Err(error) => {
            let code = if error.use_stderr() { Exit::Usage } else { Exit::Done };
            let _ = error.print();
            return code as u8;
        }
    };
    let report = report::Report::new(cli.color, cli.log_level);
    let told = report.clone();
    deadline::watch(Exit::Content as u8, move |subject, limit| {
        let seconds = limit.as_secs();
        told.say(
            LogLevel::Error,
            &format!("error: `{subject}` was given up: making its page took more than {seconds} seconds of work, or ever more memory\n  help: Look for a template that loops without end, or split the text. Nothing was published."),
        );
    });
    let desk = Desk { root: cli.root, now: cli.now, report };
    let exit = match cli.command {
        Command::Init(args) => init::run(&args, &desk),
        Command::New(args) => new::run(&args, &desk),
        Command::Check(args) => check::run(&args, &desk),
        Command::Build(args) => build::run(&args, &desk),
        Command::Serve(args) => serve::run(&args, &desk),
        Command::Plan(args) => plan::run(&args, &desk),
        Command::Publish(args) => publish::run(&args, &desk),
        Command::Announce(args) => publish::announce(&args, &desk),
        Command::Verify(args) => verify::run(&args, &desk),
        Command::Rehearse(args) => rehearse::run(&args, &desk),
        Command::Doctor(args) => doctor::run(&args, &desk),
        Command::Resolve(args) => resolve::run(&args, &desk),
        Command::Measure(args) => measure::run(&args, &desk),
        Command::Report(args) => measure::report(&args, &desk),
        Command::Import(args) => import::run(&args, &desk),
        Command::Explain(args) => explain::run(&args, &desk),
        Command::Withdraw(args) => withdraw::run(&args, &desk),
        Command::Erase(args) => withdraw::erase(&args, &desk),
        Command::Keygen(args) => keygen::run(&args, &desk),
        Command::Headers(args) => headers::run(&args, &desk),
        Command::Schema(args) => schema::run(&args, &desk),
        Command::Completions(args) => completions::run(&args, Cli::command(), &desk),
    };
    exit as u8
}
