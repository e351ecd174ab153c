//! Published sites, honest and not. An honest state is never refused; a mutant is never accepted.
//!
//! A sample; `PROMULGATE_MUTANTS` for the number of mutants (10,000 in full), of which there is one honest state to ten.

use super::published::{Body, Files, InMemory, ORIGIN, life};
use crate::reliability::figures::{Seeded, number, row, seed};
use promulgate::transparency::check;
use promulgate::transparency::check_page::{self, Page};
use promulgate::transparency::checkpoint::Checkpoint;
use promulgate::transparency::site::{Demand, Falsehood, Report, Trust};
use std::collections::BTreeMap;

fn demand(body: &Body, since: Option<&Vec<u8>>) -> Demand {
    let most = jiff::SignedDuration::from_hours(48);
    Demand { key: body.key().verifier().clone(), since: since.cloned(), max_age: Some((most, body.now())), trust: Trust::default() }
}

fn checked(files: &Files, listed: bool, demand: &Demand) -> Report {
    check::site(&InMemory(files, listed), demand).expect("memory can be read")
}

fn count() -> u64 {
    number("PROMULGATE_MUTANTS", 400)
}

#[test]
fn an_honest_site_is_never_refused_whatever_was_published_and_whichever_checkpoint_was_kept() {
    let mut random = Seeded(seed());
    let (mut states, mut pages) = (0, 0);
    while states < (count() / 10).max(40) {
        for body in life(&mut random, 9, true) {
            let files = body.site();
            let kept: Vec<&Vec<u8>> = body.checkpoints.values().collect();
            let since = kept[random.below(kept.len() as u64) as usize];
            for listed in [true, false] {
                let report = checked(&files, listed, &demand(&body, Some(since)));
                assert!(report.holds(), "state {states}: {:#?}", report.faults);
                assert_eq!((report.log.map(|log| log.0), report.signed), (Some(body.size()), Some(body.now())));
                assert_eq!(report.proven.len(), 4, "the log, the older checkpoint, the files, the records: {:?}", report.proven);
            }
            pages += honest_pages(&body, &files);
            states += 1;
        }
    }
    row("R3 honest states", &format!("{states} states, {pages} pages offline"), "0 false alarms");
}

fn beside<'f>(files: &'f Files, stem: &'f str, page: &'f str) -> Page<'f> {
    Page {
        html: Some((page, &files[page])),
        record: ("record.json", &files[&format!("{stem}record.json")]),
        proof: ("record.tlog-proof", &files[&format!("{stem}record.tlog-proof")]),
    }
}

/// Every page by itself; a reader who knows the first key only can check what that key has signed.
fn honest_pages(body: &Body, files: &Files) -> u64 {
    let key = body.key();
    let signature = format!("\u{2014} {ORIGIN} ");
    let mut pages = 0;
    for (stem, page) in body.pages() {
        let one = beside(files, &stem, &page);
        let report = check_page::page(&one, key.verifier(), &Trust::default());
        let proof = String::from_utf8_lossy(one.proof.1);
        let by_first = proof.lines().filter_map(|line| line.strip_prefix(&signature)).any(|line| {
            use base64::Engine;
            base64::engine::general_purpose::STANDARD.decode(line).is_ok_and(|bytes| bytes[..4] == key.verifier().id())
        });
        assert_eq!(report.holds(), by_first, "{page}: {:#?}", report.faults);
        pages += u64::from(by_first);
    }
    pages
}

/// A mutant: what was done, the site, and the checkpoint that its reader has kept.
struct Mutant {
    what: String,
    files: Files,
    since: Option<Vec<u8>>,
    listed: bool,
}

