use clap::Args;

use crate::app::App;
use crate::app::filter_args::FilterArgs;
use crate::domain::ContactId;
use crate::domain::find::filter::addressees;
use crate::domain::identity::match_key::addresses;
use crate::error::{Error, Result};
use crate::render::json;
use crate::render::views::query;
use crate::store::Detail;

/// Find addresses for a mail program
///
/// Lists every contact with an e-mail address whose names, addresses, company, bucket or tags contain each TEXT, ignoring case and
/// accents; contacts whose name begins with it come first. The first line says how many; each line after it has an address, the name
/// and who it is, separated by tabs, as `query_command` of mutt and neomutt expects. Exits with 1 when nobody
/// is found.
#[derive(Args, Debug)]
#[command(before_help = "Examples:\n  netkeep query ana\n  netkeep query acme")]
pub(crate) struct QueryArgs {
    /// What to look for; without it, everyone
    text: Vec<String>,
    #[command(flatten)]
    filter: FilterArgs,
    /// Leave out the line that says how many, for aerc
    #[arg(long)]
    no_header: bool,
}

pub(crate) fn run(app: &mut App, args: &QueryArgs) -> Result<()> {
    let file = app.read_or_empty(Detail::Names)?;
    let book = file.book();
    let filter = args.filter.filter(book)?;
    let mut found = addressees(book, &args.text);
    found.retain(|id| filter.takes(book.contact(*id)));
    let count = |id: &ContactId| addresses(book.contact(*id)).count();
    let count = found.iter().map(count).sum::<usize>();
    app.answer(
        || json::addresses(book, &found),
        |sink| query::addresses(sink, book, &found, (!args.no_header).then_some(count)),
    )?;
    // The answer has said so.
    if count == 0 {
        return Err(Error::No(1));
    }
    Ok(())
}
