//! What the answers of Facebook, Instagram, Threads and TikTok mean, one by one; no answer's words ever show a secret.

#![allow(clippy::unwrap_used)]

use crate::channels::{open, settings};
use crate::channels_meta::{own, told};
use promulgate::model::announcement::{Act, Announcement, Event, Image, Key, News};
use promulgate::model::ledger::Receipt;
use promulgate::model::transport::{Body, CallError, Channel, Deed, Post, Request, Response, Secret, SendError, Transport};
use serde_json::{Value, json};
use std::collections::{BTreeMap, VecDeque};
use std::time::Duration;

const TOKEN: &str = "EAAB+s3cret/token=";

/// Gives the answers it was given, in order.
#[derive(Default)]
struct Script {
    answers: VecDeque<Result<Response, CallError>>,
    asked: Vec<(String, String)>,
    notes: BTreeMap<String, String>,
}

fn answer(status: u16, headers: &[(&str, String)], body: Value) -> Result<Response, CallError> {
    let headers = headers.iter().map(|(name, value)| (name.to_string(), value.clone())).collect();
    Ok(Response { status, headers, body: body.to_string().into_bytes() })
}

fn good(body: Value) -> Result<Response, CallError> {
    answer(200, &[], body)
}

fn fault(code: i64, subcode: i64) -> Result<Response, CallError> {
    answer(400, &[], json!({"error": {"message": format!("Malformed access token {TOKEN}"), "code": code, "error_subcode": subcode}}))
}

impl Script {
    fn of(answers: impl IntoIterator<Item = Result<Response, CallError>>) -> Script {
        Script { answers: answers.into_iter().collect(), ..Script::default() }
    }

    fn with(mut self, notes: &[(&str, &str)]) -> Script {
        self.notes = notes.iter().map(|(name, value)| (name.to_string(), value.to_string())).collect();
        self
    }
}

impl Transport for Script {
    fn http(&mut self, request: &Request) -> Result<Response, CallError> {
        let body = match &request.body {
            Body::Bytes(_, bytes) => String::from_utf8(bytes.clone()).unwrap(),
            _ => String::new(),
        };
        self.asked.push((request.url.clone(), body));
        self.answers.pop_front().unwrap_or_else(|| panic!("no answer is left for {}", request.url))
    }
    fn plugin(&mut self, _: &[String], _: &mut dyn FnMut(&str) -> Option<String>, _: Duration) -> Result<(), CallError> {
        unreachable!("no plugin here")
    }
    fn secret(&mut self, name: &str) -> Result<Secret, CallError> {
        if name == "token" { Ok(Secret::new(TOKEN)) } else { Err(CallError::NotSent(format!("{name} is not set"))) }
    }
    fn image(&mut self, _: &Image) -> Result<Vec<u8>, CallError> {
        Ok(vec![0xff, 0xd8, 0xff])
    }
    fn noted(&self, name: &str) -> Option<String> {
        self.notes.get(name).cloned().filter(|value| !value.is_empty())
    }
    fn note(&mut self, name: &str, value: &str) -> Result<(), CallError> {
        self.notes.insert(name.into(), value.into());
        Ok(())
    }
    // The tests of renewed tokens are elsewhere; here none can be kept, so none is asked for.
    fn rotate(&mut self, _: &str, _: &Secret) -> Result<(), CallError> {
        Err(CallError::NotSent("no place for it".into()))
    }
}

fn channel(platform: &str) -> Box<dyn Channel> {
    open(&settings("norrvik", platform, &own(platform)))
}

fn composed(channel: &dyn Channel, news: &News) -> (Post, Key) {
    let key = Key::of("any", channel.account(), &news.record, news.lang, &news.version, news.event);
    let announcement = Announcement { key: key.clone(), channel: "norrvik".into(), news: news.clone(), act: Act::Post };
    (channel.compose(&announcement).value.remove(0), key)
}

fn send(platform: &str, out: &mut Script) -> Result<Option<Receipt>, SendError> {
    let channel = channel(platform);
    let (post, key) = composed(&*channel, &told("Nattbussar"));
    channel.send(&post, &Deed::New, &key, out)
}

