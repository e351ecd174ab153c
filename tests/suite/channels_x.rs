//! X: signing in by both ways, posting, duplicates, replies and edits within X's rules, looking up, errors, costs.

#![allow(clippy::unwrap_used)]

use crate::channels::{announcement, news};
use crate::networks::{Rig, Wire, kind, later, picture, reason, reworded};
use promulgate::model::announcement::{Event, News};
use promulgate::model::record::Value as FieldValue;
use promulgate::model::transport::{Cost, Deed, Edit, Reply, SendError};
use promulgate::rehearsal::Mishap;
use serde_json::{Value, json};
use std::time::Duration;

const OWN: &[(&str, &str)] = &[("handle", "norrvik")];
const ACCOUNT: &[(&str, &str)] = &[("account", "2414183")];
const CHAT: &[(&str, &str)] = &[("account", "-1001234567")];
const OAUTH2: &[(&str, &str)] = &[("handle", "norrvik"), ("auth", "oauth2"), ("client_id", "client")];

#[test]
fn a_post_lives_its_whole_life_on_x() {
    let rig = Rig::named("norrvik", "x", OWN, &["premium", "replies"]);
    let first = news("sv", "Nattbussar hela veckan & lite till <b>");
    let receipt = rig.send(&first, &Deed::New);
    assert_eq!(receipt.url, format!("https://x.com/norrvik/status/{}", receipt.id));
    assert_eq!(rig.find(&first, &Deed::New), Some(receipt.clone()));
    assert!(rig.shown()[0].text.ends_with("#Norrvik"));

    let update = later(&first, Event::Updated, "2", "Nu går de även på söndagar");
    let deed = Deed::Reply { to: receipt.clone(), root: receipt.clone() };
    assert_eq!(rig.find(&update, &deed), None, "the post itself is not its reply");
    let answer = rig.send(&update, &deed);
    assert_eq!(rig.find(&update, &deed), Some(answer.clone()));
    assert_eq!(rig.shown()[1].parent.as_deref(), Some(&*receipt.id));

    let corrected = later(&first, Event::Corrected, "3", "Nattbussar på helgen");
    let deed = Deed::Edit(receipt.clone());
    assert_eq!(rig.find(&corrected, &deed), None, "not edited yet");
    let edited = rig.send(&corrected, &deed);
    assert_ne!(edited.id, receipt.id, "each edit makes a new id");
    assert_eq!(rig.find(&corrected, &deed), Some(edited.clone()));
    assert!(rig.shown().iter().any(|post| post.edited && post.text.starts_with("Nattbussar på helgen")));

    let deed = Deed::Delete(edited.clone());
    assert_eq!(rig.find(&corrected, &deed), None, "still there");
    rig.send(&corrected, &deed);
    assert!(rig.find(&corrected, &deed).is_some());
    rig.send(&corrected, &deed);
    assert_eq!(rig.shown().len(), 1, "the reply is a post of its own");
}

#[test]
fn a_refresh_token_is_replaced_before_the_new_one_is_used() {
    let rig = Rig::new("x", OAUTH2);
    let mut wire = rig.wire();
    rig.try_send(&news("sv", "Först"), &Deed::New, &mut wire).unwrap();
    assert_eq!(wire.asked, ["Post /2/oauth2/token", "rotate refresh_token", "Post /2/tweets"]);
    let spent = wire.rotated["refresh_token"].clone();

    let later_run = rig.again();
    let (post, key) = rig.post(&news("sv", "Sedan"));
    let mut next = Wire { rotated: wire.rotated.clone(), ..rig.wire() };
    later_run.send(&post, &Deed::New, &key, &mut next).unwrap();
    assert_ne!(next.rotated["refresh_token"], spent);

    let (post, key) = rig.post(&news("sv", "Till sist"));
    let mut old = Wire { rotated: wire.rotated, ..rig.wire() };
    let refused = rig.again().send(&post, &Deed::New, &key, &mut old).unwrap_err();
    assert!(matches!(&refused, SendError::Account { reason } if !reason.contains(&spent)), "{refused:?}");
}

