//! What someone was before they moved, as a line of their notes.

use std::fmt;

use chrono::{Days, NaiveDate};

use super::on_one_line;

/// The title and the company that a contact had up to a day. The notes keep them as a line: `2026-11-30: was Head of Data at
/// Acme`, `2026-11-30: was at Acme`. A title with an `at` in it is in quotes, so that the line can be read back: `2026-11-30: was
/// "Engineer at heart" at Acme`. So is one without a company, since a diary has lines like `2026-11-30: was ill`.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) struct PastJob<'n> {
    /// The day on which the book learned of the move.
    pub(crate) on: NaiveDate,
    /// The title and the company, or one of them: `Head of Data at Acme`, `at Acme`, `"Engineer"`.
    pub(crate) was: &'n str,
}

/// A way to read what someone was.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) struct FormerJob<'n> {
    /// The title, if it is named.
    pub(crate) title: Option<&'n str>,
    /// The company, if it is named.
    pub(crate) company: Option<&'n str>,
}

/// What a contact has now in its place.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum NewJob<'c> {
    /// Another company.
    At(&'c str),
    /// Another title in the same company.
    As(&'c str),
}

/// What stands before a new company.
const NEW_JOB: &str = "new job at ";

/// What stands before a new title.
const NEW_TITLE: &str = "new title: ";

/// What stands between the day and what they were.
const WAS: &str = ": was ";

impl<'n> PastJob<'n> {
    /// Those in `notes` on or before `today` and at most `most` days old, in the order of the lines.
    pub(crate) fn recent(
        notes: &'n str,
        today: NaiveDate,
        most: u64,
    ) -> impl Iterator<Item = Self> {
        let first = today.checked_sub_days(Days::new(most)).unwrap_or(today);
        let jobs = notes.lines().filter_map(Self::from_line);
        jobs.filter(move |job| (first..=today).contains(&job.on))
    }

    /// A line of the notes, if it is one.
    pub(crate) fn from_line(line: &'n str) -> Option<Self> {
        let (on, was) = line.trim().split_once(WAS)?;
        let on = iso_day(on)?;
        let job = Self {
            on,
            was: was.trim(),
        };
        job.readings().next().map(|_| job)
    }

    /// What the line may mean. There are several readings where a title without quotes is followed by more than one `at`: then
    /// the title ends before one of them, before the first if netkeep wrote it.
    pub(crate) fn readings(self) -> impl Iterator<Item = FormerJob<'n>> {
        let of = |title, company| FormerJob { title, company };
        let was = self.was;
        let sole = if let Some(company) = was.strip_prefix("at ") {
            Some(of(None, Some(company)))
        } else if let Some((title, company)) = quoted(was) {
            Some(of(Some(title), company))
        } else {
            None
        };
        let places = was.match_indices(AT).filter(move |_| sole.is_none());
        let split = places.map(move |(at, _)| of(Some(&was[..at]), Some(&was[at + AT.len()..])));
        sole.into_iter().chain(split.take(MOST_READINGS))
    }

    /// Whether a company is named.
    pub(crate) fn has_company(self) -> bool {
        self.readings().any(|job| job.company.is_some())
    }
}

/// What stands between a title and a company.
const AT: &str = " at ";

/// How many readings of a line are looked at: no title has so many `at`, and each reading takes time.
const MOST_READINGS: usize = 8;

/// What someone was, as it stands in a line: `Head of Data at Acme`, `"Engineer"`.
pub(crate) fn was(title: Option<&str>, company: Option<&str>) -> String {
    let title = title.map(|title| {
        let title = on_one_line(title);
        let is_clear = !title.starts_with('"') && !format!(" {title} ").contains(AT);
        let is_plain = is_clear && company.is_some();
        if is_plain {
            title
        } else {
            format!("\"{}\"", title.replace('"', "'"))
        }
    });
    let company = company.map(|company| format!("at {}", on_one_line(company)));
    title
        .into_iter()
        .chain(company)
        .collect::<Vec<_>>()
        .join(" ")
}

/// A title in quotes, and the company after it.
fn quoted(was: &str) -> Option<(&str, Option<&str>)> {
    let (title, rest) = was.strip_prefix('"')?.split_once('"')?;
    if rest.is_empty() {
        return Some((title, None));
    }
    rest.strip_prefix(AT).map(|company| (title, Some(company)))
}

