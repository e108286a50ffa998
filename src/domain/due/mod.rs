//! When someone is due: the rule, and what it is derived from.

pub mod balance;
pub mod channel;
pub(crate) mod limit;
pub mod promise;
pub mod rule;
pub(crate) mod standing;
