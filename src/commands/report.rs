//! In: findings and errors. Out: what a person reads on standard error, or a machine on standard output.
//!
//! The one place that draws: excerpts with the line itself on terminals, `json`, `github` and `sarif` for pipelines.

use super::command::{Color, Exit, LogLevel};
use crate::io::outplace::StagingError;
use crate::model::finding::{Finding, Findings, Severity, Spot};
use crate::pipeline::RunError;
use crate::transparency::journal::JournalFault;
use annotate_snippets::{AnnotationKind, Level, Renderer, Snippet};
use clap::ValueEnum;
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use serde_json::json;
use std::io::{IsTerminal, Write};

/// How findings are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// For people, with the line itself.
    Text,
    /// One JSON document, contract `findings/1`.
    Json,
    /// Annotations of a pull request on GitHub.
    Github,
    /// SARIF 2.1.0 (OASIS), for code scanning.
    Sarif,
}

/// Draws messages.
#[derive(Clone)]
pub struct Report {
    renderer: Renderer,
    level: LogLevel,
    colored: bool,
}

impl Report {
    /// Colours on terminals unless told otherwise.
    pub fn new(color: Color, level: LogLevel) -> Report {
        let colored = match color {
            Color::Always => true,
            Color::Never => false,
            Color::Auto => std::io::stderr().is_terminal() && crate::io::files::variable("NO_COLOR").is_none_or(|value| value.is_empty()),
        };
        let renderer = if colored { Renderer::styled() } else { Renderer::plain() };
        Report { renderer, level, colored }
    }

    /// A line on standard error, if that much is wanted.
    pub fn say(&self, level: LogLevel, text: &str) {
        if level <= self.level {
            let _ = writeln!(std::io::stderr(), "{text}");
        }
    }

    /// What was done.
    pub fn done(&self, text: &str) {
        self.say(LogLevel::Info, text);
    }

    /// A line of the command's own result on standard output.
    pub fn out(&self, text: &str) {
        let _ = writeln!(std::io::stdout(), "{text}");
    }

    /// An error of the program, with its causes, and what to do if we know.
    pub fn error(&self, error: &dyn std::error::Error, help: &str) {
        let mut text = format!("error: {error}");
        let mut cause = error.source();
        while let Some(inner) = cause {
            let inner_text = inner.to_string();
            if !text.contains(&inner_text) {
                text.push_str(&format!(": {inner_text}"));
            }
            cause = inner.source();
        }
        if !help.is_empty() {
            text.push_str(&format!("\n  help: {help}"));
        }
        self.say(LogLevel::Error, &text);
    }

    /// The error of a run, and the exit it means.
    pub fn run_error(&self, error: &RunError) -> Exit {
        match error {
            RunError::Disk(inner) => {
                self.error(inner, "Name the site's folder with `--root DIR`.");
                Exit::Usage
            }
            RunError::Staging(inner) => {
                self.error(inner, inner.remedy());
                if matches!(inner, StagingError::Refused { .. }) { Exit::Usage } else { Exit::Environment }
            }
            RunError::State(inner) => super::telling::state_error_on(inner, self),
            RunError::Log(inner) => {
                let (help, exit) = match inner {
                    JournalFault::Damaged { .. } | JournalFault::Cut { .. } | JournalFault::Forked { .. } => (
                        "Restore the state (`log/` beside the ledger) from version control or a backup. Nothing was published.",
                        Exit::Environment,
                    ),
                    JournalFault::Older { .. } | JournalFault::LiveForked { .. } => (
                        "Fetch the newest state and run this again. If nobody has a newer one, tell the public before anything else is published: `docs/log.md`.",
                        Exit::Person,
                    ),
                    JournalFault::Signer(_) => (
                        "Give the keys that `log.key` and `log.secret` speak of; while a new key takes over, both sign: `docs/log.md`. Nothing was published.",
                        Exit::Usage,
                    ),
                    JournalFault::OtherKey { .. } | JournalFault::LiveKey { .. } => (
                        "Put the key back that signed before; a new key is added beside it, never in its place. Nothing was published.",
                        Exit::Usage,
                    ),
                };
                self.error(inner, help);
                exit
            }
            RunError::Sign(inner) => {
                self.error(inner, "Nothing was published.");
                Exit::Usage
            }
            RunError::Render(inner) => {
                self.error(inner, "Mend the template it names; nothing was published.");
                Exit::Content
            }
        }
    }

    /// Draws findings for people, then one line that counts them.
    pub fn findings(&self, findings: &Findings) {
        for finding in findings.iter() {
            let level = if finding.severity == Severity::Error { LogLevel::Error } else { LogLevel::Warn };
            if level <= self.level {
                let _ = writeln!(std::io::stderr(), "{}\n", self.draw(finding));
            }
        }
        if !findings.is_empty() {
            self.say(LogLevel::Error, &counts(findings));
        }
    }

