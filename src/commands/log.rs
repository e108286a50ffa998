mod channel;
mod move_touch;
mod plan;
mod promised;

use clap::Args;

use self::channel::usual;
use self::plan::TouchPlan;
use self::promised::{PromiseChange, PromiseOptions};
use crate::app::App;
use crate::domain::due::rule::{Quiet, standing};
use crate::domain::{Book, Contact, ContactId};
use crate::error::Result;
use crate::render::words::messages;
use crate::render::words::plural::count;
use crate::store::Detail;

/// Record a touch, with one or several people
///
/// Adds one line to each contact's touches; the clock of the cadence starts again. A plan without a reason is done by
/// any touch, one with a reason (`--next "DATE: WHAT"`) by a touch on or after its day. A promise is only done by `--done`.
/// With `--amend`, `--next`, `--promise` and `--done` change what is to come and no touch.
#[derive(Args, Debug, Default)]
#[command(
    before_help = "Examples:\n  netkeep log ana -v call -m \"budget approved\"\n  netkeep log bo sean -v event -d yesterday --promise \"fri: send photos\""
)]
pub(crate) struct LogArgs {
    /// A name, or enough of it to match one contact (can be repeated)
    #[arg(required = true, value_name = "NAME")]
    names: Vec<String>,
    /// The channel: call, email, message, social, meeting, letter, event, gift, or a word of your own. Without it, the one last
    /// used with them, else the one in `[defaults]` of the book; `-v ""` is none
    #[arg(short = 'v', long, value_name = "CHANNEL")]
    via: Option<String>,
    /// The day, if not today: "yesterday", "fri", "3 days ago", 2026-11-10
    #[arg(short, long, allow_hyphen_values = true)]
    date: Option<String>,
    /// A line about it
    #[arg(short = 'm', long = "note", value_name = "NOTE")]
    note: Option<String>,
    /// What you gave or offered: an introduction, an hour, a hint
    #[arg(long, value_name = "TEXT")]
    gave: Option<String>,
    /// What you got, or asked for
    #[arg(long, value_name = "TEXT")]
    got: Option<String>,
    /// You reached out and have no answer yet
    #[arg(long, conflicts_with = "in")]
    out: bool,
    /// They reached out
    #[arg(long)]
    r#in: bool,
    /// Plan the next touch, in place of what was planned: "fri", or "fri: lunch"
    #[arg(long, value_name = "DATE[: WHAT]", allow_hyphen_values = true)]
    next: Option<String>,
    #[command(flatten)]
    promises: PromiseOptions,
    /// Change the newest touch instead of adding one
    #[arg(long)]
    amend: bool,
    /// With --amend: move the newest touch, or the one on the day given by -d, to the right person
    #[arg(long, value_name = "NAME", requires = "amend", conflicts_with_all = ["next", "promise", "done"])]
    to: Option<String>,
    /// Delete the newest touch, or the one on the day given by -d
    #[arg(long, conflicts_with_all = ["amend", "via", "note", "gave", "got", "out", "in", "next", "promise", "done"])]
    delete: bool,
}

impl LogArgs {
    /// A touch with a person by a channel, perhaps one without an answer yet.
    pub(super) fn of(name: String, via: String, out: bool) -> Self {
        Self {
            names: vec![name],
            via: Some(via),
            out,
            ..Self::default()
        }
    }
}

pub(crate) fn run(app: &mut App, args: &LogArgs) -> Result<()> {
    if let Some(to) = &args.to {
        return move_touch::run(app, args, to);
    }
    let via = channel::typed(app, args)?;
    let mut file = app.open_to_change_in(Detail::Names)?;
    if let Some(err) = channel::among_names(file.book(), args) {
        return Err(err);
    }
    let ids = app.pick_all(file.book(), &args.names)?;
    file.fill(&ids);
    let book = file.book();
    let plan = TouchPlan::of(app, args, via)?;

    let mut edits = Vec::new();
    let mut promises = Vec::new();
    for &id in &ids {
        let takes_plan = plan.takes_plan(book.contact(id));
        let change = PromiseChange::of(app, &args.promises, book, id, takes_plan)?;
        edits.extend(plan.edits(book, id, &change)?);
        promises.push(change);
    }
    let Some(change) = app.save(&file, &edits)? else {
        return Ok(());
    };

    for (id, promises) in ids.into_iter().zip(promises) {
        say(app, args, &plan, book.contact(id), &change.book, id)?;
        say_to_come(app, args, book.contact(id), &change.book, id, &promises)?;
    }
    // The process is about to end, and freeing so much memory piece by piece takes time.
    std::mem::forget(file);
    Ok(())
}

fn say(
    app: &mut App,
    args: &LogArgs,
    plan: &TouchPlan,
    before: &Contact,
    book: &Book,
    id: ContactId,
) -> Result<()> {
    let today = app.today;
    let after = book.contact(id);
    let name = &after.name;
    let standing = standing(book, id, today);
    let due = messages::due(&standing, today);
    if args.delete {
        if let Ok(gone) = plan.named_touch(before) {
            let gone = &before.touches[gone];
            let touch = messages::touch(gone, name, today);
            let note = gone.note().map(|note| format!(": {note}"));
            let note = note.unwrap_or_default();
            app.line(format!("Deleted {touch}{note}; {due}"))?;
        }
        return Ok(());
    }
    let (done, touch) = match before.newest_touch(today) {
        _ if !args.amend => ("Logged", after.touches.last()),
        Some(newest) if plan.changes_a_touch() => ("Amended", after.touches.get(newest)),
        _ => ("", None),
    };
    if let Some(touch) = touch {
        let logged = messages::touch(touch, name, today);
        if !args.amend && before.touches.contains(touch) {
            let name = messages::quoted(name);
            app.note(format!(
                "{logged} was logged already; `netkeep log --delete {name}` deletes one"
            ));
        }
        let assumed = usual(args, book, before, today).map_or("", |(_, source)| source);
        app.line(format!("{done} {logged}{assumed}; {due}"))?;
    }
    Ok(())
}

/// Says what became of the plan and of promises, and whether they rest.
fn say_to_come(
    app: &mut App,
    args: &LogArgs,
    before: &Contact,
    book: &Book,
    id: ContactId,
    promises: &PromiseChange,
) -> Result<()> {
    if args.delete {
        return Ok(());
    }
    let (after, today) = (book.contact(id), app.today);
    let name = &after.name;
    let (was, is) = (before.next.as_ref(), after.next.as_ref());
    let is_done = promises.takes_out_plan();
    for line in messages::plan(was, is, name, args.next.is_some(), is_done, today) {
        app.line(line)?;
    }
    for line in promises.lines(app, book, id) {
        app.line(line)?;
    }
    say_rest(app, book, id)
}

/// Says that a contact rests now.
fn say_rest(app: &mut App, book: &Book, id: ContactId) -> Result<()> {
    let (contact, today) = (book.contact(id), app.today);
    let name = &contact.name;
    let standing = standing(book, id, today);
    if standing.quiet == Some(Quiet::Resting) && standing.cadence.is_some() {
        let times = count(contact.unanswered(today), "touch", "touches");
        let quoted = messages::typed_name(name);
        app.line(format!(
            "{name} rests now: {times} without an answer; `netkeep log {quoted} --in` ends it when they answer"
        ))?;
    }
    Ok(())
}
