//! Reads the meetings of a file.

use std::borrow::Cow;

use chrono::{DateTime, NaiveDateTime, Utc};

use super::calendar::Calendars;
use super::lines::LogicalLines;
use super::rule::Work;
use super::series::{Expansion, expand};
use super::span::MeetingSpan;
use crate::domain::sources::fact::Meeting;
use crate::exchange::RowProblem;
use crate::exchange::decode::{self, Decoded};
use crate::exchange::guess::{Hints, Legacy};

/// Whether the content of a file is a calendar.
///
/// ```
/// assert!(netkeep::exchange::meetings::is_calendar(b"\r\nbegin:vcalendar\r\n"));
/// assert!(!netkeep::exchange::meetings::is_calendar(b"BEGIN:VCARD\r\n"));
/// ```
pub fn is_calendar(bytes: &[u8]) -> bool {
    const BEGIN: &[u8] = b"BEGIN:VCALENDAR";
    /// As much of a file as is looked at, which is more than its marks and blank lines.
    const HEAD: usize = 1 << 10;
    let head = &bytes[..bytes.len().min(HEAD)];
    // In UTF-16, every other byte is zero.
    let is_text = |byte: &u8| !matches!(byte, 0 | 0xef | 0xbb | 0xbf | 0xff | 0xfe);
    let text: Vec<u8> = head.iter().copied().filter(is_text).collect();
    let start = text.trim_ascii_start().get(..BEGIN.len());
    start.is_some_and(|start| start.eq_ignore_ascii_case(BEGIN))
}

/// Reads the meetings of a file of calendars and passes each to `found`: every occurrence in the span, with those that were cancelled.
/// `local` says what the local clock shows at an instant. Gives what is wrong with the file, in the order of its lines.
///
/// ```
/// use chrono::NaiveDate;
/// use netkeep::exchange::meetings::{MeetingSpan, meetings};
///
/// let text = "BEGIN:VCALENDAR\nBEGIN:VEVENT\nDTSTART;TZID=Europe/Paris:20260305T123000\nRRULE:FREQ=WEEKLY\n\
///     ATTENDEE:mailto:ana@acme.example\nEND:VEVENT\nEND:VCALENDAR\n";
/// let now = NaiveDate::from_ymd_opt(2026, 3, 20).unwrap().and_hms_opt(9, 0, 0).unwrap();
/// let mut days = vec![];
/// let span = MeetingSpan { since: None, until: now };
/// let problems = meetings(text.as_bytes(), &span, &|instant| instant.naive_utc(), &mut |meeting| days.push(meeting.day));
/// assert_eq!(days.len(), 3);
/// assert_eq!(problems, vec![]);
/// ```
pub fn meetings(
    bytes: &[u8],
    span: &MeetingSpan,
    local: &dyn Fn(DateTime<Utc>) -> NaiveDateTime,
    found: &mut dyn FnMut(Meeting),
) -> Vec<RowProblem> {
    let (mut calendars, mut problems) = match decode::wide(bytes, None) {
        None => {
            let lines = decode::with_newlines(bytes);
            let (lines, nuls) = decode::without_nuls(&lines);
            (read(&lines), flaws(nuls, "a NUL byte, left out"))
        }
        Some(encoding) => match decode::text_in(bytes, encoding, false) {
            Ok(Decoded { text, spoilt, .. }) => {
                let what = "some bytes are invalid in the file's encoding";
                (
                    read(&decode::with_newlines(text.as_bytes())),
                    flaws(spoilt, what),
                )
            }
            Err(_) => {
                let problem = RowProblem::lost(1, "binary data, not a calendar");
                (Calendars::default(), vec![problem])
            }
        },
    };
    problems.append(&mut calendars.problems);
    let mut how = Expansion {
        zones: &calendars.zones,
        span,
        local,
        work: Work::of_file(),
        problems: &mut problems,
        found,
    };
    expand(&calendars.events, &mut how);
    problems.sort_by_key(|problem| problem.line);
    problems
}

fn read(bytes: &[u8]) -> Calendars {
    let legacy = Legacy::new(bytes, Hints::default(), evidence);
    let mut calendars = Calendars::default();
    for line in LogicalLines::new(bytes) {
        let text = match std::str::from_utf8(&line.bytes) {
            Ok(text) => Cow::Borrowed(text),
            Err(_) => Cow::Owned(decode::value(&line.bytes, None, || legacy.encoding())),
        };
        calendars.take(&text, line.number);
    }
    calendars.finish();
    calendars
}

