//! Goes over a contact of a known text: who it is and where it ends, and nothing else.

use super::cursor::Cursor;
use super::plain::{HEADER, PlainLine, line};
use super::scan::ContactEnd;
use crate::domain::Field;

/// Goes over the contact whose header starts at `at`. Its names and addresses are given to `each`, with the field they stand in;
/// `None` when it is not written plainly.
///
/// The other values are not looked at, so the text must be known to be right: see [`is_steady`](super::known::is_steady).
pub(crate) fn over(text: &str, at: usize, mut each: impl FnMut(Field, &str)) -> Option<ContactEnd> {
    let mut cursor = Cursor::new(text, at);
    cursor.take(HEADER)?;
    cursor.line_end()?;
    let mut end = cursor.at;
    let next = loop {
        let key = match line(&mut cursor)? {
            PlainLine::Key(key) => key,
            PlainLine::Other(next) => break next,
        };
        match key {
            "name" => each(Field::Name, &cursor.text()?),
            "aka" => cursor.texts(|name| each(Field::Aka, &name))?,
            "email" => cursor.texts(|address| each(Field::Email, &address))?,
            "touches" => cursor.over_lines()?,
            _ => cursor.over_value()?,
        }
        cursor.line_end()?;
        end = cursor.at;
    };
    Some(ContactEnd { end, next })
}
