//! E-mail through a real Postfix on loopback, over STARTTLS with a certificate of a test's own authority, into Maildirs; what
//! arrived is read by Python's parser. What another server says is in `letters`.

#![allow(clippy::unwrap_used)]

use crate::channels::news;
use crate::earnest::Town;
use crate::letters::{Noted, channel, kind, read, send};
use crate::servers::{self, Postfix};
use promulgate::io::outside::Outside;
use promulgate::model::settings::ChannelSettings;
use promulgate::model::transport::{Secret, SendError};
use std::collections::BTreeMap;
use std::time::{Duration, Instant};

/// Letters with a text in them that lie in a Maildir.
fn delivered(server: &Postfix, name: &str, text: &str) -> Vec<Vec<u8>> {
    let letters = std::fs::read_dir(server.folder.join(format!("mail/{name}/new"))).into_iter().flatten();
    let letters = letters.map(|file| std::fs::read(file.unwrap().path()).unwrap());
    letters.filter(|bytes| String::from_utf8_lossy(bytes).contains(text)).collect()
}

/// Waits until Postfix has nothing left to deliver: then whatever was taken lies where it belongs.
fn settled(server: &Postfix) {
    let begun = Instant::now();
    let waits = |queue: &str| {
        let mut folders = vec![server.folder.join("queue").join(queue)];
        while let Some(folder) = folders.pop() {
            for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
                match entry.file_type() {
                    Ok(kind) if kind.is_dir() => folders.push(entry.path()),
                    _ => return true,
                }
            }
        }
        false
    };
    while ["maildrop", "incoming", "active", "deferred"].into_iter().any(waits) {
        assert!(begun.elapsed() < Duration::from_secs(60), "{}", std::fs::read_to_string(server.folder.join("log")).unwrap_or_default());
        std::thread::park_timeout(Duration::from_millis(50));
    }
}

fn out() -> Noted<Outside> {
    let secrets = Box::new(|_: &str| Ok(Secret::new("none")));
    Noted(Outside::in_rehearsal(&servers::postfix().folder, Vec::new(), secrets), BTreeMap::new())
}

fn to(recipients: &[&str]) -> ChannelSettings {
    channel(&servers::postfix().starttls, recipients, &[("authority", "ca.pem")])
}

#[test]
fn what_the_program_publishes_is_delivered_once_and_reads_as_it_was_written() {
    let server = servers::postfix();
    let list =
        format!("platform: email, server: '{}', from: 'Norrviks kommun <news@norrvik.example>', to: reader@city.test", server.starttls);
    let town = Town::new(&format!("{list}, authority: authority.pem"));
    std::fs::copy(server.folder.join("ca.pem"), town.sandbox.path("authority.pem")).unwrap();
    let title = "Färjan över Norrviken går varje halvtimme, även söndagar – från den 1 december";
    let link = town.decide("ferry", title, "Från den 1 december går färjan var 30:e minut. Biljetten kostar 25 kronor.", "");
    for _ in 0..2 {
        let said = town.sandbox.run(&["publish", "--wait-live", "10s"]);
        assert_eq!(said.code, 0, "{}{}", said.stdout, said.stderr);
    }
    settled(server);
    let letters = delivered(server, "reader", &link);
    assert_eq!(letters.len(), 1, "published twice, delivered once");
    let seen = read(&letters[0]);
    assert_eq!(seen["faults"], serde_json::json!([]));
    let head = |name: &str| seen["head"][name].as_str().unwrap_or_default().to_owned();
    assert_eq!(head("subject"), title);
    assert_eq!((head("delivered-to").as_str(), head("content-language").as_str()), ("reader@city.test", "sv"));
    assert!(head("received").contains("using TLSv1.3") && head("received").contains("by mail.city.test (Postfix)"), "{}", head("received"));
    let text = seen["text"].as_str().unwrap();
    assert!(text.contains("var 30:e minut. Biljetten kostar 25 kronor.") && text.contains(&link), "{text}");
    // An authority that nobody named is no authority.
    town.set(&list);
    let said = town.sandbox.run(&["doctor"]);
    assert!(
        said.code == 5 && said.stdout.contains("certificate") && said.stdout.contains("`authority:`"),
        "{}{}",
        said.stdout,
        said.stderr
    );
}

