//! The history of a book, as JSON.

use std::io::{self, Write};

use serde::Serialize;

use super::document::write;
use crate::render::views::history::Step;

#[derive(Serialize)]
struct StepView<'s> {
    at: Option<String>,
    command: &'s str,
    contacts: &'s [String],
    buckets: &'s [String],
}

/// Writes the changes that can be undone, newest first, and those that can be redone: `{"version", "changes": [...],
/// "undone": [...]}`.
pub(crate) fn history(out: &mut dyn Write, changes: &[Step], undone: &[Step]) -> io::Result<()> {
    let [changes, undone] = [changes, undone].map(views);
    write(out, &[("changes", &changes), ("undone", &undone)])
}

fn views<'s>(steps: &'s [Step]) -> Vec<StepView<'s>> {
    let view = |step: &'s Step| StepView {
        at: (step.at).map(|at| at.format("%Y-%m-%dT%H:%M:%S").to_string()),
        command: &step.by,
        contacts: &step.changed_names.contacts,
        buckets: &step.changed_names.buckets,
    };
    steps.iter().map(view).collect()
}
