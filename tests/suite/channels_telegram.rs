//! Telegram: messages, pictures with words under them, marks, edits, the two days for deleting, rights, the hidden token.

#![allow(clippy::unwrap_used)]

use crate::channels::{news, outside};
use crate::networks::{Rig, kind, later, picture, reason};
use promulgate::model::announcement::{Event, News};
use promulgate::model::transport::{Deed, Delete, LookUp, SendError};
use promulgate::rehearsal::Mishap;
use serde_json::json;
use std::time::Duration;

const OWN: &[(&str, &str)] = &[("account", "@norrvik")];

#[test]
fn a_message_lives_its_whole_life_on_telegram() {
    let rig = Rig::new("telegram", OWN);
    let first = news("sv", "Nattbussar 🚌 *hela* _veckan_ <b>");
    let receipt = rig.send(&first, &Deed::New);
    assert_eq!(receipt.url, format!("https://t.me/norrvik/{}", receipt.id));
    assert_eq!(rig.shown()[0].text, rig.post(&first).0.text, "no mode of markup eats a character");

    let update = later(&first, Event::Updated, "2", "Nu går de även på söndagar");
    let answer = rig.send(&update, &Deed::Reply { to: receipt.clone(), root: receipt.clone() });
    assert_eq!(rig.shown()[1].parent.as_deref(), Some(&*receipt.id));

    let corrected = later(&first, Event::Corrected, "3", "Nattbussar på helgen");
    assert_eq!(rig.send(&corrected, &Deed::Edit(receipt.clone())), receipt);
    assert_eq!(rig.send(&corrected, &Deed::Edit(receipt.clone())), receipt, "what is so already is done");
    assert!(rig.shown()[0].edited && rig.shown()[0].text.starts_with("Nattbussar på helgen"));

    for of in [&answer, &receipt, &receipt] {
        rig.send(&first, &Deed::Delete(of.clone()));
    }
    assert!(rig.shown().is_empty());
    assert_eq!(rig.channel.abilities().delete, Delete::Within(2880));
}

#[test]
fn marks_lie_where_telegram_counts_them() {
    let rig = Rig::new("telegram", OWN);
    let first = news("sv", "👩‍🚒 Övning");
    let (post, _) = rig.post(&first);
    let link = &post.payload["entities"][0];
    assert_eq!((&link["type"], &link["offset"], &link["length"]), (&json!("url"), &json!(5 + 1 + 6 + 2), &json!(first.link.len())));
    assert_eq!(post.payload["entities"][1]["type"], "hashtag");
    assert_eq!(post.payload["link_preview_options"]["url"], *first.link);
}

#[test]
fn pictures_carry_the_words_and_the_words_carry_their_description() {
    let rig = Rig::new("telegram", OWN);
    let one = News { images: vec![picture("Karta över linje 7")], ..news("sv", "Ny linje 7") };
    let receipt = rig.send(&one, &Deed::New);
    let shown = &rig.shown()[0];
    assert!(shown.images.len() == 1 && shown.text.ends_with("🖼 Karta över linje 7"), "{}", shown.text);
    let corrected = later(&one, Event::Corrected, "2", "Linje 7 blir linje 8");
    rig.send(&corrected, &Deed::Edit(receipt.clone()));
    assert!(rig.shown()[0].text.starts_with("Linje 7 blir linje 8"));

    let many = News { images: vec![picture("Karta"), picture("Tidtabell")], ..news("sv", "Två bilder") };
    let album = rig.send(&many, &Deed::New);
    assert_eq!(album.version_id.split(' ').count(), 2, "the other message of the album is remembered: {album:?}");
    let mut wire = rig.wire();
    rig.try_send(&many, &Deed::Delete(album), &mut wire).unwrap();
    assert_eq!(wire.asked.len(), 2, "each message of an album is deleted");
    assert_eq!(rig.shown().len(), 1);
}

#[test]
fn an_alert_gives_up_its_picture_before_its_words() {
    let rig = Rig::new("telegram", OWN);
    let long = News { images: vec![picture("Karta")], ..news("sv", &"Å".repeat(1100)) };
    let (post, _) = rig.post(&long);
    assert_eq!((post.images.len(), post.counted.limit), (1, 1024));
    let (post, _) = rig.post(&News { urgent: true, ..long });
    assert_eq!((post.images.len(), post.counted.limit), (0, 4096));
    assert!(post.text.starts_with("ÅÅÅ"));
    let (mut post, key) = rig.post(&news("sv", "Kort"));
    post.payload["text"] = json!("😀".repeat(2049));
    post.payload["entities"] = json!([]);
    assert_eq!(kind(&rig.channel.send(&post, &Deed::New, &key, &mut rig.wire()).unwrap_err()), "refused", "4,098 units");
}

