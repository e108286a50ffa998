//! A change of the book: what can be asked for, and what comes of it.

use std::ops::Range;

use chrono::NaiveDate;

use super::patch::Patch;
use crate::domain::{Book, Bucket, Cadence, Contact, ContactId, Field, Touch, Value};
use crate::store::parse::problem::Problem;

/// One change that a command asks for.
#[derive(Clone, Debug)]
pub enum Edit {
    /// Puts a contact at the end.
    Add(Box<Contact>),
    /// Takes a contact out, with the comments that are its own.
    Remove(ContactId),
    /// Sets a field, or takes it out.
    Set {
        /// Whose.
        contact: ContactId,
        /// Which.
        field: Field,
        /// To what; `None` takes the line out.
        value: Option<Value>,
    },
    /// Puts a touch after the last one.
    Log {
        /// With whom.
        contact: ContactId,
        /// What.
        touch: Touch,
    },
    /// Puts a touch before another.
    Insert {
        /// Whose.
        contact: ContactId,
        /// The place of that other among the contact's touches.
        index: usize,
        /// What.
        touch: Touch,
    },
    /// Changes a touch.
    Amend {
        /// Whose.
        contact: ContactId,
        /// Its place among the contact's touches.
        index: usize,
        /// What it says from now on.
        touch: Touch,
    },
    /// Takes a touch out.
    DeleteTouch {
        /// Whose.
        contact: ContactId,
        /// Its place among the contact's touches.
        index: usize,
    },
    /// Puts a text of the user's in place of a contact's lines, its comments included.
    Rewrite {
        /// Whose.
        contact: ContactId,
        /// The new lines.
        text: String,
    },
    /// Puts a bucket after the last one.
    AddBucket(Bucket),
    /// Changes a bucket.
    SetBucket {
        /// Which.
        name: String,
        /// What of it.
        setting: Setting,
    },
    /// Takes a bucket out.
    RemoveBucket(String),
    /// Writes the day of the last regrouping. It may go with edits of contacts.
    Regrouped(NaiveDate),
}

/// What can be set of a bucket.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
#[allow(missing_docs, reason = "each is the key of the same name in the book")]
pub enum Setting {
    Cadence(Cadence),
    Limit(Cadence),
    Share(u32),
}

/// What came of some edits: the text, and the book that it says.
#[derive(Clone, Debug)]
pub struct Change<'t> {
    /// The whole new text.
    pub text: Patch<'t>,
    /// The book, as read from it.
    pub book: Book,
}

/// Why edits were not made.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum Refused {
    /// The text at this place is written in a way that is read but not edited.
    Unsupported(Range<usize>),
    /// The contact has problems, and would still have them.
    HasProblems(Vec<Problem>),
    /// The user's own text is not one sound contact; the places are places in it.
    Invalid(Vec<Problem>),
    /// The result would not say what was asked for. Nothing that a user does should lead here.
    VerificationFailed,
}

impl Edit {
    /// The edits that make `after` of `before`, the contact at `id`: fields that differ, and touches that are new. The touches of
    /// `before` are all in `after`, in their order.
    #[must_use]
    pub fn between(id: ContactId, before: &Contact, after: &Contact) -> Vec<Self> {
        let fields = Field::ALL
            .into_iter()
            .filter(|field| before.get(*field) != after.get(*field));
        let mut edits: Vec<Self> = fields
            .map(|field| Self::Set {
                contact: id,
                field,
                value: after.get(field),
            })
            .collect();
        let mut known = before.touches.iter().peekable();
        for (index, touch) in after.touches.iter().enumerate() {
            if known.next_if_eq(&touch).is_some() {
                continue;
            }
            let (contact, touch) = (id, touch.clone());
            edits.push(if known.peek().is_some() {
                Self::Insert {
                    contact,
                    index,
                    touch,
                }
            } else {
                Self::Log { contact, touch }
            });
        }
        edits
    }

    /// Whether it changes more than the inside of a contact's own text, so that only the whole text can prove it.
    pub(super) fn is_wide(&self) -> bool {
        matches!(
            self,
            Self::Remove(_)
                | Self::Rewrite { .. }
                | Self::AddBucket(_)
                | Self::SetBucket { .. }
                | Self::RemoveBucket(_)
                | Self::Regrouped(_)
        )
    }

    /// The contact that it changes and leaves in the book.
    #[must_use]
    pub fn contact(&self) -> Option<ContactId> {
        match self {
            Self::Set { contact, .. }
            | Self::Log { contact, .. }
            | Self::Insert { contact, .. }
            | Self::Amend { contact, .. }
            | Self::DeleteTouch { contact, .. }
            | Self::Rewrite { contact, .. } => Some(*contact),
            _ => None,
        }
    }
}
