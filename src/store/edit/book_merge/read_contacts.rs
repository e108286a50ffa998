//! The contacts in the texts of a merge. Several rules ask what the same text says; it is read once.

use std::borrow::Cow;
use std::cell::RefCell;
use std::collections::HashMap;
use std::rc::Rc;

use foldhash::fast::FixedState;

use crate::domain::Contact;
use crate::store::parse::problem::Problem;
use crate::store::parse::read_contact;

/// What the text of one contact says.
pub(super) struct ReadContact {
    pub(super) contact: Contact,
    pub(super) problems: Vec<Problem>,
}

/// The texts that were read so far; `None` is one that is no contact.
#[derive(Default)]
pub(super) struct ReadContacts<'t> {
    read: RefCell<HashMap<Cow<'t, str>, Option<Rc<ReadContact>>, FixedState>>,
}

impl<'t> ReadContacts<'t> {
    /// What a text says that is one contact and nothing else; `None` if it is anything else.
    pub(super) fn of(&self, text: impl Into<Cow<'t, str>>) -> Option<Rc<ReadContact>> {
        let text = text.into();
        if let Some(found) = self.read.borrow().get(&text) {
            return found.clone();
        }
        let found = read_contact(&text);
        let found = found.map(|(contact, problems)| Rc::new(ReadContact { contact, problems }));
        self.read.borrow_mut().insert(text, found.clone());
        found
    }
}
