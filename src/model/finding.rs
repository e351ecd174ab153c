//! In: a fault in the site. Out: a value with code, severity, place, message and one line of help.
//!
//! A finding is collected, never thrown: every stage returns the findings beside its value, so that a person sees all
//! of them at once. While one of severity error stands, nothing is published.

use serde::Serialize;

/// How much a finding weighs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// Nothing is written or told while one stands.
    Error,
    /// Published all the same; somebody should look.
    Warning,
}

/// A stretch of one line of a file; lines and columns count from 1, columns and length in characters.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Span {
    /// Line number, from 1.
    pub line: usize,
    /// Column of the first character, from 1.
    pub column: usize,
    /// Number of characters marked, at least 1.
    pub length: usize,
    /// The line itself, without its end, cut to [`Span::LINE_LIMIT`] characters.
    pub text: String,
}

impl Span {
    /// Longest excerpt that is kept of a line, in characters.
    pub const LINE_LIMIT: usize = 240;

    /// The span of the bytes `start..end` of `text`; offsets beyond the text mark its end.
    pub fn of(text: &str, start: usize, end: usize) -> Span {
        let start = floor_boundary(text, start);
        let line_start = text[..start].rfind('\n').map_or(0, |at| at + 1);
        let line_end = text[start..].find('\n').map_or(text.len(), |at| start + at);
        let end = floor_boundary(text, end).clamp(start, line_end);
        let line_text = text[line_start..line_end].trim_end_matches('\r');
        Span {
            line: text[..line_start].matches('\n').count() + 1,
            column: text[line_start..start].chars().count() + 1,
            length: text[start..end].chars().count().max(1),
            text: line_text.chars().take(Span::LINE_LIMIT).collect(),
        }
    }
}

fn floor_boundary(text: &str, mut at: usize) -> usize {
    at = at.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

/// Where in a file a finding lies.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Spot {
    /// The file as a whole.
    File,
    /// A field of the front matter or the settings, such as `options.1.cost`; `parse::locate` turns it into a span.
    Field(String),
    /// A marked stretch of a line.
    Span(Span),
}

/// A file and where in it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Place {
    /// Path below the site's root, with `/` between the parts.
    pub path: String,
    /// Where in the file.
    pub spot: Spot,
}

impl Place {
    /// The file as a whole.
    pub fn file(path: impl Into<String>) -> Place {
        Place { path: path.into(), spot: Spot::File }
    }

    /// A field of the file's front matter, by its path, such as `vote.for`.
    pub fn field(path: impl Into<String>, field: impl Into<String>) -> Place {
        Place { path: path.into(), spot: Spot::Field(field.into()) }
    }

    /// The bytes `start..end` of the file whose text is given.
    pub fn span(path: impl Into<String>, text: &str, start: usize, end: usize) -> Place {
        Place { path: path.into(), spot: Spot::Span(Span::of(text, start, end)) }
    }
}

/// A fault in the site.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Finding {
    /// The rule or check, such as `unknown-key`; `promulgate explain CODE` tells about it.
    pub code: &'static str,
    /// Error or warning.
    pub severity: Severity,
    /// The file and where in it; none where the fault has no one file.
    pub place: Option<Place>,
    /// What is wrong, one sentence.
    pub message: String,
    /// What to write instead or do next, one sentence.
    pub help: String,
}

impl Finding {
    /// An error: nothing is published while it stands.
    pub fn error(code: &'static str, place: Place, message: impl Into<String>, help: impl Into<String>) -> Finding {
        Finding { code, severity: Severity::Error, place: Some(place), message: message.into(), help: help.into() }
    }

    /// A warning: published all the same.
    pub fn warning(code: &'static str, place: Place, message: impl Into<String>, help: impl Into<String>) -> Finding {
        Finding { severity: Severity::Warning, ..Finding::error(code, place, message, help) }
    }

    fn sort_key(&self) -> (Option<&str>, usize, usize, Severity, &str, &str) {
        let (line, column) = match self.place.as_ref().map(|place| &place.spot) {
            Some(Spot::Span(span)) => (span.line, span.column),
            _ => (0, 0),
        };
        (self.place.as_ref().map(|place| place.path.as_str()), line, column, self.severity, self.code, &self.message)
    }
}

/// The findings of a run.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
#[serde(transparent)]
pub struct Findings(Vec<Finding>);

impl Findings {
    /// No findings yet.
    pub fn new() -> Findings {
        Findings::default()
    }

    /// Adds one.
    pub fn push(&mut self, finding: Finding) {
        self.0.push(finding);
    }

    /// Adds all of another stage.
    pub fn extend(&mut self, others: impl IntoIterator<Item = Finding>) {
        self.0.extend(others);
    }

    /// Whether one of severity error stands.
    pub fn has_errors(&self) -> bool {
        self.0.iter().any(|finding| finding.severity == Severity::Error)
    }

    /// Whether there is none at all.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// All of them, in the order they were added.
    pub fn iter(&self) -> std::slice::Iter<'_, Finding> {
        self.0.iter()
    }

    /// All of them, changeable in place.
    pub fn iter_mut(&mut self) -> std::slice::IterMut<'_, Finding> {
        self.0.iter_mut()
    }

    /// By file, line, column; equal ones once.
    pub fn sorted(mut self) -> Findings {
        self.0.sort_by(|a, b| a.sort_key().cmp(&b.sort_key()));
        self.0.dedup();
        self
    }
}

impl IntoIterator for Findings {
    type Item = Finding;
    type IntoIter = std::vec::IntoIter<Finding>;
    fn into_iter(self) -> Self::IntoIter {
        self.0.into_iter()
    }
}

impl FromIterator<Finding> for Findings {
    fn from_iter<I: IntoIterator<Item = Finding>>(findings: I) -> Findings {
        Findings(findings.into_iter().collect())
    }
}

/// A value and the findings made on the way to it.
#[derive(Debug, Clone, Default)]
#[must_use = "the findings beside the value must reach the person who can mend them"]
pub struct Checked<T> {
    /// What the stage made; complete in itself even where there are findings.
    pub value: T,
    /// What was wrong on the way.
    pub findings: Findings,
}

impl<T> Checked<T> {
    /// A value with the findings made on the way.
    pub fn new(value: T, findings: Findings) -> Checked<T> {
        Checked { value, findings }
    }

    /// The value, its findings handed to `out`.
    pub fn into_value(self, out: &mut Findings) -> T {
        out.extend(self.findings);
        self.value
    }
}

impl<T> From<T> for Checked<T> {
    fn from(value: T) -> Checked<T> {
        Checked { value, findings: Findings::new() }
    }
}