    /// One finding as text.
    pub fn draw(&self, finding: &Finding) -> String {
        let level = match finding.severity {
            Severity::Error => Level::ERROR,
            Severity::Warning => Level::WARNING,
        };
        let title = level.primary_title(finding.message.as_str()).id(finding.code);
        let help = Level::HELP.message(finding.help.as_str());
        let place = finding.place.as_ref();
        let group = match place.map(|place| (&place.path, &place.spot)) {
            Some((path, Spot::Span(span))) => {
                let start = span.text.char_indices().nth(span.column - 1).map_or(span.text.len(), |(at, _)| at);
                let rest = &span.text[start..];
                let end = rest.char_indices().nth(span.length).map_or(span.text.len(), |(at, _)| start + at);
                let source = Snippet::source(span.text.as_str()).line_start(span.line).path(path.as_str());
                title.element(source.annotation(AnnotationKind::Primary.span(start..end))).element(help)
            }
            Some((path, _)) => title.element(annotate_snippets::Origin::path(path.as_str())).element(help),
            None => title.element(help),
        };
        self.renderer.render(&[group])
    }

    /// Findings as a machine reads them, on standard output; text goes to standard error.
    pub fn findings_as(&self, findings: &Findings, format: Format) {
        match format {
            Format::Text => self.findings(findings),
            Format::Json => self.out(&pretty(&json!({ "findings_version": 1, "findings": findings }))),
            Format::Github => findings.iter().for_each(|finding| self.out(&github(finding))),
            Format::Sarif => self.out(&pretty(&sarif(findings))),
        }
    }

    /// A progress bar on terminals, silence elsewhere.
    pub fn progress(&self, what: &str) -> ProgressBar {
        let shown = self.level >= LogLevel::Info && std::io::stderr().is_terminal();
        let bar = ProgressBar::with_draw_target(None, if shown { ProgressDrawTarget::stderr() } else { ProgressDrawTarget::hidden() });
        let style = if self.colored { "{spinner:.cyan} {msg} {human_pos} {elapsed:.dim}" } else { "{spinner} {msg} {human_pos} {elapsed}" };
        bar.set_style(ProgressStyle::with_template(style).unwrap_or_else(|_| ProgressStyle::default_spinner()));
        bar.set_message(what.to_owned());
        bar
    }
}

fn pretty(value: &serde_json::Value) -> String {
    serde_json::to_string_pretty(value).unwrap_or_default()
}

/// `2 errors, 1 warning.`
pub fn counts(findings: &Findings) -> String {
    let errors = findings.iter().filter(|finding| finding.severity == Severity::Error).count();
    let warnings = findings.len() - errors;
    let of = |count: usize, one: &str| format!("{count} {one}{}", if count == 1 { "" } else { "s" });
    match (errors, warnings) {
        (0, _) => format!("{}.", of(warnings, "warning")),
        (_, 0) => format!("{}. `promulgate explain CODE` tells more about each.", of(errors, "error")),
        _ => format!("{}, {}. `promulgate explain CODE` tells more about each.", of(errors, "error"), of(warnings, "warning")),
    }
}

fn place_of(finding: &Finding) -> (&str, usize, usize) {
    match finding.place.as_ref().map(|place| (place.path.as_str(), &place.spot)) {
        Some((path, Spot::Span(span))) => (path, span.line, span.column),
        Some((path, _)) => (path, 1, 1),
        None => ("", 1, 1),
    }
}

/// A workflow command (docs.github.com, "Workflow commands"); values are percent-encoded as it asks.
fn github(finding: &Finding) -> String {
    let (path, line, column) = place_of(finding);
    let level = if finding.severity == Severity::Error { "error" } else { "warning" };
    let data = |text: &str| text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A");
    let property = |text: &str| data(text).replace(':', "%3A").replace(',', "%2C");
    let message = data(&format!("{} {}", finding.message, finding.help));
    format!("::{level} file={},line={line},col={column},title={}::{message}", property(path), property(finding.code))
}

fn sarif(findings: &Findings) -> serde_json::Value {
    let result = |finding: &Finding| {
        let (path, line, column) = place_of(finding);
        json!({
            "ruleId": finding.code,
            "level": if finding.severity == Severity::Error { "error" } else { "warning" },
            "message": { "text": format!("{} {}", finding.message, finding.help) },
            "locations": [{ "physicalLocation": {
                "artifactLocation": { "uri": path },
                "region": { "startLine": line, "startColumn": column },
            } }],
        })
    };
    json!({
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{
            "tool": { "driver": { "name": "promulgate", "version": env!("CARGO_PKG_VERSION") } },
            "results": findings.iter().map(result).collect::<Vec<_>>(),
        }],
    })
}
