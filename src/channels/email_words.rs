//! In: what a mail server said, and what is noted of its recipients. Out: what it means, without the password.

use crate::model::announcement::Image;
use crate::model::ledger::Receipt;
use crate::model::transport::{MailAnswer, MailStage, Secret, SendError, Transport};
use std::time::Duration;

/// The note of those whom the server will never take, with its words.
pub const REFUSED: &str = "refused";
/// The note of those who have got it.
pub const TAKEN: &str = "taken";
/// How long to wait where a server says "later".
pub const PAUSE: Duration = Duration::from_secs(300);
/// Ends well, unless somebody will never get it: then a person must tell them.
pub fn done(receipt: Receipt, out: &mut dyn Transport) -> Result<Option<Receipt>, SendError> {
    match out.noted(REFUSED) {
        None => Ok(Some(receipt)),
        Some(refused) => Err(SendError::Person {
            reason: format!(
                "the message was taken for all but {refused}. Tell them in another way and correct `to:`; the others have it, so record it as posted at the address of the page"
            ),
        }),
    }
}

/// What a code other than 250 means: 4xx later, 5xx never, and who may not log in or send is no sender at all.
pub fn failure(answer: &MailAnswer, reason: String) -> SendError {
    match (answer.stage, answer.code) {
        (_, 400..=499) => SendError::Retry { after: Some(PAUSE), reason },
        (MailStage::Greeting | MailStage::Login, _) | (_, 530 | 534 | 535 | 538) => SendError::Account { reason },
        _ => SendError::Refused { reason },
    }
}

/// The server's words about all or about single recipients.
pub fn said(answer: &MailAnswer, password: Option<&Secret>) -> String {
    let refused: Vec<String> = answer.refused.iter().map(|(to, code, words)| format!("{to}: {code} {words}")).collect();
    let text = if refused.is_empty() { format!("{} {}", answer.code, answer.words) } else { refused.join("; ") };
    scrubbed(text.trim_end(), password)
}

/// The text without the password.
pub fn scrubbed(text: &str, password: Option<&Secret>) -> String {
    match password.map(Secret::expose).filter(|password| !password.is_empty()) {
        Some(password) => text.replace(password, "…"),
        None => text.to_owned(),
    }
}

/// Adds to a note of addresses.
pub fn keep(out: &mut dyn Transport, name: &str, more: Vec<String>) -> Result<(), SendError> {
    if more.is_empty() {
        return Ok(());
    }
    let known = out.noted(name).into_iter();
    let note = known.chain(more).collect::<Vec<_>>().join(", ");
    out.note(name, &note).map_err(|error| SendError::Unknown { reason: error.to_string() })
}

/// The addresses of a note.
pub fn addresses(note: &str) -> Vec<String> {
    note.split(", ").map(|entry| entry.split(' ').next().unwrap_or_default().to_owned()).collect()
}

/// `a@b` of `Name <a@b>`.
pub fn bare(address: &str) -> String {
    address.rsplit_once('<').map_or(address, |(_, rest)| rest.trim_end_matches('>')).trim().to_owned()
}

/// The text with the words of each picture and where it is: plain mail shows none.
pub fn with_pictures(text: &str, images: &[Image]) -> String {
    let lines: Vec<String> = images.iter().map(|image| format!("[{}]\n{}", image.alt, image.url)).collect();
    if lines.is_empty() { text.to_owned() } else { format!("{text}\n\n{}", lines.join("\n\n")) }
}