/// The name of what an answer means; fails if the token shows.
fn name(sent: &Result<Option<Receipt>, SendError>) -> &'static str {
    let said = format!("{sent:?}");
    assert!(!said.contains("s3cret"), "{said}");
    match sent {
        Ok(_) => "sent",
        Err(SendError::Retry { after: None, .. }) => "retry",
        Err(SendError::Retry { .. }) => "wait",
        Err(SendError::Unknown { .. }) => "unknown",
        Err(SendError::Refused { .. }) => "refused",
        Err(SendError::Person { .. }) => "person",
        Err(SendError::Account { .. }) => "account",
    }
}

#[test]
fn every_documented_fault_of_a_post_means_what_it_says() {
    for (code, subcode, means) in [
        (1, 0, "unknown"),
        (2, 0, "unknown"),
        (4, 0, "wait"),
        (17, 0, "wait"),
        (32, 0, "wait"),
        (341, 0, "wait"),
        (613, 0, "wait"),
        (80_001, 0, "wait"),
        (80_004, 0, "wait"),
        (102, 0, "account"),
        (190, 463, "account"),
        (190, 0, "account"),
        (3, 0, "account"),
        (10, 0, "account"),
        (200, 0, "account"),
        (299, 0, "account"),
        (368, 0, "refused"),
        (100, 0, "refused"),
        (100, 1_609_005, "wait"),
        (100, 1_366_046, "refused"),
        (1_390_008, 0, "person"),
        (1_404_078, 0, "person"),
        (200, 1_404_078, "person"),
        (4_854_002, 0, "person"),
    ] {
        let sent = send("facebook", &mut Script::of([fault(code, subcode)]));
        assert_eq!(name(&sent), means, "{code}/{subcode}: {sent:?}");
    }
    let transient = json!({"error": {"message": "Try again", "code": 999, "is_transient": true}});
    assert_eq!(name(&send("facebook", &mut Script::of([answer(400, &[], transient)]))), "unknown");
    assert_eq!(name(&send("facebook", &mut Script::of([answer(502, &[], json!("Bad gateway"))]))), "unknown");
    assert_eq!(name(&send("facebook", &mut Script::of([answer(200, &[], json!("?"))]))), "unknown");
    assert_eq!(name(&send("facebook", &mut Script::of([Err(CallError::Lost("cut".into()))]))), "unknown");
    assert_eq!(name(&send("facebook", &mut Script::of([Err(CallError::NotSent("no route".into()))]))), "retry");
    let inside = answer(200, &[], json!({"error": {"message": "Session expired", "code": 190}}));
    assert_eq!(name(&send("facebook", &mut Script::of([inside]))), "account", "a fault with a good status is a fault");
}

#[test]
fn the_two_steps_sort_their_faults_by_the_step() {
    let made = || good(json!({"id": "c1"}));
    let status = |word: &str| good(json!({"id": "c1", "status_code": word}));
    for (code, subcode, before, after) in [
        (1, 0, "retry", "unknown"),
        (-1, 2_207_001, "retry", "unknown"),
        (24, 2_207_032, "retry", "unknown"),
        (-2, 2_207_003, "retry", "unknown"),
        (9, 2_207_042, "wait", "wait"),
        (4, 2_207_051, "refused", "refused"),
        (36_000, 2_207_004, "refused", "refused"),
        (36_003, 2_207_009, "refused", "refused"),
        (-2, 2_207_020, "wait", "wait"),
        (9_007, 2_207_027, "wait", "wait"),
        (190, 0, "account", "account"),
    ] {
        assert_eq!(name(&send("instagram", &mut Script::of([fault(code, subcode)]))), before, "{code}/{subcode}");
        let late = send("instagram", &mut Script::of([made(), status("FINISHED"), fault(code, subcode), status("FINISHED")]));
        assert_eq!(name(&late), after, "{code}/{subcode}: {late:?}");
    }
    let restricted = send("threads", &mut Script::of([fault(1, 4_279_013)]));
    assert_eq!(name(&restricted), "refused");
    let lost = send("instagram", &mut Script::of([Err(CallError::Lost("cut".into()))]));
    assert_eq!(name(&lost), "retry", "nobody sees a container");
}

