//! Long answers, a page at a time.

use std::ffi::OsString;
use std::io::{self, Write};
use std::process::{ExitStatus, Stdio};

use super::shell::{set, shell};

/// An answer that is held until it is known how long it is: one that fits the terminal goes there, any other to the pager.
pub(super) struct Pager {
    rows: usize,
    held: Vec<u8>,
}

impl Pager {
    pub(super) fn new(rows: usize) -> Self {
        let held = Vec::new();
        Self { rows, held }
    }
}

impl Write for Pager {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.held.extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        let held = std::mem::take(&mut self.held);
        // The prompt that follows takes a row.
        let is_long = memchr::memchr_iter(b'\n', &held).count() >= self.rows;
        if !(is_long && show(&held)) {
            io::stdout().write_all(&held)?;
        }
        io::stdout().flush()
    }
}

/// Shows a text in the user's pager, and says whether that could be done: NETKEEP_PAGER, PAGER, else `less`. One that is set to
/// nothing is none, as in git.
pub(super) fn show(text: &[u8]) -> bool {
    let default = || OsString::from(if cfg!(windows) { "more" } else { "less" });
    let pager = ["NETKEEP_PAGER", "PAGER"]
        .into_iter()
        .find_map(std::env::var_os);
    let pager = pager.unwrap_or_else(default);
    if pager.to_string_lossy().trim().is_empty() || set("TERM").is_some_and(|term| term == "dumb") {
        return false;
    }
    let mut command = shell(&pager.to_string_lossy());
    command.stdin(Stdio::piped());
    if set("LESS").is_none() {
        command.env("LESS", "FRX");
    }
    let shown = uninterrupted(|| {
        let mut pager = command.spawn()?;
        if let Some(mut input) = pager.stdin.take() {
            // A user who leaves the pager has seen enough.
            let _ = input.write_all(text);
        }
        pager.wait()
    });
    shown.is_ok_and(is_found)
}

/// Whether there was a pager. A shell says 126 and 127 where there is none, and 2 where it cannot read the line; however else it
/// ends, it has shown something.
fn is_found(status: ExitStatus) -> bool {
    !matches!(status.code(), Some(2 | 126 | 127 | 9009))
}

/// Does something that Ctrl-C is not for: in a pager it is the pager's, and netkeep waits, so that the terminal is left in order.
#[cfg(unix)]
fn uninterrupted<T>(work: impl FnOnce() -> T) -> T {
    use std::sync::atomic::{AtomicBool, Ordering};
    use std::sync::{Arc, OnceLock};

    static ENDS: OnceLock<Arc<AtomicBool>> = OnceLock::new();
    let ends = ENDS.get_or_init(|| {
        let ends = Arc::new(AtomicBool::new(true));
        let signal = signal_hook::consts::SIGINT;
        let _ = signal_hook::flag::register_conditional_default(signal, Arc::clone(&ends));
        ends
    });
    ends.store(false, Ordering::SeqCst);
    let done = work();
    ends.store(true, Ordering::SeqCst);
    done
}

#[cfg(not(unix))]
fn uninterrupted<T>(work: impl FnOnce() -> T) -> T {
    work()
}
