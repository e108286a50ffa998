//! What a part of a book says, however it is written: every key with its values, those of the user's own included.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use toml::de::{DeTable, DeValue};

use crate::store::parse::toml_value;

/// What a text says of one contact, or of the settings.
#[derive(Debug, Default)]
pub(super) struct Said {
    /// The name of the contact; `None` for settings.
    pub(super) owner: Option<String>,
    keys: BTreeMap<String, SaidValue>,
    /// Its lines, for what is no value: comments.
    lines: Vec<String>,
}

#[derive(Clone, Debug, Eq, PartialEq)]
enum SaidValue {
    One(String),
    /// Rows, items of a list, or the lines of a long text.
    Many(Vec<SaidRow>),
}

/// The keys and values of a row; an item or a line has one with an empty key.
type SaidRow = BTreeMap<String, String>;

/// How far one state of a contact is from that of the file.
#[derive(Debug, Default)]
pub(super) struct Distance {
    /// How many values or rows differ.
    pub(super) values: usize,
    /// How many lines do.
    pub(super) lines: usize,
    /// What one of the two says and the other does not.
    pub(super) facts: HashSet<Fact>,
}

/// A value, row or line that either the file or the state has.
#[derive(Clone, Debug, Eq, Hash, PartialEq)]
pub(super) struct Fact {
    /// The name of the contact in the file; `None` for settings.
    pub(super) owner: Option<String>,
    pub(super) is_in_file: bool,
    /// The key; `None` for a line.
    key: Option<String>,
    /// The value, row or line, and its number among those like it.
    row: (SaidRow, usize),
}

/// The keys whose text is an edit of another only if most of it is the same.
const TEXTS: [&str; 5] = ["", "note", "gave", "got", "what"];

/// How much of two texts is the same if one is an edit of the other.
const ALIKE: f64 = 0.75;

/// The most pairs of rows that are compared to find out which are edits of which.
const PAIRS: usize = 10_000;

impl Said {
    /// What the text of some contacts or settings says; nothing if it is not TOML.
    pub(super) fn all_in(text: &str) -> Vec<Self> {
        let text = text.trim_start_matches('\u{feff}');
        let Ok(table) = DeTable::parse(text) else {
            return vec![];
        };
        let lines = text.lines().map(|line| line.trim().trim_end_matches(','));
        let lines = lines.filter(|line| !line.is_empty()).map(str::to_owned);
        let mut settings = Self::default();
        let mut all = Vec::new();
        for (key, value) in table.get_ref() {
            match value.get_ref() {
                DeValue::Array(contacts) if key.get_ref() == "contacts" => {
                    for contact in contacts {
                        let mut said = Self {
                            owner: Some(String::new()),
                            ..Self::default()
                        };
                        if let DeValue::Table(table) = contact.get_ref() {
                            said.add_table("", table);
                        }
                        if let Some(SaidValue::One(name)) = said.keys.get("name") {
                            said.owner = Some(name.clone());
                        }
                        all.push(said);
                    }
                }
                value => settings.add(key.get_ref().to_string(), value),
            }
        }
        if all.is_empty() {
            all.push(settings);
        }
        all[0].lines = lines.collect();
        all
    }

    /// A contact, or the settings, of which nothing is said.
    pub(super) fn nothing_of(owner: Option<String>) -> Self {
        Self {
            owner,
            ..Self::default()
        }
    }

    fn add_table(&mut self, path: &str, table: &DeTable) {
        for (key, value) in table {
            let dot = if path.is_empty() { "" } else { "." };
            self.add(format!("{path}{dot}{}", key.get_ref()), value.get_ref());
        }
    }

    fn add(&mut self, path: String, value: &DeValue) {
        let said = match value {
            DeValue::Table(table) => return self.add_table(&path, table),
            DeValue::Array(items) => {
                SaidValue::Many(items.iter().map(|item| row(item.get_ref())).collect())
            }
            DeValue::String(text) if text.contains('\n') => {
                let lines = text
                    .lines()
                    .map(str::trim_end)
                    .filter(|line| !line.is_empty());
                SaidValue::Many(lines.map(|line| item(line.to_owned())).collect())
            }
            value => SaidValue::One(written(value)),
        };
        self.keys.insert(path, said);
    }

    /// Several contacts of one name as one.
    pub(super) fn join(all: &[&Self]) -> Self {
        let mut joined = Self::default();
        for said in all {
            joined.owner.clone_from(&said.owner);
            joined.lines.extend(said.lines.iter().cloned());
            for (key, value) in &said.keys {
                let Some(old) = joined.keys.get_mut(key) else {
                    joined.keys.insert(key.clone(), value.clone());
                    continue;
                };
                let mut rows = old.rows();
                rows.extend(value.rows());
                *old = SaidValue::Many(rows);
            }
        }
        joined
    }

    /// By what the contact may be known if it has another name: its `uid`, an address, or a word of its name and the day
    /// on which it was added.
    pub(super) fn known_by(&self) -> Vec<String> {
        let rows = |key: &str| self.keys.get(key).map_or(vec![], SaidValue::rows);
        let mut known = Vec::new();
        for key in ["uid", "email", "phone"] {
            known.extend(rows(key).iter().map(|row| format!("{key} {row:?}")));
        }
        let added = rows("added");
        let name = self.owner.clone().unwrap_or_default();
        let words = crate::domain::text::fold(&name);
        known.extend(words.split(' ').map(|word| format!("{word} {added:?}")));
        known
    }

