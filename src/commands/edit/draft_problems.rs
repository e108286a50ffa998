//! What is wrong with a text that comes back from the editor.

use crate::app::ask::AnswerSource;
use crate::app::{AfterEdit, App};
use crate::error::{Error, Result, report_of};
use crate::render::views::problem::{SourceText, report, say};
use crate::render::words::plural::count;
use crate::store::Problem;

/// The most problems to show at once.
const SHOWN: usize = 5;

/// What a problem is called that keeps a text from being taken.
pub(super) fn error(_: &Problem) -> &'static str {
    "error"
}

/// Shows the first problems of a text, and how many more there are. They belong to a question, so they are shown each time.
pub(super) fn show_problems(
    app: &App,
    label_of: fn(&Problem) -> &'static str,
    source: &SourceText,
    problems: &[Problem],
) {
    app.show(|sink| {
        for problem in problems.iter().take(SHOWN) {
            report(sink, source, &report_of(label_of(problem), problem))?;
        }
        match &problems[problems.len().min(SHOWN)..] {
            [] => Ok(()),
            [first, more @ ..] => {
                let more = count(more.len() + 1, "more problem", "more problems");
                say(sink, label_of(first), &more)
            }
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
