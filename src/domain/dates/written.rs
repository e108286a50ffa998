//! A day of the calendar as it is written, by people and by netkeep: `Fri 27 Nov 2026`, `13 May`, `27.11.2026`.
//!
//! Numbers are a day only where they can mean one day: the order of `05/11/2026` is never guessed.

use chrono::{Datelike, NaiveDate, Weekday};

use super::day_words::{MONTHS, Toward, day_of_month, is_number, month, weekday};
use crate::domain::model::mistyped::Mistyped;

/// A day with what was written of it.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) struct WrittenDay {
    weekday: Option<Weekday>,
    pub(super) year: Option<i32>,
    pub(super) month: u32,
    pub(super) day: u32,
}

/// A leap year, which has every day.
pub(super) const LEAP_YEAR: i32 = 2024;

/// netkeep shows the weekday of a day that is nearer than so many days.
const SHOWN_WITH_WEEKDAY: i64 = 60;

impl WrittenDay {
    fn new(year: Option<i32>, month: u32, day: u32) -> Option<Self> {
        let in_year = year.unwrap_or(LEAP_YEAR);
        let is_day = in_year > 0 && NaiveDate::from_ymd_opt(in_year, month, day).is_some();
        let weekday = None;
        is_day.then_some(Self {
            weekday,
            year,
            month,
            day,
        })
    }

    /// Reads `text`, which is in lower case; `None` if it is no such day.
    pub(super) fn read(text: &str) -> Result<Option<Self>, Mistyped> {
        let text = text.strip_prefix("on ").unwrap_or(text).trim_start();
        let (first, rest) = text.split_once(char::is_whitespace).unwrap_or((text, ""));
        match weekday(first.trim_end_matches([',', '.'])).filter(|_| !rest.is_empty()) {
            None => read_date(text),
            weekday => Ok(read_date(rest)?.map(|written| Self { weekday, ..written })),
        }
    }

    /// The day in its own year, or else in the one closest to `today` in this direction.
    pub(super) fn near(self, today: NaiveDate, toward: Toward) -> Result<NaiveDate, Mistyped> {
        let (this, it) = ((today.month(), today.day()), (self.month, self.day));
        let year = self.year.unwrap_or_else(|| match toward {
            Toward::Past => today.year() - i32::from(it > this),
            Toward::Future | Toward::By => today.year() + i32::from(it < this),
        });
        let day = NaiveDate::from_ymd_opt(year, self.month, self.day).ok_or_else(|| {
            let step = if toward == Toward::Past { -1 } else { 1 };
            let mut years = (1..=8).map(|count| year + step * count);
            let has_it = |year: &i32| NaiveDate::from_ymd_opt(*year, 2, 29).is_some();
            let leap = years.find(has_it).unwrap_or(LEAP_YEAR);
            Mistyped::new(
                format!("{year} has no 29 February"),
                format!("write the year too, `{leap}-02-29`, or the day before, `28 feb`"),
            )
        })?;
        let checked = self.check(day).map(|()| day);
        checked.or_else(|wrong| self.across(today, day).ok_or(wrong))
    }

    /// The same day a year nearer to `today` or beyond it, if only that fits the weekday: a plan for `Fri 27 Nov` is shown
    /// so, whatever day is asked for.
    fn across(self, today: NaiveDate, day: NaiveDate) -> Option<NaiveDate> {
        let step = if day < today { 1 } else { -1 };
        let other = NaiveDate::from_ymd_opt(day.year() + step, self.month, self.day);
        other.filter(|day| {
            let is_near = (*day - today).num_days().abs() < SHOWN_WITH_WEEKDAY;
            self.year.is_none() && is_near && self.check(*day).is_ok()
        })
    }

    /// Refuses a weekday that `day` is not.
    pub(super) fn check(self, day: NaiveDate) -> Result<(), Mistyped> {
        match self.weekday.filter(|weekday| *weekday != day.weekday()) {
            None => Ok(()),
            Some(_) => Err(Mistyped::new(
                format!("{} is a {}", day.format("%-d %b %Y"), day.format("%A")),
                "leave out the weekday, or correct the day",
            )),
        }
    }
}

/// A day without a weekday.
fn read_date(text: &str) -> Result<Option<WrittenDay>, Mistyped> {
    let found = ['-', '/', '.'].into_iter().find_map(|mark| {
        let mut parts: Vec<&str> = text.split(mark).collect();
        // A dot may end the month, as in "27.11.".
        if mark == '.' && parts.len() == 3 && parts[2].is_empty() {
            parts.pop();
        }
        (2..=3).contains(&parts.len()).then_some((mark, parts))
    });
    let words = || text.split_whitespace().collect::<Vec<_>>();
    match found {
        Some((mark, parts)) if parts.iter().all(|part| is_number(part)) => {
            in_numbers(text, mark, &parts)
        }
        // `27-Nov-2026`, as spreadsheets write it.
        Some((_, parts)) if parts.len() == 3 && month(parts[1]).is_some() => Ok(in_words(&parts)),
        _ => Ok(in_words(&words())),
    }
}

