use clap::Args;

use crate::app::{App, pick};
use crate::domain::due::rule::standing;
use crate::domain::find::by_name::NameIndex;
use crate::domain::planning::spread::{enter, newcomers};
use crate::domain::{Book, ContactId};
use crate::error::{Error, Result};
use crate::render::words::messages;
use crate::store::Edit;

/// Move contacts to another bucket
///
/// Those who were in none and would be due at once get a first day: spread over the cadence, where least falls due.
/// `netkeep edit NAME --unset bucket` leaves a contact without a bucket.
#[derive(Args, Debug)]
#[command(
    override_usage = "NAME... BUCKET",
    before_help = "Examples:\n  netkeep move kim friends\n  netkeep move tomas sean colleagues"
)]
pub(crate) struct MoveArgs {
    /// A name, or enough of it to match one contact (can be repeated), and then the bucket
    // One list, so that an option may stand between the names and the bucket.
    #[arg(required = true, value_name = "NAME")]
    words: Vec<String>,
    /// Leave out the first day, or take out one given before: due at once, if silent for longer than the cadence
    #[arg(long)]
    now: bool,
}

pub(crate) fn run(app: &mut App, args: &MoveArgs) -> Result<()> {
    let today = app.today;
    let file = app.open_to_change()?;
    let book = file.book();
    let (names, bucket) = names_and_bucket(book, &args.words)?;
    let ids = app.pick_all(book, names)?;
    let bucket = pick::bucket(book, bucket)?;
    let mut after = book.clone();
    for id in &ids {
        after.contact_mut(*id).bucket = Some(bucket.clone());
    }
    if args.now {
        // Another plan than one with a reason would put them off.
        for id in &ids {
            let contact = after.contact_mut(*id);
            contact.next = contact.next.take().filter(|next| next.what.is_some());
        }
    } else {
        let newcomers = newcomers(book, &after);
        enter(&mut after, &newcomers, today);
    }
    let edits = ids
        .iter()
        .flat_map(|id| Edit::between(*id, book.contact(*id), after.contact(*id)));
    let Some(change) = app.save(&file, &edits.collect::<Vec<_>>())? else {
        return Ok(());
    };
    for id in ids {
        let said = said(app, book, &change.book, id);
        app.line(said)?;
    }
    Ok(())
}

/// The last word is the bucket, and a "to" before it is no name unless someone has it.
fn names_and_bucket<'w>(book: &Book, words: &'w [String]) -> Result<(&'w [String], &'w str)> {
    let (bucket, names) = words.split_last().expect("at least one is required");
    match names {
        [] => Err(Error::usage(
            "`netkeep move` needs a name and a bucket",
            "type it like `netkeep move kim friends`",
        )),
        [names @ .., to]
            if to == "to" && !names.is_empty() && NameIndex::of(book).words(to).is_empty() =>
        {
            Ok((names, bucket))
        }
        names => Ok((names, bucket)),
    }
}

fn said(app: &App, before: &Book, after: &Book, id: ContactId) -> String {
    let contact = after.contact(id);
    let name = &contact.name;
    let to = contact.bucket.as_deref().unwrap_or_default();
    let standing = standing(after, id, app.today);
    let due = messages::due(&standing, app.today);
    match before.contact(id).bucket.as_deref() {
        Some(from) if from == to => format!("{name} is in {to} already; {due}"),
        Some(from) => format!("Moved {name} from {from} to {to}; {due}"),
        None => {
            let due = messages::first_due(&[standing], app.today).unwrap_or(due);
            format!("Moved {name} to {to}; {due}")
        }
    }
}
