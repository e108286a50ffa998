mod apply_decisions;

use clap::Args;

use self::apply_decisions::{NEVER, TriageDecision, TriageWriting, write};
use crate::app::keys::Keys;
use crate::app::walk::{Decided, KeyChoice, bucket_choices};
use crate::app::{App, pick};
use crate::domain::planning::triage::candidates;
use crate::domain::{Book, ContactId};
use crate::error::{Error, Result};
use crate::render::views::card::card;
use crate::render::words::messages::{quoted, typed_name};
use crate::render::words::plural::count;

/// Put contacts without a bucket into one, with one key each
///
/// Those who are likely to matter come first. A digit or letter puts someone into a bucket, `n` sets them aside for good (as
/// `pause` does), `s` leaves them for the next time, `u` goes back one, `?` shows the keys. No answer is lost: `q` stops and
/// writes the answers so far, and so do Ctrl-C, Ctrl-D and closing the terminal; one `netkeep undo` undoes them all. Nobody
/// falls due at once: first days are spread over the cadence of the bucket, on days with little due. Answers may come from a
/// pipe.
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
    /// Leave out first days: due at once, if silent for longer than the cadence
    #[arg(long)]
    now: bool,
}

pub(crate) fn run(app: &mut App, args: &TriageArgs) -> Result<()> {
    let file = app.open()?;
    let book = file.book();
    if !args.set.is_empty() {
        let decided = from_options(app, book, &args.set)?;
        drop(file);
        return write(app, args.writing(), &decided, None);
    }
    if book.contacts.is_empty() {
        app.hint_to_start(book, file.shrunken());
        return Ok(());
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
    app.check_changeable(&file)?;
    let first = format!("{}={}", book.contact(ids[0]).name, book.buckets[0].name);
    let say = format!("say it: `netkeep triage --set {}`", quoted(&first));
    app.check_may_ask(say.clone())?;
    let mut keys = Keys::open(format!("answer from a pipe, or {say}"))?;
    let decided = ask(app, &mut keys, book, &ids)?;
    drop(file);
    write(app, args.writing(), &decided, Some(keys))
}

impl TriageArgs {
    fn writing(&self) -> TriageWriting {
        TriageWriting {
            shows_plan: self.plan,
            now: self.now,
        }
    }
}

fn from_options(app: &App, book: &Book, set: &[String]) -> Result<Vec<Decided<TriageDecision>>> {
    let mut decided: Vec<Decided<TriageDecision>> = Vec::new();
    for set in set {
        let one = decision(app, book, set)?;
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

fn decision(app: &App, book: &Book, set: &str) -> Result<Decided<TriageDecision>> {
    let parts = set.rsplit_once('=').map(|(name, to)| (name, to.trim()));
    let Some((name, bucket)) = parts.filter(|(_, bucket)| !bucket.is_empty()) else {
        return Err(Error::usage(
            format!("`{set}` does not say which bucket"),
            "write it like `--set \"Ana Ruiz=clients\"`, or `=never`",
        ));
    };
    let id = app.pick(book, name)?;
    let seen = book.contact(id).clone();
    let decision = match pick::bucket(book, bucket) {
        Ok(bucket) => TriageDecision::Bucket(bucket),
        Err(_) if bucket == NEVER => TriageDecision::Never,
        Err(err) => return Err(err),
    };
    if let Some(bucket) = seen.bucket {
        let typed = typed_name(&seen.name);
        let line = match &decision {
            TriageDecision::Bucket(to) if *to == bucket => None,
            TriageDecision::Bucket(to) => Some(format!("netkeep move {typed} {}", quoted(to))),
            _ => Some(format!("netkeep pause {typed}")),
        };
        return Err(Error::InBucket {
            name: seen.name,
            bucket,
            line,
        });
    }
    Ok(Decided { id, seen, decision })
}

/// Asks about each of them.
fn ask(
    app: &mut App,
    keys: &mut Keys,
    book: &Book,
    ids: &[ContactId],
) -> Result<Vec<Decided<TriageDecision>>> {
    let mut choices = bucket_choices(book, |name| TriageDecision::Bucket(name.to_owned()));
    choices.extend(
        OTHERS.map(|(key, word, about, decision)| KeyChoice::new(key, word, about, decision)),
    );
    let contacts = count(ids.len(), "contact is", "contacts are");
    app.say(&format!("{contacts} in no bucket"));
    app.note_keyless(book);
    let walked = app.collect(
        keys,
        book,
        ids,
        |app, at| app.show(|sink| card(sink, book.contact(ids[at]), app.today)),
        |_| choices.clone(),
    )?;
    Ok(walked.decided)
}

/// What else can be decided: the key, its word, its line for `?`.
const OTHERS: [(char, &str, &str, TriageDecision); 2] = [
    (
        'n',
        "never",
        "put them aside for good, as `netkeep pause` does",
        TriageDecision::Never,
    ),
    (
        's',
        "later",
        "ask about them again next time",
        TriageDecision::Later,
    ),
];
