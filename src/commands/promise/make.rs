//! What a promise comes to among those that stand.

use chrono::NaiveDate;

use crate::domain::due::promises::{PromiseEntry, same};
use crate::domain::{ContactId, Promise};
use crate::render::words::messages;
use crate::store::Edit;

/// A promise that is made.
#[derive(Clone)]
pub(crate) enum Made {
    New(Promise),
    /// One that stands gets another day.
    Moved {
        index: usize,
        was: Promise,
        promise: Promise,
    },
    /// This one stands, and says it all.
    Known(Promise),
}

impl Made {
    /// What `typed` comes to: with the words of one that stands and another day, it moves that one. Of several with those
    /// words, none is moved.
    pub(crate) fn of(standing: &[Promise], typed: Promise) -> Self {
        let same = same(standing, &typed.what);
        let says_all = |index: &&usize| typed.by.is_none() || typed.by == standing[**index].by;
        if let Some(known) = same.iter().find(says_all) {
            return Self::Known(standing[*known].clone());
        }
        let [index] = same[..] else {
            return Self::New(typed);
        };
        let was = standing[index].clone();
        let promise = Promise {
            by: typed.by,
            what: was.what.clone(),
        };
        Self::Moved {
            index,
            was,
            promise,
        }
    }

    /// What is said of it; `None` if it stands already.
    pub(crate) fn said(&self, name: &str, today: NaiveDate) -> Option<String> {
        match self {
            Self::New(promise) => Some(messages::promised(name, promise, None, today)),
            Self::Moved { was, promise, .. } => {
                Some(messages::promised(name, promise, Some(was), today))
            }
            Self::Known(_) => None,
        }
    }

    /// Whether `entry` is what was made.
    pub(crate) fn is_new(&self, entry: &PromiseEntry) -> bool {
        let (Self::New(promise) | Self::Moved { promise, .. }) = self else {
            return false;
        };
        promise.by == entry.by && promise.what.trim() == entry.what
    }

    /// Makes it in the `standing` ones.
    pub(crate) fn apply(&self, standing: &mut Vec<Promise>) {
        match self {
            Self::New(promise) => standing.push(promise.clone()),
            Self::Moved { index, promise, .. } => standing[*index] = promise.clone(),
            Self::Known(_) => {}
        }
    }

    /// The edit that makes it; `None` if it stands already.
    pub(crate) fn edit(&self, contact: ContactId) -> Option<Edit> {
        match self.clone() {
            Self::New(promise) => Some(Edit::AddPromise { contact, promise }),
            Self::Moved { index, promise, .. } => Some(Edit::AmendPromise {
                contact,
                index,
                promise,
            }),
            Self::Known(_) => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A promise from `26 call`: the day of November, `-` without one, and the words.
    fn promise(text: &str) -> Promise {
        let (day, what) = text.split_once(' ').expect("a day and words");
        Promise {
            by: day
                .parse()
                .ok()
                .and_then(|day| NaiveDate::from_ymd_opt(2026, 11, day)),
            what: what.to_owned(),
        }
    }

    #[test]
    fn the_only_one_with_the_words_is_moved() {
        for (standing, typed, expected) in [
            (vec!["26 visit"], "27 call", "new"),
            (vec!["26 visit", "26 Call"], "27 call", "moves 1"),
            (vec!["- call"], "27 call", "moves 0"),
            (vec!["27 call"], "27 call", "known"),
            (vec!["27 call"], "- call", "known"),
            (vec!["26 call", "27 call"], "27 call", "known"),
            (vec!["26 call", "27 call"], "28 call", "new"),
        ] {
            let standing: Vec<Promise> = standing.into_iter().map(promise).collect();
            let made = match Made::of(&standing, promise(typed)) {
                Made::New(_) => "new".to_owned(),
                Made::Moved { index, .. } => format!("moves {index}"),
                Made::Known(_) => "known".to_owned(),
            };
            assert_eq!(made, expected, "{standing:?} {typed}");
        }
    }
}
