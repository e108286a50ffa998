//! Days as people type them.
//!
//! The whole text must be a day: a typo must never become a day nobody meant.

use chrono::{Datelike, NaiveDate, Weekday};

pub use super::day_words::Toward;
use super::day_words::{is_number, month_and_day, spelled, weekday};
use crate::domain::model::cadence::Unit;
use crate::domain::model::mistyped::Mistyped;

/// Parses the day in `typed`, relative to `today`.
///
/// Accepts `2026-11-27`, `20261127`, `today`, `yesterday`, `tomorrow`, `fri`, `on friday`, `last tuesday`, `next fri`, `3
/// days ago`, `a week ago`, `in 2 weeks`, `last month`, `next year`, `12 dec`, `Nov 5th`, `5 nov 2026`. Where a month is
/// too short, its last day counts.
///
/// # Errors
///
/// [`Mistyped`] if the whole text is not a day between the years 1900 and 9999. The order of `05/11/2026` is never guessed.
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
    let text = typed.trim().to_lowercase();
    if is_numbers_with(&text, '/') || is_numbers_with(&text, '.') {
        return Err(Mistyped::new(
            format!("`{typed}` does not say which number is the month"),
            "write the year first, `2026-11-05`, or the month as a word, `5 nov 2026`",
        ));
    }
    let mut words: Vec<&str> = text.split_whitespace().collect();
    // A comma may precede the year, as in "Nov 5th, 2024".
    if let [.., before, year] = words.as_mut_slice()
        && year.len() == 4
    {
        *before = before.strip_suffix(',').unwrap_or(before);
    }
    let day = match words.as_slice() {
        [word] => one_word(word, today, toward),
        _ => None,
    };
    day.or_else(|| phrase(&words, today, toward))
        .or_else(|| month_and_day(&words, today, toward))
        .filter(|day| (1900..=9999).contains(&day.year()))
        .ok_or_else(|| Mistyped::new(
            format!("`{typed}` is not a day"),
            "write it like `2026-11-27`, `today`, `fri`, `last tuesday`, `3 days ago`, `in 2 weeks` or `12 dec`",
        ))
}

/// Whether `text` is two or three numbers with `mark` between them, as in `05/11/2026`.
fn is_numbers_with(text: &str, mark: char) -> bool {
    let parts: Vec<&str> = text.split(mark).collect();
    (2..=3).contains(&parts.len()) && parts[0].len() < 4 && parts.iter().all(|part| is_number(part))
}

fn one_word(word: &str, today: NaiveDate, toward: Toward) -> Option<NaiveDate> {
    match word {
        "today" => Some(today),
        "yesterday" => today.pred_opt(),
        "tomorrow" => today.succ_opt(),
        _ => {
            iso(word).or_else(|| weekday(word).map(|weekday| bare_weekday(weekday, today, toward)))
        }
    }
}

/// `2026-11-27` or `20261127`, with all digits.
fn iso(word: &str) -> Option<NaiveDate> {
    let parts: Vec<&str> = word.split('-').collect();
    let is_numbers = parts.iter().all(|part| is_number(part));
    let lengths: Vec<usize> = parts.iter().map(|part| part.len()).collect();
    match lengths.as_slice() {
        [8] if is_numbers => NaiveDate::parse_from_str(word, "%Y%m%d").ok(),
        [4, 2, 2] if is_numbers => NaiveDate::parse_from_str(word, "%Y-%m-%d").ok(),
        _ => None,
    }
}

