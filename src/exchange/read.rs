//! Detects the format of a file and reads it.

use encoding_rs::Encoding;

use super::decode::{self, Decoded};
use super::parsed::{Parsed, ReadOptions, RowProblem, Unreadable};
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
    let encoding = how.encoding.as_deref().map(decode::labelled).transpose()?;
    if let Some(other) = decode::foreign(bytes, encoding) {
        return Err(Unreadable::Other(other));
    }
    let (mut found, nuls) = if decode::is_wide(bytes, encoding) {
        (read_text(bytes, encoding, how)?, vec![])
    } else {
        let lines = decode::with_newlines(bytes);
        let (lines, nuls) = decode::without_nuls(&lines);
        (read_text(&lines, encoding, how)?, nuls)
    };
    let what = "a NUL byte, left out";
    let nuls = nuls.into_iter().map(|line| RowProblem::new(line, what));
    found.flaws.extend(nuls);
    found.flaws.sort_by_key(|flaw| flaw.line);
    Ok(found)
}

fn read_text(
    bytes: &[u8],
    encoding: Option<&'static Encoding>,
    how: &ReadOptions,
) -> Result<Parsed, Unreadable> {
    let cards = || {
        if how.map.is_empty() {
            vcard::read(bytes, encoding, how)
        } else {
            Err(Unreadable::NoTable)
        }
    };
    if vcard::begins(bytes) {
        return cards();
    }
    let decoded = decode::text(bytes, encoding);
    // A table can have a card in a cell, and a card can have a table in a note: what comes first decides.
    let is_table = decoded
        .as_ref()
        .is_ok_and(|decoded| csv::is_table(&decoded.text));
    if !is_table && vcard::is_vcard(bytes) {
        return cards();
    }
    let Decoded { text, spoilt } = decoded?;
    let mut found = match (abook::is_abook(&text), how.map.is_empty()) {
        (true, true) => abook::read(&text, how)?,
        (true, false) => return Err(Unreadable::NoTable),
        (false, _) => csv::read(&text, how)?,
    };
    let what = "some bytes are invalid in the file's encoding: check the text";
    let spoilt = spoilt.into_iter().map(|line| RowProblem::new(line, what));
    found.flaws.extend(spoilt);
    Ok(found)
}
