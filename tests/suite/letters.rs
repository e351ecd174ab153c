//! E-mail against a real mail server on loopback (aiosmtpd, into a Maildir), against a stand-in, and against servers that
//! say odd things. Python's own parser reads what arrived.

use crate::channels::{announcement, hosts, news, open, settings};
use crate::servers;
use promulgate::io::http::Http;
use promulgate::io::outside::Outside;
use promulgate::model::announcement::{Act, Event, Image, ImageFile, Key, News};
use promulgate::model::ledger::Receipt;
use promulgate::model::record::Value as FieldValue;
use promulgate::model::route::SafePath;
use promulgate::model::settings::ChannelSettings;
use promulgate::model::source::{Asset, AssetBytes};
use promulgate::model::transport::*;
use promulgate::rehearsal::{Mishap, Mishaps, StandIns};
use serde_json::Value;
use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Write};
use std::net::TcpListener;
use std::path::Path;
use std::process::Command;
use std::time::Duration;

/// A way out with a ledger's memory for notes.
pub struct Noted<T: Transport>(pub T, pub BTreeMap<String, String>);

impl<T: Transport> Transport for Noted<T> {
    fn http(&mut self, request: &Request) -> Result<Response, CallError> {
        self.0.http(request)
    }
    fn plugin(&mut self, argv: &[String], lines: &mut dyn FnMut(&str) -> Option<String>, limit: Duration) -> Result<(), CallError> {
        self.0.plugin(argv, lines, limit)
    }
    fn mail(&mut self, mail: &Mail) -> Result<MailAnswer, CallError> {
        self.0.mail(mail)
    }
    fn hand_over(&mut self, kit: &Kit, images: &[Image]) -> Result<String, CallError> {
        self.0.hand_over(kit, images)
    }
    fn noted(&self, name: &str) -> Option<String> {
        self.1.get(name).cloned()
    }
    fn note(&mut self, name: &str, value: &str) -> Result<(), CallError> {
        self.1.insert(name.to_owned(), value.to_owned());
        Ok(())
    }
    fn now(&mut self) -> jiff::Timestamp {
        self.0.now()
    }
    fn secret(&mut self, name: &str) -> Result<Secret, CallError> {
        self.0.secret(name)
    }
    fn image(&mut self, image: &Image) -> Result<Vec<u8>, CallError> {
        self.0.image(image)
    }
    fn in_earnest(&self) -> bool {
        self.0.in_earnest()
    }
}

