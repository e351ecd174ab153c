//! Several pictures as one post on Instagram and Threads, by the whole program: killed before and after every request that it
//! sends on the way, and run again, each carousel is there once, with every picture and its words.
//!
//! The program speaks with the stand-in through a door of the test, which kills it at the chosen request.

#![allow(clippy::unwrap_used)]

use crate::earnest;
use crate::reliability::at_once;
use promulgate::rehearsal::{Mishaps, StandIns, WallPost};
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::path::Path;
use std::process::{Child, Stdio};
use std::sync::{Arc, Mutex};
use std::time::Duration;

/// What the pictures show.
const WORDS: [&str; 3] = ["Hållplatsen vid torget", "Karta över linje 7", "Bussen i kvällsljus"];

/// When the program is killed: at which of its requests, and whether that one still arrives.
#[derive(Debug, Clone, Copy)]
struct Shot {
    at: usize,
    arrives: bool,
}

/// What the door knows.
#[derive(Default)]
struct Watch {
    child: Option<Child>,
    shot: Option<Shot>,
    heard: usize,
    killed: bool,
}

/// A way to a server that counts requests and can kill who sends them.
fn door(port: u16, watch: Arc<Mutex<Watch>>) -> u16 {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let own = listener.local_addr().unwrap().port();
    std::thread::spawn(move || {
        for caller in listener.incoming() {
            let watch = Arc::clone(&watch);
            std::thread::spawn(move || drop(pass(caller.unwrap(), port, &watch)));
        }
    });
    own
}

/// Passes one request on, and its answer back.
fn pass(mut caller: TcpStream, port: u16, watch: &Mutex<Watch>) -> std::io::Result<()> {
    let mut reader = BufReader::new(caller.try_clone()?);
    let (mut head, mut length) = (String::new(), 0);
    loop {
        let mut line = String::new();
        if reader.read_line(&mut line)? == 0 {
            return Ok(());
        }
        let lower = line.to_ascii_lowercase();
        length = lower.strip_prefix("content-length:").map_or(length, |text| text.trim().parse().unwrap());
        if line.trim().is_empty() {
            break;
        }
        head.push_str(&line);
    }
    let mut body = vec![0; length];
    reader.read_exact(&mut body)?;
    let shot = {
        let mut watch = watch.lock().unwrap();
        watch.heard += 1;
        let heard = watch.heard;
        watch.shot.filter(|shot| shot.at + 1 == heard)
    };
    if shot.is_some_and(|shot| !shot.arrives) {
        kill(watch);
        return Ok(());
    }
    let mut server = TcpStream::connect(("127.0.0.1", port))?;
    write!(server, "{head}Connection: close\r\n\r\n")?;
    server.write_all(&body)?;
    let mut answer = Vec::new();
    server.read_to_end(&mut answer)?;
    if shot.is_some() {
        kill(watch);
        return Ok(());
    }
    caller.write_all(&answer)
}

fn kill(watch: &Mutex<Watch>) {
    let mut watch = watch.lock().unwrap();
    watch.killed = true;
    let _ = watch.child.as_mut().unwrap().kill();
}

/// A town with one account, whose requests go through the door.
struct Town {
    earnest: earnest::Town,
    stand_ins: StandIns,
    watch: Arc<Mutex<Watch>>,
}

impl Town {
    fn new(platform: &'static str) -> Town {
        let earnest = earnest::Town::new("");
        let sandbox = &earnest.sandbox;
        let stand_ins = StandIns::start(&sandbox.path("elsewhere"), None, Mishaps::none().without_limits()).unwrap();
        let watch = Arc::new(Mutex::new(Watch::default()));
        let url = stand_ins.url(platform);
        let port: u16 = url.split(':').nth(2).unwrap().split('/').next().unwrap().parse().unwrap();
        let server = url.replace(&format!(":{port}/"), &format!(":{}/", door(port, Arc::clone(&watch))));
        earnest.set(&format!("platform: {platform}, server: '{server}', user: '17841400000000001', token: 'file:secrets/album'"));
        sandbox.write("secrets/album", b"rehearsal-norrvik");
        let picture = Path::new(env!("CARGO_MANIFEST_DIR")).join("content/services/library-soderby.jpg");
        let bytes = std::fs::read(picture).unwrap();
        (0..WORDS.len()).for_each(|at| sandbox.write(&format!("content/decisions/2026/p{at}.jpg"), &bytes));
        Town { earnest, stand_ins, watch }
    }

