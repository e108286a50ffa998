//! The table of a contact's fields.
//!
//! To add a field, add a row to the table below, a member to [`Contact`], and its word in `render/views/import_summary.rs`.
//! What treats all fields alike follows from the table: `edit --set`, merging, searching, columns, templates, JSON, CSV.

use std::fmt;

use chrono::NaiveDate;

use super::contact::{Contact, Pause};
use crate::domain::{AnnualDay, Cadence, Next, OtherDay};

/// Makes [`Field`] and the access to the members of [`Contact`] from a table of fields, their keys and kinds. A key is also the name of
/// a member.
macro_rules! fields {
    ($($field:ident $key:ident $kind:ident;)*) => {
        /// A key of a contact, in the order in which netkeep writes new ones. Touches are not among them: they have
        /// edits of their own.
        #[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
        #[allow(missing_docs, reason = "each is the key of the same name in the book")]
        pub enum Field {
            $($field,)*
        }

        impl Field {
            /// Every field, in the order in which netkeep writes new ones.
            pub const ALL: [Self; [$(stringify!($key)),*].len()] = [$(Self::$field),*];

            /// The key, as it is written in the book.
            pub fn key(self) -> &'static str {
                match self {
                    $(Self::$field => stringify!($key),)*
                }
            }

            pub(crate) fn from_key(key: &str) -> Option<Self> {
                // The parser calls this for every line of a book, so it must be a match, not a search.
                match key {
                    $(stringify!($key) => Some(Self::$field),)*
                    _ => None,
                }
            }

            pub(crate) fn kind(self) -> FieldKind {
                match self {
                    $(Self::$field => FieldKind::$kind,)*
                }
            }
        }

        impl Contact {
            /// The value of `field`, as [`Contact::set`] takes it; `None` when it is absent.
            pub fn get(&self, field: Field) -> Option<Value> {
                match field {
                    $(Field::$field => self.$key.get(),)*
                }
            }

            /// Sets `field` to `value`, or removes it. A value of another kind removes it too. A name is never removed.
            pub fn set(&mut self, field: Field, value: Option<Value>) {
                match field {
                    $(Field::$field => self.$key.set(value),)*
                }
            }

            /// The texts of `field`. A text has at most one; a field that is neither a text nor a list has none.
            pub(crate) fn texts(&self, field: Field) -> &[String] {
                match field {
                    $(Field::$field => self.$key.texts(),)*
                }
            }

            pub(crate) fn texts_mut(&mut self, field: Field) -> &mut [String] {
                match field {
                    $(Field::$field => self.$key.texts_mut(),)*
                }
            }
        }
    };
}

fields! {
    // Field  key       kind
    Name      name      Text;
    Aka       aka       List;
    Bucket    bucket    Bucket;
    Cadence   cadence   Cadence;
    Limit     limit     Cadence;
    Company   company   Text;
    Title     title     Text;
    Email     email     List;
    Phone     phone     List;
    Links     links     List;
    Address   address   Text;
    City      city      Text;
    Birthday  birthday  Birthday;
    Dates     dates     Dates;
    Tags      tags      List;
    Met       met       Text;
    Friendly  friendly  Flag;
    Paused    paused    FlagOrDay;
    Added     added     Day;
    Next      next      Next;
    Uid       uid       Text;
    Notes     notes     Text;
}

#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum FieldKind {
    Text,
    List,
    Bucket,
    Cadence,
    Birthday,
    Dates,
    Flag,
    FlagOrDay,
    Day,
    Next,
}

/// The value of a field.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum Value {
    /// A text, a cadence, or a birthday without a year.
    Text(String),
    /// Several texts.
    List(Vec<String>),
    /// Yes or no.
    Flag(bool),
    /// A day.
    Day(NaiveDate),
    /// Days other than the birthday.
    Dates(Vec<OtherDay>),
    /// The planned next touch.
    Next(Next),
}

/// A value on its own: a list with commas between its items, the planned next touch as its day.
impl fmt::Display for Value {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Text(text) => f.write_str(text),
            Self::List(texts) => f.write_str(&texts.join(", ")),
            Self::Flag(flag) => flag.fmt(f),
            Self::Day(day) => day.fmt(f),
            Self::Dates(dates) => {
                let dates: Vec<String> = dates.iter().map(OtherDay::to_string).collect();
                f.write_str(&dates.join(", "))
            }
            Self::Next(next) => next.on.fmt(f),
        }
    }
}

impl Value {
    fn text(self) -> Option<String> {
        match self {
            Self::Text(text) => Some(text),
            _ => None,
        }
    }

    fn day(self) -> Option<NaiveDate> {
        match self {
            Self::Day(day) => Some(day),
            _ => None,
        }
    }
}

/// The type of a member of [`Contact`], which converts from and to a [`Value`].
trait Member {
    fn get(&self) -> Option<Value>;

    fn set(&mut self, value: Option<Value>);

    fn texts(&self) -> &[String] {
        &[]
    }

    fn texts_mut(&mut self) -> &mut [String] {
        &mut []
    }
}

