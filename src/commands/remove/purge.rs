//! Removing people for good.
//!
//! An older version may have the person under another name or address, and may mention others. So all older versions are
//! deleted: no trace is left, and no one is mistaken for someone else.

use std::path::PathBuf;

use crate::app::App;
use crate::app::ask::AnswerSource;
use crate::domain::find::by_name::NameIndex;
use crate::domain::{Book, Contact, ContactId};
use crate::error::{Error, Result};
use crate::render::json;
use crate::render::words::plural;
use crate::store::{BookFile, CardFolder, CardSource, Edit, Storage, book_in, mentions};

/// Asks whether to purge the people with these whole names, if a person is there to ask: nothing undoes it. The book is not
/// locked meanwhile.
pub(super) fn agree(app: &mut App, names: &[String]) -> Result<bool> {
    let source = AnswerSource::Input;
    if app.dry_run || !app.json && !app.has_person(source) {
        return Ok(true);
    }
    let file = app.open()?;
    let (_, people) = pick(app, &file, names)?;
    let versions = plural::count(
        file.storage().versions().len(),
        "older version",
        "older versions",
    );
    let who = all_names(&people);
    let question = format!("Purge {who}, and delete {versions} of the book? This cannot be undone");
    app.confirm(source, &question, false)
}

/// Removes the people with these whole names from the book, if they are in it, and deletes every older version.
pub(super) fn purge(app: &mut App, names: &[String]) -> Result<()> {
    let file = app.open_to_change()?;
    let (ids, people) = pick(app, &file, names)?;
    // As the question counted them: the removal makes one more.
    let count = file.storage().versions().len();
    let edits: Vec<Edit> = ids.iter().map(|&id| Edit::Remove(id)).collect();
    if !edits.is_empty() {
        app.save(&file, &edits)?;
    }
    let left = file.book().contacts.len() - ids.len();
    // The file has the lock, and deleting the history needs it.
    drop(file);

    let mut storage = app.storage_to_change()?;
    let (is_dry_run, stamp) = (app.dry_run, app.stamp());
    let drafts = storage.drafts_naming(&people);
    if !is_dry_run {
        app.has_saved = true;
        // Before anything is deleted: no copy brings them back then, however this ends.
        storage.remember_purged(&people).map_err(Error::Unkept)?;
        storage
            .forget(left, &drafts, stamp)
            .map_err(Error::Unkept)?;
        storage
            .forget_cards_naming(&people)
            .map_err(Error::Unkept)?;
        // The addresses of everyone who wrote are in it.
        app.forget_sources().map_err(Error::Unkept)?;
        app.forget_report().map_err(Error::Unkept)?;
    }
    app.record_no_way_back();
    app.answer_more("versions", || json::versions(count));
    let versions = plural::count(count, "older version", "older versions");
    let would = if is_dry_run { "Would purge" } else { "Purged" };
    let who = all_names(&people);
    app.line(format!(
        "{would} {who}, and {versions} of the book with them: `netkeep undo` starts over"
    ))?;
    if app
        .repository()
        .is_ok_and(|found| found.is_some_and(|it| it.has_book()))
    {
        app.note(
            "git keeps every version of the book that was committed, here and wherever it was pushed: a purge does not reach \
             those",
        );
    }
    if !drafts.is_empty() {
        let drafts = plural::count(drafts.len(), "draft", "drafts");
        app.line(format!("{would} {drafts} that an editor left"))?;
    }
    if !is_dry_run {
        let text = String::from_utf8_lossy(storage.bytes().unwrap_or_default()).into_owned();
        for (number, line) in mentions(&text, &people) {
            let place = format!("{}:{number}", storage.path().display());
            app.note(format!("still named at {place}: {}", line.trim()));
        }
    }
    let book = book_of(&storage);
    for path in cards_naming(app, &book, &people)? {
        let path = path.display();
        app.note(format!(
            "still named in {path}; `netkeep sync` asks whether to delete it"
        ));
    }
    let copies = storage.copies_beside(&book);
    for path in storage.files_naming(&people) {
        let is_copy = |name: &String| path == storage.folder().join(name);
        let what = if copies.synced.iter().any(is_copy) {
            "`netkeep sync` joins it without them"
        } else {
            "delete it if it is yours to delete"
        };
        let path = path.display();
        app.note(format!("still named in {path}; {what}"));
    }
    Ok(())
}

/// What the book says, as far as it can be read.
fn book_of(storage: &Storage) -> Book {
    storage.bytes().and_then(book_in).unwrap_or_default()
}

/// The cards of the book that still name one of `people`.
fn cards_naming(app: &App, book: &Book, people: &[Contact]) -> Result<Vec<PathBuf>> {
    let Some(written) = &book.sync.cards else {
        return Ok(vec![]);
    };
    let Some(folder) = CardFolder::open(&app.beside_book(written)?)? else {
        return Ok(vec![]);
    };
    let names_one = |card: &CardSource| {
        let text = String::from_utf8_lossy(card.bytes());
        !mentions(&text, people).is_empty()
    };
    let cards = folder.read()?.cards.into_iter().filter(names_one);
    Ok(cards.map(|card| folder.path().join(card.name)).collect())
}

fn all_names(people: &[Contact]) -> String {
    let names = people.iter().map(|contact| contact.name.as_str());
    plural::and(&names.collect::<Vec<_>>())
}

/// The contacts in the book with these names, and all who have them, some only in older versions.
fn pick(app: &App, file: &BookFile, names: &[String]) -> Result<(Vec<ContactId>, Vec<Contact>)> {
    let book = file.book();
    let everyone = file.storage().everyone_ever();
    let (mut ids, mut people) = (Vec::new(), Vec::new());
    // Several words are one name if someone has it, whether in the book or in an older version.
    let joint = [names.join(" ")];
    let is_whole = |name: &String| {
        let mut books = [book, &everyone].into_iter();
        books.any(|book| !NameIndex::of(book).whole(name).is_empty())
    };
    let is_one = names.len() > 1 && is_whole(&joint[0]);
    if is_one && names.iter().all(is_whole) {
        return Err(Error::usage(
            format!(
                "`{}` is one person's name, and each word another's",
                joint[0]
            ),
            "write each name as one, in quotes or with hyphens for its blanks",
        ));
    }
    let names = if is_one { &joint } else { names };
    for typed in names {
        let contact = match app.pick_whole(book, typed) {
            Ok(id) if ids.contains(&id) => continue,
            Ok(id) => {
                ids.push(id);
                book.contact(id)
            }
            // Who is gone from the book may still be in the history.
            Err(err @ (Error::NoSuchContact { .. } | Error::NotWhole { .. })) => {
                match app.pick_whole(&everyone, typed) {
                    Ok(id) => everyone.contact(id),
                    Err(_) => return Err(err),
                }
            }
            Err(err) => return Err(err),
        };
        people.push(contact.clone());
    }
    Ok((ids, people))
}
