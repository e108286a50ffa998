//! One writer at a time.
//!
//! It is a kernel lock on the folder of the book: it leaves no file behind, is the same through every link, survives the
//! exchange of the file, and ends with its holder, however that ends. Where a folder cannot be locked (some network file
//! systems, Windows), a file in the state folder is locked instead.

use std::fs::{self, File, TryLockError};
use std::io;
use std::path::Path;
use std::sync::mpsc;
use std::thread;
use std::time::Duration;

use super::private;
use super::target::Target;
use crate::store::error::{Failure, Holder, StoreError};

/// How long a second writer waits silently.
const QUIETLY: Duration = Duration::from_secs(1);

/// How long it waits after that.
const PATIENTLY: Duration = Duration::from_secs(14);

/// Takes the lock of the book at `target`, which is held until the file is dropped; `waiting` is called once, when that takes
/// a while. `None` where nothing can be locked, and where there is no folder yet: then comparing the displaced file has to be
/// enough.
///
/// # Errors
///
/// [`Failure::Busy`] when another process held the lock all the time.
pub(crate) fn take(
    target: &Target,
    state: Option<&Path>,
    waiting: &mut dyn FnMut(Option<&Holder>),
) -> Result<Option<File>, Failure> {
    take_folder(target.folder(), &target.key(), state, waiting)
}

/// Takes the lock of a folder that another program keeps, in the same way.
///
/// # Errors
///
/// [`Failure::Busy`] as above.
pub(crate) fn lock_folder(
    folder: &Path,
    state: Option<&Path>,
    waiting: &mut dyn FnMut(Option<&Holder>),
) -> Result<Option<File>, StoreError> {
    let lock = match Target::of(folder) {
        Ok(target) => take_folder(folder, &target.key(), state, waiting),
        Err(err) => Err(Failure::Read(err)),
    };
    lock.map_err(|why| why.at(folder))
}

fn take_folder(
    folder: &Path,
    key: &str,
    state: Option<&Path>,
    waiting: &mut dyn FnMut(Option<&Holder>),
) -> Result<Option<File>, Failure> {
    if !folder.exists() {
        return Ok(None);
    }
    if let Ok(lock) = File::open(folder).and_then(|folder| acquire(folder, waiting)) {
        return lock.map(Some);
    }
    match state.map(|state| own_file(state, key).and_then(|file| acquire(file, waiting))) {
        Some(Ok(lock)) => lock.map(Some),
        _ => Ok(None),
    }
}

/// Takes the lock on `file`. An error means that it cannot be locked at all.
fn acquire(
    file: File,
    waiting: &mut dyn FnMut(Option<&Holder>),
) -> io::Result<Result<File, Failure>> {
    match file.try_lock() {
        Ok(()) => return Ok(Ok(file)),
        Err(TryLockError::WouldBlock) => {}
        Err(TryLockError::Error(err)) if err.kind() == io::ErrorKind::Interrupted => {}
        Err(TryLockError::Error(err)) => return Err(err),
    }
    let who = file.metadata()?;
    // The kernel queues those who wait; a thread of its own lets the wait end.
    let (sender, receiver) = mpsc::channel();
    thread::Builder::new().spawn(move || {
        let done = loop {
            match file.lock() {
                Err(err) if err.kind() == io::ErrorKind::Interrupted => {}
                done => break done,
            }
        };
        sender.send(done.map(|()| file))
    })?;
    if let Ok(lock) = receiver.recv_timeout(QUIETLY) {
        return lock.map(Ok);
    }
    waiting(holder(&who).as_ref());
    match receiver.recv_timeout(PATIENTLY) {
        Ok(lock) => lock.map(Ok),
        Err(_) => Ok(Err(Failure::Busy(holder(&who)))),
    }
}

/// The file that is locked instead of a folder.
fn own_file(state: &Path, key: &str) -> io::Result<File> {
    let folder = state.join("locks");
    private::create_folder(&folder)?;
    private::open_or_create(&folder.join(key))
}

/// The process that holds the lock on a file, according to `/proc/locks`.
#[cfg(target_os = "linux")]
fn holder(file: &fs::Metadata) -> Option<Holder> {
    use std::os::unix::fs::MetadataExt;

    let inode = file.ino().to_string();
    let locks = fs::read_to_string("/proc/locks").ok()?;
    let process = locks.lines().find_map(|line| {
        // `1: FLOCK  ADVISORY  WRITE 4711 fe:00:131 0 EOF`; a waiting one has an arrow before its kind.
        let words: Vec<&str> = line.split_whitespace().collect();
        let [_, "FLOCK", _, _, process, file, ..] = words.as_slice() else {
            return None;
        };
        (file.rsplit(':').next()? == inode)
            .then(|| process.parse().ok())
            .flatten()
    })?;
    let name = fs::read_to_string(format!("/proc/{process}/comm")).ok()?;
    Some(Holder {
        process,
        name: name.trim().to_owned(),
    })
}

#[cfg(not(target_os = "linux"))]
fn holder(_: &fs::Metadata) -> Option<Holder> {
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn held(target: &Target, state: Option<&Path>) -> File {
        take(target, state, &mut |_| panic!("nobody else holds it"))
            .expect("free")
            .expect("can be locked")
    }

    #[test]
    fn the_second_waits_for_the_first_and_is_told_its_process() {
        let folder = tempfile::tempdir().expect("a folder");
        let target = Target::of(&folder.path().join("book.toml")).expect("a target");
        let first = held(&target, None);
        let mut told = Vec::new();
        let mut first = Some(first);
        let second = take(&target, None, &mut |holder| {
            told.push(holder.map(|holder| holder.process));
            first = None;
        });
        assert!(second.expect("freed").is_some());
        let holder = cfg!(target_os = "linux").then(std::process::id);
        assert_eq!(told, [holder]);
    }

    #[test]
    fn a_lock_ends_with_its_holder() {
        let folder = tempfile::tempdir().expect("a folder");
        let target = Target::of(&folder.path().join("book.toml")).expect("a target");
        drop(held(&target, None));
        drop(held(&target, None));
    }

    #[test]
    fn a_file_can_stand_for_the_folder() {
        let state = tempfile::tempdir().expect("a folder");
        let lock = |told: &mut usize| {
            let file = own_file(state.path(), "book").expect("made");
            acquire(file, &mut |_| *told += 1).expect("can be locked")
        };
        let first = lock(&mut 0).expect("free");
        assert!(
            own_file(state.path(), "book")
                .expect("there")
                .try_lock()
                .is_err()
        );
        drop(first);
        assert!(lock(&mut 0).is_ok());
    }
}
