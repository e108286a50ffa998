//! The keys of a contact that hold tables, one a row.

use crate::domain::Field;

/// A key of a contact whose value is a list of tables: the days other than the birthday, the promises and the touches. Each table
/// is a row of an array or a block of its own.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(in crate::store) enum RowKey {
    Dates,
    Promises,
    Touches,
}

impl RowKey {
    /// All, in the order in which netkeep writes them.
    pub(in crate::store) const ALL: [Self; 3] = [Self::Dates, Self::Promises, Self::Touches];

    /// The key, as it is written in the book.
    pub(in crate::store) fn key(self) -> &'static str {
        match self {
            Self::Dates => Field::Dates.key(),
            Self::Promises => "promises",
            Self::Touches => "touches",
        }
    }

    /// A row, with its article.
    pub(in crate::store) fn row(self) -> &'static str {
        match self {
            Self::Dates => "a date",
            Self::Promises => "a promise",
            Self::Touches => "a touch",
        }
    }

    /// The keys of a row, in the order in which netkeep writes them.
    pub(in crate::store) fn keys(self) -> &'static [&'static str] {
        match self {
            Self::Dates => &["on", "what"],
            Self::Promises => &["by", "what"],
            Self::Touches => &["on", "via", "direction", "note", "gave", "got", "source"],
        }
    }

    pub(in crate::store) fn from_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|rows| rows.key() == key)
    }
}

/// Whether a contact has this key.
pub(in crate::store) fn is_of_contact(key: &str) -> bool {
    Field::from_key(key).is_some() || RowKey::from_key(key).is_some()
}

/// The place of a key of a contact in the order in which netkeep writes them; `None` for any other key.
pub(in crate::store) fn rank(key: &str) -> Option<(Field, usize)> {
    if let Some(field) = Field::from_key(key) {
        return Some((field, 0));
    }
    RowKey::from_key(key).map(|rows| match rows {
        RowKey::Dates => (Field::Dates, 0),
        RowKey::Promises => (Field::Next, 1),
        RowKey::Touches => (Field::Notes, 1),
    })
}
