//! Who is due in a form for other programs: a number, an exit code, a line each.

use super::DueArgs;
use crate::app::App;
use crate::commands::list::line_each;
use crate::domain::Book;
use crate::domain::due::Standing;
use crate::domain::week::Plan;
use crate::error::{Error, Result};
use crate::render::waybar::waybar;

/// The form that a bar takes; no template is called so, since one has a field in it.
const WAYBAR: &str = "waybar";

/// The exit code of `--quiet` when nobody is due.
const NOBODY: u8 = 3;

/// Answers with how many there are, or whether there is anybody; `None` where neither is asked for.
pub(super) fn counted(app: &mut App, args: &DueArgs, listed: &[Standing]) -> Option<Result<()>> {
    if args.quiet {
        let answer = if listed.is_empty() {
            Err(Error::No { code: NOBODY })
        } else {
            Ok(())
        };
        return Some(answer);
    }
    let told = |app: &mut App| Ok(app.sink().line(listed.len().to_string())?);
    args.count.then(|| told(app))
}

/// Answers in a form of the user's.
pub(super) fn formed(
    app: &mut App,
    form: &str,
    book: &Book,
    plan: &Plan,
    listed: &[Standing],
) -> Result<()> {
    if form == WAYBAR {
        return Ok(waybar(&mut app.out, book, plan, listed, app.today)?);
    }
    line_each(app, form, book, listed)
}
