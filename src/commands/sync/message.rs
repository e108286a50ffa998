//! The messages of commits: what changed, as `undo --list` tells it.

use crate::app::App;
use crate::commands::undo::numbered;
use crate::domain::Book;
use crate::domain::changes::book_change::BookChange;
use crate::render::words::changed::{changed, changes};
use crate::render::words::plural::count;
use crate::render::words::steps::what;
use crate::store::{BookFile, book_in, read};

/// The most changes that are looked for, and that are listed.
const LOOKED_AT: usize = 60;
const LISTED: usize = 30;

/// The message of the commit that tells git how a book is merged.
pub(super) const ATTRIBUTE: &str = "Let netkeep merge the book";

/// The message of a commit of the book as `file` has it; `before` is the book of the last commit.
pub(super) fn of_changes(app: &App, file: &BookFile, before: Option<&[u8]>) -> String {
    let storage = file.storage();
    let steps = before.and_then(|before| storage.changes_since(before, LOOKED_AT));
    let steps = steps.unwrap_or_default();
    let mut steps: Vec<String> = numbered(app.today, steps).map(|step| step.what).collect();
    steps.reverse();
    if let [step] = steps.as_slice() {
        return step.clone();
    }
    let is_undone = before.is_some_and(|before| storage.is_undone(before, LOOKED_AT));
    let (before, purged) = before.map(|before| known(file, before)).unwrap_or_default();
    let change = BookChange::between(&before, file.book());
    if steps.is_empty() {
        let by = if is_undone { "undo" } else { "book" };
        return match purged {
            0 => what(by, &change, app.today),
            // A name would stay in the history of git.
            purged => format!("{by}: {}", with_purged(&change, purged)),
        };
    }
    let mut message = changes(steps.len(), &change) + "\n";
    for step in steps.iter().take(LISTED) {
        message += &format!("\n- {step}");
    }
    if steps.len() > LISTED {
        message += &format!("\n- and {} more", steps.len() - LISTED);
    }
    message
}

/// The book in the last commit without those who were purged since, and how many those are.
fn known(file: &BookFile, before: &[u8]) -> (Book, usize) {
    let text = str::from_utf8(before).unwrap_or_default();
    let Ok(parsed) = read(text) else {
        return Default::default();
    };
    let purged = file.storage().purged();
    match purged.taken_out(text, &parsed, file.book()) {
        Ok((without, purged @ 1..)) => (book_in(without.as_bytes()).unwrap_or_default(), purged),
        _ => (parsed.book, 0),
    }
}

/// `city of Bo Lind; 2 people purged`.
fn with_purged(change: &BookChange, purged: usize) -> String {
    let purged = count(purged, "person purged", "people purged");
    if change.is_empty() {
        return purged;
    }
    format!("{}; {purged}", changed(change))
}

/// The message of a merge of what `there` has; `change` is what it changed here.
pub(super) fn of_merge(there: &str, change: Option<&BookChange>) -> String {
    let changed = change.map_or_else(String::new, |change| format!(": {}", changed(change)));
    format!("Merge {there}{changed}")
}

/// The message of the commit of a book that joins the one that was there.
pub(super) fn of_join(there: Option<&String>, book: &Book) -> String {
    let there = there.and_then(|there| book_in(there.as_bytes()));
    let there = there.unwrap_or_default();
    let change = BookChange::between(&there, book);
    format!("Join the book of another machine: {}", changed(&change))
}
