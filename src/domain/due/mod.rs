//! When a contact is due. The book and today's date go in; a [`Standing`](rule::Standing) comes out, and nothing is stored.
//!
//! - `rule`: the rule itself, and the day after which a contact is urgent. Read it first.
//! - `standing`: what the rule says about one contact. `promises`: everything promised, in a list.
//! - `channel`: which channel to use next. `channel_words`: what people type for one. `letter`: whether it is time for one.
//! - `coming_days`: birthdays and other days of the year. `balance`: what you gave and got.

pub mod balance;
pub(crate) mod channel;
pub(crate) mod channel_words;
pub(crate) mod coming_days;
mod letter;
pub(crate) mod promises;
pub mod rule;
pub(crate) mod standing;
