//! Announcements by e-mail. In: announcements. Out: one plain message each to the body's lists or desks.
//!
//! SMTP (RFC 5321) knows no key against repeats and nobody can be asked what arrived, so an outcome that nobody knows waits
//! for a person. `Message-ID` is made from the announcement's key, so that archives take a repeat for what it is. Mail
//! cannot be changed or taken back: a correction is a message of its own in the same thread (RFC 5322, `In-Reply-To`).
//! Recipients that the server puts off get theirs later and only theirs; who has got it stands in the ledger.

use crate::channels::channel::Platform;
use crate::channels::email_words::{PAUSE, REFUSED, TAKEN, addresses, bare, done, failure, keep, said, scrubbed, with_pictures};
use crate::channels::text;
use crate::model::announcement::{Act, Announcement, Key};
use crate::model::finding::Checked;
use crate::model::kind::{Field, Shape};
use crate::model::ledger::Receipt;
use crate::model::record::Fields;
use crate::model::settings::ChannelSettings;
use crate::model::transport::{Abilities, CallError, Channel, Deed, Mail, Post, Proof, Reply, Secret, SendError, Transport};
use serde_json::json;

/// Most characters of a message: far more than any announcement has.
const LIMIT: usize = 100_000;

/// E-mail over SMTP.
pub static PLATFORM: Platform = Platform {
    name: "email",
    about: "E-mail to the body's own mailing lists or desks, over SMTP.",
    fields: &[
        Field::new(
            "server",
            Shape::Text,
            "The mail server: `smtps://` or `smtp+starttls://`; `smtp://` on this machine.",
            "smtps://mail.norrvik.example",
        )
        .required(),
        Field::new("from", Shape::Text, "Who sends it.", "\"Norrviks kommun <news@norrvik.example>\"").required(),
        Field::new("to", Shape::OneOrMany(&Shape::Text), "Addresses of lists or desks; each sees the others.", "news-list@norrvik.example")
            .required(),
        Field::new("handle", Shape::Text, "Name of the channel; needed where two send from the same address.", "press"),
        Field::new("user", Shape::Text, "Name for the login, where the server wants one.", "news"),
        Field::new("password", Shape::Secret, "Password for the login.", "env:MAIL_PASSWORD"),
        Field::new(
            "unsubscribe",
            Shape::Url,
            "Where readers leave the list: a page or a mail address.",
            "https://norrvik.example/lists/leave/",
        ),
        Field::new("reply_to", Shape::Text, "Where answers go, if not to the sender.", "contact@norrvik.example"),
        Field::new("authority", Shape::Text, "A PEM file with the body's own certificate authority.", "certificates/norrvik.pem"),
        Field::new("insecure", Shape::Flag, "Whether `smtp://` may lead to another machine; never with a password.", "false"),
    ],
    abilities: ABILITIES,
    terms: &[],
    hosts: |own| vec![own.text("server").unwrap_or_default().to_owned()],
    open: |settings, _| Box::new(Email::new(settings)),
};

const ABILITIES: Abilities = Abilities { reply: Reply::Native, alt: true, lang: true, ..Abilities::LEAST };

/// A sender and those it writes to.
pub struct Email {
    own: Fields,
    account: String,
    domain: String,
    password: bool,
}

impl Email {
    fn new(settings: &ChannelSettings) -> Email {
        let own = settings.own.clone();
        let from = own.text("from").unwrap_or_default();
        let address = from.rsplit_once('<').map_or(from, |(_, rest)| rest.trim_end_matches('>')).trim().to_owned();
        let domain = address.rsplit('@').next().unwrap_or_default().to_owned();
        let account = own.text("handle").map_or_else(|| address.clone(), |handle| format!("{address}/{handle}"));
        Email { own, account, domain, password: settings.secrets.contains_key("password") }
    }

    fn own(&self, name: &str) -> Option<String> {
        self.own.text(name).map(str::to_owned)
    }

