//! LinkedIn: posts with a card or pictures, escapes, comments, edits, duplicates, versions, tokens that end.

#![allow(clippy::unwrap_used)]

use crate::channels::news;
use crate::networks::{Rig, Wire, kind, later, picture, reason, reworded};
use promulgate::model::announcement::{Event, News};
use promulgate::model::date::Day;
use promulgate::model::record::Value as FieldValue;
use promulgate::model::settings::SecretRef;
use promulgate::model::transport::{Deed, SendError};
use promulgate::rehearsal::Mishap;
use serde_json::json;

const OWN: &[(&str, &str)] = &[("account", "2414183")];

fn drawn() -> News {
    News { drawn: vec![picture("Nattbussar hela veckan")], ..news("sv", "Nattbussar (nya) hela veckan_slutet <b> @alla [1] {2} ~") }
}

#[test]
fn a_post_lives_its_whole_life_on_linkedin() {
    let rig = Rig::new("linkedin", OWN);
    let first = drawn();
    let receipt = rig.send(&first, &Deed::New);
    assert!(receipt.id.starts_with("urn:li:share:"));
    let shown = &rig.shown()[0];
    assert_eq!(shown.text, rig.post(&first).0.text, "not a word is cut at a sign of markup");
    assert_eq!(
        shown.card.clone().unwrap(),
        (first.link.clone(), "Night buses all week".into(), "From 12 November, buses run all night.".into())
    );
    assert_eq!(shown.images.len(), 1, "the card's picture");
    assert_eq!(rig.find(&first, &Deed::New), Some(receipt.clone()));

    let update = later(&first, Event::Updated, "2", "Nu går de även på söndagar (nya tider)");
    let deed = Deed::Reply { to: receipt.clone(), root: receipt.clone() };
    assert_eq!(rig.find(&update, &deed), None);
    let comment = rig.send(&update, &deed);
    assert_eq!(rig.find(&update, &deed), Some(comment.clone()));
    assert_eq!(rig.shown()[1].parent.as_deref(), Some(&*receipt.id));
    let below = later(&first, Event::Resolved, "4", "Allt är som vanligt igen");
    let deed = Deed::Reply { to: comment.clone(), root: receipt.clone() };
    rig.send(&below, &deed);
    assert_eq!(rig.shown()[2].parent.as_deref(), Some(&*receipt.id), "a comment on a comment goes below the post");

    for (of, text) in [(&receipt, "Nattbussar på helgen #Norrvik"), (&comment, "Även på söndagar")] {
        let corrected = later(&first, Event::Corrected, "3", text);
        rig.is_changed_and_taken_away(&corrected, of);
    }
}

#[test]
fn pictures_of_the_record_travel_with_their_words_whatever_is_cut() {
    let many = || News { images: vec![picture("Karta"), picture("Tidtabell")], ..drawn() };
    Rig::survives_every_cut("linkedin", OWN, &many);
    Rig::survives_every_cut("linkedin", OWN, &drawn);
    let rig = Rig::new("linkedin", OWN);
    rig.send(&many(), &Deed::New);
    let alts: Vec<String> = rig.shown()[0].images.iter().map(|(_, alt)| alt.clone()).collect();
    assert_eq!(alts, ["Karta", "Tidtabell"]);
    rig.send(&News { images: vec![picture("Karta")], ..drawn() }, &Deed::New);
    assert_eq!(rig.shown()[1].images[0].1, "Karta");
    let mut wire = Wire { notes: [("image-1".to_owned(), "urn:li:image:gone".to_owned())].into(), ..rig.wire() };
    let again = rig.try_send(&drawn(), &Deed::New, &mut wire).unwrap_err();
    assert_eq!(kind(&again), "retry", "a picture of an earlier attempt does not wait for ever");
    assert_eq!(wire.notes["image-1"], "", "it is uploaded anew");
    let many = rig.shown().len();
    rig.try_send(&drawn(), &Deed::New, &mut wire).unwrap();
    assert_eq!(rig.shown().len(), many + 1);
}