pub fn channel(server: &str, to: &[&str], more: &[(&'static str, &str)]) -> ChannelSettings {
    let own = [&[("server", server), ("from", "Norrviks kommun <news@norrvik.example>")], more].concat();
    let mut settings = settings("lists", "email", &own);
    let to = to.iter().map(|to| FieldValue::Text((*to).to_owned())).collect();
    settings.own.0.push(("to", FieldValue::List(to)));
    settings.secrets.insert("password".into(), promulgate::model::settings::SecretRef::Env("MAIL_PASSWORD".into()));
    if !more.iter().any(|(name, _)| *name == "user") {
        settings.secrets.clear();
    }
    settings
}

fn out(password: &str) -> Noted<Outside> {
    let password = password.to_owned();
    let secrets = Box::new(move |_: &str| Ok(Secret::new(password.clone())));
    Noted(Outside::in_rehearsal(&servers::mail().folder, Vec::new(), secrets), BTreeMap::new())
}

fn written(settings: &ChannelSettings, news: &News) -> (Box<dyn Channel>, Post, Key) {
    let channel = open(settings);
    let announcement = announcement("email", channel.account(), news);
    let mut posts = channel.compose(&announcement);
    assert!(posts.findings.is_empty(), "{:?}", posts.findings);
    (channel, posts.value.remove(0), announcement.key)
}

pub fn send(settings: &ChannelSettings, news: &News, out: &mut dyn Transport) -> Result<Option<Receipt>, SendError> {
    let (channel, post, key) = written(settings, news);
    channel.send(&post, &Deed::New, &key, out)
}

/// What came with an id: recipients and bytes, once for each time.
fn came(id: &str) -> Vec<(String, Vec<u8>)> {
    let files = std::fs::read_dir(servers::mail().folder.join("raw")).unwrap().map(|file| file.unwrap().path());
    let ours = files.filter(|path| path.file_name().unwrap().to_str().unwrap().starts_with(id));
    let split = |bytes: Vec<u8>| {
        let at = bytes.iter().position(|b| *b == b'\n').unwrap();
        (String::from_utf8(bytes[..at].to_vec()).unwrap(), bytes[at + 1..].to_vec())
    };
    ours.map(|path| split(std::fs::read(path).unwrap())).collect()
}

/// A message as Python's parser reads it.
pub fn read(bytes: &[u8]) -> Value {
    let script = "import sys,json,email,email.policy\nm=email.message_from_bytes(sys.stdin.buffer.read(),policy=email.policy.default)\n\
        print(json.dumps({'head':{k.lower():str(v) for k,v in m.items()},'text':m.get_content(),'faults':[str(d) for d in m.defects]}))";
    let mut child = Command::new("python3")
        .args(["-c", script])
        .stdin(std::process::Stdio::piped())
        .stdout(std::process::Stdio::piped())
        .spawn()
        .unwrap();
    child.stdin.take().unwrap().write_all(bytes).unwrap();
    serde_json::from_slice(&child.wait_with_output().unwrap().stdout).unwrap()
}

pub fn kind(sent: &Result<Option<Receipt>, SendError>) -> &'static str {
    match sent {
        Ok(_) => "sent",
        Err(SendError::Retry { .. }) => "retry",
        Err(SendError::Unknown { .. }) => "unknown",
        Err(SendError::Refused { .. }) => "refused",
        Err(SendError::Person { .. }) => "person",
        Err(SendError::Account { .. }) => "account",
    }
}

#[test]
fn a_message_arrives_whole_with_every_line_and_header() {
    let server = servers::mail();
    let settings = channel(
        &server.plain,
        &["list@norrvik.example", "Pressen <press@norrvik.example>"],
        &[("unsubscribe", "https://norrvik.example/lists/leave/"), ("reply_to", "contact@norrvik.example")],
    );
    let title =
        "Vattnet i Östra Norrvik måste kokas tills vidare, och därför delas vatten ut vid torget, skolan och hamnen varje dag kl. 7–22 🚰";
    let long = format!("{} slut", "ord ".repeat(400));
    let words = format!("Först.\n.en punkt\n..två punkter\n.\nFrån rad fem & <b> = 100 %\n\n{long}");
    let mut news = news("sv", &words);
    news.card.title = title.into();
    let file = Asset { path: SafePath::new("content/map.png").unwrap(), bytes: AssetBytes::BuiltIn(b"x"), picture: None };
    let alt = "Karta över linje 7".to_owned();
    news.images = vec![Image {
        file: ImageFile::Source(file),
        media_type: "image/png",
        alt,
        url: "https://norrvik.example/map.png".into(),
        size: None,
    }];
    let receipt = send(&settings, &news, &mut out("")).unwrap().unwrap();
    let all = came(&receipt.id);
    assert_eq!(all.len(), 1);
    let (to, bytes) = &all[0];
    assert_eq!(to, "list@norrvik.example press@norrvik.example");
    assert!(bytes.is_ascii() && !String::from_utf8(bytes.clone()).unwrap().replace("\r\n", "").contains(['\r', '\n']));
    let seen = read(bytes);
    assert_eq!(seen["faults"], serde_json::json!([]));
    let text = seen["text"].as_str().unwrap().replace("\r\n", "\n");
    assert_eq!(text.trim_end(), format!("{words}\n\n{}\n\n[Karta över linje 7]\nhttps://norrvik.example/map.png", news.link));
    let head = |name: &str| seen["head"][name].as_str().unwrap_or_default().to_owned();
    assert_eq!(head("subject"), title, "whole, however long");
    for (name, value) in [
        ("message-id", format!("<{}>", receipt.id).as_str()),
        ("date", "Tue, 01 Sep 2026 08:00:00 +0000"),
        ("from", "Norrviks kommun <news@norrvik.example>"),
        ("content-language", "sv"),
        ("list-unsubscribe", "<https://norrvik.example/lists/leave/>"),
        ("reply-to", "contact@norrvik.example"),
        ("auto-submitted", "auto-generated"),
        ("precedence", "list"),
    ] {
        assert_eq!(head(name), value, "{name}");
    }
    let delivered = std::fs::read_dir(server.folder.join("maildir/new")).unwrap().map(|file| std::fs::read(file.unwrap().path()).unwrap());
    let ours = delivered.map(|bytes| String::from_utf8_lossy(&bytes).into_owned()).filter(|text| text.contains(&receipt.id)).count();
    assert_eq!(ours, 1, "it lies in the Maildir once");
}

#[test]
fn a_line_that_begins_with_a_dot_arrives_whole_in_plain_ascii_too() {
    let news = news("en", ".one dot\n..two dots\n.");
    let receipt = send(&channel(&servers::mail().plain, &["list@norrvik.example"], &[]), &news, &mut out("")).unwrap().unwrap();
    let text = String::from_utf8(came(&receipt.id)[0].1.clone()).unwrap();
    assert!(text.contains("\r\n\r\n.one dot\r\n..two dots\r\n.\r\n"), "{text}");
}

#[test]
fn encryption_and_login_are_demanded_and_a_wrong_password_stops_the_account() {
    let server = servers::mail();
    let own = [("user", "news"), ("authority", "cert.pem")];
    for door in [&server.starttls, &server.wrapped] {
        let settings = channel(door, &["list@norrvik.example"], &own);
        let right = send(&settings, &news("sv", "Med lösenord"), &mut out("s3cret")).unwrap().unwrap();
        assert_eq!(came(&right.id).len(), 1, "{door}");
        let wrong = send(&settings, &news("sv", "Utan rätt lösenord"), &mut out("wr0ng-password"));
        assert!(matches!(&wrong, Err(SendError::Account { reason }) if reason.contains("535") && !reason.contains("wr0ng")), "{wrong:?}");
        let stranger = channel(door, &["list@norrvik.example"], &own[..1]);
        let distrusted = send(&stranger, &news("sv", "Okänt certifikat"), &mut out("s3cret"));
        assert_eq!(kind(&distrusted), "retry", "{distrusted:?}");
        let silent = channel(door, &["list@norrvik.example"], &own[1..]);
        let nameless = send(&silent, &news("sv", "Utan inloggning"), &mut out("s3cret"));
        assert_eq!(kind(&nameless), "account", "{nameless:?}");
    }
    let asked =
        send(&channel(&server.plain, &["list@norrvik.example"], &own[..1]), &news("sv", "Ingen inloggning här"), &mut out("s3cret"));
    assert_eq!(kind(&asked), "account", "{asked:?}");
    let stripped = server.plain.replace("smtp://", "smtp+starttls://");
    let plain = send(&channel(&stripped, &["list@norrvik.example"], &own), &news("sv", "Ingen kryptering"), &mut out("s3cret"));
    assert_eq!(kind(&plain), "retry", "a server that drops STARTTLS gets nothing: {plain:?}");
}

#[test]
fn what_a_server_says_is_sorted_by_what_to_do() {
    let server = servers::mail();
    let sent = |to: &[&str], title: &str| {
        let mut news = news("sv", "Något");
        news.card.title = title.into();
        let settings = channel(&server.plain, to, &[]);
        let (channel, post, key) = written(&settings, &news);
        let sent = channel.send(&post, &Deed::New, &key, &mut out(""));
        (kind(&sent), came(&format!("{key}@")).len(), channel.find(&post, &Deed::New, &key, &mut out("")))
    };
    assert_eq!(sent(&["bounce@norrvik.example"], "A").0, "refused");
    assert_eq!(sent(&["later@norrvik.example"], "A").0, "retry");
    assert_eq!(sent(&["bounce@norrvik.example", "later@norrvik.example"], "A").0, "retry", "one may still be taken");
    let (full, count, _) = sent(&["list@norrvik.example"], "fault: full");
    assert_eq!((full, count), ("retry", 0));
    let (cut, count, found) = sent(&["list@norrvik.example"], "fault: cut");
    assert_eq!((cut, count), ("unknown", 1), "it was taken and nobody said so");
    assert!(matches!(found, Err(SendError::Unknown { .. })), "nobody can be asked");
    let nobody = send(&channel("smtp://localhost:9", &["list@norrvik.example"], &[]), &news("sv", "Ingen hemma"), &mut out(""));
    assert_eq!(kind(&nobody), "retry");
    let abroad = send(&channel("smtp://mail.norrvik.example", &["list@norrvik.example"], &[]), &news("sv", "Bort"), &mut out(""));
    assert!(matches!(&abroad, Err(SendError::Retry { reason, .. }) if reason.contains("not on this machine")), "{abroad:?}");
}

#[test]
fn who_is_put_off_gets_it_later_and_nobody_twice() {
    let key_of = |settings: &ChannelSettings, news: &News| written(settings, news).2;
    let news = news("sv", "Till tre");
    let one = format!("once-{}@norrvik.example", std::process::id());
    let settings = channel(&servers::mail().plain, &["a@norrvik.example", &one, "bounce@norrvik.example"], &[]);
    let mut out = out("");
    let first = send(&settings, &news, &mut out);
    assert!(matches!(&first, Err(SendError::Retry { reason, .. }) if reason.contains("451") && reason.contains("550")), "{first:?}");
    let second = send(&settings, &news, &mut out);
    let Err(SendError::Person { reason }) = &second else { panic!("{second:?}") };
    assert!(reason.contains("bounce@norrvik.example (550 5.1.1 user unknown)") && !reason.contains("a@norrvik.example"), "{reason}");
    let third = send(&settings, &news, &mut out);
    assert_eq!(kind(&third), "person", "opened again, it tells the same and sends nothing");
    let mut to: Vec<String> = came(&format!("{}@", key_of(&settings, &news))).into_iter().map(|(to, _)| to).collect();
    to.sort();
    assert_eq!(to, ["a@norrvik.example".to_owned(), one]);
}

#[test]
fn a_correction_stands_in_the_thread_of_what_it_corrects() {
    let settings = channel(&servers::mail().plain, &["list@norrvik.example"], &[]);
    let news = news("sv", "Mötet är den 4 mars");
    let (channel, _, first_key) = written(&settings, &news);
    let first = send(&settings, &news, &mut out("")).unwrap().unwrap();
    let corrected = News { event: Event::Corrected, version: "2".into(), ..news.clone() };
    let (_, mut post, key) = written(&settings, &corrected);
    post.announcement.act = Act::Reply { to: first_key.clone(), root: first_key };
    let by_hand =
        Receipt { id: "https://lists.norrvik.example/1".into(), url: "https://lists.norrvik.example/1".into(), version_id: String::new() };
    for target in [first.clone(), by_hand] {
        let deed = Deed::Reply { to: target.clone(), root: target };
        let answer = channel.send(&post, &deed, &key, &mut out("")).unwrap().unwrap();
        let seen = read(&came(&answer.id).pop().unwrap().1);
        assert_eq!(seen["head"]["in-reply-to"], format!("<{}>", first.id), "also where a person told an address");
        assert_eq!(seen["head"]["references"], format!("<{}>", first.id));
        assert_eq!(seen["head"]["subject"], "Re: Night buses all week");
    }
    for deed in [Deed::Edit(first.clone()), Deed::Delete(first)] {
        assert_eq!(kind(&channel.send(&post, &deed, &key, &mut out(""))), "refused");
    }
}

#[test]
fn doctor_asks_for_every_address_and_sends_nothing() {
    let server = servers::mail();
    let settings =
        channel(&server.starttls, &["list@norrvik.example", "bounce@norrvik.example"], &[("user", "news"), ("authority", "cert.pem")]);
    let proof = open(&settings).prove(&mut out("s3cret")).unwrap();
    assert_eq!(proof.account, "news@norrvik.example");
    assert!(proof.obstacles.len() == 1 && proof.obstacles[0].contains("bounce@norrvik.example: 550"), "{proof:?}");
    assert!(came("probe@").is_empty());
    assert!(matches!(open(&settings).prove(&mut out("wrong")), Err(SendError::Account { .. })));
}

/// A server that says what it is told to, whatever it hears.
fn odd(lines: &'static [&'static str]) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    std::thread::spawn(move || {
        let (mut stream, _) = listener.accept().unwrap();
        let mut heard = BufReader::new(stream.try_clone().unwrap());
        for line in lines {
            let _ = stream.write_all(format!("{line}\r\n").as_bytes());
            let _ = heard.read_line(&mut String::new());
        }
    });
    format!("smtp://{address}")
}

