//! In: the site, the ledger, the channels. Out: every announcement with its verdict and the reason for it.
//!
//! Pure: the same values give the same plan, and what it shows is byte for byte what `deliver` sends. Alerts come first,
//! then the oldest; within a thread the first post comes first.

use crate::announce::erased;
use crate::announce::planner::Planner;
use crate::announce::rename::Former;
use crate::announce::words::Words;
use crate::model::announcement::{Announcement, Event, Key};
use crate::model::finding::{Checked, Finding, Findings, Place};
use crate::model::lang::Lang;
use crate::model::ledger::{Ledger, Receipt, State};
use crate::model::record::RecordId;
use crate::model::route::SafePath;
use crate::model::settings::{ChannelSettings, CorrectBy};
use crate::model::site::Site;
use crate::model::transport::{Abilities, Channel, Post, Preview};
use jiff::Timestamp;
use std::collections::BTreeSet;

/// What the person who runs it asks for.
#[derive(Debug, Clone, Default)]
pub struct Wish {
    /// Only these channels; empty means all.
    pub only: Vec<String>,
    /// The most that a run may send, in place of the settings' number.
    pub max: Option<usize>,
    /// Record everything pending as already known, and send nothing.
    pub adopt: bool,
    /// The emergency stop: nothing is sent or asked on any channel; the reason.
    pub stop: Option<String>,
    /// Whether a channel's first use records everything so far as already known.
    pub baseline: Baseline,
}

/// What the first use of a channel does.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Baseline {
    /// Records everything that is public by now as already known.
    #[default]
    Take,
    /// Tells everything: for rehearsals.
    None,
}

/// What a run would do.
#[derive(Debug, Default)]
pub struct Plan {
    /// All announcements: alerts first, then the oldest first.
    pub entries: Vec<Entry>,
    /// The most that a run may send; more pending, and none is sent.
    pub max: usize,
    /// Channels whose baseline is taken by this run.
    pub baselines: Vec<String>,
    /// The emergency stop, where it is set: nothing is sent or asked; the reason.
    pub stop: Option<String>,
}

/// One announcement.
#[derive(Debug)]
pub struct Entry {
    /// Its identity.
    pub key: Key,
    /// The channel's name.
    pub channel: String,
    /// The record as the ledger calls it: its id, or the one it had before it was renamed.
    pub record: RecordId,
    /// Its kind's name.
    pub kind: &'static str,
    /// What happened.
    pub event: Event,
    /// The language.
    pub lang: Lang,
    /// Tells events of one name apart.
    pub version: String,
    /// When it happened.
    pub at: Timestamp,
    /// The record's title in that language.
    pub title: String,
    /// Alerts go first.
    pub urgent: bool,
    /// What is done with it, and why.
    pub verdict: Verdict,
    /// What is posted; nothing where there is nothing to post any more.
    pub job: Option<Box<Job>>,
}

/// What is posted.
#[derive(Debug)]
pub struct Job {
    /// The announcement.
    pub announcement: Announcement,
    /// The exact posts, fitted by the network's rules.
    pub posts: Vec<Post>,
    /// The output file of the page that is linked; it must be live first.
    pub page: SafePath,
    /// An earlier edit of the same post, which must have come to an end first.
    pub after: Option<Key>,
    /// Why it is told in another way than the settings ask for, if it is.
    pub instead: Option<String>,
    /// Where the posts are that are changed, taken away or answered; one that is itself still to be made has no address.
    pub targets: Vec<String>,
    /// Where the preview under the link comes from.
    pub preview: Preview,
}

/// What is done with an announcement.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Verdict {
    /// It is sent by this run.
    Send,
    /// Not before an instant.
    Hold {
        /// The instant.
        until: Timestamp,
        /// Why, a sentence.
        reason: String,
    },
    /// It was sent.
    Done(Option<Receipt>),
    /// The ledger says that it is never to be sent.
    Suppressed(String),
    /// This run records that it is never to be sent.
    Adopt(String),
    /// The platform said never.
    Refused(String),
    /// A person must settle it.
    Parked(String),
    /// Nobody knows yet whether it was posted; this run asks the platform.
    Unknown(String),
    /// Everything is stopped; nothing is sent or asked until a person lifts the stop.
    Stopped(String),
    /// Not for this channel, language or time; nothing is recorded.
    Skipped(String),
}

impl Plan {
    /// How many announcements this run would send.
    pub fn pending(&self) -> usize {
        self.entries.iter().filter(|entry| entry.verdict == Verdict::Send).count()
    }

    /// Whether more is pending than a run may send, so that none is.
    pub fn is_too_many(&self) -> bool {
        self.pending() > self.max
    }
}

