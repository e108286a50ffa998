//! When a contact is due.
//!
//! Everything is derived from the book and one day; nothing is stored. In short: the cadence counts from the newest touch,
//! a planned next touch overrides the cadence, a promise may bring the day forward, and paused and resting contacts are
//! never due.

use std::cmp::Ordering;

use chrono::{Days, NaiveDate};

pub(crate) use super::standing::State;
pub use super::standing::{CadenceSource, Pressure, Quiet, Standing};
use crate::domain::{Book, Cadence, Contact, ContactId, Next, Promise};

/// The standing of `id` on `today`.
pub fn standing(book: &Book, id: ContactId, today: NaiveDate) -> Standing {
    let contact = book.contact(id);
    let last = contact.last_touch(today).map(|touch| touch.on);
    let since = last.or(contact.added);
    let cadence = cadence(book, contact);
    let next = contact.open_plan(today);
    let regular = match (next, cadence) {
        (Some(next), _) => Some(next.on),
        (None, Some((cadence, _))) => Some(since.map_or(today, |since| cadence.end(since))),
        (None, None) => None,
    };
    let promise = earliest(&contact.promises);
    let promised = promise.and_then(|promise| promise.by);
    let is_planned = next.is_some() || promised.is_some();
    let quiet = if contact.is_paused(today) {
        Some(Quiet::Paused)
    } else if !is_planned && is_resting(book, contact, today) {
        Some(Quiet::Resting)
    } else {
        None
    };
    let limit = limit(book, contact, since, cadence, next);
    let mut pressure = pressure(since, cadence, next, today);
    if let Some(by) = promised.filter(|by| regular.is_none_or(|regular| *by < regular)) {
        let late = pressure.allowed + (today - by).num_days();
        // Where nothing else sets a day, there is no other pressure.
        pressure.gone = regular.map_or(late, |_| late.max(pressure.gone));
    }
    Standing {
        id,
        last,
        since,
        cadence,
        next: next.cloned(),
        promise: promise.cloned(),
        regular,
        due: [regular, promised].into_iter().flatten().min(),
        limit,
        pressure,
        quiet,
    }
}

/// The promise with the earliest day; of several for one day, the first in the file.
fn earliest(promises: &[Promise]) -> Option<&Promise> {
    let dated = promises.iter().filter(|promise| promise.by.is_some());
    dated.min_by_key(|promise| promise.by)
}

/// Every contact with a due day, including paused and resting ones, in the order of the list: the highest pressure first,
/// then the earliest due day, then file order.
pub fn all(book: &Book, today: NaiveDate) -> Vec<Standing> {
    let mut all: Vec<Standing> = book
        .ids()
        .map(|id| standing(book, id, today))
        .filter(|standing| standing.due.is_some())
        .collect();
    all.sort_unstable_by(order);
    all
}

/// The order of the list. No two are equal.
pub(crate) fn order(a: &Standing, b: &Standing) -> Ordering {
    b.pressure
        .cmp(a.pressure)
        .then(a.due.cmp(&b.due))
        .then(a.id.cmp(&b.id))
}

fn is_resting(book: &Book, contact: &Contact, today: NaiveDate) -> bool {
    rest_after(book, contact).is_some_and(|count| contact.unanswered(today) >= count)
}

/// After how many touches in a row without an answer a contact rests; `None` for never, as for friends.
pub(crate) fn rest_after(book: &Book, contact: &Contact) -> Option<usize> {
    let count = usize::try_from(book.defaults.rest_after.0).unwrap_or(usize::MAX);
    (!contact.friendly && count > 0).then_some(count)
}

/// The contact's own cadence, else that of its bucket.
pub(crate) fn cadence(book: &Book, contact: &Contact) -> Option<(Cadence, CadenceSource)> {
    let of_bucket = || book.bucket(contact.bucket.as_deref()?)?.cadence;
    contact
        .cadence
        .map(|own| (own, CadenceSource::Own))
        .or_else(|| of_bucket().map(|cadence| (cadence, CadenceSource::Bucket)))
}

/// The days allowed when there is no cadence.
const NO_CADENCE: i64 = 30;

