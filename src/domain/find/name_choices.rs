//! The contacts to choose from when a name matches several.

use chrono::NaiveDate;

use super::by_name::NameIndex;
use super::name_completion::due_first;
use super::typed_form::typed_form;
use crate::domain::{Book, ContactId};

/// The contacts that a typed name matches, as far as they are listed.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(crate) struct NameChoices {
    pub(crate) typed: String,
    /// At most [`MOST`]: those who are due first, the most pressing before the others.
    pub(crate) listed: Vec<NameChoice>,
    /// How many are not listed.
    pub(crate) more: usize,
}

#[derive(Clone, Debug, Eq, PartialEq)]
pub(crate) struct NameChoice {
    pub(crate) id: ContactId,
    pub(crate) name: String,
    pub(crate) bucket: Option<String>,
    pub(crate) company: Option<String>,
    /// What to type for this one; `None` if nothing tells it apart.
    pub(crate) form: Option<String>,
    /// Where it stands in the file, counted from 1, if that is all that tells it apart.
    pub(crate) line: Option<usize>,
}

/// As many as there are keys with a digit.
const MOST: usize = 10;

impl NameChoices {
    pub(crate) fn of(book: &Book, typed: &str, ids: Vec<ContactId>, today: NaiveDate) -> Self {
        let more = ids.len().saturating_sub(MOST);
        let mut first = due_first(book, ids, today, |id| *id);
        first.truncate(MOST);
        let names = NameIndex::of(book);
        let listed = first.into_iter().map(|id| NameChoice::of(&names, id));
        Self {
            typed: typed.to_owned(),
            listed: listed.collect(),
            more,
        }
    }

    pub(crate) fn count(&self) -> usize {
        self.listed.len() + self.more
    }
}

impl NameChoice {
    pub(crate) fn of(names: &NameIndex, id: ContactId) -> Self {
        let contact = names.book().contact(id);
        Self {
            id,
            name: contact.name.clone(),
            bucket: contact.bucket.clone(),
            company: contact.company.clone(),
            form: typed_form(names, id),
            line: None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{Contact, Touch};

    #[test]
    fn ten_are_listed_and_those_who_are_due_come_first() {
        let day = |text: &str| text.parse::<NaiveDate>().expect("a day");
        let contact = |number: usize| Contact {
            name: format!("Luca {number}"),
            cadence: [3, 20]
                .contains(&number)
                .then(|| "4 weeks".parse().expect("a cadence")),
            touches: vec![Touch::on(
                day("2026-10-01") - chrono::Days::new(number as u64),
            )],
            ..Contact::default()
        };
        let book: Book = (0..28).map(contact).collect();
        let choices = NameChoices::of(&book, "luca", book.ids().collect(), day("2026-11-23"));
        let listed = choices.listed.iter().map(|one| one.id.0);
        assert_eq!(listed.collect::<Vec<_>>(), [20, 3, 0, 1, 2, 4, 5, 6, 7, 8]);
        assert_eq!((choices.more, choices.count()), (18, 28));
        assert_eq!(choices.listed[0].form.as_deref(), Some("luca-20"));
    }
}
