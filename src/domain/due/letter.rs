//! Whether it is time for a letter: after many e-mails in a row, once a year at most.

use chrono::{Months, NaiveDate};

use crate::domain::Touch;
use crate::domain::text::caseless;

/// How many e-mails in a row call for a letter.
const EMAILS: usize = 10;

/// At most one letter is proposed or sent in so many months.
const MONTHS: Months = Months::new(12);

/// Whether a letter is proposed, given the touches, the newest first.
///
/// It is derived from the touches alone: each that makes ten e-mails in a row or more proposes a letter, unless one was sent or
/// proposed in the year before. The proposal holds until the next touch. Touches without a channel do not break the row.
pub(super) fn is_time(newest_first: &[&Touch]) -> bool {
    if newest_first.len() < EMAILS {
        return false;
    }
    let mut emails = 0;
    let mut last: Option<NaiveDate> = None;
    let mut is_proposed = false;
    for touch in newest_first.iter().rev() {
        is_proposed = false;
        let via = touch.via().map(|via| caseless(via.trim()));
        match via.as_deref() {
            None | Some("") => {}
            Some("email") => {
                emails += 1;
                let free = last.and_then(|last| last.checked_add_months(MONTHS));
                is_proposed = emails >= EMAILS && free.is_none_or(|free| free <= touch.on);
            }
            Some(via) => {
                emails = 0;
                if via == "letter" {
                    last = Some(touch.on);
                }
            }
        }
        if is_proposed {
            last = Some(touch.on);
        }
    }
    is_proposed
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::Words;

    /// Whether a letter is proposed after touches like `2025-01-06 email*10 letter`: each is a week after the one before, unless
    /// there is a day before it.
    fn is_time(row: &str) -> bool {
        let mut on: NaiveDate = "2026-01-01".parse().expect("a day");
        let mut touches = Vec::new();
        for word in row.split(' ') {
            if let Ok(day) = word.parse() {
                on = day;
                continue;
            }
            let (via, times) = word.split_once('*').unwrap_or((word, "1"));
            for _ in 0..times.parse().expect("a number") {
                let via = (via != "-").then(|| via.to_owned());
                touches.push(Touch::on(on).with(Words {
                    via,
                    ..Words::default()
                }));
                on = on + chrono::Days::new(7);
            }
        }
        let newest_first: Vec<&Touch> = touches.iter().rev().collect();
        super::is_time(&newest_first)
    }

    #[test]
    fn a_letter_is_proposed_after_ten_emails_and_once_a_year() {
        for (row, expected) in [
            ("email*9", false),
            ("email*10", true),
            ("Email*10", true),
            ("e-mail*10", false),
            // It holds until the next touch.
            ("email*11", false),
            ("email*10 -", false),
            ("call email*10", true),
            ("email*9 call email*9", false),
            ("email*5 - email*5", true),
            ("email*9 -", false),
            ("letter email*10", false),
            // Once a year.
            ("2025-01-06 email*10 call email*10", false),
            ("2024-01-01 email*10 2025-03-03 email", false),
            ("2024-01-01 email*10 2025-03-04 email", true),
            (
                "2024-01-01 email*10 2025-03-04 email 2025-04-04 email",
                false,
            ),
            (
                "2024-01-01 email*10 2025-03-04 email 2026-03-04 email",
                true,
            ),
            ("2024-01-01 email*10 letter email*10", false),
            (
                "2023-01-01 email*10 2024-05-01 letter 2025-06-01 email*10",
                true,
            ),
        ] {
            assert_eq!(is_time(row), expected, "{row}");
        }
    }
}
