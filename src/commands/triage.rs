mod apply_decisions;
use clap::Args;

use self::apply_decisions::{TriageDecision, write};
use crate::app::keys::Keys;
use crate::app::walk::{Decided, choices, ways};
use crate::app::{App, pick};
use crate::domain::planning::triage::candidates;
use crate::domain::{Book, ContactId};
use crate::error::{Error, Result};
use crate::render::views::card::card;
use crate::render::words::plural::count;

/// Put contacts without a bucket into one, with one key each
///
/// Those who are likely to matter come first. A digit or letter puts someone into a bucket, `n` sets them aside for good (as
/// `pause` does), `s` leaves them for the next time, `u` goes back one. `q`, Esc and Ctrl-D stop and write what was decided;
/// Ctrl-C leaves and writes nothing. Nobody falls due at once: first days are spread over the cadence of the bucket, on days
/// with little due. Answers may come from a pipe.
#[derive(Args, Debug)]
#[command(
    before_help = "Examples:\n  netkeep triage --set \"Kim Jansen=friends\"\n  echo 4 | netkeep triage"
)]
pub(crate) struct TriageArgs {
    /// Without asking: a contact and its bucket, or `never` (can be repeated)
    #[arg(long, value_name = "NAME=BUCKET")]
    set: Vec<String>,
    /// Show the coming twelve weeks first, and ask
    #[arg(long)]
    plan: bool,
}

/// What to type when nobody is there to answer.
const HINT: &str = "answer from a pipe, or say it: `netkeep triage --set NAME=BUCKET`";

/// In place of a bucket: do not ask about this contact again.
const NEVER: &str = "never";

pub(crate) fn run(app: &mut App, args: &TriageArgs) -> Result<()> {
    let file = app.open()?;
    let book = file.book();
    if !args.set.is_empty() {
        let decided = from_options(book, &args.set)?;
        drop(file);
        return write(app, &decided, args.plan, None);
    }
    let (ids, unsound): (Vec<ContactId>, Vec<ContactId>) = candidates(book, app.today)
        .into_iter()
        .partition(|id| file.is_sound(*id));
    app.note_unsound(unsound.len());
    if ids.is_empty() {
        let everybody = if unsound.is_empty() {
            "Everybody"
        } else {
            "Everybody else"
        };
        let said = format!("{everybody} is in a bucket, or put aside");
        return app.line(said);
    }
    if book.buckets.is_empty() {
        return Err(Error::NoBuckets);
    }
    // A book that cannot be edited at all is reported before the first question.
    file.change(&[])?;
    let mut keys = Keys::open(HINT)?;
    let Some(decided) = ask(app, &mut keys, book, &ids)? else {
        return app.line("Nothing was written");
    };
    drop(file);
    write(app, &decided, args.plan, Some(keys))
}

fn from_options(book: &Book, set: &[String]) -> Result<Vec<Decided<TriageDecision>>> {
    let mut decided: Vec<Decided<TriageDecision>> = Vec::new();
    for set in set {
        let one = decision(book, set)?;
        match decided.iter().find(|other| other.id == one.id) {
            Some(other) if other.decision == one.decision => {}
            Some(_) => {
                return Err(Error::usage(
                    format!("`{set}` and another `--set` are about {}", one.seen.name),
                    "say one bucket for each contact",
                ));
            }
            None => decided.push(one),
        }
    }
    Ok(decided)
}

fn decision(book: &Book, set: &str) -> Result<Decided<TriageDecision>> {
    let parts = set.rsplit_once('=').map(|(name, to)| (name, to.trim()));
    let Some((name, bucket)) = parts.filter(|(_, bucket)| !bucket.is_empty()) else {
        return Err(Error::usage(
            format!("`{set}` does not say which bucket"),
            "write it like `--set \"Ana Ruiz=clients\"`, or `=never`",
        ));
    };
    let id = pick::one(book, name)?;
    let seen = book.contact(id).clone();
    if let Some(bucket) = seen.bucket {
        let name = seen.name;
        return Err(Error::InBucket { name, bucket });
    }
    let decision = match pick::bucket(book, bucket) {
        Ok(bucket) => TriageDecision::Bucket(bucket),
        Err(_) if bucket == NEVER => TriageDecision::Never,
        Err(err) => return Err(err),
    };
    Ok(Decided { id, seen, decision })
}

/// Asks about each of them; `None` if the user left.
fn ask(
    app: &mut App,
    keys: &mut Keys,
    book: &Book,
    ids: &[ContactId],
) -> Result<Option<Vec<Decided<TriageDecision>>>> {
    let choices = choices(book);
    let contacts = count(ids.len(), "contact is", "contacts are");
    app.say(&format!("{contacts} in no bucket"));
    let walk = app.walk(
        keys,
        book,
        ids,
        |app, at| {
            app.show(|sink| card(sink, book.contact(ids[at]), app.today));
            let mut question = choices.parts();
            question.extend(["[n] never".to_owned(), "[s] later".to_owned()]);
            question.extend(ways(ids.len() - at));
            question
        },
        |_, key| match key {
            'n' => Some(TriageDecision::Never),
            's' => Some(TriageDecision::Later),
            key => Some(TriageDecision::Bucket(choices.bucket(key)?.to_owned())),
        },
    )?;
    Ok(walk.map(|(decided, _)| decided))
}
