//! What counts as a touch, and what does not: a case for each rule and its opposite, as programs write them.

mod events;

use std::fmt::Write;

use serde_json::Value;

use crate::env::Env;
use crate::touches::mbox;

const BOOK: &str = r#"[sources]
me = ["sam@keeper.example", "sam@home.example"]

[[contacts]]
name = "Ana"
email = ["ana@x.example", "both@x.example"]
phone = "+34 600 000 001"

[[contacts]]
name = "Bo"
email = ["bo@x.example", "both@x.example"]
phone = "+34 600 000 002"
"#;

/// What import finds in a file: each touch, and each reason why something is left out.
fn found(file: &str, text: &str) -> Vec<String> {
    let env = Env::with_book(BOOK);
    env.write(file, text);
    let document = env.json(&format!("import {file} -n --json"), 0);
    let text = |value: &Value| value.as_str().unwrap_or("-").to_owned();
    let touches = document["found"].as_array().expect("a list").iter();
    let touches = touches.map(|one| {
        let [on, name, via, direction] =
            ["on", "name", "via", "direction"].map(|key| text(&one[key]));
        format!("{} {name} {via} {direction}", &on[5..])
    });
    let sources = document["sources"].as_array().expect("a list").iter();
    let left_out = sources.flat_map(|source| source["left_out"].as_array().expect("a list"));
    let left_out = left_out.map(|one| match one["number"].as_u64() {
        Some(1) => text(&one["why"]),
        number => format!("{} {}", number.unwrap_or(0), text(&one["why"])),
    });
    touches.chain(left_out).collect()
}

/// A message with these lines in its head; what they leave out is that Ana wrote to Sam on 2 November.
fn message(number: usize, lines: &str) -> String {
    let (head, body) = lines.split_once("\n\n").unwrap_or((lines, "Hello."));
    let mut message = String::new();
    for (name, usual) in [
        ("Date", "Mon, 2 Nov 2026 10:00:00 +0100".to_owned()),
        ("From", "Ana <ana@x.example>".to_owned()),
        ("To", "Sam <sam@keeper.example>".to_owned()),
        ("Message-ID", format!("<{number}@x.example>")),
    ] {
        let is_it = |line: &str| {
            line.to_lowercase()
                .starts_with(&format!("{}:", name.to_lowercase()))
        };
        if !head.lines().any(is_it) {
            let _ = writeln!(message, "{name}: {usual}");
        }
    }
    if !head.is_empty() {
        let _ = writeln!(message, "{head}");
    }
    format!("{message}\n{body}\n")
}

#[track_caller]
fn check(what: &str, messages: &[&str], expected: &[&str]) {
    let messages = messages.iter().enumerate();
    let messages: Vec<String> = messages.map(|(at, lines)| message(at + 1, lines)).collect();
    assert_eq!(found("box", &mbox(&messages)), expected, "{what}");
}

const TO_ANA: &str = "From: sam@keeper.example\nTo: ana@x.example";

