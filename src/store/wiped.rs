//! What netkeep wrote and somebody's older copy of the book has wiped: an editor that was opened before and saved after.

use super::file::BookFile;
use super::shelf::{By, Version};
use crate::domain::lost::{Followed, Lost, lost};
use crate::domain::{Book, Value};

impl BookFile {
    /// What netkeep wrote and the book, edited by hand since, no longer holds.
    #[must_use]
    pub fn wiped(&self) -> Vec<Lost> {
        if self.shelf().is_known() {
            return vec![];
        }
        let past = self.shelf().timeline().past;
        match past.last() {
            Some(last) if last.by != By::Hand => written_and_lost(&past, self.book()),
            _ => vec![],
        }
    }

    /// The same, or where that is nothing, what an earlier edit by hand wiped, and the book has lacked ever since.
    #[must_use]
    pub fn recoverable(&self) -> Vec<Lost> {
        let wiped = self.wiped();
        if !wiped.is_empty() {
            return wiped;
        }
        let past = self.shelf().timeline().past;
        for at in (1..past.len()).rev().filter(|&at| past[at].by == By::Hand) {
            let (Some(before), Some(after)) = (past[at - 1].book(), past[at].book()) else {
                continue;
            };
            let mut wiped = written_and_lost(&past[..at], &after);
            // What was back in between has been taken out on purpose since.
            let later = past[at + 1..].iter().filter_map(Version::book);
            for book in later.chain([self.book().clone()]) {
                if wiped.is_empty() {
                    break;
                }
                let missing = lost(&before, &book);
                wiped = missing
                    .into_iter()
                    .filter(|missing| wiped.iter().any(|wiped| wiped.is_same(missing)))
                    .collect();
            }
            if !wiped.is_empty() {
                return wiped;
            }
        }
        vec![]
    }
}

/// Something that is missing, on the way back to whoever put it there.
struct Missing {
    lost: Lost,
    /// What the contact was called in the version that is looked at.
    called: String,
    /// What the field says now, if it is one.
    now: Option<Value>,
}

/// What the last of `past` holds, `after` lacks, and a command of netkeep's put there.
fn written_and_lost(past: &[Version], after: &Book) -> Vec<Lost> {
    let Some(mut later) = past.last().and_then(Version::book) else {
        return vec![];
    };
    let now = Followed::new(&later, after);
    let mut missing: Vec<Missing> = lost(&later, after)
        .into_iter()
        .map(|lost| Missing {
            now: match &lost {
                Lost::Field { was, field, .. } => now
                    .named(was)
                    .and_then(|at| now.after(at))
                    .and_then(|contact| contact.get(*field)),
                _ => None,
            },
            called: lost.was().to_owned(),
            lost,
        })
        .collect();
    let mut written = Vec::new();
    for pair in past.windows(2).rev() {
        if missing.is_empty() {
            break;
        }
        let Some(earlier) = pair[0].book() else {
            continue;
        };
        let is_netkeeps = matches!(pair[1].by, By::Command(_));
        let back = Followed::new(&later, &earlier);
        missing.retain_mut(|Missing { lost, called, now }| {
            let then = back.named(called).and_then(|at| back.after(at));
            let is_new = match (&*lost, then) {
                (_, None) => true,
                (Lost::Contact(_), Some(_)) => false,
                (Lost::Touch { touch, .. }, Some(then)) => !then.touches.contains(touch),
                (Lost::Field { field, value, .. }, Some(then)) => then.get(*field) != *value,
            };
            if let (false, Some(then)) = (is_new, then) {
                called.clone_from(&then.name);
                return true;
            }
            // A field that says neither what netkeep wrote nor what stood there before was changed once more, on purpose.
            let is_put_back = match &*lost {
                Lost::Field { field, .. } => *now == then.and_then(|then| then.get(*field)),
                _ => true,
            };
            if is_netkeeps && is_put_back {
                written.push(lost.clone());
            }
            false
        });
        later = earlier;
    }
    written
}
