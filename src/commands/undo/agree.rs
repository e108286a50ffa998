//! Asks before several steps, or an edit by hand, are undone.

use super::numbered::numbered;
use crate::app::App;
use crate::app::ask::AnswerSource;
use crate::error::Result;
use crate::render::views::steps::{Step, steps};
use crate::store::{Storage, UndoStep};

/// Shows what would be undone, and asks whether to.
pub(super) fn agree(app: &mut App, storage: &Storage, step: &UndoStep) -> Result<bool> {
    if storage.is_last_by_hand() {
        // What is wrong with the book comes before what was edited: it is what one looks for.
        if let Err(err) = app.open_quietly() {
            app.show(|sink| err.write(sink));
        }
        show_edit(app, storage)?;
    }
    let shown: Vec<Step> = numbered(app.today, storage.past_changes(step.changes)).collect();
    let today = app.today;
    app.show(|sink| steps(sink, &shown, today));
    let question = match step.changes {
        1 => "Undo it?".to_owned(),
        changes => format!("Undo these {changes}?"),
    };
    app.confirm(AnswerSource::Input, &question, true)
}

/// Shows what was edited by hand last.
fn show_edit(app: &mut App, storage: &Storage) -> Result<()> {
    let before = storage.before();
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    let [old, new] = [before.as_deref(), storage.bytes()].map(|bytes| text(bytes.unwrap_or(&[])));
    app.show_diff(storage.path(), &old, &new)
}