#[test]
fn a_server_of_the_settings_own_is_called_and_signed_for() {
    for (platform, own) in [("x", OWN), ("x", OAUTH2), ("linkedin", ACCOUNT), ("telegram", CHAT), ("viber", ACCOUNT), ("vk", ACCOUNT)] {
        let mut rig = Rig::new(platform, own);
        rig.settings.own.0.push(("server", FieldValue::Text(rig.url())));
        let (channel, news) = (rig.again(), News { images: vec![picture("Karta")], ..news("sv", "På egen server") });
        let announcement = announcement(platform, channel.account(), &news);
        let post = channel.compose(&announcement).value.remove(0);
        channel.send(&post, &Deed::New, &announcement.key, &mut rig.wire()).unwrap();
        assert_eq!(rig.shown().len(), 1, "{platform}");
    }
}

#[test]
fn a_token_that_has_ended_is_replaced_once() {
    let rig = Rig::new("x", OAUTH2);
    let mut wire = rig.wire();
    rig.try_send(&news("sv", "Först"), &Deed::New, &mut wire).unwrap();
    rig.mishap(Mishap::Expired);
    rig.try_send(&news("sv", "Sedan"), &Deed::New, &mut wire).unwrap();
    assert_eq!(wire.asked.iter().filter(|asked| asked.starts_with("rotate")).count(), 2);
    rig.mishap(Mishap::Expired);
    rig.mishap(Mishap::Expired);
    let refused = rig.try_send(&news("sv", "Till sist"), &Deed::New, &mut wire).unwrap_err();
    assert_eq!(kind(&refused), "account");
}

#[test]
fn the_same_words_again_are_the_post_that_is_there() {
    let rig = Rig::new("x", OWN);
    let first = news("sv", "Badplatsen öppnar");
    let receipt = rig.send(&first, &Deed::New);
    assert_eq!(rig.send(&first, &Deed::New), receipt);
    assert_eq!(rig.shown().len(), 1);
    let body = r#"{"detail":"You are not allowed to create a Tweet with duplicate content.","type":"about:blank","title":"Forbidden","status":403}"#;
    let unseen = rig.try_send(&news("sv", "Något annat"), &Deed::New, &mut rig.scripted("/2/tweets", 403, body)).unwrap_err();
    assert_eq!(kind(&unseen), "unknown", "a duplicate of what is not to be seen: {unseen:?}");
}

#[test]
fn a_lost_answer_is_unknown_and_the_timeline_tells() {
    for mishap in [Mishap::AcceptThenCut, Mishap::AcceptThenFail] {
        let rig = Rig::new("x", OWN);
        let first = news("sv", "Vattnet stängs av");
        rig.mishap(mishap);
        let lost = rig.try_send(&first, &Deed::New, &mut rig.wire()).unwrap_err();
        assert_eq!(kind(&lost), "unknown");
        assert!(rig.find(&first, &Deed::New).is_some());
        assert!(rig.find(&reworded(&first, "Med helt andra ord"), &Deed::New).is_some(), "an identity is not its text");
    }
    let rig = Rig::new("x", OWN);
    assert_eq!(rig.find(&news("sv", "Aldrig skickat"), &Deed::New), None);
}

#[test]
fn a_reminder_is_not_taken_for_the_first_post_of_its_page() {
    let rig = Rig::new("x", OWN);
    let first = news("sv", "Samråd om hamnen pågår till den 5 december klockan tolv");
    rig.send(&first, &Deed::New);
    let reminder = later(&first, Event::Reminder, "r", "Sista dagen att svara");
    assert_eq!(rig.find(&reminder, &Deed::New), None, "other words, another event");
    let near = later(&first, Event::Reminder, "r", "Samråd om hamnen pågår till den 5 december klockan ett");
    let unclear = rig.try_find(&near, &Deed::New).unwrap_err();
    assert_eq!(kind(&unclear), "unknown", "nearly the same words: a person looks");
}

