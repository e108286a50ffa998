//! The arrivals, answers and outcomes of an import.

use crate::domain::identity::match_key::MatchedBy;
use crate::domain::{Contact, ContactId, Field, Value};

/// The most characters of a company, a city or an address that may tell namesakes apart; a longer text does not belong in a
/// name.
pub const LONGEST_MARK: usize = 80;

/// A contact as another program has it.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct Arrival {
    /// The contact.
    pub contact: Contact,
    /// Its line in the file, from 1.
    pub line: usize,
    /// Whether netkeep wrote it: then it is complete, and its name is unique.
    pub is_own: bool,
}

/// What to do with an arrival whose contact is unclear.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Answer {
    /// It is that one of the candidates.
    Same(ContactId),
    /// It is the only candidate; left out if there are several.
    Only,
    /// It is a new contact.
    New,
    /// Left out, unless a later row makes it clear.
    Leave,
    /// Left out, whatever later rows say.
    Skip,
}

/// The outcome of one arrival.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum Outcome {
    /// A new contact.
    New(ContactId),
    /// A contact of the book, and what it gains.
    Known {
        /// The contact.
        id: ContactId,
        /// The fields it gains.
        gained: Vec<Field>,
        /// The fields that are replaced, and their old values.
        replaced: Vec<(Field, Value)>,
        /// How many touches it gains.
        touches: usize,
        /// The fields in which the two differ.
        differs: Vec<Field>,
    },
    /// The same contact as an earlier arrival, and what it gains. Set only at the end; until then it is known.
    Again {
        /// The contact.
        id: ContactId,
        /// The fields it gains.
        gained: Vec<Field>,
        /// The fields in which the two differ.
        differs: Vec<Field>,
    },
    /// Perhaps one of these, and left out.
    Unclear(Vec<ContactId>, MatchedBy),
}

impl Outcome {
    /// Whether it changes the book.
    pub(super) fn is_gain(&self) -> bool {
        match self {
            Self::New(_) => true,
            Self::Known {
                gained,
                replaced,
                touches,
                ..
            } => !gained.is_empty() || !replaced.is_empty() || *touches > 0,
            Self::Again { .. } | Self::Unclear(..) => false,
        }
    }

    /// The contact, if it is clear.
    pub(super) fn id(&self) -> Option<ContactId> {
        match self {
            Self::New(id) | Self::Known { id, .. } | Self::Again { id, .. } => Some(*id),
            Self::Unclear(..) => None,
        }
    }

    /// Adds the outcome of another round.
    pub(super) fn add(&mut self, later: Self) {
        match (&mut *self, later) {
            (_, Self::Unclear(..)) => {}
            // An arrival whose match was overwritten by another source is new in the end.
            (_, later @ Self::New(_)) | (Self::Unclear(..), later) => *self = later,
            (Self::New(_), _) => {}
            (
                Self::Known {
                    gained,
                    replaced,
                    touches,
                    ..
                },
                Self::Known {
                    gained: more,
                    replaced: more_replaced,
                    touches: more_touches,
                    ..
                },
            ) => {
                let is_new =
                    |(field, _): &(Field, Value)| replaced.iter().all(|(old, _)| old != field);
                let more_replaced: Vec<_> = more_replaced.into_iter().filter(is_new).collect();
                replaced.extend(more_replaced);
                gained.extend(more);
                gained.sort_unstable();
                gained.dedup();
                *touches += more_touches;
            }
            (Self::Again { .. }, _) | (_, Self::Again { .. }) => {}
        }
    }
}
