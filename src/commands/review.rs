mod answer;
mod channel_keys;
mod typed_command;
mod week_walk;

use clap::Args;

use self::week_walk::WeekWalk;
use super::due::{DueWho, people_of_week};
use crate::app::App;
use crate::app::keys::Keys;
use crate::domain::planning::week;
use crate::error::Result;
use crate::render::views::due as render;
use crate::render::words::plural::count;

/// Go through the week, one person at a time, with one key each
///
/// Shows the page to read before a call, then asks what to do: `l` logs a touch, `o` opens the mail, the phone or the page
/// and logs what came of it, `a` logs that there is no answer yet, `s` skips this round, `z` snoozes until a day, `g` goes on
/// and changes nothing: each of these leads to the next person. `p` promises, `d` takes out a promise that is done, `n` adds a
/// line to the notes, `e` opens the editor, `v` shows all of a page that was cut to the screen: these stay. `u` undoes the last
/// answer of this walk, `?` shows the keys, `q` stops. Each answer is what the command of that name does: saved at once, and a
/// step of `netkeep undo`. Answers may come from a pipe: a character for each key, and the rest of the line where words are
/// asked for.
#[derive(Args, Debug)]
#[command(
    before_help = "Examples:\n  echo g | netkeep review tomas\n  echo 'l e b budget approved' | netkeep review ana"
)]
pub(crate) struct ReviewArgs {
    #[command(flatten)]
    who: DueWho,
}

/// What to type when nobody is there to answer.
const HINT: &str = "answer from a pipe, or type the commands: `netkeep due` lists who is due, `netkeep log` records a touch";

pub(crate) fn run(app: &mut App, args: &ReviewArgs) -> Result<()> {
    let file = app.open()?;
    let book = file.book();
    let mut people = people_of_week(app, &args.who, book)?;
    let found = people.listed.len();
    people.listed.retain(|standing| file.is_sound(standing.id));
    app.note_unsound(found - people.listed.len());
    if people.listed.is_empty() && found > 0 {
        return app.line("Nobody else to review");
    }
    if people.listed.is_empty() {
        if book.contacts.is_empty() {
            app.hint_to_start(book, file.shrunken());
        }
        return Ok(people.table(&mut app.sink(), book)?);
    }
    app.check_changeable(&file)?;
    let mut keys = Keys::open(HINT)?;
    let ids = people.listed.iter().map(|standing| standing.id);
    let mut walk = WeekWalk::of(book, ids);
    app.say(&format!(
        "{} to review",
        count(people.listed.len(), "contact", "contacts")
    ));
    drop(file);
    let walked = app.walk(&mut keys, &mut walk);
    let walked = walked.and_then(|()| app.end_of_answers(keys));
    if walked.is_err() && app.has_saved {
        app.note("the answers before that are saved");
        // An answer that fails says what became of itself, not of those before it.
        app.has_saved = false;
    }
    walked?;
    say_week(app)?;
    if walk.has_written_last() {
        app.out.flush()?;
        app.hint("`netkeep undo` undoes the last answer");
    }
    Ok(())
}

/// Says where the week stands.
fn say_week(app: &mut App) -> Result<()> {
    let file = app.open_quietly()?;
    let (book, today) = (file.book(), app.today);
    let plan = week::plan(book, today, book.week.touches);
    let shown = plan.listed.len();
    Ok(render::head(
        &mut app.sink(),
        book,
        &plan,
        shown,
        &plan.waiting,
        "",
    )?)
}
