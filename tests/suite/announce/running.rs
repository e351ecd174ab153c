//! A run: its order, its pauses, its limits, and what it leaves in a real folder.

use super::town::{self, NOW, Plainly, Square, begun, channel, item, when};
use jiff::{SignedDuration, Timestamp};
use promulgate::announce::deliver::{Options, Outside, deliver};
use promulgate::announce::lane::Lane;
use promulgate::announce::outcome::{Ending, Exit, Outcome};
use promulgate::announce::plan::{Plan, Verdict, Wish, plan};
use promulgate::io::stores::folder::FolderStore;
use promulgate::model::announcement::{Announcement, Key};
use promulgate::model::finding::Checked;
use promulgate::model::ledger::{Ledger, Line, Receipt, State};
use promulgate::model::manifest::{Manifest, OutputFile};
use promulgate::model::record::RecordId;
use promulgate::model::site::{Item, Site};
use promulgate::model::transport::*;
use std::collections::VecDeque;
use std::sync::{Arc, Mutex};
use std::time::Duration;

const ALERT: &str = "alerts/2026/boil-water-ostra";
const FEES: &str = "decisions/2026/boat-fees";

type Answer = Result<Option<Receipt>, SendError>;

/// A channel that answers as told, and notes when it was asked what.
#[derive(Clone)]
struct Scripted {
    answers: Arc<Mutex<VecDeque<Answer>>>,
    seen: Arc<Mutex<Vec<(Timestamp, String)>>>,
    time: Time,
    look_up: LookUp,
    unclear: bool,
    asks_for_a_person: bool,
}

/// One clock for all.
#[derive(Clone)]
struct Time(Arc<Mutex<Timestamp>>);

impl Clock for Time {
    fn now(&mut self) -> Timestamp {
        *self.0.lock().unwrap()
    }
    fn wait(&mut self, time: Duration) {
        *self.0.lock().unwrap() += SignedDuration::try_from(time).unwrap();
    }
}

fn there(id: &str) -> Answer {
    Ok(Some(Receipt { id: id.into(), url: format!("https://social.norrvik.example/{id}"), version_id: String::new() }))
}

impl Scripted {
    fn new(answers: impl IntoIterator<Item = Answer>) -> Scripted {
        let time = Time(Arc::new(Mutex::new(NOW.parse().unwrap())));
        Scripted {
            answers: Arc::new(Mutex::new(answers.into_iter().collect())),
            seen: Arc::default(),
            time,
            look_up: LookUp::Link,
            unclear: false,
            asks_for_a_person: false,
        }
    }

    fn sent(&self) -> Vec<String> {
        self.seen.lock().unwrap().iter().map(|(_, what)| what.clone()).collect()
    }

    fn seconds(&self) -> Vec<i64> {
        let start: Timestamp = NOW.parse().unwrap();
        self.seen.lock().unwrap().iter().map(|(at, _)| at.duration_since(start).as_secs()).collect()
    }
}

impl Channel for Scripted {
    fn account(&self) -> &str {
        "social.norrvik.example"
    }
    fn abilities(&self) -> Abilities {
        Abilities { look_up: self.look_up, edit: Edit::Full, delete: Delete::Yes, reply: Reply::Native, ..Abilities::LEAST }
    }
    fn compose(&self, announcement: &Announcement) -> Checked<Vec<Post>> {
        Square::new().compose(announcement)
    }
    fn send(&self, post: &Post, _: &Deed, _: &Key, _: &mut dyn Transport) -> Answer {
        let news = &post.announcement.news;
        self.seen.lock().unwrap().push((self.time.clone().now(), format!("{} {}", news.record, news.event)));
        self.answers.lock().unwrap().pop_front().unwrap_or_else(|| there("1"))
    }
    fn find(&self, post: &Post, _: &Deed, _: &Key, _: &mut dyn Transport) -> Answer {
        self.seen.lock().unwrap().push((self.time.clone().now(), format!("find {}", post.announcement.news.record)));
        if self.asks_for_a_person {
            return Err(SendError::Person { reason: "It waits in the inbox: finish it there.".into() });
        }
        if self.unclear { Err(SendError::Unknown { reason: "there are two such posts".into() }) } else { Ok(None) }
    }
}

