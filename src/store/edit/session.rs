//! Edits on their way: what has been made of the text so far.

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Arc;

use chrono::NaiveDate;

use super::buckets;
use super::change::{Edit, Refused};
use super::fields::{self, Unsupported};
use super::lines;
use super::list;
use super::ownership::{Owned, end_place, owned, removal};
use super::patch::Patch;
use super::regrouped;
use super::touches;
use crate::domain::{Book, Contact, ContactId, Field};
use crate::store::parse::layout::Layout;
use crate::store::parse::problem::Severity;
use crate::store::parse::toml_value::value;
use crate::store::parse::{ParsedBook, read, read_contact};

/// The edits made so far, on the text they are made on.
pub(crate) struct EditSession<'b> {
    text: &'b str,
    read: &'b ParsedBook,
    layout: &'b Layout,
    /// The new text of each contact that changed.
    stretches: BTreeMap<ContactId, String>,
    /// The lines of a contact that give way to a text of the user's.
    rewrite: Option<(Range<usize>, String)>,
    gone: Vec<ContactId>,
    /// The new contacts, each without its last newline.
    added: Vec<String>,
    /// The whole text after edits of buckets.
    whole: Option<String>,
    /// The day of a regrouping, which is written last.
    regrouped: Option<NaiveDate>,
}

impl<'b> EditSession<'b> {
    pub(crate) fn new(text: &'b str, read: &'b ParsedBook, layout: &'b Layout) -> Self {
        let stretches = BTreeMap::new();
        Self {
            text,
            read,
            layout,
            stretches,
            rewrite: None,
            gone: vec![],
            added: vec![],
            whole: None,
            regrouped: None,
        }
    }

    /// Makes one more edit. `book` is what the book says before it.
    pub(super) fn plan(&mut self, book: &Book, edit: &Edit) -> Result<(), Refused> {
        // Where a touch could not be read, the places of the others are not those of the text.
        if let Edit::Insert { contact, .. }
        | Edit::Amend { contact, .. }
        | Edit::DeleteTouch { contact, .. } = edit
        {
            let wrong = self.read.problems_of(*contact);
            if !wrong.is_empty() {
                return Err(Refused::HasProblems(wrong));
            }
        }
        match edit {
            Edit::Add(contact) => {
                let newline = lines::newline(self.text, self.text.len());
                self.added.push(contact_text(contact, newline));
                Ok(())
            }
            Edit::Remove(id) => {
                self.gone.push(*id);
                Ok(())
            }
            Edit::Set {
                contact,
                field,
                value,
            } => {
                let is_so = value.is_some() && book.contact(*contact).get(*field) == *value;
                if is_so && self.read.problems_of(*contact).is_empty() {
                    return Ok(());
                }
                self.on_stretch(*contact, |text| fields::set(text, *field, value.as_ref()))
            }
            Edit::Log { contact, touch } => {
                let blocks = self.layout.uses_blocks(&self.read.book);
                self.on_stretch(*contact, |text| touches::log(text, touch, blocks))
            }
            Edit::Insert {
                contact,
                index,
                touch,
            } => self.on_stretch(*contact, |text| touches::insert(text, *index, touch)),
            Edit::Amend {
                contact,
                index,
                touch,
            } => {
                let old = &book.contact(*contact).touches[*index];
                self.on_stretch(*contact, |text| touches::amend(text, *index, old, touch))
            }
            Edit::DeleteTouch { contact, index } => {
                self.on_stretch(*contact, |text| touches::delete(text, *index))
            }
            Edit::Rewrite { contact, text } => {
                let lines = lines_of(self.text, self.layout, *contact);
                let is_open = lines.end == self.text.len() && !self.text.ends_with('\n');
                let text = text.trim_end_matches(['\r', '\n']);
                let newline = if is_open {
                    ""
                } else {
                    lines::newline(self.text, lines.end)
                };
                self.rewrite = Some((lines, format!("{text}{newline}")));
                Ok(())
            }
            Edit::AddBucket(bucket) => {
                self.on_whole(|text, layout| buckets::add(text, layout, bucket))
            }
            Edit::SetBucket { name, setting } => {
                self.on_whole(|text, layout| buckets::set(text, layout, name, *setting))
            }
            Edit::RemoveBucket(name) => {
                self.on_whole(|text, layout| buckets::remove(text, layout, name))
            }
            Edit::Regrouped(day) => {
                self.regrouped = Some(*day);
                Ok(())
            }
        }
    }

    /// Changes the text of one contact. What is odd in it is told by its place in the text as it was.
    fn on_stretch(
        &mut self,
        id: ContactId,
        change: impl Fn(&str) -> Result<String, Unsupported>,
    ) -> Result<(), Refused> {
        let at = self.layout.contact(id);
        let before = &self.text[at.clone()];
        let new = match change(self.stretches.get(&id).map_or(before, String::as_str)) {
            Ok(new) => new,
            Err(Unsupported(odd)) => {
                let odd = change(before).err().map_or(odd, |Unsupported(odd)| odd);
                return Err(Refused::Unsupported(
                    at.start + odd.start..at.start + odd.end,
                ));
            }
        };
        self.stretches.insert(id, new);
        Ok(())
    }

    fn on_whole(
        &mut self,
        change: impl Fn(&str, &Layout) -> Result<String, Unsupported>,
    ) -> Result<(), Refused> {
        let new = match &self.whole {
            None => change(self.text, self.layout),
            Some(text) => match read(text).map(|read| read.layout) {
                Ok(Ok(layout)) => change(text, &layout),
                _ => return Err(Refused::VerificationFailed),
            },
        };
        self.whole = Some(new.map_err(|Unsupported(at)| Refused::Unsupported(at))?);
        Ok(())
    }

