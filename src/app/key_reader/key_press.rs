//! A key that was pressed.

/// What a terminal sent for one key.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum TerminalKey {
    Char(char),
    /// An arrow or its like, and bytes that are no character.
    Sequence,
    /// There are no more keys.
    End,
}

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
    pub(super) fn of(key: TerminalKey) -> Self {
        match key {
            TerminalKey::End | TerminalKey::Char('\u{4}') => Self::End,
            TerminalKey::Char('\r' | '\n') => Self::Char('\n'),
            TerminalKey::Char('\u{3}') => Self::Interrupt,
            TerminalKey::Char(c) if !c.is_control() => Self::lower(c),
            TerminalKey::Char(_) | TerminalKey::Sequence => Self::Other,
        }
    }

    pub(in crate::app) fn lower(c: char) -> Self {
        Self::Char(c.to_lowercase().next().unwrap_or(c))
    }
}
