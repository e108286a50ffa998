mod incoming;
mod message;
mod report;
mod with_git;

use clap::Args;

use crate::app::App;
use crate::error::Result;

/// Bring the book of another machine and this one together
///
/// Where the book is in a git repository: commits the book, and nothing else; fetches, merges what other machines did into
/// it, and pushes. No word of either side is lost: touches and promises of both stay, and where both changed the same key,
/// netkeep asks which value stays. Without a terminal it merges nothing then. Other files of the repository are never
/// touched, and passwords, keys, hooks and signatures are git's.
#[derive(Args, Debug)]
#[command(before_help = "Examples:\n  netkeep sync\n  netkeep sync -n")]
pub(crate) struct SyncArgs {
    /// Answer yes to what is asked; which of two values stays is never answered by itself
    #[arg(short, long)]
    yes: bool,
}

pub(crate) fn run(app: &mut App, args: &SyncArgs) -> Result<()> {
    match app.repository()? {
        Some(repository) => with_git::sync(app, &repository, args.yes),
        None => {
            app.line("Nothing to sync with: the book is in no git repository")?;
            app.hint("`netkeep sync --init URL` makes one, to be shared with your other machines");
            Ok(())
        }
    }
}
