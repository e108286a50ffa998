//! Meetings, calls and text messages.

use std::fmt::Write;

use super::found;

/// A calendar with an event that has these lines; what they leave out is an hour with Ana on 2 November.
fn event(lines: &str) -> String {
    let mut event = String::new();
    for (name, usual) in [
        ("UID", ":1@x.example"),
        ("DTSTART", ":20261102T100000Z"),
        ("DTEND", ":20261102T110000Z"),
        (
            "ATTENDEE",
            ":mailto:ana@x.example\nATTENDEE:mailto:sam@keeper.example",
        ),
    ] {
        let first = lines.split("END:VEVENT").next().unwrap_or_default();
        let is_there = |name: &str| first.lines().any(|line| line.starts_with(name));
        if !is_there(name) && !(name == "DTEND" && (is_there("DURATION") || is_there("DTSTART"))) {
            let _ = writeln!(event, "{name}{usual}");
        }
    }
    format!(
        "BEGIN:VCALENDAR\nVERSION:2.0\nBEGIN:VEVENT\n{event}{lines}\nEND:VEVENT\nEND:VCALENDAR\n"
    )
}

#[test]
fn meetings() {
    const HELD: &[&str] = &["11-02 Ana meeting -"];
    let me = "ATTENDEE:mailto:sam@keeper.example";
    let ana = "ATTENDEE:mailto:ana@x.example";
    let others = |number: usize| {
        let others = (0..number).map(|at| format!("\nATTENDEE:mailto:other{at}@x.example"));
        format!("{me}\n{ana}{}", others.collect::<String>())
    };
    for (lines, expected) in [
        (String::new(), HELD),
        ("STATUS:CONFIRMED".to_owned(), HELD),
        ("STATUS:TENTATIVE".to_owned(), HELD),
        ("STATUS:CANCELLED".to_owned(), &["cancelled"]),
        ("DTSTART;VALUE=DATE:20261102".to_owned(), &["all day"]),
        (
            "DTSTART:20261102T000000Z\nDTEND:20261103T000000Z".to_owned(),
            &["all day"],
        ),
        (
            "DTSTART;TZID=Europe/Paris:20261102T000000\nDTEND;TZID=Europe/Paris:20261104T000000"
                .to_owned(),
            &["all day"],
        ),
        ("X-MICROSOFT-CDO-ALLDAYEVENT:TRUE".to_owned(), &["all day"]),
        ("X-MICROSOFT-CDO-ALLDAYEVENT:FALSE".to_owned(), HELD),
        (
            "ORGANIZER:mailto:ana@x.example\nATTENDEE:mailto:bo@x.example".to_owned(),
            &["a meeting of others"],
        ),
        (
            "DTSTART:20261124T100000Z\nDTEND:20261124T110000Z".to_owned(),
            &[],
        ),
        (
            format!("{me}\nATTENDEE;PARTSTAT=DECLINED:mailto:ana@x.example"),
            &["they declined"],
        ),
        (
            format!("{me}\nATTENDEE;PARTSTAT=TENTATIVE:mailto:ana@x.example"),
            HELD,
        ),
        (
            format!("{ana}\nATTENDEE;PARTSTAT=DECLINED:mailto:sam@keeper.example"),
            &["you declined"],
        ),
        (
            format!("{ana}\nATTENDEE;PARTSTAT=ACCEPTED:mailto:sam@keeper.example"),
            HELD,
        ),
        (ana.to_owned(), HELD),
        (format!("{me}\nORGANIZER:MAILTO:Ana@X.example"), HELD),
        (
            format!("{ana}\nORGANIZER;CN=Family:mailto:f1@group.calendar.google.com"),
            HELD,
        ),
        (me.to_owned(), &["with nobody but you"]),
        (
            format!("{me}\nATTENDEE;CUTYPE=ROOM:mailto:ana@x.example"),
            &["with nobody but you"],
        ),
        (
            format!("{me}\nATTENDEE;CUTYPE=GROUP:mailto:ana@x.example"),
            &["with nobody but you"],
        ),
        (
            format!("{me}\nATTENDEE;CUTYPE=INDIVIDUAL:mailto:ana@x.example"),
            HELD,
        ),
        (
            format!("{me}\nATTENDEE:mailto:di@x.example"),
            &["nobody in the book"],
        ),
        (
            format!("{me}\nATTENDEE:mailto:both@x.example"),
            &["the address or number of several contacts"],
        ),
        (others(3), HELD),
        (others(4), &["with more than four others"]),
        (
            format!("{}\nATTENDEE;CUTYPE=ROOM:mailto:room@x.example", others(3)),
            HELD,
        ),
        (
            format!(
                "{}\nATTENDEE;PARTSTAT=DECLINED:mailto:e@x.example",
                others(3)
            ),
            HELD,
        ),
        (
            "RRULE:FREQ=WEEKLY;COUNT=3".to_owned(),
            &[
                "11-02 Ana meeting -",
                "11-09 Ana meeting -",
                "11-16 Ana meeting -",
            ],
        ),
        (
            "RRULE:FREQ=WEEKLY;COUNT=3\nEXDATE:20261109T100000Z".to_owned(),
            &["11-02 Ana meeting -", "11-16 Ana meeting -"],
        ),
        (
            format!(
                "RRULE:FREQ=WEEKLY;COUNT=2\nEND:VEVENT\nBEGIN:VEVENT\nUID:1@x.example\nRECURRENCE-ID:20261109T100000Z\nDTSTART:20261110T100000Z\nDTEND:20261110T110000Z\n{me}\n{ana}"
            ),
            &["11-02 Ana meeting -", "11-10 Ana meeting -"],
        ),
        (
            format!(
                "RRULE:FREQ=WEEKLY;COUNT=2\nEND:VEVENT\nBEGIN:VEVENT\nUID:1@x.example\nRECURRENCE-ID:20261109T100000Z\nDTSTART:20261109T100000Z\nDTEND:20261109T110000Z\nSTATUS:CANCELLED\n{me}\n{ana}"
            ),
            &["11-02 Ana meeting -", "cancelled"],
        ),
        (
            "DTSTART;TZID=Romance Standard Time:20261102T100000\nDURATION:PT1H".to_owned(),
            HELD,
        ),
        (
            "DTSTART;TZID=Europe/Paris:20261103T003000\nDURATION:PT1H".to_owned(),
            HELD,
        ),
        ("DTSTART:20261102T100000\nDURATION:PT1H".to_owned(), HELD),
    ] {
        // The local time zone of the tests is UTC.
        let event = event(&lines);
        assert_eq!(found("cal.ics", &event), expected, "{event}");
    }
}

