//! In: what a relay says. Out: the login that it asks for, and the question once more behind it (NIP-42).
//!
//! `["AUTH", challenge]` may come at any time; whoever is refused with `auth-required` answers it with a signed event of kind
//! 22242 and asks again. Relays from before `auth-required` say `restricted`, and some never answer a login: the question
//! goes out right behind it, and once more where the relay says only afterwards that it knows us. A login is tried once a talk.

use crate::channels::nostr_event::{self as event, Keys};
use crate::model::transport::Talk;
use serde_json::{Value, json};

/// A relay as one channel speaks with it.
#[derive(Clone, Copy)]
pub(crate) struct Relay<'r> {
    /// Its address, as the settings name it: a login is for this one.
    pub address: &'r str,
    /// Who can log in there.
    pub keys: Option<&'r Keys>,
    /// The present in seconds: a login is good for some minutes.
    pub now: i64,
}

/// Whether a relay has asked who is there, and what it said of our login, if it said anything.
pub(crate) type Login = (bool, Option<bool>);

/// A question to a relay, and the login if that is what it takes.
pub(crate) struct Asking<'a> {
    relay: &'a Relay<'a>,
    /// The question, by how often it was asked before.
    question: &'a dyn Fn(usize) -> Value,
    /// How often it was asked.
    asked: usize,
    challenge: Option<String>,
    /// The id of our login, once it was sent.
    login: Option<String>,
    /// What the relay says of it, if it says anything.
    verdict: Option<Result<(), String>>,
    /// A refusal that a login may mend.
    held: Option<String>,
}

impl<'a> Asking<'a> {
    /// A talk with a relay about one question.
    pub(crate) fn new(relay: &'a Relay<'a>, question: &'a dyn Fn(usize) -> Value) -> Asking<'a> {
        Asking { relay, question, asked: 0, challenge: None, login: None, verdict: None, held: None }
    }

    /// Asks.
    pub(crate) fn ask(&mut self) -> Talk {
        Talk::Say(self.message())
    }

    /// Which asking the relay's answers belong to, from 0.
    pub(crate) fn turn(&self) -> usize {
        self.asked.saturating_sub(1)
    }

    /// What follows what was heard, which may be a refusal of the question; a refusal that stands gives its words.
    pub(crate) fn follow(&mut self, heard: &Value, refusal: Option<String>) -> Result<Talk, String> {
        self.hear(heard);
        if let Some(words) = refusal {
            if !self.may_help(&words) {
                return Err(words);
            }
            self.held = Some(words);
        }
        match (&self.held, &self.verdict) {
            (_, Some(Err(words))) => Err(format!("restricted: the relay does not take the login ({words})")),
            (None, _) => Ok(Talk::Listen),
            (Some(_), Some(Ok(()))) => Ok(self.ask()),
            (Some(_), None) => Ok(self.log_in().unwrap_or(Talk::Listen)),
        }
    }

    /// Logs in and asks behind it; nothing where the relay has not asked for it, or nobody can.
    pub(crate) fn log_in(&mut self) -> Option<Talk> {
        let (challenge, keys) = (self.challenge.clone()?, self.relay.keys?);
        if self.login.is_some() {
            return None;
        }
        let login = event::login(self.relay.address, &challenge, self.relay.now, keys);
        self.login = login["id"].as_str().map(str::to_owned);
        Some(Talk::SayAll(vec![json!(["AUTH", login]).to_string(), self.message()]))
    }

    /// What the relay refused, where nothing came after it.
    pub(crate) fn held(&self) -> Option<&str> {
        self.held.as_deref()
    }

    /// What came of the login.
    pub(crate) fn outcome(&self) -> Login {
        (self.challenge.is_some(), self.verdict.as_ref().map(Result::is_ok))
    }

    fn message(&mut self) -> String {
        self.held = None;
        self.asked += 1;
        (self.question)(self.turn()).to_string()
    }

    fn hear(&mut self, heard: &Value) {
        let words = |at: usize| heard[at].as_str().unwrap_or_default().to_owned();
        if heard[0] == "AUTH" {
            self.challenge = Some(words(1));
        } else if heard[0] == "OK" && self.login.is_some() && heard[1].as_str() == self.login.as_deref() {
            self.verdict = Some(if heard[2] == true { Ok(()) } else { Err(words(3)) });
        }
    }

    /// Whether a login could mend a refusal.
    fn may_help(&self, words: &str) -> bool {
        let known = self.relay.keys.is_some() && self.verdict.is_none();
        match words.split(':').next().unwrap_or_default().trim() {
            "auth-required" => known,
            "restricted" => known && self.challenge.is_some() && self.login.is_none(),
            _ => false,
        }
    }
}
