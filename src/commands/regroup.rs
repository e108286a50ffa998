use chrono::NaiveDate;
use clap::Args;

use crate::app::App;
use crate::app::keys::Keys;
use crate::app::walk::{Decided, KeyChoice, Walked, bucket_choices};
use crate::domain::due::rule::standing;
use crate::domain::planning::regroup::{Proposal, RegroupFinding, findings, next_time};
use crate::domain::planning::spread::enter;
use crate::domain::{Book, Contact, ContactId};
use crate::error::{Error, Result};
use crate::render::Text;
use crate::render::json;
use crate::render::views::card::card;
use crate::render::views::tables;
use crate::render::words::days;
use crate::render::words::messages::{UNDO, first_due, quoted, typed_argument};
use crate::render::words::plural::count;
use crate::store::Edit;

/// Review who is in the wrong bucket, twice a year
///
/// Finds contacts who are reached far less often than their cadence says, who rest, who were never reached, or who have no
/// bucket and are reached often, and proposes what to do. Those with a plan or a promise, and those reached or added less than a
/// cadence ago, are left alone. Where a bucket has more people than its size, it proposes who makes room: those longest without a
/// real exchange (a touch without a direction, or one that answers the touch before it). Friends, the paused, and those with a
/// promise or a plan with a reason stay. One key answers: `y` accepts the proposal, `k` keeps all as it is, a digit or letter
/// moves to another bucket, `d` takes out of the bucket, `u` goes back one, `?` shows the keys. No answer is lost: `q` stops
/// and writes the answers so far, and so do Ctrl-C, Ctrl-D and closing the terminal; one `netkeep undo` undoes them all.
/// Answers may come from a pipe. After the last one, the day is written to the book, and `netkeep due` says when half a year
/// has passed.
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
                [] => sink.sentence(IN_PLACE),
                found => tables::findings(sink, book, found, today),
            },
        );
    }
    if book.contacts.is_empty() {
        app.hint_to_start(book, file.shrunken());
        return Ok(());
    }
    let all = found.len();
    found.retain(|finding| file.is_sound(finding.id));
    app.note_unsound(all - found.len());
    if found.is_empty() && all > 0 {
        return app.line("Nobody else to look at");
    }
    if found.is_empty() {
        drop(file);
        app.line(IN_PLACE)?;
        return write(app, &[], true);
    }
    app.check_changeable(&file)?;
    app.check_may_ask(HINT)?;
    let mut keys = Keys::open(HINT)?;
    let walked = ask(app, &mut keys, book, &found)?;
    let is_person = !keys.is_script();
    app.end_of_answers(keys)?;
    write(app, &walked.decided, walked.is_finished).map_err(|err| {
        if is_person && !app.has_saved {
            let commands = walked.decided.iter().filter_map(command);
            app.keep_answers(err, &commands.collect::<Vec<_>>())
        } else {
            err
        }
    })
}

/// The command that makes the same change.
fn command(decided: &Decided<RegroupDecision>) -> Option<String> {
    let name = typed_argument(&decided.seen.name);
    Some(match decided.decision? {
        Proposal::Move(bucket) => format!("netkeep move {name} {}", quoted(bucket)),
        Proposal::Cadence(cadence) => format!("netkeep edit {name} --set 'cadence={cadence}'"),
        Proposal::Drop => format!("netkeep edit {name} --unset bucket --unset cadence"),
    })
}

/// What is decided about a contact: a change, or to keep it as it is.
type RegroupDecision<'b> = Option<Proposal<'b>>;

/// Asks about each of them.
fn ask<'b>(
    app: &mut App,
    keys: &mut Keys,
    book: &'b Book,
    found: &[RegroupFinding<'b>],
) -> Result<Walked<RegroupDecision<'b>>> {
    app.say(&format!(
        "{} to look at",
        count(found.len(), "contact", "contacts")
    ));
    app.note_keyless(book);
    let ids: Vec<ContactId> = found.iter().map(|finding| finding.id).collect();
    app.collect(
        keys,
        book,
        &ids,
        |app, at| {
            let finding = &found[at];
            let contact = book.contact(finding.id);
            app.show(|sink| {
                card(sink, contact, app.today)?;
                let bucket = contact.bucket.as_deref().unwrap_or("no bucket");
                let reason = tables::reason(finding.reason, book, app.today);
                sink.prose(
                    &Text::new("  "),
                    Text::one_line(&format!("{bucket}; {reason}")),
                )
            });
        },
        |at| choices(book, &found[at]),
    )
}

