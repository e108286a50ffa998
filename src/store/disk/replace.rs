//! Replaces a file as a whole, so that at every moment there is the old one or the new one.
//!
//! The two are exchanged in one step of the kernel, and what came out is compared with what was read: so a save by another
//! program, at any moment, is noticed and put back. Where the file system cannot exchange files (NFS, some FUSE), the bytes
//! are compared right before the new file takes the name.

use std::fs::{self, File};
use std::io::{self, Seek as _};
use std::path::{Path, PathBuf};

use tempfile::NamedTempFile;

use super::attributes;
use super::content::Content;
use super::plain_file;
use super::private;
use super::snapshot::{Snapshot, Stat};
use super::target::Target;
use crate::store::in_parallel::in_parallel;
use crate::store::{Failure, StoreError};

/// Where a file is that came out of the book's place.
#[derive(Debug)]
pub(crate) enum Displaced {
    /// The old file.
    Old(PathBuf),
    /// Another program's save, which could not be put back.
    Foreign(PathBuf),
}

/// The outcome of replacing a file.
#[derive(Debug)]
pub(crate) struct Replaced<T> {
    /// `None` where there was no file, or it has been removed.
    pub(crate) displaced: Option<Displaced>,
    /// The error of a disk that did not confirm the change.
    pub(crate) unconfirmed: Option<StoreError>,
    /// The copy, if there was to be one.
    pub(crate) copy: Option<io::Result<T>>,
}

/// Replaces the file that was `seen` by `new`; `None` means that there was none. While the disk is busy, `copy` may copy
/// the new file, whose checksum it gets; a copy that it returns was read from that file and has that checksum.
///
/// # Errors
///
/// [`Failure::Changed`] when it is no longer the file that was seen. After every error the file is as it was.
pub(crate) fn replace<T: Send>(
    target: &Target,
    seen: Option<&Snapshot>,
    new: Content,
    copy: impl Fn(&File, u64) -> Option<io::Result<T>> + Sync,
) -> Result<Replaced<T>, StoreError> {
    let failed = |err: io::Error| write_error(target, err);
    let old = seen.map(|_| old(target)).transpose()?;
    let mut temporary = temporary(target, TemporaryFile::New).map_err(failed)?;
    let hash = new.write_to(temporary.as_file_mut()).map_err(failed)?;
    match old {
        Some(old) => attributes::keep(target, &old, temporary.as_file())?,
        None => private::close(temporary.as_file()).map_err(failed)?,
    }
    let file = temporary.as_file();
    let read = || match copy(file, hash) {
        Some(Ok(copy)) => (Ok(()), Some(Ok(copy))),
        other => (read_back(file, hash), other),
    };
    let (flushed, (read_back, copy)) = in_parallel(|| file.sync_all(), read);
    flushed.and(read_back).map_err(failed)?;
    let out = match seen {
        Some(seen) => {
            let now = fs::symlink_metadata(&target.real);
            if !now.is_ok_and(|meta| Stat::of(&meta) == seen.stat) {
                return Err(changed(target));
            }
            swap(target, temporary, seen)?.map(|path| (seen, path))
        }
        None => match temporary.persist_noclobber(&target.real) {
            Ok(_) => None,
            Err(err) if err.error.kind() == io::ErrorKind::AlreadyExists => {
                return Err(changed(target));
            }
            Err(err) => return Err(failed(err.error)),
        },
    };
    let (displaced, flushed) = in_parallel(
        || displaced(target, out, hash),
        || sync_folder(target.folder()),
    );
    let displaced = displaced?;
    let unconfirmed = flushed.err();
    let unconfirmed = unconfirmed.map(|err| Failure::Unconfirmed(err).at(&target.named));
    Ok(Replaced {
        // Without confirmation the old file stays where it is, and the next save sweeps it up.
        displaced: displaced.filter(|_| unconfirmed.is_none()),
        unconfirmed,
        copy,
    })
}

/// What a temporary file holds.
#[derive(Clone, Copy, Debug)]
pub(crate) enum TemporaryFile {
    /// The new file.
    New,
    /// The file that had the name: what is in it may be nowhere else.
    Old,
}

impl TemporaryFile {
    /// What stands in its name before the number of its process.
    pub(super) fn word(self) -> &'static str {
        match self {
            Self::New => "",
            Self::Old => "old-",
        }
    }
}

