//! What a sync did, told at its end.

use crate::app::App;
use crate::error::Result;
use crate::render::json;

/// What a sync did.
#[derive(Debug, Default)]
pub(super) struct SyncReport {
    /// The first line of the message of the commit that was made.
    pub(super) committed: Option<String>,
    /// The branch over there.
    pub(super) upstream: Option<String>,
    /// What came from there.
    pub(super) merged: Vec<String>,
    pub(super) is_pushed: bool,
    /// Why the remote could not be reached.
    pub(super) offline: Option<String>,
}

impl SyncReport {
    /// Says it; a sync that `failed` later on has done this much.
    pub(super) fn say(&self, app: &mut App, failed: bool) -> Result<()> {
        app.answer_more("sync", || {
            json::sync(&json::SyncDone {
                committed: self.committed.as_deref(),
                upstream: self.upstream.as_deref(),
                merged: &self.merged,
                is_pushed: self.is_pushed,
                is_offline: self.offline.is_some(),
            })
        });
        let is_dry = app.dry_run;
        if let Some(committed) = &self.committed {
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
            (None, _) if self.committed.is_none() => {
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
            (Some(there), None) if is_dry => {
                app.line(format!("Would fetch from {there}, merge, and push"))
            }
            (Some(there), None) if self.is_pushed => app.line(format!("Pushed to {there}")),
            (Some(there), None) if self.merged.is_empty() => {
                app.line(format!("Nothing new here or on {there}"))
            }
            _ => Ok(()),
        }
    }
}