#[test]
fn what_nobody_knows_waits_for_a_person_and_what_can_be_repeated_does_not() {
    let rig = Rig::new("telegram", OWN);
    let first = news("sv", "Kom det fram?");
    assert_eq!(rig.channel.abilities().look_up, LookUp::None);
    rig.mishap(Mishap::AcceptThenCut);
    assert_eq!(kind(&rig.try_send(&first, &Deed::New, &mut rig.wire()).unwrap_err()), "unknown");
    assert_eq!(kind(&rig.try_find(&first, &Deed::New).unwrap_err()), "unknown");
    let receipt = rig.send(&news("sv", "Nästa"), &Deed::New);
    for deed in [Deed::Edit(receipt.clone()), Deed::Delete(receipt)] {
        rig.mishap(Mishap::AcceptThenCut);
        assert_eq!(kind(&rig.try_send(&first, &deed, &mut rig.wire()).unwrap_err()), "retry", "{deed:?} can be repeated");
        rig.try_send(&first, &deed, &mut rig.wire()).unwrap();
    }
}

#[test]
fn every_documented_error_is_sorted_and_the_token_is_never_told() {
    let rig = Rig::new("telegram", OWN);
    let fault = |code: u16, description: &str| json!({"ok": false, "error_code": code, "description": description}).to_string();
    for (code, description, expected) in [
        (400, "Bad Request: message is too long", "refused"),
        (400, "Bad Request: chat not found", "account"),
        (400, "Bad Request: need administrator rights in the channel chat", "account"),
        (401, "Unauthorized", "account"),
        (403, "Forbidden: bot was kicked from the channel chat", "account"),
        (404, "Not Found", "account"),
        (429, "Too Many Requests: retry after 9", "retry"),
        (500, "Internal Server Error", "unknown"),
    ] {
        let error = rig.try_send(&news("sv", "Fel"), &Deed::New, &mut rig.scripted("/sendMessage", code, &fault(code, description)));
        assert_eq!(kind(&error.unwrap_err()), expected, "{description}");
    }
    let html = rig.try_send(&news("sv", "Fel"), &Deed::New, &mut rig.scripted("/sendMessage", 200, "<html>")).unwrap_err();
    assert_eq!(kind(&html), "unknown");
    let moved = json!({"ok": false, "error_code": 400, "description": "moved", "parameters": {"migrate_to_chat_id": -1007}}).to_string();
    let moved = rig.try_send(&news("sv", "Fel"), &Deed::New, &mut rig.scripted("/sendMessage", 400, &moved)).unwrap_err();
    assert!(matches!(&moved, SendError::Account { reason } if reason.contains("-1007")), "{moved:?}");
    let late = fault(400, "Bad Request: message can't be deleted");
    let receipt = rig.send(&news("sv", "Gammalt"), &Deed::New);
    let late = rig.try_send(&news("sv", "Bort"), &Deed::Delete(receipt), &mut rig.scripted("/deleteMessage", 400, &late)).unwrap_err();
    assert_eq!(kind(&late), "refused");

    rig.mishap(Mishap::TooMany);
    let wait = rig.try_send(&news("sv", "Många"), &Deed::New, &mut rig.wire()).unwrap_err();
    assert!(matches!(wait, SendError::Retry { after: Some(after), .. } if after == Duration::from_secs(9)));

    let echo = fault(400, "wrong: botrehearsal-norrvik");
    let error = rig.try_send(&news("sv", "Fel"), &Deed::New, &mut rig.scripted("/sendMessage", 400, &echo)).unwrap_err();
    assert!(!reason(&error).contains("rehearsal-norrvik"));
    let port = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    let server = format!("http://127.0.0.1:{port}");
    let nobody = Rig::new("telegram", &[("account", "@norrvik"), ("server", &server)]);
    let (post, key) = nobody.post(&news("sv", "Ingen hör"));
    let error = nobody.channel.send(&post, &Deed::New, &key, &mut outside("s3cret")).unwrap_err();
    assert!(kind(&error) == "retry" && !reason(&error).contains("s3cret"), "{error:?}");
}

#[test]
fn rights_that_are_missing_are_told_one_by_one() {
    let rig = Rig::new("telegram", OWN);
    let proof = rig.channel.prove(&mut rig.wire()).unwrap();
    assert_eq!(proof.account, "@norrvik_bot");
    assert!(proof.obstacles.len() == 1 && proof.obstacles[0].contains("delete"), "{:?}", proof.obstacles);
    let guest = Rig::named("guest", "telegram", OWN, &[]);
    assert!(guest.channel.prove(&mut guest.wire()).unwrap().obstacles[0].contains("no administrator"));
}
