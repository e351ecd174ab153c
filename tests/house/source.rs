//! In: a folder. Out: its files, each as written and as bare code: comments, strings and tests blanked, lines kept.

use std::path::Path;

/// A file that the guards look at.
pub struct File {
    /// Its path below the crate, with `/`.
    pub path: String,
    /// What it says.
    pub raw: String,
    /// Its code: no comment, no text in quotes, nothing under `#[cfg(test)]`.
    pub code: String,
}

impl File {
    /// A file of a path and a text.
    pub fn new(path: impl Into<String>, raw: impl Into<String>) -> Self {
        let (path, raw) = (path.into(), raw.into());
        let code = if path.ends_with(".rs") { without_tests(&bare(&raw)) } else { String::new() };
        Self { path, raw, code }
    }

    /// Reads one file below `root`.
    pub fn read(root: &Path, path: &str) -> Self {
        Self::new(path, std::fs::read_to_string(root.join(path)).unwrap_or_else(|error| panic!("{path}: {error}")))
    }

    /// The module that the file is, below the crate's root: `src/parse/fields.rs` is `[parse, fields]`.
    pub fn module(&self) -> Vec<&str> {
        let below = self.path.trim_start_matches("src/").trim_end_matches(".rs");
        let mut parts: Vec<_> = below.split('/').collect();
        if matches!(parts.last(), Some(&"mod" | &"lib" | &"main")) && (parts.len() > 1 || below != "mod") {
            parts.pop();
        }
        parts
    }

    /// The room that the file belongs to; the two files at the crate's root are `lib` and `main`.
    pub fn room(&self) -> &str {
        self.path.trim_start_matches("src/").split('/').next().unwrap_or_default().trim_end_matches(".rs")
    }

    /// The lines of the code that hold a phrase, numbered from one.
    pub fn lines_with<'a>(&'a self, phrase: &'a str) -> impl Iterator<Item = usize> + 'a {
        self.code.lines().enumerate().filter(move |(_, line)| line.contains(phrase)).map(|(at, _)| at + 1)
    }
}

/// All files below a folder whose names end so, in order of path; a folder that is not there holds none.
pub fn read_tree(root: &Path, folder: &str, ending: &str) -> Vec<File> {
    let Ok(entries) = std::fs::read_dir(root.join(folder)) else { return Vec::new() };
    let mut names: Vec<_> = entries.map(|entry| entry.expect("the folder can be read")).collect();
    names.sort_by_key(|entry| entry.file_name());
    let mut files = Vec::new();
    for entry in names {
        let path = format!("{folder}/{}", entry.file_name().to_string_lossy());
        if entry.path().is_dir() {
            files.extend(read_tree(root, &path, ending));
        } else if path.ends_with(ending) {
            files.push(File::read(root, &path));
        }
    }
    files
}

/// The code with comments and quoted text blanked.
fn bare(text: &str) -> String {
    let chars: Vec<char> = text.chars().collect();
    let mut out = String::with_capacity(text.len());
    let mut at = 0;
    while at < chars.len() {
        let end = token_to_blank(&chars, at);
        if end == at {
            out.push(chars[at]);
            at += 1;
        } else {
            out.extend(chars[at..end].iter().map(|c| if *c == '\n' { '\n' } else { ' ' }));
            at = end;
        }
    }
    out
}

/// Where the comment, string or character that starts here ends; here itself if none starts.
fn token_to_blank(chars: &[char], at: usize) -> usize {
    let next = chars.get(at + 1).copied();
    let in_word = at > 0 && (chars[at - 1].is_alphanumeric() || chars[at - 1] == '_');
    match (chars[at], next) {
        ('/', Some('/')) => chars[at..].iter().position(|c| *c == '\n').map_or(chars.len(), |len| at + len),
        ('/', Some('*')) => block_end(chars, at),
        ('"', _) => string_end(chars, at + 1),
        ('r', Some('"' | '#')) if !in_word || chars[at - 1] == 'b' => raw_string_end(chars, at),
        ('\'', Some('\\')) => chars[at + 3..].iter().position(|c| *c == '\'').map_or(chars.len(), |len| at + 3 + len + 1),
        ('\'', Some(_)) if chars.get(at + 2) == Some(&'\'') => at + 3,
        _ => at,
    }
}

