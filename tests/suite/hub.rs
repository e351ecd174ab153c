//! A WebSub hub hears of each feed that changed, once its bytes are live, and never from a rehearsal.

use crate::sandbox::{Said, Sandbox};
use promulgate::rehearsal::serve_site;
use std::io::{Read, Write};
use std::net::TcpListener;
use std::sync::atomic::{AtomicU16, Ordering};
use std::sync::{Arc, Mutex};

/// A hub on this machine: takes every ping and answers as it is told to.
struct Hub {
    url: String,
    pings: Arc<Mutex<Vec<String>>>,
    status: Arc<AtomicU16>,
}

impl Hub {
    fn start() -> Hub {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let hub = Hub {
            url: format!("http://{}/hub", listener.local_addr().unwrap()),
            pings: Arc::default(),
            status: Arc::new(AtomicU16::new(202)),
        };
        let (pings, status) = (hub.pings.clone(), hub.status.clone());
        std::thread::spawn(move || {
            for stream in listener.incoming() {
                let mut stream = stream.unwrap();
                let (mut got, mut buffer) = (String::new(), [0; 4096]);
                // The body is the last thing sent; its length is known from the head.
                while !whole(&got) {
                    let read = stream.read(&mut buffer).unwrap_or(0);
                    if read == 0 {
                        break;
                    }
                    got.push_str(&String::from_utf8_lossy(&buffer[..read]));
                }
                pings.lock().unwrap().push(got);
                let _ =
                    write!(stream, "HTTP/1.1 {} Heard\r\nContent-Length: 0\r\nConnection: close\r\n\r\n", status.load(Ordering::SeqCst));
            }
        });
        hub
    }

    /// The feeds it was told of since the last look, as they stand in the forms.
    fn heard(&self) -> Vec<String> {
        let all = std::mem::take(&mut *self.pings.lock().unwrap());
        let feed = |ping: String| {
            assert!(ping.starts_with("POST /hub HTTP/1.1\r\n"), "{ping}");
            assert!(ping.to_lowercase().contains("content-type: application/x-www-form-urlencoded"), "{ping}");
            let form: Vec<(String, String)> =
                url::form_urlencoded::parse(ping.split("\r\n\r\n").nth(1).unwrap().as_bytes()).into_owned().collect();
            assert_eq!(form[0], ("hub.mode".to_owned(), "publish".to_owned()));
            assert_eq!((form[1].0.as_str(), form[2].0.as_str()), ("hub.url", "hub.topic"));
            assert_eq!(form[1].1, form[2].1);
            form[1].1.clone()
        };
        let mut feeds: Vec<String> = all.into_iter().map(feed).collect();
        feeds.sort();
        feeds
    }
}

fn whole(got: &str) -> bool {
    let Some((head, body)) = got.split_once("\r\n\r\n") else { return false };
    let length =
        head.to_lowercase().lines().find_map(|line| line.strip_prefix("content-length: ").and_then(|n| n.parse().ok())).unwrap_or(0);
    body.len() >= length
}

fn town(hub: &Hub, url: &str) -> Sandbox {
    let town = Sandbox::new();
    assert_eq!(town.run(&["init", "."]).code, 0);
    let settings = town.read("promulgate.yaml").replacen("url: https://smakoping.example", &format!("url: {url}\nhub: {}", hub.url), 1);
    // Without its channels: what is told to networks is another test's matter.
    let settings = settings.split("\nchannels:").next().unwrap().to_owned() + "\n";
    town.write("promulgate.yaml", settings.as_bytes());
    town
}

fn publish(town: &Sandbox, now: &str) -> Said {
    town.run(&["publish", "--now", now, "--wait-live", "3s"])
}

const FERRY: &str = "---\ntitle: The ferry sails on Sundays\nsummary: It sails from 3 May.\ndate: 2026-04-26T09:00:00+02:00\ndecided: 2026-04-26\ndecision: The ferry sails on Sundays.\n---\n\nText.\n";

