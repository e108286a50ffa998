//! Which contacts a name, a filter or a word means, and in what order.

pub mod by_name;
pub mod filter;
pub mod name_completion;
pub mod sort;