    /// All addresses.
    fn to(&self) -> Vec<String> {
        let one = self.own.text("to").map(str::to_owned);
        one.into_iter().chain(self.own.texts("to").map(str::to_owned)).collect()
    }

    fn id(&self, key: &Key) -> String {
        format!("{key}@{}", self.domain)
    }

    /// The id of an earlier message: what was written down, or, where a person told an address, what its key gives.
    fn id_of(&self, receipt: &Receipt, key: Option<&Key>) -> String {
        let written = receipt.id.contains('@') && !receipt.id.contains(['/', '<', '>']) && !receipt.id.contains(char::is_whitespace);
        match key {
            Some(key) if !written => self.id(key),
            _ => receipt.id.clone(),
        }
    }

    fn mail(&self, post: &Post, deed: &Deed, key: &Key, out: &mut dyn Transport) -> Result<Mail, SendError> {
        let references = match (deed, &post.announcement.act) {
            (Deed::New, _) => Vec::new(),
            (Deed::Reply { to, root }, Act::Reply { to: to_key, root: root_key }) => {
                vec![self.id_of(root, Some(root_key)), self.id_of(to, Some(to_key))]
            }
            (Deed::Reply { to, root }, _) => vec![self.id_of(root, None), self.id_of(to, None)],
            (Deed::Edit(_) | Deed::Delete(_), _) => {
                return Err(SendError::Refused { reason: "a message that was sent cannot be changed or taken back".into() });
            }
        };
        let references = if references.len() == 2 && references[0] == references[1] { references[..1].to_vec() } else { references };
        let subject = post.payload["subject"].as_str().unwrap_or_default();
        let subject = if references.is_empty() { subject.to_owned() } else { format!("Re: {subject}") };
        let headers = HEADERS.iter().filter_map(|name| post.payload["headers"][*name].as_str().map(|value| (*name, value.to_owned())));
        let login = self.login(out)?;
        let gone: Vec<String> = [TAKEN, REFUSED].iter().filter_map(|name| out.noted(name)).flat_map(|note| addresses(&note)).collect();
        let rest = self.to().into_iter().filter(|to| !gone.contains(&bare(to))).collect();
        Ok(Mail {
            server: self.own("server").unwrap_or_default(),
            insecure: self.own.flag("insecure"),
            authority: self.own("authority"),
            login,
            from: self.own("from").unwrap_or_default(),
            to: self.to(),
            rest,
            subject,
            text: post.text.clone(),
            message_id: self.id(key),
            references,
            headers: headers.collect(),
            date: post.announcement.news.at.timestamp().as_second(),
            probe: false,
        })
    }

    fn login(&self, out: &mut dyn Transport) -> Result<Option<(String, Secret)>, SendError> {
        let account = |reason: String| SendError::Account { reason };
        match (self.own("user"), self.password) {
            (Some(user), true) => Ok(Some((user, out.secret("password").map_err(|error| account(error.to_string()))?))),
            (None, false) => Ok(None),
            _ => Err(account("a login needs both `user` and `password`".into())),
        }
    }
}

/// Headers that every message may have, by their names in the payload.
const HEADERS: [&str; 6] = ["Content-Language", "Auto-Submitted", "Precedence", "X-Auto-Response-Suppress", "List-Unsubscribe", "Reply-To"];

impl Channel for Email {
    fn account(&self) -> &str {
        &self.account
    }

    fn abilities(&self) -> Abilities {
        ABILITIES
    }

