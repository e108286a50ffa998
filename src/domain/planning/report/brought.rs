//! Who was met through others: `met = "RustConf 2024, through Bo Lind"`, and the introductions in the touches.

use std::cmp::Reverse;

use chrono::NaiveDate;

use crate::domain::due::balance::Balance;
use crate::domain::find::brought_by::BroughtBy;
use crate::domain::find::introductions::is_introduction;
use crate::domain::{Book, ContactId, Touch};

/// A person in the trees of who was met through others. Right after a person come those they brought, each with their own.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(crate) struct Brought<'b> {
    /// The name, as `met` has it if it is nobody's in the book.
    pub(crate) name: &'b str,
    /// The contact of that name.
    pub(crate) id: Option<ContactId>,
    /// How deep in the tree: 0 for its root, one more for each step down.
    pub(crate) depth: usize,
    /// How many people are below: those this person brought, those they brought, and so on.
    pub(crate) below: usize,
}

/// An introduction that you made.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(crate) struct Introduction<'b> {
    pub(crate) on: NaiveDate,
    /// The contact with the touch.
    pub(crate) id: ContactId,
    /// What the touch says was given: `an introduction to Bo Lind`.
    pub(crate) gave: &'b str,
}

/// Who gave you something or got something from you; the touches of all others need no look.
type Balances = [(ContactId, Balance)];

/// The trees of who was met through others: those with the most people first, then in the order of the file.
///
/// Only people who brought or were brought are in a tree, and each is in it once.
pub(crate) fn brought<'b>(book: &'b Book, by: &BroughtBy<'b>) -> Vec<Brought<'b>> {
    let bringers = by.bringers();
    let mut people: Vec<Vec<usize>> = vec![vec![]; bringers.len()];
    for (person, bringer) in bringers.iter().enumerate() {
        if let Some(bringer) = bringer {
            people[*bringer].push(person);
        }
    }
    let is_root = |person: &usize| bringers[*person].is_none() && !people[*person].is_empty();
    let roots = (0..bringers.len()).filter(is_root);
    let mut trees: Vec<Vec<Brought>> = roots.map(|root| tree_of(book, by, root, &people)).collect();
    trees.sort_by_key(|tree| Reverse(tree.len()));
    trees.concat()
}

fn tree_of<'b>(
    book: &'b Book,
    by: &BroughtBy<'b>,
    root: usize,
    people: &[Vec<usize>],
) -> Vec<Brought<'b>> {
    let mut tree: Vec<Brought> = Vec::new();
    // The list, not a call for each: a chain may be longer than the stack.
    let mut next = vec![(root, 0)];
    while let Some((person, depth)) = next.pop() {
        let (name, id) = match by.person(person) {
            Ok(id) => (book.contact(id).shown_name(), Some(id)),
            Err(stranger) => (stranger, None),
        };
        tree.push(Brought {
            name,
            id,
            depth,
            below: 0,
        });
        let below = people[person].iter().rev();
        next.extend(below.map(|person| (*person, depth + 1)));
    }
    count_below(&mut tree);
    tree
}

/// Counts, from the end of a list with depths, how many people are below each.
fn count_below(tree: &mut [Brought]) {
    let deepest = tree.iter().map(|person| person.depth).max();
    // By depth, those who are below the person one step up that comes next.
    let mut counts = vec![0; deepest.unwrap_or_default() + 2];
    for person in tree.iter_mut().rev() {
        person.below = std::mem::take(&mut counts[person.depth + 1]);
        counts[person.depth] += person.below + 1;
    }
}

/// The introductions that you made up to `today`, the newest first; of one day, in the order of the file.
pub(crate) fn introductions<'b>(
    book: &'b Book,
    balances: &Balances,
    today: NaiveDate,
) -> Vec<Introduction<'b>> {
    let takers = balances.iter().filter(|(_, balance)| balance.gave > 0);
    let introductions = takers.flat_map(|&(id, _)| {
        up_to(book, id, today).filter_map(move |touch| {
            let gave = touch.words().gave.as_deref()?;
            let on = touch.on;
            is_introduction(gave).then_some(Introduction { on, id, gave })
        })
    });
    let mut introductions: Vec<Introduction> = introductions.collect();
    introductions.sort_by_key(|introduction| Reverse(introduction.on));
    introductions
}

