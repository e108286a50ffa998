//! A change of the book: what can be asked for, and the proof that it is what came out.

use std::collections::HashMap;
use std::ops::Range;

use super::problem::{Problem, Severity};
use super::read::{Read, read_alone};
use super::stretch::Stretch;
use super::whole::bucket_hint;
use super::work::Work;
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
    /// Puts a touch before another.
    Insert {
        /// Whose.
        contact: ContactId,
        /// The place of that other among the contact's touches.
        index: usize,
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
/// Edits are made one after another; the places of contacts and touches are those before the first of them, and a
/// contact that is rewritten or removed has no other edits. Rewriting a contact and editing buckets stand alone.
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
    let mut work = Work::new(text, read, layout);
    for edit in edits {
        work.plan(&expected, edit)?;
        match edit {
            Edit::Rewrite { contact, text } => expected.contacts[contact.0] = rewritten(text)?,
            edit => model(&mut expected, edit),
        }
    }
    check_whole(&expected, edits, read)?;
    work.prove(&expected)?;
    remove(&mut expected, edits);
    let is_local = !edits.iter().any(Edit::is_wide);
    let text = work.finish();
    if !is_local {
        let read = super::read::read(&text).map_err(|_| Refused::Diverged)?;
        if read.layout.is_err() || read.book != expected {
            return Err(Refused::Diverged);
        }
    }
    Ok(Change {
        text,
        book: expected,
    })
}

impl Edit {
    /// The edits that make `after` of `before`, the contact at `id`: fields that differ, and touches that are new. The touches of
    /// `before` are all in `after`, in their order.
    #[must_use]
    pub fn between(id: ContactId, before: &Contact, after: &Contact) -> Vec<Self> {
        let fields = Field::ALL
            .into_iter()
            .filter(|field| before.get(*field) != after.get(*field));
        let mut edits: Vec<Self> = fields
            .map(|field| Self::Set {
                contact: id,
                field,
                value: after.get(field),
            })
            .collect();
        let mut known = before.touches.iter().peekable();
        for (index, touch) in after.touches.iter().enumerate() {
            if known.next_if_eq(&touch).is_some() {
                continue;
            }
            let (contact, touch) = (id, touch.clone());
            edits.push(if known.peek().is_some() {
                Self::Insert {
                    contact,
                    index,
                    touch,
                }
            } else {
                Self::Log { contact, touch }
            });
        }
        edits
    }

    /// Whether it changes more than the inside of a contact's own text, so that only the whole text can prove it.
    fn is_wide(&self) -> bool {
        matches!(
            self,
            Self::Remove(_)
                | Self::Rewrite { .. }
                | Self::AddBucket(_)
                | Self::SetBucket { .. }
                | Self::RemoveBucket(_)
        )
    }

    /// The contact that it changes and leaves in the book.
    #[must_use]
    pub fn contact(&self) -> Option<ContactId> {
        match self {
            Self::Set { contact, .. }
            | Self::Log { contact, .. }
            | Self::Insert { contact, .. }
            | Self::Amend { contact, .. }
            | Self::DeleteTouch { contact, .. }
            | Self::Rewrite { contact, .. } => Some(*contact),
            _ => None,
        }
    }
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
        Edit::Insert {
            contact,
            index,
            touch,
        } => book.contacts[contact.0]
            .touches
            .insert(*index, touch.clone()),
        Edit::Amend {
            contact,
            index,
            touch,
        } => {
            book.contacts[contact.0].touches[*index] = touch.clone();
        }
        Edit::DeleteTouch { contact, index } => {
            book.contacts[contact.0].touches.remove(*index);
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

fn remove(book: &mut Book, edits: &[Edit]) {
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
        None => Err(Refused::Unsound(match super::read::read(text) {
            Err(problems) => problems,
            Ok(_) => vec![
                Problem::broken(0..0, "the text must stay one contact")
                    .hint("start it with `[[contacts]]`, and leave other contacts and tables out"),
            ],
        })),
    }
}

/// What only shows in the whole book: names are unique, and buckets are there.
fn check_whole(expected: &Book, edits: &[Edit], read: &Read) -> Result<(), Refused> {
    let added = (read.book.contacts.len()..expected.contacts.len()).map(ContactId);
    let changed: Vec<ContactId> = edits
        .iter()
        .filter_map(Edit::contact)
        .chain(added)
        .collect();
    if changed.is_empty() {
        return Ok(());
    }
    let mut names: HashMap<&str, usize> = HashMap::new();
    for contact in &expected.contacts {
        *names.entry(contact.name.as_str()).or_default() += 1;
    }
    for id in changed {
        let contact = expected.contact(id);
        let mut problems = Vec::new();
        let known = read.wrong_with(id);
        let before = read.book.contacts.get(id.0);
        let is_new = |same: fn(&Contact, &Contact) -> bool| {
            !known.is_empty() || before.is_none_or(|before| !same(before, contact))
        };
        if names[contact.name.as_str()] > 1 && is_new(|a, b| a.name == b.name) {
            let message = format!("another contact is named `{}`", contact.name);
            problems.push((
                "name",
                Problem::wrong(0..0, message).hint("names are unique"),
            ));
        }
        if let Some(bucket) = contact
            .bucket
            .as_deref()
            .filter(|name| expected.bucket(name).is_none() && is_new(|a, b| a.bucket == b.bucket))
        {
            let problem = Problem::wrong(0..0, format!("there is no bucket `{bucket}`"));
            problems.push(("bucket", problem.hint(bucket_hint(expected, bucket))));
        }
        if problems.is_empty() {
            continue;
        }
        let rewritten = edits.iter().find_map(|edit| match edit {
            Edit::Rewrite { contact, text } if *contact == id => Some(text),
            _ => None,
        });
        return Err(match rewritten {
            None if !known.is_empty() => Refused::Spoiled(known),
            _ => Refused::Unsound(
                problems
                    .into_iter()
                    .map(|(key, problem)| placed(rewritten, key, problem))
                    .collect(),
            ),
        });
    }
    Ok(())
}

/// The problem at the value of `key`, where there is a text of the user's to point at.
fn placed(text: Option<&String>, key: &str, problem: Problem) -> Problem {
    let stretch = text.and_then(|text| Stretch::of(text));
    match stretch.as_ref().and_then(|stretch| stretch.entry(key)) {
        Some(entry) => Problem {
            at: entry.value.clone(),
            ..problem
        },
        None => problem,
    }
}
