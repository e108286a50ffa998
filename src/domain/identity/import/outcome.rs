//! What an import is given for each row, and what it answers.

use crate::domain::identity::match_key::MatchedBy;
use crate::domain::{Contact, ContactId, Field, Value};

/// How many characters of a company, a city or an address still tell namesakes apart; a longer text is no name.
pub const LONGEST_MARK: usize = 80;

/// Somebody as another program tells of them.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct Arrival {
    /// What it tells.
    pub contact: Contact,
    /// Where in the file: the line, from 1.
    pub line: usize,
    /// Whether netkeep wrote it: then it is whole, and its name is its own.
    pub is_own: bool,
}

/// What to do with somebody of whom it is unclear who they are.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Answer {
    /// That one of those they may be.
    Same(ContactId),
    /// The one they may be; left out if there are several.
    Only,
    /// Somebody new.
    New,
    /// Left out, unless a later row tells who they are.
    Leave,
    /// Left out, whatever later rows tell.
    Skip,
}

/// What becomes of one arrival.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum Outcome {
    /// A new contact.
    New(ContactId),
    /// A contact of the book, and what it gains.
    Known {
        /// Who.
        id: ContactId,
        /// The fields it gains.
        gained: Vec<Field>,
        /// The fields that take another value, and what they said before.
        replaced: Vec<(Field, Value)>,
        /// How many touches it gains.
        touches: usize,
        /// The fields in which the two differ.
        differs: Vec<Field>,
    },
    /// The same person as an earlier arrival, and what they gain by this one. Told in the end: on the way they are known.
    Again {
        /// Who.
        id: ContactId,
        /// The fields they gain.
        gained: Vec<Field>,
        /// The fields in which the two differ.
        differs: Vec<Field>,
    },
    /// Perhaps one of these, and left out.
    Unclear(Vec<ContactId>, MatchedBy),
}

impl Outcome {
    /// Whether the book changes by it.
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

    /// Whom the arrival is, if that is known.
    pub(super) fn id(&self) -> Option<ContactId> {
        match self {
            Self::New(id) | Self::Known { id, .. } | Self::Again { id, .. } => Some(*id),
            Self::Unclear(..) => None,
        }
    }

    /// What becomes of the arrival after another look.
    pub(super) fn add(&mut self, later: Self) {
        match (&mut *self, later) {
            (_, Self::Unclear(..)) => {}
            // Who was known by what has given way to somebody else's word is new in the end.
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
