//! A folder of cards, one vCard a file, and what is remembered of it. Nothing here knows what is in a card.
//!
//! In goes the path of a folder, out come the bytes of its cards; new bytes go in again, each as a whole file.
//!
//! - `folder`: lists, reads, creates, replaces and deletes cards. Read it first.
//! - `links`: which card is which contact, in the state folder. `link_text`: the links as text.

pub(crate) mod folder;
mod link_text;
pub(crate) mod links;
