//! A change of the book, made on its text and proved before it counts.

use std::collections::{BTreeMap, HashMap};
use std::ops::Range;

use super::buckets;
use super::fields::{self, Odd};
use super::lines;
use super::owned::{Owned, end_place, owned, removal};
use super::problem::{Problem, Severity};
use super::read::{Layout, Read, read as read_text, read_alone};
use super::stretch::Stretch;
use super::touches;
use super::value::value;
use crate::domain::{Book, Bucket, Cadence, Contact, ContactId, Field, Touch, Value};

/// One change that a command asks for.
#[derive(Clone, Debug)]
pub enum Edit {
    /// Puts a contact at the end.
    Add(Box<Contact>),
    /// Takes a contact out, with the comments that are its own.
    Remove(ContactId),
    /// Sets a field, or takes it out.
    Set {
        /// Whose.
        contact: ContactId,
        /// Which.
        field: Field,
        /// To what; `None` takes the line out.
        value: Option<Value>,
    },
    /// Puts a touch after the last one.
    Log {
        /// With whom.
        contact: ContactId,
        /// What.
        touch: Touch,
    },
    /// Changes a touch.
    Amend {
        /// Whose.
        contact: ContactId,
        /// Its place among the contact's touches.
        index: usize,
        /// What it says from now on.
        touch: Touch,
    },
    /// Takes a touch out.
    DeleteTouch {
        /// Whose.
        contact: ContactId,
        /// Its place among the contact's touches.
        index: usize,
    },
    /// Puts a text of the user's in place of a contact's lines, its comments included.
    Rewrite {
        /// Whose.
        contact: ContactId,
        /// The new lines.
        text: String,
    },
    /// Puts a bucket after the last one.
    AddBucket(Bucket),
    /// Changes a bucket.
    SetBucket {
        /// Which.
        name: String,
        /// What of it.
        setting: Setting,
    },
    /// Takes a bucket out.
    RemoveBucket(String),
}

/// What can be set of a bucket.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
#[allow(missing_docs, reason = "each is the key of the same name in the book")]
pub enum Setting {
    Cadence(Cadence),
    Limit(Cadence),
    Share(u32),
}

/// What came of some edits: the text, and the book that it says.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Change {
    /// The whole new text.
    pub text: String,
    /// The book, as read from it.
    pub book: Book,
}

/// Why edits were not made.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum Refused {
    /// The text at this place is written in a way that is read but not edited.
    Odd(Range<usize>),
    /// The contact has problems, and would still have them.
    Spoiled(Vec<Problem>),
    /// The user's own text is not one sound contact; the places are places in it.
    Unsound(Vec<Problem>),
    /// The result would not say what was asked for. Nothing that a user does should lead here.
    Diverged,
}

/// Makes `edits` on `text`, which `read` was read from. Bytes that no edit names stay as they were.
///
/// Edits of the same contact are made one after another; removing one must be the only edit of it.
///
/// # Errors
///
/// [`Refused`] when an edit cannot be made on this text, or when the result would not read back as the book that the
/// edits make of `read.book`.
pub fn apply(text: &str, read: &Read, edits: &[Edit]) -> Result<Change, Refused> {
    let layout = read
        .layout
        .as_ref()
        .map_err(|&doubt| Refused::Odd(doubt..doubt))?;
    let mut expected = read.book.clone();
    let mut work = Work {
        text,
        read,
        layout,
        stretches: BTreeMap::new(),
        splices: Vec::new(),
        whole: None,
    };
    for edit in edits {
        work.plan(&expected, edit)?;
        if let Edit::Rewrite { contact, text } = edit {
            expected.contacts[contact.0] = rewritten(text)?;
        } else {
            model(&mut expected, edit);
        }
    }
    remove_from_model(&mut expected, edits);
    let changed: Vec<ContactId> = work.stretches.keys().copied().collect();
    check_whole(&expected, &changed, edits, read)?;
    let is_local = !edits.iter().any(|edit| {
        matches!(
            edit,
            Edit::Remove(_) | Edit::AddBucket(_) | Edit::SetBucket { .. } | Edit::RemoveBucket(_)
        )
    });
    if is_local {
        work.prove(&expected)?;
    }
    let text = work.finish();
    if !is_local {
        let read = read_text(&text).map_err(|_| Refused::Diverged)?;
        if read.layout.is_err() || read.book != expected {
            return Err(Refused::Diverged);
        }
    }
    Ok(Change {
        text,
        book: expected,
    })
}

