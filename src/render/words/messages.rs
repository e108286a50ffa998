//! The parts of sentences in which commands say what they did.

use std::path::Path;

use chrono::NaiveDate;

use super::days;
use super::plural::{self, some, with_article};
use crate::domain::due::balance::Balance;
use crate::domain::due::coming_days::ComingDay;
use crate::domain::due::promises::{PromiseChoices, PromiseEntry};
use crate::domain::due::rule::{Quiet, Standing};
use crate::domain::find::typed_form::hyphenated;
pub(crate) use crate::domain::text::shell_words::quoted;
use crate::domain::{Contact, Direction, Field, Next, Pause, Promise, Touch, Value};

/// `a call with Ana Ruiz today`, `an email to Ana Ruiz yesterday`, `a letter from Ana Ruiz 3 weeks ago`.
pub(crate) fn touch(touch: &Touch, name: &str, today: NaiveDate) -> String {
    let when = match (today - touch.on).num_days() {
        0 | 1 => days::ago(touch.on, today),
        _ => format!("on {}", days::date(touch.on, today)),
    };
    format!("{} {when}", touch_with(touch, name))
}

/// `a call with Ana Ruiz`, `an email to Ana Ruiz`, `a touch from Ana Ruiz`.
pub(crate) fn touch_with(touch: &Touch, name: &str) -> String {
    let via = match touch.via() {
        None => "a touch".to_owned(),
        // The name of this channel is an adjective.
        Some("social") => "a social touch".to_owned(),
        Some(via) => with_article(via),
    };
    let with = match touch.direction {
        None => "with",
        Some(Direction::Out) => "to",
        Some(Direction::In) => "from",
    };
    format!("{via} {with} {name}")
}

/// What undoes a change of many, or one that takes something out, as the end of a sentence.
pub(crate) const UNDO: &str = "; `netkeep undo` undoes it";

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

/// When a contact that came out of its bucket is due: no longer, or still.
pub(crate) fn still_due(standing: &Standing, today: NaiveDate) -> String {
    let due = due(standing, today);
    match (standing.quiet, standing.due) {
        (Some(_), _) => due,
        (None, None) => "no longer due".to_owned(),
        (None, Some(_)) => format!("still {due}"),
    }
}

