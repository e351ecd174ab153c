//! In: the account's own posts as a network lists them. Out: which of them is the post that was meant.
//!
//! The same words decide at once. Other words about the same page are this post only where a record is published for the
//! first time and outside any thread, since an identity is not its text; a reminder or a correction may share the link with
//! the first post. Nearly the same words then leave the question to a person.

use crate::channels::statuses::{Match, Wanted, judge, mostly_same_words};
use crate::model::announcement::Event;
use crate::model::ledger::Receipt;
use crate::model::transport::{Post, SendError};
use serde_json::{Value, json};

/// One of the account's posts.
pub struct Own {
    /// Where it is.
    pub receipt: Receipt,
    /// Its text, plain, with its links in full.
    pub text: String,
    /// The id of the post that it answers.
    pub parent: Option<String>,
}

impl Own {
    fn status(&self) -> Value {
        let content = self.text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
        json!({"content": content, "text": self.text, "in_reply_to_id": self.parent})
    }

    /// Whether its words are those of a post.
    pub fn says(&self, post: &Post) -> bool {
        crate::channels::statuses::same_words(&self.status(), &post.text)
    }
}

/// What has been seen so far of an account's posts.
pub struct Search<'p> {
    post: &'p Post,
    parent: Option<&'p str>,
    reworded: Option<Receipt>,
    similar: bool,
}

impl<'p> Search<'p> {
    /// Looks for a post, below `parent` if it is a reply.
    pub fn new(post: &'p Post, parent: Option<&'p str>) -> Search<'p> {
        Search { post, parent, reworded: None, similar: false }
    }

    /// Looks at one of the account's posts; gives the receipt of the one that says the very same.
    pub fn look(&mut self, own: &Own) -> Option<Receipt> {
        let wanted = Wanted { text: &self.post.text, link: &self.post.link, lang: self.post.lang.primary(), parent: self.parent };
        let status = own.status();
        let first = self.parent.is_none() && self.post.announcement.news.event == Event::Published;
        match judge(&status, &wanted) {
            Match::Exact => return Some(own.receipt.clone()),
            Match::Reworded if first && self.reworded.is_none() => self.reworded = Some(own.receipt.clone()),
            Match::Reworded => self.similar |= mostly_same_words(&status, &self.post.text),
            Match::No => {}
        }
        None
    }

    /// What follows when every post has been looked at.
    pub fn end(self) -> Result<Option<Receipt>, SendError> {
        match self.similar && self.reworded.is_none() {
            true => Err(SendError::Unknown { reason: "the account has a post in almost the same words".into() }),
            false => Ok(self.reworded),
        }
    }
}
