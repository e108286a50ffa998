//! What is wrong with a text that comes back from the editor.

use crate::app::ask::AnswerSource;
use crate::app::{AfterEdit, App};
use crate::error::{Error, Result, report_of};
use crate::render::views::problem::{SourceText, report, say};
use crate::render::words::plural::count;
use crate::store::Problem;

/// The most problems to show at once.
const SHOWN: usize = 5;

/// Shows the first problems of a text, and how many more there are. They belong to a question, so they are shown each time.
pub(super) fn show_problems(
    app: &App,
    label: &'static str,
    source: &SourceText,
    problems: &[Problem],
) {
    app.show(|sink| {
        for problem in problems.iter().take(SHOWN) {
            report(sink, source, &report_of(label, problem))?;
        }
        match problems.len().saturating_sub(SHOWN) {
            0 => Ok(()),
            more => say(sink, label, &count(more, "more problem", "more problems")),
        }
    });
}

/// Asks whether to edit a text again that cannot be used. If not, `what` stays as it was.
pub(super) fn edit_again(app: &mut App, what: &'static str) -> Result<AfterEdit> {
    if app.confirm(AnswerSource::Input, "Edit it again?", true)? {
        return Ok(AfterEdit::Again);
    }
    Ok(AfterEdit::GiveUp(Error::EditGivenUp(what)))
}