#[test]
fn bytes_and_token_go_to_safe_addresses_only() {
    let rig = Rig::new("linkedin", OWN);
    let answer = json!({"value": {"uploadUrl": "http://upload.example/x", "image": "urn:li:image:1"}}).to_string();
    let mut wire = rig.scripted("initializeUpload", 200, &answer);
    let refused = rig.try_send(&drawn(), &Deed::New, &mut wire).unwrap_err();
    assert_eq!(kind(&refused), "refused");
    assert!(!wire.asked.iter().any(|asked| asked.starts_with("Put")), "{:?}", wire.asked);
}

#[test]
fn a_duplicate_is_looked_at_before_it_is_believed() {
    let rig = Rig::new("linkedin", OWN);
    let first = drawn();
    let receipt = rig.send(&first, &Deed::New);
    assert_eq!(rig.send(&first, &Deed::New), receipt, "the same words are the same post");
    assert_eq!(rig.shown().len(), 1);

    let duplicate = |urn: &str| {
        json!({"message": format!("Content is a duplicate of {urn}"), "status": 422, "errorDetails": {"inputErrors": [{"code": "DUPLICATE_POST"}]}}).to_string()
    };
    let send = |urn: &str| {
        // Only the post itself is answered by the script; the look at its urn is the stand-in's.
        rig.try_send(&news("sv", "Något helt annat"), &Deed::New, &mut rig.scripted("/rest/posts$", 422, &duplicate(urn))).unwrap_err()
    };
    assert_eq!(kind(&send(&receipt.id)), "unknown", "it says something else");
    let gone = send("urn:li:share:6999999999999999999");
    assert!(matches!(&gone, SendError::Retry { after: Some(_), .. }), "a post that was deleted: later, {gone:?}");
}

#[test]
fn a_lost_answer_is_unknown_and_the_page_s_posts_tell() {
    for mishap in [Mishap::AcceptThenCut, Mishap::AcceptThenFail] {
        let rig = Rig::new("linkedin", OWN);
        let first = news("sv", "Vattnet stängs av");
        rig.mishap(mishap);
        assert_eq!(kind(&rig.try_send(&first, &Deed::New, &mut rig.wire()).unwrap_err()), "unknown");
        assert!(rig.find(&first, &Deed::New).is_some());
        assert!(rig.find(&reworded(&first, "Med helt andra ord"), &Deed::New).is_some());
        let reminder = later(&first, Event::Reminder, "r", "Med helt andra ord");
        assert_eq!(rig.find(&reminder, &Deed::New), None);
    }
}

#[test]
fn every_documented_error_is_sorted() {
    let rig = Rig::new("linkedin", OWN);
    let fault = |message: &str| json!({"status": 0, "message": message}).to_string();
    for (status, body, expected) in [
        (400, fault("wrong"), "refused"),
        (401, fault("Invalid access token"), "account"),
        (403, fault("Not enough permissions"), "account"),
        (422, fault("commentary is too long"), "refused"),
        (426, fault("Requested version 20250101 is not active"), "account"),
        (429, fault("throttle"), "retry"),
        (500, fault("boom"), "unknown"),
        (504, String::new(), "unknown"),
    ] {
        let error = rig.try_send(&news("sv", "Fel"), &Deed::New, &mut rig.scripted("/rest/posts", status, &body)).unwrap_err();
        assert_eq!(kind(&error), expected, "{status}: {error:?}");
    }
    let silent = rig.try_send(&news("sv", "Fel"), &Deed::New, &mut rig.scripted("/rest/posts", 201, "")).unwrap_err();
    assert_eq!(kind(&silent), "unknown", "taken, and nobody knows where it is");
    let echo = fault("bad token rehearsal-norrvik");
    let error = rig.try_send(&news("sv", "Fel"), &Deed::New, &mut rig.scripted("/rest/posts", 401, &echo)).unwrap_err();
    assert!(!reason(&error).contains("rehearsal-norrvik"));
    let old = Rig::new("linkedin", &[("account", "2414183"), ("version", "202401")]);
    let error = old.try_send(&news("sv", "Fel"), &Deed::New, &mut old.wire()).unwrap_err();
    assert!(matches!(&error, SendError::Account { reason } if reason.contains("raise `version`")), "{error:?}");
}

