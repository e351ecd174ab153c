//! Pages in a real Chromium: readable by everyone (axe, WCAG 2.2 AA), whole on a small screen, silent towards others.

use crate::sandbox::files_below;
use crate::served::Served;
use serde_json::Value;
use std::collections::BTreeMap;
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};

/// The present of every build of Norrvik in these tests.
pub const NORRVIK_NOW: &str = "2026-11-20T12:00:00+01:00";

/// Languages whose pages are looked at: one for each script.
const LANGS: [&str; 4] = ["sv", "kk", "ka", "ar"];
/// Pages of one type and language that are looked at.
const OF_A_TYPE: usize = 1;

/// The type of a page by its address. Years, page numbers and names are what pages of one type differ in; the years of
/// all kinds are one type of list, and so are those of all controlled lists.
fn page_type(path: &str) -> String {
    let parts: Vec<&str> = path.trim_matches('/').split('/').collect();
    let is_year = |part: &str| part.len() == 4 && part.bytes().all(|byte| byte.is_ascii_digit());
    let first = match parts[0] {
        "topics" | "bodies" | "audiences" | "places" => "TERMS",
        _ if parts.len() == 2 && is_year(parts[1]) => "KIND",
        other => other,
    };
    let rest = parts[1..].iter().map(|part| match *part {
        "page" | "log" => part,
        year if is_year(year) => "YEAR",
        number if number.bytes().all(|byte| byte.is_ascii_digit()) => "N",
        _ => "NAME",
    });
    std::iter::once(first).chain(rest).collect::<Vec<_>>().join("/")
}

/// The pages to look at: of every type that a site has, the first few in each language.
fn pages_of(out: &Path) -> Vec<String> {
    let mut types: BTreeMap<(usize, String), Vec<String>> = BTreeMap::new();
    for file in files_below(out) {
        let path = file.strip_prefix(out).expect("it lies below").to_string_lossy().into_owned();
        let Some(path) = path.strip_suffix("index.html") else { continue };
        let (lang, bare) = match path.split_once('/') {
            Some((lang, bare)) if lang.len() == 2 => (lang, bare),
            _ => ("sv", path),
        };
        let text = std::fs::read_to_string(&file).expect("a page is text");
        // An old address has nothing to read but the link to the new one.
        let Some(at) = LANGS.iter().position(|known| *known == lang).filter(|_| !text.contains("http-equiv=\"refresh\"")) else { continue };
        types.entry((at, page_type(bare))).or_default().push(format!("/{path}"));
    }
    let mut pages: Vec<String> = types.into_values().flat_map(|pages| pages.into_iter().take(OF_A_TYPE)).collect();
    // The fullest pages of the example, whatever else is first of its type.
    pages.extend(
        ["/decisions/2026/library-in-soderby/", "/en/consultations/2026/library-in-soderby/", "/alerts/2026/boil-water-ostra/"]
            .map(str::to_owned),
    );
    pages.extend(
        LANGS
            .iter()
            .map(|lang| if *lang == "sv" { "/404.html".to_owned() } else { format!("/{lang}/404.html") })
            .filter(|page| out.join(&page[1..]).exists()),
    );
    pages
}

/// Loads pages, light and dark, on a phone and on a desk; gives the report of `tests/browser/check.mjs`.
pub fn looked_at(base: &str, paths: &[impl AsRef<std::ffi::OsStr>]) -> Value {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    let cached = here.join("tests/.cache/browser/node_modules").is_dir();
    assert!(cached, "the browser's tools are not installed: run tests/all, or tests/browser/install.sh");
    let output = Command::new("node").arg(here.join("tests/browser/check.mjs")).arg(base).args(paths).output();
    let output = output.expect("node starts: tests/all installs it");
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "the browser could not look: {errors}");
    serde_json::from_slice(&output.stdout).unwrap_or_else(|error| panic!("no report: {error}: {errors}"))
}

/// The problems of a report, each once, with the views in which it was met.
pub fn problems(report: &Value) -> Vec<String> {
    let mut met: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for problem in report["problems"].as_array().expect("a report lists problems") {
        let [path, scheme, name, detail] = ["path", "scheme", "problem", "detail"].map(|key| problem[key].as_str().unwrap_or_default());
        let view = format!("{path} {scheme} {}px", problem["width"]);
        met.entry(format!("{name}: {detail}")).or_default().push(view);
    }
    met.into_iter().map(|(problem, views)| format!("{problem}\n    {} views: {}", views.len(), views.join(", "))).collect()
}

/// Builds the example into a folder.
pub fn build_norrvik(out: &Path) {
    let root = env!("CARGO_MANIFEST_DIR");
    let mut build = Command::new(env!("CARGO_BIN_EXE_promulgate"));
    build.args(["--root", root, "--now", NORRVIK_NOW, "build", "--out"]).arg(out);
    let output = build.output().expect("the program starts");
    assert!(output.status.success(), "Norrvik does not build:\n{}", String::from_utf8_lossy(&output.stderr));
}

