//! Nostr. In: announcements. Out: signed events, handed to several relays, each of which may have them already.
//!
//! Facts from <https://github.com/nostr-protocol/nips>: NIP-01 (events, `OK`), 09 (deletion), 10 and 22 (replies), 23 (long
//! form), 32 (language), 42 (login), 92 (alt text). The id of an event is the hash of what it says and when, and `created_at` is the day
//! in the files, so a repeat is the same event. The first attempt notes the whole event: later ones send that one, whatever
//! the words have become since.

use crate::channels::answers::{Step, silence};
use crate::channels::channel::Platform;
use crate::channels::chat::secret;
use crate::channels::fit::{self, Rule};
use crate::channels::nostr_event::{self as event, Keys};
use crate::channels::nostr_login::Relay;
use crate::channels::{nostr_relay as relay, text};
use crate::model::announcement::{Announcement, Key};
use crate::model::finding::Checked;
use crate::model::kind::{Field, Shape};
use crate::model::ledger::Receipt;
use crate::model::settings::ChannelSettings;
use crate::model::transport::{
    Abilities, Channel, Counter, Dedupe, Deed, Delete, Edit, LookUp, Pictures, Post, Preview, Proof, Reply, SendError, Transport,
};
use serde_json::Value;

/// Characters of a note where the settings name no limit: relays commonly take messages of 64 KiB, readers like them short.
const LIMIT: usize = 2000;
/// The note that holds the event of the present deed.
const NOTE: &str = "event";

/// Nostr.
pub static PLATFORM: Platform = Platform {
    name: "nostr",
    about: "An account on Nostr: signed notes on relays.",
    fields: &[
        Field::new("relays", Shape::List(&Shape::Text), "Addresses of the relays.", "[wss://relay.example.se, wss://relay.example.org]")
            .required(),
        Field::new("account", Shape::Text, "Public key of the account, npub or hex.", "npub1…").required(),
        Field::new("key", Shape::Secret, "Secret key of the account, nsec or hex.", "env:NOSTR_KEY").required(),
        Field::new("need", Shape::Count, "How many relays must have taken a post; one, if not said.", "2"),
        Field::new("long_form", Shape::Flag, "Posts articles that can be edited (kind 30023), in place of notes.", "true"),
        Field::new("limit", Shape::Count, "Characters of a post, if not 2,000.", "5000"),
    ],
    abilities: ABILITIES,
    terms: &[
        "Nothing on Nostr can be taken back for certain: a deletion is a request that relays and readers may ignore. Say so in the body's records policy.",
    ],
    hosts: |own| own.texts("relays").map(str::to_owned).collect(),
    open: |settings, _| Box::new(Nostr::new(settings)),
};

const ABILITIES: Abilities = Abilities {
    look_up: LookUp::OwnId,
    dedupe: Dedupe::ClientId,
    delete: Delete::Request,
    reply: Reply::Native,
    pictures: Pictures::Any,
    alt: true,
    lang: true,
    preview: Preview::Scraped,
    counter: Counter::Characters,
    public_pictures: true,
    ..Abilities::LEAST
};

struct Nostr {
    relays: Vec<String>,
    account: String,
    need: usize,
    long_form: bool,
    limit: usize,
}

impl Nostr {
    fn new(settings: &ChannelSettings) -> Nostr {
        let count = |name: &str| settings.own.count(name).and_then(|count| usize::try_from(count).ok());
        let relays: Vec<String> = settings.own.texts("relays").map(|relay| relay.trim_end_matches('/').to_owned()).collect();
        let named = settings.own.text("account").unwrap_or_default();
        let account = event::public_key(named).unwrap_or_else(|| named.to_owned());
        let need = count("need").unwrap_or(1).clamp(1, relays.len().max(1));
        Nostr { relays, account, need, long_form: settings.own.flag("long_form"), limit: count("limit").unwrap_or(LIMIT) }
    }

    /// The keys; in earnest they must be those of the account in the settings, whose notes are told apart by it.
    fn keys(&self, out: &mut dyn Transport) -> Result<Keys, SendError> {
        let key = secret(out, "key")?;
        let keys =
            Keys::read(key.expose()).ok_or_else(|| SendError::Account { reason: "the secret key is neither nsec nor hex".into() })?;
        match out.in_earnest() && keys.public() != self.account {
            true => Err(SendError::Account { reason: "the secret key is not that of the account in the settings".into() }),
            false => Ok(keys),
        }
    }

    /// Does something with each relay. Whoever has no keys here can ask everything that needs no login.
    fn with_each<T>(&self, out: &mut dyn Transport, act: &mut dyn FnMut(&Relay<'_>, &mut dyn Transport) -> T) -> Vec<T> {
        let (keys, now) = (self.keys(out).ok(), out.now().as_second());
        self.relays.iter().map(|address| act(&Relay { address, keys: keys.as_ref(), now }, out)).collect()
    }

    /// The event of a deed: the noted one, else a new one.
    fn event(&self, post: &Post, deed: &Deed, out: &mut dyn Transport) -> Result<Value, SendError> {
        if let Some(noted) = out.noted(NOTE).and_then(|text| serde_json::from_str(&text).ok()) {
            return Ok(noted);
        }
        let keys = self.keys(out)?;
        event::of_deed(post, deed, &keys).ok_or_else(|| SendError::Refused {
            reason: "a note on Nostr cannot be edited; use `correct_by: reply`, or `long_form: true`".into(),
        })
    }
}

impl Channel for Nostr {
    fn account(&self) -> &str {
        &self.account
    }

