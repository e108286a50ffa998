//! What came from a copy that is joined.

use super::plan::{DifferingValues, Joined};
use super::reasons::gone;
use crate::app::App;
use crate::app::choose_values::what;
use crate::domain::changes::book_change::BookChange;
use crate::domain::text::{on_one_line, shortened};
use crate::render::words::messages::UNDO;
use crate::render::words::plural::count;
use crate::render::words::{joined, lacking};
use crate::store::ValueConflict;

impl Joined {
    /// The values that differ, of which theirs are noted beside ours.
    pub(super) fn noted(&self) -> &[ValueConflict] {
        match self.differing {
            DifferingValues::Noted => &self.what.merge.conflicts,
            DifferingValues::Chosen | DifferingValues::Asked => &[],
        }
    }

    /// What came from the copy.
    pub(super) fn lines(&self, change: &BookChange, app: &App) -> Vec<String> {
        let mut lines = joined::lines(change, app.today);
        let merge = &self.what.merge;
        let values = merge.conflicts.iter().filter_map(|conflict| {
            let [ours, theirs] = conflict.values.each_ref().map(|value| in_short(value));
            let what = what(conflict);
            let place = match conflict.contact {
                Some(_) => "the notes keep",
                None => "a comment keeps",
            };
            match self.differing {
                DifferingValues::Chosen => None,
                DifferingValues::Noted => Some(format!("{what} stays {ours}; {place} {theirs}")),
                DifferingValues::Asked => Some(format!(
                    "{what} is {ours} here and {theirs} there: `netkeep sync` would ask which stays"
                )),
            }
        });
        lines.extend(values);
        if !self.left_out.is_empty() {
            lines.push(format!("left out {}", gone(&self.left_out)));
        }
        let kept = merge.kept.iter();
        let kept = kept.filter(|name| !self.left_out.iter().any(|one| one.name == **name));
        lines
            .extend(kept.map(|name| format!("{name} stays: removed in one, changed in the other")));
        let renamed = merge.renamed.iter();
        lines.extend(renamed.map(|(from, to)| {
            format!("another {from} is {to} now: nothing says that they are one person")
        }));
        if self.what.purged > 0 {
            let people = count(self.what.purged, "contact that was", "contacts that were");
            lines.push(format!("left out {people} purged from the book"));
        }
        lines.extend(lacking::lines(&self.what.lacking, app.today));
        if lines.is_empty() {
            lines.push("nothing new".to_owned());
        }
        lines
    }
}

/// What became of copies that were joined, or would be in a dry run; `None` if it was said with each. Of `joined` copies, so
/// many are `moved`.
pub(super) fn done(is_dry: bool, is_changed: bool, joined: usize, moved: usize) -> Option<String> {
    let copies = count(joined, "copy", "copies");
    if !is_changed {
        let copies = count(moved, "copy", "copies");
        let verb = if is_dry { "Would move" } else { "Moved" };
        return (moved > 0)
            .then(|| format!("{verb} {copies} with nothing new to the older versions"));
    }
    let (join, mv, undo) = if is_dry {
        ("Would join", "move", "")
    } else {
        ("Joined", "moved", UNDO)
    };
    let place = match (joined, moved) {
        (1, 0) => ", which stays where it is".to_owned(),
        (_, 0) => ", which stay where they are".to_owned(),
        (1, 1) => format!(", and {mv} it to the older versions"),
        (joined, moved) if joined == moved => format!(", and {mv} them to the older versions"),
        (_, moved) => format!(", and {mv} {moved} of them to the older versions"),
    };
    Some(format!("{join} {copies}{place}{undo}"))
}

/// A value for a sentence.
fn in_short(value: &str) -> String {
    shortened(&on_one_line(value), 60)
}
