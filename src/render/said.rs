//! What the writing commands say when they are done.

use chrono::NaiveDate;

use super::days;
use crate::domain::due::{Quiet, Standing};
use crate::domain::{Direction, Touch};

/// `a call with Ana Ruiz today`, `an email to Ana Ruiz yesterday`, `a letter from Ana Ruiz 3 weeks ago`.
#[must_use]
pub fn touch(touch: &Touch, name: &str, today: NaiveDate) -> String {
    let via = touch.via.as_deref().unwrap_or("touch");
    let article = if via.to_lowercase().starts_with(['a', 'e', 'i', 'o', 'u']) {
        "an"
    } else {
        "a"
    };
    let with = match touch.direction {
        None => "with",
        Some(Direction::Out) => "to",
        Some(Direction::In) => "from",
    };
    let when = match (today - touch.on).num_days() {
        0 | 1 => days::ago(touch.on, today),
        _ => format!("on {}", days::date(touch.on, today)),
    };
    format!("{article} {via} {with} {name} {when}")
}

/// When somebody is due, as the end of a sentence: `due Mon 21 Dec, in 4 weeks`.
#[must_use]
pub fn due(standing: &Standing, today: NaiveDate) -> String {
    match (standing.quiet, standing.due) {
        (Some(Quiet::Paused), _) => "paused".to_owned(),
        (Some(Quiet::Resting), _) => "resting".to_owned(),
        (None, None) => "never due".to_owned(),
        (None, Some(due)) if due == today => "due today".to_owned(),
        (None, Some(due)) if due < today => format!("due since {}", days::date(due, today)),
        (None, Some(due)) => format!("due {}", days::date_and_distance(due, today)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn touches_read_as_sentences() {
        let day = |text: &str| text.parse().expect("an ISO date");
        let said = |on: &str, via: Option<&str>, direction| {
            let told = Touch {
                via: via.map(str::to_owned),
                direction,
                ..Touch::on(day(on))
            };
            touch(&told, "Ana", day("2026-11-23"))
        };
        assert_eq!(
            said("2026-11-23", Some("call"), None),
            "a call with Ana today"
        );
        assert_eq!(
            said("2026-11-22", Some("email"), Some(Direction::Out)),
            "an email to Ana yesterday"
        );
        assert_eq!(
            said("2026-11-10", None, Some(Direction::In)),
            "a touch from Ana on Tue 10 Nov"
        );
    }
}