/// The model's own, obvious answer.
fn model(book: &mut Book, edit: &Edit) {
    match edit {
        Edit::Add(contact) => book.contacts.push(Contact::clone(contact)),
        Edit::Set {
            contact,
            field,
            value,
        } => book.contacts[contact.0].set(*field, value.clone()),
        Edit::Log { contact, touch } => book.contacts[contact.0].touches.push(touch.clone()),
        Edit::Amend {
            contact,
            index,
            touch,
        } => book.contacts[contact.0].touches[*index] = touch.clone(),
        Edit::DeleteTouch { contact, index } => {
            drop(book.contacts[contact.0].touches.remove(*index));
        }
        Edit::AddBucket(bucket) => book.buckets.push(bucket.clone()),
        Edit::SetBucket { name, setting } => {
            for bucket in book
                .buckets
                .iter_mut()
                .filter(|bucket| bucket.name == *name)
            {
                match *setting {
                    Setting::Cadence(cadence) => bucket.cadence = Some(cadence),
                    Setting::Limit(limit) => bucket.limit = Some(limit),
                    Setting::Share(share) => bucket.share = share,
                }
            }
        }
        Edit::RemoveBucket(name) => book.buckets.retain(|bucket| bucket.name != *name),
        // Places shift when somebody goes: they go last, together.
        Edit::Remove(_) | Edit::Rewrite { .. } => {}
    }
}

fn remove_from_model(book: &mut Book, edits: &[Edit]) {
    let gone = |id: usize| {
        edits
            .iter()
            .any(|edit| matches!(edit, Edit::Remove(gone) if gone.0 == id))
    };
    let mut id = 0;
    book.contacts.retain(|_| {
        id += 1;
        !gone(id - 1)
    });
}

/// The edits made so far, on the text they were made on.
struct Work<'b> {
    text: &'b str,
    read: &'b Read,
    layout: &'b Layout,
    /// The new text of each contact that changed.
    stretches: BTreeMap<ContactId, String>,
    /// Bytes of `text` that give way to others.
    splices: Vec<(Range<usize>, String)>,
    /// The whole text after edits of buckets, which are few and stand alone.
    whole: Option<String>,
}

