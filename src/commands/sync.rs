mod cards;
mod copies;
mod dry_run;
mod incoming;
mod init;
mod message;
mod report;
mod with_git;

use std::path::PathBuf;

use clap::Args;

use self::cards::CardSync;
use self::copies::CopiesOutcome;
use crate::app::App;
use crate::app::git::refuse;
use crate::error::{Error, INTERRUPTED, Result};

/// Sync the book with its other copies, other machines and a phone
///
/// Joins the conflict copies that a sync program left beside the book (Syncthing, Dropbox, Nextcloud, OneDrive, Google
/// Drive, iCloud): the touches, promises and people of both stay, and what was taken out of one stays out where the history
/// proves it. Each copy is then moved to the older versions of the book. What may be a backup is only joined with `--copy`.
///
/// Where the book names a folder of cards (`[sync] cards`), one vCard a file as vdirsyncer or pimsync keep it: carries
/// what changed on either side to the other, so that the phone and the book say the same. Touches, promises, notes, cadence
/// and how you met stay in the book. Where both changed one key, it asks which value stays; a contact whose card was deleted
/// is kept unless you say otherwise. `netkeep help phone` tells more.
///
/// Where the book is in a git repository: commits the book, and nothing else; fetches, merges what other machines did into
/// it, and pushes. No word of either side is lost: touches and promises of both stay, and where both changed the same key,
/// netkeep asks which value stays. Where it cannot ask, it merges nothing. Other files of the repository are never
/// touched, and passwords, keys, hooks and signatures are git's. With `-n` it fetches too, to show what would come.
#[derive(Args, Debug)]
#[command(before_help = "Examples:\n  netkeep sync\n  netkeep sync -n")]
pub(crate) struct SyncArgs {
    /// Join this copy of the book too: a backup, or what a merge or a download left (can be repeated). One in another folder
    /// than the book's stays where it is
    #[arg(long = "copy", value_name = "FILE")]
    copies: Vec<PathBuf>,
    /// Make a repository for the book, unless it is in one, share it at this address or in this folder, and let git merge
    /// books by netkeep. A folder that does not exist becomes a bare repository: on a USB stick, for one. Without a value
    /// the remote stays as it is, as after `git clone`
    #[arg(long, value_name = "URL|PATH", num_args = 0..=1, action = clap::ArgAction::Set)]
    init: Option<Vec<String>>,
    /// Sync this folder of cards instead of the one that the book names
    #[arg(long, value_name = "DIR")]
    cards: Option<PathBuf>,
    /// Go on although more than a third of the cards, or of the contacts that have one, are gone
    #[arg(long)]
    accept: bool,
    /// Write without asking; where two values differ, none is chosen for you, and a copy that is older or cut off is joined only if
    /// `--copy` names it
    #[arg(short, long)]
    yes: bool,
}

pub(crate) fn run(app: &mut App, args: &SyncArgs) -> Result<()> {
    match sync(app, args) {
        // One that is started here would be another book than the one that is shared.
        Err(Error::NoBook(path) | Error::NoFile(path)) if path == app.path() => refuse(
            format!("there is no book yet at {}", path.display()),
            "`netkeep sync --init URL` takes the one that is shared there by git; where a program syncs the folder, wait until \
             the book has arrived; `netkeep add NAME` starts the first one",
        ),
        done => done,
    }
}

fn sync(app: &mut App, args: &SyncArgs) -> Result<()> {
    let copies = copies::join(app, &args.copies, args.yes)?;
    let mut cards = CardSync::default();
    (cards.folder, cards.yes) = (args.cards.as_ref(), args.yes);
    cards.answers.accepts_loss = args.accept;
    // What other machines removed must not look as if it were here still.
    let shared = with_others(app, args);
    if matches!(shared, Err(Error::No(INTERRUPTED))) {
        return shared.map(drop);
    }
    let before = app.storage()?.bytes().map(<[u8]>::to_vec);
    // The cards do not wait for a remote that cannot be reached or merged.
    let synced = before.is_some().then(|| cards::sync(app, &mut cards));
    let has_cards = match (synced.unwrap_or(Ok(false)), &shared) {
        (Err(err), Err(of_git)) => {
            app.note_error("warning", of_git);
            return Err(err);
        }
        (synced, _) => synced?,
    };
    let is_shared = shared?;
    if !is_shared && !has_cards && copies == CopiesOutcome::NoCopies {
        nothing_to_sync_with(app)?;
    }
    if is_shared && app.storage()?.bytes().map(<[u8]>::to_vec) != before {
        with_git(app, args.yes)?;
    }
    match copies {
        CopiesOutcome::Unsettled => Err(Error::No(1)),
        _ => Ok(()),
    }
}

/// Syncs with other machines by git, where the book is in a repository; whether it is.
fn with_others(app: &mut App, args: &SyncArgs) -> Result<bool> {
    if let Some(addresses) = &args.init {
        let address = addresses.first().map(String::as_str);
        return init::init(app, address, args.yes).map(|()| true);
    }
    with_git(app, args.yes)
}

fn with_git(app: &mut App, yes: bool) -> Result<bool> {
    let Some(repository) = app.repository()? else {
        return Ok(false);
    };
    with_git::sync(app, &repository, yes, false).map(|()| true)
}

fn nothing_to_sync_with(app: &mut App) -> Result<()> {
    // A book that is missing, or that cannot be read.
    app.open_quietly()?;
    app.line("Nothing to sync with: no copy of the book is beside it, it is in no git repository, and names no cards")?;
    app.hint(
        "where Syncthing, Dropbox or the like syncs its folder, there is nothing to do until a copy appears; \
         `netkeep sync --init URL` shares it by git; `netkeep help phone` brings it to a phone",
    );
    Ok(())
}
