//! Days as people type them.
//!
//! The whole text must be a day: a typo must never become a day nobody meant.

use chrono::{Datelike, NaiveDate, Weekday};

pub use super::day_words::Toward;
use super::day_words::weekday;
use super::phrases::{distance, phrase_or_word};
use super::written::{WrittenDay, before_clock, has_clock};
use crate::domain::model::cadence::Unit;
use crate::domain::model::mistyped::Mistyped;

/// The last day that a book can hold: a year has four digits in TOML.
pub(crate) const LAST_DAY: NaiveDate = NaiveDate::from_ymd_opt(9999, 12, 31).expect("a day");

/// Parses the day in `typed`, relative to `today`.
///
/// Accepts `2026-11-27`, `20261127`, `today`, `yesterday`, `tomorrow`, `fri`, `on friday`, `last tuesday`, `next fri`, `3
/// days ago`, `a week ago`, `in 2 weeks`, `last month`, `next year`, `12 dec`, `Nov 5th`, `Fri 27 Nov 2026`, `27.11.2026`.
/// Where a month is too short, its last day counts.
///
/// # Errors
///
/// [`Mistyped`] if the whole text is not a day between the years 1900 and 9999, if its weekday is another one, and if its
/// year has no such day. The order of `05/11/2026` is never guessed.
///
/// ```
/// use netkeep::domain::dates::day::{Toward, parse};
///
/// let monday = "2026-11-23".parse().unwrap();
/// assert_eq!(parse("fri", monday, Toward::Future).unwrap().to_string(), "2026-11-27");
/// assert_eq!(parse("fri", monday, Toward::Past).unwrap().to_string(), "2026-11-20");
/// assert!(parse("yesterdayy", monday, Toward::Past).is_err());
/// ```
pub fn parse(typed: &str, today: NaiveDate, toward: Toward) -> Result<NaiveDate, Mistyped> {
    let no_day = || match before_clock(typed) {
        Some(before) => has_clock(typed, false, before),
        None => Mistyped::new(
            format!("`{typed}` is not a day"),
            "write it like `2026-11-27`, `today`, `fri`, `last tuesday`, `3 days ago`, `in 2 weeks` or `12 dec`",
        ),
    };
    read(typed, today, toward)?.ok_or_else(no_day)
}

/// The same for a text that may be something else: `None` if it is nothing like a day.
///
/// # Errors
///
/// [`Mistyped`] if it is written like a day, but cannot be taken for one.
pub(crate) fn read(
    typed: &str,
    today: NaiveDate,
    toward: Toward,
) -> Result<Option<NaiveDate>, Mistyped> {
    let text = typed.trim().to_lowercase();
    let day = match phrase_or_word(&text, today, toward).or_else(|| with_distance(&text, today)) {
        Some(day) => Some(day),
        None => WrittenDay::read(&text)?
            .map(|written| written.near(today, toward))
            .transpose()?,
    };
    let day = day.filter(|day| (1900..=9999).contains(&day.year()));
    if day.is_some() {
        return Ok(day);
    }
    let is_day = |text: &&str| parse(text, today, toward).is_ok();
    if let Some(before) = before_clock(&text).filter(is_day) {
        return Err(has_clock(typed, true, before));
    }
    // A plan needs no "in", but a touch needs its "ago".
    let words: Vec<&str> = text.split_whitespace().collect();
    if toward == Toward::Past && distance(&words).is_some() {
        return Err(Mistyped::new(
            format!("`{typed}` does not say whether it is past or to come"),
            format!("write `{text} ago`"),
        ));
    }
    Ok(None)
}

/// `Fri 27 Nov, in 4 days`, as netkeep shows a day. The distance is rounded, but must not contradict the day.
fn with_distance(text: &str, today: NaiveDate) -> Option<NaiveDate> {
    let (written, far) = text.rsplit_once(", ")?;
    let words: Vec<&str> = far.split_whitespace().collect();
    let (toward, span) = match words.as_slice() {
        ["today" | "tomorrow"] => (Toward::Future, None),
        ["yesterday"] => (Toward::Past, None),
        ["in", span @ ..] => (Toward::Future, Some(span)),
        [span @ .., "ago"] => (Toward::Past, Some(span)),
        _ => return None,
    };
    let unit = span.map_or(Some(Unit::Day), |span| Some(distance(span)?.1))?;
    let most_off = match unit {
        Unit::Day => 0,
        Unit::Week => 4,
        Unit::Month => 20,
        Unit::Year => 190,
    };
    let about = phrase_or_word(far, today, toward)?;
    let day = WrittenDay::read(written).ok()??.near(today, toward).ok()?;
    ((day - about).num_days().abs() <= most_off).then_some(day)
}

