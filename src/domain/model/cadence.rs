//! How long a contact may go without a touch.

use std::fmt;
use std::str::FromStr;

use chrono::{Days, Months, NaiveDate};

use super::mistyped::Mistyped;

/// A count and a unit: `10 days`, `2 weeks`, `3 months`, `1 year`.
///
/// Months and years are calendar ones: a month after 31 January is the last day of February.
///
/// ```
/// use netkeep::domain::Cadence;
///
/// let cadence: Cadence = "2w".parse()?;
/// assert_eq!(cadence.to_string(), "2 weeks");
/// assert_eq!("quarterly".parse::<Cadence>()?.to_string(), "3 months");
/// # Ok::<(), netkeep::domain::model::mistyped::Mistyped>(())
/// ```
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct Cadence {
    count: u16,
    unit: Unit,
}

/// The unit of a cadence, or of a relative day.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Unit {
    Day,
    Week,
    Month,
    Year,
}

/// The largest count: even in years it stays well within the calendar.
const LARGEST: u16 = 9999;

impl Cadence {
    /// A cadence of about this many days, in the unit people would use: days below two weeks, weeks below ten, then months,
    /// then years.
    ///
    /// ```
    /// use netkeep::domain::Cadence;
    ///
    /// let near = |days| Cadence::near(days).to_string();
    /// assert_eq!(near(9), "9 days");
    /// assert_eq!(near(30), "4 weeks");
    /// assert_eq!(near(100), "3 months");
    /// assert_eq!(near(800), "2 years");
    /// ```
    pub fn near(days: i64) -> Self {
        let (count, unit) = match days {
            ..14 => (days, Unit::Day),
            14..70 => ((days + 3) / 7, Unit::Week),
            // A month is 30.44 days, a year 365.25.
            70..700 => ((days * 100 + 1522) / 3044, Unit::Month),
            _ => ((days * 100 + 18262) / 36525, Unit::Year),
        };
        let count = u16::try_from(count.max(1)).unwrap_or(LARGEST).min(LARGEST);
        Self { count, unit }
    }

    pub(super) const fn years(count: u16) -> Self {
        Self {
            count,
            unit: Unit::Year,
        }
    }

    /// Whether it is shorter than another, whatever the month: four weeks are shorter than a month, thirty days are not.
    pub(crate) fn is_shorter_than(self, other: Self) -> bool {
        let (is_calendar, length) = self.length();
        let (is_other_calendar, other) = other.length();
        if is_calendar == is_other_calendar {
            return length < other;
        }
        // A month is 30.44 days; no one counts a day more or less.
        let hundredths = |is_calendar, length| length * if is_calendar { 3044 } else { 100 };
        hundredths(is_calendar, length) + 200 < hundredths(is_other_calendar, other)
    }

    /// Its length in months if its unit is one of the calendar's, or else in days.
    fn length(self) -> (bool, u32) {
        let count = u32::from(self.count);
        match self.unit {
            Unit::Day => (false, count),
            Unit::Week => (false, count * 7),
            Unit::Month => (true, count),
            Unit::Year => (true, count * 12),
        }
    }

    /// The day this long after `day`, or `None` past the end of the calendar (the year 262142).
    pub(crate) fn after(self, day: NaiveDate) -> Option<NaiveDate> {
        self.unit.add(day, self.count.into())
    }

    /// The same, or the last day of the calendar.
    pub(crate) fn end(self, start: NaiveDate) -> NaiveDate {
        self.after(start).unwrap_or(NaiveDate::MAX)
    }

    /// The days from `day` to the day this long after it; at least 1.
    pub fn days_from(self, day: NaiveDate) -> i64 {
        (self.end(day) - day).num_days().max(1)
    }
}

impl Unit {
    /// The unit for a word or letter: `d`, `day`, `days`, `w` ...
    pub(crate) fn named(word: &str) -> Option<Self> {
        Some(match word {
            "d" | "day" | "days" => Self::Day,
            "w" | "week" | "weeks" => Self::Week,
            "m" | "mo" | "month" | "months" => Self::Month,
            "y" | "year" | "years" => Self::Year,
            _ => return None,
        })
    }

    /// The day `count` units after `day`; where a month is too short, its last day.
    pub(crate) fn add(self, day: NaiveDate, count: u32) -> Option<NaiveDate> {
        match self {
            Self::Day => day.checked_add_days(Days::new(count.into())),
            Self::Week => day.checked_add_days(Days::new(u64::from(count) * 7)),
            Self::Month => day.checked_add_months(Months::new(count)),
            Self::Year => day.checked_add_months(Months::new(count.checked_mul(12)?)),
        }
    }

    /// The day `count` units before `day`, as in [`Unit::add`].
    pub(crate) fn subtract(self, day: NaiveDate, count: u32) -> Option<NaiveDate> {
        match self {
            Self::Day => day.checked_sub_days(Days::new(count.into())),
            Self::Week => day.checked_sub_days(Days::new(u64::from(count) * 7)),
            Self::Month => day.checked_sub_months(Months::new(count)),
            Self::Year => day.checked_sub_months(Months::new(count.checked_mul(12)?)),
        }
    }

    fn word(self) -> &'static str {
        match self {
            Self::Day => "day",
            Self::Week => "week",
            Self::Month => "month",
            Self::Year => "year",
        }
    }
}

