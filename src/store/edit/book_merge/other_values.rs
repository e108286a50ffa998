//! Where nobody chooses between two values: ours stay, and theirs become lines of the contact's notes. For a setting, and in
//! a contact with problems, which no edit changes, they become a comment above it. The result is verified like any edit.

use std::collections::HashSet;

use toml::de::{DeTable, DeValue};

use super::merged_book::{BookMerge, MergeSide, MergedPiece, ValueConflict};
use crate::domain::text::{on_one_line, with_lines};
use crate::domain::{Book, Field, Value};
use crate::store::edit::apply;
use crate::store::edit::change::{Edit, Refused};
use crate::store::edit::lines::newline;
use crate::store::parse::read;

/// Where theirs come from, in the lines that keep them.
const PLACE: &str = "on the other copy";

impl BookMerge {
    /// The merged text with our values, and theirs noted beside them. What is noted already is not noted again.
    ///
    /// # Errors
    ///
    /// [`Refused`] if a contact is written in a way that netkeep does not edit.
    pub(crate) fn with_other_values_noted(&self) -> Result<String, Refused> {
        let plain = self.text(&vec![MergeSide::Ours; self.conflicts.len()]);
        let before = read(&plain).map_err(Refused::Invalid)?;
        let mut commented = HashSet::new();
        for edit in self.edits(&before.book, &commented)? {
            if let Edit::Set { contact, .. } = &edit
                && let Err(Refused::HasProblems { .. }) =
                    apply(&plain, &before, std::slice::from_ref(&edit))
            {
                commented.insert(before.book.contact(*contact).name.as_str());
            }
        }
        let text = self.with_comments(&commented);
        let parsed = read(&text).map_err(Refused::Invalid)?;
        if before.book != parsed.book {
            return Err(Refused::VerificationFailed);
        }
        let edits = self.edits(&parsed.book, &commented)?;
        Ok(apply(&text, &parsed, &edits)?.text.to_string())
    }

    /// The merged text with our values, and with theirs of settings and of these contacts in comments.
    fn with_comments(&self, commented: &HashSet<&str>) -> String {
        let mut conflicts = self.conflicts.iter();
        let mut text = String::new();
        for piece in &self.pieces {
            let (ours, conflict) = match piece {
                MergedPiece::Text(piece) => (piece, None),
                MergedPiece::Conflict([ours, _]) => (ours, conflicts.next()),
            };
            let is_commented = |one: &&ValueConflict| {
                let name = one.contact.as_deref();
                name.is_none_or(|name| commented.contains(name))
            };
            if let Some(conflict) = conflict.filter(is_commented) {
                let newline = if ours.ends_with("\r\n") { "\r\n" } else { "\n" };
                let comment = noted(conflict).lines().fold(String::new(), |all, line| {
                    all + "# " + line.trim_end() + newline
                });
                if !text.contains(&comment) {
                    text.push_str(&comment);
                }
            }
            text.push_str(ours);
        }
        text
    }

    /// The edits that add the lines to the notes, one a contact, but for contacts that have theirs in comments.
    fn edits(&self, book: &Book, commented: &HashSet<&str>) -> Result<Vec<Edit>, Refused> {
        let mut edits: Vec<Edit> = Vec::new();
        for conflict in &self.conflicts {
            let name = conflict.contact.as_ref();
            let Some(name) = name.filter(|name| !commented.contains(name.as_str())) else {
                continue;
            };
            let named = |id: &crate::domain::ContactId| book.contact(*id).name == *name;
            let id = book.ids().find(named).ok_or(Refused::VerificationFailed)?;
            let made = edits
                .iter()
                .position(|edit| matches!(edit, Edit::Set { contact, .. } if *contact == id));
            let made = made.map(|at| edits.remove(at));
            let before = match made {
                Some(Edit::Set {
                    value: Some(Value::Text(notes)),
                    ..
                }) => notes,
                _ => book.contact(id).notes.clone().unwrap_or_default(),
            };
            let notes = with_new_lines(before, &noted(conflict));
            if Some(&notes) != book.contact(id).notes.as_ref() {
                edits.push(Edit::Set {
                    contact: id,
                    field: Field::Notes,
                    value: Some(Value::Text(notes)),
                });
            }
        }
        Ok(edits)
    }
}

/// The notes with those of `lines` that they lack, at the end.
fn with_new_lines(notes: String, lines: &str) -> String {
    let there = |line: &str| notes.lines().any(|other| other.trim() == line.trim());
    let mut new: Vec<&str> = lines.lines().filter(|line| !there(line)).collect();
    // What stands above the lines of a text says nothing without them.
    if new
        .first()
        .is_some_and(|line| line.ends_with(PLACE_OF_LINES))
        && new.len() == 1
    {
        new.clear();
    }
    if new.iter().all(|line| line.trim().is_empty()) {
        return notes;
    }
    with_lines(&notes, &new.join(newline(&notes, notes.len())))
}

/// The end of the line that stands above a text of several lines.
const PLACE_OF_LINES: &str = "on the other copy:";

/// `city on the other copy: Oslo`; a text of several lines stands below.
fn noted(conflict: &ValueConflict) -> String {
    let said = said(&conflict.values[1]);
    let lines = said.trim_matches(['\r', '\n']);
    let gap = if lines.contains('\n') { '\n' } else { ' ' };
    format!("{} {PLACE}:{gap}{lines}", conflict.key)
}