/// The name of a weekday, whole or short, as in `[week] starts`.
pub(crate) fn weekday_named(word: &str) -> Option<Weekday> {
    weekday(&word.trim().to_lowercase())
}

#[cfg(test)]
mod tests {
    use super::Toward::{By, Future, Past};
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().expect("an ISO date")
    }

    /// Monday.
    const TODAY: &str = "2026-11-23";

    #[track_caller]
    fn case(typed: &str, toward: Toward, expected: &str) {
        assert_eq!(
            parse(typed, day(TODAY), toward),
            Ok(day(expected)),
            "{typed} {toward:?}"
        );
    }

    #[test]
    fn reads_days_as_people_say_them() {
        case("today", Past, "2026-11-23");
        case(" Today ", Past, "2026-11-23");
        case("yesterday", Past, "2026-11-22");
        case("tomorrow", Future, "2026-11-24");
        case("the day before yesterday", Past, "2026-11-21");
        case("day after tomorrow", Future, "2026-11-25");
        case("fri", Past, "2026-11-20");
        case("fri", Future, "2026-11-27");
        case("on friday", Past, "2026-11-20");
        case("on friday", Future, "2026-11-27");
        case("last tuesday", Past, "2026-11-17");
        case("last monday", Past, "2026-11-16");
        case("next friday", Future, "2026-11-27");
        case("next monday", Future, "2026-11-30");
        case("this friday", Future, "2026-11-27");
        case("this mon", Future, "2026-11-23");
        case("this fri", Past, "2026-11-27");
        case("mon", By, "2026-11-23");
        case("fri", By, "2026-11-27");
        case("mon", Past, "2026-11-23");
        case("mon", Future, "2026-11-30");
        case("a week ago", Past, "2026-11-16");
        case("3 days ago", Past, "2026-11-20");
        case("three days ago", Past, "2026-11-20");
        case("6w ago", Past, "2026-10-12");
        case("a fortnight ago", Past, "2026-11-09");
        case("in 2 weeks", Future, "2026-12-07");
        case("2 weeks", Future, "2026-12-07");
        case("2w", Future, "2026-12-07");
        case("two weeks from now", Future, "2026-12-07");
        case("in a month", Future, "2026-12-23");
        case("last week", Past, "2026-11-16");
        case("last month", Past, "2026-10-23");
        case("next month", Future, "2026-12-23");
        case("last year", Past, "2025-11-23");
        case("12 dec", Past, "2025-12-12");
        case("12 dec", Future, "2026-12-12");
        case("23 nov", Past, "2026-11-23");
        case("23 nov", Future, "2026-11-23");
        case("Nov 5th", Past, "2026-11-05");
        case("Nov 5th", Future, "2027-11-05");
        case("5th of November", Past, "2026-11-05");
        case("on 5 nov", Past, "2026-11-05");
        case("Nov 5th, 2024", Past, "2024-11-05");
        case("5 sept. 2024", Past, "2024-09-05");
        case("22nd mar", Past, "2026-03-22");
        case("2026-11-27", Past, "2026-11-27");
        case("20261127", Past, "2026-11-27");
        case("27. nov", Future, "2026-11-27");
        case("27. November 2026", Future, "2026-11-27");
        case("Fri 27 Nov, in 4 days", Future, "2026-11-27");
        case("Mon 23 Nov, today", By, "2026-11-23");
        case("Sun 22 Nov, yesterday", Past, "2026-11-22");
        case("Fri 2 Oct, 7 weeks ago", Past, "2026-10-02");
        case("2 Mar, 9 months ago", Past, "2026-03-02");
        case("10 Nov 2024, 2 years ago", Past, "2024-11-10");
    }

    #[test]
    fn months_that_are_too_short_end_on_their_last_day() {
        assert_eq!(
            parse("last month", day("2026-03-31"), Past),
            Ok(day("2026-02-28"))
        );
        assert_eq!(
            parse("in a year", day("2028-02-29"), Future),
            Ok(day("2029-02-28"))
        );
    }

    #[track_caller]
    fn refused(typed: &str, what: &str) {
        let err = parse(typed, day(TODAY), Past).map_err(|err| err.message);
        assert_eq!(
            err,
            Err(format!("`{typed}` {what}").replace("``", "an empty text"))
        );
    }

    #[test]
    fn refuses_text_that_is_not_a_day_as_a_whole() {
        let empty = parse("", day(TODAY), Past).map_err(|err| err.message);
        assert_eq!(empty, Err("an empty text is not a day".to_owned()));
        for typed in [
            " ",
            "5",
            "yesterdayy",
            "yeterday",
            "2026-11-05 lunch",
            "Fri 27 Nov, in 5 days",
            "Fri 27 Nov, 2 weeks ago",
            "lunch",
            "2026-02-29",
            "2026-13-01",
            "2026-1-5",
            "0000-01-01",
            "99999999 days ago",
            "9999999999999 days ago",
            "fri lunch",
            "on",
            "ago",
            "in",
            "last",
            "next day",
            "-3 days",
            "+2026-11-05",
            "5st nov",
            "31 feb",
            "0 nov",
            "32 dec",
            "nov 2026",
            "202611271",
            "12 dec 26",
            "२ days ago",
            "2026–11–05",
            "half a year ago",
            "today,",
            ",today",
            "3,days,ago",
            "2 weeks, ago",
            "0226-11-05",
            "99999 days ago",
        ] {
            refused(typed, "is not a day");
        }
    }

    #[test]
    fn reads_days_as_netkeep_and_other_programs_write_them() {
        for (typed, toward, expected) in [
            ("Fri 27 Nov", Future, "2026-11-27"),
            ("Fri 20 Nov", Past, "2026-11-20"),
            ("Fri 27 Nov 2026", Future, "2026-11-27"),
            ("Friday, 27 November 2026", Future, "2026-11-27"),
            ("on Fri. Nov 27th, 2026", Future, "2026-11-27"),
            ("fri 2026-11-27", Future, "2026-11-27"),
            ("Fri, 27.11.2026", Future, "2026-11-27"),
            ("Sat 2 Jan 2027", Future, "2027-01-02"),
            ("november 27, 2026", Future, "2026-11-27"),
            ("27-Nov-2026", Future, "2026-11-27"),
            ("27.11.2026", Future, "2026-11-27"),
            ("27/11/2026", Past, "2026-11-27"),
            ("11/27/2026", Past, "2026-11-27"),
            ("13-11-2026", Past, "2026-11-13"),
            ("2026/11/27", Future, "2026-11-27"),
            ("2026.11.05", Future, "2026-11-05"),
            ("05/05/2026", Past, "2026-05-05"),
            ("1.1.2026", Past, "2026-01-01"),
            ("27.11.", Future, "2026-11-27"),
            ("27/11", Past, "2025-11-27"),
            ("29 feb 2024", Past, "2024-02-29"),
            ("29.02.2024", Past, "2024-02-29"),
        ] {
            case(typed, toward, expected);
        }
    }

    #[test]
    fn a_weekday_decides_for_a_day_on_the_other_side_of_today() {
        case("Fri 27 Nov", Past, "2026-11-27");
        case("Thu 27 Nov", Past, "2025-11-27");
        case("Fri 20 Nov", Future, "2026-11-20");
        case("Sun 22 Nov, yesterday", Future, "2026-11-22");
        let new_year = |typed: &str, toward| parse(typed, day("2026-12-30"), toward);
        assert_eq!(new_year("Sat 2 Jan", Future), Ok(day("2027-01-02")));
        assert_eq!(new_year("Sat 2 Jan", Past), Ok(day("2027-01-02")));
    }

    #[test]
    fn a_span_is_ahead_unless_it_is_ago() {
        for (typed, expected) in [
            ("2w", "2026-12-07"),
            ("3m", "2027-02-23"),
            ("10d", "2026-12-03"),
            ("1y", "2027-11-23"),
            ("10 days", "2026-12-03"),
        ] {
            case(typed, Future, expected);
            case(typed, By, expected);
            let message = format!("`{typed}` does not say whether it is past or to come");
            told(typed, Past, &message, &format!("write `{typed} ago`"));
        }
        case("3m ago", Past, "2026-08-23");
    }

    #[track_caller]
    fn told(typed: &str, toward: Toward, message: &str, hint: &str) {
        let err = parse(typed, day(TODAY), toward).expect_err(typed);
        assert_eq!(
            (err.message.as_str(), &*err.hint),
            (message, hint),
            "{typed}"
        );
    }

    #[test]
    fn says_why_a_written_day_is_refused() {
        let weekday = "leave out the weekday, or correct the day";
        told("Thu 27 Nov 2026", Past, "27 Nov 2026 is a Friday", weekday);
        told("Mon 27 Nov", Future, "27 Nov 2026 is a Friday", weekday);
        told("Mon 27 Nov", Past, "27 Nov 2025 is a Thursday", weekday);
        told("Wed 23 Nov", Past, "23 Nov 2026 is a Monday", weekday);
        let month = |typed: &str| format!("`{typed}` does not say which number is the month");
        for (typed, hint) in [
            ("05/11/2026", "write `2026-11-05` or `2026-05-11`"),
            ("5.11.2026", "write `2026-11-05` or `2026-05-11`"),
            ("05-11-2026", "write `2026-11-05` or `2026-05-11`"),
            ("5/11", "write `5 nov` or `11 may`"),
            ("5.11.", "write `5 nov` or `11 may`"),
        ] {
            told(typed, Past, &month(typed), hint);
        }
        told(
            "27.11.26",
            Past,
            "`27.11.26` does not say which number is the year",
            "write the year first and in full, `2026-11-27`",
        );
        let leap =
            |year| format!("write the year too, `{year}-02-29`, or the day before, `28 feb`");
        told("29 feb", Past, "2026 has no 29 February", &leap(2024));
        told("29.2.", Future, "2027 has no 29 February", &leap(2028));
        for (typed, hint) in [
            ("2026-11-27T10:00", "leave the time out: `2026-11-27`"),
            ("2026-11-27 10:00:00", "leave the time out: `2026-11-27`"),
            ("20261127t100000z", "leave the time out: `20261127`"),
            ("fri at 10:30", "leave the time out: `fri`"),
            (
                "Fri 27 Nov 2026, 9:15",
                "leave the time out: `fri 27 nov 2026`",
            ),
            ("soon 9:15", "write the day alone, like `2026-11-27`"),
        ] {
            let message = format!("`{typed}` has a clock time; netkeep plans by the day");
            told(typed, Future, &message, hint);
        }
    }

    #[test]
    fn a_typo_in_a_written_day_is_no_day() {
        for typed in [
            "29.02.2026",
            "31/02/2026",
            "32.11.2026",
            "13/13/2026",
            "0/11/2026",
            "27.11.20266",
            "27//11/2026",
            "27.11/2026",
            "2026/13/27",
            "2026/1/5",
            "127.11.2026",
            "27.11.2026.",
            "fri 27",
            "Fri 27 Nox",
            "Fir 27 Nov",
            "27 Nov Fri",
            "Fri Sat 27 Nov",
            "27-Nox-2026",
            "27, Nov",
            "27 Nov, ",
            "nov, 27 2026",
            "31 apr",
            "27-11",
        ] {
            refused(typed, "is not a day");
        }
    }

    #[test]
    fn handles_the_ends_of_the_calendar() {
        assert!(parse("tomorrow", day("9999-12-31"), Future).is_err());
        assert!(parse("fri", day("0001-01-01"), Past).is_err());
        assert!(parse("12 dec", day("0001-01-01"), Past).is_err());
        assert!(parse("in 99999 years", day(TODAY), Future).is_err());
        assert!(parse("99999 years ago", day(TODAY), Past).is_err());
    }
}