/// What somebody does who has the files and no key.
fn without_key(states: &[Body], at: usize, random: &mut Seeded) -> Option<Mutant> {
    let body = &states[at];
    let files = body.site();
    let mut other = files.clone();
    let paths: Vec<&String> = files.keys().collect();
    let any = |random: &mut Seeded| paths[random.below(paths.len() as u64) as usize];
    let path = any(random);
    let (mut listed, mut since) = (random.below(4) > 0, None);
    let what = match random.below(12) {
        0..=3 => {
            let bytes = other.get_mut(path).unwrap();
            let at = random.below(bytes.len() as u64) as usize;
            bytes[at] ^= 1 << random.below(8);
            format!("{path}: a bit of byte {at} turned")
        }
        4 => {
            let bytes = other.get_mut(path).unwrap();
            bytes.truncate(random.below(bytes.len() as u64) as usize);
            format!("{path}: cut to {} bytes", bytes.len())
        }
        5 => {
            other.get_mut(path).unwrap().extend_from_slice(&[b'\n', b' ', 0, b'x'][..1 + random.below(4) as usize]);
            format!("{path}: something appended")
        }
        6 | 7 => {
            let second = any(random);
            other.insert(path.clone(), files[second].clone());
            other.insert(second.clone(), files[path].clone());
            format!("{path} and {second} exchanged")
        }
        8 => {
            other.remove(path);
            format!("{path} removed")
        }
        9 => {
            let names = [
                "decisions/new/index.html",
                "log/tile/0/001",
                "log/checkpoints/99",
                "evil.js",
                "log/keys/00000000",
                "decisions/0/versions/9/record.json",
            ];
            let name = names[random.below(names.len() as u64) as usize];
            listed = true;
            other.insert(name.into(), files[path].clone());
            format!("{name} added, with the bytes of {path}")
        }
        10 => {
            // One file of earlier days.
            let earlier = states[random.below(at as u64 + 1) as usize].site();
            let old = earlier.get(path)?;
            other.insert(path.clone(), old.clone());
            format!("{path} as it was earlier")
        }
        _ => {
            // The whole site of earlier days, shown to somebody who has seen a newer checkpoint.
            let earlier = &states[random.below(at as u64 + 1) as usize];
            since = body.checkpoints.values().next_back().cloned();
            if earlier.size() == body.size() {
                return None;
            }
            other = earlier.site();
            format!("the whole site as it was at {} entries", earlier.size())
        }
    };
    (other != files).then_some(Mutant { what, files: other, since, listed })
}

/// What somebody does who can sign lists of files, to the log and the records.
fn with_key(states: &[Body], at: usize, random: &mut Seeded) -> Option<Mutant> {
    let body = &states[at];
    let files = body.site();
    let mut other = files.clone();
    let proven = |path: &&String| {
        ["log/tile/", "log/checkpoint"].iter().any(|start| path.starts_with(start)) && !path.ends_with(".atom")
            || path.ends_with("record.json")
            || path.ends_with("record.tlog-proof")
    };
    let paths: Vec<&String> = files.keys().filter(proven).collect();
    let path = paths[random.below(paths.len() as u64) as usize];
    let pages = body.pages();
    let what = match random.below(8) {
        0..=2 => {
            let bytes = other.get_mut(path).unwrap();
            let at = random.below(bytes.len() as u64) as usize;
            bytes[at] ^= 1 << random.below(8);
            format!("{path}: a bit of byte {at} turned")
        }
        3 => {
            let second = paths[random.below(paths.len() as u64) as usize];
            other.insert(path.clone(), files[second].clone());
            other.insert(second.clone(), files[path].clone());
            format!("{path} and {second} exchanged")
        }
        4 => {
            // A checkpoint of the past taken away leaves a log that is still true: its holder has it.
            if path.starts_with("log/checkpoints/") || path.starts_with("log/tile") || path.contains("/versions/") {
                return None;
            }
            other.remove(path);
            format!("{path} removed")
        }
        5 => {
            let (stem, page) = pages.get(random.below(pages.len() as u64) as usize)?;
            other.remove(page);
            other.remove(&format!("{stem}record.json"));
            other.remove(&format!("{stem}record.tlog-proof"));
            format!("{page} removed with all that belongs to it")
        }
        6 => {
            let (stem, page) = pages.get(random.below(pages.len() as u64) as usize)?;
            let folder = format!("{}/versions/", stem.trim_end_matches(['/', '.']));
            let old = files
                .keys()
                .find(|path| path.starts_with(&folder) && path.ends_with("record.json"))?
                .strip_suffix("record.json")?
                .to_owned();
            for name in ["record.json", "record.tlog-proof"] {
                other.insert(format!("{stem}{name}"), files[&format!("{old}{name}")].clone());
            }
            format!("{page}: version {old} in place of the current one")
        }
        _ => {
            let earlier = states[random.below(at as u64 + 1) as usize].clone();
            let kept: BTreeMap<String, String> = body.pages().into_iter().collect();
            let (stem, page) = earlier.pages().into_iter().find(|(stem, _)| !kept.contains_key(stem))?;
            let old = earlier.site();
            for name in [format!("{stem}record.json"), format!("{stem}record.tlog-proof"), page.clone()] {
                other.insert(name.clone(), old[&name].clone());
            }
            format!("{page} is there again after it was erased")
        }
    };
    if other == files {
        return None;
    }
    body.list(&mut other);
    Some(Mutant { what: format!("signed again: {what}"), files: other, since: None, listed: random.below(2) == 0 })
}

