//! `promulgate verify` as a person calls it: folders, addresses, pages, exit codes, and how long it takes.
//!
//! `PROMULGATE_VERIFY_RECORDS` for the number of records that are timed (10,000 in full; in a release build the ten seconds
//! of the product's own bar are asserted).

use super::published::{Body, Files, life};
use crate::reliability::figures::{Seeded, number, row};
use std::io::{BufRead, BufReader, Write};
use std::net::TcpListener;
use std::path::Path;
use std::process::{Command, Output};
use std::time::Instant;

fn write(folder: &Path, files: &Files) {
    for (path, bytes) in files {
        let file = folder.join(path);
        std::fs::create_dir_all(file.parent().unwrap()).unwrap();
        std::fs::write(file, bytes).unwrap();
    }
}

fn verify(args: &[&str]) -> (Option<i32>, String, String) {
    let Output { status, stdout, stderr } =
        Command::new(crate::hostile::program()).arg("verify").args(args).output().expect("the program starts");
    (status.code(), String::from_utf8(stdout).unwrap(), String::from_utf8(stderr).unwrap())
}

fn body() -> Body {
    life(&mut Seeded(11), 6, false).pop().unwrap()
}

/// Serves files on loopback until the test ends; `broken` is answered with status 500.
fn serve(files: Files, broken: Option<&'static str>) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = format!("http://{}/town", listener.local_addr().unwrap());
    std::thread::spawn(move || {
        for stream in listener.incoming() {
            let Ok(mut stream) = stream else { break };
            let mut lines = BufReader::new(stream.try_clone().unwrap()).lines().map_while(Result::ok);
            let first = lines.next().unwrap_or_default();
            lines.by_ref().take_while(|line| !line.is_empty()).for_each(drop);
            let path = first.split(' ').nth(1).unwrap_or_default().strip_prefix("/town/").unwrap_or("?").to_owned();
            let (status, body) = match files.get(&path) {
                _ if broken == Some(path.as_str()) => ("500 Oops", &[][..]),
                Some(bytes) => ("200 OK", bytes.as_slice()),
                None => ("404 Not Found", &[][..]),
            };
            let head = format!("HTTP/1.1 {status}\r\ncontent-length: {}\r\nconnection: close\r\n\r\n", body.len());
            let _ = stream.write_all(head.as_bytes()).and_then(|()| stream.write_all(body));
        }
    });
    address
}

#[test]
fn a_folder_is_proven_and_one_changed_byte_is_told_with_its_file_and_what_it_means() {
    let dir = tempfile::tempdir().unwrap();
    let body = body();
    write(dir.path(), &body.site());
    let (folder, key) = (dir.path().to_str().unwrap(), body.key().verifier().to_string());
    let kept = dir.path().with_extension("kept");
    std::fs::write(&kept, body.checkpoints.values().nth(1).unwrap()).unwrap();
    let (code, out, _) = verify(&[folder, "--key", &key, "--since", kept.to_str().unwrap()]);
    assert_eq!((code, out.lines().filter(|line| line.starts_with("proven ")).count()), (Some(0), 4), "{out}");
    assert!(out.contains("Nothing false was found.") && out.contains("goes on from your earlier checkpoint"), "{out}");

    // Without a key from elsewhere it says what that is worth.
    let (code, out, _) = verify(&[folder]);
    assert!(code == Some(0) && out.contains("unproven") && out.contains("taken from the site itself"), "{out}");

    let (stem, _) = &body.pages()[0];
    let record = dir.path().join(format!("{stem}record.json"));
    let honest = std::fs::read(&record).unwrap();
    std::fs::write(&record, [&honest[..honest.len() - 1], b" "].concat()).unwrap();
    let (code, out, _) = verify(&[folder, "--key", &key]);
    assert_eq!(code, Some(1), "{out}");
    assert!(out.contains(&format!("FALSE     {stem}record.json")) && out.contains("changed") && out.contains("tell the body"), "{out}");
    let (code, json, _) = verify(&[folder, "--key", &key, "--format", "json"]);
    let json: serde_json::Value = serde_json::from_str(&json).unwrap();
    assert_eq!((code, &json["holds"], &json["verification"]), (Some(1), &false.into(), &1.into()));
    assert!(json["false"].as_array().unwrap().iter().any(|fault| fault["what"] == "record"), "{json}");
    std::fs::write(&record, honest).unwrap();

    // A link to the very same bytes is not the file that was signed.
    std::fs::rename(&record, dir.path().with_extension("moved")).unwrap();
    std::os::unix::fs::symlink(dir.path().with_extension("moved"), &record).unwrap();
    assert_eq!(verify(&[folder, "--key", &key]).0, Some(1));
    std::fs::remove_file(dir.path().with_extension("moved")).unwrap();
    std::fs::remove_file(kept).unwrap();
}

