//! What several chat platforms need. In: answers of theirs, their posts. Out: the words and waits in an answer, and which of
//! a channel's own posts is the one that was meant.

use crate::channels::answers::{Step, refusal};
use crate::channels::statuses::{Match, Wanted, judge, mostly_same_words};
use crate::model::announcement::Event;
use crate::model::ledger::Receipt;
use crate::model::transport::{Post, Response, Secret, SendError, Transport};
use serde_json::{Value, json};
use std::time::Duration;

/// Longest wait that is believed, in seconds.
const LONGEST: f64 = 24.0 * 60.0 * 60.0;

/// A secret, or why the account cannot be used.
pub(crate) fn secret(out: &mut dyn Transport, name: &str) -> Result<Secret, SendError> {
    out.secret(name).map_err(|error| SendError::Account { reason: error.to_string() })
}

/// The JSON of an answer, whatever its status; nothing where it is none.
pub(crate) fn value(response: &Response) -> Value {
    serde_json::from_slice(&response.body).unwrap_or_default()
}

/// What a refusal means whose own words lie elsewhere than `error` and `message`.
pub(crate) fn refused(response: &Response, words: &str, step: Step, secret: &Secret) -> SendError {
    let body = json!({"error": words}).to_string().into_bytes();
    refusal(&Response { body, ..response.clone() }, step, Some(secret))
}

/// The same with the wait that the body of the answer names, in seconds, where the headers name none in whole ones.
pub(crate) fn patient(error: SendError, response: &Response, seconds: Option<f64>) -> SendError {
    let whole = response.header("retry-after").is_some_and(|text| text.trim().parse::<u64>().is_ok());
    match (error, seconds) {
        (SendError::Retry { reason, .. }, Some(seconds)) if seconds.is_finite() && !whole && response.status == 429 => {
            SendError::Retry { after: Some(Duration::from_secs_f64(seconds.clamp(0.0, LONGEST))), reason }
        }
        (error, _) => error,
    }
}

/// Text for HTML.
pub(crate) fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

/// A search through a channel's own posts, the newest first, for one that was perhaps made.
///
/// The same words about the same link in the same place decide at once. Other words about the link are this post only where
/// it is the first that is told of its record: a reminder or a correction shares the link and is another post.
pub(crate) struct Hunt<'p> {
    post: &'p Post,
    parent: Option<&'p str>,
    reworded: Option<Receipt>,
    similar: bool,
}

impl<'p> Hunt<'p> {
    /// A search for a post that answers `parent`, or stands alone.
    pub(crate) fn new(post: &'p Post, parent: Option<&'p str>) -> Hunt<'p> {
        Hunt { post, parent, reworded: None, similar: false }
    }

    /// Looks at one plain text; the receipt if it is the post for certain.
    pub(crate) fn look(&mut self, text: &str, parent: Option<&str>, receipt: &Receipt) -> Option<Receipt> {
        let status = json!({"content": escaped(text), "in_reply_to_id": parent});
        let wanted = Wanted { text: &self.post.text, link: &self.post.link, lang: self.post.lang.primary(), parent: self.parent };
        match judge(&status, &wanted) {
            Match::Exact => return Some(receipt.clone()),
            Match::Reworded if self.is_first() => self.reworded = self.reworded.take().or_else(|| Some(receipt.clone())),
            Match::Reworded => self.similar |= mostly_same_words(&status, &self.post.text),
            Match::No => {}
        }
        None
    }

    /// What the search has come to when nothing was certain.
    pub(crate) fn end(self) -> Result<Option<Receipt>, SendError> {
        match self.similar {
            true => Err(SendError::Unknown { reason: "the account has a post in almost the same words".into() }),
            false => Ok(self.reworded),
        }
    }

    fn is_first(&self) -> bool {
        self.parent.is_none() && self.post.part == 0 && self.post.announcement.news.event == Event::Published
    }
}
