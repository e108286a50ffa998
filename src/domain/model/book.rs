//! Everything the file says, in the file's order.

use std::sync::Arc;

use chrono::{Datelike, Days, NaiveDate, Weekday};

use super::column::Column;
use crate::domain::{Cadence, Contact};

/// The book: its week, its buckets, its contacts.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct Book {
    /// The size and the first day of a week.
    pub week: Week,
    /// What holds where nothing else is said.
    pub defaults: Defaults,
    /// Commands of the user's own: a name, and the words that it stands for.
    pub aliases: Vec<(String, Vec<String>)>,
    /// The day of the last regrouping: `[regroup] last`.
    pub regrouped: Option<NaiveDate>,
    /// The buckets, in the order of the file.
    pub buckets: Vec<Bucket>,
    /// The contacts, in the order of the file. A book and what a change makes of it share those that stay as they are.
    pub contacts: Vec<Arc<Contact>>,
}

/// What holds where nothing else is said: `[defaults]`.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct Defaults {
    /// How many unanswered touches in a row let a contact rest; 0 is never.
    pub rest_after: RestAfter,
    /// The channel of a touch, with somebody with whom none has been used yet.
    pub channel: Option<String>,
    /// Where new contacts go.
    pub bucket: Option<String>,
    /// The columns of tables.
    pub columns: Columns,
}

/// The columns of the tables that have a choice of them; none is the usual ones.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct Columns {
    /// Those of `due`.
    pub due: Vec<Column>,
    /// Those of `list`.
    pub list: Vec<Column>,
}

/// How many unanswered touches in a row let a contact rest: 3, unless the book says otherwise.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct RestAfter(pub u32);

impl Default for RestAfter {
    fn default() -> Self {
        Self(3)
    }
}

/// How a week is laid out.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct Week {
    /// Its first day.
    pub starts: Weekday,
    /// How many contacts can be reached in it.
    pub touches: u32,
}

/// A named group of contacts with a cadence.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Bucket {
    /// The name, as in `[buckets.clients]`.
    pub name: String,
    /// How long its contacts may go without a touch; `None` when the book does not say or says it wrongly.
    pub cadence: Option<Cadence>,
    /// The longest you would ever let it go.
    pub limit: Option<Cadence>,
    /// Its weight when the week is too full.
    pub share: u32,
}

/// A contact's place in one book. It means nothing in another.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub struct ContactId(pub usize);

impl Week {
    /// The first day of the week that `day` is in.
    ///
    /// ```
    /// use netkeep::domain::Week;
    ///
    /// let friday: chrono::NaiveDate = "2026-11-27".parse().unwrap();
    /// assert_eq!(Week::default().first_day(friday).to_string(), "2026-11-23");
    /// ```
    #[must_use]
    pub fn first_day(self, day: NaiveDate) -> NaiveDate {
        let into = day.weekday().days_since(self.starts);
        day.checked_sub_days(Days::new(into.into())).unwrap_or(day)
    }

    /// The last day of the week that `day` is in.
    ///
    /// ```
    /// use netkeep::domain::Week;
    ///
    /// let monday: chrono::NaiveDate = "2026-11-23".parse().unwrap();
    /// assert_eq!(Week::default().last_day(monday).to_string(), "2026-11-29");
    /// ```
    #[must_use]
    pub fn last_day(self, day: NaiveDate) -> NaiveDate {
        let into = day.weekday().days_since(self.starts);
        day.checked_add_days(Days::new(u64::from(6 - into)))
            .unwrap_or(day)
    }
}

impl Book {
    /// The contact at `id`.
    #[must_use]
    pub fn contact(&self, id: ContactId) -> &Contact {
        &self.contacts[id.0]
    }

    /// The contact at `id`, to change it in this book alone.
    pub fn contact_mut(&mut self, id: ContactId) -> &mut Contact {
        Arc::make_mut(&mut self.contacts[id.0])
    }

    /// Every contact with its place.
    pub fn ids(&self) -> impl Iterator<Item = ContactId> + use<> {
        (0..self.contacts.len()).map(ContactId)
    }

    /// Whether these are all the contacts, each as it is in the book.
    #[must_use]
    pub fn is_all(&self, contacts: &[Contact]) -> bool {
        self.contacts.iter().map(AsRef::as_ref).eq(contacts)
    }

    /// The bucket with exactly that name.
    #[must_use]
    pub fn bucket(&self, name: &str) -> Option<&Bucket> {
        self.buckets.iter().find(|bucket| bucket.name == name)
    }

    /// Where the contact that was seen at `id` stands now; `None` if anything of it changed.
    #[must_use]
    pub fn still(&self, id: ContactId, seen: &Contact) -> Option<ContactId> {
        let is_it = |id: &ContactId| {
            self.contacts
                .get(id.0)
                .is_some_and(|contact| **contact == *seen)
        };
        Some(id).filter(is_it).or_else(|| self.ids().find(is_it))
    }

    /// The buckets in the order of the book, then those that contacts name and the book has not, then `None` for the contacts
    /// without one, if there are any.
    #[must_use]
    pub fn groups(&self) -> Vec<Option<&str>> {
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

    /// How many contacts are in the bucket.
    #[must_use]
    pub fn count_in(&self, bucket: &str) -> usize {
        self.contacts
            .iter()
            .filter(|contact| contact.bucket.as_deref() == Some(bucket))
            .count()
    }
}

/// These contacts, and nothing else said.
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
