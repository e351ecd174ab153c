//! In: an announcement and a network's counting rule. Out: its posts: one, or a thread where an alert needs more room.
//!
//! A text is one of the announcement's own wordings, so nothing that matters is ever cut here. Hashtags are added while
//! they fit. An alert that fits into no single post in full becomes a thread: the first post is the longest wording that
//! fits, and the sentences that it leaves out follow in replies.

use crate::channels::text;
use crate::model::announcement::{Announcement, News};
use crate::model::finding::{Checked, Finding, Findings};
use crate::model::transport::{Counted, Post};
use crate::text::sentences::sentences;

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

/// The texts of an announcement, in order.
pub fn texts(announcement: &Announcement, rule: &Rule<'_>) -> Result<Vec<String>, Finding> {
    let news = &announcement.news;
    let fits = |candidate: &str| text::fits(&(rule.count)(candidate));
    let fitting = || news.wordings.iter().filter(|wording| fits(wording));
    let Some(first) = fitting().next() else {
        return Err(text::too_long(announcement, (rule.count)("").limit));
    };
    if news.urgent && rule.thread && Some(first) != news.wordings.first() {
        // Whole sentences stand better at the head of a thread than the beginning of one.
        let whole = fitting().find(|wording| !wording.contains('…')).unwrap_or(first);
        if let Some(rest) = rest(news, whole, &fits) {
            return Ok([vec![whole.clone()], rest].concat());
        }
    }
    Ok(vec![if rule.tags { text::with_tags(first, &news.hashtags, &fits) } else { first.clone() }])
}

/// What a shorter wording leaves out of the longest, in texts that fit, each with the link; nothing where a sentence fits
/// into no text, since a thread that leaves something out is worse than a post that says where all of it stands.
fn rest(news: &News, shorter: &str, fits: &dyn Fn(&str) -> bool) -> Option<Vec<String>> {
    let whole = news.wordings.first()?;
    let missing = left_out(whole, shorter);
    let mut texts: Vec<String> = Vec::new();
    let mut held = String::new();
    let complete = |held: &str| format!("{held}\n\n{}", news.link);
    for sentence in sentences(missing, news.lang) {
        let longer = if held.is_empty() { sentence.to_owned() } else { format!("{held} {sentence}") };
        if fits(&complete(&longer)) {
            held = longer;
            continue;
        }
        if held.is_empty() || !fits(&complete(sentence)) {
            return None;
        }
        texts.push(complete(&held));
        held = sentence.to_owned();
    }
    texts.extend((!held.is_empty()).then(|| complete(&held)));
    (!texts.is_empty()).then_some(texts)
}

/// The stretch of a text that a shorter one lacks.
fn left_out<'w>(whole: &'w str, shorter: &str) -> &'w str {
    let same = |(a, b): &(char, char)| a == b;
    let start: usize = whole.chars().zip(shorter.chars()).take_while(same).map(|(c, _)| c.len_utf8()).sum();
    let (after, rest) = (&whole[start..], &shorter[start..]);
    let end: usize = after.chars().rev().zip(rest.chars().rev()).take_while(same).map(|(c, _)| c.len_utf8()).sum();
    after[..after.len() - end].trim()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_shorter_wording_lacks_is_found_wherever_it_stood() {
        let link = "https://norrvik.example/a/";
        let whole = format!("Boil the water\n\nBoil it for a minute. Children too. Pets as well.\n\n{link}");
        let shorter = format!("Boil the water\n\nBoil it for a minute.\n\n{link}");
        assert_eq!(left_out(&whole, &shorter), "Children too. Pets as well.");
        let bare = format!("Boil the water\n\n{link}");
        assert_eq!(left_out(&whole, &bare), "Boil it for a minute. Children too. Pets as well.");
        assert_eq!(left_out("A. B. C.\n\nTitle", "A.\n\nTitle"), "B. C.");
    }
}
