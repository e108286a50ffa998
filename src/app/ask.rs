//! Questions to the person at the terminal.

use std::borrow::Cow;
use std::fs::File;
use std::io::{self, BufRead, BufReader, IsTerminal, Write};
use std::path::{Path, PathBuf};

use super::stream::rows;
use super::{App, pager};
use crate::error::{Error, Result};
use crate::render::Sink;

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
    fn is_person(self) -> bool {
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

/// How often a question is asked of someone who answers something else.
const ATTEMPTS: usize = 5;

/// What an answer to a question of yes or no says; `enter` is what Enter says.
pub(crate) fn yes_or_no(typed: &str, enter: bool) -> Option<bool> {
    match typed {
        "" => Some(enter),
        "y" | "yes" => Some(true),
        "n" | "no" | "q" => Some(false),
        _ => None,
    }
}

/// The words of a question; a key such as `[y]` stays with the word after it.
fn parts(question: &str) -> Vec<String> {
    let mut parts: Vec<String> = Vec::new();
    for word in question.split(' ') {
        match parts.last_mut().filter(|part| part.ends_with(']')) {
            Some(key) => *key = format!("{key} {word}"),
            None => parts.push(word.to_owned()),
        }
    }
    parts
}

impl App {
    /// Whether a person is there who may be asked.
    pub(crate) fn has_person(&self, source: AnswerSource) -> bool {
        !self.json && source.is_person()
    }

    /// Refuses to ask where JSON is wanted; `hint` says what to type instead.
    pub(crate) fn check_may_ask(&self, hint: impl Into<Cow<'static, str>>) -> Result<()> {
        if self.json {
            let message = format!("`{}` asks here, and `--json` never does", self.command);
            return Err(Error::usage(message, hint));
        }
        Ok(())
    }

    /// Refuses to open an editor on `name` where JSON is wanted.
    pub(crate) fn check_may_edit(&self, name: &str) -> Result<()> {
        if self.json {
            let line = format!("netkeep edit {name} --set KEY=VALUE --json");
            let hint = format!("change keys without one: `{line}`");
            return Err(Error::usage("`--json` opens no editor", hint));
        }
        Ok(())
    }

    /// Shows at a terminal what takes a while; the next message replaces it. It must contain no text from a file.
    pub(crate) fn progress(&self, text: &str) {
        let mut stderr = io::stderr().lock();
        if !self.json && !self.stderr.is_plain && stderr.is_terminal() {
            let _ = write!(stderr, "\r\u{1b}[K{text}").and_then(|()| stderr.flush());
        }
    }

    /// Asks a question, wrapped between words; `None` if nobody answers. The answer is trimmed and in lower case.
    pub(crate) fn ask(&mut self, source: AnswerSource, question: &str) -> Result<Option<String>> {
        if self.json {
            return Err(Error::Unanswered);
        }
        self.out.flush()?;
        // It may contain names.
        self.show(|sink| sink.question(&parts(question)));
        let answer = source.line();
        if answer.is_none() {
            let _ = writeln!(io::stderr());
        }
        Ok(answer)
    }

    /// Asks a question until `read` understands the answer; `None` if nobody gives one that it understands.
    pub(crate) fn ask_for<T>(
        &mut self,
        source: AnswerSource,
        question: &str,
        read: impl Fn(&str) -> Option<T>,
    ) -> Result<Option<T>> {
        for _ in 0..ATTEMPTS {
            let Some(typed) = self.ask(source, question)? else {
                return Ok(None);
            };
            match read(&typed) {
                Some(answer) => return Ok(Some(answer)),
                None if typed.is_empty() => self.say("type one of the answers"),
                None => self.say(&format!("`{typed}` is not one of the answers")),
            }
        }
        Ok(None)
    }

    /// Asks a question of yes or no; no when nobody answers. `enter` is what Enter says: yes to what can be undone, no to
    /// what cannot.
    pub(crate) fn confirm(
        &mut self,
        source: AnswerSource,
        question: &str,
        enter: bool,
    ) -> Result<bool> {
        let question = format!("{question} {}", if enter { "[Y/n]" } else { "[y/N]" });
        let answer = self.ask_for(source, &question, |typed| yes_or_no(typed, enter))?;
        Ok(answer.unwrap_or(false))
    }

    /// Asks whether to write what was shown in short; `v` shows `all` of it in the pager first, as `write` writes it. Enter says
    /// yes, since it can be undone.
    pub(crate) fn confirm_write(
        &mut self,
        source: AnswerSource,
        all: &str,
        write: impl Fn(&mut Sink) -> Result<()>,
    ) -> Result<bool> {
        let question = format!("Write this? [Y/n, v shows {all}]");
        // `None` asks to see it all.
        let read = |typed: &str| match typed {
            "v" => Some(None),
            typed => yes_or_no(typed, true).map(Some),
        };
        loop {
            let answer = self.ask_for(source, &question, read)?;
            if let Some(agreed) = answer.ok_or(Error::Unanswered)? {
                return Ok(agreed);
            }
            let mut page = Vec::new();
            write(&mut self.sink_of_page(&mut page))?;
            self.page(&String::from_utf8_lossy(&page))?;
        }
    }

    /// Shows what belongs to a question: in the user's pager if it is long.
    pub(crate) fn show_paged(
        &mut self,
        write: impl FnOnce(&mut Sink) -> io::Result<()>,
    ) -> Result<()> {
        self.out.flush()?;
        let mut text = Vec::new();
        write(&mut self.stderr.sink(&mut text))?;
        let is_long = memchr::memchr_iter(b'\n', &text).count() >= rows();
        if !(is_long && self.pages && pager::show(&text)) {
            let _ = io::stderr().lock().write_all(&text);
        }
        Ok(())
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_clear_answer_is_yes_or_no() {
        for enter in [true, false] {
            assert_eq!(yes_or_no("", enter), Some(enter));
            assert_eq!(yes_or_no("yes", enter), Some(true));
            assert_eq!(yes_or_no("n", enter), Some(false));
            assert_eq!(yes_or_no("yep", enter), None);
        }
    }

    #[test]
    fn a_question_wraps_between_words_and_before_keys() {
        let parts = parts("Is it Ana? [y] yes [o] no answer yet [n] no");
        let expected = [
            "Is", "it", "Ana?", "[y] yes", "[o] no", "answer", "yet", "[n] no",
        ];
        assert_eq!(parts, expected);
    }
}
