//! The versions of a book that Syncthing keeps.

use std::collections::HashSet;
use std::path::{Path, PathBuf};

use chrono::NaiveDateTime;

use crate::store::disk::plain_file::{self, checksum};
use crate::store::disk::siblings::names;
use crate::store::storage::Storage;

/// The most states that a sync program kept which are looked at.
const MOST_KEPT: usize = 50;

/// The versions of the book that Syncthing keeps in `.stversions`, beside the book or at the root of its folder, the newest
/// first.
pub(super) fn kept_texts(storage: &Storage) -> Vec<(NaiveDateTime, String)> {
    let mut found: Vec<(NaiveDateTime, PathBuf)> = Vec::new();
    for versions in kept_places(storage.folder()) {
        for name in names(&versions).unwrap_or_default() {
            let name = name.to_string_lossy();
            if let Some(at) = kept_at(&storage.name(), &name) {
                found.push((at, versions.join(&*name)));
            }
        }
    }
    found.sort_unstable();
    found.dedup();
    let newest = found.into_iter().rev().take(MOST_KEPT);
    let mut seen = HashSet::new();
    let read = newest.filter_map(|(at, path)| {
        let text = String::from_utf8(plain_file::read(&path).ok()?).ok()?;
        seen.insert(checksum(text.as_bytes())).then_some((at, text))
    });
    read.collect()
}

/// Where Syncthing keeps versions of the files in `folder`: in a folder of its own beside them, or at the root of all that it
/// syncs.
pub(in crate::store) fn kept_places(folder: &Path) -> impl Iterator<Item = PathBuf> {
    folder.ancestors().map(move |root| {
        let below = folder.strip_prefix(root).unwrap_or(Path::new(""));
        root.join(".stversions").join(below)
    })
}

/// When Syncthing kept the file called `name`, if that is a version of `book`: `contacts~20260923-101500.toml`.
fn kept_at(book: &str, name: &str) -> Option<NaiveDateTime> {
    let (stem, end) = book.rfind('.').map_or((book, ""), |dot| book.split_at(dot));
    let tag = name.strip_prefix(stem)?.strip_suffix(end)?;
    NaiveDateTime::parse_from_str(tag.strip_prefix('~')?, "%Y%m%d-%H%M%S").ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn knows_the_versions_of_syncthing() {
        let at = |name| kept_at("contacts.toml", name).map(|at| at.to_string());
        let known = Some("2026-09-23 10:15:00".to_owned());
        assert_eq!(at("contacts~20260923-101500.toml"), known);
        for other in [
            "contacts.toml",
            "friends~20260923-101500.toml",
            "contacts~2026.toml",
        ] {
            assert_eq!(at(other), None, "{other}");
        }
    }
}
