//! What fits in a week, a month or half a year, and what to change. The book and today's date go in; lists, counts and
//! proposals come out.
//!
//! - `week`: who is in this week and who can wait. Read it first. `turns`: whose turn it is, by share.
//! - `workload`: who falls due in the coming weeks. `spread`: first days of those who come into a bucket and of a fresh start, so
//!   that they do not all fall due at once, taken from a `day_calendar`. `forecast`: whether the week is large enough.
//! - `dormant`: who was in touch once and has been silent for years. `travel`: who is where you go.
//! - `size`: how many people a bucket is meant to hold, and who makes room.
//! - `outreach_reason`: why to write to someone now. `move_plans`: a plan for each of those who have another company or title.
//! - `rhythm`: how often touches really happen. `regroup`: contacts that belong in another bucket. `triage`: contacts
//!   without a bucket.
//! - `stats`: numbers of the past year. `report`: all of this in one value, to be drawn.

mod day_calendar;
pub(crate) mod dormant;
pub(crate) mod forecast;
pub(crate) mod move_plans;
pub(crate) mod outreach_reason;
pub(crate) mod regroup;
pub mod report;
pub mod rhythm;
pub(crate) mod size;
pub mod spread;
pub(crate) mod stats;
pub(crate) mod travel;
pub(crate) mod triage;
pub(crate) mod turns;
pub mod week;
pub(crate) mod workload;
