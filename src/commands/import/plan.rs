//! What an import of people makes of the book, and how it is shown.

use std::collections::HashMap;

use super::read_files::{Opened, ReadFiles};
use crate::app::App;
use crate::domain::Book;
use crate::domain::identity::import::{Answer, Arrival, Intake, NewBucket, intake};
use crate::domain::identity::moves::Move;
use crate::domain::identity::supplement::Prefer;
use crate::error::Result;
use crate::render::views::import;
use crate::render::views::import_summary::ImportRow;
use crate::render::{Sink, Text};

/// The choices made by options and by answers.
pub(super) struct ImportChoices {
    pub(super) prefer: Prefer,
    pub(super) answers: HashMap<usize, Answer>,
    /// The answer for all others.
    pub(super) otherwise: Answer,
}

/// The import to write, as the user saw it.
pub(super) struct ApprovedPlan {
    /// What the import makes of the book.
    pub(super) plan: Intake,
    /// The text of that book.
    pub(super) seen: String,
    /// Whether the user agreed to it: then it is written to that book and to no other.
    pub(super) must_agree: bool,
    pub(super) bucket: NewBucket,
    /// Whether nobody gets a first day.
    pub(super) now: bool,
    /// Whether those who have moved get a plan.
    pub(super) plans_notes: bool,
}

impl ImportChoices {
    pub(super) fn plan(&self, book: &Book, arrivals: &[Arrival], app: &App) -> Intake {
        let answer = |at: usize| self.answers.get(&at).copied().unwrap_or(self.otherwise);
        intake(book, arrivals, self.prefer, answer, app.today)
    }
}

/// Each file with its arrivals and what becomes of them.
pub(super) fn by_file<'p>(
    read: &'p ReadFiles,
    plan: &'p Intake,
) -> impl Iterator<Item = (&'p Opened, Vec<ImportRow<'p>>)> {
    let mut rows = read.arrivals.iter().zip(&plan.outcomes);
    let files = read.files.iter();
    files.map(move |file| (file, rows.by_ref().take(file.people).collect()))
}

/// Writes the rows of a file that the user should look at, or all of them.
pub(super) fn all_rows(
    sink: &mut Sink,
    file: &Opened,
    plan: &Intake,
    moves: &[Move],
    rows: &[ImportRow],
    is_verbose: bool,
) -> Result<()> {
    if is_verbose {
        import::rows(sink, plan, rows)?;
    }
    import::to_look_at(sink, plan, moves, rows)?;
    if !file.found.unused.is_empty() {
        let (what, unused) = (file.columns(), file.found.unused.join(", "));
        let line = Text::one_line(&format!("{what} left out: {unused}"));
        sink.message(&Text::new("  "), line)?;
    }
    Ok(())
}
