//! What a file is to hold.

use std::io::{self, Write};

use xxhash_rust::xxh3::Xxh3;

/// How many bytes are written at once.
const BLOCK: usize = 64 * 1024;

/// What a file is to hold, in parts that follow one another, and how many people are in it.
#[derive(Clone, Copy, Debug)]
pub struct Content<'t> {
    /// The bytes.
    pub parts: &'t [&'t [u8]],
    /// The number of contacts in them.
    pub people: usize,
}

impl Content<'_> {
    pub(crate) fn is_empty(self) -> bool {
        self.parts.iter().all(|part| part.is_empty())
    }

    /// Writes the bytes and returns their checksum.
    pub(crate) fn write_to(self, mut file: impl Write) -> io::Result<u64> {
        let mut hash = Xxh3::new();
        // In blocks that stay in the cache; some kernels also take ten times as long for one large write.
        let blocks = self.parts.iter().flat_map(|part| part.chunks(BLOCK));
        for block in blocks {
            hash.update(block);
            file.write_all(block)?;
        }
        Ok(hash.digest())
    }

    pub(crate) fn hash(self) -> u64 {
        let mut hash = Xxh3::new();
        for part in self.parts {
            hash.update(part);
        }
        hash.digest()
    }
}