    /// A decision with three pictures; the address of its page.
    fn decide(&self, name: &str) -> String {
        let pictures: Vec<String> =
            WORDS.iter().enumerate().map(|(at, words)| format!("    - {{file: p{at}.jpg, alt: {words}}}\n")).collect();
        let announce = format!("announce:\n  image:\n{}", pictures.concat());
        self.earnest.decide(name, &format!("Beslut {name}"), "Linje 7 får nya bussar.", &announce)
    }

    /// One publish in earnest; its exit code, none where it was killed, and what it said.
    fn publish(&self, shot: Option<Shot>) -> (Option<i32>, String) {
        let mut command = self.earnest.sandbox.command(&["publish", "--wait-live", "20s", "--log-level", "error"]);
        *self.watch.lock().unwrap() = Watch { shot, ..Watch::default() };
        let log = self.earnest.sandbox.path("elsewhere/said");
        command.stdout(Stdio::null()).stderr(std::fs::File::create(&log).unwrap());
        {
            // The door waits here until it knows whom to kill.
            let mut watch = self.watch.lock().unwrap();
            watch.child = Some(command.spawn().unwrap());
        }
        loop {
            let ended = self.watch.lock().unwrap().child.as_mut().unwrap().try_wait().unwrap();
            if let Some(status) = ended {
                return (status.code(), std::fs::read_to_string(&log).unwrap());
            }
            std::thread::park_timeout(Duration::from_millis(5));
        }
    }

    fn about(&self, link: &str) -> Vec<WallPost> {
        self.stand_ins.posts().into_iter().filter(|post| post.text.contains(link)).collect()
    }

    /// One post, with every picture and its words.
    fn is_there_once(&self, link: &str, when: &str) {
        let posts = self.about(link);
        assert_eq!(posts.len(), 1, "{when}");
        let shown: Vec<(String, &str)> = posts[0].images.iter().map(|(file, alt)| (file.clone(), alt.as_str())).collect();
        let wanted: Vec<(String, &str)> = WORDS.iter().enumerate().map(|(at, words)| (format!("p{at}.jpg"), *words)).collect();
        assert_eq!(shown, wanted, "{when}");
    }

    /// Requests so far with a word in them.
    fn asked(&self, word: &str) -> usize {
        let transcript = std::fs::read_to_string(self.earnest.sandbox.path("elsewhere/transcript.jsonl")).unwrap_or_default();
        transcript.lines().filter(|line| line.contains(word)).count()
    }
}

/// Kills at one request of a town of its own, and what is there in the end.
fn killed_at(platform: &'static str, shot: Shot) {
    let town = Town::new(platform);
    let link = town.decide("bus");
    let (code, said) = town.publish(Some(shot));
    assert!(town.watch.lock().unwrap().killed && code.is_none(), "{shot:?}: {said}");
    // The next run waits until nothing of the first can still arrive: half a minute.
    let (code, said) = town.publish(None);
    assert_eq!(code, Some(0), "{platform}, {shot:?}: {said}");
    town.is_there_once(&link, &format!("{platform}, {shot:?}"));
    // Only the one whose id was lost with the answer is made a second time.
    let made = town.asked("is_carousel_item");
    assert!(made == WORDS.len() || shot.arrives && made == WORDS.len() + 1, "{platform}, {shot:?}: {made} pictures");
    let (code, said) = town.publish(None);
    assert_eq!((code, town.about(&link).len()), (Some(0), 1), "run again, nothing is sent: {said}");
}

fn killed_everywhere(platform: &'static str) {
    let whole = Town::new(platform);
    let link = whole.decide("bus");
    let (code, said) = whole.publish(None);
    assert_eq!(code, Some(0), "{said}");
    whole.is_there_once(&link, platform);
    let calls = whole.watch.lock().unwrap().heard;
    assert!(calls > 10, "{calls} requests");
    let shots: Vec<Shot> = (0..calls).flat_map(|at| [false, true].map(|arrives| Shot { at, arrives })).collect();
    // Most of the time each waits.
    at_once(16, shots, |shot| killed_at(platform, shot));
    println!("{platform}: killed before and after each of {calls} requests");
}

#[test]
fn a_carousel_on_instagram_is_there_once_whatever_request_the_program_is_killed_at() {
    killed_everywhere("instagram");
}

#[test]
fn a_carousel_on_threads_is_there_once_whatever_request_the_program_is_killed_at() {
    killed_everywhere("threads");
}
