//! netkeep, a personal contact manager.

pub mod domain;