#[test]
fn a_password_that_a_server_repeats_is_in_no_reason() {
    let hello = "250-odd\r\n250 AUTH PLAIN LOGIN";
    for (lines, expected) in [
        (&["220 odd", "250-odd\r\n250 AUTH PLAIN LOGIN", "535 no entry with hidden-pass-word"] as &'static [&'static str], "account"),
        (&["220 odd", "250-odd\r\n250 AUTH PLAIN LOGIN", "235 ok", "550 news may not send with hidden-pass-word"], "refused"),
        (&["554 no service, hidden-pass-word"], "account"),
        (&["421 later, hidden-pass-word"], "retry"),
        (&["220 odd", "250-odd\r\n250 AUTH PLAIN LOGIN", "235 ok", "250 ok", "250 ok", "452 full of hidden-pass-word"], "retry"),
        (&["220 odd", "250-odd\r\n250 AUTH PLAIN LOGIN", "hidden-pass-word"], "retry"),
    ] {
        let settings = channel(&odd(lines), &["list@norrvik.example"], &[("user", "news")]);
        let sent = send(&settings, &news("sv", "Något"), &mut out("hidden-pass-word"));
        assert_eq!(kind(&sent), expected, "{lines:?} {sent:?}");
        assert!(!format!("{sent:?}").contains("hidden-pass-word"), "{hello} {sent:?}");
    }
}

