//! Pages of the manual, in `man`.

use std::process::Command;
use std::{env, fs, io};

use super::App;
use super::pager::uninterrupted;
use super::shell::is_dumb;

impl App {
    /// Opens a page in `man` at a terminal; returns false if that is not possible. The pager is the user's, as for any answer.
    pub(crate) fn opens_manual(&self, file: &str, page: &[u8]) -> bool {
        self.pages && !is_dumb() && open(file, page).unwrap_or(false)
    }
}

fn open(file: &str, page: &[u8]) -> io::Result<bool> {
    let folder = tempfile::tempdir()?;
    // A name with a slash is a file for every `man`.
    let path = folder.path().join(file);
    fs::write(&path, page)?;
    let mut man = Command::new("man");
    man.arg(&path);
    if let Some(pager) = env::var_os("NETKEEP_PAGER") {
        let is_none = pager.to_string_lossy().trim().is_empty();
        man.env("MANPAGER", if is_none { "cat".into() } else { pager });
    }
    let shown = uninterrupted(|| man.status())?;
    Ok(shown.success())
}
