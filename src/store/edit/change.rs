//! A change of the book: the edits there are, their result, and why they may be refused.

use std::ops::Range;
use std::sync::Arc;

use chrono::NaiveDate;

use super::own_key::OwnValue;
use super::patch::Patch;
use super::table::Unsupported;
use crate::domain::{
    Book, BookSources, Bucket, Cadence, Contact, ContactId, Field, Promise, Touch, Value,
};
use crate::store::parse::problem::Problem;

/// One change to the book. An `index` is that of a touch or a promise, after the edits before it.
#[derive(Clone, Debug)]
#[allow(missing_docs, reason = "the names of the members say it")]
pub enum Edit {
    /// Adds a contact at the end.
    Add(Box<Contact>),
    /// Removes a contact with its comments.
    Remove(ContactId),
    /// Sets or removes a field.
    Set {
        contact: ContactId,
        field: Field,
        /// `None` removes the field.
        value: Option<Value>,
    },
    /// Sets or removes a key that netkeep does not know.
    SetOwn {
        contact: ContactId,
        key: String,
        /// `None` removes the key.
        value: Option<OwnValue>,
    },
    /// Adds a touch after the last one.
    Log { contact: ContactId, touch: Touch },
    /// Adds a touch before another.
    Insert {
        contact: ContactId,
        index: usize,
        touch: Touch,
    },
    /// Changes a touch.
    Amend {
        contact: ContactId,
        index: usize,
        touch: Touch,
    },
    /// Removes a touch.
    DeleteTouch { contact: ContactId, index: usize },
    /// Moves a touch to another contact as it is written, before the touch `at`, or after the last one.
    MoveTouch {
        from: ContactId,
        index: usize,
        to: ContactId,
        at: usize,
    },
    /// Adds a promise after the last one.
    AddPromise {
        contact: ContactId,
        promise: Promise,
    },
    /// Changes the promise at `index` among the contact's promises.
    AmendPromise {
        contact: ContactId,
        index: usize,
        promise: Promise,
    },
    /// Removes the promise at `index` among the contact's promises.
    RemovePromise { contact: ContactId, index: usize },
    /// Gives a contact everything that another says, which is removed by an edit of its own.
    Merge {
        contact: ContactId,
        other: ContactId,
        /// What the contact becomes.
        merged: Box<Contact>,
    },
    /// Replaces a contact's lines and comments with the user's own text.
    Rewrite { contact: ContactId, text: String },
    /// Adds a bucket after the last one.
    AddBucket(Bucket),
    /// Changes a bucket.
    SetBucket { name: String, setting: Setting },
    /// Renames a bucket, with everything that names it.
    RenameBucket { name: String, to: String },
    /// Removes a bucket.
    RemoveBucket(String),
    /// Sets the day of the last regrouping. It can be combined with edits of contacts.
    Regrouped(NaiveDate),
    /// Sets what touches are read from: the keys that differ, and of lists the texts that do. It can be combined with edits of
    /// contacts.
    Sources(Box<BookSources>),
}

/// A setting of a bucket.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
#[allow(missing_docs, reason = "each is the key of the same name in the book")]
pub enum Setting {
    Cadence(Cadence),
    Limit(Cadence),
    Share(u32),
    /// `None` removes it.
    Size(Option<u32>),
}

/// The result of some edits: the new text and the book that it parses to.
#[derive(Clone, Debug)]
pub struct Change<'t> {
    /// The new text.
    pub text: Patch<'t>,
    /// The new book.
    pub book: Book,
}

/// Why edits were refused.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum Refused {
    /// The text at this place is written in a way that netkeep reads but does not edit.
    Unsupported(Range<usize>),
    /// The contact has problems, and would still have them.
    HasProblems {
        /// The name of the contact.
        name: String,
        /// What is wrong with it.
        problems: Vec<Problem>,
    },
    /// The user's own text is not one valid contact; the places are in that text.
    Invalid(Vec<Problem>),
    /// The new text would not parse to the new book. This is a bug.
    VerificationFailed,
}

impl From<Unsupported> for Refused {
    fn from(Unsupported(at): Unsupported) -> Self {
        Self::Unsupported(at)
    }
}

