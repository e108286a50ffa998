//! The options that leave contacts out, as they are typed, and the filter that they make.

use clap::Args;

use super::pick::bucket_or_none;
use crate::domain::find::filter::Filter;
use crate::domain::find::places::places;
use crate::domain::find::values_there::MissingValue;
use crate::domain::text::shell_words::quoted;
use crate::domain::{Book, Field};
use crate::error::{Error, Result};

/// The options for a bucket and a tag.
#[derive(Args, Debug, Default)]
pub(crate) struct GroupArgs {
    /// Only this bucket, or `none` for contacts without one (can be repeated)
    #[arg(short, long)]
    pub(crate) bucket: Vec<String>,
    /// Only contacts with this tag (can be repeated)
    #[arg(long)]
    pub(crate) tag: Vec<String>,
}

/// The same and the option for a city.
#[derive(Args, Debug, Default)]
pub(crate) struct FilterArgs {
    #[command(flatten)]
    pub(crate) groups: GroupArgs,
    /// Only contacts in this city, by `city` or address (can be repeated)
    #[arg(long = "in", value_name = "CITY")]
    pub(crate) city: Vec<String>,
}

impl FilterArgs {
    /// The filter that was asked for. A bucket, tag or city that is not in the book is an error which says what is there.
    pub(crate) fn filter(&self, book: &Book) -> Result<Filter> {
        let groups = self.groups.filter(book)?;
        let mut there = Vec::new();
        for typed in &self.city {
            let meant = places(book, typed);
            check_there(book, Field::City, typed, !meant.is_empty())?;
            there.extend(meant);
        }
        Ok(Filter {
            places: there,
            ..groups
        })
    }

    /// The options as they are typed after a command, each with a blank before it.
    pub(crate) fn typed(&self) -> String {
        self.groups.typed() + &option("--in", &self.city)
    }
}

/// An option as it is typed, once for each value.
fn option(name: &str, values: &[String]) -> String {
    let typed = values
        .iter()
        .map(|value| format!(" {name} {}", quoted(value)));
    typed.collect()
}

impl GroupArgs {
    /// The same where only a bucket and a tag can be asked for.
    pub(crate) fn filter(&self, book: &Book) -> Result<Filter> {
        let buckets = self.bucket.iter().map(|typed| bucket_or_none(book, typed));
        let buckets = buckets.collect::<Result<Vec<Option<String>>>>()?;
        for tag in &self.tag {
            let tagged = Filter {
                tags: vec![tag.clone()],
                ..Filter::default()
            };
            let is_there = book.contacts.iter().any(|contact| tagged.takes(contact));
            check_there(book, Field::Tags, tag, is_there)?;
        }
        Ok(Filter {
            buckets,
            tags: self.tag.clone(),
            ..Filter::default()
        })
    }

    /// The options as they are typed after a command: ` -b clients --tag rust`.
    pub(crate) fn typed(&self) -> String {
        option("-b", &self.bucket) + &option("--tag", &self.tag)
    }
}

/// Fails if no contact has what was typed. In a book without contacts there is more to say than that.
fn check_there(book: &Book, field: Field, typed: &str, is_there: bool) -> Result<()> {
    if typed.trim().is_empty() {
        return Err(Error::Blank(if field == Field::City {
            "a city"
        } else {
            "a tag"
        }));
    }
    if is_there || book.contacts.is_empty() {
        return Ok(());
    }
    let missing = MissingValue::of(book, field, typed);
    Err(Error::NobodyHas(Box::new(missing)))
}
