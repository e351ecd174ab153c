//! Votes that do not add up.

use super::rule::Rule;
use crate::model::finding::{Finding, Findings};
use crate::model::site::Site;

/// Votes that do not add up.
pub struct VoteTotals;

impl Rule for VoteTotals {
    fn name(&self) -> &'static str {
        "vote-totals"
    }

    fn check(&self, site: &Site, out: &mut Findings) {
        for record in site.items.iter().map(|item| &item.original().record) {
            let Some(vote) = record.fields.map("vote") else { continue };
            for word in ["for", "against", "abstained", "absent"] {
                let roll = vote.maps("roll").filter(|seat| seat.text("vote") == Some(word));
                let counted: u64 = roll.map(|seat| seat.count("seats").unwrap_or(1)).sum();
                let total = vote.count(word).unwrap_or(0);
                if !vote.list("roll").is_empty() && counted != total {
                    out.push(Finding::error(
                        self.name(),
                        record.place(if vote.get(word).is_some() { format!("vote.{word}") } else { "vote.roll".into() }),
                        format!("The roll has {counted} `{word}`, the total says {total}."),
                        "Correct the total or the roll.",
                    ));
                }
            }
            let all: u64 = ["for", "against", "abstained", "absent"].iter().filter_map(|word| vote.count(word)).sum();
            let seats = record
                .fields
                .text("body")
                .and_then(|body| site.settings.bodies.iter().find(|term| term.id == body))
                .and_then(|body| body.seats);
            if let Some(seats) = seats.filter(|seats| all > *seats) {
                out.push(Finding::error(
                    self.name(),
                    record.place("vote"),
                    format!("{all} votes were counted, but the body has {seats} seats."),
                    "Correct the vote, or `seats:` in promulgate.yaml.",
                ));
            }
        }
    }
}
