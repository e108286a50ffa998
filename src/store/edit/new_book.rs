//! Writes a whole book as text.

use chrono::Weekday;

use super::apply;
use super::change::{Edit, Refused};
use super::session::contact_block;
use crate::domain::model::book::{Defaults, RestAfter};
use crate::domain::model::column::Column;
use crate::domain::{Book, Week};
use crate::store::parse::read;
use crate::store::parse::toml_value::string;

/// The text that parses to `book`, even if there is something wrong with the book.
///
/// # Errors
///
/// [`Refused`] if no text parses to that book.
///
/// ```
/// use netkeep::domain::Book;
///
/// assert_eq!(netkeep::store::text_of(&Book::default()).unwrap(), "format = 1\n");
/// ```
pub fn text_of(book: &Book) -> Result<String, Refused> {
    let mut text = head(book);
    for bucket in &book.buckets {
        let read = read(&text).map_err(|_| Refused::VerificationFailed)?;
        let change = apply(&text, &read, &[Edit::AddBucket(bucket.clone())])?;
        text = change.text.to_string();
    }
    for contact in &book.contacts {
        text.push_str(&format!("\n{}\n", contact_block(contact, "\n")));
    }
    match read(&text) {
        Ok(read) if read.book == *book => Ok(text),
        _ => Err(Refused::VerificationFailed),
    }
}

/// The settings that differ from the defaults.
fn head(book: &Book) -> String {
    let mut text = "format = 1\n".to_owned();
    let default = Week::default();
    if book.week != default {
        text.push_str("\n[week]\n");
        if book.week.starts != default.starts {
            text.push_str(&format!("starts = \"{}\"\n", name(book.week.starts)));
        }
        if book.week.touches != default.touches {
            text.push_str(&format!("touches = {}\n", book.week.touches));
        }
    }
    if book.defaults != Defaults::default() {
        text.push_str("\n[defaults]\n");
        text.push_str(&defaults(&book.defaults));
    }
    if !book.aliases.is_empty() {
        text.push_str("\n[aliases]\n");
        for (name, words) in &book.aliases {
            let words = words.iter().map(|word| string(word));
            let words = words.collect::<Vec<String>>().join(", ");
            text.push_str(&format!("{} = [{words}]\n", string(name)));
        }
    }
    if let Some(day) = book.regrouped {
        text.push_str(&format!("\n[regroup]\nlast = {day}\n"));
    }
    text
}

fn defaults(defaults: &Defaults) -> String {
    let texts = |columns: &[Column]| {
        let names = columns.iter().map(|column| string(column.name()));
        names.collect::<Vec<String>>().join(", ")
    };
    let columns = [
        ("due", &defaults.columns.due),
        ("list", &defaults.columns.list),
    ];
    let columns = columns
        .into_iter()
        .filter(|(_, columns)| !columns.is_empty());
    let columns: Vec<String> = columns
        .map(|(table, columns)| format!("{table} = [{}]", texts(columns)))
        .collect();
    let rest_after = defaults.rest_after;
    let is_default = rest_after == RestAfter::default();
    let lines = [
        (!is_default).then(|| format!("rest_after = {}\n", rest_after.0)),
        defaults
            .channel
            .as_ref()
            .map(|channel| format!("channel = {}\n", string(channel))),
        defaults
            .bucket
            .as_ref()
            .map(|bucket| format!("bucket = {}\n", string(bucket))),
        (!columns.is_empty()).then(|| format!("columns = {{ {} }}\n", columns.join(", "))),
    ];
    lines.into_iter().flatten().collect()
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
    use crate::domain::model::book::Columns;
    use crate::domain::{Bucket, Contact, Field};

    #[test]
    fn writes_a_book_that_parses_to_itself() {
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
            defaults: Defaults {
                rest_after: RestAfter(0),
                channel: Some("video call".to_owned()),
                bucket: Some("old friends".to_owned()),
                columns: Columns {
                    due: vec![Column::Field(Field::Name), Column::Due],
                    list: vec![],
                },
            },
            aliases: vec![("week".to_owned(), vec!["due".to_owned()])],
            regrouped: NaiveDate::from_ymd_opt(2026, 5, 4),
            buckets: vec![bucket],
            contacts: vec![contact("Ana").into(), contact("Bo").into()],
        };
        let text = text_of(&book).expect("a text");
        assert_eq!(read(&text).map(|read| read.book), Ok(book));
        let head = r#"format = 1

[week]
starts = "sunday"
touches = 3

[defaults]
rest_after = 0
channel = "video call"
bucket = "old friends"
columns = { due = ["name", "due"] }

[aliases]
"week" = ["due"]

[regroup]
last = 2026-05-04
"#;
        assert!(text.starts_with(head), "{text}");
    }
}
