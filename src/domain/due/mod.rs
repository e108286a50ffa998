//! When a contact is due. The book and today's date go in; a [`Standing`](rule::Standing) comes out, and nothing is stored.
//!
//! - `rule`: the rule itself. Read it first.
//! - `standing`: what the rule says about one contact.
//! - `limit`: the day after which a contact is urgent.
//! - `channel`: which channel to use next.
//! - `promise`: the contacts you promised something.
//! - `balance`: what you gave and got.

pub mod balance;
pub(crate) mod channel;
pub(crate) mod limit;
pub(crate) mod promise;
pub mod rule;
pub(crate) mod standing;
