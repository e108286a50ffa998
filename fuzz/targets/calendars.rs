//! Any bytes are read as calendars: every meeting is in the span that was asked for, and line ends make no difference.
#![no_main]

use std::collections::HashSet;

use chrono::{DateTime, NaiveDate, NaiveDateTime, TimeDelta, Utc};
use libfuzzer_sys::fuzz_target;
use netkeep::domain::sources::fact::Meeting;
use netkeep::exchange::RowProblem;
use netkeep::exchange::meetings::{MeetingSpan, meetings};

fn read(bytes: &[u8], span: &MeetingSpan) -> (Vec<Meeting>, Vec<RowProblem>) {
    let local = |at: DateTime<Utc>| at.naive_utc() + TimeDelta::hours(5);
    let mut found = vec![];
    let problems = meetings(bytes, span, &local, &mut |meeting| found.push(meeting));
    (found, problems)
}

fn at_noon(year: i32, month: u32, day: u32) -> NaiveDateTime {
    let day = NaiveDate::from_ymd_opt(year, month, day).expect("a day");
    day.and_hms_opt(12, 0, 0).expect("a time")
}

fuzz_target!(|bytes: &[u8]| {
    let since = at_noon(2026, 3, 1).date();
    let span = MeetingSpan {
        since: Some(since),
        until: at_noon(2026, 6, 30),
    };
    let (found, problems) = self::read(bytes, &span);
    for meeting in &found {
        assert!(meeting.day >= since && meeting.end <= span.until);
        assert!(meeting.end.date() >= meeting.day);
        let addresses: HashSet<&str> = meeting
            .people
            .iter()
            .map(|one| one.mailbox.address.as_str())
            .collect();
        assert_eq!(addresses.len(), meeting.people.len());
        let mailboxes = meeting.people.iter().map(|one| &one.mailbox);
        let texts = mailboxes.flat_map(|one| one.name.iter().chain([&one.address]));
        for text in texts.map(String::as_str).chain(meeting.title.as_deref()) {
            assert!(!text.is_empty() && text.len() <= 4000);
            assert!(
                !text.contains(|c: char| c.is_control() || matches!(c, '\u{202a}'..='\u{202e}')),
                "{text:?}"
            );
        }
    }
    assert!(problems.is_sorted_by_key(|problem| problem.line));
    assert!(
        problems
            .iter()
            .all(|problem| !problem.what.contains(char::is_control))
    );
    // Other bytes may make it UTF-16, or a file of an old Mac.
    let is_plain = |byte: &u8| !matches!(byte, 0 | b'\r' | 0x1b | 0xfe | 0xff);
    if bytes.iter().all(is_plain) {
        let lines: Vec<&[u8]> = bytes.split(|byte| *byte == b'\n').collect();
        assert_eq!(
            self::read(&lines.join(&b"\r\n"[..]), &span),
            (found, problems)
        );
    }
});
