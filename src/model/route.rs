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
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    fn path(text: &str) -> String {
        SafePath::new(text).unwrap_or_else(|error| panic!("{text:?}: {error}")).to_string()
    }

    #[test]
    fn what_leads_out_of_a_folder_is_refused_in_every_spelling() {
        for climbs in ["..", ".", "a/../b", "a/./b", "a//b", "/a", "a/", "%2e%2e/b", "a/%2e%2e", "a%2f%2fb", "%2fetc"] {
            assert!(matches!(SafePath::new(climbs), Err(PathError::Climbs(shown)) if shown == climbs), "{climbs}");
        }
        assert_eq!(SafePath::new(""), Err(PathError::Empty));
        assert_eq!(path("a/...b/..c"), "a/...b/..c", "dots in a name are no way out");
    }

    #[test]
    fn characters_that_some_system_reads_otherwise_are_refused_and_their_neighbours_are_not() {
        let refused = "\\:*?\"<>|\u{0}\u{1f}\u{7f}\u{85}\u{ad}\u{200b}\u{200f}\u{202a}\u{202e}\u{2028}\u{2029}\u{2060}\u{206f}\u{feff}\u{fffd}\u{e0000}\u{e007f}";
        for c in refused.chars() {
            assert_eq!(SafePath::new(&format!("a{c}b")), Err(PathError::Character(format!("a{c}b"), c)), "{c:?}");
        }
        for c in " !#$&'()+,-.;=@[]^_`{}~\u{200a}\u{2010}\u{202f}\u{205f}\u{2070}\u{e0080}åҚ漢".chars() {
            assert_eq!(path(&format!("a{c}b")), format!("a{c}b"), "{c:?}");
        }
        assert_eq!(SafePath::new("a%ffb"), Err(PathError::Character("a%ffb".into(), '\u{fffd}')), "what is no UTF-8");
    }

    #[test]
    fn names_that_some_systems_keep_are_refused_and_their_likes_are_not() {
        for reserved in ["con", "CON.txt", "a/Prn", "aux.", "nul.md", "com1", "LPT9.x", "com0", "a.", "a ", " a", "b/ c"] {
            assert!(matches!(SafePath::new(reserved), Err(PathError::Reserved(_))), "{reserved}");
        }
        for plain in ["cons", "comx", "com", "com12", "lpt", "lptx", "xcom1", "a.con", "auxiliary", "nul-l", "a b", "a.b", "abc1"] {
            assert_eq!(path(plain), plain);
        }
    }

    #[test]
    fn a_part_has_two_hundred_bytes_and_a_path_a_thousand() {
        assert!(SafePath::new(&"x".repeat(200)).is_ok());
        assert!(matches!(SafePath::new(&"x".repeat(201)), Err(PathError::TooLong(shown)) if shown.len() == 80));
        assert!(matches!(SafePath::new(&"å".repeat(101)), Err(PathError::TooLong(_))), "bytes, not letters");
        let thousand = format!("{}{}", format!("{}/", "x".repeat(99)).repeat(9), "y".repeat(100));
        assert_eq!(thousand.len(), 1000);
        assert_eq!(path(&thousand), thousand);
        assert!(matches!(SafePath::new(&format!("{thousand}z")), Err(PathError::TooLong(_))));
    }

    #[test]
    fn one_name_has_one_spelling_and_escapes_are_decoded_once() {
        assert_eq!(path("Norrko\u{308}ping"), "Norrk\u{f6}ping");
        assert_eq!(path("a%20b/%C3%A5"), "a b/å");
        assert_eq!(path("a%2525"), "a%25");
        let (upper, lower) = (SafePath::new("Å/IB").unwrap(), SafePath::new("å/ib").unwrap());
        assert!(upper != lower && upper.folded() == lower.folded());
        assert_eq!(SafePath::new("IB/x").unwrap().folded(), "ib/x");
    }

    #[test]
    fn a_path_knows_its_folder_and_name_and_what_lies_below_it() {
        let deep = SafePath::new("a/b/c.md").unwrap();
        assert_eq!((deep.folder(), deep.name()), ("a/b", "c.md"));
        let top = SafePath::new("c.md").unwrap();
        assert_eq!((top.folder(), top.name()), ("", "c.md"));
        assert_eq!(SafePath::new("x").unwrap().join(&deep).as_str(), "x/a/b/c.md");
        assert_eq!(format!("{top} {top:?}"), "c.md \"c.md\"");
    }

    #[test]
    fn an_address_is_a_page_or_a_file_and_a_browser_keeps_it() {
        let route = |text: &str| Route::new(text).unwrap();
        for (typed, address, file) in [
            ("", "/", "index.html"),
            ("///", "/", "index.html"),
            ("decisions/", "/decisions/", "decisions/index.html"),
            ("/decisions/2026", "/decisions/2026", "decisions/2026"),
            ("//feed.atom", "/feed.atom", "feed.atom"),
        ] {
            assert_eq!((route(typed).as_str(), route(typed).file().as_str()), (address, file));
        }
        assert_eq!(route("/a b/å%2525/").href(), "/a%20b/%C3%A5%2525/");
        assert_eq!(route("/x'&#{}[]^`/").href(), "/x%27%26%23%7B%7D%5B%5D%5E%60/");
        assert_eq!(route("/a/").join("b/").unwrap().as_str(), "/a/b/");
        assert_eq!(route("/a").join("b").unwrap().as_str(), "/a/b");
        assert!(route("/a/").join("../b").is_err() && Route::new("/a/../b").is_err());
        assert_eq!(format!("{} {:?}", route("/a"), route("/a")), "/a \"/a\"");
    }

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