    /// How far this state is from what the file says of the same contact.
    pub(super) fn distance_to(&self, file: &Self) -> Distance {
        let (gone, new) = difference(&self.lines, &file.lines);
        let mut distance = Distance {
            // A changed line counts once.
            lines: gone.len().max(new.len()),
            ..Distance::default()
        };
        let fact = |key: Option<&String>, row: (SaidRow, usize), is_in_file| Fact {
            owner: file.owner.clone(),
            is_in_file,
            key: key.cloned(),
            row,
        };
        for (lines, is_in_file) in [(gone, false), (new, true)] {
            let lines = lines.into_iter();
            let facts = lines.map(|(line, number)| (item(line.clone()), number));
            let facts = facts.map(|line| fact(None, line, is_in_file));
            distance.facts.extend(facts);
        }
        let keys: BTreeSet<&String> = self.keys.keys().chain(file.keys.keys()).collect();
        for key in keys {
            let apart = match (self.keys.get(key), file.keys.get(key)) {
                (Some(one), Some(other)) if one == other => continue,
                (one, other) => ValueDistance::of(one, other),
            };
            distance.values += apart.values;
            for (rows, is_in_file) in [(apart.state, false), (apart.file, true)] {
                let facts = rows.into_iter().map(|row| fact(Some(key), row, is_in_file));
                distance.facts.extend(facts);
            }
        }
        distance
    }
}

impl SaidValue {
    fn rows(&self) -> Vec<SaidRow> {
        match self {
            Self::One(one) => vec![item(one.clone())],
            Self::Many(rows) => rows.clone(),
        }
    }
}

fn item(text: String) -> SaidRow {
    SaidRow::from([(String::new(), text)])
}

fn row(value: &DeValue) -> SaidRow {
    let DeValue::Table(table) = value else {
        return item(written(value));
    };
    let pairs = table.iter();
    pairs
        .map(|(key, value)| (key.get_ref().to_string(), written(value.get_ref())))
        .collect()
}

/// A value in one form; a text without its quotes, as its words are compared.
fn written(value: &DeValue) -> String {
    match value {
        DeValue::String(text) => text.to_string(),
        value => toml_value::written(value),
    }
}

/// How far two values of one key are apart.
#[derive(Default)]
struct ValueDistance {
    /// How many values or rows differ, one that was edited counted once.
    values: usize,
    /// What only the state has, and what only the file has, without the rows that are edits of each other.
    state: Vec<(SaidRow, usize)>,
    file: Vec<(SaidRow, usize)>,
}

impl ValueDistance {
    fn of(state: Option<&SaidValue>, file: Option<&SaidValue>) -> Self {
        if let (Some(SaidValue::One(one)), Some(SaidValue::One(other))) = (state, file) {
            return Self {
                values: 1,
                state: vec![(item(one.clone()), 1)],
                file: vec![(item(other.clone()), 1)],
            };
        }
        let rows = |value: Option<&SaidValue>| value.map_or(vec![], SaidValue::rows);
        let (state, file) = (rows(state), rows(file));
        let (mut missing, extra) = difference(&state, &file);
        let mut apart = Self::default();
        let is_few = missing.len() * extra.len() <= PAIRS;
        for (row, number) in extra {
            apart.values += 1;
            let edited = missing
                .iter()
                .position(|(old, _)| is_few && is_edit(old, row));
            match edited {
                Some(at) => drop(missing.remove(at)),
                None => apart.file.push((row.clone(), number)),
            }
        }
        apart.values += missing.len();
        let missing = missing.into_iter();
        apart.state = missing.map(|(row, number)| (row.clone(), number)).collect();
        apart
    }
}

/// Whether one of two rows may be an edit of the other: it has all of it, or all but one value.
fn is_edit(one: &SaidRow, two: &SaidRow) -> bool {
    let (most, least) = if one.len() < two.len() {
        (two, one)
    } else {
        (one, two)
    };
    let mut others = least
        .iter()
        .filter(|(key, value)| most.get(*key) != Some(value));
    let Some((key, value)) = others.next() else {
        return true;
    };
    let is_same_text = |other: &String| {
        !TEXTS.contains(&key.as_str())
            || strsim::normalized_levenshtein(value, other) >= ALIKE
            || value.contains(other.as_str())
            || other.contains(value.as_str())
    };
    let is_item = key.is_empty();
    others.next().is_none()
        && most.len() == least.len()
        && (is_item || least.len() > 1)
        && most.get(key).is_some_and(is_same_text)
}

type Unmatched<'t, T> = Vec<(&'t T, usize)>;

/// The items that only one of two lists has, each with its number among those like it.
fn difference<'t, T: Eq + std::hash::Hash>(
    one: &'t [T],
    two: &'t [T],
) -> (Unmatched<'t, T>, Unmatched<'t, T>) {
    let count = |items: &'t [T]| {
        let mut counts: HashMap<&T, usize> = HashMap::new();
        for item in items {
            *counts.entry(item).or_default() += 1;
        }
        counts
    };
    let beyond = |items: &'t [T], mut known: HashMap<&T, usize>| {
        let mut seen: HashMap<&T, usize> = HashMap::new();
        let mut beyond = Vec::new();
        for item in items {
            let number = seen.entry(item).or_default();
            *number += 1;
            match known.get_mut(item) {
                Some(left) if *left > 0 => *left -= 1,
                _ => beyond.push((item, *number)),
            }
        }
        beyond
    };
    (beyond(one, count(two)), beyond(two, count(one)))
}
