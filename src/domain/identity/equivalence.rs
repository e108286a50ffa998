//! Whether two values mean the same, however they are written.

use std::collections::HashSet;

use super::match_key::{self, Phone};
use crate::domain::text::{caseless, fold, is_one_spelling, phone};
use crate::domain::{Field, OtherDay, Promise, Touch, Value};

/// Whether a touch adds nothing to the other: it is the same, or has only its day.
pub(super) fn is_said_by(one: &Touch, other: &Touch) -> bool {
    one.on == other.on && *one == Touch::on(one.on) || is_same_touch(one, other)
}

/// Whether a promise adds nothing to the other: it is the same, or lacks only the day.
pub(super) fn is_kept_by(one: &Promise, other: &Promise) -> bool {
    let is_by = one.by.is_none() || one.by == other.by;
    is_by && said(&one.what) == said(&other.what)
}

/// Whether two promises say the same.
pub(crate) fn is_same_promise(one: &Promise, other: &Promise) -> bool {
    one.by == other.by && said(&one.what) == said(&other.what)
}

/// Whether two dates are the same day of the year and say the same; one of them may lack the year.
pub(crate) fn is_same_other_day(one: &OtherDay, other: &OtherDay) -> bool {
    one.on.is_one_with(other.on) && is_alike_text(&said(&one.what), &said(&other.what))
}

/// The dates with those of `theirs` that they lack, and with the years that those know; `None` if nothing is new.
pub(crate) fn united_dates(mine: &[OtherDay], theirs: &[OtherDay]) -> Option<Vec<OtherDay>> {
    let mut all = mine.to_vec();
    for date in theirs {
        if all.contains(date) {
            continue;
        }
        let mut own = all.iter_mut();
        match own.find(|own| is_same_other_day(own, date)) {
            Some(own) if own.on.learns_from(date.on) => own.on = date.on,
            Some(_) => {}
            None => all.push(date.clone()),
        }
    }
    (all != mine).then_some(all)
}

/// A text without the control characters and blanks that other programs change.
fn said(text: &str) -> String {
    let text: String = text.chars().filter(|c| !c.is_control()).collect();
    text.trim().to_owned()
}

/// Whether two touches say the same. Blank text counts as none, and where a touch was read does not matter.
pub(crate) fn is_same_touch(one: &Touch, other: &Touch) -> bool {
    let said = |text: &Option<String>| said(text.as_deref().unwrap_or_default());
    let content = |touch: &Touch| {
        let words = touch.words();
        let texts = [&words.via, &words.note, &words.gave, &words.got];
        (touch.direction, texts.map(said))
    };
    one.on == other.on && content(one) == content(other)
}

/// Whether two entries of a list are the same, or the first has everything that is in the second.
pub(crate) fn is_one(field: Field, one: &str, other: &str) -> bool {
    let by = |key: fn(&str) -> Option<String>| {
        key(one).is_some_and(|key_of_one| Some(key_of_one) == key(other))
    };
    let is_alike = match field {
        Field::Email => {
            let [mine, theirs] = [one, other].map(match_key::emails_in);
            !theirs.is_empty() && theirs.iter().all(|address| mine.contains(address))
        }
        Field::Links => by(match_key::link),
        Field::Phone => {
            let [mine, theirs] = [one, other].map(|text| Phone::all(text).collect::<Vec<_>>());
            match (mine.as_slice(), theirs.as_slice()) {
                // Too short to identify anyone, but the same number.
                ([], []) => by(dialled),
                (_, []) => false,
                (mine, theirs) => theirs
                    .iter()
                    .all(|other| mine.iter().any(|one| one.is(other))),
            }
        }
        _ => false,
    };
    is_alike || is_alike_text(one, other)
}

fn dialled(text: &str) -> Option<String> {
    phone::number(text).map(|number| number.digits)
}

pub(crate) fn is_same(field: Field, mine: &Value, theirs: &Value) -> bool {
    match (mine, theirs) {
        // Brackets in a name tell namesakes apart; any other word in them makes another name.
        (Value::Text(mine), Value::Text(theirs)) if field == Field::Name => {
            is_alike_text(mine, theirs)
                || is_one_spelling(mine, theirs)
                || match_key::name(mine) == match_key::whole_name(theirs)
        }
        (Value::Text(mine), Value::Text(theirs)) if field == Field::Notes => says(mine, theirs),
        (Value::Text(mine), Value::Text(theirs)) if field == Field::Company => {
            match_key::company(mine) == match_key::company(theirs)
        }
        (Value::Text(mine), Value::Text(theirs)) => is_alike_text(mine, theirs),
        (mine, theirs) => mine == theirs,
    }
}

/// Whether two texts are the same, ignoring case, accents and punctuation; punctuation alone must match exactly.
pub(crate) fn is_alike_text(one: &str, other: &str) -> bool {
    let [first, second] = [one, other].map(fold);
    one.trim() == other.trim() || !first.is_empty() && first == second
}

/// Whether `text` has every line of `part`.
pub(crate) fn says(text: &str, part: &str) -> bool {
    lacking(text, part).is_empty()
}

/// The lines of `part` that `text` lacks.
pub(crate) fn lacking<'p>(text: &str, part: &'p str) -> Vec<&'p str> {
    let plain = |line: &str| caseless(line.trim());
    let there: HashSet<String> = text.lines().map(plain).collect();
    let lines = part.lines().filter(|line| !line.trim().is_empty());
    lines.filter(|line| !there.contains(&plain(line))).collect()
}
