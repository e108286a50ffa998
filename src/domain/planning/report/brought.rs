//! Who brought whom: `met = "RustConf 2024, through Bo Lind"`, and the introductions in the touches.

use chrono::NaiveDate;

use crate::domain::{Book, ContactId};

/// A person in the trees of who brought whom. Those whom that person brought follow, each with those whom they brought.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(crate) struct Brought<'b> {
    /// The name, as `met` has it if it is nobody's in the book.
    pub(crate) name: &'b str,
    /// The contact of that name.
    pub(crate) id: Option<ContactId>,
    /// How many people are between this one and the root of the tree, with the root; 0 for the root.
    pub(crate) depth: usize,
    /// How many people are below: those whom this person brought, and those whom they brought.
    pub(crate) below: usize,
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

/// The trees of who brought whom, those with the most people first.
pub(crate) fn brought(_book: &Book, _today: NaiveDate) -> Vec<Brought<'_>> {
    vec![]
}

/// The introductions that you made up to `today`, the newest first.
pub(crate) fn introductions(_book: &Book, _today: NaiveDate) -> Vec<Introduction<'_>> {
    vec![]
}