#[test]
fn norrvik_can_be_read_by_everyone() {
    let folder = tempfile::tempdir().expect("there is room for a folder");
    let out = folder.path().join("public");
    build_norrvik(&out);
    let site = Served::folder(&out);
    let pages = pages_of(&out);
    let report = looked_at(&site.url(), &pages);
    println!("{} pages, {} loads, {} stops of the Tab key", pages.len(), report["loads"], report["tabs"]);
    assert_eq!(report["loads"], pages.len() * 6, "every page is loaded light and dark, on a phone, a tablet and a desk");
    let problems = problems(&report);
    assert!(problems.is_empty(), "{} problems:\n{}", problems.len(), problems.join("\n"));
}

/// A rehearsal that stays up until it is dropped.
struct Rehearsal(Child);

impl Rehearsal {
    /// Starts one over Norrvik, and waits for the address of its wall.
    fn of_norrvik(stage: &Path) -> (Rehearsal, String) {
        let mut command = Command::new(env!("CARGO_BIN_EXE_promulgate"));
        command.args(["--root", env!("CARGO_MANIFEST_DIR"), "--now", NORRVIK_NOW, "rehearse", "--stage"]).arg(stage).stderr(Stdio::piped());
        let mut rehearsal = Rehearsal(command.spawn().expect("the program starts"));
        let messages = BufReader::new(rehearsal.0.stderr.take().expect("messages are piped"));
        let mut heard = Vec::new();
        for line in messages.lines().map_while(Result::ok) {
            if let Some(url) = line.trim().strip_prefix("The wall") {
                return (rehearsal, url.trim().to_owned());
            }
            heard.push(line);
        }
        panic!("the rehearsal ended without a wall:\n{}", heard.join("\n"));
    }
}

impl Drop for Rehearsal {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

#[test]
fn the_wall_of_a_rehearsal_can_be_read_by_everyone() {
    let folder = tempfile::tempdir().expect("there is room for a folder");
    let (_rehearsal, wall) = Rehearsal::of_norrvik(&folder.path().join("stage"));
    let problems = problems(&looked_at(&wall, &["/"]));
    assert!(problems.is_empty(), "{} problems:\n{}", problems.len(), problems.join("\n"));
}

#[test]
fn a_page_that_keeps_readers_out_is_found() {
    let folder = tempfile::tempdir().expect("there is room for a folder");
    let head = "<!doctype html><html><head><meta charset=utf-8><meta name=viewport content='width=device-width'><title>Water</title>";
    let body = format!(
        "<body><main><h1>Water</h1><p style='color:#ddd'>Boil it.</p><pre>{}</pre><img src='http://tracker.example/a.gif'>\
         <img src=gone.png alt=''><script>alert(1)</script>\
         <a href=#a>first</a> <a href=#b tabindex=1>second</a></main><script src=more.js></script>",
        "water".repeat(80)
    );
    std::fs::write(folder.path().join("index.html"), format!("{head}{body}")).expect("the folder can be written");
    std::fs::write(folder.path().join("more.js"), "document.body.append('Only with scripts.')").expect("the folder can be written");
    let policy = "/*\n  Content-Security-Policy: default-src 'none'; script-src 'self'; img-src *; style-src 'unsafe-inline'\n";
    std::fs::write(folder.path().join("_headers"), policy).expect("the folder can be written");
    let site = Served::folder(folder.path());
    let found = problems(&looked_at(&site.url(), &["/", "/gone/"]));
    let expected = [
        ("axe:color-contrast", "/ light 360px"),
        ("axe:image-alt", "/ dark 1280px"),
        ("axe:html-has-lang", "/ dark 360px"),
        ("sideways-scroll", "/ light 320px"),
        ("off-site-request: http://tracker.example/a.gif", "/ light 1280px"),
        ("missing: 404 /gone.png", "/ dark 360px"),
        ("security-policy: script-src-elem forbids inline", "/ dark 1280px"),
        ("answer: 404", "/gone/ light 360px"),
        ("keyboard: stop 1 is", "/ light 1280px"),
        ("needs-scripts: with scripts: …Only with scripts.", "/ no-scripts 1280px"),
    ];
    for (problem, view) in expected {
        let is_met = found.iter().any(|line| line.starts_with(problem) && line.contains(view));
        assert!(is_met, "not found: {problem} at {view}\n{}", found.join("\n"));
    }
}

/// The headers that the example is shipped with, over a page that nobody of ours has written.
#[test]
fn the_headers_that_we_ship_stop_scripts_that_write_html() {
    let folder = tempfile::tempdir().expect("there is room for a folder");
    let site = crate::sandbox_site::example().site;
    let shipped = promulgate::formats::headers::text(&site, promulgate::formats::headers::Dialect::Netlify);
    let write = |name: &str, text: &str| std::fs::write(folder.path().join(name), text).expect("the folder can be written");
    write("_headers", &shipped);
    let page = |script: &str| {
        format!(
            "<!doctype html><html lang=en><head><meta charset=utf-8><title>Water</title></head><body><main><h1>Water</h1><p id=a>Boil it.</p></main>{script}</body></html>"
        )
    };
    write("index.html", &page("<script src=sink.js></script>"));
    write("sink.js", "document.getElementById('a').innerHTML = '<b>written</b>'");
    let served = Served::folder(folder.path());
    let found = problems(&looked_at(&served.url(), &["/"]));
    assert!(found.iter().any(|line| line.starts_with("security-policy: require-trusted-types-for forbids")), "{found:#?}");
    assert!(!found.iter().any(|line| line.contains("written")), "nothing was written: {found:#?}");
}
