//! In: names that people and files gave. Out: paths that stay inside their folder, and addresses that browsers keep.
//!
//! `SafePath` is the one gate between a name and a file: NFC, no empty or dot parts, no backslash, colon, control or
//! bidirectional character, no reserved name, at most 200 bytes a part. A `Route` is a page's address; its Unicode
//! stays, and only `href` encodes it.

use percent_encoding::{AsciiSet, CONTROLS, percent_decode_str, utf8_percent_encode};
use std::fmt;
use unicode_normalization::UnicodeNormalization;

/// What is wrong with a path; a whole sentence.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PathError {
    /// Nothing is left of it.
    #[error("The path is empty.")]
    Empty,
    /// A part is `.`, `..` or empty.
    #[error("`{0}` has an empty part or one that leads out of the folder.")]
    Climbs(String),
    /// A character that no path of ours may hold.
    #[error("`{0}` holds the character {1:?}, which no address may hold.")]
    Character(String, char),
    /// A name that some systems keep for themselves, or one that ends in a dot or a space.
    #[error("`{0}` has a part that some systems cannot store.")]
    Reserved(String),
    /// A part over 200 bytes or a path over 1,000.
    #[error("`{0}` is too long.")]
    TooLong(String),
}

/// A relative path below a folder, `/` between its parts, that cannot lead out of it.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SafePath(String);

impl SafePath {
    /// Checks and normalises (NFC) a relative path; percent escapes are decoded before the check.
    pub fn new(path: &str) -> Result<SafePath, PathError> {
        let shown = || path.chars().take(80).collect::<String>();
        let decoded = percent_decode_str(path).decode_utf8().map_err(|_| PathError::Character(shown(), '\u{fffd}'))?;
        let path: String = if decoded.is_ascii() { decoded.into_owned() } else { decoded.nfc().collect() };
        if path.is_empty() {
            return Err(PathError::Empty);
        }
        if path.len() > 1000 {
            return Err(PathError::TooLong(shown()));
        }
        if let Some(bad) = path.chars().find(|c| forbidden(*c)) {
            return Err(PathError::Character(shown(), bad));
        }
        if is_escaped(&path) {
            // Escaped twice: whoever decodes it once more must not find a way out.
            return Err(PathError::Character(shown(), '%'));
        }
        for part in path.split('/') {
            check_part(part, &shown)?;
        }
        Ok(SafePath(path))
    }

    /// The path as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// This path with another below it.
    pub fn join(&self, below: &SafePath) -> SafePath {
        SafePath(format!("{}/{}", self.0, below.0))
    }

    /// The folder the path lies in, empty for the top.
    pub fn folder(&self) -> &str {
        self.0.rsplit_once('/').map_or("", |(folder, _)| folder)
    }

    /// The last part.
    pub fn name(&self) -> &str {
        self.0.rsplit_once('/').map_or(&self.0, |(_, name)| name)
    }

    /// The form under which two paths clash on systems that ignore case.
    pub fn folded(&self) -> String {
        if self.0.is_ascii() { self.0.to_ascii_lowercase() } else { self.0.chars().flat_map(char::to_lowercase).nfc().collect() }
    }
}

fn forbidden(c: char) -> bool {
    c.is_control()
        || matches!(c, '\\' | ':' | '*' | '?' | '"' | '<' | '>' | '|' | '\u{fffd}' | '\u{feff}' | '\u{ad}')
        || matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{e0000}'..='\u{e007f}')
        || matches!(c, '\u{2028}' | '\u{2029}')
}

/// Whether a percent escape is left after decoding.
fn is_escaped(path: &str) -> bool {
    path.as_bytes().windows(3).any(|three| three[0] == b'%' && three[1].is_ascii_hexdigit() && three[2].is_ascii_hexdigit())
}

