//! In: the text of a Markdown file of another system. Out: its front matter and its body, the body cleaned.

use super::words::visible;
use serde_yaml::{Mapping, Value};

/// Longest front matter that is read, in bytes.
const LIMIT: usize = 1024 * 1024;
/// Deepest nesting of brackets; the parser's cost grows with its square.
const DEPTH: usize = 200;

/// A file in its two parts.
#[derive(Debug)]
pub struct Parts<'t> {
    /// The front matter; empty where the file has none.
    pub front: Mapping,
    /// The body as it was.
    pub body: &'t str,
    /// The line of the file, from 1, on which the front matter begins.
    pub first_line: usize,
    /// The front matter as typed.
    pub yaml: &'t str,
}

/// Why a file cannot be read: the line, from 1, and a whole sentence.
pub type Fault = (usize, String);

/// Parts a file; a file without a fence is all body.
pub fn parts(text: &str) -> Result<Parts<'_>, Fault> {
    let blank = text.len() - text.trim_start().len();
    let skipped = text[..blank].matches('\n').count();
    let trimmed = &text[blank..];
    if trimmed.is_empty() {
        return Err((1, "The file is empty.".to_owned()));
    }
    let first = trimmed.lines().next().unwrap_or_default().trim_end();
    if first == "+++" {
        return Err((skipped + 1, "The front matter is TOML; only YAML between `---` lines is read.".to_owned()));
    }
    if first != "---" {
        return Ok(Parts { front: Mapping::new(), body: text, first_line: 1, yaml: "" });
    }
    let start = trimmed.find('\n').map_or(trimmed.len(), |at| at + 1);
    let mut at = start;
    for line in trimmed[start..].split_inclusive('\n') {
        if matches!(line.trim_end(), "---" | "...") {
            let (yaml, body) = (&trimmed[start..at], &trimmed[at + line.len()..]);
            return Ok(Parts { front: front(yaml, skipped + 2)?, body, first_line: skipped + 2, yaml });
        }
        at += line.len();
    }
    Err((skipped + 1, "The front matter that begins here is never closed.".to_owned()))
}

fn front(yaml: &str, first_line: usize) -> Result<Mapping, Fault> {
    if yaml.len() > LIMIT {
        return Err((first_line, format!("The front matter is longer than {LIMIT} bytes.")));
    }
    if is_deep(yaml) {
        return Err((first_line, "Brackets in the front matter are nested too deeply.".to_owned()));
    }
    match serde_yaml::from_str::<Value>(&yaml.replace('\t', "  ")) {
        Ok(Value::Mapping(map)) => Ok(map),
        Ok(Value::Null) => Ok(Mapping::new()),
        Ok(_) => Err((first_line, "The front matter is not a list of `key: value` lines.".to_owned())),
        Err(error) => {
            let text = error.to_string();
            let line = twice(yaml, &text).or(error.location().map(|at| at.line().saturating_sub(1))).unwrap_or(0);
            let what = text.split(" at line ").next().unwrap_or_default();
            Err((first_line + line, format!("The front matter is not valid YAML: {what}.")))
        }
    }
}

fn is_deep(yaml: &str) -> bool {
    let mut depth = 0usize;
    yaml.bytes().any(|byte| {
        match byte {
            b'[' | b'{' => depth += 1,
            b']' | b'}' => depth = depth.saturating_sub(1),
            _ => {}
        }
        depth > DEPTH
    })
}

/// The line, from 0, on which the key that the parser found twice stands for the second time.
fn twice(yaml: &str, message: &str) -> Option<usize> {
    let key = message.split("duplicate entry with key \"").nth(1)?.split('"').next()?;
    let lines = yaml.lines().enumerate();
    let mut found = lines.filter(|(_, line)| line.strip_prefix(key).is_some_and(|rest| rest.trim_start().starts_with(':')));
    found.nth(1).map(|(line, _)| line)
}

/// The first heading of a body, as plain text.
pub fn first_heading(body: &str) -> Option<String> {
    let line = body.lines().map(str::trim).find(|line| line.starts_with('#') && line.trim_start_matches('#').starts_with(' '))?;
    let text = crate::text::markdown::plain(line);
    let text = super::words::one_line(&text);
    (!text.is_empty()).then_some(text)
}