fn block_end(chars: &[char], start: usize) -> usize {
    let (mut at, mut depth) = (start, 0);
    while at < chars.len() {
        match (chars[at], chars.get(at + 1)) {
            ('/', Some('*')) => (depth, at) = (depth + 1, at + 2),
            ('*', Some('/')) if depth == 1 => return at + 2,
            ('*', Some('/')) => (depth, at) = (depth - 1, at + 2),
            _ => at += 1,
        }
    }
    at
}

fn string_end(chars: &[char], mut at: usize) -> usize {
    while at < chars.len() && chars[at] != '"' {
        at += if chars[at] == '\\' { 2 } else { 1 };
    }
    (at + 1).min(chars.len())
}

/// The end of `r"…"` or `r#"…"#`; the start itself for a raw identifier such as `r#type`.
fn raw_string_end(chars: &[char], start: usize) -> usize {
    let hashes = chars[start + 1..].iter().take_while(|c| **c == '#').count();
    let open = start + 1 + hashes;
    if chars.get(open) != Some(&'"') {
        return start;
    }
    let closing: Vec<char> = std::iter::once('"').chain(std::iter::repeat_n('#', hashes)).collect();
    chars[open + 1..].windows(closing.len()).position(|part| part == closing).map_or(chars.len(), |len| open + 1 + len + closing.len())
}

/// The bare code with what stands under `#[cfg(test)]` blanked.
fn without_tests(code: &str) -> String {
    let mut out = code.to_owned();
    while let Some(start) = out.find("#[cfg(test)]") {
        let end = item_end(&out, start);
        let blank: String = out[start..end].chars().map(|c| if c == '\n' { '\n' } else { ' ' }).collect();
        out.replace_range(start..end, &blank);
    }
    out
}

/// The end of the item that starts here: its `;`, or the brace that closes its first one.
fn item_end(code: &str, start: usize) -> usize {
    let mut depth = 0;
    for (at, c) in code[start..].char_indices() {
        match c {
            ';' if depth == 0 => return start + at + 1,
            '{' => depth += 1,
            '}' if depth == 1 => return start + at + 1,
            '}' => depth -= 1,
            _ => {}
        }
    }
    code.len()
}

#[test]
fn comments_and_quotes_are_no_code() {
    let text = "let a = \"std::fs\"; // std::net\n/* std /* env */ */ let b = r#\"std\"fs\"#; let c: &'static str = x('\"', '\\'', 'y');";
    let code = File::new("src/a.rs", text).code;
    assert!(!code.contains("std") && !code.contains('"'), "{code}");
    assert!(code.contains("let a =") && code.contains("let b =") && code.contains("&'static str = x("), "{code}");
    assert_eq!(code.lines().count(), 2);
}

#[test]
fn tests_inside_a_file_are_no_code() {
    let code = File::new("src/a.rs", "fn a() {}\n#[cfg(test)]\nmod tests {\n    fn b() { c.unwrap() }\n}\nfn d() {}").code;
    assert!(!code.contains("unwrap") && code.contains("fn a") && code.contains("fn d"), "{code}");
}

#[test]
fn a_file_knows_its_module() {
    let module = |path: &str| File::new(path, "").module().join("::");
    assert_eq!(module("src/parse/fields.rs"), "parse::fields");
    assert_eq!(module("src/parse/mod.rs"), "parse");
    assert_eq!(module("src/pipeline.rs"), "pipeline");
    assert_eq!(module("src/lib.rs"), "");
    assert_eq!(File::new("src/pipeline.rs", "").room(), "pipeline");
}
