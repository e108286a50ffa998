use clap::Args;

use crate::app::App;
use crate::domain::find::brought_by::BroughtBy;
use crate::error::Result;
use crate::render::json;
use crate::render::views::show::{self, ShowLength};
use crate::store::Detail;

/// Show the page to read before a call
///
/// How to reach them, who brought them and those they brought, what is next, where the cadence stands, the last touches, notes.
#[derive(Args, Debug)]
#[command(before_help = "Examples:\n  netkeep show ana\n  netkeep show ana --all")]
pub(crate) struct ShowArgs {
    /// A name, or enough of it to match one contact
    #[arg(required = true, value_name = "NAME")]
    name: Vec<String>,
    /// Every touch, not only the last ones
    #[arg(long)]
    all: bool,
}

pub(crate) fn run(app: &mut App, args: &ShowArgs) -> Result<()> {
    let mut file = app.read(Detail::Brought)?;
    let id = app.pick_one(file.book(), &args.name)?;
    file.fill([id])?;
    let (book, today) = (file.book(), app.today);
    let brought = BroughtBy::of(book, today);
    let length = if args.all {
        ShowLength::ALL
    } else {
        ShowLength::USUAL
    };
    app.answer(
        || json::show(book, id, &brought, today),
        |sink| show::show(sink, book, id, &brought, today, length),
    )
}
