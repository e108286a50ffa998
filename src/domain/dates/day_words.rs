//! The words and numbers in a day.

use chrono::{Month, Weekday};

/// The direction in which to look for a day without a year or a week.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Toward {
    /// For a touch: `fri` is today or earlier, `12 dec` the most recent one.
    Past,
    /// For a plan: `fri` is after today, `12 dec` today or later.
    Future,
    /// For the end of a span, which may be today: `fri` is today or later.
    By,
}

pub(super) fn is_number(word: &str) -> bool {
    !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_digit())
}

/// `a` to `twelve`.
pub(super) fn spelled(word: &str) -> Option<u32> {
    const WORDS: [&str; 12] = [
        "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven",
        "twelve",
    ];
    if matches!(word, "a" | "an") {
        return Some(1);
    }
    (1..)
        .zip(WORDS)
        .find(|(_, spelled)| *spelled == word)
        .map(|(count, _)| count)
}

/// `5`, `05`, `5th`; the suffix must fit the number.
pub(super) fn day_of_month(word: &str) -> Option<u32> {
    let end = word
        .find(|c: char| !c.is_ascii_digit())
        .unwrap_or(word.len());
    let (digits, ending) = word.split_at(end);
    if digits.is_empty() || digits.len() > 2 {
        return None;
    }
    let day: u32 = digits.parse().ok()?;
    let right = match (day % 10, day / 10) {
        (1, tens) if tens != 1 => "st",
        (2, tens) if tens != 1 => "nd",
        (3, tens) if tens != 1 => "rd",
        _ => "th",
    };
    (ending.is_empty() || ending == right).then_some(day)
}

/// The months as they are typed.
pub(crate) const MONTHS: [&str; 12] = [
    "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec",
];

/// The number of a month from its full name or its first three letters.
pub(crate) fn month(word: &str) -> Option<u32> {
    let word = word.strip_suffix('.').unwrap_or(word);
    let word = if word == "sept" { "sep" } else { word };
    Some(word.parse::<Month>().ok()?.number_from_month())
}

/// The day of the week from its full or short name.
pub(crate) fn weekday(word: &str) -> Option<Weekday> {
    let word = match word {
        "tues" => "tue",
        "weds" => "wed",
        "thur" | "thurs" => "thu",
        word => word,
    };
    word.parse().ok()
}