#[test]
fn a_picture_travels_with_its_words_whatever_is_cut() {
    let own = || News { images: vec![picture("Karta över linje 7")], ..news("sv", "Ny linje 7") };
    Rig::survives_every_cut("x", OWN, &own);
    Rig::survives_every_cut("x", OAUTH2, &own);
    let rig = Rig::new("x", OWN);
    let mut wire = rig.wire();
    rig.try_send(&own(), &Deed::New, &mut wire).unwrap();
    assert_eq!(rig.shown()[0].images[0].1, "Karta över linje 7");
    let mut again = Wire { notes: wire.notes, ..rig.wire() };
    rig.try_send(&own(), &Deed::New, &mut again).unwrap();
    assert!(!again.asked.iter().any(|asked| asked.contains("upload")), "the upload of the first attempt is used");
}

#[test]
fn replies_and_edits_are_declared_as_x_allows_them() {
    let plain = Rig::new("x", OWN);
    assert_eq!((plain.channel.abilities().edit, plain.channel.abilities().reply), (Edit::None, Reply::Restricted));
    let receipt = plain.send(&news("sv", "Först"), &Deed::New);
    let edit = plain.try_send(&news("sv", "Rättat"), &Deed::Edit(receipt.clone()), &mut plain.wire()).unwrap_err();
    assert!(matches!(&edit, SendError::Refused { reason } if reason.contains("premium")), "{edit:?}");
    let reply = Deed::Reply { to: receipt.clone(), root: receipt };
    assert_eq!(kind(&plain.try_send(&news("sv", "Uppdaterat"), &reply, &mut plain.wire()).unwrap_err()), "refused");

    let rig = Rig::named("restricted", "x", &[("handle", "restricted")], &["replies", "premium"]);
    assert_eq!((rig.channel.abilities().edit, rig.channel.abilities().reply), (Edit::Within(30), Reply::Native));
    let root = rig.send(&news("sv", "Storm"), &Deed::New);
    let barred = rig.try_send(&news("sv", "Uppdaterat"), &Deed::Reply { to: root.clone(), root }, &mut rig.wire()).unwrap_err();
    assert!(matches!(&barred, SendError::Refused { reason } if reason.contains("replies: false")), "{barred:?}");
}

#[test]
fn every_documented_error_is_sorted() {
    let rig = Rig::named("norrvik", "x", OWN, &["replies"]);
    let problem = |kind: &str, detail: &str| json!({"type": kind, "title": "T", "detail": detail}).to_string();
    for (status, body, expected) in [
        (400, problem("https://api.x.com/2/problems/invalid-request", "wrong"), "refused"),
        (401, problem("about:blank", "Unauthorized"), "account"),
        (402, problem("https://api.x.com/2/problems/credits", "credits depleted"), "account"),
        (403, problem("about:blank", "You are not permitted to perform this action."), "refused"),
        (403, problem("https://api.x.com/2/problems/oauth1-permissions", "app permissions"), "account"),
        (403, problem("about:blank", "Your account is temporarily locked."), "account"),
        (429, problem("about:blank", "Too Many Requests"), "retry"),
        (429, problem("https://api.x.com/2/problems/usage-capped", "UsageCapExceeded: Monthly"), "account"),
        (500, problem("about:blank", "boom"), "unknown"),
        (503, String::from("<html>"), "unknown"),
        (201, String::from("{"), "unknown"),
    ] {
        let error = rig.try_send(&news("sv", "Fel"), &Deed::New, &mut rig.scripted("/2/tweets", status, &body)).unwrap_err();
        assert_eq!(kind(&error), expected, "{status} {body}: {error:?}");
    }
    let invisible = problem("about:blank", "You attempted to reply to a Tweet that is deleted or not visible to you.");
    let to = rig.send(&news("sv", "Rot"), &Deed::New);
    let error =
        rig.try_send(&news("sv", "Svar"), &Deed::Reply { to: to.clone(), root: to }, &mut rig.scripted("/2/tweets", 403, &invisible));
    assert_eq!(
        error.unwrap_err(),
        SendError::Retry {
            after: Some(Duration::from_secs(5)),
            reason: "403 T: You attempted to reply to a Tweet that is deleted or not visible to you.".into()
        }
    );
}

