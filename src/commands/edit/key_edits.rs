//! What changes of keys make of a contact: the edits, and what became of each key.

use super::key_change::{Key, KeyChange, Operator};
use super::typed_value::{tags, typed_value};
use crate::app::App;
use crate::commands::dated::other_day;
use crate::domain::dates::annual_day;
use crate::domain::identity::equivalence::{
    is_alike_text, is_one, is_same_other_day, united_dates,
};
use crate::domain::text::{caseless, email, with_lines, without_lines};
use crate::domain::{Contact, ContactId, Field, OtherDay, Value};
use crate::error::{Error, Result};
use crate::store::{BookFile, Edit, OwnValue};

/// What became of a key.
#[derive(Debug)]
pub(super) struct KeyOutcome {
    pub(super) key: Key,
    pub(super) before: Option<Value>,
    pub(super) after: Option<Value>,
    /// Whether the value was set or removed as a whole.
    pub(super) is_replaced: bool,
    pub(super) added: Vec<String>,
    pub(super) taken_out: Vec<String>,
    /// What was to be added and was there already.
    pub(super) there: Vec<String>,
}

/// The edits that the `changes` make of a contact, and what becomes of each key.
pub(super) fn key_edits(
    app: &App,
    file: &BookFile,
    contact: ContactId,
    changes: &[KeyChange],
) -> Result<(Vec<Edit>, Vec<KeyOutcome>)> {
    let (mut edits, mut outcomes) = (Vec::new(), Vec::new());
    let mut keys: Vec<&Key> = Vec::new();
    for KeyChange { key, .. } in changes {
        if keys.contains(&key) {
            continue;
        }
        keys.push(key);
        let changes: Vec<&KeyChange> = changes.iter().filter(|one| one.key == *key).collect();
        let (edit, outcome) = match key {
            Key::Known(field) => known(app, file, contact, *field, &changes)?,
            Key::Own(key) => own(file, contact, key, &changes)?,
        };
        // A value that stays keeps its bytes. A key with nothing in it can be taken out.
        let is_unset = changes.iter().any(|one| one.operator == Operator::Unset);
        if is_unset || outcome.before != outcome.after {
            edits.push(edit);
        }
        outcomes.push(outcome);
    }
    Ok((edits, outcomes))
}

/// The edit of a field.
fn known(
    app: &App,
    file: &BookFile,
    id: ContactId,
    field: Field,
    changes: &[&KeyChange],
) -> Result<(Edit, KeyOutcome)> {
    let (book, contact) = (file.book(), file.book().contact(id));
    let mut outcome = KeyOutcome::of(Key::Known(field), contact.get(field));
    for change in changes {
        if field == Field::Notes && change.operator != Operator::Set {
            outcome.change_lines(contact, change)?;
            continue;
        }
        if field == Field::Dates {
            outcome.change_dates(contact, change)?;
            continue;
        }
        let typed = match change.operator {
            Operator::Unset => None,
            Operator::TakeOut => Some(Value::List(outcome.entries(change))),
            _ => typed_value(app, book, id, field, &change.typed)?,
        };
        match typed {
            Some(Value::List(list)) => outcome.change_list(contact, change, list)?,
            typed => outcome.replace(typed),
        }
    }
    // Of a list from which all is taken out, comments are left.
    let is_emptied = outcome.after.is_none()
        && !outcome.is_replaced
        && matches!(outcome.before, Some(Value::List(_)));
    let value = if is_emptied {
        Some(Value::List(vec![]))
    } else {
        outcome.after.clone()
    };
    let edit = Edit::Set {
        contact: id,
        field,
        value,
    };
    Ok((edit, outcome))
}

