//! Writes due days and birthdays as a calendar.
//!
//! Source: RFC 5545 (iCalendar). All-day events without an end last one day (3.6.1). The timestamps of events come from the book, not
//! from a clock, so that the same book gives the same bytes.

use chrono::{Datelike, NaiveDate};

use super::vcard::{fold, text};
use crate::domain::text::email;
use crate::domain::{Birthday, Contact};

#[derive(Clone, Copy, Debug)]
pub(crate) struct CalendarEntry<'c> {
    pub(crate) contact: &'c Contact,
    /// The UID under which other programs know the contact.
    pub(crate) uid: &'c str,
    /// The day the next touch is due; `None` if it never is.
    pub(crate) due: Option<NaiveDate>,
}

/// The first year of a birthday without a year: a leap year, which has every day.
const ANY_YEAR: i32 = 2000;

/// The timestamp of an event for which the book has no date.
const LONG_AGO: NaiveDate = NaiveDate::from_ymd_opt(1970, 1, 1).expect("a day");

/// Writes an all-day event for each due day, and a yearly one for each birthday, except of those who are paused for good. A birthday on 29 February falls on the last day of
/// February. UIDs are stable, so that a calendar that subscribes to the file moves its events.
pub(crate) fn calendar(entries: &[CalendarEntry], today: NaiveDate) -> String {
    let mut out = String::new();
    let mut line = |text: &str| fold(&mut out, text);
    line("BEGIN:VCALENDAR");
    line("VERSION:2.0");
    line(concat!(
        "PRODID:-//netkeep//netkeep ",
        env!("CARGO_PKG_VERSION"),
        "//EN"
    ));
    line("CALSCALE:GREGORIAN");
    line("X-WR-CALNAME:netkeep");
    for entry in entries {
        // A year has four digits in iCalendar.
        if let Some(due) = entry.due.filter(|due| due.year() <= 9999) {
            due_day(&mut line, *entry, due, today);
        }
        if let Some(birthday) = entry.contact.celebrated() {
            birthday_event(&mut line, *entry, birthday);
        }
    }
    line("END:VCALENDAR");
    out
}

fn due_day(line: &mut impl FnMut(&str), entry: CalendarEntry, due: NaiveDate, today: NaiveDate) {
    let contact = entry.contact;
    let what = contact
        .next
        .as_ref()
        .filter(|next| next.on == due)
        .and_then(|next| next.what.as_deref());
    let summary = match what {
        Some(what) => format!("{}: {what}", contact.name),
        None => format!("Reach out to {}", contact.name),
    };
    // A due day changes when a touch or a contact is added.
    let last = contact.last_touch(today).map(|touch| touch.on);
    let made = last.max(contact.added.filter(|day| *day <= today));
    let made = made.unwrap_or(LONG_AGO);
    event(line, entry.uid, "due", made, due, &summary);
    let addresses = contact.email.iter().flat_map(|text| email::addresses(text));
    let ways = contact.phone.iter().cloned().chain(addresses);
    let about: Vec<String> = contact.company.iter().cloned().chain(ways).collect();
    if !about.is_empty() {
        line(&format!("DESCRIPTION:{}", text(&about.join("\n"))));
    }
    if let Some(bucket) = &contact.bucket {
        line(&format!("CATEGORIES:{}", text(bucket)));
    }
    line("TRANSP:TRANSPARENT");
    line("END:VEVENT");
}

fn birthday_event(line: &mut impl FnMut(&str), entry: CalendarEntry, birthday: Birthday) {
    let contact = entry.contact;
    let (day, summary) = match birthday {
        Birthday::Date(day) => (
            day,
            format!("Birthday of {} ({})", contact.name, day.year()),
        ),
        Birthday::Yearless { month, day } => {
            let day =
                NaiveDate::from_ymd_opt(ANY_YEAR, month, day).expect("a leap year has every day");
            (day, format!("Birthday of {}", contact.name))
        }
    };
    event(
        line,
        entry.uid,
        "birthday",
        contact.added.unwrap_or(LONG_AGO),
        day,
        &summary,
    );
    let is_leap_day = (day.month(), day.day()) == (2, 29);
    line(if is_leap_day {
        "RRULE:FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=-1"
    } else {
        "RRULE:FREQ=YEARLY"
    });
    line("CATEGORIES:birthday");
    line("TRANSP:TRANSPARENT");
    line("END:VEVENT");
}

fn event(
    line: &mut impl FnMut(&str),
    uid: &str,
    kind: &str,
    made: NaiveDate,
    day: NaiveDate,
    summary: &str,
) {
    let uid = uid.strip_prefix("urn:uuid:").unwrap_or(uid);
    line("BEGIN:VEVENT");
    line(&format!("UID:{}-{kind}@netkeep", text(uid)));
    line(&format!("DTSTAMP:{}T000000Z", made.format("%Y%m%d")));
    line(&format!("DTSTART;VALUE=DATE:{}", day.format("%Y%m%d")));
    line(&format!("SUMMARY:{}", text(summary)));
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{Next, Pause};

    fn day(text: &str) -> NaiveDate {
        text.parse().expect("a day")
    }

    #[test]
    fn a_promise_and_a_leap_day() {
        let next = Next {
            on: day("2026-11-27"),
            what: Some("send, the draft".to_owned()),
        };
        let ana = Contact {
            name: "Ana Ruiz".to_owned(),
            bucket: Some("clients".to_owned()),
            phone: vec!["+34 600".to_owned()],
            birthday: Some("--02-29".parse().expect("a birthday")),
            added: Some(day("2024-09-12")),
            next: Some(next),
            ..Contact::default()
        };
        let entry = CalendarEntry {
            contact: &ana,
            uid: "urn:uuid:x",
            due: Some(day("2026-11-27")),
        };
        let written = calendar(&[entry], day("2026-11-23")).replace("\r\n", "\n");
        let (_, events) = written
            .split_once("X-WR-CALNAME:netkeep\n")
            .expect("a head");
        assert_eq!(
            events,
            "BEGIN:VEVENT\nUID:x-due@netkeep\nDTSTAMP:20240912T000000Z\nDTSTART;VALUE=DATE:20261127\nSUMMARY:Ana Ruiz: send\\, the draft\n\
             DESCRIPTION:+34 600\nCATEGORIES:clients\nTRANSP:TRANSPARENT\nEND:VEVENT\n\
             BEGIN:VEVENT\nUID:x-birthday@netkeep\nDTSTAMP:20240912T000000Z\nDTSTART;VALUE=DATE:20000229\nSUMMARY:Birthday of Ana Ruiz\n\
             RRULE:FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=-1\nCATEGORIES:birthday\nTRANSP:TRANSPARENT\nEND:VEVENT\nEND:VCALENDAR\n"
        );
    }

    #[test]
    fn who_is_paused_for_good_has_no_birthday() {
        let until = Pause::Until(day("2027-01-01"));
        for (paused, events) in [(None, 1), (Some(until), 1), (Some(Pause::Open), 0)] {
            let gus = Contact {
                name: "Gus Holm".to_owned(),
                birthday: Some("1940-11-30".parse().expect("a birthday")),
                paused,
                ..Contact::default()
            };
            let entry = CalendarEntry {
                contact: &gus,
                uid: "x",
                due: None,
            };
            let written = calendar(&[entry], day("2026-11-23"));
            assert_eq!(written.matches("RRULE").count(), events, "{paused:?}");
        }
    }
}
