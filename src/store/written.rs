//! A whole book as netkeep writes it.

use chrono::Weekday;

use super::apply::apply;
use super::edit::{Edit, Refused};
use super::read::read;
use super::work::contact_text;
use crate::domain::{Book, Week};

/// The text of a book that says what `book` says, be it right or wrong.
///
/// # Errors
///
/// [`Refused`] when no text reads back as that book.
///
/// ```
/// use netkeep::domain::Book;
///
/// assert_eq!(netkeep::store::text_of(&Book::default()).unwrap(), "format = 1\n");
/// ```
pub fn text_of(book: &Book) -> Result<String, Refused> {
    let mut text = head(book);
    for bucket in &book.buckets {
        let read = read(&text).map_err(|_| Refused::Diverged)?;
        let change = apply(&text, &read, &[Edit::AddBucket(bucket.clone())])?;
        text = change.text.to_string();
    }
    for contact in &book.contacts {
        text.push_str(&format!("\n{}\n", contact_text(contact, "\n")));
    }
    match read(&text) {
        Ok(read) if read.book == *book => Ok(text),
        _ => Err(Refused::Diverged),
    }
}

/// The settings, those that are not as they are anyway.
fn head(book: &Book) -> String {
    let mut text = "format = 1\n".to_owned();
    let usual = Week::default();
    if book.week != usual {
        text.push_str("\n[week]\n");
        if book.week.starts != usual.starts {
            text.push_str(&format!("starts = \"{}\"\n", name(book.week.starts)));
        }
        if book.week.touches != usual.touches {
            text.push_str(&format!("touches = {}\n", book.week.touches));
        }
    }
    if book.rest_after != Book::default().rest_after {
        text.push_str(&format!(
            "\n[defaults]\nrest_after = {}\n",
            book.rest_after.0
        ));
    }
    if let Some(day) = book.regrouped {
        text.push_str(&format!("\n[regroup]\nlast = {day}\n"));
    }
    text
}

fn name(day: Weekday) -> &'static str {
    match day {
        Weekday::Mon => "monday",
        Weekday::Tue => "tuesday",
        Weekday::Wed => "wednesday",
        Weekday::Thu => "thursday",
        Weekday::Fri => "friday",
        Weekday::Sat => "saturday",
        Weekday::Sun => "sunday",
    }
}

#[cfg(test)]
mod tests {
    use chrono::NaiveDate;

    use super::*;
    use crate::domain::book::RestAfter;
    use crate::domain::{Bucket, Contact};

    #[test]
    fn a_book_is_written_as_it_reads() {
        let bucket = Bucket {
            name: "old friends".to_owned(),
            cadence: "3 weeks".parse().ok(),
            limit: None,
            share: 2,
        };
        let contact = |name: &str| Contact {
            name: name.to_owned(),
            ..Contact::default()
        };
        let book = Book {
            week: Week {
                starts: Weekday::Sun,
                touches: 3,
            },
            rest_after: RestAfter(0),
            regrouped: NaiveDate::from_ymd_opt(2026, 5, 4),
            buckets: vec![bucket],
            contacts: vec![contact("Ana").into(), contact("Bo").into()],
        };
        let text = text_of(&book).expect("a text");
        assert_eq!(read(&text).map(|read| read.book), Ok(book));
        assert!(text.starts_with("format = 1\n\n[week]\nstarts = \"sunday\"\ntouches = 3\n\n[defaults]\nrest_after = 0\n\n[regroup]\nlast = 2026-05-04\n"), "{text}");
    }
}
