//! What a row of a contact says: a touch, a promise, a date.

use std::hash::{Hash, Hasher};

use toml::de::DeValue;

use crate::domain::Direction;
use crate::domain::merge::rows::SourcedRow;
use crate::store::parse::toml_value::{key as written_key, written};

/// A row. Two are the same if they say the same.
#[derive(Clone, Debug, Eq)]
pub(super) struct BlockRow {
    /// All its keys.
    written: String,
    /// Its day, as it is written.
    day: String,
    /// What counts if another program said that it happened.
    sourced: Option<WithSource>,
}

/// What a row with a `source` says.
#[derive(Clone, Debug, Eq, PartialEq)]
struct WithSource {
    source: String,
    channel: String,
    direction: Option<String>,
    /// The other keys.
    words: String,
    /// All its keys but the direction.
    undirected: String,
}

impl PartialEq for BlockRow {
    fn eq(&self, other: &Self) -> bool {
        self.written == other.written
    }
}

impl Hash for BlockRow {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.written.hash(state);
    }
}

impl BlockRow {
    pub(super) fn of(value: &DeValue) -> Self {
        let said = |key: &str| value.get(key).map(|node| written(node.get_ref()));
        Self {
            written: alike(written(value)),
            day: said("on").or(said("by")).unwrap_or_default(),
            sourced: said("source").map(|source| WithSource::of(value, source)),
        }
    }

    /// By its day, then by what it says.
    pub(super) fn order(&self) -> (&str, &str) {
        (&self.day, &self.written)
    }

    /// All that it says; an exchange has no direction.
    pub(super) fn said(&self, is_exchange: bool) -> &str {
        let sourced = self.sourced.as_ref().filter(|_| is_exchange);
        sourced.map_or(&self.written, |sourced| &sourced.undirected)
    }

    pub(super) fn sourced(&self) -> Option<SourcedRow<'_>> {
        let sourced = self.sourced.as_ref()?;
        let direction = match sourced.direction.as_deref() {
            None => None,
            Some(text) => Some(
                [Direction::Out, Direction::In]
                    .into_iter()
                    .find(|direction| direction.to_string() == text)?,
            ),
        };
        Some(SourcedRow {
            day: self.day.parse().ok()?,
            channel: &sourced.channel,
            direction,
            words: &sourced.words,
            source: &sourced.source,
        })
    }
}

impl WithSource {
    fn of(value: &DeValue, source: String) -> Self {
        let text = |key: &str| {
            let text = value.get(key).and_then(|node| node.get_ref().as_str());
            text.map(str::to_owned)
        };
        let mut undirected = value.clone();
        if let DeValue::Table(table) = &mut undirected {
            table.remove("direction");
        }
        let is_word = |key: &&str| !["on", "via", "direction", "source"].contains(key);
        let table = value.as_table().into_iter().flatten();
        let words = table.filter(|(key, _)| is_word(&key.get_ref().as_ref()));
        let words = words.map(|(key, node)| {
            let key = written_key(key.get_ref());
            format!("{key} = {}\n", written(node.get_ref()))
        });
        Self {
            source,
            channel: text("via").unwrap_or_default(),
            direction: text("direction"),
            words: words.collect(),
            undirected: alike(written(&undirected)),
        }
    }
}

/// What is written, with newlines of one kind.
fn alike(written: String) -> String {
    if written.contains("\\r\\n") {
        written.replace("\\r\\n", "\\n")
    } else {
        written
    }
}