/// When contacts who came into a bucket are first due, as the end of a sentence: `first due Tue 8 Dec, in 10 days`, `first
/// due from Tue 24 Nov to Mon 21 Dec; 3 overdue`. `None` if there is nothing to say.
pub(crate) fn first_due(standings: &[Standing], today: NaiveDate) -> Option<String> {
    let is_behind = |one: &Standing| one.quiet.is_some() || one.due.is_none_or(|due| due < today);
    if let [one] = standings {
        let first = if is_behind(one) { "" } else { "first " };
        return Some(format!("{first}{}", due(one, today)));
    }
    let open = standings.iter().filter(|one| one.quiet.is_none());
    let (ahead, overdue): (Vec<NaiveDate>, Vec<NaiveDate>) = open
        .filter_map(|one| one.due)
        .partition(|due| *due >= today);
    let first = match (ahead.iter().min(), ahead.iter().max()) {
        (Some(from), Some(to)) if from == to => Some(format!(
            "first due {}",
            days::date_and_distance(*from, today)
        )),
        (Some(from), Some(to)) => {
            let [from, to] = [from, to].map(|day| days::date(*day, today));
            Some(format!("first due from {from} to {to}"))
        }
        _ => None,
    };
    let overdue = (!overdue.is_empty()).then(|| format!("{} overdue", overdue.len()));
    let parts: Vec<String> = [first, overdue].into_iter().flatten().collect();
    (!parts.is_empty()).then(|| parts.join("; "))
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
        return format!("until `netkeep resume {}`", typed_name(&contact.name));
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

/// The years of a day that comes: `turns 43`, `12 years`.
pub(crate) fn years(day: &ComingDay) -> Option<String> {
    let years = day.years()?;
    Some(match day.what {
        None => format!("turns {years}"),
        Some(_) => years_long(years),
    })
}

/// `1 year`, `12 years`.
pub(crate) fn years_long(years: u32) -> String {
    let years = usize::try_from(years).unwrap_or(usize::MAX);
    plural::count(years, "year", "years")
}

/// A field and its value: `city Oslo`, `next Fri 27 Nov, in 4 days: lunch`, `no tags`.
pub(crate) fn field(contact: &Contact, field: Field, today: NaiveDate) -> String {
    match contact.get(field) {
        None => format!("no {}", field.key()),
        Some(value) => format!("{} {}", field.key(), field_value(field, &value, today)),
    }
}

/// The value of a field: `Oslo`, `Fri 27 Nov, in 4 days: lunch`.
pub(crate) fn field_value(field: Field, value: &Value, today: NaiveDate) -> String {
    match value {
        Value::Day(day) if field != Field::Birthday => days::date_and_distance(*day, today),
        Value::Next(next) => planned(next, today),
        value => value.to_string(),
    }
}

/// A planned touch: `Fri 27 Nov, in 4 days: lunch`.
pub(crate) fn planned(next: &Next, today: NaiveDate) -> String {
    let day = days::date_and_distance(next.on, today);
    format!("{day}{}", what_for(next))
}

/// A promise: `Fri 27 Nov, in 4 days: send the draft`, `no day: send the draft`.
pub(crate) fn promise(promise: &PromiseEntry, today: NaiveDate) -> String {
    let by = promise.by.map(|by| days::date_and_distance(by, today));
    let by = by.unwrap_or_else(|| "no day".to_owned());
    format!("{by}: {}", promise.what)
}

/// `send the draft, Fri 27 Nov`, `send the draft, no day`.
pub(crate) fn what_by(what: &str, by: Option<NaiveDate>, today: NaiveDate) -> String {
    let by = by.map_or_else(|| "no day".to_owned(), |by| days::date(by, today));
    format!("{what}, {by}")
}

/// How many things promised to a contact there are to choose from.
pub(crate) fn promises_that_fit(choices: &PromiseChoices) -> String {
    let PromiseChoices { name, fit, .. } = choices;
    match (&choices.words, fit) {
        (Some(words), 0) => format!("nothing promised to {name} fits `{words}`"),
        (Some(words), fit) => format!("`{words}` fits {fit} things promised to {name}"),
        (None, fit) => format!("{fit} things are promised to {name}"),
    }
}

/// What was promised just now: `Promised Ana Ruiz by Fri 27 Nov: send the draft`; ` (was Tue 24 Nov)` if it was promised
/// for another day before.
pub(crate) fn promised(
    name: &str,
    promise: &Promise,
    was: Option<&Promise>,
    today: NaiveDate,
) -> String {
    let by = match promise.by {
        Some(by) => format!("by {}", days::date(by, today)),
        None => "(no day)".to_owned(),
    };
    let was = was.map(|was| match was.by {
        Some(by) => format!(" (was {})", days::date(by, today)),
        None => " (had no day)".to_owned(),
    });
    format!(
        "Promised {name} {by}: {}{}",
        promise.what.trim(),
        was.unwrap_or_default()
    )
}

/// What is done: `Done: send the draft (promised for Fri 27 Nov)`, `Done: the plan for Fri 27 Nov: lunch`.
pub(crate) fn done(entry: &PromiseEntry, today: NaiveDate) -> String {
    let day = entry.by.map(|by| days::date(by, today));
    let what = entry.what;
    match (entry.is_plan(), day) {
        (true, day) => format!("Done: the plan for {}: {what}", day.unwrap_or_default()),
        (false, Some(day)) => format!("Done: {what} (promised for {day})"),
        (false, None) => format!("Done: {what} (promised without a day)"),
    }
}

/// What is still promised: `still promised: send the draft, Fri 27 Nov, and 2 more`.
pub(crate) fn still_promised(promises: &[PromiseEntry], today: NaiveDate) -> Option<String> {
    let (first, more) = promises.split_first()?;
    let first = what_by(first.what, first.by, today);
    let more = match more.len() {
        0 => String::new(),
        more => format!(", and {more} more"),
    };
    Some(format!("still promised: {first}{more}"))
}

/// When a contact that was put off comes back, and `with` what, as the end of a sentence: `; back Mon 7 Dec, in 14 days`,
/// ` until Mon 7 Dec; still due Fri 27 Nov, in 4 days, for a promise: send the draft`.
pub(crate) fn put_off(standing: &Standing, with: &str, today: NaiveDate) -> String {
    let promise = standing.promise.as_ref();
    let is_due = standing.quiet.is_none() && standing.is_due_for_promise();
    match (promise.filter(|_| is_due), standing.regular) {
        (Some(promise), Some(until)) => format!(
            " until {}{with}; still {}, for a promise: {}",
            days::date(until, today),
            due(standing, today),
            promise.what
        ),
        _ => format!("{with}; {}", back(standing, today)),
    }
}

/// What waits during a pause, as the end of a sentence: `; what you promised waits too: send the draft`.
pub(crate) fn waiting(entries: &[PromiseEntry]) -> String {
    let waits = |is_plan: bool, done: &str| {
        let of_kind = entries.iter().filter(|entry| entry.is_plan() == is_plan);
        let whats: Vec<String> = of_kind.map(|entry| entry.what.to_owned()).collect();
        if whats.is_empty() {
            return String::new();
        }
        format!("; what you {done} waits too: {}", some(&whats))
    };
    waits(true, "planned") + &waits(false, "promised")
}

/// The command that takes out the plan of a contact, with its reason where something is promised, too.
pub(crate) fn take_out_plan(contact: &Contact) -> String {
    let what = contact.next.as_ref().and_then(|next| next.what.as_ref());
    let words = what.filter(|_| !contact.promises.is_empty());
    let words = words.map_or(String::new(), |what| format!("={}", quoted(what)));
    format!(
        "netkeep promise --done{words} {}",
        typed_name(&contact.name)
    )
}

/// `: lunch`, or nothing.
fn what_for(next: &Next) -> String {
    let what = next.what.as_ref();
    what.map_or(String::new(), |what| format!(": {what}"))
}

/// A name as it is typed in a command line: `ana-ruiz`, or in quotes where it has other signs than blanks.
pub(crate) fn typed_name(name: &str) -> String {
    typed_argument(&hyphenated(name).unwrap_or_else(|| name.to_owned()))
}

/// A word for a name as it is typed in a command line. With a hyphen first it would be an option: a blank before it, which no
/// name begins with, keeps it a name.
pub(crate) fn typed_argument(word: &str) -> String {
    if word.starts_with('-') {
        quoted(&format!(" {word}"))
    } else {
        quoted(word)
    }
}

/// A path as it is typed in a command line. With a hyphen first it would be an option.
pub(crate) fn typed_path(path: &Path) -> String {
    let path = path.to_string_lossy();
    if path.starts_with('-') {
        quoted(&format!("./{path}"))
    } else {
        quoted(&path)
    }
}

/// What became of a plan: a new one was made, the old one `is_done` or was replaced, or it stays. One without a reason goes
/// without a word, unless it `is_done`.
pub(crate) fn plan(
    before: Option<&Next>,
    contact: &Contact,
    is_new: bool,
    is_done: bool,
    today: NaiveDate,
) -> Vec<String> {
    let (name, after) = (&contact.name, contact.next.as_ref());
    let day = |next: &Next| days::date(next.on, today);
    let done = |next: &Next| format!("Done: the plan for {}{}", day(next), what_for(next));
    match (before, after) {
        (before, Some(after)) if is_new => {
            let made = format!("Next with {name}: {}", planned(after, today));
            let old = before.filter(|before| *before != after || is_done);
            let replaced = |old: &Next| format!("Replaced: {}{}", day(old), what_for(old));
            let old = old.map(|old| if is_done { done(old) } else { replaced(old) });
            std::iter::once(made).chain(old).collect()
        }
        (Some(before), None) if is_done || before.what.is_some() => vec![done(before)],
        (_, Some(after)) if after.what.is_some() => vec![format!(
            "The plan for {} stays{} (`{}` takes it out)",
            day(after),
            what_for(after),
            take_out_plan(contact)
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

    #[test]
    fn a_path_with_a_hyphen_first_is_no_option() {
        for (path, typed) in [
            ("a/b.toml", "a/b.toml"),
            ("-b (1).toml", "'./-b (1).toml'"),
            ("a/-b.toml", "a/-b.toml"),
        ] {
            assert_eq!(typed_path(Path::new(path)), typed);
        }
    }

    #[test]
    fn a_name_is_typed_with_hyphens_or_as_a_shell_reads_it() {
        for (name, typed) in [
            ("Ana Ruiz", "ana-ruiz"),
            ("Zoë Lind", "zoe-lind"),
            ("李小龙", "李小龙"),
            ("Jean-Luc Ruiz", "'Jean-Luc Ruiz'"),
            ("Seán O'Brien", "\"Seán O'Brien\""),
            ("Ana \"Ani\" O'Brien", r#"'Ana "Ani" O'\''Brien'"#),
        ] {
            assert_eq!(typed_name(name), typed);
        }
    }
}
