use clap::Args;

use crate::app::{App, pick};
use crate::domain::Contact;
use crate::error::{Error, Result};
use crate::render::{Ink, Text, plural};
use crate::store::{Edit, copies_naming, mentions, purge, remembered};

/// Take contacts out of the book
///
/// Takes out their lines and the comments that are theirs, and prints what it took out. `netkeep undo` brings them back,
/// unless they were purged.
#[derive(Args, Debug)]
pub(crate) struct RemoveArgs {
    /// A name, or enough of it to match one contact (can be repeated)
    #[arg(required = true, value_name = "NAME")]
    names: Vec<String>,
    /// Take them out of every older version too, as privacy law asks; there is no way back
    #[arg(long)]
    purge: bool,
}

pub(crate) fn run(app: &mut App, args: &RemoveArgs) -> Result<()> {
    let file = app.open_to_change()?;
    let is_gone = |name: &String| {
        let found = pick::one(file.book(), name);
        matches!(found, Err(Error::NoSuchContact { .. }))
    };
    if args.purge && args.names.iter().all(is_gone) {
        drop(file);
        return forget(app, &args.names);
    }
    let ids = pick::all(file.book(), &args.names)?;
    let edits: Vec<Edit> = ids.iter().map(|&id| Edit::Remove(id)).collect();

    let people: Vec<Contact> = ids
        .iter()
        .map(|id| file.book().contact(*id).clone())
        .collect();
    let names: Vec<&str> = people.iter().map(|contact| contact.name.as_str()).collect();
    let names = plural::and(&names);
    let is_saved = app.save(&file, &edits)?.is_some();
    if args.purge {
        // The lock is the file's; the history is cleaned under one of its own.
        drop(file);
        return clean(app, &people, &names);
    }
    if !is_saved {
        return Ok(());
    }

    for &id in &ids {
        for line in file.lines_of(id)?.lines() {
            app.sink().line(Text::code(line).ink(Ink::Removed))?;
        }
        app.sink().gap()?;
    }
    app.sink().line(format!("Removed {names}"))?;
    Ok(())
}

/// Purges people who are in the book no longer.
fn forget(app: &mut App, names: &[String]) -> Result<()> {
    let everyone = remembered(&app.shelf()?);
    let ids = pick::all(&everyone, names)?;
    let people: Vec<Contact> = ids.iter().map(|id| everyone.contact(*id).clone()).collect();
    let names: Vec<&str> = people.iter().map(|contact| contact.name.as_str()).collect();
    clean(app, &people, &plural::and(&names))
}

/// Takes `people` out of the history, and tells where they are still named.
fn clean(app: &mut App, people: &[Contact], names: &str) -> Result<()> {
    let mut shelf = app.shelf_to_change()?;
    let purged = purge(&mut shelf, people, app.is_dry_run()).map_err(Error::Unkept)?;
    let done = if app.is_dry_run() {
        "Would purge"
    } else {
        "Purged"
    };
    let cleaned = plural::count(purged.cleaned, "older version", "older versions");
    app.sink()
        .line(format!("{done} {names} from the book and {cleaned}"))?;
    if purged.dropped > 0 {
        let dropped = plural::count(purged.dropped, "older version", "older versions");
        let deletes = if app.is_dry_run() {
            "Would delete"
        } else {
            "Deleted"
        };
        app.sink().line(format!(
            "{deletes} {dropped} that cannot be read or name them elsewhere: `netkeep undo` does not go back there"
        ))?;
    }
    let text = String::from_utf8_lossy(shelf.bytes().unwrap_or_default()).into_owned();
    let lines = mentions(&text, people);
    for (number, line) in lines.into_iter().filter(|_| !app.is_dry_run()) {
        let place = format!("{}:{number}", shelf.path().display());
        app.note("note", &format!("still named at {place}: {}", line.trim()));
    }
    for path in copies_naming(&shelf, people) {
        app.note(
            "note",
            &format!("still named in {}; delete it", path.display()),
        );
    }
    Ok(())
}
