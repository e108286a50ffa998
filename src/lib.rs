//! netkeep, a personal contact manager.

pub mod domain;
pub mod store;
