mod write;

use clap::Args;

use self::write::{Decision, write};
use crate::app::keys::Keys;
use crate::app::walk::{WAYS, choices};
use crate::app::{App, pick};
use crate::domain::triage::candidates;
use crate::domain::{Book, ContactId};
use crate::error::{Error, Result, Turn};
use crate::render::card::card;
use crate::render::plural::count;

/// Put contacts without a bucket into one, a key each
///
/// Those who are likely to matter come first. Nobody falls due at once: first days are spread over the cadence of the
/// bucket, where least falls due. What is left for later comes again the next time. Answers may come from a pipe.
#[derive(Args, Debug)]
pub(crate) struct TriageArgs {
    /// Without asking: a contact and its bucket, or `never` (can be repeated)
    #[arg(long, value_name = "NAME=BUCKET")]
    set: Vec<String>,
    /// Show the coming twelve weeks first, and ask
    #[arg(long)]
    plan: bool,
}

/// What to type where nobody answers.
const HINT: &str = "answer from a pipe, or say it: `netkeep triage --set NAME=BUCKET`";

/// The word for somebody whom nothing shall ever ask for.
const NEVER: &str = "never";

pub(crate) fn run(app: &mut App, args: &TriageArgs) -> Result<()> {
    let file = app.open()?;
    let book = file.book();
    if !args.set.is_empty() {
        let set = args.set.iter().map(|set| decision(book, set));
        let decisions = set.collect::<Result<Vec<_>>>()?;
        return write(app, &decisions, args.plan, None);
    }
    let ids = candidates(book, app.today);
    if ids.is_empty() {
        return Ok(app.sink().line("Everybody is in a bucket, or put aside")?);
    }
    if book.buckets.is_empty() {
        return Err(Turn::NoBuckets.into());
    }
    let mut keys = Keys::open(HINT)?;
    let Some(decisions) = ask(app, &mut keys, book, &ids)? else {
        return Ok(app.sink().line("Nothing was written")?);
    };
    drop(file);
    write(app, &decisions, args.plan, Some(keys))
}

/// What `NAME=BUCKET` says.
fn decision(book: &Book, set: &str) -> Result<(String, Decision)> {
    let Some((name, bucket)) = set.rsplit_once('=') else {
        return Err(Error::Usage {
            message: format!("`{set}` does not say which bucket"),
            hint: "write it like `--set \"Ana Ruiz=clients\"`, or `=never`".to_owned(),
        });
    };
    let contact = book.contact(pick::one(book, name)?);
    if let Some(bucket) = contact.bucket.clone() {
        let name = contact.name.clone();
        return Err(Turn::InBucket { name, bucket }.into());
    }
    let decision = match pick::bucket(book, bucket.trim()) {
        Ok(bucket) => Decision::Bucket(bucket),
        Err(_) if bucket.trim() == NEVER => Decision::Never,
        Err(err) => return Err(err),
    };
    Ok((contact.name.clone(), decision))
}

/// Asks about each of them; `None` where the person left.
fn ask(
    app: &mut App,
    keys: &mut Keys,
    book: &Book,
    ids: &[ContactId],
) -> Result<Option<Vec<(String, Decision)>>> {
    let choices = choices(book.buckets.len());
    let buckets = choices.iter().zip(&book.buckets);
    let buckets = buckets.map(|(key, bucket)| format!("[{key}] {}", bucket.name));
    let buckets = buckets.collect::<Vec<_>>().join(" ");
    app.say(&format!(
        "{} in no bucket",
        count(ids.len(), "contact is", "contacts are")
    ));
    let walk = app.walk(
        keys,
        ids.len(),
        |app, at| {
            app.show(|sink| card(sink, book.contact(ids[at]), app.today));
            let left = ids.len() - at;
            Ok(format!(
                "{buckets} [n] never [s] later {WAYS} ({left} left)"
            ))
        },
        |_, key| match key {
            'n' => Some(Decision::Never),
            's' => Some(Decision::Later),
            key => {
                let at = choices.iter().position(|choice| *choice == key)?;
                Some(Decision::Bucket(book.buckets[at].name.clone()))
            }
        },
    )?;
    let named = |(at, decision): (usize, Decision)| {
        let name = book.contact(ids[at]).name.clone();
        (name, decision)
    };
    Ok(walk.map(|walk| walk.decided.into_iter().map(named).collect()))
}
