//! Slips that mend themselves: a key or a bucket that can only be a misspelling of one that is known.

use std::ops::Range;

use super::change::Change;
use super::contact_text::{ContactText, Touches};
use super::lines;
use crate::domain::ContactId;
use crate::domain::identity::warnings::WarningKind;
use crate::store::book_file::BookFile;
use crate::store::parse::problem::{Problem, Severity};
use crate::store::parse::read::{Read, read};

/// What was mended: where it stood, what it said and what it says now.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Fixed {
    /// The place in the text as it was.
    pub at: Range<usize>,
    /// What stood there.
    pub from: String,
    /// What stands there now.
    pub to: String,
}

impl BookFile {
    /// The book with every slip mended that has one remedy, and what was mended. A remedy is taken only if the text
    /// reads with one problem less for it, none more, and nobody lost.
    #[must_use]
    pub fn mend(&self) -> (Change<'_>, Vec<Fixed>) {
        let mut text = self.text().to_owned();
        let mut mended = Vec::new();
        let mut now = self.as_read().clone();
        // From the end, so that the places before stay what they are.
        for problem in self.problems().iter().rev() {
            let Some(fix) = &problem.fix else { continue };
            let fixed = lines::replace(&text, problem.at.clone(), fix);
            if let Some(better) = read(&fixed).ok().filter(|better| is_better(better, &now)) {
                mended.push(Fixed {
                    at: problem.at.clone(),
                    from: self.text()[problem.at.clone()].to_owned(),
                    to: fix.clone(),
                });
                (text, now) = (fixed, better);
            }
        }
        mended.reverse();
        let book = now.book;
        let text = text.into();
        (Change { text, book }, mended)
    }

    /// Where in the text a doubt is about: the value, or where that cannot be told, the contact.
    #[must_use]
    pub fn place(&self, contact: ContactId, what: &WarningKind) -> Range<usize> {
        let Some(at) = self.stretch_of(contact) else {
            return 0..0;
        };
        let Some(stretch) = ContactText::of(&self.text()[at.clone()]) else {
            return at.start..at.start;
        };
        let key = match what {
            WarningKind::TouchAhead(..) => "touches",
            WarningKind::AddedAhead(_) => "added",
            WarningKind::BirthdayAhead(_) => "birthday",
            WarningKind::SameName(_) => "name",
            WarningKind::SameEmail(..) => "email",
            WarningKind::SamePhone(..) => "phone",
        };
        let item = match (&stretch.touches, what) {
            (
                Touches::Array { items, .. } | Touches::Blocks(items),
                WarningKind::TouchAhead(index, _),
            ) => items.get(*index),
            _ => None,
        };
        let found = item
            .map(|item| item.entry("on").map_or(&item.at, |entry| &entry.value))
            .or_else(|| stretch.entry(key).map(|entry| &entry.value))
            .unwrap_or(&stretch.header);
        at.start + found.start..at.start + found.end
    }
}

/// Whether a text has fewer problems than before, and no new one.
fn is_better(better: &Read, before: &Read) -> bool {
    let told = |read: &Read| -> Vec<String> {
        let told = |problem: &Problem| problem.message.clone();
        read.problems
            .iter()
            .filter(|problem| problem.severity < Severity::Unknown)
            .map(told)
            .collect()
    };
    let mut old = told(before);
    let is_known = |message: &String| {
        old.iter()
            .position(|known| known == message)
            .map(|at| old.swap_remove(at))
            .is_some()
    };
    told(better).iter().all(is_known)
        && !old.is_empty()
        && better.layout.is_ok()
        && better.book.contacts.len() >= before.book.contacts.len()
}
