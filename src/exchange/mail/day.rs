//! The day of a Date field.

use std::borrow::Cow;
use std::ops::RangeInclusive;

use chrono::NaiveDate;

use crate::domain::dates::day_words;

/// How much of a field is read. Comments of any length may follow a date.
const MAX_DATE: usize = 300;

/// The day of a date as it is written: that of the writer, whose time zone it names.
///
/// Reads `Mon, 2 Mar 2026 09:15:00 +0100 (CET)` and what other programs write: no weekday, seconds or zone, years of two or
/// three digits, the month in full, `5-Mar-26`, `Mon Mar  2 09:15:00 2026` and `2026-03-02T09:15:00+01:00`.
///
/// Source: RFC 5322, 3.3 and 4.3.
pub(super) fn day(field: &[u8]) -> Option<NaiveDate> {
    let text = without_comments(&field[..field.len().min(MAX_DATE)]);
    let text = text.trim_ascii();
    if text.get(4) == Some(&b'-') {
        let day = std::str::from_utf8(text.get(..10)?).ok()?;
        return day.parse().ok();
    }
    let words = text.split(|byte| byte.is_ascii_whitespace() || *byte == b',');
    let words = words.flat_map(|word| {
        // A dash in `5-Mar-26` is between words; in `-0800` it is not.
        let is_joint = word.iter().any(u8::is_ascii_alphabetic);
        word.split(move |byte| is_joint && matches!(byte, b'-' | b'/'))
    });
    let words: Vec<&[u8]> = words.filter(|word| !word.is_empty()).collect();
    // The short name of a day of the week, such as the `mar` of `mar, 3 nov 2026`, may be that of a month in English.
    let (day, month, rest) = day_and_month(&words).or_else(|| month_and_day(&words))?;
    // Where the year comes last, a time and a zone are before it.
    let mut rest = rest.iter().take(3);
    let year = rest.find_map(|word| number(word, 2..=4))?;
    let year = match year {
        0..=49 => 2000 + year,
        50..=999 => 1900 + year,
        year => year,
    };
    NaiveDate::from_ymd_opt(i32::try_from(year).ok()?, month, day)
}

/// A day, its month, and the words after both.
type DayAndRest<'w> = (u32, u32, &'w [&'w [u8]]);

/// `2 Mar 2026`.
fn day_and_month<'w>(words: &'w [&'w [u8]]) -> Option<DayAndRest<'w>> {
    let mut pairs = words.windows(2).zip(2..);
    pairs.find_map(|(pair, next)| Some((number(pair[0], 1..=2)?, month(pair[1])?, &words[next..])))
}

/// `Mar  2 09:15:00 2026`. A number comes next; after `mar, 3 ago 2026` it is a month in another language.
fn month_and_day<'w>(words: &'w [&'w [u8]]) -> Option<DayAndRest<'w>> {
    let at = words.iter().position(|word| month(word).is_some())?;
    let [name, day, rest @ ..] = &words[at..] else {
        return None;
    };
    let is_next = rest.first().is_some_and(|next| next[0].is_ascii_digit());
    let (day, month) = number(day, 1..=2).zip(month(name))?;
    is_next.then_some((day, month, rest))
}

/// The month that a word means.
fn month(word: &[u8]) -> Option<u32> {
    day_words::month(&std::str::from_utf8(word).ok()?.to_ascii_lowercase())
}

fn number(word: &[u8], digits: RangeInclusive<usize>) -> Option<u32> {
    if !digits.contains(&word.len()) || !word.iter().all(u8::is_ascii_digit) {
        return None;
    }
    let number = word
        .iter()
        .fold(0, |all, digit| 10 * all + u32::from(digit - b'0'));
    Some(number)
}

/// A text without what is in parentheses, which may be within each other.
fn without_comments(text: &[u8]) -> Cow<'_, [u8]> {
    if !text.contains(&b'(') {
        return Cow::Borrowed(text);
    }
    let mut depth = 0;
    let mut escaped = false;
    let mut rest = Vec::with_capacity(text.len());
    for byte in text {
        match byte {
            _ if escaped => escaped = false,
            b'\\' if depth > 0 => escaped = true,
            b'(' => depth += 1,
            b')' if depth > 0 => {
                depth -= 1;
                rest.push(b' ');
            }
            byte if depth == 0 => rest.push(*byte),
            _ => {}
        }
    }
    Cow::Owned(rest)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_writers_day_is_read_however_it_is_written() {
        for (text, expected) in [
            ("Mon, 2 Mar 2026 09:15:00 +0100", "2026-03-02"),
            ("Mon, 02 Mar 2026 23:30:00 -0800 (PST)", "2026-03-02"),
            ("2 Mar 2026 00:30:00 +1400", "2026-03-02"),
            ("5 Mar 26 07:30 +0000", "2026-03-05"),
            ("5 Mar 99 07:30 EST", "1999-03-05"),
            ("Wed, 5 Mar 100 07:30:00 -0000", "2000-03-05"),
            ("Tue,3 Mar 2026 18:00:00", "2026-03-03"),
            ("Tue, 3\r\n March\r\n 2026 18:00", "2026-03-03"),
            (
                "(a (nested) \\) comment) Tue (x), 3 (y) Mar(z)2026 18:00 GMT",
                "2026-03-03",
            ),
            ("Mon Mar  2 09:15:00 2026", "2026-03-02"),
            ("Mon Mar  2 09:15:00 CET 2026", "2026-03-02"),
            ("Thursday, 05-Mar-26 07:30:00 UTC", "2026-03-05"),
            ("March 5, 2026 7:30 AM", "2026-03-05"),
            ("2026-03-05T07:30:00+01:00", "2026-03-05"),
            ("2026-03-05 07:30:00", "2026-03-05"),
            ("mar, 3 nov 2026 18:00", "2026-11-03"),
            ("mar. 3 nov. 2026", "2026-11-03"),
            ("mar, 3 mar 2026", "2026-03-03"),
            ("mar, 3 ago 2026", ""),
            ("Mar 3", ""),
            ("29 Feb 2024 12:00:00 +0000", "2024-02-29"),
            ("29 Feb 2025 12:00:00 +0000", ""),
            ("32 Mar 2026 12:00:00 +0000", ""),
            ("Mon, Mar 2026 12:00:00 +0000", ""),
            ("2 Mar", ""),
            ("Market 2 2026", ""),
            ("Sept. 2 2026", "2026-09-02"),
            ("Mon Mar  2 19:15:00 -0800 2026", "2026-03-02"),
            ("yesterday", ""),
            ("05/03/2026", ""),
            ("((((((", ""),
            ("", ""),
        ] {
            let day = day(text.as_bytes()).map(|day| day.to_string());
            assert_eq!(day.unwrap_or_default(), expected, "{text}");
        }
        assert_eq!(day(b"2 M\xe4r 2026"), None);
    }
}
