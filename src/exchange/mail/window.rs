//! A stretch of a stream that is in memory: what is read next, and the last bytes before it.

use std::io::{self, ErrorKind, Read};

/// How much of a stream is in memory at most. A header block that is kept and the parts in which something is looked for
/// are much shorter.
const SIZE: usize = 1 << 20;

/// How many bytes before the next one stay in memory: enough to see whether a line before it is blank.
pub(super) const LOOK_BACK: usize = 8;

/// A stretch of a stream.
#[derive(Debug)]
pub(super) struct Window<'i, I> {
    input: &'i mut I,
    bytes: Vec<u8>,
    /// Where the next byte is.
    start: usize,
    /// Where the bytes end that were read.
    end: usize,
    /// How many bytes of the stream are before `bytes`.
    offset: u64,
    is_over: bool,
}

impl<'i, I: Read> Window<'i, I> {
    /// A window that has `size` bytes until it needs more.
    pub(super) fn new(input: &'i mut I, size: usize) -> Self {
        Self {
            input,
            bytes: vec![0; size.clamp(4 * LOOK_BACK, SIZE)],
            start: 0,
            end: 0,
            offset: 0,
            is_over: false,
        }
    }

    /// What was read and comes next.
    pub(super) fn rest(&self) -> &[u8] {
        &self.bytes[self.start..self.end]
    }

    /// The last bytes before the rest, up to [`LOOK_BACK`] of them.
    pub(super) fn before(&self) -> &[u8] {
        &self.bytes[self.start.saturating_sub(LOOK_BACK)..self.start]
    }

    /// How many bytes of the stream are before the rest.
    pub(super) fn position(&self) -> u64 {
        self.offset + self.start as u64
    }

    /// Whether the rest ends where the stream ends.
    pub(super) fn is_over(&self) -> bool {
        self.is_over
    }

    /// Leaves bytes of the rest behind.
    pub(super) fn skip(&mut self, bytes: usize) {
        self.start = (self.start + bytes).min(self.end);
    }

    /// Reads on. Returns whether the rest has become longer, which it does not at the end of the stream nor when it is as
    /// long as can be.
    pub(super) fn more(&mut self) -> io::Result<bool> {
        if self.is_over {
            return Ok(false);
        }
        if self.bytes.len() - self.end < self.bytes.len() / 2 {
            let kept = self.start.saturating_sub(LOOK_BACK);
            self.bytes.copy_within(kept..self.end, 0);
            self.offset += kept as u64;
            self.start -= kept;
            self.end -= kept;
        }
        if self.end == self.bytes.len() {
            if self.end == SIZE {
                return Ok(false);
            }
            self.bytes.resize((2 * self.end).min(SIZE), 0);
        }
        loop {
            match self.input.read(&mut self.bytes[self.end..]) {
                Ok(0) => {
                    self.is_over = true;
                    return Ok(false);
                }
                Ok(count) => {
                    self.end += count;
                    return Ok(true);
                }
                Err(err) if err.kind() == ErrorKind::Interrupted => {}
                Err(err) => return Err(err),
            }
        }
    }

    /// Reads until the rest has that many bytes, or the stream ends.
    pub(super) fn fill(&mut self, bytes: usize) -> io::Result<()> {
        while self.rest().len() < bytes && self.more()? {}
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// More than fits.
    fn stream() -> Vec<u8> {
        (0..=250).cycle().take(10 << 20).collect()
    }

    #[test]
    fn what_is_skipped_is_not_kept() -> io::Result<()> {
        const FIRST: usize = 1 << 14;
        let stream = stream();
        let mut input = &stream[..];
        let mut window = Window::new(&mut input, FIRST);
        while window.more()? {
            let at = usize::try_from(window.position()).expect("in memory");
            let length = window.rest().len();
            assert!(stream[at..].starts_with(window.rest()) && length > 0);
            assert!(stream[..at].ends_with(window.before()));
            assert_eq!(window.before().len(), at.min(LOOK_BACK));
            window.skip(length);
            assert_eq!(window.bytes.len(), FIRST);
        }
        assert_eq!(window.position(), stream.len() as u64);
        Ok(())
    }

    #[test]
    fn no_more_is_kept_than_fits() -> io::Result<()> {
        let stream = stream();
        let mut input = &stream[..];
        let mut window = Window::new(&mut input, 0);
        while window.more()? {}
        assert!(!window.is_over());
        assert_eq!((window.bytes.len(), window.rest()), (SIZE, &stream[..SIZE]));
        window.fill(usize::MAX)?;
        assert_eq!(window.bytes.len(), SIZE);
        Ok(())
    }
}