    fn abilities(&self) -> Abilities {
        Abilities { edit: if self.long_form { Edit::Full } else { Edit::None }, ..ABILITIES }
    }

    fn compose(&self, announcement: &Announcement) -> Checked<Vec<Post>> {
        let images: Vec<_> = announcement.news.images.iter().filter(|image| image.url.starts_with("http")).cloned().collect();
        let addresses: usize = images.iter().map(|image| image.url.chars().count() + 2).sum();
        let count = |words: &str| {
            let mut counted = text::characters(words, self.limit);
            counted.used += addresses;
            counted
        };
        fit::posts(announcement, &Rule { count: &count, tags: true, thread: true }, |part, words| {
            let images = if part == 0 { images.clone() } else { Vec::new() };
            let template = event::template(&announcement.news, &words, &images, self.long_form);
            Post { images, ..Post::new(announcement, &words, count(&words), template) }
        })
    }

    fn send(&self, post: &Post, deed: &Deed, _key: &Key, out: &mut dyn Transport) -> Result<Option<Receipt>, SendError> {
        let event = self.event(post, deed, out)?;
        out.note(NOTE, &event.to_string()).map_err(|error| silence(error, Step::Before))?;
        let verdicts = self.with_each(out, &mut |relay, out| relay::publish(relay, &event, out));
        match relay::judge(&verdicts, self.need) {
            Ok(()) => Ok(Some(event::receipt(&event, deed))),
            Err(error) => {
                if !matches!(error, SendError::Unknown { .. }) && !verdicts.iter().any(relay::Verdict::is_taken) {
                    // No relay has it: another attempt may be worded anew.
                    out.note(NOTE, "").map_err(|error| silence(error, Step::Before))?;
                }
                Err(error)
            }
        }
    }

    fn find(&self, post: &Post, deed: &Deed, _key: &Key, out: &mut dyn Transport) -> Result<Option<Receipt>, SendError> {
        let event = match self.event(post, deed, out) {
            // What is refused was never done.
            Err(SendError::Refused { .. }) => return Ok(None),
            event => event?,
        };
        let id = event["id"].as_str().unwrap_or_default();
        let asked = self.with_each(out, &mut |relay, out| relay::has(relay, id, out));
        let there = asked.iter().filter(|answer| matches!(answer, Ok(true))).count();
        let is_closed = asked.iter().all(|answer| matches!(answer, Err(SendError::Account { .. })));
        let mut errors = asked.into_iter().filter_map(Result::err);
        match errors.find(|error| is_closed || !matches!(error, SendError::Account { .. })) {
            _ if there >= self.need => Ok(Some(event::receipt(&event, deed))),
            Some(error) if there == 0 => Err(error),
            // Sending the same event once more does no harm.
            _ => Ok(None),
        }
    }

    fn prove(&self, out: &mut dyn Transport) -> Result<Proof, SendError> {
        let keys = self.keys(out)?;
        let mut proof = Proof { account: keys.address(), ..Proof::default() };
        let greeted = self.with_each(out, &mut |relay, out| relay::greet(relay, out));
        let there = greeted.iter().filter(|answer| answer.is_ok()).count();
        proof.seen.extend(self.relays.iter().zip(greeted).map(|(address, answer)| match answer {
            Ok((false, _)) => format!("{address} answers."),
            Ok((true, Some(true))) => format!("{address} answers; it asks for a login (NIP-42) and takes ours."),
            Ok((true, _)) => format!("{address} answers; it asks for a login (NIP-42) and says nothing to ours."),
            Err(SendError::Account { reason }) => format!("{address} does not take this account: {reason}."),
            Err(error) => format!("{address} does not answer: {error}."),
        }));
        if there < self.need {
            let advice = "check their addresses, have the account admitted, or lower `need`";
            proof.obstacles.push(format!("Of the {} relays that a post needs, {there} answer; {advice}.", self.need));
        }
        Ok(proof)
    }

    fn measure(&self, of: &Receipt, out: &mut dyn Transport) -> Result<Vec<(&'static str, u64)>, SendError> {
        let filter = event::answers_to(of);
        let mut found = std::collections::BTreeMap::new();
        for events in self.with_each(out, &mut |relay, out| relay::ask(relay, &filter, out)) {
            found.extend(events?.into_iter().map(|event| (event["id"].as_str().unwrap_or_default().to_owned(), event["kind"].as_u64())));
        }
        let count = |kinds: &[u64]| found.values().filter(|kind| kind.is_some_and(|kind| kinds.contains(&kind))).count() as u64;
        Ok(vec![("likes", count(&[7])), ("reposts", count(&[6, 16])), ("replies", count(&[1, 1111]))])
    }
}
