//! In: the checkpoints of a site or the one in a proof, and the witnesses that one knows. Out: who of them has signed, and
//! whether that is enough.
//!
//! A signature by a witness that nobody has named proves nothing and does no harm; one by a known witness that does not hold
//! is false. With a policy (c2sp.org/tlog-policy) the newest checkpoint must have its quorum.

use super::check_log::{History, LOG, entries_of};
use super::checkpoint::Checkpoint;
use super::note::{Note, NoteError, Verified, VerifierKey};
use super::site::{Demand, Falsehood, Report, Site, Trust, Unreachable, Witnessed};
use jiff::Timestamp;
use std::collections::BTreeSet;

/// Looks at the signatures of witnesses on every checkpoint; the newest must have enough.
pub(super) fn checkpoints(
    site: &dyn Site,
    demand: &Demand,
    history: &History,
    sizes: &BTreeSet<u64>,
    report: &mut Report,
) -> Result<(), Unreachable> {
    let witnesses = demand.trust.witnesses();
    let mut enough = None;
    for size in sizes.iter().rev() {
        let path = format!("{LOG}checkpoints/{size}");
        let Some(note) = site.get(&path)? else { continue };
        if let Some(verified) = signed(&note, &path, &witnesses, report)
            && enough.is_none()
            && demand.trust.policy.as_ref().is_some_and(|policy| policy.satisfied(&verified))
        {
            enough = Some(*size);
        }
    }
    let path = format!("{LOG}checkpoint");
    let Some(note) = site.get(&path)? else { return Ok(()) };
    let Some(verified) = signed(&note, &path, &witnesses, report) else { return Ok(()) };
    let size = history.tree.size();
    if !judged((&path, size), &verified, &demand.trust, report) {
        let last = enough
            .filter(|enough| *enough < size)
            .map(|enough| format!("The newest checkpoint with enough is that of {}.", entries_of(enough)));
        report.open.extend(last);
    }
    strangers(&note, &history.keys, &witnesses, report);
    Ok(())
}

/// Says who has signed, and whether the policy, if there is one, is content.
pub(super) fn judged((path, size): (&str, u64), verified: &[Verified], trust: &Trust, report: &mut Report) -> bool {
    let time = |one: &Verified| Timestamp::from_second(i64::try_from(one.time?).ok()?).ok();
    let by: Vec<Witnessed> = verified.iter().filter_map(|one| Some(Witnessed { name: one.name.clone(), size, time: time(one)? })).collect();
    let names: Vec<String> = by.iter().map(|one| format!("{} on {}", one.name, one.time)).collect();
    let who = format!("{} signed the checkpoint of {}: {}.", has(by.len()), entries_of(size), names.join(", "));
    report.witnessed = by;
    match &trust.policy {
        Some(policy) if policy.satisfied(verified) && names.is_empty() => true,
        Some(policy) if policy.satisfied(verified) => {
            report.proven.push(format!("{who} That is as many as your policy asks for."));
            true
        }
        Some(_) => {
            let message = match names.is_empty() {
                true => format!("None of the witnesses of your policy has signed the checkpoint of {}.", entries_of(size)),
                false => format!("{who} Your policy asks for others, or for more."),
            };
            report.fault(Falsehood::Witness, path, message);
            false
        }
        None => {
            if !names.is_empty() {
                report.proven.push(who);
            }
            true
        }
    }
}

fn has(count: usize) -> String {
    if count == 1 { "1 witness has".into() } else { format!("{count} witnesses have") }
}

/// The signatures of known witnesses; none where one of them does not hold.
fn signed(note: &[u8], path: &str, witnesses: &[VerifierKey], report: &mut Report) -> Option<Vec<Verified>> {
    // What is no note is told of by the check of the log.
    let note = Note::parse(note).ok()?;
    match note.verified(witnesses) {
        Ok(verified) => Some(verified),
        Err(NoteError::Signature(name)) => {
            report.fault(Falsehood::Witness, path, format!("The signature of the witness {name} does not belong to this checkpoint."));
            None
        }
        Err(_) => Some(Vec::new()),
    }
}

/// Names those whose signatures nobody could look at.
fn strangers(note: &[u8], log: &[VerifierKey], witnesses: &[VerifierKey], report: &mut Report) {
    let Ok(note) = Note::parse(note) else { return };
    if Checkpoint::parse(note.text()).is_err() {
        return;
    }
    let is_known = |(name, id): &(&str, [u8; 4])| log.iter().chain(witnesses).any(|key| key.name() == *name && key.id() == *id);
    let names: BTreeSet<&str> =
        note.signers().filter(|signer| !is_known(signer)).map(|(name, _)| name).filter(|name| *name != log[0].name()).collect();
    if !names.is_empty() {
        let some: Vec<&str> = names.into_iter().take(10).collect();
        report.open.push(format!(
            "Further signatures on the newest checkpoint, by {}: give their keys with --policy, and they are checked too.",
            some.join(", ")
        ));
    }
}
