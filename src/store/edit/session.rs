//! The edits that have been applied so far, until they become a patch.

use std::cell::Cell;
use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Arc;

use chrono::NaiveDate;

use super::amend_row;
use super::buckets;
use super::change::{Edit, Refused};
use super::contact_text;
use super::lines;
use super::merge::{self, Merge};
use super::new_row::{self, NewRow};
use super::own_key;
use super::ownership::{OwnedLines, add_at_end, of_segment, removal};
use super::patch::Patch;
use super::rows;
use super::set_rows;
use super::sources;
use super::statements::comments;
use super::table::Unsupported;
use crate::domain::{Book, BookSources, Contact, ContactId, Field, Value};
use crate::store::parse::layout::Layout;
use crate::store::parse::problem::Problem;
use crate::store::parse::row_key::RowKey;
use crate::store::parse::toml_value::value;
use crate::store::parse::validate::repeated;
use crate::store::parse::{ParsedBook, read, read_contact};

/// A book's text and what the edits so far change in it.
pub(super) struct EditSession<'b> {
    text: &'b str,
    parsed: &'b ParsedBook,
    layout: &'b Layout,
    /// The new text of each contact that changed.
    changed: BTreeMap<ContactId, String>,
    removed: Vec<ContactId>,
    /// The new contacts, each without its last newline.
    added: Vec<String>,
    /// The whole text, after edits of buckets or with the user's own text of a contact.
    whole: Option<String>,
    /// The day of the last regrouping, which is written after everything else.
    regrouped: Option<NaiveDate>,
}

impl<'b> EditSession<'b> {
    pub(super) fn new(text: &'b str, parsed: &'b ParsedBook, layout: &'b Layout) -> Self {
        Self {
            text,
            parsed,
            layout,
            changed: BTreeMap::new(),
            removed: vec![],
            added: vec![],
            whole: None,
            regrouped: None,
        }
    }

    /// Applies one more edit. `book` is the book before it.
    pub(super) fn apply(&mut self, book: &Book, edit: &Edit) -> Result<(), Refused> {
        self.check_index(edit)?;
        match edit {
            Edit::Add(contact) => {
                let newline = lines::newline(self.text, self.text.len());
                self.added.push(contact_block(contact, newline));
                Ok(())
            }
            Edit::Remove(id) => {
                self.removed.push(*id);
                Ok(())
            }
            Edit::Set {
                contact,
                field,
                value,
            } => self.set(book.contact(*contact), *contact, *field, value.as_ref()),
            Edit::SetOwn {
                contact,
                key,
                value,
            } => self.change(*contact, |text| own_key::set(text, key, value.as_ref())),
            Edit::Log { contact, touch } => self.add_row(*contact, &touch.into()),
            Edit::Insert {
                contact,
                index,
                touch,
            } => self.change(*contact, |text| rows::insert(text, *index, &touch.into())),
            Edit::Amend {
                contact,
                index,
                touch,
            } => {
                let old = NewRow::from(&book.contact(*contact).touches[*index]);
                let new = NewRow::from(touch);
                self.change(*contact, |text| amend_row::amend(text, *index, &old, &new))
            }
            Edit::DeleteTouch { contact, index } => {
                self.change(*contact, |text| rows::delete(text, RowKey::Touches, *index))
            }
            Edit::MoveTouch {
                from,
                index,
                to,
                at,
            } => self.move_touch((*from, *index), (*to, *at)),
            Edit::AddPromise { contact, promise } => self.add_row(*contact, &promise.into()),
            Edit::AmendPromise {
                contact,
                index,
                promise,
            } => {
                let old = NewRow::from(&book.contact(*contact).promises[*index]);
                let new = NewRow::from(promise);
                self.change(*contact, |text| amend_row::amend(text, *index, &old, &new))
            }
            Edit::RemovePromise { contact, index } => self.change(*contact, |text| {
                rows::delete(text, RowKey::Promises, *index)
            }),
            Edit::Merge {
                contact,
                other,
                merged,
            } => self.merge(book, *contact, *other, merged),
            Edit::Rewrite { contact, text } => {
                self.whole = Some(self.rewritten(*contact, text));
                Ok(())
            }
            Edit::AddBucket(bucket) => {
                self.change_whole(|text, layout| buckets::add(text, layout, bucket))
            }
            Edit::SetBucket { name, setting } => {
                self.change_whole(|text, layout| buckets::set(text, layout, name, *setting))
            }
            Edit::RenameBucket { name, to } => self.rename_bucket(book, name, to),
            Edit::RemoveBucket(name) => {
                self.change_whole(|text, layout| buckets::remove(text, layout, name))
            }
            Edit::Regrouped(day) => {
                self.regrouped = Some(*day);
                Ok(())
            }
            // They are written last, as the book then has them.
            Edit::Sources(_) => Ok(()),
        }
    }

