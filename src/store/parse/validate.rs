//! Problems that only show in the whole book.

use std::collections::HashSet;
use std::ops::Range;

use foldhash::fast::FixedState;

use super::problem::{Fix, Problem};
use super::toml_value::string;
use super::value::{Node, ValueReader, only_slip};
use crate::domain::find::filter::is_none;
use crate::domain::text::near;
use crate::domain::text::shell_words::quoted;
use crate::domain::{Book, ContactId};

/// Where the name and the bucket of a contact are, for checks that need the whole book.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(crate) struct Spans {
    pub(crate) name: Range<usize>,
    pub(crate) bucket: Range<usize>,
}

impl Spans {
    /// When only the start of the contact is known.
    pub(crate) fn at(at: usize) -> Self {
        Self {
            name: at..at,
            bucket: at..at,
        }
    }
}

/// Names are unique: a repeated name is a problem of the second contact.
pub(super) fn check_names(book: &Book, spans: &[Spans], problems: &mut Vec<Problem>) {
    let mut seen: HashSet<&str, FixedState> = HashSet::default();
    for (id, contact) in book.contacts.iter().enumerate() {
        if contact.name.trim().is_empty() {
            continue;
        }
        if !seen.insert(contact.name.as_str()) {
            let name = quoted(&contact.name);
            let hint = format!(
                "names are unique: add the company in brackets, or merge the two: `netkeep merge {name} {name}`"
            );
            problems.push(Problem {
                contact: Some(ContactId(id)),
                ..Problem::wrong(spans[id].name.clone(), repeated(&contact.name)).hint(hint)
            });
        }
    }
}

/// What is wrong with a name that another contact has.
pub(crate) fn repeated(name: &str) -> String {
    format!("another contact is named `{name}`")
}

/// A contact's bucket is one of the book's.
pub(super) fn check_buckets(book: &Book, spans: &[Spans], problems: &mut Vec<Problem>) {
    for (id, contact) in book.contacts.iter().enumerate() {
        let name = contact.bucket.as_deref();
        let Some(name) = name.filter(|name| book.bucket(name).is_none()) else {
            continue;
        };
        let known = book.buckets.iter().map(|bucket| bucket.name.as_str());
        let fix = only_slip(name, &near(name, known)).map(|name| Fix::Name(string(name)));
        problems.push(Problem {
            contact: Some(ContactId(id)),
            fix,
            ..no_bucket(spans[id].bucket.clone(), book, name)
        });
    }
}

/// Reads the name of a bucket, even if the book does not have it.
pub(super) fn bucket(
    reader: &mut ValueReader,
    key: &str,
    node: &Node,
    book: &Book,
) -> Option<String> {
    let name = reader.word(key, node)?;
    if book.bucket(&name).is_none() {
        let at = reader.places.whole(node.span());
        reader.problems.push(no_bucket(at, book, &name));
    }
    Some(name)
}

/// The problem of a bucket that does not exist.
pub(crate) fn no_bucket(at: Range<usize>, book: &Book, name: &str) -> Problem {
    let known = book.buckets.iter().map(|bucket| bucket.name.as_str());
    let hint = match near(name, known).first() {
        None if is_none(name) => {
            format!("`{name}` stands for no bucket: leave the key `bucket` out")
        }
        Some(near) => format!("did you mean `{near}`?"),
        None => format!(
            "name one of the buckets, or add it: `netkeep bucket add {} --cadence \"4 weeks\"`",
            quoted(name)
        ),
    };
    Problem::wrong(at, format!("there is no bucket `{name}`")).hint(hint)
}
