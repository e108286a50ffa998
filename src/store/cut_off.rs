//! Whether a copy of the book ends before its book does: a program may still be writing it, or stopped in the middle.
//!
//! What is left of a book is often a book too. What it lacks was not taken out of it, and what it says last may be a part of
//! something.

use std::collections::BTreeMap;

use toml::de::{DeTable, DeValue};

use super::edit::statements::{Statement, StatementKind, statements};
use super::history::facts::written;
use super::parse::scan::SegmentKind;
use super::parse::{Detail, ParsedBook, first_contact, read_in_detail};

/// The last contact of a text with nothing but comments below it.
struct LastContact<'t> {
    name: &'t str,
    text: &'t str,
}

/// The keys and values of a row or a table.
type KeysAndValues = BTreeMap<String, String>;

/// Whether the text of a copy seems to be cut off. `base` is the state that it is proven to have grown from, and `ours` the
/// book.
pub(super) fn is_cut_off(
    theirs: &str,
    parsed: &ParsedBook,
    base: Option<&str>,
    ours: &str,
) -> bool {
    if ends_in_header(theirs) || ours.ends_with('\n') && ends_in_value(theirs) {
        return true;
    }
    let Some(last) = LastContact::of(theirs, parsed) else {
        return false;
    };
    if last.name.is_empty() {
        return true;
    }
    let [base, ours] = [base, Some(ours)].map(|state| last.text_in(state?));
    let is_part_of = |known: &String| last.ends_in_part_of(known);
    match &base {
        Some(base) => {
            last.lacks_keys_at_end_of(base) || [base].into_iter().chain(&ours).any(is_part_of)
        }
        None => ours.is_some_and(|ours| is_part_of(&ours) || last.lacks_rows_beside_new(&ours)),
    }
}

/// Whether nothing follows the last header: it says nothing.
fn ends_in_header(text: &str) -> bool {
    let said = |line: &&str| !line.trim().is_empty() && !line.trim_start().starts_with('#');
    let last = text.lines().rfind(said);
    last.is_some_and(|line| {
        line.trim_start_matches([' ', '\t', '\u{feff}'])
            .starts_with('[')
    })
}

/// Whether the text ends in a value or a comment that may go on: `12` may be the start of `123`, and `""` that of a long text.
fn ends_in_value(text: &str) -> bool {
    let last = text.rsplit('\n').next().unwrap_or_default().trim();
    let value = last.split_once('=').map_or(last, |(_, value)| value.trim());
    let is_closed = value.ends_with(['"', '\'', ']', '}']) && !matches!(value, "\"\"" | "''");
    !last.is_empty() && (last.starts_with('#') || !is_closed)
}

impl<'t> LastContact<'t> {
    fn of(text: &'t str, parsed: &'t ParsedBook) -> Option<Self> {
        let layout = parsed.layout.as_ref().ok()?;
        let mut said = layout.pieces.iter().rev();
        let last = said.find(|piece| piece.end > piece.at.start)?;
        if last.kind == SegmentKind::Rest {
            return None;
        }
        Some(Self {
            name: &parsed.book.contacts.last()?.name,
            text: text[last.at.start..last.end].trim_end(),
        })
    }

    /// What a state of the book says of the contact.
    fn text_in(&self, state: &str) -> Option<String> {
        let parsed = read_in_detail(state, Detail::Who).ok()?;
        let layout = parsed.layout.as_ref().ok()?;
        let id = parsed
            .book
            .ids()
            .find(|id| parsed.book.contact(*id).name == self.name)?;
        let piece = &layout.pieces[layout.contacts[id.0]];
        Some(state[piece.at.start..piece.end].trim_end().to_owned())
    }

    /// Whether there are keys below the last one that both have: it has none of them.
    fn lacks_keys_at_end_of(&self, known: &str) -> bool {
        let (ours, known) = (keys(self.text), keys(known));
        let last = known.iter().rposition(|key| ours.contains(key));
        last.is_some_and(|last| last + 1 < known.len())
    }

