//! A part of a file, by itself.

use std::fs::File;
use std::io::{self, Read};
use std::ops::Range;

/// Reads a part of a file without moving the file's own place, so that two parts can be read at once.
pub(super) struct Part<'f> {
    file: &'f File,
    rest: Range<usize>,
}

impl<'f> Part<'f> {
    pub(super) fn of(file: &'f File, at: Range<usize>) -> Self {
        Self { file, rest: at }
    }
}

impl Read for Part<'_> {
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_are_read_by_turns() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("file");
        std::fs::write(&path, "0123456789").expect("written");
        let file = File::open(path).expect("there");
        let (mut one, mut other) = (Part::of(&file, 0..4), Part::of(&file, 4..12));
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
