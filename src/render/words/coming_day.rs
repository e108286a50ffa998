//! A birthday or another day of the year, in words.

use chrono::NaiveDate;

use super::days::date;
use super::messages::years;
use crate::domain::due::coming_days::ComingDay;
use crate::render::Text;

/// What is said of a day that is moved.
pub(crate) const LEAP: &str = "29 Feb in leap years";

/// `Birthday`, `Wedding`.
pub(crate) fn label(day: &ComingDay) -> Text {
    let what = day.label();
    let mut chars = what.chars();
    let first = chars.next().map(|first| {
        let mut upper = first.to_uppercase();
        // `ß` would become two letters.
        upper
            .next()
            .filter(|_| upper.next().is_none())
            .unwrap_or(first)
    });
    Text::one_line(&first.into_iter().chain(chars).collect::<String>())
}

/// `today, turns 43`, `Mon 1 Jun, 12 years`, `Sun 28 Feb (29 Feb in leap years)`.
pub(crate) fn when(day: &ComingDay, today: NaiveDate) -> String {
    let on = if day.on == today {
        "today".to_owned()
    } else {
        date(day.on, today)
    };
    let moved = if day.is_moved() {
        format!(" ({LEAP})")
    } else {
        String::new()
    };
    format!("{on}{moved}{}", age(day))
}

/// `birthday, turns 43`, `wedding, 12 years`.
pub(crate) fn with_years(day: &ComingDay) -> Text {
    Text::one_line(&format!("{}{}", day.label(), age(day)))
}

/// `, turns 43`.
fn age(day: &ComingDay) -> String {
    years(day).map_or(String::new(), |years| format!(", {years}"))
}
