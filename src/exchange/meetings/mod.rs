//! Reads the meetings of calendars: every occurrence in a span of days, with who was invited.
//!
//! The bytes of a file come in, and facts go out, one for each occurrence. Sources: RFC 5545 (iCalendar), RFC 5546 (cancelling), RFC 6868
//! (parameters), and the output of real programs. The library expands the rules by which meetings recur. Cutting a file into events is
//! done here, because one broken event must not lose the others.
//!
//! - `read.rs`: reads the meetings of a file; start here
//! - `span.rs`: what is asked of a calendar
//! - `lines.rs`: cuts a file into logical lines
//! - `property.rs`: one line as a property
//! - `calendar.rs`: the events and time zones of each calendar of a file
//! - `event.rs`: the properties of an event, read
//! - `attendee.rs`: who was invited
//! - `clock.rs`: times as they are written, and by what they are told
//! - `time.rs`: the times and durations of properties
//! - `zones.rs`: what a clock shows, at which instant
//! - `database.rs`: the time zones of the IANA database
//! - `vtimezone.rs`: a time zone that a calendar describes itself
//! - `windows_zones.rs`: the names that Windows has for time zones
//! - `rule.rs`: the times to which a rule leads
//! - `series.rs`: an event, its exceptions and what replaces them, as occurrences

mod attendee;
mod calendar;
mod clock;
mod database;
mod event;
mod lines;
mod property;
mod read;
mod rule;
mod series;
mod span;
mod time;
mod vtimezone;
mod windows_zones;
mod zones;

pub use self::read::{is_calendar, meetings};
pub use self::span::MeetingSpan;
