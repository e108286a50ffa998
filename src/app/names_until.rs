//! Names with a day behind them, as skip, snooze, pause and resume take them.

use chrono::{Month, NaiveDate};

use super::App;
use super::line::typed_with;
use crate::domain::Book;
use crate::domain::dates::day::{self, Toward};
use crate::domain::find::by_name::{NameIndex, NameMatch, find};
use crate::error::{Error, Result};
use crate::render::words::days;
use crate::render::words::messages::{quoted, typed_argument};

/// What may lead to the day after the names.
const LEADS: [&str; 3] = ["until ", "till ", "for "];

/// Who is named, and until when.
#[derive(Debug)]
pub(crate) struct NamesUntil {
    pub(crate) names: Vec<String>,
    pub(crate) until: Option<NaiveDate>,
}

fn begins_with_digit(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_digit())
}

impl App {
    /// The names and the day among the arguments `typed`: the longest run of last ones that reads as a day is the day, unless
    /// `--until` gives it. The first is a name whatever it reads as, except where a set stands in place of names.
    pub(crate) fn names_until(
        &self,
        book: &Book,
        typed: &[String],
        until: Option<&str>,
        is_set: bool,
    ) -> Result<NamesUntil> {
        let last = self.last_day(typed, usize::from(!is_set));
        if let Some(until) = until {
            let day = last.ok().flatten();
            let run = day.map(|(at, _)| typed[at..].join(" "));
            if let Some(run) = run.filter(|run| matches!(find(book, run), NameMatch::Nobody(_))) {
                return Err(Error::usage(
                    format!("`{run}` and `--until {until}` are two days"),
                    "leave one of them out",
                ));
            }
            return Ok(NamesUntil {
                names: typed.to_vec(),
                until: Some(self.day_ahead(until)?),
            });
        }
        let Some((at, day)) = last? else {
            let all = typed.join(" ");
            if is_set && !typed.is_empty() && matches!(find(book, &all), NameMatch::Nobody(_)) {
                return Err(Error::usage(
                    format!("`{all}` is not a day"),
                    "write it like `2w`, `next fri`, `7 dec` or `2026-12-07`",
                ));
            }
            return Ok(NamesUntil {
                names: typed.to_vec(),
                until: None,
            });
        };
        let (names, run) = typed.split_at(at);
        let run = run.join(" ");
        // The start of a word is not enough: `fri` is Friday, whatever Frida thinks.
        let names_it = NameIndex::of(book).words(&run).into_iter().next();
        if let Some(id) = names_it.filter(|_| !is_set) {
            let line = self.again(names, &format!("--until {}", quoted(&run)));
            let name = book.contact(id).name.clone();
            return Err(Error::DayOrName { run, name, line });
        }
        Ok(NamesUntil {
            names: names.to_vec(),
            until: Some(self.ahead(day)?),
        })
    }

    /// Where the day in the last arguments begins, and the day.
    fn last_day(&self, typed: &[String], fewest: usize) -> Result<Option<(usize, NaiveDate)>> {
        for at in fewest..typed.len() {
            let run = typed[at..].join(" ");
            let mut leads = LEADS.iter().filter_map(|lead| run.strip_prefix(lead));
            let day = match leads.next() {
                Some(until) => self.day_or_month(until)?,
                // A month alone may be a name.
                None => day::read(&run, self.today, Toward::Future)?,
            };
            if let Some(day) = day {
                return Ok(Some((at, day)));
            }
        }
        Ok(None)
    }

    /// The day that follows "until": a month, perhaps of a year, is its first day.
    fn day_or_month(&self, typed: &str) -> Result<Option<NaiveDate>> {
        let first = typed.split_whitespace().next().unwrap_or_default();
        let of_month = first.parse::<Month>().map(|_| format!("1 {typed}"));
        let day = |text: &str| day::read(text, self.today, Toward::Future);
        Ok(match (day(typed)?, of_month) {
            (None, Ok(of_month)) => day(&of_month)?,
            (day, _) => day,
        })
    }

    /// Why a name among `typed` matches nobody, if a day was meant.
    pub(crate) fn no_name(&self, book: &Book, err: Error, typed: &[String]) -> Error {
        let Error::NoSuchContact { typed: name, near } = &err else {
            return err;
        };
        let all = typed.join(" ");
        if matches!(self.last_day(typed, 0), Ok(Some((0, _)))) {
            let line = self.again(&["ana".to_owned()], &all);
            return Error::usage(
                format!("`{all}` is a day, and no one is named"),
                format!("say who first: `{line}`"),
            );
        }
        // From the first that is nobody on, all words may be a day that is none: `30 feb`.
        let names = NameIndex::of(book);
        let at = typed.iter().position(|word| word == name);
        let Some(run) = at.filter(|at| *at > 0).map(|at| &typed[at..]) else {
            return err;
        };
        let is_meant = near.is_empty() || begins_with_digit(name);
        if is_meant && !run.iter().any(|word| names.is_anyone(word)) {
            return Error::NotNameNorDay(run.join(" "));
        }
        err
    }

    /// The error for people without a day that is needed.
    pub(crate) fn no_day(&self, names: &[String]) -> Error {
        let (at, line) = if names.is_empty() {
            ("last", typed_with("2w"))
        } else {
            ("after the name", self.again(names, "2w"))
        };
        Error::usage("until when?", format!("say it {at}: `{line}`"))
    }

    /// Why a name matches nobody, if a day was meant, in a command that takes none; `other` takes one.
    pub(crate) fn takes_no_day(&self, err: Error, typed: &[String], other: &str) -> Error {
        let is_nobody = matches!(err, Error::NoSuchContact { .. });
        match self.last_day(typed, 1) {
            Ok(Some(_)) if is_nobody => {
                let words: Vec<String> = typed.iter().map(|word| typed_argument(word)).collect();
                Error::usage(
                    format!("`netkeep {}` takes no day", self.command),
                    format!("`netkeep {other} {}` does", words.join(" ")),
                )
            }
            _ => err,
        }
    }

    /// This command with other words after the names.
    fn again(&self, names: &[String], words: &str) -> String {
        let names: Vec<String> = names.iter().map(|name| typed_argument(name)).collect();
        format!("netkeep {} {} {words}", self.command, names.join(" "))
    }

    /// A day in the future, in words.
    pub(crate) fn day_ahead(&self, typed: &str) -> Result<NaiveDate> {
        match self.day_or_month(typed)? {
            Some(day) => self.ahead(day),
            None => self.ahead(self.day(typed, Toward::Future)?),
        }
    }

    /// Parses a day up to today, from which on something is shown; `2w` is two weeks ago. `example` is a command with such a day.
    pub(crate) fn day_back(&self, typed: &str, example: &str) -> Result<NaiveDate> {
        let span = |err| {
            let since = self.day(&format!("{typed} ago"), Toward::Past);
            since.map_err(|_| err)
        };
        let since = self.day(typed, Toward::Past).or_else(span)?;
        if since > self.today {
            return Err(Error::usage(
                format!("{} is still to come", days::date(since, self.today)),
                format!("give a day up to today: `{example}`"),
            ));
        }
        Ok(since)
    }

    fn ahead(&self, day: NaiveDate) -> Result<NaiveDate> {
        if day > self.today {
            return Ok(day);
        }
        Err(Error::NotAhead(days::date(day, self.today)))
    }
}