/// What stands in the name of a temporary file before that word.
pub(super) const MARK: &str = ".netkeep-";

/// The start of the name of a temporary file for `target`; a process number and random letters follow.
pub(super) fn prefix(target: &Target) -> String {
    let name = target.name().to_string_lossy();
    // Names may have 255 bytes; the key of the target tells two names apart that were cut short.
    if name.len() > 200 {
        return format!(".{}{MARK}", target.key());
    }
    format!(".{name}{MARK}")
}

fn changed(target: &Target) -> StoreError {
    Failure::Changed.at(&target.named)
}

fn write_error(target: &Target, err: io::Error) -> StoreError {
    let is_mounted = err.kind() == io::ErrorKind::ResourceBusy;
    let why = if is_mounted {
        Failure::MountPoint
    } else {
        Failure::Write(err)
    };
    why.at(&target.named)
}

/// Opens the file that is to be replaced, and checks that it may be.
pub(crate) fn old(target: &Target) -> Result<File, StoreError> {
    let old = match File::open(&target.real) {
        Ok(old) => old,
        Err(err) if err.kind() == io::ErrorKind::NotFound => return Err(changed(target)),
        Err(err) => return Err(write_error(target, err)),
    };
    attributes::check(target, &old)?;
    Ok(old)
}

/// A new file beside the old one, readable by its owner only, under a name that cannot be guessed.
pub(crate) fn temporary(target: &Target, file: TemporaryFile) -> io::Result<NamedTempFile> {
    let prefix = format!("{}{}{}-", prefix(target), file.word(), std::process::id());
    let made = tempfile::Builder::new()
        .prefix(&prefix)
        .tempfile_in(target.folder());
    // Its name means nothing to the user, so the error gives only the reason.
    made.map_err(|err| match attributes::refuses_new_files(target.folder()) {
        _ if !target.folder().exists() => {
            io::Error::other(format!("there is no folder {}", target.folder().display()))
        }
        Some(why) => why,
        None => err
            .raw_os_error()
            .map_or_else(|| err.kind().into(), io::Error::from_raw_os_error),
    })
}

/// Checks that what was written can be read.
fn read_back(mut file: &File, hash: u64) -> io::Result<()> {
    file.rewind()?;
    if plain_file::hash_of(file)? == hash {
        Ok(())
    } else {
        Err(io::Error::other("the disk gave back something else"))
    }
}

/// Exchanges the two files, and gives the path at which the old one should have come out; `None` where the new file just took
/// the name.
fn swap(
    target: &Target,
    temporary: NamedTempFile,
    seen: &Snapshot,
) -> Result<Option<PathBuf>, StoreError> {
    match exchange(temporary.path(), &target.real) {
        Ok(()) => {}
        Err(err) if cannot_exchange(&err) => return rename(target, temporary, seen),
        Err(err) if err.kind() == io::ErrorKind::NotFound => return Err(changed(target)),
        Err(err) => return Err(write_error(target, err)),
    }
    // From here on the temporary name may hold the only copy of what another program saved: it must not be deleted unread.
    let path = temporary.path().to_owned();
    if let Err(err) = temporary.keep() {
        // The file stays anyway once the handle is forgotten.
        std::mem::forget(err.file);
    }
    Ok(Some(path))
}

/// Compares what came out with the snapshot. A different file is put back; `new` is the checksum of the new file.
fn displaced(
    target: &Target,
    out: Option<(&Snapshot, PathBuf)>,
    new: u64,
) -> Result<Option<Displaced>, StoreError> {
    let Some((seen, path)) = out else {
        return Ok(None);
    };
    match File::open(&path).and_then(|file| seen.is_in(file)) {
        Ok(true) => Ok(Some(Displaced::Old(path))),
        Ok(false) if exchange(&path, &target.real).is_ok() => {
            if plain_file::hash(&path).is_ok_and(|hash| hash == new) {
                let _ = fs::remove_file(&path);
            }
            Err(changed(target))
        }
        _ => Ok(Some(Displaced::Foreign(path))),
    }
}

/// The fallback: a last comparison, then the new file takes the name.
fn rename(
    target: &Target,
    temporary: NamedTempFile,
    seen: &Snapshot,
) -> Result<Option<PathBuf>, StoreError> {
    match File::open(&target.real).and_then(|file| seen.is_in(file)) {
        Ok(true) => {}
        Ok(false) => return Err(changed(target)),
        Err(err) => return Err(write_error(target, err)),
    }
    match temporary.persist(&target.real) {
        Ok(_) => Ok(None),
        Err(err) => Err(write_error(target, err.error)),
    }
}

