//! What a user typed and the book did not take: it is kept in the state folder, for its owner only.

use std::io;
use std::path::PathBuf;

use super::disk::private;
use super::disk::siblings::{is_over, names};
use super::storage::Storage;

/// The start of the name of a draft; a process number and random letters follow.
const PREFIX: &str = "netkeep-";

/// The end of it, by which an editor knows what it is.
pub(crate) const SUFFIX: &str = ".toml";

impl Storage {
    /// The folder for drafts of this book, which is created if it is missing; without a state folder there is none.
    pub(crate) fn drafts_folder(&self) -> io::Result<Option<PathBuf>> {
        let folder = self.drafts_place();
        folder.as_deref().map_or(Ok(()), private::create_folder)?;
        Ok(folder)
    }

    /// The drafts that are left: no editor is at work on them. What an editor keeps beside a draft counts as one.
    pub(crate) fn drafts(&self) -> Vec<PathBuf> {
        let Some(folder) = self.drafts_place() else {
            return vec![];
        };
        let is_left = |name: &str| {
            let (_, rest) = name.split_once(PREFIX)?;
            let (process, _) = rest.split_once('-')?;
            process.parse().ok().map(is_over)
        };
        let names = names(&folder).unwrap_or_default().into_iter();
        let left = names.filter(|name| is_left(&name.to_string_lossy()).unwrap_or_default());
        let mut left: Vec<PathBuf> = left.map(|name| folder.join(name)).collect();
        left.sort();
        left
    }

    pub(super) fn drafts_place(&self) -> Option<PathBuf> {
        let state = self.state.as_ref()?;
        Some(state.join("drafts").join(self.target.key()))
    }
}

/// The start of the name of a draft of this process.
pub(crate) fn draft_prefix() -> String {
    format!("{PREFIX}{}-", std::process::id())
}
