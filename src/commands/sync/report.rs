//! What a sync did, told at its end.

use chrono::NaiveDate;

use crate::app::App;
use crate::domain::Book;
use crate::domain::changes::book_change::BookChange;
use crate::error::Result;
use crate::render::json;
use crate::render::words::changed::parts;
use crate::render::words::joined;
use crate::render::words::plural::{and, count, some};
use crate::store::BookMerge;

/// The most changes from elsewhere that are told one by one.
const TOLD: usize = 5;

/// What a sync did.
#[derive(Debug, Default)]
pub(super) struct SyncReport {
    /// The first line of the message of each commit that was made.
    pub(super) committed: Vec<String>,
    /// The branch over there.
    pub(super) upstream: Option<String>,
    /// What came from there.
    pub(super) merged: Vec<String>,
    /// The keys that a dry run found to differ: a sync asks about them.
    pub(super) asked: Vec<String>,
    pub(super) is_pushed: bool,
    /// Why the remote could not be reached.
    pub(super) offline: Option<String>,
}

impl SyncReport {
    /// Whether anything was done.
    pub(super) fn is_something(&self) -> bool {
        self.is_pushed || !self.committed.is_empty() || !self.merged.is_empty()
    }

    /// Says it; a sync that `failed` later on has done this much.
    pub(super) fn say(&self, app: &mut App, failed: bool) -> Result<()> {
        app.answer_more("sync", || {
            json::sync(&json::SyncDone {
                committed: &self.committed,
                upstream: self.upstream.as_deref(),
                merged: &self.merged,
                asked: &self.asked,
                is_pushed: self.is_pushed,
                is_offline: self.offline.is_some(),
            })
        });
        let is_dry = app.dry_run;
        for committed in &self.committed {
            let commits = if is_dry { "Would commit" } else { "Committed" };
            app.line(format!("{commits}: {committed}"))?;
        }
        let there = self.upstream.as_deref();
        for merged in &self.merged {
            app.line(format!("From {}: {merged}", there.unwrap_or("there")))?;
        }
        if failed {
            return Ok(());
        }
        match (there, &self.offline) {
            (None, _) if self.committed.is_empty() => {
                app.line("Nothing to commit; the repository has no remote to sync with")
            }
            (None, _) => {
                app.note("the repository has no remote to sync with");
                app.hint("`netkeep sync --init URL` adds one");
                Ok(())
            }
            (Some(there), Some(why)) => {
                app.note(format!("{there} cannot be reached: {why}"));
                app.hint("`netkeep sync` again, once it can, brings both together");
                Ok(())
            }
            (Some(there), None) if is_dry => self.say_plan(app, there),
            (Some(there), None) if self.is_pushed => app.line(format!("Pushed to {there}")),
            (Some(there), None) if self.merged.is_empty() => {
                app.line(format!("Nothing new here or on {there}"))
            }
            _ => Ok(()),
        }
    }

    /// Says what else a sync would do.
    fn say_plan(&self, app: &mut App, there: &str) -> Result<()> {
        if !self.asked.is_empty() {
            let keys = some(&self.asked);
            app.line(format!("Would ask which value stays: {keys}"))?;
        }
        let merges = !self.merged.is_empty() || !self.asked.is_empty();
        app.line(match (merges, self.is_pushed) {
            (true, true) => format!("Would merge, and push to {there}"),
            (true, false) => "Would merge".to_owned(),
            (false, true) => format!("Would push to {there}"),
            (false, false) => format!("Nothing new here or on {there}"),
        })
    }
}

/// What came, a line each if it is little; who is gone or has another name is always named.
pub(super) fn came(change: &BookChange, today: NaiveDate) -> Vec<String> {
    let lines = joined::lines(change, today);
    if (1..=TOLD).contains(&lines.len()) {
        return lines;
    }
    parts(change)
}

/// A book that was taken as it is.
pub(super) fn taken(book: &Book) -> String {
    let contacts = count(book.contacts.len(), "contact", "contacts");
    format!("the book, with {contacts}")
}

/// What a merge decided that a person may want to look at; `purged` people were left out.
pub(super) fn decided(merge: &BookMerge, purged: usize) -> Vec<String> {
    let mut lines = Vec::new();
    if purged > 0 {
        let people = count(purged, "contact that was", "contacts that were");
        lines.push(format!("left out {people} purged from the book"));
    }
    if !merge.kept.is_empty() {
        let names: Vec<&str> = merge.kept.iter().map(String::as_str).collect();
        let stay = if names.len() == 1 { "stays" } else { "stay" };
        lines.push(format!(
            "{} {stay}: removed on one machine, changed on the other",
            and(&names)
        ));
    }
    let renamed = merge.renamed.iter();
    lines.extend(
        renamed.map(|(name, is)| format!("two new people are called {name}: one is {is} now")),
    );
    lines
}
