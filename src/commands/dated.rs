//! A day with what it is for, as it is typed: `fri: send the draft`.

use chrono::NaiveDate;

use crate::app::App;
use crate::domain::dates::annual_day;
use crate::domain::dates::day::{Toward, parse, read};
use crate::domain::model::mistyped::Mistyped;
use crate::domain::{Next, OtherDay, Promise};
use crate::error::{Error, Result};
use crate::render::words::days;
use crate::render::words::messages::{quoted, typed_argument};

/// A planned touch: `DATE`, or `DATE: WHAT`.
pub(crate) fn next_touch(app: &App, typed: &str) -> Result<Next> {
    let (on, what) = typed.split_once(':').unwrap_or((typed, ""));
    refuse_clock(typed, on, what)?;
    let on = app.day(on, Toward::Future).map_err(|err| {
        match with_colon(typed, |day| app.day(day, Toward::Future).is_ok()) {
            Some((day, what)) if what.starts_with(char::is_alphabetic) => Error::usage(
                err.to_string(),
                format!("put a colon between the day and what it is for: `{day}: {what}`"),
            ),
            _ => err,
        }
    })?;
    if on < app.today {
        return Err(Error::NextBehind(days::date(on, app.today)));
    }
    let what = what.trim();
    Ok(Next {
        on,
        what: (!what.is_empty()).then(|| what.to_owned()),
    })
}

/// The command that plans a touch with these people for the day that is typed, perhaps with what it is for.
pub(crate) fn planning(day: &str, what: Option<&str>, names: &[String]) -> String {
    let names: Vec<String> = names.iter().map(|name| typed_argument(name)).collect();
    let next = match what {
        Some(what) => quoted(&format!("{day}: {what}")),
        None => quoted(day),
    };
    format!("netkeep log --amend {} --next {next}", names.join(" "))
}

/// A promise: `WHAT`, or `DATE: WHAT` with or without "by". What stands before a colon and is no day is part of WHAT; a colon
/// in front says that no day follows.
pub(crate) fn promise(today: NaiveDate, typed: &str) -> Result<Promise> {
    let typed = typed.trim();
    if typed.is_empty() {
        return Err(Error::Blank("a promise"));
    }
    let (before, after) = typed.split_once(':').unwrap_or((typed, ""));
    let by = match day_by(today, before) {
        // A text that only begins like a day, such as `3/4 of the chapters`, is no mistake.
        Err(_) if before == typed => None,
        // `2026-02-29: call` is one.
        Ok(None) if is_iso(before) => Some(parse(before, today, Toward::Future)?),
        day => day?,
    };
    let what = match by {
        Some(_) => {
            refuse_clock(typed, before, after)?;
            after.trim()
        }
        None if before.is_empty() => after.trim(),
        None => without_day(today, typed)?,
    };
    if what.is_empty() {
        return Err(Error::usage(
            format!("`{typed}` does not say what you promise"),
            format!("write it like `{}`", example(before)),
        ));
    }
    match by.filter(|by| *by < today) {
        Some(by) => Err(Error::PromiseBehind(days::date(by, today))),
        None => Ok(Promise {
            by,
            what: what.to_owned(),
        }),
    }
}

/// A day other than the birthday: `DAY: WHAT`, with or without the year in which it began.
pub(crate) fn other_day(typed: &str) -> Result<OtherDay> {
    const DAY: &str = "a day of the year";
    let refused = |hint: String| Error::usage(format!("`{typed}` is not `DAY: WHAT`"), hint);
    let Some((day, what)) = typed.split_once(':') else {
        let day = |day: &str| annual_day::parse_as(day, DAY).is_ok();
        let hint = match with_colon(typed, day) {
            Some((day, what)) => {
                format!("put a colon between the day and what it is: `{day}: {what}`")
            }
            None => "write it like `1 jun 2014: wedding`, or `--06-01: wedding`".to_owned(),
        };
        return Err(refused(hint));
    };
    let on = annual_day::parse_as(day.trim(), DAY)?;
    match what.trim() {
        "" => Err(refused(format!(
            "say what it is: `{}: wedding`",
            day.trim()
        ))),
        what => Ok(OtherDay {
            on,
            what: what.to_owned(),
        }),
    }
}

/// The day in `fri` and `by fri`; `None` if it is nothing like one.
fn day_by(today: NaiveDate, text: &str) -> Result<Option<NaiveDate>, Mistyped> {
    let text = text.trim();
    let day = match text.split_once(' ') {
        Some((by, day)) if by.eq_ignore_ascii_case("by") => day,
        _ => text,
    };
    read(day, today, Toward::Future)
}

/// Whether a text is written like `2026-11-27`.
fn is_iso(text: &str) -> bool {
    let parts: Vec<&str> = text.trim().split('-').collect();
    let is_number = |part: &&str| part.chars().all(|c| c.is_ascii_digit());
    parts.len() == 3 && parts[0].len() == 4 && parts.iter().all(is_number)
}

fn example(day: &str) -> String {
    let day = day.trim();
    let day = if day.is_empty() { "fri" } else { day };
    format!("{day}: send the draft")
}

