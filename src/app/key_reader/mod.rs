//! Single keys from the terminal of the process. `decode.rs` makes keys of bytes; `unix.rs` and `other.rs` get them from the
//! system. Ctrl-D, a signal to end and a terminal that is gone are all [`KeyPress::End`]: a walk then ends in order, as after Ctrl-C.

#[cfg(unix)]
mod decode;
mod key_press;
#[cfg(unix)]
mod line_input;
#[cfg(not(unix))]
mod other;
#[cfg(unix)]
mod unix;

pub(super) use self::key_press::KeyPress;
#[cfg(not(unix))]
pub(crate) use self::other::ConsoleKeys as KeyReader;
#[cfg(unix)]
pub(crate) use self::unix::KeyReader;