    /// Refuses to edit a row by its index if one cannot be parsed: an index in the book is not one in the text then.
    fn check_index(&self, edit: &Edit) -> Result<(), Refused> {
        let ids = match edit {
            Edit::Insert { contact, .. }
            | Edit::Amend { contact, .. }
            | Edit::DeleteTouch { contact, .. }
            | Edit::AmendPromise { contact, .. }
            | Edit::RemovePromise { contact, .. }
            | Edit::Set {
                contact,
                field: Field::Dates,
                ..
            } => vec![*contact],
            Edit::MoveTouch { from, to, .. } => vec![*from, *to],
            _ => vec![],
        };
        let is_wrong = |id: &ContactId| !self.parsed.problems_of(*id).is_empty();
        match ids.into_iter().find(is_wrong) {
            Some(id) => Err(self.has_problems(id)),
            None => Ok(()),
        }
    }

    /// Adds a promise or a touch after the last one.
    fn add_row(&mut self, id: ContactId, row: &NewRow) -> Result<(), Refused> {
        let blocks = self.layout.uses_blocks(&self.parsed.book, row.of);
        self.change(id, |text| rows::add(text, row, blocks))
    }

    /// Moves a touch from the text of one contact into that of another; refused if a comment would be lost or doubled.
    fn move_touch(
        &mut self,
        (from, index): (ContactId, usize),
        (to, at): (ContactId, usize),
    ) -> Result<(), Refused> {
        let comments = |session: &Self| {
            let texts = [from, to].map(|id| session.text_of(id));
            let of = |text: &&str| -> Vec<String> {
                let comments = comments(text).into_iter();
                comments.map(|at| text[at].to_owned()).collect()
            };
            let mut all = texts.iter().flat_map(of).collect::<Vec<String>>();
            all.sort_unstable();
            all
        };
        let before = comments(self);
        let theirs = self.text_of(from).to_owned();
        self.change(from, |text| rows::delete(text, RowKey::Touches, index))?;
        self.change(to, |text| {
            merge::rows::insert_one(text, (&theirs, index), at)
        })?;
        if comments(self) == before {
            return Ok(());
        }
        let start = self.layout.contact(from).start;
        Err(Refused::Unsupported(start..lines::end(self.text, start)))
    }

    /// The text of a contact as it is so far.
    fn text_of(&self, id: ContactId) -> &str {
        let before = &self.text[self.layout.contact(id).clone()];
        self.changed.get(&id).map_or(before, String::as_str)
    }

    /// The text with the user's own in place of a contact's lines, and the newline that it needs.
    fn rewritten(&self, id: ContactId, text: &str) -> String {
        let lines = lines_of(self.text, self.layout, id);
        let is_open = lines.end == self.text.len() && !self.text.ends_with('\n');
        let text = text.trim_end_matches(['\r', '\n']);
        let newline = if is_open {
            ""
        } else {
            lines::newline(self.text, lines.end)
        };
        lines::replace(self.text, lines, &format!("{text}{newline}"))
    }

    /// Sets a field, unless it has that value and the contact has no problems.
    fn set(
        &mut self,
        before: &Contact,
        id: ContactId,
        field: Field,
        value: Option<&Value>,
    ) -> Result<(), Refused> {
        let is_same = value.is_some() && before.get(field).as_ref() == value;
        if is_same && self.parsed.problems_of(id).is_empty() {
            return Ok(());
        }
        match (field, value) {
            (Field::Dates, Some(Value::Dates(new))) => {
                let [old, new] = [&before.dates, new].map(|rows| rows.iter().map(NewRow::from));
                let (old, new): (Vec<NewRow>, Vec<NewRow>) = (old.collect(), new.collect());
                let blocks = self.layout.uses_blocks(&self.parsed.book, RowKey::Dates);
                self.change(id, |text| {
                    set_rows::set(text, RowKey::Dates, &old, &new, blocks)
                })
            }
            // An empty list says the same.
            (Field::Dates, _) if before.dates.is_empty() => Ok(()),
            (Field::Dates, _) => self.change(id, |text| set_rows::remove(text, RowKey::Dates)),
            _ => self.change(id, |text| contact_text::set(text, field, value)),
        }
    }