/// The body as a record has it: visible characters only, and without shortcodes where that is asked for.
pub fn cleaned(body: &str, strip_shortcodes: bool) -> String {
    let body = visible(body);
    let body = if strip_shortcodes { without_shortcodes(&body) } else { body };
    let trimmed = body.trim();
    if trimmed.is_empty() { String::new() } else { format!("{trimmed}\n") }
}

/// Takes Hugo's shortcodes out; what stands between a pair stays, and `ref`, `relref` and `link` leave their target.
fn without_shortcodes(body: &str) -> String {
    let mut out = String::with_capacity(body.len());
    let mut rest = body;
    while let Some(at) = rest.find("{{<").into_iter().chain(rest.find("{{%")).min() {
        let close = if rest[at..].starts_with("{{<") { ">}}" } else { "%}}" };
        // After the mark that opens it: in `{{%}}` the two would share a character.
        let Some(length) = rest[at + 3..].find(close).map(|length| length + 3) else { break };
        out.push_str(&rest[..at]);
        let inner = rest[at + 3..at + length].trim();
        let (name, arguments) = inner.split_once(char::is_whitespace).unwrap_or((inner, ""));
        if matches!(name, "ref" | "relref" | "link") {
            let target = arguments.trim().trim_matches('/').trim();
            out.push_str(target.split('"').find(|part| !part.trim().is_empty()).unwrap_or_default().trim());
        }
        rest = &rest[at + length + 3..];
    }
    out.push_str(rest);
    out
}

/// Links to Markdown files of the archive lead to the records that these became; `record` gives the id for a file's
/// name without ending.
pub fn relinked(body: &str, record: &dyn Fn(&str) -> Option<String>) -> String {
    let mut out = String::with_capacity(body.len());
    let mut rest = body;
    while let Some(at) = rest.find("](") {
        let (before, after) = rest.split_at(at + 2);
        out.push_str(before);
        let end = after.find([')', ' ', '\n', '<']).unwrap_or(after.len());
        let (target, tail) = after.split_at(end);
        out.push_str(&moved(target, record).unwrap_or_else(|| target.to_owned()));
        rest = tail;
    }
    out.push_str(rest);
    out
}

/// Where a relative link to a Markdown file leads now.
fn moved(target: &str, record: &dyn Fn(&str) -> Option<String>) -> Option<String> {
    let (path, anchor) = target.find('#').map_or((target, ""), |at| target.split_at(at));
    let name = path.rsplit('/').next()?.strip_suffix(".md")?;
    let relative = !path.contains(':') && !path.starts_with("//");
    relative.then(|| record(name)).flatten().map(|id| format!("/{id}/{anchor}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_shortcode_whose_two_marks_share_a_character_is_none() {
        assert_eq!(cleaned("a {{%}} b", true), "a {{%}} b\n");
        assert_eq!(cleaned("a {{%}}b{{% c %}} d", true), "a  d\n");
        assert_eq!(cleaned("a {{%%}} b {{<>}} c", true), "a  b  c\n");
    }

    #[test]
    fn shortcodes_go_and_what_they_hold_stays() {
        let body = "{{< note >}}Keep **this**.{{< /note >}} [see]({{< ref \"a/b.md\" >}}) {{% youtube id=\"x\" %}}end {{< open";
        assert_eq!(cleaned(body, true), "Keep **this**. [see](a/b.md) end {{< open\n");
        assert_eq!(cleaned("{{< note >}}", false), "{{< note >}}\n");
    }

    #[test]
    fn faults_name_their_line() {
        assert_eq!(parts("").expect_err("empty").0, 1);
        assert_eq!(parts("+++\ntitle = 1\n+++\n").expect_err("TOML").0, 1);
        let twice = parts("---\ntitle: a\ndate: 2026-01-01\ntitle: b\n---\n").expect_err("twice");
        assert!(twice.0 == 4 && twice.1.contains("duplicate"), "{twice:?}");
        assert!(parts("---\na: b\nc: \"d\ne: f: g\n---\n").expect_err("broken").0 >= 3);
        assert!(parts(&format!("---\na: {}\n---\n", "[".repeat(100_000))).expect_err("deep").1.contains("nested"));
        assert_eq!(parts("---\na: b\n").expect_err("open").1, "The front matter that begins here is never closed.");
        assert_eq!(parts("# Only text\n").expect("all body").body, "# Only text\n");
    }
}