    /// Reads every new or changed contact back, each by itself, and compares it with what it must be.
    pub(super) fn prove(&self, expected: &Book) -> Result<(), Refused> {
        for id in self.stretches.keys() {
            self.prove_one(*id, expected)?;
        }
        self.prove_added(expected)
    }

    /// Reads a changed contact back; one that did not change is what it was.
    pub(super) fn prove_one(&self, id: ContactId, expected: &Book) -> Result<(), Refused> {
        let Some(text) = self.stretches.get(&id) else {
            return Ok(());
        };
        let (contact, problems) = read_contact(text).ok_or(Refused::VerificationFailed)?;
        if problems
            .iter()
            .any(|problem| problem.severity == Severity::Wrong)
        {
            return Err(Refused::HasProblems(self.read.problems_of(id)));
        }
        let is_whole = text.ends_with('\n') || self.layout.contact(id).end == self.text.len();
        if contact != *expected.contact(id) || !is_whole {
            return Err(Refused::VerificationFailed);
        }
        Ok(())
    }

    /// Reads every new contact back.
    pub(super) fn prove_added(&self, expected: &Book) -> Result<(), Refused> {
        let newcomers = &expected.contacts[self.read.book.contacts.len()..];
        let reads_back = |(text, contact): (&String, &Arc<Contact>)| {
            read_contact(text)
                .is_some_and(|(read, problems)| read == **contact && problems.is_empty())
        };
        if self.added.iter().zip(newcomers).all(reads_back) {
            Ok(())
        } else {
            Err(Refused::VerificationFailed)
        }
    }

    /// Takes a contact's edits back.
    pub(crate) fn forget(&mut self, id: ContactId) {
        self.stretches.remove(&id);
    }

    /// The new text.
    pub(crate) fn finish(self) -> Result<Patch<'b>, Refused> {
        let Some(day) = self.regrouped else {
            return Ok(self.put_in());
        };
        let text = self.put_in().to_string();
        match read(&text).map(|read| read.layout) {
            Ok(Ok(layout)) => {
                let text = regrouped::set(&text, &layout, day);
                text.map(Patch::from)
                    .map_err(|Unsupported(at)| Refused::Unsupported(at))
            }
            _ => Err(Refused::VerificationFailed),
        }
    }

    /// The text with every edit of contacts and buckets in it.
    fn put_in(self) -> Patch<'b> {
        if let Some(whole) = self.whole {
            return whole.into();
        }
        if let Some((at, new)) = self.rewrite {
            return lines::replace(self.text, at, &new).into();
        }
        if self.gone.is_empty() && self.added.is_empty() {
            return self.in_parts();
        }
        let (mut text, mut layout) = self.put_together();
        // The last first, so that the places of those before stay true.
        let mut gone = self.gone;
        gone.sort_unstable();
        gone.dedup();
        for id in gone.into_iter().rev() {
            let own = own(&text, &layout, id);
            text = lines::replace(&text, removal(&text, &own), "");
            layout.forget(id, text.len());
        }
        if self.added.is_empty() {
            return text.into();
        }
        let (at, before) = end_place(&text);
        let newline = lines::newline(&text, at);
        let added = self.added.join(&newline.repeat(2));
        let after = if before.is_empty() { newline } else { "" };
        lines::replace(&text, at..at, &format!("{before}{added}{after}")).into()
    }

    /// The text with every changed contact in its place.
    fn in_parts(self) -> Patch<'b> {
        let mut patch = Patch::of(self.text);
        let mut rest = 0;
        for (id, new) in self.stretches {
            let old = self.layout.contact(id);
            patch.keep(rest..old.start);
            patch.push(new);
            rest = old.end;
        }
        patch.keep(rest..self.text.len());
        patch
    }

    /// The same as one text, and its layout.
    fn put_together(&self) -> (String, Layout) {
        let mut layout = self.layout.clone();
        if self.stretches.is_empty() {
            return (self.text.to_owned(), layout);
        }
        let changed = self
            .stretches
            .iter()
            .map(|(id, text)| (self.layout.contacts[id.0], text));
        let changed: BTreeMap<usize, &String> = changed.collect();
        let grown: usize = self.stretches.values().map(String::len).sum();
        let mut text = String::with_capacity(self.text.len() + grown);
        for (piece, part) in layout.pieces.iter_mut().enumerate() {
            let start = text.len();
            match changed.get(&piece) {
                Some(new) => text.push_str(new),
                None => text.push_str(&self.text[part.at.clone()]),
            }
            part.end = start + (part.end - part.at.start).min(text.len() - start);
            part.at = start..text.len();
        }
        (text, layout)
    }
}

/// The lines of a contact, its comments included.
pub(crate) fn lines_of(text: &str, layout: &Layout, id: ContactId) -> Range<usize> {
    own(text, layout, id).lines
}

fn own(text: &str, layout: &Layout, id: ContactId) -> Owned {
    let piece = &layout.pieces[layout.contacts[id.0]];
    owned(
        text,
        layout.floor(piece.at.start),
        piece.at.start,
        piece.end,
    )
}

/// A contact as netkeep writes it, without its last newline.
pub(super) fn contact_text(contact: &Contact, newline: &str) -> String {
    let mut text = format!("[[contacts]]{newline}");
    for field in Field::ALL {
        if let Some(new) = contact.get(field) {
            text.push_str(&format!(
                "{} = {}{newline}",
                field.key(),
                value(&new, newline)
            ));
        }
    }
    if !contact.touches.is_empty() {
        text.push_str(&list::list(&contact.touches, newline));
    }
    text.truncate(text.trim_end_matches(['\r', '\n']).len());
    text
}
