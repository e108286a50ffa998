//! What came from a copy that is joined.

use super::plan::Joined;
use super::reasons::gone;
use crate::app::App;
use crate::app::choose_values::what;
use crate::domain::changes::book_change::BookChange;
use crate::domain::text::shortened;
use crate::render::words::{joined, lacking};
use crate::render::words::plural::count;

impl Joined {
    /// What came from the copy.
    pub(super) fn lines(&self, change: &BookChange, app: &App) -> Vec<String> {
        let mut lines = joined::lines(change, app.today);
        let merge = &self.what.merge;
        if self.is_noted {
            let noted = merge.conflicts.iter().map(|conflict| {
                let place = match conflict.contact {
                    Some(_) => "the notes keep",
                    None => "a comment keeps",
                };
                let [ours, theirs] = conflict.values.each_ref().map(|value| on_one_line(value));
                format!("{} stays {ours}; {place} {theirs}", what(conflict))
            });
            lines.extend(noted);
        }
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

/// A value for a sentence.
fn on_one_line(value: &str) -> String {
    shortened(&value.split_whitespace().collect::<Vec<_>>().join(" "), 60)
}