/// `12 dec`, `dec 12`, `12th of december`, `nov 5th, 2026`.
fn in_words(words: &[&str]) -> Option<WrittenDay> {
    let (words, year) = match words {
        [rest @ .., year] if year.len() == 4 && is_number(year) => (rest, Some(year.parse().ok()?)),
        words => (words, None),
    };
    let (name, day) = match words {
        [day, "of", name] | [day, name] if month(plain(name, year)).is_some() => (*name, *day),
        [name, day] => (*name, *day),
        _ => return None,
    };
    let [name, day] = if words.last() == Some(&name) {
        [plain(name, year), day]
    } else {
        [name, plain(day, year)]
    };
    WrittenDay::new(year, month(name)?, day_of_month(day.trim_end_matches('.'))?)
}

/// A word without the comma that may precede a year.
fn plain(word: &str, year: Option<i32>) -> &str {
    word.strip_suffix(',')
        .filter(|_| year.is_some())
        .unwrap_or(word)
}

/// `2026/11/27`, `27.11.2026`, `27/11`: read where it can mean one day only.
fn in_numbers(text: &str, mark: char, parts: &[&str]) -> Result<Option<WrittenDay>, Mistyped> {
    let lengths: Vec<usize> = parts.iter().map(|part| part.len()).collect();
    let numbers: Vec<u32> = parts.iter().filter_map(|part| part.parse().ok()).collect();
    let year = |number: u32| i32::try_from(number).ok();
    match (lengths.as_slice(), numbers.as_slice()) {
        ([4, 2, 2], &[y, month, day]) => Ok(WrittenDay::new(year(y), month, day)),
        ([1 | 2, 1 | 2, 4], &[a, b, y]) => one_meaning(text, year(y), [a, b]),
        ([1 | 2, 1 | 2], &[a, b]) if mark != '-' => one_meaning(text, None, [a, b]),
        ([1 | 2, 1 | 2, 2], _) if mark != '-' => Err(Mistyped::new(
            format!("`{text}` does not say which number is the year"),
            "write the year first and in full, `2026-11-27`",
        )),
        _ => Ok(None),
    }
}

/// Two numbers of which either may be the month.
fn one_meaning(
    text: &str,
    year: Option<i32>,
    [a, b]: [u32; 2],
) -> Result<Option<WrittenDay>, Mistyped> {
    let (day_first, month_first) = (WrittenDay::new(year, b, a), WrittenDay::new(year, a, b));
    let (Some(one), Some(other)) = (day_first, month_first) else {
        return Ok(day_first.or(month_first));
    };
    if one == other {
        return Ok(day_first);
    }
    let shown = |written: WrittenDay| {
        let WrittenDay { month, day, .. } = written;
        match written.year {
            Some(year) => format!("`{year}-{month:02}-{day:02}`"),
            None => format!("`{day} {}`", MONTHS[month as usize - 1]),
        }
    };
    Err(Mistyped::new(
        format!("`{text}` does not say which number is the month"),
        format!("write {} or {}", shown(one), shown(other)),
    ))
}

/// What precedes a clock time, as in `2026-11-27T10:00` and `fri at 10:30`; `None` without one.
pub(super) fn before_clock(text: &str) -> Option<&str> {
    let bytes = text.as_bytes();
    let is_digit = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_digit);
    let is_clock = |at: &usize| {
        let is_mark = matches!(bytes[*at], b't' | b':');
        is_mark && *at > 0 && is_digit(at - 1) && is_digit(at + 1)
    };
    let at = (0..bytes.len()).find(is_clock)?;
    let before = match bytes[at] {
        b't' => &text[..at],
        _ => text[..at].trim_end_matches(|c: char| c.is_ascii_digit()),
    };
    let before = before.trim_end();
    let before = before.strip_suffix(" at").unwrap_or(before);
    Some(before.trim_end_matches([',', ' ']))
}

/// The error for a clock time, behind a `day` or something else.
pub(super) fn has_clock(typed: &str, is_day: bool, day: &str) -> Mistyped {
    let hint = if is_day {
        format!("leave the time out: `{day}`")
    } else {
        "write the day alone, like `2026-11-27`".to_owned()
    };
    Mistyped::new(
        format!("`{typed}` has a clock time; netkeep plans by the day"),
        hint,
    )
}
