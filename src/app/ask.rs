//! Questions to the person at the terminal.

use std::fs::File;
use std::io::{self, BufRead, BufReader, IsTerminal, Write};
use std::path::{Path, PathBuf};

use super::{App, pager};
use crate::error::Result;
use crate::render::Text;

/// The terminal of the process, whatever its streams are.
const TERMINAL: &str = "/dev/tty";

/// Who answers questions.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum AnswerSource {
    /// Standard input: a terminal, or what a script writes.
    Input,
    /// The terminal itself, when standard input is the file to read.
    Terminal,
}

impl AnswerSource {
    /// Where answers come from while these files are read.
    pub(crate) fn beside(files: &[PathBuf]) -> Self {
        if files.iter().any(|file| file == Path::new("-")) {
            Self::Terminal
        } else {
            Self::Input
        }
    }

    /// Whether a person is there to answer.
    pub(crate) fn is_person(self) -> bool {
        match self {
            Self::Input => io::stdin().is_terminal() && io::stderr().is_terminal(),
            Self::Terminal => io::stderr().is_terminal() && File::open(TERMINAL).is_ok(),
        }
    }

    fn line(self) -> Option<String> {
        let mut line = Vec::new();
        let length = match self {
            Self::Input => io::stdin().lock().read_until(b'\n', &mut line),
            Self::Terminal => File::open(TERMINAL)
                .and_then(|terminal| BufReader::new(terminal).read_until(b'\n', &mut line)),
        };
        let length = length.unwrap_or_default();
        (length > 0).then(|| String::from_utf8_lossy(&line).trim().to_lowercase())
    }
}

/// Shows on a terminal what takes a while; the next message replaces it. It must contain no text from a file.
pub(crate) fn progress(text: &str) {
    let mut stderr = io::stderr().lock();
    if stderr.is_terminal() {
        let _ = write!(stderr, "\r\u{1b}[K{text}").and_then(|()| stderr.flush());
    }
}

impl App {
    /// Asks a question; `None` if nobody answers. The answer is trimmed and in lower case.
    pub(crate) fn ask(&mut self, source: AnswerSource, question: &str) -> Result<Option<String>> {
        self.out.flush()?;
        // It may contain names.
        self.show(|sink| sink.prompt(&(Text::new(question) + Text::new(" "))));
        let answer = source.line();
        if answer.is_none() {
            let _ = writeln!(io::stderr());
        }
        Ok(answer)
    }

    /// Asks a question with yes as its answer; no when nobody is there to answer.
    pub(crate) fn confirm(&mut self, question: &str) -> Result<bool> {
        let answer = self.ask(AnswerSource::Input, &format!("{question} [Y/n]"))?;
        Ok(answer.is_some_and(|answer| answer.is_empty() || answer.starts_with('y')))
    }

    /// Shows a long text in the user's pager.
    pub(crate) fn page(&mut self, text: &str) -> Result<()> {
        self.out.flush()?;
        if self.pages && pager::show(text.as_bytes()) {
            return Ok(());
        }
        Ok(self.out.write_all(text.as_bytes())?)
    }
}
