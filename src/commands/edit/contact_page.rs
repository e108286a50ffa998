//! The editor at one contact.

use super::draft_problems::{edit_again, error, show_problems};
use super::key_edits::KeyOutcome;
use super::newlines::with_newlines_around;
use super::told;
use super::{entered, first_day};
use crate::app::{AfterEdit, App, Draft};
use crate::domain::{Contact, ContactId, Field};
use crate::error::{Error, Result, label_of};
use crate::render::views::problem::SourceText;
use crate::render::words::messages::typed_name;
use crate::store::{self, BookFile, Edit, Failure, Problem, Refused, StoreError};

/// How the comment starts that lists the other keys.
const OTHER_KEYS: &str = "other keys: ";

/// Opens the editor at the contact, again and again until what comes back is sound or the user gives up. What was
/// typed is never lost: what cannot be used is kept in a file.
///
/// Nobody waits for an editor: the book is only read here, and locked when the text comes back.
pub(super) fn edit(app: &mut App, name: &[String], now: bool) -> Result<()> {
    let file = &app.open()?;
    let contact = app.pick_one(file.book(), name)?;
    app.check_may_edit(&typed_name(&file.book().contact(contact).name))?;
    if !app.dry_run {
        file.storage().check_writable()?;
    }
    let page = ContactPage::of(file, contact)?;
    let draft = Draft::new(file.storage(), &page.start)?;
    app.until_taken(draft, |app, typed| {
        let typed = &with_newlines_around(&page.before, typed);
        let text = page.text(typed);
        if text.trim_end_matches(['\r', '\n']) == page.before.trim_end_matches(['\r', '\n']) {
            app.line("Nothing changed")?;
            return Ok(AfterEdit::Done);
        }
        match app.until_saved(|app| rewrite(app, file, contact, [&page.before, &text], now)) {
            Ok(()) => {
                page.note_unknown_keys(app, typed);
                Ok(AfterEdit::Done)
            }
            Err(Error::Store(StoreError {
                why: Failure::Refused(_, Refused::Invalid(problems)),
                ..
            })) => {
                let problems = problems_as_typed(file, contact, typed).unwrap_or(problems);
                show_problems(app, error, &SourceText::new("your text", typed), &problems);
                edit_again(app, "contact")
            }
            Err(err) => Err(err),
        }
    })
}

/// What the editor shows of a contact.
struct ContactPage {
    /// Its lines in the book.
    before: String,
    /// The same, and a line that lists the other keys.
    start: String,
}

impl ContactPage {
    fn of(file: &BookFile, contact: ContactId) -> Result<Self> {
        let before = file.lines_of(contact)?.to_owned();
        let newline = if before.contains("\r\n") {
            "\r\n"
        } else {
            "\n"
        };
        let end = if before.ends_with('\n') { "" } else { newline };
        let others = other_keys(file.book().contact(contact)).map(|others| others + newline);
        let start = format!("{before}{end}{}", others.unwrap_or_default());
        Ok(Self { before, start })
    }

    /// What was typed without the line that lists the other keys, wherever it is and however it was wrapped.
    fn text(&self, typed: &str) -> String {
        let mut is_after = false;
        let is_kept = |line: &&str| {
            let is_of_contact = || self.before.lines().any(|other| other == line.trim_end());
            let said = line.trim().strip_prefix('#').map(str::trim);
            let is_rest = |said: &str| is_after && !said.is_empty() && self.start.contains(said);
            is_after = said.is_some_and(|said| said.starts_with(OTHER_KEYS) || is_rest(said))
                && !is_of_contact();
            !is_after
        };
        typed.split_inclusive('\n').filter(is_kept).collect()
    }

    /// Tells the keys that are new and that netkeep does not know.
    fn note_unknown_keys(&self, app: &App, typed: &str) {
        let known = store::doubts(&self.before);
        let mut new = store::doubts(typed);
        new.retain(|problem| !known.iter().any(|known| known.message == problem.message));
        show_problems(app, label_of, &SourceText::new("your text", typed), &new);
    }
}

/// A comment with the keys that the contact does not have.
fn other_keys(contact: &Contact) -> Option<String> {
    let fields = Field::ALL.into_iter();
    let fields = fields
        .filter(|field| contact.get(*field).is_none())
        .map(Field::key);
    let promises = contact.promises.is_empty().then_some("promises");
    let touches = contact.touches.is_empty().then_some("touches");
    let keys: Vec<&str> = fields.chain(promises).chain(touches).collect();
    let keys = keys.join(", ");
    (!keys.is_empty()).then(|| format!("# {OTHER_KEYS}{keys} (netkeep help book)"))
}

/// What is wrong with a text as it was typed, with the line that lists the other keys: its places are those in the editor.
fn problems_as_typed(file: &BookFile, contact: ContactId, typed: &str) -> Option<Vec<Problem>> {
    let text = typed.to_owned();
    match file.change(&[Edit::Rewrite { contact, text }]).err()?.why {
        Failure::Refused(_, Refused::Invalid(problems)) => Some(problems),
        _ => None,
    }
}

/// Puts the new lines into the book as it is now: it may have changed while the editor was open.
fn rewrite(
    app: &mut App,
    opened: &BookFile,
    contact: ContactId,
    [before, text]: [&str; 2],
    now: bool,
) -> Result<()> {
    let file = app.open_to_change()?;
    let name = &opened.book().contact(contact).name;
    let is_it = |id: &ContactId| {
        file.book().contact(*id).name == *name
            && file.lines_of(*id).is_ok_and(|lines| lines == before)
    };
    let is_there = |id: &ContactId| id.0 < file.book().contacts.len() && is_it(id);
    let there = Some(contact).filter(is_there);
    let Some(contact) = there.or_else(|| file.book().ids().find(is_it)) else {
        return Err(Error::ChangedWhileEditing(name.clone()));
    };
    let rewrite = |text: String| file.change(&[Edit::Rewrite { contact, text }]);
    let mut change = rewrite(text.to_owned())?;
    let [old, new] = [file.book(), &change.book].map(|book| book.contact(contact));
    let typed = KeyOutcome::between(old, new);
    let planned = change.book.contact(contact).next.as_ref();
    let is_typed = planned.is_some_and(|_| planned != file.book().contact(contact).next.as_ref());
    let next = first_day(file.book(), &change.book, contact, app.today);
    let next = next.filter(|_| !is_typed && !now);
    // A text that cannot be added to stays as it was typed.
    if let Some(text) = next.and_then(|next| store::with_plan(text, next)) {
        change = rewrite(text)?;
    }
    if let Some(change) = app.save_change(&file, change)? {
        let [old, new] = [file.book(), &change.book];
        app.note_lost_introductions(old, new, contact);
        let told = told::told(&typed, app.today);
        let entered = entered(old, new, contact, app.today);
        let parts: Vec<String> = told.into_iter().chain(entered).collect();
        let name = &new.contact(contact).name;
        app.line(match parts.as_slice() {
            [] => format!("Changed {name}"),
            parts => format!("Changed {name}: {}", parts.join("; ")),
        })?;
    }
    Ok(())
}
