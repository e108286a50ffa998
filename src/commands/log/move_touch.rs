//! `log --amend --to`: a touch that was logged with the wrong person.

use super::args::LogArgs;
use super::channel;
use super::plan::TouchPlan;
use super::say::{ignored, note, note_repeated, say_rest};
use crate::app::App;
use crate::domain::due::rule::standing;
use crate::domain::{Book, ContactId, Touch};
use crate::error::{Error, Result};
use crate::render::words::messages;
use crate::render::words::never::due_or_remedy;
use crate::store::Detail;

/// Moves the newest touch, or the one on the day of `-d`, to the person whose name is `to`.
pub(super) fn run(app: &mut App, args: &LogArgs, to: &str) -> Result<()> {
    let via = channel::typed(app, args)?;
    let mut file = app.open_to_change_in(Detail::Names)?;
    let ids = app.pick_all(file.book(), &args.names)?;
    let [from] = ids.as_slice() else {
        return Err(Error::usage(
            "`--to` moves the touch of one person, and takes one argument",
            "write a name of several words as one: `--to 'bo lind'` or `--to bo-lind`",
        ));
    };
    let (from, to) = (*from, app.pick(file.book(), to)?);
    file.fill(&[from, to]);
    let book = file.book();
    if from == to {
        return Err(Error::TouchOf(book.contact(to).name.clone()));
    }
    let plan = TouchPlan::of(app, args, via)?;
    let index = plan.named_touch(book.contact(from))?;
    let edits = plan.move_edits(book, (from, index), to);
    let Some(change) = app.save(&file, &edits)? else {
        return Ok(());
    };

    if let Some(others) = plan.others_on_day(book.contact(from)) {
        app.note(others);
    }
    let was = &book.contact(from).touches[index];
    let at = book.contact(to).place_for(was.on);
    say(app, book, &change.book, (from, was), (to, at))?;
    std::mem::forget(file);
    Ok(())
}

fn say(
    app: &mut App,
    before: &Book,
    book: &Book,
    (from, was): (ContactId, &Touch),
    (to, at): (ContactId, usize),
) -> Result<()> {
    let today = app.today;
    let due = |id| due_or_remedy(book, &standing(book, id, today), today);
    let (giver, taker) = (book.contact(from), book.contact(to));
    let touch = &taker.touches[at];
    let moved = messages::touch(touch, &taker.name, today);
    if before.contact(to).touches.contains(touch) {
        note_repeated(app, &moved, &taker.name);
    }
    app.line(format!(
        "Moved from {}: {moved}{}; {}",
        giver.name,
        note(touch),
        due(to)
    ))?;
    let ignored = ignored(book, was, giver);
    app.line(format!("{}: {}{ignored}", giver.name, due(from)))?;
    let was = before.contact(to).next.as_ref();
    for line in messages::plan(was, taker, false, false, today) {
        app.line(line)?;
    }
    say_rest(app, book, to)
}