struct NoWay;

impl Transport for NoWay {
    fn http(&mut self, _: &Request) -> Result<Response, CallError> {
        Err(CallError::NotSent("there is no network here".into()))
    }
    fn plugin(&mut self, _: &[String], _: &mut dyn FnMut(&str) -> Option<String>, _: Duration) -> Result<(), CallError> {
        Err(CallError::NotSent("there are no programs here".into()))
    }
    fn secret(&mut self, _: &str) -> Result<Secret, CallError> {
        Err(CallError::NotSent("there are no secrets here".into()))
    }
    fn image(&mut self, _: &promulgate::model::announcement::Image) -> Result<Vec<u8>, CallError> {
        Err(CallError::NotSent("there are no pictures here".into()))
    }
}

/// Pages that are live after some looks.
struct Live(u32);

impl LiveCheck for Live {
    fn look(&mut self, page: &LivePage) -> Result<(), String> {
        if page.url.contains("boat-fees") && self.0 > 0 {
            self.0 -= 1;
            return Err("It answers 404.".into());
        }
        Ok(())
    }
}

fn alert() -> Item {
    item(ALERT, &["sv"], &[("date", when("2026-11-19T06:40:00Z"))])
}

fn fees() -> Item {
    item(FEES, &["sv"], &[("date", when("2026-11-18"))])
}

fn manifest(site: &Site) -> Manifest {
    let mut manifest = Manifest::new();
    for item in &site.items {
        manifest.files.insert(item.original().route.file().as_str().into(), OutputFile { bytes: 1, sha256: "00".into() });
    }
    manifest
}

fn run_with(site: &Site, scripted: &Scripted, store: &mut (dyn StateStore + Send), live: u32, options: &Options) -> (Plan, Outcome) {
    let mut ledger = store.load().unwrap().0;
    ledger.baselines.extend(begun().baselines);
    let settings = channel("fediverse");
    let plan = plan(site, &ledger, &[(&settings, scripted)], &Plainly, &Wish::default()).value;
    let (mut transport, mut lane_clock, mut clock, mut live) = (NoWay, scripted.time.clone(), scripted.time.clone(), Live(live));
    let lane = Lane { name: "fediverse".into(), channel: scripted, transport: &mut transport, clock: &mut lane_clock };
    let manifest = manifest(site);
    let outside = Outside { lanes: vec![lane], live: &mut live, clock: &mut clock, manifest: &manifest };
    let outcome = deliver(&plan, ledger, store, outside, options);
    (plan, outcome)
}

fn run(items: Vec<Item>, scripted: &Scripted) -> Outcome {
    let dir = tempfile::tempdir().unwrap();
    let mut store = FolderStore::new(dir.path().join("ledger"));
    run_with(&town::site(items), scripted, &mut store, 0, &Options::new("r1")).1
}

fn retry(after: Option<u64>) -> Answer {
    Err(SendError::Retry { after: after.map(Duration::from_secs), reason: "429".into() })
}

#[test]
fn an_alert_goes_before_everything_else_and_does_not_wait_for_its_pages() {
    let scripted = Scripted::new([]);
    let dir = tempfile::tempdir().unwrap();
    let mut store = FolderStore::new(dir.path().join("ledger"));
    let (_, outcome) = run_with(&town::site(vec![fees(), alert()]), &scripted, &mut store, 3, &Options::new("r1"));
    assert_eq!(scripted.sent(), [format!("{ALERT} published"), format!("{FEES} published")]);
    assert_eq!(scripted.seconds(), [0, 7], "1 + 2 + 4 seconds until its page is live");
    assert_eq!((outcome.exit(), outcome.sent()), (Exit::Done, 2));
}