#[test]
fn calls_and_messages() {
    // 2 November 2026, 10:00 UTC.
    const DAY: &str = r#"date="1793613600000""#;
    let number = |number: &str, seconds: u32, kind: u8| {
        format!(r#"<call number="{number}" duration="{seconds}" {DAY} type="{kind}" />"#)
    };
    let call = |seconds: u32, kind: u8| number("+34600000001", seconds, kind);
    let text = |kind: u8| format!(r#"<sms address="600 000 001" {DAY} type="{kind}" body="hi" />"#);
    let file = |root: &str, records: &str| {
        let xml = "<?xml version='1.0' encoding='UTF-8'?>";
        format!("{xml}\n<{root} count=\"1\">\n{records}\n</{root}>\n")
    };
    for (root, records, expected) in [
        ("calls", call(65, 1), "11-02 Ana call -"),
        ("calls", call(65, 2), "11-02 Ana call -"),
        ("calls", call(10, 2), "the call took ten seconds or less"),
        ("calls", call(11, 2), "11-02 Ana call -"),
        ("calls", call(0, 3), "the call was not answered"),
        ("calls", call(30, 4), "the call was not answered"),
        ("calls", call(0, 5), "the call was not answered"),
        ("calls", number("112", 65, 2), "nobody in the book"),
        ("smses", text(2), "11-02 Ana message out"),
        ("smses", text(1), "11-02 Ana message in"),
        ("smses", text(1) + &text(2), "11-02 Ana message -"),
        ("smses", text(3), "not sent"),
        ("smses", text(5), "not sent"),
    ] {
        let found = found(&format!("{root}.xml"), &file(root, &records));
        assert_eq!(found, [expected], "{records}");
    }
}
