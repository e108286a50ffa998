mod purge;

use clap::Args;

use crate::app::App;
use crate::error::Result;
use crate::render::words::messages::UNDO;
use crate::render::words::plural;
use crate::render::{Ink, Text};
use crate::store::Edit;

/// Remove contacts from the book
///
/// Removes their lines and the comments that belong to them, and prints what it removed. `netkeep undo` restores them,
/// unless they were purged.
#[derive(Args, Debug)]
#[command(before_help = "Examples:\n  netkeep remove kim --dry-run\n  netkeep remove kim")]
pub(crate) struct RemoveArgs {
    /// A name, or enough of it to match one contact (can be repeated)
    #[arg(required = true, value_name = "NAME")]
    names: Vec<String>,
    /// Delete every older version of the book too, as privacy law requires; this cannot be undone
    #[arg(long)]
    purge: bool,
    /// Purge without asking
    #[arg(short, long, requires = "purge")]
    yes: bool,
}

pub(crate) fn run(app: &mut App, args: &RemoveArgs) -> Result<()> {
    if args.purge {
        if !args.yes && !purge::agree(app, &args.names)? {
            return app.line("Nothing was purged");
        }
        // Starting over because another program wrote the book must not ask twice.
        return app.until_saved(|app| purge::purge(app, &args.names));
    }
    let file = app.open_to_change()?;
    let ids = app.pick_all(file.book(), &args.names)?;
    let edits: Vec<Edit> = ids.iter().map(|&id| Edit::Remove(id)).collect();

    if app.save(&file, &edits)?.is_none() {
        return Ok(());
    }

    for &id in &ids {
        show_removed(app, file.lines_of(id)?)?;
    }
    let names = ids.iter().map(|id| file.book().contact(*id).name.as_str());
    let names = plural::and(&names.collect::<Vec<_>>());
    app.line(format!("Removed {names}{UNDO}"))
}

/// Shows the lines of a contact that is removed.
pub(super) fn show_removed(app: &mut App, lines: &str) -> Result<()> {
    for line in lines.lines() {
        app.sink().verbatim(&Text::code(line).ink(Ink::Removed))?;
    }
    Ok(app.sink().gap()?)
}