#[test]
fn a_page_that_is_not_live_is_not_told_and_nothing_is_in_doubt() {
    let scripted = Scripted::new([]);
    let dir = tempfile::tempdir().unwrap();
    let mut store = FolderStore::new(dir.path().join("ledger"));
    let site = town::site(vec![fees()]);
    let (plan, outcome) = run_with(&site, &scripted, &mut store, 1_000, &Options::new("r1"));
    assert_eq!((scripted.sent().len(), outcome.exit()), (0, Exit::Retry));
    assert_eq!(outcome.told[0].ending, Ending::Later("It answers 404.".into()));
    let standing = store.load().unwrap().0;
    assert_eq!(standing.find(&plan.entries[0].key).unwrap().1.line.state, State::Queued);
    let (_, outcome) = run_with(&site, &scripted, &mut store, 0, &Options::new("r2"));
    assert_eq!((scripted.sent().len(), outcome.exit()), (1, Exit::Done));
    let (plan, outcome) = run_with(&site, &scripted, &mut store, 0, &Options::new("r3"));
    assert_eq!((plan.pending(), outcome.told.len(), scripted.sent().len()), (0, 0, 1), "a third run has nothing to do");
}

#[test]
fn a_platform_that_is_busy_is_asked_again_when_it_says() {
    let scripted = Scripted::new([retry(Some(30)), retry(None), there("7")]);
    let outcome = run(vec![fees()], &scripted);
    assert_eq!(scripted.seconds(), [0, 30, 34]);
    assert_eq!(outcome.exit(), Exit::Done);
    let scripted = Scripted::new([retry(Some(3_600))]);
    let outcome = run(vec![fees()], &scripted);
    assert_eq!((scripted.seconds(), outcome.exit()), (vec![0], Exit::Retry));
}

#[test]
fn an_account_that_is_not_accepted_stops_its_channel_and_loses_nothing() {
    let scripted = Scripted::new([Err(SendError::Account { reason: "the token has expired".into() })]);
    let outcome = run(vec![fees(), alert()], &scripted);
    assert_eq!((scripted.sent().len(), outcome.exit()), (1, Exit::Person));
    assert_eq!(outcome.stopped["fediverse"], "the token has expired");
    assert!(outcome.told.iter().all(|told| matches!(told.ending, Ending::Blocked(_))));
}

#[test]
fn a_refusal_is_final_and_asks_for_a_person() {
    let scripted = Scripted::new([Err(SendError::Refused { reason: "too long".into() })]);
    let outcome = run(vec![fees()], &scripted);
    assert_eq!((outcome.told[0].ending.clone(), outcome.exit()), (Ending::Refused("too long".into()), Exit::Person));
}

#[test]
fn an_unknown_outcome_is_sent_again_only_after_the_quiet_time() {
    let scripted = Scripted::new([Err(SendError::Unknown { reason: "no answer".into() }), there("7")]);
    let outcome = run(vec![fees()], &scripted);
    let find = format!("find {FEES}");
    let send = format!("{FEES} published");
    assert_eq!(scripted.sent(), [send.clone(), find.clone(), find, send]);
    assert_eq!(scripted.seconds(), [0, 0, 120, 120]);
    assert_eq!(outcome.exit(), Exit::Done);
    let mut blind = Scripted::new([Err(SendError::Unknown { reason: "no answer".into() })]);
    blind.look_up = LookUp::None;
    let outcome = run(vec![fees()], &blind);
    assert_eq!((blind.sent().len(), outcome.exit()), (1, Exit::Person));
    assert!(matches!(outcome.told[0].ending, Ending::Parked(_)));
}

#[test]
fn a_look_up_that_cannot_tell_leaves_it_to_a_person() {
    let mut scripted = Scripted::new([Err(SendError::Unknown { reason: "no answer".into() })]);
    scripted.unclear = true;
    let outcome = run(vec![fees()], &scripted);
    assert_eq!(scripted.sent().len(), 2, "sent once, looked for once");
    assert_eq!(outcome.told[0].ending, Ending::Parked("Nobody knows whether it was posted: there are two such posts.".into()));
}

