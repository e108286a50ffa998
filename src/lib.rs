//! netkeep, a personal contact manager: one plain TOML file, a cadence for every bucket, and a list of who is due.
//!
//! The library exists for the command, its tests and its benchmarks; it has no stable API. Each of its layers may use only
//! those to its right:
//!
//! ```text
//! main → lib → cli → commands → app → error → { store  exchange  render } → domain
//! ```

pub mod domain;
pub mod exchange;
pub mod store;

// No fuzz target uses these layers, and building them for fuzzing takes as long as all the others.
#[cfg(not(fuzzing))]
mod app;
#[cfg(not(fuzzing))]
mod cli;
#[cfg(not(fuzzing))]
mod commands;
#[cfg(not(fuzzing))]
mod error;
#[cfg(not(fuzzing))]
pub mod render;
#[cfg(not(fuzzing))]
mod run;

#[cfg(not(fuzzing))]
pub use run::run;
