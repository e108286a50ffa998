mod write;

use clap::Args;

use self::write::{Decision, write};
use crate::app::App;
use crate::app::keys::Keys;
use crate::app::walk::{WAYS, choices};
use crate::domain::regroup::{Finding, Proposal, findings};
use crate::domain::{Book, Cadence};
use crate::error::Result;
use crate::render::card::card;
use crate::render::plural::count;
use crate::render::{findings as render, json};

/// Look at who is in the wrong bucket, twice a year
///
/// Finds those whose rhythm is far from their cadence, who rest, who were never touched, and who are in no bucket and
/// touched often; proposes what to do, a key each. Answers may come from a pipe. When all are looked at, the day is
/// written to the book, and `netkeep due` says when half a year has gone by.
#[derive(Args, Debug)]
pub(crate) struct RegroupArgs {
    /// Only list them, with the proposals
    #[arg(long)]
    list: bool,
    /// Only write down that it is done
    #[arg(long, conflicts_with = "list")]
    done: bool,
}

impl RegroupArgs {
    /// Whether it changes the book.
    pub(crate) fn writes(&self) -> bool {
        !self.list
    }
}

/// What to type where nobody answers.
const HINT: &str = "`netkeep regroup --list` lists them; `netkeep move` and `edit` change them, then `regroup --done`";

pub(crate) fn run(app: &mut App, args: &RegroupArgs) -> Result<()> {
    if args.done {
        return write(app, &[], true);
    }
    let file = app.open()?;
    let book = file.book();
    let found = findings(book, app.today);
    if args.list && app.json {
        return Ok(json::findings(&mut app.out, book, &found, app.today)?);
    }
    if args.list {
        return list(app, book, &found);
    }
    if found.is_empty() {
        drop(file);
        app.sink().line("Everybody is where they belong")?;
        return write(app, &[], true);
    }
    let mut keys = Keys::open(HINT)?;
    let Some((decisions, is_finished)) = ask(app, &mut keys, book, &found)? else {
        return Ok(app.sink().line("Nothing was written")?);
    };
    keys.end()?;
    drop(file);
    write(app, &decisions, is_finished)
}

fn list(app: &mut App, book: &Book, found: &[Finding]) -> Result<()> {
    if found.is_empty() {
        return Ok(app.sink().line("Everybody is where they belong")?);
    }
    render::list(&mut app.sink(), book, found)?;
    Ok(())
}

type Decided = (String, Decision);

/// Asks about each of them; `None` where the person left.
fn ask(
    app: &mut App,
    keys: &mut Keys,
    book: &Book,
    found: &[Finding],
) -> Result<Option<(Vec<Decided>, bool)>> {
    let choices = choices(book.buckets.len());
    let buckets = choices.iter().zip(&book.buckets);
    let buckets = buckets.map(|(key, bucket)| format!("[{key}] {}", bucket.name));
    let buckets = buckets.collect::<Vec<_>>().join(" ");
    app.say(&format!(
        "{} to look at",
        count(found.len(), "contact", "contacts")
    ));
    let walk = app.walk(
        keys,
        found.len(),
        |app, at| {
            let finding = &found[at];
            let contact = book.contact(finding.id);
            app.show(|sink| {
                card(sink, contact, app.today)?;
                let bucket = contact.bucket.as_deref().unwrap_or("no bucket");
                let reason = render::reason(finding.reason, book);
                sink.line(format!("  {bucket}; {reason}"))
            });
            let proposal = render::proposal(finding.proposal);
            let left = found.len() - at;
            Ok(format!(
                "[y] {proposal} {buckets} [d] drop [k] keep {WAYS} ({left} left)"
            ))
        },
        |at, key| match key {
            'y' | '\n' => Some(proposed(found[at].proposal)),
            'd' => Some(Decision::Drop),
            'k' => Some(Decision::Keep),
            key => {
                let at = choices.iter().position(|choice| *choice == key)?;
                Some(Decision::Move(book.buckets[at].name.clone()))
            }
        },
    )?;
    let named = |(at, decision): (usize, Decision)| {
        let name = book.contact(found[at].id).name.clone();
        (name, decision)
    };
    Ok(walk.map(|walk| {
        let decisions = walk.decided.into_iter().map(named).collect();
        (decisions, walk.is_finished)
    }))
}

fn proposed(proposal: Proposal) -> Decision {
    let own = |cadence: Cadence| Decision::Cadence(cadence);
    match proposal {
        Proposal::Move(bucket) => Decision::Move(bucket.to_owned()),
        Proposal::Cadence(cadence) => own(cadence),
        Proposal::Drop => Decision::Drop,
        Proposal::Keep => Decision::Keep,
    }
}
