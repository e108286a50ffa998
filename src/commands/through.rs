//! `--through`: the contact who introduced another.

use crate::app::App;
use crate::domain::find::met_through::met_through;
use crate::domain::{Book, ContactId};
use crate::error::{Error, Result};
use crate::render::words::messages::typed_name;

/// What `met` says once `by` has introduced the contact `id`. The name in it must be read as theirs in the `book`.
pub(super) fn met(book: &Book, id: ContactId, met: &str, by: ContactId) -> Result<String> {
    let name = &book.contact(by).name;
    if id == by {
        return Err(Error::usage(
            format!("nobody is met through themselves, and `--through` names {name}"),
            "name the contact who introduced you",
        ));
    }
    met_through(book, met, by).ok_or_else(|| {
        let typed = typed_name(name);
        Error::usage(
            format!("`met` cannot tell {name} from others"),
            format!("give them another name first: `netkeep edit {typed} --set aka+=NAME`"),
        )
    })
}

impl App {
    /// The contact that was typed after `--through`, if one was.
    pub(super) fn introducer(&self, book: &Book, typed: Option<&str>) -> Result<Option<ContactId>> {
        typed.map(|typed| self.pick(book, typed)).transpose()
    }
}
