//! Discord, Slack, Teams and Misskey against their stand-ins: a life of a post, lost answers, crashes, every refusal.

#![allow(clippy::unwrap_used)]

use crate::channels::{news, reworded, updated};
use crate::chat::{ALT, Desk, Fragile, Notes, cut_after_every_step, with_picture};
use promulgate::model::announcement::{Event, News};
use promulgate::model::record::Value as FieldValue;
use promulgate::model::transport::{Deed, LookUp, SendError};
use promulgate::rehearsal::Mishap;
use std::time::Duration;

fn discord(mode: &'static str) -> Desk {
    Desk::new("discord", &[("mode", mode), ("channel", "1288000000000000001"), ("guild", "1288000000000000000")], vec![])
}

fn slack(mode: &'static str) -> Desk {
    Desk::new("slack", &[("mode", mode), ("channel", "C0123456789")], vec![])
}

fn misskey() -> Desk {
    Desk::new("misskey", &[("server", "https://misskey.example.se"), ("handle", "norrvik")], vec![])
}

/// Platforms whose own posts can be read.
fn readable() -> [Desk; 3] {
    [discord("bot"), slack("bot"), misskey()]
}

/// Platforms of which nobody learns what became of a lost answer.
fn silent() -> [Desk; 3] {
    [discord("webhook"), slack("webhook"), Desk::new("teams", &[], vec![])]
}

fn told(news: &News) -> News {
    News { event: Event::Corrected, ..reworded(news, "Mötet är den 5 mars & inte den 4") }
}

#[test]
fn a_post_arrives_with_its_picture_and_the_words_of_it() {
    for desk in readable().into_iter().chain(silent()) {
        let first = with_picture(news("sv", "Nattbussar <hela> veckan & lite till"));
        desk.send(&first, &Deed::New);
        let there = desk.there(&first.link);
        assert_eq!(there.len(), 1, "{}", desk.settings.platform);
        assert_eq!(there[0].images[0].1, ALT, "{}", desk.settings.platform);
        assert!(there[0].text.contains("<hela> veckan & lite") || desk.settings.platform == "teams", "{}", there[0].text);
    }
}

#[test]
fn what_can_be_read_is_found_answered_and_taken_away() {
    for desk in readable() {
        let platform = desk.settings.platform.clone();
        assert_eq!(desk.channel.abilities().look_up, LookUp::Link);
        let first = news("sv", "Mötet är den 4 mars & sedan <paus>");
        assert_eq!(desk.find(&first, &Deed::New), None, "{platform}");
        let sent = desk.send(&first, &Deed::New);
        assert_eq!(desk.find(&first, &Deed::New).unwrap().id, sent.id, "{platform}");
        assert_eq!(desk.find(&reworded(&first, "Helt andra ord"), &Deed::New).unwrap().id, sent.id, "{platform}: identity, not text");
        let update = updated(&first, "10:00", "Stormen når kusten");
        let reply = Deed::Reply { to: sent.clone(), root: sent.clone() };
        assert_eq!(desk.find(&update, &reply), None, "{platform}: the post itself is not its reply");
        assert_eq!(desk.find(&update, &Deed::New), None, "{platform}: an update shares the link and is another post");
        let answer = desk.send(&update, &reply);
        assert_eq!(desk.find(&update, &reply).unwrap().id, answer.id, "{platform}");
        let wall = desk.there(&first.link);
        assert!(wall.iter().find(|post| post.id.ends_with(&answer.id)).unwrap().parent.is_some(), "{platform}");
        let edit = Deed::Edit(sent.clone());
        if desk.channel.abilities().edits(0) {
            assert_eq!(desk.find(&told(&first), &edit), None, "{platform}");
            desk.send(&told(&first), &edit);
            assert_eq!(desk.find(&told(&first), &edit).unwrap().id, sent.id, "{platform}");
            assert_eq!(desk.there(&first.link).len(), 2, "{platform}: an edit makes no post");
        } else {
            assert!(matches!(desk.try_send(&told(&first), &edit), Err(SendError::Refused { .. })), "{platform}");
        }
        let delete = Deed::Delete(answer.clone());
        assert_eq!(desk.find(&update, &delete), None, "{platform}");
        desk.send(&update, &delete);
        assert_eq!(desk.find(&update, &delete), Some(answer), "{platform}");
        desk.send(&update, &delete);
        assert_eq!(desk.there(&first.link).len(), 1, "{platform}");
    }
}

