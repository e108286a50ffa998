//! Which part of one text is which part of the others.

use std::borrow::Cow;
use std::collections::{BTreeMap, HashMap, HashSet, VecDeque};
use std::hash::Hash;
use std::rc::Rc;

use foldhash::fast::FixedState;
use toml::de::{DeTable, DeValue};

use super::merged_book::Unmergeable;
use super::parts::{BookPart, PartKind};
use super::read_contacts::{ReadContact, ReadContacts};
use crate::domain::merge::known::Known;
use crate::domain::merge::pairing::{Person, persons};
use crate::domain::merge::renamed::{is_renamed, with_renamed};
use crate::store::parse::first_contact;
use crate::store::parse::toml_value::written;

/// The parts of all texts: of each base, then of ours and of theirs.
pub(super) struct BookStates<'p, 't> {
    pub(super) bases: &'p [Vec<BookPart<'t>>],
    pub(super) sides: [&'p [BookPart<'t>]; 2],
    /// What the texts of contacts say.
    pub(super) read: ReadContacts<'t>,
}

/// A part, and its place in each text.
#[derive(Clone, Debug)]
pub(super) struct SamePart {
    pub(super) kind: PartKind,
    pub(super) bases: Vec<Option<usize>>,
    pub(super) sides: [Option<usize>; 2],
    /// Whether all texts have it, byte for byte.
    pub(super) is_same: bool,
}

type Map<K, V> = HashMap<K, V, FixedState>;

impl<'p, 't> BookStates<'p, 't> {
    fn all(&self) -> impl Iterator<Item = &'p [BookPart<'t>]> + use<'p, 't> {
        let sides = self.sides;
        self.bases.iter().map(Vec::as_slice).chain(sides)
    }

    /// All parts, each once; the root is the first of them.
    pub(super) fn same_parts(&self) -> Result<Vec<SamePart>, Unmergeable> {
        let root = SamePart {
            kind: PartKind::Root,
            bases: vec![Some(0); self.bases.len()],
            sides: [Some(0); 2],
            is_same: false,
        };
        let mut parts = vec![root];
        self.tables(&mut parts)?;
        self.equal_texts(&mut parts);
        self.contacts(&mut parts)?;
        Ok(parts)
    }

    /// Tables are the same by their keys.
    fn tables(&self, parts: &mut Vec<SamePart>) -> Result<(), Unmergeable> {
        let mut tables = Keyed::new(self.bases.len());
        for (state, there) in self.all().enumerate() {
            for (at, part) in there.iter().enumerate() {
                if matches!(part.kind, PartKind::Table(_)) && !tables.add(&part.kind, state, at) {
                    return Err(Unmergeable::NotProven);
                }
            }
        }
        parts.extend(tables.parts(|kind| (*kind).clone()));
        Ok(())
    }

    /// Items are the same by what they say, comments by their text; one that is there twice is two.
    fn equal_texts(&self, parts: &mut Vec<SamePart>) {
        let mut texts = Keyed::new(self.bases.len());
        let mut bodies = Bodies::default();
        let mut known = KnownRepeats::default();
        for (state, there) in self.all().enumerate() {
            let found = repeats(there, &mut bodies);
            for (number, one) in known.numbers(&found, state == 0).into_iter().zip(&found) {
                texts.add((&there[one.at].kind, one.body, number), state, one.at);
            }
        }
        parts.extend(texts.parts(|(kind, ..)| (*kind).clone()));
    }

    /// Contacts are the same if they are the same person.
    fn contacts(&self, parts: &mut Vec<SamePart>) -> Result<(), Unmergeable> {
        let mut texts = Keyed::new(self.bases.len());
        let mut repeated: HashSet<&str, FixedState> = HashSet::default();
        for (state, there) in self.all().enumerate() {
            for (at, part) in there.iter().enumerate() {
                if part.kind == PartKind::Contact && !texts.add(part.body, state, at) {
                    repeated.insert(part.body);
                }
            }
        }
        let mut is_done: Vec<Vec<bool>> =
            self.all().map(|there| vec![false; there.len()]).collect();
        for part in texts.unchanged(|text| !repeated.contains(text)) {
            let places = part.bases.iter().chain(&part.sides);
            for (state, at) in places.enumerate() {
                is_done[state][at.unwrap_or_default()] = true;
            }
            parts.push(part);
        }
        let mut changed = Vec::new();
        for (there, is_done) in self.all().zip(&is_done) {
            changed.push(Changed::of(&self.read, there, is_done).ok_or(Unmergeable::NotProven)?);
        }
        let (theirs, ours) = (changed.pop(), changed.pop());
        let (Some(ours), Some(theirs)) = (ours, theirs) else {
            return Ok(());
        };
        let bases: Vec<Vec<Known>> = changed.iter().map(Changed::known).collect();
        let is_alike = |one: usize, other: usize| {
            let [one, other] = [(0, ours.places[one]), (1, theirs.places[other])]
                .map(|(side, at)| self.sides[side][at].body);
            says_the_same(one, other, &[])
        };
        let found = persons(&bases, &ours.known(), &theirs.known(), is_alike);
        let places = SamePlaces::of(self, parts, &found, (&changed, [&ours, &theirs]));
        let found = with_renamed(found, |side, person, at| {
            let new = [&ours, &theirs][side];
            let mut old = person.bases.iter().enumerate();
            old.find_map(|(base, at)| Some((base, (*at)?)))
                .is_some_and(|(base, old)| {
                    let is_in_place =
                        places.are_one((base, changed[base].places[old]), (side, new.places[at]));
                    {
                        let [old, new] = [&changed[base].contacts[old], &new.contacts[at]];
                        is_renamed(&old.contact, &new.contact, is_in_place)
                    }
                })
        });
        parts.extend(found.into_iter().map(|person| {
            let Person {
                bases,
                ours: mine,
                theirs: other,
            } = person;
            let bases = bases.iter().zip(&changed);
            SamePart {
                kind: PartKind::Contact,
                bases: bases.map(|(at, base)| Some(base.places[(*at)?])).collect(),
                sides: [
                    mine.map(|at| ours.places[at]),
                    other.map(|at| theirs.places[at]),
                ],
                is_same: false,
            }
        }));
        Ok(())
    }
}

