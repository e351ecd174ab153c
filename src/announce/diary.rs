//! In: a channel's way out. Out: the same, with a memory: what a step notes is a line of the ledger before the next one.

use crate::announce::book::Book;
use crate::model::announcement::Image;
use crate::model::ledger::{Line, Note, Receipt, State};
use crate::model::record::RecordId;
use crate::model::transport::*;
use jiff::{SignedDuration, Timestamp};
use std::collections::BTreeMap;
use std::time::Duration;

/// A way out that keeps notes about one step of one announcement.
pub(super) struct Diary<'d, 'b> {
    pub out: &'d mut (dyn Transport + Send),
    pub clock: &'d mut (dyn Clock + Send),
    pub book: &'d Book<'b>,
    pub record: &'d RecordId,
    /// The line of the attempt, or of the question.
    pub line: Line,
}

impl Diary<'_, '_> {
    fn known(&self, name: &str) -> Option<Note> {
        self.book.read(|ledger| ledger.standing(self.record, &self.line.key).and_then(|standing| standing.notes.get(name).cloned()))
    }
}

impl Transport for Diary<'_, '_> {
    fn http(&mut self, request: &Request) -> Result<Response, CallError> {
        self.out.http(request)
    }

    fn plugin(&mut self, argv: &[String], lines: &mut dyn FnMut(&str) -> Option<String>, limit: Duration) -> Result<(), CallError> {
        self.out.plugin(argv, lines, limit)
    }

    fn socket(&mut self, url: &str, lines: &mut dyn FnMut(Option<&str>) -> Talk, limit: Duration) -> Result<(), CallError> {
        self.out.socket(url, lines, limit)
    }

    fn mail(&mut self, mail: &Mail) -> Result<MailAnswer, CallError> {
        self.out.mail(mail)
    }

    fn hand_over(&mut self, kit: &Kit, images: &[Image]) -> Result<String, CallError> {
        self.out.hand_over(kit, images)
    }

    fn noted(&self, name: &str) -> Option<String> {
        self.known(name).map(|note| note.value).filter(|value| !value.is_empty())
    }

    fn note(&mut self, name: &str, value: &str) -> Result<(), CallError> {
        if self.line.state != State::Sending {
            return Ok(());
        }
        let notes = BTreeMap::from([(name.to_owned(), self.out.without_secrets(value))]);
        // Within an attempt the later note counts, even where a clock stands still or is set back.
        let after = self.known(name).and_then(|note| note.at.checked_add(SignedDuration::from_nanos(1)).ok());
        let now = self.clock.now();
        let line = Line { notes, at: after.map_or(now, |after| now.max(after)), ..self.line.clone() };
        // The fault is in the book; whoever called us must not go on without the note.
        self.book.write(self.record, line).map_err(|_| CallError::NotSent("the note could not be made durable".into()))
    }

    fn rotate(&mut self, name: &str, value: &Secret) -> Result<(), CallError> {
        self.out.rotate(name, value)
    }

    fn now(&mut self) -> Timestamp {
        // Signatures carry the time of the world, whatever day is rehearsed.
        self.out.now()
    }

    fn secret(&mut self, name: &str) -> Result<Secret, CallError> {
        self.out.secret(name)
    }

    fn without_secrets(&self, text: &str) -> String {
        self.out.without_secrets(text)
    }

    fn image(&mut self, image: &Image) -> Result<Vec<u8>, CallError> {
        self.out.image(image)
    }

    fn in_earnest(&self) -> bool {
        self.out.in_earnest()
    }
}

/// What a channel answers, without the secrets that its platform may repeat: it goes into the ledger and is said.
pub(super) fn clean(out: &dyn Transport, answer: Result<Option<Receipt>, SendError>) -> Result<Option<Receipt>, SendError> {
    let hidden = |text: String| out.without_secrets(&text);
    let receipt = |at: Receipt| Receipt { id: hidden(at.id), url: hidden(at.url), version_id: hidden(at.version_id) };
    answer.map(|at| at.map(receipt)).map_err(|error| match error {
        SendError::Retry { after, reason } => SendError::Retry { after, reason: hidden(reason) },
        SendError::Unknown { reason } => SendError::Unknown { reason: hidden(reason) },
        SendError::Refused { reason } => SendError::Refused { reason: hidden(reason) },
        SendError::Person { reason } => SendError::Person { reason: hidden(reason) },
        SendError::Account { reason } => SendError::Account { reason: hidden(reason) },
    })
}
