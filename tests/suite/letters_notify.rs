//! GOV.UK Notify against its stand-in: tokens, references, every documented fault.

use crate::channels::{announcement, hosts, news, open, settings};
use crate::letters::Noted;
use promulgate::io::outside::Outside;
use promulgate::model::announcement::{Image, Key, News};
use promulgate::model::ledger::Receipt;
use promulgate::model::settings::ChannelSettings;
use promulgate::model::transport::*;
use promulgate::rehearsal::{Mishap, Mishaps, StandIns};
use std::collections::BTreeMap;
use std::path::Path;
use std::time::Duration;

const TEMPLATE: &str = "f33517ff-2a88-4f6e-b855-c550268ce08a";
const KEY: &str = "town-26785a09-ab16-4eb0-8407-a37497a57506-3d844edf-8d35-48ac-975b-e847b4f122b0";

fn channel(template: &str, to: &str) -> ChannelSettings {
    settings("lists", "notify", &[("to", to), ("template_id", template), ("unsubscribe", "https://norrvik.example/leave")])
}

fn stand_ins() -> (StandIns, tempfile::TempDir) {
    let folder = tempfile::tempdir().unwrap();
    (StandIns::start(folder.path(), None, Mishaps::none()).unwrap(), folder)
}

fn written(settings: &ChannelSettings, news: &News) -> (Box<dyn Channel>, Post, Key) {
    let channel = open(settings);
    let announcement = announcement("notify", channel.account(), news);
    let mut posts = channel.compose(&announcement);
    (channel, posts.value.remove(0), announcement.key)
}

fn with_key(stand_ins: &StandIns, key: &str) -> Noted<Outside> {
    let key = key.to_owned();
    let detours = vec![("https://api.notifications.service.gov.uk".into(), stand_ins.url("notify"))];
    Noted(Outside::in_rehearsal(Path::new("."), detours, Box::new(move |_| Ok(Secret::new(key.clone())))), BTreeMap::new())
}

#[test]
fn a_message_is_sent_once_and_found_by_its_reference() {
    let (stand_ins, _folder) = stand_ins();
    let settings = channel(TEMPLATE, "list@norrvik.example");
    let mut out = stand_ins.outside(Path::new("."), &settings, &hosts(&settings));
    let news = news("sv", "Bron öppnar igen");
    let (channel, post, key) = written(&settings, &news);
    assert_eq!(channel.find(&post, &Deed::New, &key, &mut out), Ok(None), "never sent");
    let receipt = channel.send(&post, &Deed::New, &key, &mut out).unwrap().unwrap();
    assert_eq!(channel.send(&post, &Deed::New, &key, &mut out).unwrap().unwrap(), receipt, "sent only if absent");
    assert_eq!(channel.find(&post, &Deed::New, &key, &mut out), Ok(Some(receipt.clone())));
    let posts = stand_ins.posts();
    assert_eq!(posts.len(), 1);
    assert_eq!(posts[0].text, format!("Night buses all week\n\n{}", news.wordings[0]));
    assert_eq!(channel.measure(&receipt, &mut out), Ok(vec![("delivered", 1)]));
    let gone = Receipt { id: "740e5834-3a29-46b4-9a6f-00000000ffff".into(), ..receipt.clone() };
    assert_eq!(channel.measure(&gone, &mut out), Ok(Vec::new()));
    for deed in [Deed::Edit(receipt.clone()), Deed::Delete(receipt.clone()), Deed::Reply { to: receipt.clone(), root: receipt }] {
        assert!(matches!(channel.send(&post, &deed, &key, &mut out), Err(SendError::Refused { .. })));
    }
}

#[test]
fn a_lost_answer_is_unknown_until_the_reference_is_looked_up() {
    let (stand_ins, _folder) = stand_ins();
    let settings = channel(TEMPLATE, "list@norrvik.example");
    let mut out = stand_ins.outside(Path::new("."), &settings, &hosts(&settings));
    for (mishap, there) in [(Mishap::AcceptThenCut, true), (Mishap::AcceptThenFail, true), (Mishap::FailFirst, false)] {
        let (channel, post, key) = written(&settings, &news("sv", "Något"));
        stand_ins.mishap(mishap);
        let sent = channel.send(&post, &Deed::New, &key, &mut out);
        assert!(matches!(sent, Err(SendError::Unknown { .. })), "{mishap:?} {sent:?}");
        assert_eq!(channel.find(&post, &Deed::New, &key, &mut out).unwrap().is_some(), there, "{mishap:?}");
    }
}

