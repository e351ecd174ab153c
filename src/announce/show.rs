//! In: a plan. Out: the same as JSON, contract `plan/1`: a value, nothing is printed. `show_markdown` writes it for people.
//!
//! `{"plan":1,"now":…,"max":…,"pending":…,"too_many":…,"stop":…,"costs":[{"micros":…,"currency":…}],"baselines":[…],"announcements":
//! [{"key":…,"channel":…,"record":…,"kind":…,"event":…,"lang":…,"version":…,"at":…,"title":…,"verdict":…,"reason":…,"until":…,
//! "url":…,"act":…,"instead":…,"targets":[…],"posts":[{"text":…,"counted":{…},"lang":…,"link":…,"card":…,"images":[…],
//! "left_out":[…],"cost":…,"payload":…}]}]}`. Within version 1 we only add.

use crate::announce::plan::{Entry, Job, Plan, Verdict};
use crate::model::announcement::{Act, Image};
use crate::model::transport::{Cost, Post};
use jiff::Timestamp;
use serde_json::{Value, json};
use std::collections::BTreeMap;

/// The plan as a JSON document.
pub fn json(plan: &Plan, now: Timestamp) -> Value {
    json!({
        "plan": 1,
        "now": now,
        "max": plan.max,
        "pending": plan.pending(),
        "too_many": plan.is_too_many(),
        "stop": plan.stop,
        "costs": costs(plan),
        "baselines": plan.baselines,
        "announcements": plan.entries.iter().map(entry).collect::<Vec<_>>(),
    })
}

fn entry(entry: &Entry) -> Value {
    let mut value = json!({
        "key": entry.key,
        "channel": entry.channel,
        "record": entry.record,
        "kind": entry.kind,
        "event": entry.event,
        "lang": entry.lang,
        "version": entry.version,
        "at": entry.at,
        "title": entry.title,
        "urgent": entry.urgent,
        "verdict": word(&entry.verdict),
        "reason": reason(&entry.verdict),
    });
    if let Verdict::Hold { until, .. } = &entry.verdict {
        value["until"] = json!(until);
    }
    if let Verdict::Done(Some(receipt)) = &entry.verdict {
        value["url"] = json!(receipt.url);
    }
    if let Some(job) = &entry.job {
        value["act"] = act(&job.announcement.act);
        value["targets"] = json!(job.targets);
        if let Some(why) = &job.instead {
            value["instead"] = json!(why);
        }
        value["posts"] = job.posts.iter().map(|post| self::post(job, post)).collect();
    }
    value
}

fn act(act: &Act) -> Value {
    match act {
        Act::Post => json!({ "do": "post" }),
        Act::Reply { to, root } => json!({ "do": "reply", "to": to, "root": root }),
        Act::Edit { of } => json!({ "do": "edit", "of": of }),
        Act::Replace { of } => json!({ "do": "replace", "of": of }),
        Act::Remove => json!({ "do": "remove" }),
    }
}

/// Pictures of the record that do not go with a post: with its first part, where it is made and not changed.
pub fn left_out<'j>(job: &'j Job, post: &'j Post) -> impl Iterator<Item = &'j Image> {
    let makes = post.part == 0 && matches!(job.announcement.act, Act::Post | Act::Replace { .. });
    let own = job.announcement.news.images.iter().filter(move |_| makes);
    own.filter(move |image| !post.images.iter().any(|shown| shown.path() == image.path()))
}

fn post(job: &Job, post: &Post) -> Value {
    let images = post.images.iter().map(|image| json!({ "file": image.path().as_str(), "alt": image.alt }));
    json!({
        "text": post.text,
        "counted": post.counted,
        "lang": post.lang,
        "link": post.link,
        "card": post.card,
        "images": images.collect::<Vec<_>>(),
        "left_out": left_out(job, post).map(|image| image.path().as_str()).collect::<Vec<_>>(),
        "cost": post.cost,
        "payload": post.payload,
    })
}

/// The word for a verdict.
pub fn word(verdict: &Verdict) -> &'static str {
    match verdict {
        Verdict::Send => "send",
        Verdict::Hold { .. } => "hold",
        Verdict::Done(_) => "done",
        Verdict::Suppressed(_) => "suppressed",
        Verdict::Adopt(_) => "adopt",
        Verdict::Refused(_) => "refused",
        Verdict::Parked(_) => "parked",
        Verdict::Unknown(_) => "unknown",
        Verdict::Stopped(_) => "stopped",
        Verdict::Skipped(_) => "skipped",
    }
}

/// Why, in words; empty where the verdict says it all.
pub fn reason(verdict: &Verdict) -> &str {
    match verdict {
        Verdict::Send | Verdict::Done(_) => "",
        Verdict::Hold { reason, .. } => reason,
        Verdict::Suppressed(reason)
        | Verdict::Adopt(reason)
        | Verdict::Refused(reason)
        | Verdict::Parked(reason)
        | Verdict::Unknown(reason)
        | Verdict::Stopped(reason)
        | Verdict::Skipped(reason) => reason,
    }
}

/// What the posts that would be sent cost, by currency.
pub fn costs(plan: &Plan) -> Vec<Cost> {
    let jobs = plan.entries.iter().filter(|entry| entry.verdict == Verdict::Send).filter_map(|entry| entry.job.as_ref());
    let mut sums: BTreeMap<&'static str, u64> = BTreeMap::new();
    for cost in jobs.flat_map(|job| &job.posts).filter_map(|post| post.cost) {
        *sums.entry(cost.currency).or_default() += cost.micros;
    }
    sums.into_iter().map(|(currency, micros)| Cost { micros, currency }).collect()
}

/// An amount as people write it: `USD 0.20`.
pub fn amount(cost: Cost) -> String {
    let cents = cost.micros.div_ceil(1_000);
    let text = format!("{} {}.{:03}", cost.currency, cents / 1_000, cents % 1_000);
    text.strip_suffix('0').map_or_else(|| text.clone(), str::to_owned)
}
