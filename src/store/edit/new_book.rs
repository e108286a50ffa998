//! Writes a whole book as text.

use chrono::NaiveDate;

use super::apply;
use super::change::{Edit, Refused};
use super::session::contact_block;
use super::sources;
use crate::domain::model::book::{Defaults, DormantAfter, RestAfter};
use crate::domain::{Book, BookSync, CardScope, Week};
use crate::store::parse::read;
use crate::store::parse::toml_value::{array, string};

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
    let (week, usual) = (book.week, Week::default());
    let week = vec![
        (week.starts != usual.starts).then(|| format!("starts = \"{}\"", first_day(week))),
        (week.touches != usual.touches).then(|| format!("touches = {}", week.touches)),
    ];
    let aliases = book.aliases.iter();
    let aliases = aliases.map(|(name, words)| {
        let words = words.iter().map(String::as_str);
        Some(format!("{} = {}", string(name), array(words)))
    });
    let regrouped = book.regrouped.map(|day| format!("last = {day}"));
    let sources = sources::pairs(&book.sources, "\n").into_iter();
    let sources = sources.map(|(key, value)| Some(format!("{key} = {value}")));
    let tables = [
        ("week", week),
        ("defaults", defaults(&book.defaults)),
        ("aliases", aliases.collect()),
        ("regroup", vec![regrouped]),
        ("sources", sources.collect()),
        ("sync", sync(&book.sync)),
    ];
    let mut text = "format = 1\n".to_owned();
    for (table, lines) in tables {
        let lines: Vec<String> = lines.into_iter().flatten().collect();
        if !lines.is_empty() {
            text.push_str(&format!("\n[{table}]\n{}\n", lines.join("\n")));
        }
    }
    text
}

fn defaults(defaults: &Defaults) -> Vec<Option<String>> {
    let columns = [
        ("due", &defaults.columns.due),
        ("list", &defaults.columns.list),
    ];
    let columns = columns
        .into_iter()
        .filter(|(_, columns)| !columns.is_empty());
    let columns = columns.map(|(table, columns)| {
        let names = columns.iter().map(|column| column.name());
        format!("{table} = {}", array(names))
    });
    let columns = columns.collect::<Vec<String>>().join(", ");
    let (rest_after, dormant_after) = (defaults.rest_after, defaults.dormant_after);
    let rests_as_usual = rest_after == RestAfter::default();
    let sleeps_as_usual = dormant_after == DormantAfter::default();
    let pair = |key: &str, text: &Option<String>| {
        text.as_ref()
            .map(|text| format!("{key} = {}", string(text)))
    };
    vec![
        (!rests_as_usual).then(|| format!("rest_after = {}", rest_after.0)),
        (!sleeps_as_usual).then(|| format!("dormant_after = \"{}\"", dormant_after.0)),
        pair("channel", &defaults.channel),
        pair("bucket", &defaults.bucket),
        (!columns.is_empty()).then(|| format!("columns = {{ {columns} }}")),
    ]
}

fn sync(sync: &BookSync) -> Vec<Option<String>> {
    let cards = sync.cards.as_deref();
    let who = match &sync.who {
        CardScope::Bucketed => None,
        CardScope::All => Some("who = \"all\"".to_owned()),
        CardScope::Buckets(names) => {
            let names = names.iter().map(String::as_str);
            Some(format!("who = {}", array(names)))
        }
    };
    vec![
        cards.map(|path| format!("cards = {}", string(path))),
        sync.private.then(|| "private = true".to_owned()),
        who,
    ]
}

/// The name of the first day of a week.
fn first_day(week: Week) -> String {
    let day = week.first_day(NaiveDate::default());
    day.format("%A").to_string().to_lowercase()
}

#[cfg(test)]
mod tests {
    use chrono::Weekday;

    use super::*;
    use crate::domain::model::book::Columns;
    use crate::domain::model::column::Column;
    use crate::domain::{BookSources, Bucket, Contact, Field};

    #[test]
    fn writes_a_book_that_parses_to_itself() {
        let bucket = Bucket {
            name: "old friends".to_owned(),
            cadence: "3 weeks".parse().ok(),
            limit: None,
            share: 2,
            size: Some(12),
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
                dormant_after: DormantAfter("5y".parse().expect("a cadence")),
                channel: Some("video call".to_owned()),
                bucket: Some("old friends".to_owned()),
                columns: Columns {
                    due: vec![Column::Field(Field::Name), Column::Due],
                    list: vec![],
                },
            },
            aliases: vec![("week".to_owned(), vec!["due".to_owned()])],
            regrouped: NaiveDate::from_ymd_opt(2026, 5, 4),
            sources: BookSources {
                me: vec!["sam@keeper.example".to_owned()],
                mail: vec!["~/Mail".to_owned()],
                until: NaiveDate::from_ymd_opt(2026, 1, 1),
                ignored: "2026-11-04 email Bo".parse().into_iter().collect(),
                ..BookSources::default()
            },
            sync: BookSync {
                cards: Some("~/cards".to_owned()),
                private: true,
                who: CardScope::Buckets(vec!["old friends".to_owned()]),
            },
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
dormant_after = "5 years"
channel = "video call"
bucket = "old friends"
columns = { due = ["name", "due"] }

[aliases]
"week" = ["due"]

[regroup]
last = 2026-05-04

[sources]
me = ["sam@keeper.example"]
mail = ["~/Mail"]
until = 2026-01-01
ignored = [
  "2026-11-04 email Bo",
]

[sync]
cards = "~/cards"
private = true
who = ["old friends"]
"#;
        assert!(text.starts_with(head), "{text}");
    }

    #[test]
    fn who_gets_a_card_parses_back() {
        let all = vec!["all".to_owned()];
        for who in [
            CardScope::Bucketed,
            CardScope::All,
            CardScope::Buckets(vec![]),
            CardScope::Buckets(all),
        ] {
            let sync = BookSync {
                who,
                ..BookSync::default()
            };
            let book = Book {
                sync,
                ..Book::default()
            };
            let text = text_of(&book).expect("a text");
            assert_eq!(read(&text).map(|read| read.book), Ok(book));
        }
    }
}
