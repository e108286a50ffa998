//! Writes due days, birthdays, other days of the year and promises as a calendar.
//!
//! Source: RFC 5545 (iCalendar). All-day events without an end last one day (3.6.1), and a promise is a to-do (3.6.2), which
//! need not have a day. The timestamps of events come from the book, not
//! from a clock, so that the same book gives the same bytes.

use chrono::{Datelike, NaiveDate};

use super::vcard::{fold, text};
use crate::domain::identity::match_key::uid_of_name;
use crate::domain::text::email;
use crate::domain::{AnnualDay, Contact, Promise};

#[derive(Clone, Copy, Debug)]
pub(crate) struct CalendarEntry<'c> {
    pub(crate) contact: &'c Contact,
    /// The UID under which other programs know the contact.
    pub(crate) uid: &'c str,
    /// The day the next touch is due; `None` if it never is.
    pub(crate) due: Option<NaiveDate>,
    /// The promises to write.
    pub(crate) promises: &'c [Promise],
}

/// The first year of a day without a year: a leap year, which has every day.
const ANY_YEAR: i32 = 2000;

/// The timestamp of an event for which the book has no date.
const LONG_AGO: NaiveDate = NaiveDate::from_ymd_opt(1970, 1, 1).expect("a day");

/// Writes an all-day event for each due day, a yearly one for each birthday and other day, except of those who are paused for good,
/// and a to-do for each promise. 29 February falls on the last day of February. UIDs are stable, so that a calendar
/// that subscribes to the file moves its events; those of a promise and of another day depend on its words and not on its day.
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
        if entry.contact.keeps_days() {
            days_of_the_year(&mut line, *entry);
        }
        for at in 0..entry.promises.len() {
            todo(&mut line, *entry, at, today);
        }
    }
    line("END:VCALENDAR");
    out
}

fn due_day(line: &mut impl FnMut(&str), entry: CalendarEntry, due: NaiveDate, today: NaiveDate) {
    let contact = entry.contact;
    let plan = contact.next.as_ref().filter(|next| next.on == due);
    let mut promises = entry.promises.iter();
    let promise = promises.find(|promise| promise.by == Some(due));
    let what = plan
        .and_then(|next| next.what.as_ref())
        .or_else(|| promise.map(|promise| &promise.what));
    let summary = match what {
        Some(what) => format!("{}: {what}", contact.name),
        None => format!("Reach out to {}", contact.name),
    };
    event(
        line,
        entry.uid,
        "due",
        changed(contact, today),
        due,
        &summary,
    );
    ways(line, contact);
    line("TRANSP:TRANSPARENT");
    line("END:VEVENT");
}

/// The day on which a due day changed: when a touch or the contact was added.
fn changed(contact: &Contact, today: NaiveDate) -> NaiveDate {
    let last = contact.last_touch(today).map(|touch| touch.on);
    let made = last.max(contact.added.filter(|day| *day <= today));
    made.unwrap_or(LONG_AGO)
}

/// How to reach the contact, and its bucket.
fn ways(line: &mut impl FnMut(&str), contact: &Contact) {
    let addresses = contact.email.iter().flat_map(|text| email::addresses(text));
    let ways = contact.phone.iter().cloned().chain(addresses);
    let about: Vec<String> = contact.company.iter().cloned().chain(ways).collect();
    if !about.is_empty() {
        line(&format!("DESCRIPTION:{}", text(&about.join("\n"))));
    }
    if let Some(bucket) = &contact.bucket {
        line(&format!("CATEGORIES:{}", text(bucket)));
    }
}

/// Writes the promise at `at` as a to-do.
fn todo(line: &mut impl FnMut(&str), entry: CalendarEntry, at: usize, today: NaiveDate) {
    let (contact, promise) = (entry.contact, &entry.promises[at]);
    let before = entry.promises[..at].iter().map(|one| &one.what);
    let kind = kind_of("promise", &promise.what, before);
    line("BEGIN:VTODO");
    line(&format!("UID:{}-{kind}@netkeep", text(bare(entry.uid))));
    let made = changed(contact, today);
    line(&format!("DTSTAMP:{}T000000Z", made.format("%Y%m%d")));
    if let Some(by) = promise.by.filter(|by| by.year() <= 9999) {
        line(&format!("DUE;VALUE=DATE:{}", by.format("%Y%m%d")));
    }
    let summary = format!("{}: {}", contact.name, promise.what);
    line(&format!("SUMMARY:{}", text(&summary)));
    ways(line, contact);
    line("STATUS:NEEDS-ACTION");
    line("END:VTODO");
}

