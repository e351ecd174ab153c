//! In: a service and its updates. Out: how it worked on each of the last ninety days, as a strip and as a table.
//!
//! A day has the gravest state that any update gave it, if only for a minute. Height tells the states apart as well as
//! colour; the table beside the strip says the same in words, one row for each run of like days.

use super::shop::Shop;
use super::tree::{Tree, safe, text};
use crate::model::date::{Day, Now, Stamp};
use crate::model::lang::Lang;
use crate::model::messages::Arg;
use crate::model::site::{Item, ItemIx};
use crate::text::escape::push_attribute;
use jiff::Timestamp;
use std::fmt::Write;
use tera::Value;

/// How many days are shown, today included.
const DAYS: usize = 90;
/// The states from good to bad, with the look of their tags and the height of their bars.
const STATES: [(&str, &str, u32); 4] =
    [("operational", "ok", 8), ("maintenance", "info", 14), ("degraded", "warn", 22), ("outage", "stop", 32)];

/// A day, the index of its state in [`STATES`], and the updates that say so.
struct Lived {
    day: Day,
    state: usize,
    told: Vec<ItemIx>,
}

/// The strip, its sentence, and the rows of its table, the newest first.
pub(super) fn history(shop: &Shop<'_>, service: &Item, lang: Lang) -> Value {
    let days = lived(shop, service);
    let good = days.iter().filter(|lived| lived.state == 0).count();
    let number = |count: usize| Arg::Number(count as i64);
    let sentence = shop.site.messages.format(lang, "uptime-sentence", &[("good", number(good)), ("total", number(days.len()))]);
    let runs: Vec<&[Lived]> = days.chunk_by(|a, b| a.state == b.state && a.told == b.told).collect();
    let rows: Vec<Value> = runs.iter().rev().map(|run| row(shop, run, lang)).collect();
    Tree::new()
        .with("sentence", text(&sentence))
        .with("good", good as u64)
        .with("total", days.len() as u64)
        .with("from", days.first().map(|lived| shop.stamp(lang, Stamp::Day(lived.day))))
        .with("to", days.last().map(|lived| shop.stamp(lang, Stamp::Day(lived.day))))
        .with("svg", safe(&strip(&days, &sentence)))
        .with("rows", rows)
        .done()
}

fn row(shop: &Shop<'_>, run: &[Lived], lang: Lang) -> Value {
    let (word, tone, _) = STATES[run[0].state];
    let (first, last) = (run[0].day, run[run.len() - 1].day);
    let status =
        Tree::new().with("word", text(word)).with("text", shop.words(lang, &format!("word-state-{word}"))).with("tone", text(tone));
    Tree::new()
        .with("days", run.len() as u64)
        .with("period", shop.dates.range(lang, Stamp::Day(first), Stamp::Day(last)))
        .with("status", status.done())
        .with("updates", run[0].told.iter().map(|at| shop.reference(*at, lang)).collect::<Vec<_>>())
        .done()
}

fn lived(shop: &Shop<'_>, service: &Item) -> Vec<Lived> {
    let now = &shop.site.now;
    let today = now.today();
    let mut days: Vec<Lived> = (0..DAYS).rev().map(|back| Lived { day: today.plus(-(back as i32)), state: 0, told: Vec::new() }).collect();
    for at in &service.links.updates {
        for (begins, ends, state) in spans(shop.item(*at), now) {
            let state = STATES.iter().position(|(word, ..)| *word == state).unwrap_or(0);
            let hit = |lived: &Lived| lived.day.begins(&now.zone) < ends && begins < lived.day.ends(&now.zone);
            for lived in days.iter_mut().filter(|lived| state > 0 && hit(lived)) {
                lived.state = lived.state.max(state);
                if !lived.told.contains(at) {
                    lived.told.push(*at);
                }
            }
        }
    }
    days
}

/// From when to when an update gave which state; nothing before it began, after it ended, or after now.
fn spans(update: &Item, now: &Now) -> Vec<(Timestamp, Timestamp, &'static str)> {
    let fields = &update.original().record.fields;
    let known = |word: Option<&str>| STATES.iter().map(|(name, ..)| *name).find(|name| Some(*name) == word);
    let starts = fields.stamp("starts").or(update.published).map(|stamp| stamp.begins(&now.zone));
    let (Some(starts), Some(state), false) = (starts, known(fields.text("state")), update.status.word == "withdrawn") else {
        return Vec::new();
    };
    let over = ["ends", "expires"].iter().filter_map(|name| fields.stamp(name)).map(|stamp| stamp.ends(&now.zone)).chain([now.at]).min();
    let over = over.unwrap_or(now.at);
    let entries = fields.maps("timeline").filter_map(|entry| Some((entry.stamp("at")?.begins(&now.zone), known(entry.text("state"))?)));
    let mut turns: Vec<(Timestamp, &'static str)> = vec![(starts, state)];
    turns.extend(entries.filter(|(at, _)| *at < over));
    turns[1..].sort_by_key(|(at, _)| *at);
    let ends = turns.iter().skip(1).map(|(at, _)| *at).chain([over]).collect::<Vec<_>>();
    let spans = turns.iter().zip(ends).map(|((at, state), ends)| ((*at).max(starts), ends, *state));
    spans.filter(|(begins, ends, _)| begins < ends).collect()
}

/// One line a state: dashes of four and gaps of one, so that a run of days is one stroke. Time runs as the text does.
fn strip(days: &[Lived], sentence: &str) -> String {
    let width = days.len() * 5;
    let mut svg = format!("<svg class=\"strip\" viewBox=\"0 0 {width} 32\" preserveAspectRatio=\"none\" role=\"img\"");
    push_attribute(&mut svg, "aria-label", sentence);
    svg.push('>');
    for (state, (_, tone, height)) in STATES.iter().enumerate() {
        let mut path = String::new();
        let mut at = 0;
        for run in days.chunk_by(|a, b| a.state == b.state) {
            if run[0].state == state {
                let _ = write!(path, "M{} {}h{}", at * 5, 32 - height / 2, run.len() * 5);
            }
            at += run.len();
        }
        if !path.is_empty() {
            let _ = write!(svg, "<path class=\"{tone}\" stroke-width=\"{height}\" stroke-dasharray=\"4 1\" d=\"{path}\"/>");
        }
    }
    svg.push_str("</svg>");
    svg
}
