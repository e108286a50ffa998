//! The file that a path leads to.

use std::ffi::OsStr;
use std::fs;
use std::io;
use std::path::{self, Path, PathBuf};

use xxhash_rust::xxh3::xxh3_64;

/// How many links a path may lead through, as in Linux.
const LINKS: usize = 40;

/// The file of a book.
#[derive(Clone, Debug)]
pub(crate) struct Target {
    /// The path as the user gave it, for messages.
    pub(crate) named: PathBuf,
    /// The file itself, behind every link, whether it exists or not.
    pub(crate) real: PathBuf,
}

impl Target {
    /// The file that `path` leads to, through any links, each relative to its own folder.
    pub(crate) fn of(path: &Path) -> io::Result<Self> {
        let mut real = path.to_owned();
        for _ in 0..LINKS {
            match fs::read_link(&real) {
                Ok(target) => real = parent(&real).join(target),
                Err(_) => {
                    return Ok(Self {
                        named: path.to_owned(),
                        real: absolute(&real)?,
                    });
                }
            }
        }
        Err(io::Error::other("its symbolic links lead in a circle"))
    }

    /// The folder that the file itself is in.
    pub(crate) fn folder(&self) -> &Path {
        parent(&self.real)
    }

    /// The name of the file itself.
    pub(crate) fn name(&self) -> &OsStr {
        self.real.file_name().unwrap_or_default()
    }

    /// A unique name for what is kept about this book elsewhere: the same through every link.
    pub(crate) fn key(&self) -> String {
        let name: String = self
            .name()
            .to_string_lossy()
            .chars()
            .filter(|c| c.is_ascii_alphanumeric() || "._-".contains(*c))
            .take(60)
            .collect();
        let hash = xxh3_64(self.real.as_os_str().as_encoded_bytes());
        format!("{}-{hash:016x}", name.trim_start_matches('.'))
    }
}

/// The folder of `path`; that of a bare name is the folder that netkeep is run in.
fn parent(path: &Path) -> &Path {
    match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    }
}

/// `path` from the root, without links in those of its folders that exist.
fn absolute(path: &Path) -> io::Result<PathBuf> {
    let name = path
        .file_name()
        .ok_or_else(|| io::Error::other("not the name of a file"))?;
    let folder = parent(path);
    match fs::canonicalize(folder) {
        Ok(folder) => Ok(folder.join(name)),
        Err(_) if folder.file_name().is_some() => Ok(absolute(folder)?.join(name)),
        Err(_) => path::absolute(path),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[cfg(unix)]
    #[test]
    fn every_way_to_a_file_is_the_same_place() {
        use std::os::unix::fs::symlink;

        let folder = tempfile::tempdir().expect("a folder");
        let at = |name: &str| folder.path().join(name);
        fs::create_dir(at("dots")).expect("a folder");
        symlink("dots/book.toml", at("link")).expect("linked");
        symlink("link", at("chain")).expect("linked");
        symlink(folder.path(), at("dots/up")).expect("linked");
        let target = Target::of(&at("dots/book.toml")).expect("a target");
        for way in ["link", "chain", "dots/up/chain", "dots/../link"] {
            let other = Target::of(&at(way)).expect("a target");
            assert_eq!((&other.real, other.key()), (&target.real, target.key()));
        }
    }

    #[cfg(unix)]
    #[test]
    fn a_loop_of_links_is_an_error() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("loop");
        std::os::unix::fs::symlink("loop", &path).expect("linked");
        assert!(Target::of(&path).is_err());
    }
}
