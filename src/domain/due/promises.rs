//! Everything promised: the promises, and the plans with a reason.

use chrono::NaiveDate;

use crate::domain::text::fold;
use crate::domain::{Book, Contact, ContactId, Promise};

/// A promise to a contact, or a plan with a reason.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) struct PromiseEntry<'b> {
    pub(crate) id: ContactId,
    /// Its index among the promises of the contact; `None` for the plan.
    pub(crate) index: Option<usize>,
    /// The day by which, or for which it is planned; `None` without a day.
    pub(crate) by: Option<NaiveDate>,
    pub(crate) what: &'b str,
}

impl PromiseEntry<'_> {
    pub(crate) fn is_plan(&self) -> bool {
        self.index.is_none()
    }

    pub(crate) fn is_overdue(&self, today: NaiveDate) -> bool {
        self.by.is_some_and(|by| by < today)
    }
}

/// Everything promised to `ids`, the earliest day first and those without a day last; of equals, in the order of `ids`, then
/// of the file. A plan that a touch has spent does not count.
pub(crate) fn promises<'b>(
    book: &'b Book,
    ids: &[ContactId],
    today: NaiveDate,
) -> Vec<PromiseEntry<'b>> {
    let of_contact = |id: &ContactId| entries(*id, book.contact(*id), today);
    sorted(ids.iter().flat_map(of_contact).collect())
}

/// The promises of one contact and its plan, if that has a reason, in the same order.
pub(crate) fn to_contact(
    id: ContactId,
    contact: &Contact,
    today: NaiveDate,
) -> Vec<PromiseEntry<'_>> {
    sorted(entries(id, contact, today).collect())
}

fn sorted(mut entries: Vec<PromiseEntry>) -> Vec<PromiseEntry> {
    entries.sort_by_key(|entry| (entry.by.is_none(), entry.by));
    entries
}

/// The one of the `promises` that says the same, case and accents aside.
pub(crate) fn same<'p>(promises: &'p [Promise], what: &str) -> Option<&'p Promise> {
    let what = fold(what);
    promises.iter().find(|promise| fold(&promise.what) == what)
}

/// Everything promised to one contact, in the order of the file, the plan last.
fn entries(
    id: ContactId,
    contact: &Contact,
    today: NaiveDate,
) -> impl Iterator<Item = PromiseEntry<'_>> {
    let promises = contact.promises.iter().enumerate();
    let promises = promises.map(move |(index, promise)| PromiseEntry {
        id,
        index: Some(index),
        by: promise.by,
        what: &promise.what,
    });
    let plan = contact.open_plan(today).and_then(|plan| {
        Some(PromiseEntry {
            id,
            index: None,
            by: Some(plan.on),
            what: plan.what.as_deref()?,
        })
    });
    promises.chain(plan)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{Next, Touch};

    fn day(text: &str) -> NaiveDate {
        text.parse().expect("an ISO date")
    }

    /// A promise is `DAY what`, or `- what` without a day.
    fn contact(promises: &[&str], next: Option<&str>) -> Contact {
        let split = |text: &str| {
            let (by, what) = text.split_once(' ').expect("a day and words");
            ((by != "-").then(|| day(by)), what.to_owned())
        };
        let promise = |text: &&str| {
            let (by, what) = split(text);
            Promise { by, what }
        };
        let next = next.map(split).map(|(on, what)| Next {
            on: on.expect("a day"),
            what: Some(what).filter(|what| !what.is_empty()),
        });
        Contact {
            promises: promises.iter().map(promise).collect(),
            next,
            ..Contact::default()
        }
    }

    #[test]
    fn the_oldest_come_first_and_those_without_a_day_last() {
        let mut spent = contact(&[], Some("2026-11-20 spent"));
        spent.touches = vec![Touch::on(day("2026-11-20"))];
        let book: Book = [
            contact(&["- a", "2026-11-27 b"], Some("2026-11-24 lunch")),
            contact(&["2026-11-22 c", "2026-11-27 d"], Some("2026-11-01 ")),
            spent,
            contact(&["- e"], None),
        ]
        .into_iter()
        .collect();
        let ids: Vec<ContactId> = book.ids().collect();
        let today = day("2026-11-23");
        let told = promises(&book, &ids, today).into_iter().map(|entry| {
            let sign = match (entry.is_plan(), entry.is_overdue(today)) {
                (true, _) => "*",
                (_, true) => "!",
                _ => "",
            };
            format!("{}{}{sign}", entry.id.0, entry.what)
        });
        let told: Vec<String> = told.collect();
        assert_eq!(told, ["1c!", "0lunch*", "0b", "1d", "0a", "3e"]);
    }
}