#[test]
fn an_address_is_asked_file_by_file_and_a_broken_server_is_no_falsehood() {
    let body = body();
    let files = body.site();
    let key = body.key().verifier().to_string();
    let (code, out, err) = verify(&[&serve(files.clone(), None), "--key", &key]);
    assert_eq!(code, Some(0), "{out}{err}");
    assert!(out.contains("cannot be asked for all its files"), "{out}");
    let mut other = files.clone();
    other.insert("style.css".into(), b"body{}".to_vec());
    assert_eq!(verify(&[&serve(other, None), "--key", &key]).0, Some(1));
    let (code, out, err) = verify(&[&serve(files, Some("style.css")), "--key", &key]);
    assert_eq!(code, Some(5), "{out}{err}");
    assert!(err.contains("style.css") && err.contains("500") && out.is_empty(), "{err}");
}

#[test]
fn wrong_use_is_told_apart_from_what_is_false() {
    let dir = tempfile::tempdir().unwrap();
    let body = body();
    write(dir.path(), &body.site());
    let (folder, key) = (dir.path().to_str().unwrap(), body.key().verifier().to_string());
    let page = dir.path().join(&body.pages()[0].1);
    let page = page.to_str().unwrap();
    let root = ["--root", folder];
    for wrong in [
        &[folder, "--key", "norrvik.example/log+00000000+AAAA"][..],
        &[folder, "--key", "no-such-file"],
        &[folder, "--key", &key, "--since", "no-such-file"],
        &[folder, "--key", &key, "--max-age", "soon"],
        &["no-such-folder", "--key", &key],
        &["http://", "--key", &key],
        &[page, root[0], root[1]],
        &[page, "--key", &key, "--max-age", "7d"],
    ] {
        let (code, out, err) = verify(wrong);
        assert_eq!((code, out.as_str()), (Some(2), ""), "{wrong:?}: {err}");
        assert!(err.contains("error"), "{wrong:?}: {err}");
    }
    assert_eq!(verify(&[folder, "--key", &key, "--max-age", "7d", "--now", "2027-06-01T00:00:00Z"]).0, Some(1));
    assert_eq!(verify(&["no-such-page.html", "--key", &key]).0, Some(5));
    // The settings of one's own site name the key.
    std::fs::write(dir.path().join("key"), format!("{key}\n")).unwrap();
    let settings = tempfile::tempdir().unwrap();
    std::fs::write(settings.path().join("promulgate.yaml"), format!("log:\n  key: {key}\n")).unwrap();
    assert_eq!(verify(&[page, "--root", settings.path().to_str().unwrap()]).0, Some(0));
    assert_eq!(verify(&[page, "--key", dir.path().join("key").to_str().unwrap()]).0, Some(0));
}

#[test]
fn one_record_is_proven_offline_from_three_small_files_and_a_key() {
    let dir = tempfile::tempdir().unwrap();
    let body = body();
    let files = body.site();
    let key = body.key().verifier().to_string();
    let mut slowest = (std::time::Duration::ZERO, 0);
    for (at, (stem, page)) in body.pages().into_iter().enumerate() {
        // The page and what lies beside it, and nothing else of the site; named as a reader would save them.
        let place = dir.path().join(at.to_string());
        let names = [page, format!("{stem}record.json"), format!("{stem}record.tlog-proof")];
        let held: Files = names.iter().map(|name| (name.clone(), files[name].clone())).collect();
        write(&place, &held);
        let began = Instant::now();
        let (code, out, err) = verify(&[place.join(&names[0]).to_str().unwrap(), "--key", &key]);
        let bytes = held.values().map(Vec::len).sum::<usize>() + key.len();
        slowest = slowest.max((began.elapsed(), bytes));
        assert_eq!(code, Some(0), "{out}{err}");
        assert!(bytes <= 100 * 1024, "{bytes} bytes");
        let html = String::from_utf8(held[&names[0]].clone()).unwrap();
        std::fs::write(place.join(&names[0]), html.replacen("</h1>", " not</h1>", 1)).unwrap();
        let (code, out, _) = verify(&[place.join(&names[0]).to_str().unwrap(), "--key", &key]);
        assert!(code == Some(1) && out.contains(&format!("FALSE     {}", place.join(&names[0]).display())), "{out}");
    }
    let bytes = slowest.1;
    row(
        "R19 one record offline",
        &format!("page, record, proof and key: {bytes} bytes"),
        &format!("{} ms, program start included", slowest.0.as_millis()),
    );
}

