//! Pictures of records: what goes out of them, in which sizes, and what hostile ones meet.

pub mod camera;

use crate::sandbox::{Sandbox, files_below};
use crate::served::Served;
use image::ImageReader;
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::process::Command;

const SETTINGS: &str = "title: Norrvik\nurl: https://norrvik.example\nlanguages: [en, sv]\ntime_zone: Europe/Stockholm\n";

/// A site with one page of that text, in English and Swedish.
fn site(text: &str, files: &[(&str, Vec<u8>)]) -> Sandbox {
    let sandbox = Sandbox::new();
    sandbox.write("promulgate.yaml", SETTINGS.as_bytes());
    for ending in ["md", "sv.md"] {
        let page = format!("---\ntitle: The harbour\nsummary: What the harbour looks like.\n---\n{text}\n");
        sandbox.write(&format!("content/pages/harbour.{ending}"), page.as_bytes());
    }
    files.iter().for_each(|(path, bytes)| sandbox.write(path, bytes));
    sandbox
}

fn built(text: &str, files: &[(&str, Vec<u8>)]) -> Sandbox {
    let sandbox = site(text, files);
    let said = sandbox.run(&["build"]);
    assert_eq!(said.code, 0, "{}", said.stderr);
    sandbox
}

/// The pictures that a build left, by their path below `public/`.
fn published(sandbox: &Sandbox) -> BTreeMap<String, PathBuf> {
    let public = sandbox.path("public");
    let name = |path: &Path| path.strip_prefix(&public).unwrap().to_string_lossy().into_owned();
    let is_picture = |path: &PathBuf| matches!(path.extension().and_then(|e| e.to_str()), Some("jpg" | "png" | "webp" | "gif"));
    files_below(&public).into_iter().filter(is_picture).map(|path| (name(&path), path)).collect()
}