fn check_part(part: &str, shown: &dyn Fn() -> String) -> Result<(), PathError> {
    if part.is_empty() || part == "." || part == ".." {
        return Err(PathError::Climbs(shown()));
    }
    if part.len() > 200 {
        return Err(PathError::TooLong(shown()));
    }
    // Names of devices also with an ending, with spaces behind them, and with a superscript digit (Microsoft, Naming Files).
    let stem = part.split('.').next().unwrap_or_default().trim_end().to_ascii_lowercase();
    let port = |name: &str| {
        let mut digit = stem.strip_prefix(name).unwrap_or_default().chars();
        matches!((digit.next(), digit.next()), (Some('0'..='9' | '¹' | '²' | '³'), None))
    };
    let device = matches!(stem.as_str(), "con" | "prn" | "aux" | "nul" | "conin$" | "conout$") || port("com") || port("lpt");
    // What version control keeps beside a site: a copy of the output must not bring a hook along.
    let kept = part.eq_ignore_ascii_case(".git") || part.eq_ignore_ascii_case(".hg") || part.eq_ignore_ascii_case(".svn");
    if device || kept || part.ends_with(['.', ' ']) || part.starts_with(' ') {
        return Err(PathError::Reserved(shown()));
    }
    Ok(())
}

impl fmt::Display for SafePath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Debug for SafePath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&self.0, f)
    }
}

/// What must be encoded in the path of an address besides what is not ASCII.
const PATH: &AsciiSet = &CONTROLS
    .add(b' ')
    .add(b'"')
    .add(b'#')
    .add(b'%')
    .add(b'<')
    .add(b'>')
    .add(b'?')
    .add(b'`')
    .add(b'{')
    .add(b'}')
    .add(b'\\')
    .add(b'^')
    .add(b'[')
    .add(b']')
    .add(b'|')
    .add(b'\'')
    .add(b'&');

/// The address of a page or file on the site: `/`, `/decisions/2026/night-buses/` or `/feed.atom`.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Route(String);

impl Route {
    /// The address `/` + path, checked as a [`SafePath`]; an ending `/` says that it is a page in a folder.
    pub fn new(path: &str) -> Result<Route, PathError> {
        let inner = path.trim_start_matches('/');
        let bare = inner.trim_end_matches('/');
        if bare.is_empty() {
            return Ok(Route("/".into()));
        }
        let safe = SafePath::new(bare)?;
        let slash = if inner.ends_with('/') { "/" } else { "" };
        Ok(Route(format!("/{safe}{slash}")))
    }

    /// The address as people read it, with its Unicode.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The address as it stands in a link: percent-encoded UTF-8.
    pub fn href(&self) -> String {
        utf8_percent_encode(&self.0, PATH).to_string()
    }

    /// The output file: an address that ends in `/` is the `index.html` of its folder.
    pub fn file(&self) -> SafePath {
        let path = self.0.trim_start_matches('/');
        SafePath(if path.is_empty() || path.ends_with('/') { format!("{path}index.html") } else { path.to_owned() })
    }

    /// The address with more below it; `self` must end in `/`.
    pub fn join(&self, below: &str) -> Result<Route, PathError> {
        Route::new(&format!("{}/{below}", self.0.trim_end_matches('/')))
    }
}

impl fmt::Display for Route {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Debug for Route {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&self.0, f)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_that_leads_out_is_a_path_however_it_is_written() {
        let out = [
            "..",
            "../x",
            "a/../x",
            "a/./x",
            "a//x",
            "/etc/passwd",
            "..%2fx",
            "%2e%2e/x",
            "%252e%252e/x",
            "%25252e/x",
            "a\\..\\x",
            "c:x",
            "a%00b",
            "a\nb",
            "a\u{202e}b",
            "a\u{200b}b",
            "\u{feff}a",
            ".git/hooks/x",
            "a/.GIT/config",
            "con",
            "NUL.txt",
            "com1.md",
            "COM¹",
            "lpt³.html",
            "aux .txt",
            "conin$",
            "a.",
            "a ",
            " a",
            "a%ff",
            "a?b",
            "a*b",
            "a\u{85}b",
            "a\u{e0041}b",
            "",
        ];
        for path in out {
            assert!(SafePath::new(path).is_err(), "{path:?}");
        }
        assert!(SafePath::new(&"x".repeat(201)).is_err() && SafePath::new(&"x/".repeat(600)).is_err());
    }

    #[test]
    fn names_of_every_language_are_paths() {
        for path in [
            "beslut/2026/nattbussar",
            "шешімдер/2026",
            "გადაწყვეტილება",
            "قرارات",
            "決定/一",
            "a/100%",
            "com10",
            "console",
            "x.git",
            "nul-x",
        ] {
            assert_eq!(SafePath::new(path).map(|path| path.as_str().to_owned()), Ok(path.to_owned()));
        }
        assert_eq!(SafePath::new("cafe\u{301}"), SafePath::new("caf\u{e9}"));
    }
}
