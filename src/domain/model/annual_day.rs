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
    /// The first birthday on or after `today`. In other than leap years, 29 February becomes the 28th.
    pub(crate) fn next(self, today: NaiveDate) -> NaiveDate {
        let (month, day) = match self {
            Self::Date(date) => (date.month(), date.day()),
            Self::Yearless { month, day } => (month, day),
        };
        let in_year = |year| {
            NaiveDate::from_ymd_opt(year, month, day)
                .or_else(|| NaiveDate::from_ymd_opt(year, month, day - 1))
                .unwrap_or(today)
        };
        let this_year = in_year(today.year());
        if this_year >= today {
            this_year
        } else {
            in_year(today.year() + 1)
        }
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
        let yearless = typed.strip_prefix("--");
        // A leap year, because 29 February is a valid birthday.
        let whole = yearless.map_or_else(|| typed.to_owned(), |rest| format!("2024-{rest}"));
        let date = NaiveDate::parse_from_str(&whole, "%Y-%m-%d").ok();
        let date = date
            .filter(|date| whole.len() == 10 && (1..=9999).contains(&date.year()))
            .ok_or_else(|| {
                Mistyped::new(
                    format!("`{typed}` is not a birthday"),
                    "write `1984-03-12`, or `--03-12` without the year",
                )
            })?;
        let (month, day) = (date.month(), date.day());
        Ok(match yearless {
            None => Self::Date(date),
            Some(_) => Self::Yearless { month, day },
        })
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
    }
}
