//! Keys by way of the crate `console`.

use std::io;

use console::{Key, Term};

use super::key_press::KeyPress;

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
            Ok(Key::Char(c)) => KeyPress::of(c),
            Ok(_) => KeyPress::Other,
        }
    }

    pub(in crate::app) fn line(&mut self) -> Option<String> {
        self.0.read_line().ok()
    }

    pub(in crate::app) fn lend<T>(&mut self, work: impl FnOnce(&mut Self) -> T) -> T {
        work(self)
    }

    pub(in crate::app) fn close(self) {}
}
