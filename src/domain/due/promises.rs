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
    /// What was promised or is planned, without blanks around it.
    pub(crate) what: &'b str,
}

/// Several things promised to a contact, where one is wanted.
#[derive(Clone, Debug)]
pub(crate) struct PromiseChoices {
    /// The contact.
    pub(crate) name: String,
    /// The words that should say which.
    pub(crate) words: Option<String>,
    /// How many fit.
    pub(crate) fit: usize,
    /// A line for each that fits, or where none does, for each that there is.
    pub(crate) listed: Vec<String>,
    /// Words that only the first of these has.
    pub(crate) example: String,
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

/// The indexes of those of the `promises` that say the same, case and accents aside.
pub(crate) fn same(promises: &[Promise], what: &str) -> Vec<usize> {
    let what = fold(what);
    let whats = promises.iter().map(|promise| fold(&promise.what));
    let same = whats.enumerate().filter(|(_, other)| *other == what);
    same.map(|(index, _)| index).collect()
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
        what: promise.what.trim(),
    });
    let plan = contact.open_plan(today).and_then(|plan| {
        Some(PromiseEntry {
            id,
            index: None,
            by: Some(plan.on),
            what: plan.what.as_deref()?.trim(),
        })
    });
    promises.chain(plan)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::domain::due::rule::{Pressure, standing};
    use crate::domain::{Next, Promise, Touch};

    /// A Monday; its week ends on the 29th.
    const TODAY: &str = "2026-11-23";

    fn day(text: &str) -> NaiveDate {
        text.parse().expect("an ISO date")
    }

    /// A promise is `DAY what`, or `- what` without a day.
    fn promised_to(promises: &[&str], next: Option<&str>) -> Contact {
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
        let mut spent = promised_to(&[], Some("2026-11-20 spent"));
        spent.touches = vec![Touch::on(day("2026-11-20"))];
        let book: Book = [
            promised_to(&["- a", "2026-11-27 b"], Some("2026-11-24 lunch")),
            promised_to(&["2026-11-22 c", "2026-11-27 d"], Some("2026-11-01 ")),
            spent,
            promised_to(&["- e"], None),
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

    const CLIENT: &str = "bucket = 'clients'";

    /// A contact with these lines, touches and promises. A touch is its day, with `>` for out; a promise is its day, or `-`
    /// without one.
    fn book(lines: &str, touches: &str, promises: &str) -> Book {
        let touch = |touch: &str| match touch.strip_suffix('>') {
            Some(on) => format!("{{ on = {on}, direction = 'out' }}"),
            None => format!("{{ on = {touch} }}"),
        };
        let promise = |by: &str| match by {
            "-" => "{ what = 'send' }".to_owned(),
            by => format!("{{ by = {by}, what = 'send' }}"),
        };
        let touches: Vec<String> = touches.split_whitespace().map(touch).collect();
        let promises: Vec<String> = promises.split_whitespace().map(promise).collect();
        let (touches, promises) = (touches.join(", "), promises.join(", "));
        let text = format!(
            "buckets.clients.cadence = '4 weeks'\nbuckets.friends.cadence = '2 months'\n\
             [[contacts]]\nname = 'A'\n{lines}\ntouches = [{touches}]\npromises = [{promises}]\n"
        );
        crate::store::read(&text).expect("a book").book
    }

    /// What the rule says on that Monday: the due day, the pressure and the state; `!` is urgent.
    #[track_caller]
    fn promised(lines: &str, touches: &str, promises: &str, expected: &str) {
        let standing = standing(&book(lines, touches, promises), ContactId(0), day(TODAY));
        let due = standing.due.map(|due| due.to_string());
        let state = standing.state(day(TODAY), day("2026-11-29"));
        let state = state.map(|state| format!("{state:?}").to_lowercase());
        let is_urgent = standing.is_urgent(day(TODAY));
        let Pressure { gone, allowed } = standing.pressure;
        let told = format!(
            "{} {gone}/{allowed} {}{}",
            due.as_deref().unwrap_or("never"),
            state.as_deref().unwrap_or("-"),
            if is_urgent { "!" } else { "" }
        );
        assert_eq!(told, expected, "{lines} {promises}");
    }

    #[test]
    fn a_promise_may_bring_the_day_forward_and_never_puts_it_off() {
        let with = |promises: &str, expected: &str| {
            promised(CLIENT, "2026-11-10", promises, expected);
        };
        with("-", "2026-12-08 13/28 later");
        with("2026-11-27", "2026-11-27 24/28 soon");
        with("2026-11-23", "2026-11-23 28/28 today");
        with("2026-11-20", "2026-11-20 31/28 overdue");
        with("2026-12-07", "2026-12-07 14/28 later");
        with("2026-12-08", "2026-12-08 13/28 later");
        with("2027-01-01", "2026-12-08 13/28 later");
        // The earliest counts, wherever it is in the file.
        with(
            "- 2027-01-01 2026-11-27 2026-11-28",
            "2026-11-27 24/28 soon",
        );
        // No touch closes it.
        promised(
            CLIENT,
            "2026-11-23",
            "2026-11-20",
            "2026-11-20 31/28 overdue",
        );
        // Never touched, and no day when tracking began: today.
        promised(CLIENT, "", "2026-11-27", "2026-11-23 28/28 today");
        promised(CLIENT, "", "2026-11-20", "2026-11-20 31/28 overdue");
    }

    #[test]
    fn a_promise_raises_the_pressure_and_never_lowers_it() {
        // The promise is earlier than a cadence that is half over, and asks for more.
        promised(
            CLIENT,
            "2026-10-20",
            "2026-11-10",
            "2026-11-10 41/28 overdue",
        );
        // The plan put the touch off, and a promise before it does not.
        let put_off = "bucket = 'clients'\nnext = { on = 2026-12-20 }";
        promised(put_off, "2026-01-01", "2026-11-27", "2026-11-27 24/28 soon");
        promised(put_off, "2026-01-01", "2026-12-24", "2026-12-20 1/28 later");
        // Never more than the cadence asks for, if that is more.
        let year = "cadence = '1 year'\nlimit = '2 years'";
        promised(
            year,
            "2025-11-22",
            "2025-11-30",
            "2025-11-30 723/365 overdue",
        );
        promised(
            CLIENT,
            "2026-09-01",
            "2026-09-28",
            "2026-09-28 84/28 overdue!",
        );
    }

    #[test]
    fn the_limit_moves_with_a_plan_and_not_with_a_promise() {
        // Within the limit however late the promise is.
        promised(
            CLIENT,
            "2026-11-10",
            "2026-09-01",
            "2026-09-01 111/28 overdue",
        );
        // Past the limit, though the promise is for a later day.
        promised(
            CLIENT,
            "2026-10-11",
            "2026-12-01",
            "2026-11-08 43/28 overdue!",
        );
    }

    #[test]
    fn with_a_promise_for_a_day_even_a_contact_without_a_cadence_is_due() {
        promised("", "2020-01-01", "-", "never 2518/30 -");
        promised("", "2020-01-01", "2026-11-27", "2026-11-27 26/30 soon");
        promised("", "2026-11-22", "2026-11-20", "2026-11-20 33/30 overdue");
        promised("", "", "2026-11-20", "2026-11-20 33/30 overdue");
        let planned = "next = { on = 2026-11-27 }";
        promised(planned, "2020-01-01", "2026-11-25", "2026-11-25 28/30 soon");
        promised(planned, "2020-01-01", "2026-11-28", "2026-11-27 26/30 soon");
    }

    #[test]
    fn a_promise_for_a_day_ends_a_rest_and_a_pause_silences_it() {
        let three = "2026-09-01> 2026-10-01> 2026-11-01>";
        promised(CLIENT, three, "-", "2026-11-29 22/28 resting");
        promised(CLIENT, three, "2026-11-27", "2026-11-27 24/28 soon");
        promised(CLIENT, three, "2026-12-24", "2026-11-29 22/28 soon");
        let paused = "bucket = 'clients'\npaused = true";
        promised(
            paused,
            "2026-11-10",
            "2026-11-20",
            "2026-11-20 31/28 paused",
        );
    }

    #[test]
    fn always_in_the_week_for_a_promise_or_a_plan_with_a_reason_by_its_end() {
        let is_promised = |lines: &str, days: &str| {
            let book = book(lines, "2026-01-01", days);
            standing(&book, ContactId(0), day(TODAY)).is_promised_by(day("2026-11-29"))
        };
        assert!(is_promised(CLIENT, "2026-11-29"));
        assert!(is_promised(CLIENT, "2026-12-24 2026-01-01"));
        assert!(!is_promised(CLIENT, "- 2026-11-30"));
        assert!(is_promised("next = { on = 2026-11-29, what = 'call' }", ""));
        assert!(!is_promised(
            "next = { on = 2026-11-30, what = 'call' }",
            ""
        ));
        assert!(!is_promised("next = { on = 2026-11-27 }", "2026-11-30"));
        assert!(!is_promised(
            "next = { on = 2026-01-01, what = 'call' }",
            ""
        ));
    }

    proptest! {
        #[test]
        fn a_promise_never_puts_a_day_off_nor_lowers_the_pressure(
            lines in prop::sample::select(vec![
                "", CLIENT, "cadence = '3 days'", "bucket = 'friends'\nfriendly = true", "bucket = 'clients'\npaused = true",
                "next = { on = 2026-11-27 }", "bucket = 'friends'\nnext = { on = 2026-12-24, what = 'call' }",
                "bucket = 'friends'\nadded = 2026-11-01",
            ]),
            touches in prop::sample::select(vec!["", "2026-11-20", "2026-01-01", "2026-10-01> 2026-10-02> 2026-10-03>"]),
            had in prop::collection::vec(prop::option::of(-90..90_i64), 0..3),
            by in prop::option::of(-90..90_i64),
        ) {
            let promise = |days: Option<i64>| Promise {
                by: days.map(|days| day(TODAY) + chrono::TimeDelta::days(days)),
                what: "send".to_owned(),
            };
            let mut book = book(lines, touches, "");
            book.contact_mut(ContactId(0)).promises = had.into_iter().map(promise).collect();
            let before = standing(&book, ContactId(0), day(TODAY));
            book.contact_mut(ContactId(0)).promises.push(promise(by));
            let after = standing(&book, ContactId(0), day(TODAY));
            if by.is_none() {
                prop_assert_eq!(&before, &after);
            }
            if let Some(due) = before.due {
                prop_assert!(after.due.is_some_and(|after| after <= due));
                prop_assert!(!after.pressure.cmp(before.pressure).is_lt());
            }
            prop_assert_eq!(before.limit, after.limit);
        }
    }
}