#[test]
fn in_a_rehearsal_mail_goes_to_the_stand_in_and_nowhere_else() {
    let folder = tempfile::tempdir().unwrap();
    let stand_ins = StandIns::start(folder.path(), None, Mishaps::none()).unwrap();
    let settings = channel(
        "smtps://mail.norrvik.example",
        &["list@norrvik.example"],
        &[("user", "news"), ("unsubscribe", "https://norrvik.example/leave/")],
    );
    let mut out = stand_ins.outside(Path::new("."), &settings, &hosts(&settings));
    let long = "Å".repeat(1200);
    let first_news = news("sv", &format!("Ett möte = {long}\n.punkt"));
    let (channel, post, key) = written(&settings, &first_news);
    let first = channel.send(&post, &Deed::New, &key, &mut out).unwrap().unwrap();
    let corrected = News { event: Event::Corrected, version: "2".into(), ..first_news.clone() };
    let (_, again, second_key) = written(&settings, &corrected);
    channel.send(&again, &Deed::Reply { to: first.clone(), root: first }, &second_key, &mut out).unwrap();
    let posts = stand_ins.posts();
    assert_eq!(posts.len(), 2);
    assert_eq!(posts[1].parent, Some(posts[0].id.clone()));
    assert!(
        posts[0].text.starts_with("Night buses all week\n\n") && posts[0].text.contains(&long) && posts[0].text.contains("\n.punkt"),
        "{}",
        posts[0].text
    );
    assert_eq!((posts[0].lang.as_str(), posts[0].account.as_str()), ("sv", "lists"));
    for (mishap, expected, arrives) in [
        (Mishap::TooMany, "retry", 0),
        (Mishap::Unauthorised, "account", 0),
        (Mishap::Expired, "retry", 0),
        (Mishap::FailFirst, "retry", 0),
        (Mishap::AcceptThenCut, "unknown", 1),
    ] {
        let before = stand_ins.posts().len();
        stand_ins.mishap(mishap);
        let sent = send(&settings, &news("sv", "Något"), &mut out);
        assert_eq!((kind(&sent), stand_ins.posts().len() - before), (expected, arrives), "{mishap:?} {sent:?}");
    }
    let wrong = Outside::in_rehearsal(
        Path::new("."),
        vec![("smtps://mail.norrvik.example".into(), format!("{}/lists", stand_ins.url("email")))],
        Box::new(|_| Ok(Secret::new("wrong"))),
    );
    assert_eq!(kind(&send(&settings, &news("sv", "Fel lösenord"), &mut Noted(wrong, BTreeMap::new()))), "account");
}

#[test]
fn the_emergency_stop_holds_for_mail() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("STOP"), "taken over").unwrap();
    let mut out = Noted(Outside::in_earnest(folder.path(), Http::new(), Box::new(|_| Err("none".into()))), BTreeMap::new());
    let news = news("sv", "Stopp");
    let settings = channel(&servers::mail().plain, &["list@norrvik.example"], &[]);
    let (_, _, key) = written(&settings, &news);
    let sent = send(&settings, &news, &mut out);
    assert!(matches!(&sent, Err(SendError::Retry { reason, .. }) if reason.contains("STOP")), "{sent:?}");
    assert!(came(&format!("{key}@")).is_empty());
}
