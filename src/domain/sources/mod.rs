//! Touches from mail boxes, calendars and call lists. What these say goes in as facts; touches come out, each with its reason.
//!
//! - `fact`: what is known of a message, a meeting and a call before anything is decided.
//! - `ignored`: which touches are not read again, after contacts changed.

pub mod fact;
pub mod ignored;
