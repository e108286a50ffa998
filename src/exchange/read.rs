//! Detects the format of a file and reads it.

use std::borrow::Cow;

use super::decode::{self, Decoded};
use super::guess::Hints;
use super::parsed::{Parsed, ReadOptions, Unreadable};
use super::{abook, csv, vcard};

/// Reads the people in another program's file. The format is detected.
///
/// # Errors
///
/// When it holds no people in a known format.
///
/// ```
/// use netkeep::exchange::{ReadOptions, read};
///
/// let found = read(b"BEGIN:VCARD\nVERSION:3.0\nFN:Ana Ruiz\nEND:VCARD\n", &ReadOptions::default()).unwrap();
/// assert_eq!(found.people[0].contact.name, "Ana Ruiz");
/// ```
pub fn read(bytes: &[u8], how: &ReadOptions) -> Result<Parsed, Unreadable> {
    let text = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    if text.trim_ascii().is_empty() {
        return Err(Unreadable::Empty);
    }
    let named = how.encoding.as_deref().map(decode::labelled).transpose()?;
    if let Some(other) = decode::foreign(bytes, named) {
        return Err(Unreadable::Other(other));
    }
    if let Some(encoding) = decode::wide(bytes, named) {
        let Decoded { text, spoilt, .. } = decode::text_in(bytes, encoding, named.is_some())?;
        let lines = decode::with_newlines(text.as_bytes());
        let hints = Hints {
            is_decoded: true,
            ..Hints::default()
        };
        let mut found = read_text(&lines, hints, how)?;
        found.add_flaws(spoilt, SPOILT);
        return Ok(found);
    }
    let lines = decode::with_newlines(bytes);
    let hints = Hints {
        named,
        is_old_mac: matches!(lines, Cow::Owned(_)),
        is_decoded: false,
    };
    let (lines, nuls) = decode::without_nuls(&lines);
    let mut found = read_text(&lines, hints, how)?;
    found.add_flaws(nuls, "a NUL byte, left out");
    Ok(found)
}

/// What is wrong with a line that has such bytes.
const SPOILT: &str = "some bytes are invalid in the file's encoding: check the text";

fn read_text(bytes: &[u8], hints: Hints, how: &ReadOptions) -> Result<Parsed, Unreadable> {
    let cards = || {
        if how.map.is_empty() {
            vcard::read(bytes, hints, how)
        } else {
            Err(Unreadable::NoTable)
        }
    };
    if vcard::begins(bytes) {
        return cards();
    }
    let decoded = decode::text(bytes, hints);
    // A table can have a card in a cell, and a card can have a table in a note: what comes first decides.
    let is_table = decoded
        .as_ref()
        .is_ok_and(|decoded| csv::is_table(&decoded.text));
    if !is_table && vcard::is_vcard(bytes) {
        return cards();
    }
    let Decoded {
        text,
        spoilt,
        guessed,
    } = decoded?;
    let mut found = match (abook::is_abook(&text), how.map.is_empty()) {
        (true, true) => abook::read(&text, how)?,
        (true, false) => return Err(Unreadable::NoTable),
        (false, _) => csv::read(&text, how)?,
    };
    found.add_flaws(spoilt, SPOILT);
    found.add_guess(guessed);
    Ok(found)
}
