//! A day of every year that is not the birthday.

use std::fmt;

use super::annual_day::AnnualDay;

/// A day that comes back every year and is not the birthday: a wedding, a first day at work.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct OtherDay {
    /// The day; its year, if known, is the one in which it began.
    pub on: AnnualDay,
    /// What it is.
    pub what: String,
}

/// As it is typed: `--06-01: wedding`.
impl fmt::Display for OtherDay {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.on, self.what)
    }
}