impl Edit {
    /// The edits that turn `before`, the contact at `id`, into `after`: fields that differ, and promises and touches that
    /// are new. `after` has all promises and touches of `before`, in the same order, and the new promises after those.
    pub(crate) fn between(id: ContactId, before: &Contact, after: &Contact) -> Vec<Self> {
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
        let promises = after.promises.iter().skip(before.promises.len());
        edits.extend(promises.map(|promise| Self::AddPromise {
            contact: id,
            promise: promise.clone(),
        }));
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

    /// The edits that turn the contacts `before` into `after`, which begins with the same ones: those in `removed` are removed,
    /// and those after the last one of `before` are added.
    pub(crate) fn between_contacts(
        before: &[Arc<Contact>],
        after: Vec<Arc<Contact>>,
        removed: &[ContactId],
    ) -> Vec<Self> {
        let mut edits = Vec::new();
        for (at, after) in after.into_iter().enumerate() {
            let id = ContactId(at);
            match before.get(at) {
                _ if removed.contains(&id) => edits.push(Self::Remove(id)),
                Some(before) if Arc::ptr_eq(before, &after) => {}
                Some(before) => edits.extend(Self::between(id, before, &after)),
                // Moved, since there may be very many.
                None => edits.push(Self::Add(Box::new(Arc::unwrap_or_clone(after)))),
            }
        }
        edits
    }

    /// Makes the edit in the book itself. Removing and rewriting contacts is up to the caller.
    pub(super) fn apply_to(&self, book: &mut Book) {
        match self {
            Self::Add(contact) => book.contacts.push(Contact::clone(contact).into()),
            Self::Set {
                contact,
                field,
                value,
            } => book.contact_mut(*contact).set(*field, value.clone()),
            Self::Log { contact, touch } => book.contact_mut(*contact).touches.push(touch.clone()),
            Self::Insert {
                contact,
                index,
                touch,
            } => {
                let contact = book.contact_mut(*contact);
                contact.touches.insert(*index, touch.clone());
            }
            Self::Amend {
                contact,
                index,
                touch,
            } => book.contact_mut(*contact).touches[*index] = touch.clone(),
            Self::DeleteTouch { contact, index } => {
                book.contact_mut(*contact).touches.remove(*index);
            }
            Self::MoveTouch {
                from,
                index,
                to,
                at,
            } => {
                let touch = book.contact_mut(*from).touches.remove(*index);
                book.contact_mut(*to).touches.insert(*at, touch);
            }
            Self::AddPromise { contact, promise } => {
                book.contact_mut(*contact).promises.push(promise.clone());
            }
            Self::AmendPromise {
                contact,
                index,
                promise,
            } => book.contact_mut(*contact).promises[*index] = promise.clone(),
            Self::RemovePromise { contact, index } => {
                book.contact_mut(*contact).promises.remove(*index);
            }
            Self::Merge {
                contact, merged, ..
            } => *book.contact_mut(*contact) = Contact::clone(merged),
            Self::AddBucket(bucket) => book.buckets.push(bucket.clone()),
            Self::SetBucket { name, setting } => {
                let buckets = book.buckets.iter_mut();
                for bucket in buckets.filter(|bucket| bucket.name == *name) {
                    match *setting {
                        Setting::Cadence(cadence) => bucket.cadence = Some(cadence),
                        Setting::Limit(limit) => bucket.limit = Some(limit),
                        Setting::Share(share) => bucket.share = share,
                        Setting::Size(size) => bucket.size = size,
                    }
                }
            }
            Self::RenameBucket { name, to } => rename_bucket(book, name, to),
            Self::RemoveBucket(name) => {
                book.buckets.retain(|bucket| bucket.name != *name);
                if let Some(names) = book.sync.who.buckets_mut() {
                    names.retain(|bucket| bucket != name);
                }
            }
            Self::Regrouped(day) => book.regrouped = Some(*day),
            Self::Sources(sources) => book.sources = BookSources::clone(sources),
            Self::Remove(_) | Self::Rewrite { .. } | Self::SetOwn { .. } => {}
        }
    }

    /// Whether it changes more than the text of one contact, so that the whole text must be verified.
    pub(super) fn is_wide(&self) -> bool {
        let is_of_one = self.contact().is_some() || matches!(self, Self::Add(_));
        // What is said of sources is verified where it is written.
        !(is_of_one || matches!(self, Self::Sources(_))) || matches!(self, Self::Rewrite { .. })
    }

    /// The contact that it changes, unless it adds or removes it.
    pub(crate) fn contact(&self) -> Option<ContactId> {
        match self {
            Self::Set { contact, .. }
            | Self::SetOwn { contact, .. }
            | Self::Log { contact, .. }
            | Self::Insert { contact, .. }
            | Self::Amend { contact, .. }
            | Self::DeleteTouch { contact, .. }
            | Self::MoveTouch { from: contact, .. }
            | Self::AddPromise { contact, .. }
            | Self::AmendPromise { contact, .. }
            | Self::RemovePromise { contact, .. }
            | Self::Merge { contact, .. }
            | Self::Rewrite { contact, .. } => Some(*contact),
            _ => None,
        }
    }
}

fn rename_bucket(book: &mut Book, name: &str, to: &str) {
    for id in book.ids() {
        if book.contact(id).bucket.as_deref() == Some(name) {
            book.contact_mut(id).bucket = Some(to.to_owned());
        }
    }
    let buckets = book.buckets.iter_mut().map(|bucket| &mut bucket.name);
    let with_cards = book.sync.who.buckets_mut().into_iter().flatten();
    let named = buckets.chain(&mut book.defaults.bucket).chain(with_cards);
    for bucket in named.filter(|bucket| *bucket == name) {
        to.clone_into(bucket);
    }
}