/// Where the contacts of each base are in ours and in theirs.
struct SamePlaces<'s, 'p, 't> {
    states: &'s BookStates<'p, 't>,
    of_bases: Vec<Map<usize, [Option<usize>; 2]>>,
}

impl<'s, 'p, 't> SamePlaces<'s, 'p, 't> {
    fn of(
        states: &'s BookStates<'p, 't>,
        parts: &[SamePart],
        found: &[Person],
        (bases, sides): (&[Changed], [&Changed; 2]),
    ) -> Self {
        let unchanged = parts.iter().filter(|part| part.kind == PartKind::Contact);
        let of_base = |(number, base): (usize, &Changed)| {
            let mut places: Map<usize, [Option<usize>; 2]> = Map::default();
            places.extend(
                { unchanged.clone() }.filter_map(|part| Some((part.bases[number]?, part.sides))),
            );
            places.extend(found.iter().filter_map(|one| {
                let of_sides = one.sides();
                let of_sides = [0, 1].map(|side| Some(sides[side].places[of_sides[side]?]));
                Some((base.places[one.bases[number]?], of_sides))
            }));
            places
        };
        Self {
            states,
            of_bases: bases.iter().enumerate().map(of_base).collect(),
        }
    }

    /// Whether a contact of a side stands below or above the one that a contact of a base stands below or above.
    fn are_one(&self, (base, old): (usize, usize), (side, new): (usize, usize)) -> bool {
        let [in_base, in_side] = [&self.states.bases[base], self.states.sides[side]];
        let is_same = |old: Option<usize>, new: Option<usize>| {
            let place = old.map(|old| self.of_bases[base].get(&old).and_then(|at| at[side]));
            place.is_none_or(|place| place.is_some()) && place.flatten() == new
        };
        let contact = |parts: &[BookPart], at: usize| parts[at].kind == PartKind::Contact;
        let above = |parts: &[BookPart], at: usize| (0..at).rev().find(|at| contact(parts, *at));
        let below = |parts: &[BookPart], at: usize| {
            let rest = at + 1..parts.len();
            { rest }.find(|at| contact(parts, *at))
        };
        is_same(above(in_base, old), above(in_side, new))
            || is_same(below(in_base, old), below(in_side, new))
    }
}

