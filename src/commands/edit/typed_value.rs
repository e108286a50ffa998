//! What a text that was typed means as the value of a field.

use crate::app::{App, pick};
use crate::commands::add::name;
use crate::commands::addresses::{emails, links, phones};
use crate::commands::dated::{next_touch, other_day};
use crate::domain::dates::annual_day;
use crate::domain::dates::day::Toward;
use crate::domain::model::field::FieldKind;
use crate::domain::{Book, Cadence, ContactId, Field, Value};
use crate::error::{Error, Result};

/// What `typed` means for `field`.
pub(super) fn typed_value(
    app: &App,
    book: &Book,
    contact: ContactId,
    field: Field,
    typed: &str,
) -> Result<Option<Value>> {
    let bad = |hint: &str| {
        Error::usage(
            format!("`{typed}` is not a value for `{}`", field.key()),
            hint.to_owned(),
        )
    };
    let flag = || match typed.to_lowercase().as_str() {
        "true" | "yes" => Some(Some(Value::Flag(true))),
        "false" | "no" => Some(None),
        _ => None,
    };
    Ok(match field.kind() {
        FieldKind::Text if field == Field::Name => {
            let new = name(typed)?;
            pick::free(book, &new, Some(contact))?;
            Some(Value::Text(new))
        }
        FieldKind::Text => Some(Value::Text(typed.to_owned())),
        FieldKind::List => Some(Value::List(typed_list(field, typed)?)),
        FieldKind::Bucket => pick::bucket_or_none(book, typed)?.map(Value::Text),
        FieldKind::Cadence => Some(Value::Text(typed.parse::<Cadence>()?.to_string())),
        FieldKind::Birthday => Some(annual_day::birthday(typed)?.into()),
        FieldKind::Dates => Some(Value::Dates(vec![other_day(typed)?])),
        FieldKind::Flag => flag().ok_or_else(|| bad("write true or false"))?,
        FieldKind::FlagOrDay => match flag() {
            Some(flag) => flag,
            None => Some(Value::Day(app.day_ahead(typed)?)),
        },
        FieldKind::Day => match app.day(typed, Toward::Past)? {
            day if day > app.today => return Err(bad("write a day that has come")),
            day => Some(Value::Day(day)),
        },
        FieldKind::Next => Some(Value::Next(next_touch(app, typed)?)),
    })
}

/// The entries of a list that were typed as one text: several tags or e-mail addresses, else one entry.
fn typed_list(field: Field, typed: &str) -> Result<Vec<String>> {
    let one = [typed.to_owned()];
    let list = match field {
        Field::Tags => tags(typed),
        Field::Email => emails(&one)?,
        Field::Phone => phones(&one)?,
        Field::Links => links(&one)?,
        _ => one.to_vec(),
    };
    if list.is_empty() {
        let said = format!("`{typed}` is not a value for `{}`", field.key());
        return Err(Error::usage(said, "`--unset KEY` removes a key"));
    }
    Ok(list)
}

/// Tags that were typed with commas between them.
pub(super) fn tags(typed: &str) -> Vec<String> {
    let tags = typed.split(',').map(|tag| tag.trim().to_owned());
    tags.filter(|tag| !tag.is_empty()).collect()
}
