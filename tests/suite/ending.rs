//! A run that is asked to end, by Ctrl-C or by a pipeline that is cancelled: what is on its way is awaited, nothing new
//! begins, the state is given back, and the next run goes on at once.

#![allow(clippy::unwrap_used)]

use crate::sandbox::{Said, Sandbox};
use crate::stores_bench::{Bench, benches, folder};
use promulgate::rehearsal::{Mishaps, ServedSite, StandIns, serve_site};
use rustix::process::{Pid, Signal, kill_process};
use std::collections::BTreeSet;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{Shutdown, TcpListener, TcpStream};
use std::process::{Child, ChildStderr, Command, Stdio};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::sync::{Arc, Mutex};
use std::time::Duration;

const RECORDS: usize = 6;
/// The post that is held back.
const HELD: usize = 3;

/// Stands before the stand-in: counts posts, and holds one back until it may go.
struct Gate {
    url: String,
    posts: Arc<AtomicUsize>,
    held: Receiver<()>,
    go: SyncSender<()>,
}

impl Gate {
    fn before(upstream: &str) -> Gate {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let (upstream, path) = upstream.trim_start_matches("http://").split_once('/').unwrap();
        let url = format!("http://{}/{path}", listener.local_addr().unwrap());
        let upstream = upstream.to_owned();
        let ((tell, held), (go, may_go)) = (sync_channel(9), sync_channel(9));
        let (posts, may_go) = (Arc::new(AtomicUsize::new(0)), Arc::new(Mutex::new(may_go)));
        let counted = posts.clone();
        std::thread::spawn(move || {
            for near in listener.incoming().map_while(Result::ok) {
                let (tell, may_go, counted) = (tell.clone(), may_go.clone(), counted.clone());
                let Ok(far) = TcpStream::connect(&upstream) else { return };
                let (back_from, back_to) = (far.try_clone().unwrap(), near.try_clone().unwrap());
                std::thread::spawn(move || copied(back_from, back_to, || {}));
                std::thread::spawn(move || {
                    let hold = || {
                        if counted.fetch_add(1, Ordering::SeqCst) + 1 == HELD {
                            tell.send(()).unwrap();
                            let _ = may_go.lock().unwrap().recv();
                        }
                    };
                    copied(near, far, hold);
                });
            }
        });
        Gate { url, posts, held, go }
    }
}

/// Copies to the end of one direction; `on_post` is called before a post is handed on.
fn copied(mut from: TcpStream, mut to: TcpStream, on_post: impl Fn()) {
    let mut buffer = [0; 16 * 1024];
    while let Ok(count @ 1..) = from.read(&mut buffer) {
        if buffer[..count].starts_with(b"POST /mastodon/api/v1/statuses") {
            on_post();
        }
        if to.write_all(&buffer[..count]).is_err() {
            break;
        }
    }
    let _ = to.shutdown(Shutdown::Write);
}

/// A town that knows that its archive is old, and then decides six things.
struct Town {
    bench: Bench,
    files: Sandbox,
    stand_ins: StandIns,
    gate: Gate,
    _served: ServedSite,
}

impl Town {
    fn new(bench: Bench) -> Town {
        let files = Sandbox::new();
        let stand_ins = StandIns::start(&files.path("elsewhere"), None, Mishaps::none()).unwrap();
        let served = serve_site(&files.path("public"), None).unwrap();
        let gate = Gate::before(&stand_ins.url("mastodon"));
        let settings = format!(
            "title: Norrvik\nurl: {}\nlanguages: [sv]\ncards: false\nannounce: {{quiet_seconds: 0}}\nchannels:\n  town: {{platform: mastodon, server: '{}', token: 'env:FEDIVERSE_TOKEN'}}\n{}",
            served.url(),
            gate.url,
            bench.yaml()
        );
        files.write("promulgate.yaml", settings.as_bytes());
        let town = Town { bench, files, stand_ins, gate, _served: served };
        let first = town.run(&["publish"]);
        assert!(first.code == 0 && first.stderr.contains("0 announcements sent"), "{}: {}", town.bench.name, first.stderr);
        for number in 1..=RECORDS {
            let text = format!(
                "---\ntitle: Beslut nummer {number}\nsummary: Kommunen bygger etapp {number}.\ndate: 2026-11-19T0{number}:00:00+01:00\ndecided: 2026-11-19\ndecision: Etapp {number} byggs.\n---\n\nText.\n"
            );
            town.files.write(&format!("content/decisions/2026/d{number}.md"), text.as_bytes());
        }
        assert_eq!(town.run(&["build"]).code, 0);
        town
    }

    fn command(&self, args: &[&str]) -> Command {
        let mut command = self.files.command(args);
        command.env("FEDIVERSE_TOKEN", "rehearsal-town");
        command
    }

    fn run(&self, args: &[&str]) -> Said {
        use std::os::unix::process::ExitStatusExt;
        let output = self.command(args).output().unwrap();
        Said {
            code: output.status.code().unwrap_or_else(|| 128 + output.status.signal().unwrap_or(0)),
            stdout: String::from_utf8_lossy(&output.stdout).into_owned(),
            stderr: String::from_utf8_lossy(&output.stderr).into_owned(),
        }
    }

    /// A run that is asked to end while a post is on its way; it has said that it heard.
    fn asked_to_end(&self, signal: Signal) -> (Child, BufReader<ChildStderr>) {
        let mut child = self.command(&["announce"]).stdout(Stdio::null()).stderr(Stdio::piped()).spawn().unwrap();
        let mut said = BufReader::new(child.stderr.take().unwrap());
        self.gate.held.recv_timeout(Duration::from_secs(120)).unwrap();
        ask(&child, signal);
        let mut line = String::new();
        while !line.contains("asked to end") {
            line.clear();
            assert!(said.read_line(&mut line).unwrap() > 0, "{}: it ended without a word", self.bench.name);
        }
        (child, said)
    }