/// The lines that show in which encoding a file is that is not UTF-8.
fn evidence(bytes: &[u8]) -> Vec<u8> {
    let lines = LogicalLines::new(bytes);
    let other = lines.filter(|line| !decode::is_mostly_utf8(&line.bytes));
    other
        .flat_map(|line| [&line.bytes, &b"\n"[..]].concat())
        .collect()
}

fn flaws(lines: Vec<usize>, what: &str) -> Vec<RowProblem> {
    lines
        .into_iter()
        .map(|line| RowProblem::new(line, what))
        .collect()
}

#[cfg(test)]
pub(super) mod testing {
    use chrono::NaiveDate;

    use super::*;
    use crate::exchange::meetings::database::DatabaseZone;

    /// The meetings of a calendar until the middle of 2026, in the time zone of Berlin.
    pub(in crate::exchange::meetings) fn found(text: &str) -> (Vec<Meeting>, Vec<RowProblem>) {
        found_in(text.as_bytes(), None)
    }

    pub(super) fn found_in(bytes: &[u8], since: Option<&str>) -> (Vec<Meeting>, Vec<RowProblem>) {
        let day = |text: &str| text.parse::<NaiveDate>().expect("a day");
        let until = day("2026-06-30").and_hms_opt(12, 0, 0).expect("a time");
        let span = MeetingSpan {
            since: since.map(day),
            until,
        };
        let zone = DatabaseZone::named("Europe/Berlin").expect("a zone");
        let local = |at: DateTime<Utc>| at.naive_utc() + zone.offset(at.naive_utc());
        let mut meetings = vec![];
        let problems = super::meetings(bytes, &span, &local, &mut |meeting| meetings.push(meeting));
        (meetings, problems)
    }
}

#[cfg(test)]
mod tests {
    use super::testing::{found, found_in};
    use super::*;
    use crate::domain::text::shortened;

    fn calendar(lines: &str) -> String {
        format!("BEGIN:VCALENDAR\nBEGIN:VEVENT\n{lines}\nEND:VEVENT\nEND:VCALENDAR\n")
    }

    /// When the only meeting of a calendar is.
    fn when(lines: &str) -> String {
        let (meetings, problems) = found(&calendar(lines));
        assert_eq!((meetings.len(), problems), (1, vec![]), "{lines}");
        let meeting = &meetings[0];
        let whole = if meeting.is_all_day { " all day" } else { "" };
        format!("{} to {}{whole}", meeting.day, meeting.end)
    }

    #[test]
    fn times_are_local_and_days_stay() {
        let cases = [
            (
                "DTSTART:20260305T233000Z\nDTEND:20260306T000000Z",
                "2026-03-06 to 2026-03-06 01:00:00",
            ),
            (
                "DTSTART;TZID=America/New_York:20260305T200000\nDURATION:PT30M",
                "2026-03-06 to 2026-03-06 02:30:00",
            ),
            (
                "DTSTART:20260305T233000\nDURATION:PT30M",
                "2026-03-05 to 2026-03-06 00:00:00",
            ),
            (
                "DTSTART:20260305T120000",
                "2026-03-05 to 2026-03-05 12:00:00",
            ),
            (
                "DTSTART;VALUE=DATE:20260305",
                "2026-03-05 to 2026-03-06 00:00:00 all day",
            ),
            (
                "DTSTART;VALUE=DATE:20260305\nDTEND;VALUE=DATE:20260308",
                "2026-03-05 to 2026-03-08 00:00:00 all day",
            ),
            (
                "DTSTART;VALUE=DATE:20260305\nDURATION:P2D",
                "2026-03-05 to 2026-03-07 00:00:00 all day",
            ),
            (
                "DTSTART:20260305T120000\nDTEND:20260305T110000",
                "2026-03-05 to 2026-03-05 12:00:00",
            ),
            // The night in which the clock is put forward: a day is a day, and hours are hours.
            (
                "DTSTART;TZID=Europe/Berlin:20260328T120000\nDURATION:P1D",
                "2026-03-28 to 2026-03-29 12:00:00",
            ),
            (
                "DTSTART;TZID=Europe/Berlin:20260329T013000\nDURATION:PT1H",
                "2026-03-29 to 2026-03-29 03:30:00",
            ),
        ];
        for (lines, expected) in cases {
            assert_eq!(when(lines), expected);
        }
    }