fn up_to(book: &Book, id: ContactId, today: NaiveDate) -> impl Iterator<Item = &Touch> {
    let touches = book.contact(id).touches.iter();
    touches.filter(move |touch| touch.on <= today)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::domain::planning::stats::stats;
    use crate::domain::{Contact, Words};

    const TODAY: &str = "2026-11-23";

    fn day(text: &str) -> NaiveDate {
        text.parse().expect("an ISO date")
    }

    /// A contact is `NAME: MET`, with `MET` empty for none.
    fn book(contacts: &[&str]) -> Book {
        let contact = |line: &&str| {
            let (name, met) = line.split_once(": ").unwrap_or((line, ""));
            Contact {
                name: name.to_owned(),
                met: (!met.is_empty()).then(|| met.to_owned()),
                ..Contact::default()
            }
        };
        contacts.iter().map(contact).collect()
    }

    fn touch(on: &str, gave: Option<&str>, got: Option<&str>) -> Touch {
        Touch::on(day(on)).with(Words {
            gave: gave.map(str::to_owned),
            got: got.map(str::to_owned),
            ..Words::default()
        })
    }

    fn got(book: &mut Book, at: usize, on: &str, got: &str) {
        let touches = &mut book.contact_mut(ContactId(at)).touches;
        touches.push(touch(on, None, Some(got)));
    }

    fn of(book: &Book) -> Vec<Brought<'_>> {
        brought(book, &BroughtBy::of(book, day(TODAY)))
    }

    /// Each as its name, with a `-` for each step down, and those below; `?` is not in the book.
    fn told(book: &Book) -> String {
        let people = of(book);
        let told = people.iter().map(|person| {
            let steps = "-".repeat(person.depth);
            let stranger = if person.id.is_none() { "?" } else { "" };
            format!("{steps}{}{stranger} {}", person.name, person.below)
        });
        told.collect::<Vec<_>>().join(", ")
    }

    #[test]
    fn a_tree_begins_with_the_person_nobody_brought() {
        let book = book(&[
            "Ana Ruiz: RustConf 2024, through Bo Lind",
            "Bo Lind: introduced by Cy Vale (Acme)",
            "Cy Vale",
            "Di: via bo-lind",
            "Em: at school",
            "Fay: through Gus Tamm",
            "Hal: through gus  tamm, at a fair",
            "Ida: through Gus",
        ]);
        assert_eq!(
            told(&book),
            "Cy Vale 3, -Bo Lind 2, --Ana Ruiz 0, --Di 0, Gus Tamm? 2, -Fay 0, -Hal 0, Gus? 1, -Ida 0"
        );
    }

    #[test]
    fn an_introduction_that_you_got_brings_a_contact_unless_met_names_another() {
        let mut book = book(&["Ana", "Bo: through Ana", "Cy", "Di", "Em"]);
        got(&mut book, 2, "2026-11-01", "an introduction to Bo");
        got(&mut book, 2, "2026-11-01", "an introduction to Di");
        got(&mut book, 4, "2026-01-01", "an introduction to Di");
        got(&mut book, 4, "2026-12-24", "an introduction to Ana");
        got(&mut book, 4, "2026-11-01", "an introduction to Rust");
        assert_eq!(told(&book), "Ana 1, -Bo 0, Cy 1, -Di 0");
    }

    #[test]
    fn a_circle_is_cut_where_the_file_would_close_it() {
        let cut = |contacts: &[&str]| told(&book(contacts));
        assert_eq!(cut(&["Ana: through Bo", "Bo: through Ana"]), "Bo 1, -Ana 0");
        assert_eq!(cut(&["Bo: through Ana", "Ana: through Bo"]), "Ana 1, -Bo 0");
        assert_eq!(cut(&["Ana: through Ana"]), "");
        assert_eq!(
            cut(&[
                "Ana: through Bo",
                "Bo: through Cy",
                "Cy: through Ana",
                "Di: through Ana"
            ]),
            "Cy 3, -Bo 2, --Ana 1, ---Di 0"
        );
        let mut book = book(&["Ana: through Bo", "Bo: through Ana", "Cy"]);
        got(&mut book, 2, "2026-11-01", "an introduction to Bo");
        assert_eq!(told(&book), "Cy 2, -Bo 1, --Ana 0");
    }

    #[test]
    fn never_guesses_which_of_two() {
        let book = book(&["Ana Ruiz", "Ana Vale", "Bo: through Ana"]);
        assert_eq!(told(&book), "Ana? 1, -Bo 0");
    }

    #[test]
    fn a_chain_may_be_as_long_as_the_book() {
        let contacts = (0..10_000).map(|at| format!("P{at}: through P{}", at + 1));
        let contacts: Vec<String> = contacts.collect();
        let contacts: Vec<&str> = contacts.iter().map(String::as_str).collect();
        let book = book(&contacts);
        let people = of(&book);
        let depths = people.iter().map(|person| person.depth);
        assert!(depths.eq(0..=10_000));
        let below = people.iter().map(|person| person.below);
        assert!(below.rev().eq(0..=10_000));
        assert_eq!((people[0].name, people[0].id), ("P10000", None));
    }

    #[test]
    fn introductions_that_you_made_are_those_up_to_today_the_newest_first() {
        let mut book = book(&["Ana", "Bo"]);
        book.contact_mut(ContactId(0)).touches = vec![
            touch("2019-01-01", Some("an introduction to Bo Lind"), None),
            touch("2026-11-20", Some("Introduced her to Cy"), None),
            touch("2026-11-21", Some("an hour"), Some("an introduction")),
            touch("2026-11-24", Some("an introduction to Em"), None),
        ];
        book.contact_mut(ContactId(1)).touches =
            vec![touch("2026-11-20", Some("an intro to Di"), None)];
        let made = introductions(&book, &stats(&book, day(TODAY)).balances, day(TODAY));
        let made = made.iter().map(|made| (made.id.0, made.gave));
        assert_eq!(
            made.collect::<Vec<_>>(),
            [
                (0, "Introduced her to Cy"),
                (1, "an intro to Di"),
                (0, "an introduction to Bo Lind")
            ]
        );
    }

    proptest! {
        #[test]
        fn each_person_is_in_one_place_below_the_one_who_brought_them(
            by in prop::collection::vec(prop::option::of(0..12_usize), 0..10),
        ) {
            // Numbers without a contact are people who are not in the book.
            let lines = by.iter().enumerate().map(|(at, by)| match by {
                Some(by) => format!("P{at}: through P{by}"),
                None => format!("P{at}"),
            });
            let lines: Vec<String> = lines.collect();
            let lines: Vec<&str> = lines.iter().map(String::as_str).collect();
            let book = book(&lines);
            let people = of(&book);

            let mut names: Vec<&str> = people.iter().map(|person| person.name).collect();
            names.sort_unstable();
            names.dedup();
            prop_assert_eq!(names.len(), people.len());
            for (at, person) in people.iter().enumerate() {
                let is_below = |other: &&Brought| other.depth > person.depth;
                prop_assert_eq!(person.below, people[at + 1..].iter().take_while(is_below).count());
                if person.depth > 0 {
                    let mut above = people[..at].iter().rev();
                    let above = above.find(|other| other.depth < person.depth);
                    let above = above.expect("someone above");
                    prop_assert_eq!(above.depth, person.depth - 1);
                    let met = format!("through {}", above.name);
                    let id = person.id.expect("a contact");
                    prop_assert_eq!(book.contact(id).met.as_deref(), Some(met.as_str()));
                } else {
                    prop_assert!(person.below > 0);
                }
            }
        }
    }
}
