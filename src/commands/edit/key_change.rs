//! What `--set` and `--unset` ask for: a key, what to do with it, and the value that was typed.

use crate::domain::Field;
use crate::domain::model::field::FieldKind;
use crate::error::{Error, Result};
use crate::render::words::messages::quoted;

/// A key of a contact.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(super) enum Key {
    Known(Field),
    /// One that netkeep does not know.
    Own(String),
}

/// What to do with a key.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Operator {
    /// `KEY=VALUE`
    Set,
    /// `KEY+=VALUE`
    Add,
    /// `KEY-=VALUE`
    TakeOut,
    /// `--unset KEY`
    Unset,
}

/// One change of a key.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(super) struct KeyChange {
    pub(super) key: Key,
    pub(super) operator: Operator,
    /// The value as it was typed, without blanks around it.
    pub(super) typed: String,
}

/// Keys that have commands of their own, and those.
const ROWS: [(&str, &str); 2] = [
    (
        "touches",
        "touches are logged with `netkeep log`, and changed with its `--amend` or `--delete`",
    ),
    (
        "promises",
        "promises are made with `netkeep promise`, and taken out with its `--done`",
    ),
];

impl Key {
    /// The key as it is written in the book.
    pub(super) fn name(&self) -> &str {
        match self {
            Self::Known(field) => field.key(),
            Self::Own(key) => key,
        }
    }

    fn of(typed: &str) -> Result<Self> {
        let typed = typed.trim();
        let lower = typed.to_lowercase();
        if let Some(field) = Field::from_key(&lower) {
            return Ok(Self::Known(field));
        }
        if let Some((_, hint)) = ROWS.iter().find(|(key, _)| *key == lower) {
            return Err(Error::usage(
                format!("`{lower}` is not a key of a contact that can be set"),
                *hint,
            ));
        }
        let is_part = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-' | ' ');
        if typed.is_empty() || !typed.chars().all(is_part) {
            return Err(Error::usage(
                format!("`{typed}` is not a key"),
                "a key of your own is a word, like `shoe`; tables are written in the editor, which `netkeep edit NAME` opens",
            ));
        }
        Ok(Self::Own(typed.to_owned()))
    }

    /// Whether it holds a list: set again, it gets more values.
    pub(super) fn is_list(&self) -> bool {
        match self {
            Self::Known(field) => matches!(field.kind(), FieldKind::List | FieldKind::Dates),
            Self::Own(_) => true,
        }
    }

    /// Whether something can be added to it and taken out of it.
    fn has_several(&self) -> bool {
        self.is_list() || *self == Self::Known(Field::Notes)
    }
}

impl KeyChange {
    /// What was typed after `--set`.
    fn set(typed: &str) -> Result<Self> {
        let Some((key, value)) = typed.split_once('=') else {
            return Err(Error::usage(
                format!("`{typed}` is not KEY=VALUE"),
                "write it like `--set city=Oslo`",
            ));
        };
        let (key, operator) = match (key.strip_suffix('+'), key.strip_suffix('-')) {
            (Some(key), _) => (key, Operator::Add),
            (_, Some(key)) => (key, Operator::TakeOut),
            _ => (key, Operator::Set),
        };
        let change = Self {
            key: Key::of(key)?,
            operator,
            typed: value.trim().replace("\r\n", "\n"),
        };
        change.check()?;
        Ok(change)
    }

    fn unset(typed: &str) -> Result<Self> {
        if let Some(meant) = taken_out(typed) {
            let said = format!("`{typed}` is not a key");
            return Err(Error::usage(said, format!("did you mean `{meant}`?")));
        }
        let key = Key::of(typed)?;
        if key == Key::Known(Field::Name) {
            return Err(Error::Blank("a name"));
        }
        Ok(Self {
            key,
            operator: Operator::Unset,
            typed: String::new(),
        })
    }

