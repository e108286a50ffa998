//! The orders in which contacts can be listed.

use chrono::NaiveDate;

use crate::domain::due::rule::standing;
use crate::domain::text::fold;
use crate::domain::{Book, ContactId, Field};

/// What to sort by. Contacts without it come last; equal ones keep file order.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum SortValue {
    Text(Field),
    /// The longest silence first.
    Last,
    /// The earliest due day first.
    Due,
    Added,
}

/// Sorts `ids` by `key`, as of `today`, or the other way round; contacts without it come last in either order.
pub(crate) fn sort(
    book: &Book,
    ids: &mut [ContactId],
    key: SortValue,
    is_reverse: bool,
    today: NaiveDate,
) {
    let text = |text: Option<&String>| {
        let folded = text.map(|text| fold(text));
        (text.is_none(), None, folded.unwrap_or_default())
    };
    let day = |day: Option<NaiveDate>| (day.is_none(), day, String::new());
    let value = |id: ContactId| {
        let contact = book.contact(id);
        match key {
            SortValue::Text(field) => text(contact.texts(field).first()),
            SortValue::Last => day(contact.last_touch(today).map(|touch| touch.on)),
            SortValue::Due => day(standing(book, id, today).due),
            SortValue::Added => day(contact.added),
        }
    };
    ids.sort_by_cached_key(|id| value(*id));
    if is_reverse {
        let with_value = ids.partition_point(|id| !value(*id).0);
        ids[..with_value].reverse();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::Contact;

    #[test]
    fn sorts_names_by_letter_and_missing_values_last() {
        let contact = |name: &str, city: Option<&str>| Contact {
            name: name.to_owned(),
            city: city.map(str::to_owned),
            ..Contact::default()
        };
        let contacts = [
            contact("Zoë", None),
            contact("Åse", Some("Oslo")),
            contact("bo", Some("Aarhus")),
        ];
        let book: Book = contacts.into_iter().collect();
        let today = NaiveDate::from_ymd_opt(2026, 11, 23).expect("a day");
        for (key, order) in [
            (SortValue::Text(Field::Name), [1, 2, 0]),
            (SortValue::Text(Field::City), [2, 1, 0]),
            (SortValue::Added, [0, 1, 2]),
        ] {
            let mut ids: Vec<ContactId> = book.ids().collect();
            sort(&book, &mut ids, key, false, today);
            assert_eq!(ids, order.map(ContactId), "{key:?}");
        }
    }

    #[test]
    fn sorts_days_by_the_calendar_however_far_away() {
        let today = NaiveDate::from_ymd_opt(2026, 11, 23).expect("a day");
        let every = |cadence: &str| Contact {
            added: Some(today),
            cadence: cadence.parse().ok(),
            ..Contact::default()
        };
        let contacts = [Contact::default(), every("9999 years"), every("1 year")];
        let book: Book = contacts.into_iter().collect();
        let mut ids: Vec<ContactId> = book.ids().collect();
        sort(&book, &mut ids, SortValue::Due, false, today);
        assert_eq!(ids, [2, 1, 0].map(ContactId));
    }
}
