//! A book's file in parts: in halves for two threads, and in blocks that are done with before the next is read.

use std::fs::File;
use std::io::{self, Read};
use std::ops::Range;

use memchr::memmem;

use crate::store::in_parallel::at_once;

/// How much is read at once.
pub(crate) const BLOCK: usize = 128 * 1024;

/// A file that is larger is read by two threads.
pub(crate) const LARGE: usize = 2 * BLOCK;

/// How long one contact may be.
const LONGEST: usize = 8 * BLOCK;

/// Reads a part of a file without moving the file's own place, so that two parts can be read at once.
pub(crate) struct FilePart<'f> {
    file: &'f File,
    rest: Range<usize>,
}

impl<'f> FilePart<'f> {
    pub(crate) fn of(file: &'f File, at: Range<usize>) -> Self {
        Self { file, rest: at }
    }
}

impl Read for FilePart<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let length = buffer.len().min(self.rest.len());
        let start = u64::try_from(self.rest.start).map_err(io::Error::other)?;
        let count = read_at(self.file, &mut buffer[..length], start)?;
        self.rest.start += count;
        Ok(count)
    }
}

#[cfg(unix)]
fn read_at(file: &File, buffer: &mut [u8], at: u64) -> io::Result<usize> {
    std::os::unix::fs::FileExt::read_at(file, buffer, at)
}

#[cfg(windows)]
fn read_at(file: &File, buffer: &mut [u8], at: u64) -> io::Result<usize> {
    std::os::windows::fs::FileExt::seek_read(file, buffer, at)
}

/// Reads a file, a large one by two threads, whose halves are joined. `None` when a half cannot be read by itself.
///
/// # Errors
///
/// Those of reading it.
pub(crate) fn halves<T: Send>(
    file: &File,
    read: impl Fn(Range<usize>) -> io::Result<Option<T>> + Sync,
    join: impl FnOnce(&mut T, T),
) -> io::Result<Option<T>> {
    let length = usize::try_from(file.metadata()?.len()).map_err(io::Error::other)?;
    let Some(split) = split(file, length)? else {
        return read(0..length);
    };
    let (first, second) = at_once(|| read(0..split), || read(split..length));
    let (Some(mut both), Some(second)) = (first?, second?) else {
        return Ok(None);
    };
    join(&mut both, second);
    Ok(Some(both))
}

/// Where a large file looks as if a contact started, about the middle. It is one if every value before is at an end, which
/// the reader of the first half says.
fn split(file: &File, length: usize) -> io::Result<Option<usize>> {
    if length < LARGE {
        return Ok(None);
    }
    let middle = length / 2;
    let mut block = Vec::with_capacity(BLOCK);
    FilePart::of(file, middle..middle + LARGE / 2).read_to_end(&mut block)?;
    let at = memmem::find(&block, b"\n[[contacts]]");
    Ok(at.map(|at| middle + at + 1))
}

/// Reads a text block by block. `take` is given what there is, and whether it is the last; it says how much of it is done with.
/// `None` when it is no text, or `take` says so.
///
/// # Errors
///
/// Those of the reader.
pub(crate) fn in_blocks(
    mut file: impl Read,
    size: usize,
    mut take: impl FnMut(&str, bool) -> Option<usize>,
) -> io::Result<Option<()>> {
    let mut block = Vec::with_capacity(2 * size);
    loop {
        let more = u64::try_from(size).unwrap_or(u64::MAX);
        let is_last = file.by_ref().take(more).read_to_end(&mut block)? < size;
        let Some(done) = text_in(&block, is_last).and_then(|text| take(text, is_last)) else {
            return Ok(None);
        };
        if is_last {
            return Ok(Some(()));
        }
        block.drain(..done);
        if block.len() > LONGEST {
            return Ok(None);
        }
    }
}

/// The text in a block, of which more may follow.
fn text_in(block: &[u8], is_last: bool) -> Option<&str> {
    let text = match str::from_utf8(block) {
        Ok(text) => text,
        // A character may be cut in two.
        Err(err) if !is_last && err.error_len().is_none() => {
            str::from_utf8(&block[..err.valid_up_to()]).ok()?
        }
        Err(_) => return None,
    };
    // So may the end of a line.
    Some(if is_last {
        text
    } else {
        text.trim_end_matches('\r')
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_are_read_by_turns() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("file");
        std::fs::write(&path, "0123456789").expect("written");
        let file = File::open(path).expect("there");
        let (mut one, mut other) = (FilePart::of(&file, 0..4), FilePart::of(&file, 4..12));
        let mut first = [0; 3];
        one.read_exact(&mut first).expect("read");
        let mut rest = [const { String::new() }; 2];
        other.read_to_string(&mut rest[1]).expect("read");
        one.read_to_string(&mut rest[0]).expect("read");
        assert_eq!(
            (&first, rest),
            (b"012", ["3".to_owned(), "456789".to_owned()])
        );
    }
}
