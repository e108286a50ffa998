//! The book: everything in the file, in file order.

use std::sync::Arc;

use chrono::{Datelike, Days, NaiveDate, Weekday};

use super::column::Column;
use crate::domain::{BookSources, BookSync, Cadence, Contact};

/// The book: its settings, its buckets and its contacts.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct Book {
    /// The size and the first day of a week.
    pub week: Week,
    /// The defaults, where nothing else is set.
    pub defaults: Defaults,
    /// The user's own commands: a name, and the words it stands for.
    pub aliases: Vec<(String, Vec<String>)>,
    /// The day of the last regrouping: `[regroup] last`.
    pub regrouped: Option<NaiveDate>,
    /// What touches are read from.
    pub sources: BookSources,
    /// Which folder of cards says the same.
    pub sync: BookSync,
    /// The buckets, in file order.
    pub buckets: Vec<Bucket>,
    /// The contacts, in file order. A book and its edited copy share the unchanged ones.
    pub contacts: Vec<Arc<Contact>>,
}

/// The defaults, where nothing else is set: `[defaults]`.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct Defaults {
    /// How many unanswered touches in a row before a contact rests; 0 is never.
    pub(crate) rest_after: RestAfter,
    /// How long people must have been silent to be dormant.
    pub(crate) dormant_after: DormantAfter,
    /// The channel of a touch when the contact has not used one yet.
    pub(crate) channel: Option<String>,
    pub(crate) bucket: Option<String>,
    pub(crate) columns: Columns,
}

/// The columns of the configurable tables; if empty, the standard ones.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub(crate) struct Columns {
    pub(crate) due: Vec<Column>,
    pub(crate) list: Vec<Column>,
}

/// How many unanswered touches in a row before a contact rests: 3 unless set.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) struct RestAfter(pub u32);

impl Default for RestAfter {
    fn default() -> Self {
        Self(3)
    }
}

/// How long people must have been silent to be dormant: three years unless set.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) struct DormantAfter(pub Cadence);

impl Default for DormantAfter {
    fn default() -> Self {
        Self(Cadence::years(3))
    }
}

/// The size and the first day of a week.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct Week {
    /// Its first day.
    pub starts: Weekday,
    /// How many contacts you can reach in it.
    pub touches: u32,
}

/// A named group of contacts with a cadence.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Bucket {
    /// The name, as in `[buckets.clients]`.
    pub name: String,
    /// How long its contacts may go without a touch; `None` if the book has no valid value.
    pub cadence: Option<Cadence>,
    /// The longest you would ever let it go.
    pub limit: Option<Cadence>,
    /// Its weight when the week is full.
    pub share: u32,
    /// How many people it is meant to hold; `None` for any number.
    pub size: Option<u32>,
}

/// The position of a contact in one book. It is meaningless in another.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub struct ContactId(pub usize);

impl Week {
    /// The first day of the week of `day`.
    ///
    /// ```
    /// use netkeep::domain::Week;
    ///
    /// let friday: chrono::NaiveDate = "2026-11-27".parse().unwrap();
    /// assert_eq!(Week::default().first_day(friday).to_string(), "2026-11-23");
    /// ```
    pub fn first_day(self, day: NaiveDate) -> NaiveDate {
        let into = day.weekday().days_since(self.starts);
        day.checked_sub_days(Days::new(into.into())).unwrap_or(day)
    }

    /// The last day of the week of `day`.
    ///
    /// ```
    /// use netkeep::domain::Week;
    ///
    /// let monday: chrono::NaiveDate = "2026-11-23".parse().unwrap();
    /// assert_eq!(Week::default().last_day(monday).to_string(), "2026-11-29");
    /// ```
    pub fn last_day(self, day: NaiveDate) -> NaiveDate {
        let into = day.weekday().days_since(self.starts);
        day.checked_add_days(Days::new(u64::from(6 - into)))
            .unwrap_or(day)
    }
}

impl Book {
    /// The contact at `id`.
    pub fn contact(&self, id: ContactId) -> &Contact {
        &self.contacts[id.0]
    }

    /// The contact at `id`, to change it in this book only.
    pub fn contact_mut(&mut self, id: ContactId) -> &mut Contact {
        Arc::make_mut(&mut self.contacts[id.0])
    }

    /// The id of every contact.
    pub fn ids(&self) -> impl Iterator<Item = ContactId> + use<> {
        (0..self.contacts.len()).map(ContactId)
    }

    /// Whether `contacts` are exactly those of the book.
    pub fn is_all(&self, contacts: &[Contact]) -> bool {
        self.contacts.iter().map(AsRef::as_ref).eq(contacts)
    }

    /// The bucket with exactly that name.
    pub fn bucket(&self, name: &str) -> Option<&Bucket> {
        self.buckets.iter().find(|bucket| bucket.name == name)
    }

