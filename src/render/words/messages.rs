//! The parts of sentences in which commands say what they did.

use chrono::NaiveDate;

use super::days;
use super::plural::some;
use crate::domain::changes::changed_names::ChangedNames;
use crate::domain::due::balance::Balance;
use crate::domain::due::rule::{Quiet, Standing};
use crate::domain::{Contact, Direction, Field, Next, Pause, Promise, Touch, Value};

/// `a call with Ana Ruiz today`, `an email to Ana Ruiz yesterday`, `a letter from Ana Ruiz 3 weeks ago`.
pub(crate) fn touch(touch: &Touch, name: &str, today: NaiveDate) -> String {
    let via = touch.via().unwrap_or("touch");
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

/// When a contact is due, as the end of a sentence: `due Mon 21 Dec, in 4 weeks`.
pub(crate) fn due(standing: &Standing, today: NaiveDate) -> String {
    match (standing.quiet, standing.due) {
        (Some(Quiet::Paused), _) => "paused".to_owned(),
        (Some(Quiet::Resting), _) => "resting".to_owned(),
        (None, None) => "never due".to_owned(),
        (None, Some(due)) if due == today => "due today".to_owned(),
        (None, Some(due)) if due < today => format!("due since {}", days::date(due, today)),
        (None, Some(due)) => format!("due {}", days::date_and_distance(due, today)),
    }
}

/// When a contact comes back, as the end of a sentence: `back Mon 21 Dec, in 4 weeks`.
pub(crate) fn back(standing: &Standing, today: NaiveDate) -> String {
    match standing.due.filter(|_| standing.quiet.is_none()) {
        Some(due) => format!("back {}", days::date_and_distance(due, today)),
        None => self::due(standing, today),
    }
}

/// How long a contact is paused, and what follows: `until Mon 7 Dec, in 14 days; then due`.
pub(crate) fn pause(contact: &Contact, then: &Standing, today: NaiveDate) -> String {
    let Some(Pause::Until(day)) = contact.paused else {
        return format!("until `netkeep resume {}`", quoted(&contact.name));
    };
    let after = match (then.quiet, then.due) {
        (Some(Quiet::Resting), _) => "resting".to_owned(),
        (_, Some(due)) if due > day => format!("due {}", days::date(due, today)),
        (_, Some(_)) => "due".to_owned(),
        (_, None) => "never due".to_owned(),
    };
    let day = days::date_and_distance(day, today);
    format!("until {day}; then {after}")
}

/// `gave 2, got 1`, `got 1, you only asked`.
pub(crate) fn balance(balance: Balance) -> String {
    let Balance { gave, got } = balance;
    if balance.only_asked() {
        return format!("got {got}, you only asked");
    }
    format!("gave {gave}, got {got}")
}

/// The names that a change touched: `Ana Ruiz and Bo Lind`, `Ana Ruiz, Bo Lind, Cy Ng and 9 more`, `the bucket clients`.
pub(crate) fn changed_names(names: &ChangedNames) -> String {
    match (names.contacts.as_slice(), names.buckets.as_slice()) {
        ([], []) => "comments or settings".to_owned(),
        ([], [bucket]) => format!("the bucket {bucket}"),
        ([], buckets) => format!("the buckets {}", some(buckets)),
        (contacts, _) => some(contacts),
    }
}

/// A field and its value: `city Oslo`, `next Fri 27 Nov, in 4 days: lunch`, `no tags`.
pub(crate) fn field(contact: &Contact, field: Field, today: NaiveDate) -> String {
    let value = match contact.get(field) {
        None => return format!("no {}", field.key()),
        Some(Value::Day(day)) if field != Field::Birthday => days::date_and_distance(day, today),
        Some(Value::Next(next)) => planned(&next, today),
        Some(value) => value.to_string(),
    };
    format!("{} {value}", field.key())
}

/// A planned touch: `Fri 27 Nov, in 4 days: lunch`.
pub(crate) fn planned(next: &Next, today: NaiveDate) -> String {
    let day = days::date_and_distance(next.on, today);
    format!("{day}{}", what_for(next))
}

/// A promise: `Fri 27 Nov, in 4 days: send the draft`, `no day: send the draft`.
pub(crate) fn promise(promise: &Promise, today: NaiveDate) -> String {
    let by = promise.by.map(|by| days::date_and_distance(by, today));
    let by = by.unwrap_or_else(|| "no day".to_owned());
    format!("{by}: {}", promise.what)
}

/// `: lunch`, or nothing.
fn what_for(next: &Next) -> String {
    let what = next.what.as_ref();
    what.map_or(String::new(), |what| format!(": {what}"))
}

/// A name as typed in a shell, quoted if needed.
pub(crate) fn quoted(name: &str) -> String {
    let is_plain = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_' | '.' | '@' | '+');
    if !name.is_empty() && name.chars().all(is_plain) {
        name.to_owned()
    } else {
        format!("'{}'", name.replace('\'', r"'\''"))
    }
}

/// What became of a plan: it was made, replaced or done, or it stays.
pub(crate) fn plan(
    before: Option<&Next>,
    after: Option<&Next>,
    name: &str,
    is_new: bool,
    today: NaiveDate,
) -> Vec<String> {
    let day = |next: &Next| days::date(next.on, today);
    match (before, after) {
        (before, Some(after)) if is_new => {
            let made = format!("Next with {name}: {}", planned(after, today));
            let replaced = before.filter(|before| *before != after);
            let replaced = replaced.map(|old| format!("Replaced: {}{}", day(old), what_for(old)));
            std::iter::once(made).chain(replaced).collect()
        }
        (Some(before), None) => {
            let (day, what) = (day(before), what_for(before));
            vec![format!("Done: the plan for {day}{what}")]
        }
        (_, Some(after)) if after.what.is_some() => vec![format!(
            "The promise for {} stays{} (`netkeep log --amend NAME --done` marks it done)",
            day(after),
            what_for(after)
        )],
        _ => vec![],
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::Words;

    #[test]
    fn touches_read_as_sentences() {
        let day = |text: &str| text.parse().expect("an ISO date");
        let sentence = |on: &str, via: Option<&str>, direction| {
            let words = Words {
                via: via.map(str::to_owned),
                ..Words::default()
            };
            let one = Touch::on(day(on)).toward(direction).with(words);
            touch(&one, "Ana", day("2026-11-23"))
        };
        assert_eq!(
            sentence("2026-11-23", Some("call"), None),
            "a call with Ana today"
        );
        assert_eq!(
            sentence("2026-11-22", Some("email"), Some(Direction::Out)),
            "an email to Ana yesterday"
        );
        assert_eq!(
            sentence("2026-11-10", None, Some(Direction::In)),
            "a touch from Ana on Tue 10 Nov"
        );
    }
}
