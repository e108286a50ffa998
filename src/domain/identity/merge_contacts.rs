//! Merges two contacts of the book.

use super::equivalence::{says, united_dates};
use super::supplement::{Merged, Prefer};
use crate::domain::{Contact, Field, OtherDay, Value};

/// Which dates, promises and touches of the second of two contacts are also those of the first.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub(crate) struct RowsThere {
    /// For each date of the second.
    pub(crate) dates: Vec<bool>,
    /// For each promise of the second.
    pub(crate) promises: Vec<bool>,
    /// For each touch of the second.
    pub(crate) touches: Vec<bool>,
}

/// Merges `other` into `one`: the result has everything that either has, and the second's name as another name. The notes
/// are joined, and tracking began on the earlier day. Of two plans, one with a reason wins, else the earlier one.
///
/// What differs goes into the notes, and so do `asides`, which say what only the texts of the two have. What is `there`
/// of the dates, promises and touches is not added again.
pub(crate) fn merge_contacts(
    one: &Contact,
    other: &Contact,
    there: &RowsThere,
    asides: &[String],
) -> Merged {
    let mut merged = Merged::of(one);
    let aka = other.names().filter(|name| **name != one.name);
    let named = Contact {
        name: one.name.clone(),
        aka: aka.cloned().collect(),
        notes: joined_notes(one, other),
        ..other.clone()
    };
    for field in Field::ALL {
        if field == Field::Dates {
            merged.merge_dates(other, &there.dates);
            continue;
        }
        if field == Field::Notes {
            if let Some(notes) = &named.notes {
                merged.gain(field, Value::Text(notes.clone()));
            }
            continue;
        }
        let is_earlier = match field {
            Field::Added => earlier(named.added, one.added),
            Field::Next => stands_before(&named, one),
            _ => false,
        };
        if let Some(value) = named.get(field).filter(|_| is_earlier) {
            merged.put(field, value);
            merged.gains.fields.push(field);
            if field == Field::Next {
                merged.gains.differs.push(field);
            }
        } else {
            merged.take(field, &named, Prefer::Mine);
        }
        // A value that only looks the same is reported too, because the second is lost.
        let [mine, theirs] = [one, &named].map(|contact| contact.get(field));
        let is_text = matches!(
            (&mine, &theirs),
            (Some(Value::Text(_)), Some(Value::Text(_)))
        );
        let is_reported = merged.gains.differs.contains(&field);
        if is_text && mine != theirs && !is_reported {
            merged.gains.differs.push(field);
        }
    }
    if one.touches.is_empty() {
        merged.contact.touches.clone_from(&other.touches);
        merged.gains.touches = other.touches.len();
    } else {
        let touches = other.touches.iter().zip(&there.touches);
        for (touch, _) in touches.filter(|(_, is_there)| !**is_there) {
            merged.insert_touch(touch);
        }
    }
    let promises = other.promises.iter().zip(&there.promises);
    let new = promises.filter(|(_, is_there)| one.promises.is_empty() || !**is_there);
    merged.add_promises(new.map(|(promise, _)| promise.clone()));
    let differs = merged.gains.differs.iter();
    let differs = differs.filter_map(|field| aside(*field, &merged.contact, [one, other]));
    let asides: Vec<String> = differs.chain(asides.iter().cloned()).collect();
    add_asides(&mut merged.contact.notes, asides);
    merged
}

impl Merged {
    /// Takes the years that the dates of `other` know, and those dates that are not `there`.
    fn merge_dates(&mut self, other: &Contact, there: &[bool]) {
        let is_there = |at: &usize| *there.get(*at).unwrap_or(&false);
        let of = |wanted: bool| -> Vec<OtherDay> {
            let places = (0..other.dates.len()).filter(|at| is_there(at) == wanted);
            places.map(|at| other.dates[at].clone()).collect()
        };
        let own = &self.contact.dates;
        let (known, mut new) = (of(true), of(false));
        if own.is_empty() {
            new.clone_from(&other.dates);
        }
        let mut all = united_dates(own, &known).unwrap_or_else(|| own.clone());
        all.append(&mut new);
        if all != *own {
            self.gain(Field::Dates, Value::Dates(all));
        }
    }
}

/// The line for the notes that keeps the value of a field that gave way.
fn aside(field: Field, merged: &Contact, both: [&Contact; 2]) -> Option<String> {
    let value = merged.get(field);
    let lost = both.into_iter().map(|contact| contact.get(field));
    let lost = lost.flatten().find(|lost| Some(lost) != value.as_ref())?;
    let said = match lost {
        Value::Text(text) => text,
        Value::List(items) => items.join(", "),
        Value::Flag(flag) => flag.to_string(),
        Value::Day(day) => day.to_string(),
        dates @ Value::Dates(_) => dates.to_string(),
        Value::Next(next) => {
            let on = next.on.to_string();
            next.what.map_or(on.clone(), |what| format!("{on} {what}"))
        }
    };
    Some(format!("{}: {said}", field.key()))
}

