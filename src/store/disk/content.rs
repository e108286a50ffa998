//! What a file is to hold, told in slices, so that a large one need not be in memory.

use std::fs::File;
use std::io::{self, Read, Write};
use std::ops::Range;

use xxhash_rust::xxh3::Xxh3;

use super::plain_file::BLOCK;
use crate::store::parse::blocks::FilePart;

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
    /// None: these stood there, and go.
    Gone(&'t [u8]),
}

impl Slice<'_> {
    /// Whether there is nothing in it.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        match self {
            Self::New(bytes) | Self::Gone(bytes) => bytes.is_empty(),
            Self::Old(at) => at.is_empty(),
        }
    }
}

/// Slices, and the file that they are of.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Sliced<'t> {
    pub(crate) slices: &'t [Slice<'t>],
    pub(crate) old: Option<&'t File>,
}

/// The checksums of what was written.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) struct Checksums {
    /// That of all of it.
    pub(crate) hash: u64,
    /// That of what was copied and of what is gone, in its order: of the whole old file.
    pub(crate) old: u64,
}

impl Sliced<'_> {
    /// Puts the bytes into a file. What is copied must be what was seen: a file in which other bytes than before stand for a
    /// moment may not show it.
    pub(crate) fn write_to(self, mut file: impl Write) -> io::Result<Checksums> {
        let mut new = Xxh3::new();
        // The old file is the same until something new comes, or something goes.
        let mut old: Option<Xxh3> = None;
        let mut block = Vec::new();
        for slice in self.slices {
            match slice {
                Slice::New(bytes) => {
                    old.get_or_insert_with(|| new.clone());
                    new.update(bytes);
                    file.write_all(bytes)?;
                }
                Slice::Gone(bytes) => old.get_or_insert_with(|| new.clone()).update(bytes),
                Slice::Old(at) => {
                    let from = self.old.ok_or(io::ErrorKind::NotFound)?;
                    block.resize(BLOCK, 0);
                    for start in at.clone().step_by(BLOCK) {
                        let end = at.end.min(start + BLOCK);
                        let block = &mut block[..end - start];
                        FilePart::of(from, start..end).read_exact(block)?;
                        if let Some(old) = &mut old {
                            old.update(block);
                        }
                        new.update(block);
                        file.write_all(block)?;
                    }
                }
            }
        }
        Ok(Checksums {
            hash: new.digest(),
            old: old.unwrap_or(new).digest(),
        })
    }

    /// Their checksum.
    pub(crate) fn hash(self) -> io::Result<u64> {
        self.write_to(io::sink()).map(|written| written.hash)
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
        let (before, after) = (2 * BLOCK + 3, 2 * BLOCK + 5);
        let slices = [
            Slice::Old(0..before),
            Slice::Gone(&old[before..after]),
            Slice::New(b"new"),
            Slice::Old(after..after),
            Slice::Old(after..old.len()),
        ];
        let sliced = Sliced {
            slices: &slices,
            old: Some(&on_disk),
        };
        let whole = [&old[..before], b"new", &old[after..]].concat();
        let mut bytes = Vec::new();
        let written = sliced.write_to(&mut bytes).expect("written");
        assert_eq!(bytes, whole);
        let slices = [&whole, &old].map(|bytes| [Slice::New(bytes)]);
        let [whole, old] = slices.each_ref().map(|slices| {
            let in_memory = Sliced { slices, old: None };
            in_memory.hash().expect("read")
        });
        assert_eq!(written, Checksums { hash: whole, old });
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
