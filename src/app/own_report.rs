//! The report in the state folder.

use std::fs;
use std::io;
use std::path::PathBuf;

use super::App;
use crate::error::{Error, Result};
use crate::store;

const FILE: &str = "report.html";

impl App {
    /// Where a report goes that is to go nowhere else: into a folder that only its owner can enter, which is created.
    pub(crate) fn own_report(&self) -> Result<PathBuf> {
        let folder = self.state.as_deref().ok_or(Error::NoHome)?;
        if !self.dry_run {
            let failed = |err| Error::WriteFile(folder.to_owned(), err);
            store::create_folder(folder).map_err(failed)?;
        }
        Ok(folder.join(FILE))
    }

    /// Deletes that report: it names people.
    pub(crate) fn forget_report(&self) -> io::Result<()> {
        let Some(folder) = &self.state else {
            return Ok(());
        };
        match fs::remove_file(folder.join(FILE)) {
            Err(err) if err.kind() == io::ErrorKind::NotFound => Ok(()),
            done => done,
        }
    }
}