impl Work<'_> {
    fn plan(&mut self, book: &Book, edit: &Edit) -> Result<(), Refused> {
        match edit {
            Edit::Add(contact) => {
                let (at, before) = end_place(self.text);
                let newline = lines::newline(self.text, at);
                let text = contact_text(contact, newline);
                // A text that ends somehow goes on ending so; an empty one ends with a newline from now on.
                let text = match (before.is_empty(), self.splices.is_empty()) {
                    (false, _) => format!("{before}{}", text.trim_end_matches(['\r', '\n'])),
                    (true, true) => text,
                    (true, false) => format!("{newline}{text}"),
                };
                self.splices.push((at..at, text));
                Ok(())
            }
            Edit::Remove(id) => {
                let own = self.own(*id)?;
                self.splices.push((removal(self.text, &own), String::new()));
                Ok(())
            }
            Edit::Set {
                contact,
                field,
                value,
            } => {
                if book.contact(*contact).get(*field) == *value && !self.is_spoiled(*contact) {
                    return Ok(());
                }
                self.on_stretch(*contact, |text| fields::set(text, *field, value.as_ref()))
            }
            Edit::Log { contact, touch } => {
                let blocks = self.layout.uses_blocks();
                self.on_stretch(*contact, |text| touches::log(text, touch, blocks))
            }
            Edit::Amend {
                contact,
                index,
                touch,
            } => {
                let old = book.contact(*contact).touches[*index].clone();
                self.on_stretch(*contact, |text| touches::amend(text, *index, &old, touch))
            }
            Edit::DeleteTouch { contact, index } => {
                self.on_stretch(*contact, |text| touches::delete(text, *index))
            }
            Edit::Rewrite { contact, text } => {
                let lines = self.own(*contact)?.lines;
                let newline = if lines.end < self.text.len() || self.text.ends_with('\n') {
                    "\n"
                } else {
                    ""
                };
                let text = format!("{}{newline}", text.strip_suffix('\n').unwrap_or(text));
                self.splices.push((lines, text));
                Ok(())
            }
            Edit::AddBucket(bucket) => {
                self.on_whole(|text, layout| Ok(buckets::add(text, &layout.pieces, bucket)))
            }
            Edit::SetBucket { name, setting } => {
                self.on_whole(|text, layout| buckets::set(text, &layout.pieces, name, *setting))
            }
            Edit::RemoveBucket(name) => {
                self.on_whole(|text, layout| buckets::remove(text, &layout.pieces, name))
            }
        }
    }

    /// Changes the text of one contact; places in it that are odd become places in the whole text.
    fn on_stretch(
        &mut self,
        id: ContactId,
        change: impl FnOnce(&str) -> Result<String, Odd>,
    ) -> Result<(), Refused> {
        let at = self.layout.contact(id);
        let text = self
            .stretches
            .get(&id)
            .map_or(&self.text[at.clone()], String::as_str);
        let new = change(text)
            .map_err(|Odd(odd)| Refused::Odd(at.start + odd.start..at.start + odd.end))?;
        self.stretches.insert(id, new);
        Ok(())
    }

    fn on_whole(
        &mut self,
        change: impl FnOnce(&str, &Layout) -> Result<String, Odd>,
    ) -> Result<(), Refused> {
        let new = match &self.whole {
            None => change(self.text, self.layout),
            Some(text) => match read_text(text).map(|read| read.layout) {
                Ok(Ok(layout)) => change(text, &layout),
                _ => return Err(Refused::Diverged),
            },
        };
        self.whole = Some(new.map_err(|Odd(at)| Refused::Odd(at))?);
        Ok(())
    }

    fn own(&self, id: ContactId) -> Result<Owned, Refused> {
        own(self.text, self.layout, id)
    }

    fn is_spoiled(&self, id: ContactId) -> bool {
        self.read
            .problems
            .iter()
            .any(|problem| problem.contact == Some(id) && problem.severity == Severity::Wrong)
    }

    /// Reads every changed contact back, each by itself, and compares it with what it must be.
    fn prove(&self, expected: &Book) -> Result<(), Refused> {
        for (id, text) in &self.stretches {
            self.prove_one(text, expected.contact(*id), *id)?;
        }
        let added = self
            .splices
            .iter()
            .filter(|(at, _)| at.is_empty())
            .map(|(_, text)| text);
        let contacts = &expected.contacts[self.read.book.contacts.len()..];
        for (text, contact) in added.zip(contacts) {
            if read_alone(text)
                .is_none_or(|(read, problems)| read != *contact || !problems.is_empty())
            {
                return Err(Refused::Diverged);
            }
        }
        Ok(())
    }

    fn prove_one(&self, text: &str, expected: &Contact, id: ContactId) -> Result<(), Refused> {
        let is_last = self.layout.contact(id).end == self.text.len();
        let (contact, problems) = read_alone(text).ok_or(Refused::Diverged)?;
        if problems
            .iter()
            .any(|problem| problem.severity == Severity::Wrong)
        {
            let of_contact = |problem: &&Problem| {
                problem.contact == Some(id) && problem.severity == Severity::Wrong
            };
            return Err(Refused::Spoiled(
                self.read
                    .problems
                    .iter()
                    .filter(of_contact)
                    .cloned()
                    .collect(),
            ));
        }
        if contact != *expected || !(is_last || text.ends_with('\n')) {
            return Err(Refused::Diverged);
        }
        Ok(())
    }

    /// The new text.
    fn finish(self) -> String {
        if let Some(whole) = self.whole {
            return whole;
        }
        let mut splices = self.splices;
        for (id, text) in self.stretches {
            splices.push((self.layout.contact(id), text));
        }
        splices.sort_by_key(|(at, _)| at.start);
        let mut new = String::with_capacity(
            self.text.len() + splices.iter().map(|(_, text)| text.len()).sum::<usize>(),
        );
        let mut done = 0;
        for (at, text) in splices {
            // Neighbours that go together may share the blank lines between them.
            new.push_str(self.text.get(done..at.start).unwrap_or_default());
            new.push_str(&text);
            done = done.max(at.end);
        }
        new.push_str(&self.text[done..]);
        new
    }
}

