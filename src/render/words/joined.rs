//! What came into the book from another copy of it, a line a contact: `Ana Ruiz: a call on Tue 3 Nov, city`.

use chrono::NaiveDate;

use super::days;
use super::plural::{count, with_article};
use crate::domain::changes::book_change::{BookChange, BucketChange, ContactChange};
use crate::domain::{Direction, Promise, Touch};

/// The most touches or promises of one contact that are named; more are counted.
const NAMED: usize = 3;

/// A line for each contact, bucket and setting that changed.
pub(crate) fn lines(change: &BookChange, today: NaiveDate) -> Vec<String> {
    let contacts = change.contacts.iter().map(|one| contact(one, today));
    let buckets = change.buckets.iter().map(bucket);
    let settings = change.settings.iter().map(|one| one.key.clone());
    contacts.chain(buckets).chain(settings).collect()
}

fn contact(change: &ContactChange, today: NaiveDate) -> String {
    let name = change.contact().shown_name();
    match (change.before, change.after) {
        (None, _) => return format!("{name} added"),
        (_, None) => return format!("{name} removed"),
        _ => {}
    }
    let (touches, promises) = (change.touches(), change.promises());
    let mut what = Vec::new();
    what.extend(named(&touches.new, ("touch", "touches"), |one| {
        touch(one, today)
    }));
    what.extend(without(named(&touches.gone, ("touch", "touches"), |one| {
        touch(one, today)
    })));
    what.extend(named(&promises.new, ("promise", "promises"), promise));
    what.extend(without(named(
        &promises.gone,
        ("promise", "promises"),
        promise,
    )));
    let fields = change.fields().into_iter();
    what.extend(fields.map(|one| match (one.old, one.new) {
        (Some(_), None) => format!("no {}", one.field.key()),
        _ => one.field.key().to_owned(),
    }));
    if what.is_empty() {
        what.push("order".to_owned());
    }
    let former = change.renamed_from();
    let former = former.map_or(String::new(), |former| format!(" ({former} before)"));
    format!("{name}{former}: {}", what.join(", "))
}

fn bucket(change: &BucketChange) -> String {
    let name = change.name();
    match (change.before, change.after) {
        (None, _) => format!("the bucket {name} added"),
        (_, None) => format!("the bucket {name} removed"),
        _ => format!("the bucket {name}"),
    }
}

/// A few rows by what they are, many by their number.
fn named<T>(rows: &[&T], words: (&str, &str), one: impl Fn(&T) -> String) -> Vec<String> {
    if rows.len() > NAMED {
        return vec![count(rows.len(), words.0, words.1)];
    }
    rows.iter().map(|row| one(row)).collect()
}

fn without(rows: Vec<String>) -> Vec<String> {
    let without = rows.into_iter().map(|row| format!("without {row}"));
    without.collect()
}

/// `a call on Tue 3 Nov`, `an email to them on Tue 3 Nov`.
fn touch(touch: &Touch, today: NaiveDate) -> String {
    let via = touch
        .via()
        .map_or_else(|| "a touch".to_owned(), with_article);
    let direction = match touch.direction {
        None => "",
        Some(Direction::Out) => " to them",
        Some(Direction::In) => " from them",
    };
    format!("{via}{direction} on {}", days::date(touch.on, today))
}

fn promise(promise: &Promise) -> String {
    format!("“{}”", promise.what)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn told(before: &str, after: &str, expected: &[&str]) {
        let [before, after] =
            [before, after].map(|text| crate::store::read(text).expect("a book").book);
        let today = "2026-11-23".parse().expect("a day");
        let lines = lines(&BookChange::between(&before, &after), today);
        assert_eq!(lines, expected);
    }

    #[test]
    fn a_contact_is_one_line() {
        let ana = |lines: &str| format!("[[contacts]]\nname = 'Ana'\n{lines}");
        told(
            &ana("notes = 'Sails.'\npromises = [{ what = 'draft' }]\n"),
            &ana(
                "city = 'Oslo'\ntouches = [{ on = 2026-11-03, via = 'call' }, { on = 2026-11-02, direction = 'in' }]\n",
            ),
            &[
                "Ana: a call on Tue 3 Nov, a touch from them on Mon 2 Nov, without “draft”, city, no notes",
            ],
        );
        let many = "touches = [{ on = 2026-11-03 }, { on = 2026-11-02 }, { on = 2026-11-01 }, { on = 2026-10-01 }]\n";
        told(&ana(""), &ana(many), &["Ana: 4 touches"]);
        told("format = 1\n", &ana(many), &["Ana added"]);
        told(
            "[week]\ntouches = 5\n",
            "[week]\ntouches = 7\n[buckets.friends]\ncadence = '2 weeks'\n",
            &["the bucket friends added", "week.touches"],
        );
    }
}
