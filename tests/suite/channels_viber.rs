//! Viber: posts in the owner's name, statuses in place of HTTP errors, bytes, pictures, what it cannot do.

#![allow(clippy::unwrap_used)]

use crate::channels::news;
use crate::networks::{Rig, kind, picture, reason};
use promulgate::model::announcement::News;
use promulgate::model::transport::{Deed, LookUp};
use promulgate::rehearsal::Mishap;
use serde_json::json;

const OWN: &[(&str, &str)] = &[("account", "norrvik")];

#[test]
fn a_post_is_made_in_the_owner_s_name_and_never_touched_again() {
    let rig = Rig::new("viber", OWN);
    let first = news("sv", "Nattbussar hela veckan");
    let mut wire = rig.wire();
    let receipt = rig.try_send(&first, &Deed::New, &mut wire).unwrap();
    assert!(receipt.id.starts_with("57413118035717") && receipt.url.is_empty());
    rig.try_send(&news("sv", "En till"), &Deed::New, &mut wire).unwrap();
    assert_eq!(wire.asked, ["Post /pa/get_account_info", "Post /pa/post", "Post /pa/post"], "the owner is asked for once");
    assert_eq!(rig.shown().len(), 2);
    assert_eq!(rig.channel.abilities().look_up, LookUp::None);
    for deed in [Deed::Edit(receipt.clone()), Deed::Delete(receipt.clone()), Deed::Reply { to: receipt.clone(), root: receipt }] {
        assert_eq!(kind(&rig.try_send(&first, &deed, &mut rig.wire()).unwrap_err()), "refused");
        assert_eq!(kind(&rig.try_find(&first, &deed).unwrap_err()), "unknown");
    }
}

#[test]
fn a_picture_goes_by_its_public_address_with_its_words_in_the_text() {
    let rig = Rig::new("viber", OWN);
    rig.send(&News { images: vec![picture("Karta över linje 7")], ..news("sv", "Ny linje 7") }, &Deed::New);
    let shown = &rig.shown()[0];
    assert_eq!(shown.images[0].0, "https://norrvik.example/decisions/2026/map.jpg");
    assert!(shown.text.ends_with("🖼 Karta över linje 7"), "{}", shown.text);
    let png =
        News { images: vec![promulgate::model::announcement::Image { media_type: "image/png", ..picture("Karta") }], ..news("sv", "Png") };
    assert_eq!(rig.post(&png).0.payload["type"], "text", "Viber shows JPEG only");
    let long = News { images: vec![picture("Karta")], ..news("sv", &"Å".repeat(900)) };
    assert_eq!(rig.post(&long).0.payload["type"], "text", "no word is given up for a picture");
}

#[test]
fn a_text_is_counted_in_characters_and_in_bytes() {
    let rig = Rig::new("viber", OWN);
    let (post, key) = rig.post(&news("sv", &"a".repeat(6900)));
    assert_eq!(post.counted.unit, "characters");
    rig.channel.send(&post, &Deed::New, &key, &mut rig.wire()).unwrap();
    let (wide, escaped) = (news("ka", &"😀".repeat(6900)), news("sv", &"\u{1}".repeat(6900)));
    assert_eq!(rig.post(&wide).0.text, wide.wordings[0], "27,600 bytes fit");
    assert_eq!(rig.post(&escaped).0.text, escaped.link, "41,400 bytes do not");
}

#[test]
fn every_documented_status_is_sorted() {
    let rig = Rig::new("viber", OWN);
    for (status, expected) in [
        (1, "account"),
        (2, "account"),
        (3, "refused"),
        (4, "refused"),
        (7, "account"),
        (8, "account"),
        (10, "account"),
        (12, "retry"),
        (13, "refused"),
        (20, "refused"),
        (99, "unknown"),
    ] {
        let body = json!({"status": status, "status_message": "for rehearsal-norrvik"}).to_string();
        let error = rig.try_send(&news("sv", "Fel"), &Deed::New, &mut rig.scripted("/pa/post", 200, &body)).unwrap_err();
        assert_eq!(kind(&error), expected, "{status}: {error:?}");
        assert!(!reason(&error).contains("rehearsal-norrvik"));
    }
    let html = rig.try_send(&news("sv", "Fel"), &Deed::New, &mut rig.scripted("/pa/post", 502, "<html>")).unwrap_err();
    assert_eq!(kind(&html), "unknown");
    rig.mishap(Mishap::AcceptThenCut);
    assert_eq!(kind(&rig.try_send(&news("sv", "Kom det fram?"), &Deed::New, &mut rig.wire()).unwrap_err()), "unknown");
    let before = rig.again();
    let (post, key) = rig.post(&news("sv", "Fel"));
    let error = before.send(&post, &Deed::New, &key, &mut rig.scripted("get_account_info", 500, "")).unwrap_err();
    assert_eq!(kind(&error), "retry", "nothing is posted before the owner is known");
}

#[test]
fn a_channel_without_its_webhook_is_told_so() {
    let rig = Rig::new("viber", OWN);
    let proof = rig.channel.prove(&mut rig.wire()).unwrap();
    assert_eq!((proof.account.as_str(), proof.obstacles.len()), ("norrvik", 0));
    let new = Rig::named("new", "viber", OWN, &[]);
    assert!(new.channel.prove(&mut new.wire()).unwrap().obstacles[0].contains("webhook"));
    let error = new.try_send(&news("sv", "Först"), &Deed::New, &mut new.wire()).unwrap_err();
    assert!(kind(&error) == "account" && reason(&error).contains("webhook"), "{error:?}");
}