#[test]
fn every_documented_fault_says_what_to_do() {
    let (stand_ins, _folder) = stand_ins();
    let good = channel(TEMPLATE, "list@norrvik.example");
    let mut out = stand_ins.outside(Path::new("."), &good, &hosts(&good));
    let mut send = |settings: &ChannelSettings, mishap: Option<Mishap>| {
        mishap.into_iter().for_each(|mishap| stand_ins.mishap(mishap));
        let (channel, post, key) = written(settings, &news("sv", "Något"));
        channel.send(&post, &Deed::New, &key, &mut out).unwrap_err()
    };
    let late = send(&good, Some(Mishap::TooMany));
    assert!(matches!(late, SendError::Retry { after: Some(after), .. } if after == Duration::from_secs(60)), "{late:?}");
    assert!(matches!(send(&good, Some(Mishap::Unauthorised)), SendError::Account { .. }));
    let clock = send(&good, Some(Mishap::Expired));
    assert!(matches!(&clock, SendError::Account { reason } if reason.contains("clock")), "{clock:?}");
    let bad = send(&channel("no-uuid", "list@norrvik.example"), None);
    assert!(matches!(&bad, SendError::Refused { reason } if reason.contains("template_id")), "{bad:?}");
    assert!(matches!(send(&channel(TEMPLATE, "nowhere"), None), SendError::Refused { .. }));
    assert!(stand_ins.posts().is_empty());
}

/// Answers as given, whatever is asked.
struct Answers(u16, &'static str);

impl Transport for Answers {
    fn http(&mut self, request: &Request) -> Result<Response, CallError> {
        let listed = br#"{"notifications":[],"links":{}}"#.to_vec();
        match request.method {
            Method::Get => Ok(Response { status: 200, headers: Vec::new(), body: listed }),
            _ => Ok(Response { status: self.0, headers: Vec::new(), body: self.1.as_bytes().to_vec() }),
        }
    }
    fn plugin(&mut self, _: &[String], _: &mut dyn FnMut(&str) -> Option<String>, _: Duration) -> Result<(), CallError> {
        unreachable!()
    }
    fn now(&mut self) -> jiff::Timestamp {
        "2026-09-01T22:00:00Z".parse().unwrap()
    }
    fn secret(&mut self, _: &str) -> Result<Secret, CallError> {
        Ok(Secret::new(KEY))
    }
    fn image(&mut self, _: &Image) -> Result<Vec<u8>, CallError> {
        unreachable!()
    }
}

#[test]
fn a_full_day_waits_for_the_next_a_trial_stops_the_account_and_no_key_is_repeated() {
    let settings = channel(TEMPLATE, "list@norrvik.example");
    let send = |status, body| {
        let (channel, post, key) = written(&settings, &news("sv", "Något"));
        channel.send(&post, &Deed::New, &key, &mut Answers(status, body))
    };
    let day =
        send(429, r#"{"status_code":429,"errors":[{"error":"TooManyRequestsError","message":"Exceeded send limits (250000) for today"}]}"#);
    assert!(matches!(day, Err(SendError::Retry { after: Some(after), .. }) if after == Duration::from_secs(7200)), "{day:?}");
    let trial = send(
        400,
        r#"{"status_code":400,"errors":[{"error":"BadRequestError","message":"Can't send to this recipient when service is in trial mode"}]}"#,
    );
    assert!(matches!(trial, Err(SendError::Account { .. })), "{trial:?}");
    let echo = send(
        403,
        r#"{"errors":[{"error":"AuthError","message":"town-26785a09-ab16-4eb0-8407-a37497a57506-3d844edf-8d35-48ac-975b-e847b4f122b0 3d844edf-8d35-48ac-975b-e847b4f122b0"}]}"#,
    );
    assert!(matches!(&echo, Err(SendError::Account { reason }) if !reason.contains("3d844edf")), "{echo:?}");
    assert!(matches!(send(201, "{}"), Err(SendError::Unknown { .. })), "an answer without an id");
    assert!(matches!(send(201, "<html>"), Err(SendError::Unknown { .. })));
    assert!(matches!(send(408, ""), Err(SendError::Unknown { .. })));
}

#[test]
fn a_wrong_key_stops_the_account_and_doctor_tells_of_a_missing_template() {
    let (stand_ins, _folder) = stand_ins();
    let settings = channel(TEMPLATE, "list@norrvik.example");
    let (channel_, post, key) = written(&settings, &news("sv", "Något"));
    let other = KEY.replace("3d844edf", "00000000");
    for (wrong, word) in
        [(other.as_str(), "API key not found"), (&KEY.replace("26785a09", "00000000"), "service not found"), ("no-key", "form")]
    {
        let sent = channel_.send(&post, &Deed::New, &key, &mut with_key(&stand_ins, wrong));
        assert!(matches!(&sent, Err(SendError::Account { reason }) if reason.contains(word) && !reason.contains("48ac-975b")), "{sent:?}");
    }
    let proof = channel_.prove(&mut with_key(&stand_ins, KEY)).unwrap();
    assert!(proof.obstacles.is_empty() && proof.account.ends_with("/list@norrvik.example"), "{proof:?}");
    let missing = channel("00000000-2a88-4f6e-b855-c550268ce08a", "list@norrvik.example");
    let proof = open(&missing).prove(&mut with_key(&stand_ins, KEY)).unwrap();
    assert!(proof.obstacles.len() == 1 && proof.obstacles[0].contains("no template"), "{proof:?}");
    assert!(matches!(channel_.prove(&mut with_key(&stand_ins, "no-key")), Err(SendError::Account { .. })));
}
