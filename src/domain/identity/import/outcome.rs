//! The arrivals, answers and outcomes of an import.

use crate::domain::identity::match_key::MatchedBy;
use crate::domain::identity::supplement::Gains;
use crate::domain::{Contact, ContactId};

/// A contact as another program has it.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct Arrival {
    /// The contact.
    pub contact: Contact,
    /// Its line in the file, from 1.
    pub line: usize,
    /// Which of the imported files it is in, from 0.
    pub file: usize,
    /// Those of its numbers that belong to one person: mobile ones.
    pub mobiles: Vec<String>,
    /// Whether netkeep wrote it: then it is complete, and its name is unique.
    pub is_own: bool,
    /// Whether it is in the layout that netkeep writes, but without the day tracking began: it begins today.
    pub is_undated: bool,
    /// Where you came to know each other online, and when. It counts only where nothing says how you met.
    pub connected: Option<String>,
}

impl Arrival {
    /// Whether it comes with a bucket, and with days that netkeep kept.
    pub(super) fn is_tracked(&self) -> bool {
        self.is_own && !self.is_undated && self.contact.bucket.is_some()
    }
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
    Known(ContactId, Gains),
    /// The same contact as an earlier arrival, and the fields that it gains, that were replaced and that differ. Set only at
    /// the end; until then it is known.
    Again(ContactId, Gains),
    /// Perhaps one of these, and left out.
    Unclear(Vec<ContactId>, MatchedBy),
}

impl Outcome {
    pub(super) fn is_gain(&self) -> bool {
        match self {
            Self::New(_) => true,
            Self::Known(_, gains) => gains.is_change(),
            Self::Again(..) | Self::Unclear(..) => false,
        }
    }

    /// The contact, if it is clear.
    pub(crate) fn id(&self) -> Option<ContactId> {
        match self {
            Self::New(id) | Self::Known(id, _) | Self::Again(id, _) => Some(*id),
            Self::Unclear(..) => None,
        }
    }

    /// Adds the outcome of another round.
    pub(super) fn add(&mut self, later: Self) {
        match (&mut *self, later) {
            (_, Self::Unclear(..)) => {}
            // An arrival whose match was overwritten by another source is new in the end.
            (_, later @ Self::New(_)) | (Self::Unclear(..), later) => *self = later,
            (Self::Known(_, gains), Self::Known(_, more)) => gains.add(more),
            (Self::New(_) | Self::Again(..), _) | (_, Self::Again(..)) => {}
        }
    }
}
