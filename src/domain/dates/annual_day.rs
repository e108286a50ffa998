//! Birthdays and other days of every year as people type them, with or without the year.

use chrono::NaiveDate;

use super::day_words::Toward;
use super::written::{WrittenDay, before_clock, has_clock};
use crate::domain::AnnualDay;
use crate::domain::model::mistyped::Mistyped;

/// Parses a birthday as it is typed.
///
/// # Errors
///
/// Those of [`parse_as`].
pub(crate) fn birthday(typed: &str) -> Result<AnnualDay, Mistyped> {
    parse_as(typed, "a birthday")
}

/// Parses a day of every year as it is typed: `1984-03-12`, `--03-12`, `12 mar`, or in another form of a day in the calendar.
/// `is` says what it should be.
///
/// # Errors
///
/// [`Mistyped`] if the whole text is not a day of the calendar, with or without its year.
pub(crate) fn parse_as(typed: &str, is: &str) -> Result<AnnualDay, Mistyped> {
    let text = typed.trim().to_lowercase();
    if let Ok(as_in_the_book) = text.parse() {
        return Ok(as_in_the_book);
    }
    let Some(written) = WrittenDay::read(&text)? else {
        return Err(match before_clock(&text) {
            Some(before) => has_clock(typed, parse_as(before, is).is_ok(), before),
            None => Mistyped::new(
                format!("`{typed}` is not {is}"),
                "write it like `1984-03-12` or `12 mar 1984`, and without the year like `--03-12` or `12 mar`",
            ),
        });
    };
    let (month, day) = (written.month, written.day);
    match written.year {
        None => Ok(AnnualDay::Yearless { month, day }),
        Some(_) => written
            .near(NaiveDate::MIN, Toward::Future)
            .map(AnnualDay::Date),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn birthdays_are_read_as_they_are_shown() {
        for (typed, expected) in [
            ("1984-03-12", "1984-03-12"),
            ("--03-12", "--03-12"),
            ("13 May 1984", "1984-05-13"),
            ("Sun 13 May 1984", "1984-05-13"),
            ("12 mar", "--03-12"),
            ("March 12th", "--03-12"),
            ("29 Feb", "--02-29"),
            ("29.2.", "--02-29"),
            ("13.05.1984", "1984-05-13"),
            ("5/5/1984", "1984-05-05"),
        ] {
            let read = birthday(typed).map(|birthday| birthday.to_string());
            assert_eq!(read, Ok(expected.to_owned()), "{typed}");
        }
        for (typed, message) in [
            ("29 feb 1983", "`29 feb 1983` is not a birthday"),
            ("0000-05-13", "`0000-05-13` is not a birthday"),
            ("fri", "`fri` is not a birthday"),
            ("today", "`today` is not a birthday"),
            ("Mon 13 May 1984", "13 May 1984 is a Sunday"),
            (
                "5/6/1984",
                "`5/6/1984` does not say which number is the month",
            ),
            (
                "1984-03-12T00:00",
                "`1984-03-12T00:00` has a clock time; netkeep plans by the day",
            ),
        ] {
            assert_eq!(birthday(typed).expect_err(typed).message, message);
        }
    }
}