#[test]
fn letters() {
    for (what, messages, expected) in [
        ("from her to me", &[""][..], &["11-02 Ana email in"][..]),
        ("from me to her", &[TO_ANA], &["11-02 Ana email out"]),
        (
            "from my other address",
            &["From: SAM@Home.example\nTo: Ana@X.example"],
            &["11-02 Ana email out"],
        ),
        (
            "both ways on one day",
            &[TO_ANA, ""],
            &["11-02 Ana email -"],
        ),
        (
            "both ways on two days, not in one thread",
            &[TO_ANA, "Date: 3 Nov 2026 10:00 +0000"],
            &["11-02 Ana email out", "11-03 Ana email in"],
        ),
        (
            "an answer on a later day",
            &[
                TO_ANA,
                "Date: 3 Nov 2026 10:00 +0000\nIn-Reply-To: <1@x.example>",
            ],
            &["11-02 Ana email -", "11-03 Ana email -"],
        ),
        (
            "an answer by References alone",
            &[
                TO_ANA,
                "Date: 3 Nov 2026 10:00 +0000\nReferences: <0@x.example>\n <1@x.example>",
            ],
            &["11-02 Ana email -", "11-03 Ana email -"],
        ),
        (
            "my answer on a later day",
            &[
                "",
                &format!("{TO_ANA}\nDate: 3 Nov 2026 10:00 +0000\nIn-Reply-To: <1@x.example>"),
            ],
            &["11-02 Ana email -", "11-03 Ana email -"],
        ),
        (
            "one who writes again has no answer",
            &[
                TO_ANA,
                &format!("{TO_ANA}\nDate: 3 Nov 2026 10:00 +0000\nIn-Reply-To: <1@x.example>"),
            ],
            &["11-02 Ana email out", "11-03 Ana email out"],
        ),
        (
            "the answer of another",
            &[
                TO_ANA,
                "From: bo@x.example\nDate: 3 Nov 2026 10:00 +0000\nIn-Reply-To: <1@x.example>",
            ],
            &["11-02 Ana email out", "11-03 Bo email -"],
        ),
        (
            "two of four in To are known",
            &[
                "From: sam@keeper.example\nTo: ana@x.example, bo@x.example, c@x.example, d@x.example",
            ],
            &["11-02 Ana email out", "11-02 Bo email out"],
        ),
        (
            "five in To",
            &[
                "From: sam@keeper.example\nTo: ana@x.example, b@x.example, c@x.example, d@x.example, e@x.example",
            ],
            &["to more than four"],
        ),
        (
            "five in To, of which I am one",
            &["To: sam@keeper.example, b@x.example, c@x.example, d@x.example, e@x.example"],
            &["to more than four"],
        ),
        (
            "four in To, of which I am one",
            &["To: sam@keeper.example, b@x.example, c@x.example, d@x.example"],
            &["11-02 Ana email in"],
        ),
        (
            "she is in Cc",
            &["From: sam@keeper.example\nTo: c@x.example\nCc: ana@x.example"],
            &["nobody in the book"],
        ),
        (
            "she is in Bcc",
            &["From: sam@keeper.example\nTo: c@x.example\nBcc: ana@x.example"],
            &["nobody in the book"],
        ),
        (
            "I am in Cc",
            &["To: c@x.example\nCc: sam@keeper.example"],
            &["not written to you"],
        ),
        (
            "many in Cc",
            &[&format!(
                "{TO_ANA}\nCc: b@x.example, c@x.example, d@x.example, e@x.example, f@x.example"
            )],
            &["11-02 Ana email out"],
        ),
        (
            "nobody in To",
            &["To: undisclosed-recipients:;"],
            &["not written to you"],
        ),
        (
            "a group in To",
            &["To: Friends: sam@keeper.example, bo@x.example;"],
            &["11-02 Ana email in"],
        ),
        (
            "a name as a comment",
            &["From: ana@x.example (Ana Ruiz)"],
            &["11-02 Ana email in"],
        ),
        (
            "an encoded name",
            &["From: =?UTF-8?Q?Ana_Ru=C3=ADz?= <ana@x.example>"],
            &["11-02 Ana email in"],
        ),
        (
            "a name with a comma",
            &["From: \"Ruiz, Ana\" <ana@x.example>"],
            &["11-02 Ana email in"],
        ),
        (
            "a name that is another address",
            &["From: \"bo@x.example\" <ana@x.example>"],
            &["11-02 Ana email in"],
        ),
        (
            "someone unknown",
            &["From: di@x.example"],
            &["nobody in the book"],
        ),
        (
            "the address of two",
            &["From: both@x.example"],
            &["the address or number of several contacts"],
        ),
        (
            "to myself",
            &["From: sam@keeper.example\nTo: sam@home.example"],
            &["with nobody but you"],
        ),
        (
            "to myself and her",
            &["From: sam@keeper.example\nTo: sam@home.example, ana@x.example"],
            &["11-02 Ana email out"],
        ),
    ] {
        check(what, messages, expected);
    }
}

#[test]
fn days_of_letters() {
    for (date, expected) in [
        ("Mon, 2 Nov 2026 23:30:00 -0800", "11-02 Ana email in"),
        (
            "Tue, 03 Nov 2026 00:30:00 +0900 (JST)",
            "11-03 Ana email in",
        ),
        ("3 Nov 26 07:30 GMT", "11-03 Ana email in"),
        ("Mon, 23 Nov 2026 10:00:00 +0000", "11-23 Ana email in"),
        ("Tue, 24 Nov 2026 10:00:00 +0000", "still to come"),
        ("Mon, 2 Nov 2036 10:00:00 +0000", "still to come"),
        ("yesterday", "no date that can be read"),
        ("", "no date that can be read"),
    ] {
        check(date, &[&format!("Date: {date}")], &[expected]);
    }
}

