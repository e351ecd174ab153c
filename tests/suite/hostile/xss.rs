//! Rows 1 to 4 and 14 in a real browser: payloads in every place where a writer can reach a page, loaded with the headers
//! that the site ships and with none at all.
//!
//! `PROMULGATE_XSS=N` makes so many payloads (at least 1,000 is the bar). Each stands in a record of its own, so that none
//! hides another; a record that `check` refuses is counted as such and taken out, since it has no page.

use super::ran::{SETTINGS, program};
use crate::reliability::{number, row};
use crate::sandbox::NOW;
use crate::served::Served;
use serde_json::Value;
use std::collections::BTreeSet;
use std::fs;
use std::io::Write;
use std::path::Path;
use std::process::{Command, Stdio};

/// What would run; `ID` is the number of the payload.
const VECTORS: [&str; 44] = [
    "<script>xss(ID)</script>",
    "\"><script>xss(ID)</script>",
    "'><script>xss(ID)</script>",
    "</title><script>xss(ID)</script>",
    "</script><script>xss(ID)</script>",
    "--><script>xss(ID)</script>",
    "]]><script>xss(ID)</script>",
    "</textarea></style><script>xss(ID)</script>",
    "<img src=x onerror=xss(ID)>",
    "\"><img src=x onerror=xss(ID)>",
    "\" onmouseover=\"xss(ID)",
    "' onmouseover='xss(ID)",
    "\" autofocus onfocus=xss(ID) x=\"",
    "x onmouseover=xss(ID)",
    "<svg onload=xss(ID)>",
    "<svg><script>xss(ID)</script></svg>",
    "<svg><animate onbegin=xss(ID) attributeName=x dur=1s>",
    "<svg><set attributeName=href to=javascript:xss(ID) /><a>x</a></svg>",
    "<math><mtext><table><mglyph><style><!--</style><img title=\"--&gt;&lt;img src=1 onerror=xss(ID)&gt;\">",
    "<math href=\"javascript:xss(ID)\">x</math>",
    "<iframe srcdoc=\"<script>parent.xss(ID)</script>\"></iframe>",
    "<iframe src=javascript:parent.xss(ID)></iframe>",
    "<object data=javascript:xss(ID)></object>",
    "<embed src=javascript:xss(ID)>",
    "<body onload=xss(ID)>",
    "<details open ontoggle=xss(ID)>x</details>",
    "<video><source onerror=xss(ID)></video>",
    "<input autofocus onfocus=xss(ID)>",
    "<a href=javascript:xss(ID)>x</a>",
    "<a href=\"java&#x09;script:xss(ID)\">x</a>",
    "<form action=javascript:xss(ID)><button>x</button></form>",
    "<base href=//evil.example/>",
    "<link rel=stylesheet href=//evil.example/ID.css>",
    "<meta http-equiv=refresh content=\"0;url=//evil.example/ID\">",
    "<style>@import '//evil.example/ID.css';</style>",
    "<noscript><p title=\"</noscript><img src=x onerror=xss(ID)>\">",
    "<template><script>xss(ID)</script></template><slot onslotchange=xss(ID)>",
    "javascript:xss(ID)",
    "JaVaScRiPt&colon;xss(ID)",
    "data:text/html,<script>xss(ID)</script>",
    "{{constructor.constructor('xss(ID)')()}}",
    "${xss(ID)}`-xss(ID)-`';xss(ID);//\\\";xss(ID);//",
    "<<script>xss(ID)//<</script>",
    "\\u003cscript\\u003exss(ID)\\u003c/script\\u003e &lt;script&gt;xss(ID)&lt;/script&gt;",
];

