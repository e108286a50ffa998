use chrono::NaiveDate;
use clap::Args;

use super::contact_set::{SET, SetArgs, SetWords};
use crate::app::{App, pick};
use crate::domain::due::rule::{Standing, standing};
use crate::domain::find::by_name::NameIndex;
use crate::domain::planning::spread::{enter, leavers, newcomers, unplan};
use crate::domain::{Book, ContactId};
use crate::error::{Error, Result};
use crate::render::words::messages::{self, quoted, typed_argument};
use crate::store::Edit;

/// Move contacts to another bucket
///
/// Those who were in none and would be due at once get a first day: spread over the cadence, where least falls due. The
/// bucket `none` takes them out of theirs: they are no longer due, unless for something you planned or promised.
#[derive(Args, Debug)]
#[command(
    override_usage = "[NAME...] BUCKET",
    before_help = "Examples:\n  netkeep move kim friends\n  netkeep move --tag conference colleagues -n"
)]
pub(crate) struct MoveArgs {
    /// A name, or enough of it to match one contact (can be repeated), and then the bucket, or `none`
    // One list, so that an option may stand between the names and the bucket.
    #[arg(required_unless_present_any = SET, value_name = "NAME")]
    words: Vec<String>,
    /// Leave out the first day, or take out one given before: due at once, if silent for longer than the cadence
    #[arg(long)]
    now: bool,
    #[command(flatten)]
    set: SetArgs,
}

pub(crate) fn run(app: &mut App, args: &MoveArgs) -> Result<()> {
    let today = app.today;
    let file = app.open_to_change()?;
    let book = file.book();
    let (names, bucket) = names_and_bucket(book, &args.words, args.set.is_given())?;
    let chosen = app.choose(book, names, &args.set)?;
    let bucket = pick::bucket_or_none(book, bucket)?;
    let after = moved(app, book, &chosen.ids, bucket.as_ref(), args.now);
    let edits = chosen.ids.iter();
    let edits = edits.flat_map(|id| Edit::between(*id, book.contact(*id), after.contact(*id)));
    let edits: Vec<Edit> = edits.collect();
    let words = words(book, &after, bucket.as_deref(), today);
    app.save_chosen(&file, &chosen, &edits, words, |before, after, id| {
        let standing = standing(after, id, today);
        let from = before.contact(id).bucket.as_ref();
        let due = match (from, &bucket) {
            (None, Some(_)) => messages::first_due(&[standing], today).unwrap_or_default(),
            (Some(_), None) => messages::still_due(&standing, today),
            _ => messages::due(&standing, today),
        };
        said(before, after, id, &due)
    })
}

/// The book with the contacts in the bucket, or in none.
fn moved(app: &App, book: &Book, ids: &[ContactId], bucket: Option<&String>, now: bool) -> Book {
    let mut after = book.clone();
    for id in ids {
        let contact = after.contact_mut(*id);
        contact.bucket = bucket.cloned();
        if now {
            // Another plan than one with a reason would put them off.
            contact.next = contact.next.take().filter(|next| next.what.is_some());
        }
    }
    let (newcomers, leavers) = (newcomers(book, &after), leavers(book, &after));
    if !now {
        enter(&mut after, &newcomers, app.today);
    }
    unplan(&mut after, &leavers);
    after
}

/// The last word is the bucket, and a "to" before it is no name unless someone has it. Where a set stands in place of names,
/// all words are the bucket.
fn names_and_bucket<'w>(
    book: &Book,
    words: &'w [String],
    is_set: bool,
) -> Result<(&'w [String], &'w str)> {
    let is_to = |to: &String| to == "to" && NameIndex::of(book).words(to).is_empty();
    match words {
        [names @ .., to, bucket] if is_to(to) && (is_set || !names.is_empty()) => {
            Ok((names, bucket))
        }
        [names @ .., bucket] if is_set || !names.is_empty() => Ok((names, bucket)),
        [] => Err(Error::usage(
            "`netkeep move` needs a bucket",
            "say it last: `netkeep move --tag conference friends`",
        )),
        [name] if book.buckets.iter().all(|bucket| bucket.name != *name) => {
            let first = book.buckets.first();
            let bucket = first.map_or("BUCKET".to_owned(), |bucket| quoted(&bucket.name));
            Err(Error::usage(
                "`netkeep move` needs a bucket",
                format!(
                    "say it last: `netkeep move {} {bucket}`",
                    typed_argument(name)
                ),
            ))
        }
        _ => Err(Error::usage(
            "`netkeep move` needs a name and a bucket",
            "type it like `netkeep move kim friends`, or `netkeep move --tag conference friends`",
        )),
    }
}

/// What is done to a set that comes into the bucket, or into none.
fn words(before: &Book, after: &Book, bucket: Option<&str>, today: NaiveDate) -> SetWords {
    let Some(bucket) = bucket else {
        return SetWords {
            verbs: ["Take", "Took"],
            how: " out of their buckets".to_owned(),
            same: "already in no bucket".to_owned(),
            ..SetWords::default()
        };
    };
    let newcomers = newcomers(before, after).into_iter();
    let newcomers: Vec<Standing> = newcomers.map(|id| standing(after, id, today)).collect();
    let first = messages::first_due(&newcomers, today);
    SetWords {
        verbs: ["Move", "Moved"],
        how: format!(" to {bucket}"),
        same: format!("already in {bucket}"),
        sum: first.map_or(String::new(), |first| format!("; {first}")),
        ..SetWords::default()
    }
}

/// Says what became of a contact; `due` says when it is due now.
fn said(before: &Book, after: &Book, id: ContactId, due: &str) -> String {
    let name = &after.contact(id).name;
    let [from, to] = [before, after].map(|book| book.contact(id).bucket.as_deref());
    match (from, to) {
        (None, None) => format!("{name} is in no bucket already; {due}"),
        (None, Some(to)) => format!("Moved {name} to {to}; {due}"),
        (Some(from), None) => format!("Took {name} out of {from}; {due}"),
        (Some(from), Some(to)) if from == to => format!("{name} is in {to} already; {due}"),
        (Some(from), Some(to)) => format!("Moved {name} from {from} to {to}; {due}"),
    }
}
