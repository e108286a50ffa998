//! What a state of a book says, fact by fact, keys that netkeep does not know included: to tell which state grew from which.

use std::collections::{BTreeMap, HashMap};
use std::rc::Rc;

use foldhash::fast::FixedState;
use toml::de::{DeTable, DeValue};

use crate::store::parse::difference::DividedText;
use crate::store::parse::{first_contact, toml_value};

/// What a state of a book says: the facts of each contact by its name, and those of the settings.
#[derive(Debug, Default)]
pub(crate) struct Facts {
    contacts: HashMap<Rc<str>, Rc<BlockFacts>, FixedState>,
    settings: Rc<BlockFacts>,
}

/// What one contact says, or the settings.
#[derive(Debug, Default, Eq, PartialEq)]
pub(crate) struct BlockFacts {
    /// The keys that have one value.
    values: BTreeMap<String, String>,
    /// The rows and the items of lists, each with how often it is there.
    rows: BTreeMap<String, usize>,
}

/// Reads states of one book, most of whose contacts are the same.
#[derive(Debug, Default)]
pub(crate) struct FactReader {
    /// The contacts that were read, with their names, by their text.
    known: HashMap<String, (Rc<str>, Rc<BlockFacts>), FixedState>,
    /// The last text.
    last: Option<DividedText>,
}

/// The keys that hold a list, even where it is one text.
const LISTS: [&str; 5] = ["aka", "email", "phone", "links", "tags"];

impl FactReader {
    /// What a text says; `None` if it is no book.
    pub(crate) fn read(&mut self, text: &str) -> Option<Facts> {
        let divided = match &self.last {
            Some(last) => last.next(text.to_owned()),
            None => DividedText::new(text.to_owned()),
        };
        let facts = divided
            .as_ref()
            .and_then(|divided| self.read_parts(divided));
        self.last = divided.or(self.last.take());
        facts.or_else(|| whole(text))
    }

    fn read_parts(&mut self, divided: &DividedText) -> Option<Facts> {
        let mut facts = Facts::default();
        let mut rest = String::new();
        for (part, is_contact) in divided.parts() {
            if is_contact {
                let (name, block) = self.contact(part)?;
                facts.add(name, block);
            } else {
                rest.push_str(part);
            }
        }
        let table = DeTable::parse(rest.trim_start_matches('\u{feff}')).ok()?;
        // Contacts that are written in another way are not divided.
        if table.get_ref().contains_key("contacts") {
            return None;
        }
        facts.settings = Rc::new(settings(table.get_ref()));
        Some(facts)
    }

    /// The name of a contact with that text, and what it says.
    fn contact(&mut self, text: &str) -> Option<(Rc<str>, Rc<BlockFacts>)> {
        if let Some((name, block)) = self.known.get(text) {
            return Some((name.clone(), block.clone()));
        }
        let document = DeTable::parse(text).ok()?;
        let table = first_contact(document.get_ref())?;
        let read = (name(table), Rc::new(contact(table)));
        self.known.insert(text.to_owned(), read.clone());
        Some(read)
    }
}

impl Facts {
    /// Whether there is a contact of that name.
    pub(crate) fn has(&self, name: &str) -> bool {
        self.contacts.contains_key(name)
    }

    /// The names of all contacts.
    pub(crate) fn names(&self) -> impl Iterator<Item = &str> {
        self.contacts.keys().map(AsRef::as_ref)
    }

    /// The UID of every contact that has one.
    pub(crate) fn uids(&self) -> impl Iterator<Item = &str> {
        let blocks = self.contacts.values();
        blocks.filter_map(|block| Some(block.values.get("uid")?.as_str()))
    }

    /// Whether the contact of that name, or the settings (`None`), has this value of a key, or none.
    fn says(&self, name: Option<&str>, key: &str, value: Option<&String>) -> bool {
        let block = match name {
            Some(name) => self.contacts.get(name),
            None => Some(&self.settings),
        };
        block.is_some_and(|block| block.values.get(key) == value)
    }

    /// Whether all of this is in `other` too: every contact and every row. A value may be another one there, but none that
    /// one of `states` has: such a value may be older than this one.
    pub(crate) fn is_held_by(&self, other: &Self, states: &[&Self]) -> bool {
        let is_old = |name: Option<&str>, key: &str, value: Option<&String>| {
            states.iter().any(|state| state.says(name, key, value))
        };
        let holds = |name: Option<&str>, one: &Rc<BlockFacts>, other: &Rc<BlockFacts>| {
            Rc::ptr_eq(one, other)
                || one.rows_are_in(other)
                    && one.values.iter().all(|(key, value)| {
                        let there = other.values.get(key);
                        there == Some(value) || !is_old(name, key, there)
                    })
        };
        let is_there = |(name, block): (&Rc<str>, &Rc<BlockFacts>)| match other.contacts.get(name) {
            Some(there) => holds(Some(name), block, there),
            None => other.renamed(block, self).is_some(),
        };
        holds(None, &self.settings, &other.settings) && self.contacts.iter().all(is_there)
    }

