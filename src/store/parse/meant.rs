//! What a value of the wrong type can only mean: a day in quotes, `"yes"` for true, a number for a text.

use chrono::NaiveDate;
use toml::de::DeValue;

use super::syntax;
use super::toml_value::string;

/// The day that a value can only mean: one in quotes, one with a clock time, one without its hyphens.
pub(super) fn day(value: &DeValue, written: &str) -> Option<NaiveDate> {
    match value {
        DeValue::Datetime(when) => {
            let date = when.date?;
            NaiveDate::from_ymd_opt(date.year.into(), date.month.into(), date.day.into())
                .filter(|_| date.year > 0)
        }
        DeValue::String(text) => day_in(syntax::plainly(text).trim()),
        DeValue::Integer(_) => digits(written),
        _ => None,
    }
}

/// A day in a text, which may have a clock time after it.
fn day_in(text: &str) -> Option<NaiveDate> {
    let is_clock = |clock: &str| {
        let is_of_clock =
            |c: char| c.is_ascii_digit() || matches!(c, ':' | '.' | '+' | '-' | ' ' | 'Z' | 'z');
        clock.contains(':')
            && clock.starts_with(|c: char| c.is_ascii_digit())
            && clock.chars().all(is_of_clock)
    };
    let (day, clock) = text.split_once(['T', 't', ' ']).unwrap_or((text, ""));
    if !clock.is_empty() && !is_clock(clock) {
        return None;
    }
    syntax::meant_day(day).or_else(|| digits(day))
}

/// `20261122`.
fn digits(written: &str) -> Option<NaiveDate> {
    let is_day = written.len() == 8 && written.bytes().all(|byte| byte.is_ascii_digit());
    let number = |from, to| -> Option<u32> { written.get(from..to)?.parse().ok() };
    let year = number(0, 4).filter(|year| is_day && (1900..=2999).contains(year))?;
    NaiveDate::from_ymd_opt(year.try_into().ok()?, number(4, 6)?, number(6, 8)?)
}

/// The flag that a value can only mean.
pub(super) fn flag(value: &DeValue) -> Option<bool> {
    match value {
        DeValue::String(text) => syntax::meant_flag(text),
        DeValue::Integer(number) => match number.as_str() {
            "0" => Some(false),
            "1" => Some(true),
            _ => None,
        },
        _ => None,
    }
}

/// The text that a number or a day can only mean, as it is written.
pub(super) fn text(value: &DeValue, written: &str) -> Option<String> {
    let is_decimal = |c: char| c.is_ascii_digit() || c == '.';
    let is_plain = match value {
        DeValue::Integer(_) | DeValue::Float(_) => written
            .strip_prefix('+')
            .unwrap_or(written)
            .chars()
            .all(is_decimal),
        DeValue::Datetime(_) => true,
        _ => false,
    };
    is_plain.then(|| written.to_owned())
}

/// The text, in quotes.
pub(super) fn quoted(text: &str) -> String {
    string(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_may_have_quotes_or_a_clock() {
        for (text, expected) in [
            ("2026-11-22", Some("2026-11-22")),
            (" 2026-11-22 ", Some("2026-11-22")),
            ("2026-11-22T18:30:00.5+01:00", Some("2026-11-22")),
            ("2026-11-22 18:30", Some("2026-11-22")),
            ("22.11.2026", Some("2026-11-22")),
            ("20261122", Some("2026-11-22")),
            ("2026–11–22", Some("2026-11-22")),
            ("2026-11-22 lunch", None),
            ("2026-11-22 18", None),
            ("05/11/2026", None),
            ("tomorrow", None),
            ("2026-02-30", None),
            ("49155123", None),
        ] {
            let found = day(&DeValue::String((*text).into()), "").map(|day| day.to_string());
            assert_eq!(found.as_deref(), expected, "{text}");
        }
    }
}
