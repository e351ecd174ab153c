//! In: the name and the first bytes of a file that lies beside records. Out: why it would act in a reader's browser.
//!
//! Everything that stands on the body's own address speaks in its name. A page, a script or a style sheet among the
//! attachments would run there beside ours, on hosts that send our headers too, since those allow the site's own scripts.
//! The body's own files of that kind belong in `static/`.

/// Endings of files that browsers run or that steer how they run others.
const ENDINGS: [&str; 24] = [
    "html",
    "htm",
    "xhtml",
    "xht",
    "shtml",
    "phtml",
    "mhtml",
    "mht",
    "hta",
    "htc",
    "js",
    "mjs",
    "cjs",
    "css",
    "xsl",
    "xslt",
    "svgz",
    "swf",
    "wasm",
    "webmanifest",
    "appcache",
    "jar",
    "php",
    "cgi",
];

/// How a file begins that a browser may take for a page, whatever it is called (WHATWG MIME Sniffing, section 7.1).
const PAGES: [&str; 17] = [
    "<!doctype html",
    "<html",
    "<head",
    "<script",
    "<iframe",
    "<h1",
    "<div",
    "<font",
    "<table",
    "<a",
    "<style",
    "<title",
    "<b",
    "<body",
    "<br",
    "<p",
    "<!--",
];

/// What of a file is active; a part of a sentence such as `its ending is .html`.
pub fn why(name: &str, first: &[u8]) -> Option<String> {
    let ending = name.rsplit_once('.').map_or_else(String::new, |(_, ending)| ending.to_ascii_lowercase());
    if ENDINGS.contains(&ending.as_str()) {
        return Some(format!("its ending is `.{ending}`"));
    }
    // Hosts that settings of theirs lie beside pages for.
    if matches!(name.to_ascii_lowercase().as_str(), ".htaccess" | "web.config" | "_headers" | "_redirects" | "_worker" | "_routes.json") {
        return Some("web hosts take it for settings".into());
    }
    let start: Vec<u8> = text_of(first).map(|byte| byte.to_ascii_lowercase()).take(64).collect();
    let ends_tag = |at: usize| start.get(at).is_none_or(|byte| matches!(byte, b' ' | b'>' | b'\n' | b'\t' | b'\r' | b'\x0c'));
    let page = PAGES.iter().find(|tag| start.starts_with(tag.as_bytes()) && (**tag == "<!--" || ends_tag(tag.len())));
    if let Some(tag) = page {
        return Some(format!("it begins with `{tag}`, as a page does"));
    }
    let whole: Vec<u8> = text_of(first).map(|byte| byte.to_ascii_lowercase()).collect();
    let has = |needle: &[u8]| whole.windows(needle.len()).any(|window| window == needle);
    let xml = start.starts_with(b"<?xml") || ending == "xml" || ending == "rdf" || ending == "atom" || ending == "rss" || ending == "gml";
    if xml && (has(b"www.w3.org/1999/xhtml") || has(b"<?xml-stylesheet") || has(b"<script")) {
        return Some("browsers show it as a page that can run".into());
    }
    match (ending.as_str(), first.starts_with(b"%PDF-") || first.is_empty()) {
        ("pdf", false) => Some("it is called a PDF and is none".into()),
        _ => None,
    }
}

/// The bytes of a text without a mark and white space in front, and of two-byte texts every one that is not zero.
fn text_of(first: &[u8]) -> impl Iterator<Item = u8> + '_ {
    let bare = first.strip_prefix(b"\xef\xbb\xbf").or(first.strip_prefix(b"\xff\xfe")).or(first.strip_prefix(b"\xfe\xff")).unwrap_or(first);
    bare.iter().copied().filter(|byte| *byte != 0).skip_while(|byte| byte.is_ascii_whitespace() || *byte == b'\x0c')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_acts_is_found_by_its_name_or_by_how_it_begins() {
        let bad: [(&str, &[u8]); 14] = [
            ("a.html", b""),
            ("A.HTM", b"x"),
            ("a.js", b"x"),
            ("a.mjs", b""),
            ("a.css", b""),
            ("a.svgz", b""),
            ("minutes.pdf", b"<html>"),
            ("minutes.pdf", b"MZ"),
            ("data.txt", b"\n <ScRiPt >alert(1)"),
            ("a.bin", b"\xff\xfe<\0h\0t\0m\0l\0>\0"),
            ("a", b"\xef\xbb\xbf<!DOCTYPE HTML>"),
            ("a.xml", b"<x xmlns='http://www.w3.org/1999/xhtml'/>"),
            ("a.rdf", b"<?xml-stylesheet href='x.xsl'?>"),
            ("_headers", b"/*"),
        ];
        for (name, bytes) in bad {
            assert!(why(name, bytes).is_some(), "{name} {:?}", String::from_utf8_lossy(bytes));
        }
    }

    #[test]
    fn documents_and_data_are_none() {
        let good: [(&str, &[u8]); 8] = [
            ("minutes.pdf", b"%PDF-1.7"),
            ("budget.csv", b"a,b"),
            ("plan.docx", b"PK\x03\x04"),
            ("list.xml", b"<?xml version='1.0'?><list/>"),
            ("notes.txt", b"<address> is a tag"),
            ("a.json", b"{\"a\":\"<script>\"}"),
            ("README", b"x"),
            ("map.geojson", b"{}"),
        ];
        for (name, bytes) in good {
            assert_eq!(why(name, bytes), None, "{name}");
        }
    }
}