#[test]
fn the_end_of_a_token_is_told_where_it_can_be_known() {
    let rig = Rig::new("linkedin", OWN);
    let proof = rig.channel.prove(&mut rig.wire()).unwrap();
    assert_eq!((proof.expires, proof.obstacles.len()), (None, 0));
    assert!(proof.seen[0].contains("`expires`"));

    let mut rig = Rig::new("linkedin", OWN);
    rig.settings.own.0.push(("expires", FieldValue::Day(Day::new(2026, 11, 30).unwrap())));
    let proof = rig.again().prove(&mut rig.wire()).unwrap();
    assert_eq!(proof.expires.unwrap().to_string(), "2026-11-30T00:00:00Z");

    let rig = Rig::new("linkedin", &[("account", "2414183"), ("client_id", "app")]);
    let proof = rig.channel.prove(&mut rig.wire()).unwrap();
    assert_eq!(proof.expires.unwrap().as_second(), 1_796_083_200);
    let ended = json!({"active": false, "scope": "r_organization_social"}).to_string();
    let proof = rig.channel.prove(&mut rig.scripted("introspectToken", 200, &ended)).unwrap();
    assert_eq!(proof.obstacles.len(), 2, "{:?}", proof.obstacles);
}

#[test]
fn counts_are_told_and_long_texts_are_passed_over() {
    let rig = Rig::new("linkedin", OWN);
    let receipt = rig.send(&news("sv", "Mätning"), &Deed::New);
    let counts = rig.channel.measure(&receipt, &mut rig.wire()).unwrap();
    assert!(counts.contains(&("views", 640)) && counts.contains(&("clicks", 31)), "{counts:?}");
    let long = news("sv", &"(".repeat(1600));
    let (mut post, key) = rig.post(&long);
    assert!(post.text.starts_with(&long.link), "escapes count");
    post.payload["commentary"] = json!("å".repeat(3001));
    assert_eq!(kind(&rig.channel.send(&post, &Deed::New, &key, &mut rig.wire()).unwrap_err()), "refused");
}

#[test]
fn a_token_that_has_ended_is_renewed_where_linkedin_gives_refresh_tokens() {
    let mut rig = Rig::new("linkedin", &[("account", "2414183"), ("client_id", "app")]);
    rig.settings.secrets.insert("refresh".into(), SecretRef::Env("LINKEDIN_REFRESH".into()));
    let channel = rig.again();
    let (post, key) = rig.post(&news("sv", "Med ny nyckel"));
    rig.mishap(Mishap::Expired);
    let mut wire = rig.wire();
    channel.send(&post, &Deed::New, &key, &mut wire).unwrap();
    assert_eq!(wire.asked, ["Post /rest/posts", "Post /oauth/v2/accessToken", "rotate token", "Post /rest/posts"]);
    assert!(wire.rotated["token"].starts_with("rehearsal-norrvik~"), "{:?}", wire.rotated);
    assert_eq!(rig.shown().len(), 1);
    // The renewed one serves for the rest of the run.
    let (post, key) = rig.post(&news("sv", "En till"));
    channel.send(&post, &Deed::New, &key, &mut wire).unwrap();
    assert_eq!(wire.asked.last().unwrap(), "Post /rest/posts");
    assert_eq!(wire.asked.iter().filter(|asked| asked.contains("accessToken")).count(), 1);
    // A refresh token that has ended too is a person's task, and no secret shows.
    rig.mishap(Mishap::Expired);
    let ended = json!({"error": "invalid_grant", "error_description": "rehearsal-refresh-norrvik has ended"}).to_string();
    let error = rig.again().send(&post, &Deed::New, &key, &mut rig.scripted("accessToken", 400, &ended)).unwrap_err();
    assert!(kind(&error) == "account" && reason(&error).contains("cannot be renewed"), "{error:?}");
    assert!(!reason(&error).contains("rehearsal-refresh"), "{error:?}");
    rig.mishap(Mishap::Expired);
    let error = rig.again().send(&post, &Deed::New, &key, &mut rig.scripted("accessToken", 503, "")).unwrap_err();
    assert_eq!(kind(&error), "retry", "nothing is posted yet");
    // Without one, as before: the channel stops.
    let plain = Rig::new("linkedin", OWN);
    plain.mishap(Mishap::Expired);
    assert_eq!(kind(&plain.try_send(&news("sv", "Slut"), &Deed::New, &mut plain.wire()).unwrap_err()), "account");
}
