//! Who brought each contact: `met = "RustConf 2024, through Bo Lind"`, or an introduction that you got.

use std::cmp::Reverse;
use std::collections::HashMap;

use chrono::NaiveDate;

use super::introductions::{NamePieces, introduced, introducer};
use super::mentioned::mentioned;
use crate::domain::text::fold;
use crate::domain::{Book, ContactId};

/// Who was brought by a person. People are numbers: those of the contacts of the book, then those of people who are not in it.
///
/// Nobody is brought by several, and there are no circles.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(crate) struct BroughtBy<'b> {
    contacts: usize,
    /// Who brought each person.
    bringers: Vec<Option<usize>>,
    /// The names of those who are not in the book, as `met` has them.
    strangers: Vec<&'b str>,
}

impl<'b> BroughtBy<'b> {
    /// Who brought each contact, as the book says up to `today`.
    ///
    /// It is the person that `met` names, else the first contact who gave you an introduction to them. What would close a circle
    /// does not count.
    pub(crate) fn of(book: &'b Book, today: NaiveDate) -> Self {
        let (brought, mut all): (Vec<ContactId>, Vec<NamePieces>) = told_by_met(book).unzip();
        let (givers, got): (Vec<ContactId>, Vec<NamePieces>) = told_by_got(book, today).unzip();
        all.extend(got);
        let found = named(book, &all);

        let mut links = Links::of(book);
        for ((person, pieces), found) in brought.iter().zip(&all).zip(&found) {
            let by = match (found, pieces.plain()) {
                (Some(named), _) => named.id.0,
                (None, Some(stranger)) => links.stranger(stranger),
                (None, None) => continue,
            };
            links.add(person.0, by);
        }
        // Of those who are not in the book, nobody knows whether they came.
        for (by, found) in givers.iter().zip(&found[brought.len()..]) {
            if let Some(named) = found {
                links.add(named.id.0, by.0);
            }
        }
        links.people
    }

    /// The contact who brought another.
    pub(crate) fn bringer(&self, id: ContactId) -> Option<ContactId> {
        let by = self.bringers[id.0]?;
        (by < self.contacts).then_some(ContactId(by))
    }

    /// The contacts that one brought, in the order of the file.
    pub(crate) fn brought(&self, by: ContactId) -> Vec<ContactId> {
        let is_one = |id: &usize| self.bringers[*id] == Some(by.0);
        (0..self.contacts).filter(is_one).map(ContactId).collect()
    }

    /// Each contact who brought others, and how many: those who brought most first, then in the order of the file.
    pub(crate) fn connectors(&self) -> Vec<(ContactId, usize)> {
        let mut counts = vec![0; self.contacts];
        for by in self.bringers.iter().flatten() {
            if let Some(count) = counts.get_mut(*by) {
                *count += 1;
            }
        }
        let counts = counts.into_iter().enumerate();
        let mut connectors: Vec<(ContactId, usize)> = counts
            .filter(|(_, count)| *count > 0)
            .map(|(id, count)| (ContactId(id), count))
            .collect();
        connectors.sort_by_key(|(_, count)| Reverse(*count));
        connectors
    }

    /// Who brought each person, by number.
    pub(crate) fn bringers(&self) -> &[Option<usize>] {
        &self.bringers
    }

    /// The contact with this number, or the name of the person who is not in the book.
    pub(crate) fn person(&self, number: usize) -> Result<ContactId, &'b str> {
        match number.checked_sub(self.contacts) {
            None => Ok(ContactId(number)),
            Some(stranger) => Err(self.strangers[stranger]),
        }
    }
}

/// Whether an introduction that named a contact names nobody or someone else once the book has changed.
pub(crate) fn loses_introductions(
    before: &Book,
    after: &Book,
    id: ContactId,
    today: NaiveDate,
) -> bool {
    let met = told_by_met(before).map(|(_, pieces)| pieces);
    let got = told_by_got(before, today).map(|(_, pieces)| pieces);
    let texts: Vec<NamePieces> = met.chain(got).collect();
    let [before, after] = [before, after].map(|book| named(book, &texts));
    let is_it = |found: &Option<NamedContact>| found.is_some_and(|named| named.id == id);
    before
        .iter()
        .zip(&after)
        .any(|(before, after)| is_it(before) && !is_it(after))
}

