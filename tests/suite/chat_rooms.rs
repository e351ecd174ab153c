//! Matrix and Nostr: the stand-ins and the real servers keep one contract. Synapse and a Nostr relay are started on loopback.

#![allow(clippy::unwrap_used, clippy::print_stderr)]

use crate::channels::{news, open, outside, reworded, settings, updated};
use crate::chat::{ALT, Desk, Fragile, Notes, ask, cut_after_every_step, post, with_picture};
use crate::servers;
use promulgate::channels::nostr_event::Keys;
use promulgate::io::outside::Outside;
use promulgate::io::socket::{Reach, talk};
use promulgate::model::announcement::{Event, News};
use promulgate::model::ledger::Receipt;
use promulgate::model::record::Value as FieldValue;
use promulgate::model::transport::{CallError, Channel, Deed, Method, Request, Secret, SendError, Talk, Transport};
use promulgate::rehearsal::Mishap;
use serde_json::{Value, json};
use std::time::Duration;

const ROOM: &str = "!Norrvik:rehearsal.example";

/// A room on a server that is there already.
struct Room {
    channel: Box<dyn Channel>,
    url: String,
    room: String,
    token: String,
    _desk: Option<Desk>,
}

impl Room {
    fn stand_in() -> Room {
        let desk = Desk::new("matrix", &[("server", "https://matrix.example.se"), ("room", ROOM)], vec![]);
        let url = desk.stand_ins.url("matrix");
        let channel = open(&settings("norrvik", "matrix", &[("server", &url), ("room", ROOM)]));
        Room { channel, url, room: ROOM.into(), token: "rehearsal-norrvik".into(), _desk: Some(desk) }
    }

    fn synapse() -> Room {
        let real = servers::synapse();
        let channel = open(&settings("norrvik", "matrix", &[("server", &real.url), ("room", &real.handle)]));
        Room { channel, url: real.url.clone(), room: real.handle.clone(), token: real.secret.clone(), _desk: None }
    }

    fn out(&self) -> Outside {
        outside(&self.token)
    }

    fn send(&self, news: &News, deed: &Deed) -> Receipt {
        let (post, key) = post(&*self.channel, "matrix", news);
        self.channel.send(&post, deed, &key, &mut self.out()).unwrap().unwrap()
    }

    fn find(&self, news: &News, deed: &Deed) -> Option<Receipt> {
        let (post, key) = post(&*self.channel, "matrix", news);
        self.channel.find(&post, deed, &key, &mut self.out()).unwrap()
    }

    fn get(&self, path: &str) -> (u16, Value) {
        let room = self.room.replace('!', "%21").replace(':', "%3A");
        let url = format!("{}/_matrix/client/v3/rooms/{room}/{path}", self.url);
        ask(&mut self.out(), Request::new(Method::Get, url).bearer(&Secret::new(&self.token)))
    }

    fn shown(&self, id: &str) -> Value {
        self.get(&format!("event/{}", id.replace('$', "%24"))).1
    }

    /// The messages of the room that are there, the newest first.
    fn messages(&self) -> Vec<Value> {
        let (_, page) = self.get("messages?dir=b&limit=100");
        page["chunk"].as_array().unwrap().iter().filter(|event| event["content"]["body"].is_string()).cloned().collect()
    }

    fn count(&self, link: &str) -> usize {
        let new = |event: &&Value| event["content"]["m.relates_to"]["rel_type"] != "m.replace";
        self.messages().iter().filter(new).filter(|event| event["content"]["body"].as_str().unwrap().contains(link)).count()
    }
}

