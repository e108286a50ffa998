//! Days that come back every year.

use std::fmt;
use std::str::FromStr;

use chrono::{Datelike, NaiveDate};

use super::mistyped::Mistyped;

/// A day that comes back every year, such as a birthday, with or without the year it began.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum AnnualDay {
    /// A full date.
    Date(NaiveDate),
    /// A month and a day, written `--03-12` as in RFC 6350, 4.3.1.
    Yearless {
        /// 1 to 12.
        month: u32,
        /// 1 to 31; a day of that month in a leap year.
        day: u32,
    },
}

impl AnnualDay {
    /// The first time it comes on or after `from`, and not before its first year. In other than leap years, 29 February
    /// becomes the 28th.
    pub(crate) fn next(self, from: NaiveDate) -> NaiveDate {
        let from = match self {
            Self::Date(date) => from.max(date),
            Self::Yearless { .. } => from,
        };
        let (month, day) = self.month_and_day();
        let in_year = |year| {
            NaiveDate::from_ymd_opt(year, month, day)
                .or_else(|| NaiveDate::from_ymd_opt(year, month, day - 1))
                .unwrap_or(from)
        };
        let this_year = in_year(from.year());
        if this_year >= from {
            this_year
        } else {
            in_year(from.year() + 1)
        }
    }

    /// How many years it is on `day`; `None` without the year, and in its first year.
    pub(crate) fn years_on(self, day: NaiveDate) -> Option<u32> {
        match self {
            Self::Date(date) => u32::try_from(day.year() - date.year()).ok(),
            Self::Yearless { .. } => None,
        }
        .filter(|years| *years > 0)
    }

    pub(crate) fn month_and_day(self) -> (u32, u32) {
        match self {
            Self::Date(date) => (date.month(), date.day()),
            Self::Yearless { month, day } => (month, day),
        }
    }

    /// Whether both are one day: without its year, a day is that of any year.
    pub(crate) fn is_one_with(self, other: Self) -> bool {
        match (self, other) {
            (Self::Date(one), Self::Date(other)) => one == other,
            (one, other) => one.month_and_day() == other.month_and_day(),
        }
    }

    /// Whether the other is the same day and knows its year, which this one does not.
    pub(crate) fn learns_from(self, other: Self) -> bool {
        let learns = matches!((self, other), (Self::Yearless { .. }, Self::Date(_)));
        learns && self.is_one_with(other)
    }

    /// Whether it is 29 February.
    pub(crate) fn is_leap_day(self) -> bool {
        self.month_and_day() == (2, 29)
    }

    /// Whether it is told on `day` because the year has no 29 February.
    pub(crate) fn is_moved_to(self, day: NaiveDate) -> bool {
        self.is_leap_day() && day.day() == 28
    }
}

impl fmt::Display for AnnualDay {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Date(date) => write!(f, "{date}"),
            Self::Yearless { month, day } => write!(f, "--{month:02}-{day:02}"),
        }
    }
}

impl FromStr for AnnualDay {
    type Err = Mistyped;

    fn from_str(typed: &str) -> Result<Self, Mistyped> {
        written(typed).ok_or_else(|| {
            Mistyped::new(
                format!("`{typed}` is not a birthday"),
                "write `1984-03-12`, or `--03-12` without the year",
            )
        })
    }
}

/// The day in `1984-03-12` or `--03-12`. A book may have one for each contact, so no format is interpreted.
fn written(text: &str) -> Option<AnnualDay> {
    let number = |text: &str, length: usize| {
        let is_number = text.len() == length && text.bytes().all(|byte| byte.is_ascii_digit());
        text.parse::<u32>().ok().filter(|_| is_number)
    };
    let (year, rest) = match text.strip_prefix("--") {
        Some(rest) => (None, rest),
        None => {
            let (year, rest) = text.split_once('-')?;
            (Some(number(year, 4)?), rest)
        }
    };
    let (month, day) = rest.split_once('-')?;
    let (month, day) = (number(month, 2)?, number(day, 2)?);
    // A leap year, because 29 February is a valid day.
    let date_in = |year: u32| NaiveDate::from_ymd_opt(year.try_into().ok()?, month, day);
    match year {
        None => date_in(2024).map(|_| AnnualDay::Yearless { month, day }),
        Some(year) => date_in(year).filter(|_| year > 0).map(AnnualDay::Date),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().expect("an ISO date")
    }

    #[test]
    fn reads_birthdays_with_and_without_a_year() {
        for text in ["1984-03-12", "--03-12", "--02-29", "1984-02-29"] {
            assert_eq!(
                text.parse::<AnnualDay>()
                    .map(|birthday| birthday.to_string()),
                Ok(text.to_owned())
            );
        }
        for text in [
            "",
            "--3-12",
            "--02-30",
            "1983-02-29",
            "03-12",
            "84-03-12",
            "1984-3-1",
            "--03-12x",
            "0000-03-12",
            "-999-03-12",
        ] {
            assert!(text.parse::<AnnualDay>().is_err(), "{text}");
        }
    }

    #[test]
    fn a_leap_day_becomes_the_28th_in_other_years() {
        let birthday: AnnualDay = "--02-29".parse().expect("a birthday");
        assert_eq!(birthday.next(day("2026-03-01")), day("2027-02-28"));
        assert_eq!(birthday.next(day("2027-03-01")), day("2028-02-29"));
        assert_eq!(birthday.next(day("2028-02-29")), day("2028-02-29"));
        assert!(birthday.is_moved_to(day("2027-02-28")));
        assert!(!birthday.is_moved_to(day("2028-02-29")));
    }

    #[test]
    fn a_day_without_its_year_is_that_of_any_year() {
        let [yearless, first, second, other] = ["--03-12", "1984-03-12", "1985-03-12", "--03-13"]
            .map(|text| text.parse::<AnnualDay>().expect("a day"));
        assert!(yearless.is_one_with(first) && second.is_one_with(yearless));
        assert!(!first.is_one_with(second) && !other.is_one_with(first));
        assert!(yearless.learns_from(first) && !first.learns_from(yearless));
        assert!(!other.learns_from(first) && !yearless.learns_from(yearless));
    }

    #[test]
    fn a_day_does_not_come_before_its_first_year() {
        let wedding: AnnualDay = "2027-06-05".parse().expect("a day");
        let first = wedding.next(day("2026-11-23"));
        assert_eq!((first, wedding.years_on(first)), (day("2027-06-05"), None));
        let later = wedding.next(day("2027-06-06"));
        assert_eq!(
            (later, wedding.years_on(later)),
            (day("2028-06-05"), Some(1))
        );
    }
}
