//! Why to write to someone now, or why in that way.

use chrono::NaiveDate;

use crate::domain::Contact;
use crate::domain::due::balance::Balance;
use crate::domain::due::channel::{Channel, ChannelReason};
use crate::domain::identity::equivalence::is_alike_text;
use crate::domain::identity::match_key;
use crate::domain::text::past_job::{NewJob, PastJob};

/// A reason to reach out. It never changes who is due.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum OutreachReason<'c> {
    /// Their birthday is on that day, by the end of the week.
    Birthday(NaiveDate),
    /// They moved, and there was no touch since.
    Moved(PastJob<'c>, NewJob<'c>),
    /// You got something and never gave anything.
    OnlyAsked(Balance),
    /// What speaks for the channel.
    Channel(ChannelReason<'c>),
}

/// For how many days a move is a reason.
const NEWS: u64 = 90;

impl<'c> OutreachReason<'c> {
    /// The first reason that holds, if any; `channel` is the proposed one, and `week_end` the last day of the week.
    pub(crate) fn of(
        contact: &'c Contact,
        channel: Option<&Channel<'c>>,
        today: NaiveDate,
        week_end: NaiveDate,
    ) -> Option<Self> {
        let channel = || {
            channel
                .and_then(|channel| channel.reason)
                .map(Self::Channel)
        };
        birthday(contact, today, week_end)
            .or_else(|| moved(contact, today))
            .or_else(|| only_asked(contact, today))
            .or_else(channel)
    }
}

fn birthday(
    contact: &Contact,
    today: NaiveDate,
    week_end: NaiveDate,
) -> Option<OutreachReason<'_>> {
    let birthday = contact.birthday.filter(|_| contact.keeps_days())?;
    let on = birthday.next(today);
    (on <= week_end).then_some(OutreachReason::Birthday(on))
}

fn moved(contact: &Contact, today: NaiveDate) -> Option<OutreachReason<'_>> {
    let notes = contact.notes.as_deref()?;
    let last = contact.last_touch(today).map(|last| last.on);
    let news = || {
        let recent = PastJob::recent(notes, today, NEWS);
        recent.filter(|past| last < Some(past.on))
    };
    // Of two on one day, the later line.
    let past = news().max_by_key(|past| past.on)?;
    let new = new_job(contact, past)?;
    // After there and back, nothing is new.
    let is_back = |old: PastJob| {
        let is_told = old.has_company() || matches!(new, NewJob::As(_));
        is_told && new_job(contact, old).is_none()
    };
    (!news().any(is_back)).then_some(OutreachReason::Moved(past, new))
}

/// What is new about the job of now: another company than in the line, or another title in the same one. A line that may be
/// read in several ways is read in the way in which the company is not new.
fn new_job<'c>(contact: &'c Contact, past: PastJob) -> Option<NewJob<'c>> {
    let [company, title] = [&contact.company, &contact.title]
        .map(|text| text.as_deref().filter(|text| !text.trim().is_empty()));
    let is_there = |old: &str| {
        let key = match_key::company;
        company.is_some_and(|company| key(company) == key(old))
    };
    let mut readings = past.readings();
    let Some(here) = readings.find(|job| job.company.is_none_or(is_there)) else {
        return company.map(NewJob::At);
    };
    let is_new = |title: &&str| here.title.is_some_and(|old| !is_alike_text(old, title));
    title.filter(is_new).map(NewJob::As)
}