    fn compose(&self, announcement: &Announcement) -> Checked<Vec<Post>> {
        let news = &announcement.news;
        let words = news.wordings.first().map(String::as_str).unwrap_or_default();
        let text = with_pictures(words, &news.images);
        let counted = text::characters(&text, LIMIT);
        let mut headers = json!({
            "Content-Language": news.lang,
            // RFC 3834: programs that answer mail by themselves leave this one alone.
            "Auto-Submitted": "auto-generated",
            "Precedence": "list",
            "X-Auto-Response-Suppress": "All",
        });
        if let Some(address) = self.own("unsubscribe") {
            // RFC 2369.
            headers["List-Unsubscribe"] = json!(format!("<{address}>"));
        }
        if let Some(address) = self.own("reply_to") {
            headers["Reply-To"] = json!(address);
        }
        let payload = json!({
            "from": self.own("from"),
            "to": self.to(),
            "subject": news.card.title,
            "headers": headers,
            "text": text,
        });
        vec![Post { images: news.images.clone(), ..Post::new(announcement, &text, counted, payload) }].into()
    }

    fn send(&self, post: &Post, deed: &Deed, key: &Key, out: &mut dyn Transport) -> Result<Option<Receipt>, SendError> {
        let mail = self.mail(post, deed, key, out)?;
        let receipt = Receipt { id: mail.message_id.clone(), url: String::new(), version_id: String::new() };
        if mail.rest.is_empty() {
            return done(receipt, out);
        }
        let password = mail.login.as_ref().map(|(_, password)| password);
        let answer = out.mail(&mail).map_err(|error| match error {
            CallError::NotSent(reason) => SendError::Retry { after: None, reason: scrubbed(&reason, password) },
            CallError::Lost(reason) => SendError::Unknown { reason: scrubbed(&reason, password) },
        })?;
        let reason = said(&answer, password);
        if answer.code != 250 {
            return Err(failure(&answer, reason));
        }
        let refused: Vec<String> = answer.refused.iter().map(|(to, ..)| bare(to)).collect();
        if refused.is_empty() && out.noted(REFUSED).is_none() {
            return Ok(Some(receipt));
        }
        let taken = mail.rest.iter().map(|to| bare(to)).filter(|to| !refused.contains(to));
        keep(out, TAKEN, taken.collect())?;
        let never = answer.refused.iter().filter(|(_, code, _)| *code >= 500);
        keep(
            out,
            REFUSED,
            never.map(|(to, code, words)| format!("{} ({code} {})", bare(to), scrubbed(words, password).replace(',', " "))).collect(),
        )?;
        if answer.refused.iter().any(|(_, code, _)| *code < 500) {
            return Err(SendError::Retry { after: Some(PAUSE), reason });
        }
        done(receipt, out)
    }

    fn find(&self, _: &Post, _: &Deed, _: &Key, _: &mut dyn Transport) -> Result<Option<Receipt>, SendError> {
        Err(SendError::Unknown { reason: "nobody can be asked where a message has arrived".into() })
    }

    /// Logs in and asks whether sender and recipients would be taken; nothing is sent.
    fn prove(&self, out: &mut dyn Transport) -> Result<Proof, SendError> {
        let date = out.now().as_second();
        let mail = Mail {
            server: self.own("server").unwrap_or_default(),
            insecure: self.own.flag("insecure"),
            authority: self.own("authority"),
            login: self.login(out)?,
            from: self.own("from").unwrap_or_default(),
            to: self.to(),
            rest: self.to(),
            subject: String::new(),
            text: String::new(),
            message_id: format!("probe@{}", self.domain),
            references: Vec::new(),
            headers: Vec::new(),
            date,
            probe: true,
        };
        let password = mail.login.as_ref().map(|(_, password)| password);
        let silence = |error: CallError| SendError::Retry { after: None, reason: scrubbed(&error.to_string(), password) };
        let answer = out.mail(&mail).map_err(silence)?;
        let mut proof = Proof { account: self.account.clone(), ..Proof::default() };
        if answer.code != 250 && answer.refused.is_empty() {
            return Err(failure(&answer, said(&answer, password)));
        }
        let obstacle = |(to, code, words): &(String, u16, String)| {
            format!(
                "The server does not take mail for {to}: {code} {}. Correct `to:`, or ask who runs the server.",
                scrubbed(words, password)
            )
        };
        proof.obstacles = answer.refused.iter().map(obstacle).collect();
        Ok(proof)
    }
}
