//! The user's editor.

use std::io::{self, Write};
use std::path::PathBuf;
use std::process::Command;

use tempfile::NamedTempFile;

use crate::error::{Error, Result};

/// A text that somebody typed, in a file of its own that goes when the draft goes.
pub(crate) struct Draft {
    file: NamedTempFile,
    pub(crate) text: String,
}

/// Opens `text` in the editor and waits for it to be closed.
pub(crate) fn edit(text: &str, command: Option<String>) -> Result<Draft> {
    let command =
        command.unwrap_or_else(|| if cfg!(windows) { "notepad" } else { "vi" }.to_owned());
    let failed = |err: io::Error| Error::Editor {
        command: command.clone(),
        err: Some(err),
    };
    let mut file = tempfile::Builder::new()
        .prefix("netkeep-")
        .suffix(".toml")
        .tempfile()
        .map_err(failed)?;
    file.write_all(text.as_bytes())
        .and_then(|()| file.flush())
        .map_err(failed)?;
    let status = shell(&command).arg(file.path()).status().map_err(failed)?;
    if !status.success() {
        return Err(Error::Editor {
            command: command.clone(),
            err: None,
        });
    }
    // The editor may have put another file in its place: read by name.
    let text = std::fs::read_to_string(file.path()).map_err(failed)?;
    Ok(Draft { file, text })
}

/// The command is a line for the shell, as in git: `EDITOR="code -w"`, or a path in quotes.
#[cfg(not(windows))]
fn shell(command: &str) -> Command {
    let mut shell = Command::new("sh");
    shell
        .arg("-c")
        .arg(format!("{command} \"$@\""))
        .arg(command);
    shell
}

#[cfg(windows)]
fn shell(command: &str) -> Command {
    let mut shell = Command::new("cmd");
    shell.arg("/C").args(command.split_whitespace());
    shell
}

impl Draft {
    /// Keeps the text where it is, for the user to come back to.
    pub(crate) fn keep(self) -> PathBuf {
        let path = self.file.path().to_owned();
        // Where it cannot be kept on, it is where the editor left it until the process ends: the path is still true.
        self.file.into_temp_path().keep().unwrap_or(path)
    }
}
