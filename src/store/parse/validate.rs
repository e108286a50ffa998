//! Problems that only show in the whole book.

use std::collections::HashSet;
use std::ops::Range;

use foldhash::fast::FixedState;

use super::problem::Problem;
use crate::domain::text::{is_slip, near};
use crate::domain::{Book, ContactId};
use crate::store::edit::toml_value::string;

/// Where the name and the bucket of a contact stand, for problems that only show in the whole book.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(crate) struct Spans {
    pub(crate) name: Range<usize>,
    pub(crate) bucket: Range<usize>,
}

impl Spans {
    /// Where nothing is known yet but where the contact starts.
    pub(crate) fn at(at: usize) -> Self {
        Self {
            name: at..at,
            bucket: at..at,
        }
    }
}

/// Names are unique: the second of two is a problem of the second.
pub(super) fn check_names(book: &Book, spans: &[Spans], problems: &mut Vec<Problem>) {
    let mut seen: HashSet<&str, FixedState> = HashSet::default();
    for (id, contact) in book.contacts.iter().enumerate() {
        if contact.name.trim().is_empty() {
            continue;
        }
        if !seen.insert(contact.name.as_str()) {
            let problem = Problem::wrong(
                spans[id].name.clone(),
                format!("another contact is named `{}`", contact.name),
            )
            .hint("names are unique: add the company in brackets, or make one contact of the two");
            problems.push(Problem {
                contact: Some(ContactId(id)),
                ..problem
            });
        }
    }
}

/// A contact's bucket is one of the book's.
pub(super) fn check_buckets(book: &Book, spans: &[Spans], problems: &mut Vec<Problem>) {
    for (id, contact) in book.contacts.iter().enumerate() {
        let Some(name) = contact
            .bucket
            .as_deref()
            .filter(|name| book.bucket(name).is_none())
        else {
            continue;
        };
        let hint = bucket_hint(book, name);
        let known = book.buckets.iter().map(|bucket| bucket.name.as_str());
        let fix = match near(name, known).as_slice() {
            [only] if is_slip(name, only) => Some(string(only)),
            _ => None,
        };
        let problem = Problem::wrong(
            spans[id].bucket.clone(),
            format!("there is no bucket `{name}`"),
        )
        .hint(hint);
        problems.push(Problem {
            contact: Some(ContactId(id)),
            fix,
            ..problem
        });
    }
}

/// What to write in place of a bucket that is not there.
pub(crate) fn bucket_hint(book: &Book, name: &str) -> String {
    match near(name, book.buckets.iter().map(|bucket| bucket.name.as_str())).first() {
        Some(near) => format!("did you mean `{near}`?"),
        None => {
            "name one of the buckets, or add it: `netkeep bucket add NAME --cadence \"4 weeks\"`"
                .to_owned()
        }
    }
}
