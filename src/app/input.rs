//! Files that are not the book: those of other programs, in and out.

use std::fs::{self, File};
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};

use super::App;
use crate::error::{Error, Exchange, Result};

/// The largest file that is read.
const LARGEST: u64 = 256 << 20;

/// How a file is named that is a stream of the process.
const STREAM: &str = "-";

/// The bytes of a file, or of standard input for `-`.
pub(crate) fn read(path: &Path) -> Result<Vec<u8>> {
    let bytes = if path == Path::new(STREAM) {
        read_all(io::stdin().lock())
    } else {
        File::open(path).and_then(|file| {
            if file.metadata()?.is_dir() {
                return Err(io::ErrorKind::IsADirectory.into());
            }
            read_all(file)
        })
    };
    bytes.map_err(|err| {
        Exchange::Input {
            path: path.to_owned(),
            err,
        }
        .into()
    })
}

impl App {
    /// Writes a file as a whole: a new one for its owner only, since people's data is in it. Standard output is `None` or `-`.
    pub(crate) fn write_output(&mut self, path: Option<&Path>, text: &str) -> Result<()> {
        let Some(path) = path.filter(|path| *path != Path::new(STREAM)) else {
            return Ok(self.out.write_all(text.as_bytes())?);
        };
        if is_same_file(path, &self.file) {
            return Err(Exchange::OverBook {
                path: path.to_owned(),
            }
            .into());
        }
        let folder = path
            .parent()
            .filter(|folder| !folder.as_os_str().is_empty());
        if let Some(folder) = folder.filter(|folder| !folder.exists()) {
            let path = folder.to_owned();
            return Err(Error::NoFolder { path });
        }
        write_whole(path, text.as_bytes()).map_err(|err| {
            Exchange::Output {
                path: path.to_owned(),
                err,
            }
            .into()
        })
    }
}

fn read_all(reader: impl Read) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    reader.take(LARGEST + 1).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > LARGEST {
        return Err(io::Error::other(format!(
            "it is larger than {} MiB",
            LARGEST >> 20
        )));
    }
    Ok(bytes)
}

fn is_same_file(one: &Path, other: &Path) -> bool {
    let real = |path: &Path| fs::canonicalize(path).ok();
    real(one).is_some_and(|one| Some(one) == real(other))
}

fn write_whole(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let path = fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
    let before = fs::metadata(&path).ok();
    // A pipe or a device is written to, and not put in the place of.
    if before.as_ref().is_some_and(|before| !before.is_file()) {
        return File::options().write(true).open(&path)?.write_all(bytes);
    }
    let folder = path
        .parent()
        .filter(|folder| !folder.as_os_str().is_empty());
    let mut file = tempfile::Builder::new()
        .prefix(".netkeep-")
        .tempfile_in(folder.map_or_else(|| PathBuf::from("."), Path::to_owned))
        // The name of a file that is not there yet tells nobody anything.
        .map_err(|err| io::Error::from(err.kind()))?;
    file.write_all(bytes)?;
    if let Some(before) = before {
        file.as_file().set_permissions(before.permissions())?;
    }
    file.as_file().sync_all()?;
    file.persist(&path)?;
    Ok(())
}