/// The last day inside the limit, counted from `since`. A plan moves it: the limit is then at least as far after the
/// planned day as it is after the end of the cadence, because a contact that was put off has not been neglected.
fn limit(
    book: &Book,
    contact: &Contact,
    since: Option<NaiveDate>,
    cadence: Option<(Cadence, CadenceSource)>,
    next: Option<&Next>,
) -> Option<NaiveDate> {
    let of_bucket = || book.bucket(contact.bucket.as_deref()?)?.limit;
    let set = contact.limit.or_else(of_bucket);
    // One and a half times the cadence, if no limit is set.
    let days_from = |start| match (set, cadence) {
        (Some(limit), _) => Some(limit.days_from(start)),
        (None, Some((cadence, _))) => Some(cadence.days_from(start) * 3 / 2),
        (None, None) => None,
    };
    let after =
        |start: NaiveDate, days: i64| start.checked_add_days(Days::new(days.max(0).unsigned_abs()));
    let counted = since.and_then(|since| after(since, days_from(since)?));
    let planned = next.and_then(|next| {
        let beyond = days_from(next.on)? - allowed(cadence, next.on);
        after(next.on, beyond)
    });
    counted.max(planned)
}

/// How long a contact has been silent for its cadence, whatever is planned or promised.
pub(crate) fn silence(standing: &Standing, today: NaiveDate) -> Pressure {
    pressure(standing.since, standing.cadence, None, today)
}

/// The days that a cadence allows from `start`.
fn allowed(cadence: Option<(Cadence, CadenceSource)>, start: NaiveDate) -> i64 {
    cadence.map_or(NO_CADENCE, |(cadence, _)| cadence.days_from(start))
}

