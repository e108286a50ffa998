//! The keys that a contact has in the book.

use chrono::NaiveDate;

use crate::domain::Next;

/// A key of a contact, in the order in which netkeep writes new ones. The touches are not among them: they have
/// edits of their own.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
#[allow(missing_docs, reason = "each is the key of the same name in the book")]
pub enum Field {
    Name,
    Aka,
    Bucket,
    Cadence,
    Limit,
    Company,
    Title,
    Email,
    Phone,
    Links,
    Address,
    City,
    Birthday,
    Tags,
    Met,
    Friendly,
    Paused,
    Added,
    Next,
    Uid,
    Notes,
}

/// What a field holds.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum Value {
    /// A text; also a cadence and a birthday without a year.
    Text(String),
    /// Several texts.
    List(Vec<String>),
    /// Yes or no.
    Flag(bool),
    /// A day.
    Day(NaiveDate),
    /// The planned next touch.
    Next(Next),
}

/// What kind of value a field takes, for those who type one.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
#[allow(missing_docs, reason = "the names say it")]
pub enum FieldKind {
    Text,
    List,
    Bucket,
    Cadence,
    Birthday,
    Flag,
    FlagOrDay,
    Day,
    Next,
}

impl Field {
    /// Every field, in the order in which netkeep writes new ones.
    pub const ALL: [Self; 21] = [
        Self::Name,
        Self::Aka,
        Self::Bucket,
        Self::Cadence,
        Self::Limit,
        Self::Company,
        Self::Title,
        Self::Email,
        Self::Phone,
        Self::Links,
        Self::Address,
        Self::City,
        Self::Birthday,
        Self::Tags,
        Self::Met,
        Self::Friendly,
        Self::Paused,
        Self::Added,
        Self::Next,
        Self::Uid,
        Self::Notes,
    ];

    /// The key, as it stands in the book.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Self::Name => "name",
            Self::Aka => "aka",
            Self::Bucket => "bucket",
            Self::Cadence => "cadence",
            Self::Limit => "limit",
            Self::Company => "company",
            Self::Title => "title",
            Self::Email => "email",
            Self::Phone => "phone",
            Self::Links => "links",
            Self::Address => "address",
            Self::City => "city",
            Self::Birthday => "birthday",
            Self::Tags => "tags",
            Self::Met => "met",
            Self::Friendly => "friendly",
            Self::Paused => "paused",
            Self::Added => "added",
            Self::Next => "next",
            Self::Uid => "uid",
            Self::Notes => "notes",
        }
    }

    /// The field with that key.
    ///
    /// ```
    /// use netkeep::domain::Field;
    ///
    /// assert_eq!(Field::from_key("email"), Some(Field::Email));
    /// assert_eq!(Field::from_key("emial"), None);
    /// ```
    #[must_use]
    pub fn from_key(key: &str) -> Option<Self> {
        // It is asked for every line of a book, so that a look at each of the fields would be too long.
        Some(match key {
            "name" => Self::Name,
            "aka" => Self::Aka,
            "bucket" => Self::Bucket,
            "cadence" => Self::Cadence,
            "limit" => Self::Limit,
            "company" => Self::Company,
            "title" => Self::Title,
            "email" => Self::Email,
            "phone" => Self::Phone,
            "links" => Self::Links,
            "address" => Self::Address,
            "city" => Self::City,
            "birthday" => Self::Birthday,
            "tags" => Self::Tags,
            "met" => Self::Met,
            "friendly" => Self::Friendly,
            "paused" => Self::Paused,
            "added" => Self::Added,
            "next" => Self::Next,
            "uid" => Self::Uid,
            "notes" => Self::Notes,
            _ => return None,
        })
    }

    /// What kind of value it takes.
    #[must_use]
    pub fn kind(self) -> FieldKind {
        match self {
            Self::Name
            | Self::Company
            | Self::Title
            | Self::Address
            | Self::City
            | Self::Met
            | Self::Uid
            | Self::Notes => FieldKind::Text,
            Self::Aka | Self::Email | Self::Phone | Self::Links | Self::Tags => FieldKind::List,
            Self::Bucket => FieldKind::Bucket,
            Self::Cadence | Self::Limit => FieldKind::Cadence,
            Self::Birthday => FieldKind::Birthday,
            Self::Friendly => FieldKind::Flag,
            Self::Paused => FieldKind::FlagOrDay,
            Self::Added => FieldKind::Day,
            Self::Next => FieldKind::Next,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_field_is_found_by_its_key() {
        for field in Field::ALL {
            assert_eq!(Field::from_key(field.key()), Some(field));
        }
    }
}