/// Only the name, which every contact has.
impl Member for String {
    fn get(&self) -> Option<Value> {
        Some(Value::Text(self.clone()))
    }

    fn set(&mut self, value: Option<Value>) {
        if let Some(text) = value.and_then(Value::text) {
            *self = text;
        }
    }

    fn texts(&self) -> &[String] {
        std::slice::from_ref(self)
    }

    fn texts_mut(&mut self) -> &mut [String] {
        std::slice::from_mut(self)
    }
}

impl Member for Option<String> {
    fn get(&self) -> Option<Value> {
        self.clone().map(Value::Text)
    }

    fn set(&mut self, value: Option<Value>) {
        *self = value.and_then(Value::text);
    }

    fn texts(&self) -> &[String] {
        self.as_slice()
    }

    fn texts_mut(&mut self) -> &mut [String] {
        self.as_mut_slice()
    }
}

impl Member for Vec<String> {
    fn get(&self) -> Option<Value> {
        (!self.is_empty()).then(|| Value::List(self.clone()))
    }

    fn set(&mut self, value: Option<Value>) {
        *self = match value {
            Some(Value::List(list)) => list,
            Some(Value::Text(text)) => vec![text],
            _ => vec![],
        }
    }

    fn texts(&self) -> &[String] {
        self
    }

    fn texts_mut(&mut self) -> &mut [String] {
        self
    }
}

impl Member for Option<Cadence> {
    fn get(&self) -> Option<Value> {
        self.map(|cadence| Value::Text(cadence.to_string()))
    }

    fn set(&mut self, value: Option<Value>) {
        let text = value.and_then(Value::text);
        *self = text.and_then(|text| text.parse().ok());
    }
}

impl From<AnnualDay> for Value {
    fn from(day: AnnualDay) -> Self {
        match day {
            AnnualDay::Date(day) => Self::Day(day),
            AnnualDay::Yearless { .. } => Self::Text(day.to_string()),
        }
    }
}

impl Member for Option<AnnualDay> {
    fn get(&self) -> Option<Value> {
        self.map(Value::from)
    }

    fn set(&mut self, value: Option<Value>) {
        *self = match value {
            Some(Value::Day(day)) => Some(AnnualDay::Date(day)),
            Some(Value::Text(text)) => text.parse().ok(),
            _ => None,
        }
    }
}

impl Member for Vec<OtherDay> {
    fn get(&self) -> Option<Value> {
        (!self.is_empty()).then(|| Value::Dates(self.clone()))
    }

    fn set(&mut self, value: Option<Value>) {
        *self = match value {
            Some(Value::Dates(dates)) => dates,
            _ => vec![],
        }
    }
}

impl Member for bool {
    fn get(&self) -> Option<Value> {
        self.then_some(Value::Flag(true))
    }

    fn set(&mut self, value: Option<Value>) {
        *self = value == Some(Value::Flag(true));
    }
}

impl Member for Option<Pause> {
    fn get(&self) -> Option<Value> {
        self.map(|pause| match pause {
            Pause::Open => Value::Flag(true),
            Pause::Until(day) => Value::Day(day),
        })
    }

    fn set(&mut self, value: Option<Value>) {
        *self = match value {
            Some(Value::Flag(true)) => Some(Pause::Open),
            Some(Value::Day(day)) => Some(Pause::Until(day)),
            _ => None,
        }
    }
}

impl Member for Option<NaiveDate> {
    fn get(&self) -> Option<Value> {
        self.map(Value::Day)
    }

    fn set(&mut self, value: Option<Value>) {
        *self = value.and_then(Value::day);
    }
}

impl Member for Option<Next> {
    fn get(&self) -> Option<Value> {
        self.clone().map(Value::Next)
    }

    fn set(&mut self, value: Option<Value>) {
        *self = match value {
            Some(Value::Next(next)) => Some(next),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_field_is_found_by_its_key_and_holds_its_kind() {
        let day = NaiveDate::from_ymd_opt(2026, 11, 23).expect("a day");
        let next = Next {
            on: day,
            what: None,
        };
        for field in Field::ALL {
            assert_eq!(Field::from_key(field.key()), Some(field));
            let value = match field.kind() {
                FieldKind::Text | FieldKind::Bucket => Value::Text("x".to_owned()),
                FieldKind::List => Value::List(vec!["x".to_owned()]),
                FieldKind::Cadence => Value::Text("3 weeks".to_owned()),
                FieldKind::Flag => Value::Flag(true),
                FieldKind::Birthday | FieldKind::FlagOrDay | FieldKind::Day => Value::Day(day),
                FieldKind::Dates => Value::Dates(vec![OtherDay {
                    on: AnnualDay::Date(day),
                    what: "wedding".to_owned(),
                }]),
                FieldKind::Next => Value::Next(next.clone()),
            };
            let mut contact = Contact::default();
            contact.set(field, Some(value.clone()));
            assert_eq!(contact.get(field), Some(value), "{field:?}");
        }
    }
}