fn keep_the_contract_of_matrix(room: &Room) {
    let first = news("sv", "Nattbussar <hela> veckan & lite till");
    let sent = room.send(&first, &Deed::New);
    let shown = room.shown(&sent.id);
    let html = shown["content"]["formatted_body"].as_str().unwrap();
    assert!(html.contains("&lt;hela&gt; veckan &amp;") && html.contains(&format!("<a href=\"{}\">", first.link)), "{html}");
    assert!(shown["content"]["body"].as_str().unwrap().ends_with(&first.link));
    assert!(sent.url.starts_with("https://matrix.to/#/"), "{}", sent.url);
    assert_eq!(room.send(&first, &Deed::New).id, sent.id, "a repeat with the same transaction is the same event");
    assert_eq!(room.send(&reworded(&first, "Med andra ord"), &Deed::New).id, sent.id, "identity, not text");
    assert_eq!(room.count(&first.link), 1);
    assert_eq!(room.find(&first, &Deed::New).unwrap().id, sent.id);
    assert_eq!(room.find(&reworded(&first, "Helt nya ord"), &Deed::New).unwrap().id, sent.id, "the key is looked for");
    assert_eq!(room.find(&news("sv", "Aldrig skickat"), &Deed::New), None);

    let update = updated(&first, "10:00", "Stormen når kusten");
    let reply = Deed::Reply { to: sent.clone(), root: sent.clone() };
    assert_eq!(room.find(&update, &reply), None, "the post itself is not its reply");
    let answer = room.send(&update, &reply);
    assert_eq!(room.find(&update, &reply).unwrap().id, answer.id);
    let relation = &room.shown(&answer.id)["content"]["m.relates_to"];
    assert_eq!((&relation["rel_type"], &relation["event_id"]), (&json!("m.thread"), &json!(sent.id)));

    let corrected = News { event: Event::Corrected, ..reworded(&first, "Nattbussar från 13 november") };
    let edit = Deed::Edit(sent.clone());
    assert_eq!(room.find(&corrected, &edit), None, "not edited yet");
    assert_eq!(room.send(&corrected, &edit), sent);
    assert_eq!(room.find(&corrected, &edit), Some(sent.clone()));
    let replaced = room.messages().into_iter().find(|event| event["content"]["m.relates_to"]["rel_type"] == "m.replace").unwrap();
    assert_eq!(replaced["content"]["m.new_content"]["body"], *corrected.wordings[0]);

    let drawn = with_picture(news("sv", "Ny linje 7"));
    let pictured = room.send(&drawn, &Deed::New);
    let picture = room.shown(&pictured.version_id);
    assert_eq!(picture["content"]["body"], ALT);
    assert_eq!(picture["content"]["filename"], "map.png");
    assert_eq!(room.find(&drawn, &Deed::New).unwrap(), pictured, "the look-up knows the picture too");

    let delete = Deed::Delete(pictured.clone());
    assert_eq!(room.find(&drawn, &delete), None, "still there");
    room.send(&drawn, &delete);
    assert_eq!(room.find(&drawn, &delete), Some(pictured.clone()));
    room.send(&drawn, &delete);
    assert!(room.shown(&pictured.version_id)["content"]["body"].is_null(), "the picture went with its text");
    assert_eq!(room.count(&drawn.link), 0);

    let (one, key) = post(&*room.channel, "matrix", &news("sv", "Ingen får läsa"));
    let wrong = room.channel.send(&one, &Deed::New, &key, &mut outside("s3cret")).unwrap_err();
    assert!(
        matches!(&wrong, SendError::Account { reason } if reason.contains("M_UNKNOWN_TOKEN") && !reason.contains("s3cret")),
        "{wrong:?}"
    );
    let closed = open(&settings("norrvik", "matrix", &[("server", &room.url), ("room", "!closed:rehearsal.example")]));
    let shut = closed.send(&one, &Deed::New, &key, &mut room.out()).unwrap_err();
    assert!(matches!(&shut, SendError::Account { reason } if reason.contains("M_FORBIDDEN")), "{shut:?}");
    let proof = closed.prove(&mut room.out()).unwrap();
    assert!(proof.obstacles[0].contains("not in the room"), "{proof:?}");
    let proof = room.channel.prove(&mut room.out()).unwrap();
    assert!(proof.account.starts_with("@norrvik:"), "{proof:?}");
    assert_eq!(proof.obstacles, Vec::<String>::new());

    let made = std::cell::Cell::new(0);
    let make = || {
        made.set(made.get() + 1);
        with_picture(news("sv", "Kom det fram?"))
    };
    let there = |news: &News| {
        let pictures = room.messages().iter().filter(|event| event["content"]["msgtype"] == "m.image").count();
        assert_eq!(pictures, made.get(), "each post has one picture");
        room.count(&news.link)
    };
    let steps = cut_after_every_step(&*room.channel, "matrix", &|| room.out(), &make, &there);
    assert_eq!(steps, 3, "upload, picture, text");
}

