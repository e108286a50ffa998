//! A key that was pressed.

#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(in crate::app) enum KeyPress {
    /// A character in lower case, or `\n` for Enter.
    Char(char),
    /// A key that means nothing: Escape, an arrow, a key with a modifier.
    Other,
    /// Ctrl-C.
    Interrupt,
    /// There are no more keys.
    End,
}

impl KeyPress {
    /// A key of a terminal: Ctrl-D ends.
    pub(super) fn of(c: char) -> Self {
        match c {
            '\r' | '\n' => Self::Char('\n'),
            '\u{3}' => Self::Interrupt,
            '\u{4}' => Self::End,
            c if c.is_control() => Self::Other,
            c => Self::lower(c),
        }
    }

    pub(in crate::app) fn lower(c: char) -> Self {
        Self::Char(c.to_lowercase().next().unwrap_or(c))
    }
}
