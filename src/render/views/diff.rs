//! A change as a unified diff.

use std::io;
use std::path::Path;

use similar::{ChangeTag, TextDiff};

use crate::render::{Ink, Sink, Text};

/// Writes the lines of `old` that are not in `new`.
pub(crate) fn removed(sink: &mut Sink, old: &str, new: &str) -> io::Result<()> {
    let diff = TextDiff::from_lines(old, new);
    for change in diff
        .iter_all_changes()
        .filter(|change| change.tag() == ChangeTag::Delete)
    {
        sink.verbatim(&Text::tabbed(change.value()).ink(Ink::Removed))?;
    }
    Ok(())
}

/// Writes the changes from `old` to `new`; nothing if they are the same.
pub(crate) fn diff(sink: &mut Sink, path: &Path, old: &str, new: &str) -> io::Result<()> {
    let name = path.display().to_string();
    let diff = TextDiff::from_lines(old, new)
        .unified_diff()
        .context_radius(3)
        .header(&name, &name)
        .to_string();
    for (at, line) in diff.lines().enumerate() {
        let text = Text::tabbed(line);
        sink.verbatim(&match line.as_bytes().first() {
            _ if at < 2 => text.ink(Ink::Strong),
            Some(b'+') => text.ink(Ink::Added),
            Some(b'-') => text.ink(Ink::Removed),
            _ => text,
        })?;
    }
    Ok(())
}
