use clap::Args;

use crate::app::App;
use crate::domain::find::brought_by::BroughtBy;
use crate::domain::planning::stats::stats;
use crate::error::Result;
use crate::render::json;
use crate::render::views::stats as render;
use crate::store::Detail;

/// Show what you keep up: people, gaps, channels, touches a month
#[derive(Args, Debug)]
#[command(before_help = "Examples:\n  netkeep stats\n  netkeep stats --json")]
pub(crate) struct StatsArgs {}

pub(crate) fn run(app: &mut App, _: &StatsArgs) -> Result<()> {
    let file = app.read_or_empty(Detail::All)?;
    if app.says_how_to_start(&file) {
        return Ok(());
    }
    let (book, today) = (file.book(), app.today);
    let stats = stats(book, today);
    let connectors = BroughtBy::of(book, today).connectors();
    app.answer(
        || json::stats(book, &stats, &connectors, today),
        |sink| render::stats(sink, book, &stats, &connectors, today),
    )
}
