//! Slips that mend themselves: a key or a bucket that can only be a misspelling of one that is known.

use std::ops::Range;

use super::change::Change;
use super::contact_text::{ContactText, Touches};
use super::lines;
use crate::domain::ContactId;
use crate::domain::identity::warnings::WarningKind;
use crate::store::parse::problem::{Problem, Severity};
use crate::store::parse::{ParsedBook, read};

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

/// The text with every typo fixed that has one remedy, and what was fixed. A remedy is taken only if the text parses with
/// one problem less for it, none more, and no contact lost.
pub(crate) fn fix(text: &str, parsed: &ParsedBook) -> (Change<'static>, Vec<Fixed>) {
    let mut new = text.to_owned();
    let mut all = Vec::new();
    let mut now = parsed.clone();
    // From the end, so that the places before stay what they are.
    for problem in parsed.problems.iter().rev() {
        let Some(fix) = &problem.fix else { continue };
        let fixed = lines::replace(&new, problem.at.clone(), fix);
        if let Some(better) = read(&fixed).ok().filter(|better| is_better(better, &now)) {
            all.push(Fixed {
                at: problem.at.clone(),
                from: text[problem.at.clone()].to_owned(),
                to: fix.clone(),
            });
            (new, now) = (fixed, better);
        }
    }
    all.reverse();
    let (text, book) = (new.into(), now.book);
    (Change { text, book }, all)
}

/// Where in the text a warning points: at the value, or where that cannot be told, at the contact.
pub(crate) fn place(
    text: &str,
    parsed: &ParsedBook,
    contact: ContactId,
    kind: &WarningKind,
) -> Range<usize> {
    let Ok(layout) = &parsed.layout else {
        return 0..0;
    };
    let at = layout.contact(contact);
    let Some(stretch) = ContactText::of(&text[at.clone()]) else {
        return at.start..at.start;
    };
    let key = match kind {
        WarningKind::TouchAhead(..) => "touches",
        WarningKind::AddedAhead(_) => "added",
        WarningKind::BirthdayAhead(_) => "birthday",
        WarningKind::SameName(_) => "name",
        WarningKind::SameEmail(..) => "email",
        WarningKind::SamePhone(..) => "phone",
    };
    let item = match (&stretch.touches, kind) {
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

/// Whether a text has fewer problems than before, and no new one.
fn is_better(better: &ParsedBook, before: &ParsedBook) -> bool {
    let told = |read: &ParsedBook| -> Vec<String> {
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