/// The edit of a key that netkeep does not know. One that is not there holds a list.
fn own(
    file: &BookFile,
    id: ContactId,
    key: &str,
    changes: &[&KeyChange],
) -> Result<(Edit, KeyOutcome)> {
    let contact = file.book().contact(id);
    let old = OwnValue::of(file.lines_of(id)?, key);
    let mut outcome = KeyOutcome::of(Key::Own(key.to_owned()), old.as_ref().and_then(as_value));
    for change in changes {
        let is_text = matches!(&outcome.after, Some(Value::Text(text)) if text.contains('\n'));
        match (change.operator, &old) {
            (Operator::Unset, None) => return Err(outcome.not_there(contact, "", &[])),
            (Operator::Unset, Some(_)) => outcome.replace(None),
            (Operator::Set, Some(OwnValue::Other))
            | (Operator::Add | Operator::TakeOut, Some(OwnValue::Other | OwnValue::Bare(_))) => {
                return Err(Error::NotText {
                    name: contact.name.clone(),
                    key: key.to_owned(),
                });
            }
            (Operator::Set, _) if !outcome.is_replaced => {
                outcome.replace(Some(Value::Text(change.typed.clone())));
            }
            (Operator::Add | Operator::TakeOut, _) if is_text => {
                outcome.change_lines(contact, change)?;
            }
            _ => outcome.change_list(contact, change, vec![change.typed.clone()])?,
        }
    }
    // One text is the same in a list of one.
    if outcome.before.as_ref().map(texts) == outcome.after.as_ref().map(texts) {
        outcome.after.clone_from(&outcome.before);
    }
    let value = outcome.after.clone().map(|value| match value {
        Value::List(list) => OwnValue::List(list),
        value => OwnValue::typed(old.as_ref(), &value.to_string()),
    });
    let edit = Edit::SetOwn {
        contact: id,
        key: key.to_owned(),
        value,
    };
    Ok((edit, outcome))
}

/// What it says; an empty text or list says nothing.
fn as_value(own: &OwnValue) -> Option<Value> {
    match own {
        OwnValue::Text(text) if text.trim().is_empty() => None,
        OwnValue::List(list) if list.is_empty() => None,
        OwnValue::Text(text) | OwnValue::Bare(text) => Some(Value::Text(text.clone())),
        OwnValue::List(list) => Some(Value::List(list.clone())),
        OwnValue::Other => None,
    }
}

/// The texts of a list, or the one text.
fn texts(value: &Value) -> Vec<String> {
    match value {
        Value::List(list) => list.clone(),
        value => vec![value.to_string()],
    }
}

impl KeyOutcome {
    fn of(key: Key, before: Option<Value>) -> Self {
        Self {
            key,
            after: before.clone(),
            before,
            is_replaced: false,
            added: vec![],
            taken_out: vec![],
            there: vec![],
        }
    }

    /// What became of the fields of a contact that is another text now.
    pub(super) fn between(before: &Contact, after: &Contact) -> Vec<Self> {
        let fields = Field::ALL.into_iter();
        let changed = fields.filter(|field| before.get(*field) != after.get(*field));
        let outcome = |field| Self {
            after: after.get(field),
            is_replaced: before.get(field).is_some(),
            ..Self::of(Key::Known(field), before.get(field))
        };
        changed.map(outcome).collect()
    }

    fn replace(&mut self, value: Option<Value>) {
        self.after = value;
        self.is_replaced = true;
    }

    /// Sets a list, or more of it if it was set already; adds to it, or takes out of it.
    fn change_list(
        &mut self,
        contact: &Contact,
        change: &KeyChange,
        typed: Vec<String>,
    ) -> Result<()> {
        let is_first = change.operator == Operator::Set && !self.is_replaced;
        let mut list = match self.after.take() {
            Some(Value::List(list)) if !is_first => list,
            Some(Value::Text(text)) if !is_first => vec![text],
            _ => vec![],
        };
        self.is_replaced |= is_first;
        for one in typed {
            if change.operator == Operator::TakeOut {
                let taken: Vec<String> = list
                    .extract_if(.., |other| self.key.is_entry(other, &one))
                    .collect();
                if taken.is_empty() {
                    return Err(self.not_there(contact, &one, &list));
                }
                self.taken_out.extend(taken);
            } else if list.iter().any(|other| self.key.has_entry(other, &one)) {
                self.there.push(one);
            } else {
                if change.operator == Operator::Add {
                    self.added.push(one.clone());
                }
                list.push(one);
            }
        }
        self.after = (!list.is_empty()).then_some(Value::List(list));
        Ok(())
    }