fn phrase(words: &[&str], today: NaiveDate, toward: Toward) -> Option<NaiveDate> {
    let ahead = |span| {
        let (count, unit) = distance(span)?;
        unit.add(today, count)
    };
    match words {
        ["the", rest @ ..] if matches!(rest, ["day", ..]) => phrase(rest, today, toward),
        ["day", "before", "yesterday"] => Unit::Day.subtract(today, 2),
        ["day", "after", "tomorrow"] => Unit::Day.add(today, 2),
        ["on", word] => weekday(word)
            .map(|weekday| bare_weekday(weekday, today, toward))
            .or_else(|| iso(word)),
        ["on", rest @ ..] => month_and_day(rest, today, toward),
        ["this", word] => weekday(word).and_then(|weekday| match toward {
            // The day in this week, even a future one: a touch on it is then rejected, not moved.
            Toward::Past => Unit::Day
                .subtract(today, today.weekday().num_days_from_monday())
                .and_then(|monday| Unit::Day.add(monday, weekday.num_days_from_monday())),
            Toward::Future | Toward::By => Some(bare_weekday(weekday, today, Toward::By)),
        }),
        ["last", word] => match weekday(word) {
            Some(weekday) => Some(last_weekday(weekday, today)),
            None => long_unit(word)?.subtract(today, 1),
        },
        ["next", word] => match weekday(word) {
            Some(weekday) => Some(next_weekday(weekday, today)),
            None => long_unit(word)?.add(today, 1),
        },
        ["in", span @ ..] | [span @ .., "from", "now"] => ahead(span),
        [span @ .., "ago"] => {
            let (count, unit) = distance(span)?;
            unit.subtract(today, count)
        }
        // "2 weeks" alone: a plan needs no "in", but a touch needs its "ago".
        span if toward != Toward::Past => ahead(span),
        _ => None,
    }
}

/// `3 days`, `3d`, `a week`, `two months`, `a fortnight`.
fn distance(words: &[&str]) -> Option<(u32, Unit)> {
    let (count, unit) = match words {
        [word] => {
            let end = word.find(|c: char| !c.is_ascii_digit())?;
            word.split_at(end)
        }
        [count, unit] => (*count, *unit),
        _ => return None,
    };
    let (factor, unit) = match unit {
        "fortnight" | "fortnights" => (2, Unit::Week),
        unit => (1, Unit::named(unit)?),
    };
    let count = match spelled(count) {
        Some(count) => count,
        None if is_number(count) => count.parse().ok()?,
        None => return None,
    };
    Some((factor * Some(count).filter(|count| *count <= 99_999)?, unit))
}

/// The units that may follow "last" and "next".
fn long_unit(word: &str) -> Option<Unit> {
    matches!(word, "week" | "month" | "year").then(|| Unit::named(word))?
}

/// On a Friday, a touch on `fri` was today, and a plan for `fri` is for next week.
fn bare_weekday(weekday: Weekday, today: NaiveDate, toward: Toward) -> NaiveDate {
    match toward {
        Toward::Past | Toward::By if weekday == today.weekday() => today,
        Toward::Past => last_weekday(weekday, today),
        Toward::Future | Toward::By => next_weekday(weekday, today),
    }
}

/// The latest such day before today.
fn last_weekday(weekday: Weekday, today: NaiveDate) -> NaiveDate {
    let yesterday = today.weekday().pred();
    let back = yesterday.days_since(weekday) + 1;
    Unit::Day.subtract(today, back).unwrap_or(today)
}

/// The first such day after today.
fn next_weekday(weekday: Weekday, today: NaiveDate) -> NaiveDate {
    let tomorrow = today.weekday().succ();
    let ahead = weekday.days_since(tomorrow) + 1;
    Unit::Day.add(today, ahead).unwrap_or(today)
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
        case("29 feb", Past, "2024-02-29");
        case("29 feb", Future, "2028-02-29");
        case("2026-11-27", Past, "2026-11-27");
        case("20261127", Past, "2026-11-27");
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
        assert_eq!(err, Err(format!("`{typed}` {what}")));
    }

    #[test]
    fn refuses_text_that_is_not_a_day_as_a_whole() {
        for typed in [
            "",
            " ",
            "5",
            "yesterdayy",
            "yeterday",
            "2026-11-05 lunch",
            "lunch",
            "2026-02-29",
            "2026-13-01",
            "2026-1-5",
            "0000-01-01",
            "99999999 days ago",
            "9999999999999 days ago",
            "3 days",
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
            "2026-11-05T10:00",
            "2026–11–05",
            "half a year ago",
            "2026/11/05",
            "today,",
            ",today",
            "3,days,ago",
            "2 weeks, ago",
            "0226-11-05",
            "99999 days ago",
        ] {
            refused(typed, "is not a day");
        }
        for typed in ["05/11/2026", "5/11", "5.11.2026", "25/11/2026"] {
            refused(typed, "does not say which number is the month");
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