#[cfg(any(target_os = "linux", target_os = "android", target_vendor = "apple"))]
fn exchange(one: &Path, other: &Path) -> io::Result<()> {
    use rustix::fs::{CWD, RenameFlags, renameat_with};

    Ok(renameat_with(CWD, one, CWD, other, RenameFlags::EXCHANGE)?)
}

#[cfg(not(any(target_os = "linux", target_os = "android", target_vendor = "apple")))]
fn exchange(_: &Path, _: &Path) -> io::Result<()> {
    Err(io::ErrorKind::Unsupported.into())
}

/// Whether the file system cannot exchange files at all.
fn cannot_exchange(err: &io::Error) -> bool {
    matches!(
        err.kind(),
        io::ErrorKind::Unsupported | io::ErrorKind::InvalidInput
    )
}

/// Flushes the folder, which holds the new name. Some file systems cannot, and report it.
#[cfg(unix)]
pub(crate) fn sync_folder(folder: &Path) -> io::Result<()> {
    match File::open(folder)?.sync_all() {
        Err(err) if cannot_exchange(&err) => Ok(()),
        done => done,
    }
}

#[cfg(not(unix))]
pub(crate) fn sync_folder(_: &Path) -> io::Result<()> {
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn replace(
        target: &Target,
        seen: Option<&Snapshot>,
        new: &[u8],
    ) -> Result<Option<Displaced>, StoreError> {
        let new = Content {
            parts: &[new],
            people: 0,
        };
        let replaced = super::replace(target, seen, new, |_, _| None::<io::Result<()>>);
        replaced.map(|replaced| replaced.displaced)
    }

    fn seen(target: &Target) -> Snapshot {
        Snapshot::at(target).expect("looked").expect("there")
    }

    fn names(folder: &tempfile::TempDir) -> usize {
        fs::read_dir(folder).expect("listed").count()
    }

    #[test]
    fn the_old_file_comes_out_as_it_was() {
        let folder = tempfile::tempdir().expect("a folder");
        let target = Target::of(&folder.path().join("book.toml")).expect("a target");
        fs::write(&target.real, "old").expect("written");
        let displaced = replace(&target, Some(&seen(&target)), b"new").expect("saved");
        assert_eq!(fs::read(&target.real).expect("there"), b"new");
        if let Some(Displaced::Old(path)) = displaced {
            assert_eq!(fs::read(path).expect("there"), b"old");
        }
    }

    #[test]
    fn a_file_that_is_no_longer_the_one_is_left_alone() {
        let folder = tempfile::tempdir().expect("a folder");
        let target = Target::of(&folder.path().join("book.toml")).expect("a target");
        assert!(matches!(replace(&target, None, b"first"), Ok(None)));
        assert!(matches!(
            replace(&target, None, b"second"),
            Err(StoreError {
                why: Failure::Changed,
                ..
            })
        ));
        let before = seen(&target);
        fs::remove_file(&target.real).expect("removed");
        assert!(matches!(
            replace(&target, Some(&before), b"new"),
            Err(StoreError {
                why: Failure::Changed,
                ..
            })
        ));
        fs::write(&target.real, "first, rewritten").expect("written");
        assert!(matches!(
            replace(&target, Some(&before), b"new"),
            Err(StoreError {
                why: Failure::Changed,
                ..
            })
        ));
        assert_eq!(fs::read(&target.real).expect("there"), b"first, rewritten");
        assert_eq!(names(&folder), 1);
    }

    /// The exchange reveals a save after the last look.
    #[test]
    fn a_save_at_the_last_moment_is_put_back() {
        let folder = tempfile::tempdir().expect("a folder");
        let target = Target::of(&folder.path().join("book.toml")).expect("a target");
        fs::write(&target.real, "someone else's").expect("written");
        let stat = seen(&target).stat;
        let bytes = b"what was read".to_vec();
        let done = replace(&target, Some(&Snapshot::new(bytes, stat)), b"new");
        assert!(matches!(
            done,
            Err(StoreError {
                why: Failure::Changed,
                ..
            })
        ));
        assert_eq!(fs::read(&target.real).expect("there"), b"someone else's");
        assert_eq!(names(&folder), 1);
    }
}
