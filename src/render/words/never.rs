//! Those who are never due, and what to type so that they are.

use chrono::NaiveDate;

use super::messages::{due, quoted, typed_name};
use crate::domain::Book;
use crate::domain::due::rule::Standing;

/// The command by which a contact comes to have due days; `None` if nothing but a pause stands in the way, or if they have one.
pub(crate) fn remedy(book: &Book, standing: &Standing, today: NaiveDate) -> Option<String> {
    let contact = book.contact(standing.id);
    if standing.due.is_some() || contact.is_paused(today) {
        return None;
    }
    let own = contact.bucket.as_ref().and_then(|name| book.bucket(name));
    let other = book.buckets.iter().find(|bucket| bucket.cadence.is_some());
    let name = typed_name(&contact.name);
    Some(match (own, other) {
        (Some(own), _) => format!(
            "netkeep bucket set {} --cadence \"4 weeks\"",
            quoted(&own.name)
        ),
        (None, Some(bucket)) => format!("netkeep move {name} {}", quoted(&bucket.name)),
        (None, None) => format!("netkeep edit {name} --set cadence=\"4 weeks\""),
    })
}

/// When a contact is due, as the end of a sentence; if never, with the way out: `never due (`netkeep move kim-jansen clients`
/// changes that)`.
pub(crate) fn due_or_remedy(book: &Book, standing: &Standing, today: NaiveDate) -> String {
    due(standing, today) + &changes_that(book, standing, today)
}

/// ` (`netkeep move kim-jansen clients` changes that)` after a word for never, or nothing.
pub(crate) fn changes_that(book: &Book, standing: &Standing, today: NaiveDate) -> String {
    let remedy = remedy(book, standing, today);
    remedy.map_or(String::new(), |remedy| {
        format!(" (`{remedy}` changes that)")
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::ContactId;
    use crate::domain::due::rule::standing;

    #[test]
    fn says_what_gives_someone_due_days() {
        let today = "2026-11-23".parse().expect("a day");
        let told = |text: &str| {
            let book = crate::store::read(text).expect("a book").book;
            let last = ContactId(book.contacts.len() - 1);
            remedy(&book, &standing(&book, last, today), today)
        };
        let kim = "[[contacts]]\nname = 'Kim Jansen'\n";
        let buckets = "buckets.later = {}\nbuckets.'old friends'.cadence = '1 week'\n";
        for (text, expected) in [
            (
                kim.to_owned(),
                Some("netkeep edit kim-jansen --set cadence=\"4 weeks\""),
            ),
            (
                format!("{buckets}{kim}"),
                Some("netkeep move kim-jansen 'old friends'"),
            ),
            (
                format!("{buckets}{kim}bucket = 'later'\n"),
                Some("netkeep bucket set later --cadence \"4 weeks\""),
            ),
            (format!("{buckets}{kim}bucket = 'old friends'\n"), None),
            (format!("{buckets}{kim}cadence = '1 year'\n"), None),
            (format!("{buckets}{kim}paused = true\n"), None),
        ] {
            assert_eq!(told(&text).as_deref(), expected, "{text}");
        }
    }
}
