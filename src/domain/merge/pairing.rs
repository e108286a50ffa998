//! Who is who: the contacts of two states, and of those that they grew from, as persons.

use std::collections::{HashMap, HashSet};

use super::known::Known;

/// One person, and their place in each state.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct Person {
    /// In each base.
    pub bases: Vec<Option<usize>>,
    /// In ours.
    pub ours: Option<usize>,
    /// In theirs.
    pub theirs: Option<usize>,
}

impl Person {
    /// The places in ours and in theirs.
    pub fn sides(&self) -> [Option<usize>; 2] {
        [self.ours, self.theirs]
    }
}

/// Finds the persons of all states: those that ours has, in its order, then those that theirs adds, then those that only bases
/// have.
///
/// Two contacts are one person if they have one UID, where one without gets it from its name: so a person is found who was
/// renamed on one side. Else they are if they have one name, and not two UIDs. Contacts that are new on both sides, where
/// there is a base, need more than a name: an e-mail address or a number in common, or that `is_alike` says that the two, by
/// their places in ours and theirs, are equal in every key but rows and `added`.
///
/// Contacts that are the same in all states may be left out of all of them.
///
/// ```
/// use netkeep::domain::Contact;
/// use netkeep::domain::merge::known::Known;
/// use netkeep::domain::merge::pairing::persons;
///
/// let known = |name: &str| Known::of(&Contact { name: name.to_owned(), ..Contact::default() });
/// let [ana, bo] = ["Ana", "Bo"].map(known);
/// let found = persons(&[vec![ana.clone()]], &[bo.clone(), ana], &[bo], |_, _| false);
/// let places: Vec<_> = found.iter().map(|one| (one.bases[0], one.ours, one.theirs)).collect();
/// assert_eq!(places, [(None, Some(0), None), (Some(0), Some(1), None), (None, None, Some(0))]);
/// ```
pub fn persons(
    bases: &[Vec<Known>],
    ours: &[Known],
    theirs: &[Known],
    is_alike: impl Fn(usize, usize) -> bool,
) -> Vec<Person> {
    let mut old = Vec::new();
    for (state, base) in bases.iter().enumerate() {
        let found = found_among(&old, bases, base, Uids::OfEither);
        for (at, person) in found.into_iter().enumerate() {
            let person = person.unwrap_or_else(|| {
                old.push(Person {
                    bases: vec![None; bases.len()],
                    ..Person::default()
                });
                old.len() - 1
            });
            old[person].bases[state] = Some(at);
        }
    }
    let [of_ours, of_theirs] =
        [ours, theirs].map(|side| found_among(&old, bases, side, Uids::OfNewer));
    let is_one = |mine: usize, other: usize| {
        bases.is_empty() || ours[mine].shares_key(&theirs[other]) || is_alike(mine, other)
    };
    let new = [&of_ours, &of_theirs].map(|found| -> Vec<usize> {
        let places = found.iter().enumerate();
        let new = places.filter(|(_, person)| person.is_none());
        new.map(|(at, _)| at).collect()
    });
    let twins = matches([ours, theirs], [&new[0], &new[1]], Uids::OfEither, is_one);
    in_order(old, bases.len(), &of_ours, &of_theirs, &twins)
}

/// The persons of the bases with their places in the sides, and those that are new.
fn in_order(
    mut old: Vec<Person>,
    bases: usize,
    of_ours: &[Option<usize>],
    of_theirs: &[Option<usize>],
    twins: &HashMap<usize, usize>,
) -> Vec<Person> {
    for (at, person) in of_theirs.iter().enumerate() {
        if let Some(person) = person {
            old[*person].theirs = Some(at);
        }
    }
    let mine = of_ours.iter().enumerate().map(|(at, person)| Person {
        ours: Some(at),
        ..match person {
            Some(person) => std::mem::take(&mut old[*person]),
            None => Person {
                bases: vec![None; bases],
                ours: None,
                theirs: twins.get(&at).copied(),
            },
        }
    });
    let mut persons: Vec<Person> = mine.collect();
    let placed: HashSet<usize> = persons.iter().filter_map(|one| one.theirs).collect();
    let others = of_theirs.iter().enumerate();
    let others = others.filter(|(at, _)| !placed.contains(at));
    let others = others.map(|(at, person)| match person {
        Some(person) => std::mem::take(&mut old[*person]),
        None => Person {
            bases: vec![None; bases],
            ours: None,
            theirs: Some(at),
        },
    });
    persons.extend(others);
    persons.extend(old.into_iter().filter(|one| !one.bases.is_empty()));
    persons
}