    /// What the contact `name` of `before` is called here.
    pub(crate) fn name_now<'n>(&'n self, name: &'n str, before: &Self) -> Option<&'n str> {
        if self.has(name) {
            return Some(name);
        }
        self.renamed(before.contacts.get(name)?, before)
    }

    /// The name of a contact that `before` does not know and that says all that `block` says: the same contact with another
    /// name.
    fn renamed(&self, block: &BlockFacts, before: &Self) -> Option<&str> {
        if block.rows.is_empty() && block.values.is_empty() {
            return None;
        }
        let mut new = self.contacts.iter().filter(|(name, _)| !before.has(name));
        let (name, _) = new.find(|(_, other)| block.is_in(other))?;
        Some(name)
    }

    /// Whether the contact `name` of this state is, with all it says, in `other`.
    pub(crate) fn contact_is_in(&self, name: &str, other: &Self) -> bool {
        let both = self.contacts.get(name).zip(other.contacts.get(name));
        both.is_some_and(|(one, other)| one.is_in(other))
    }

    /// Whether every value of this is the same in `other`, where that has the contact.
    pub(crate) fn values_are_in(&self, other: &Self) -> bool {
        let are_in = |one: &BlockFacts, other: &BlockFacts| {
            let mut values = one.values.iter();
            values.all(|(key, value)| other.values.get(key) == Some(value))
        };
        let mut contacts = self.contacts.iter();
        are_in(&self.settings, &other.settings)
            && contacts.all(|(name, block)| {
                let there = other.contacts.get(name);
                there.is_none_or(|there| are_in(block, there))
            })
    }

    /// How many facts are in one of the two states and not in the other; a value that is another one there counts once, so that
    /// a state without the key is no nearer.
    pub(crate) fn distance(&self, other: &Self) -> usize {
        let ours = self.contacts.iter().map(|(name, block)| {
            other
                .contacts
                .get(name)
                .map_or_else(|| 1 + block.len(), |there| distance(block, there))
        });
        let theirs = other.contacts.iter();
        let theirs = theirs.filter(|(name, _)| !self.has(name));
        let theirs = theirs.map(|(_, block)| 1 + block.len());
        ours.sum::<usize>() + theirs.sum::<usize>() + distance(&self.settings, &other.settings)
    }

    /// Adds a contact; of two with one name, the second has a name of its own.
    fn add(&mut self, name: Rc<str>, block: Rc<BlockFacts>) {
        let mut own = name.clone();
        for number in 2_usize.. {
            if !self.has(&own) {
                break;
            }
            own = format!("{name}\n{number}").into();
        }
        self.contacts.insert(own, block);
    }
}

impl BlockFacts {
    fn len(&self) -> usize {
        self.values.len() + self.rows.values().sum::<usize>()
    }

    fn rows_are_in(&self, other: &Self) -> bool {
        let there = |row: &String| other.rows.get(row).copied().unwrap_or_default();
        self.rows.iter().all(|(row, count)| there(row) >= *count)
    }

    fn is_in(&self, other: &Self) -> bool {
        let mut values = self.values.iter().filter(|(key, _)| *key != "uid");
        self.rows_are_in(other) && values.all(|(key, value)| other.values.get(key) == Some(value))
    }

    fn distance(&self, other: &Self) -> usize {
        let lacks = |one: &Self, other: &Self| {
            let there = |row: &String| other.rows.get(row).copied().unwrap_or_default();
            let rows = one.rows.iter();
            let rows = rows.map(|(row, count)| count.saturating_sub(there(row)));
            rows.sum::<usize>()
        };
        let values = self.values.iter();
        let values = values.filter(|(key, value)| other.values.get(*key) != Some(value));
        let new = other
            .values
            .keys()
            .filter(|key| !self.values.contains_key(*key));
        lacks(self, other) + lacks(other, self) + values.count() + new.count()
    }

    fn add(&mut self, key: &str, value: &DeValue) {
        match value {
            DeValue::Array(items) => {
                for item in items {
                    self.add_row(key, item.get_ref());
                }
            }
            DeValue::String(_) if LISTS.contains(&key) => self.add_row(key, value),
            _ => {
                self.values.insert(key.to_owned(), written(value));
            }
        }
    }

    fn add_row(&mut self, key: &str, value: &DeValue) {
        let row = format!("{key} {}", written(value));
        *self.rows.entry(row).or_default() += 1;
    }
}

/// How many facts only one of two blocks has; what is the same text in both was read once.
fn distance(one: &Rc<BlockFacts>, other: &Rc<BlockFacts>) -> usize {
    if Rc::ptr_eq(one, other) {
        return 0;
    }
    one.distance(other)
}