/// Plans a run at the site's own present.
pub fn plan(site: &Site, ledger: &Ledger, channels: &[(&ChannelSettings, &dyn Channel)], words: &dyn Words, wish: &Wish) -> Checked<Plan> {
    let mut findings = Findings::new();
    let mut plan = Plan { max: wish.max.unwrap_or(site.settings.announce.max), ..Plan::default() };
    let former = Former::of(site, ledger);
    for (settings, channel) in channels {
        findings.extend(cannot_correct_so(settings, channel.abilities()));
        let chosen = wish.only.is_empty() || wish.only.contains(&settings.name);
        let first = chosen && (wish.adopt || wish.baseline == Baseline::Take) && !ledger.baselines.contains_key(&settings.name);
        if first {
            plan.baselines.push(settings.name.clone());
        }
        let planner = Planner { site, ledger, settings, channel: *channel, words, wish, chosen, first };
        for item in &site.items {
            let record = former.id_of(item, ledger, &site.settings);
            planner.item(item, &record, &mut plan.entries, &mut findings);
        }
        if chosen {
            plan.entries.extend(erased::entries(site, ledger, (settings, *channel)));
        }
    }
    plan.entries.extend(orphans(ledger, channels, &plan.entries));
    plan.stop = wish.stop.clone().or_else(|| site.settings.announce.stop.clone());
    if let Some(why) = &plan.stop {
        let open = |verdict: &Verdict| matches!(verdict, Verdict::Send | Verdict::Unknown(_));
        plan.entries.iter_mut().filter(|entry| open(&entry.verdict)).for_each(|entry| entry.verdict = Verdict::Stopped(why.clone()));
    }
    plan.entries.sort_by(|a, b| a.order().cmp(&b.order()));
    Checked::new(plan, findings)
}

impl Entry {
    fn order(&self) -> (bool, Timestamp, &RecordId, &str, Lang, Event, &str) {
        (!self.urgent, self.at, &self.record, &self.channel, self.lang, self.event, &self.version)
    }
}

/// The settings ask for a way to correct posts that the platform does not have.
fn cannot_correct_so(settings: &ChannelSettings, can: Abilities) -> Option<Finding> {
    let (wish, able) = match settings.correct_by {
        CorrectBy::Edit => ("edit", can.edits(0)),
        CorrectBy::Replace => ("replace", can.deletes(0)),
        CorrectBy::Reply => ("reply", can.replies()),
    };
    let instead = if can.replies() { "A reply below the post" } else { "A new post" };
    // Where nothing at all can be done about a post, there is nothing to choose.
    let other = [("edit", can.edits(0)), ("replace", can.deletes(0)), ("reply", can.replies())].into_iter().rfind(|(_, able)| *able)?.0;
    (!able).then(|| {
        Finding::warning(
            "cannot-correct-so",
            Place::field("promulgate.yaml", format!("channels.{}.correct_by", settings.name)),
            format!("{instead} will tell of corrections, because `{}` cannot `{wish}`.", settings.platform),
            format!("Write `correct_by: {other}` if that is what you want."),
        )
    })
}

/// Announcements of which nobody knows whether they were posted, and which the site no longer has.
fn orphans(ledger: &Ledger, channels: &[(&ChannelSettings, &dyn Channel)], entries: &[Entry]) -> Vec<Entry> {
    let open = ledger.records.iter().flat_map(|(record, keys)| keys.values().map(move |standing| (record, &standing.line)));
    let open: Vec<_> = open.filter(|(_, line)| matches!(line.state, State::Sending | State::Unknown)).collect();
    if open.is_empty() {
        return Vec::new();
    }
    let known: BTreeSet<_> =
        entries.iter().map(|entry| (&entry.record, entry.channel.as_str(), entry.event, entry.lang, entry.version.as_str())).collect();
    let lost = open.into_iter().filter(|(record, line)| {
        let ours = channels.iter().any(|(settings, _)| settings.name == line.channel);
        ours && !known.contains(&(*record, line.channel.as_str(), line.event, line.lang, line.version.as_str()))
    });
    lost.map(|(record, line)| Entry {
        key: line.key.clone(),
        channel: line.channel.clone(),
        record: record.clone(),
        kind: "",
        event: line.event,
        lang: line.lang,
        version: line.version.clone(),
        at: line.happened.unwrap_or(line.at),
        title: record.to_string(),
        urgent: false,
        verdict: Verdict::Parked("Nobody knows whether it was posted, and its record is no longer part of the site.".into()),
        job: None,
    })
    .collect()
}