    /// Whether its last row or table says only some of what one there says, which it does not have.
    fn ends_in_part_of(&self, known: &str) -> bool {
        let Some((key, own, all)) = self.last_table() else {
            return false;
        };
        let mut known = tables(known, &key).into_iter();
        let is_part = |whole: &KeysAndValues| {
            own.len() < whole.len() && own.iter().all(|(key, value)| whole.get(key) == Some(value))
        };
        known.any(|one| is_part(&one) && !all.contains(&one))
    }

    /// Whether its last row is a new one, and rows that are known are missing.
    fn lacks_rows_beside_new(&self, known: &str) -> bool {
        let Some((key, own, all)) = self.last_table() else {
            return false;
        };
        let known = tables(known, &key);
        !known.contains(&own) && known.iter().any(|one| !all.contains(one))
    }

    /// The row or table that the text ends in, if it has a header of its own: its key, what it says, and all of that key.
    fn last_table(&self) -> Option<(String, KeysAndValues, Vec<KeysAndValues>)> {
        let statements = statements(self.text)?;
        let header = |one: &Statement| match &one.kind {
            StatementKind::Header { key, .. } => Some(key.clone()),
            _ => None,
        };
        let key = statements.iter().rev().find_map(header)?;
        let all = tables(self.text, &key);
        Some((key, all.last()?.clone(), all))
    }
}

/// The keys of a contact's text, in its order.
fn keys(text: &str) -> Vec<String> {
    let mut keys = Vec::new();
    for one in statements(text).unwrap_or_default() {
        let (StatementKind::Header { key, .. } | StatementKind::Pair(key)) = one.kind else {
            continue;
        };
        if !keys.contains(&key) {
            keys.push(key);
        }
    }
    keys
}