/// Adds the lines that the notes do not have yet.
fn add_asides(notes: &mut Option<String>, asides: Vec<String>) {
    let known = notes.clone().unwrap_or_default();
    let new = asides
        .into_iter()
        .filter(|aside| !known.contains(aside.as_str()));
    let new: Vec<String> = new.collect();
    if new.is_empty() {
        return;
    }
    let new = new.join("\n");
    *notes = Some(match known.trim_end() {
        "" => new,
        known => format!("{known}\n{new}"),
    });
}

/// Whether the plan of `other` wins over that of `one`: an open plan before one that a touch has used up, then one with a
/// reason, then the earlier day.
fn stands_before(other: &Contact, one: &Contact) -> bool {
    let last = one
        .touches
        .iter()
        .chain(&other.touches)
        .map(|touch| touch.on)
        .max();
    let rank = |contact: &Contact| {
        let next = contact.next.as_ref()?;
        let is_spent = last.is_some_and(|last| last >= next.on);
        Some((is_spent, next.what.is_none(), next.on))
    };
    earlier(rank(other), rank(one))
}

fn earlier<T: PartialOrd>(one: Option<T>, other: Option<T>) -> bool {
    matches!((one, other), (Some(one), Some(other)) if one < other)
}

fn joined_notes(one: &Contact, other: &Contact) -> Option<String> {
    let (Some(first), Some(second)) = (&one.notes, &other.notes) else {
        return other.notes.clone();
    };
    if says(first, second) {
        return None;
    }
    Some(format!("{}\n\n{second}", first.trim_end()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{Next, Promise, Touch};

    fn day(text: &str) -> chrono::NaiveDate {
        text.parse().expect("a day")
    }

    #[test]
    fn merges_two_contacts() {
        let next = |on, what: &str| Next {
            on: day(on),
            what: Some(what.to_owned()),
        };
        let promise = |what: &str| Promise {
            by: None,
            what: what.to_owned(),
        };
        let other = Contact {
            name: "A. Ruiz".to_owned(),
            aka: vec!["Ani".to_owned()],
            bucket: Some("clients".to_owned()),
            company: Some("Globex".to_owned()),
            notes: Some("Sails.".to_owned()),
            friendly: true,
            added: Some(day("2020-01-01")),
            next: Some(next("2026-12-01", "call")),
            promises: vec![promise("the draft"), promise("a map")],
            touches: vec![Touch::on(day("2026-10-02")), Touch::on(day("2026-09-01"))],
            ..Contact::default()
        };
        let one = Contact {
            name: "Ana Ruiz".to_owned(),
            company: Some("Acme".to_owned()),
            added: Some(day("2024-01-01")),
            next: Some(next("2026-12-24", "card")),
            promises: vec![promise("the plan"), promise("the draft")],
            notes: Some("Two kids.\nPrefers mornings.\n".to_owned()),
            touches: vec![Touch::on(day("2026-10-02")), Touch::on(day("2026-11-10"))],
            ..Contact::default()
        };
        let there = RowsThere {
            dates: vec![],
            promises: vec![true, false],
            touches: vec![true, false],
        };
        let merged = merge_contacts(&one, &other, &there, &["github: ana".to_owned()]);
        let both = &merged.contact;
        assert_eq!(both.name, "Ana Ruiz");
        assert_eq!(both.aka, ["A. Ruiz", "Ani"]);
        assert_eq!(both.bucket.as_deref(), Some("clients"));
        assert_eq!(both.company.as_deref(), Some("Acme"));
        assert_eq!(
            both.notes.as_deref(),
            Some(
                "Two kids.\nPrefers mornings.\n\nSails.\ncompany: Globex\nnext: 2026-12-24 card\ngithub: ana"
            )
        );
        assert!(both.friendly);
        assert_eq!(both.added, Some(day("2020-01-01")));
        assert_eq!(both.next, other.next);
        assert_eq!(both.touches[0].on, day("2026-09-01"));
        assert_eq!(both.touches.len(), 3);
        let promises = both.promises.iter().map(|promise| promise.what.as_str());
        assert_eq!(
            promises.collect::<Vec<_>>(),
            ["the plan", "the draft", "a map"]
        );
        assert_eq!(merged.gains.differs, [Field::Company, Field::Next]);
    }
}