/// What somebody does who has the key: the whole history again with one act changed, to a reader who kept a checkpoint.
fn rewritten(random: &mut Seeded) -> Option<Mutant> {
    let start = random.below(1 << 40);
    let cut = 1 + random.below(5);
    let honest = life(&mut Seeded(start), 6, false);
    let since = honest.last()?.checkpoints.values().nth(1 + cut as usize)?.clone();
    let mut body = Body::new();
    let mut again = Seeded(start);
    for batch in 0..7 {
        for _ in 0..=again.below(3) {
            if batch == cut - 1 {
                body.publish(&mut Seeded(random.below(1 << 40)));
            }
            body.act(&mut again, false);
        }
        body.seal();
    }
    Some(Mutant {
        what: format!("another history from batch {cut} on, all signed again"),
        files: body.site(),
        since: Some(since),
        listed: true,
    })
}

#[test]
fn a_mutant_of_a_site_is_never_accepted() {
    let mut random = Seeded(seed() ^ 0x5eed);
    let mut done = BTreeMap::<&str, u64>::new();
    let mut found = BTreeMap::<&str, u64>::new();
    while done.values().sum::<u64>() < count() {
        let states = life(&mut random, 8, false);
        let rotated = life(&mut random, 8, true);
        for _ in 0..60 {
            let at = states.len() - 1 - random.below(4) as usize;
            let (kind, mutant) = match random.below(10) {
                0..=3 => ("without the key", without_key(&states, at, &mut random)),
                4 | 5 => ("without the key", without_key(&rotated, at, &mut random)),
                6..=8 => ("the list signed again", with_key(&states, at, &mut random)),
                _ => ("all signed again", rewritten(&mut random)),
            };
            let Some(mutant) = mutant else { continue };
            let report = checked(&mutant.files, mutant.listed, &Demand { max_age: None, ..demand(&states[at], mutant.since.as_ref()) });
            assert!(!report.holds(), "accepted: {}", mutant.what);
            for fault in &report.faults {
                *found.entry(fault.what.word()).or_default() += 1;
            }
            *done.entry(kind).or_default() += 1;
        }
    }
    // A campaign that meets one kind of fault alone would prove little.
    let common = ["manifest", "file", "checkpoint", "log", "history", "proof", "record", "missing"];
    for word in common.into_iter().chain((count() >= 2000).then_some("erased")) {
        assert!(found.contains_key(word), "no mutant was found out by `{word}`: {found:?}");
    }
    let total: u64 = done.values().sum();
    row("R3 mutants of a site", &format!("{total} mutants: {done:?}"), &format!("0 accepted; found out by {found:?}"));
}

#[test]
fn a_mutant_of_a_page_or_of_what_lies_beside_it_is_never_accepted() {
    let mut random = Seeded(seed() ^ 0xface);
    let mut done = 0;
    while done < count() / 4 {
        let body = life(&mut random, 6, false).pop().unwrap();
        let files = body.site();
        for (stem, page) in body.pages() {
            let honest = beside(&files, &stem, &page);
            let html = String::from_utf8(honest.html.unwrap().1.to_vec()).unwrap();
            let main = html.find("<main>").unwrap();
            // A word of the title or the text becomes another.
            let words: Vec<(usize, &str)> = html[main..].match_indices(|c: char| c.is_ascii_alphabetic()).collect();
            let (at, _) = words[random.below(words.len() as u64) as usize];
            let mut changed = html.clone().into_bytes();
            let in_tag = html[..main + at].rfind('<') > html[..main + at].rfind('>');
            if !in_tag {
                changed[main + at] = b'Q';
                let report = check_page::page(&Page { html: Some((&page, &changed)), ..honest }, body.key().verifier(), &Trust::default());
                assert!(report.faults.iter().any(|fault| fault.what == Falsehood::Words), "{page}: letter {at} of the main part");
                done += 1;
            }
            for name in ["record.json", "record.tlog-proof"] {
                let mut bytes = files[&format!("{stem}{name}")].clone();
                let at = random.below(bytes.len() as u64) as usize;
                bytes[at] ^= 1 << random.below(8);
                let honest = beside(&files, &stem, &page);
                let mutant = if name == "record.json" {
                    Page { record: (name, &bytes), ..honest }
                } else {
                    Page { proof: (name, &bytes), ..honest }
                };
                assert!(
                    !check_page::page(&mutant, body.key().verifier(), &Trust::default()).holds(),
                    "{stem}{name}: a bit of byte {at} turned"
                );
                done += 1;
            }
        }
    }
    row("R3 mutants of a page", &format!("{done} mutants"), "0 accepted");
}

