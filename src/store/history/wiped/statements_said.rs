//! What a part of a book says, however it is written: every key with its values, those of the user's own included.

use std::collections::{BTreeMap, HashMap};

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
    /// What the file says and the state does not.
    pub(super) extra: Vec<String>,
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
        let mut distance = Distance {
            lines: largest(difference(&self.lines, &file.lines)),
            ..Distance::default()
        };
        let owner = file.owner.as_deref();
        let mut add = |key: &str, values: usize, extra: Vec<String>| {
            distance.values += values;
            let named = |extra| format!("{owner:?} {key} {extra}");
            distance.extra.extend(extra.into_iter().map(named));
        };
        for (key, value) in &self.keys {
            match (value, file.keys.get(key)) {
                (SaidValue::One(one), Some(SaidValue::One(other))) => {
                    if one != other {
                        add(key, 1, vec![other.clone()]);
                    }
                }
                (SaidValue::One(_), None) => add(key, 1, vec![]),
                (value, other) => {
                    let (values, extra) =
                        rows_apart(&value.rows(), &other.map_or(vec![], SaidValue::rows));
                    add(key, values, extra);
                }
            }
        }
        for (key, value) in &file.keys {
            match value {
                _ if self.keys.contains_key(key) => {}
                SaidValue::One(one) => add(key, 1, vec![one.clone()]),
                SaidValue::Many(rows) => {
                    let (values, extra) = rows_apart(&[], rows);
                    add(key, values, extra);
                }
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

/// How many rows differ, one that was edited counted once, and those of the file that are no edit of one of `state`.
fn rows_apart(state: &[SaidRow], file: &[SaidRow]) -> (usize, Vec<String>) {
    let (mut missing, extra) = difference(state, file);
    let mut values = 0;
    let mut named = Vec::new();
    let is_few = missing.len() * extra.len() <= PAIRS;
    for (row, number) in extra {
        values += 1;
        let edited = missing
            .iter()
            .position(|(old, _)| is_few && is_edit(old, row));
        match edited {
            Some(at) => drop(missing.remove(at)),
            None => named.push(format!("{row:?} {number}")),
        }
    }
    (values + missing.len(), named)
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

type Differing<'t, T> = Vec<(&'t T, usize)>;

/// The items that only one of two lists has, each with its number among those like it.
fn difference<'t, T: Eq + std::hash::Hash>(
    one: &'t [T],
    two: &'t [T],
) -> (Differing<'t, T>, Differing<'t, T>) {
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

/// How many lines differ, where a changed line counts once.
fn largest<T>((one, two): (Differing<T>, Differing<T>)) -> usize {
    one.len().max(two.len())
}
