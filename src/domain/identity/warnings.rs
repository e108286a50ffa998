//! What reads well but is unlikely to be true: future days where only past ones make sense, and contacts that look the same.

use chrono::NaiveDate;

use super::equivalence::{is_same_other_day, is_same_promise};
use super::key_index::{KeyIndex, KeyKind};
use super::match_key::{self, Phone};
use super::match_rules::share_an_office;
use crate::domain::text::{email, fold, phone};
use crate::domain::{AnnualDay, Book, Cadence, Contact, ContactId, OtherDay};

#[derive(Clone, Debug, Eq, PartialEq)]
pub(crate) struct Warning {
    pub(crate) contact: ContactId,
    pub(crate) what: WarningKind,
}

#[derive(Clone, Debug, Eq, PartialEq)]
pub(crate) enum WarningKind {
    /// A touch on a future day, by its index among the touches.
    TouchAhead(usize, NaiveDate),
    /// A promise that is long past its day, by its index among the promises.
    PromiseLongPast(usize, NaiveDate),
    /// The same promise as an earlier one of the contact, by its index.
    SamePromise(usize),
    /// The same date as an earlier one of the contact, by its index.
    SameDate(usize),
    AddedAhead(NaiveDate),
    BirthdayAhead(NaiveDate),
    /// A limit that is shorter than the cadence; one of the two is the contact's own.
    ShortLimit {
        limit: Cadence,
        cadence: Cadence,
        is_own: bool,
    },
    /// A text that is not one bare e-mail address, and the addresses in it.
    Email(String, Vec<String>),
    /// A text without a number that can be dialled.
    Phone(String),
    /// The name of an earlier contact, ignoring case and accents.
    SameName(ContactId),
    /// An e-mail address of an earlier contact.
    SameEmail(ContactId, String),
    /// A phone number of an earlier contact.
    SamePhone(ContactId, String),
}

/// Everything in `book` that the user should check, contact by contact.
pub(crate) fn warnings(book: &Book, today: NaiveDate) -> Vec<Warning> {
    let mut keys = KeyIndex::default();
    let mut warnings = Vec::new();
    for id in book.ids() {
        let kinds = future_days(book, id, today)
            .into_iter()
            .chain(same_dates(book.contact(id)))
            .chain(promises(book.contact(id), today))
            .chain(unusable(book.contact(id)))
            .chain(short_limit(book, id))
            .chain(same_as_earlier(book, id, &mut keys));
        warnings.extend(kinds.map(|what| Warning { contact: id, what }));
    }
    warnings
}

fn future_days(book: &Book, id: ContactId, today: NaiveDate) -> Vec<WarningKind> {
    let contact = book.contact(id);
    let touches = contact.touches.iter().enumerate();
    let touches = touches.filter(|(_, touch)| touch.on > today);
    let mut found: Vec<WarningKind> = touches
        .map(|(at, touch)| WarningKind::TouchAhead(at, touch.on))
        .collect();
    let added = contact.added.filter(|day| *day > today);
    found.extend(added.map(WarningKind::AddedAhead));
    if let Some(AnnualDay::Date(day)) = contact.birthday
        && day > today
    {
        found.push(WarningKind::BirthdayAhead(day));
    }
    found
}

/// Dates that are there twice, perhaps once without the year.
fn same_dates(contact: &Contact) -> impl Iterator<Item = WarningKind> {
    let dates = contact.dates.iter().enumerate();
    let is_twice = |(at, date): &(usize, &OtherDay)| {
        let mut earlier = contact.dates[..*at].iter();
        earlier.any(|other| is_same_other_day(other, date))
    };
    let twice = dates.filter(is_twice);
    twice.map(|(at, _)| WarningKind::SameDate(at))
}

/// A promise this many days past its day has probably been kept or forgotten.
const LONG_PAST: i64 = 30;

/// Promises that are long past, unless the contact is paused, and those that are there twice.
fn promises(contact: &Contact, today: NaiveDate) -> Vec<WarningKind> {
    let mut found = Vec::new();
    for (at, promise) in contact.promises.iter().enumerate() {
        let mut earlier = contact.promises[..at].iter();
        let by = promise.by.filter(|_| !contact.is_paused(today));
        if earlier.any(|other| is_same_promise(other, promise)) {
            found.push(WarningKind::SamePromise(at));
        } else if let Some(by) = by.filter(|by| (today - *by).num_days() > LONG_PAST) {
            found.push(WarningKind::PromiseLongPast(at, by));
        }
    }
    found
}

/// Addresses and numbers that no other program can use as they are.
fn unusable(contact: &Contact) -> Vec<WarningKind> {
    let is_said = |text: &&String| !text.trim().is_empty();
    let emails = contact.email.iter().filter(is_said);
    let emails = emails.filter(|text| !email::is_address(text.trim()));
    let emails = emails.map(|text| WarningKind::Email(text.clone(), email::addresses(text)));
    let phones = contact.phone.iter().filter(is_said);
    let phones = phones.filter(|text| phone::number(text).is_none());
    emails
        .chain(phones.map(|text| WarningKind::Phone(text.clone())))
        .collect()
}

