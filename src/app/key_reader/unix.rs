//! Keys from a terminal whose input is not edited, and the signals that end reading them.

use std::io::{self, Read, Stdin, Write};
use std::os::unix::net::UnixStream;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use rustix::event::{PollFd, PollFlags, Timespec, poll};
use rustix::io::Errno;
use rustix::termios::{InputModes, OptionalActions, Termios, tcgetattr, tcsetattr};
use signal_hook::consts::{SIGCONT, SIGHUP, SIGINT, SIGQUIT, SIGTERM};
use signal_hook::flag;
use signal_hook::low_level::pipe;

use super::decode::{KeyDecoder, Wait};
use super::key_press::{KeyPress, TerminalKey};
use super::line_input::{LineInput, LineStep};

/// The signals that end reading. From the first key on they end nothing else: what was decided is still to be written, and
/// when a terminal is closed, several come at once.
const ENDING: [i32; 4] = [SIGHUP, SIGINT, SIGQUIT, SIGTERM];

/// How far apart the bytes of one key may be.
const TENTH: Timespec = Timespec {
    tv_sec: 0,
    tv_nsec: 100_000_000,
};

/// Reads keys from standard input, a terminal, which is left as it was.
pub(crate) struct KeyReader {
    stdin: Stdin,
    before: Termios,
    decoder: KeyDecoder,
    /// One of the signals has come.
    has_ended: Arc<AtomicBool>,
    /// Something else has the terminal, and may be ended.
    is_lent: Arc<AtomicBool>,
    /// No key is read any more that a signal could end.
    is_closed: Arc<AtomicBool>,
    /// Gets a byte with each signal, so that none is missed.
    woken: UnixStream,
}

impl KeyReader {
    pub(in crate::app) fn open() -> io::Result<Self> {
        let stdin = io::stdin();
        let (woken, wakes) = UnixStream::pair()?;
        woken.set_nonblocking(true)?;
        let [has_ended, is_lent, is_closed] = [Arc::default(), Arc::default(), Arc::default()];
        for signal in ENDING {
            flag::register_conditional_default(signal, Arc::clone(&is_closed))?;
            if signal != SIGHUP {
                flag::register_conditional_default(signal, Arc::clone(&is_lent))?;
            }
            flag::register(signal, Arc::clone(&has_ended))?;
            pipe::register(signal, wakes.try_clone()?)?;
        }
        pipe::register(SIGCONT, wakes)?;
        let reader = Self {
            before: tcgetattr(&stdin)?,
            stdin,
            decoder: KeyDecoder::default(),
            has_ended,
            is_lent,
            is_closed,
            woken,
        };
        reader.take_terminal()?;
        Ok(reader)
    }

    pub(in crate::app) fn next(&mut self) -> KeyPress {
        KeyPress::of(self.key())
    }

    /// The next line; `None` if it is not finished.
    pub(in crate::app) fn line(&mut self) -> Option<String> {
        let mut line = LineInput::default();
        loop {
            match line.press(self.key()) {
                LineStep::Show(text) => {
                    let mut stderr = io::stderr().lock();
                    let _ = stderr
                        .write_all(text.as_bytes())
                        .and_then(|()| stderr.flush());
                }
                LineStep::Done => return Some(line.into_text()),
                LineStep::Leave => return None,
            }
        }
    }

    fn key(&mut self) -> TerminalKey {
        let mut decoder = std::mem::take(&mut self.decoder);
        let key = decoder.next(|wait| self.byte(wait));
        self.decoder = decoder;
        key
    }

    /// Leaves the terminal as it was for as long as `work` takes, which may ask or run a program itself. Meanwhile the signals
    /// end the process as before, but for that of a closed terminal: what was answered is still to be written.
    pub(in crate::app) fn lend<T>(&mut self, work: impl FnOnce() -> T) -> T {
        let _ = tcsetattr(&self.stdin, OptionalActions::Now, &self.before);
        self.is_lent.store(true, Ordering::SeqCst);
        let done = work();
        self.is_lent.store(false, Ordering::SeqCst);
        let _ = self.take_terminal();
        done
    }

    /// Leaves the terminal, and lets the signals end the process as before.
    pub(in crate::app) fn close(self) {
        self.is_closed.store(true, Ordering::SeqCst);
    }

    /// Keys come one by one and are not echoed; what is written looks as always.
    fn take_terminal(&self) -> io::Result<()> {
        let mut raw = self.before.clone();
        raw.make_raw();
        raw.output_modes = self.before.output_modes;
        // What is typed ahead for something else has its own line ends.
        raw.input_modes |= InputModes::ICRNL;
        Ok(tcsetattr(&self.stdin, OptionalActions::Now, &raw)?)
    }

    /// The next byte; `None` when none comes in that time or at all.
    fn byte(&mut self, wait: Wait) -> Option<u8> {
        let time = (wait == Wait::Short).then_some(&TENTH);
        while !self.has_ended.load(Ordering::SeqCst) {
            let fds = &mut [
                PollFd::new(&self.stdin, PollFlags::IN),
                PollFd::new(&self.woken, PollFlags::IN),
            ];
            match poll(fds, time) {
                Err(Errno::INTR) => continue,
                Ok(0) | Err(_) => return None,
                Ok(_) => {}
            }
            if fds[1].revents().is_empty() {
                let mut byte = [0];
                match rustix::io::read(&self.stdin, &mut byte) {
                    Err(Errno::INTR | Errno::AGAIN) => {}
                    // The terminal is gone: end of file, or an error.
                    Ok(0) | Err(_) => return None,
                    Ok(_) => return Some(byte[0]),
                }
            } else {
                let _ = self.woken.read(&mut [0; 64]);
                // After a stop, the shell has left the terminal as it likes it.
                let _ = self.take_terminal();
            }
        }
        None
    }
}

impl Drop for KeyReader {
    fn drop(&mut self) {
        let _ = tcsetattr(&self.stdin, OptionalActions::Now, &self.before);
    }
}
