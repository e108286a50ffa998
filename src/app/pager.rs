//! Long answers, a page at a time.

use std::ffi::OsString;
use std::io::{self, Write};
use std::process::{ExitStatus, Stdio};

use super::shell::{is_dumb, set, shell};

/// Holds an answer until its length is known: one that fits goes to the terminal, any other to the pager.
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

/// Shows a text in the user's pager: NETKEEP_PAGER, PAGER, else `less`. Returns false if there is no pager; as in git, an empty
/// variable means none.
pub(super) fn show(text: &[u8]) -> bool {
    let default = || OsString::from(if cfg!(windows) { "more" } else { "less" });
    let pager = ["NETKEEP_PAGER", "PAGER"]
        .into_iter()
        .find_map(std::env::var_os);
    let pager = pager.unwrap_or_else(default);
    if pager.to_string_lossy().trim().is_empty() || is_dumb() {
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
            // It fails when the user closes the pager early.
            let _ = input.write_all(text);
        }
        pager.wait()
    });
    shown.is_ok_and(is_found)
}

/// Whether there was a pager. A shell exits with 126 or 127 if there is none, and with 2 if it cannot parse the line; with any other
/// code, the text has been shown.
fn is_found(status: ExitStatus) -> bool {
    !matches!(status.code(), Some(2 | 126 | 127 | 9009))
}

/// Does `work` while ignoring Ctrl-C: the pager handles it, and netkeep waits, so that the terminal is left in order.
#[cfg(unix)]
pub(super) fn uninterrupted<T>(work: impl FnOnce() -> T) -> T {
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
pub(super) fn uninterrupted<T>(work: impl FnOnce() -> T) -> T {
    work()
}
