//! Birthdays and other days of the year, as they come.

use chrono::NaiveDate;

use crate::domain::{AnnualDay, Book, Contact, ContactId, Pause};

/// A birthday or another day, the next time it comes.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) struct ComingDay<'b> {
    pub(crate) id: ContactId,
    /// When it comes: for 29 February, in other than leap years, the 28th.
    pub(crate) on: NaiveDate,
    /// The day as it is in the book.
    pub(crate) day: AnnualDay,
    /// What it is, without blanks around it; `None` for the birthday.
    pub(crate) what: Option<&'b str>,
}

impl<'b> ComingDay<'b> {
    /// What it is called: `birthday`, `wedding`.
    pub(crate) fn label(&self) -> &'b str {
        self.what.unwrap_or("birthday")
    }

    /// How old they become, or for how many years it has been so.
    pub(crate) fn years(&self) -> Option<u32> {
        self.day.years_on(self.on)
    }

    /// Whether it is 29 February and comes on the 28th.
    pub(crate) fn is_moved(&self) -> bool {
        self.day.is_moved_to(self.on)
    }
}

/// The birthdays and other days of `ids` up to `last`, the earliest first; of one day, in the order of `ids`, then of the
/// file. Those in a pause do not come, and of a contact who is paused for good, none does.
pub(crate) fn coming_days(
    book: &Book,
    ids: impl IntoIterator<Item = ContactId>,
    today: NaiveDate,
    last: NaiveDate,
) -> Vec<ComingDay<'_>> {
    let mut days = Vec::new();
    for id in ids {
        days.extend(of_contact(id, book.contact(id), today).filter(|day| day.on <= last));
    }
    days.sort_by_key(|day| day.on);
    days
}

/// The same for one contact, in the order of the file, however far away.
pub(crate) fn of_contact(
    id: ContactId,
    contact: &Contact,
    today: NaiveDate,
) -> impl Iterator<Item = ComingDay<'_>> {
    let birthday = contact.birthday.map(|day| (day, None));
    let dates = contact.dates.iter();
    let dates = dates.map(|date| (date.on, Some(date.what.trim())));
    let all = birthday.into_iter().chain(dates);
    let from = match contact.paused {
        None => Some(today),
        Some(Pause::Until(day)) => Some(day.max(today)),
        // They may have died.
        Some(Pause::Open) => None,
    };
    all.filter_map(move |(day, what)| {
        let on = day.next(from?);
        Some(ComingDay { id, on, day, what })
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::OtherDay;

    fn day(text: &str) -> NaiveDate {
        text.parse().expect("an ISO date")
    }

    fn contact(birthday: &str, paused: Option<Pause>) -> Contact {
        Contact {
            birthday: birthday.parse().ok(),
            paused,
            ..Contact::default()
        }
    }

    fn coming(contacts: Vec<Contact>, today: &str, last: &str) -> Vec<String> {
        let book: Book = contacts.into_iter().collect();
        let days = coming_days(&book, book.ids(), day(today), day(last));
        let words = days.iter().map(|coming| {
            let years = coming
                .years()
                .map_or("-".to_owned(), |years| years.to_string());
            format!("{} {} {years}", coming.id.0, coming.on)
        });
        words.collect()
    }

    #[test]
    fn they_come_by_the_day_and_with_their_years() {
        let wedding = Contact {
            dates: vec![
                OtherDay {
                    on: "2014-11-24".parse().expect("a day"),
                    what: " wedding ".to_owned(),
                },
                OtherDay {
                    on: "2026-11-23".parse().expect("a day"),
                    what: "new job".to_owned(),
                },
            ],
            ..contact("--11-29", None)
        };
        let others = [
            contact("1983-11-25", None),
            contact("1983-11-30", None),
            contact("--11-22", None),
        ];
        let all = [wedding].into_iter().chain(others).collect();
        assert_eq!(
            coming(all, "2026-11-23", "2026-11-29"),
            [
                "0 2026-11-23 -",
                "0 2026-11-24 12",
                "1 2026-11-25 43",
                "0 2026-11-29 -"
            ]
        );
    }

    #[test]
    fn none_comes_in_a_pause() {
        let until = |text| Some(Pause::Until(day(text)));
        let all = vec![
            contact("--11-25", Some(Pause::Open)),
            contact("--11-25", until("2026-11-25")),
            contact("--11-25", until("2026-11-26")),
        ];
        assert_eq!(
            coming(all, "2026-11-23", "2027-11-29"),
            ["1 2026-11-25 -", "2 2027-11-25 -"]
        );
    }
}
