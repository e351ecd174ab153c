//! In: the totals of a vote. Out: its chart and the sentence that says the same.

use super::shop::Shop;
use super::tree::{Tree, safe};
use crate::model::lang::Lang;
use crate::model::messages::Arg;
use crate::model::record::Fields;
use crate::text::escape::push_attribute;
use std::f64::consts::PI;
use std::fmt::Write;
use tera::Value;

/// Most seats that are drawn one by one.
const DRAWN: u64 = 400;

/// Totals, sentence and chart of a vote.
pub(super) fn vote(shop: &Shop<'_>, lang: Lang, fields: &Fields) -> Option<Value> {
    let vote = fields.map("vote")?;
    let count = |name: &str| vote.count(name).unwrap_or(0);
    let (yes, no, abstained, absent) = (count("for"), count("against"), count("abstained"), count("absent"));
    let total = yes.checked_add(no)?.checked_add(abstained)?.checked_add(absent)?;
    let number = |value: u64| Arg::Number(i64::try_from(value).unwrap_or(i64::MAX));
    let sentence = shop.site.messages.format(
        lang,
        "vote-sentence",
        &[
            ("total", number(total)),
            ("for", number(yes)),
            ("against", number(no)),
            ("abstained", number(abstained)),
            ("absent", number(absent)),
        ],
    );
    let svg = (1..=DRAWN).contains(&total).then(|| safe(&chart(yes, no, abstained + absent, &sentence)));
    Some(
        Tree::new()
            .with("for", yes)
            .with("against", no)
            .with("abstained", abstained)
            .with("absent", absent)
            .with("total", total)
            .with("sentence", sentence)
            .with("svg", svg)
            .done(),
    )
}

/// Seats in a half circle: filled for, rings against, small dots for those who did not vote.
fn chart(yes: u64, no: u64, silent: u64, sentence: &str) -> String {
    let seats = places((yes + no + silent) as usize);
    let radius = seats.1;
    let mut svg = String::from("<svg viewBox=\"0 0 200 110\" role=\"img\"");
    push_attribute(&mut svg, "aria-label", sentence);
    svg.push('>');
    let groups = [
        (yes, "fill=\"currentColor\"", radius),
        (no, "fill=\"none\" stroke=\"currentColor\" stroke-width=\"2\"", radius - 1.0),
        (silent, "fill=\"currentColor\"", radius * 0.36),
    ];
    let mut at = seats.0.iter();
    for (count, look, size) in groups {
        let _ = write!(svg, "<g {look}>");
        for (x, y) in at.by_ref().take(count as usize) {
            let _ = write!(svg, "<circle cx=\"{x:.1}\" cy=\"{y:.1}\" r=\"{size:.1}\"/>");
        }
        svg.push_str("</g>");
    }
    svg.push_str("</svg>");
    svg
}

/// Places of seats in rows of a half circle, from one side to the other, and the radius of a seat.
fn places(total: usize) -> (Vec<(f64, f64)>, f64) {
    let rows = ((total as f64 / 9.0).sqrt().round() as usize).clamp(1, 12);
    let step = 62.0 / rows as f64;
    let radii: Vec<f64> = (0..rows).map(|row| 95.0 - step * row as f64).collect();
    let sum: f64 = radii.iter().sum();
    let mut seats = Vec::with_capacity(total);
    let mut left = total;
    for (row, radius) in radii.iter().enumerate() {
        let share = if row + 1 == rows { left } else { ((total as f64) * radius / sum).round() as usize };
        let here = share.min(left);
        left -= here;
        for seat in 0..here {
            let angle = if here == 1 { PI / 2.0 } else { PI * seat as f64 / (here - 1) as f64 };
            seats.push((angle, 100.0 - radius * angle.cos(), 102.0 - radius * angle.sin()));
        }
    }
    seats.sort_by(|a, b| a.0.total_cmp(&b.0));
    let gap = PI * radii[0] / (total as f64 * radii[0] / sum).max(1.0);
    let radius = (step.min(gap) * 0.42).clamp(1.6, 6.0);
    (seats.into_iter().map(|(_, x, y)| (x, y)).collect(), radius)
}
