//! Who was invited to a meeting.

use std::collections::HashMap;

use super::property::EventProperty;
use crate::domain::identity::match_key;
use crate::domain::sources::fact::{Attendee, Mailbox};
use crate::domain::text::{caseless, percent, shortened};
use crate::exchange::clean::{after, one_line};

/// The most people of a meeting that are kept. A meeting of so many is a meeting with nobody in particular, and a calendar can have
/// millions of them.
const MOST_PEOPLE: usize = 500;

/// The longest name or address that is kept, in characters.
const LONGEST: usize = 200;

/// Where calendars of Google have the addresses of rooms and of calendars.
const DOMAINS_OF_THINGS: [&str; 2] = [
    "@resource.calendar.google.com",
    "@group.calendar.google.com",
];

/// The attendees and the organizer of a meeting, each once.
#[derive(Debug, Default)]
pub(super) struct Guests {
    people: Vec<Attendee>,
    by_address: HashMap<String, usize>,
}

impl Guests {
    /// Adds the person that a property names, ATTENDEE or ORGANIZER. Source: RFC 5545, 3.8.4.
    pub(super) fn add(&mut self, property: &EventProperty) {
        if self.people.len() == MOST_PEOPLE {
            return;
        }
        let Some(address) = address(property) else {
            return;
        };
        let name = property.param("CN").map(|name| one_line(&name));
        let name = name.filter(|name| !name.is_empty() && caseless(name) != address);
        let is_thing = property.has("CUTYPE", &["ROOM", "RESOURCE", "GROUP"])
            || property.has("ROLE", &["NON-PARTICIPANT"])
            || DOMAINS_OF_THINGS
                .iter()
                .any(|domain| address.ends_with(domain));
        let has_declined = property.has("PARTSTAT", &["DECLINED", "DELEGATED"]);
        let at = *self.by_address.entry(address.clone()).or_insert_with(|| {
            self.people.push(Attendee {
                mailbox: Mailbox {
                    address,
                    name: None,
                },
                ..Attendee::default()
            });
            self.people.len() - 1
        });
        let guest = &mut self.people[at];
        guest.is_thing |= is_thing;
        guest.has_declined |= has_declined;
        guest.is_organizer |= property.name.eq_ignore_ascii_case("ORGANIZER");
        if guest.mailbox.name.is_none() {
            guest.mailbox.name = name.map(|name| shortened(&name, LONGEST));
        }
    }

    pub(super) fn into_people(self) -> Vec<Attendee> {
        self.people
    }
}

/// The address in the form in which it is compared. What is no address of mail, such as `urn:uuid:…`, stays as it is: it is
/// a guest who is no contact.
fn address(property: &EventProperty) -> Option<String> {
    let value = shortened(property.value.trim_matches('"').trim(), LONGEST);
    let bare = after(&value, "mailto:").map_or_else(
        || value.clone(),
        |address| percent::decoded(address.split('?').next().unwrap_or_default()),
    );
    let other = || property.param("EMAIL");
    let first = |text: &str| match_key::emails_in(text).into_iter().next();
    let key = first(&bare).or_else(|| first(&other()?));
    key.or_else(|| Some(caseless(&one_line(&value))).filter(|value| !value.is_empty()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn people(lines: &[&str]) -> Vec<String> {
        let mut guests = Guests::default();
        for line in lines {
            guests.add(&EventProperty::read(line, 1).expect("a property"));
        }
        let shown = |guest: Attendee| {
            let name = guest
                .mailbox
                .name
                .map_or(String::new(), |name| format!("{name} "));
            let thing = if guest.is_thing { " thing" } else { "" };
            let declined = if guest.has_declined { " declined" } else { "" };
            format!("{name}<{}>{thing}{declined}", guest.mailbox.address)
        };
        guests.into_people().into_iter().map(shown).collect()
    }

    #[test]
    fn everyone_is_there_once() {
        let lines = [
            "ORGANIZER:MAILTO:Sam@Keeper.example",
            "ATTENDEE;CN=Sam Keeper;PARTSTAT=ACCEPTED:mailto:sam@keeper.example",
            "ATTENDEE;CN=bo@lind.example:mailto:bo@lind.example",
        ];
        assert_eq!(
            people(&lines),
            ["Sam Keeper <sam@keeper.example>", "<bo@lind.example>"]
        );
    }

    #[test]
    fn rooms_resources_and_lists_are_things() {
        let lines = [
            "ATTENDEE;CUTYPE=ROOM:mailto:a@x.example",
            "ATTENDEE;CUTYPE=resource:mailto:b@x.example",
            "ATTENDEE;CUTYPE=\"GROUP\":mailto:c@x.example",
            "ATTENDEE;ROLE=NON-PARTICIPANT:mailto:d@x.example",
            "ATTENDEE:mailto:x_1@resource.calendar.google.com",
            "ORGANIZER:mailto:y@group.calendar.google.com",
        ];
        assert!(people(&lines).iter().all(|one| one.ends_with(" thing")));
        assert_eq!(
            people(&["ATTENDEE;CUTYPE=INDIVIDUAL;ROLE=CHAIR:mailto:e@x.example"]),
            ["<e@x.example>"]
        );
    }

    #[test]
    fn who_declined_or_sent_another_is_not_there() {
        let lines = [
            "ATTENDEE;PARTSTAT=declined:mailto:a@x.example",
            "ATTENDEE;PARTSTAT=DELEGATED:mailto:b@x.example",
            "ATTENDEE;PARTSTAT=TENTATIVE:mailto:c@x.example",
            "ATTENDEE;PARTSTAT=NEEDS-ACTION:mailto:d@x.example",
        ];
        let expected = [
            "<a@x.example> declined",
            "<b@x.example> declined",
            "<c@x.example>",
            "<d@x.example>",
        ];
        assert_eq!(people(&lines), expected);
    }

    #[test]
    fn addresses_are_found_where_programs_write_them() {
        let cases = [
            ("ATTENDEE:bo@lind.example", "<bo@lind.example>"),
            (
                "ATTENDEE:mailto:Bo%2Bcal@lind.example?subject=x",
                "<bo+cal@lind.example>",
            ),
            ("ATTENDEE:\"mailto:bo@lind.example\"", "<bo@lind.example>"),
            (
                "ATTENDEE;EMAIL=bo@lind.example:/aMTIz/principal/",
                "<bo@lind.example>",
            ),
            (
                "ATTENDEE;EMAIL=\"x@y.example\":mailto:bo@lind.example",
                "<bo@lind.example>",
            ),
            (
                "ATTENDEE:mailto:Bo Lind <bo@lind.example>",
                "<bo@lind.example>",
            ),
            ("ATTENDEE;CN=Bo:urn:uuid:AB", "Bo <urn:uuid:ab>"),
            (
                "ATTENDEE;CN=\"Lind^n, ^'Bo^'\":mailto:bo@lind.example",
                "Lind , \"Bo\" <bo@lind.example>",
            ),
        ];
        for (line, expected) in cases {
            assert_eq!(people(&[line]), [expected], "{line}");
        }
        assert!(people(&["ATTENDEE:"]).is_empty());
    }

    #[test]
    fn a_million_people_are_too_many() {
        let mut guests = Guests::default();
        for at in 0..1_000_000 {
            let line = format!("ATTENDEE:mailto:p{at}@x.example");
            guests.add(&EventProperty::read(&line, 1).expect("a property"));
        }
        assert_eq!(guests.into_people().len(), MOST_PEOPLE);
    }
}
