//! Reads dates as other programs write them.

use chrono::{Datelike, NaiveDate};

use crate::domain::AnnualDay;
use crate::domain::dates::day_words::MONTHS;

/// Which number in `3/5/2023` comes first.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Order {
    /// The day, as in most of the world.
    DayFirst,
    /// The month, as in the United States.
    MonthFirst,
}

#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Dates {
    pub(super) order: Option<Order>,
    pub(super) today: NaiveDate,
}

#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum DateProblem {
    NotADate,
    /// A part of a date, such as a year. Standards allow it, but it is no day.
    InPart,
    /// It can be read as two different dates.
    Ambiguous,
}

impl DateProblem {
    /// What is reported about `text`, because of which `what` is left out.
    pub(super) fn report(self, text: &str, what: &str) -> String {
        match self {
            Self::NotADate | Self::InPart => format!("`{text}` is not a date: {what} left out"),
            Self::Ambiguous => format!(
                "`{text}` is ambiguous: {what} left out (use `--dates dmy` or `--dates mdy`)"
            ),
        }
    }
}

const WEEKDAYS: [&str; 7] = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];

/// The years that mean "no year" in programs that need one: Apple's 1604, and 0.
const NO_YEAR: [i32; 2] = [1604, 0];

impl Dates {
    /// Reads a date, with or without a year: `1986-02-28`, `19860228`, `--0412`, `05 Mar 2023`, `5-Mar-23`,
    /// `March 5, 2023`, `3/5/23, 9:41 AM`, `12.4.1985`.
    pub(super) fn read(self, text: &str) -> Result<AnnualDay, DateProblem> {
        let (text, is_us) = without_time(text.trim());
        if let Some(rest) = text.strip_prefix("--") {
            let digits = rest.chars().filter(char::is_ascii_digit).count();
            return match numbers(rest).as_slice() {
                [month, day] => dated(NO_YEAR[0], *month, *day),
                [both] if digits == 4 => dated(NO_YEAR[0], both / 100, both % 100),
                _ => Err(in_part(text)),
            };
        }
        if text.len() == 8 && text.bytes().all(|byte| byte.is_ascii_digit()) {
            let number: i32 = text.parse().map_err(|_| DateProblem::NotADate)?;
            return dated(number / 10_000, number / 100 % 100, number % 100);
        }
        if text.chars().any(char::is_alphabetic) {
            return self.in_words(text).map_err(|problem| match problem {
                DateProblem::NotADate => in_part(text),
                problem => problem,
            });
        }
        let is_mark =
            |c: char| matches!(c, '-' | '/' | '.') || c.is_ascii_digit() || c.is_whitespace();
        if !text.chars().all(is_mark) {
            return Err(DateProblem::NotADate);
        }
        let first_length = text.bytes().take_while(u8::is_ascii_digit).count();
        match numbers(text).as_slice() {
            [year, month, day] if *year > 31 || first_length == 4 => {
                let year = self.full_year(*year, &text[..first_length]);
                dated(year, *month, *day)
            }
            [first, second, year] => {
                let year = self.full_year(*year, text);
                // With dots the day comes first everywhere, whatever the rest of a file does with slashes.
                let order = certain(*first, *second)
                    .or(text.contains('.').then_some(Order::DayFirst))
                    .or(self.order)
                    .or(is_us.then_some(Order::MonthFirst));
                match order {
                    Some(Order::DayFirst) => dated(year, *second, *first),
                    Some(Order::MonthFirst) => dated(year, *first, *second),
                    None if first == second => dated(year, *first, *second),
                    None => Err(DateProblem::Ambiguous),
                }
            }
            // `12.03.`, as in Germany.
            [day, month] if text.ends_with('.') => dated(NO_YEAR[0], *month, *day),
            // `03/12`, as of Mailchimp.
            [first, second] if text.contains('/') => {
                match certain(*first, *second).or(self.order) {
                    Some(Order::DayFirst) => dated(NO_YEAR[0], *second, *first),
                    Some(Order::MonthFirst) => dated(NO_YEAR[0], *first, *second),
                    None => Err(DateProblem::Ambiguous),
                }
            }
            _ => Err(in_part(text)),
        }
    }

    /// The same for a day with its year.
    pub(super) fn day(self, text: &str) -> Option<NaiveDate> {
        match self.read(text) {
            Ok(AnnualDay::Date(day)) => Some(day),
            _ => None,
        }
    }