    /// Sets dates, adds one, or takes out those of a day, those that say the same, or one that is both.
    fn change_dates(&mut self, contact: &Contact, change: &KeyChange) -> Result<()> {
        let is_first = change.operator == Operator::Set && !self.is_replaced;
        let mut dates = match self.after.take() {
            Some(Value::Dates(dates)) if !is_first => dates,
            _ => vec![],
        };
        self.is_replaced |= is_first || change.operator == Operator::Unset;
        match change.operator {
            Operator::Unset => dates.clear(),
            Operator::Set | Operator::Add => {
                let date = other_day(&change.typed)?;
                match united_dates(&dates, std::slice::from_ref(&date)) {
                    None => self.there.push(date.to_string()),
                    Some(united) => {
                        dates = united;
                        if change.operator == Operator::Add {
                            self.added.push(date.to_string());
                        }
                    }
                }
            }
            Operator::TakeOut => {
                let taken = dates.extract_if(.., |date| is_date(date, &change.typed));
                let taken: Vec<String> = taken.map(|date| date.to_string()).collect();
                if taken.is_empty() {
                    let there: Vec<String> = dates.iter().map(OtherDay::to_string).collect();
                    return Err(self.not_there(contact, &change.typed, &there));
                }
                self.taken_out.extend(taken);
            }
        }
        self.after = (!dates.is_empty()).then_some(Value::Dates(dates));
        Ok(())
    }

    /// What is to be taken out of a list: one entry, or several tags or addresses that were typed as one text.
    fn entries(&self, change: &KeyChange) -> Vec<String> {
        let typed = &change.typed;
        let is_one = match &self.after {
            Some(Value::List(list)) => list.iter().any(|other| self.key.is_entry(other, typed)),
            _ => false,
        };
        let several = match self.key {
            Key::Known(Field::Tags) if !is_one => tags(typed),
            Key::Known(Field::Email) if !is_one => email::addresses(typed),
            _ => vec![],
        };
        if several.is_empty() {
            vec![typed.clone()]
        } else {
            several
        }
    }

    /// Adds a line to a text, or takes one out; `--unset` takes out the text.
    fn change_lines(&mut self, contact: &Contact, change: &KeyChange) -> Result<()> {
        let typed = &change.typed;
        let text = match self.after.take() {
            Some(Value::Text(text)) => text,
            _ => String::new(),
        };
        match change.operator {
            Operator::Unset => self.replace(None),
            Operator::TakeOut => {
                let Some((left, taken)) = without_lines(&text, typed) else {
                    let lines = text.lines().filter(|line| !line.trim().is_empty());
                    let lines: Vec<String> = lines.map(str::to_owned).collect();
                    return Err(self.not_there(contact, typed, &lines));
                };
                self.taken_out.extend(taken.into_iter().map(str::to_owned));
                self.after = (!left.trim().is_empty()).then_some(Value::Text(left));
            }
            Operator::Set | Operator::Add => {
                self.added.push(typed.clone());
                self.after = Some(Value::Text(with_lines(&text, typed)));
            }
        }
        Ok(())
    }

    fn not_there(&self, contact: &Contact, typed: &str, there: &[String]) -> Error {
        Error::NotInKey {
            name: contact.name.clone(),
            key: self.key.name().to_owned(),
            typed: typed.to_owned(),
            there: there.to_vec(),
        }
    }
}

/// Whether a date is the one that was typed: what it is, its day, or both.
fn is_date(date: &OtherDay, typed: &str) -> bool {
    let is_what = is_alike_text(&date.what, typed);
    let is_day = annual_day::parse_as(typed, "a day").is_ok_and(|day| day == date.on);
    is_what || is_day || other_day(typed).is_ok_and(|other| is_same_other_day(&other, date))
}

impl Key {
    /// Whether the entry `one` of a list says what `other` does.
    fn has_entry(&self, one: &str, other: &str) -> bool {
        match self {
            // As filters compare them.
            Self::Known(Field::Tags) | Self::Own(_) => {
                caseless(one.trim()) == caseless(other.trim())
            }
            Self::Known(field) => is_one(*field, one, other),
        }
    }

    /// Whether two entries of a list are the same.
    fn is_entry(&self, one: &str, other: &str) -> bool {
        self.has_entry(one, other) && self.has_entry(other, one)
    }
}
