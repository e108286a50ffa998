//! Two states of a book: who in one is who in the other, and what becomes of a value, a row, a list or a line that both
//! have, given what they grew from. Pure, and generic over what is compared; `store::edit::book_merge` does the same to
//! the text.
//!
//! With several bases only what every one of them has counts as a base; without one nothing was removed. Each rule gives the
//! same for the two sides in either order.
//!
//! - `values`: a value of a key. Read it first. `lists`: a list of texts, which is a set. `lines`: notes and comments.
//! - `rows`: touches, promises and dates. `known`: what a contact says about who it is. `pairing`: who is who.
//!   `renamed`: who got another name by hand. `names`: what namesakes are called.

pub mod known;
pub mod lines;
pub mod lists;
pub mod names;
pub mod pairing;
pub mod renamed;
pub mod rows;
pub mod values;
