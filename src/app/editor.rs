//! The user's editor.

use std::fs;
use std::io::{self, IsTerminal, Write};
use std::path::Path;

use tempfile::NamedTempFile;

use super::App;
use super::shell::{not_run, set, shell};
use crate::error::{Error, Result};
use crate::store::{DRAFT_SUFFIX, Storage, draft_prefix};

/// A text that the user types, in a private file that is removed with the draft unless it is to be kept.
pub(crate) struct Draft {
    file: NamedTempFile,
    /// What it started with: nothing is lost if the draft is still this.
    start: String,
    text: String,
}

/// The environment variable for the folder in which drafts are kept.
const STATE_FOLDER: &str = "XDG_STATE_HOME";

/// What comes after a text has been edited.
pub(crate) enum AfterEdit {
    /// It was taken.
    Done,
    /// It is edited once more.
    Again,
    /// It is given up, for this reason, and kept.
    GiveUp(Error),
}

impl App {
    /// Opens the draft in the editor until `take` takes its text. What is not taken is kept.
    pub(crate) fn until_taken(
        &mut self,
        mut draft: Draft,
        mut take: impl FnMut(&mut Self, &str) -> Result<AfterEdit>,
    ) -> Result<()> {
        loop {
            draft = self.edit(draft)?;
            match take(self, &draft.text) {
                Ok(AfterEdit::Done) => return Ok(()),
                Ok(AfterEdit::Again) => {}
                Ok(AfterEdit::GiveUp(why)) if draft.text.trim().is_empty() => return Err(why),
                Ok(AfterEdit::GiveUp(why)) | Err(why) => return Err(draft.keep(why)),
            }
        }
    }

    /// Lets the user edit a draft in their editor.
    fn edit(&mut self, draft: Draft) -> Result<Draft> {
        self.out.flush()?;
        let default = if cfg!(windows) { "notepad" } else { "vi" };
        let named = |name| set(name).filter(|line| !line.to_string_lossy().trim().is_empty());
        let command = match named("VISUAL").or_else(|| named("EDITOR")) {
            Some(command) => command,
            // It would wait for keys, or fill a file with the signs that draw a screen.
            None if !io::stdin().is_terminal() || !io::stdout().is_terminal() => {
                return Err(Error::NoEditor);
            }
            None => default.into(),
        };
        draft.edit(&command.to_string_lossy())
    }
}

impl Draft {
    /// A draft in the folder for those of the book, or without one in the folder for temporary files.
    pub(crate) fn new(storage: &Storage, text: &str) -> Result<Self> {
        let folder = storage.drafts_folder();
        let folder = folder.map_err(|err| Error::Temporary(STATE_FOLDER, err))?;
        let variable = if folder.is_some() {
            STATE_FOLDER
        } else {
            "TMPDIR"
        };
        let create = || {
            let prefix = draft_prefix();
            let mut builder = tempfile::Builder::new();
            builder.prefix(&prefix).suffix(DRAFT_SUFFIX);
            let mut file = match folder {
                Some(folder) => builder.tempfile_in(folder)?,
                None => builder.tempfile()?,
            };
            file.write_all(text.as_bytes())?;
            file.flush()?;
            Ok(file)
        };
        // The error names a path that means nothing to the user.
        let file =
            create().map_err(|err: io::Error| Error::Temporary(variable, err.kind().into()))?;
        Ok(Self {
            file,
            start: text.to_owned(),
            text: text.to_owned(),
        })
    }

    /// Opens it in the editor and waits until the editor is closed. If that fails, what was typed is kept.
    pub(super) fn edit(mut self, command: &str) -> Result<Self> {
        let failed = |err: Option<io::Error>| Error::Editor(command.to_owned(), err);
        let status = match shell(command).arg(self.file.path()).status() {
            Ok(status) => status,
            Err(err) => return Err(self.keep(failed(Some(err)))),
        };
        if let Some(why) = not_run(status.code()) {
            return Err(failed(Some(why.into())));
        }
        // The editor may have replaced the file, so read it by name.
        match fs::read(self.file.path()).map(String::from_utf8) {
            Ok(Ok(text)) if status.success() => {
                // Some editors put a byte-order mark first, which must not end up inside a book.
                text.trim_start_matches('\u{feff}')
                    .clone_into(&mut self.text);
                Ok(self)
            }
            Ok(Ok(text)) if text == self.start => Err(failed(None)),
            Ok(Ok(_)) => Err(self.keep(failed(None))),
            Ok(Err(_)) => Err(self.keep(Error::DraftNotText)),
            Err(err) => Err(Error::ReadFile(self.file.path().to_owned(), err)),
        }
    }

    pub(crate) fn path(&self) -> &Path {
        self.file.path()
    }

    /// Keeps the text where it is, for the user to come back to, and says so with `err`.
    pub(super) fn keep(self, err: Error) -> Error {
        let path = self.file.path().to_owned();
        // Even if keeping it fails, the file exists until the process ends.
        let path = self.file.into_temp_path().keep().unwrap_or(path);
        let err = Box::new(err);
        Error::Kept { path, err }
    }
}