#[test]
fn mail_that_is_no_letter() {
    const BULK: &str = "to many, or from a program";
    const LETTER: &str = "11-02 Ana email in";
    for (lines, expected) in [
        ("Precedence: bulk", BULK),
        ("Precedence: list", BULK),
        ("Precedence: normal", LETTER),
        ("List-Id: <deals.x.example>", BULK),
        ("List-Unsubscribe: <https://x.example/u>", BULK),
        ("Auto-Submitted: auto-generated", BULK),
        ("Auto-Submitted: no", LETTER),
        ("Auto-Submitted: auto-replied", "an automatic reply"),
        ("From: no-reply@x.example", BULK),
        ("From: MAILER-DAEMON@x.example", "could not be delivered"),
        ("Return-Path: <>", "could not be delivered"),
        ("Return-Path: <ana@x.example>", LETTER),
        (
            "Content-Type: multipart/report; report-type=delivery-status; boundary=b",
            "could not be delivered",
        ),
        (
            "Content-Type: multipart/report; report-type=disposition-notification; boundary=b",
            "a receipt",
        ),
        (
            "Content-Type: text/calendar; method=REQUEST",
            "an invitation, or an answer to one",
        ),
        (
            "Content-Type: multipart/alternative; boundary=b\n\n--b\nContent-Type: text/plain\n\nx\n--b\nContent-Type: text/calendar; charset=utf-8; method=REPLY\n\nBEGIN:VCALENDAR\n--b--",
            "an invitation, or an answer to one",
        ),
        (
            "Content-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: text/plain\n\nContent-Type is text/calendar; method=REPLY\n--b--",
            LETTER,
        ),
        (
            "Content-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: message/rfc822\n\nFrom: bo@x.example\nTo: sam@keeper.example\nDate: 1 Nov 2026 10:00 +0000\nPrecedence: bulk\n\nx\n--b--",
            LETTER,
        ),
        ("X-Spam-Flag: YES", "spam"),
        ("X-Spam-Flag: NO", LETTER),
        ("X-Mozilla-Status: 0008", "deleted"),
        ("X-Mozilla-Status: 0001", LETTER),
        ("X-Gmail-Labels: Spam", "spam"),
        ("X-Gmail-Labels: Inbox,Important", LETTER),
        ("Subject: Unsubscribe me, she said", LETTER),
    ] {
        check(lines, &[lines], &[expected]);
    }
    let leaves = format!("{TO_ANA}\nSubject: unsubscribe");
    check(
        "I leave a list",
        &[&leaves],
        &["a request to leave a mailing list"],
    );
    let asks = format!("{TO_ANA}\nSubject: How do I unsubscribe?");
    check("I ask her", &[&asks], &["11-02 Ana email out"]);
}

#[test]
fn bulk_in_a_conversation() {
    const LATER: &str = "Date: 3 Nov 2026 10:00 +0000\nIn-Reply-To: <1@x.example>";
    let answer = format!("{TO_ANA}\n{LATER}");
    for (what, messages, expected) in [
        (
            "it answers mine",
            [TO_ANA, &format!("List-Id: <x.example>\n{LATER}")],
            &["11-02 Ana email -", "11-03 Ana email -"][..],
        ),
        (
            "I answered it",
            ["List-Id: <x.example>", &answer],
            &["11-02 Ana email -", "11-03 Ana email -"],
        ),
        (
            "I answered what a program said",
            ["Auto-Submitted: auto-replied", &answer],
            &["11-02 Ana email -", "11-03 Ana email -"],
        ),
        (
            "she is away",
            [TO_ANA, &format!("Auto-Submitted: auto-replied\n{LATER}")],
            &["11-02 Ana email out", "an automatic reply"],
        ),
        (
            "mine could not be delivered",
            [TO_ANA, &format!("From: postmaster@x.example\n{LATER}")],
            &["11-02 Ana email out", "could not be delivered"],
        ),
    ] {
        check(what, &messages, expected);
    }
}

#[test]
fn folders() {
    for (folder, expected) in [
        ("Inbox", "11-02 Ana email in"),
        ("Sentinel", "11-02 Ana email in"),
        ("Trash", "deleted"),
        ("Junk", "spam"),
        ("Spam", "spam"),
        ("Drafts", "a draft"),
        ("Papierkorb", "deleted"),
    ] {
        let text = mbox(&[message(1, "")]);
        assert_eq!(found(folder, &text), [expected], "{folder}");
    }
}