#[test]
fn a_limit_is_waited_out_by_x_s_own_clock() {
    let rig = Rig::new("x", OWN);
    let mut wire = rig.scripted("/2/tweets", 429, "{}");
    wire.script[0].2 = vec![("date", "Tue, 01 Sep 2026 08:00:00 GMT".into()), ("x-rate-limit-reset", "1788249690".into())];
    let Err(SendError::Retry { after, .. }) = rig.try_send(&news("sv", "För många"), &Deed::New, &mut wire) else { panic!() };
    assert_eq!(after, Some(Duration::from_secs(90)));
    rig.mishap(Mishap::TooMany);
    assert!(matches!(rig.try_send(&news("sv", "För många"), &Deed::New, &mut rig.wire()), Err(SendError::Retry { after: Some(_), .. })));
}

#[test]
fn no_secret_is_repeated() {
    let rig = Rig::new("x", OWN);
    let echo = json!({"title": "T", "detail": "bad rehearsal-norrvik, rehearsal-token-secret"}).to_string();
    let error = rig.try_send(&news("sv", "Fel"), &Deed::New, &mut rig.scripted("/2/tweets", 401, &echo)).unwrap_err();
    assert!(!reason(&error).contains("rehearsal-norrvik") && !reason(&error).contains("token-secret"), "{error:?}");
    assert!(!rig.channel.account().contains("rehearsal"));
}

#[test]
fn a_text_that_x_would_not_take_is_passed_over_and_refused_there_too() {
    let rig = Rig::new("x", OWN);
    let link = "https://norrvik.se/decisions/2026/night-buses/".to_owned();
    let long = News { wordings: vec![format!("{}\n\n{link}", "字".repeat(140)), link.clone()], link, ..news("sv", "") };
    let (mut post, key) = rig.post(&long);
    assert_eq!(post.text, format!("{}\n\n#Norrvik", long.link));
    assert_eq!(post.counted.used, 23 + 2 + 8);
    post.payload["text"] = Value::String(long.wordings[0].clone());
    assert_eq!(kind(&rig.channel.send(&post, &Deed::New, &key, &mut rig.wire()).unwrap_err()), "refused");
}

#[test]
fn costs_and_counts_are_told() {
    let rig = Rig::new("x", OWN);
    let first = news("sv", "Mätning");
    let (post, _) = rig.post(&first);
    assert_eq!(post.cost, Some(Cost { micros: 200_000, currency: "USD" }));
    let bare = News { wordings: vec!["Utan länk".into()], ..first.clone() };
    assert_eq!(rig.post(&bare).0.cost, Some(Cost { micros: 15_000, currency: "USD" }));
    let receipt = rig.send(&first, &Deed::New);
    let counts = rig.channel.measure(&receipt, &mut rig.wire()).unwrap();
    assert!(counts.contains(&("views", 840)) && counts.contains(&("reposts", 3)), "{counts:?}");

    let proof = rig.channel.prove(&mut rig.wire()).unwrap();
    assert_eq!((proof.account.as_str(), proof.obstacles.len()), ("@norrvik", 0));
    let other = Rig::new("x", &[("handle", "someone")]);
    assert!(other.channel.prove(&mut other.wire()).unwrap().obstacles[0].contains("@norrvik"));
}
