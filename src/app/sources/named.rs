//! The sources that the book names.

use std::path::PathBuf;

use super::walk::{AskedFor, NOTMUCH, TypedFile, asked_for};
use crate::app::App;
use crate::domain::BookSources;
use crate::error::{Error, Result};

/// The sources of the book.
#[derive(Debug, Default)]
pub(crate) struct NamedSources {
    pub(crate) there: Vec<AskedFor>,
    /// Whether the book names any.
    pub(crate) are_any: bool,
    /// Those that this machine does not have, as the book writes them.
    pub(crate) missing: Vec<String>,
}

/// The sources that the book names, each once. A relative path counts from the folder of the book.
///
/// # Errors
///
/// If the folder of the book cannot be found.
pub(crate) fn named_sources(app: &App, sources: &BookSources) -> Result<NamedSources> {
    let mut named = NamedSources::default();
    let lists = [&sources.mail, &sources.calendar, &sources.calls];
    for written in lists.into_iter().flatten() {
        named.are_any = true;
        let path = if written.starts_with(NOTMUCH) {
            PathBuf::from(written)
        } else {
            app.beside_book(written)?
        };
        if !written.starts_with(NOTMUCH) && !path.exists() {
            named.missing.push(written.clone());
            continue;
        }
        let source = match asked_for(&path) {
            Ok(TypedFile::Source(source)) => source,
            // No mail has come yet.
            Ok(TypedFile::Empty) => continue,
            Ok(TypedFile::Other) => AskedFor::Path(path),
            Err(err) => {
                app.note_error("warning", &Error::ReadFile(path, err));
                continue;
            }
        };
        if !named.there.contains(&source) {
            named.there.push(source);
        }
    }
    Ok(named)
}
