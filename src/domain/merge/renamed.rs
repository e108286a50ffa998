//! Who was renamed by hand: only a name changed, and no UID says whose it was.

use super::pairing::Person;
use crate::domain::text::{fold, is_short_slip, is_slip};
use crate::domain::{Contact, Field};

/// How much of the past of a contact another one has.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
enum SamePast {
    /// There is none.
    None,
    /// One touch without words: others may have the same.
    OneTouch,
    /// More than two people would have in common by chance.
    Much,
}

/// Whether `new`, whose name its state has not had, can only be `old`, who is not in that state. Phone, address and firm
/// alone say nothing: people follow one another in an office. What counts is the past, which `new` has to have whole:
/// touches, promises, dates and notes. With little of that, all else has to be equal and `new` has to stand where `old`
/// stood; without any, the names have to be alike too.
///
/// ```
/// use netkeep::domain::merge::renamed::is_renamed;
/// use netkeep::domain::{Contact, Touch};
///
/// let known = |name: &str, days: &[&str]| Contact {
///     name: name.to_owned(),
///     touches: days.iter().map(|day| Touch::on(day.parse().unwrap())).collect(),
///     ..Contact::default()
/// };
/// let [ana, bea] = ["Ana", "Bea"].map(|name| known(name, &["2026-01-05", "2026-02-05"]));
/// assert!(is_renamed(&ana, &bea, false));
/// assert!(!is_renamed(&known("Ana", &[]), &known("Bea", &[]), true));
/// assert!(is_renamed(&known("Ana", &[]), &known("Ana Ruiz", &[]), true));
/// ```
pub fn is_renamed(old: &Contact, new: &Contact, is_in_place: bool) -> bool {
    if old.uid.is_some() || new.uid.is_some() {
        return false;
    }
    // Few have the same past; what else they say is compared only then.
    let Some(past) = same_past(old, new) else {
        return false;
    };
    let others = Field::ALL.into_iter().filter(|field| !is_left_out(*field));
    let differing = { others }
        .filter(|field| old.get(*field).is_some() && old.get(*field) != new.get(*field))
        .count();
    let is_equal = differing == 0 && is_in_place;
    match past {
        SamePast::Much => differing <= 1,
        SamePast::OneTouch => is_equal,
        SamePast::None => is_equal && are_alike(&old.name, &new.name),
    }
}

/// What says who someone is, gains the old name, or is compared row by row.
fn is_left_out(field: Field) -> bool {
    matches!(
        field,
        Field::Name | Field::Uid | Field::Aka | Field::Dates | Field::Notes
    )
}

/// `None` if `new` lacks some of the past of `old`.
fn same_past(old: &Contact, new: &Contact) -> Option<SamePast> {
    let notes = old.notes.as_deref().unwrap_or_default().trim_end();
    let is_all_there = has_all(&old.touches, &new.touches)
        && has_all(&old.promises, &new.promises)
        && has_all(&old.dates, &new.dates)
        && new.notes.as_deref().unwrap_or_default().contains(notes);
    let has_words = old.touches.iter().any(|touch| touch.note().is_some())
        || !notes.is_empty()
        || !old.promises.is_empty()
        || !old.dates.is_empty();
    let past = match old.touches.len() {
        _ if has_words => SamePast::Much,
        0 => SamePast::None,
        1 => SamePast::OneTouch,
        _ => SamePast::Much,
    };
    is_all_there.then_some(past)
}

/// Whether `new` has every row of `old`, as often.
fn has_all<R: PartialEq>(old: &[R], new: &[R]) -> bool {
    if old.len() > new.len() {
        return false;
    }
    let mut left: Vec<&R> = new.iter().collect();
    old.iter().all(|row| {
        let found = left.iter().position(|other| *other == row);
        found.is_some_and(|at| {
            left.remove(at);
            true
        })
    })
}

/// Whether one name is the other with a typo, or with more words.
fn are_alike(one: &str, other: &str) -> bool {
    let words = |name: &str| -> Vec<String> {
        let words = name.split_whitespace();
        words.map(fold).collect()
    };
    let [one, other] = [one, other].map(words);
    let [short, long] = if one.len() <= other.len() {
        [one, other]
    } else {
        [other, one]
    };
    let is_word = |one: &String, other: &String| {
        one == other || is_slip(one, other) || is_short_slip(one, other)
    };
    !short.is_empty() && { short.iter() }.all(|word| long.iter().any(|other| is_word(word, other)))
}

