//! The preview and the watcher: nobody but the person at this machine reads it, and saves are told once.

use notify::event::{AccessKind, AccessMode, CreateKind, DataChange, EventAttributes, Flag, ModifyKind};
use notify::{Event, EventKind};
use promulgate::io::server::{Page, Preview, Remote};
use promulgate::io::watcher::{Change, Coalescer, Watcher};
use std::collections::BTreeSet;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

struct Running {
    port: u16,
    remote: Remote,
    thread: Option<std::thread::JoinHandle<()>>,
}

impl Running {
    fn start() -> Running {
        let preview = Preview::bind(0).unwrap();
        let port = preview.url().trim_end_matches('/').rsplit(':').next().unwrap().parse().unwrap();
        let remote = preview.remote();
        let pages = Arc::new(|path: &str| {
            let html = |text: &str| Some(Page { content_type: "text/html; charset=utf-8".into(), bytes: text.as_bytes().to_vec() });
            match path {
                "/" => html("<html><body>Hem</body></html>"),
                "/möten/" => html("<p>Möten"),
                "/site.css" => Some(Page { content_type: "text/css".into(), bytes: b"body{}".to_vec() }),
                "/404.html" => html("<body>Sidan finns inte</body>"),
                "/fel/" => panic!("a template failed"),
                _ => None,
            }
        });
        let policy = "default-src 'none'; script-src 'self'; upgrade-insecure-requests";
        let thread = std::thread::spawn(move || preview.run(pages, policy).unwrap());
        Running { port, remote, thread: Some(thread) }
    }

    fn connect(&self, request: &str) -> TcpStream {
        let mut stream = TcpStream::connect(("127.0.0.1", self.port)).unwrap();
        stream.write_all(request.replace("{port}", &self.port.to_string()).as_bytes()).unwrap();
        stream
    }

    fn ask(&self, request: &str) -> String {
        let mut answer = String::new();
        self.connect(request).read_to_string(&mut answer).unwrap();
        answer
    }

    fn get(&self, path: &str, more: &str) -> String {
        self.ask(&format!("GET {path} HTTP/1.1\r\nHost: localhost:{{port}}\r\nConnection: close\r\n{more}\r\n"))
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        self.remote.stop();
        if let Some(thread) = self.thread.take() {
            thread.join().unwrap();
        }
    }
}

fn status(answer: &str) -> &str {
    answer.split(' ').nth(1).unwrap()
}

fn script_of(page: &str) -> &str {
    page.split("<script src=\"").nth(1).unwrap().split('"').next().unwrap()
}

#[test]
fn a_page_comes_with_the_reload_script_and_a_file_as_it_is() {
    let running = Running::start();
    let home = running.get("/", "");
    assert_eq!(status(&home), "200");
    assert!(home.contains("Hem<script src=\"/__promulgate/reload.") && home.ends_with("</body></html>"));
    assert!(home.contains("content-security-policy: default-src 'none'; script-src 'self'\r\n"), "{home}");
    assert!(home.contains("cache-control: no-store") && !home.to_lowercase().contains("access-control-allow"));
    assert!(running.get("/site.css", "").ends_with("\r\n\r\nbody{}"));
    assert!(running.get("/m%C3%B6ten/", "").contains("<p>Möten<script"));
    let script = running.get(script_of(&home), "");
    assert_eq!(status(&script), "200");
    assert!(script.contains("EventSource(\"/__promulgate/events."));
}

#[test]
fn what_is_not_there_is_a_404_and_a_failing_page_does_not_end_the_preview() {
    let running = Running::start();
    let missing = running.get("/nowhere/", "");
    assert_eq!(status(&missing), "404");
    assert!(missing.contains("Sidan finns inte"));
    for path in ["/../../etc/passwd", "/%2e%2e/%2e%2e/etc/passwd", "/..%5c..%5cetc", "/%00", "/%ff", "/__promulgate/events.guess"] {
        assert!(matches!(status(&running.get(path, "")), "400" | "404"), "{path}");
    }
    assert_eq!(status(&running.get("/fel/", "")), "500");
    assert_eq!(status(&running.get("/", "")), "200");
}

#[test]
fn foreign_pages_and_foreign_names_are_refused() {
    let running = Running::start();
    for (host, more, expected) in [
        ("localhost:{port}", "", "200"),
        ("127.0.0.1:{port}", "Origin: http://127.0.0.1:{port}\r\n", "200"),
        ("[::1]:{port}", "", "200"),
        ("localhost:{port}", "Sec-Fetch-Site: cross-site\r\nSec-Fetch-Mode: navigate\r\n", "200"),
        ("localhost:1", "", "403"),
        ("evil.example", "", "403"),
        ("evil.example:{port}", "", "403"),
        ("localhost.evil.example:{port}", "", "403"),
        ("localhost:{port}", "Origin: https://evil.example\r\n", "403"),
        ("localhost:{port}", "Origin: null\r\n", "403"),
        ("localhost:{port}", "Sec-Fetch-Site: cross-site\r\nSec-Fetch-Mode: no-cors\r\n", "403"),
    ] {
        let answer = running.ask(&format!("GET / HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n{more}\r\n"));
        assert_eq!(status(&answer), expected, "{host} {more}");
    }
    let posted = running.ask("POST / HTTP/1.1\r\nHost: localhost:{port}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n");
    assert_eq!(status(&posted), "405");
}

