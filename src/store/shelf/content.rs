//! What a file is to hold, told in slices, so that a large one need not be in memory.

use std::fs::File;
use std::io::{self, Read, Write};
use std::ops::Range;

use xxhash_rust::xxh3::Xxh3;

use super::plain::BLOCK;
use crate::store::part::Part;

/// What a file holds, and how many people that is.
#[derive(Clone, Copy, Debug)]
pub struct Content<'t> {
    /// The bytes, in slices that follow one another.
    pub slices: &'t [Slice<'t>],
    /// The people in them.
    pub people: usize,
}

/// A slice of what a file is to hold.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum Slice<'t> {
    /// These bytes.
    New(&'t [u8]),
    /// Those that stand there in the file that is replaced.
    Old(Range<usize>),
}

impl Slice<'_> {
    /// Whether there is nothing in it.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        match self {
            Self::New(bytes) => bytes.is_empty(),
            Self::Old(at) => at.is_empty(),
        }
    }
}

/// Slices, and the file that they are of.
#[derive(Clone, Copy, Debug)]
pub(super) struct Sliced<'t> {
    pub(super) slices: &'t [Slice<'t>],
    pub(super) old: Option<&'t File>,
}

impl Sliced<'_> {
    /// Puts the bytes into a file; gives their checksum.
    pub(super) fn write_to(self, mut file: impl Write) -> io::Result<u64> {
        let mut hash = Xxh3::new();
        self.each_block(|block| {
            hash.update(block);
            file.write_all(block)
        })?;
        Ok(hash.digest())
    }

    /// Their checksum.
    pub(super) fn hash(self) -> io::Result<u64> {
        self.write_to(io::sink())
    }

    /// Gives the bytes to `each`, block by block.
    fn each_block(self, mut each: impl FnMut(&[u8]) -> io::Result<()>) -> io::Result<()> {
        let mut block = Vec::new();
        for slice in self.slices {
            match slice {
                Slice::New(bytes) => {
                    bytes.chunks(BLOCK).try_for_each(&mut each)?;
                }
                Slice::Old(at) => {
                    let old = self.old.ok_or(io::ErrorKind::NotFound)?;
                    block.resize(BLOCK, 0);
                    for start in at.clone().step_by(BLOCK) {
                        let end = at.end.min(start + BLOCK);
                        let block = &mut block[..end - start];
                        Part::of(old, start..end).read_exact(block)?;
                        each(block)?;
                    }
                }
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(bytes: &[u8]) -> File {
        let mut file = tempfile::tempfile().expect("a file");
        file.write_all(bytes).expect("written");
        io::Seek::rewind(&mut file).expect("at the start");
        file
    }

    #[test]
    fn slices_are_read_from_where_they_lie() {
        let old: Vec<u8> = (0..=250).cycle().take(3 * BLOCK + 7).collect();
        let on_disk = file(&old);
        let slices = [
            Slice::Old(0..2 * BLOCK + 3),
            Slice::New(b"new"),
            Slice::Old(2 * BLOCK + 5..2 * BLOCK + 5),
            Slice::Old(2 * BLOCK + 5..old.len()),
        ];
        let sliced = Sliced {
            slices: &slices,
            old: Some(&on_disk),
        };
        let whole = [&old[..2 * BLOCK + 3], b"new", &old[2 * BLOCK + 5..]].concat();
        let mut written = Vec::new();
        let hash = sliced.write_to(&mut written).expect("written");
        assert_eq!(written, whole);
        assert_eq!(hash, sliced.hash().expect("read"));
        let slices = &[Slice::New(&whole)];
        let in_memory = Sliced { slices, old: None };
        assert_eq!(hash, in_memory.hash().expect("read"));
    }

    /// A file that has become shorter holds no slice of what it was.
    #[test]
    fn what_is_not_there_is_an_error() {
        let short = file(b"short");
        for old in [Some(&short), None] {
            let slices = [Slice::Old(0..9)];
            let sliced = Sliced {
                slices: &slices,
                old,
            };
            assert!(sliced.write_to(io::sink()).is_err());
        }
    }
}