    /// The current id of the contact that was `seen` at `id`; `None` if the contact has changed.
    pub(crate) fn still(&self, id: ContactId, seen: &Contact) -> Option<ContactId> {
        let is_it = |id: &ContactId| self.is_there(*id, |contact| *contact == *seen);
        Some(id).filter(is_it).or_else(|| self.ids().find(is_it))
    }

    /// The same, whatever happened between the two of you since: touches, plans and promises.
    pub(crate) fn still_known(&self, id: ContactId, seen: &Contact) -> Option<ContactId> {
        let is_it = |id: &ContactId| {
            self.is_there(*id, |contact| {
                contact.name == seen.name && contact.without_history() == seen.without_history()
            })
        };
        let only = || {
            let mut alike = self.ids().filter(is_it);
            alike.next().filter(|_| alike.next().is_none())
        };
        let there = self.still(id, seen);
        there.or_else(|| Some(id).filter(is_it)).or_else(only)
    }

    fn is_there(&self, id: ContactId, is_it: impl Fn(&Contact) -> bool) -> bool {
        self.contacts
            .get(id.0)
            .is_some_and(|contact| is_it(contact))
    }

    /// The buckets in book order, then those that only contacts name, then `None` if any contact has no bucket.
    pub(crate) fn groups(&self) -> Vec<Option<&str>> {
        let of_book = self.buckets.iter().map(|bucket| Some(bucket.name.as_str()));
        let mut groups: Vec<Option<&str>> = of_book.collect();
        let named = self
            .contacts
            .iter()
            .map(|contact| contact.bucket.as_deref());
        let mut others: Vec<Option<&str>> = named.filter(|name| !groups.contains(name)).collect();
        others.sort_unstable_by_key(|name| (name.is_none(), *name));
        others.dedup();
        groups.extend(others);
        groups
    }

    pub(crate) fn count_in(&self, bucket: &str) -> usize {
        self.contacts
            .iter()
            .filter(|contact| contact.bucket.as_deref() == Some(bucket))
            .count()
    }
}

/// A book with these contacts and no settings.
///
/// ```
/// use netkeep::domain::{Book, Contact};
///
/// let ana = Contact { name: "Ana Ruiz".to_owned(), ..Contact::default() };
/// let book: Book = [ana].into_iter().collect();
/// assert_eq!(book.contacts[0].name, "Ana Ruiz");
/// ```
impl FromIterator<Contact> for Book {
    fn from_iter<I: IntoIterator<Item = Contact>>(contacts: I) -> Self {
        Self {
            contacts: contacts.into_iter().map(Arc::new).collect(),
            ..Self::default()
        }
    }
}

impl Default for Week {
    fn default() -> Self {
        Self {
            starts: Weekday::Mon,
            touches: 10,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn book(contacts: &[&str]) -> Book {
        let contacts = contacts
            .iter()
            .map(|lines| format!("[[contacts]]\n{lines}\n"));
        let text: String = contacts.collect();
        crate::store::read(&text).expect("a book").book
    }

    /// Where the second contact of a book is in another one.
    fn where_is(second: &str, after: &[&str]) -> Option<usize> {
        let before = book(&["name = 'Ana'", second]);
        let seen = before.contact(ContactId(1));
        let found = book(after).still_known(ContactId(1), seen);
        found.map(|id| id.0)
    }

    #[test]
    fn a_contact_is_known_whatever_was_done_with_it_since() {
        let touched = "name = 'Bo'\nnext = { on = 2026-12-01 }\ntouches = [{ on = 2026-11-23 }]";
        assert_eq!(
            where_is("name = 'Bo'", &["name = 'Ana'", "name = 'Bo'"]),
            Some(1)
        );
        assert_eq!(where_is("name = 'Bo'", &["name = 'Ana'", touched]), Some(1));
        assert_eq!(where_is("name = 'Bo'", &[touched]), Some(0));
        for other in [
            "bucket = 'a'",
            "cadence = '1 week'",
            "paused = true",
            "company = 'Acme'",
        ] {
            let changed = format!("name = 'Bo'\n{other}");
            assert_eq!(
                where_is("name = 'Bo'", &["name = 'Ana'", &changed]),
                None,
                "{other}"
            );
        }
        assert_eq!(
            where_is("name = 'Bo'", &["name = 'Ana'", "name = 'Bob'"]),
            None
        );
    }

    #[test]
    fn of_namesakes_the_one_at_its_place_is_known_and_elsewhere_none() {
        let touched = "name = 'Bo'\ntouches = [{ on = 2026-11-23 }]";
        let later = "name = 'Bo'\ntouches = [{ on = 2026-11-24 }]";
        assert_eq!(where_is("name = 'Bo'", &[touched, later]), Some(1));
        assert_eq!(
            where_is("name = 'Bo'", &[touched, "name = 'Cy'", later]),
            None
        );
        assert_eq!(
            where_is("name = 'Bo'", &[touched, "name = 'Cy'", "name = 'Bo'"]),
            Some(2)
        );
    }
}