fn pressure(
    since: Option<NaiveDate>,
    cadence: Option<(Cadence, CadenceSource)>,
    next: Option<&Next>,
    today: NaiveDate,
) -> Pressure {
    let allowed = allowed(cadence, since.unwrap_or(today));
    let gone = match (next, since) {
        (Some(next), _) => allowed + (today - next.on).num_days(),
        (None, Some(since)) => (today - since).num_days(),
        (None, None) => allowed,
    };
    Pressure { gone, allowed }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A Monday; its week ends on the 29th.
    const TODAY: &str = "2026-11-23";

    fn day(text: &str) -> NaiveDate {
        text.parse().expect("an ISO date")
    }

    fn book(contacts: &str) -> Book {
        let head = "buckets.clients.cadence = '4 weeks'\nbuckets.friends.cadence = '2 months'\n\
                    buckets.limited = { cadence = '2 weeks', limit = '8 weeks' }\n";
        let read = crate::store::read(&format!("{head}{contacts}")).expect("a book");
        assert_eq!(read.problems, []);
        read.book
    }

    /// A contact with these lines and touches; a touch is its day, with `>` for out and `<` for in.
    fn contact(lines: &str, touches: &str) -> String {
        let touch = |touch: &str| match (touch.strip_suffix('>'), touch.strip_suffix('<')) {
            (Some(on), _) => format!("{{ on = {on}, direction = 'out' }}"),
            (_, Some(on)) => format!("{{ on = {on}, direction = 'in' }}"),
            _ => format!("{{ on = {touch} }}"),
        };
        let touches: Vec<String> = touches.split_whitespace().map(touch).collect();
        format!(
            "[[contacts]]\nname = 'A'\n{lines}\ntouches = [{}]\n",
            touches.join(", ")
        )
    }

    /// The due day, the pressure and the state on that Monday; `!` is urgent.
    #[track_caller]
    fn case(lines: &str, touches: &str, expected: &str) {
        let book = book(&contact(lines, touches));
        let standing = standing(&book, ContactId(0), day(TODAY));
        let due = standing
            .due
            .map_or("never".to_owned(), |due| due.to_string());
        let Pressure { gone, allowed } = standing.pressure;
        let state = standing.state(day(TODAY), day("2026-11-29"));
        let state = state.map_or("-".to_owned(), |state| format!("{state:?}").to_lowercase());
        let urgent = if standing.is_urgent(day(TODAY)) {
            "!"
        } else {
            ""
        };
        assert_eq!(
            format!("{due} {gone}/{allowed} {state}{urgent}"),
            expected,
            "{lines}"
        );
    }

    const CLIENT: &str = "bucket = 'clients'";

    #[test]
    fn is_due_one_cadence_after_the_newest_touch() {
        case(CLIENT, "2026-11-10", "2026-12-08 13/28 later");
        case(CLIENT, "2026-11-10 2026-10-02", "2026-12-08 13/28 later");
        case(CLIENT, "2026-10-02 2026-11-10", "2026-12-08 13/28 later");
        case(CLIENT, "2026-11-10>", "2026-12-08 13/28 later");
        case(CLIENT, "2026-11-10<", "2026-12-08 13/28 later");
        case(CLIENT, "2026-11-23", "2026-12-21 0/28 later");
        case(CLIENT, "2026-10-25", "2026-11-22 29/28 overdue");
        case(CLIENT, "2026-10-26", "2026-11-23 28/28 today");
        case(CLIENT, "2026-11-01", "2026-11-29 22/28 soon");
        case(CLIENT, "2026-11-02", "2026-11-30 21/28 later");
    }

    #[test]
    fn never_touched_counts_from_the_day_tracking_began_or_is_due_today() {
        let added = |on: &str, expected: &str| {
            case(&format!("{CLIENT}\nadded = {on}"), "", expected);
        };
        added("2026-11-20", "2026-12-18 3/28 later");
        added("2026-12-01", "2026-12-29 -8/28 later");
        case(CLIENT, "", "2026-11-23 28/28 today");
    }

    #[test]
    fn a_touch_in_the_future_does_not_count_yet() {
        case(CLIENT, "2026-12-24", "2026-11-23 28/28 today");
        case(CLIENT, "2026-12-24 2026-11-10", "2026-12-08 13/28 later");
    }

    #[test]
    fn months_and_years_follow_the_calendar() {
        let friend = "bucket = 'friends'";
        case(friend, "2026-06-30", "2026-08-30 146/61 overdue!");
        case(friend, "2025-12-31", "2026-02-28 327/59 overdue!");
        case(friend, "2023-12-31", "2024-02-29 1058/60 overdue!");
        let year = |years: &str, last: &str, expected: &str| {
            case(&format!("cadence = '{years}'"), last, expected);
        };
        year("1y", "2024-02-29", "2025-02-28 998/365 overdue!");
        year("999y", "2026-11-10", "3025-11-10 13/364877 later");
        year("9999y", "2026-11-10", "+12025-11-10 13/3652060 later");
    }

    #[test]
    fn an_own_cadence_overrides_the_buckets() {
        let own = "bucket = 'clients'\ncadence = '1 week'";
        case(own, "2026-11-10", "2026-11-17 13/7 overdue!");
        case("cadence = '1 week'", "2026-11-20", "2026-11-27 3/7 soon");
    }

    #[test]
    fn without_bucket_and_cadence_nobody_is_due() {
        case("", "2020-01-01", "never 2518/30 -");
        case(
            "next = { on = 2026-11-27 }",
            "2020-01-01",
            "2026-11-27 26/30 soon",
        );
    }

    #[test]
    fn a_next_overrides_the_cadence_until_a_touch_spends_it() {
        let with = |next: &str, touches: &str, expected: &str| {
            case(
                &format!("bucket = 'clients'\nnext = {{ on = {next} }}"),
                touches,
                expected,
            );
        };
        with("2026-11-27", "2026-01-01", "2026-11-27 24/28 soon");
        with(
            "2026-11-22, what = 'call'",
            "2026-11-20",
            "2026-11-22 29/28 overdue",
        );
        with(
            "2027-03-01, what = 'call'",
            "2026-01-01",
            "2027-03-01 -70/28 later",
        );
        with("2026-11-10", "2026-11-10", "2026-12-08 13/28 later");
        with("2026-11-09", "2026-11-10", "2026-12-08 13/28 later");
        with(
            "2026-11-12",
            "2026-12-24 2026-11-10",
            "2026-11-12 39/28 overdue",
        );
        with("2026-11-30", "", "2026-11-30 21/28 later");
    }

    #[test]
    fn urgent_is_past_the_limit() {
        // One and a half times four weeks is 42 days.
        case(CLIENT, "2026-10-12", "2026-11-09 42/28 overdue");
        case(CLIENT, "2026-10-11", "2026-11-08 43/28 overdue!");
        let own = "bucket = 'limited'\nlimit = '3 weeks'";
        case(own, "2026-10-11", "2026-10-25 43/14 overdue!");
        case(
            "bucket = 'limited'",
            "2026-10-11",
            "2026-10-25 43/14 overdue",
        );
        case(
            "bucket = 'limited'\ncadence = '1w'",
            "2026-10-11",
            "2026-10-18 43/7 overdue",
        );
        // A contact that was put off has not been neglected.
        let put_off = "bucket = 'clients'\nnext = { on = 2026-11-20 }";
        case(put_off, "2026-01-01", "2026-11-20 31/28 overdue");
        let months = "cadence = '1 month'\nlimit = '1 month'\nnext = { on = 2026-11-22 }";
        case(months, "2025-01-31", "2026-11-22 29/28 overdue!");
        case(
            &months.replace("22 }", "23 }"),
            "2025-01-31",
            "2026-11-23 28/28 today",
        );
        let new = "bucket = 'clients'\nadded = 2020-01-01";
        case(new, "", "2020-01-29 2518/28 overdue!");
        case(
            &format!("{new}\nnext = {{ on = 2026-11-20 }}"),
            "",
            "2026-11-20 31/28 overdue",
        );
        case(
            &format!("{new}\nnext = {{ on = 2026-11-01 }}"),
            "",
            "2026-11-01 50/28 overdue!",
        );
        // Not before it is due.
        let planned = "bucket = 'clients'\nnext = { on = 2026-11-24 }";
        case(planned, "2026-01-01", "2026-11-24 27/28 soon");
    }

    #[test]
    fn rests_after_three_touches_without_an_answer() {
        let with = |lines: &str, touches: &str, expected: &str| {
            case(&format!("bucket = 'clients'\n{lines}"), touches, expected);
        };
        let three = "2026-09-01> 2026-10-01> 2026-11-01>";
        with("", three, "2026-11-29 22/28 resting");
        with("friendly = true", three, "2026-11-29 22/28 soon");
        with("next = { on = 2026-11-27 }", three, "2026-11-27 24/28 soon");
        with(
            "next = { on = 2026-10-01 }",
            three,
            "2026-11-29 22/28 resting",
        );
        with("", "2026-10-01> 2026-11-01>", "2026-11-29 22/28 soon");
        with(
            "",
            &format!("{three} 2026-11-02<"),
            "2026-11-30 21/28 later",
        );
        with(
            "",
            &format!("2026-08-01 {three}"),
            "2026-11-29 22/28 resting",
        );
        with(
            "",
            &format!("{three} 2026-08-01"),
            "2026-11-29 22/28 resting",
        );
        // Of two touches on one day, the later in the file is the newer; the other is among the three.
        with("", &format!("{three} 2026-11-01"), "2026-11-29 22/28 soon");
        with("", &format!("2026-11-01 {three}"), "2026-11-29 22/28 soon");
        with(
            "",
            "2026-10-01> 2026-11-01> 2026-12-01>",
            "2026-11-29 22/28 soon",
        );
        // Tries of one day count once, wherever they are in the file.
        for (touches, state) in [
            ("2026-11-01> 2026-11-01> 2026-11-01>", "soon"),
            ("2026-11-01> 2026-10-01> 2026-11-01>", "soon"),
            ("2026-09-01> 2026-11-01> 2026-10-01> 2026-11-01>", "resting"),
        ] {
            with("", touches, &format!("2026-11-29 22/28 {state}"));
        }
    }

    #[test]
    fn the_book_sets_when_to_rest() {
        for (rest_after, expected) in [(1, Some(Quiet::Resting)), (2, None), (0, None)] {
            let mut book = book(&contact(CLIENT, "2026-11-01>"));
            book.defaults.rest_after.0 = rest_after;
            assert_eq!(standing(&book, ContactId(0), day(TODAY)).quiet, expected);
        }
    }

    #[test]
    fn a_pause_lasts_until_its_day_whatever_is_planned() {
        let paused = |until: &str, expected: &str| {
            case(&format!("{CLIENT}\npaused = {until}"), "", expected);
        };
        paused("true", "2026-11-23 28/28 paused");
        paused("false", "2026-11-23 28/28 today");
        paused("2026-11-24", "2026-11-23 28/28 paused");
        paused("2026-11-23", "2026-11-23 28/28 today");
        let planned = "next = { on = 2026-11-20, what = 'send' }";
        paused(&format!("true\n{planned}"), "2026-11-20 31/28 paused");
    }

    #[test]
    fn the_highest_pressure_comes_first_then_the_due_day_then_the_file() {
        let weekly = "cadence = '1 week'\nnext = { on = 2026-11-08 }";
        let contacts = [
            contact("cadence = '1 year'\ncity = 'third'", "2025-10-24"),
            contact("bucket = 'clients'\ncity = 'fourth'", ""),
            contact("bucket = 'clients'\ncity = 'fifth'", ""),
            contact("cadence = '1 week'\ncity = 'second'", "2026-11-02"),
            contact(&format!("{weekly}\ncity = 'first'"), "2026-11-02"),
            contact("city = 'never'", ""),
        ];
        let named = contacts.iter().enumerate();
        let named = named.map(|(at, contact)| contact.replace("'A'", &format!("'{at}'")));
        let book = book(&named.collect::<String>());
        let all = all(&book, day(TODAY));
        let order = all
            .iter()
            .filter_map(|standing| book.contact(standing.id).city.as_deref());
        let expected = ["first", "second", "third", "fourth", "fifth"];
        assert_eq!(order.collect::<Vec<_>>(), expected);
    }
}
