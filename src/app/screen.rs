//! The size of the terminal.

use std::io;

use super::App;
use super::stream::rows;
use crate::render::Sink;

impl App {
    /// Takes the size of the terminal for what it is now.
    pub(crate) fn measure(&mut self) {
        self.stdout = self.stdout.measured();
        self.stderr = self.stderr.measured();
    }

    /// How many lines of a text that belongs to a question fit on the screen above `below`; any number where there is none.
    pub(crate) fn rows_above(&self, below: impl FnOnce(&mut Sink) -> io::Result<()>) -> usize {
        if self.stderr.is_terminal {
            rows().saturating_sub(self.lines_of(below))
        } else {
            usize::MAX
        }
    }

    /// How many lines a text takes that belongs to a question.
    pub(crate) fn lines_of(&self, text: impl FnOnce(&mut Sink) -> io::Result<()>) -> usize {
        let mut written = Vec::new();
        let _ = text(&mut self.stderr.sink(&mut written));
        memchr::memchr_iter(b'\n', &written).count() + usize::from(!written.ends_with(b"\n"))
    }
}
