//! Reads a file in blocks, one at a time.

use std::fs::File;
use std::io::{self, Read};
use std::ops::Range;

/// How many bytes are read at once: few enough to stay in the processor's cache.
const BLOCK: usize = 128 * 1024;

/// How many bytes one segment may have before the file is read as a whole.
const LONGEST: usize = 8 * BLOCK;

/// Reads a text in blocks. `take` gets what has been read and not taken yet, and whether it is the last of it; it returns
/// how many bytes it has taken. `None` when the file is not text, or `take` says so.
pub(super) fn in_blocks(
    mut file: impl Read,
    mut take: impl FnMut(&str, bool) -> Option<usize>,
) -> io::Result<Option<()>> {
    let mut block = Vec::with_capacity(2 * BLOCK);
    loop {
        let is_last = file.by_ref().take(BLOCK as u64).read_to_end(&mut block)? < BLOCK;
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

/// The text in a block that may not be the last.
fn text_in(block: &[u8], is_last: bool) -> Option<&str> {
    let text = match str::from_utf8(block) {
        Ok(text) => text,
        // The block may end in the middle of a character.
        Err(err) if !is_last && err.error_len().is_none() => {
            str::from_utf8(&block[..err.valid_up_to()]).ok()?
        }
        Err(_) => return None,
    };
    // Or in the middle of a line end.
    Some(if is_last {
        text
    } else {
        text.trim_end_matches('\r')
    })
}

/// The text at a place of a file; `None` when it is not there or not text.
pub(super) fn text_at(file: &File, at: Range<usize>) -> Option<String> {
    let mut bytes = vec![0; at.len()];
    read_exact_at(file, &mut bytes, at.start.try_into().ok()?).ok()?;
    String::from_utf8(bytes).ok()
}

#[cfg(unix)]
fn read_exact_at(file: &File, bytes: &mut [u8], at: u64) -> io::Result<()> {
    std::os::unix::fs::FileExt::read_exact_at(file, bytes, at)
}

#[cfg(windows)]
fn read_exact_at(file: &File, mut bytes: &mut [u8], mut at: u64) -> io::Result<()> {
    while !bytes.is_empty() {
        match std::os::windows::fs::FileExt::seek_read(file, bytes, at)? {
            0 => return Err(io::ErrorKind::UnexpectedEof.into()),
            count => {
                bytes = &mut bytes[count..];
                at += count as u64;
            }
        }
    }
    Ok(())
}
