//! In: lines of lanes that work at the same time. Out: each durable before its writer goes on; and what they tell, folded.
//!
//! Ledger and store together: what the one has, the other is told, in that order. Where the store is far away, lanes do
//! not queue for it one by one: whoever gets at it writes for all who are waiting, and they find their lines written. The
//! ledger can be read meanwhile.

use crate::model::ledger::{Ledger, Line};
use crate::model::record::RecordId;
use crate::model::transport::{StateError, StateStore};
use std::sync::{Mutex, MutexGuard, PoisonError};

/// The store failed: nothing may be sent any more.
#[derive(Debug)]
pub(super) struct Halt;

/// Ledger and store of a run.
pub(super) struct Book<'a> {
    page: Mutex<Page>,
    store: Mutex<&'a mut (dyn StateStore + Send)>,
    is_far: bool,
}

/// What can be read and handed in without waiting for the store.
struct Page {
    ledger: Ledger,
    fault: Option<StateError>,
    waiting: Vec<(RecordId, Line)>,
    /// How many lines were ever handed in, and how many of them are written.
    handed_in: u64,
    written: u64,
}

impl<'a> Book<'a> {
    /// A book that begins with what the store has loaded.
    pub(super) fn new(ledger: Ledger, store: &'a mut (dyn StateStore + Send)) -> Book<'a> {
        let page = Page { ledger, fault: None, waiting: Vec::new(), handed_in: 0, written: 0 };
        let is_far = store.is_far();
        Book { page: Mutex::new(page), store: Mutex::new(store), is_far }
    }

    /// Reads the ledger.
    pub(super) fn read<T>(&self, look: impl FnOnce(&Ledger) -> T) -> T {
        look(&lock(&self.page).ledger)
    }

    /// Whether the store has failed.
    pub(super) fn has_failed(&self) -> bool {
        lock(&self.page).fault.is_some()
    }

    /// Writes a line; durable and folded when it returns.
    pub(super) fn write(&self, record: &RecordId, line: Line) -> Result<(), Halt> {
        if !self.is_far {
            self.with_store(|store| store.append(record, std::slice::from_ref(&line)))?;
            lock(&self.page).ledger.fold(record, line);
            return Ok(());
        }
        let mut page = lock(&self.page);
        page.waiting.push((record.clone(), line));
        page.handed_in += 1;
        let mine = page.handed_in;
        drop(page);
        let mut store = lock(&self.store);
        let mut page = lock(&self.page);
        // Who held the store meanwhile may have written this line too.
        if page.written < mine && page.fault.is_none() {
            let batch = std::mem::take(&mut page.waiting);
            drop(page);
            let result = append(&mut **store, &batch);
            page = lock(&self.page);
            match result {
                Ok(()) => page.fold(batch),
                Err(fault) => page.fault = Some(fault),
            }
        }
        if page.written >= mine { Ok(()) } else { Err(Halt) }
    }

    /// Writes lines of many records in one batch.
    pub(super) fn write_all(&self, batch: Vec<(RecordId, Vec<Line>)>) -> Result<(), Halt> {
        self.with_store(|store| store.append_all(&batch))?;
        let mut page = lock(&self.page);
        batch.into_iter().for_each(|(record, lines)| lines.into_iter().for_each(|line| page.ledger.fold(&record, line)));
        Ok(())
    }

    /// Notes that a channel's baseline has been taken.
    pub(super) fn baseline(&self, channel: &str, at: jiff::Timestamp) -> Result<(), Halt> {
        self.with_store(|store| store.baseline(channel, at))?;
        lock(&self.page).ledger.baselines.insert(channel.to_owned(), at);
        Ok(())
    }

    /// What it came to.
    pub(super) fn close(self) -> (Ledger, Option<StateError>) {
        let page = self.page.into_inner().unwrap_or_else(PoisonError::into_inner);
        (page.ledger, page.fault)
    }

    fn with_store(&self, work: impl FnOnce(&mut (dyn StateStore + Send)) -> Result<(), StateError>) -> Result<(), Halt> {
        let mut store = lock(&self.store);
        if self.has_failed() {
            return Err(Halt);
        }
        work(&mut **store).map_err(|fault| {
            lock(&self.page).fault = Some(fault);
            Halt
        })
    }
}

impl Page {
    fn fold(&mut self, batch: Vec<(RecordId, Line)>) {
        self.written += batch.len() as u64;
        batch.into_iter().for_each(|(record, line)| self.ledger.fold(&record, line));
    }
}

/// One line by itself, several as a batch, those of one record in their order.
fn append(store: &mut (dyn StateStore + Send), batch: &[(RecordId, Line)]) -> Result<(), StateError> {
    if let [(record, line)] = batch {
        return store.append(record, std::slice::from_ref(line));
    }
    let mut grouped: std::collections::BTreeMap<RecordId, Vec<Line>> = std::collections::BTreeMap::new();
    batch.iter().for_each(|(record, line)| grouped.entry(record.clone()).or_default().push(line.clone()));
    store.append_all(&grouped.into_iter().collect::<Vec<_>>())
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use crate::model::announcement::{Event, Key};
    use crate::model::ledger::State;
    use crate::model::transport::Repair;
    use jiff::Timestamp;
    use std::sync::mpsc::{Receiver, SyncSender, sync_channel};

    /// A store that says when a write begins, and waits for leave to go on; it fails where leave is refused.
    struct Gated {
        begun: SyncSender<usize>,
        leave: Receiver<bool>,
    }

    impl StateStore for Gated {
        fn load(&mut self) -> Result<(Ledger, Vec<Repair>), StateError> {
            Ok((Ledger::default(), Vec::new()))
        }
        fn append(&mut self, record: &RecordId, lines: &[Line]) -> Result<(), StateError> {
            self.append_all(&[(record.clone(), lines.to_vec())])
        }
        fn append_all(&mut self, batch: &[(RecordId, Vec<Line>)]) -> Result<(), StateError> {
            self.begun.send(batch.iter().map(|(_, lines)| lines.len()).sum()).unwrap();
            if self.leave.recv().unwrap() { Ok(()) } else { Err(StateError::Raced { place: "here".into() }) }
        }
        fn baseline(&mut self, _: &str, _: Timestamp) -> Result<(), StateError> {
            Ok(())
        }
        fn is_far(&self) -> bool {
            true
        }
    }

    fn line(version: &str) -> (RecordId, Line) {
        let (record, lang) = (RecordId("updates/2026/ferry".into()), "sv".parse().unwrap());
        let key = Key::of("mastodon", "social.norrvik.example", &record, lang, version, Event::Published);
        let text = format!(
            r#"{{"v":1,"key":"{key}","state":"sending","at":"2026-11-19T06:40:00Z","run":"a","attempt":1,"channel":"c","event":"published","lang":"sv","version":"{version}"}}"#
        );
        (record, serde_json::from_str(&text).unwrap())
    }

    /// Four lanes write at once, three of them while the store is busy with the first; how each fared, and the batches.
    fn four_at_once(leave_for_the_three: bool) -> (Vec<bool>, Vec<usize>, Option<StateError>) {
        let ((begun, begins), (give, leave)) = (sync_channel(9), sync_channel(9));
        let mut store = Gated { begun, leave };
        let book = Book::new(Ledger::default(), &mut store);
        let (mut fared, mut batches) = (Vec::new(), Vec::new());
        std::thread::scope(|scope| {
            let write = |version: &'static str| {
                let book = &book;
                scope.spawn(move || {
                    let (record, line) = line(version);
                    let is_written = book.write(&record, line.clone()).is_ok();
                    assert_eq!(
                        is_written,
                        book.read(|ledger| ledger.standing(&record, &line.key).is_some_and(|at| at.line.state == State::Sending))
                    );
                    is_written
                })
            };
            let first = write("1");
            batches.push(begins.recv().unwrap());
            let others = ["2", "3", "4"].map(write);
            while lock(&book.page).waiting.len() < 3 {
                std::thread::yield_now();
            }
            give.send(true).unwrap();
            batches.push(begins.recv().unwrap());
            give.send(leave_for_the_three).unwrap();
            fared.push(first.join().unwrap());
            fared.extend(others.map(|other| other.join().unwrap()));
        });
        batches.extend(begins.try_iter());
        (fared, batches, book.close().1)
    }

    #[test]
    fn lines_that_wait_for_a_busy_store_are_written_together() {
        assert!(matches!(four_at_once(true), (fared, batches, None) if fared == [true; 4] && batches == [1, 3]));
    }

    #[test]
    fn where_a_common_write_fails_nobody_goes_on() {
        let (fared, batches, fault) = four_at_once(false);
        assert_eq!((fared, batches), (vec![true, false, false, false], vec![1, 3]));
        assert!(matches!(fault, Some(StateError::Raced { .. })));
    }
}