#[test]
fn a_wait_is_as_long_as_the_headers_say() {
    let business = json!({"1": [{"type": "pages", "call_count": 100, "estimated_time_to_regain_access": 7}]}).to_string();
    let body = || json!({"error": {"message": "Page request limit reached", "code": 32}});
    let after = |headers: &[(&str, String)]| match send("facebook", &mut Script::of([answer(400, headers, body())])) {
        Err(SendError::Retry { after: Some(after), .. }) => after.as_secs(),
        other => panic!("{other:?}"),
    };
    assert_eq!(after(&[("x-business-use-case-usage", business)]), 420);
    assert_eq!(after(&[("retry-after", "30".into())]), 30);
    assert_eq!(after(&[]), 300);
}

#[test]
fn above_ninety_per_cent_only_what_is_urgent_goes_on() {
    let busy = ("x-app-usage", json!({"call_count": 28, "total_time": 91, "total_cputime": 25}).to_string());
    let channel = channel("facebook");
    let (post, key) = composed(&*channel, &told("Först"));
    let mut out = Script::of([answer(200, &[busy], json!({"id": "1_2"})), good(json!({"id": "1_3"}))]);
    channel.send(&post, &Deed::New, &key, &mut out).unwrap();
    let held = channel.send(&post, &Deed::New, &key, &mut out);
    assert!(
        matches!(&held, Err(SendError::Retry { after: Some(after), reason }) if after.as_secs() == 300 && reason.contains("90 %")),
        "{held:?}"
    );
    assert_eq!(out.asked.len(), 1, "nothing was asked");
    let (alert, key) = composed(&*channel, &News { urgent: true, ..told("Storm") });
    channel.send(&alert, &Deed::New, &key, &mut out).unwrap();
    let quiet = ("x-app-usage", json!({"call_count": 28}).to_string());
    let fresh = self::channel("facebook");
    let mut out = Script::of([answer(200, &[quiet], json!({"id": "1_2"})), good(json!({"id": "1_3"}))]);
    fresh.send(&post, &Deed::New, &key, &mut out).unwrap();
    fresh.send(&post, &Deed::New, &key, &mut out).unwrap();
}

#[test]
fn a_repeat_that_is_not_to_be_seen_stays_unknown() {
    let repeat = || fault(506, 0);
    assert_eq!(name(&send("facebook", &mut Script::of([repeat(), good(json!({"data": []}))]))), "unknown");
    assert_eq!(name(&send("facebook", &mut Script::of([repeat(), fault(2, 0)]))), "unknown");
    assert_eq!(name(&send("facebook", &mut Script::of([repeat(), fault(190, 0)]))), "account");
}

#[test]
fn an_edit_of_another_app_s_post_is_for_a_person_and_a_missing_post_for_nobody() {
    let channel = channel("facebook");
    let (post, key) = composed(&*channel, &told("Rättat"));
    let receipt = Receipt { id: "1_2".into(), url: "https://www.facebook.com/1_2".into(), version_id: String::new() };
    let sent = |deed: Deed, code: i64, subcode: i64| name(&channel.send(&post, &deed, &key, &mut Script::of([fault(code, subcode)])));
    assert_eq!(sent(Deed::Edit(receipt.clone()), 200, 0), "person");
    assert_eq!(sent(Deed::Delete(receipt.clone()), 10, 0), "person");
    assert_eq!(sent(Deed::Edit(receipt.clone()), 100, 33), "refused");
    assert_eq!(sent(Deed::Delete(receipt.clone()), 100, 33), "sent");
    assert_eq!(sent(Deed::Delete(receipt), 2, 0), "unknown");
}

