//! What a writing command did, taken down for its answer in JSON.

use chrono::NaiveDate;

use crate::domain::Book;
use crate::domain::changes::book_change::{BookChange, ContactChange};
use crate::render::json::{self, Object, OwnKeyChange, Part};
use crate::render::words::steps::what;

/// What a writing command did. Its sentences are not written: the document is made from the book before and after.
#[derive(Default)]
pub(super) struct WriteRecord {
    /// The book before the first save and after the last one.
    pub(super) books: Option<(Book, Book)>,
    pub(super) is_written: bool,
    /// The keys that netkeep does not know, which no book has.
    pub(super) own: Vec<OwnKeyChange>,
    /// How many steps undo it.
    pub(super) steps: usize,
    /// The same and what they undo, where the command knows better.
    pub(super) undo: Option<(usize, String)>,
    /// What there is to say that is no change of the book.
    pub(super) more: Vec<(&'static str, Part)>,
}

impl WriteRecord {
    /// Takes down what a save is to make of the book.
    pub(super) fn change(&mut self, before: &Book, after: &Book) {
        let first = self.books.take().filter(|_| self.is_written);
        let before = first.map_or_else(|| before.clone(), |(first, _)| first);
        self.books = Some((before, after.clone()));
    }

    /// The document of the command.
    pub(super) fn document(self, command: &str, is_written: bool, today: NaiveDate) -> Object {
        let (before, after) = self.books.unwrap_or_default();
        let mut change = BookChange::between(&before, &after);
        let saved = (self.steps > 0).then(|| (self.steps, what(command, &change, today)));
        let undo = self.undo.or(saved);
        let own = self.own.into_iter().filter(|own| own.old != own.new);
        let own: Vec<OwnKeyChange> = own.collect();
        for id in own.iter().map(|own| own.contact) {
            let is_it = |one: &ContactChange| one.after.is_some_and(|(other, _)| other == id);
            if !change.contacts.iter().any(is_it) {
                change.contacts.push(ContactChange {
                    before: Some(before.contact(id)),
                    after: Some((id, after.contact(id))),
                });
            }
        }
        let done = json::written(command, is_written, &change, &own, &after, undo, today);
        let more = self.more.into_iter();
        more.fold(done, |done, (key, part)| done.with_part(key, part))
    }
}