    /// A contact is not edited because of its problems.
    fn has_problems(&self, id: ContactId) -> Refused {
        Refused::HasProblems {
            name: self.parsed.book.contact(id).name.clone(),
            problems: self.parsed.problems_of(id),
        }
    }

    /// Merges the text of a contact into that of another.
    fn merge(
        &mut self,
        book: &Book,
        id: ContactId,
        other: ContactId,
        merged: &Contact,
    ) -> Result<(), Refused> {
        // Of two with one name, one is left.
        let one_name = repeated(&merged.name);
        let is_one = book.contact(id).name == book.contact(other).name;
        for id in [id, other] {
            let mut problems = self.parsed.problems_of(id);
            problems.retain(|problem| !(is_one && problem.message == one_name));
            if !problems.is_empty() {
                return Err(self.has_problems(id));
            }
        }
        let theirs = &self.text[lines_of(self.text, self.layout, other)];
        let merge = Merge {
            one: book.contact(id),
            other: book.contact(other),
            merged,
        };
        let is_lossy = Cell::new(false);
        self.change(id, |mine| {
            let text = merge::merge(mine, theirs, &merge)?;
            is_lossy.set(text.is_none());
            Ok(text.unwrap_or_default())
        })?;
        if is_lossy.get() {
            return Err(Refused::VerificationFailed);
        }
        Ok(())
    }

    /// Changes the text of one contact. A place that is not supported is reported where it was before all edits.
    fn change(
        &mut self,
        id: ContactId,
        change: impl Fn(&str) -> Result<String, Unsupported>,
    ) -> Result<(), Refused> {
        let at = self.layout.contact(id);
        let before = &self.text[at.clone()];
        let new = match change(self.text_of(id)) {
            Ok(new) => new,
            Err(_) if self.parsed.problems_of(id).iter().any(Problem::is_wrong) => {
                return Err(self.has_problems(id));
            }
            Err(unsupported) => {
                let Unsupported(place) = change(before).err().unwrap_or(unsupported);
                let place = at.start + place.start..at.start + place.end;
                return Err(Refused::Unsupported(place));
            }
        };
        self.changed.insert(id, new);
        Ok(())
    }

    /// Renames a bucket in the settings and in every contact.
    fn rename_bucket(&mut self, book: &Book, name: &str, to: &str) -> Result<(), Refused> {
        let value = Value::Text(to.to_owned());
        let ids = book.ids();
        let is_in = |id: &ContactId| book.contact(*id).bucket.as_deref() == Some(name);
        for id in ids.filter(is_in) {
            self.change(id, |text| {
                contact_text::set(text, Field::Bucket, Some(&value))
            })?;
        }
        let text = self.patch_changed().to_string();
        self.whole = Some(buckets::rename(&text, &layout_of(&text)?, name, to)?);
        Ok(())
    }

    /// Changes the text as a whole.
    fn change_whole(
        &mut self,
        change: impl Fn(&str, &Layout) -> Result<String, Unsupported>,
    ) -> Result<(), Refused> {
        let new = match &self.whole {
            None => change(self.text, self.layout),
            Some(text) => change(text, &layout_of(text)?),
        };
        self.whole = Some(new?);
        Ok(())
    }

    /// Parses each new or changed contact by itself and compares it with the one in `expected`.
    pub(super) fn verify(&self, expected: &Book) -> Result<(), Refused> {
        for id in self.changed.keys() {
            self.verify_contact(*id, expected)?;
        }
        self.verify_added(expected)
    }

    /// Parses a contact, if it changed, and compares it with the one in `expected`.
    pub(super) fn verify_contact(&self, id: ContactId, expected: &Book) -> Result<(), Refused> {
        let Some(text) = self.changed.get(&id) else {
            return Ok(());
        };
        let (contact, problems) = read_contact(text).ok_or(Refused::VerificationFailed)?;
        if problems.iter().any(Problem::is_wrong) {
            return Err(self.has_problems(id));
        }
        let is_whole = text.ends_with('\n') || self.layout.contact(id).end == self.text.len();
        if contact != *expected.contact(id) || !is_whole {
            return Err(Refused::VerificationFailed);
        }
        Ok(())
    }