/// The pages of the example are made by the theme that bodies use, from every form of text there is.
#[test]
fn every_page_of_the_example_shows_the_words_of_its_record_and_a_false_word_in_any_is_told() {
    use promulgate::transparency::check_page::{self, Page};
    use promulgate::transparency::site::{Falsehood, Trust};
    let key = Body::new().key();
    let told = |html: &str, record: &[u8]| {
        let page = Page { html: Some(("page", html.as_bytes())), record: ("record.json", record), proof: ("none", b"") };
        check_page::page(&page, key.verifier(), &Trust::default()).faults.iter().any(|fault| fault.what == Falsehood::Words)
    };
    let (mut pages, mut changed) = (0, 0);
    for (path, record) in crate::feeds::ending("record.json") {
        let page = match path.strip_suffix(".record.json") {
            Some(stem) => format!("{stem}.html"),
            None => path.replace("record.json", "index.html"),
        };
        let html = std::fs::read_to_string(crate::feeds::norrvik().join(page)).unwrap();
        assert!(!told(&html, record.as_bytes()), "{path}: a false alarm");
        pages += 1;
        // A word put before and behind the heading's own, and a word before each paragraph of the text.
        assert!(told(&html.replacen("</h1>", " not</h1>", 1), record.as_bytes()), "{path}");
        let said: serde_json::Value = serde_json::from_str(&record).unwrap();
        for paragraph in said["text"].as_str().unwrap().split("\n\n") {
            let plain = paragraph.len() > 40 && paragraph.chars().all(|c| c.is_alphabetic() || matches!(c, ' ' | ',' | '.'));
            let written = format!("<p>{paragraph}</p>");
            if plain && html.matches(&written).count() == 1 {
                assert!(told(&html.replace(&written, &format!("<p>Not {paragraph}</p>")), record.as_bytes()), "{path}: {paragraph}");
                assert!(told(&html.replace(&written, &format!("<p>{paragraph} Not.</p>")), record.as_bytes()), "{path}: {paragraph}");
                assert!(told(&html.replace(&written, ""), record.as_bytes()), "{path}: {paragraph}");
                changed += 3;
            }
        }
    }
    assert!(pages > 100 && changed > 100, "{pages} pages, {changed} changes");
    row("R19 words of the example's pages", &format!("{pages} pages, {changed} false paragraphs"), "0 false alarms, 0 accepted");
}

#[test]
fn a_whole_site_is_proven_in_the_time_of_the_bar() {
    let wanted = number("PROMULGATE_VERIFY_RECORDS", 300);
    let (mut body, mut random) = (Body::new(), Seeded(5));
    for at in 0..wanted {
        body.publish(&mut random);
        if at % 100 == 99 {
            body.seal();
        }
    }
    body.seal();
    let dir = tempfile::tempdir().unwrap();
    let files = body.site();
    write(dir.path(), &files);
    let key = body.key().verifier().to_string();
    let began = Instant::now();
    let (code, out, err) = verify(&[dir.path().to_str().unwrap(), "--key", &key]);
    let took = began.elapsed();
    assert_eq!(code, Some(0), "{out}{err}");
    assert!(out.contains(&format!("{wanted} current records")), "{out}");
    let optimised = !cfg!(debug_assertions) || std::env::var_os("PROMULGATE_BINARY").is_some();
    if optimised && wanted <= 10_000 {
        assert!(took.as_secs() < 10, "{wanted} records took {took:?}");
    }
    let build = if optimised { "release" } else { "debug" };
    row(
        "R19 verify of a whole site",
        &format!("{wanted} records, {} files, {} checkpoints", files.len(), body.checkpoints.len()),
        &format!("{:.2} s ({build})", took.as_secs_f64()),
    );
}
