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
    /// What `typed` comes to: with the words of one that stands and another day, it moves that one.
    pub(crate) fn of(standing: &[Promise], typed: Promise) -> Self {
        let Some(index) = same(standing, &typed.what) else {
            return Self::New(typed);
        };
        let was = standing[index].clone();
        if typed.by.is_none() || typed.by == was.by {
            return Self::Known(was);
        }
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
