//! Answers of one key each, from a person at the terminal or from a script.

use std::io::{self, IsTerminal, Read};

use console::Term;

use super::App;
use crate::error::{Error, Result};

/// Where answers come from.
pub(crate) enum Keys {
    /// A person.
    Terminal(Term),
    /// Standard input: each character that is not blank is an answer. The first was read to see whether there is one.
    Script(Option<char>),
}

#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum KeyPress {
    Char(char),
    /// No more answers: what was decided is written.
    End,
    /// The user left: nothing is written.
    Left,
}

impl Keys {
    /// Finds out who answers. If nobody does, `hint` says what to type instead.
    pub(crate) fn open(hint: &'static str) -> Result<Self> {
        let stderr = Term::stderr();
        if !io::stdin().is_terminal() {
            let first = typed().ok_or(Error::NoAnswers(hint))?;
            Ok(Self::Script(Some(first)))
        } else if stderr.is_term() {
            Ok(Self::Terminal(stderr))
        } else {
            Err(Error::NoAnswers(hint))
        }
    }

    /// Whether answers come from a script, which cannot be asked again.
    pub(crate) fn is_script(&self) -> bool {
        matches!(self, Self::Script(_))
    }

    /// Fails if a script has answers left: it was written for another book.
    pub(crate) fn end(mut self) -> Result<()> {
        if !self.is_script() || self.next() == KeyPress::End {
            return Ok(());
        }
        Err(Error::usage(
            "there are more answers than questions",
            "nothing was written; start over with what it asks now",
        ))
    }

    /// The next answer, in lower case.
    fn next(&mut self) -> KeyPress {
        use console::Key::{Char, CtrlC, Enter, Escape};
        match self {
            Self::Script(first) => first.take().or_else(typed).map_or(KeyPress::End, lower),
            Self::Terminal(terminal) => match terminal.read_key_raw() {
                Ok(CtrlC) => KeyPress::Left,
                // Ctrl-D is the end of input everywhere.
                Ok(Escape | Char('\u{4}')) | Err(_) => KeyPress::End,
                Ok(Enter) => KeyPress::Char('\n'),
                Ok(Char(c)) => lower(c),
                Ok(_) => KeyPress::Char('\0'),
            },
        }
    }
}

fn lower(c: char) -> KeyPress {
    KeyPress::Char(c.to_lowercase().next().unwrap_or(c))
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

/// After this many blanks, there is no answer.
const BLANKS: usize = 1 << 16;

impl App {
    /// Asks for a key. The question wraps only between its parts.
    pub(crate) fn key(&mut self, keys: &mut Keys, question: &[String]) -> Result<KeyPress> {
        self.out.flush()?;
        self.show(|sink| sink.question(question));
        let key = keys.next();
        self.say(&match key {
            KeyPress::Char(c) if !c.is_control() => c.to_string(),
            _ => String::new(),
        });
        Ok(key)
    }
}
