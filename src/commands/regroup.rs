use clap::Args;

use crate::app::App;
use crate::app::keys::Keys;
use crate::app::walk::{Decided, choices, ways};
use crate::domain::planning::regroup::{Proposal, RegroupFinding, findings, next_time};
use crate::domain::{Book, Contact, ContactId};
use crate::error::Result;
use crate::render::json;
use crate::render::views::card::card;
use crate::render::views::tables;
use crate::render::words::days;
use crate::render::words::plural::count;
use crate::store::Edit;

/// Review who is in the wrong bucket, twice a year
///
/// Finds contacts whose rhythm is far from their cadence, who rest, who were never touched, or who have no bucket and are
/// touched often, and proposes what to do. One key answers: `y` accepts the proposal, a digit or letter moves to a bucket,
/// `d` drops from the bucket, `k` keeps, `u` goes back one. `q`, Esc and Ctrl-D stop and write what was decided; Ctrl-C leaves
/// and writes nothing. Answers may come from a pipe. After the last one, the day is written to the book, and `netkeep due`
/// says when half a year has passed.
#[derive(Args, Debug)]
#[command(before_help = "Examples:\n  netkeep regroup --list\n  netkeep regroup --done")]
pub(crate) struct RegroupArgs {
    /// Only list them, with the proposals
    #[arg(long)]
    list: bool,
    /// Only record that it is done
    #[arg(long, conflicts_with = "list")]
    done: bool,
}

impl RegroupArgs {
    pub(crate) fn writes(&self) -> bool {
        !self.list
    }
}

const IN_PLACE: &str = "Everybody is where they belong";

/// What to type when nobody is there to answer.
const HINT: &str = "`netkeep regroup --list` lists them; `netkeep move` and `edit` change them, then `regroup --done`";

pub(crate) fn run(app: &mut App, args: &RegroupArgs) -> Result<()> {
    if args.done {
        return write(app, &[], true);
    }
    let file = app.open()?;
    let book = file.book();
    let mut found = findings(book, app.today);
    if args.list {
        let today = app.today;
        return app.answer(
            || json::findings(book, &found, today),
            |sink| match found.as_slice() {
                [] => sink.line(IN_PLACE),
                found => tables::findings(sink, book, found),
            },
        );
    }
    let all = found.len();
    found.retain(|finding| file.is_sound(finding.id));
    app.note_unsound(all - found.len());
    if found.is_empty() && all > 0 {
        return app.line("Nobody else is to be looked at");
    }
    if found.is_empty() {
        drop(file);
        app.line(IN_PLACE)?;
        return write(app, &[], true);
    }
    // A book that cannot be edited at all is reported before the first question.
    file.change(&[])?;
    let mut keys = Keys::open(HINT)?;
    let Some((decided, is_finished)) = ask(app, &mut keys, book, &found)? else {
        return app.line("Nothing was written");
    };
    keys.end()?;
    write(app, &decided, is_finished)
}

/// Asks about each of them; `None` if the user left.
fn ask<'b>(
    app: &mut App,
    keys: &mut Keys,
    book: &'b Book,
    found: &[RegroupFinding<'b>],
) -> Result<Option<(Vec<Decided<Proposal<'b>>>, bool)>> {
    let choices = choices(book);
    app.say(&format!(
        "{} to look at",
        count(found.len(), "contact", "contacts")
    ));
    let ids: Vec<ContactId> = found.iter().map(|finding| finding.id).collect();
    app.walk(
        keys,
        book,
        &ids,
        |app, at| {
            let finding = &found[at];
            let contact = book.contact(finding.id);
            app.show(|sink| {
                card(sink, contact, app.today)?;
                let bucket = contact.bucket.as_deref().unwrap_or("no bucket");
                let reason = tables::reason(finding.reason, book);
                sink.line(format!("  {bucket}; {reason}"))
            });
            let mut question = vec![format!("[y] {}", tables::proposal(finding.proposal))];
            question.extend(choices.parts());
            question.extend(["[d] drop".to_owned(), "[k] keep".to_owned()]);
            question.extend(ways(found.len() - at));
            question
        },
        |at, key| match key {
            'y' => Some(found[at].proposal),
            'd' => Some(Proposal::Drop),
            'k' => Some(Proposal::Keep),
            key => Some(Proposal::Move(choices.bucket(key)?)),
        },
    )
}

/// Writes the decisions, with the day if all were looked at, and reports them.
fn write(app: &mut App, decided: &[Decided<Proposal>], is_finished: bool) -> Result<()> {
    // Another program may have written in the meantime: contacts that changed are left out, and nothing is asked twice.
    app.until_saved(|app| save(app, decided, is_finished))
}

fn save(app: &mut App, decided: &[Decided<Proposal>], is_finished: bool) -> Result<()> {
    let file = app.open_to_change()?;
    let book = file.book();
    let still = app.still_so(book, decided, |decision| match decision {
        Proposal::Move(bucket) => Some(bucket),
        _ => None,
    });
    let is_finished = is_finished && still.len() == decided.len();
    let mut edits = Vec::new();
    let mut lines = Vec::new();
    for (id, decision) in still {
        let before = book.contact(id);
        edits.extend(Edit::between(id, before, &made(*decision, before)));
        lines.extend(said(*decision, before).map(|line| (id, line)));
    }
    if is_finished {
        edits.push(Edit::Regrouped(app.today));
    }
    if lines.is_empty() && !is_finished {
        return app.line("Nothing to write");
    }
    let (change, left) = app.change_most(&file, &edits)?;
    if app.save_change(&file, change)?.is_none() {
        return Ok(());
    }

    for (_, line) in lines.iter().filter(|(id, _)| !left.contains(id)) {
        app.line(line.as_str())?;
    }
    let line = if is_finished {
        let next = days::date(next_time(app.today), app.today);
        format!("Regrouped; next time: {next}")
    } else {
        "Not all were looked at: `netkeep regroup` shows those that are left, and those that you kept".to_owned()
    };
    app.line(line)
}

/// The contact after the decision.
fn made(decision: Proposal, contact: &Contact) -> Contact {
    let mut made = contact.clone();
    match decision {
        Proposal::Move(bucket) => made.bucket = Some(bucket.to_owned()),
        Proposal::Cadence(cadence) => made.cadence = Some(cadence),
        // A cadence of their own, or a day without a promise, would go on asking.
        Proposal::Drop => {
            (made.bucket, made.cadence) = (None, None);
            made.next = made.next.filter(|next| next.what.is_some());
        }
        Proposal::Keep => {}
    }
    made
}

fn said(decision: Proposal, contact: &Contact) -> Option<String> {
    let (name, from) = (&contact.name, contact.bucket.as_deref());
    Some(match (decision, from) {
        (Proposal::Move(to), Some(from)) if from == to => return None,
        (Proposal::Move(to), Some(from)) => format!("Moved {name} from {from} to {to}"),
        (Proposal::Move(to), None) => format!("Moved {name} to {to}"),
        (Proposal::Cadence(cadence), _) => format!("Set the cadence of {name} to {cadence}"),
        (Proposal::Drop, Some(from)) => format!("Dropped {name} from {from}"),
        (Proposal::Drop, None) => format!("Dropped {name}"),
        (Proposal::Keep, _) => return None,
    })
}
