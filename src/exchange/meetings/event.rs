//! The properties of an event, read.

use std::sync::Arc;

use super::attendee::Guests;
use super::clock::WrittenTime;
use super::property::EventProperty;
use super::rule::Rule;
use super::time::{Length, duration, time, times};
use super::zones::Zones;
use crate::domain::sources::fact::Attendee;
use crate::domain::text::shortened;
use crate::exchange::RowProblem;
use crate::exchange::clean::one_line;

/// The longest title that is kept, in characters.
const LONGEST_TITLE: usize = 300;

/// An event, or what replaces one occurrence of it.
#[derive(Debug)]
pub(super) struct CalendarEvent {
    /// The line on which it begins.
    pub(super) line: usize,
    pub(super) uid: Option<String>,
    /// The number of its version.
    pub(super) sequence: i64,
    /// The occurrence that it replaces, if it is not the event itself.
    pub(super) replaces: Option<WrittenTime>,
    /// Whether it replaces all later occurrences too.
    pub(super) is_for_future: bool,
    pub(super) start: WrittenTime,
    pub(super) length: Option<Length>,
    pub(super) rules: Vec<Rule>,
    /// The rules of what is left out.
    pub(super) rules_out: Vec<Rule>,
    /// More times, some of which are of another length.
    pub(super) dates: Vec<(WrittenTime, Option<Length>)>,
    /// The times that are left out.
    pub(super) dates_out: Vec<WrittenTime>,
    pub(super) is_all_day: bool,
    pub(super) is_cancelled: bool,
    pub(super) people: Arc<[Attendee]>,
    pub(super) title: Option<Arc<str>>,
}

/// An event that is being read.
#[derive(Debug, Default)]
pub(super) struct EventDraft {
    line: usize,
    uid: Option<String>,
    sequence: i64,
    replaces: Option<WrittenTime>,
    is_for_future: bool,
    start: Option<WrittenTime>,
    has_bad_start: bool,
    end: Option<WrittenTime>,
    lasts: Option<Length>,
    rules: Vec<Rule>,
    rules_out: Vec<Rule>,
    dates: Vec<(WrittenTime, Option<Length>)>,
    dates_out: Vec<WrittenTime>,
    is_all_day: bool,
    is_cancelled: bool,
    guests: Guests,
    title: Option<String>,
}

impl EventDraft {
    pub(super) fn new(line: usize) -> Self {
        Self {
            line,
            ..Self::default()
        }
    }

    /// Takes what a property says. An error says why it is left out.
    pub(super) fn take(
        &mut self,
        property: &EventProperty,
        zones: &mut Zones,
    ) -> Result<(), String> {
        let time = |zones: &mut Zones| {
            let time = time(property, zones);
            time.ok_or_else(|| format!("`{}` is no day or time", shown(property.value)))
        };
        let rule = || {
            let rule = Rule::read(property.value);
            rule.map_err(|why| format!("the rule `{}` is left out: {why}", shown(property.value)))
        };
        match property.name.to_ascii_uppercase().as_str() {
            "UID" => self.uid = Some(property.value.to_owned()).filter(|uid| !uid.is_empty()),
            "SEQUENCE" => self.sequence = property.value.parse().unwrap_or(0),
            "SUMMARY" => {
                let title = shortened(&property.text(), LONGEST_TITLE);
                self.title = Some(title).filter(|title| !title.is_empty());
            }
            // As Outlook writes it.
            "X-MICROSOFT-CDO-ALLDAYEVENT" => {
                self.is_all_day = property.value.eq_ignore_ascii_case("TRUE");
            }
            "STATUS" => self.is_cancelled = property.value.eq_ignore_ascii_case("CANCELLED"),
            "DTSTART" => {
                let start = time(zones);
                self.has_bad_start = start.is_err();
                self.start = Some(start?);
            }
            "DTEND" => self.end = Some(time(zones)?),
            "DURATION" => {
                let length = duration(property.value);
                let wrong = || format!("`{}` is no duration", shown(property.value));
                self.lasts = Some(Length::Lasts(length.ok_or_else(wrong)?));
            }
            "RECURRENCE-ID" => {
                self.replaces = Some(time(zones)?);
                self.is_for_future = property.has("RANGE", &["THISANDFUTURE"]);
            }
            "RRULE" => self.rules.push(rule()?),
            "EXRULE" => self.rules_out.push(rule()?),
            "RDATE" => {
                let times = times(property, zones);
                return all(times, property, |time| self.dates.push(time));
            }
            "EXDATE" => {
                let times = times(property, zones);
                return all(times, property, |(time, _)| self.dates_out.push(time));
            }
            "ATTENDEE" | "ORGANIZER" => self.guests.add(property),
            _ => {}
        }
        Ok(())
    }

    /// The event, or why it is none.
    pub(super) fn finish(self) -> Result<CalendarEvent, RowProblem> {
        // What cancels one occurrence may say no more than which.
        let start = self.start.or(self.replaces.filter(|_| !self.has_bad_start));
        let start = start.ok_or_else(|| RowProblem::lost(self.line, "an event without a start"))?;
        Ok(CalendarEvent {
            line: self.line,
            uid: self.uid,
            sequence: self.sequence,
            replaces: self.replaces,
            is_for_future: self.is_for_future,
            start,
            length: self.end.map(Length::Until).or(self.lasts),
            rules: self.rules,
            rules_out: self.rules_out,
            dates: self.dates,
            dates_out: self.dates_out,
            is_all_day: self.is_all_day,
            is_cancelled: self.is_cancelled,
            people: self.guests.into_people().into(),
            title: self.title.map(Arc::from),
        })
    }
}

/// Takes every time of a list, and says whether one was none.
fn all<T>(
    times: impl Iterator<Item = Option<T>>,
    property: &EventProperty,
    mut take: impl FnMut(T),
) -> Result<(), String> {
    let mut is_whole = true;
    for time in times {
        match time {
            Some(time) => take(time),
            None => is_whole = false,
        }
    }
    let wrong = || format!("`{}` has what is no day or time", shown(property.value));
    is_whole.then_some(()).ok_or_else(wrong)
}

/// The beginning of a value, enough to recognize it.
fn shown(value: &str) -> String {
    shortened(&one_line(&shortened(value, 80)), 40)
}
