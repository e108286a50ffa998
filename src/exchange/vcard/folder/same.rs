//! Whether two sides say the same, however it is written.

use std::collections::HashSet;

use crate::domain::identity::equivalence::{is_alike_text, is_one};
use crate::domain::{Contact, Field, OtherDay};

/// Whether two lists have the same entries, in any order.
pub(super) fn is_same_set<T: PartialEq>(one: &[T], other: &[T]) -> bool {
    one == other
        || one.len() == other.len()
            && one.iter().all(|item| other.contains(item))
            && other.iter().all(|item| one.contains(item))
}

/// Whether two contacts say the same in a field: in any order, and in another spelling of the same entry.
pub(super) fn is_said(field: Field, one: &Contact, other: &Contact) -> bool {
    let lists = [one, other].map(|contact| contact.texts(field));
    if one.get(field) == other.get(field) {
        return true;
    }
    match field {
        Field::Dates => {
            is_same_days(&one.dates, &other.dates) && is_same_days(&other.dates, &one.dates)
        }
        Field::Aka | Field::Email | Field::Phone | Field::Links | Field::Tags => {
            let [one, other] = lists;
            missing(field, one, other).is_empty() && missing(field, other, one).is_empty()
        }
        _ => false,
    }
}

fn is_same_days(one: &[OtherDay], other: &[OtherDay]) -> bool {
    one.iter()
        .all(|day| other.iter().any(|other| is_same_day(day, other)))
}

/// Whether two days of the year are written alike.
pub(super) fn is_same_day(one: &OtherDay, other: &OtherDay) -> bool {
    one.on == other.on && is_alike_text(&one.what, &other.what)
}

/// The entries of a list that the other one lacks, in any spelling.
pub(super) fn missing<'l>(field: Field, list: &'l [String], other: &[String]) -> Vec<&'l String> {
    let there: HashSet<&String> = other.iter().collect();
    let rest = list.iter().filter(|entry| !there.contains(entry));
    rest.filter(|entry| !other.iter().any(|other| is_same_entry(field, entry, other)))
        .collect()
}

/// Whether two entries of a list are the same in another spelling.
pub(super) fn is_same_entry(field: Field, one: &str, other: &str) -> bool {
    one == other || is_one(field, one, other) && is_one(field, other, one)
}
