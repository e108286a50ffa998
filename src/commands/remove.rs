use clap::Args;

use crate::app::{App, pick};
use crate::domain::Contact;
use crate::error::{Error, Result};
use crate::render::{Ink, Text, plural};
use crate::store::{Edit, mentions, purge, remembered};

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

    if app.save(&file, &edits)?.is_none() {
        return Ok(());
    }

    let people: Vec<Contact> = ids
        .iter()
        .map(|id| file.book().contact(*id).clone())
        .collect();
    let names: Vec<&str> = people.iter().map(|contact| contact.name.as_str()).collect();
    let names = plural::and(&names);
    if args.purge {
        // The lock is the file's; the history is cleaned under one of its own.
        drop(file);
        return clean(app, &people, &names);
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
    let shelf = app.shelf()?;
    let mut people = Vec::new();
    for typed in names {
        let found = remembered(&shelf, typed);
        if found.is_empty() {
            let (typed, near) = (typed.clone(), vec![]);
            return Err(Error::NoSuchContact { typed, near });
        }
        people.extend(found);
    }
    drop(shelf);
    clean(
        app,
        &people,
        &plural::and(&names.iter().map(String::as_str).collect::<Vec<_>>()),
    )
}

/// Takes `people` out of the history, and tells where they are still named.
fn clean(app: &mut App, people: &[Contact], names: &str) -> Result<()> {
    if app.is_dry_run() {
        return Ok(());
    }
    let mut shelf = app.shelf_to_change()?;
    let purged = purge(&mut shelf, people).map_err(Error::Unkept)?;
    let cleaned = plural::count(purged.cleaned, "older version", "older versions");
    let dropped = match purged.dropped {
        0 => String::new(),
        dropped => format!("; {dropped} more that named them elsewhere went as a whole"),
    };
    app.sink().line(format!(
        "Purged {names} from the book and {cleaned}{dropped}"
    ))?;
    let text = String::from_utf8_lossy(shelf.bytes().unwrap_or_default()).into_owned();
    for (number, line) in mentions(&text, people) {
        let place = format!("{}:{number}", shelf.path().display());
        app.note("note", &format!("still named at {place}: {}", line.trim()));
    }
    Ok(())
}