    fn assert_told_once(&self) {
        let texts: Vec<String> = self.stand_ins.posts().into_iter().map(|post| post.text).collect();
        let different: BTreeSet<&String> = texts.iter().collect();
        assert_eq!((texts.len(), different.len()), (RECORDS, RECORDS), "{}: {texts:#?}", self.bench.name);
    }
}

fn ask(child: &Child, signal: Signal) {
    kill_process(Pid::from_raw(i32::try_from(child.id()).unwrap()).unwrap(), signal).unwrap();
}

#[test]
fn a_run_that_is_asked_to_end_keeps_what_came_of_its_request_and_the_next_one_goes_on_at_once() {
    for (bench, signal) in benches().into_iter().zip([Signal::INT, Signal::TERM].into_iter().cycle()) {
        let town = Town::new(bench);
        let (mut child, mut said) = town.asked_to_end(signal);
        town.gate.go.send(()).unwrap();
        let mut rest = String::new();
        said.read_to_string(&mut rest).unwrap();
        assert_eq!(child.wait().unwrap().code(), Some(3), "{}: {rest}", town.bench.name);
        assert!(rest.contains("A later run goes on"), "{}: {rest}", town.bench.name);
        assert_eq!(town.gate.posts.load(Ordering::SeqCst), HELD, "{}: nothing begins any more", town.bench.name);
        let (ledger, repairs) = promulgate::io::stores::look(
            if town.bench.name == "folder" { town.files.root() } else { town.bench.root.path() },
            &town.bench.state,
        )
        .unwrap();
        let standings: Vec<_> = ledger.records.values().flat_map(|keys| keys.values()).collect();
        let sent = standings.iter().filter(|one| one.line.state == promulgate::model::ledger::State::Sent).count();
        let open = standings.iter().filter(|one| one.line.state == promulgate::model::ledger::State::Queued).count();
        assert_eq!((sent, open), (HELD, RECORDS - HELD), "{}: what was on its way is written down", town.bench.name);
        assert!(repairs.is_empty(), "{}: {repairs:?}", town.bench.name);
        let next = town.run(&["announce"]);
        assert!(next.code == 0 && next.stderr.contains("3 announcements sent."), "{}: {}", town.bench.name, next.stderr);
        town.assert_told_once();
    }
}

#[test]
fn a_second_signal_ends_the_run_at_once() {
    let town = Town::new(folder());
    let (mut child, _said) = town.asked_to_end(Signal::TERM);
    ask(&child, Signal::TERM);
    // The post is still held back: only a run that waits for nothing comes to its end here.
    assert_eq!(child.wait().unwrap().code(), Some(128 + 15));
    town.gate.go.send(()).unwrap();
    let done = (0..3).any(|_| town.run(&["announce"]).code == 0);
    assert!(done, "three runs are enough");
    town.assert_told_once();
}

#[test]
fn folders_of_runs_that_are_gone_are_removed_and_no_others() {
    let bench = crate::stores_bench::git();
    let files = Sandbox::new();
    files.write("promulgate.yaml", format!("title: Norrvik\nurl: https://norrvik.example\nlanguages: [sv]\n{}", bench.yaml()).as_bytes());
    files.write("content/pages/om.md", b"---\ntitle: Om\nsummary: Om.\n---\n\nText.\n");
    // A number that no process has: its owner has ended and was waited for.
    let mut gone = Command::new("true").spawn().unwrap();
    let (gone_id, own) = (gone.id(), std::process::id());
    gone.wait().unwrap();
    for name in [
        format!("promulgate-state-{gone_id}-0"),
        format!("promulgate-plugin-{gone_id}-3"),
        format!("promulgate-state-{own}-7"),
        format!("promulgate-state-{gone_id}"),
        format!("promulgate-state-{gone_id}-0-more"),
        format!("somebody-else-{gone_id}-0"),
        "promulgate-state-x-0".to_owned(),
        format!("promulgate-state-{gone_id}-5"),
    ] {
        files.write(&format!("temporary/{name}/objects/pack"), b"bytes");
    }
    files.write("elsewhere/kept", b"bytes");
    files.link(&format!("temporary/promulgate-state-{gone_id}-4"), "../elsewhere");
    files.write(&format!("temporary/promulgate-state-{gone_id}-6"), b"a file and no folder");
    // Where the test may give things away, one is somebody else's.
    let foreign = format!("promulgate-state-{gone_id}-5");
    let is_foreign = std::os::unix::fs::chown(files.path(&format!("temporary/{foreign}")), Some(12_345), None).is_ok();
    let said = files.command(&["plan"]).env("TMPDIR", files.path("temporary")).output().unwrap();
    assert!(said.status.success(), "{}", String::from_utf8_lossy(&said.stderr));
    let mut left: Vec<String> =
        std::fs::read_dir(files.path("temporary")).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    left.sort();
    let mut expected = vec![
        format!("promulgate-state-{own}-7"),
        format!("promulgate-state-{gone_id}"),
        format!("promulgate-state-{gone_id}-0-more"),
        format!("promulgate-state-{gone_id}-4"),
        format!("promulgate-state-{gone_id}-6"),
        format!("somebody-else-{gone_id}-0"),
        "promulgate-state-x-0".to_owned(),
    ];
    expected.extend(is_foreign.then_some(foreign));
    expected.sort();
    assert_eq!(left, expected);
    assert!(files.path("elsewhere/kept").exists(), "no link is followed");
}
