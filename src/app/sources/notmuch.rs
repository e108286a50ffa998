//! The messages that a query of notmuch finds. The program is run, if it is there; nothing else of it is used.

use std::path::PathBuf;
use std::process::{Command, Stdio};

use crate::app::git::os_string;
use crate::error::SourceFailure;

/// The files of the messages that a query finds, each message once.
pub(super) fn files(query: &str) -> Result<Vec<PathBuf>, SourceFailure> {
    let mut command = Command::new("notmuch");
    command.args([
        "search",
        "--output=files",
        "--format=text0",
        "--duplicate=1",
        "--",
        query,
    ]);
    let output = command
        .stdin(Stdio::null())
        .output()
        .map_err(SourceFailure::NotmuchNotRun)?;
    if !output.status.success() {
        let said = String::from_utf8_lossy(&output.stderr);
        let said = said.lines().next().unwrap_or_default().trim().to_owned();
        return Err(SourceFailure::NotmuchFailed(said));
    }
    let paths = output.stdout.split(|byte| *byte == 0);
    let paths = paths.filter(|path| !path.is_empty());
    Ok(paths.map(|path| PathBuf::from(os_string(path))).collect())
}
