//! Days, cadences and birthdays as people type them: parsed as a whole or refused, and never a panic.
#![no_main]

use chrono::NaiveDate;
use libfuzzer_sys::fuzz_target;
use netkeep::domain::dates::day::{self, Toward};
use netkeep::domain::{AnnualDay, Cadence};

fuzz_target!(|typed: &str| {
    for today in [(2026, 11, 23), (2024, 2, 29), (1900, 1, 1), (9999, 12, 31)] {
        let today = NaiveDate::from_ymd_opt(today.0, today.1, today.2).expect("a day");
        for toward in [Toward::Past, Toward::Future, Toward::By] {
            if let Ok(day) = day::parse(typed, today, toward) {
                // The parsed day can be typed too.
                let again = day::parse(&day.to_string(), today, toward);
                assert!(again.is_ok_and(|again| again == day), "{typed:?} is {day}");
            }
        }
    }
    if let Ok(cadence) = typed.parse::<Cadence>() {
        assert_eq!(cadence.to_string().parse::<Cadence>().ok(), Some(cadence));
    }
    if let Ok(birthday) = typed.parse::<AnnualDay>() {
        assert_eq!(birthday.to_string().parse::<AnnualDay>().ok(), Some(birthday));
    }
});
