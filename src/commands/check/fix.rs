//! What `check --fix` mends: an edit like any other, which `netkeep undo` takes back.

use super::file::close;
use crate::app::App;
use crate::error::Result;
use crate::render::views::problem::SourceText;

/// Mends what has one remedy, and says so. What is left is for `check` to tell.
pub(super) fn fix(app: &mut App) -> Result<()> {
    let file = app.open_to_change_quietly()?;
    let (change, mended) = file.fix();
    let has_closed = close(app, file.storage())?;
    if mended.is_empty() {
        if !has_closed {
            app.sink().line("Nothing to fix automatically")?;
        }
        return Ok(());
    }
    if app.save_change(&file, change)?.is_none() {
        return Ok(());
    }
    let path = file.path().display().to_string();
    let source = SourceText::new(&path, file.text());
    for mended in mended {
        let (line, column) = source.place(mended.at.start);
        let (from, to) = (mended.from, mended.to);
        app.sink().line(format!(
            "Fixed {path}:{line}:{column}: `{from}` is now `{to}`"
        ))?;
    }
    Ok(())
}