/// What a value that is written in TOML says.
fn said(written: &str) -> String {
    let text = |value: &DeValue| match value {
        DeValue::String(text) => Some(text.to_string()),
        _ => None,
    };
    let line = format!("a = {}", written.trim());
    let parsed =
        DeTable::parse(&line)
            .ok()
            .and_then(|table| match table.get_ref().get("a")?.get_ref() {
                DeValue::Array(items) => {
                    let items = items.iter().map(|item| text(item.get_ref()));
                    Some(items.collect::<Option<Vec<_>>>()?.join(", "))
                }
                value => text(value),
            });
    parsed.unwrap_or_else(|| on_one_line(written))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn merge(pieces: Vec<MergedPiece>, conflicts: &[(Option<&str>, &str, [&str; 2])]) -> BookMerge {
        let conflicts = conflicts
            .iter()
            .map(|(contact, key, values)| ValueConflict {
                contact: contact.map(str::to_owned),
                key: (*key).to_owned(),
                values: values.map(str::to_owned),
            });
        BookMerge {
            pieces,
            conflicts: conflicts.collect(),
            ..BookMerge::default()
        }
    }

    fn text(text: &str) -> MergedPiece {
        MergedPiece::Text(text.to_owned())
    }

    fn conflict(ours: &str, theirs: &str) -> MergedPiece {
        MergedPiece::Conflict([ours, theirs].map(str::to_owned))
    }

    #[test]
    fn their_value_becomes_a_line_of_the_notes() {
        let merge = |notes: &str| {
            merge(
                vec![
                    text("[[contacts]]\nname = \"Ana\"\n"),
                    conflict("city = \"Porto\"\n", "city = \"Oslo\"\n"),
                    conflict("tags = [\"a\"]\n", "tags = [\"b\", \"c\"]\n"),
                    conflict(
                        "next = { on = 2026-12-01 }\n",
                        "next = { on = 2026-12-02 }\n",
                    ),
                    text(notes),
                ],
                &[
                    (Some("Ana"), "city", ["\"Porto\"", "\"Oslo\""]),
                    (Some("Ana"), "tags", ["[\"a\"]", "[\"b\", \"c\"]"]),
                    (
                        Some("Ana"),
                        "next",
                        ["{ on = 2026-12-01 }", "{ on = 2026-12-02 }"],
                    ),
                ],
            )
        };
        let noted = merge("notes = \"Sails.\"\n")
            .with_other_values_noted()
            .expect("noted");
        let lines = "notes = \"\"\"\nSails.\ncity on the other copy: Oslo\ntags on the other copy: b, c\n\
                     next on the other copy: { on = 2026-12-02 }\n\"\"\"\n";
        let head = "[[contacts]]\nname = \"Ana\"\ncity = \"Porto\"\ntags = [\"a\"]\nnext = { on = 2026-12-01 }\n";
        assert_eq!(noted, format!("{head}{lines}"));
        // A copy that could not be moved away is joined once more.
        let again = merge(lines).with_other_values_noted().expect("noted");
        assert_eq!(again, noted);
    }

    #[test]
    fn of_other_notes_the_new_lines_are_kept() {
        let values = ["'''\nSails.\nGolf.'''", "'''\nSails.\nTennis.\n'''"];
        let (ours, theirs) = (
            format!("notes = {}\n", values[0]),
            format!("notes = {}\n", values[1]),
        );
        let merge = |ours: &str| {
            merge(
                vec![
                    text("[[contacts]]\nname = \"Ana\"\n"),
                    conflict(ours, &theirs),
                ],
                &[(Some("Ana"), "notes", values)],
            )
        };
        let noted = merge(&ours).with_other_values_noted().expect("noted");
        let book = read(&noted).expect("a book").book;
        let notes = book.contacts[0].notes.clone().expect("notes");
        assert_eq!(notes, "Sails.\nGolf.\nnotes on the other copy:\nTennis.");
        let ours = noted.split_once("\"Ana\"\n").expect("the rest").1;
        assert_eq!(merge(ours).with_other_values_noted().expect("noted"), noted);
    }

    #[test]
    fn in_a_contact_with_problems_their_value_becomes_a_comment() {
        let merge = merge(
            vec![
                text("[[contacts]]\nname = \"Ana\"\n"),
                conflict("friendly = 2\n", "friendly = 3\n"),
                text("\n[[contacts]]\nname = \"Bo\"\n"),
                conflict("city = \"Porto\"\n", "city = \"Oslo\"\n"),
            ],
            &[
                (Some("Ana"), "friendly", ["2", "3"]),
                (Some("Bo"), "city", ["\"Porto\"", "\"Oslo\""]),
            ],
        );
        let noted = merge.with_other_values_noted().expect("noted");
        let ana = "[[contacts]]\nname = \"Ana\"\n# friendly on the other copy: 3\nfriendly = 2\n";
        let bo = "\n[[contacts]]\nname = \"Bo\"\ncity = \"Porto\"\nnotes = \"city on the other copy: Oslo\"\n";
        assert_eq!(noted, format!("{ana}{bo}"));
    }

    #[test]
    fn their_setting_becomes_a_comment() {
        let merge = |before: &str| {
            merge(
                vec![text(before), conflict("touches = 5\r\n", "touches = 7\r\n")],
                &[(None, "week.touches", ["5", "7"])],
            )
        };
        let noted = merge("[week]\r\n")
            .with_other_values_noted()
            .expect("noted");
        let comment = "[week]\r\n# week.touches on the other copy: 7\r\n";
        assert_eq!(noted, format!("{comment}touches = 5\r\n"));
        assert_eq!(
            merge(comment).with_other_values_noted().expect("noted"),
            noted
        );
    }
}
