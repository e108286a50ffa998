//! `--through`: the contact who introduced another, and whether `met` still names them.

use crate::app::App;
use crate::domain::find::brought_by::loses_introductions;
use crate::domain::find::met_through::met_through;
use crate::domain::text::fold;
use crate::domain::{Book, Contact, ContactId};
use crate::error::{Error, Result};
use crate::render::words::messages::{quoted, typed_argument, typed_name};

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

/// Refuses `add Dee Vale --through Ana Ruiz`: the last word belongs to the one name or the other.
pub(super) fn check_words(words: &[String], typed: &str, by: &Contact) -> Result<()> {
    let [name @ .., last] = words else {
        return Ok(());
    };
    let has = |name: &str| fold(name).split(' ').any(|word| word == fold(last));
    if name.is_empty() || has(typed) || !has(&by.name) {
        return Ok(());
    }
    let (name, by) = (typed_argument(&name.join(" ")), typed_name(&by.name));
    Err(Error::usage(
        format!("`{last}` belongs to one name or the other"),
        format!("write each name as one: `netkeep add {name} --through {by}`"),
    ))
}

impl App {
    /// Notes that introductions still have the old name of a contact, if it changed.
    pub(super) fn note_lost_introductions(&self, before: &Book, after: &Book, id: ContactId) {
        let [old, new] = [before, after].map(|book| &book.contact(id).name);
        if old == new || !loses_introductions(before, after, id, self.today) {
            return;
        }
        let typed = typed_name(new);
        let other = quoted(&format!("aka+={old}"));
        self.note(format!(
            "introductions name {old}; `netkeep edit {typed} --set {other}` keeps them known"
        ));
    }

    /// The contact that was typed after `--through`, if one was.
    pub(super) fn introducer(&self, book: &Book, typed: Option<&str>) -> Result<Option<ContactId>> {
        typed.map(|typed| self.pick(book, typed)).transpose()
    }
}