/// What a text says that is not divided into contacts.
fn whole(text: &str) -> Option<Facts> {
    let document = DeTable::parse(text.trim_start_matches('\u{feff}')).ok()?;
    let table = document.get_ref();
    let mut facts = Facts {
        settings: Rc::new(settings(table)),
        ..Facts::default()
    };
    if let Some(DeValue::Array(contacts)) = table.get("contacts").map(toml::Spanned::get_ref) {
        for one in contacts {
            let DeValue::Table(one) = one.get_ref() else {
                continue;
            };
            facts.add(name(one), Rc::new(contact(one)));
        }
    }
    Some(facts)
}

fn name(contact: &DeTable) -> Rc<str> {
    match contact.get("name").map(toml::Spanned::get_ref) {
        Some(DeValue::String(name)) => name.as_ref().into(),
        _ => "".into(),
    }
}

fn contact(table: &DeTable) -> BlockFacts {
    let mut block = BlockFacts::default();
    for (key, value) in table {
        if key.get_ref() != "name" {
            block.add(key.get_ref(), value.get_ref());
        }
    }
    block
}

fn settings(table: &DeTable) -> BlockFacts {
    fn add(block: &mut BlockFacts, path: &str, table: &DeTable) {
        for (key, value) in table {
            let path = format!("{path}{}", key.get_ref());
            match value.get_ref() {
                DeValue::Table(table) => add(block, &format!("{path}."), table),
                DeValue::Array(_) if path == "contacts" => {}
                // The order of words and columns says something.
                value @ DeValue::Array(_) if !path.ends_with(".ignored") => {
                    block.values.insert(path, written(value));
                }
                value => block.add(&path, value),
            }
        }
    }
    let mut block = BlockFacts::default();
    add(&mut block, "", table);
    block
}

/// A value in one form, however it is written and whatever the newlines of the file.
pub(in crate::store) fn written(value: &DeValue) -> String {
    toml_value::written(value).replace("\\r\\n", "\\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn facts(text: &str) -> Facts {
        FactReader::default().read(text).expect("a book")
    }

    const ANA: &str = "[[contacts]]\nname = 'Ana'\ncity = 'Oslo'\nemail = 'a@a.example'\nmine = 1\n\
                       touches = [{ on = 2026-11-01 }, { on = 2026-11-01 }]\n";

    #[test]
    fn what_is_said_in_another_way_is_the_same() {
        let other = "[[contacts]]\nmine = 1\nname = \"Ana\"\nemail = [\"a@a.example\"]\ncity = \"Oslo\"\n\
                     [[contacts.touches]]\non = 2026-11-01\n[[contacts.touches]]\non = 2026-11-01\n";
        assert_eq!(facts(ANA).distance(&facts(other)), 0);
        let table = "contacts = [{ name = 'Ana', city = 'Oslo', email = 'a@a.example', mine = 1, \
                     touches = [{ on = 2026-11-01 }, { on = 2026-11-01 }] }]\n";
        assert_eq!(facts(ANA).distance(&facts(table)), 0);
    }

    #[test]
    fn every_row_of_a_state_is_in_what_grew_from_it() {
        let before = facts(ANA);
        let added = ANA.replace("[{ on", "[{ on = 2026-11-09 }, { on");
        for (text, is_held) in [
            (added.as_str(), true),
            // One of two equal rows is missing.
            (&ANA.replace(", { on = 2026-11-01 }]", "]"), false),
            (&ANA.replace("'a@a.example'", "[]"), false),
            // A new value, and one that a state had before.
            (&ANA.replace("Oslo", "Lund"), true),
            (&ANA.replace("Oslo", "Rome"), false),
            // The same contact with another name, and another contact.
            (&ANA.replace("'Ana'", "'Anna'"), true),
            ("[[contacts]]\nname = 'Bo'\n", false),
        ] {
            let older = facts(&ANA.replace("Oslo", "Rome"));
            let states = [&before, &older];
            assert_eq!(before.is_held_by(&facts(text), &states), is_held, "{text}");
        }
    }

    #[test]
    fn the_distance_counts_what_only_one_of_them_says() {
        let before = facts(ANA);
        for (text, distance) in [
            (ANA.to_owned(), 0),
            (ANA.replace("Oslo", "Rome"), 1),
            (ANA.replace("mine = 1\n", ""), 1),
            (
                ANA.to_owned() + "[[contacts]]\nname = 'Bo'\ntags = ['a']\n",
                2,
            ),
            ("format = 1\n[week]\ntouches = 5\n".to_owned() + ANA, 2),
        ] {
            assert_eq!(before.distance(&facts(&text)), distance, "{text}");
        }
    }
}
