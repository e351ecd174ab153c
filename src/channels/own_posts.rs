//! In: the account's own posts as a network lists them, as plain text. Out: which of them is the one that was meant.
//!
//! The same words about the same page decide at once. A record has several posts with one link (published, a reminder, a
//! correction), so other words count as this post only where the record was first told, outside any thread: there the
//! identity is not the text. Everywhere else almost the same words leave the question to a person.

use crate::channels::statuses::{ends_there, letters};
use crate::model::announcement::Event;
use crate::model::ledger::Receipt;
use crate::model::transport::{Deed, Post, SendError};

/// A post of the account, as a list shows it.
#[derive(Debug, Clone)]
pub struct Listed {
    /// Where it is.
    pub receipt: Receipt,
    /// Its text.
    pub text: String,
    /// Addresses that it carries outside of its text.
    pub links: Vec<String>,
    /// The id of the post that it answers, where the list tells it.
    pub parent: Option<String>,
}

impl Listed {
    /// A post with nothing but its text.
    pub fn new(receipt: Receipt, text: impl Into<String>, parent: Option<String>) -> Listed {
        Listed { receipt, text: text.into(), links: Vec::new(), parent }
    }

    /// Whether its words are those of a post.
    pub fn says(&self, post: &Post) -> bool {
        same_words(&self.text, &post.text)
    }
}

/// A search through own posts.
pub struct Search<'p> {
    post: &'p Post,
    /// The place in the thread, where lists tell it.
    parent: Option<Option<&'p str>>,
    first_telling: bool,
    reworded: Option<Receipt>,
    similar: bool,
}

impl<'p> Search<'p> {
    /// For the post of a deed.
    pub fn new(post: &'p Post, deed: &Deed) -> Search<'p> {
        let first_telling = *deed == Deed::New && post.part == 0 && post.announcement.news.event == Event::Published;
        Search { post, parent: None, first_telling, reworded: None, similar: false }
    }

    /// Among posts of which each tells what it answers: only those below `parent` are looked at, or outside any thread.
    pub fn below(post: &'p Post, parent: Option<&'p str>) -> Search<'p> {
        let first_telling = parent.is_none() && post.part == 0 && post.announcement.news.event == Event::Published;
        Search { post, parent: Some(parent), first_telling, reworded: None, similar: false }
    }

    /// Looks at one post; gives it back if it surely is the one.
    pub fn look(&mut self, listed: &Listed) -> Option<Receipt> {
        if self.parent.is_some_and(|parent| parent != listed.parent.as_deref()) {
            return None;
        }
        // The later parts of a thread do not repeat the link.
        let linked = self.post.text.contains(&self.post.link);
        if linked && !is_about(listed, &self.post.link) {
            return None;
        }
        if same_words(&listed.text, &self.post.text) {
            return Some(listed.receipt.clone());
        }
        if self.first_telling {
            self.reworded.get_or_insert_with(|| listed.receipt.clone());
        } else {
            self.similar |= mostly_same_words(&listed.text, &self.post.text);
        }
        None
    }

    /// What remains when no post surely was the one.
    pub fn verdict(self) -> Result<Option<Receipt>, SendError> {
        match self.similar && self.reworded.is_none() {
            true => Err(SendError::Unknown { reason: "the account has a post in almost the same words".into() }),
            false => Ok(self.reworded),
        }
    }
}

/// Whether two texts say the same, whatever was made of spaces, marks and links.
pub fn same_words(there: &str, sent: &str) -> bool {
    letters(there) == letters(sent)
}

fn is_about(listed: &Listed, link: &str) -> bool {
    let in_text = listed.text.match_indices(link).any(|(at, _)| ends_there(&listed.text[at + link.len()..]));
    in_text || listed.links.iter().any(|other| other == link)
}

/// Whether four fifths of the words that were sent are there.
fn mostly_same_words(there: &str, sent: &str) -> bool {
    let words = |text: &str| text.split_whitespace().map(letters).filter(|word| !word.is_empty()).collect::<Vec<_>>();
    let (there, wanted) = (words(there), words(sent));
    let common = wanted.iter().filter(|word| there.contains(word)).count();
    common * 5 >= wanted.len() * 4
}