#[test]
fn where_a_person_must_do_the_rest_it_is_said_and_not_that_nobody_knows() {
    let mut scripted = Scripted::new([Err(SendError::Unknown { reason: "no answer".into() })]);
    scripted.asks_for_a_person = true;
    let outcome = run(vec![fees()], &scripted);
    assert_eq!(outcome.told[0].ending, Ending::Parked("It waits in the inbox: finish it there.".into()));
    assert_eq!((scripted.sent().len(), outcome.exit()), (2, Exit::Person));
}

#[test]
fn no_request_leaves_that_could_outlast_the_run() {
    let scripted = Scripted::new([]);
    let options = Options { run_limit: Duration::from_secs(29), ..Options::new("r1") };
    let dir = tempfile::tempdir().unwrap();
    let (_, outcome) = run_with(&town::site(vec![fees()]), &scripted, &mut FolderStore::new(dir.path().join("ledger")), 0, &options);
    assert_eq!((scripted.sent().len(), outcome.exit()), (0, Exit::Retry));
}

#[test]
fn more_than_a_run_may_send_sends_nothing() {
    let many = (0..11).map(|n| item(&format!("decisions/2026/d{n}"), &["sv"], &[("date", when("2026-11-19"))])).collect();
    let scripted = Scripted::new([]);
    let outcome = run(many, &scripted);
    assert_eq!((scripted.sent().len(), outcome.too_many, outcome.exit()), (0, Some((11, 10)), Exit::Person));
}

/// A disk that fills up after some appends.
struct Full(FolderStore, u32);

impl StateStore for Full {
    fn load(&mut self) -> Result<(Ledger, Vec<Repair>), StateError> {
        self.0.load()
    }
    fn append(&mut self, record: &RecordId, lines: &[Line]) -> Result<(), StateError> {
        if self.1 == 0 {
            return Err(StateError::Io { path: "ledger".into(), source: std::io::ErrorKind::StorageFull.into() });
        }
        self.1 -= 1;
        self.0.append(record, lines)
    }
    fn baseline(&mut self, channel: &str, at: Timestamp) -> Result<(), StateError> {
        self.0.baseline(channel, at)
    }
}

#[test]
fn a_full_disk_stops_the_run_before_the_next_request() {
    for appends in 0..4 {
        let scripted = Scripted::new([]);
        let dir = tempfile::tempdir().unwrap();
        let site = town::site(vec![alert(), fees()]);
        let mut full = Full(FolderStore::new(dir.path().join("ledger")), appends);
        let (_, outcome) = run_with(&site, &scripted, &mut full, 0, &Options::new("r1"));
        assert_eq!(outcome.exit(), Exit::Environment, "after {appends} appends");
        assert_eq!(scripted.sent().iter().filter(|what| !what.starts_with("find")).count(), usize::from(appends >= 3));
    }
}

/// A store so far away, or a machine so sleepy, that an hour passes while a line becomes durable.
struct Slow(FolderStore, Time);

impl StateStore for Slow {
    fn load(&mut self) -> Result<(Ledger, Vec<Repair>), StateError> {
        self.0.load()
    }
    fn append(&mut self, record: &RecordId, lines: &[Line]) -> Result<(), StateError> {
        if lines.iter().any(|line| line.state == State::Sending) {
            self.1.wait(Duration::from_secs(3600));
        }
        self.0.append(record, lines)
    }
    fn baseline(&mut self, channel: &str, at: Timestamp) -> Result<(), StateError> {
        self.0.baseline(channel, at)
    }
}

