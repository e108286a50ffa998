//! What `check` finds in the text of a book.

use chrono::NaiveDate;

use crate::domain::identity::warnings::{Warning, WarningKind, warnings};
use crate::domain::{Book, ContactId};
use crate::error::{label_of, report_of};
use crate::render::views::problem::Report;
use crate::render::words::plural::count;
use crate::render::words::{days, messages};
use crate::store::{BookFile, Problem};

/// Everything in the text of the book, in its order.
pub(super) fn of_book(file: &BookFile, today: NaiveDate) -> Vec<Report> {
    let book = file.book();
    let problems = file.problems().iter();
    let mut findings: Vec<Report> = problems.map(|one| of_problem(one, Some(book))).collect();
    findings.extend(warnings(book, today).iter().map(|warning| {
        let (message, hint) = words(warning, book, today);
        Report {
            label: label(&warning.what),
            message,
            at: Some(file.place(warning.contact, &warning.what)),
            hint: Some(hint),
            contact: Some(book.contact(warning.contact).name.clone()),
        }
    }));
    findings.sort_by_key(|finding| finding.at.as_ref().map(|at| at.start));
    findings
}

pub(super) fn of_problem(problem: &Problem, book: Option<&Book>) -> Report {
    let contact = problem.contact.zip(book);
    let contact = contact.map(|(id, book)| book.contact(id).name.clone());
    Report {
        contact,
        ..report_of(label_of(problem), problem)
    }
}

/// The message of a warning, and what to type.
fn words(warning: &Warning, book: &Book, today: NaiveDate) -> (String, String) {
    const ONE: &str = "`netkeep merge NAME NAME` merges them, if they are the same person";
    const LONGER: &str = "a limit is as long as the cadence or longer; without one it is one and a half times as long";
    const OWN_LIMIT: &str =
        "give the contact a limit of its own that is as long as the cadence or longer";
    const COMES: &str = "which is still to come";
    let name = book.contact(warning.contact).shown_name();
    let date = |day: &NaiveDate| days::date(*day, today);
    let called = |other: &ContactId| book.contact(*other).shown_name();
    let (message, hint) = match &warning.what {
        WarningKind::Email(text, addresses) => {
            let hint = match addresses.as_slice() {
                [] => "write it like \"dee@x.example\", or move it to the notes".to_owned(),
                [one] => format!("write the bare address: \"{one}\""),
                several => format!("write a list: [\"{}\"]", several.join("\", \"")),
            };
            let what = match addresses.len() {
                0 => "is not an e-mail address",
                1 => "is more than a bare e-mail address",
                _ => "holds several e-mail addresses",
            };
            return (format!("`{text}` of {name} {what}"), hint);
        }
        WarningKind::Phone(text) => (
            format!("`{text}` of {name} is not a number that can be dialled"),
            "fix the number, or move the text to the notes",
        ),
        WarningKind::TouchAhead(_, day) => {
            let message = format!(
                "a touch with {name} on {}, {COMES}; it does not count until then",
                date(day)
            );
            let name = messages::typed_name(name);
            let plan = format!("netkeep log --amend {name} --next {day}");
            return (message, format!("fix the day, or plan it: `{plan}`"));
        }
        WarningKind::PromiseLongPast(at, by) => {
            let contact = book.contact(warning.contact);
            let day = days::date(*by, today);
            let past = (today - *by).num_days().unsigned_abs();
            let past = usize::try_from(past).unwrap_or(usize::MAX);
            let ago = count(past, "day", "days");
            let what = &contact.promises[*at].what;
            let words = match contact.promises.len() {
                1 => String::new(),
                _ => format!("={}", messages::quoted(what)),
            };
            let message = format!("promised to {name} for {day}, {ago} ago: {what}");
            let name = messages::typed_name(name);
            let hint = format!("`netkeep promise --done{words} {name}` when it is done");
            return (message, hint);
        }
        WarningKind::SamePromise(at) => {
            let what = &book.contact(warning.contact).promises[*at].what;
            let message = format!("promised to {name} twice: {what}");
            (message, "delete one of the two")
        }
        WarningKind::SameDate(at) => {
            let what = &book.contact(warning.contact).dates[*at].what;
            let message = format!("{name} has a date twice: {what}");
            (message, "delete one of the two")
        }
        WarningKind::AddedAhead(day) => (
            format!("{name} was added on {}, {COMES}", date(day)),
            "write the day on which tracking began",
        ),
        WarningKind::BirthdayAhead(day) => (
            format!("{name} was born on {}, {COMES}", date(day)),
            "fix the year, or leave it out: \"--03-12\"",
        ),
        WarningKind::ShortLimit {
            limit,
            cadence,
            is_own,
        } => {
            let whose = if *is_own { "" } else { " of the bucket" };
            let message = format!(
                "the limit{whose} is {limit}, shorter than the cadence of {name}, {cadence}"
            );
            (message, if *is_own { LONGER } else { OWN_LIMIT })
        }
        WarningKind::SameName(other) => {
            let other = called(other);
            let message = format!("`{name}` and `{other}` differ only by case or accents");
            (message, ONE)
        }
        WarningKind::SameEmail(other, email) => {
            let other = called(other);
            let message = format!("{name} and {other} have the same address: {email}");
            (message, ONE)
        }
        WarningKind::SamePhone(other, phone) => {
            let other = called(other);
            let message = format!("{name} and {other} have the same number: {phone}");
            (message, ONE)
        }
    };
    (message, hint.to_owned())
}

fn label(warning: &WarningKind) -> &'static str {
    match warning {
        WarningKind::TouchAhead(..)
        | WarningKind::PromiseLongPast(..)
        | WarningKind::SamePromise(_)
        | WarningKind::SameDate(_)
        | WarningKind::AddedAhead(_)
        | WarningKind::BirthdayAhead(_)
        | WarningKind::ShortLimit { .. }
        | WarningKind::Email(..) => "warning",
        _ => "note",
    }
}