/// The lines of a contact, its comments included.
pub(super) fn lines_of(text: &str, read: &Read, id: ContactId) -> Result<Range<usize>, Refused> {
    let layout = read
        .layout
        .as_ref()
        .map_err(|&doubt| Refused::Odd(doubt..doubt))?;
    own(text, layout, id).map(|own| own.lines)
}

fn own(text: &str, layout: &Layout, id: ContactId) -> Result<Owned, Refused> {
    let at = layout.contact(id);
    let stretch = Stretch::of(&text[at.clone()]).ok_or(Refused::Odd(at.clone()))?;
    Ok(owned(
        text,
        at.start + stretch.header.start,
        at.start + stretch.end,
    ))
}

/// The contact in a text of the user's.
fn rewritten(text: &str) -> Result<Contact, Refused> {
    match read_alone(text) {
        Some((contact, problems)) => {
            let wrong: Vec<Problem> = problems
                .into_iter()
                .filter(|problem| problem.severity == Severity::Wrong)
                .collect();
            if wrong.is_empty() {
                Ok(contact)
            } else {
                Err(Refused::Unsound(wrong))
            }
        }
        None => Err(Refused::Unsound(match read_text(text) {
            Err(problems) => problems,
            Ok(_) => vec![
                Problem::broken(0..0, "the text must stay one contact")
                    .hint("start it with `[[contacts]]`, and leave other contacts and tables out"),
            ],
        })),
    }
}

/// What only shows in the whole book: names are unique, and buckets are there.
fn check_whole(
    expected: &Book,
    changed: &[ContactId],
    edits: &[Edit],
    read: &Read,
) -> Result<(), Refused> {
    let rewritten = edits.iter().find_map(|edit| match edit {
        Edit::Rewrite { contact, .. } => Some(*contact),
        _ => None,
    });
    let mut names: HashMap<&str, usize> = HashMap::new();
    for contact in &expected.contacts {
        *names.entry(contact.name.as_str()).or_default() += 1;
    }
    let added = (read.book.contacts.len()..expected.contacts.len()).map(ContactId);
    for id in changed.iter().copied().chain(rewritten).chain(added) {
        let Some(contact) = expected.contacts.get(id.0) else {
            continue;
        };
        let mut problems = Vec::new();
        if names[contact.name.as_str()] > 1 {
            problems.push(Problem::wrong(
                0..0,
                format!("another contact is named `{}`", contact.name),
            ));
        }
        if let Some(bucket) = contact
            .bucket
            .as_deref()
            .filter(|name| expected.bucket(name).is_none())
        {
            problems.push(Problem::wrong(
                0..0,
                format!("there is no bucket `{bucket}`"),
            ));
        }
        if problems.is_empty() {
            continue;
        }
        let known: Vec<Problem> = read
            .problems
            .iter()
            .filter(|problem| problem.contact == Some(id) && problem.severity == Severity::Wrong)
            .cloned()
            .collect();
        return Err(if Some(id) == rewritten || known.is_empty() {
            Refused::Unsound(problems)
        } else {
            Refused::Spoiled(known)
        });
    }
    Ok(())
}

/// A contact as netkeep writes it.
fn contact_text(contact: &Contact, newline: &str) -> String {
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
    for touch in &contact.touches {
        if let Ok(logged) = touches::log(&text, touch, false) {
            text = logged;
        }
    }
    text
}
