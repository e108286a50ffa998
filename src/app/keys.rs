//! Answers of one key each, and of a line where words are wanted, from a person at the terminal or from a script.

use std::borrow::Cow;
use std::fmt;
use std::io::{self, BufRead, IsTerminal, Read};

use super::App;
use super::key_reader::{KeyPress, KeyReader};
use crate::error::{Error, INTERRUPTED, Result};

/// Where answers come from.
pub(crate) enum Keys {
    /// A person.
    Terminal(KeyReader),
    /// Standard input: each character that is not blank is an answer, or where words are wanted, what is left of the line. The
    /// first character was read to see whether there is one.
    Script(Option<char>),
}

impl Keys {
    /// Finds out who answers. If nobody does, `hint` says what to type instead.
    pub(crate) fn open(hint: impl Into<Cow<'static, str>>) -> Result<Self> {
        if !io::stdin().is_terminal() {
            let first = typed().ok_or(Error::NoAnswers(hint.into()))?;
            return Ok(Self::Script(Some(first)));
        }
        let reader = io::stderr().is_terminal().then(KeyReader::open);
        match reader {
            Some(Ok(reader)) => Ok(Self::Terminal(reader)),
            _ => Err(Error::NoAnswers(hint.into())),
        }
    }

    /// Whether answers come from a script, which cannot be asked again.
    pub(crate) fn is_script(&self) -> bool {
        matches!(self, Self::Script(_))
    }

    /// Leaves the terminal to `work` for as long as it takes: it may ask, or run a program.
    pub(crate) fn lend<T>(&mut self, work: impl FnOnce() -> T) -> T {
        match self {
            Self::Terminal(reader) => reader.lend(work),
            Self::Script(_) => work(),
        }
    }

    /// Asks no more, and lets signals end the process again.
    pub(crate) fn close(self) {
        if let Self::Terminal(reader) = self {
            reader.close();
        }
    }

    /// The next line without blanks around it; `None` if there is none.
    fn line(&mut self) -> Result<Option<String>> {
        let line = match self {
            Self::Terminal(reader) => reader.line(),
            Self::Script(first) => {
                let mut line = String::from_iter(first.take()).into_bytes();
                let mut stdin = io::stdin().lock();
                stdin.read_until(b'\n', &mut line).map_err(not_read)?;
                let line = String::from_utf8(line).map_err(not_read)?;
                Some(line).filter(|line| !line.is_empty())
            }
        };
        Ok(line.map(|line| line.trim().to_owned()))
    }

    fn next(&mut self) -> KeyPress {
        match self {
            Self::Script(first) => {
                let next = first.take().or_else(typed);
                next.map_or(KeyPress::End, KeyPress::lower)
            }
            Self::Terminal(reader) => reader.next(),
        }
    }
}

/// The next character of standard input that is not blank; `None` if it cannot be read.
fn typed() -> Option<char> {
    let mut bytes = io::stdin().lock().bytes().map_while(io::Result::ok);
    let is_answer = |byte: &u8| !byte.is_ascii_whitespace();
    let first = bytes.by_ref().take(BLANKS).find(is_answer)?;
    let length = match first {
        0..0x80 => 1,
        0x80..0xe0 => 2,
        0xe0..0xf0 => 3,
        0xf0.. => 4,
    };
    let bytes: Vec<u8> = std::iter::once(first)
        .chain(bytes.take(length - 1))
        .collect();
    String::from_utf8_lossy(&bytes).chars().next()
}

fn not_read(err: impl fmt::Display) -> Error {
    Error::usage(
        format!("could not read a line of answers: {err}"),
        "write the answers as UTF-8 text",
    )
}

/// After this many blanks, there is no answer.
const BLANKS: usize = 1 << 16;

/// Ctrl-C, where it is known: elsewhere it ends the answers.
const CTRL_C: char = '\u{3}';

impl App {
    /// Asks for one of the `known` keys; `None` when there are no more. The question wraps only between its parts. Any other
    /// key does nothing at a terminal; a script that means something else is not guessed at.
    pub(crate) fn key(
        &mut self,
        keys: &mut Keys,
        question: &[String],
        known: &[char],
    ) -> Result<Option<char>> {
        self.out.flush()?;
        self.show(|sink| sink.question(question));
        let key = loop {
            match keys.next() {
                KeyPress::Interrupt if known.contains(&CTRL_C) => break Some(CTRL_C),
                KeyPress::Interrupt | KeyPress::End => break None,
                KeyPress::Char(c) if known.contains(&c) => break Some(c),
                KeyPress::Char(c) if keys.is_script() => {
                    self.say(&c.to_string());
                    return Err(Error::usage(
                        format!("`{c}` is not an answer to: {}", question.join(" ")),
                        self.unwritten("blanks and newlines between answers are ignored"),
                    ));
                }
                KeyPress::Char(_) | KeyPress::Other => {}
            }
        };
        let said = key.filter(|c| !c.is_control());
        self.say(&said.map_or(String::new(), String::from));
        Ok(key)
    }

    /// The same before anything is written: Ctrl-C ends the command, as at a question that is answered by a line.
    pub(crate) fn key_or_leave(
        &mut self,
        keys: &mut Keys,
        question: &[String],
        known: &[char],
    ) -> Result<Option<char>> {
        match self.key(keys, question, &[known, &[CTRL_C]].concat())? {
            Some(CTRL_C) => Err(Error::No(INTERRUPTED)),
            key => Ok(key),
        }
    }

    /// Asks for a line of words, which may be empty; `None` if none comes.
    pub(crate) fn words(&mut self, keys: &mut Keys, question: &str) -> Result<Option<String>> {
        self.out.flush()?;
        self.show(|sink| sink.question(&[question.to_owned()]));
        let line = keys.line();
        // At a terminal it has been shown, but for its end.
        let said = line.as_ref().ok().cloned().flatten();
        self.say(&said.filter(|_| keys.is_script()).unwrap_or_default());
        line
    }

    /// Fails if a script has answers left: it was written for another book.
    pub(crate) fn end_of_answers(&self, mut keys: Keys) -> Result<()> {
        if !keys.is_script() || keys.next() == KeyPress::End {
            return Ok(());
        }
        Err(Error::usage(
            "there are more answers than questions",
            self.unwritten("start over with what it asks now"),
        ))
    }

    /// The hint for an answer that is not understood; it says that nothing was written, if that is so.
    fn unwritten(&self, hint: &str) -> String {
        if self.has_saved {
            hint.to_owned()
        } else {
            format!("nothing was written; {hint}")
        }
    }
}
