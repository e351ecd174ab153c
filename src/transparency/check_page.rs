//! In: one page, its record, its proof and the log's key. Out: whether the record is in the log and the page shows it.
//!
//! Needs no network and nothing else of the site. What such a check cannot know, it says.

use super::check_witness;
use super::leaf::{self, Action};
use super::note::{Verified, VerifierKey};
use super::proof::TlogProof;
use super::site::{Falsehood, Report, Trust};
use super::{stretches, words};
use serde::Deserialize;
use sha2::{Digest, Sha256};

/// The files of one page; the proof and the record lie beside it.
pub struct Page<'p> {
    /// Name and bytes of the page; none where the record alone is checked.
    pub html: Option<(&'p str, &'p [u8])>,
    /// Name and bytes of `record.json`.
    pub record: (&'p str, &'p [u8]),
    /// Name and bytes of `record.tlog-proof`.
    pub proof: (&'p str, &'p [u8]),
}

/// What of a record is compared with its page.
#[derive(Deserialize)]
struct Said {
    title: String,
    text: String,
}

/// Checks one page.
pub fn page(page: &Page<'_>, key: &VerifierKey, trust: &Trust) -> Report {
    let mut report = Report::default();
    logged(page, key, trust, &mut report);
    if let Some((name, html)) = page.html {
        match serde_json::from_slice::<Said>(page.record.1) {
            Ok(said) => shown(name, html, &said, &mut report),
            Err(error) => report.fault(Falsehood::Record, page.record.0, format!("The record has no title and text: {error}.")),
        }
    }
    let open = "Whether there is a newer version by now: the log on the site tells, and `promulgate verify URL` asks it.";
    report.open.push(open.into());
    report
}

fn logged(page: &Page<'_>, key: &VerifierKey, trust: &Trust, report: &mut Report) {
    let name = page.proof.0;
    let proof = match TlogProof::parse(page.proof.1) {
        Ok(proof) => proof,
        Err(error) => return report.fault(Falsehood::Proof, name, format!("The proof is not accepted: {error}.")),
    };
    let Some((leaf, salt)) = proof.extra.as_deref().and_then(|extra| leaf::parse_extra(extra).ok()) else {
        return report.fault(Falsehood::Proof, name, "The proof does not carry the entry and the salt of its record.");
    };
    if leaf::commitment(&salt, &Sha256::digest(page.record.1).into()) != leaf.c {
        report.fault(Falsehood::Record, page.record.0, "The record is not the one that was logged.");
    }
    let mut keys = trust.log_keys(key);
    keys.extend(trust.witnesses());
    match proof.verify(&leaf.hash(), key.name(), &keys) {
        Err(error) => report.fault(Falsehood::Proof, name, format!("The proof is not accepted: {error}.")),
        Ok((checkpoint, verified)) if report.holds() => {
            report.log = Some((checkpoint.size, checkpoint.root));
            let what = match leaf.action {
                Action::Withdrawn => "as withdrawn",
                _ => "as published",
            };
            report.proven.push(format!(
                "The record is the one that the log `{}` has {what} on {}, as version {} (entry {} of {}).",
                checkpoint.origin, leaf.t, leaf.n, proof.index, checkpoint.size
            ));
            let by: Vec<Verified> = verified.into_iter().filter(|one| one.time.is_some()).collect();
            check_witness::judged((name, checkpoint.size), &by, trust, report);
        }
        Ok(_) => {}
    }
}

fn shown(name: &str, html: &[u8], said: &Said, report: &mut Report) {
    let Ok(html) = std::str::from_utf8(html) else {
        return report.fault(Falsehood::Words, name, "The page is not valid UTF-8.");
    };
    match words::shown(&words::of_page(html), &words::squeezed(&said.title), &stretches::of_markdown(&said.text)) {
        Err(missed) => {
            let missed: String = missed.chars().take(120).collect();
            report.fault(Falsehood::Words, name, format!("The page does not show, in its place: \u{201c}{missed}\u{201d}."));
        }
        Ok(between) => {
            if report.holds() {
                report.proven.push("The page shows the record's title and text, word for word and in order.".into());
            }
            if !between.is_empty() {
                let short = |gap: &String| format!("\u{201c}{}\u{201d}", gap.chars().take(80).collect::<String>());
                let some: Vec<String> = between.iter().take(5).map(short).collect();
                report.open.push(format!("Lines between those of the record that it does not have: {}.", some.join(", ")));
            }
        }
    }
    report.open.push("Everything else on the page: dates, amounts and other fields, menus, pictures, and whether a style sheet hides words; `promulgate verify` of the whole site covers it.".into());
}