fn only_asked(contact: &Contact, today: NaiveDate) -> Option<OutreachReason<'_>> {
    let balance = Balance::of(contact, today);
    let is_one_sided = balance.only_asked();
    is_one_sided.then_some(OutreachReason::OnlyAsked(balance))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::due::channel::propose;

    fn day(text: &str) -> NaiveDate {
        text.parse().expect("an ISO date")
    }

    /// The reason on a Monday for a contact with these lines.
    #[track_caller]
    fn case(lines: &str, expected: &str) {
        let text = format!("[[contacts]]\nname = 'Ana'\n{lines}\n");
        let book = crate::store::read(&text).expect("a book").book;
        let contact = &book.contacts[0];
        let today = day("2026-11-23");
        let channel = propose(contact, today);
        let reason = OutreachReason::of(contact, channel.as_ref(), today, day("2026-11-29"));
        let reason = match reason {
            None => "none".to_owned(),
            Some(OutreachReason::Birthday(on)) => format!("birthday {on}"),
            Some(OutreachReason::Moved(past, new)) => format!("{new} since {past}"),
            Some(OutreachReason::OnlyAsked(balance)) => format!("got {}", balance.got),
            Some(OutreachReason::Channel(reason)) => format!("{reason:?}"),
        };
        assert_eq!(reason, expected, "{lines}");
    }

    #[test]
    fn a_birthday_of_this_week_is_a_reason() {
        case("birthday = 1984-11-23", "birthday 2026-11-23");
        case("birthday = '--11-29'", "birthday 2026-11-29");
        case("birthday = '--11-30'", "none");
        case("birthday = '--11-22'", "none");
        case("birthday = '--11-27'\npaused = true", "none");
        case(
            "birthday = '--11-27'\npaused = 2027-01-01",
            "birthday 2026-11-27",
        );
    }

    #[test]
    fn a_move_is_one_until_the_next_touch() {
        let acme = |lines: &str| format!("company = 'Basalt'\ntitle = 'CTO'\n{lines}");
        let case = |lines: &str, expected: &str| case(&acme(lines), expected);
        case(
            "notes = '2026-11-12: was Head of Data at Acme'",
            "new job at Basalt since 2026-11-12: was Head of Data at Acme",
        );
        case(
            "notes = '2026-11-12: was \"Engineer\"'",
            "new title: CTO since 2026-11-12: was \"Engineer\"",
        );
        // A title with a company in it.
        case(
            "notes = '2026-11-12: was Engineer at basalt'",
            "new title: CTO since 2026-11-12: was Engineer at basalt",
        );
        let line = "notes = '2026-11-12: was at Acme'\n";
        let told = "new job at Basalt since 2026-11-12: was at Acme";
        case(&format!("{line}touches = [{{ on = 2026-11-11 }}]"), told);
        case(&format!("{line}touches = [{{ on = 2026-11-24 }}]"), told);
        case(&format!("{line}touches = [{{ on = 2026-11-12 }}]"), "none");
        case(&format!("{line}touches = [{{ on = 2026-11-20 }}]"), "none");
        case("notes = '2026-11-24: was at Acme'", "none");
        case("notes = '2026-08-24: was at Acme'", "none");
        case("notes = 'was at Acme'", "none");
    }

    #[test]
    fn a_new_job_is_only_told_where_it_is_one() {
        let case = |company: &str, title: &str, lines: &[&str], expected: &str| {
            let notes = lines.join("\n");
            let lines = format!("company = {company:?}\ntitle = {title:?}\nnotes = {notes:?}");
            case(&lines, expected);
        };
        for (company, title, line, expected) in [
            // The title has an `at` in it.
            (
                "Acme",
                "Director",
                "\"Engineer at heart\"",
                "new title: Director",
            ),
            (
                "Basalt",
                "CEO",
                "\"Engineer at heart\" at Acme",
                "new job at Basalt",
            ),
            (
                "Acme",
                "CEO",
                "\"Engineer at heart\" at Acme",
                "new title: CEO",
            ),
            // So has the company, or the line was written by hand.
            (
                "Acme at Large",
                "CEO",
                "CTO at Acme at Large",
                "new title: CEO",
            ),
            ("Basalt", "CEO", "CTO at Acme at Large", "new job at Basalt"),
            ("Large", "CEO", "CTO at Acme at Large", "new title: CEO"),
            // A company is the same with another legal form.
            ("Acme GmbH", "CEO", "CTO at Acme", "new title: CEO"),
            ("Acme", "CEO", "CTO at ACME, Inc.", "new title: CEO"),
            ("Acme GmbH", "CEO", "\"CTO at Acme\"", "new title: CEO"),
            ("Acme GmbH", "CEO", "at Acme", "none"),
            // Both are as they were.
            ("Acme", "CTO", "CTO at Acme", "none"),
            ("Acme", "cto", "CTO at Acme, Inc.", "none"),
            ("Acme", "CTO", "\"CTO\"", "none"),
            ("Acme", "CTO", "ill", "none"),
            (
                "Acme",
                "Cook \"at\" Sea",
                "\"Cook 'at' Sea\" at Acme",
                "none",
            ),
            ("Acme", "", "CTO at Acme", "none"),
            ("", "CTO", "CTO at Acme", "none"),
        ] {
            let line = format!("2026-11-12: was {line}");
            let expected = match expected {
                "none" => expected.to_owned(),
                new => format!("{new} since {line}"),
            };
            case(company, title, &[&line], &expected);
        }
        // There and back.
        let [acme, basalt] = [
            "2026-11-02: was CTO at Acme",
            "2026-11-12: was CFO at Basalt",
        ];
        let since = |new: &str| format!("{new} since {basalt}");
        case("Acme", "CTO", &[acme, basalt], "none");
        case("Acme", "CEO", &[acme, basalt], &since("new job at Acme"));
        case(
            "Corvid",
            "CTO",
            &[acme, basalt],
            &since("new job at Corvid"),
        );
        let long_ago = "2026-08-02: was CTO at Acme";
        case(
            "Acme",
            "CTO",
            &[long_ago, basalt],
            &since("new job at Acme"),
        );
        let cto = "2026-11-02: was \"CTO\"";
        case("Acme", "CTO", &[cto, "2026-11-12: was \"CEO\""], "none");
        // The same title elsewhere is not the way back.
        case("Corvid", "CTO", &[cto, basalt], &since("new job at Corvid"));
    }

    #[test]
    fn without_a_company_or_a_title_there_is_nothing_new() {
        case("notes = '2026-11-12: was at Acme'\ntitle = 'CTO'", "none");
        case("notes = '2026-11-12: was \"CTO\"'\ncompany = 'A'", "none");
    }

    #[test]
    fn the_first_reason_that_holds_is_told() {
        let phone = "phone = '+34 600'\n";
        let social =
            "{ on = 2026-10-01, via = 'social', got = 'x' }, { on = 2026-10-02, via = 'social' }";
        let touches = format!("touches = [{social}]\n");
        case(
            &format!("{phone}{}", touches.replace(", got = 'x'", "")),
            "Social(2)",
        );
        case(&format!("{phone}{touches}"), "got 1");
        let moved = format!("{phone}{touches}company = 'B'\nnotes = '2026-11-12: was at A'\n");
        case(&moved, "new job at B since 2026-11-12: was at A");
        case(
            &format!("{moved}birthday = '--11-27'"),
            "birthday 2026-11-27",
        );
        case("touches = [{ on = 2026-10-01, got = 'x' }]", "got 1");
        case(
            "touches = [{ on = 2026-10-01, got = 'x' }, { on = 2026-10-02, gave = 'y' }]",
            "none",
        );
    }
}
