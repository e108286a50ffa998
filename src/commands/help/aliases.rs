//! The aliases of the book.

use std::io;

use crate::app::App;
use crate::error::Result;
use crate::render::views::explanation::{HelpEntry, entries, heading};
use crate::render::views::page::{WIDEST, page};
use crate::render::words::messages::quoted;

/// Lists the aliases and says how to make one. Without a book, and with one that cannot be read, it still says how.
pub(super) fn show(app: &mut App) -> Result<()> {
    let (aliases, title) = match app.aliases() {
        Ok(aliases) if aliases.is_empty() => (aliases, "The book has no aliases."),
        Ok(aliases) => (aliases, "The aliases of the book:"),
        Err(err) => {
            app.note_error("warning", &err);
            (vec![], "The aliases of the book cannot be read.")
        }
    };
    let aliases: Vec<HelpEntry> = aliases
        .iter()
        .map(|(name, words)| HelpEntry {
            form: name.clone(),
            about: line(words),
            ..HelpEntry::default()
        })
        .collect();
    let mut sink = app.sink();
    let width = sink.width().unwrap_or(WIDEST).min(WIDEST);
    let mut write = || -> io::Result<()> {
        heading(&mut sink, title)?;
        entries(&mut sink, &aliases, width)?;
        sink.gap()?;
        page(&mut sink, include_str!("aliases.md"))
    };
    Ok(write()?)
}

/// The words that an alias stands for, as they are typed.
pub(super) fn line(words: &[String]) -> String {
    let words: Vec<String> = words.iter().map(|word| quoted(word)).collect();
    words.join(" ")
}
