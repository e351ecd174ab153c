//! What accounts on Mastodon and Bluesky are proven to be, and what is counted of their posts.

#![allow(clippy::unwrap_used)]

use crate::channels::{news, open, outside, reworded, settings, updated};
use crate::chat::{Desk, with_picture};
use crate::servers;
use promulgate::model::announcement::{Image, News};
use promulgate::model::ledger::Receipt;
use promulgate::model::record::Value as FieldValue;
use promulgate::model::transport::{CallError, Deed, Request, Response, Secret, SendError, Transport};
use std::time::Duration;

fn mastodon(more: Vec<(&'static str, FieldValue)>) -> Desk {
    Desk::new("mastodon", &[("server", "https://social.example.se"), ("handle", "norrvik")], more)
}

#[test]
fn the_settings_of_a_mastodon_account_are_held_against_its_server() {
    let desk = mastodon(vec![]);
    let proof = desk.channel.prove(&mut desk.out()).unwrap();
    assert_eq!((proof.account.as_str(), &proof.obstacles), ("@norrvik", &vec![]));
    assert!(proof.seen.iter().any(|line| line.contains("Mastodon, version 4.5.0")), "{proof:?}");
    let desk = mastodon(vec![("limit", FieldValue::Count(5000))]);
    let proof = desk.channel.prove(&mut desk.out()).unwrap();
    assert!(proof.obstacles[0].contains("write `limit: 500`"), "{proof:?}");
    let wrong = desk.channel.prove(&mut desk.out_with("s3cret"));
    assert!(matches!(&wrong, Err(SendError::Account { reason }) if !reason.contains("s3cret")), "{wrong:?}");
}

#[test]
fn a_real_server_that_ignores_keys_is_known_by_its_version() {
    let real = servers::snac();
    let channel = open(&settings("test", "mastodon", &[("server", &real.url), ("handle", &real.handle)]));
    let proof = channel.prove(&mut outside(&real.secret)).unwrap();
    assert!(proof.seen.iter().any(|line| line.contains("snac pays no heed to Idempotency-Key")), "{proof:?}");
}

#[test]
fn mastodon_tells_how_often_a_status_was_liked() {
    let desk = mastodon(vec![]);
    let sent = desk.send(&news("sv", "Hur gick det?"), &Deed::New);
    assert_eq!(desk.channel.measure(&sent, &mut desk.out()).unwrap(), [("likes", 0), ("reposts", 0), ("replies", 0)]);
}

#[test]
fn a_post_for_pixelfed_has_a_picture_of_its_own_or_the_card() {
    let desk = mastodon(vec![("always_picture", FieldValue::Flag(true))]);
    let card = Image { alt: "Kortet".into(), ..with_picture(news("sv", "x")).images.remove(0) };
    let drawn = News { drawn: vec![card], ..news("sv", "Nytt") };
    assert_eq!(desk.post(&drawn).0.images[0].alt, "Kortet");
    assert_ne!(desk.post(&with_picture(drawn.clone())).0.images[0].alt, "Kortet");
    assert_eq!(mastodon(vec![]).post(&drawn).0.images.len(), 0);
}

#[test]
fn an_update_in_other_words_is_not_the_post_that_shares_its_link() {
    let desk = mastodon(vec![]);
    let first = news("sv", "Storm väntas");
    let sent = desk.send(&first, &Deed::New);
    assert_eq!(desk.find(&reworded(&first, "Med nya ord"), &Deed::New).map(|found| found.id), Some(sent.id));
    assert_eq!(desk.find(&updated(&first, "2", "Stormen når kusten nu"), &Deed::New), None);
}

/// Gives one answer in earnest, and keeps the address.
struct Canned(&'static str, Vec<String>);

impl Transport for Canned {
    fn http(&mut self, request: &Request) -> Result<Response, CallError> {
        self.1.push(request.url.clone());
        Ok(Response { status: 200, headers: Vec::new(), body: self.0.as_bytes().to_vec() })
    }
    fn plugin(&mut self, _: &[String], _: &mut dyn FnMut(&str) -> Option<String>, _: Duration) -> Result<(), CallError> {
        Err(CallError::NotSent("none".into()))
    }
    fn secret(&mut self, _: &str) -> Result<Secret, CallError> {
        Ok(Secret::new("pw"))
    }
    fn image(&mut self, _: &Image) -> Result<Vec<u8>, CallError> {
        Err(CallError::NotSent("none".into()))
    }
    fn in_earnest(&self) -> bool {
        true
    }
}

#[test]
fn bluesky_is_proven_by_its_session_and_counted_by_the_public_view() {
    let real = servers::pds();
    let channel = open(&settings("test", "bluesky", &[("server", &real.url), ("handle", &real.handle)]));
    let proof = channel.prove(&mut outside(&real.secret)).unwrap();
    assert_eq!(proof.account, "@norrvik.test");
    assert!(proof.seen[0].contains("did:plc:"), "{proof:?}");
    let receipt = Receipt { id: "at://did:plc:x/app.bsky.feed.post/3k".into(), url: String::new(), version_id: String::new() };
    assert_eq!(channel.measure(&receipt, &mut outside(&real.secret)).unwrap(), [], "a rehearsal asks nobody");
    let mut canned = Canned(r#"{"posts":[{"likeCount":7,"repostCount":2,"replyCount":1,"quoteCount":0}]}"#, Vec::new());
    assert_eq!(channel.measure(&receipt, &mut canned).unwrap(), [("likes", 7), ("reposts", 2), ("replies", 1), ("quotes", 0)]);
    assert!(canned.1[0].starts_with("https://public.api.bsky.app/xrpc/app.bsky.feed.getPosts?uris=at%3A%2F%2F"), "{:?}", canned.1);
}
