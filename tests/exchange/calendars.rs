//! Calendars as programs write them.

use std::fs;

use chrono::{DateTime, NaiveDateTime, Utc};
use netkeep::domain::sources::fact::{Attendee, Meeting};
use netkeep::exchange::TouchSource;
use netkeep::exchange::meetings::{MeetingSpan, meetings};

use super::day;

/// In UTC, as the clocks of Lisbon show it in winter.
fn told(bytes: &[u8], since: Option<&str>, until: &str) -> Vec<String> {
    let until = day(until).and_hms_opt(12, 0, 0).expect("a time");
    let span = MeetingSpan {
        since: since.map(day),
        until,
    };
    let local = |at: DateTime<Utc>| -> NaiveDateTime { at.naive_utc() };
    let mut told = vec![];
    let problems = meetings(bytes, &span, &local, &mut |meeting| {
        told.push(line(&meeting));
    });
    assert_eq!(problems, vec![]);
    told
}

fn line(meeting: &Meeting) -> String {
    let person = |one: &Attendee| {
        let name = one.mailbox.name.as_deref().unwrap_or("-");
        let kind = match (one.is_thing, one.has_declined) {
            (true, _) => " (thing)",
            (_, true) => " (declined)",
            _ => "",
        };
        format!("{name} <{}>{kind}", one.mailbox.address)
    };
    let people: Vec<String> = meeting.people.iter().map(person).collect();
    let kind = match (meeting.is_all_day, meeting.is_cancelled) {
        (true, _) => " all day",
        (_, true) => " cancelled",
        _ => "",
    };
    let title = meeting.title.as_deref().unwrap_or("-");
    format!(
        "{} to {}{kind}: {title}: {}",
        meeting.day,
        meeting.end,
        people.join(", ")
    )
}

#[test]
fn every_meeting_of_a_calendar_is_told() {
    let bytes = fs::read("tests/samples/meetings.ics").expect("a sample");
    assert_eq!(TouchSource::of(&bytes), Some(TouchSource::Calendar));
    let all = [
        "2026-03-04 to 2026-03-04 14:30:00: Lunch, and the draft: Sam Keeper <sam@keeper.example>, \
            Delacroix, Inès <ines@delacroix.example>, Bram de Groot <bram@groot.example> (declined)",
        "2026-03-10 to 2026-03-11 00:00:00 all day: Choir: Choir <choir@list.example> (thing)",
        "2026-03-24 to 2026-03-25 00:00:00 all day: Choir: Choir <choir@list.example> (thing)",
        "2026-03-12 to 2026-03-12 09:30:00 cancelled: -: Lupe Arriaga <lupe@arriaga.example>",
        "2026-03-16 to 2026-03-16 10:00:00: Review: Room 4 <room4@corp.example> (thing), Zofia <zofia@wisla.example>",
        "2026-05-18 to 2026-05-18 09:00:00: Review: Room 4 <room4@corp.example> (thing), Zofia <zofia@wisla.example>",
        "2026-06-15 to 2026-06-15 09:00:00: Review: Room 4 <room4@corp.example> (thing), Zofia <zofia@wisla.example>",
        "2026-04-21 to 2026-04-21 23:30:00: Review at night: Zofia <zofia@wisla.example>",
    ];
    assert_eq!(told(&bytes, None, "2026-11-30"), all);
    assert_eq!(
        told(&bytes, Some("2026-03-12"), "2026-04-30"),
        [all[2], all[3], all[4], all[7]]
    );
}