/// The persons, where each who is in a base but not on a side is the one who is new on that side if `is_renamed` says so of
/// them and of no other two; it is told the side, the person and the place of the new one.
pub(crate) fn with_renamed(
    mut persons: Vec<Person>,
    is_renamed: impl Fn(usize, &Person, usize) -> bool,
) -> Vec<Person> {
    for side in 0..2 {
        let is_old = |one: &Person| one.bases.iter().any(Option::is_some);
        let of_all = |is_it: &dyn Fn(&Person) -> bool| -> Vec<usize> {
            (0..persons.len())
                .filter(|at| is_it(&persons[*at]))
                .collect()
        };
        let gone = of_all(&|one| is_old(one) && one.sides()[side].is_none());
        let new = of_all(&|one| !is_old(one) && one.sides()[side].is_some());
        let mut pairs = Vec::new();
        for &old in &gone {
            for &new in &new {
                let [one, other] = [&persons[old], &persons[new]].map(Person::sides);
                let is_free = one[1 - side].is_none() || other[1 - side].is_none();
                if let Some(at) = other[side].filter(|_| is_free)
                    && is_renamed(side, &persons[old], at)
                {
                    pairs.push((old, new));
                }
            }
        }
        let is_only = |pair: &(usize, usize)| {
            let alike = pairs
                .iter()
                .filter(|one| one.0 == pair.0 || one.1 == pair.1);
            alike.count() == 1
        };
        let found: Vec<(usize, usize)> = pairs.iter().copied().filter(is_only).collect();
        for &(old, new) in &found {
            let old = std::mem::take(&mut persons[old]);
            let new = &mut persons[new];
            new.bases = old.bases;
            new.ours = new.ours.or(old.ours);
            new.theirs = new.theirs.or(old.theirs);
        }
        let mut removed: Vec<usize> = found.into_iter().map(|(old, _)| old).collect();
        removed.sort_unstable();
        for at in removed.into_iter().rev() {
            persons.remove(at);
        }
    }
    persons
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::Touch;

    fn contact(name: &str, days: &[&str]) -> Contact {
        let touches = days
            .iter()
            .map(|day| Touch::on(day.parse().expect("a day")));
        Contact {
            name: name.to_owned(),
            touches: touches.collect(),
            ..Contact::default()
        }
    }

    #[test]
    fn who_has_the_whole_past_was_renamed() {
        let old = contact("Ana", &["2026-01-05", "2026-02-05"]);
        let new = contact("Bea", &["2026-01-05", "2026-02-05", "2026-03-05"]);
        assert!(is_renamed(&old, &new, false));
        assert!(!is_renamed(&new, &old, true));
        // One other key may differ, and any may be new.
        let text = |text: &str| Some(text.to_owned());
        let old = Contact {
            city: text("Oslo"),
            company: text("Acme"),
            ..old
        };
        assert!(is_renamed(
            &old,
            &Contact {
                city: text("Rome"),
                company: text("Acme"),
                title: text("Dr"),
                ..new.clone()
            },
            false
        ));
        assert!(!is_renamed(
            &old,
            &Contact {
                city: text("Rome"),
                company: text("X"),
                ..new.clone()
            },
            true
        ));
        assert!(!is_renamed(
            &old,
            &Contact {
                uid: text("u1"),
                city: text("Oslo"),
                company: text("Acme"),
                ..new
            },
            true
        ));
    }

    #[test]
    fn with_little_past_all_else_has_to_be_equal_in_its_place() {
        let [old, new] = ["Ana", "Bea"].map(|name| contact(name, &["2026-01-05"]));
        assert!(is_renamed(&old, &new, true));
        assert!(!is_renamed(&old, &new, false));
        let other = Contact {
            phone: vec!["1".to_owned()],
            ..old
        };
        assert!(!is_renamed(&other, &new, true));
    }

    #[test]
    fn nobody_is_known_by_phone_address_and_firm() {
        let of = |name: &str| Contact {
            phone: vec!["+47 22 33 44 55".to_owned()],
            email: vec!["office@acme.example".to_owned()],
            company: Some("Acme".to_owned()),
            ..contact(name, &[])
        };
        assert!(!is_renamed(&of("Ana Ruiz"), &of("Bea Lind"), true));
        for (old, new) in [
            ("Ana Ruiz", "Ana Ruiz Lind"),
            ("Jon", "John"),
            ("Jhon Lind", "John Lind"),
            ("ana", "Ana "),
            ("Ana Ruiz", "Ana"),
        ] {
            assert!(is_renamed(&of(old), &of(new), true), "{old} {new}");
            assert!(!is_renamed(&of(old), &of(new), false), "{old} {new}");
        }
        assert!(!is_renamed(&of("Ana Ruiz"), &of("Ana Lind"), true));
        assert!(!is_renamed(&of(""), &of("Ana"), true));
    }
}
