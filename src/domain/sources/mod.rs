//! Touches from mail boxes, calendars and call lists. What these say goes in as facts; touches come out, each with its reason, and
//! then what a book gains by them. Read `rule` first.
//!
//! - `fact`: what is known of a message, a meeting and a call before anything is decided.
//! - `mail_log`: many messages in little memory. `owners`: whose an address or a number is.
//! - `rule`: which facts are touches, for all sources. `mail_rule`, `threads`: mail. `meeting_rule`, `phone_rule`: the others.
//! - `reason`: why something counts, and why not. `found`: the touches of a day, joined.
//! - `gain`: what a book gains by the touches that were found. `deleted`: those that the user took out in an editor.
//! - `ignored`: which touches are not read again, after contacts changed.
//! - `own_address`: which addresses are probably the user's own. `suggest`: people who are not in the book, and answered.

pub(crate) mod deleted;
pub mod fact;
pub(crate) mod found;
pub(crate) mod gain;
pub mod ignored;
pub mod mail_log;
mod mail_rule;
mod meeting_rule;
pub(crate) mod own_address;
mod owners;
mod phone_rule;
pub(crate) mod reason;
pub mod rule;
pub(crate) mod suggest;
mod threads;
