//! VK: posts with link and pictures, errors within good answers, comments, edits that keep pictures, safe uploads.

#![allow(clippy::unwrap_used)]

use crate::channels::news;
use crate::networks::{Rig, kind, later, picture, reason, reworded};
use promulgate::model::announcement::{Event, News};
use promulgate::model::transport::{Deed, SendError};
use promulgate::rehearsal::Mishap;
use serde_json::json;
use std::time::Duration;

const OWN: &[(&str, &str)] = &[("account", "22822305")];

#[test]
fn a_post_lives_its_whole_life_on_vk() {
    let rig = Rig::new("vk", OWN);
    let first = news("ru", "Ночные автобусы & прочее <b>");
    let receipt = rig.send(&first, &Deed::New);
    assert_eq!(receipt.url, format!("https://vk.com/wall-22822305_{}", receipt.id));
    assert_eq!(rig.find(&first, &Deed::New), Some(receipt.clone()));
    assert_eq!(rig.send(&first, &Deed::New), receipt, "the same guid is the same post");

    let update = later(&first, Event::Updated, "2", "Теперь и по воскресеньям");
    let deed = Deed::Reply { to: receipt.clone(), root: receipt.clone() };
    assert_eq!(rig.find(&update, &deed), None);
    let comment = rig.send(&update, &deed);
    assert_eq!(rig.find(&update, &deed), Some(comment.clone()));
    let below = later(&first, Event::Resolved, "4", "Всё как обычно");
    let deed = Deed::Reply { to: comment.clone(), root: receipt.clone() };
    let third = rig.send(&below, &deed);
    assert_eq!(rig.find(&below, &deed), Some(third));
    assert_eq!(rig.shown().len(), 3);

    for (of, text) in [(&comment, "И по субботам"), (&receipt, "Автобусы по выходным")] {
        let corrected = later(&first, Event::Corrected, "3", text);
        rig.is_changed_and_taken_away(&corrected, of);
    }
}

#[test]
fn pictures_survive_every_cut_and_every_edit() {
    let own = || News { images: vec![picture("Карта"), picture("Расписание")], ..news("ru", "Линия 7") };
    Rig::survives_every_cut("vk", OWN, &own);
    let rig = Rig::new("vk", OWN);
    let first = own();
    let receipt = rig.send(&first, &Deed::New);
    assert!(rig.shown()[0].text.ends_with("🖼 Карта\n\n🖼 Расписание"), "{}", rig.shown()[0].text);
    rig.send(&later(&News { images: Vec::new(), ..first }, Event::Corrected, "2", "Линия 8"), &Deed::Edit(receipt));
    assert_eq!(rig.shown()[0].images.len(), 2, "an edit keeps the pictures");
}

#[test]
fn bytes_go_to_safe_addresses_only() {
    let rig = Rig::new("vk", OWN);
    let answer = json!({"response": {"upload_url": "http://pu.vk.example/upload"}}).to_string();
    let mut wire = rig.scripted("getWallUploadServer", 200, &answer);
    let refused = rig.try_send(&News { images: vec![picture("Карта")], ..news("ru", "Линия 7") }, &Deed::New, &mut wire).unwrap_err();
    assert_eq!(kind(&refused), "refused");
    assert_eq!(wire.asked, ["Post /method/photos.getWallUploadServer"]);
}

#[test]
fn a_lost_answer_is_unknown_and_the_wall_tells() {
    for mishap in [Mishap::AcceptThenCut, Mishap::AcceptThenFail] {
        let rig = Rig::new("vk", OWN);
        let first = news("ru", "Отключение воды");
        rig.mishap(mishap);
        assert_eq!(kind(&rig.try_send(&first, &Deed::New, &mut rig.wire()).unwrap_err()), "unknown");
        assert!(rig.find(&first, &Deed::New).is_some());
        assert!(rig.find(&reworded(&first, "Совсем другими словами"), &Deed::New).is_some());
        assert_eq!(rig.find(&later(&first, Event::Reminder, "r", "Совсем другими словами"), &Deed::New), None);
        assert_eq!(rig.find(&news("ru", "Никогда"), &Deed::New), None);
    }
}

#[test]
fn every_documented_error_is_sorted() {
    let rig = Rig::new("vk", OWN);
    for (code, expected) in [
        (1, "unknown"),
        (10, "unknown"),
        (5, "account"),
        (7, "account"),
        (6, "retry"),
        (9, "retry"),
        (29, "retry"),
        (14, "person"),
        (17, "person"),
        (15, "refused"),
        (100, "refused"),
        (203, "refused"),
        (214, "refused"),
        (220, "refused"),
        (222, "refused"),
        (224, "refused"),
    ] {
        let body = json!({"error": {"error_code": code, "error_msg": "for rehearsal-norrvik"}}).to_string();
        let error = rig.try_send(&news("ru", "Ошибка"), &Deed::New, &mut rig.scripted("wall.post", 200, &body)).unwrap_err();
        assert_eq!(kind(&error), expected, "{code}: {error:?}");
        assert!(!reason(&error).contains("rehearsal-norrvik"), "{error:?}");
    }
    let send = |status: u16, body: &str| {
        rig.try_send(&news("ru", "Ошибка"), &Deed::New, &mut rig.scripted("wall.post", status, body)).unwrap_err()
    };
    assert_eq!((kind(&send(502, "")), kind(&send(200, "{}")), kind(&send(200, "<html>"))), ("unknown", "unknown", "unknown"));
    let flood = send(200, &json!({"error": {"error_code": 6, "error_msg": "slow down"}}).to_string());
    assert!(matches!(flood, SendError::Retry { after: Some(after), .. } if after == Duration::from_secs(1)));
}

#[test]
fn what_a_token_may_do_is_told_and_counts_too() {
    let rig = Rig::new("vk", OWN);
    let proof = rig.channel.prove(&mut rig.wire()).unwrap();
    assert_eq!((proof.account.as_str(), proof.obstacles.len()), ("Norrvik", 0));
    assert_eq!(proof.seen, ["The token is that of Press Desk."]);
    let barred = json!({"response": {"groups": [{"id": 1, "name": "Norrvik", "can_post": 0}]}}).to_string();
    assert_eq!(rig.channel.prove(&mut rig.scripted("groups.getById", 200, &barred)).unwrap().obstacles.len(), 1);
    let receipt = rig.send(&news("ru", "Счёт"), &Deed::New);
    let counts = rig.channel.measure(&receipt, &mut rig.wire()).unwrap();
    assert_eq!(counts, [("views", 512), ("likes", 4), ("reposts", 4), ("replies", 4)]);
}

#[test]
fn what_goes_to_the_wall_holds_no_token() {
    let rig = Rig::new("vk", OWN);
    let (post, _) = rig.post(&news("ru", "Линия 7"));
    assert!(!post.payload.to_string().contains("rehearsal") && !rig.channel.account().contains("rehearsal"));
    assert_eq!(post.payload["owner_id"], "-22822305");
}
