//! Days and distances in words.

use chrono::{Datelike, NaiveDate};

use super::plural::count;

/// A distance in the unit that suits it: days up to three weeks, weeks up to ten, then months, then years.
pub(crate) fn distance(days: i64) -> String {
    let days = days.unsigned_abs();
    let (number, one, many) = match days {
        0..21 => (days, "day", "days"),
        21..70 => ((days + 3) / 7, "week", "weeks"),
        // A month is 30.44 days, a year 365.25.
        70..700 => ((days * 100 + 1522) / 3044, "month", "months"),
        _ => ((days * 100 + 18262) / 36525, "year", "years"),
    };
    count(usize::try_from(number).unwrap_or(usize::MAX), one, many)
}

/// How long ago `day` was: `today`, `yesterday`, `5 weeks ago`; a future day is `in 5 weeks`.
pub(crate) fn ago(day: NaiveDate, today: NaiveDate) -> String {
    match (today - day).num_days() {
        0 => "today".to_owned(),
        1 => "yesterday".to_owned(),
        days if days > 0 => format!("{} ago", distance(days)),
        _ => ahead(day, today),
    }
}

/// How far ahead `day` is: `today`, `tomorrow`, `Thu` within a week, then `in 3 weeks`; a past day is `5 weeks ago`.
pub(crate) fn ahead(day: NaiveDate, today: NaiveDate) -> String {
    match (day - today).num_days() {
        0 => "today".to_owned(),
        1 => "tomorrow".to_owned(),
        2..7 => day.format("%a").to_string(),
        days if days > 0 => format!("in {}", distance(days)),
        _ => ago(day, today),
    }
}

/// The day, with the weekday if it is near and the year if it is not this one: `Fri 27 Nov`, `10 Nov 2024`.
pub(crate) fn date(day: NaiveDate, today: NaiveDate) -> String {
    let is_near = (day - today).num_days().abs() < 60;
    match (is_near, day.year() == today.year()) {
        (true, true) => day.format("%a %-d %b").to_string(),
        (true, false) => day.format("%a %-d %b %Y").to_string(),
        (false, true) => day.format("%-d %b").to_string(),
        (false, false) => day.format("%-d %b %Y").to_string(),
    }
}

/// The day and how far it is: `Fri 27 Nov, in 4 days`.
pub(crate) fn date_and_distance(day: NaiveDate, today: NaiveDate) -> String {
    format!("{}, {}", date(day, today), distance_ahead(day, today))
}

/// How far ahead a day is: `in 3 days`, `in 4 weeks`.
pub(crate) fn distance_ahead(day: NaiveDate, today: NaiveDate) -> String {
    match (day - today).num_days() {
        days @ 2..7 => format!("in {}", distance(days)),
        _ => ahead(day, today),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().expect("an ISO date")
    }

    #[test]
    fn distances_use_the_unit_that_suits_them() {
        for (days, expected) in [
            (1, "1 day"),
            (-30, "4 weeks"),
            (20, "20 days"),
            (21, "3 weeks"),
            (69, "10 weeks"),
            (70, "2 months"),
            (365, "12 months"),
            (699, "23 months"),
            (700, "2 years"),
            (364_877, "999 years"),
        ] {
            assert_eq!(distance(days), expected);
        }
    }

    #[test]
    fn days_are_relative_to_today() {
        let today = day("2026-11-23");
        for (then, past, future, dated) in [
            ("2026-11-23", "today", "today", "Mon 23 Nov"),
            ("2026-11-22", "yesterday", "yesterday", "Sun 22 Nov"),
            ("2026-11-24", "tomorrow", "tomorrow", "Tue 24 Nov"),
            ("2026-11-26", "Thu", "Thu", "Thu 26 Nov"),
            ("2026-11-30", "in 7 days", "in 7 days", "Mon 30 Nov"),
            ("2026-10-02", "7 weeks ago", "7 weeks ago", "Fri 2 Oct"),
            ("2026-03-02", "9 months ago", "9 months ago", "2 Mar"),
            ("2027-01-02", "in 6 weeks", "in 6 weeks", "Sat 2 Jan 2027"),
            ("2024-11-23", "2 years ago", "2 years ago", "23 Nov 2024"),
        ] {
            assert_eq!(ago(day(then), today), past);
            assert_eq!(ahead(day(then), today), future);
            assert_eq!(date(day(then), today), dated);
        }
        assert_eq!(
            date_and_distance(day("2026-11-27"), today),
            "Fri 27 Nov, in 4 days"
        );
    }
}
