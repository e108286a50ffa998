//! What a week, a month or a half-year holds, and what to change so that it fits.

pub mod forecast;
pub mod regroup;
pub mod rhythm;
pub mod spread;
pub mod stats;
pub mod triage;
pub(crate) mod turns;
pub mod week;
pub mod workload;
