//! Every page of `tests/rules` is a test: the files of its example give exactly the console that it shows.
//!
//! `PROMULGATE_BLESS=1 cargo test rules` writes the console of today into the pages, to be read before it is committed.

use crate::sandbox::Sandbox;
use std::fs;
use std::path::{Path, PathBuf};

const SETTINGS: &str = "title: Norrvik\nurl: https://norrvik.example\nlanguages: [en, sv]\ntime_zone: Europe/Stockholm\nlaw: sweden\n\
    bodies:\n  council: {name: Municipal Council, seats: 31}\ntopics:\n  transport: {name: Transport}\n  water: {name: Water}\n\
    audiences:\n  everyone: {name: Everyone}\n\
    checks: {missing-accessibility-statement: 'off'}\n";

#[derive(Debug)]
struct Block {
    language: String,
    path: String,
    escaped: bool,
    text: String,
    console_at: Option<(usize, usize)>,
}

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/rules")
}

/// The fenced blocks of a page.
fn blocks(page: &str) -> Vec<Block> {
    let mut blocks = Vec::new();
    let mut at = 0;
    let mut open: Option<(String, Block)> = None;
    for line in page.split_inclusive('\n') {
        let ticks: String = line.chars().take_while(|c| *c == '`').collect();
        match &mut open {
            Some((fence, _)) if line.trim_end() == fence => {
                let (_, mut block) = open.take().expect("a block is open");
                if block.language == "console" {
                    block.console_at = Some((at - block.text.len(), at));
                }
                blocks.push(block);
            }
            Some((_, block)) => block.text.push_str(line),
            None if ticks.len() >= 3 => {
                let mut words = line.trim_start_matches('`').split_whitespace();
                let language = words.next().unwrap_or_default().to_owned();
                let path = words.next().unwrap_or_default().to_owned();
                let escaped = words.next() == Some("escaped");
                open = Some((ticks, Block { language, path, escaped, text: String::new(), console_at: None }));
            }
            None => {}
        }
        at += line.len();
    }
    blocks
}

/// `\u{e9}` a character, `\x{e5}` a byte, `@{N}` as many letters.
fn unescape(text: &str) -> Vec<u8> {
    let mut out = Vec::new();
    let mut rest = text;
    while !rest.is_empty() {
        let escape = [("\\u{", 'u'), ("\\x{", 'x'), ("@{", 'n')].into_iter().find(|(start, _)| rest.starts_with(start));
        match escape {
            Some((start, kind)) => {
                let end = rest.find('}').expect("an escape is closed");
                let inner = &rest[start.len()..end];
                match kind {
                    'u' => {
                        out.extend(char::from_u32(u32::from_str_radix(inner, 16).expect("hex")).expect("a character").to_string().bytes())
                    }
                    'x' => out.push(u8::from_str_radix(inner, 16).expect("hex")),
                    _ => out.extend(std::iter::repeat_n(b'a', inner.parse().expect("a number"))),
                }
                rest = &rest[end + 1..];
            }
            None => {
                let c = rest.chars().next().expect("not empty");
                out.extend(c.to_string().bytes());
                rest = &rest[c.len_utf8()..];
            }
        }
    }
    out
}

fn lay_out(blocks: &[Block]) -> Sandbox {
    let sandbox = Sandbox::new();
    sandbox.write("promulgate.yaml", SETTINGS.as_bytes());
    for block in blocks.iter().filter(|block| !block.path.is_empty()) {
        let path = String::from_utf8(unescape(&block.path)).expect("a path is text");
        match block.language.as_str() {
            "none" => fs::remove_file(sandbox.path(&path)).expect("the file was there"),
            "link" => sandbox.link(&path, block.text.trim_start_matches("-> ").trim()),
            _ => sandbox.write(&path, &if block.escaped { unescape(&block.text) } else { block.text.clone().into_bytes() }),
        }
    }
    sandbox
}