/// Each contact whose `met` tells of an introduction, and what it says.
fn told_by_met(book: &Book) -> impl Iterator<Item = (ContactId, NamePieces<'_>)> {
    book.ids().filter_map(|id| {
        let pieces = introducer(book.contact(id).met.as_deref()?);
        (!pieces.places.is_empty()).then_some((id, pieces))
    })
}

/// Each contact who introduced you to someone up to `today`, and what their touch says.
fn told_by_got(book: &Book, today: NaiveDate) -> impl Iterator<Item = (ContactId, NamePieces<'_>)> {
    book.ids().flat_map(move |id| {
        let touches = book.contact(id).touches.iter();
        let touches = touches.filter(move |touch| touch.on <= today);
        touches.filter_map(move |touch| {
            let pieces = introduced(touch.words().got.as_deref()?);
            (!pieces.places.is_empty()).then_some((id, pieces))
        })
    })
}

/// A contact whose name is in a text.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) struct NamedContact {
    pub(crate) id: ContactId,
    /// Which piece of the text it is.
    pub(crate) piece: usize,
}

/// For each text the contact that is meant by the first of its pieces that means one.
pub(crate) fn named(book: &Book, texts: &[NamePieces]) -> Vec<Option<NamedContact>> {
    let pieces: Vec<&str> = texts.iter().flat_map(NamePieces::pieces).collect();
    let found = mentioned(book, &pieces);
    let mut rest = found.as_slice();
    let first = |text: &NamePieces| {
        let (of_text, others) = rest.split_at(text.places.len());
        rest = others;
        let mut of_text = text.places.iter().zip(of_text).enumerate();
        of_text.find_map(|(piece, (place, found))| {
            let found = found.filter(|found| found.is_whole || !place.may_go_on)?;
            let id = found.id;
            Some(NamedContact { id, piece })
        })
    };
    texts.iter().map(first).collect()
}

/// What is known so far.
struct Links<'b> {
    people: BroughtBy<'b>,
    /// By folded name.
    stranger_ids: HashMap<String, usize>,
    /// A person who is linked to each, nearer to the one who stands for all of them.
    nearer: Vec<usize>,
}

impl<'b> Links<'b> {
    fn of(book: &Book) -> Self {
        let contacts = book.contacts.len();
        Self {
            people: BroughtBy {
                contacts,
                bringers: vec![None; contacts],
                strangers: vec![],
            },
            stranger_ids: HashMap::new(),
            nearer: (0..contacts).collect(),
        }
    }

    /// The person of that name who is not in the book.
    fn stranger(&mut self, name: &'b str) -> usize {
        let new = self.nearer.len();
        let id = *self.stranger_ids.entry(fold(name)).or_insert(new);
        if id == new {
            self.people.strangers.push(name);
            self.people.bringers.push(None);
            self.nearer.push(new);
        }
        id
    }

    /// Notes that `by` brought `person`, unless someone else did or it closes a circle.
    fn add(&mut self, person: usize, by: usize) {
        let [one, other] = [person, by].map(|person| self.standing_for(person));
        if self.people.bringers[person].is_none() && one != other {
            self.people.bringers[person] = Some(by);
            self.nearer[one] = other;
        }
    }