    #[test]
    fn only_meetings_of_the_span_are_found() {
        let cases = [
            ("DTSTART:20260301T230000Z", 1),
            ("DTSTART:20260301T220000Z", 0),
            ("DTSTART:20260630T100000Z", 1),
            ("DTSTART:20260630T100000Z\nDURATION:PT1S", 0),
            ("DTSTART;VALUE=DATE:20260629", 1),
            ("DTSTART;VALUE=DATE:20260630", 0),
            ("DTSTART:19000101T100000Z\nRRULE:FREQ=DAILY", 121),
        ];
        for (lines, expected) in cases {
            let found = found_in(calendar(lines).as_bytes(), Some("2026-03-02")).0;
            assert_eq!(found.len(), expected, "{lines}");
        }
    }

    #[test]
    fn a_zone_that_the_calendar_describes_counts_wherever_it_stands() {
        let zone = "BEGIN:VTIMEZONE\nTZID:Ours\nBEGIN:STANDARD\nDTSTART:16010101T000000\nTZOFFSETFROM:-1000\n\
            TZOFFSETTO:-1000\nEND:STANDARD\nEND:VTIMEZONE\n";
        let event = "BEGIN:VEVENT\nDTSTART;TZID=Ours:20260305T140000\nEND:VEVENT\n";
        for parts in [[zone, event], [event, zone]] {
            let (meetings, problems) =
                found(&format!("BEGIN:VCALENDAR\n{}END:VCALENDAR", parts.concat()));
            assert_eq!(meetings[0].end.to_string(), "2026-03-06 01:00:00");
            assert_eq!(problems, []);
        }
    }

    #[test]
    fn only_events_are_meetings() {
        let time = "DTSTART:20260305T120000\nSUMMARY:no";
        let others = ["VTODO", "VJOURNAL", "VFREEBUSY", "X-THING"];
        let others: String = others
            .iter()
            .map(|name| format!("BEGIN:{name}\n{time}\nEND:{name}\n"))
            .collect();
        let alarm = format!("BEGIN:VALARM\n{time}\nATTENDEE:mailto:a@b.example\nEND:VALARM");
        let text = format!(
            "BEGIN:VCALENDAR\n{others}BEGIN:VEVENT\nDTSTART:20260306T120000\n{alarm}\nSUMMARY:yes\nEND:VEVENT\nEND:VCALENDAR\n"
        );
        let (meetings, problems) = found(&text);
        assert_eq!(meetings.len(), 1);
        assert_eq!(
            (meetings[0].title.as_deref(), meetings[0].people.len()),
            (Some("yes"), 0)
        );
        assert_eq!(problems, []);
    }

    #[test]
    fn a_calendar_that_cancels_cancels_its_own_events() {
        let event = "BEGIN:VEVENT\nDTSTART:20260305T120000\nEND:VEVENT\n";
        let text = format!(
            "BEGIN:VCALENDAR\n{event}METHOD:CANCEL\nEND:VCALENDAR\nBEGIN:VCALENDAR\n{event}END:VCALENDAR\n"
        );
        let cancelled: Vec<bool> = found(&text)
            .0
            .iter()
            .map(|meeting| meeting.is_cancelled)
            .collect();
        assert_eq!(cancelled, [true, false]);
    }

    #[test]
    fn a_broken_event_does_not_hide_the_others() {
        let text = "BEGIN:VCALENDAR\nnonsense\nBEGIN:VEVENT\nSUMMARY:a\nEND:VEVENT\nBEGIN:VEVENT\nDTSTART:20260229\nEND:VEVENT\n\
            BEGIN:VEVENT\nDTSTART:20260305T12\nBEGIN:VALARM\nBEGIN:VEVENT\nDTSTART:20260305\nRRULE:FREQ=NEVER\nEXDATE:1,20260306\n\
            DTEND:x\nBEGIN:VEVENT\nDTSTART;TZID=Nowhere:20260306T100000";
        let (meetings, problems) = found(text);
        assert_eq!(meetings.len(), 2);
        let problems: Vec<String> = problems
            .iter()
            .map(|one| format!("{} {}", one.line, one.what))
            .collect();
        assert_eq!(
            problems,
            [
                "2 `nonsense` is not a line of a calendar",
                "3 an event without a start",
                "6 an event without a start",
                "7 `20260229` is no day or time",
                "9 an event without a start",
                "10 `20260305T12` is no day or time",
                "14 the rule `FREQ=NEVER` is left out: unknown recurrence frequency",
                "15 `1,20260306` has what is no day or time",
                "16 `x` is no day or time",
                "18 the time zone `Nowhere` is unknown: its times are read as yours",
            ]
        );
    }