#[test]
fn every_page_of_the_rules_shows_what_the_program_says() {
    let bless = std::env::var_os("PROMULGATE_BLESS").is_some();
    let mut pages: Vec<PathBuf> = fs::read_dir(folder()).expect("tests/rules").map(|entry| entry.expect("an entry").path()).collect();
    pages.sort();
    let mut wrong = Vec::new();
    let mut shown = 0;
    for page in &pages {
        let code = page.file_stem().expect("a name").to_string_lossy().into_owned();
        let mut text = fs::read_to_string(page).expect("a page");
        assert!(text.starts_with(&format!("# {code}\n")), "{code}: the page begins with its code");
        let found = blocks(&text);
        let Some(console) = found.iter().find(|block| block.language == "console") else { continue };
        shown += 1;
        let command = console.text.lines().next().unwrap_or_default().trim_start_matches("$ promulgate ").to_owned();
        let said = lay_out(&found).run(&[&command]).stderr;
        // A build goes on to tell how many files it wrote, which is not what the page is about.
        let findings: String = said.split_inclusive('\n').take_while(|line| !line.contains(" written, ")).collect();
        let fresh = format!("$ promulgate {command}\n{}", findings.replace("\n\n\n", "\n\n"));
        let names_it = fresh.contains(&format!("[{code}]"));
        if bless {
            let (start, end) = console.console_at.expect("a console has a place");
            text.replace_range(start..end, &fresh);
            fs::write(page, &text).expect("the page is written");
        } else if console.text != fresh {
            wrong.push(format!("{code}: the page shows\n{}\nbut the program says\n{fresh}", console.text));
        }
        if !names_it {
            wrong.push(format!("{code}: the example does not give this finding:\n{fresh}"));
        }
    }
    assert!(shown >= 20, "{shown} pages have an example");
    assert!(wrong.is_empty(), "{}", wrong.join("\n\n"));
}

#[test]
fn every_code_in_the_source_has_its_page() {
    let mut missing = Vec::new();
    let pattern = |text: &str, from: usize| text[from..].find('"').map(|end| text[from..from + end].to_owned());
    for file in crate::sandbox::files_below(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src")) {
        let text = fs::read_to_string(&file).expect("a source file");
        for opener in ["Finding::error(\"", "Finding::warning(\"", "fault(\"", "code: \""] {
            for (at, _) in text.match_indices(opener) {
                let code = pattern(&text, at + opener.len()).unwrap_or_default();
                let is_code = code.len() > 2 && code.bytes().all(|b| b.is_ascii_lowercase() || b == b'-' || b.is_ascii_digit());
                let of_settings = ["parse/settings.rs", "parse/settings_state.rs"].iter().any(|name| file.ends_with(name));
                let settings_key = opener == "fault(\"" && of_settings;
                if is_code && !settings_key && !folder().join(format!("{code}.md")).exists() {
                    missing.push(format!("{}: {code}", file.display()));
                }
            }
        }
    }
    missing.dedup();
    assert!(missing.is_empty(), "codes without a page in tests/rules:\n{}", missing.join("\n"));
}

#[test]
fn twenty_broken_files_give_their_findings_in_one_run_each_with_its_place() {
    let mut pages: Vec<PathBuf> = fs::read_dir(folder()).expect("tests/rules").map(|entry| entry.expect("an entry").path()).collect();
    pages.sort();
    let sandbox = Sandbox::new();
    sandbox.write("promulgate.yaml", SETTINGS.as_bytes());
    let mut expected = Vec::new();
    // One broken decision of each page, under a name of its own.
    for page in pages {
        let code = page.file_stem().expect("a name").to_string_lossy().into_owned();
        let found = blocks(&fs::read_to_string(&page).expect("a page"));
        let files: Vec<&Block> = found.iter().filter(|block| !block.path.is_empty()).collect();
        let whole_file = |block: &&Block| block.path == "content/decisions/2026/night-buses.md" && block.language == "md";
        let parsing = !matches!(code.as_str(), "alias-loop" | "file-too-large" | "front-matter-too-long");
        if let ([one], true) = (&files[..], parsing && expected.len() < 24)
            && whole_file(one)
        {
            let bytes = if one.escaped { unescape(&one.text) } else { one.text.clone().into_bytes() };
            let path = format!("content/decisions/2026/broken-{code}.md");
            sandbox.write(&path, &bytes);
            expected.push((path, code));
        }
    }
    assert!(expected.len() >= 20, "{} broken files", expected.len());
    let said = sandbox.run(&["check", "--format", "json"]);
    assert_eq!(said.code, 1, "{}", said.stderr);
    let json: serde_json::Value = serde_json::from_str(&said.stdout).expect("one JSON document");
    let findings = json["findings"].as_array().expect("a list of findings");
    for (path, code) in expected {
        let own: Vec<_> = findings.iter().filter(|finding| finding["place"]["path"] == path.as_str()).collect();
        let named = own.iter().find(|finding| finding["code"] == code.as_str());
        let named = named.unwrap_or_else(|| panic!("{path} gives {code}, but was given {own:?}"));
        let whole = code == "empty-file";
        assert!(whole || named["place"]["spot"]["span"]["line"].as_u64().is_some(), "{code} has a line: {named}");
    }
}
