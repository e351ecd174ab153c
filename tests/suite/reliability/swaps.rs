//! A reader who polls while a site is published again and again: every page is there, whole, and so is the style sheet
//! that it names, of the same generation.
//!
//! `PROMULGATE_SWAPS=N` publishes N times.

use super::builds::{program, small_site, tree, write};
use super::figures::{number, row};
use promulgate::io::staging::Staging;
use promulgate::model::route::SafePath;
use std::fs;
use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};

const PAGES: [&str; 3] = ["index.html", "decisions/index.html", "sv/decisions/2026/library/index.html"];

fn publish(root: &Path, generation: usize) {
    let staging = Staging::open(&root.join("public"), root).unwrap();
    let put = |path: &str, text: String| staging.put(&SafePath::new(path).unwrap(), text.as_bytes()).map(drop).unwrap();
    for page in PAGES {
        put(page, format!("<{generation}>").repeat(700));
    }
    put(&sheet(generation), format!("/*{generation}*/").repeat(500));
    put("robots.txt", "the same".into());
    staging.finish().unwrap();
}

fn sheet(generation: usize) -> String {
    format!("assets/site.{generation:016x}.css")
}

/// What a reader met.
#[derive(Debug, Default)]
struct Met {
    reads: u64,
    generations: usize,
    missing: u64,
    empty: u64,
    mixed: u64,
    overtaken: u64,
}

/// Opens a page as a browser does: the page first, then what it names.
fn visit(out: &Path, met: &mut Met, last: &mut usize) {
    for page in PAGES {
        met.reads += 1;
        let Ok(text) = fs::read_to_string(out.join(page)) else {
            met.missing += 1;
            continue;
        };
        let Some(generation) = text.split(['<', '>']).nth(1).and_then(|number| number.parse::<usize>().ok()) else {
            met.empty += 1;
            continue;
        };
        met.mixed += u64::from(text != format!("<{generation}>").repeat(700) || generation < *last);
        met.generations += usize::from(generation != *last);
        *last = generation;
        match fs::read_to_string(out.join(sheet(generation))) {
            Ok(sheet) => met.mixed += u64::from(sheet != format!("/*{generation}*/").repeat(500)),
            Err(_) => {
                // One generation is promised: a reader who was held up for two has to load the page again.
                let now = fs::read_to_string(out.join(page)).ok().and_then(|text| text.split(['<', '>']).nth(1)?.parse::<usize>().ok());
                let was_overtaken = now.is_some_and(|now| now >= generation + 2);
                met.overtaken += u64::from(was_overtaken);
                met.missing += u64::from(!was_overtaken);
            }
        }
    }
}

#[test]
fn a_reader_never_meets_a_gap_or_a_mixture_while_the_site_is_published() {
    let town = tempfile::tempdir().unwrap();
    let (root, swaps) = (town.path(), number("PROMULGATE_SWAPS", 50) as usize);
    publish(root, 0);
    let done = AtomicBool::new(false);
    let met = std::thread::scope(|scope| {
        let reader = scope.spawn(|| {
            let (mut met, mut last) = (Met::default(), 0);
            while !done.load(Ordering::Acquire) {
                visit(&root.join("public"), &mut met, &mut last);
            }
            met
        });
        (1..=swaps).for_each(|generation| publish(root, generation));
        done.store(true, Ordering::Release);
        reader.join().unwrap()
    });
    let Met { reads, generations, missing, empty, mixed, overtaken } = met;
    let done = format!("{swaps} publishes, {reads} reads, {generations} times another generation met");
    let held_up = format!("{overtaken} times the reader was held up for two generations");
    row("a reader who polls while the site is exchanged", &done, &format!("{missing} missing, {empty} empty, {mixed} mixed; {held_up}"));
    assert_eq!((missing, empty, mixed), (0, 0, 0));
    assert!(reads as usize > swaps && generations > 5, "the reader must have seen the swaps: {done}");
}

#[test]
fn the_style_sheet_of_the_generation_before_stays_for_one_more() {
    let town = small_site();
    let build = |now: &str| {
        let output = program(town.root(), &[], &["build", "--threads", now]).output().unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        let all = tree(&town.path("public")).unwrap();
        let named =
            String::from_utf8_lossy(&all["index.html"]).split("/assets/site.").nth(1).unwrap().split('"').next().unwrap().to_owned();
        let sheets: Vec<String> = all.keys().filter_map(|path| path.strip_prefix("assets/site.")).map(str::to_owned).collect();
        (named, sheets, serde_json::from_slice::<serde_json::Value>(&all["manifest.json"]).unwrap())
    };
    let (first, sheets, manifest) = build("1");
    assert!(sheets == [first.clone()] && manifest.get("kept").is_none());
    write(&town, 2, "#5b2a86");
    let (second, sheets, manifest) = build("1");
    assert!(first != second && sheets.len() == 2 && sheets.contains(&first) && sheets.contains(&second), "{sheets:?}");
    let kept: Vec<&str> = manifest["kept"].as_array().unwrap().iter().filter_map(|path| path.as_str()).collect();
    let is_style = |path: &&str| path.starts_with("assets/") && path.ends_with(".css");
    assert!(kept.contains(&format!("assets/site.{first}").as_str()) && kept.iter().all(is_style), "{kept:?}");
    assert_eq!(build("2").1.len(), 2, "a build that changes nothing takes nothing away");
    write(&town, 3, "#5b2a86");
    let (_, sheets, manifest) = build("1");
    assert!(sheets == [second] && manifest.get("kept").is_none(), "{sheets:?}");
}
