//! `serve` as a writer uses it: the page, a save, the page again.

use crate::cli::norrvik;
use crate::sandbox::Sandbox;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::Path;
use std::process::{Child, Stdio};

struct Serving {
    child: Child,
    port: u16,
}

impl Serving {
    fn start(site: &Sandbox) -> Serving {
        let mut child = site.command(&["serve", "--port", "0"]).stderr(Stdio::piped()).stdout(Stdio::null()).spawn().unwrap();
        let mut lines = BufReader::new(child.stderr.take().unwrap()).lines();
        let line = lines.find(|line| line.as_ref().is_ok_and(|line| line.contains("http://localhost:"))).unwrap().unwrap();
        let port = line.split("http://localhost:").nth(1).unwrap().split('/').next().unwrap().parse().unwrap();
        std::thread::spawn(move || lines.for_each(drop));
        Serving { child, port }
    }

    fn get(&self, path: &str) -> (u16, String) {
        let mut stream = TcpStream::connect(("127.0.0.1", self.port)).unwrap();
        write!(stream, "GET {path} HTTP/1.1\r\nHost: localhost:{}\r\nConnection: close\r\n\r\n", self.port).unwrap();
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer).unwrap();
        let answer = String::from_utf8_lossy(&answer).into_owned();
        (answer.split(' ').nth(1).unwrap().parse().unwrap(), answer)
    }
}

impl Drop for Serving {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

#[test]
fn a_save_is_seen_and_drafts_attachments_and_the_themes_own_files_are_there() {
    let site = norrvik();
    let theme = Path::new(env!("CARGO_MANIFEST_DIR")).join("themes/daylight");
    for file in crate::sandbox::files_below(&theme) {
        let below = format!("themes/daylight/{}", file.strip_prefix(&theme).unwrap().display());
        site.write(&below, &std::fs::read(&file).unwrap());
    }
    site.write("content/pages/draft.md", b"---\ntitle: Not yet\nsummary: A draft.\ndraft: true\n---\n\nText.\n");
    let serving = Serving::start(&site);
    assert_eq!(serving.get("/").0, 200);
    assert_eq!(serving.get("/pages/draft/").0, 200, "a draft is seen while it is written");
    assert_eq!(serving.get("/fonts/latin.woff2").0, 200, "a theme on disk is served whole");
    assert_eq!(serving.get("/nowhere/").0, 404);
    let path = "content/services/library.md";
    let text = site.read(path);
    let title = text.lines().find_map(|line| line.strip_prefix("title: ")).unwrap().trim_matches('"').to_owned();
    assert!(serving.get("/services/library/").1.contains(&title));
    site.write(path, text.replacen(&title, "Biblioteken har nytt namn", 1).as_bytes());
    let deadline = std::time::Instant::now() + std::time::Duration::from_secs(30);
    while !serving.get("/services/library/").1.contains("Biblioteken har nytt namn") {
        assert!(std::time::Instant::now() < deadline, "a save is seen");
    }
    // A file that is broken while it is written does not end the preview.
    site.write(path, b"---\ntitle: [\n---\n");
    while serving.get("/services/library/").0 == 200 {
        assert!(std::time::Instant::now() < deadline, "a broken file is seen");
    }
    assert_eq!(serving.get("/").0, 200);
}
