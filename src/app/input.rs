//! Files that are not the book: those of other programs, in and out.

use std::fs::{self, File, Permissions};
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};

use super::App;
use crate::error::{Error, Result, UNWRITTEN};

const LARGEST: u64 = 256 << 20;

/// The file name that means a stream of the process.
const STREAM: &str = "-";

/// The bytes of a file, or of standard input for `-`.
pub(crate) fn read(path: &Path) -> Result<Vec<u8>> {
    if path != Path::new(STREAM) {
        return read_file(path);
    }
    let bytes = read_all(io::stdin().lock(), 0);
    bytes.map_err(|err| Error::ReadFile(path.to_owned(), err))
}

/// The bytes of a file.
pub(crate) fn read_file(path: &Path) -> Result<Vec<u8>> {
    let bytes = File::open(path).and_then(|file| {
        let meta = file.metadata()?;
        if meta.is_dir() {
            return Err(io::ErrorKind::IsADirectory.into());
        }
        read_all(file, meta.len())
    });
    bytes.map_err(|err| Error::ReadFile(path.to_owned(), err))
}

/// Writes a file as a whole, or to standard output. One that is read-only stays as it is.
pub(crate) fn write_file(path: &Path, bytes: &[u8]) -> Result<()> {
    if is_stream(path) {
        let mut out = io::stdout().lock();
        return match out.write_all(bytes).and_then(|()| out.flush()) {
            // The reader has seen enough.
            Err(err) if err.kind() == io::ErrorKind::BrokenPipe => Err(Error::No(UNWRITTEN)),
            done => done.map_err(Error::Output),
        };
    }
    if fs::metadata(path).is_ok_and(|meta| meta.is_file() && meta.permissions().readonly()) {
        let refused = io::ErrorKind::PermissionDenied.into();
        return Err(Error::WriteFile(path.to_owned(), refused));
    }
    check_folder(path)?;
    write_whole(path, bytes).map_err(|err| not_written(path, &err))
}

impl App {
    /// Writes a file as a whole; a new one is only for its owner, since it holds people's data. Standard output is `None` or `-`.
    pub(crate) fn write_output(&mut self, path: Option<&Path>, text: &str) -> Result<()> {
        let Some(path) = path.filter(|path| !is_stream(path)) else {
            return Ok(self.out.write_all(text.as_bytes())?);
        };
        self.write_beside(path, || write_whole(path, text.as_bytes()))
    }

    /// Writes a file as a whole that only its owner can read, even if others could read the one before. A link is replaced, not
    /// followed.
    pub(crate) fn write_private(&mut self, path: &Path, text: &str) -> Result<()> {
        let is_special = fs::metadata(path).is_ok_and(|meta| !meta.is_file());
        self.write_beside(path, || {
            if is_special {
                write_whole(path, text.as_bytes())
            } else {
                replace(path, None, text.as_bytes())
            }
        })
    }

    /// Writes a file that is not the book.
    fn write_beside(&mut self, path: &Path, write: impl FnOnce() -> io::Result<()>) -> Result<()> {
        if is_same_file(path, &self.file) {
            return Err(Error::OverBook(path.to_owned()));
        }
        check_folder(path)?;
        write().map_err(|err| not_written(path, &err))?;
        self.has_saved = true;
        Ok(())
    }
}

/// The name of a temporary file means nothing to the user.
fn not_written(path: &Path, err: &io::Error) -> Error {
    let err = err
        .raw_os_error()
        .map_or_else(|| err.kind().into(), io::Error::from_raw_os_error);
    Error::WriteFile(path.to_owned(), err)
}

/// Writes files without personal data into a folder, and creates it if needed.
pub(crate) fn write_folder(folder: &Path, files: &[(String, Vec<u8>)]) -> Result<()> {
    let failed = |path: &Path, err: io::Error| Error::WriteFile(path.to_owned(), err);
    fs::create_dir_all(folder).map_err(|err| failed(folder, err))?;
    for (name, text) in files {
        let path = folder.join(name);
        fs::write(&path, text).map_err(|err| failed(&path, err))?;
    }
    Ok(())
}

/// Reads everything, which is likely to have this `length`.
fn read_all(reader: impl Read, length: u64) -> io::Result<Vec<u8>> {
    let length = usize::try_from(length.min(LARGEST)).unwrap_or_default();
    let mut bytes = Vec::with_capacity(length + 1);
    reader.take(LARGEST + 1).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > LARGEST {
        return Err(io::Error::other(format!(
            "it is larger than {} MiB",
            LARGEST >> 20
        )));
    }
    Ok(bytes)
}

/// The folder of a file, unless it is the one that netkeep is run in.
pub(super) fn folder(file: &Path) -> Option<&Path> {
    file.parent()
        .filter(|folder| !folder.as_os_str().is_empty())
}

/// Refuses a file whose folder is missing.
pub(super) fn check_folder(file: &Path) -> Result<()> {
    match folder(file).filter(|folder| !folder.exists()) {
        Some(folder) => Err(Error::NoFolder(folder.to_owned())),
        None => Ok(()),
    }
}

/// Whether a path is standard output, by any of its names.
pub(crate) fn is_stream(path: &Path) -> bool {
    let names = [STREAM, "/dev/stdout", "/dev/fd/1", "/proc/self/fd/1"];
    names.iter().any(|name| path == Path::new(name))
}

/// Whether two paths lead to the same file, also through links of either kind.
fn is_same_file(one: &Path, other: &Path) -> bool {
    #[cfg(unix)]
    let real = |path: &Path| {
        use std::os::unix::fs::MetadataExt;
        fs::metadata(path).map(|file| (file.dev(), file.ino())).ok()
    };
    #[cfg(not(unix))]
    let real = |path: &Path| fs::canonicalize(path).ok();
    real(one).is_some_and(|one| Some(one) == real(other))
}

/// The file that a path leads to, whether it exists or not.
fn target(path: &Path) -> PathBuf {
    if let Ok(path) = fs::canonicalize(path) {
        return path;
    }
    match fs::read_link(path) {
        Ok(link) => path.parent().unwrap_or(Path::new("")).join(link),
        Err(_) => path.to_owned(),
    }
}

fn write_whole(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let path = target(path);
    let before = match fs::metadata(&path) {
        Err(err) if err.kind() == io::ErrorKind::NotFound => None,
        before => Some(before?),
    };
    // A pipe or a device is written to, not replaced.
    if before.as_ref().is_some_and(|before| !before.is_file()) {
        return File::options().write(true).open(&path)?.write_all(bytes);
    }
    replace(&path, before.map(|before| before.permissions()), bytes)
}

/// Puts a new file in the place of what is there. Without other permissions it is for its owner only.
fn replace(path: &Path, permissions: Option<Permissions>, bytes: &[u8]) -> io::Result<()> {
    let mut file = tempfile::Builder::new()
        .prefix(".netkeep-")
        .tempfile_in(folder(path).unwrap_or(Path::new(".")))?;
    file.as_file_mut().write_all(bytes)?;
    if let Some(permissions) = permissions {
        file.as_file().set_permissions(permissions)?;
    }
    file.as_file().sync_all()?;
    file.persist(path).map_err(|err| err.error)?;
    Ok(())
}
