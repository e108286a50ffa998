//! Fixes what can mean one thing only: a key or a bucket that is a misspelling of a known one, and a value of the wrong type.

use std::ops::Range;

use super::change::Change;
use super::contact_text::ContactText;
use crate::domain::ContactId;
use crate::domain::identity::warnings::WarningKind;
use crate::store::parse::problem::{Fix, Problem};
use crate::store::parse::row_key::RowKey;
use crate::store::parse::{ParsedBook, read};

/// What was fixed.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Fixed {
    /// Its place in the old text.
    pub at: Range<usize>,
    /// What was there.
    pub from: String,
    /// What replaced it.
    pub to: String,
}

/// The text with everything fixed that has one fix, and what was fixed. Fixes are kept only if the text then has as many
/// problems less, no new one, and all its contacts, and if the book then says the same where only values were fixed.
pub(crate) fn fix(text: &str, parsed: &ParsedBook) -> (Change<'static>, Vec<Fixed>) {
    let (change, mut all) = fix_outer(text, parsed);
    let new = change.text.to_string();
    let Some(parsed) = read(&new).ok().filter(|_| !all.is_empty()) else {
        return (change, all);
    };
    // A value that was fixed as a whole may hold another one.
    let (change, inner) = fix_outer(&new, &parsed);
    let inner = inner.into_iter().map(|fixed| Fixed {
        at: before(&all, fixed.at.start)..before(&all, fixed.at.end),
        ..fixed
    });
    let inner: Vec<Fixed> = inner.collect();
    all.extend(inner);
    (change, all)
}

/// Where a place of the text was before these fixes, which are in order.
fn before(fixes: &[Fixed], at: usize) -> usize {
    let mut new = at;
    for fix in fixes {
        if new < fix.at.start + fix.to.len() {
            return new.min(fix.at.end);
        }
        new = new - fix.to.len() + fix.from.len();
    }
    new
}

/// The same, without what is inside of a value that is fixed.
fn fix_outer(text: &str, parsed: &ParsedBook) -> (Change<'static>, Vec<Fixed>) {
    let problems = parsed.problems.iter();
    let fixable: Vec<&Problem> = problems.filter(|problem| problem.fix.is_some()).collect();
    let mut fixing = Fixing {
        text,
        now: parsed.clone(),
        kept: Vec::new(),
    };
    fixing.keep(&fixable);
    let Fixing { now, kept, .. } = fixing;
    let new = with(text, &kept);
    let fixed = |problem: &Problem| {
        let to = problem.fix.as_ref()?.text().to_owned();
        Some(Fixed {
            at: problem.at.clone(),
            from: text[problem.at.clone()].to_owned(),
            to,
        })
    };
    let all = kept.into_iter().filter_map(fixed).collect();
    let (text, book) = (new.into(), now.book);
    (Change { text, book }, all)
}

/// The fixes that are kept so far.
struct Fixing<'p> {
    text: &'p str,
    /// The book with them.
    now: ParsedBook,
    kept: Vec<&'p Problem>,
}

impl<'p> Fixing<'p> {
    /// Keeps these fixes together, or as many of them as can be kept.
    fn keep(&mut self, fixable: &[&'p Problem]) {
        if fixable.is_empty() {
            return;
        }
        let all = [self.kept.as_slice(), fixable].concat();
        let better = read(&with(self.text, &all)).ok();
        let better = better.filter(|better| is_better(better, &self.now, fixable));
        match (better, fixable) {
            (Some(better), _) => (self.now, self.kept) = (better, all),
            (None, [_]) => {}
            (None, fixable) => {
                let (first, second) = fixable.split_at(fixable.len() / 2);
                self.keep(first);
                self.keep(second);
            }
        }
    }
}

/// The text with these fixes, which are in its order and apart from each other.
fn with(text: &str, fixes: &[&Problem]) -> String {
    let mut new = String::with_capacity(text.len());
    let mut done = 0;
    for problem in fixes {
        if let Some(fix) = problem.fix.as_ref().filter(|_| problem.at.start >= done) {
            new.push_str(&text[done..problem.at.start]);
            new.push_str(fix.text());
            done = problem.at.end;
        }
    }
    new + &text[done..]
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
        WarningKind::TouchAhead(..) => RowKey::Touches.key(),
        WarningKind::PromiseLongPast(..) | WarningKind::SamePromise(_) => RowKey::Promises.key(),
        WarningKind::SameDate(_) => RowKey::Dates.key(),
        WarningKind::AddedAhead(_) => "added",
        WarningKind::BirthdayAhead(_) => "birthday",
        WarningKind::ShortLimit { is_own: true, .. } => "limit",
        WarningKind::ShortLimit { .. } => "cadence",
        WarningKind::SameName(_) => "name",
        WarningKind::SameEmail(..) | WarningKind::Email(..) => "email",
        WarningKind::SamePhone(..) | WarningKind::Phone(_) => "phone",
    };
    let row = match kind {
        WarningKind::TouchAhead(index, _) => Some((RowKey::Touches, *index)),
        WarningKind::PromiseLongPast(index, _) | WarningKind::SamePromise(index) => {
            Some((RowKey::Promises, *index))
        }
        WarningKind::SameDate(index) => Some((RowKey::Dates, *index)),
        _ => None,
    };
    // The first key of a row is its day.
    let day_of_row = |(rows, index): (RowKey, usize)| {
        let item = contact.rows(rows).items().get(index)?;
        let day = item.entry(rows.keys()[0]);
        Some(day.map_or(&item.at, |day| &day.value))
    };
    let found = row
        .and_then(day_of_row)
        .or_else(|| contact.table.entry(key).map(|entry| &entry.value))
        .unwrap_or(&contact.table.at);
    at.start + found.start..at.start + found.end
}

/// Whether a text has fewer problems than before, as these were fixed, and no new one.
fn is_better(better: &ParsedBook, before: &ParsedBook, fixed: &[&Problem]) -> bool {
    let messages = |parsed: &ParsedBook| -> Vec<String> {
        let problems = parsed.problems.iter();
        let problems = problems.filter(|problem| problem.is_warning());
        let mut messages: Vec<String> = problems.map(|problem| problem.message.clone()).collect();
        messages.sort_unstable();
        messages
    };
    let mut old = messages(before).into_iter();
    let new = messages(better);
    let is_value = |problem: &&Problem| matches!(problem.fix, Some(Fix::Value(_)));
    new.len() + fixed.len() <= old.len()
        // Both are sorted.
        && new.iter().all(|message| old.any(|known| known == *message))
        && better.layout.is_ok()
        && better.book.contacts.len() >= before.book.contacts.len()
        && (!fixed.iter().all(is_value) || better.book == before.book)
}
