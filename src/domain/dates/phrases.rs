//! Days in words, seen from today: `fri`, `in 2 weeks`, `3 days ago`.

use chrono::{Datelike, NaiveDate, Weekday};

use super::day_words::{Toward, is_number, spelled, weekday};
use crate::domain::model::cadence::Unit;

/// The day that a text in lower case says in words, or as `2026-11-27`.
pub(super) fn phrase_or_word(text: &str, today: NaiveDate, toward: Toward) -> Option<NaiveDate> {
    let words: Vec<&str> = text.split_whitespace().collect();
    let day = match words.as_slice() {
        [word] => one_word(word, today, toward),
        _ => None,
    };
    day.or_else(|| phrase(&words, today, toward))
}

fn one_word(word: &str, today: NaiveDate, toward: Toward) -> Option<NaiveDate> {
    match word {
        "today" => Some(today),
        "yesterday" => today.pred_opt(),
        "tomorrow" => today.succ_opt(),
        _ => {
            iso(word).or_else(|| weekday(word).map(|weekday| bare_weekday(weekday, today, toward)))
        }
    }
}

/// `2026-11-27` or `20261127`, with all digits.
fn iso(word: &str) -> Option<NaiveDate> {
    let parts: Vec<&str> = word.split('-').collect();
    let is_numbers = parts.iter().all(|part| is_number(part));
    let lengths: Vec<usize> = parts.iter().map(|part| part.len()).collect();
    match lengths.as_slice() {
        [8] if is_numbers => NaiveDate::parse_from_str(word, "%Y%m%d").ok(),
        [4, 2, 2] if is_numbers => NaiveDate::parse_from_str(word, "%Y-%m-%d").ok(),
        _ => None,
    }
}

fn phrase(words: &[&str], today: NaiveDate, toward: Toward) -> Option<NaiveDate> {
    let ahead = |span| {
        let (count, unit) = distance(span)?;
        unit.add(today, count)
    };
    match words {
        ["the", rest @ ..] if matches!(rest, ["day", ..]) => phrase(rest, today, toward),
        ["day", "before", "yesterday"] => Unit::Day.subtract(today, 2),
        ["day", "after", "tomorrow"] => Unit::Day.add(today, 2),
        ["on", word] => weekday(word)
            .map(|weekday| bare_weekday(weekday, today, toward))
            .or_else(|| iso(word)),
        ["this", word] => weekday(word).and_then(|weekday| match toward {
            // The day in this week, even a future one: a touch on it is then rejected, not moved.
            Toward::Past => Unit::Day
                .subtract(today, today.weekday().num_days_from_monday())
                .and_then(|monday| Unit::Day.add(monday, weekday.num_days_from_monday())),
            Toward::Future | Toward::By => Some(bare_weekday(weekday, today, Toward::By)),
        }),
        ["last", word] => match weekday(word) {
            Some(weekday) => Some(last_weekday(weekday, today)),
            None => long_unit(word)?.subtract(today, 1),
        },
        ["next", word] => match weekday(word) {
            Some(weekday) => Some(next_weekday(weekday, today)),
            None => long_unit(word)?.add(today, 1),
        },
        ["in", span @ ..] | [span @ .., "from", "now"] => ahead(span),
        [span @ .., "ago"] => {
            let (count, unit) = distance(span)?;
            unit.subtract(today, count)
        }
        // "2 weeks" alone.
        span if toward != Toward::Past => ahead(span),
        _ => None,
    }
}

/// `3 days`, `3d`, `a week`, `two months`, `a fortnight`.
pub(super) fn distance(words: &[&str]) -> Option<(u32, Unit)> {
    let (count, unit) = match words {
        [word] => {
            let end = word.find(|c: char| !c.is_ascii_digit())?;
            word.split_at(end)
        }
        [count, unit] => (*count, *unit),
        _ => return None,
    };
    let (factor, unit) = match unit {
        "fortnight" | "fortnights" => (2, Unit::Week),
        unit => (1, Unit::named(unit)?),
    };
    let count = match spelled(count) {
        Some(count) => count,
        None if is_number(count) => count.parse().ok()?,
        None => return None,
    };
    Some((factor * Some(count).filter(|count| *count <= 99_999)?, unit))
}

/// The units that may follow "last" and "next".
fn long_unit(word: &str) -> Option<Unit> {
    matches!(word, "week" | "month" | "year").then(|| Unit::named(word))?
}

/// On a Friday, a touch on `fri` was today, and a plan for `fri` is for next week.
fn bare_weekday(weekday: Weekday, today: NaiveDate, toward: Toward) -> NaiveDate {
    match toward {
        Toward::Past | Toward::By if weekday == today.weekday() => today,
        Toward::Past => last_weekday(weekday, today),
        Toward::Future | Toward::By => next_weekday(weekday, today),
    }
}

/// The latest such day before today.
fn last_weekday(weekday: Weekday, today: NaiveDate) -> NaiveDate {
    let yesterday = today.weekday().pred();
    let back = yesterday.days_since(weekday) + 1;
    Unit::Day.subtract(today, back).unwrap_or(today)
}

/// The first such day after today.
fn next_weekday(weekday: Weekday, today: NaiveDate) -> NaiveDate {
    let tomorrow = today.weekday().succ();
    let ahead = weekday.days_since(tomorrow) + 1;
    Unit::Day.add(today, ahead).unwrap_or(today)
}