/// A place where a writer can reach a page: front matter in JSON quotes (`Q`) or a text (`V`).
const PLACES: [(&str, &str); 36] = [
    ("title", "title: Q"),
    ("summary", "summary: Q"),
    ("reference", "reference: Q"),
    ("who answers", "contact: {name: Q, email: a@norrvik.example}"),
    ("a telephone", "contact: {name: x, phone: Q}"),
    ("a mail address", "contact: {name: x, email: Q}"),
    ("a form's address", "contact: {name: x, url: Q}"),
    ("a document's title", "documents: [{title: Q, url: \"https://norrvik.example/\"}]"),
    ("a document's address", "documents: [{title: x, url: Q}]"),
    ("a document's type", "documents: [{title: x, url: \"https://norrvik.example/\", type: Q}]"),
    ("a document's note", "documents: [{title: x, url: \"https://norrvik.example/\", note: Q}]"),
    ("a correction", "revisions: [{date: 2026-04-23, note: Q, material: true}]"),
    ("why withdrawn", "withdrawn: {date: 2026-04-23, reason: Q}"),
    ("a card's title", "card_title: Q"),
    ("an old address", "aliases: [Q]"),
    ("a text", "V"),
    ("a line of a text", "Before V after"),
    ("a link's target", "[x](V)"),
    ("a link's target in brackets", "[x](<V>)"),
    ("a link's words", "[V](https://norrvik.example/)"),
    ("a link's title", "[x](https://norrvik.example/ \"V\")"),
    ("a link defined below", "[x][y]\n\n[y]: <V> 'V'"),
    ("a picture's words", "![V](x.png)"),
    ("a picture's source", "![x](<V>)"),
    ("a picture's title", "![x](x.png 'V')"),
    ("a code's language", "```V\nx\n```"),
    ("a code", "```\nV\n```"),
    ("code in a line", "``V``"),
    ("a cell", "| a | b |\n|---|---|\n| V | x |"),
    ("a heading", "## V"),
    ("a heading's name", "## x {#V}"),
    ("a footnote", "x[^1]\n\n[^1]: V"),
    ("a footnote's name", "x[^V]\n\n[^V]: y"),
    ("a callout", "> [!NOTE]\n> V"),
    ("a term", "V\n: V"),
    ("an attribute of raw HTML", "<p title=\"V\" lang='V' id=V>x</p>"),
];

/// The record of a payload.
fn record(number: usize) -> (String, String) {
    // Walks both lists so that any run of numbers meets every place and every vector.
    let (vector, (place, form)) =
        (VECTORS[number % VECTORS.len()], PLACES[(number / VECTORS.len() + number % VECTORS.len()) % PLACES.len()]);
    let payload = vector.replace("ID", &number.to_string());
    let quoted = serde_json::to_string(&payload).unwrap();
    let (front, body) = match form.contains('Q') {
        true => (form.replace('Q', &quoted), "Text.".to_owned()),
        false => (String::new(), form.replace('V', &payload)),
    };
    let own = |key: &str| front.starts_with(key);
    let mut head = String::new();
    if !own("title:") {
        head.push_str(&format!("title: Payload {number}\n"));
    }
    if !own("summary:") {
        head.push_str("summary: A payload.\n");
    }
    (format!("{vector} in {place}"), format!("---\n{head}date: 2026-04-22\n{front}\n---\n\n{body}\n"))
}

fn ran(site: &Path, args: &[&str]) -> (i32, String) {
    let output =
        Command::new(program()).args(["--root", ".", "--now", NOW]).args(args).current_dir(site).output().expect("the program starts");
    let said = format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    assert!(!said.contains("panicked"), "{said}");
    (output.status.code().unwrap_or(-1), said)
}

/// Takes out what `check` refuses, until it refuses nothing; gives the numbers.
fn refused(site: &Path) -> BTreeSet<usize> {
    let mut out = BTreeSet::new();
    for _ in 0..4 {
        let (code, said) = ran(site, &["build"]);
        if code == 0 {
            return out;
        }
        let errors = said.split("error[").skip(1).filter_map(|error| error.split("content/pages/p").nth(1));
        let found: BTreeSet<usize> = errors.filter_map(|rest| rest.split('.').next()?.parse().ok()).collect();
        assert!(!found.is_empty(), "{said}");
        for number in &found {
            fs::remove_file(site.join(format!("content/pages/p{number}.md"))).unwrap();
        }
        out.extend(found);
    }
    panic!("the site is refused again and again");
}

fn looked_at(base: &str, mode: &str, paths: &[String]) -> Value {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    assert!(here.join("tests/.cache/browser/node_modules").is_dir(), "the browser's tools are not installed: run tests/all");
    let mut command = Command::new("node");
    command.arg(here.join("tests/browser/xss.mjs")).args([base, mode]).stdin(Stdio::piped()).stdout(Stdio::piped());
    let mut child = command.spawn().expect("node starts: tests/all installs it");
    child.stdin.take().unwrap().write_all(paths.join("\n").as_bytes()).unwrap();
    let output = child.wait_with_output().unwrap();
    assert!(output.status.success(), "the browser could not look");
    serde_json::from_slice(&output.stdout).unwrap()
}

