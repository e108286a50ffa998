//! The user's home folder.

use std::path::PathBuf;

use directories::BaseDirs;

/// The home folder, if the user has one.
pub(super) fn home() -> Option<PathBuf> {
    Some(BaseDirs::new()?.home_dir().to_owned())
}

/// A path as the user writes it, where `~/` begins one in the home folder.
pub(super) fn expanded(written: &str) -> PathBuf {
    match written.strip_prefix("~/").zip(home()) {
        Some((rest, home)) => home.join(rest),
        None => written.into(),
    }
}