fn opened(path: &Path) -> image::DynamicImage {
    ImageReader::open(path).unwrap().with_guessed_format().unwrap().decode().unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// The addresses and widths in all `srcset`s of a page.
fn offered(html: &str) -> Vec<(String, u32)> {
    let sets = html.split("srcset=\"").skip(1).map(|rest| rest.split('"').next().unwrap());
    let each = sets.flat_map(|set| set.split(", ")).map(|one| one.rsplit_once(' ').unwrap());
    each.map(|(address, width)| (address.to_owned(), width.trim_end_matches('w').parse().unwrap())).collect()
}

#[test]
fn nothing_that_a_camera_wrote_down_goes_out() {
    let files = [
        ("content/pages/photo.jpg", camera::jpeg(900, 600, 1)),
        ("content/pages/sideways.jpg", camera::jpeg(900, 600, 6)),
        ("content/pages/attached.bin", camera::jpeg(400, 300, 1)),
        ("content/pages/map.png", camera::png(800, 500)),
        ("content/pages/modern.webp", camera::webp(500, 400)),
        ("content/pages/old.gif", camera::gif()),
        ("static/hall.jpg", camera::jpeg(640, 480, 8)),
    ];
    for (path, bytes) in &files {
        let text = String::from_utf8_lossy(bytes);
        assert!(camera::SECRETS.iter().any(|secret| text.contains(secret)), "{path} has something to hide");
    }
    let text = "![a](photo.jpg)\n\n![b](sideways.jpg)\n\n![c](map.png)\n\n![d](modern.webp)\n\n![e](old.gif)\n\n[f](attached.bin)";
    let sandbox = built(text, &files);
    let all = files_below(&sandbox.path("public"));
    for path in &all {
        let bytes = std::fs::read(path).unwrap();
        for secret in camera::SECRETS.iter().map(|secret| secret.as_bytes()).chain([&b"Exif"[..], b"xap/1.0", b"PK\x03\x04"]) {
            assert!(!bytes.windows(secret.len()).any(|part| part == secret), "{}: {}", path.display(), String::from_utf8_lossy(secret));
        }
    }
    // A judge that is not ours.
    let told = |folder: &Path| {
        let mut judge = Command::new("exiftool");
        judge.args(["-r", "-G", "-s", "-EXIF:all", "-GPS:all", "-XMP:all", "-IPTC:all", "-Comment"]).arg(folder);
        let said = judge.output().expect("exiftool starts: tests/all installs it");
        String::from_utf8_lossy(&said.stdout).lines().filter(|line| line.starts_with('[')).map(str::to_owned).collect::<Vec<_>>()
    };
    assert!(told(&sandbox.path("content")).iter().any(|line| line.contains("GPSLatitude")), "exiftool sees what there is to see");
    assert_eq!(told(&sandbox.path("public")), Vec::<String>::new());
}

#[test]
fn a_picture_stands_upright_and_keeps_its_pixels() {
    let files = [("content/pages/sideways.jpg", camera::jpeg(900, 600, 6)), ("content/pages/photo.jpg", camera::jpeg(900, 600, 1))];
    let sandbox = built("![a](sideways.jpg)\n\n![b](photo.jpg)", &files);
    for (name, path) in published(&sandbox).iter().filter(|(name, _)| name.contains("sideways")) {
        let picture = opened(path).into_rgb8();
        assert!(picture.height() > picture.width(), "{name}");
        // Turned a quarter to the right: what was at the bottom left, blue, is at the top left.
        let [red, _, blue] = picture.get_pixel(picture.width() / 4, picture.height() / 4).0;
        assert!(blue > 180 && red < 80, "{name}: {red} {blue}");
    }
    let before = image::load_from_memory(&files[1].1).unwrap();
    assert_eq!(opened(&sandbox.path("public/pages/photo.jpg")), before, "stripping changes no pixel");
}

#[test]
fn every_size_is_there_once_and_none_is_larger_than_the_picture() {
    for width in [361, 720, 721, 1000, 1440, 2000] {
        let sandbox = built("![The quay](quay.png)\n\n![Again](quay.png)", &[("content/pages/quay.png", camera::png(width, width / 2))]);
        let html = sandbox.read("public/pages/harbour/index.html");
        assert_eq!(offered(&html), offered(&sandbox.read("public/sv/pages/harbour/index.html")), "both languages share them");
        let offers: BTreeSet<(String, u32)> = offered(&html).into_iter().collect();
        assert!(offers.iter().any(|(address, _)| address.ends_with(".webp")));
        assert_eq!(offers.iter().any(|(address, _)| address.ends_with(".jpg")), width > 720, "{width}");
        assert_eq!(offers.iter().map(|(_, width)| *width).max(), Some(width.min(1440)));
        for (address, offered) in &offers {
            let picture = opened(&sandbox.path(&format!("public{address}")));
            assert_eq!((picture.width(), *offered <= width), (*offered, true), "{address}");
        }
        let made = published(&sandbox).keys().filter(|name| name.as_str() != "pages/quay.png").filter(|name| name.contains("quay")).count();
        let own = offers.iter().filter(|(address, _)| address == "/pages/quay.png").count();
        assert_eq!(made, offers.len() - own, "nothing is made that no page offers");
    }
}

#[test]
fn the_markup_has_size_words_and_caption_and_only_the_first_is_fetched_at_once() {
    let text = "![The \"old\" quay](quay.png \"From the <sea>\")\n\n![A flag](flag.gif)\n\n![Plan](plan.svg)\n\n\
        Hand made: <img src=\"quay.png\" alt=\"By hand\" onclick=\"alert(1)\" width=\"5\"> <source srcset=\"https://tracker.example/x\">\n\n\
        <img src=\"picture-0\" alt=\"x\"> `<img src=\"picture-0\">`";
    let drawing = b"<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 300 200'/>".to_vec();
    let files =
        [("content/pages/quay.png", camera::png(800, 400)), ("content/pages/flag.gif", camera::gif()), ("content/pages/plan.svg", drawing)];
    let sandbox = site(text, &files);
    let said = sandbox.run(&["check"]);
    assert!(said.stderr.contains("error[broken-link]") && said.stderr.contains("picture-0"), "{}", said.stderr);
    let sandbox = built(&text.replace("<img src=\"picture-0\" alt=\"x\"> ", ""), &files);
    let html = sandbox.read("public/pages/harbour/index.html");
    assert!(html.contains("<figure><picture><source type=\"image/webp\" srcset=\"/pages/quay.360."), "{html}");
    assert!(html.contains("alt=\"The &quot;old&quot; quay\" width=\"800\" height=\"400\" decoding=\"async\"></picture>"), "{html}");
    assert!(html.contains("<figcaption>From the &lt;sea&gt;</figcaption></figure>"), "{html}");
    assert!(html.contains("alt=\"A flag\" width=\"1\" height=\"1\" loading=\"lazy\""), "{html}");
    assert!(html.contains("<img src=\"/pages/plan.svg\" alt=\"Plan\" width=\"300\" height=\"200\" loading=\"lazy\""), "{html}");
    assert!(html.contains("alt=\"By hand\" width=\"800\""), "{html}");
    assert!(
        html.contains("<code>&lt;img src=\"picture-0\"&gt;</code>") || html.contains("<code>&lt;img src=&quot;picture-0&quot;&gt;</code>")
    );
    assert!(!html.contains("tracker.example") && !html.contains("onclick") && !html.contains("<img src=\"picture-"), "{html}");
}

#[test]
fn a_picture_without_words_is_an_error_however_it_is_shown() {
    let quay = ("content/pages/quay.png", camera::png(400, 200));
    for text in ["![](quay.png)", "<img src=\"quay.png\">", "<img src=\"quay.png\" alt=\"  \">"] {
        let said = site(text, std::slice::from_ref(&quay)).run(&["check"]);
        assert!(
            said.code == 1 && said.stderr.contains("error[missing-alt]") && said.stderr.contains("harbour.md:5:1"),
            "{text}: {}",
            said.stderr
        );
    }
    let sandbox = site("Text.", std::slice::from_ref(&quay));
    sandbox.write("content/pages/harbour.md", b"---\ntitle: A\nsummary: B.\nannounce: {image: {file: quay.png}}\n---\nText.\n");
    let said = sandbox.run(&["check"]);
    assert!(said.code == 1 && said.stderr.contains("alt"), "{}", said.stderr);
}

#[test]
fn a_second_build_unpacks_nothing_and_two_builds_are_alike() {
    let files = [("content/pages/photo.jpg", camera::jpeg(1600, 900, 3)), ("content/pages/map.png", camera::png(800, 500))];
    let text = "![a](photo.jpg) ![b](map.png)";
    let (one, other) = (built(text, &files), built(text, &files));
    let bytes =
        |sandbox: &Sandbox| published(sandbox).into_iter().map(|(name, path)| (name, std::fs::read(path).unwrap())).collect::<Vec<_>>();
    assert!(published(&one).len() > 10);
    assert_eq!(bytes(&one), bytes(&other));
    let said = one.run(&["build"]);
    assert!(said.stderr.contains(" 0 written") && !said.stderr.contains("pictures made"), "{}", said.stderr);
    // What the cache holds is believed: nothing else could have been read.
    std::fs::remove_dir_all(one.path("public")).unwrap();
    let said = one.run(&["build"]);
    assert!(said.code == 0 && !said.stderr.contains("pictures made"), "{}", said.stderr);
    assert_eq!(bytes(&one), bytes(&other));
}

#[test]
fn a_hostile_picture_is_found_and_never_hangs() {
    let jpeg = camera::jpeg(400, 300, 1);
    let png = camera::png(400, 300);
    let webp = camera::webp(400, 300);
    let huge_frame = {
        let mut bytes = jpeg.clone();
        let frame = bytes.windows(2).position(|pair| pair == [0xFF, 0xC0]).unwrap();
        bytes[frame + 5..frame + 9].copy_from_slice(&[0xFF; 4]);
        bytes
    };
    let cases: Vec<(&str, Vec<u8>, &str)> = vec![
        ("cut.jpg", jpeg[..jpeg.len() / 2].to_vec(), "broken-picture"),
        ("cut.png", png[..png.len() / 2].to_vec(), "broken-picture"),
        ("cut.webp", webp[..webp.len() / 2].to_vec(), "broken-picture"),
        ("cut.gif", camera::gif()[..30].to_vec(), "broken-picture"),
        ("empty.png", Vec::new(), "broken-picture"),
        ("signature.png", png[..8].to_vec(), "broken-picture"),
        ("page.png", b"<!doctype html><script>alert(1)</script>".to_vec(), "broken-picture"),
        ("bomb.png", camera::boasting_png(50_000, 50_000), "picture-too-large"),
        ("long.png", camera::boasting_png(1, 20_000), "picture-too-large"),
        ("nothing.png", camera::boasting_png(0, 10), "broken-picture"),
        ("endless.png", [&png[..33], b"\xff\xff\xff\xffIDAT"].concat(), "broken-picture"),
        ("huge.jpg", huge_frame, "picture-too-large"),
        ("loop.jpg", [b"\xFF\xD8\xFF\xE0\0\0".to_vec(), vec![0xFF; 4000]].concat(), "broken-picture"),
        (
            "fill.jpg",
            vec![0xFF; 100_000].into_iter().enumerate().map(|(at, byte)| if at == 1 { 0xD8 } else { byte }).collect(),
            "broken-picture",
        ),
        ("runs.svg", b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>".to_vec(), "script-in-picture"),
        ("laughs.svg", laughs(), "broken-picture"),
        ("camera.heic", b"\0\0\0\x18ftypheic".to_vec(), "not-for-web"),
        ("scan.tiff", b"II*\0\x08\0\0\0".to_vec(), "not-for-web"),
        ("named-wrong.dat", b"MM\0*\0\0\0\x08".to_vec(), "not-for-web"),
        ("notes.avif", avif(b"Exif"), "picture-metadata"),
        ("clean.avif", avif(b"hdlr"), ""),
        ("polyglot.gif", [camera::gif(), b"*/alert(1)//<script>".to_vec()].concat(), ""),
        ("fine.png", png, ""),
    ];
    let sandbox = site("Text.", &[]);
    cases.iter().for_each(|(name, bytes, _)| sandbox.write(&format!("content/pages/{name}"), bytes));
    let said = sandbox.run(&["check", "--format", "json"]);
    let report: serde_json::Value = serde_json::from_str(&said.stdout).expect("one JSON document");
    for (name, _, code) in cases {
        let path = format!("content/pages/{name}");
        let own = report["findings"].as_array().unwrap().iter().filter(|finding| finding["place"]["path"] == path.as_str());
        let codes: Vec<&str> = own.map(|finding| finding["code"].as_str().unwrap()).collect();
        // A page under a picture's name is told as what it is, too.
        let codes: Vec<&str> = codes.into_iter().filter(|found| *found != "active-file" || name != "page.png").collect();
        assert_eq!(codes, if code.is_empty() { vec![] } else { vec![code] }, "{name}");
    }
}

/// Entities that grow a thousandfold.
fn laughs() -> Vec<u8> {
    let mut text = "<!DOCTYPE svg [<!ENTITY a0 'ha'>".to_owned();
    (1..12).for_each(|n| text += &format!("<!ENTITY a{n} '{}'>", format!("&a{};", n - 1).repeat(10)));
    (text + "]><svg xmlns='http://www.w3.org/2000/svg'>&a11;</svg>").into_bytes()
}

fn avif(item: &[u8; 4]) -> Vec<u8> {
    let meta = [b"\0\0\0\0", &item[..], b"\0\0\0\x14ispe\0\0\0\0\0\0\x01\0\0\0\x01\0"].concat();
    [b"\0\0\0\x14ftypavif\0\0\0\0avif", &u32::try_from(meta.len() + 8).unwrap().to_be_bytes()[..], b"meta", &meta].concat()
}

#[test]
fn a_picture_that_cannot_be_unpacked_stops_the_build_and_is_named() {
    let sandbox = site("![a](lying.png)", &[("content/pages/lying.png", camera::boasting_png(4000, 3000))]);
    let said = sandbox.run(&["build"]);
    assert_eq!(said.code, 1, "{}", said.stderr);
    assert!(said.stderr.contains("error[broken-picture]") && said.stderr.contains("content/pages/lying.png"), "{}", said.stderr);
    assert!(!sandbox.path("public/index.html").exists());
}

#[test]
fn a_picture_goes_with_a_post_without_its_notes_and_no_larger_than_a_screen() {
    use promulgate::pictures::strip::sendable;
    let large = sendable("a.jpg", &camera::jpeg(3000, 1500, 6)).unwrap().into_owned();
    let picture = image::load_from_memory(&large).unwrap();
    assert_eq!((picture.width(), picture.height()), (1024, 2048));
    for bytes in [&large[..], &sendable("a.png", &camera::png(300, 200)).unwrap()] {
        assert!(!camera::SECRETS.iter().any(|secret| bytes.windows(secret.len()).any(|part| part == secret.as_bytes())));
    }
}

#[test]
fn a_phone_fetches_no_more_than_it_shows() {
    let photo = ("content/pages/photo.jpg", camera::jpeg(2400, 1600, 1));
    let sandbox = built("![The quay](photo.jpg)\n\nMore.", &[photo]);
    let served = Served::folder(&sandbox.path("public"));
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut look = Command::new("node");
    look.arg(here.join("tests/browser/pictures.mjs")).arg(format!("{}/pages/harbour/", served.url()));
    let output = look.output().expect("node starts: tests/all installs it");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let report: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    for (view, width) in [("360x1", ".360."), ("360x2", ".720."), ("360x3", ".1080."), ("1280x1", ".720."), ("1280x2", ".1440.")] {
        let src = report[view]["src"].as_str().unwrap_or_default();
        assert!(src.contains(width) && src.ends_with(".webp"), "{view}: {src}");
        assert_eq!(report[view]["shift"], 0, "{view}: the page does not jump");
    }
}