/// A limit that is shorter than the cadence. Of a bucket's two, reading the book says so already.
pub(crate) fn short_limit(book: &Book, id: ContactId) -> Option<WarningKind> {
    let contact = book.contact(id);
    let bucket = contact.bucket.as_deref().and_then(|name| book.bucket(name));
    let limit = contact.limit.or_else(|| bucket?.limit)?;
    let cadence = contact.cadence.or_else(|| bucket?.cadence)?;
    let is_of_bucket = contact.limit.is_none() && contact.cadence.is_none();
    if is_of_bucket || !limit.is_shorter_than(cadence) {
        return None;
    }
    let is_own = contact.limit.is_some();
    Some(WarningKind::ShortLimit {
        limit,
        cadence,
        is_own,
    })
}

/// What the contact shares with earlier ones, whose keys are in `keys`; adds its own.
fn same_as_earlier(book: &Book, id: ContactId, keys: &mut KeyIndex) -> Vec<WarningKind> {
    let contact = book.contact(id);
    let mut found = Vec::new();
    // Reading the book already rejects a second contact with exactly the same name.
    let first = keys.claim(KeyKind::Name, fold(&contact.name), id);
    let first = first.filter(|other| book.contact(*other).name != contact.name);
    found.extend(first.map(WarningKind::SameName));
    for email in &contact.email {
        for key in match_key::emails_in(email) {
            let first = keys.claim(KeyKind::Email, key, id);
            found.extend(first.map(|other| WarningKind::SameEmail(other, email.clone())));
        }
    }
    for number in &contact.phone {
        for phone in Phone::all(number) {
            let first = keys.with_phone(&phone).next();
            let first = first
                .filter(|other| *other != id && !share_an_office(book.contact(*other), contact));
            keys.add_phone(phone, id);
            found.extend(first.map(|other| WarningKind::SamePhone(other, number.clone())));
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{Pause, Promise, Touch};

    fn day(text: &str) -> NaiveDate {
        text.parse().expect("a day")
    }

    fn found(contacts: Vec<Contact>) -> Vec<(usize, WarningKind)> {
        let book: Book = contacts.into_iter().collect();
        let warnings = warnings(&book, day("2026-11-23"));
        warnings
            .into_iter()
            .map(|warning| (warning.contact.0, warning.what))
            .collect()
    }

    #[test]
    fn future_days_are_doubtful() {
        let ana = Contact {
            name: "Ana".to_owned(),
            added: Some(day("2027-01-01")),
            birthday: Some(AnnualDay::Date(day("2984-03-12"))),
            touches: vec![Touch::on(day("2026-11-23")), Touch::on(day("2026-11-24"))],
            ..Contact::default()
        };
        assert_eq!(
            found(vec![ana]),
            [
                (0, WarningKind::TouchAhead(1, day("2026-11-24"))),
                (0, WarningKind::AddedAhead(day("2027-01-01"))),
                (0, WarningKind::BirthdayAhead(day("2984-03-12"))),
            ]
        );
    }

    #[test]
    fn a_promise_long_past_or_there_twice_is_doubtful() {
        let promise = |by: &str, what: &str| Promise {
            by: by.parse().ok(),
            what: what.to_owned(),
        };
        let ana = Contact {
            promises: vec![
                promise("2026-10-23", "send"),
                promise("2026-10-24", "ring"),
                promise("", "ask"),
                promise("2026-10-23", "send"),
                promise("", "ask"),
                promise("2026-12-23", "send"),
            ],
            ..Contact::default()
        };
        let paused = Contact {
            name: "B".to_owned(),
            paused: Some(Pause::Open),
            ..ana.clone()
        };
        assert_eq!(
            found(vec![ana, paused]),
            [
                (0, WarningKind::PromiseLongPast(0, day("2026-10-23"))),
                (0, WarningKind::SamePromise(3)),
                (0, WarningKind::SamePromise(4)),
                (1, WarningKind::SamePromise(3)),
                (1, WarningKind::SamePromise(4)),
            ]
        );
    }

    #[test]
    fn what_cannot_be_used_is_doubtful() {
        let text = |text: &str| text.to_owned();
        let dee = Contact {
            name: text("Dee"),
            email: vec![text("Dee <dee@x.example>"), text("dee at x"), text(" ")],
            phone: vec![text("ask Bo"), text("0600 000 001 or 0600 000 002")],
            ..Contact::default()
        };
        assert_eq!(
            found(vec![dee]),
            [
                (
                    0,
                    WarningKind::Email(text("Dee <dee@x.example>"), vec![text("dee@x.example")])
                ),
                (0, WarningKind::Email(text("dee at x"), vec![])),
                (0, WarningKind::Phone(text("ask Bo"))),
            ]
        );
    }

    #[test]
    fn one_person_twice_is_doubtful() {
        let contact = |name: &str, email: &str, phone: &str| Contact {
            name: name.to_owned(),
            email: vec![email.to_owned(), email.to_owned()],
            phone: vec![phone.to_owned()],
            ..Contact::default()
        };
        let first = ContactId(0);
        assert_eq!(
            found(vec![
                contact("José Ruiz", "j@a.example", "+34 600 000 001"),
                contact("jose ruiz", "x@a.example", "600"),
                contact("J.", "J@A.example", "(0600) 000 001"),
                contact("José Ruiz", "y@a.example", ""),
            ]),
            [
                (1, WarningKind::SameName(first)),
                (2, WarningKind::SameEmail(first, "J@A.example".to_owned())),
                (2, WarningKind::SameEmail(first, "J@A.example".to_owned())),
                (
                    2,
                    WarningKind::SamePhone(first, "(0600) 000 001".to_owned())
                ),
            ]
        );
    }
}