#[test]
fn the_matrix_stand_in_keeps_the_contract() {
    keep_the_contract_of_matrix(&Room::stand_in());
}

#[test]
fn a_real_matrix_server_keeps_the_contract() {
    keep_the_contract_of_matrix(&Room::synapse());
}

#[test]
fn a_picture_is_not_sent_twice_by_a_server_that_forgets_transactions() {
    let desk = Desk::new("matrix", &[("server", "https://matrix.example.se"), ("room", ROOM)], vec![]);
    let told = with_picture(news("sv", "Ny karta"));
    let (post, key) = desk.post(&told);
    let mut notes = Notes::new();
    // The picture stands there, its answer is lost, and the server forgets all about it.
    desk.channel.send(&post, &Deed::New, &key, &mut Fragile::new(desk.out(), &mut notes, Some(1))).unwrap_err();
    desk.stand_ins.mishap(Mishap::ForgetKeys);
    desk.channel.send(&post, &Deed::New, &key, &mut Fragile::new(desk.out(), &mut notes, None)).unwrap();
    let pictures = desk.stand_ins.posts().iter().filter(|post| !post.images.is_empty()).count();
    assert_eq!(pictures, 1);
}

#[test]
fn what_matrix_refuses_is_sorted_by_what_to_do() {
    let desk = Desk::new("matrix", &[("server", "https://matrix.example.se"), ("room", ROOM)], vec![]);
    assert!(matches!(desk.after(Mishap::TooMany), SendError::Retry { after: Some(after), .. } if after == Duration::from_secs(3)));
    assert!(matches!(desk.after(Mishap::Unauthorised), SendError::Account { .. }));
    for mishap in [Mishap::FailFirst, Mishap::AcceptThenFail, Mishap::AcceptThenCut] {
        assert!(matches!(desk.after(mishap), SendError::Unknown { .. }), "{mishap:?}");
    }
    let told = news("sv", "För långt för servern");
    let (mut post, key) = desk.post(&told);
    post.payload["body"] = Value::String("x".repeat(66_000));
    let sent = desk.channel.send(&post, &Deed::New, &key, &mut desk.out());
    assert!(matches!(sent, Err(SendError::Refused { .. })), "{sent:?}");
    let gone = Receipt { id: "$nothing".into(), url: String::new(), version_id: String::new() };
    let answer = desk.try_send(&updated(&told, "2", "Ett svar"), &Deed::Reply { to: gone.clone(), root: gone });
    assert!(matches!(answer, Err(SendError::Refused { .. })), "{answer:?}");
}