#[test]
fn almost_the_same_words_about_another_event_leave_the_question_to_a_person() {
    for desk in [discord("bot"), misskey()] {
        let first = updated(&news("sv", "x"), "1", "Bron över Norrån är stängd hela dagen i morgon");
        desk.send(&first, &Deed::New);
        let (near, key) = desk.post(&updated(&first, "2", "Bron över Norrån är stängd hela dagen i övermorgon"));
        let seen = desk.channel.find(&near, &Deed::New, &key, &mut desk.out());
        assert!(matches!(seen, Err(SendError::Unknown { .. })), "{seen:?}");
    }
}

#[test]
fn a_cut_after_any_step_neither_doubles_nor_loses() {
    for (desk, steps) in readable().into_iter().zip([1, 1, 2]) {
        let made = cut_after_every_step(
            &*desk.channel,
            &desk.settings.platform,
            &|| desk.out(),
            &|| with_picture(news("sv", "Kom det fram?")),
            &|news| desk.there(&news.link).len(),
        );
        assert_eq!(made, steps, "{}", desk.settings.platform);
    }
}

#[test]
fn a_lost_answer_that_nobody_can_look_up_waits_for_a_person() {
    for desk in silent() {
        assert_eq!(desk.channel.abilities().look_up, LookUp::None);
        let (post, key) = desk.post(&news("sv", "Kom det fram?"));
        let lost = desk.channel.send(&post, &Deed::New, &key, &mut Fragile::new(desk.out(), &mut Notes::new(), Some(0)));
        assert!(matches!(lost, Err(SendError::Unknown { .. })), "{lost:?}");
        let seen = desk.channel.find(&post, &Deed::New, &key, &mut desk.out());
        assert!(matches!(seen, Err(SendError::Unknown { .. })), "{seen:?}");
        let sent = desk.send(&news("sv", "Ett till"), &Deed::New);
        let reply = Deed::Reply { to: sent.clone(), root: sent };
        let answer = desk.try_send(&updated(&post.announcement.news, "2", "Ett svar"), &reply);
        assert!(matches!(answer, Err(SendError::Refused { .. })), "{answer:?}");
    }
}

#[test]
fn a_webhook_on_discord_edits_and_deletes_below_its_own_address() {
    let desk = discord("webhook");
    let first = news("sv", "Mötet är den 4 mars");
    let sent = desk.send(&first, &Deed::New);
    assert_eq!(sent.url, format!("https://discord.com/channels/1288000000000000000/hook-norrvik/{}", sent.id));
    desk.send(&told(&first), &Deed::Edit(sent.clone()));
    assert!(desk.there(&first.link)[0].text.starts_with("Mötet är den 5 mars & inte"));
    assert_eq!(desk.find(&told(&first), &Deed::Edit(sent.clone())), Some(sent.clone()));
    desk.send(&first, &Deed::Delete(sent.clone()));
    desk.send(&first, &Deed::Delete(sent.clone()));
    assert_eq!(desk.find(&first, &Deed::Delete(sent.clone())), Some(sent));
    assert_eq!(desk.there(&first.link).len(), 0);
    // A thread is named in the address, and stays there.
    let (post, key) = desk.post(&first);
    let threaded = format!("{}/api/webhooks/77/rehearsal-norrvik?thread_id=9", desk.stand_ins.url("discord"));
    desk.channel.send(&post, &Deed::New, &key, &mut desk.out_with(&threaded)).unwrap();
    assert_eq!(desk.there(&first.link).len(), 1);
}

#[test]
fn a_nonce_makes_a_quick_repeat_the_same_message() {
    let desk = discord("bot");
    let first = news("sv", "En gång");
    assert_eq!(desk.send(&first, &Deed::New), desk.send(&first, &Deed::New));
    assert_eq!(desk.there(&first.link).len(), 1);
}

#[test]
fn refusals_are_sorted_by_what_to_do() {
    for (desk, seconds) in readable().into_iter().chain(silent()).zip([1.337, 30.0, 300.0, 1.337, 30.0, 20.0]) {
        let platform = desk.settings.platform.clone();
        let limited = desk.after(Mishap::TooMany);
        assert!(
            matches!(limited, SendError::Retry { after: Some(after), .. } if after == Duration::from_secs_f64(seconds)),
            "{platform}: {limited:?}"
        );
        for mishap in [Mishap::FailFirst, Mishap::AcceptThenFail, Mishap::AcceptThenCut] {
            let error = desk.after(mishap);
            assert!(matches!(error, SendError::Unknown { .. }), "{platform}: {error:?}");
        }
    }
    for desk in readable() {
        assert!(matches!(desk.after(Mishap::Unauthorised), SendError::Account { .. }), "{}", desk.settings.platform);
        assert!(matches!(desk.after(Mishap::Expired), SendError::Account { .. }), "{}", desk.settings.platform);
    }
}

