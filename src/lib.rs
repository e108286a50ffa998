//! netkeep, a personal contact manager.

pub mod domain;
pub mod render;
pub mod store;