    /// `05 Mar 2023`, `5-Mar-23`, `Sunday, March 5, 2023`, `5 March`.
    fn in_words(self, text: &str) -> Result<AnnualDay, DateProblem> {
        let words = text.split(|c: char| !c.is_alphanumeric());
        let is_weekday = |word: &&str| {
            let word = word.to_lowercase();
            word.ends_with("day") || WEEKDAYS.contains(&word.as_str())
        };
        let words = words.filter(|word| !word.is_empty() && !is_weekday(word));
        let words: Vec<&str> = words.collect();
        let (first, second, year) = match words[..] {
            [first, second, year] => (first, second, Some(year)),
            [first, second] => (first, second, None),
            _ => return Err(DateProblem::NotADate),
        };
        let month = |word: &str| {
            let word = word.to_lowercase();
            (1..)
                .zip(MONTHS)
                .find(|(_, month)| word.starts_with(month))
                .map(|(number, _)| number)
        };
        let (day, month) = match (month(first), month(second)) {
            (None, Some(month)) => (first, month),
            (Some(month), None) => (second, month),
            _ => return Err(DateProblem::NotADate),
        };
        let number = |word: &str| word.parse().map_err(|_| DateProblem::NotADate);
        match year {
            Some(year) => dated(self.full_year(number(year)?, text), month, number(day)?),
            None if number(day)? > 31 => Err(DateProblem::InPart),
            None => dated(NO_YEAR[0], month, number(day)?),
        }
    }

    /// Completes a year of two digits to the most recent such year.
    fn full_year(self, year: i32, text: &str) -> i32 {
        let last = text.rsplit(|c: char| !c.is_ascii_digit()).next();
        if year > 99 || last.is_some_and(|last| last.len() > 2) {
            return year;
        }
        let this_year = self.today.year();
        let year = this_year - this_year % 100 + year;
        if year > this_year { year - 100 } else { year }
    }
}

/// Which number comes first in a column of dates, if an unambiguous one shows it.
pub(super) fn order<'t>(days: impl IntoIterator<Item = &'t str>) -> Option<Order> {
    let mut orders = days.into_iter().filter_map(|text| {
        let (text, is_us) = without_time(text.trim());
        match numbers(text).as_slice() {
            _ if text.contains(['-', '.']) || text.chars().any(char::is_alphabetic) => None,
            [first, second] | [first, second, _] if *first <= 31 => {
                certain(*first, *second).or(is_us.then_some(Order::MonthFirst))
            }
            _ => None,
        }
    });
    let first = orders.next()?;
    orders.all(|order| order == first).then_some(first)
}

fn certain(first: i32, second: i32) -> Option<Order> {
    match (first, second) {
        (13..=31, 1..=12) => Some(Order::DayFirst),
        (1..=12, 13..=31) => Some(Order::MonthFirst),
        _ => None,
    }
}

/// The text without a time of day, and whether that time has twelve hours, which is usual where the month comes first.
fn without_time(text: &str) -> (&str, bool) {
    let is_us = text.ends_with(['M', 'm']) && text.contains(':');
    let at = text.find([',', 'T', ' ']).filter(|at| {
        let rest = &text[at + 1..];
        rest.contains(':') && !text[..*at].is_empty() || text.as_bytes()[*at] == b'T' && *at >= 6
    });
    (at.map_or(text, |at| &text[..at]).trim(), is_us)
}

/// Whether a text ends with a time of day, other than the midnight that programs write where there is none.
pub(super) fn has_time(text: &str) -> bool {
    let text = text.trim();
    let time = text[without_time(text).0.len()..].trim_start_matches([',', 'T', ' ']);
    let clock = time.split(['Z', '+', '-']).next().unwrap_or_default();
    let is_midnight = clock.starts_with("12:00") && clock.ends_with(['A', 'a', 'M', 'm']);
    !is_midnight && clock.contains(|c: char| matches!(c, '1'..='9'))
}

/// The problem with a text that is no date: `1985`, `1985-04`, `--04`, `---12` and `T102200` are parts of one.
///
/// Source: RFC 6350, 4.3.1 and 4.3.2.
fn in_part(text: &str) -> DateProblem {
    let is_shape = |shape: &str| {
        shape.len() == text.len()
            && shape.bytes().zip(text.bytes()).all(|(shape, byte)| {
                if shape == b'0' {
                    byte.is_ascii_digit()
                } else {
                    byte == shape
                }
            })
    };
    let is_month = |month: &str| matches!(month.parse(), Ok(1..=12));
    let is_part = match text.len() {
        4 if is_shape("0000") => text != "0000",
        7 if is_shape("0000-00") => is_month(&text[5..]),
        4 if is_shape("--00") => is_month(&text[2..]),
        5 if is_shape("---00") => matches!(text[3..].parse(), Ok(1..=31)),
        _ => text.strip_prefix('T').is_some_and(|time| {
            let is_part = |c: char| c.is_ascii_digit() || matches!(c, ':' | '-' | '+' | 'Z');
            time.contains(|c: char| c.is_ascii_digit()) && time.chars().all(is_part)
        }),
    };
    if is_part {
        DateProblem::InPart
    } else {
        DateProblem::NotADate
    }
}

fn numbers(text: &str) -> Vec<i32> {
    let parts = text.split(|c: char| !c.is_ascii_digit());
    parts.filter_map(|part| part.parse().ok()).collect()
}