#[test]
fn a_hub_hears_of_each_feed_that_changed_and_again_of_those_it_refused() {
    let hub = Hub::start();
    let place = Sandbox::new();
    let served = serve_site(&place.path("public"), None).unwrap();
    let town = town(&hub, &served.url());
    std::os::unix::fs::symlink(town.path("public"), place.path("public")).unwrap();

    let first = publish(&town, "2026-04-25T10:00:00+02:00");
    assert_eq!(first.code, 0, "{}", first.stderr);
    let whole = hub.heard();
    assert!(!whole.is_empty() && whole.iter().all(|feed| feed.matches('/').count() <= 4), "only feeds of the whole site: {whole:?}");
    assert!(whole.contains(&format!("{}/feed.atom", served.url())), "{whole:?}");

    town.write("content/decisions/2026/ferry.md", FERRY.as_bytes());
    hub.status.store(500, Ordering::SeqCst);
    let refused = publish(&town, "2026-04-26T10:00:00+02:00");
    assert_eq!(refused.code, 0, "a hub that is ill is no fault of the site: {}", refused.stderr);
    assert!(refused.stderr.contains("it answers 500"), "{}", refused.stderr);
    let told = hub.heard();
    for form in ["atom", "rss", "json"] {
        assert!(
            told.contains(&format!("{}/feed.{form}", served.url())) && told.contains(&format!("{}/decisions/feed.{form}", served.url())),
            "{told:?}"
        );
    }
    assert!(!told.iter().any(|feed| feed.contains("/services/")), "what did not change is not told: {told:?}");

    hub.status.store(204, Ordering::SeqCst);
    let again = publish(&town, "2026-04-26T11:00:00+02:00");
    assert!(again.stderr.contains(&format!("{} feeds told to the hub", told.len())), "{}", again.stderr);
    assert_eq!(hub.heard(), told, "what was refused is told by the next run");
    let quiet = publish(&town, "2026-04-26T12:00:00+02:00");
    assert_eq!((quiet.code, hub.heard()), (0, Vec::new()), "{}", quiet.stderr);
}

#[test]
fn a_feed_that_is_not_live_is_not_told() {
    let hub = Hub::start();
    let stale = Sandbox::new();
    let served = serve_site(&stale.path("public"), None).unwrap();
    let town = town(&hub, &served.url());
    let said = town.run(&["publish", "--wait-live", "0s"]);
    assert_eq!((said.code, hub.heard()), (0, Vec::new()), "{}", said.stderr);
    assert!(said.stderr.contains("404"), "{}", said.stderr);
}

#[test]
fn a_rehearsal_tells_no_hub() {
    let hub = Hub::start();
    let town = town(&hub, "https://smakoping.example");
    let said = town.run(&["rehearse", "--once"]);
    assert!(said.stderr.contains("a rehearsal tells it nothing"), "{}", said.stderr);
    assert_eq!(hub.heard(), Vec::<String>::new());
}

#[test]
fn a_hub_that_is_not_safe_is_refused() {
    for bad in ["http://hub.example/", "https://user@hub.example/", "/hub", "mailto:hub@example.se"] {
        let town = Sandbox::new();
        assert_eq!(town.run(&["init", "."]).code, 0);
        let settings = format!("{}\nhub: {bad}\n", town.read("promulgate.yaml"));
        town.write("promulgate.yaml", settings.as_bytes());
        let said = town.run(&["check"]);
        let text = format!("{}{}", said.stdout, said.stderr);
        assert!(said.code == 2 || said.code == 1, "{bad}: {} {text}", said.code);
        assert!(text.contains("is not the address of a hub") || text.contains("bad-url"), "{bad}: {text}");
    }
}

#[test]
fn the_emergency_stop_holds_for_the_hub() {
    let hub = Hub::start();
    let place = Sandbox::new();
    let served = serve_site(&place.path("public"), None).unwrap();
    let town = town(&hub, &served.url());
    std::os::unix::fs::symlink(town.path("public"), place.path("public")).unwrap();
    let settings = town.read("promulgate.yaml");
    town.write("promulgate.yaml", format!("{settings}announce: {{stop: The account was taken over.}}\n").as_bytes());
    let stopped = publish(&town, "2026-04-25T10:00:00+02:00");
    assert!(hub.heard().is_empty() && stopped.stderr.contains("The account was taken over."), "{}", stopped.stderr);
    town.write("promulgate.yaml", settings.as_bytes());
    town.write("STOP", b"");
    let stopped = publish(&town, "2026-04-25T11:00:00+02:00");
    assert!(hub.heard().is_empty() && stopped.stderr.contains("STOP"), "{}", stopped.stderr);
    std::fs::remove_file(town.path("STOP")).unwrap();
    publish(&town, "2026-04-25T12:00:00+02:00");
    assert!(!hub.heard().is_empty(), "what was held back is told once the stop is lifted");
}