    /// The person who stands for all who are linked to one, in amortised logarithmic time: the way there is halved each time.
    fn standing_for(&mut self, mut person: usize) -> usize {
        while self.nearer[person] != person {
            self.nearer[person] = self.nearer[self.nearer[person]];
            person = self.nearer[person];
        }
        person
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{Contact, Touch, Words};

    const TODAY: &str = "2026-11-23";

    fn day(text: &str) -> NaiveDate {
        text.parse().expect("an ISO date")
    }

    /// A contact is `NAME: MET`, with `MET` empty for none, or `NAME: got GOT`.
    fn book(contacts: &[&str]) -> Book {
        let contact = |line: &&str| {
            let (name, met) = line.split_once(": ").unwrap_or((line, ""));
            let got = met.strip_prefix("got ").map(str::to_owned);
            let met = Some(met).filter(|met| !met.is_empty() && got.is_none());
            let got = got.map(|got| {
                Touch::on(day("2026-11-01")).with(Words {
                    got: Some(got),
                    ..Words::default()
                })
            });
            Contact {
                name: name.to_owned(),
                met: met.map(str::to_owned),
                touches: got.into_iter().collect(),
                ..Contact::default()
            }
        };
        contacts.iter().map(contact).collect()
    }

    /// Everyone who was brought, as `NAME by NAME`; those who are not in the book have a `?`.
    fn told(book: &Book) -> String {
        let found = BroughtBy::of(book, day(TODAY));
        let told = book.ids().filter_map(|id| {
            let by = match found.person(found.bringers()[id.0]?) {
                Ok(by) => book.contact(by).name.clone(),
                Err(stranger) => format!("{stranger}?"),
            };
            Some(format!("{} by {by}", book.contact(id).name))
        });
        told.collect::<Vec<_>>().join(", ")
    }

    #[test]
    fn the_longest_piece_that_names_a_contact_decides() {
        for (contacts, expected) in [
            (
                &["Bo", "Bo in 't Veld", "Cy: through Bo in 't Veld in Delft"][..],
                "Cy by Bo in 't Veld",
            ),
            (&["Bo", "Cy: through Bo in Delft"], "Cy by Bo"),
            (
                &["Bo via Lind", "Lind", "Cy: through Bo via Lind"],
                "Cy by Bo via Lind",
            ),
            (&["Bo", "Lind", "Cy: through Bo via Lind"], "Cy by Lind"),
            (&["Bo", "Cy: via LinkedIn, introduced by Bo"], "Cy by Bo"),
            (
                &["Ruiz, Ana", "Cy: through Ruiz Ana at dawn"],
                "Cy by Ruiz, Ana",
            ),
            (
                &["Bo Lind", "Cy: introduced by Gus, through Bo Lind"],
                "Cy by Bo Lind",
            ),
            (&["Cy: through Gus in Delft"], "Cy by Gus?"),
            (&["Cy: through Gus Tamm last May"], "Cy by Gus Tamm?"),
            (&["Cy: through Gus, via LinkedIn"], "Cy by LinkedIn?"),
            (&["Cy: through via"], ""),
            (&["Via", "Cy: through via"], "Cy by Via"),
            (
                &[
                    "Bo and Ana Vale",
                    "Bo",
                    "Cy: got an intro to Bo and Ana Vale",
                ],
                "Bo and Ana Vale by Cy",
            ),
        ] {
            assert_eq!(told(&book(contacts)), expected, "{contacts:?}");
        }
    }

    #[test]
    fn what_comes_after_a_name_is_left_off() {
        for (contact, met, by) in [
            ("Bo Lind", "through Bo Lind via LinkedIn", "Bo Lind"),
            ("Bo Lind", "through Bo Lind, via LinkedIn", "Bo Lind"),
            ("Bo Lind", "through Bo Lind last May", "Bo Lind"),
            ("Bo Lind", "through Bo Lind 2019", "Bo Lind"),
            ("Bo Lind", "through Bo Lind of Acme", "Bo Lind"),
            ("Bo Lind", "through Bo Lind: a dinner", "Bo Lind"),
            ("Bo Lind", "through Bo Lind!", "Bo Lind"),
            ("Bo Lind", "through Bo Lind & Ana", "Bo Lind"),
            ("Bo Lind", "through Bo Lind [Acme]", "Bo Lind"),
            ("Bo Lind", "through Bo Lind At RustConf", "Bo Lind"),
            ("Bo Lind", "through Bo Lind, then through work", "Bo Lind"),
            ("Bo Lind", "through Bo Lind Acme", "Bo Lind"),
            ("Bo Lind", "through bo lind acme", "Bo Lind"),
            ("Bo Lind", "through Bo", "Bo Lind"),
            ("Bo Lind", "through Bo last May", "Bo Lind"),
            ("Bo Lind", "through Bo & Ana", "Bo Lind"),
            ("Bo Lind", "through Bo 2019", "Bo Lind"),
            ("Mum", "through Mum last May", "Mum"),
            ("李小龙", "through 李小龙，2019", "李小龙"),
            // A part of a name may be someone else's.
            ("Ana Ruiz", "through Ana Kok", "Ana Kok?"),
            ("Ana", "through Ana Kok", "Ana Kok?"),
            ("Ana Ruiz", "through Ana de la Cruz", "Ana de la Cruz?"),
            ("Ana Maria Ruiz", "through Ana Maria Kok", "Ana Maria Kok?"),
            ("Ana Ruiz", "through Ana-Lena", "Ana-Lena?"),
            ("A. Ruiz", "through a friend of mine", "a friend?"),
            ("Work & Co", "through work last year", "Work & Co"),
            ("Ana Workman", "through work", "work?"),
        ] {
            let met = format!("Cy: {met}");
            let told = told(&book(&[contact, &met]));
            assert_eq!(told, format!("Cy by {by}"), "{contact} {met}");
        }
    }

    #[test]
    fn met_decides_before_an_introduction_that_you_got() {
        let book = book(&[
            "Ana: through Bo",
            "Bo: got an introduction to Cy",
            "Cy: through Gus",
            "Di: got an introduction to Ana",
            "Em: got an introduction to Bo",
        ]);
        assert_eq!(told(&book), "Ana by Bo, Bo by Em, Cy by Gus?");
        let found = BroughtBy::of(&book, day(TODAY));
        assert_eq!(found.bringer(ContactId(0)), Some(ContactId(1)));
        assert_eq!(found.bringer(ContactId(2)), None);
        assert_eq!(found.brought(ContactId(1)), [ContactId(0)]);
        assert_eq!(found.brought(ContactId(0)), []);
    }

    #[test]
    fn what_is_got_after_today_does_not_count() {
        let book = book(&["Ana", "Bo: got an introduction to Ana"]);
        let found = BroughtBy::of(&book, day("2026-10-31"));
        assert_eq!(found.bringer(ContactId(0)), None);
    }

    #[test]
    fn a_new_name_loses_the_introductions_that_named_the_old_one() {
        for (contacts, id, name, is_lost) in [
            (&["Bo Lind", "Cy: through Bo Lind"][..], 0, "Bo Vale", true),
            (&["Bo Lind", "Cy: through Bo"], 0, "Bo Vale", false),
            (&["Bo Lind", "Cy: got an intro to Bo Lind"], 0, "Bo", true),
            (&["Bo Lind", "Cy: through Bo Vale"], 0, "Bo Vale", false),
            (&["Bo Lind", "Cy: through Bo Vale"], 0, "Ed", false),
            // Someone else is called that already.
            (&["Bo", "Lea", "Cy: through Bo"], 0, "Lea", true),
            // Another's introduction is lost, which the note would not tell.
            (&["Bo: through Lea", "Lea"], 0, "Lea", false),
            (&["Bo: through Bo"], 0, "Ed", true),
        ] {
            let before = book(contacts);
            let mut after = before.clone();
            let new = Contact {
                name: name.to_owned(),
                ..Contact::clone(before.contact(ContactId(id)))
            };
            after.contacts[id] = new.into();
            let found = loses_introductions(&before, &after, ContactId(id), day(TODAY));
            assert_eq!(found, is_lost, "{contacts:?} {name}");
        }
    }

    #[test]
    fn connectors_are_those_who_brought_most_then_in_the_order_of_the_file() {
        let book = book(&[
            "Ana",
            "Bo: through Ana",
            "Cy",
            "Di: through Cy",
            "Em: through Bo",
            "Fay: through Bo",
            "Gus: through Nobody",
        ]);
        let connectors = BroughtBy::of(&book, day(TODAY)).connectors();
        let connectors = connectors.iter().map(|(id, count)| (id.0, *count));
        assert_eq!(connectors.collect::<Vec<_>>(), [(1, 2), (0, 1), (2, 1)]);
        let empty = Book::default();
        assert_eq!(BroughtBy::of(&empty, day(TODAY)).connectors(), []);
    }
}