/// A UID without what every UUID begins with.
fn bare(uid: &str) -> &str {
    uid.strip_prefix("urn:uuid:").unwrap_or(uid)
}

/// The kind of an entry in its UID: with its words, and with a number if an earlier one has the same words.
fn kind_of<'w>(kind: &str, what: &str, before: impl Iterator<Item = &'w String>) -> String {
    let words = uid_of_name(what);
    match before.filter(|other| *other == what).count() {
        0 => format!("{kind}-{}", bare(&words)),
        same => format!("{kind}-{}-{}", same + 1, bare(&words)),
    }
}

/// Writes an event of every year for the birthday and for each other day.
fn days_of_the_year(line: &mut impl FnMut(&str), entry: CalendarEntry) {
    let contact = entry.contact;
    if let Some(birthday) = contact.birthday {
        let summary = format!("Birthday of {}", contact.name);
        yearly(line, entry, ["birthday", "birthday"], birthday, &summary);
    }
    for (at, date) in contact.dates.iter().enumerate() {
        let before = contact.dates[..at].iter().map(|one| &one.what);
        let kind = kind_of("date", &date.what, before);
        let summary = format!("{}: {}", contact.name, date.what.trim());
        yearly(line, entry, [&kind, "anniversary"], date.on, &summary);
    }
}

fn yearly(
    line: &mut impl FnMut(&str),
    entry: CalendarEntry,
    [kind, category]: [&str; 2],
    day: AnnualDay,
    summary: &str,
) {
    let (first, summary) = match day {
        AnnualDay::Date(day) => (day, format!("{summary} ({})", day.year())),
        AnnualDay::Yearless { month, day } => {
            let day =
                NaiveDate::from_ymd_opt(ANY_YEAR, month, day).expect("a leap year has every day");
            (day, summary.to_owned())
        }
    };
    let added = entry.contact.added.unwrap_or(LONG_AGO);
    event(line, entry.uid, kind, added, first, &summary);
    line(if day.is_leap_day() {
        "RRULE:FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=-1"
    } else {
        "RRULE:FREQ=YEARLY"
    });
    line(&format!("CATEGORIES:{category}"));
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
    line("BEGIN:VEVENT");
    line(&format!("UID:{}-{kind}@netkeep", text(bare(uid))));
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
    fn a_plan_and_a_leap_day() {
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
            promises: &[],
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
    fn promises_are_to_dos() {
        let promise = |by: Option<&str>, what: &str| Promise {
            by: by.map(day),
            what: what.to_owned(),
        };
        let promises = [
            promise(Some("2026-11-27"), "send, the draft"),
            promise(None, "ask"),
            promise(None, "ask"),
        ];
        let written = |promises: &[Promise], due: Option<&str>| {
            let ana = Contact {
                name: "Ana Ruiz".to_owned(),
                bucket: Some("clients".to_owned()),
                ..Contact::default()
            };
            let entry = CalendarEntry {
                contact: &ana,
                uid: "urn:uuid:x",
                due: due.map(day),
                promises,
            };
            calendar(&[entry], day("2026-11-23")).replace("\r\n", "\n")
        };
        let todos = written(&promises, None);
        assert!(
            todos.contains(
                "@netkeep\nDTSTAMP:19700101T000000Z\nDUE;VALUE=DATE:20261127\nSUMMARY:Ana Ruiz: send\\, the draft\n\
                 CATEGORIES:clients\nSTATUS:NEEDS-ACTION\nEND:VTODO\nBEGIN:VTODO\nUID:x-promise-"
            ),
            "{todos}"
        );
        assert_eq!(todos.matches("\nDUE").count(), 1);
        assert_eq!(todos.matches("\nUID:x-promise-2-").count(), 1);
        // The UID stays when the day changes.
        let uids = |text: &str| -> Vec<String> {
            let lines = text.lines().filter(|line| line.starts_with("UID"));
            lines.map(str::to_owned).collect()
        };
        let moved = promise(Some("2026-12-01"), "send, the draft");
        assert_eq!(uids(&written(&[moved], None))[..], uids(&todos)[..1]);
        // The due day says what it is for.
        let due = written(&promises, Some("2026-11-27"));
        assert!(due.contains("DTSTART;VALUE=DATE:20261127\nSUMMARY:Ana Ruiz: send\\, the draft\n"));
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
                promises: &[],
            };
            let written = calendar(&[entry], day("2026-11-23"));
            assert_eq!(written.matches("RRULE").count(), events, "{paused:?}");
        }
    }
}
