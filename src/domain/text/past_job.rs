//! What someone was before they moved, as a line of their notes.

use std::fmt;

use chrono::{Days, NaiveDate};

/// The company or the title that a contact had up to a day. The notes keep it as a line: `2026-11-30: was Head of Data at
/// Acme`, `2026-11-30: was at Acme`, `2026-11-30: was Engineer`.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) struct PastJob<'n> {
    /// The day on which the book learned of the move.
    pub(crate) on: NaiveDate,
    /// The title and the company, or one of them: `Head of Data at Acme`, `at Acme`, `Engineer`.
    pub(crate) was: &'n str,
}

/// What a contact has now in its place.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum NewJob<'c> {
    /// Another company.
    At(&'c str),
    /// Another title in the same company.
    As(&'c str),
}

/// What stands between the day and what they were.
const WAS: &str = ": was ";

impl<'n> PastJob<'n> {
    /// The newest one in `notes` on or before `today`; of two on one day, the later line. It is at most `most` days old.
    pub(crate) fn newest(notes: &'n str, today: NaiveDate, most: u64) -> Option<Self> {
        let first = today.checked_sub_days(Days::new(most))?;
        let jobs = notes.lines().filter_map(Self::from_line);
        let past = jobs.filter(|job| (first..=today).contains(&job.on));
        past.max_by_key(|job| job.on)
    }

    fn from_line(line: &'n str) -> Option<Self> {
        let (on, was) = line.trim().split_once(WAS)?;
        let on = iso_day(on)?;
        let was = was.trim();
        (!was.is_empty()).then_some(Self { on, was })
    }

    /// The company, if it is named. In a title, the last `at` is taken for the one before it.
    pub(crate) fn company(self) -> Option<&'n str> {
        let at = self.was.rsplit_once(" at ").map(|(_, company)| company);
        at.or_else(|| self.was.strip_prefix("at "))
    }
}

/// What someone was, as it stands in a line: `Head of Data at Acme`.
pub(crate) fn was(title: Option<&str>, company: Option<&str>) -> String {
    let company = company.map(|company| format!("at {company}"));
    let parts = title.map(str::to_owned).into_iter().chain(company);
    one_line(&parts.collect::<Vec<_>>().join(" "))
}

/// A day as netkeep writes it; `chrono` reads `+2026-11-1`, too.
fn iso_day(text: &str) -> Option<NaiveDate> {
    let day: NaiveDate = text.parse().ok()?;
    (day.to_string() == text).then_some(day)
}

/// A text on one line, since each of these is a line.
fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The line of the notes.
impl fmt::Display for PastJob<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}{WAS}{}", self.on, self.was)
    }
}

/// `new job at Basalt`, `new title: CTO`.
impl fmt::Display for NewJob<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::At(company) => write!(f, "new job at {}", one_line(company)),
            Self::As(title) => write!(f, "new title: {}", one_line(title)),
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
    fn the_newest_line_counts() {
        let newest = |notes: &str| {
            let job = PastJob::newest(notes, day("2026-11-30"), 90)?;
            assert!(notes.contains(&job.to_string()), "{job}");
            Some(format!("{} {}", job.on, job.was))
        };
        for (notes, expected) in [
            ("2026-11-12: was at Acme", Some("2026-11-12 at Acme")),
            ("Two kids.\n  2026-11-12: was CTO", Some("2026-11-12 CTO")),
            ("2026-11-12: was A\n2026-10-01: was B", Some("2026-11-12 A")),
            ("2026-11-12: was A\n2026-11-12: was B", Some("2026-11-12 B")),
            ("2026-11-12: was A\n2026-12-01: was B", Some("2026-11-12 A")),
            ("2026-11-30: was A", Some("2026-11-30 A")),
            ("2026-09-01: was A", Some("2026-09-01 A")),
            ("2026-08-31: was A", None),
            ("2026-12-01: was A", None),
            ("2026-11-12: was ", None),
            ("2026-11-12: is ill", None),
            ("In 2026-11-12: was A", None),
            ("+2026-11-1: was A", None),
            ("", None),
        ] {
            assert_eq!(newest(notes).as_deref(), expected, "{notes}");
        }
    }

    #[test]
    fn a_line_says_what_they_were_and_where() {
        let case = |title, company, line: &str, firm| {
            let was = was(title, company);
            let on = day("2026-11-30");
            let job = PastJob { on, was: &was };
            assert_eq!(job.to_string(), format!("2026-11-30: was {line}"));
            assert_eq!(PastJob::from_line(&job.to_string()), Some(job));
            assert_eq!(job.company(), firm);
        };
        case(
            Some("Head of Data"),
            Some("Acme"),
            "Head of Data at Acme",
            Some("Acme"),
        );
        case(
            None,
            Some("Acme\nGroup "),
            "at Acme Group",
            Some("Acme Group"),
        );
        case(Some("Engineer"), None, "Engineer", None);
        case(Some("Chat lead"), None, "Chat lead", None);
    }
}
