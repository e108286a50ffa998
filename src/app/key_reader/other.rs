//! Keys by way of the crate `console`.

use std::io;

use console::{Key, Term};

use super::key_press::{KeyPress, TerminalKey};

pub(crate) struct ConsoleKeys(Term);

impl ConsoleKeys {
    pub(in crate::app) fn open() -> io::Result<Self> {
        Ok(Self(Term::stderr()))
    }

    pub(in crate::app) fn next(&mut self) -> KeyPress {
        match self.0.read_key_raw() {
            Ok(Key::CtrlC) => KeyPress::Interrupt,
            Err(_) => KeyPress::End,
            Ok(Key::Enter) => KeyPress::Char('\n'),
            Ok(Key::Char(c)) => KeyPress::of(TerminalKey::Char(c)),
            Ok(_) => KeyPress::Other,
        }
    }

    pub(in crate::app) fn line(&mut self) -> Option<String> {
        self.0.read_line().ok()
    }

    pub(in crate::app) fn lend<T>(&mut self, work: impl FnOnce() -> T) -> T {
        work()
    }

    pub(in crate::app) fn close(self) {}
}
