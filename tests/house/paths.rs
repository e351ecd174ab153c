//! In: the code of a file. Out: every path it names, whole: `use` trees opened, aliases and `super` resolved.

use crate::source::File;
use std::collections::BTreeMap;

/// A path that a file names.
pub struct Named {
    /// The line, from one.
    pub line: usize,
    /// Its parts; a path of this crate starts with `crate`.
    pub parts: Vec<String>,
}

impl Named {
    /// The path below the crate's root, if it is one of ours.
    pub fn ours(&self) -> Option<&[String]> {
        (self.parts[0] == "crate").then(|| &self.parts[1..])
    }

    /// Whether the path starts with this one, such as `std::fs`.
    pub fn starts_with(&self, path: &str) -> bool {
        let mut parts = self.parts.iter();
        path.split("::").all(|part| parts.next().is_some_and(|mine| mine == part))
    }
}

/// Every path that a file names, in order, in `use` and in code.
pub fn paths(file: &File) -> Vec<Named> {
    let tokens = tokens(&file.code);
    let mut reader = Reader { tokens: &tokens, at: 0, named: Vec::new(), aliases: BTreeMap::new() };
    reader.read();
    let Reader { named, aliases, .. } = reader;
    named.into_iter().map(|name| Named { line: name.line, parts: resolve(name.parts, &file.module(), &aliases) }).collect()
}

/// A word, `::`, or one sign, with its line.
struct Token {
    line: usize,
    text: String,
}

fn tokens(code: &str) -> Vec<Token> {
    let mut tokens: Vec<Token> = Vec::new();
    let mut grows = false;
    for (at, line) in code.lines().enumerate() {
        for c in line.chars().chain([' ']) {
            let is_word = c.is_alphanumeric() || c == '_';
            let last = tokens.last_mut().filter(|_| grows);
            match last {
                Some(last) if is_word && last.text != ":" => last.text.push(c),
                Some(last) if c == ':' && last.text == ":" => {
                    last.text.push(c);
                    grows = false;
                    continue;
                }
                _ if !c.is_whitespace() => tokens.push(Token { line: at + 1, text: c.to_string() }),
                _ => {}
            }
            grows = is_word || c == ':';
        }
    }
    tokens
}

struct Reader<'t> {
    tokens: &'t [Token],
    at: usize,
    named: Vec<Named>,
    aliases: BTreeMap<String, Vec<String>>,
}

impl Reader<'_> {
    fn text(&self, ahead: usize) -> &str {
        self.tokens.get(self.at + ahead).map_or("", |token| &token.text)
    }

    fn is_word(&self) -> bool {
        self.text(0).starts_with(|c: char| c.is_alphabetic() || c == '_')
    }

    fn read(&mut self) {
        while self.at < self.tokens.len() {
            if self.text(0) == "use" {
                self.at += 1;
                self.tree(&[]);
            } else if self.is_word() && self.text(1) == "::" {
                self.inline();
            } else {
                self.at += 1;
            }
        }
    }

    /// One branch of a `use` tree below the parts that lead to it.
    fn tree(&mut self, above: &[String]) {
        let mut parts = above.to_vec();
        let line = self.tokens.get(self.at).map_or(0, |token| token.line);
        loop {
            if self.text(0) == "{" {
                return self.group(&parts);
            }
            if self.is_word() || self.text(0) == "*" {
                parts.push(self.text(0).to_owned());
                self.at += 1;
            }
            if self.text(0) != "::" {
                break;
            }
            self.at += 1;
        }
        if parts.last().is_some_and(|last| last == "self") && parts.len() > 1 {
            parts.pop();
        }
        let mut alias = parts.last().cloned().unwrap_or_default();
        if self.text(0) == "as" {
            alias = self.text(1).to_owned();
            self.at += 2;
        }
        if !parts.is_empty() {
            self.aliases.insert(alias, parts.clone());
            self.named.push(Named { line, parts });
        }
    }

    fn group(&mut self, above: &[String]) {
        self.at += 1;
        while self.at < self.tokens.len() && self.text(0) != "}" {
            if self.text(0) == "," {
                self.at += 1;
            } else {
                self.tree(above);
            }
        }
        self.at += 1;
    }

    fn inline(&mut self) {
        let line = self.tokens[self.at].line;
        let mut parts = vec![self.text(0).to_owned()];
        self.at += 1;
        while self.text(0) == "::" {
            self.at += 1;
            if self.is_word() {
                parts.push(self.text(0).to_owned());
                self.at += 1;
            }
        }
        self.named.push(Named { line, parts });
    }
}

/// The whole path: what a `use` brought in is put before it, `self` and `super` are replaced.
fn resolve(mut parts: Vec<String>, module: &[&str], aliases: &BTreeMap<String, Vec<String>>) -> Vec<String> {
    if let Some(whole) = aliases.get(&parts[0]).filter(|whole| whole[0] != parts[0]) {
        parts.splice(..1, whole.iter().cloned());
    }
    if parts[0] == "promulgate" {
        parts[0] = "crate".to_owned();
    }
    let ups = parts.iter().take_while(|part| *part == "super").count();
    let selves = usize::from(ups == 0 && parts[0] == "self");
    if ups + selves > 0 {
        let kept = module.len().saturating_sub(ups);
        let home = std::iter::once("crate").chain(module[..kept].iter().copied()).map(str::to_owned);
        parts.splice(..ups + selves, home.collect::<Vec<_>>());
    }
    parts
}

#[test]
fn trees_aliases_and_supers_are_whole_paths() {
    let text = "use crate::{model::{self, record::Record as R}, text};\nuse std::{fs, io::Read};\nuse super::scalar;\n\
                fn a() { fs::read(); R::new(); crate::io::disk::open(); super::node::b(); scalar::shown(); }";
    let named: Vec<String> = paths(&File::new("src/parse/fields.rs", text)).iter().map(|name| name.parts.join("::")).collect();
    let expected = [
        "crate::model",
        "crate::model::record::Record",
        "crate::text",
        "std::fs",
        "std::io::Read",
        "crate::parse::scalar",
        "std::fs::read",
        "crate::model::record::Record::new",
        "crate::io::disk::open",
        "crate::parse::node::b",
        "crate::parse::scalar::shown",
    ];
    assert_eq!(named, expected);
}

#[test]
fn a_path_knows_its_line() {
    let named = paths(&File::new("src/a.rs", "//! a\n\nuse crate::{\n    text::dates,\n    io::disk,\n};\n"));
    assert_eq!(named.iter().map(|name| name.line).collect::<Vec<_>>(), [4, 5]);
}