    fn check(&self) -> Result<()> {
        let key = self.key.name();
        if self.typed.is_empty() {
            let hint = match self.operator {
                Operator::Add => format!("write it like `--set {key}+=VALUE`"),
                _ => "`--unset KEY` removes a key".to_owned(),
            };
            return Err(Error::usage(format!("`` is not a value for `{key}`"), hint));
        }
        if self.operator == Operator::Set || self.key.has_several() {
            return Ok(());
        }
        let hint = match self.operator {
            Operator::Add => format!("use `--set {key}={}`", quoted(&self.typed)),
            _ => format!("use `--unset {key}`"),
        };
        Err(Error::usage(format!("`{key}` holds one value"), hint))
    }
}

/// What was meant by a key with a value after `--unset`.
fn taken_out(typed: &str) -> Option<String> {
    let (key, value) = typed.split_once('=')?;
    let key = Key::of(key.trim_end_matches(['+', '-'])).ok()?;
    let name = key.name();
    Some(match value.trim() {
        value if key.has_several() && !value.is_empty() => {
            format!("--set {name}-={}", quoted(value))
        }
        _ => format!("--unset {}", quoted(name)),
    })
}

/// The changes in the order in which they are made: those of `--set`, then those of `--unset`.
pub(super) fn key_changes(set: &[String], unset: &[String]) -> Result<Vec<KeyChange>> {
    let mut changes: Vec<KeyChange> = Vec::new();
    for typed in set {
        let change = KeyChange::set(typed)?;
        let is_twice = |other: &KeyChange| {
            other.key == change.key
                && other.operator == change.operator
                && change.operator == Operator::Set
                && !change.key.is_list()
        };
        if changes.iter().any(is_twice) {
            return Err(Error::usage(
                format!("`{}` is set twice", change.key.name()),
                "it holds one value",
            ));
        }
        changes.push(change);
    }
    for typed in unset {
        let change = KeyChange::unset(typed)?;
        let is_set =
            |other: &KeyChange| other.key == change.key && other.operator != Operator::Unset;
        if changes.iter().any(is_set) {
            return Err(Error::usage(
                format!("`{}` is both set and unset", change.key.name()),
                "say one of the two",
            ));
        }
        changes.push(change);
    }
    Ok(changes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn case(typed: &str, key: &str, operator: Operator, value: &str) {
        let change = KeyChange::set(typed).expect("a change");
        let found = (change.key.name(), change.operator, change.typed.as_str());
        assert_eq!(found, (key, operator, value), "{typed}");
    }

    #[test]
    fn the_sign_before_the_equals_sign_says_what_to_do() {
        case("city=Oslo", "city", Operator::Set, "Oslo");
        case("tags+=vip", "tags", Operator::Add, "vip");
        case("tags -= vip ", "tags", Operator::TakeOut, "vip");
        case(
            "links+=https://x.example/?a=b",
            "links",
            Operator::Add,
            "https://x.example/?a=b",
        );
        case("City=a=b", "city", Operator::Set, "a=b");
        case("my shoe=42", "my shoe", Operator::Set, "42");
        case("x-y-=z", "x-y", Operator::TakeOut, "z");
    }

    #[test]
    fn one_value_is_replaced_and_not_added_to() {
        let hint = |typed: &str| KeyChange::set(typed).expect_err("refused").hint();
        assert_eq!(
            hint("city+=New York").as_deref(),
            Some("use `--set city='New York'`")
        );
        assert_eq!(hint("city-=Oslo").as_deref(), Some("use `--unset city`"));
        let hint = |typed: &str| KeyChange::unset(typed).expect_err("refused").hint();
        assert_eq!(
            hint("tags=a b").as_deref(),
            Some("did you mean `--set tags-='a b'`?")
        );
        assert_eq!(
            hint("city=Oslo").as_deref(),
            Some("did you mean `--unset city`?")
        );
        for typed in ["touches+=x", "promises-=x", "a.b=c", "=x", "+=x", "tags+="] {
            assert!(KeyChange::set(typed).is_err(), "{typed}");
        }
    }
}