/// A date, or a birthday without a year where the year means none.
fn dated(year: i32, month: i32, day: i32) -> Result<AnnualDay, DateProblem> {
    let [month, day] = [month, day].map(|number| u32::try_from(number).unwrap_or_default());
    let is_yearless = NO_YEAR.contains(&year);
    // A leap year, so that 29 February is valid.
    let in_year = if is_yearless { 2024 } else { year };
    match NaiveDate::from_ymd_opt(in_year, month, day) {
        Some(_) if is_yearless => Ok(AnnualDay::Yearless { month, day }),
        Some(date) if (1..=9999).contains(&year) => Ok(AnnualDay::Date(date)),
        _ => Err(DateProblem::NotADate),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<String, DateProblem> {
        let dates = Dates {
            order: None,
            today: "2026-11-23".parse().expect("a day"),
        };
        dates.read(text).map(|day| day.to_string())
    }

    #[test]
    fn dates_come_in_many_shapes() {
        for (text, day) in [
            ("1986-02-28", "1986-02-28"),
            ("19860228", "1986-02-28"),
            ("1986/2/8", "1986-02-08"),
            ("1986-02-28T00:00:00Z", "1986-02-28"),
            ("1986-02-28 10:00:00", "1986-02-28"),
            ("20090808T1430-0500", "2009-08-08"),
            (" --04-12", "--04-12"),
            ("--0412", "--04-12"),
            ("--4-2", "--04-02"),
            ("1604-04-12", "--04-12"),
            ("0000-02-29", "--02-29"),
            ("0005-04-03", "0005-04-03"),
            ("05 Mar 2023", "2023-03-05"),
            ("5-Mar-23", "2023-03-05"),
            ("31-Dec-99", "1999-12-31"),
            ("March 5, 2023", "2023-03-05"),
            ("12/31/19, 11:02 PM", "2019-12-31"),
            ("3/5/23, 9:41 AM", "2023-03-05"),
            ("31/12/2019", "2019-12-31"),
            ("5/5/2019", "2019-05-05"),
            ("12.4.1985", "1985-04-12"),
            ("85-04-12", "1985-04-12"),
            ("Monday, March 12, 1984", "1984-03-12"),
            ("12 March", "--03-12"),
            ("March 12", "--03-12"),
            ("12.03.", "--03-12"),
            ("12/25", "--12-25"),
        ] {
            assert_eq!(read(text).as_deref(), Ok(day), "{text}");
        }
        for text in [
            "",
            "circa 1800",
            "1986-02-29",
            "0/0/00",
            "1986-13",
            "--13",
            "---32",
            "31 Foo",
            "12.13.",
            "--1301",
            "5 Foo 2023",
            "1/2/3/4",
            "x",
        ] {
            assert_eq!(read(text), Err(DateProblem::NotADate), "{text}");
        }
        for text in [
            "1986",
            "1986-04",
            "--04",
            "---12",
            "T102200",
            "T10:22Z",
            "April 1986",
            "Apr 86",
        ] {
            assert_eq!(read(text), Err(DateProblem::InPart), "{text}");
        }
        for text in ["4/12/1985", "4/12"] {
            assert_eq!(read(text), Err(DateProblem::Ambiguous), "{text}");
        }
    }

    #[test]
    fn the_order_of_a_file_is_for_what_can_mean_two_days() {
        let dates = Dates {
            order: Some(Order::MonthFirst),
            today: "2026-11-23".parse().expect("a day"),
        };
        let read = |text: &str| dates.read(text).map(|day| day.to_string());
        for (text, day) in [
            ("3/4/1970", "1970-03-04"),
            ("3.4.1970", "1970-04-03"),
            ("25.12.1980", "1980-12-25"),
            ("25/12/1980", "1980-12-25"),
            ("25/12", "--12-25"),
        ] {
            assert_eq!(read(text).as_deref(), Ok(day), "{text}");
        }
    }

    #[test]
    fn a_time_of_day_is_noticed() {
        for (text, expected) in [
            ("1986-02-28", false),
            ("1986-02-28T00:00:00Z", false),
            ("19860228T000000+0200", false),
            ("3/5/1986, 12:00:00 AM", false),
            ("19531015T231000Z", true),
            ("1986-02-28 10:00:00", true),
            ("3/5/1986, 12:30 PM", true),
        ] {
            assert_eq!(has_time(text), expected, "{text}");
        }
    }

    #[test]
    fn a_column_shows_which_number_is_the_month() {
        assert_eq!(order(["4/12/1985", "12/31/2019"]), Some(Order::MonthFirst));
        assert_eq!(order(["4/12", "12/31"]), Some(Order::MonthFirst));
        assert_eq!(
            order(["4/12/1985", "31/12/2019", "x"]),
            Some(Order::DayFirst)
        );
        assert_eq!(order(["31/12/2019", "12/31/2019"]), None);
        assert_eq!(
            order(["2019-12-31", "5-Mar-23", "0/0/00", "4/5/1985"]),
            None
        );
    }
}