/// A key for the proposal, and for each other thing to do: none for what the proposal does, or for where they are.
fn choices<'b>(
    book: &'b Book,
    finding: &RegroupFinding<'b>,
) -> Vec<KeyChoice<RegroupDecision<'b>>> {
    let contact = book.contact(finding.id);
    let bucket = contact.bucket.as_deref();
    let proposal = tables::proposal(finding.proposal);
    let mut choices = vec![
        KeyChoice::new(
            'y',
            &proposal,
            &format!("as proposed: {proposal}"),
            Some(finding.proposal),
        ),
        KeyChoice::new('k', "keep", "keep all as it is", None),
    ];
    choices.extend(bucket_choices(book, |name| Some(Proposal::Move(name))));
    let drop = "take them out of the bucket";
    choices.push(KeyChoice::new('d', "drop", drop, Some(Proposal::Drop)));
    choices.retain(|choice| match choice.decision {
        _ if choice.key == 'y' => true,
        Some(Proposal::Drop) if is_stranger(contact) => false,
        Some(Proposal::Move(name)) if bucket == Some(name) => false,
        decision => decision != Some(finding.proposal),
    });
    choices
}

/// Writes the decisions, with the day if all were looked at, and reports them.
fn write(app: &mut App, decided: &[Decided<RegroupDecision>], is_finished: bool) -> Result<()> {
    // Another program may have written in the meantime: contacts that changed are left out, and nothing is asked twice.
    app.until_saved(|app| save(app, decided, is_finished))
}

fn save(app: &mut App, decided: &[Decided<RegroupDecision>], is_finished: bool) -> Result<()> {
    let file = app.open_to_change()?;
    let book = file.book();
    // Who is kept may have changed: there is nothing to write about them.
    let to_change = || decided.iter().filter(|one| one.decision.is_some());
    let proposed = to_change().count();
    let still = app.still_so(book, to_change(), Book::still, |decision| match decision {
        Some(Proposal::Move(bucket)) => Some(bucket),
        _ => None,
    });
    let changes: Vec<(ContactId, Proposal)> = still
        .into_iter()
        .filter_map(|(id, decision)| Some((id, (*decision)?)))
        .collect();
    if changes.is_empty() && proposed > 0 {
        return Err(Error::Outdated);
    }
    let is_finished = is_finished && changes.len() == proposed;
    let has_kept = proposed < decided.len();
    let after = changed(book, &changes, app.today);
    let mut edits: Vec<Edit> = changes
        .iter()
        .flat_map(|(id, _)| Edit::between(*id, book.contact(*id), after.contact(*id)))
        .collect();
    if is_finished {
        edits.push(Edit::Regrouped(app.today));
    }
    if changes.is_empty() && !is_finished {
        return app.line("Nothing to write");
    }
    let (change, left) = app.change_most(&file, &edits)?;
    if app.save_change(&file, change)?.is_none() {
        return Ok(());
    }

    for (id, change) in changes.iter().filter(|(id, _)| !left.contains(id)) {
        let said = said(*change, book.contact(*id));
        let first = is_stranger(book.contact(*id))
            .then(|| first_due(&[standing(&after, *id, app.today)], app.today));
        let first = first.flatten().map(|first| format!("; {first}"));
        app.line(format!("{said}{}", first.unwrap_or_default()))?;
    }
    let line = if is_finished {
        let next = days::date(next_time(app.today), app.today);
        format!("Regrouped; next time: {next}{UNDO}")
    } else {
        let again = if has_kept {
            ", and asks again about those that you kept"
        } else {
            ""
        };
        format!(
            "Not all were looked at: `netkeep regroup` goes on{again}; `netkeep undo` undoes this"
        )
    };
    app.line(line)
}

/// The book after the changes. Who gets a cadence for the first time gets a first day, too.
fn changed(book: &Book, changes: &[(ContactId, Proposal)], today: NaiveDate) -> Book {
    let mut after = book.clone();
    for &(id, change) in changes {
        *after.contact_mut(id) = made(change, book.contact(id));
    }
    let ids = changes.iter().map(|(id, _)| *id);
    let strangers = ids.filter(|id| is_stranger(book.contact(*id)));
    enter(&mut after, &strangers.collect::<Vec<_>>(), today);
    after
}

/// Whether nothing has asked for the contact so far.
fn is_stranger(contact: &Contact) -> bool {
    contact.bucket.is_none() && contact.cadence.is_none()
}

/// The contact after the change.
fn made(change: Proposal, contact: &Contact) -> Contact {
    let mut made = contact.clone();
    match change {
        Proposal::Move(bucket) => made.bucket = Some(bucket.to_owned()),
        Proposal::Cadence(cadence) => made.cadence = Some(cadence),
        // A cadence of their own would go on asking.
        Proposal::Drop => (made.bucket, made.cadence) = (None, None),
    }
    made
}

fn said(change: Proposal, contact: &Contact) -> String {
    let (name, from) = (&contact.name, contact.bucket.as_deref());
    match (change, from) {
        (Proposal::Move(to), Some(from)) => format!("Moved {name} from {from} to {to}"),
        (Proposal::Move(to), None) => format!("Moved {name} to {to}"),
        (Proposal::Cadence(cadence), _) => format!("Set the cadence of {name} to {cadence}"),
        (Proposal::Drop, Some(from)) => format!("Dropped {name} from {from}"),
        (Proposal::Drop, None) => format!("Dropped {name}"),
    }
}
