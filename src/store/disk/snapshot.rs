//! The file as it was at one moment.

use std::cell::OnceCell;
use std::fs::{self, File, Metadata};
use std::io::{self, Read as _};
use std::time::{Duration, SystemTime};

use super::plain_file;
use super::target::Target;
use crate::store::{Failure, StoreError};

/// The largest book that is read, in bytes.
const LARGEST: u64 = 256 * 1024 * 1024;

/// How often a file that changes while it is read is read again.
const TRIES: usize = 10;

/// The bytes of a file, and what distinguished it from every other file then.
#[derive(Debug)]
pub(crate) struct Snapshot {
    bytes: Result<String, Vec<u8>>,
    pub(crate) stat: Stat,
    hash: OnceCell<u64>,
}

/// What changes when a file is written or replaced.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(crate) struct Stat {
    length: u64,
    modified: Option<SystemTime>,
    #[cfg(unix)]
    unix: [i64; 4],
}

impl Snapshot {
    pub(crate) fn new(bytes: Vec<u8>, stat: Stat) -> Self {
        Self {
            bytes: String::from_utf8(bytes).map_err(std::string::FromUtf8Error::into_bytes),
            stat,
            hash: OnceCell::new(),
        }
    }

    pub(crate) fn bytes(&self) -> &[u8] {
        match &self.bytes {
            Ok(text) => text.as_bytes(),
            Err(bytes) => bytes,
        }
    }

    /// The bytes as text, if they are UTF-8.
    pub(crate) fn text(&self) -> Option<&str> {
        self.bytes.as_deref().ok()
    }

    /// The checksum of the bytes, by which versions are known; computed when it is first asked for.
    pub(crate) fn hash(&self) -> u64 {
        *self.hash.get_or_init(|| plain_file::checksum(self.bytes()))
    }

    /// Whether a file holds the same bytes.
    pub(crate) fn is_in(&self, file: File) -> io::Result<bool> {
        plain_file::holds(file, self.bytes())
    }

    /// Reads the file, again if it was written in the meantime; `None` when there is none.
    pub(crate) fn at(target: &Target) -> Result<Option<Self>, StoreError> {
        let failed = |err| Failure::Read(err).at(&target.named);
        for _ in 0..TRIES {
            let Some(open) = Open::at(target)? else {
                return Ok(None);
            };
            let bytes = open.bytes().map_err(failed)?;
            if open.is_still().map_err(failed)? {
                return Ok(Some(Self::new(bytes, open.stat)));
            }
        }
        Err(Failure::Restless.at(&target.named))
    }
}

/// The file, opened to be read.
#[derive(Debug)]
pub(crate) struct Open {
    pub(crate) file: File,
    stat: Stat,
}

impl Open {
    /// Opens the file; `None` when there is none.
    pub(crate) fn at(target: &Target) -> Result<Option<Self>, StoreError> {
        let failed = |failure: Failure| failure.at(&target.named);
        let file = match plain_file::open(&target.real) {
            Ok(file) => file,
            Err(err) if err.kind() == io::ErrorKind::NotFound => return Ok(None),
            // If it is not a file at all, that is the better error.
            Err(_) if fs::metadata(&target.real).is_ok_and(|meta| !meta.is_file()) => {
                return Err(failed(Failure::NotAFile));
            }
            Err(err) => return Err(failed(Failure::Read(err))),
        };
        let meta = file.metadata().map_err(|err| failed(Failure::Read(err)))?;
        if !meta.is_file() {
            return Err(failed(Failure::NotAFile));
        }
        if meta.len() > LARGEST {
            return Err(failed(Failure::TooLarge));
        }
        let stat = Stat::of(&meta);
        Ok(Some(Self { file, stat }))
    }

    fn bytes(&self) -> io::Result<Vec<u8>> {
        let length = usize::try_from(self.stat.length).unwrap_or_default();
        let mut bytes = Vec::with_capacity(length + 1);
        (&self.file).take(LARGEST + 1).read_to_end(&mut bytes)?;
        Ok(bytes)
    }

    /// Whether it has not been written since it was opened.
    pub(crate) fn is_still(&self) -> io::Result<bool> {
        Ok(self.stat == Stat::of(&self.file.metadata()?))
    }
}

impl Stat {
    pub(crate) fn of(meta: &Metadata) -> Self {
        #[cfg(unix)]
        use std::os::unix::fs::MetadataExt;
        Self {
            length: meta.len(),
            modified: meta.modified().ok(),
            #[cfg(unix)]
            unix: [
                meta.dev().cast_signed(),
                meta.ino().cast_signed(),
                meta.ctime(),
                meta.ctime_nsec(),
            ],
        }
    }

    /// Whether both are states of one file, by whatever name.
    pub(crate) fn is_of_one_file(&self, other: &Self) -> bool {
        #[cfg(unix)]
        return self.unix[..2] == other.unix[..2];
        #[cfg(not(unix))]
        return self == other;
    }

    /// How long ago the file was written. A time in the future counts as long ago, unless it is within the clock's precision.
    pub(crate) fn age(&self) -> Duration {
        let Some(modified) = self.modified else {
            return Duration::MAX;
        };
        match modified.elapsed() {
            Ok(age) => age,
            Err(ahead) if ahead.duration() < Duration::from_millis(50) => Duration::ZERO,
            Err(_) => Duration::MAX,
        }
    }
}

#[cfg(test)]
mod tests {
    use std::fs::File;
    use std::path::Path;

    use super::*;

    fn at(path: &Path) -> Result<Option<Snapshot>, StoreError> {
        Snapshot::at(&Target::of(path).expect("a target"))
    }

    #[test]
    fn sees_a_file_and_every_change_of_it() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("book.toml");
        assert!(at(&path).expect("looked").is_none());
        fs::write(&path, "one").expect("written");
        let one = at(&path).expect("looked").expect("there");
        assert_eq!(one.bytes(), b"one");
        assert!(one.stat.age() < Duration::from_mins(1));
        fs::rename(&path, folder.path().join("away")).expect("moved");
        fs::write(&path, "two").expect("written");
        assert_ne!(at(&path).expect("looked").expect("there").stat, one.stat);
    }

    #[test]
    fn a_time_to_come_is_long_ago() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("book.toml");
        fs::write(&path, "one").expect("written");
        let ahead = SystemTime::UNIX_EPOCH + Duration::from_secs(10_000_000_000);
        let file = File::options().write(true).open(&path).expect("opened");
        file.set_modified(ahead).expect("set");
        let seen = at(&path).expect("looked").expect("there");
        assert_eq!(seen.stat.age(), Duration::MAX);
    }

    #[cfg(unix)]
    #[test]
    fn a_pipe_and_a_folder_are_no_books() {
        let folder = tempfile::tempdir().expect("a folder");
        let pipe = folder.path().join("pipe");
        let mode = rustix::fs::Mode::RUSR;
        rustix::fs::mknodat(rustix::fs::CWD, &pipe, rustix::fs::FileType::Fifo, mode, 0)
            .expect("made");
        assert!(matches!(at(&pipe), Err(err) if matches!(err.why, Failure::NotAFile)));
        assert!(matches!(
            at(folder.path()),
            Err(StoreError {
                why: Failure::NotAFile,
                ..
            })
        ));
    }
}
