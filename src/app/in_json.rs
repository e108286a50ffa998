//! What a command answers in JSON when it ends: what it did, or what went wrong, with what there is to tell beside it.

use std::io::{self, BufWriter, ErrorKind, Write};

use serde::Serialize;

use super::stream::{Look, Stream};
use super::{App, report};
use crate::domain::Book;
use crate::error::{Error, Result, reason};
use crate::render::json::{self, Notice, OwnKeyChange, Part};
use crate::render::views::problem::say;
use crate::store::{Failure, Saved, StoreError};

impl App {
    /// Takes down what a save is to make of the book.
    pub(super) fn record_change(&mut self, before: &Book, after: &Book) {
        if let Some(record) = &mut self.record {
            record.change(before, after);
        }
    }

    /// Takes down what became of that save.
    pub(super) fn record_save(&mut self, saved: &Result<Saved, StoreError>, is_step: bool) {
        let (is_written, is_kept) = match saved {
            Ok(saved) => (saved.is_written, saved.unkept.is_none()),
            Err(err) => (matches!(err.why, Failure::Unconfirmed(_)), true),
        };
        if let Some(record) = self.record.as_mut().filter(|_| is_written) {
            record.is_written = true;
            record.steps += usize::from(is_step && is_kept);
        }
    }

    /// Takes down what is to become of keys that netkeep does not know, which no book has.
    pub(crate) fn record_own(&mut self, own: impl Iterator<Item = OwnKeyChange>) {
        if let Some(record) = &mut self.record {
            record.own = own.collect();
        }
    }

    /// Takes down how many steps undo what was done, and what they undo.
    pub(crate) fn record_undo(&mut self, steps: usize, what: String) {
        if let Some(record) = &mut self.record {
            record.undo = Some((steps, what));
        }
    }

    /// Takes down that nothing undoes what was done.
    pub(crate) fn record_no_way_back(&mut self) {
        if let Some(record) = &mut self.record {
            record.steps = 0;
        }
    }

    /// Adds something to the document of a writing command that is no change of the book.
    pub(crate) fn answer_more(&mut self, key: &'static str, part: impl FnOnce() -> Part) {
        if let Some(record) = &mut self.record {
            record.more.retain(|(other, _)| *other != key);
            record.more.push((key, part()));
        }
    }

    /// Writes a document, with what was told beside it so far.
    pub(crate) fn document(&mut self, document: &impl Serialize) -> Result<()> {
        let document = json::with_warnings(document, &self.told.take());
        Ok(json::write(&mut self.out, &document)?)
    }

    /// Takes down what is told beside the answer; each thing once.
    pub(super) fn tell(&self, notice: Notice) {
        let mut told = self.told.borrow_mut();
        if !told.contains(&notice) {
            told.push(notice);
        }
    }

    /// Writes the document of a command that has ended, and returns the exit code. A reading command has written its answer.
    pub(super) fn end_in_json(&mut self, done: Result<()>) -> u8 {
        let record = self.record.take();
        let is_saved = self.has_saved || record.as_ref().is_some_and(|record| record.is_written);
        let is_answer = |err: &Error| matches!(err, Error::Unsound | Error::No(_));
        let exit = match &done {
            Ok(()) => 0,
            Err(Error::Output(err)) if err.kind() == ErrorKind::BrokenPipe => return 0,
            Err(err) if is_saved && !is_answer(err) && !err.is_beside_the_book() => 74,
            Err(err) => err.code(),
        };
        let err = done.err().filter(|err| !is_answer(err));
        let error = err.as_ref().map(|err| err.document(exit));
        let is_reading = record.is_none();
        let document = match (record, error) {
            (None, None) => None,
            (Some(record), error) if is_saved || error.is_none() => {
                let done = record.document(self.command, is_saved, self.today);
                Some(match error {
                    Some(error) => done.with_error(error),
                    None => done,
                })
            }
            (_, error) => error.map(json::failed),
        };
        if !is_reading {
            self.out = Box::new(BufWriter::new(io::stdout()));
        }
        let written = document.map_or(Ok(()), |document| self.document(&document));
        let written = written.and_then(|()| Ok(self.out.flush()?));
        match written {
            Ok(()) => exit,
            Err(failure) => unsaid(err.as_ref(), &failure, is_saved, exit),
        }
    }
}

/// The exit code where the document could not be written. What is said then goes to stderr: there is nowhere else.
fn unsaid(err: Option<&Error>, failure: &Error, is_saved: bool, exit: u8) -> u8 {
    match failure {
        Error::Output(failure) if failure.kind() == ErrorKind::BrokenPipe => exit,
        Error::Output(failure) if is_saved => {
            let stream = Stream::stderr(Look::default());
            let reason = reason(failure);
            let said = format!("done, but the answer could not be written: {reason}");
            let _ = say(&mut stream.sink(&mut io::stderr().lock()), "warning", &said);
            exit
        }
        failure => report(err.unwrap_or(failure), Look::default()),
    }
}

/// Answers with an error that ends netkeep before its command runs; returns the exit code.
pub(super) fn refuse(err: &Error) -> u8 {
    let exit = err.code();
    let document = json::failed(err.document(exit));
    let written = json::write(&mut io::stdout().lock(), &document);
    match written {
        Ok(()) => exit,
        Err(failure) => unsaid(Some(err), &Error::Output(failure), false, exit),
    }
}