#[test]
fn lines_with_dots_and_long_lines_come_through_whole() {
    let server = servers::postfix();
    let words = format!("Först.\n.en punkt\n..två\n.\nFrån rad fem\n\n{}", "ord ".repeat(700).trim_end());
    let receipt = send(&to(&["other@city.test"]), &news("sv", &words), &mut out()).unwrap().unwrap();
    settled(server);
    let letters = delivered(server, "other", &receipt.id);
    assert_eq!(letters.len(), 1);
    let text = read(&letters[0])["text"].as_str().unwrap().replace("\r\n", "\n");
    assert!(text.starts_with(&words), "{text}");
}

#[test]
fn a_recipient_that_postfix_does_not_know_is_refused_and_the_others_get_it() {
    let server = servers::postfix();
    let nobody = send(&to(&["nobody@city.test"]), &news("sv", "Till ingen"), &mut out());
    assert!(matches!(&nobody, Err(SendError::Refused { reason }) if reason.contains("550")), "{nobody:?}");
    let elsewhere = send(&to(&["someone@elsewhere.example"]), &news("sv", "Någon annanstans"), &mut out());
    assert!(matches!(&elsewhere, Err(SendError::Refused { reason }) if reason.contains("554")), "{elsewhere:?}");
    let news = news("sv", "Till en av två");
    let mut out = out();
    let both = send(&to(&["reader@city.test", "nobody@city.test"]), &news, &mut out);
    assert!(matches!(&both, Err(SendError::Person { reason }) if reason.contains("nobody@city.test (550")), "{both:?}");
    let again = send(&to(&["reader@city.test", "nobody@city.test"]), &news, &mut out);
    assert_eq!(kind(&again), "person", "{again:?}");
    settled(server);
    assert_eq!(delivered(server, "reader", &news.link).len(), 1, "who has it gets it no second time");
}

#[test]
fn a_greylist_is_waited_for_and_then_the_letter_comes_once() {
    let server = servers::postfix();
    let (news, mut out) = (news("sv", "Genom en grålista"), out());
    let recipients = to(&["grey@city.test", "other@city.test"]);
    let first = send(&recipients, &news, &mut out);
    let Err(SendError::Retry { after: Some(after), reason }) = &first else { panic!("{first:?}") };
    assert!(reason.contains("450") && reason.contains("Greylisted") && after.as_secs() >= 60, "{reason} {after:?}");
    settled(server);
    assert_eq!((delivered(server, "grey", &news.link).len(), delivered(server, "other", &news.link).len()), (0, 1));
    send(&recipients, &news, &mut out).unwrap();
    settled(server);
    assert_eq!((delivered(server, "grey", &news.link).len(), delivered(server, "other", &news.link).len()), (1, 1), "each has it once");
}

#[test]
fn what_wants_encryption_gets_nothing_without_it() {
    let server = servers::postfix();
    let bare = server.starttls.replace("smtp+starttls:", "smtp:");
    let news = news("sv", "Utan kryptering");
    let refused = send(&channel(&bare, &["reader@city.test"], &[]), &news, &mut out());
    assert!(
        matches!(&refused, Err(SendError::Account { reason } | SendError::Refused { reason }) if reason.contains("530")),
        "{refused:?}"
    );
    let plain = send(&channel(&server.plain, &["reader@city.test"], &[]), &news, &mut out());
    assert!(plain.is_ok(), "{plain:?}");
    settled(server);
    assert_eq!(delivered(server, "reader", &news.link).len(), 1);
}