/// The contacts of a text that are not the same in all texts.
struct Changed<'t> {
    places: Vec<usize>,
    texts: Vec<&'t str>,
    contacts: Vec<Rc<ReadContact>>,
}

impl<'t> Changed<'t> {
    fn of(read: &ReadContacts<'t>, parts: &[BookPart<'t>], is_done: &[bool]) -> Option<Self> {
        let places = parts.iter().zip(is_done).enumerate();
        let places: Vec<usize> = places
            .filter(|(_, (part, is_done))| part.kind == PartKind::Contact && !**is_done)
            .map(|(at, _)| at)
            .collect();
        let texts: Vec<&'t str> = places.iter().map(|at| parts[*at].body).collect();
        let contacts = texts.iter().map(|text| read.of(*text));
        Some(Self {
            contacts: contacts.collect::<Option<_>>()?,
            texts,
            places,
        })
    }

    fn known(&self) -> Vec<Known> {
        let written = self.contacts.iter().zip(&self.texts);
        written
            .map(|(read, text)| Known::of(&read.contact).written(text))
            .collect()
    }
}

/// Whether two texts of contacts are equal in every key but rows, `added` and these.
pub(super) fn says_the_same(one: &str, other: &str, but: &[&str]) -> bool {
    const LEFT_OUT: [&str; 4] = ["touches", "promises", "dates", "added"];
    let [one, other] = [one, other].map(|text| {
        let document = DeTable::parse(text).ok()?;
        let pairs = first_contact(document.get_ref())?.iter();
        let pairs = pairs.map(|(key, node)| (key.get_ref().to_string(), written(node.get_ref())));
        let kept = pairs
            .filter(|(key, _)| !LEFT_OUT.contains(&key.as_str()) && !but.contains(&key.as_str()));
        Some(kept.collect::<BTreeMap<_, _>>())
    });
    one.is_some() && one == other
}

/// An item or a comment, with the parts around it, by which those of one text are told apart.
#[derive(Clone, Copy)]
struct Repeat<'t> {
    at: usize,
    is_comment: bool,
    body: usize,
    above: &'t str,
    below: &'t str,
}

/// What one says, and what is above and below, as far as that counts.
type PlaceOfRepeat<'t> = (usize, [&'t str; 2]);

/// What items and comments say, by numbers.
type Bodies<'t> = Map<Cow<'t, str>, usize>;

/// The items and comments of a text.
fn repeats<'t>(parts: &[BookPart<'t>], bodies: &mut Bodies<'t>) -> Vec<Repeat<'t>> {
    let body = |at: Option<usize>| at.and_then(|at| parts.get(at)).map_or("", |part| part.body);
    let found = parts.iter().enumerate();
    let found =
        found.filter(|(_, part)| matches!(part.kind, PartKind::Item(_) | PartKind::Divider));
    let found = found.map(|(at, part)| {
        let next = bodies.len();
        Repeat {
            at,
            is_comment: part.kind == PartKind::Divider,
            body: *bodies.entry(said_by(part)).or_insert(next),
            above: body(at.checked_sub(1)),
            below: body(Some(at + 1)),
        }
    });
    found.collect()
}

/// Those of the texts so far, each once.
#[derive(Default)]
struct KnownRepeats<'t> {
    all: Vec<Repeat<'t>>,
    /// How many of them are of the first text.
    of_first: usize,
}

