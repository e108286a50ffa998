use clap::Args;

use crate::app::App;
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
    let today = app.today;
    let stats = stats(file.book(), today);
    if app.json {
        return Ok(json::stats(&mut app.out, file.book(), &stats, today)?);
    }
    if file.book().contacts.is_empty() {
        app.hint_to_start(file.book(), file.shrunken());
        return Ok(());
    }
    render::stats(&mut app.sink(), file.book(), &stats, today)?;
    Ok(())
}
