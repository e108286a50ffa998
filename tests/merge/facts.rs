//! What a text says, read by the crate `toml` and nothing of ours.

use std::collections::{BTreeMap, BTreeSet};

use toml::de::{DeTable, DeValue};

/// What a book says. The order of contacts, rows and list items says nothing.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub(crate) struct Facts {
    /// What each contact says, by name.
    pub(crate) people: BTreeMap<String, Person>,
    /// Every setting by its path.
    pub(crate) settings: BTreeMap<String, Fact>,
}

/// Each key of a contact, and the keys of its tables by their paths.
pub(crate) type Person = BTreeMap<String, Fact>;

/// What a key says.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(crate) enum Fact {
    Value(String),
    /// Items of a list, each once.
    List(BTreeSet<String>),
    /// Rows, and how many of each there are.
    Rows(BTreeMap<String, usize>),
    /// Touches that a source gave: the directions of each day and channel.
    Sourced(BTreeMap<String, BTreeSet<String>>),
    /// The lines of the notes, sorted.
    Lines(Vec<String>),
}

const LISTS: [&str; 5] = ["aka", "email", "phone", "links", "tags"];
const SETS: [&str; 6] = [
    "sources.me",
    "sources.mail",
    "sources.calendar",
    "sources.calls",
    "sources.ignored",
    "sync.who",
];
const ROWS: [&str; 3] = ["touches", "promises", "dates"];

pub(crate) fn is_toml(text: &str) -> bool {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    DeTable::parse(text).is_ok()
}

/// A text and what it says.
#[derive(Debug)]
pub(crate) struct State<'t> {
    pub(crate) text: &'t str,
    pub(crate) facts: Facts,
    pub(crate) marks: BTreeSet<&'t str>,
}

impl<'t> State<'t> {
    pub(crate) fn of(text: &'t str) -> Result<Self, String> {
        Ok(Self {
            text,
            facts: Facts::of(text)?,
            marks: marks(text),
        })
    }

    /// Whether two texts say the same, comments included.
    pub(crate) fn says_the_same(&self, other: &Self) -> bool {
        (&self.facts, &self.marks) == (&other.facts, &other.marks)
    }
}

impl Facts {
    /// What a text says; an error if it is no TOML, or has a contact without a name or two of one name.
    pub(crate) fn of(text: &str) -> Result<Self, String> {
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        let table = DeTable::parse(text).map_err(|err| format!("it is no TOML: {err}"))?;
        let mut facts = Self::default();
        for (key, value) in table.get_ref() {
            let (key, value) = (key.get_ref(), value.get_ref());
            match value.as_array() {
                Some(contacts) if key == "contacts" => {
                    for contact in contacts {
                        facts.add(contact.get_ref())?;
                    }
                }
                _ => settings(key, value, &mut facts.settings),
            }
        }
        Ok(facts)
    }

    fn add(&mut self, contact: &DeValue) -> Result<(), String> {
        let table = contact.as_table().ok_or("a contact is no table")?;
        let mut person = Person::new();
        for (key, value) in table {
            let (key, value) = (key.get_ref().to_string(), value.get_ref());
            if ROWS.contains(&key.as_str()) {
                let mut rows = BTreeMap::new();
                let mut sourced: BTreeMap<_, BTreeSet<_>> = BTreeMap::new();
                for row in value.as_array().ok_or("rows are no array")? {
                    let row = row.get_ref();
                    match place_of_sourced(row).filter(|_| key == "touches") {
                        Some((place, direction)) => {
                            sourced.entry(place).or_default().insert(direction);
                        }
                        None => *rows.entry(shown(row)).or_default() += 1,
                    }
                }
                if !sourced.is_empty() {
                    person.insert("touches of sources".to_owned(), Fact::Sourced(sourced));
                }
                if !rows.is_empty() {
                    person.insert(key, Fact::Rows(rows));
                }
            } else if LISTS.contains(&key.as_str()) {
                let list = list(value);
                if list != Fact::List(BTreeSet::new()) {
                    person.insert(key, list);
                }
            } else if let (Some(notes), "notes") = (value.as_str(), key.as_str()) {
                let mut lines: Vec<String> = notes.lines().map(str::to_owned).collect();
                lines.sort();
                person.insert(key, Fact::Lines(lines));
            } else {
                settings(&key, value, &mut person);
            }
        }
        let name = table.get("name").and_then(|name| name.get_ref().as_str());
        let name = name.ok_or("a contact has no name")?;
        match self.people.insert(name.to_owned(), person) {
            Some(_) => Err(format!("two contacts are named {name}")),
            None => Ok(()),
        }
    }
}

/// The values of a table by their paths.
fn settings(path: &str, value: &DeValue, found: &mut BTreeMap<String, Fact>) {
    match value.as_table() {
        Some(table) if !table.is_empty() => {
            for (key, value) in table {
                let path = format!("{path}.{}", key.get_ref());
                settings(&path, value.get_ref(), found);
            }
        }
        // A header whose last key was taken out says nothing.
        Some(_) if path == "sources" => {}
        _ if SETS.contains(&path) => drop(found.insert(path.to_owned(), list(value))),
        _ => drop(found.insert(path.to_owned(), Fact::Value(shown(value)))),
    }
}

/// The day and the channel of a touch that a source gave, and its direction; an exchange has none.
fn place_of_sourced(row: &DeValue) -> Option<(String, String)> {
    let row = row.as_table()?;
    row.get("source")?;
    let word = |key: &str| row.get(key).map(|value| shown(value.get_ref()));
    let place = format!("{:?} {:?}", word("on"), word("via"));
    Some((place, word("direction").unwrap_or_default()))
}

/// One text, or an array of them.
fn list(value: &DeValue) -> Fact {
    let items = match value.as_array() {
        Some(items) => items.iter().map(|item| shown(item.get_ref())).collect(),
        None => BTreeSet::from([shown(value)]),
    };
    Fact::List(items)
}

/// A value in one form, however it is written.
fn shown(value: &DeValue) -> String {
    match value {
        DeValue::String(text) => format!("{:?}", text.replace("\r\n", "\n")),
        DeValue::Integer(number) => number.to_string(),
        DeValue::Float(number) => number.to_string(),
        DeValue::Boolean(flag) => flag.to_string(),
        DeValue::Datetime(day) => day.to_string(),
        DeValue::Array(items) => {
            let items = items.iter().map(|item| shown(item.get_ref()));
            format!("[{}]", items.collect::<Vec<String>>().join(", "))
        }
        DeValue::Table(table) => {
            let pairs = table.iter();
            let pairs =
                pairs.map(|(key, value)| format!("{}={}", key.get_ref(), shown(value.get_ref())));
            let mut pairs: Vec<String> = pairs.collect();
            pairs.sort();
            format!("{{{}}}", pairs.join(", "))
        }
    }
}

/// The words of a text that a change made, wherever they are: in a value, a comment or a name. Each is there only once.
pub(crate) fn marks(text: &str) -> BTreeSet<&str> {
    let words = text.split(|c: char| !c.is_ascii_alphanumeric());
    words.filter(|word| is_mark(word)).collect()
}

/// `q`, the side, a number and `q`: `qo17q`.
fn is_mark(word: &str) -> bool {
    let inner = word
        .strip_prefix('q')
        .and_then(|word| word.strip_suffix('q'));
    inner.is_some_and(|inner| {
        inner.len() > 1
            && inner.starts_with(['o', 't', 'b'])
            && inner[1..].bytes().all(|byte| byte.is_ascii_digit())
    })
}