impl<'t> KnownRepeats<'t> {
    /// The number of each of a text. A comment that a side moved is that of the first text; one that is new is the same
    /// on both sides only at the same place.
    fn numbers(&mut self, found: &[Repeat<'t>], is_first: bool) -> Vec<usize> {
        let places: [fn(&Repeat<'t>) -> PlaceOfRepeat<'t>; 4] = [
            |one| (one.body, [one.above, one.below]),
            |one| (one.body, ["", one.below]),
            |one| (one.body, [one.above, ""]),
            |one| (one.body, ["", ""]),
        ];
        let mut numbers = vec![None; found.len()];
        let mut is_taken = vec![false; self.all.len()];
        for (pass, place) in places.into_iter().enumerate() {
            let mut open: Map<PlaceOfRepeat, VecDeque<usize>> = Map::default();
            for (number, one) in self.all.iter().enumerate() {
                let may_be = pass < 3 || number < self.of_first || !one.is_comment;
                if may_be && !is_taken[number] {
                    open.entry(place(one)).or_default().push_back(number);
                }
            }
            for (one, number) in found.iter().zip(&mut numbers) {
                if number.is_none() {
                    *number = open.get_mut(&place(one)).and_then(VecDeque::pop_front);
                    if let Some(number) = *number {
                        is_taken[number] = true;
                    }
                }
            }
        }
        let numbered = found.iter().zip(numbers);
        let numbers = numbered.map(|(one, number)| {
            number.unwrap_or_else(|| {
                self.all.push(*one);
                self.all.len() - 1
            })
        });
        let numbers = numbers.collect();
        if is_first {
            self.of_first = self.all.len();
        }
        numbers
    }
}

/// What tells an item or a comment apart: comments do not tell items apart.
fn said_by<'t>(part: &BookPart<'t>) -> Cow<'t, str> {
    let said = match &part.kind {
        PartKind::Item(_) => DeTable::parse(part.body).ok(),
        _ => None,
    };
    let said = said.map(|table| written(&DeValue::Table(table.into_inner())));
    said.map_or_else(|| alike(part.body), Cow::from)
}

/// A text with newlines of one kind.
pub(super) fn alike(text: &str) -> Cow<'_, str> {
    if text.contains('\r') {
        text.replace("\r\n", "\n").into()
    } else {
        text.into()
    }
}

/// Parts that are the same if they have the same key.
struct Keyed<K> {
    bases: usize,
    numbers: Map<K, usize>,
    /// The place in each text.
    found: Vec<(K, Vec<Option<usize>>)>,
}

impl<K: Copy + Eq + Hash> Keyed<K> {
    fn new(bases: usize) -> Self {
        Self {
            bases,
            numbers: Map::default(),
            found: Vec::new(),
        }
    }

    /// Adds a part; `false` if the text has one with that key.
    fn add(&mut self, key: K, state: usize, at: usize) -> bool {
        let next = self.found.len();
        let number = *self.numbers.entry(key).or_insert(next);
        if number == next {
            self.found.push((key, vec![None; self.bases + 2]));
        }
        self.found[number].1[state].replace(at).is_none()
    }

    fn parts(self, kind: impl Fn(&K) -> PartKind) -> impl Iterator<Item = SamePart> {
        self.found.into_iter().map(move |(key, places)| SamePart {
            kind: kind(&key),
            bases: places[..self.bases].to_vec(),
            sides: [places[self.bases], places[self.bases + 1]],
            is_same: false,
        })
    }

    /// The contacts that all texts have.
    fn unchanged(self, is_one: impl Fn(&K) -> bool) -> impl Iterator<Item = SamePart> {
        let all = self.found.into_iter();
        let all =
            all.filter(move |(key, places)| places.iter().all(Option::is_some) && is_one(key));
        all.map(move |(_, places)| SamePart {
            kind: PartKind::Contact,
            bases: places[..self.bases].to_vec(),
            sides: [places[self.bases], places[self.bases + 1]],
            is_same: true,
        })
    }
}
