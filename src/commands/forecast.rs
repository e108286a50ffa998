use clap::Args;

use crate::app::App;
use crate::domain::planning::forecast::forecast;
use crate::error::Result;
use crate::render::json;
use crate::render::views::forecast as render;
use crate::store::Detail;

/// Show what the cadences ask for in the coming weeks
///
/// Draws a bar for each of twelve weeks, by bucket, against the size of the week. Below it: what each bucket asks for in a
/// week, what you did over the last twelve, and, where the week is too small, how far each cadence stretches.
#[derive(Args, Debug)]
#[command(before_help = "Examples:\n  netkeep forecast\n  netkeep forecast --json")]
pub(crate) struct ForecastArgs {}

pub(crate) fn run(app: &mut App, _: &ForecastArgs) -> Result<()> {
    let file = app.read_or_empty(Detail::Days)?;
    if app.says_how_to_start(&file) {
        return Ok(());
    }
    let (book, today) = (file.book(), app.today);
    let forecast = forecast(book, today);
    app.answer(
        || json::forecast(&forecast, today),
        |sink| render::forecast(sink, &forecast, today),
    )
}