#[test]
fn no_refusal_repeats_a_secret() {
    for desk in readable() {
        let (post, key) = desk.post(&news("sv", "Det här når ingen"));
        let wrong = desk.channel.send(&post, &Deed::New, &key, &mut desk.out_with("s3cret-token")).unwrap_err();
        assert!(matches!(&wrong, SendError::Account { reason } if !reason.contains("s3cret")), "{wrong:?}");
    }
    let gone = ["/api/webhooks/77/s3cret", "/services/T0/B0/s3cret", "/workflows/s3cret/triggers/manual/paths/invoke?sig=s3cret"];
    for (desk, path) in silent().into_iter().zip(gone) {
        let (post, key) = desk.post(&news("sv", "Det här når ingen"));
        let address = format!("{}{path}", desk.stand_ins.url(&desk.settings.platform));
        let wrong = desk.channel.send(&post, &Deed::New, &key, &mut desk.out_with(&address)).unwrap_err();
        assert!(matches!(&wrong, SendError::Account { reason } if !reason.contains("s3cret")), "{wrong:?}");
        let far = desk.channel.send(&post, &Deed::New, &key, &mut desk.out_with("https://hooks.example/s3cret")).unwrap_err();
        assert!(matches!(&far, SendError::Retry { reason, .. } if !reason.contains("s3cret")), "{far:?}");
        assert!(!post.payload.to_string().contains("rehearsal-") && !desk.channel.account().contains("rehearsal-"));
    }
}

#[test]
fn limits_are_counted_as_the_networks_count_them() {
    let long = |length: usize| news("sv", &"å".repeat(length));
    for (desk, limit) in [(discord("bot"), 2000), (slack("bot"), 3000), (misskey(), 3000)] {
        let link = long(1).link.chars().count() + 2;
        let fits = long(limit - link - 2);
        let (post, _) = desk.post(&fits);
        assert!(post.text.starts_with('å') && post.counted.used <= limit, "{}", desk.settings.platform);
        desk.send(&fits, &Deed::New);
        let (post, key) = desk.post(&long(limit + 1));
        assert!(post.text.starts_with("https://"), "the wording that does not fit is passed over");
        // The server says the same of a text that was never counted.
        let mut post = post;
        for field in ["content", "text"] {
            if post.payload.get(field).is_some() {
                post.payload[field] = "å".repeat(40_001).into();
            }
        }
        let sent = desk.channel.send(&post, &Deed::New, &key, &mut desk.out());
        assert!(matches!(sent, Err(SendError::Refused { .. })), "{sent:?}");
    }
    let amps = News { wordings: vec!["&".repeat(700), "kort".into()], ..long(1) };
    assert_eq!(slack("bot").post(&amps).0.text, "kort", "Slack counts a sign as it is escaped");
    let desk = Desk::new("teams", &[], vec![]);
    assert!(desk.post(&long(20_000)).0.text.starts_with("https://"), "28 KB are bytes");
}

#[test]
fn accounts_are_proven_by_questions_alone() {
    let proven = |desk: &Desk| desk.channel.prove(&mut desk.out()).unwrap();
    for (desk, account) in
        [(discord("bot"), "norrvik"), (discord("webhook"), "norrvik"), (slack("bot"), "norrvik (Norrvik)"), (misskey(), "@norrvik")]
    {
        let proof = proven(&desk);
        assert_eq!((proof.account.as_str(), proof.obstacles.len()), (account, 0), "{}", desk.settings.platform);
        assert_eq!(desk.stand_ins.posts().len(), 0);
    }
    let lost = [
        Desk::new("discord", &[("mode", "bot"), ("channel", "0")], vec![]),
        Desk::new("slack", &[("mode", "bot"), ("channel", "CX1")], vec![]),
        Desk::new("misskey", &[("server", "https://misskey.example.se")], vec![("limit", FieldValue::Count(5000))]),
    ];
    for desk in lost {
        assert_eq!(proven(&desk).obstacles.len(), 1, "{}", desk.settings.platform);
    }
}

#[test]
fn misskey_tells_how_often_a_note_was_liked() {
    let desk = misskey();
    let sent = desk.send(&news("sv", "Hur gick det?"), &Deed::New);
    assert_eq!(desk.channel.measure(&sent, &mut desk.out()).unwrap(), [("likes", 3), ("reposts", 0), ("replies", 0)]);
}