/// A day as netkeep writes it; `chrono` reads `+2026-11-1`, too.
fn iso_day(text: &str) -> Option<NaiveDate> {
    let day: NaiveDate = text.parse().ok()?;
    (day.to_string() == text).then_some(day)
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
            Self::At(company) => write!(f, "{NEW_JOB}{}", on_one_line(company)),
            Self::As(title) => write!(f, "{NEW_TITLE}{}", on_one_line(title)),
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
    fn lines_of_the_last_days_count() {
        let recent = |notes: &str| {
            let jobs = PastJob::recent(notes, day("2026-11-30"), 90);
            let told = jobs.map(|job| {
                assert!(notes.contains(&job.to_string()), "{job}");
                format!("{} {}", job.on, job.was)
            });
            told.collect::<Vec<_>>().join(", ")
        };
        for (notes, expected) in [
            ("2026-11-12: was at Acme", "2026-11-12 at Acme"),
            (
                "Two kids.\n  2026-11-12: was CTO at A",
                "2026-11-12 CTO at A",
            ),
            (
                "2026-11-12: was at A\n2026-10-01: was at B",
                "2026-11-12 at A, 2026-10-01 at B",
            ),
            (
                "2026-11-12: was at A\n2026-12-01: was at B",
                "2026-11-12 at A",
            ),
            ("2026-11-30: was at A", "2026-11-30 at A"),
            ("2026-09-01: was at A", "2026-09-01 at A"),
            ("2026-08-31: was at A", ""),
            ("2026-12-01: was at A", ""),
            ("2026-11-12: was ", ""),
            ("2026-11-12: is ill", ""),
            ("2026-11-12: was ill", ""),
            ("2026-11-12: was \"Engineer\"", "2026-11-12 \"Engineer\""),
            ("In 2026-11-12: was at A", ""),
            ("+2026-11-1: was at A", ""),
            ("", ""),
        ] {
            assert_eq!(recent(notes), expected, "{notes}");
        }
    }

    /// The readings of what they were, such as `CTO / Acme`.
    fn readings(was: &str) -> Vec<String> {
        let on = day("2026-11-30");
        let readings = PastJob { on, was }.readings();
        let told = readings.map(|job| {
            let [title, company] = [job.title, job.company].map(Option::unwrap_or_default);
            format!("{title} / {company}")
        });
        told.collect()
    }

    #[test]
    fn a_line_says_what_they_were_and_where() {
        let some = |text: &'static str| (!text.is_empty()).then_some(text);
        let case = |title, company, line: &str, first: &str| {
            let was = was(some(title), some(company));
            let on = day("2026-11-30");
            let job = PastJob { on, was: &was };
            assert_eq!(job.to_string(), format!("2026-11-30: was {line}"));
            assert_eq!(PastJob::from_line(&job.to_string()), Some(job));
            assert_eq!(readings(&was)[0], first);
        };
        case(
            "Head of Data",
            "Acme",
            "Head of Data at Acme",
            "Head of Data / Acme",
        );
        case("", "Acme\nGroup ", "at Acme Group", " / Acme Group");
        case("Engineer", "", "\"Engineer\"", "Engineer / ");
        case("Chat lead", "A", "Chat lead at A", "Chat lead / A");
        case(
            "CTO",
            "Acme at Large",
            "CTO at Acme at Large",
            "CTO / Acme at Large",
        );
        // A title that could be misread is in quotes.
        let heart = "Engineer at heart";
        case(heart, "", "\"Engineer at heart\"", "Engineer at heart / ");
        case(
            heart,
            "Acme",
            "\"Engineer at heart\" at Acme",
            "Engineer at heart / Acme",
        );
        case(
            heart,
            "\"A\" at B",
            "\"Engineer at heart\" at \"A\" at B",
            "Engineer at heart / \"A\" at B",
        );
        case("at sea", "Acme", "\"at sea\" at Acme", "at sea / Acme");
        case("Cook at", "Acme", "\"Cook at\" at Acme", "Cook at / Acme");
        case(
            "\"Cook\" at B",
            "Acme",
            "\"'Cook' at B\" at Acme",
            "'Cook' at B / Acme",
        );
        case("\"Cook\"", "Acme", "\"'Cook'\" at Acme", "'Cook' / Acme");
    }

    #[test]
    fn a_line_of_another_hand_may_have_several_readings() {
        let case = |was: &str, expected: &[&str]| assert_eq!(readings(was), expected, "{was}");
        case(
            "Head at large at Acme",
            &["Head / large at Acme", "Head at large / Acme"],
        );
        case("\"Cook\" at sea", &["Cook / sea"]);
        case("\"Cook\", once at sea", &["\"Cook\", once / sea"]);
        case("\"Cook", &[]);
        case("\"", &[]);
        case("ill", &[]);
    }
}
