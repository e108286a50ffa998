//! The answer to the question which of several promises is done.

/// A promise that the user picked among several to a contact.
pub(super) struct PickedPromise {
    /// The contact.
    pub(super) name: String,
    /// The line in which it was listed.
    pub(super) line: String,
}