#[test]
fn pictures_that_waited_too_long_are_uploaded_again() {
    let channel = channel("facebook");
    let news = News { images: vec![crate::channels_meta::picture("map.jpg", "image/jpeg", (1200, 800))], ..told("Ny linje 7") };
    let (post, key) = composed(&*channel, &news);
    let mut out = Script::of([fault(100, 0)]).with(&[("photo-0", "77")]);
    assert_eq!(name(&channel.send(&post, &Deed::New, &key, &mut out)), "retry");
    assert!(out.asked[0].1.contains(r#""attached_media":[{"media_fbid":"77"}]"#), "{:?}", out.asked);
    assert_eq!(out.noted("photo-0"), None);
    let mut out = Script { notes: out.notes, ..Script::of([good(json!({"id": "78"})), fault(100, 0)]) };
    assert_eq!(name(&channel.send(&post, &Deed::New, &key, &mut out)), "refused", "fresh ones were not the reason");
}

#[test]
fn a_container_is_gone_on_with_and_replaced_only_when_it_is_spoilt() {
    let status = |word: &str| good(json!({"id": "c1", "status_code": word, "status": null}));
    let working = || [status("IN_PROGRESS"), status("IN_PROGRESS"), status("IN_PROGRESS")];
    let made = || good(json!({"id": "c1"}));
    let mut out = Script::of(std::iter::once(made()).chain(working()));
    let sent = send_same(&mut out);
    assert!(matches!(&sent, Err(SendError::Retry { after: Some(after), .. }) if after.as_secs() == 30), "{sent:?}");
    let notes = out.notes.clone();
    assert!(notes["container"].starts_with("c1 "));

    let done = || good(json!({"id": "m1", "permalink": "https://www.instagram.com/p/x/"}));
    let mut out =
        Script { notes: notes.clone(), ..Script::of([status("FINISHED"), status("FINISHED"), good(json!({"id": "m1"})), done()]) };
    assert_eq!(send_same(&mut out).unwrap().unwrap().url, "https://www.instagram.com/p/x/");
    assert!(out.asked.iter().all(|(url, _)| !url.ends_with("/media")), "no second container: {:?}", out.asked);
    assert_eq!(out.notes["publishing"], "c1");

    for word in ["EXPIRED", "ERROR"] {
        let fresh = [status(word), good(json!({"id": "c2"})), status("FINISHED"), good(json!({"id": "m2"})), done()];
        let mut out = Script { notes: notes.clone(), ..Script::of(fresh) };
        assert_eq!(send_same(&mut out).unwrap().unwrap().id, "m2");
        assert!(out.notes["container"].starts_with("c2 "), "{word}");
    }

    // Published by a request whose answer was lost: the container tells, whatever a second request gets.
    let own = json!({"data": [{"id": "m9", "caption": "", "permalink": "https://www.instagram.com/p/y/"}]});
    let mut out = Script { notes: notes.clone(), ..Script::of([status("PUBLISHED"), good(own.clone())]) };
    assert_eq!(name(&send_same(&mut out)), "sent");
    let mut out = Script { notes, ..Script::of([status("FINISHED"), status("FINISHED"), fault(100, 0), status("PUBLISHED"), good(own)]) };
    assert_eq!(name(&send_same(&mut out)), "sent");
}

#[test]
fn corrected_words_get_a_new_container_only_while_the_old_one_was_never_published() {
    let status = |word: &str| good(json!({"id": "c1", "status_code": word}));
    let done = || [status("FINISHED"), good(json!({"id": "m1"})), good(json!({"permalink": "https://www.instagram.com/p/x/"}))];
    let other = [("container", "c0 of-other-words")];
    let mut out = Script::of([status("FINISHED"), good(json!({"id": "c1"}))].into_iter().chain(done())).with(&other);
    send_same(&mut out).unwrap();
    assert!(out.asked.iter().any(|(_, body)| body.contains(r#""creation_id":"c1""#)));
    let asked = [other[0], ("publishing", "c0")];
    let mut out = Script::of([status("FINISHED")].into_iter().chain(done())).with(&asked);
    send_same(&mut out).unwrap();
    assert!(out.asked.iter().any(|(_, body)| body.contains(r#""creation_id":"c0""#)), "it may be on its way: {:?}", out.asked);
}

#[test]
fn pictures_of_a_carousel_are_gone_on_with_one_by_one() {
    let channel = channel("instagram");
    let one = |name: &str| crate::channels_meta::picture(name, "image/jpeg", (1200, 800));
    let news = News { images: vec![one("a.jpg"), one("b.jpg"), one("c.jpg")], ..told("Album") };
    let (post, key) = composed(&*channel, &news);
    let status = |word: &str| good(json!({"id": "c", "status_code": word}));
    let made = |id: &str| good(json!({"id": id}));
    let send = |answers: Vec<Result<Response, CallError>>, notes: BTreeMap<String, String>| {
        let mut out = Script { notes, ..Script::of(answers) };
        let sent = channel.send(&post, &Deed::New, &key, &mut out);
        assert!(out.answers.is_empty(), "{:?}", out.asked);
        (sent, out)
    };
    // The second picture's answer is lost: the first is noted, and nothing is in doubt.
    let (sent, out) = send(vec![made("p0"), Err(CallError::Lost("cut".into()))], BTreeMap::new());
    assert_eq!(name(&sent), "retry");
    assert_eq!(out.notes.keys().collect::<Vec<_>>(), ["picture-0"]);
    // All are asked for before the first is waited for; while one is worked on, there is no carousel.
    let working = || status("IN_PROGRESS");
    let (sent, out) = send(vec![working(), made("p1"), made("p2"), working(), working(), working()], out.notes);
    assert_eq!(name(&sent), "wait");
    assert!(out.notes.contains_key("picture-2") && !out.notes.contains_key("container"));
    let ready = out.notes;
    // One has expired meanwhile: it alone is made anew.
    let fresh = vec![status("FINISHED"), status("EXPIRED"), made("p9"), status("FINISHED")];
    let finished = vec![status("FINISHED"); 3];
    let posted = vec![made("c1"), status("FINISHED"), made("m1"), good(json!({"permalink": "https://www.instagram.com/p/x/"}))];
    let (sent, out) = send([fresh, finished, posted].concat(), ready.clone());
    assert_eq!(sent.unwrap().unwrap().id, "m1");
    let carousel = out.asked.iter().find(|(_, body)| body.contains("CAROUSEL")).unwrap();
    assert!(carousel.1.contains(r#""children":"p0,p9,p2""#), "{carousel:?}");
    assert!(out.notes["picture-1"].starts_with("p9 ") && out.notes["container"].starts_with("c1 "));
    // A picture that can never be shown is refused with the network's words.
    let wrong = good(json!({"id": "c", "status_code": "ERROR", "status": "Error: Media upload has failed with error code 2207009"}));
    let (sent, _) = send(vec![status("FINISHED"), status("FINISHED"), status("FINISHED"), status("FINISHED"), wrong], ready);
    assert_eq!(name(&sent), "refused");
}

/// The same news each time.
fn send_same(out: &mut Script) -> Result<Option<Receipt>, SendError> {
    let channel = channel("instagram");
    let link = "https://norrvik.example/decisions/2026/night-buses/";
    let news = News { link: link.into(), wordings: vec![format!("Nattbussar\n\n{link}")], event: Event::Published, ..told("") };
    let (post, key) = composed(&*channel, &news);
    channel.send(&post, &Deed::New, &key, out)
}

#[test]
fn a_spoilt_picture_is_fetched_again_or_refused_by_what_the_network_says() {
    let made = || good(json!({"id": "c1"}));
    let spoilt = |words: &str| good(json!({"id": "c1", "status_code": "ERROR", "status": words}));
    let sent = |words: &str| name(&send("instagram", &mut Script::of([made(), spoilt(words)])));
    assert_eq!(sent("Error: Media upload has failed with error code 2207003"), "wait");
    assert_eq!(sent("Error: Media upload has failed with error code 2207009"), "refused");
    let threads = good(json!({"id": "c1", "status": "ERROR", "error_message": "FAILED_DOWNLOADING_IMAGE"}));
    assert_eq!(name(&send("threads", &mut Script::of([made(), threads]))), "wait");
}

fn tiktok(status: u16, code: &str) -> Result<Response, CallError> {
    answer(status, &[], json!({"data": {}, "error": {"code": code, "message": format!("bad {TOKEN}"), "log_id": "1"}}))
}

#[test]
fn every_documented_code_of_tiktok_means_what_it_says() {
    for (status, code, means) in [
        (401, "access_token_invalid", "account"),
        (401, "scope_not_authorized", "account"),
        (429, "rate_limit_exceeded", "wait"),
        (403, "spam_risk_too_many_posts", "wait"),
        (403, "spam_risk_too_many_pending_share", "wait"),
        (403, "reached_active_user_cap", "wait"),
        (403, "spam_risk_user_banned_from_posting", "account"),
        (403, "unaudited_client_can_only_post_to_private_accounts", "account"),
        (403, "url_ownership_unverified", "account"),
        (403, "privacy_level_option_mismatch", "refused"),
        (403, "spam_risk_text", "refused"),
        (400, "picture_size_check_failed", "refused"),
        (400, "invalid_params", "refused"),
        (500, "internal_error", "unknown"),
        (200, "internal_error", "unknown"),
    ] {
        let sent = send("tiktok", &mut Script::of([tiktok(status, code)]));
        assert_eq!(name(&sent), means, "{code}: {sent:?}");
    }
    assert_eq!(name(&send("tiktok", &mut Script::of([answer(502, &[], json!("Bad gateway"))]))), "unknown");
    assert_eq!(name(&send("tiktok", &mut Script::of([good(json!({"data": {}}))]))), "unknown", "200 without `ok` is no success");
}

#[test]
fn every_fate_of_a_draft_is_told_apart() {
    let ok = |data: Value| good(json!({"data": data, "error": {"code": "ok"}}));
    let init = || ok(json!({"publish_id": "p1"}));
    let failed = |why: &str| ok(json!({"status": "FAILED", "fail_reason": why}));
    for (why, means) in [
        ("picture_size_check_failed", "refused"),
        ("file_format_check_failed", "refused"),
        ("publish_cancelled", "refused"),
        ("photo_pull_failed", "retry"),
        ("internal", "retry"),
        ("auth_removed", "account"),
        ("spam_risk_too_many_posts", "wait"),
    ] {
        assert_eq!(name(&send("tiktok", &mut Script::of([init(), failed(why)]))), means, "{why}");
    }
    let working = || ok(json!({"status": "PROCESSING_DOWNLOAD"}));
    let mut out = Script::of([init(), working(), working(), working()]);
    assert_eq!(name(&send("tiktok", &mut out)), "unknown", "it may still be posted");
    assert_eq!(out.notes["publish"], "p1");

    // What came to nothing is asked for anew; what may be there never is.
    let complete = || ok(json!({"status": "PUBLISH_COMPLETE", "publicaly_available_post_id": [7_400_000_000_000_000_123_u64]}));
    let mut again =
        Script { notes: out.notes.clone(), ..Script::of([failed("photo_pull_failed"), ok(json!({"publish_id": "p2"})), complete()]) };
    let receipt = send("tiktok", &mut again).unwrap().unwrap();
    assert_eq!(receipt.url, "https://www.tiktok.com/@norrvik/photo/7400000000000000123");
    assert_eq!((again.notes["asked"].as_str(), again.notes["publish"].as_str()), ("p1", "p2"));
    let mut same = Script { notes: out.notes, ..Script::of([complete()]) };
    assert_eq!(name(&send("tiktok", &mut same)), "sent");

    // The answer to the second request was lost: the first one's end says nothing about it.
    let channel = channel("tiktok");
    let (post, key) = composed(&*channel, &told("Nattbussar"));
    let mut lost = Script::default().with(&[("asked", "p1"), ("publish", "p1")]);
    assert_eq!(name(&channel.find(&post, &Deed::New, &key, &mut lost)), "unknown");
    let mut never = Script::default();
    assert_eq!(channel.find(&post, &Deed::New, &key, &mut never), Ok(None), "nothing was ever asked for");
}
