//! Reads a file of a folder of cards.

use super::facts::{facts, how, own_lines};
use crate::domain::cards::link::FolderCard;
use crate::domain::{Contact, Field};
use crate::exchange::Parsed;
use crate::exchange::clean::one_line;
use crate::exchange::guess::{Hints, Legacy};
use crate::exchange::vcard::kinds::PropertyKind;
use crate::exchange::vcard::lines::{Card, ContentLine, each_card};
use crate::exchange::vcard::person;
use crate::exchange::vcard::property::{Encodings, Property, evidence, in_utf8};
use crate::exchange::vcard::read_cards::{Strays, properties, repaired};

/// How many lines the card of a contact has at most, without those of its pictures: labels are looked for in the whole card.
const MOST_LINES: usize = 5000;

/// How many bytes the lines of a card have at most, without its notes, its pictures, and what netkeep does not read.
const MOST_BYTES: usize = 1 << 17;

/// How many entries a list has at most. Each of one side is compared with each of the other, phone numbers by all ways in
/// which they are written.
const MOST_ENTRIES: usize = 300;

const NOT_TEXT: &str = "it is not UTF-8 text";

/// A file of the folder, as it is read.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum CardFile {
    /// The card of a person.
    Card(Box<FolderCard>),
    /// The card of a list of people.
    Group,
    /// Several cards, and how many.
    Several(usize),
    /// Why it is no card that can be read, as a clause: `it has no card`.
    Unreadable(String),
}

/// Reads a file of the folder, whose name is `file`. netkeep's own properties are read if `has_private`, without the bucket.
///
/// ```
/// use netkeep::exchange::{CardFile, read_card_file};
///
/// let bytes = b"BEGIN:VCARD\nVERSION:3.0\nFN:Ana Ruiz\nCATEGORIES:rust\nEND:VCARD\n";
/// let CardFile::Card(card) = read_card_file("ana.vcf", bytes, false) else { panic!("a card") };
/// assert_eq!((card.facts.name.as_str(), card.facts.tags.len()), ("Ana Ruiz", 1));
/// ```
pub fn read_card_file(file: &str, bytes: &[u8], has_private: bool) -> CardFile {
    let (card, cut) = match CutCard::of(bytes) {
        Ok(cut) => (cut.line, cut),
        Err(other) => return other,
    };
    cut.read(bytes, |all| {
        if person::group(all).is_some() {
            return CardFile::Group;
        }
        let too_big = || CardFile::Unreadable("its card is too big for one contact".to_owned());
        if is_too_big(all) {
            return too_big();
        }
        let arrival = person::person(all, false, card, &how(), &mut Parsed::default());
        let (Some(mut arrival), Some(facts)) = (arrival, facts(all, has_private)) else {
            return CardFile::Unreadable(
                "its card has no name, or one that is too long".to_owned(),
            );
        };
        if has_long_lists(&facts) {
            return too_big();
        }
        let uid = uid(all);
        arrival.is_own = false;
        arrival.contact.uid.clone_from(&uid);
        if has_private {
            own_lines(&mut arrival.contact, all);
        }
        CardFile::Card(Box::new(FolderCard {
            file: file.to_owned(),
            uid,
            facts,
            arrival,
        }))
    })
}

/// What the card of a file says; `None` if it has not just one card of a person.
pub(super) fn facts_of(bytes: &[u8], has_private: bool) -> Option<Contact> {
    match read_card_file("", bytes, has_private) {
        CardFile::Card(card) => Some(card.facts),
        _ => None,
    }
}

fn uid(all: &[Property]) -> Option<String> {
    let uids = all.iter().filter(|property| property.name == "UID");
    let mut uids = uids.map(|uid| one_line(&uid.text()));
    uids.rfind(|uid| !uid.is_empty())
}

fn is_too_big(all: &[Property]) -> bool {
    let is_read = |property: &&Property| {
        let is_kept = matches!(property.kind, PropertyKind::Read | PropertyKind::Extra(_));
        is_kept && property.name != "NOTE"
    };
    let bytes = all.iter().filter(is_read).map(|property| property.length);
    all.len() > MOST_LINES || bytes.sum::<usize>() > MOST_BYTES
}

fn has_long_lists(facts: &Contact) -> bool {
    let mut lists = Field::ALL.into_iter().map(|field| facts.texts(field).len());
    lists.any(|length| length > MOST_ENTRIES) || facts.dates.len() > MOST_ENTRIES
}

/// The one card of a file, cut into its lines.
pub(super) struct CutCard {
    /// The lines of its BEGIN and its END in the file, from 1.
    pub(super) line: usize,
    pub(super) end: usize,
    pub(super) lines: Vec<ContentLine>,
}

impl CutCard {
    /// Cuts the card of a file, or says what the file has instead.
    pub(super) fn of(bytes: &[u8]) -> Result<Self, CardFile> {
        let unreadable = |why: &str| Err(CardFile::Unreadable(why.to_owned()));
        let is_text = |bytes: &[u8]| std::str::from_utf8(bytes).is_ok();
        let mut cards: Vec<Card> = Vec::new();
        each_card(bytes, &mut Parsed::default(), |card, _| cards.push(card));
        let count = cards.len();
        let Some(card) = cards.pop() else {
            let why = if is_text(bytes) {
                "it has no card"
            } else {
                NOT_TEXT
            };
            return unreadable(why);
        };
        if count > 1 {
            return Err(CardFile::Several(count));
        }
        let Some(end) = card.end else {
            return unreadable("its card has no end");
        };
        // The file itself may be none: old programs fold a line inside a letter.
        if !card.lines.iter().all(|line| is_text(&line.bytes)) {
            return unreadable(NOT_TEXT);
        }
        Ok(Self {
            line: card.line,
            end,
            lines: repaired(card.lines, &mut vec![]),
        })
    }

    /// Calls `take` with the properties of the card.
    pub(super) fn read<T>(&self, bytes: &[u8], take: impl FnOnce(&[Property]) -> T) -> T {
        let legacy = Legacy::new(bytes, Hints::default(), evidence);
        let encodings = Encodings {
            named: None,
            otherwise: &legacy,
        };
        let lines = self.lines.iter();
        let texts: Vec<_> = lines.map(|line| in_utf8(line, encodings)).collect();
        let (mut strays, mut found) = (Strays::default(), Parsed::default());
        take(&properties(
            &self.lines,
            &texts,
            encodings,
            &mut strays,
            &mut found,
        ))
    }
}
