//! Fixes unambiguous typos: a key or a bucket that can only be a misspelling of a known one.

use std::ops::Range;

use super::change::Change;
use super::contact_text::{ContactText, Touches};
use super::lines;
use crate::domain::ContactId;
use crate::domain::identity::warnings::WarningKind;
use crate::store::parse::problem::{Problem, Severity};
use crate::store::parse::{ParsedBook, read};

/// A typo that was fixed.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Fixed {
    /// Its place in the old text.
    pub at: Range<usize>,
    /// The typo.
    pub from: String,
    /// What replaced it.
    pub to: String,
}

/// The text with every unambiguous typo fixed, and what was fixed. A fix is kept only if the text then has one problem
/// less, no new problem, and all its contacts.
pub(crate) fn fix(text: &str, parsed: &ParsedBook) -> (Change<'static>, Vec<Fixed>) {
    let mut new = text.to_owned();
    let mut all = Vec::new();
    let mut now = parsed.clone();
    // From the end, so that the places before stay valid.
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

/// The place of a warning in the text: the value, or the contact if the value is not found.
pub(crate) fn place(
    text: &str,
    parsed: &ParsedBook,
    id: ContactId,
    kind: &WarningKind,
) -> Range<usize> {
    let Ok(layout) = &parsed.layout else {
        return 0..0;
    };
    let at = layout.contact(id);
    let Ok(contact) = ContactText::of(&text[at.clone()]) else {
        return at.start..at.start;
    };
    let key = match kind {
        WarningKind::TouchAhead(..) => "touches",
        WarningKind::AddedAhead(_) => "added",
        WarningKind::BirthdayAhead(_) => "birthday",
        WarningKind::SameName(_) => "name",
        WarningKind::SameEmail(..) | WarningKind::Email(..) => "email",
        WarningKind::SamePhone(..) | WarningKind::Phone(_) => "phone",
    };
    let item = match (&contact.touches, kind) {
        (
            Touches::Array { items, .. } | Touches::Blocks(items),
            WarningKind::TouchAhead(index, _),
        ) => items.get(*index),
        _ => None,
    };
    let found = item
        .map(|item| item.entry("on").map_or(&item.at, |entry| &entry.value))
        .or_else(|| contact.table.entry(key).map(|entry| &entry.value))
        .unwrap_or(&contact.table.at);
    at.start + found.start..at.start + found.end
}

/// Whether a text has fewer problems than before and no new one.
fn is_better(better: &ParsedBook, before: &ParsedBook) -> bool {
    let messages = |parsed: &ParsedBook| -> Vec<String> {
        let message = |problem: &Problem| problem.message.clone();
        let problems = parsed.problems.iter();
        problems
            .filter(|problem| problem.severity < Severity::Unknown)
            .map(message)
            .collect()
    };
    let mut old = messages(before);
    let is_known = |message: &String| {
        old.iter()
            .position(|known| known == message)
            .map(|at| old.swap_remove(at))
            .is_some()
    };
    messages(better).iter().all(is_known)
        && !old.is_empty()
        && better.layout.is_ok()
        && better.book.contacts.len() >= before.book.contacts.len()
}