#[test]
fn who_has_the_key_can_make_another_history_and_only_an_older_checkpoint_tells() {
    let mut random = Seeded(7);
    let mutant = std::iter::repeat_with(|| rewritten(&mut random)).flatten().next().unwrap();
    let key = Body::new().key().verifier().clone();
    let blind = checked(&mutant.files, true, &Demand { key: key.clone(), since: None, max_age: None, trust: Trust::default() });
    assert!(blind.holds());
    assert!(blind.open.iter().any(|line| line.contains("older checkpoint")), "it says so: {:?}", blind.open);
    let seeing = checked(&mutant.files, true, &Demand { key, since: mutant.since, max_age: None, trust: Trust::default() });
    assert!(seeing.faults.iter().any(|fault| fault.what == Falsehood::History));
}

#[test]
fn who_knows_only_the_newest_key_can_check_too_and_is_told_what_that_leaves_open() {
    let mut rotated = 0;
    for start in 0..40 {
        let body = life(&mut Seeded(start), 9, true).pop().unwrap();
        let (newest, first) = (body.newest_key().verifier().clone(), body.key().verifier().clone());
        if newest == first {
            continue;
        }
        let files = body.site();
        let since = body.checkpoints.values().next().cloned();
        let report = checked(&files, true, &Demand { key: newest.clone(), since: since.clone(), max_age: None, trust: Trust::default() });
        assert!(report.holds(), "life {start}: {:#?}", report.faults);
        assert!(report.open.iter().any(|line| line.contains("not the log's first")), "{:?}", report.open);
        // A checkpoint of another history from those days, which no known key has signed.
        let mut other = files.clone();
        let early = *body.checkpoints.keys().find(|size| **size > 0).unwrap();
        let text = String::from_utf8(files[&format!("log/checkpoints/{early}")].clone()).unwrap();
        let root = text.lines().nth(2).unwrap();
        let forged = text.replace(root, Checkpoint { origin: ORIGIN.into(), size: early, root: [7; 32] }.text().lines().nth(2).unwrap());
        other.insert(format!("log/checkpoints/{early}"), forged.clone().into_bytes());
        body.list(&mut other);
        assert!(
            !checked(&other, true, &Demand { key: newest.clone(), since: None, max_age: None, trust: Trust::default() }).holds(),
            "life {start}"
        );
        assert!(
            !checked(&files, true, &Demand { key: newest, since: Some(forged.into_bytes()), max_age: None, trust: Trust::default() })
                .holds(),
            "life {start}"
        );
        // Another key in the file that shows it.
        let mut other = files.clone();
        other.insert("log/vkey".into(), b"norrvik.example/log+00000000+AAAA\n".to_vec());
        body.list(&mut other);
        let report = checked(&other, true, &Demand { key: first, since, max_age: None, trust: Trust::default() });
        assert!(report.faults.iter().any(|fault| fault.what == Falsehood::Key), "life {start}: {:#?}", report.faults);
        rotated += 1;
    }
    assert!(rotated > 5, "only {rotated} lives had a second key");
}

#[test]
fn not_even_the_checkpoint_of_the_empty_log_goes_unsigned() {
    let body = life(&mut Seeded(5), 3, false).pop().unwrap();
    let mut files = body.site();
    let text = String::from_utf8(files["log/checkpoints/0"].clone()).unwrap();
    let unsigned = text.replace(&format!("\u{2014} {ORIGIN}"), "\u{2014} somebody.example/log");
    assert_ne!(text, unsigned);
    files.insert("log/checkpoints/0".into(), unsigned.into_bytes());
    body.list(&mut files);
    let report = checked(&files, true, &demand(&body, None));
    assert!(report.faults.iter().any(|fault| fault.what == Falsehood::Checkpoint), "{:#?}", report.faults);
}

#[test]
fn an_old_signature_and_one_from_the_future_are_told() {
    let body = life(&mut Seeded(3), 3, false).pop().unwrap();
    let files = body.site();
    let aged = |hours: i64| {
        let now = body.now() + jiff::SignedDuration::from_hours(hours);
        let demand = Demand { max_age: Some((jiff::SignedDuration::from_hours(24), now)), ..demand(&body, None) };
        checked(&files, true, &demand).faults.iter().map(|fault| fault.what).collect::<Vec<_>>()
    };
    assert_eq!((aged(24), aged(25), aged(-23), aged(-25)), (vec![], vec![Falsehood::Age], vec![], vec![Falsehood::Age]));
}
