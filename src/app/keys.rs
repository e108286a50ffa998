//! One key for one answer: from the person at the terminal, or from what a script writes.

use std::io::{self, IsTerminal, Read};

use console::Term;

use super::App;
use crate::error::{Error, Result, Turn};
use crate::render::Text;

/// Where answers come from.
pub(crate) enum Keys {
    /// A person.
    Terminal(Term),
    /// The rest of standard input: each character that is no blank is an answer.
    Script(std::vec::IntoIter<char>),
}

/// An answer.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Key {
    Char(char),
    /// No more answers: what was decided counts.
    End,
    /// The person left: nothing counts.
    Left,
}

impl Keys {
    /// Finds out who answers. Where nobody does, `hint` says what to type instead.
    pub(crate) fn open(hint: &'static str) -> Result<Self> {
        let none = || Error::from(Turn::NoAnswers { hint });
        if io::stdin().is_terminal() {
            let stderr = Term::stderr();
            return if stderr.is_term() {
                Ok(Self::Terminal(stderr))
            } else {
                Err(none())
            };
        }
        let mut bytes = Vec::new();
        // What cannot be read is no answer.
        let _ = io::stdin().lock().read_to_end(&mut bytes);
        let text = String::from_utf8_lossy(&bytes);
        let answers: Vec<char> = text.chars().filter(|c| !c.is_whitespace()).collect();
        if answers.is_empty() {
            return Err(none());
        }
        Ok(Self::Script(answers.into_iter()))
    }

    /// Whether a script answers, which cannot be asked again.
    pub(crate) fn is_script(&self) -> bool {
        matches!(self, Self::Script(_))
    }

    /// Makes sure that a script has said all it had to say: one that goes on was written for another book.
    pub(crate) fn end(self) -> Result<()> {
        match self {
            Self::Script(answers) if !answers.as_slice().is_empty() => Err(Error::Usage {
                message: format!(
                    "there are more answers than questions: {} are left",
                    answers.len()
                ),
                hint: "nothing was written; start over with what it asks now".to_owned(),
            }),
            _ => Ok(()),
        }
    }

    /// The next answer, in lower case.
    fn next(&mut self) -> Key {
        use console::Key::{Char, CtrlC, Enter, Escape};
        match self {
            Self::Script(answers) => answers.next().map_or(Key::End, Key::Char),
            Self::Terminal(terminal) => match terminal.read_key_raw() {
                Ok(CtrlC) => Key::Left,
                // Ctrl-D is the end of input everywhere.
                Ok(Escape | Char('\u{4}')) | Err(_) => Key::End,
                Ok(Enter) => Key::Char('\n'),
                Ok(Char(c)) => Key::Char(c.to_lowercase().next().unwrap_or(c)),
                Ok(_) => Key::Char('\0'),
            },
        }
    }
}

impl App {
    /// Asks for a key. The question stays on its line, for the answer.
    pub(crate) fn key(&mut self, keys: &mut Keys, question: &str) -> Result<Key> {
        self.out.flush()?;
        self.show(|sink| sink.prompt(&(Text::one_line(question) + Text::new(" "))));
        let key = keys.next();
        self.say(&match key {
            Key::Char(c) if !c.is_control() => c.to_string(),
            _ => String::new(),
        });
        Ok(key)
    }
}
