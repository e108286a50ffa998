//! The messages of commits: what changed, as `undo --list` tells it.

use crate::app::App;
use crate::commands::undo::numbered;
use crate::domain::Book;
use crate::domain::changes::book_change::BookChange;
use crate::render::words::steps::{changed, changes, what};
use crate::store::{BookFile, book_in};

/// The most changes that are looked for, and that are listed.
const LOOKED_AT: usize = 60;
const LISTED: usize = 30;

/// The message of the commit that tells git how a book is merged.
pub(super) const ATTRIBUTE: &str = "Let netkeep merge the book";

/// The message of a commit of the book as `file` has it; `before` is the book of the last commit.
pub(super) fn of_changes(app: &App, file: &BookFile, before: Option<&[u8]>) -> String {
    let steps = before.and_then(|before| file.storage().changes_since(before, LOOKED_AT));
    let steps = steps.unwrap_or_default();
    let mut steps: Vec<String> = numbered(app.today, steps).map(|step| step.what).collect();
    steps.reverse();
    if let [step] = steps.as_slice() {
        return step.clone();
    }
    let empty = Book::default();
    let before = before.and_then(book_in).unwrap_or(empty);
    let change = BookChange::between(&before, file.book());
    if steps.is_empty() {
        return what("book", &change, app.today);
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
