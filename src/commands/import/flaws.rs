//! What is wrong in a file, line by line.

use std::path::Path;

use crate::app::App;
use crate::exchange::RowProblem;
use crate::render::words::plural::count;

/// How many problems of a file are reported; the rest are counted.
pub(super) const SHOWN: usize = 20;

/// Reports each problem of a file with its place.
pub(super) fn report_flaws(app: &App, path: &Path, flaws: &[RowProblem], is_verbose: bool) {
    let most = if is_verbose { usize::MAX } else { SHOWN };
    let name = path.display();
    for flaw in flaws.iter().take(most) {
        let left = if flaw.is_lost { ": left out" } else { "" };
        app.warning(format!("{name}:{}: {}{left}", flaw.line, flaw.what));
    }
    let more = flaws.len().saturating_sub(most);
    if more > 0 {
        app.warning(format!(
            "{} in {name}; `--verbose` shows them all",
            count(more, "more problem", "more problems")
        ));
    }
}
