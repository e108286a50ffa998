//! `check --recover`: puts back what an older copy of the book, saved over a newer one, wiped.

use crate::app::App;
use crate::error::Result;
use crate::render::words::missing::{are, missing, restored};
use crate::store::{Change, Detail, ValueConflict, read};

/// The most that is named one by one.
const TOLD: usize = 10;

/// Puts back what was wiped, as one change.
pub(super) fn recover(app: &mut App) -> Result<()> {
    let file = app.open_to_change_quietly(Detail::All)?;
    let Some(wiped) = file.recoverable() else {
        return app.line("Nothing to restore");
    };
    let (before, after) = &wiped.books;
    let back = missing(before, after, app.today);
    let parsed = wiped.text.and_then(|text| Some((read(&text).ok()?, text)));
    let Some((parsed, text)) = parsed else {
        app.note(format!(
            "{} not restored: netkeep cannot merge it",
            are(&back)
        ));
        app.hint("`netkeep undo --list` tells what was written");
        return app.line("Nothing to restore");
    };
    let change = Change {
        text: text.into(),
        book: parsed.book,
    };
    if app.save_change(&file, change)?.is_none() {
        return Ok(());
    }
    for what in back.iter().take(TOLD) {
        app.line(restored(what))?;
    }
    if back.len() > TOLD {
        app.line(format!("Restored {} more", back.len() - TOLD))?;
    }
    for conflict in &wiped.conflicts {
        app.note(stays(conflict));
    }
    Ok(())
}

/// Says that a value that was typed stays, and which one it replaced.
fn stays(conflict: &ValueConflict) -> String {
    let [wiped, typed] = conflict.values.each_ref().map(|value| value.trim());
    let of = conflict.contact.as_ref();
    let of = of.map_or(String::new(), |name| format!(" of {name}"));
    format!(
        "the {}{of} stays {typed}; it was {wiped} before",
        conflict.key
    )
}
