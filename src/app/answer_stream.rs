//! Where the answer of a writing command goes: a change is finished whatever becomes of its answer.

use std::cell::RefCell;
use std::io::{self, BufWriter, Write};
use std::rc::Rc;

/// Why an answer was cut short, if it was.
pub(super) type Unsaid = Rc<RefCell<Option<io::Error>>>;

/// A writer that never fails: after the first failure of the other it writes nothing, and keeps why.
pub(super) struct AnswerStream<W: Write> {
    out: BufWriter<W>,
    unsaid: Unsaid,
}

impl<W: Write> AnswerStream<W> {
    pub(super) fn new(out: W, unsaid: &Unsaid) -> Self {
        Self {
            out: BufWriter::new(out),
            unsaid: Rc::clone(unsaid),
        }
    }

    fn attempt(&mut self, write: impl FnOnce(&mut BufWriter<W>) -> io::Result<()>) {
        let mut unsaid = self.unsaid.borrow_mut();
        if unsaid.is_none() {
            *unsaid = write(&mut self.out).err();
        }
    }
}

impl<W: Write> Write for AnswerStream<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.attempt(|out| out.write_all(bytes));
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.attempt(BufWriter::flush);
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A disk with room for a few bytes.
    struct Small(usize);

    impl Write for Small {
        fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
            if self.0 == 0 {
                return Err(io::ErrorKind::StorageFull.into());
            }
            let written = bytes.len().min(self.0);
            self.0 -= written;
            Ok(written)
        }

        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    #[test]
    fn a_failure_is_kept_and_stops_nothing() {
        let unsaid = Unsaid::default();
        let mut out = AnswerStream::new(Small(4), &unsaid);
        for _ in 0..3 {
            out.write_all(b"Logged a call\n").expect("it never fails");
            out.flush().expect("it never fails");
        }
        let kind = unsaid.borrow().as_ref().map(io::Error::kind);
        assert_eq!(kind, Some(io::ErrorKind::StorageFull));
    }
}
