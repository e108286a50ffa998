//! Asks before several steps, or an edit by hand, are undone.

use super::numbered::numbered;
use crate::app::App;
use crate::app::ask::AnswerSource;
use crate::error::{Result, report_all};
use crate::render::views::diff;
use crate::render::views::problem::SourceText;
use crate::render::views::steps::{Step, steps};
use crate::store::{self, Problem, Storage, UndoStep};

/// Shows what would be undone, and asks whether to. `edits` are those by hand among it.
pub(super) fn agree(
    app: &mut App,
    storage: &Storage,
    step: &UndoStep,
    edits: &[[Vec<u8>; 2]],
) -> Result<bool> {
    if !edits.is_empty() {
        show_edits(app, storage, edits)?;
    }
    warn_of_sync(app, storage, step);
    let shown: Vec<Step> = numbered(app.today, storage.past_changes(step.changes)).collect();
    let today = app.today;
    app.show(|sink| steps(sink, &shown, today));
    let question = match step.changes {
        1 => "Undo it?".to_owned(),
        changes => format!("Undo these {changes}?"),
    };
    app.confirm(AnswerSource::Input, &question, true)
}

/// Warns that what another machine did is taken out there too: to git, this book takes it out knowingly.
pub(super) fn warn_of_sync(app: &App, storage: &Storage, step: &UndoStep) {
    if storage.bytes() == Some(step.bytes.as_slice()) {
        return;
    }
    let past = storage.undo_history().past.into_iter();
    let mut undone = past.filter(|version| version.number > step.target.version.number);
    if undone.any(|version| version.by.is_sync()) && matches!(app.repository(), Ok(Some(_))) {
        let (undoes, hint) = if app.dry_run {
            ("would undo", None)
        } else {
            ("undoes", Some("`netkeep undo --redo` keeps it"))
        };
        let told = format!("the next `netkeep sync` {undoes} this on every other machine too");
        app.say_hinted("warning", &told, hint);
    }
}

/// Shows what was edited by hand. What is wrong with the book comes before it: it is what one looks for.
fn show_edits(app: &mut App, storage: &Storage, edits: &[[Vec<u8>; 2]]) -> Result<()> {
    let path = storage.path();
    let named = path.display().to_string();
    let wrong = what_is_wrong(storage);
    app.show_paged(|sink| {
        if let Some((text, problems)) = &wrong {
            report_all(sink, "warning", &SourceText::new(&named, text), problems)?;
        }
        for edit in edits {
            let [old, new] = edit.each_ref().map(|bytes| String::from_utf8_lossy(bytes));
            diff::diff(sink, path, &old, &new)?;
        }
        Ok(())
    })
}

/// Tells what is wrong with the book where nothing is asked.
pub(super) fn tell_what_is_wrong(app: &App, storage: &Storage) {
    if let Some((text, problems)) = what_is_wrong(storage) {
        let path = storage.path().display().to_string();
        app.report("warning", &SourceText::new(&path, text), &problems);
    }
}

/// The text of a book that cannot be read, and why not. Only an edit by hand makes one.
fn what_is_wrong(storage: &Storage) -> Option<(&str, Vec<Problem>)> {
    let text = storage.text().filter(|_| storage.is_last_by_hand())?;
    Some((text, store::read(text).err()?))
}
