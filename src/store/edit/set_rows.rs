//! Turns all rows of a key into others; those that stay keep their text, and so does what netkeep does not know of them.

use super::amend_row;
use super::contact_text::{self, ContactText, RowsText};
use super::new_row::NewRow;
use super::rows;
use super::table::Unsupported;
use crate::domain::Field;
use crate::store::parse::row_key::RowKey;

/// `text` with the rows `new` where it has `old`. A row with another day of what was there is amended. `blocks` says whether
/// the first one of a contact is a block.
pub(super) fn set(
    text: &str,
    key: RowKey,
    old: &[NewRow],
    new: &[NewRow],
    blocks: bool,
) -> Result<String, Unsupported> {
    let mut text = text.to_owned();
    let mut left = old;
    for (at, row) in new.iter().enumerate() {
        let rest = &new[at..];
        while let Some((first, others)) = left.split_first()
            && !rest.contains(first)
            && !first.is_of_the_same(row)
        {
            text = rows::delete(&text, key, at)?;
            left = others;
        }
        text = match left.split_first() {
            Some((first, others)) if first == row || !rest.contains(first) => {
                left = others;
                amend_row::amend(&text, at, first, row)?
            }
            Some(_) => rows::insert(&text, at, row)?,
            None => rows::add(&text, row, blocks)?,
        };
    }
    for _ in left {
        text = rows::delete(&text, key, new.len())?;
    }
    Ok(text)
}

/// `text` without any row of `key`, and without the key.
pub(super) fn remove(text: &str, key: RowKey) -> Result<String, Unsupported> {
    let mut text = text.to_owned();
    loop {
        let contact = ContactText::of(&text)?;
        let field = Field::from_key(key.key());
        match (contact.rows(key), field) {
            (RowsText::Blocks([_, ..]), _) => text = rows::delete(&text, key, 0)?,
            (_, Some(field)) => return contact_text::set(&text, field, None),
            (_, None) => return Ok(text),
        }
    }
}