impl fmt::Display for Cadence {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let plural = if self.count == 1 { "" } else { "s" };
        write!(f, "{} {}{plural}", self.count, self.unit.word())
    }
}

pub(crate) const HINT: &str = "write a count and a unit: `10 days`, `2 weeks`, `3 months`, `1 year` (or `10d`, `2w`, `3m`, `1y`, \
                               `monthly`)";

impl FromStr for Cadence {
    type Err = Mistyped;

    fn from_str(typed: &str) -> Result<Self, Mistyped> {
        let err = |what: &str| Mistyped::new(format!("`{typed}` {what}"), HINT);
        let text = typed.trim().to_lowercase();
        let (count, unit) = match text.as_str() {
            "weekly" => ("1", Unit::Week),
            "fortnightly" => ("2", Unit::Week),
            "monthly" => ("1", Unit::Month),
            "quarterly" => ("3", Unit::Month),
            "yearly" => ("1", Unit::Year),
            text => {
                let end = text
                    .find(|c: char| !c.is_ascii_digit())
                    .unwrap_or(text.len());
                let (count, unit) = text.split_at(end);
                let unit = Unit::named(unit.trim_start());
                match (count, unit) {
                    ("", _) | (_, None) => return Err(err("is not a cadence")),
                    (count, Some(unit)) => (count, unit),
                }
            }
        };
        match count.parse::<u16>() {
            Ok(0) => Err(err("is too short; a cadence is at least a day")),
            Ok(count) if count <= LARGEST => Ok(Self { count, unit }),
            _ => Err(err("is too long; a cadence counts up to 9999")),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().expect("an ISO date")
    }

    #[test]
    fn a_cadence_is_shorter_whatever_the_month() {
        let cadence = |text: &str| text.parse::<Cadence>().expect("a cadence");
        for (shorter, longer) in [
            ("10 days", "11 days"),
            ("13 days", "2 weeks"),
            ("11 months", "1 year"),
            ("4 weeks", "1 month"),
            ("10 days", "3 months"),
            ("2 months", "10 weeks"),
        ] {
            assert!(
                cadence(shorter).is_shorter_than(cadence(longer)),
                "{shorter}"
            );
            assert!(
                !cadence(longer).is_shorter_than(cadence(shorter)),
                "{longer}"
            );
        }
        for (one, other) in [
            ("2 weeks", "14 days"),
            ("12 months", "1 year"),
            ("30 days", "1 month"),
            ("13 weeks", "3 months"),
            ("52 weeks", "1 year"),
        ] {
            assert!(!cadence(one).is_shorter_than(cadence(other)), "{one}");
            assert!(!cadence(other).is_shorter_than(cadence(one)), "{other}");
        }
    }

    #[test]
    fn reads_counts_units_and_words() {
        for (typed, shown) in [
            ("10 days", "10 days"),
            ("1 day", "1 day"),
            ("2w", "2 weeks"),
            ("2 w", "2 weeks"),
            ("3m", "3 months"),
            ("3mo", "3 months"),
            ("1y", "1 year"),
            ("  4  Weeks ", "4 weeks"),
            ("weekly", "1 week"),
            ("fortnightly", "2 weeks"),
            ("Monthly", "1 month"),
            ("quarterly", "3 months"),
            ("yearly", "1 year"),
            ("999 years", "999 years"),
        ] {
            assert_eq!(
                typed.parse::<Cadence>().map(|cadence| cadence.to_string()),
                Ok(shown.to_owned()),
                "{typed}"
            );
        }
    }

    #[track_caller]
    fn refused(typed: &str, what: &str) {
        let err = typed.parse::<Cadence>().map_err(|err| err.message);
        assert_eq!(
            err,
            Err(format!("`{typed}` {what}").replace("``", "an empty text"))
        );
    }

    #[test]
    fn refuses_what_is_not_a_cadence() {
        let empty = "".parse::<Cadence>().map_err(|err| err.message);
        assert_eq!(empty, Err("an empty text is not a cadence".to_owned()));
        for typed in [
            "w",
            "5",
            "fortnight",
            "2 week ago",
            "-3 days",
            "+3 days",
            "2.5 weeks",
            "2ww",
            "२ days",
            "biweekly",
        ] {
            refused(typed, "is not a cadence");
        }
        refused("0 days", "is too short; a cadence is at least a day");
        for typed in ["10000 days", "99999999999999999999 years"] {
            refused(typed, "is too long; a cadence counts up to 9999");
        }
    }

    #[test]
    fn months_and_years_follow_the_calendar() {
        for (cadence, from, to) in [
            ("1 month", "2026-01-31", "2026-02-28"),
            ("1 month", "2028-01-31", "2028-02-29"),
            ("1 year", "2028-02-29", "2029-02-28"),
            ("4 weeks", "2026-11-02", "2026-11-30"),
            ("999 years", "2026-11-23", "3025-11-23"),
        ] {
            let cadence: Cadence = cadence.parse().expect("a cadence");
            assert_eq!(cadence.after(day(from)), Some(day(to)));
        }
    }

    #[test]
    fn the_longest_cadence_stays_inside_the_calendar() {
        let cadence: Cadence = "9999 years".parse().expect("a cadence");
        assert!(cadence.after(day("9999-12-31")).is_some());
    }
}