#[test]
fn open_pages_are_told_to_reload_and_the_end_does_not_wait_for_them() {
    let running = Running::start();
    let script = running.get(script_of(&running.get("/", "")), "");
    let events = script.split("EventSource(\"").nth(1).unwrap().split('"').next().unwrap();
    let mut lines = BufReader::new(running.connect(&format!("GET {events} HTTP/1.1\r\nHost: localhost:{{port}}\r\n\r\n"))).lines();
    assert!(lines.by_ref().map(Result::unwrap).any(|line| line == "content-type: text/event-stream"));
    assert!(lines.by_ref().map(Result::unwrap).any(|line| line.is_empty()));
    running.remote.reload();
    assert!(lines.by_ref().map(Result::unwrap).any(|line| line == "event: reload"));
    drop(running);
    assert!(lines.map_while(Result::ok).count() < 10, "the stream ends with the preview");
}

#[test]
fn a_port_that_is_taken_is_an_error_that_names_it() {
    let first = Preview::bind(0).unwrap();
    let port: u16 = first.url().trim_end_matches('/').rsplit(':').next().unwrap().parse().unwrap();
    let error = Preview::bind(port).unwrap_err();
    assert!(error.to_string().contains(&port.to_string()));
}

fn ms(milliseconds: u64) -> Duration {
    Duration::from_millis(milliseconds)
}

fn event(kind: EventKind, path: &str) -> Event {
    Event::new(kind).add_path(PathBuf::from(path))
}

const SAVED: EventKind = EventKind::Modify(ModifyKind::Data(DataChange::Any));

#[test]
fn events_of_one_save_are_one_change_after_a_moment_of_quiet() {
    let mut gathered = Coalescer::default();
    assert_eq!(gathered.due(), None);
    gathered.note(ms(100), &event(EventKind::Create(CreateKind::File), "content/a.md"));
    gathered.note(ms(105), &event(SAVED, "content/a.md"));
    gathered.note(ms(110), &event(EventKind::Access(AccessKind::Close(AccessMode::Write)), "content/a.md"));
    assert_eq!(gathered.due(), Some(ms(125)));
    assert_eq!(gathered.take(), Some(Change::Paths(BTreeSet::from([PathBuf::from("content/a.md")]))));
    assert_eq!((gathered.due(), gathered.take()), (None, None));
}

#[test]
fn a_stream_of_saves_is_told_after_200_milliseconds_all_the_same() {
    let mut gathered = Coalescer::default();
    for at in (0..300).step_by(10) {
        gathered.note(ms(at), &event(SAVED, "content/a.md"));
    }
    assert_eq!(gathered.due(), Some(ms(200)));
}

#[test]
fn our_own_reading_and_editors_leftovers_are_no_change() {
    let mut gathered = Coalescer::default();
    gathered.note(ms(0), &event(EventKind::Access(AccessKind::Open(AccessMode::Any)), "content/a.md"));
    gathered.note(ms(0), &event(EventKind::Access(AccessKind::Close(AccessMode::Read)), "content/a.md"));
    gathered.note(ms(0), &event(SAVED, "content/.a.md.swp"));
    gathered.note(ms(0), &event(SAVED, "content/a.md~"));
    assert_eq!(gathered.due(), None);
}

#[test]
fn where_events_were_lost_everything_is_looked_at() {
    let mut gathered = Coalescer::default();
    let mut lost = Event::new(EventKind::Other);
    let mut attributes = EventAttributes::new();
    attributes.set_flag(Flag::Rescan);
    lost.attrs = attributes;
    gathered.note(ms(0), &event(SAVED, "content/a.md"));
    gathered.note(ms(1), &lost);
    assert_eq!(gathered.take(), Some(Change::Everything));
}

#[test]
fn a_saved_file_is_told_also_in_a_folder_that_was_not_there_at_the_start() {
    let root = tempfile::tempdir().unwrap();
    std::fs::create_dir_all(root.path().join("content/pages")).unwrap();
    let mut watcher = Watcher::new(root.path()).unwrap();
    let file = root.path().join("content/pages/a.md");
    std::fs::write(&file, "a").unwrap();
    let told = |watcher: &mut Watcher, path: &PathBuf| match watcher.next(Duration::from_secs(20)) {
        Some(Change::Paths(paths)) => paths.contains(path),
        other => other.is_some(),
    };
    assert!(told(&mut watcher, &file));
    let folder = root.path().join("templates");
    std::fs::create_dir(&folder).unwrap();
    assert!(told(&mut watcher, &folder));
    let page = folder.join("page.html");
    std::fs::write(&page, "x").unwrap();
    assert!(told(&mut watcher, &page));
}
