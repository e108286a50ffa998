//! Who rests or fades, and for how long they have been silent.

use crate::app::App;
use crate::domain::find::filter::Filter;
use crate::domain::planning::rhythm;
use crate::domain::{Book, Contact};
use crate::error::Result;
use crate::render::json;
use crate::render::views::tables;
use crate::render::words::messages::{quoted, typed_name};
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
    let (key, nobody) = if is_resting {
        ("resting", "Nobody rests")
    } else {
        ("fading", "Nobody fades")
    };
    app.answer(
        || json::silent(book, key, &silent, today),
        |sink| match silent.as_slice() {
            [] => sink.sentence(nobody),
            silent => tables::silent(sink, book, silent, today, is_resting),
        },
    )?;
    if let Some(first) = silent.first().filter(|_| !app.json) {
        app.out.flush()?;
        app.hint(hint(book, book.contact(first.id), is_resting));
    }
    Ok(())
}

/// What to type about the first of them, and about any other alike.
fn hint(book: &Book, first: &Contact, is_resting: bool) -> String {
    let name = typed_name(&first.name);
    if is_resting {
        return format!(
            "`netkeep log {name} --in` ends it when they answer; so does any other touch"
        );
    }
    let mut others = book.buckets.iter();
    let other = others.find(|bucket| Some(&bucket.name) != first.bucket.as_ref());
    let bucket = other.map_or("none", |bucket| &bucket.name);
    format!(
        "`netkeep move {name} {}` keeps them in the loop",
        quoted(bucket)
    )
}