#[test]
fn no_request_leaves_when_its_intent_became_durable_too_late() {
    let scripted = Scripted::new([]);
    let dir = tempfile::tempdir().unwrap();
    let site = town::site(vec![fees()]);
    let mut slow = Slow(FolderStore::new(dir.path().join("ledger")), scripted.time.clone());
    let (_, outcome) = run_with(&site, &scripted, &mut slow, 0, &Options::new("r1"));
    drop(slow);
    assert_eq!((scripted.sent().len(), outcome.exit()), (0, Exit::Retry), "another run may have taken over by now");
    let mut store = FolderStore::new(dir.path().join("ledger"));
    let (_, outcome) = run_with(&site, &scripted, &mut store, 0, &Options::new("r2"));
    assert_eq!((scripted.sent(), outcome.exit()), (vec![format!("{FEES} published")], Exit::Done), "sent at once: it surely never left");
}

#[test]
fn the_first_use_of_a_channel_is_recorded_before_anything_else() {
    let dir = tempfile::tempdir().unwrap();
    let site = town::site(vec![alert(), fees()]);
    let settings = channel("fediverse");
    let scripted = Scripted::new([]);
    let mut store = FolderStore::new(dir.path().join("ledger"));
    let ledger = store.load().unwrap().0;
    let first = plan(&site, &ledger, &[(&settings, &scripted)], &Plainly, &Wish::default()).value;
    let (mut clock, mut live, manifest) = (scripted.time.clone(), Live(0), manifest(&site));
    let outside = Outside { lanes: Vec::new(), live: &mut live, clock: &mut clock, manifest: &manifest };
    let outcome = deliver(&first, ledger, &mut store, outside, &Options::new("r1"));
    assert_eq!((outcome.exit(), outcome.told.len()), (Exit::Done, 2));
    drop(store);
    let ledger = FolderStore::new(dir.path().join("ledger")).look().unwrap().0;
    assert!(ledger.baselines.contains_key("fediverse"));
    let second = plan(&site, &ledger, &[(&settings, &scripted)], &Plainly, &Wish::default()).value;
    assert!(second.entries.iter().all(|entry| matches!(entry.verdict, Verdict::Suppressed(_))));
    assert!(second.baselines.is_empty());
}

#[test]
fn several_accounts_work_at_once_and_one_that_fails_hinders_none() {
    let site = town::site(vec![alert(), fees()]);
    let names = ["a", "b", "c", "d"];
    let settings: Vec<_> =
        names.iter().map(|name| promulgate::model::settings::ChannelSettings { platform: (*name).into(), ..channel(name) }).collect();
    let account = SendError::Account { reason: "no".into() };
    let scripts: Vec<Scripted> = (0..4).map(|n| Scripted::new((n == 2).then(|| Err(account.clone())))).collect();
    let pairs: Vec<_> = settings.iter().zip(&scripts).map(|(settings, script)| (settings, script as &dyn Channel)).collect();
    let mut ledger = Ledger::default();
    ledger.baselines.extend(names.map(|name| (name.to_owned(), NOW.parse().unwrap())));
    let plan = plan(&site, &ledger, &pairs, &Plainly, &Wish::default()).value;
    let dir = tempfile::tempdir().unwrap();
    let mut store = FolderStore::new(dir.path().join("ledger"));
    store.load().unwrap();
    let (mut ways, mut clocks): (Vec<NoWay>, Vec<Time>) = scripts.iter().map(|script| (NoWay, script.time.clone())).unzip();
    let lanes = names.iter().zip(&scripts).zip(ways.iter_mut().zip(&mut clocks));
    let lanes = lanes.map(|((name, channel), (transport, clock))| Lane { name: (*name).into(), channel, transport, clock }).collect();
    let (mut clock, mut live, manifest) = (scripts[0].time.clone(), Live(0), manifest(&site));
    let outside = Outside { lanes, live: &mut live, clock: &mut clock, manifest: &manifest };
    let outcome = deliver(&plan, ledger, &mut store, outside, &Options::new("r1"));
    assert_eq!((outcome.sent(), outcome.stopped.len(), outcome.exit()), (6, 1, Exit::Person));
    for script in [&scripts[0], &scripts[1], &scripts[3]] {
        assert_eq!(script.sent(), [format!("{ALERT} published"), format!("{FEES} published")]);
    }
}
