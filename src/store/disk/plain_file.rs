//! Reads plain files, and refuses pipes, devices and links.

use std::fs::{self, File, Metadata};
use std::io::{self, Read as _};
use std::path::Path;

use xxhash_rust::xxh3::{Xxh3, xxh3_64};

/// How many bytes are read at once of a file that is only compared or copied.
const BLOCK: usize = 64 * 1024;

/// Opens a file without following a link in its place, and without waiting for the other end of a pipe.
#[cfg(unix)]
pub(crate) fn open(path: &Path) -> io::Result<File> {
    use std::os::unix::fs::OpenOptionsExt;

    use rustix::fs::OFlags;

    let flags = OFlags::NOFOLLOW | OFlags::NONBLOCK;
    fs::OpenOptions::new()
        .read(true)
        .custom_flags(flags.bits().cast_signed())
        .open(path)
}

#[cfg(not(unix))]
pub(crate) fn open(path: &Path) -> io::Result<File> {
    fs::File::open(path)
}

/// The bytes of a plain file; an error for anything else, which might never end.
pub(crate) fn read(path: &Path) -> io::Result<Vec<u8>> {
    let (mut file, meta) = open_plain(path)?;
    let mut bytes = Vec::with_capacity(usize::try_from(meta.len()).unwrap_or_default() + 1);
    file.read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// The checksum of bytes: XXH3, 64 bits.
pub(crate) fn checksum(bytes: &[u8]) -> u64 {
    xxh3_64(bytes)
}

/// The checksum of a plain file, read in blocks.
pub(crate) fn hash(path: &Path) -> io::Result<u64> {
    let (file, _) = open_plain(path)?;
    hash_of(&file)
}

fn open_plain(path: &Path) -> io::Result<(File, Metadata)> {
    let file = open(path)?;
    let meta = file.metadata()?;
    if meta.is_file() {
        return Ok((file, meta));
    }
    Err(io::Error::other("not a plain file"))
}

/// The checksum of a file from its position on.
pub(super) fn hash_of(file: impl io::Read) -> io::Result<u64> {
    let mut hash = Xxh3::new();
    each_block(file, |block| {
        hash.update(block);
        true
    })?;
    Ok(hash.digest())
}

/// Copies a file from its position on, and returns the checksum of the copy.
pub(crate) fn copy(file: impl io::Read, mut to: impl io::Write) -> io::Result<u64> {
    let mut hash = Xxh3::new();
    let mut copied = Ok(());
    each_block(file, |block| {
        hash.update(block);
        copied = to.write_all(block);
        copied.is_ok()
    })?;
    copied.map(|()| hash.digest())
}

/// Whether a file holds exactly these bytes from its position on.
pub(crate) fn holds(file: impl io::Read, bytes: &[u8]) -> io::Result<bool> {
    let mut rest = bytes;
    let is_so_far = each_block(file, |block| match rest.strip_prefix(block) {
        Some(after) => {
            rest = after;
            true
        }
        None => false,
    })?;
    Ok(is_so_far && rest.is_empty())
}

/// Calls `each` with each block of a file until it returns false; returns whether it got them all.
fn each_block(mut file: impl io::Read, mut each: impl FnMut(&[u8]) -> bool) -> io::Result<bool> {
    let mut block = vec![0; BLOCK];
    loop {
        match file.read(&mut block) {
            Ok(0) => return Ok(true),
            Ok(count) if each(&block[..count]) => {}
            Ok(_) => return Ok(false),
            Err(err) if err.kind() == io::ErrorKind::Interrupted => {}
            Err(err) => return Err(err),
        }
    }
}
