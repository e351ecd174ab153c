//! In: an announcement and a network's counting rule. Out: its posts: one, or a thread where an alert needs more room.
//!
//! A text is one of the announcement's own wordings, so nothing that matters is ever cut here. Hashtags are added while
//! they fit. An alert that fits into no single post in full becomes a thread: the first post is the longest wording that
//! fits, and the sentences that it leaves out follow in replies.

use crate::channels::text;
use crate::model::announcement::Announcement;
use crate::model::finding::{Checked, Finding, Findings};
use crate::model::transport::{Counted, Post};

/// The rule of a network.
pub struct Rule<'r> {
    /// How long a text is.
    pub count: &'r dyn Fn(&str) -> Counted,
    /// Whether hashtags are of use there.
    pub tags: bool,
    /// Whether what does not fit may follow in replies.
    pub thread: bool,
}

/// The posts of an announcement, each made by `make` of its part (from 0) and text; a finding where nothing fits.
pub fn posts(announcement: &Announcement, rule: &Rule<'_>, make: impl Fn(usize, String) -> Post) -> Checked<Vec<Post>> {
    match texts(announcement, rule) {
        Ok(texts) => {
            let posts = texts.into_iter().enumerate().map(|(part, text)| Post { part, ..make(part, text) });
            posts.collect::<Vec<_>>().into()
        }
        Err(finding) => Checked::new(Vec::new(), Findings::from_iter([finding])),
    }
}

fn texts(announcement: &Announcement, rule: &Rule<'_>) -> Result<Vec<String>, Finding> {
    let news = &announcement.news;
    let fits = |candidate: &str| text::fits(&(rule.count)(candidate));
    let Some(first) = news.wordings.iter().find(|wording| fits(wording)) else {
        return Err(text::too_long(announcement, (rule.count)("").limit));
    };
    let first = if rule.tags { text::with_tags(first, &news.hashtags, &fits) } else { first.clone() };
    Ok(vec![first])
}
