//! How text is written to the streams of the process.

use std::io::{self, IsTerminal, Write};

use clap::ColorChoice;

use super::shell::{is_dumb, set};
use crate::render::Sink;

/// The rows of a terminal that does not say how many it has.
const ROWS: usize = 24;

/// How the user wants text to look.
#[derive(Clone, Copy, Debug)]
pub(super) struct Look {
    pub(super) colour: ColorChoice,
    /// Whether plain text is asked for.
    pub(super) is_plain: bool,
}

/// Before the options are known.
impl Default for Look {
    fn default() -> Self {
        Self {
            colour: ColorChoice::Auto,
            is_plain: std::env::args_os().any(|arg| arg == "--plain"),
        }
    }
}

/// How text is written to a stream.
#[derive(Clone, Copy, Debug)]
pub(super) struct Stream {
    pub(super) has_colour: bool,
    /// Without block characters and other drawing.
    pub(super) is_plain: bool,
    pub(super) is_terminal: bool,
    /// The columns of a line, COLUMNS or those of the terminal; `None` when lines may have any length.
    pub(super) width: Option<usize>,
}

impl Stream {
    pub(super) fn stdout(look: Look) -> Self {
        Self::of(&io::stdout(), look)
    }

    pub(super) fn stderr(look: Look) -> Self {
        Self::of(&io::stderr(), look)
    }

    fn of(stream: &impl IsTerminal, look: Look) -> Self {
        let is_plain = look.is_plain || is_dumb();
        let is_terminal = stream.is_terminal();
        let stream = Self {
            has_colour: has_colour(look.colour, is_terminal && !is_plain),
            is_plain,
            is_terminal,
            width: None,
        };
        stream.measured()
    }

    /// The same with the columns that it has now.
    pub(super) fn measured(self) -> Self {
        let size = self
            .is_terminal
            .then(terminal_size::terminal_size)
            .flatten();
        let width = columns().or_else(|| size.map(|(width, _)| width.0.into()));
        Self { width, ..self }
    }

    /// A sink that writes to `out` what this stream gets.
    pub(super) fn sink(self, out: &mut dyn Write) -> Sink<'_> {
        Sink::new(out, self.has_colour, self.width)
            .at_terminal(self.is_terminal)
            .plain(self.is_plain)
    }
}

/// The rows of the terminal.
pub(super) fn rows() -> usize {
    terminal_size::terminal_size().map_or(ROWS, |(_, rows)| rows.0.into())
}

/// The width that the user chose.
fn columns() -> Option<usize> {
    let columns = set("COLUMNS")?.to_str()?.parse().ok();
    columns.filter(|columns| *columns > 0)
}

/// Whether a stream takes colour: <https://no-color.org> and the habits of terminals.
fn has_colour(when: ColorChoice, may_have_colour: bool) -> bool {
    match when {
        ColorChoice::Always => true,
        ColorChoice::Never => false,
        ColorChoice::Auto => may_have_colour && set("NO_COLOR").is_none(),
    }
}
