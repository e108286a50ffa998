//! What `check --fix` does: an edit like any other, which `netkeep undo` undoes.

use super::file::close;
use crate::app::App;
use crate::error::Result;
use crate::render::views::problem::SourceText;
use crate::store::Detail;

/// Fixes what has one remedy, and reports it. `check` reports what is left.
pub(super) fn fix(app: &mut App) -> Result<()> {
    let file = app.open_to_change_quietly(Detail::All)?;
    let (change, fixes) = file.fix();
    if fixes.is_empty() {
        if !close(app, file.storage())? {
            app.line("Nothing to fix automatically")?;
        }
        return Ok(());
    }
    // A file whose mode changed before the save would look changed by another program.
    let saved = app.save_change(&file, change)?;
    close(app, file.storage())?;
    if saved.is_none() {
        return Ok(());
    }
    let path = file.path().display().to_string();
    let source = SourceText::new(&path, file.text());
    for fix in fixes {
        let (line, column) = source.place(fix.at.start);
        let (from, to) = (fix.from, fix.to);
        app.line(format!(
            "Fixed {path}:{line}:{column}: `{from}` is now `{to}`"
        ))?;
    }
    Ok(())
}