/// The rows, or the one table, with that key in a contact's text.
fn tables(text: &str, key: &str) -> Vec<KeysAndValues> {
    let Ok(document) = DeTable::parse(text) else {
        return vec![];
    };
    let value = first_contact(document.get_ref()).and_then(|contact| contact.get(key));
    let pairs = |table: &DeTable| -> KeysAndValues {
        let pairs = table.iter();
        pairs
            .map(|(key, value)| (key.get_ref().to_string(), written(value.get_ref())))
            .collect()
    };
    match value.map(toml::Spanned::get_ref) {
        Some(DeValue::Table(table)) => vec![pairs(table)],
        Some(DeValue::Array(rows)) => {
            let rows = rows.iter().filter_map(|row| row.get_ref().as_table());
            rows.map(pairs).collect()
        }
        _ => vec![],
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;
    use std::fs;
    use std::path::Path;

    use super::*;
    use crate::store::edit::book_merge::MergeSide;
    use crate::store::parse::read;
    use crate::store::{BookFile, ConflictCopy, CopyDoubt, CopyProblem, JoinedCopy, Lineage};

    const STAMP: crate::store::Stamp = crate::store::Stamp {
        at: chrono::DateTime::UNIX_EPOCH.naive_utc(),
        by: "log",
    };

    /// A book with rows in arrays, and one with a header for each row.
    const ARRAYS: &str = "# Ours.\nformat = 1\n\n[buckets.a]\ncadence = '4 weeks'\nshare = 2\n\n\
        [[contacts]]\nname = 'Ana Ruiz'\nbucket = 'a'\nemail = ['ana@a.example', 'ruiz@b.example']\ntouches = [\n  \
        { on = 2026-11-02, via = 'call', note = 'the trip' },\n  { on = 2026-10-01 },\n]\n\n\
        # The last one.\n[[contacts]]\nname = 'Bo Lind'\nbucket = 'a'\ncity = 'Oslo'\nshoe = 4213\nfriendly = true\n\
        next = { on = 2026-12-01, what = 'skiing' }\nnotes = \"\"\"\none\ntwo\n\"\"\"\n";
    const HEADERS: &str = "[buckets.a]\ncadence = '4 weeks'\n\n\
        [[contacts]]\nname = 'Ana Ruiz'\nbucket = 'a'\n\n[[contacts.touches]]\non = 2026-11-02\nvia = 'call'\n\n\
        [[contacts]]\nname = 'Bo Lind'\nbucket = 'a'\ncity = 'Oslo'\nshoe = 42\n\n[contacts.next]\non = 2026-12-01\nwhat = 'skiing'\n\n\
        [[contacts.touches]]\non = 2026-11-03\nvia = 'letter'\nnote = 'long'\n\n[[contacts.touches]]\non = 2026-10-01\nvia = 'call'\n";

    /// Every value and row in a text, with the contact or the table that has it.
    fn said(text: &str) -> BTreeSet<String> {
        let table = DeTable::parse(text).expect("TOML");
        let mut said = BTreeSet::new();
        for (key, value) in table.get_ref() {
            let contacts = value.get_ref().as_array();
            let Some(contacts) = contacts.filter(|_| key.get_ref() == "contacts") else {
                said.insert(format!("{} {}", key.get_ref(), written(value.get_ref())));
                continue;
            };
            for contact in contacts {
                let contact = contact.get_ref().as_table().expect("a contact");
                let name = contact.get("name").map(|name| written(name.get_ref()));
                for (key, value) in contact {
                    let values: Vec<String> = match value.get_ref() {
                        DeValue::Array(rows) => {
                            rows.iter().map(|row| written(row.get_ref())).collect()
                        }
                        value => vec![written(value)],
                    };
                    let line = |value| format!("{name:?} {} {value}", key.get_ref());
                    said.extend(values.into_iter().map(line));
                }
            }
        }
        said
    }

    /// A book that was `before` and is `ours` now, in a folder of its own.
    fn book(folder: &Path, before: &str, ours: &str) -> BookFile {
        let (path, state) = (folder.join("book.toml"), folder.join("state"));
        let open = || {
            let opened =
                BookFile::open_to_change(&path, Some(&state), Detail::All, STAMP, &mut |_| {});
            opened.expect("read").expect("there")
        };
        fs::write(&path, before).expect("written");
        let file = open();
        let change = crate::store::Change {
            text: ours.to_owned().into(),
            book: read(ours).expect("a book").book,
        };
        file.save(&change, STAMP).expect("saved");
        drop(file);
        open()
    }

    fn join(
        file: &BookFile,
        lineage: &mut Lineage,
        theirs: &str,
    ) -> Result<JoinedCopy, CopyProblem> {
        let path = file.path().with_file_name("copy.toml");
        fs::write(&path, theirs).expect("written");
        let copy = ConflictCopy::read(&path, file.storage())?;
        copy.join(file.text(), file.book(), lineage, &file.storage().purged())
    }

    /// Wherever the copy is cut off, either it is told, or what is joined is what both say. Returns how often each was so.
    fn cut_everywhere(before: &str, ours: &str, theirs: &str) -> [usize; 2] {
        let folder = tempfile::tempdir().expect("a folder");
        let file = book(folder.path(), before, ours);
        let mut lineage = Lineage::of(file.storage(), file.text());
        let whole = join(&file, &mut lineage, theirs).expect("joined");
        assert_eq!(whole.doubt, None, "{theirs}");
        let [base, here, there] = [before, ours, theirs].map(said);
        let mut counts = [0, 0];
        // Everywhere in the last contacts, and before each line above them.
        let last = theirs.find("Bo Lind").expect("there");
        let ends = theirs.char_indices().map(|(end, _)| end);
        let ends = ends.filter(|end| *end > last || theirs[..*end].ends_with('\n'));
        for end in ends.filter(|end| read(&theirs[..*end]).is_ok()) {
            let Ok(joined) = join(&file, &mut lineage, &theirs[..end]) else {
                continue;
            };
            if joined.doubt == Some(CopyDoubt::CutOff) {
                counts[0] += 1;
            } else {
                counts[1] += 1;
            }
            let choices = vec![MergeSide::Theirs; joined.merge.conflicts.len()];
            let text = joined.merge.text(&choices);
            let result = said(&text);
            // What is joined knowingly takes nothing away either.
            let lost = here.difference(&result);
            let lost: Vec<&String> = lost
                .filter(|one| !base.contains(*one) || there.contains(*one))
                .collect();
            assert!(
                lost.is_empty() || !choices.is_empty(),
                "{lost:?} is lost from\n{}",
                &theirs[..end]
            );
            if joined.doubt.is_none() {
                assert!(lost.is_empty(), "{lost:?} is lost from\n{}", &theirs[..end]);
                let new: Vec<&String> = result
                    .iter()
                    .filter(|one| !here.contains(*one) && !there.contains(*one))
                    .collect();
                assert!(new.is_empty(), "{new:?} is invented by\n{}", &theirs[..end]);
            }
        }
        counts
    }

    #[test]
    fn a_copy_that_is_cut_off_takes_nothing_away_and_invents_nothing() {
        let last = "[[contacts]]\nname = 'Cy Ng'\ncity = 'Lund'\n";
        for book in [ARRAYS, HEADERS] {
            let logged = if book == ARRAYS {
                book.replacen("touches = [\n", "touches = [\n  { on = 2026-11-20 },\n", 1)
            } else {
                book.replacen(
                    "[[contacts.touches]]\n",
                    "[[contacts.touches]]\non = 2026-11-20\n\n[[contacts.touches]]\n",
                    1,
                )
            };
            for theirs in [
                logged.clone(),
                logged.replace("Oslo", "Rome"),
                logged.replace("city = 'Oslo'", "birthday = 1980-02-03\ncity = 'Oslo'"),
                logged.replace("bucket = 'a'\ncity = 'Oslo'\n", "city = 'Oslo'\n"),
                format!("{logged}\n{last}"),
                logged.replacen("[[contacts]]", &format!("{last}\n[[contacts]]"), 1),
                logged.replace('\n', "\r\n"),
                format!("\u{feff}{logged}"),
            ] {
                let ours =
                    book.replace("name = 'Ana Ruiz'\n", "name = 'Ana Ruiz'\ncity = 'Bern'\n");
                assert_ne!(ours, book);
                let [told, joined] = cut_everywhere(book, &ours, &theirs);
                // The control: both happen.
                assert!(told > 3 && joined > 3, "{told} {joined}");
            }
        }
    }

    /// Ends that a whole book may have.
    #[test]
    fn a_whole_copy_is_not_called_cut_off() {
        for (theirs, is_cut_off) in [
            (ARRAYS.trim_end().to_owned(), false),
            (ARRAYS.replace("shoe = 4213\n", ""), false),
            (ARRAYS.replace("\"\"\"\none\ntwo\n\"\"\"", "'one'"), false),
            // The last contact, and all that follows a value of the last one.
            (
                ARRAYS[..ARRAYS.find("# The last").expect("there")].to_owned(),
                false,
            ),
            (
                ARRAYS[..ARRAYS.find("next =").expect("there")].to_owned(),
                true,
            ),
            (ARRAYS.to_owned() + "mine = 12", true),
            (ARRAYS.to_owned() + "# and", true),
            (ARRAYS.to_owned() + "[[contacts]]\n", true),
            (ARRAYS.to_owned() + "[[contacts]]\ncity = 'Oslo'\n", true),
            (ARRAYS.to_owned() + "[[contacts]]\nname = ''", true),
        ] {
            let parsed = read(&theirs).expect("a book");
            assert_eq!(
                super::is_cut_off(&theirs, &parsed, Some(ARRAYS), ARRAYS),
                is_cut_off,
                "{theirs}"
            );
        }
    }
}
