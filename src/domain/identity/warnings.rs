//! What reads well and can hardly be true: days to come where only past ones make sense, one person twice.

use std::collections::HashMap;

use chrono::NaiveDate;

use super::match_key::{self, Phone};
use super::match_rules::share_an_office;
use super::phones::Phones;
use crate::domain::text::fold;
use crate::domain::{Birthday, Book, ContactId};

/// Something to look at again.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Warning {
    /// Whose.
    pub contact: ContactId,
    /// What.
    pub what: WarningKind,
}

/// What is doubtful about a contact.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum WarningKind {
    /// A touch on a day to come, by its place among the touches.
    TouchAhead(usize, NaiveDate),
    /// Added on a day to come.
    AddedAhead(NaiveDate),
    /// Born on a day to come.
    BirthdayAhead(NaiveDate),
    /// The same name as an earlier contact's, case and accents aside.
    SameName(ContactId),
    /// An e-mail address of an earlier contact's.
    SameEmail(ContactId, String),
    /// A phone number of an earlier contact's.
    SamePhone(ContactId, String),
}

/// Everything in `book` to look at again, contact by contact.
#[must_use]
pub fn warnings(book: &Book, today: NaiveDate) -> Vec<Warning> {
    let mut seen = Seen::default();
    let mut warnings = Vec::new();
    for id in book.ids() {
        let contact = book.contact(id);
        let mut doubt = |what| warnings.push(Warning { contact: id, what });
        for (at, touch) in contact.touches.iter().enumerate() {
            if touch.on > today {
                doubt(WarningKind::TouchAhead(at, touch.on));
            }
        }
        if let Some(day) = contact.added.filter(|day| *day > today) {
            doubt(WarningKind::AddedAhead(day));
        }
        if let Some(Birthday::Date(day)) = contact.birthday
            && day > today
        {
            doubt(WarningKind::BirthdayAhead(day));
        }
        // A name to the letter is wrong, and told with its place when the book is read.
        match Seen::first(&mut seen.names, fold(&contact.name), id) {
            Some(other) if book.contact(other).name != contact.name => {
                doubt(WarningKind::SameName(other));
            }
            _ => {}
        }
        for email in &contact.email {
            let mark = match_key::email(email).unwrap_or_default();
            if let Some(other) = Seen::first(&mut seen.emails, mark, id) {
                doubt(WarningKind::SameEmail(other, email.clone()));
            }
        }
        for number in &contact.phone {
            let Some(phone) = Phone::new(number) else {
                continue;
            };
            let same = seen.phones.with(&phone).next();
            let same = same.filter(|other| *other != id);
            seen.phones.learn(phone, id);
            if let Some(other) =
                same.filter(|other| !share_an_office(book.contact(*other), contact))
            {
                doubt(WarningKind::SamePhone(other, number.clone()));
            }
        }
    }
    warnings
}

/// Who was first to have a name, an address or a number.
#[derive(Default)]
struct Seen {
    names: HashMap<String, ContactId>,
    emails: HashMap<String, ContactId>,
    phones: Phones,
}

impl Seen {
    /// Another contact that had `mark` before `id`.
    fn first(
        marks: &mut HashMap<String, ContactId>,
        mark: String,
        id: ContactId,
    ) -> Option<ContactId> {
        if mark.is_empty() {
            return None;
        }
        let first = *marks.entry(mark).or_insert(id);
        (first != id).then_some(first)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{Contact, Touch};

    fn day(text: &str) -> NaiveDate {
        text.parse().expect("a day")
    }

    fn told(contacts: Vec<Contact>) -> Vec<(usize, WarningKind)> {
        let book: Book = contacts.into_iter().collect();
        let warnings = warnings(&book, day("2026-11-23"));
        warnings
            .into_iter()
            .map(|doubt| (doubt.contact.0, doubt.what))
            .collect()
    }

    #[test]
    fn days_to_come_are_doubtful() {
        let ana = Contact {
            name: "Ana".to_owned(),
            added: Some(day("2027-01-01")),
            birthday: Some(Birthday::Date(day("2984-03-12"))),
            touches: vec![Touch::on(day("2026-11-23")), Touch::on(day("2026-11-24"))],
            ..Contact::default()
        };
        assert_eq!(
            told(vec![ana]),
            [
                (0, WarningKind::TouchAhead(1, day("2026-11-24"))),
                (0, WarningKind::AddedAhead(day("2027-01-01"))),
                (0, WarningKind::BirthdayAhead(day("2984-03-12"))),
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
            told(vec![
                contact("José Ruiz", "j@a.example", "+34 600 000 001"),
                contact("jose ruiz", "x@a.example", "none"),
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
