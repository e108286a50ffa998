//! How text is written to the streams of the process.

use std::io::{self, IsTerminal, Write};

use clap::ColorChoice;

use super::shell::set;
use crate::render::Sink;

/// How text is written to a stream.
#[derive(Clone, Copy, Debug)]
pub(super) struct Stream {
    pub(super) has_colour: bool,
    pub(super) is_terminal: bool,
    /// The columns of a line, COLUMNS or those of the terminal; `None` when lines may have any length.
    pub(super) width: Option<usize>,
}

impl Stream {
    pub(super) fn stdout(when: ColorChoice) -> Self {
        Self::of(&io::stdout(), when)
    }

    pub(super) fn stderr(when: ColorChoice) -> Self {
        Self::of(&io::stderr(), when)
    }

    fn of(stream: &impl IsTerminal, when: ColorChoice) -> Self {
        let is_terminal = stream.is_terminal();
        let size = is_terminal.then(terminal_size::terminal_size).flatten();
        Self {
            has_colour: has_colour(when, is_terminal),
            is_terminal,
            width: columns().or_else(|| size.map(|(width, _)| width.0.into())),
        }
    }

    /// A sink that writes to `out` what this stream gets.
    pub(super) fn sink(self, out: &mut dyn Write) -> Sink<'_> {
        Sink::new(out, self.has_colour, self.width).at_terminal(self.is_terminal)
    }
}

/// The width that the user chose.
fn columns() -> Option<usize> {
    let columns = set("COLUMNS")?.to_str()?.parse().ok();
    columns.filter(|columns| *columns > 0)
}

/// Whether a stream takes colour: <https://no-color.org> and the habits of terminals.
fn has_colour(when: ColorChoice, is_terminal: bool) -> bool {
    match when {
        ColorChoice::Always => true,
        ColorChoice::Never => false,
        ColorChoice::Auto => {
            is_terminal
                && set("NO_COLOR").is_none()
                && set("TERM").is_none_or(|term| term != "dumb")
        }
    }
}