#[test]
fn nothing_that_a_writer_can_write_runs_in_a_browser() {
    let count = number("PROMULGATE_XSS", 90) as usize;
    let folder = tempfile::tempdir().unwrap();
    let site = folder.path();
    let pages = site.join("content/pages");
    fs::create_dir_all(&pages).unwrap();
    fs::copy(Path::new(env!("CARGO_MANIFEST_DIR")).join("content/consultations/2026/hamngatan-plan.png"), pages.join("x.png")).unwrap();
    // A sample walks in larger steps, so that it too meets every place and every vector.
    let step = if count < 1_000 { 19 } else { 1 };
    let numbers: Vec<usize> = (0..count).map(|at| at * step).collect();
    for number in &numbers {
        fs::write(pages.join(format!("p{number}.md")), record(*number).1).unwrap();
    }
    // Settings and messages are the body's own, and escaped all the same: each vector is a term, a link of the footer, a message.
    let quoted = |at: usize| serde_json::to_string(&VECTORS[at].replace("ID", &format!("9{at:03}"))).unwrap();
    let terms: String = (0..VECTORS.len()).map(|at| format!("  t{at}: {{name: {0}, about: {0}}}\n", quoted(at))).collect();
    let footer: String =
        (0..VECTORS.len()).map(|at| format!("  - {{label: {}, url: \"https://norrvik.example/\"}}\n", quoted(at))).collect();
    let of_all: String = (0..VECTORS.len()).map(|at| format!("t{at}, ")).collect();
    fs::write(pages.join("all.md"), format!("---\ntitle: All terms\nsummary: x\ndate: 2026-04-22\ntopics: [{of_all}]\n---\n\nText.\n"))
        .unwrap();
    let settings = SETTINGS.replace("title: Norrvik", &format!("title: {}\ntagline: {}", quoted(3), quoted(9)));
    fs::write(site.join("promulgate.yaml"), format!("{settings}topics:\n{terms}footer:\n{footer}")).unwrap();
    fs::create_dir_all(site.join("messages")).unwrap();
    let messages: String = ["skip", "home", "search", "contents", "topics"]
        .iter()
        .zip([0, 1, 10, 28, 37])
        .map(|(key, at)| format!("{key} = {}\n", VECTORS[at].replace("ID", &format!("8{at:03}")).replace('{', "(")))
        .collect();
    fs::write(site.join("messages/sv.ftl"), messages).unwrap();
    let refused = refused(site);
    let public = site.join("public");
    fs::write(public.join("control.html"), "<!doctype html><title>x</title><script>xss('control')</script><img src=//evil.example/x.png>")
        .unwrap();
    let mut paths: Vec<String> =
        numbers.iter().filter(|number| !refused.contains(number)).map(|number| format!("/pages/p{number}/")).collect();
    let own = paths.len();
    paths.extend(
        [
            "/",
            "/pages/",
            "/pages/all/",
            "/topics/",
            "/feed.atom",
            "/search/?q=payload",
            "/search/?q=%3Cimg%20src%3Dx%20onerror%3Dxss(1)%3E",
        ]
        .map(str::to_owned),
    );
    paths.extend((0..VECTORS.len()).map(|at| format!("/topics/t{at}/")));
    paths.push("/control.html".into());
    let served = Served::folder(&public);
    let mut faults = Vec::new();
    for mode in ["headers", "bare"] {
        let report = looked_at(&served.url(), mode, &paths);
        assert_eq!(report["loads"], paths.len());
        let (control, others): (Vec<_>, Vec<_>) = report["ran"].as_array().unwrap().iter().partition(|one| one["path"] == "/control.html");
        assert_eq!(
            mode == "bare",
            control.iter().any(|one| one["what"] == "xss(control)"),
            "{mode}: {control:?}: the watch itself must see what runs"
        );
        faults.extend(others.iter().map(|one| format!("{mode} {one}")));
    }
    let with_terms = count + 3 * VECTORS.len();
    row(
        "script in a real browser, with the headers and without",
        &format!(
            "{with_terms} payloads, {} vectors, {} places; {} refused before; {own} pages loaded twice",
            VECTORS.len(),
            PLACES.len() + 3,
            refused.len()
        ),
        &format!("{} executions", faults.len()),
    );
    let told = |fault: &String| {
        let number = fault.split("/pages/p").nth(1).and_then(|rest| rest.split('/').next()).and_then(|number| number.parse().ok());
        format!("{fault} {}", number.map(|number| record(number).0).unwrap_or_default())
    };
    assert!(faults.is_empty(), "{}:\n{}", faults.len(), faults.iter().take(30).map(told).collect::<Vec<_>>().join("\n"));
}

#[test]
fn every_vector_meets_every_place() {
    let pairs: BTreeSet<String> = (0..VECTORS.len() * PLACES.len()).map(|number| record(number).0).collect();
    assert_eq!(pairs.len(), VECTORS.len() * PLACES.len());
    assert!(pairs.len() >= 1_000);
}