/// Which of the persons of the bases each contact of a state is.
fn found_among(
    old: &[Person],
    bases: &[Vec<Known>],
    state: &[Known],
    uids: Uids,
) -> Vec<Option<usize>> {
    let mut found = vec![None; state.len()];
    let mut is_found = vec![false; old.len()];
    for (number, base) in bases.iter().enumerate() {
        let at_place: HashMap<usize, usize> = old
            .iter()
            .enumerate()
            .filter(|(person, _)| !is_found[*person])
            .filter_map(|(person, one)| Some((one.bases[number]?, person)))
            .collect();
        let mut there: Vec<usize> = at_place.keys().copied().collect();
        there.sort_unstable();
        let open: Vec<usize> = (0..state.len()).filter(|at| found[*at].is_none()).collect();
        for (from, to) in matches([base, state], [&there, &open], uids, |_, _| true) {
            found[to] = Some(at_place[&from]);
            is_found[at_place[&from]] = true;
        }
    }
    found
}

/// Whose UIDs may be the one that the name of a contact of the other state gives.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
enum Uids {
    /// Those of the newer state: its contact was renamed since.
    OfNewer,
    /// Those of either state, unless it has a contact of that name.
    OfEither,
}

/// Which contact of the newer state each of the older one is, of those at the given places.
fn matches(
    [older, newer]: [&[Known]; 2],
    [from, to]: [&[usize]; 2],
    uids: Uids,
    may_be_one: impl Fn(usize, usize) -> bool,
) -> HashMap<usize, usize> {
    let mut pairs = ContactPairs::default();
    let [old_uids, new_uids] = [by_uid(older, from), by_uid(newer, to)];
    for (uid, one) in &old_uids {
        if let (Some(one), Some(Some(other))) = (one, new_uids.get(uid)) {
            pairs.add(*one, *other);
        }
    }
    let [old_names, new_names] = [by_name(older, from), by_name(newer, to)];
    for &one in from {
        let is_renamed = uids == Uids::OfNewer || !new_names.contains_key(older[one].name.as_str());
        let owner = older[one].owner_of_derived(&new_uids);
        if let Some(other) = owner.filter(|other| is_renamed && may_be_one(one, *other)) {
            pairs.add(one, other);
        }
    }
    for &other in to.iter().filter(|_| uids == Uids::OfEither) {
        let is_renamed = !old_names.contains_key(newer[other].name.as_str());
        let owner = newer[other].owner_of_derived(&old_uids);
        if let Some(one) = owner.filter(|one| is_renamed && may_be_one(*one, other)) {
            pairs.add(one, other);
        }
    }
    // Of several with one name those that are written alike are one.
    for is_alike in [true, false] {
        for &one in from {
            let namesakes = new_names.get(older[one].name.as_str());
            for &other in namesakes.into_iter().flatten() {
                let [older, newer] = [&older[one], &newer[other]];
                let is_it = !is_alike || older.text.is_some() && older.text == newer.text;
                if is_it && !older.is_another(newer) && may_be_one(one, other) {
                    pairs.add(one, other);
                }
            }
        }
    }
    pairs.found
}

/// Pairs of contacts; each contact is in one at most.
#[derive(Default)]
struct ContactPairs {
    found: HashMap<usize, usize>,
    is_taken: HashSet<usize>,
}

impl ContactPairs {
    fn add(&mut self, one: usize, other: usize) {
        if !self.found.contains_key(&one) && self.is_taken.insert(other) {
            self.found.insert(one, other);
        }
    }
}

/// The owner of each UID; `None` if several have it, since it tells nobody apart.
fn by_uid<'k>(state: &'k [Known], places: &[usize]) -> HashMap<&'k str, Option<usize>> {
    let mut owners = HashMap::new();
    for &at in places {
        if let Some(uid) = &state[at].uid {
            let owner = owners.entry(uid.as_str());
            owner.and_modify(|owner| *owner = None).or_insert(Some(at));
        }
    }
    owners
}

