//! In: an announcement and what the ledger knows of the posts it is about. Out: the single requests, in order.
//!
//! Each step has a key of its own, so that a crash between deleting an old post and making the new one, or between two
//! parts of a thread, is known for what it is. Steps follow from what was sent earlier and so stay the same over runs.

use crate::announce::erased;
use crate::model::announcement::{Act, Announcement, Event, Key};
use crate::model::ledger::{Ledger, Line, Receipt, State};
use crate::model::record::RecordId;
use crate::model::transport::Deed;

/// What a step does; targets are keys.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Aim {
    /// A new post.
    New,
    /// A reply below the post of `to`.
    Reply {
        /// The post replied to.
        to: Key,
        /// The first post of the thread.
        root: Key,
    },
    /// A new text for the post of the key.
    Edit(Key),
    /// The post of the key is taken away.
    Delete(Key),
}

impl Aim {
    /// The post that is changed or taken away.
    pub fn of(&self) -> Option<&Key> {
        match self {
            Aim::Edit(of) | Aim::Delete(of) => Some(of),
            Aim::New | Aim::Reply { .. } => None,
        }
    }

    /// The word in the ledger.
    pub fn name(&self) -> &'static str {
        match self {
            Aim::New => "post",
            Aim::Reply { .. } => "reply",
            Aim::Edit(_) => "edit",
            Aim::Delete(_) => "delete",
        }
    }
}

/// One request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    /// Its identity in the ledger and, where the platform takes one, in the request.
    pub key: Key,
    /// What it does.
    pub aim: Aim,
    /// Which of the announcement's posts it carries.
    pub post: usize,
}

/// The steps of an announcement that was composed into `posts` parts.
pub fn steps(announcement: &Announcement, posts: usize, record: &RecordId, ledger: &Ledger) -> Vec<Step> {
    let key = &announcement.key;
    match &announcement.act {
        Act::Post => thread(key, posts, Aim::New, key),
        Act::Remove => {
            let there = erased::there(record, &announcement.channel, announcement.news.lang, ledger);
            let last = there.len().saturating_sub(1);
            // The last one bears the announcement's own key, which is sent when all are gone.
            let own = |at: usize, of: &Key| if at == last { key.clone() } else { key.about(of) };
            there.iter().enumerate().map(|(at, of)| Step { key: own(at, of), aim: Aim::Delete(of.clone()), post: 0 }).collect()
        }
        Act::Reply { to, root } => thread(key, posts, Aim::Reply { to: to.clone(), root: root.clone() }, root),
        Act::Edit { of } => {
            let others = others(announcement, of, record, ledger).into_iter();
            let mut steps = edits(key, posts, of, parts_of(of, record, ledger));
            steps.extend(others.map(|other| Step { key: key.about(&other), aim: Aim::Edit(other), post: 0 }));
            steps
        }
        Act::Replace { of } => {
            let others = others(announcement, of, record, ledger).into_iter();
            let removals = (0..parts_of(of, record, ledger)).map(|part| removal(key, of, part));
            let new = thread(key, posts, Aim::New, key);
            removals.chain(new).chain(others.map(|other| Step { key: key.about(&other), aim: Aim::Delete(other), post: 0 })).collect()
        }
    }
}

/// A withdrawal reaches every post that was made of the record in this language on this channel, not the first alone:
/// updates and reminders below it say what no longer holds.
fn others(announcement: &Announcement, of: &Key, record: &RecordId, ledger: &Ledger) -> Vec<Key> {
    let news = &announcement.news;
    if news.event != Event::Withdrawn {
        return Vec::new();
    }
    let sent = || {
        let lines = ledger.records.get(record).into_iter().flat_map(|keys| keys.values()).map(|standing| &standing.line);
        lines.filter(|line| line.state == State::Sent && line.channel == announcement.channel && line.lang == news.lang)
    };
    let id = |line: &Line| line.remote.as_ref().map(|remote| remote.id.clone());
    let gone: Vec<String> = sent().filter(|line| line.act == "delete").filter_map(id).collect();
    let own: Vec<Key> = (0..parts_of(of, record, ledger)).map(|part| of.part(part)).collect();
    let posts = sent().filter(|line| matches!(line.act.as_str(), "post" | "reply") && line.event != Event::Withdrawn);
    let there = posts.filter(|line| id(line).is_some_and(|id| !gone.contains(&id)) && !own.contains(&line.key));
    there.map(|line| line.key.clone()).collect()
}

