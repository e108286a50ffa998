mod page;

use std::path::PathBuf;

use clap::Args;

use super::help::TOPICS;
use crate::app::App;
use crate::app::input::write_folder;
use crate::error::Result;
use crate::render::words::plural::count;

/// Write the manual pages
///
/// One for each command, netkeep-book(5) for the file, and netkeep-dates(7), netkeep-names(7) and netkeep-scripting(7).
/// `man ./man/netkeep-due.1` shows a page from there. For `man` to find them by name, put each in the folder of its section:
/// ~/.local/share/man/man1 and so on.
#[derive(Args, Debug)]
#[command(
    before_help = "Examples:\n  netkeep man --out man\n  netkeep man --out man && man ./man/netkeep-due.1"
)]
pub(crate) struct ManArgs {
    /// The folder for them, created if needed
    #[arg(long, value_name = "DIR", value_hint = clap::ValueHint::DirPath)]
    out: PathBuf,
}

/// Writes a page for each command of the `grammar`, and for each topic.
pub(crate) fn run(app: &mut App, args: &ManArgs, mut grammar: clap::Command) -> Result<()> {
    grammar.build();
    let mut pages = Vec::new();
    of_commands(&grammar, &mut pages);
    pages.extend(TOPICS.iter().map(page::of_topic));
    let said = count(pages.len(), "page", "pages");
    if app.dry_run {
        let would = format!("Would write {said} to {}", args.out.display());
        return app.line(would);
    }
    write_folder(&args.out, &pages)?;
    app.has_saved = true;
    app.line(format!("Wrote {said} to {}", args.out.display()))
}

fn of_commands(command: &clap::Command, pages: &mut Vec<(String, Vec<u8>)>) {
    pages.push(page::of_command(command));
    let commands = command.get_subcommands();
    for command in commands.filter(|command| !command.is_hide_set()) {
        of_commands(command, pages);
    }
}
