//! netkeep without a command: the week or, where there is nobody yet, how to start.

use super::add::NEW_BOOK;
use super::due::{self, DueArgs};
use crate::app::App;
use crate::domain::Book;
use crate::error::{Error, Result};
use crate::render::json;
use crate::render::views::start;
use crate::store::{self, Detail};

/// The command that it stands for.
pub(crate) const ALONE: &str = "due";

pub(crate) fn run(app: &mut App) -> Result<()> {
    let file = match app.read(Detail::Days) {
        Err(err @ Error::NoBook(_)) if app.json => {
            // Nothing failed, as with `due`.
            return app.document(&json::failed(err.document(0)));
        }
        Err(err @ Error::NoBook(_)) => {
            let new = store::book_in(NEW_BOOK.as_bytes()).unwrap_or_default();
            return how_to_start(app, &err.to_string(), &new);
        }
        read => read?,
    };
    if file.book().contacts.is_empty() && file.shrunken().is_none() && !app.json {
        let said = format!("the book at {} has no contacts yet", app.path().display());
        return how_to_start(app, &said, file.book());
    }
    due::run_on(app, &DueArgs::default(), file)
}

fn how_to_start(app: &mut App, said: &str, book: &Book) -> Result<()> {
    Ok(start::start(&mut app.sink(), said, book)?)
}
