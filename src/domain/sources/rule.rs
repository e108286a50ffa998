//! Which messages, meetings and calls are touches. The facts, the book, the user's own addresses and the moment go in; touches
//! come out, one a contact, day and channel, and what does not count, each with its reason.
//!
//! Mail is decided in `mail_rule`, meetings in `meeting_rule`, calls and text messages in `phone_rule`.

use std::collections::HashSet;

use chrono::NaiveDateTime;

use super::fact::{Call, Meeting, TextMessage};
use super::found::{Findings, SourceKind};
use super::mail_log::MailLog;
use super::owners::Owners;
use super::suggest::{Suggestion, suggestions};
use super::{mail_rule, meeting_rule, phone_rule};
use crate::domain::Book;
use crate::domain::identity::match_key::emails_in;

/// Everything that mail boxes, calendars and call lists say.
#[derive(Clone, Debug, Default)]
pub struct SourceFacts {
    /// The messages of mail boxes.
    pub mail: MailLog,
    /// The meetings of calendars.
    pub meetings: Vec<Meeting>,
    /// The calls of phones.
    pub calls: Vec<Call>,
    /// The text messages of phones.
    pub texts: Vec<TextMessage>,
}

/// Finds the touches in the facts with those who are in the book, and who else answered the user. `me` are the user's own
/// addresses, `now` is the moment in the local time zone.
pub(crate) fn find(
    book: &Book,
    facts: &SourceFacts,
    me: &[String],
    now: NaiveDateTime,
) -> (Findings, Vec<Suggestion>) {
    let owners = Owners::of(book);
    let me: HashSet<String> = me.iter().flat_map(|address| emails_in(address)).collect();
    let mail = mail_rule::find(&facts.mail, &owners, &me, now.date());
    let suggested = suggestions(&facts.mail, &mail.strangers);
    let mut findings = Findings {
        touches: mail.days.touches().collect(),
        left_out: mail.left_out,
        ..Findings::default()
    };
    findings.seen.insert(SourceKind::Mail, mail.seen);
    let meetings = meeting_rule::find(&facts.meetings, &owners, &me, now);
    let calls = phone_rule::find(&facts.calls, &facts.texts, &owners, now.date());
    for more in [meetings, calls] {
        findings.touches.extend(more.touches);
        findings.left_out.extend(more.left_out);
        findings.seen.extend(more.seen);
    }
    let touches = &mut findings.touches;
    touches.sort_by_key(|found| (found.on, found.contact, found.source));
    let left_out = &mut findings.left_out;
    left_out.sort_by_key(|left| (left.on, left.contact, left.source, left.why));
    (findings, suggested)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::sources::fact::{Attendee, CallOutcome, Mail, MailKind, Mailbox};
    use crate::domain::sources::reason::Why;
    use crate::domain::{Direction, Touch};

    const ME: &str = "sam@keeper.example";
    const BOOK: &str = "[[contacts]]\nname = 'Ana'\nemail = ['ana@x.example', 'home@x.example']\nphone = '+34 600 000 001'\n\
                        [[contacts]]\nname = 'Bo'\nemail = ['bo@x.example', 'home@x.example']\nphone = '+34 600 000 002'\n\
                        [[contacts]]\nname = 'Sam Keeper'\nemail = 'sam@keeper.example'\n";

    fn book() -> Book {
        crate::store::read(BOOK).expect("a book").book
    }

    fn moment(text: &str) -> NaiveDateTime {
        text.parse().expect("a moment")
    }

    fn mailbox(address: &str) -> Mailbox {
        let address = if address == "me" {
            ME.to_owned()
        } else if address.contains('@') {
            address.to_owned()
        } else {
            format!("{address}@x.example")
        };
        Mailbox {
            address,
            name: None,
        }
    }

    /// `1: 02 ana > me bo, re 3`: the id, the day of November, from, to, and the ids of what it answers.
    fn mail(line: &str) -> Mail {
        let (id, rest) = line.split_once(": ").expect("an id");
        let (rest, answers) = rest.split_once(", re ").unwrap_or((rest, ""));
        let (day, rest) = rest.split_once(' ').expect("a day");
        let (from, to) = rest.split_once(" > ").expect("an arrow");
        let mailboxes = |words: &str| words.split_whitespace().map(mailbox).collect();
        Mail {
            id: id.parse().expect("a number"),
            answers: answers
                .split_whitespace()
                .map(|id| id.parse().expect("a number"))
                .collect(),
            day: format!("2026-11-{day}").parse().ok(),
            from: mailboxes(from),
            to: mailboxes(to),
            ..Mail::default()
        }
    }

    fn facts(lines: &[&str]) -> SourceFacts {
        let mut facts = SourceFacts::default();
        for line in lines {
            facts.mail.add(mail(line));
        }
        facts
    }

    /// Each touch, and what is left out, as short lines.
    fn found(facts: &SourceFacts) -> Vec<String> {
        let book = book();
        let (findings, _) = find(
            &book,
            facts,
            &[ME.to_owned()],
            moment("2026-11-23T12:00:00"),
        );
        let touch = |touch: Touch, name: &str| {
            let direction = touch
                .direction
                .map_or("-".to_owned(), |one| one.to_string());
            format!(
                "{} {name} {} {direction}",
                touch.on.format("%d"),
                touch.via().unwrap_or_default()
            )
        };
        let touches = findings.touches.iter();
        let touches = touches.map(|found| touch(found.touch(), &book.contact(found.contact).name));
        let left_out = findings.left_out.iter().map(|left| {
            let name = left.contact.map_or("", |id| book.contact(id).name.as_str());
            format!("{name} {:?}", left.why).trim().to_owned()
        });
        touches.chain(left_out).collect()
    }

    #[track_caller]
    fn mails(lines: &[&str], expected: &[&str]) {
        assert_eq!(found(&facts(lines)), expected, "{lines:?}");
    }

    #[test]
    fn a_letter_has_the_direction_of_who_wrote_it() {
        mails(&["1: 02 me > ana"], &["02 Ana email out"]);
        mails(&["1: 02 ana > me"], &["02 Ana email in"]);
        mails(
            &["1: 02 me > ana bo me di"],
            &["02 Ana email out", "02 Bo email out"],
        );
        mails(&["1: 02 ana > me bo"], &["02 Ana email in"]);
    }

    #[test]
    fn mail_both_ways_on_one_day_is_an_exchange() {
        mails(&["1: 02 me > ana", "2: 02 ana > me"], &["02 Ana email -"]);
        mails(
            &["1: 02 me > ana", "2: 03 ana > me"],
            &["02 Ana email out", "03 Ana email in"],
        );
    }

    #[test]
    fn an_answer_on_a_later_day_is_an_exchange_and_so_is_what_it_answers() {
        let both = ["02 Ana email -", "05 Ana email -"];
        mails(&["1: 02 me > ana", "2: 05 ana > me, re 1"], &both);
        mails(&["1: 02 ana > me", "2: 05 me > ana, re 9 1"], &both);
        // Who follows up has no answer.
        mails(
            &["1: 02 me > ana", "2: 05 me > ana, re 1"],
            &["02 Ana email out", "05 Ana email out"],
        );
        // Of two who were written to, one answers.
        mails(
            &["1: 02 me > ana bo", "2: 05 ana > me, re 1"],
            &["02 Ana email -", "02 Bo email out", "05 Ana email -"],
        );
        // What is answered need not count itself: here it went to many.
        mails(
            &["1: 02 me > ana bo c d e", "2: 05 ana > me, re 1"],
            &["05 Ana email -", "Ana ManyRecipients"],
        );
        mails(
            &["1: 02 bo > me", "2: 05 ana > me, re 1"],
            &["02 Bo email in", "05 Ana email in"],
        );
    }

    #[test]
    fn mail_to_many_or_to_others_is_no_letter() {
        mails(&["1: 02 me > ana bo c d e"], &["Ana ManyRecipients"]);
        mails(&["1: 02 ana > me bo c d"], &["02 Ana email in"]);
        mails(&["1: 02 ana > me bo c d e"], &["Ana ManyRecipients"]);
        mails(&["1: 02 ana > bo"], &["Ana NotToYou"]);
        mails(&["1: 02 me > me"], &["Alone"]);
        mails(&["1: 02 me > "], &["Alone"]);
        mails(&["1: 02 di > me"], &["Unknown"]);
        mails(&["1: 02 home > me"], &["Shared"]);
        mails(&["1: 24 ana > me"], &["Ana Future"]);
        mails(&["1: 23 ana > me"], &["23 Ana email in"]);
        mails(&["1: 99 ana > me"], &["Ana NoDay"]);
    }

    #[test]
    fn what_is_no_letter_counts_in_a_conversation_at_most() {
        let kinds = |kind, line: &str, others: &[&str]| {
            let mut facts = facts(others);
            facts.mail.add(Mail {
                kind: Some(kind),
                ..mail(line)
            });
            found(&facts)
        };
        let letters = ["1: 02 me > ana"];
        for kind in MailKind::ALL {
            let alone = kinds(kind, "2: 05 ana > me", &[]);
            let answers = kinds(kind, "2: 05 ana > me, re 1", &letters);
            let answered = kinds(kind, "2: 05 ana > me", &["3: 07 me > ana, re 2"]);
            let is_in = |found: &[String]| found.iter().any(|line| line.starts_with("05 Ana"));
            let expected = match kind {
                MailKind::Unsubscribe => [true, true, true],
                MailKind::Bulk => [false, true, true],
                MailKind::AutoReply => [false, false, true],
                _ => [false, false, false],
            };
            let counts = [&alone, &answers, &answered].map(|found| is_in(found));
            assert_eq!(counts, expected, "{kind:?}");
        }
        let from_me = kinds(MailKind::Unsubscribe, "2: 05 me > ana", &[]);
        assert_eq!(from_me, ["Ana Kind(Unsubscribe)"]);
    }

    #[test]
    fn a_draft_answers_nothing() {
        let mut facts = facts(&[]);
        for (kind, line) in [
            (MailKind::Bulk, "1: 02 ana > me"),
            (MailKind::Draft, "2: 05 me > ana, re 1"),
        ] {
            facts.mail.add(Mail {
                kind: Some(kind),
                ..mail(line)
            });
        }
        assert_eq!(found(&facts), ["Ana Kind(Bulk)", "Ana Kind(Draft)"]);
    }

    #[test]
    fn of_copies_one_counts() {
        mails(&["1: 02 me > ana", "1: 02 me > ana"], &["02 Ana email out"]);
        let mut facts = facts(&["1: 02 ana > me"]);
        facts.mail.add(Mail {
            kind: Some(MailKind::Deleted),
            ..mail("1: 02 ana > me")
        });
        assert_eq!(found(&facts), ["02 Ana email in"]);
    }

    #[test]
    fn what_was_read_before_tells_what_is_answered() {
        let lines = ["1: 02 me > ana", "2: 05 ana > me, re 1", "3: 09 bo > me"];
        let both = ["02 Ana email -", "05 Ana email -"];
        for asked_for in 0..2 {
            let mut facts = SourceFacts::default();
            for (at, line) in lines.iter().enumerate() {
                if at == asked_for {
                    facts.mail.add(mail(line));
                } else {
                    facts.mail.add_context(mail(line));
                }
            }
            assert_eq!(found(&facts), both, "{asked_for}");
        }
    }

    #[test]
    fn a_meeting_counts_if_it_was_held_with_few() {
        let attendee = |word: &str| {
            let (address, mark) = word.split_at(word.find(['-', '=', '!']).unwrap_or(word.len()));
            Attendee {
                mailbox: mailbox(address),
                is_thing: mark == "=",
                has_declined: mark == "-",
                is_organizer: mark == "!",
            }
        };
        let meeting = |people: &str| Meeting {
            day: "2026-11-02".parse().expect("a day"),
            end: moment("2026-11-02T10:00:00"),
            people: people.split(' ').map(attendee).collect(),
            ..Meeting::default()
        };
        let held = |meeting: Meeting| {
            found(&SourceFacts {
                meetings: vec![meeting],
                ..SourceFacts::default()
            })
        };
        for (people, expected) in [
            ("me ana", vec!["02 Ana meeting -"]),
            ("ana", vec!["02 Ana meeting -"]),
            ("me ana bo", vec!["02 Ana meeting -", "02 Bo meeting -"]),
            ("me ana room=", vec!["02 Ana meeting -"]),
            ("me ana b c d", vec!["02 Ana meeting -"]),
            ("me ana b c d e", vec!["Ana ManyOthers"]),
            ("me ana b c d e-", vec!["02 Ana meeting -"]),
            ("me ana- bo", vec!["02 Bo meeting -", "Ana TheyDeclined"]),
            ("me- ana", vec!["Ana YouDeclined"]),
            ("me ana!", vec!["02 Ana meeting -"]),
            ("me! ana", vec!["02 Ana meeting -"]),
            ("ana! bo", vec!["Ana NotInvited"]),
            ("me room=", vec!["Alone"]),
            ("me di", vec!["Unknown"]),
            ("me home", vec!["Shared"]),
        ] {
            assert_eq!(held(meeting(people)), expected, "{people}");
        }
        let cases: [(Meeting, &str); 3] = [
            (
                Meeting {
                    is_cancelled: true,
                    ..meeting("me ana")
                },
                "Ana Cancelled",
            ),
            (
                Meeting {
                    is_all_day: true,
                    ..meeting("me ana")
                },
                "Ana AllDay",
            ),
            (
                Meeting {
                    end: moment("2026-11-23T12:01:00"),
                    ..meeting("me ana")
                },
                "Ana Future",
            ),
        ];
        for (meeting, expected) in cases {
            assert_eq!(held(meeting), [expected]);
        }
    }

    #[test]
    fn a_call_counts_if_both_were_on_the_line() {
        let call = |number: &str, seconds, outcome| {
            found(&SourceFacts {
                calls: vec![Call {
                    number: number.to_owned(),
                    day: "2026-11-02".parse().expect("a day"),
                    outcome,
                    seconds,
                }],
                ..SourceFacts::default()
            })
        };
        let ana = "600000001";
        assert_eq!(call(ana, 11, CallOutcome::Connected), ["02 Ana call -"]);
        assert_eq!(call(ana, 10, CallOutcome::Connected), ["Ana Short"]);
        assert_eq!(call(ana, 30, CallOutcome::Unanswered), ["Ana Unanswered"]);
        assert_eq!(call("600000009", 60, CallOutcome::Connected), ["Unknown"]);
    }

    #[test]
    fn text_messages_are_as_mail() {
        let text = |numbers: &[&str], direction| TextMessage {
            numbers: numbers.iter().map(|number| (*number).to_owned()).collect(),
            day: "2026-11-02".parse().expect("a day"),
            direction,
            text: None,
        };
        let (ana, bo) = ("+34600000001", "+34600000002");
        let sent = || text(&[ana], Some(Direction::Out));
        let received = || text(&[ana], Some(Direction::In));
        for (texts, expected) in [
            (vec![sent()], vec!["02 Ana message out"]),
            (vec![received()], vec!["02 Ana message in"]),
            (vec![sent(), received()], vec!["02 Ana message -"]),
            (vec![text(&[ana], None)], vec!["Ana NotSent"]),
            (
                vec![text(&[ana, bo], Some(Direction::Out))],
                vec!["02 Ana message out", "02 Bo message out"],
            ),
            (
                vec![text(&[ana, "1", "2", "3", "4"], Some(Direction::Out))],
                vec!["Ana ManyRecipients"],
            ),
        ] {
            let facts = SourceFacts {
                texts,
                ..SourceFacts::default()
            };
            assert_eq!(found(&facts), expected);
        }
    }

    #[test]
    fn the_reason_of_a_touch_is_told() {
        let reasons = |lines: &[&str]| {
            let (findings, _) = find(
                &book(),
                &facts(lines),
                &[ME.to_owned()],
                moment("2026-11-23T12:00:00"),
            );
            findings
                .touches
                .iter()
                .map(|found| found.why)
                .collect::<Vec<Why>>()
        };
        let day = |day: &str| format!("2026-11-{day}").parse().expect("a day");
        assert_eq!(reasons(&["1: 02 me > ana"]), [Why::YouWrote]);
        assert_eq!(
            reasons(&["1: 02 me > ana", "2: 02 ana > me, re 1"]),
            [Why::BothWrote]
        );
        assert_eq!(
            reasons(&["1: 02 me > ana", "2: 05 ana > me, re 1"]),
            [Why::AnsweredByThem(day("05")), Why::TheyAnswered(day("02"))]
        );
    }

    #[test]
    fn who_answered_is_suggested() {
        let lines = [
            "1: 02 me > di",
            "2: 05 di > me, re 1",
            "3: 06 me > di",
            "4: 07 me > ed",
            "5: 08 fay > me",
        ];
        let (_, suggested) = find(
            &book(),
            &facts(&lines),
            &[ME.to_owned()],
            moment("2026-11-23T12:00:00"),
        );
        let told: Vec<(&str, usize, usize)> = suggested
            .iter()
            .map(|one| (one.mailbox.address.as_str(), one.sent, one.received))
            .collect();
        assert_eq!(told, [("di@x.example", 2, 1)]);
    }
}