/// A text without a day and a colon, if it does not begin with a day.
fn without_day(today: NaiveDate, typed: &str) -> Result<&str> {
    match with_colon(typed, |day| matches!(day_by(today, day), Ok(Some(_)))) {
        None => Ok(typed),
        Some((day, what)) => Err(Error::usage(
            format!("`{typed}` begins with a day"),
            format!(
                "put a colon after the day: `{day}: {what}`; if it is no day, put one first: `: {typed}`"
            ),
        )),
    }
}

/// Refuses the time of a clock, in which the colon does not end a day.
fn refuse_clock(typed: &str, before: &str, after: &str) -> Result<()> {
    let is_digit = |c: char| c.is_ascii_digit();
    if before.ends_with(is_digit) && after.starts_with(is_digit) {
        return Err(Error::usage(
            format!("`{typed}` has a clock time; netkeep plans by the day"),
            "write what it is for after the colon and a blank: `fri: 10:30 at the harbour`",
        ));
    }
    Ok(())
}

/// The day at the start of a text, and what follows it: `fri` and `send the draft`.
fn with_colon(typed: &str, is_day: impl Fn(&str) -> bool) -> Option<(&str, &str)> {
    let blanks = typed.match_indices(' ').map(|(at, _)| typed.split_at(at));
    let parts = blanks.map(|(day, what)| {
        let is_mark = |c: char| c.is_whitespace() || matches!(c, ',' | '-' | '–' | '—');
        (
            day.trim().trim_end_matches(','),
            what.trim_start_matches(is_mark),
        )
    });
    let mut parts = parts.filter(|(day, what)| !day.contains(':') && !what.is_empty());
    parts.rfind(|(day, _)| is_day(day))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The day and the words of a promise on Monday 23 November 2026, or the error and its hint.
    fn told(typed: &str) -> String {
        let today = "2026-11-23".parse().expect("a day");
        match promise(today, typed) {
            Ok(Promise { by, what }) => {
                let by = by.map_or("-".to_owned(), |by| by.format("%-d %b").to_string());
                format!("{by} {what}")
            }
            Err(err) => format!("{err}; {}", err.hint().unwrap_or_default()),
        }
    }

    #[test]
    fn a_promise_may_have_a_day_before_a_colon() {
        for (typed, expected) in [
            ("fri: send the draft", "27 Nov send the draft"),
            ("today:call back", "23 Nov call back"),
            (" 7 dec : lunch: two of us ", "7 Dec lunch: two of us"),
            (
                "in 2 weeks: 10:30 at the harbour",
                "7 Dec 10:30 at the harbour",
            ),
            ("Fri 27 Nov, in 4 days: draft", "27 Nov draft"),
            ("send the draft", "- send the draft"),
            ("book: the blue one", "- book: the blue one"),
            ("by fri: send it", "27 Nov send it"),
            ("By 7 dec: send it", "7 Dec send it"),
            ("by train: to Oslo", "- by train: to Oslo"),
            ("10:30 call", "- 10:30 call"),
            ("soon: call", "- soon: call"),
            ("3/4 of the chapters", "- 3/4 of the chapters"),
            ("https://x.example/a", "- https://x.example/a"),
            (": sun hat", "- sun hat"),
            (":fri", "- fri"),
        ] {
            assert_eq!(told(typed), expected, "{typed}");
        }
    }

    #[test]
    fn a_promise_that_begins_with_a_day_needs_the_colon() {
        for (typed, meant) in [
            ("fri send the draft", "fri: send the draft"),
            ("Fri, send the draft", "Fri: send the draft"),
            ("by fri send it", "by fri: send it"),
            ("7 dec - 3 books", "7 dec: 3 books"),
            (
                "in 2 weeks lunch: two of us",
                "in 2 weeks: lunch: two of us",
            ),
            ("fri 10:30 call", "fri: 10:30 call"),
            ("sun hat", "sun: hat"),
        ] {
            let hint = format!(
                "put a colon after the day: `{meant}`; if it is no day, put one first: `: {typed}`"
            );
            assert_eq!(told(typed), format!("`{typed}` begins with a day; {hint}"));
        }
    }

    #[test]
    fn refuses_a_promise_without_words_and_a_day_that_cannot_be() {
        assert_eq!(told(" "), "a promise cannot be blank; ");
        for (typed, day) in [("fri", "fri"), ("7 dec: ", "7 dec"), (":", "fri")] {
            assert_eq!(
                told(typed),
                format!(
                    "`{}` does not say what you promise; write it like `{day}: send the draft`",
                    typed.trim()
                )
            );
        }
        for typed in ["yesterday: call", "2026-11-22: call", "last fri: call"] {
            assert!(told(typed).contains(" is past; "), "{}", told(typed));
        }
        assert!(told("5/11: call").contains("does not say which number is the month"));
        assert!(told("2026-02-29: call").starts_with("`2026-02-29` is not a day; "));
        assert!(told("thu 27 nov: call").contains("27 Nov 2026 is a Friday"));
        assert!(told("dec 10:30 call").contains("has a clock time"));
    }
}