fn relays(list: &[&str], more: Vec<(&'static str, FieldValue)>) -> Vec<(&'static str, FieldValue)> {
    let list = FieldValue::List(list.iter().map(|relay| FieldValue::Text(relay.to_string())).collect());
    [vec![("relays", list)], more].concat()
}

const NPUB: &str = "npub10elfcs4fr0l0r8af98jlmgdh9c8tcxjvz9qkw038js35mp4dma8qzvjptg";
const NSEC: &str = "nsec1vl029mgpspedva04g90vltkh6fvh240zqtv9k0t9af8935ke9laqsnlfe5";

fn nostr(address: &str, more: Vec<(&'static str, FieldValue)>) -> Box<dyn Channel> {
    let mut settings = settings("norrvik", "nostr", &[("account", NPUB)]);
    settings.own.0.extend(relays(&[address], more));
    open(&settings)
}

/// The events of a relay by their ids or another filter, read without the channel's code.
fn on_relay(address: &str, filter: &Value) -> Vec<Value> {
    let mut first = Some(json!(["REQ", "test", filter]).to_string());
    let mut events = Vec::new();
    let mut lines = |heard: Option<&str>| {
        let heard: Value = heard.map_or(Value::Null, |text| serde_json::from_str(text).unwrap());
        if heard[0] == "EVENT" {
            events.push(heard[2].clone());
        }
        if heard[0] == "EOSE" { Talk::Done } else { first.take().map_or(Talk::Listen, Talk::Say) }
    };
    talk(address, &mut lines, Duration::from_secs(20), Reach::Loopback).unwrap();
    events
}

/// `view` is where the same relay is read without a login.
fn keep_the_contract_of_nostr(address: &str, view: &str, strict: bool) {
    let channel = nostr(address, vec![]);
    let out = || outside(NSEC);
    let send = |news: &News, deed: &Deed| {
        let (post, key) = post(&*channel, "nostr", news);
        channel.send(&post, deed, &key, &mut out())
    };
    let find = |news: &News, deed: &Deed| {
        let (post, key) = post(&*channel, "nostr", news);
        channel.find(&post, deed, &key, &mut out()).unwrap()
    };
    let first = with_picture(news("kk", "Түнгі автобустар \"апта\" бойы\nжүреді 👍"));
    assert_eq!(find(&first, &Deed::New), None);
    let sent = send(&first, &Deed::New).unwrap().unwrap();
    assert_eq!(find(&first, &Deed::New), Some(sent.clone()));
    assert!(sent.url.starts_with("nostr:note1"), "{}", sent.url);
    assert_eq!(send(&first, &Deed::New).unwrap().unwrap(), sent, "a duplicate is as good as taken");
    let event = &on_relay(view, &json!({"ids": [sent.id]}))[0];
    assert_eq!((&event["kind"], &event["created_at"]), (&json!(1), &json!(1_788_249_600)));
    assert_eq!(event["pubkey"], *Keys::read(NSEC).unwrap().public());
    let tags = event["tags"].to_string();
    assert!(tags.contains("[\"l\",\"kk\",\"ISO-639-1\"]") && tags.contains(&format!("alt {ALT}")), "{tags}");
    assert!(event["content"].as_str().unwrap().ends_with("https://norrvik.example/decisions/2026/map.png"));

    let update = updated(&first, "10:00", "Боран жағаға жетті");
    let answer = send(&update, &Deed::Reply { to: sent.clone(), root: sent.clone() }).unwrap().unwrap();
    let second = updated(&first, "14:00", "Көпір жабық");
    let last = send(&second, &Deed::Reply { to: answer.clone(), root: sent.clone() }).unwrap().unwrap();
    let tags = on_relay(view, &json!({"ids": [last.id]}))[0]["tags"].to_string();
    assert!(
        tags.contains(&format!("[\"e\",\"{}\",\"\",\"root\"", sent.id))
            && tags.contains(&format!("[\"e\",\"{}\",\"\",\"reply\"", answer.id))
    );
    assert!(matches!(send(&update, &Deed::Edit(sent.clone())), Err(SendError::Refused { .. })));
    assert_eq!(channel.measure(&sent, &mut out()).unwrap(), [("likes", 0), ("reposts", 0), ("replies", 2)]);

    let delete = Deed::Delete(last.clone());
    assert_eq!(find(&second, &delete), None);
    assert_eq!(send(&second, &delete).unwrap().unwrap(), last);
    assert_eq!(find(&second, &delete), Some(last.clone()));
    if strict {
        assert_eq!(on_relay(view, &json!({"ids": [last.id]})), Vec::<Value>::new());
        let again = send(&second, &Deed::Reply { to: answer, root: sent });
        assert!(matches!(again, Err(SendError::Account { .. })), "{again:?}: a relay gives no second life to what was deleted");
    }

    let articles = nostr(address, vec![("long_form", FieldValue::Flag(true))]);
    assert!(articles.abilities().edits(0) && !channel.abilities().edits(0));
    let told = news("sv", "Ny *detaljplan* för hamnen");
    let (made, key) = post(&*articles, "nostr", &told);
    let article = articles.send(&made, &Deed::New, &key, &mut out()).unwrap().unwrap();
    assert!(article.id.starts_with("30023:") && article.url.starts_with("nostr:naddr1"), "{article:?}");
    let corrected = News { event: Event::Corrected, ..reworded(&told, "Ny detaljplan för södra hamnen") };
    let (fixed, key) = post(&*articles, "nostr", &corrected);
    let edit = Deed::Edit(article.clone());
    assert_eq!(articles.find(&fixed, &edit, &key, &mut out()).unwrap(), None);
    let edited = articles.send(&fixed, &edit, &key, &mut out()).unwrap().unwrap();
    assert_eq!(edited.id, article.id, "an edit is the same address");
    assert_eq!(articles.find(&fixed, &edit, &key, &mut out()).unwrap(), Some(edited));
    let kept = on_relay(view, &json!({"kinds": [30023], "#d": [format!("{}.sv", told.record)]}));
    let newest = kept.iter().max_by_key(|event| event["created_at"].as_i64()).unwrap();
    assert!(newest["content"].as_str().unwrap().starts_with("Ny detaljplan för södra hamnen"), "{newest}");
    assert!(!strict || kept.len() == 1, "the newest of one address stands alone");

    let steps = cut_after_every_step(&*channel, "nostr", &out, &|| news("sv", "Kom det fram?"), &|news| {
        on_relay(view, &json!({"kinds": [1], "limit": 500}))
            .iter()
            .filter(|event| event["content"].as_str().unwrap().contains(&news.link))
            .count()
    });
    assert_eq!(steps, 1);
    let proof = channel.prove(&mut out()).unwrap();
    assert_eq!((proof.account.as_str(), proof.obstacles.len()), (NPUB, 0));
}

#[test]
fn the_nostr_stand_in_keeps_the_contract() {
    let desk = Desk::new("nostr", &[("account", NPUB)], relays(&["wss://relay.example.se"], vec![]));
    let relay = desk.stand_ins.url("nostr").replace("http", "ws");
    keep_the_contract_of_nostr(&relay, &relay, true);
}

#[test]
fn a_relay_that_wants_a_login_keeps_the_contract_too() {
    let desk = Desk::new("nostr", &[("account", NPUB)], relays(&["wss://relay.example.se"], vec![]));
    let relay = desk.stand_ins.url("nostr").replace("http", "ws");
    keep_the_contract_of_nostr(&format!("{relay}/members"), &relay, true);
    let proof = nostr(&format!("{relay}/members"), vec![]).prove(&mut outside(NSEC)).unwrap();
    assert!(proof.seen[0].ends_with("it asks for a login (NIP-42) and takes ours."), "{proof:?}");
}

#[test]
fn a_real_nostr_relay_keeps_the_contract() {
    let relay = &servers::relay().url;
    keep_the_contract_of_nostr(relay, relay, false);
}

/// The relay does not say `auth-required` and never answers a login: it is one from before those words.
#[test]
fn a_real_relay_that_wants_a_login_takes_the_post_of_whoever_may_write_there() {
    let relay = servers::relay_with_login(&Keys::read(NSEC).unwrap().public());
    let channel = nostr(&relay.url, vec![]);
    let (told, key) = post(&*channel, "nostr", &news("sv", "Bara för medlemmar"));
    let sent = channel.send(&told, &Deed::New, &key, &mut outside(NSEC)).unwrap().unwrap();
    assert_eq!(on_relay(&relay.url, &json!({"ids": [sent.id]})).len(), 1);
    assert_eq!(channel.find(&told, &Deed::New, &key, &mut outside(NSEC)).unwrap(), Some(sent.clone()));
    assert_eq!(channel.send(&told, &Deed::New, &key, &mut outside(NSEC)).unwrap().unwrap(), sent, "a repeat is the same event");
    let proof = channel.prove(&mut outside(NSEC)).unwrap();
    assert!(proof.obstacles.is_empty() && proof.seen[0].contains("asks for a login (NIP-42)"), "{proof:?}");
    // The same event in the name of somebody else, whom the relay knows and does not let write.
    let stranger = format!("{:064x}", 7);
    let refused = channel.send(&told, &Deed::New, &key, &mut outside(&stranger));
    assert!(matches!(&refused, Err(SendError::Account { reason }) if reason.contains("restricted")), "{refused:?}");
}

#[test]
fn a_login_is_given_once_and_what_it_does_not_open_stops_the_channel() {
    let desk = Desk::new("nostr", &[("account", NPUB)], relays(&["wss://relay.example.se"], vec![]));
    // A session that ends in the middle: the relay asks, is answered, and takes the event.
    desk.stand_ins.mishap(Mishap::Expired);
    let (told, key) = desk.post(&news("sv", "Efter en inloggning"));
    desk.channel.send(&told, &Deed::New, &key, &mut desk.out()).unwrap();
    assert_eq!(desk.stand_ins.posts().len(), 1);
    // A login that is good for nothing: made a long time ago, by the clock of a way out that has none.
    let members = nostr(&format!("{}/members", desk.stand_ins.url("nostr").replace("http", "ws")), vec![]);
    struct NoClock(Outside);
    impl Transport for NoClock {
        fn http(&mut self, request: &Request) -> Result<promulgate::model::transport::Response, CallError> {
            self.0.http(request)
        }
        fn plugin(&mut self, _: &[String], _: &mut dyn FnMut(&str) -> Option<String>, _: Duration) -> Result<(), CallError> {
            unreachable!("no plugin here")
        }
        fn socket(&mut self, url: &str, lines: &mut dyn FnMut(Option<&str>) -> Talk, limit: Duration) -> Result<(), CallError> {
            self.0.socket(url, lines, limit)
        }
        fn secret(&mut self, name: &str) -> Result<Secret, CallError> {
            self.0.secret(name)
        }
        fn image(&mut self, image: &promulgate::model::announcement::Image) -> Result<Vec<u8>, CallError> {
            self.0.image(image)
        }
    }
    let (other, key) = post(&*members, "nostr", &news("sv", "Med fel klocka"));
    let refused = members.send(&other, &Deed::New, &key, &mut NoClock(outside(NSEC)));
    assert!(matches!(&refused, Err(SendError::Account { reason }) if reason.contains("not of this moment")), "{refused:?}");
    let asked = members.find(&other, &Deed::New, &key, &mut NoClock(outside(NSEC)));
    assert!(matches!(asked, Err(SendError::Account { .. })), "{asked:?}");
    let proof = members.prove(&mut NoClock(outside(NSEC))).unwrap();
    assert!(proof.seen[0].contains("does not take this account") && proof.obstacles.len() == 1, "{proof:?}");
    // Who has no key here is told what is missing, and nothing is in doubt.
    let counted = members.measure(&Receipt { id: "0".repeat(64), url: String::new(), version_id: String::new() }, &mut outside("no key"));
    assert!(matches!(&counted, Err(SendError::Account { reason }) if reason.contains("auth-required")), "{counted:?}");
    assert_eq!(desk.stand_ins.posts().len(), 1);
}

#[test]
fn an_attempt_that_may_have_arrived_is_repeated_in_its_own_words() {
    let desk = Desk::new("nostr", &[("account", NPUB)], relays(&["wss://relay.example.se"], vec![]));
    let told = news("sv", "Vattnet stängs av");
    let (post, key) = desk.post(&told);
    let mut notes = Notes::new();
    let lost = desk.channel.send(&post, &Deed::New, &key, &mut Fragile::new(desk.out(), &mut notes, Some(0)));
    assert!(matches!(lost, Err(SendError::Unknown { .. })), "{lost:?}");
    let (other, key) = desk.post(&reworded(&told, "Vattnet stängs av på Hamngatan"));
    let found = desk.channel.find(&other, &Deed::New, &key, &mut Fragile::new(desk.out(), &mut notes, None)).unwrap();
    assert!(found.is_some(), "the noted event is looked for, not one in new words");
    desk.channel.send(&other, &Deed::New, &key, &mut Fragile::new(desk.out(), &mut notes, None)).unwrap();
    assert_eq!(desk.there(&told.link).len(), 1);
    // What no relay has taken may be worded anew.
    let mut notes = Notes::new();
    desk.stand_ins.mishap(Mishap::TooMany);
    desk.channel.send(&post, &Deed::New, &key, &mut Fragile::new(desk.out(), &mut notes, None)).unwrap_err();
    assert_eq!(notes["event"], "");
}

#[test]
fn all_relays_are_asked_and_as_many_as_needed_must_have_it() {
    let port = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    let dead = format!("ws://127.0.0.1:{port}");
    let need = |count: u64| {
        let desk =
            Desk::new("nostr", &[("account", NPUB)], relays(&[&dead, "wss://relay.example.se"], vec![("need", FieldValue::Count(count))]));
        // Only one of the two leads to the stand-in; nothing listens at the other.
        let detours = vec![("wss://relay.example.se".to_owned(), desk.stand_ins.url("nostr"))];
        let mut out = Outside::in_rehearsal(std::path::Path::new("."), detours, Box::new(|_| Ok(Secret::new(NSEC))));
        let (post, key) = desk.post(&news("sv", "Till alla"));
        let sent = desk.channel.send(&post, &Deed::New, &key, &mut out);
        (sent, desk.stand_ins.posts().len(), desk.channel.prove(&mut out).unwrap().obstacles.len())
    };
    let (sent, there, obstacles) = need(1);
    assert!(sent.is_ok() && there == 1 && obstacles == 0, "{sent:?}");
    let (sent, there, obstacles) = need(2);
    assert!(matches!(sent, Err(SendError::Retry { .. })) && there == 1 && obstacles == 1, "{sent:?}");
}

#[test]
fn what_relays_refuse_is_sorted_by_what_to_do() {
    let desk = Desk::new("nostr", &[("account", NPUB)], relays(&["wss://relay.example.se"], vec![]));
    assert!(matches!(desk.after(Mishap::TooMany), SendError::Retry { after: Some(_), .. }));
    assert!(matches!(desk.after(Mishap::FailFirst), SendError::Retry { after: None, .. }));
    assert!(matches!(desk.after(Mishap::Unauthorised), SendError::Account { .. }));
    assert!(matches!(desk.after(Mishap::AcceptThenCut), SendError::Unknown { .. }));
    let (post, key) = desk.post(&news("sv", "Fel nyckel"));
    let wrong = desk.channel.send(&post, &Deed::New, &key, &mut desk.out_with("s3cret")).unwrap_err();
    assert!(matches!(&wrong, SendError::Account { reason } if !reason.contains("s3cret")), "{wrong:?}");
    let (mut post, key) = desk.post(&news("sv", "Ingen bild"));
    post.payload["tags"] = json!([["imeta", "url https://norrvik.example/b.png"]]);
    let sent = desk.channel.send(&post, &Deed::New, &key, &mut desk.out());
    assert!(matches!(sent, Err(SendError::Refused { .. })), "{sent:?}");
}

#[test]
fn a_talk_goes_nowhere_else_and_says_whether_anything_was_said() {
    let mut never = |_: Option<&str>| panic!("no talk begins");
    let far = talk("wss://relay.example.se/?token=s3cret", &mut never, Duration::from_secs(5), Reach::Loopback);
    assert!(
        matches!(&far, Err(CallError::NotSent(reason)) if reason.contains("not on this machine") && !reason.contains("s3cret")),
        "{far:?}"
    );
    let desk = Desk::new("nostr", &[("account", NPUB)], relays(&["wss://relay.example.se"], vec![]));
    // An address of HTTP that is no WebSocket.
    let other = desk.stand_ins.url("mastodon").replace("http", "ws");
    let refused = talk(&other, &mut never, Duration::from_secs(5), Reach::Loopback);
    assert!(matches!(&refused, Err(CallError::NotSent(_))), "{refused:?}");
    let unsafe_there = talk(&other.replace("ws:", "wss:"), &mut never, Duration::from_secs(5), Reach::Loopback);
    assert!(matches!(&unsafe_there, Err(CallError::NotSent(_))), "{unsafe_there:?}");
    // The relay says nothing to a CLOSE: the limit of time ends the talk, and something was said.
    let relay = desk.stand_ins.url("nostr").replace("http", "ws");
    let mut said = Some(Talk::Say("[\"CLOSE\",\"x\"]".into()));
    let silent = talk(&relay, &mut |_| said.take().unwrap_or(Talk::Listen), Duration::from_millis(1500), Reach::Loopback);
    assert!(matches!(&silent, Err(CallError::Lost(reason)) if reason.contains("in time")), "{silent:?}");
    // The emergency stop holds here too.
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("STOP"), "stop").unwrap();
    let mut out = Outside::in_earnest(folder.path(), promulgate::io::http::Http::loopback(), Box::new(|_| Err("none".into())));
    let halted = out.socket(&relay, &mut never, Duration::from_secs(5));
    assert!(matches!(&halted, Err(CallError::NotSent(reason)) if reason.contains("STOP")), "{halted:?}");
}