fn by_name<'k>(state: &'k [Known], places: &[usize]) -> HashMap<&'k str, Vec<usize>> {
    let mut names: HashMap<&str, Vec<usize>> = HashMap::new();
    for &at in places {
        names.entry(&state[at].name).or_default().push(at);
    }
    names
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::Contact;
    use crate::domain::identity::match_key::uid_of_name;

    /// A contact written `name:uid:e-mail:phone`; the UID `=Ana` is the one that the name Ana gives.
    fn contacts(text: &str) -> Vec<Contact> {
        let contact = |text: &str| {
            let mut parts = text.split(':').map(str::to_owned);
            let mut part = || parts.next().filter(|part| !part.is_empty());
            Contact {
                name: part().unwrap_or_default(),
                uid: part().map(|uid| match uid.strip_prefix('=') {
                    Some(name) => uid_of_name(name),
                    None => uid,
                }),
                email: part().into_iter().collect(),
                phone: part().into_iter().collect(),
                ..Contact::default()
            }
        };
        text.split_terminator(", ").map(contact).collect()
    }

    /// Each person as the names in the states, `-` where they are not: `base/ours/theirs`.
    #[track_caller]
    fn are(bases: &[&str], ours: &str, theirs: &str, persons_are: &[&str]) {
        let bases: Vec<Vec<Contact>> = bases.iter().map(|base| contacts(base)).collect();
        let known = |state: &Vec<Contact>| state.iter().map(Known::of).collect::<Vec<Known>>();
        let found = |ours: &Vec<Contact>, theirs: &Vec<Contact>| {
            let of_bases: Vec<Vec<Known>> = bases.iter().map(known).collect();
            let is_alike = |mine: usize, other: usize| ours[mine] == theirs[other];
            persons(&of_bases, &known(ours), &known(theirs), is_alike)
        };
        let name = |state: &[Contact], at: Option<usize>| {
            at.map_or("-".to_owned(), |at| state[at].name.clone())
        };
        let [ours, theirs] = [ours, theirs].map(contacts);
        let shown =
            |one: &Person, ours: Option<usize>, theirs: Option<usize>, sides: [&[Contact]; 2]| {
                let old = bases.iter().zip(&one.bases);
                let mut names: Vec<String> = old.map(|(base, at)| name(base, *at)).collect();
                names.push(name(sides[0], ours));
                names.push(name(sides[1], theirs));
                names.join("/")
            };
        let there = found(&ours, &theirs).into_iter();
        let there = there.map(|one| shown(&one, one.ours, one.theirs, [&ours, &theirs]));
        let mut there: Vec<String> = there.collect();
        assert_eq!(there, persons_are);
        // The same persons with the sides in the other order.
        let swapped = found(&theirs, &ours).into_iter();
        let swapped = swapped.map(|one| shown(&one, one.theirs, one.ours, [&ours, &theirs]));
        let mut swapped: Vec<String> = swapped.collect();
        swapped.sort_unstable();
        there.sort_unstable();
        assert_eq!(swapped, there);
    }

    #[test]
    fn a_name_is_one_person_in_states_that_grew_from_one() {
        are(
            &["Ana, Bo, Cy"],
            "Bo, Ana, Di",
            "Ana, Ed, Cy",
            &["Bo/Bo/-", "Ana/Ana/Ana", "-/Di/-", "-/-/Ed", "Cy/-/Cy"],
        );
        are(&["Ana, Bo"], "Ana", "Ana", &["Ana/Ana/Ana", "Bo/-/-"]);
    }

    #[test]
    fn who_was_renamed_is_found_by_uid() {
        are(&["Ana:u1"], "Anna:u1", "Ana:u1", &["Ana/Anna/Ana"]);
        are(&["Ana:u1"], "Anna:U1", "Anne:u1", &["Ana/Anna/Anne"]);
        // `rename` writes the UID that the name gave until then.
        are(&["Ana"], "Anna:=Ana", "Ana", &["Ana/Anna/Ana"]);
        are(&["Ana"], "Anna:=Ana", "Anne:=Ana", &["Ana/Anna/Anne"]);
        are(&["Ana"], "Anna:=Ana", "Anna:=Ana", &["Ana/Anna/Anna"]);
        are(&[], "Anna:=Ana", "Ana", &["Anna/Ana"]);
    }

    #[test]
    fn a_new_person_may_have_a_name_that_another_has_or_had() {
        are(
            &["Ana"],
            "Anna:=Ana",
            "Ana, Anna",
            &["Ana/Anna/Ana", "-/-/Anna"],
        );
        are(
            &["Ana"],
            "Anna:=Ana, Ana",
            "Ana",
            &["Ana/Anna/Ana", "-/Ana/-"],
        );
        are(
            &["Ana, Anna:=Ana"],
            "Ana",
            "Ana, Anna:=Ana",
            &["Ana/Ana/Ana", "Anna/-/Anna"],
        );
        are(&[], "Ana, Anna:=Ana", "Ana", &["Ana/Ana", "Anna/-"]);
    }

    #[test]
    fn a_uid_counts_for_more_than_a_name() {
        are(
            &["Ana:u1, Bo:u2"],
            "Ana:u2, Bo:u1",
            "Ana:u1, Bo:u2",
            &["Bo/Ana/Bo", "Ana/Bo/Ana"],
        );
        are(&["Ana:u1"], "Ana:u1", "Ana:u2", &["Ana/Ana/-", "-/-/Ana"]);
        are(&["Ana:u1"], "Ana", "Ana:u1", &["Ana/Ana/Ana"]);
        are(&["Ana"], "Ana:u1", "Ana:u2", &["Ana/Ana/Ana"]);
        // One that several have tells nobody apart.
        are(
            &["Ana:u1, Bo:u1"],
            "Bo:u1, Ana:u1",
            "Ana:u1, Bo:u1",
            &["Bo/Bo/Bo", "Ana/Ana/Ana"],
        );
    }

    #[test]
    fn two_new_people_of_one_name_are_one_only_if_more_says_so() {
        are(
            &[""],
            "Ana:::",
            "Ana::ana@a.example:",
            &["-/Ana/-", "-/-/Ana"],
        );
        // Nor is one who has had that name since it was added.
        are(&[""], "Ana", "Anna:=Ana", &["-/Ana/-", "-/-/Anna"]);
        are(
            &[""],
            "Ana::ANA@a.example:",
            "Ana::ana@a.example:+1 415 555 0134",
            &["-/Ana/Ana"],
        );
        are(
            &[""],
            "Ana:::(415) 555-0134",
            "Ana::ana@a.example:+1 415 555 0134",
            &["-/Ana/Ana"],
        );
        are(&[""], "Ana", "Ana", &["-/Ana/Ana"]);
        are(&[""], "Ana:u1", "Ana:u2", &["-/Ana/-", "-/-/Ana"]);
        are(
            &[""],
            "Ana:u1:ana@a.example",
            "Ana:u2:ana@a.example",
            &["-/Ana/-", "-/-/Ana"],
        );
        are(&[""], "Ana:u1", "Anna:u1", &["-/Ana/Anna"]);
        // Nobody is known by an address alone.
        are(
            &[""],
            "Ana::ana@a.example",
            "Anna::ana@a.example",
            &["-/Ana/-", "-/-/Anna"],
        );
    }

    #[test]
    fn without_a_base_one_name_is_one_person_unless_uids_differ() {
        are(
            &[],
            "Ana::ana@a.example",
            "Ana::ana@b.example",
            &["Ana/Ana"],
        );
        are(&[], "Ana:u1", "Ana", &["Ana/Ana"]);
        are(&[], "Ana:u1", "Ana:u2", &["Ana/-", "-/Ana"]);
    }

    #[test]
    fn of_several_with_one_name_those_that_are_written_alike_are_one() {
        let known = |text: &&str| Known::of(&contacts("Ana")[0]).written(text);
        let state = |texts: &[&str]| texts.iter().map(known).collect::<Vec<Known>>();
        let [base, ours, theirs] = [&["a", "b"][..], &["b"], &["a", "c"]].map(state);
        let found = persons(&[base], &ours, &theirs, |_, _| false);
        let places = found.iter().map(|one| (one.bases[0], one.ours, one.theirs));
        let places: Vec<_> = places.collect();
        assert_eq!(
            places,
            [(Some(1), Some(0), Some(1)), (Some(0), None, Some(0))]
        );
    }

    #[test]
    fn persons_of_several_bases_are_told_apart() {
        are(
            &["Ana, Bo", "Anna:=Ana, Cy"],
            "Anna:=Ana, Bo, Cy",
            "Ana, Bo, Cy",
            &["Ana/Anna/Anna/Ana", "Bo/-/Bo/Bo", "-/Cy/Cy/Cy"],
        );
    }

    #[test]
    fn ten_thousand_contacts_are_paired_at_once() {
        let known = |from: usize| -> Vec<Known> {
            let contacts = (from..from + 10_000).map(|number| Contact {
                name: format!("Ana {number}"),
                uid: (number % 2 == 0).then(|| number.to_string()),
                ..Contact::default()
            });
            contacts.map(|contact| Known::of(&contact)).collect()
        };
        let found = persons(&[known(0)], &known(10), &known(20), |_, _| true);
        assert_eq!(found.len(), 10_020);
    }
}
