mod apply_proposals;
use clap::Args;

use self::apply_proposals::{RegroupDecision, write};
use crate::app::App;
use crate::app::keys::Keys;
use crate::app::walk::{Decided, choices, ways};
use crate::domain::planning::regroup::{Proposal, RegroupFinding, findings};
use crate::domain::{Book, ContactId};
use crate::error::Result;
use crate::render::json;
use crate::render::views::card::card;
use crate::render::views::findings as render;
use crate::render::words::plural::count;

/// Review who is in the wrong bucket, twice a year
///
/// Finds contacts whose rhythm is far from their cadence, who rest, who were never touched, or who have no bucket and are
/// touched often, and proposes what to do. One key answers: `y` does what is proposed, a digit or letter moves to a bucket,
/// `d` drops from the bucket, `k` keeps, `u` goes back by one. `q`, Esc and Ctrl-D stop, and what was decided is written; Ctrl-C
/// leaves, and nothing is. Answers may come from a pipe. When all are looked at, the day is written to the book, and
/// `netkeep due` says when half a year has gone by.
#[derive(Args, Debug)]
#[command(before_help = "Examples:\n  netkeep regroup --list\n  netkeep regroup --done")]
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

const IN_PLACE: &str = "Everybody is where they belong";

/// What to type where nobody answers.
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
                found => render::list(sink, book, found),
            },
        );
    }
    let all = found.len();
    found.retain(|finding| file.is_sound(finding.id));
    app.note_unsound(all - found.len());
    if found.is_empty() && all > 0 {
        return Ok(app.sink().line("Nobody else is to be looked at")?);
    }
    if found.is_empty() {
        drop(file);
        app.sink().line(IN_PLACE)?;
        return write(app, &[], true);
    }
    // A book that cannot be edited at all is told before the first question.
    file.change(&[])?;
    let mut keys = Keys::open(HINT)?;
    let Some((decided, is_finished)) = ask(app, &mut keys, book, &found)? else {
        return Ok(app.sink().line("Nothing was written")?);
    };
    keys.end()?;
    drop(file);
    write(app, &decided, is_finished)
}

/// Asks about each of them; `None` where the person left.
fn ask(
    app: &mut App,
    keys: &mut Keys,
    book: &Book,
    found: &[RegroupFinding],
) -> Result<Option<(Vec<Decided<RegroupDecision>>, bool)>> {
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
                let reason = render::reason(finding.reason, book);
                sink.line(format!("  {bucket}; {reason}"))
            });
            let mut question = vec![format!("[y] {}", render::proposal(finding.proposal))];
            question.extend(choices.told());
            question.extend(["[d] drop".to_owned(), "[k] keep".to_owned()]);
            question.extend(ways(found.len() - at));
            question
        },
        |at, key| match key {
            'y' => Some(match found[at].proposal {
                Proposal::Move(bucket) => RegroupDecision::Move(bucket.to_owned()),
                Proposal::Cadence(cadence) => RegroupDecision::Cadence(cadence),
                Proposal::Drop => RegroupDecision::Drop,
                Proposal::Keep => RegroupDecision::Keep,
            }),
            'd' => Some(RegroupDecision::Drop),
            'k' => Some(RegroupDecision::Keep),
            key => Some(RegroupDecision::Move(choices.bucket(key)?.to_owned())),
        },
    )
}
