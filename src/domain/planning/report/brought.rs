//! Who brought whom: `met = "RustConf 2024, through Bo Lind"`, and the introductions in the touches.

use chrono::NaiveDate;

use crate::domain::ContactId;

/// A person, and those whom that person brought.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(crate) struct Brought<'b> {
    /// The name, as `met` has it if it is nobody's in the book.
    pub(crate) name: &'b str,
    /// The contact of that name.
    pub(crate) id: Option<ContactId>,
    /// Those whom this person brought, in the order of the file.
    pub(crate) people: Vec<Brought<'b>>,
}

/// An introduction that you made.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(crate) struct Introduction<'b> {
    pub(crate) on: NaiveDate,
    /// The contact with the touch.
    pub(crate) id: ContactId,
    /// What the touch says was given: `an introduction to Bo Lind`.
    pub(crate) gave: &'b str,
}
