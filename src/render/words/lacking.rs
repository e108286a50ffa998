//! What another copy of the book lacks and the book keeps: `Greta Vogel is missing there and stays here`.

use chrono::NaiveDate;

use super::joined::{named_promises, named_touches};
use super::messages::typed_name;
use super::missing::is_plural;
use super::plural::{and, count};
use crate::domain::changes::lacking::{Lacking, LackingParts};

/// The most contacts that are told one by one; more are counted.
const NAMED: usize = 5;

/// A line for those who are missing, one for each contact that is there without something, and one for the buckets.
pub(crate) fn lines(lacking: &Lacking, today: NaiveDate) -> Vec<String> {
    let mut lines = Vec::new();
    let contacts = &lacking.contacts;
    if !contacts.is_empty() {
        let who = match contacts.len() {
            1..=NAMED => and(contacts),
            many => count(many, "contact", "contacts"),
        };
        let typed: Vec<String> = contacts.iter().map(|name| typed_name(name)).collect();
        let (typed, them) = match contacts.len() {
            1..=NAMED => (typed.join(" "), "them"),
            _ => ("NAME".to_owned(), "one"),
        };
        lines.push(format!(
            "{}: nothing proves a removal; `netkeep remove {typed}` removes {them}",
            stays(&who, contacts.len())
        ));
    }
    if lacking.parts.len() > NAMED {
        let contacts = count(lacking.parts.len(), "contact", "contacts");
        lines.push(stays(&format!("touches or values of {contacts}"), 2));
    } else {
        lines.extend(lacking.parts.iter().map(|one| parts(one, today)));
    }
    let buckets = lacking.buckets.iter();
    lines.extend(buckets.map(|name| stays(&format!("the bucket {name}"), 1)));
    lines
}

/// `Ana Ruiz: a call on Tue 3 Nov, city and tags (rust) are missing there and stay here`.
fn parts(parts: &LackingParts, today: NaiveDate) -> String {
    let touches: Vec<_> = parts.touches.iter().collect();
    let promises: Vec<_> = parts.promises.iter().collect();
    let mut what = named_touches(&touches, today);
    what.extend(named_promises(&promises));
    let mut number = touches.len() + promises.len();
    for (field, items) in &parts.fields {
        let key = field.key();
        what.push(if items.is_empty() {
            key.to_owned()
        } else {
            format!("{key} ({})", items.join(", "))
        });
        number += if is_plural(*field) { 2 } else { 1 };
    }
    format!("{}: {}", parts.name, stays(&and(&what), number))
}

fn stays(what: &str, number: usize) -> String {
    if number == 1 {
        format!("{what} is missing there and stays here")
    } else {
        format!("{what} are missing there and stay here")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::Field;

    fn told(lacking: &Lacking) -> Vec<String> {
        lines(lacking, "2026-11-23".parse().expect("a day"))
    }

    fn without(names: &[&str]) -> Lacking {
        Lacking {
            contacts: names.iter().map(|name| (*name).to_owned()).collect(),
            ..Lacking::default()
        }
    }

    #[test]
    fn those_who_are_missing_are_named_or_counted() {
        assert_eq!(told(&Lacking::default()), [""; 0]);
        assert_eq!(
            told(&without(&["Greta Vogel"])),
            [
                "Greta Vogel is missing there and stays here: nothing proves a removal; `netkeep remove greta-vogel` removes them"
            ]
        );
        assert_eq!(
            told(&without(&["Greta Vogel", "Bo Lind"])),
            [
                "Greta Vogel and Bo Lind are missing there and stay here: nothing proves a removal; \
                 `netkeep remove greta-vogel bo-lind` removes them"
            ]
        );
        assert_eq!(
            told(&without(&["A", "B", "C", "D", "E", "F"])),
            [
                "6 contacts are missing there and stay here: nothing proves a removal; `netkeep remove NAME` removes one"
            ]
        );
    }

    #[test]
    fn what_is_missing_of_a_contact_is_one_line() {
        let parts = |number: usize| Lacking {
            parts: (0..number)
                .map(|_| LackingParts {
                    name: "Ana Ruiz".to_owned(),
                    touches: vec![crate::domain::Touch::on(
                        "2026-11-03".parse().expect("a day"),
                    )],
                    promises: vec![],
                    fields: vec![],
                })
                .collect(),
            buckets: vec!["friends".to_owned()],
            ..Lacking::default()
        };
        let bucket = "the bucket friends is missing there and stays here";
        let mut one = parts(1);
        assert_eq!(
            told(&one),
            [
                "Ana Ruiz: a touch on Tue 3 Nov is missing there and stays here",
                bucket
            ]
        );
        one.parts[0].fields = vec![
            (Field::City, vec![]),
            (Field::Tags, vec!["rust".to_owned(), "conf".to_owned()]),
        ];
        assert_eq!(
            told(&one)[0],
            "Ana Ruiz: a touch on Tue 3 Nov, city and tags (rust, conf) are missing there and stay here"
        );
        assert_eq!(
            told(&parts(6)),
            [
                "touches or values of 6 contacts are missing there and stay here",
                bucket
            ]
        );
    }
}