    /// Parses each new contact and compares it with the one in `expected`.
    pub(super) fn verify_added(&self, expected: &Book) -> Result<(), Refused> {
        let added = &expected.contacts[self.parsed.book.contacts.len()..];
        let is_same = |(text, contact): (&String, &Arc<Contact>)| {
            read_contact(text)
                .is_some_and(|(read, problems)| read == **contact && problems.is_empty())
        };
        if self.added.iter().zip(added).all(is_same) {
            Ok(())
        } else {
            Err(Refused::VerificationFailed)
        }
    }

    /// Drops the edits of a contact.
    pub(super) fn forget(&mut self, id: ContactId) {
        self.changed.remove(&id);
    }

    /// The text of the book that is `expected`, but for the contacts that are removed.
    pub(super) fn finish(mut self, expected: &Book) -> Result<Patch<'b>, Refused> {
        let mut patch = self.patch()?;
        if let Some(day) = self.regrouped {
            let text = patch.to_string();
            patch = buckets::regroup(&text, &layout_of(&text)?, day)?.into();
        }
        if self.parsed.book.sources != expected.sources {
            patch = self
                .with_sources(&patch.to_string(), &expected.sources)?
                .into();
        }
        Ok(patch)
    }

    /// `text` with these sources. A place that is not supported is reported where it was before all edits.
    fn with_sources(&self, text: &str, new: &BookSources) -> Result<String, Refused> {
        let old = &self.parsed.book.sources;
        let before = |refused| match sources::set(self.text, self.layout, old, new) {
            Err(unsupported) => unsupported.into(),
            Ok(_) => refused,
        };
        sources::apply(text, old, new).map_err(before)
    }

    /// The text with all edits of contacts and buckets.
    fn patch(&mut self) -> Result<Patch<'b>, Refused> {
        if let Some(whole) = self.whole.take() {
            return Ok(whole.into());
        }
        let is_changed = !self.changed.is_empty();
        let patch = self.patch_changed();
        if self.removed.is_empty() && self.added.is_empty() {
            return Ok(patch);
        }
        let mut text = patch.to_string();
        if !self.removed.is_empty() {
            let mut layout = if is_changed {
                layout_of(&text)?
            } else {
                self.layout.clone()
            };
            self.removed.sort_unstable();
            self.removed.dedup();
            // From the end, so that the places before stay valid.
            for id in self.removed.iter().rev() {
                let own = own(&text, &layout, *id);
                text = lines::replace(&text, removal(&own), "");
                layout.forget(*id, text.len());
            }
        }
        if !self.added.is_empty() {
            text = add_at_end(&text, |newline| self.added.join(&newline.repeat(2)));
        }
        Ok(text.into())
    }

    /// The text with each changed contact in its place.
    fn patch_changed(&mut self) -> Patch<'b> {
        let mut patch = Patch::default();
        let mut rest = 0;
        for (id, new) in std::mem::take(&mut self.changed) {
            let old = self.layout.contact(id);
            patch.push(&self.text[rest..old.start]);
            patch.push(new);
            rest = old.end;
        }
        patch.push(&self.text[rest..]);
        patch
    }
}

/// The layout of a text that edits have made.
fn layout_of(text: &str) -> Result<Layout, Refused> {
    match read(text).map(|read| read.layout) {
        Ok(Ok(layout)) => Ok(layout),
        _ => Err(Refused::VerificationFailed),
    }
}

/// The lines of a contact with its comments.
pub(crate) fn lines_of(text: &str, layout: &Layout, id: ContactId) -> Range<usize> {
    own(text, layout, id).lines
}

fn own(text: &str, layout: &Layout, id: ContactId) -> OwnedLines {
    of_segment(text, layout, &layout.pieces[layout.contacts[id.0]])
}

/// A new contact as a block, without its last newline.
pub(super) fn contact_block(contact: &Contact, newline: &str) -> String {
    let mut text = format!("[[contacts]]{newline}");
    for field in Field::ALL {
        if let Some(new) = contact.get(field) {
            let new = value(&new, newline);
            text.push_str(&format!("{} = {new}{newline}", field.key()));
        }
        if field == Field::Next {
            text.push_str(&new_row::array(&contact.promises, newline));
        }
    }
    text.push_str(&new_row::array(&contact.touches, newline));
    text.truncate(text.trim_end_matches(['\r', '\n']).len());
    text
}