fn thread(key: &Key, posts: usize, first: Aim, root: &Key) -> Vec<Step> {
    let later = |part: usize| Aim::Reply { to: key.part(part - 1), root: root.clone() };
    (0..posts).map(|part| Step { key: key.part(part), aim: if part == 0 { first.clone() } else { later(part) }, post: part }).collect()
}

/// Part by part; parts that the old thread did not have are replied below it, parts that are left over are deleted.
fn edits(key: &Key, posts: usize, of: &Key, old: usize) -> Vec<Step> {
    let aim = |part: usize| match part < old {
        true => Aim::Edit(of.part(part)),
        false if part == old => Aim::Reply { to: of.part(old - 1), root: of.clone() },
        false => Aim::Reply { to: key.part(part - 1), root: of.clone() },
    };
    let edits = (0..posts).map(|part| Step { key: key.part(part), aim: aim(part), post: part });
    edits.chain((posts..old).map(|part| removal(key, of, part))).collect()
}

fn removal(key: &Key, of: &Key, part: usize) -> Step {
    Step { key: key.removal(part), aim: Aim::Delete(of.part(part)), post: 0 }
}

/// How many parts of a thread were sent; one where nothing is known, which delivery then waits for.
fn parts_of(key: &Key, record: &RecordId, ledger: &Ledger) -> usize {
    let sent = |part: &usize| ledger.standing(record, &key.part(*part)).is_some_and(|standing| standing.line.state == State::Sent);
    (0..).take_while(sent).count().max(1)
}

/// What a step does with remote ids in place; nothing while a post that it refers to has none.
pub fn deed(aim: &Aim, record: &RecordId, ledger: &Ledger) -> Option<Deed> {
    let receipt = |key: &Key| receipt_of(record, key, ledger);
    Some(match aim {
        Aim::New => Deed::New,
        Aim::Reply { to, root } => Deed::Reply { to: receipt(to)?, root: receipt(root)? },
        Aim::Edit(of) => Deed::Edit(receipt(of)?),
        Aim::Delete(of) => Deed::Delete(receipt(of)?),
    })
}

/// Addresses of the posts that an announcement changes, takes away or answers, each once.
pub fn targets(announcement: &Announcement, posts: usize, record: &RecordId, ledger: &Ledger) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    for step in steps(announcement, posts, record, ledger) {
        let target = match &step.aim {
            Aim::New => None,
            Aim::Reply { to, .. } => receipt_of(record, to, ledger),
            Aim::Edit(of) | Aim::Delete(of) => receipt_of(record, of, ledger),
        };
        let url = target.map(|receipt| if receipt.url.is_empty() { receipt.id } else { receipt.url });
        found.extend(url.filter(|url| !found.contains(url)));
    }
    found
}

/// Where the post of a key is now. On some platforms an edit makes a new version with an id of its own, which is the one
/// to refer to from then on.
pub fn receipt_of(record: &RecordId, key: &Key, ledger: &Ledger) -> Option<Receipt> {
    let first = ledger.standing(record, key).filter(|standing| standing.line.state == State::Sent)?.line.remote.clone();
    let lines = ledger.records.get(record).into_iter().flat_map(|keys| keys.values()).map(|standing| &standing.line);
    let edits = lines.filter(|line| line.state == State::Sent && line.act == "edit" && line.of.as_ref() == Some(key));
    let latest = edits.filter(|line| line.remote.is_some()).max_by_key(|line| (line.happened, line.at));
    latest.and_then(|line| line.remote.clone()).or(first)
}
