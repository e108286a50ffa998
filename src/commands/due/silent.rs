//! Who rests or fades, and for how long they have been silent.

use crate::app::App;
use crate::domain::find::filter::Filter;
use crate::domain::planning::rhythm;
use crate::error::Result;
use crate::render::json;
use crate::render::views::tables;
use crate::store::ReadOnlyBook;

/// Answers with the resting, or else with the fading.
pub(super) fn answer(
    app: &mut App,
    file: &mut ReadOnlyBook,
    filter: &Filter,
    is_resting: bool,
) -> Result<()> {
    let today = app.today;
    let mut silent = if is_resting {
        rhythm::resting(file.book(), today)
    } else {
        rhythm::fading(file.book(), today)
    };
    silent.retain(|one| filter.takes(file.book().contact(one.id)));
    file.fill(silent.iter().map(|one| one.id))?;
    let book = file.book();
    let (key, nobody, hint) = if is_resting {
        let hint = "`netkeep log NAME --in` ends it when they answer; so does any other touch";
        ("resting", "Nobody rests", hint)
    } else {
        let hint = "`netkeep move NAME BUCKET` keeps someone in the loop";
        ("fading", "Nobody fades", hint)
    };
    app.answer(
        || json::silent(book, key, &silent, today),
        |sink| match silent.as_slice() {
            [] => sink.sentence(nobody),
            silent => tables::silent(sink, book, silent, today, is_resting),
        },
    )?;
    if !silent.is_empty() && !app.json {
        app.out.flush()?;
        app.hint(hint);
    }
    Ok(())
}