    #[test]
    fn every_encoding_and_line_end_is_accepted() {
        let text = calendar("DTSTART:20260305T120000\nSUMMARY:Café mañana");
        let crlf = text.replace('\n', "\r\n");
        let utf16 = std::iter::once(0xfeff)
            .chain(crlf.encode_utf16())
            .flat_map(u16::to_le_bytes);
        let latin1 = text
            .chars()
            .map(|c| u8::try_from(u32::from(c)).expect("Latin-1"));
        let texts: [Vec<u8>; 6] = [
            text.clone().into_bytes(),
            format!("\u{feff}\n{text}").into_bytes(),
            text.replace('\n', "\r").into_bytes(),
            crlf.clone().into_bytes(),
            utf16.collect(),
            latin1.collect(),
        ];
        for bytes in texts {
            assert!(is_calendar(&bytes));
            let (meetings, problems) = found_in(&bytes, None);
            assert_eq!(meetings[0].title.as_deref(), Some("Café mañana"));
            assert_eq!(problems, []);
        }
        assert!(!is_calendar(b"") && !is_calendar(b"BEGIN:VCARD") && !is_calendar(b"\xff"));
    }

    /// A zone with many parts, each of which looks for a time that never comes.
    fn vain_zone() -> String {
        let part = "BEGIN:STANDARD\nDTSTART:19960101T000000\nTZOFFSETFROM:+0000\nTZOFFSETTO:+0100\n\
            RRULE:FREQ=HOURLY;BYMINUTE=0,1,2,3,4,5,6,7,8,9,10,11,12,13;BYSETPOS=99\nEND:STANDARD\n";
        let parts = part.repeat(400);
        format!("BEGIN:VTIMEZONE\nTZID:Vain\n{parts}END:VTIMEZONE\n")
    }

    #[test]
    fn hostile_calendars_are_read_in_no_time() {
        let deep = "BEGIN:X\n".repeat(100_000);
        let long = format!(
            "DTSTART:20260305T120000\nATTENDEE;CN=\"{}",
            "x".repeat(10_000_000)
        );
        let out = format!(
            "DTSTART:20260305T120000\nRRULE:FREQ=DAILY\nEXDATE:{}",
            "20260306T120000,".repeat(300_000)
        );
        let quotes = format!(
            "DTSTART:20260305T120000\nATTENDEE;{}:mailto:a@b.example",
            "CN=\";".repeat(300_000)
        );
        let second =
            "DTSTART:16000101T120000\nRRULE:FREQ=SECONDLY\nRRULE:FREQ=SECONDLY;COUNT=999999999";
        let often = format!(
            "DTSTART:20250703T120000\n{}",
            "RRULE:FREQ=MINUTELY\n".repeat(200)
        );
        for (lines, expected) in [
            (&*format!("{deep}DTSTART:20260305"), (0, 1)),
            (&long, (1, 1)),
            (&out, (117, 0)),
            (&quotes, (1, 0)),
            (second, (1, 2)),
            // The first rule takes all the work that an event may be.
            (&often, (521_281, 199)),
            ("\0\0\0DTSTART:20260305\0", (1, 1)),
        ] {
            let (meetings, problems) = found(&calendar(lines));
            assert_eq!(
                (meetings.len(), problems.len()),
                expected,
                "{}",
                shortened(lines, 40)
            );
        }
        let event =
            "BEGIN:VEVENT\nDTSTART;TZID=Vain:19960305T120000\nRRULE:FREQ=YEARLY\nEND:VEVENT\n";
        let zone = vain_zone();
        let (meetings, _) = found(&format!("BEGIN:VCALENDAR\n{zone}{event}END:VCALENDAR\n"));
        assert_eq!(meetings.len(), 31);
    }
}
