//! Days, counts and answers as words: functions that return a text and write nothing.
//!
//! - `changed.rs`: what a change affects, as in `city of Ana Ruiz`
//! - `coming_day.rs`: birthdays and other days, as in `today, turns 43`
//! - `days.rs`: days and distances, as in `Fri 27 Nov, in 4 days`
//! - `plural.rs`: counts and lists, as in `a, b and 9 more`
//! - `outreach.rs`: how to reach someone, and why
//! - `standing.rs`: when a contact is due, what is next
//! - `joined.rs`: what came into the book from another copy of it
//! - `lacking.rs`: what another copy of it lacks
//! - `load.rs`: what the cadences ask for, against the week
//! - `messages.rs`: the parts of sentences that commands answer with
//! - `missing.rs`: what a book lacks, one by one
//! - `never.rs`: what to type for those who are never due
//! - `reasons.rs`: why something counts as a touch, and why not
//! - `touch.rs`: how and about what a touch was
//! - `steps.rs`: what a change of the book did, as in `import: 212 people`
//! - `week.rs`: where the week stands, as in `3 of 10 done, 7 to go`

pub(crate) mod changed;
pub(crate) mod coming_day;
pub(crate) mod days;
pub(crate) mod joined;
pub(crate) mod lacking;
pub(crate) mod load;
pub(crate) mod messages;
pub(crate) mod missing;
pub(crate) mod never;
pub(crate) mod outreach;
pub(crate) mod plural;
pub(crate) mod reasons;
pub(crate) mod standing;
pub(crate) mod steps;
pub(crate) mod touch;
pub(crate) mod week;
